"""Conditions: what is asked of the records of one unit. Each answers yes, no or unknown.

Every condition is one conditional aggregate over the rows of one table that belong to the unit; that is what
lets an engine answer all of them in one scan a table.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.indicators.windows import At, Between, Window
from obc.domain.measurement.records.tables import BY_NAME, Table

Choice = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda given: (given,) if isinstance(given, str) else given),
    Field(min_length=1, description="codes, or names of code lists from definitions/codes/"),
]
"""One code or code list, or several."""


class Filter(BaseModel):
    """A column and the codes it must hold. Written as `column: codes` under `where`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    among: Choice


def _filters(given: Any) -> Any:
    if isinstance(given, dict) and set(given) != {"column", "among"}:
        return [{"column": column, "among": among} for column, among in given.items()]
    return given


Where = Annotated[tuple[Filter, ...], BeforeValidator(_filters)]
"""Filters that must all hold; a row whose column is empty does not pass."""


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def table_of(name: str) -> Table:
    """The logical table of that name. Raises with the names there are."""
    if name not in BY_NAME:
        raise wrong(f"the table '{name}'", f"choose one of {', '.join(BY_NAME)}")
    return BY_NAME[name]


def column_of(path: str) -> tuple[Table, str]:
    """Table and column of `accommodation.settled`. Raises with what to write instead."""
    name, dot, column = path.partition(".")
    table = table_of(name)
    if not dot or not table.has(column):
        columns = ", ".join(f"{name}.{c.name}" for c in table.columns)
        raise wrong(f"'{path}'", f"choose one of {columns}")
    return table, column


def check_where(table: Table, where: tuple[Filter, ...]) -> None:
    """Raise unless every filter is on a coded column of the table."""
    for item in where:
        check_coded(table, item.column)


def check_coded(table: Table, column: str) -> None:
    """Raise unless the table has the column and it holds codes (or Y and N)."""
    if not table.has(column):
        raise wrong(f"the column '{column}'", f"{table.name} has {', '.join(c.name for c in table.columns)}")
    if table.column(column).kind not in ("code", "flag"):
        coded = ", ".join(c.name for c in table.columns if c.kind in ("code", "flag"))
        raise wrong(f"the column '{column}'", f"of {table.name} these hold codes: {coded}")


def check_dated(table: Table) -> None:
    """Raise unless the rows belong to a person and happen on a day."""
    if not (table.has("person_id") and table.has("happened")):
        dated = ", ".join(name for name, t in BY_NAME.items() if t.has("person_id") and t.has("happened"))
        raise wrong(f"the table '{table.name}'", f"its rows do not happen to a person on a day; choose one of {dated}")


class _OfRows(_Node):
    """A condition on the rows of one table that belong to the unit and fall into a window."""

    where: Where = ()
    between: Between
    of_the: Literal["unit", "person"] = Field(
        default="unit",
        alias="of the",
        description="rows joined by the unit's own key where the table has it, or by the person in any case",
    )


class Latest(_OfRows):
    """The latest row in the window holds one of the codes; no row is unknown.

    A row whose column is empty says nothing and is passed over. Several rows on that latest day disagree:
    `ties: no wins` (the default: nothing is paid on a contradiction) or `yes wins`.
    """

    latest: str
    has: Choice
    ties: Literal["yes wins", "no wins"] = "no wins"

    @model_validator(mode="after")
    def _known(self) -> Self:
        table, column = column_of(self.latest)
        check_dated(table)
        check_coded(table, column)
        check_where(table, self.where)
        if self.between.in_hours:
            raise wrong(f"a latest in hours {self.between}", "the latest row is that of a day; write days")
        return self

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.latest.partition(".")[0]

    @property
    def column(self) -> str:
        """The column it reads."""
        return self.latest.partition(".")[2]


class Count(_OfRows):
    """There are at least, or at most, so many rows in the window. Without numbers: at least one.

    No row is a count of nought, not an unknown: use it for events, never for a status. In a window of hours it
    is unknown where rows without a time of day decide.
    """

    count: str
    at_least: int | None = Field(default=None, alias="at least", ge=1)
    at_most: int | None = Field(default=None, alias="at most", ge=0)

    @model_validator(mode="after")
    def _known(self) -> Self:
        table = table_of(self.count)
        check_dated(table)
        check_where(table, self.where)
        if self.between.in_hours and not table.has("happened_at"):
            timed = ", ".join(name for name, t in BY_NAME.items() if t.has("happened_at"))
            raise wrong(f"{self.count} counted in hours", f"these have a time of day: {timed}")
        if self.at_least is not None and self.at_most is not None and self.at_most < self.at_least:
            raise wrong(f"at least {self.at_least} and at most {self.at_most}", "no number can be both")
        return self

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.count

    @property
    def bounds(self) -> tuple[int, int | None]:
        """Least and most number of rows; None is no upper bound."""
        least = 1 if self.at_least is None and self.at_most is None else self.at_least or 0
        return least, self.at_most


