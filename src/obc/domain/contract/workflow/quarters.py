"""The quarters of a year: how the four stand, and whether they add up to what the year says."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.indicators.definition import EventAnchor, IndicatorDefinition, TimeAnchor
from obc.domain.measurement.indicators.values import ALL, ValueSet


class Quarters(NamedTuple):
    """A year with its newest submission and those of its four quarters; None where nothing was submitted."""

    year: int
    whole: Submission | None
    quarters: tuple[Submission | None, Submission | None, Submission | None, Submission | None]

    @property
    def agreed(self) -> int:
        """How many quarters both sides have agreed."""
        return sum(one is not None and one.state == "agreed by both" for one in self.quarters)


def years_of(years: Iterable[int], submissions: Iterable[Submission]) -> tuple[Quarters, ...]:
    """Every year for which something was submitted, the newest first; of each period the newest that stands."""
    newest: dict[tuple[int, int | None], Submission] = {}
    for one in sorted(submissions, key=lambda one: one.version):
        newest[one.year, one.quarter] = one
    return tuple(
        Quarters(
            year,
            newest.get((year, None)),
            (newest.get((year, 1)), newest.get((year, 2)), newest.get((year, 3)), newest.get((year, 4))),
        )
        for year in sorted(years, reverse=True)
        if any(given == year for given, _ in newest)
    )


def adds_up(definition: IndicatorDefinition) -> bool:
    """Whether the quarters of a year add up to it: every unit falls into one of them, on the day of its anchor.

    They do not where somebody can count in several quarters and once in the year.
    """
    match definition.denominator:
        case EventAnchor() as event:
            return event.take == "first" or event.rows_are(definition.counts)
        case TimeAnchor():
            return definition.events is None or not definition.events.once
        case _:
            return False


def not_adding_up(
    contract: Contract, year: int, values: ValueSet, quarters: Mapping[int, ValueSet]
) -> Iterator[Problem]:
    """Where the year's counts are not the sum of the four quarters': to be minded, not refused.

    `quarters`: the figures of each quarter as they were submitted. Nothing is said before all four are there.
    """
    if set(quarters) != {1, 2, 3, 4}:
        return
    whole = contract.period(year)
    by_key: dict[tuple[str, str], tuple[list[Decimal], list[Decimal]]] = {}
    for number, period in enumerate(contract.quarters(year), start=1):
        for value in quarters[number].values:
            if (value.provider, value.period_start, value.period_end) == (ALL, period.start, period.end):
                tops, unders = by_key.setdefault((value.indicator, value.segment), ([], []))
                if value.numerator is not None and value.denominator is not None:
                    tops.append(value.numerator)
                    unders.append(value.denominator)
    additive = {one.id for one in contract.definitions if adds_up(one)}
    for value in values.values:
        if (value.provider, value.period_start, value.period_end) != (ALL, whole.start, whole.end):
            continue
        tops, unders = by_key.get((value.indicator, value.segment), ([], []))
        if value.indicator not in additive or len(tops) < 4 or value.numerator is None or value.denominator is None:
            continue
        if (sum(tops), sum(unders)) != (value.numerator, value.denominator):
            given = f"{value.numerator} of {value.denominator}"
            yield Problem(
                file="figures",
                where=f"{value.indicator}, {value.segment}, year {year}",
                found=f"{given}; the four quarters add up to {sum(tops)} of {sum(unders)}",
                expected="say in a remark why: late records, or a correction",
                severity="warning",
            )
