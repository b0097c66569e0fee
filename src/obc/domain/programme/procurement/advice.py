"""Advice on the structure: what the table gives for the facts, why, and what another fact would change."""

from collections.abc import Iterator
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.organisation import Slug
from obc.domain.programme.procurement.structures import (
    Complexity,
    Con,
    DecisionTable,
    Facts,
    Integration,
    Market,
    Row,
    Sourced,
)

MARKET_WORDS = {
    "full": "providers compete for all of it",
    "none": "no providers compete for it",
    "one-dominant": "providers compete for some services, and one of them is dominant",
    "several-dominant": "providers compete for some services, and several of them are dominant",
}
COMPLEXITY_WORDS = {"simple": "the services are simple", "complex": "the services are complex"}
INTEGRATION_WORDS = {
    "limited": "they have to fit together only in part",
    "full": "they have to be fully integrated",
}

Lead = Literal["able", "not able", "unknown"]
"""Whether a provider of the market could hold the contract and integrate the others."""


class Option(BaseModel):
    """A structure that the table gives: its id, its name, how it is sourced, and why it is here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    structure: str
    sourcing: str
    reasons: tuple[str, ...]
    pros: tuple[str, ...]
    cons: tuple[Con, ...]


class Changed(BaseModel):
    """What one other fact would give instead. `covered`: whether the table says anything then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: Literal["market", "complexity", "integration"]
    would_be: str
    covered: bool
    options: tuple[str, ...]
    same: bool


class Advice(BaseModel):
    """What the table says of the facts.

    `recommended` is the id of the option to take; None where the table gives none, or gives two and nobody has
    answered the question that separates them (`open_question`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: Facts
    covered: bool
    says: str
    options: tuple[Option, ...]
    recommended: Slug | None
    because: str
    open_question: str | None
    if_changed: tuple[Changed, ...]
    table: Slug
    agreed: str
    source: str


def advise(table: DecisionTable, facts: Facts, lead: Lead = "unknown") -> Advice:
    """The structures for these facts, the one recommended, and each fact turned over."""
    row = table.row(facts)
    options = tuple(_option(table, facts, sourced) for sourced in row.options) if row else ()
    recommended, because, question = _recommended(row, lead)
    return Advice(
        facts=facts,
        covered=row is not None,
        says=_says(table, facts, options),
        options=options,
        recommended=recommended,
        because=because,
        open_question=question,
        if_changed=tuple(_changed(table, facts)),
        table=table.id,
        agreed=table.agreed.isoformat(),
        source=table.source,
    )


def in_words(facts: Facts) -> tuple[str, str, str]:
    """The facts as three clauses."""
    return (
        MARKET_WORDS[facts.market],
        COMPLEXITY_WORDS[facts.complexity],
        INTEGRATION_WORDS[facts.integration],
    )


def _option(table: DecisionTable, facts: Facts, sourced: Sourced) -> Option:
    structure = table.structure(sourced.structure)
    return Option(
        id=structure.id,
        structure=structure.title,
        sourcing="; ".join(sourced.sourcing),
        reasons=(*in_words(facts), f"for these facts the table of {table.agreed:%-d %B %Y} gives it"),
        pros=structure.pros,
        cons=structure.cons,
    )


def _says(table: DecisionTable, facts: Facts, options: tuple[Option, ...]) -> str:
    market, complexity, integration = in_words(facts)
    if not options:
        return (
            f"The table of {table.agreed:%-d %B %Y} says nothing of this case ({market}; {complexity}; {integration}). "
            "Nothing is recommended: look at what one other fact would give, and decide by your own reasons."
        )
    given = " or ".join(option.structure for option in options)
    return f"{market[0].upper()}{market[1:]}; {complexity}, and {integration}. The table gives: {given}."


def _recommended(row: Row | None, lead: Lead) -> tuple[Slug | None, str, str | None]:
    if row is None:
        return None, "the table does not cover these facts", None
    if row.between is None:
        return row.options[0].structure, "it is the only one that the table gives for these facts", None
    if lead == "unknown":
        return None, "the table gives two and does not choose; one question separates them", row.between.asks
    chosen = row.between.able if lead == "able" else row.between.not_able
    said = "a provider" if lead == "able" else "no provider"
    because = f"{said} of this market could hold the contract and integrate the others ({row.between.source})"
    return chosen, because, None


def _changed(table: DecisionTable, facts: Facts) -> Iterator[Changed]:
    now = _given(table.row(facts))
    for fact, values in (("market", Market), ("complexity", Complexity), ("integration", Integration)):
        for value in get_args(values):
            if value == getattr(facts, fact):
                continue
            row = table.row(facts.model_copy(update={fact: value}))
            titles = tuple(table.structure(sourced.structure).title for sourced in row.options) if row else ()
            yield Changed.model_validate(
                {"fact": fact, "would_be": value, "covered": row is not None, "options": titles}
                | {"same": _given(row) == now}
            )


def _given(row: Row | None) -> tuple[Sourced, ...]:
    return row.options if row else ()
