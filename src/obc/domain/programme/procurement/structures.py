"""Commissioning structures: which the table gives for the state of a market, and how each is sourced."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong

Market = Literal["full", "none", "one-dominant", "several-dominant"]
"""How far providers compete: fully; not at all; in some services, with one dominant provider, or with several."""
Complexity = Literal["simple", "complex"]
Integration = Literal["limited", "full"]


class Facts(Written):
    """What the table asks of a market and of the services to be bought."""

    market: Market
    complexity: Complexity
    integration: Integration


class Con(Written):
    """What speaks against a structure, and what would lessen it."""

    says: Text
    mitigation: Text
    source: Text


class Structure(Written):
    """A way to commission services from one or more providers."""

    id: Slug
    title: Text
    pros: tuple[Text, ...]
    cons: tuple[Con, ...]


class Sourced(Written):
    """A structure as a row of the table gives it, with the steps by which its providers are found."""

    structure: Slug
    sourcing: tuple[Text, ...] = Field(min_length=1)


class Between(Written):
    """The question that separates two options of one row. The table itself does not choose between them."""

    asks: Text
    able: Slug
    not_able: Slug
    source: Text


class Row(Written):
    """A row of the table: the facts it is for, and what it gives."""

    market: Market
    complexity: Complexity
    integration: tuple[Integration, ...] = Field(min_length=1)
    options: tuple[Sourced, ...] = Field(min_length=1)
    between: Between | None = None

    def covers(self, facts: Facts) -> bool:
        """Whether the row is for these facts."""
        same = (self.market, self.complexity) == (facts.market, facts.complexity)
        return same and facts.integration in self.integration


class DecisionTable(Written):
    """Structures and the rows that lead to them, as agreed on a day."""

    id: Slug
    title: Text
    agreed: date
    source: Text
    structures: tuple[Structure, ...]
    rows: tuple[Row, ...]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for found, expected, at in self._unsound():
            raise wrong(found, expected, *at)
        return self

    def _unsound(self) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
        known = [one.id for one in self.structures]
        seen: set[tuple[str, str, str]] = set()
        for i, row in enumerate(self.rows):
            for j, option in enumerate(row.options):
                if option.structure not in known:
                    at = ("rows", i, "options", j, "structure")
                    yield f"'{option.structure}'", f"name one of the structures: {', '.join(known)}", at
            given = [option.structure for option in row.options]
            if len(given) == 2 and (row.between is None or [row.between.able, row.between.not_able] != given):
                expected = "say in 'between' what separates them, the first where a provider is able"
                yield "two options and nothing that tells them apart", expected, ("rows", i, "between")
            for integration in row.integration:
                facts = (row.market, row.complexity, integration)
                if facts in seen:
                    yield f"the facts {', '.join(facts)} a second time", "give each facts one row", ("rows", i)
                seen.add(facts)

    def structure(self, name: str) -> Structure:
        """The structure of that id."""
        return next(one for one in self.structures if one.id == name)

    def row(self, facts: Facts) -> Row | None:
        """The row for these facts; None: the table says nothing of them."""
        return next((row for row in self.rows if row.covers(facts)), None)
