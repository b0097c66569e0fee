"""Where the value of one logical column comes from: a column of the extract, several, a constant, a look-up."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from obc.domain.core.kernel.problem import wrong


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pair(_Node):
    """What stands in the extract, and what stands for it here."""

    theirs: str
    ours: str


def _pairs(given: Any) -> Any:
    if isinstance(given, dict):
        return [{"theirs": str(theirs), "ours": "" if ours is None else ours} for theirs, ours in given.items()]
    return given


Pairs = Annotated[tuple[Pair, ...], BeforeValidator(_pairs)]
"""Written as a mapping from theirs to ours."""


def _one(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


class FromColumn(_Node):
    """A column of the extract. In YAML its bare name, or `column` with how to read it.

    `codes` turns their codes into ours (into nothing: an empty text); a code that is not named stays as it is.
    `dates` are the formats of this column, where they differ from the mapping's. `time` names the column that
    holds the time of day of a moment: without a time there is no moment, never midnight.
    """

    column: str
    codes: Pairs = ()
    dates: Annotated[tuple[str, ...], BeforeValidator(_one)] = ()
    time: str | None = None


class Joined(_Node):
    """Several columns written one after the other, as an id; empty where any of them is empty.

    `prefix` keeps the ids of two stacked sources apart.
    """

    joined: tuple[str, ...]
    prefix: str = ""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.joined:
            raise wrong("'joined' of nothing", "name the columns")
        return self


class Constant(_Node):
    """The same text in every row."""

    constant: str


class LookUp(_Node):
    """A column of another table of the extract, found by columns that both have.

    `by` is written as a name, a list of names, or a mapping from the name here to the name there; it is
    compared as text. Of several rows there the latest counts, and of equally late ones the smallest text.
    """

    look_up: str = Field(alias="look up")
    in_: str = Field(alias="in")
    by: Annotated[
        tuple[Pair, ...],
        BeforeValidator(lambda given: _pairs(given if isinstance(given, dict) else {n: n for n in _one(given)})),
    ]
    codes: Pairs = ()

    @model_validator(mode="after")
    def _found(self) -> Self:
        if not self.by:
            raise wrong("'by' nothing", "name the columns that both tables have")
        return self


class Taken(_Node):
    """A column of a logical table that has been read before: `referrals.team`, by the key of that table."""

    taken_from: str = Field(alias="taken from", pattern=r"^\w+\.\w+$")

    @property
    def table(self) -> str:
        """The logical table."""
        return self.taken_from.partition(".")[0]

    @property
    def column(self) -> str:
        """The logical column."""
        return self.taken_from.partition(".")[2]


_KINDS = {"column": FromColumn, "joined": Joined, "constant": Constant, "look up": LookUp, "taken from": Taken}
_KEYS = (*_KINDS, "first of")


def _kind(given: Any) -> str | None:
    if isinstance(given, dict):
        return next((key for key in _KEYS if key in given), None)
    return next((key for key, node in _KINDS.items() if isinstance(given, node)), "first of")


_TOLD_APART = Discriminator(
    _kind,
    custom_error_type="column",
    custom_error_message=f"a column is a name, or has one of the keys {', '.join(_KEYS)}",
)
_BARE = BeforeValidator(lambda given: {"column": given} if isinstance(given, str) else given)

Single = (
    Annotated[FromColumn, Tag("column")]
    | Annotated[Joined, Tag("joined")]
    | Annotated[Constant, Tag("constant")]
    | Annotated[LookUp, Tag("look up")]
    | Annotated[Taken, Tag("taken from")]
)


class FirstOf(_Node):
    """The first of several that holds something. One whose table or column is absent is passed over."""

    first_of: tuple[Annotated[Single, _TOLD_APART, _BARE], ...] = Field(alias="first of")

    @model_validator(mode="after")
    def _several(self) -> Self:
        if len(self.first_of) < 2:
            raise wrong("'first of' one thing alone", "give two or more, or leave 'first of' out")
        return self


ColumnSource = Annotated[Single | Annotated[FirstOf, Tag("first of")], _TOLD_APART, _BARE]
"""Any of them, told apart by its key; a bare text is the name of a column."""


def called(source: ColumnSource | None, otherwise: str) -> str:
    """What people who know the extract call a column: the name it has there."""
    match source:
        case FromColumn():
            return source.column if source.time is None else f"{source.column} with {source.time}"
        case Joined():
            return " with ".join(source.joined)
        case LookUp():
            return f"{source.in_}.{source.look_up}"
        case FirstOf():
            return called(source.first_of[0], otherwise)
    return otherwise
