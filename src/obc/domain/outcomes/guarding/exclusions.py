"""Exclusions and exceptions: who is left out of a figure, beside the figure."""

from collections.abc import Iterator, Sequence

from obc.domain.core.statistics import either_way, share_rise
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.measurement.records.plain_counts import PlainCounts
from obc.domain.outcomes.guarding.look import MARGINS, Look, look
from obc.domain.outcomes.guarding.times import Measured


def exclusions(definitions: Sequence[IndicatorDefinition], measured: Measured, counts: PlainCounts) -> Iterator[Look]:
    """Whether more are left out than a year before: of an indicator for want of a record, or by a rule of the scope.

    Indicators whose unknowns stay in the denominator gain nothing by leaving them out; they have no look here.
    """
    for definition in definitions:
        if leaves_out(definition):
            for provider in (ALL, *measured.providers):
                pair = measured.pair(definition.id, ALL, provider)
                if pair and None not in (pair[0].unknown, pair[1].unknown):
                    yield _left_out(definition, pair, provider)
    yield from _decided(measured, counts)


def leaves_out(definition: IndicatorDefinition) -> bool:
    """Whether those whose record does not say are left out of the denominator."""
    return definition.measure == "mean" or definition.unknown == "leaves the denominator"


def units_of(definition: IndicatorDefinition, value: IndicatorValue) -> int:
    """Everybody who could have been counted, known or not."""
    return int(value.denominator or 0) + (int(value.unknown or 0) if leaves_out(definition) else 0)


def beside(pair: tuple[IndicatorValue, IndicatorValue]) -> dict[str, float | None]:
    """The indicator's own figure at both times, for a look to have beside it."""
    figures = [None if one.value is None else float(one.value) for one in pair]
    return {"figure_before": figures[0], "figure_now": figures[1]}


def _left_out(definition: IndicatorDefinition, pair: tuple[IndicatorValue, IndicatorValue], provider: str) -> Look:
    out, of = [int(one.unknown or 0) for one in pair], [units_of(definition, one) for one in pair]
    shares = [x / n for x, n in zip(out, of, strict=True)]
    chance = share_rise(out[0], of[0], out[1], of[1], MARGINS["left out"])
    return look(
        "left out",
        shares[0],
        shares[1],
        (of[0], of[1]),
        chance,
        indicator=definition.id,
        provider=provider,
        **beside(pair),
        effect=_had_they_missed(definition, pair[1], max(0.0, shares[1] - shares[0]) * of[1]),
    )


def _had_they_missed(definition: IndicatorDefinition, value: IndicatorValue, more: float) -> float | None:
    """The figure if those left out beyond the share of a year before had not reached what is counted."""
    if definition.measure != "proportion" or not more:
        return None
    missed = 0.0 if definition.direction == "higher is better" else more
    return (float(value.numerator or 0) + missed) / (float(value.denominator or 0) + more)


def _decided(measured: Measured, counts: PlainCounts) -> Iterator[Look]:
    """The share of everybody alive that each rule keeps out or puts later."""
    before, now = (
        {one.rule: one for one in counts.scope if one.period == period}
        for period in (measured.times.before, measured.times.now)
    )
    whole = [sum(one.people for one in held.values()) for held in (before, now)]
    if not all(whole):
        return
    for rule, one in now.items():
        if one.status == "in" or rule not in before:
            continue
        x = before[rule].people, one.people
        margin = MARGINS["decided by a rule"]
        chance = either_way(
            share_rise(x[0], whole[0], x[1], whole[1], margin), share_rise(x[1], whole[1], x[0], whole[0], margin)
        )
        yield look("decided by a rule", x[0] / whole[0], x[1] / whole[1], (whole[0], whole[1]), chance, about=rule)
