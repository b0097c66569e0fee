"""Published values: settling from a file that somebody else measured, one row a party and year."""

from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, StringConstraints, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.money import Currency
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.step import Name

ColumnName = Annotated[str, StringConstraints(min_length=1)]


class Column(Written):
    """A column of the file and the input of the mechanism that it fills.

    `taken as given` says why a figure that follows from others is taken from the file instead of worked out.
    """

    column: ColumnName
    input: Name
    taken_as_given: str | None = None


class Compared(Written):
    """What the file says was really paid, or scored, and how near our figure must come to count as equal."""

    column: ColumnName
    of: Literal["payments", "scores"] = "payments"
    with_: Name
    within: Exact = Field(ge=0, lt=1, description="relative to what was paid: 0.1 %")
    decisions_where_positive: Name | None = Field(
        default=None, description="the step that was positive where there was something to decide: paid or not"
    )


class PublishedMapping(Written):
    """What `values.yaml` says: how the columns of a published file become inputs."""

    source: str
    party: ColumnName
    year: ColumnName
    currency: Currency
    amounts_in: Literal["major units", "minor units"]
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    no_value: tuple[ColumnName, ...] = Field(
        default=(), description="what the file writes where there is no value, besides leaving the cell empty"
    )
    compare: Compared | None = None

    @model_validator(mode="after")
    def _once(self) -> Self:
        inputs = [column.input for column in self.columns]
        for i, name in enumerate(inputs):
            if name in inputs[:i]:
                raise wrong(f"two columns for '{name}'", "fill each input from one column", "columns", i, "input")
        return self

    @property
    def given(self) -> tuple[Column, ...]:
        """The columns that are taken as given, with the reasons."""
        return tuple(column for column in self.columns if column.taken_as_given)


class PublishedValues(NamedTuple):
    """The rows of a published file as inputs; `paid` is what it says was paid, where it says so."""

    parties: tuple[str, ...]
    years: tuple[int, ...]
    inputs: Mapping[str, Evidenced]
    paid: Evidenced | None
    file_hash: str
