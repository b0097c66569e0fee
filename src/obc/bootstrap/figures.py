"""The figures of a contract as its submissions gave them: for each period the newest, and every one before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from obc.bootstrap.books import contract_in
from obc.bootstrap.submissions import values_in_paper
from obc.domain.contract.workflow.submission import Submission, open_to_all
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet


@dataclass(frozen=True)
class Source:
    """A submission as far as its figures go; equal ones give equal pages, whatever is said about them."""

    submission: str
    state: str
    day: date
    by: str
    values: str
    folder: str
    year: int
    quarter: int | None
    public: bool = False

    @classmethod
    def of(cls, one: Submission, public: bool = False) -> "Source":
        """What a submission is to its figures, or to those of it that are published."""
        day = one.submitted.date()
        return cls(one.id, one.state, day, one.organisation, one.values, one.folder, one.year, one.quarter, public)

    @property
    def days(self) -> Period:
        """The days of which it speaks. A file may hold later figures, which are not submitted with it.

        What is published is the submission's own period alone: earlier figures were published with their own, and
        two versions of one table would let readers work out what each of them hides.
        """
        period = period_of(self)
        return period if self.public else Period(start=_LONG_AGO, end=period.end)


_LONG_AGO = date(1900, 1, 1)

Sources = tuple[Source, ...]
"""In the order in which they were submitted."""


def sources(given: Iterable[Submission]) -> Sources:
    """The submissions whose figures count, the first one first. What was sent back counts no more."""
    return tuple(Source.of(one) for one in _in_order(given) if one.state != "sent back")


def published_sources(given: Iterable[Submission]) -> Sources:
    """The submissions that everybody may see, the first one first."""
    return tuple(Source.of(one, public=True) for one in _in_order(open_to_all(given)))


def _in_order(given: Iterable[Submission]) -> list[Submission]:
    """The first one first; of those of one moment the first version."""
    return sorted(given, key=lambda one: (one.submitted, one.year, one.quarter or 0, one.version))


def newest(given: Sources, indicator: str) -> tuple[IndicatorValue, ...]:
    """The figures of an indicator, each from the last submission that gave it, in the order of their keys."""
    found = {one.key: one for source in given for one in spoken_of(source).get(indicator, ())}
    return tuple(found[key] for key in sorted(found))


def spoken_of(source: Source) -> dict[str, tuple[IndicatorValue, ...]]:
    """The figures of a submission up to the end of its period, by indicator."""
    return _spoken_of(source.values, source.days)


def all_newest(given: Sources) -> ValueSet:
    """The newest figures of every indicator."""
    found = {one.key: one for source in given for held in spoken_of(source).values() for one in held}
    return ValueSet(values=tuple(found[key] for key in sorted(found)))


def period_of(source: Source) -> Period:
    """The period that a submission is for."""
    return _period(source.folder, source.year, source.quarter)


@lru_cache(maxsize=64)
def _spoken_of(paper: str, days: Period) -> dict[str, tuple[IndicatorValue, ...]]:
    found: dict[str, list[IndicatorValue]] = {}
    for one in values_in_paper(paper).values:
        if one.period_start in days and one.period_end in days:
            found.setdefault(one.indicator, []).append(one)
    return {indicator: tuple(held) for indicator, held in found.items()}


@lru_cache(maxsize=256)
def _period(folder: str, year: int, quarter: int | None) -> Period:
    contract = contract_in(folder)
    return contract.period(year) if quarter is None else contract.quarters(year)[quarter - 1]
