"""Checking: what is wrong with submitted figures, all of it, in the places where it is to be mended."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, ValueSet


def periods_of(contract: Contract, year: int, quarter: int | None) -> tuple[Period, ...]:
    """The periods a submission may speak of: its quarter, or the year and its four quarters."""
    if quarter is None:
        return (contract.period(year), *contract.quarters(year))
    return (contract.quarters(year)[quarter - 1],)


def wrong_with(contract: Contract, year: int, quarter: int | None, values: ValueSet) -> tuple[Problem, ...]:
    """Every problem of the figures submitted for a period; errors stop a submission, warnings go along with it."""
    found: list[Problem] = []
    if values.definitions_hash not in (None, contract.definitions_hash):
        found.append(
            _problem("definitions_hash", "figures measured by other definitions", "measure by this contract's")
        )
    periods = {(one.start, one.end) for one in periods_of(contract, year, quarter)}
    measures = {one.id: one.measure for one in contract.definitions}
    asked = set(measures)
    segments = {ALL, *(one.id for one in contract.segmentation.segments)} if contract.segmentation else {ALL}
    here = [value for value in values.values if (value.period_start, value.period_end) in periods]
    for value in here:
        where = f"{value.indicator}, {value.segment}, {value.period_start} to {value.period_end}"
        if value.indicator not in asked:
            found.append(_problem(where, "no indicator of this contract", f"there is {', '.join(sorted(asked))}"))
        if value.segment not in segments:
            found.append(_problem(where, f"segment '{value.segment}'", f"there is {', '.join(sorted(segments))}"))
        found += (_problem(where, *one) for one in _counts(value, measures.get(value.indicator, value.measure)))
    if not here:
        found.append(_problem("the period", "no figure for it", "choose the period that the file is for"))
    whole = periods_of(contract, year, quarter)[0]
    given = {value.indicator for value in here if (value.period_start, value.period_end) == (whole.start, whole.end)}
    for indicator in sorted(asked - given) if here else ():
        expected = "submit it, or it counts as missing: it earns nothing, and is not nought"
        found.append(_problem(f"{indicator}, {whole}", "no figure", expected, warning=True))
    return tuple(found)


def _counts(value: IndicatorValue, measure: str) -> Iterator[tuple[str, str]]:
    numerator, denominator, unknown = value.numerator, value.denominator, value.unknown
    if (denominator is not None and denominator < 0) or (numerator is not None and numerator < 0):
        yield "a count below nought", "give counts of 0 or more"
    elif measure == "proportion" and numerator is not None and denominator is None:
        yield f"a numerator of {numerator} without a denominator", "give both, or neither"
    elif measure == "proportion" and numerator is not None and denominator is not None:
        if numerator > denominator:
            yield f"a numerator of {numerator} above its denominator of {denominator}", "check both counts"
        elif value.value is not None and denominator and abs(value.value - numerator / denominator) > _CLOSE:
            yield f"a value of {value.value} where {numerator} of {denominator} were counted", "leave the value out"
    if unknown is not None and denominator is not None and unknown > denominator:
        yield f"{unknown} unknown of {denominator}", "check both counts"


_CLOSE = 1e-9


def _problem(where: str, found: str, expected: str, warning: bool = False) -> Problem:
    severity = "warning" if warning else "error"
    return Problem(file="figures", where=where, found=found, expected=expected, severity=severity)
