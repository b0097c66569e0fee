"""Factors: what a definition's figures are adjusted by, and the level of each at which a person stands."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.records.codes import CodeList

NOT_KNOWN = "not known"
"""The level of whoever's record does not say: a level like any other, so that nobody is dropped."""

Levels = tuple[str, ...]
"""One level of each factor, in their order: a stratum."""


def age_on(born: date, day: date) -> int:
    """Age in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class Factor(BaseModel):
    """One thing about people that providers did not choose and that goes with the outcome.

    `age`: on the anchor's day, in bands that begin at `from ages`. `segment`: the need group on the membership day.
    The others are columns of `people`; `grouped by` names a code list whose meanings are then the levels (small areas
    by fifth of deprivation, say). Of carers it is the person cared for. Written as a word, or with its parts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    factor: Literal["age", "sex", "segment", "ethnicity", "lsoa", "locality", "district"]
    from_ages: tuple[Annotated[int, Field(ge=1, le=120)], ...] = Field(default=(), alias="from ages")
    grouped_by: Slug | None = Field(default=None, alias="grouped by")

    @model_validator(mode="before")
    @classmethod
    def _word(cls, given: Any) -> Any:
        return {"factor": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.factor == "age") != bool(self.from_ages):
            if self.from_ages:
                raise wrong(f"{self.factor} with 'from ages'", "only age has bands; leave it out")
            raise wrong("age without 'from ages'", "say where the bands begin: {factor: age, from ages: [25, 45, 65]}")
        if any(later <= earlier for earlier, later in pairwise(self.from_ages)):
            raise wrong(f"from ages {list(self.from_ages)}", "list them from the youngest to the oldest, each once")
        if self.grouped_by and self.factor in ("age", "segment"):
            raise wrong(f"{self.factor} with 'grouped by'", "a code list groups the codes of a column; leave it out")
        return self

    @property
    def name(self) -> str:
        """What the factor is called."""
        return self.grouped_by or self.factor

    @property
    def bands(self) -> tuple[tuple[int, str], ...]:
        """The first age and the name of each band, the youngest first."""
        starts = (0, *self.from_ages)
        closed = [f"{first} to {after - 1}" for first, after in pairwise(self.from_ages)]
        names = (f"under {self.from_ages[0]}", *closed, f"{self.from_ages[-1]} and over")
        return tuple(zip(starts, names, strict=True))

    def meanings(self, lists: Mapping[str, CodeList]) -> dict[str, tuple[str, ...]]:
        """The codes of each level of a grouped factor. Raises KeyError where there is no such code list."""
        found: dict[str, tuple[str, ...]] = {}
        for item in lists[str(self.grouped_by)].codes:
            found[item.meaning] = (*found.get(item.meaning, ()), item.code)
        return found

    def level(self, person: Mapping[str, Any] | None, day: date, segment: str, lists: Mapping[str, CodeList]) -> str:
        """Where a person stands on the anchor's day, as the row of `people` says."""
        if self.factor == "segment":
            return segment
        if person is None:
            return NOT_KNOWN
        if self.factor == "age":
            age = age_on(person["birth_date"], day)
            return next(name for first, name in reversed(self.bands) if age >= first or first == 0)
        code = person.get(self.factor)
        if self.grouped_by:
            return next((meaning for meaning, codes in self.meanings(lists).items() if code in codes), NOT_KNOWN)
        return NOT_KNOWN if code is None else str(code)


def _once(given: tuple[Factor, ...]) -> tuple[Factor, ...]:
    names = [factor.name for factor in given]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise wrong(f"'{twice[0]}' twice", "adjust by each factor once", names.index(twice[0]))
    return given


AdjustedBy = Annotated[tuple[Factor, ...], AfterValidator(_once), Field(min_length=1)]
"""The factors of a definition, each once."""
