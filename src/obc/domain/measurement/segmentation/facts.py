"""Facts: what the records say of a person on a day. Each holds or does not; nothing recorded is a no.

Unlike the conditions of an indicator a fact has no window of its own: it looks back from the day it is asked for,
so that a person's segment never depends on what is recorded later.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from obc.domain.core.kernel.period import Length
from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.indicators.conditions import (
    Choice,
    Where,
    check_coded,
    check_dated,
    check_where,
    column_of,
    table_of,
)
from obc.domain.measurement.records.tables import BY_NAME


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class _OfRows(_Fact):
    where: Where = ()
    within: Length | None = Field(
        default=None, description="how old a row may be, to the day: `12 months`; without it a row holds for ever"
    )

    @model_validator(mode="after")
    def _in_days(self) -> Self:
        if self.within and self.within.hours:
            raise wrong(f"within: {self.within}", "write days, weeks, months or years")
        return self


class LatestIs(_OfRows):
    """The latest row on or before the day holds one of the codes.

    Rows with an empty column say nothing. Of several rows on that latest day the highest code counts.
    """

    latest: str
    has: Choice

    @model_validator(mode="after")
    def _known(self) -> Self:
        table, column = column_of(self.latest)
        check_dated(table)
        check_coded(table, column)
        check_where(table, self.where)
        return self

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.latest.partition(".")[0]

    @property
    def column(self) -> str:
        """The column it reads."""
        return self.latest.partition(".")[2]


class Recorded(_OfRows):
    """There is a row on or before the day; with `score at least`, one with that score or more."""

    recorded: str
    score_at_least: Decimal | None = Field(default=None, alias="score at least")

    @model_validator(mode="after")
    def _known(self) -> Self:
        table = table_of(self.recorded)
        check_dated(table)
        check_where(table, self.where)
        if self.score_at_least is not None and not table.has("score"):
            scored = ", ".join(name for name, t in BY_NAME.items() if t.has("score"))
            raise wrong(f"'score at least' of {self.recorded}", f"these have a score: {scored}")
        return self

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.recorded


class Open(_OfRows):
    """A referral, care programme, cluster, spell or carer's role is open: begun by the day, not ended by it.

    `within` asks that it began no longer ago. With `or ended within` it holds on for so long after the end.
    """

    open: Literal["referrals", "care_programmes", "clusters", "spells", "carers"]
    or_ended_within: Length | None = Field(default=None, alias="or ended within")

    @model_validator(mode="after")
    def _known(self) -> Self:
        check_where(table_of(self.open), self.where)
        if self.or_ended_within and self.or_ended_within.hours:
            raise wrong(f"or ended within: {self.or_ended_within}", "write days, weeks, months or years")
        return self

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.open

    @property
    def ends(self) -> str:
        """The column that closes it."""
        return "discharged" if table_of(self.open).has("discharged") else "ended"


class Aged(_Fact):
    """Age in whole years on the day, both ends included. Somebody born on 29 February ages on 1 March."""

    age: tuple[int, int]

    @property
    def table(self) -> str:
        """The table it reads."""
        return "people"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 <= self.age[0] <= self.age[1]:
            raise wrong(f"age: {list(self.age)}", "write the youngest and the oldest age: [18, 64]")
        return self


class AllFacts(_Fact):
    """Every one of them holds."""

    all: tuple["Fact", ...] = Field(min_length=1)


class AnyFact(_Fact):
    """At least one of them holds."""

    any: tuple["Fact", ...] = Field(min_length=1)


class NoFact(_Fact):
    """It does not hold."""

    not_: "Fact" = Field(alias="not")


_KINDS = ("latest", "recorded", "open", "age", "all", "any", "not")
_FACTS = (LatestIs, Recorded, Open, Aged, AllFacts, AnyFact, NoFact)


def _kind(given: Any) -> str | None:
    if isinstance(given, dict):
        return next((kind for kind in _KINDS if kind in given), None)
    return next((kind for kind, fact in zip(_KINDS, _FACTS, strict=True) if isinstance(given, fact)), None)


Fact = Annotated[
    Annotated[LatestIs, Tag("latest")]
    | Annotated[Recorded, Tag("recorded")]
    | Annotated[Open, Tag("open")]
    | Annotated[Aged, Tag("age")]
    | Annotated[AllFacts, Tag("all")]
    | Annotated[AnyFact, Tag("any")]
    | Annotated[NoFact, Tag("not")],
    Discriminator(
        _kind, custom_error_type="fact", custom_error_message=f"a fact has one of the keys {', '.join(_KINDS)}"
    ),
]
"""One fact, told apart by its key."""

AllFacts.model_rebuild()
AnyFact.model_rebuild()
NoFact.model_rebuild()

Leaf = LatestIs | Recorded | Open | Aged
"""A fact that is asked of the records; the others only join."""


def _facts(given: Any) -> Any:
    return [given] if isinstance(given, dict) else given


Facts = Annotated[tuple[Fact, ...], BeforeValidator(_facts)]
"""Facts that must all hold; none at all holds for everybody."""


def leaves(fact: Fact) -> Iterator[Leaf]:
    """The facts that are asked of the records, in the order in which they are written."""
    match fact:
        case AllFacts(all=parts) | AnyFact(any=parts):
            for part in parts:
                yield from leaves(part)
        case NoFact(not_=part):
            yield from leaves(part)
        case _:
            yield fact
