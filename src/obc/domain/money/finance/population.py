"""The people a capitated budget is for, counted and weighted."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact

Count = Literal["registered", "resident"]
"""registered: on the list of a practice here, wherever they live. resident: living here, wherever registered."""


class Group(Written):
    """An age band and sex, with what one of its people needs against the average (1)."""

    group: Slug
    title: str
    weight: Exact = Field(gt=0)
    source: str | None = None


class People(Written):
    """How many people of a group there are."""

    group: Slug
    people: int = Field(ge=0)


def _people(given: Any) -> Any:
    if isinstance(given, dict):
        return [{"group": group, "people": people} for group, people in given.items()]
    return given


Numbers = Annotated[tuple[People, ...], BeforeValidator(_people)]
"""People by group, written as a mapping: `{women-18-34: 71_000, …}`."""


class Area(Written):
    """A locality: its people by group, and how deprivation and need there differ from the average (1)."""

    area: Slug
    title: str
    deprivation: Exact = Field(gt=0)
    need: Exact = Field(gt=0)
    registered: Numbers
    resident: Numbers
    source: str | None = None

    def people(self, count: Count) -> tuple[People, ...]:
        """Its people by group, counted in one of the two ways."""
        return self.registered if count == "registered" else self.resident


class Movement(Written):
    """People who join (or leave, below 0) during the year, from the first day of its month `month` (1: April)."""

    month: int = Field(ge=1, le=12)
    area: Slug
    group: Slug
    people: int
    why: str | None = None
    source: str | None = None

    @property
    def part_of_year(self) -> Fraction:
        """The part of the year that they count for."""
        return Fraction(13 - self.month, 12)


class Population(Written):
    """A defined cohort: groups, areas, and who is counted."""

    cohort: str
    count: Count
    groups: tuple[Group, ...] = Field(min_length=1)
    areas: tuple[Area, ...] = Field(min_length=1)
    in_year_changes: tuple[Movement, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Self:
        groups = {one.group for one in self.groups}
        areas = {one.area for one in self.areas}
        for i, area in enumerate(self.areas):
            for kind in ("registered", "resident"):
                for one in getattr(area, kind):
                    _must_be_in(one.group, groups, "group", "areas", i, kind)
        for i, move in enumerate(self.in_year_changes):
            _must_be_in(move.group, groups, "group", "in year changes", i, "group")
            _must_be_in(move.area, areas, "area", "in year changes", i, "area")
            if not move.people:
                raise wrong("a movement of nobody", "write how many join, or leave (below 0)", "in year changes", i)
        if not self.total():
            raise wrong("a cohort of nobody", "write how many people there are", "areas")
        return self

    def total(self, count: Count | None = None) -> int:
        """The people at the start of the year."""
        return sum(one.people for area in self.areas for one in area.people(count or self.count))

    def weighted(self, count: Count | None = None) -> Fraction:
        """The people at the start of the year, each counted at age, sex, deprivation and need."""
        return sum((people * weight for _, people, weight in self._cells(count or self.count)), Fraction(0))

    def by_area(self, count: Count | None = None) -> tuple[tuple[str, int, Fraction], ...]:
        """Area, people and weighted people."""
        cells = list(self._cells(count or self.count))
        return tuple(
            (
                area.area,
                sum(people for name, people, _ in cells if name == area.area),
                sum((people * weight for name, people, weight in cells if name == area.area), Fraction(0)),
            )
            for area in self.areas
        )

    def changed(self) -> tuple[Fraction, Fraction]:
        """What movements in the year add: person-years, and weighted person-years."""
        weights = {one.group: one.weight for one in self.groups}
        places = {one.area: one.deprivation * one.need for one in self.areas}
        plain = sum((move.people * move.part_of_year for move in self.in_year_changes), Fraction(0))
        weighted = sum(
            (
                move.people * move.part_of_year * weights[move.group] * places[move.area]
                for move in self.in_year_changes
            ),
            Fraction(0),
        )
        return plain, weighted

    def _cells(self, count: Count) -> Iterator[tuple[str, int, Fraction]]:
        weights = {one.group: one.weight for one in self.groups}
        for area in self.areas:
            for one in area.people(count):
                yield area.area, one.people, weights[one.group] * area.deprivation * area.need


def _must_be_in(name: str, known: set[str], kind: str, *at: str | int) -> None:
    if name not in known:
        raise wrong(f"the {kind} '{name}', which is nowhere", f"write one of {', '.join(sorted(known))}", *at)