class Change(_Node):
    """The total score of the last assessment improves on the first by at least so much.

    An assessment is the rows of one day; it counts when it has a score for all of the `items`. The first is the
    earliest in the window `first`, the last is the latest in the window `last`. Unknown when either is missing,
    or when the last is not on a later day than the first. Lower scores are better with `better: lower`. An item
    scored twice on one day: at the first the better score is taken, at the last the worse, since nothing is
    paid on a contradiction.
    """

    change: str
    items: Choice
    first: Between
    last: Between
    better: Literal["higher", "lower"]
    by_at_least: Decimal = Field(alias="by at least", gt=0)
    of_the: Literal["unit", "person"] = Field(default="unit", alias="of the")

    @model_validator(mode="after")
    def _known(self) -> Self:
        check_scored(self.change, self.first, self.last)
        return self

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.change.partition(".")[0]


def check_scored(path: str, *windows: Window) -> None:
    """Raise unless the path is a score of a table of items, and the windows are counted in days."""
    table, column = column_of(path)
    if table.column(column).kind != "number" or not table.has("item"):
        raise wrong(f"'{path}'", "items are scored in scores.score or carer_scores.score")
    for window in windows:
        if window.in_hours:
            raise wrong(f"an assessment in hours {window}", "an assessment is that of a day; write days")


class Own(_Node):
    """A column of the anchor's own row holds one of the codes; an empty column is unknown."""

    own: str
    has: Choice


class Age(_Node):
    """Age in whole years on a day, both ends included. Somebody born on 29 February is a year older on 1 March."""

    age: tuple[int, int]
    at: At

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 <= self.age[0] <= self.age[1]:
            raise wrong(f"age: {list(self.age)}", "write the youngest and the oldest age: [18, 69]")
        return self


class Alive(_Node):
    """No death recorded on or before the day."""

    alive: At


class OpenOn(_Node):
    """An interval (referral, care programme, cluster, spell, carer) is open on the day.

    It began on or before the day and has no end, or ended after it.
    """

    open: Literal["referrals", "care_programmes", "clusters", "spells", "carers"]
    on: At
    where: Where = ()
    since: At | None = Field(default=None, description="it must have begun on or before this day too")
    of_the: Literal["unit", "person"] = Field(default="unit", alias="of the")

    @model_validator(mode="after")
    def _known(self) -> Self:
        check_where(table_of(self.open), self.where)
        return self

    @property
    def table(self) -> str:
        """The table it reads."""
        return self.open

    @property
    def ends(self) -> str:
        """The column that closes the interval."""
        return "discharged" if table_of(self.open).has("discharged") else "ended"


class AllOf(_Node):
    """Every one of them: no if any is no, else unknown if any is unknown."""

    all: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(_Node):
    """At least one of them: yes if any is yes, else unknown if any is unknown."""

    any: tuple["Condition", ...] = Field(min_length=1)


class Not(_Node):
    """The opposite; unknown stays unknown."""

    not_: "Condition" = Field(alias="not")


_KINDS = ("latest", "count", "change", "own", "age", "alive", "open", "all", "any", "not")
_NODES = (Latest, Count, Change, Own, Age, Alive, OpenOn, AllOf, AnyOf, Not)


def _kind(given: Any) -> str | None:
    if isinstance(given, dict):
        return next((kind for kind in _KINDS if kind in given), None)
    return next((kind for kind, node in zip(_KINDS, _NODES, strict=True) if isinstance(given, node)), None)


Condition = Annotated[
    Annotated[Latest, Tag("latest")]
    | Annotated[Count, Tag("count")]
    | Annotated[Change, Tag("change")]
    | Annotated[Own, Tag("own")]
    | Annotated[Age, Tag("age")]
    | Annotated[Alive, Tag("alive")]
    | Annotated[OpenOn, Tag("open")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message=f"a condition has one of the keys {', '.join(_KINDS)}",
    ),
]
"""One question, told apart by its key."""

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()

Leaf = Latest | Count | Change | Own | Age | Alive | OpenOn
"""A condition that is asked of the records; the others only join answers."""


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The conditions that are asked of the records, in the order in which they are written."""
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from leaves(part)
        case Not(not_=part):
            yield from leaves(part)
        case _:
            yield condition
