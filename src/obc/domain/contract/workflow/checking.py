"""Checking: what is wrong with submitted figures, all of it, in the places where it is to be mended."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.place import Place
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, ValueSet

Key = tuple[str, str, str, date, date]

LARGEST = Decimal(10) ** 15
"""No count of people, days or pounds comes near it. A larger number is a slip, or meant to choke the reader."""
PLACES = 40
"""Decimals a number may have."""

_NUMBERS = tuple(
    name for name, field in IndicatorValue.model_fields.items() if field.annotation in (Decimal | None, int | None)
)
_CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_CLOSE = Decimal("1e-9")
_NEARLY = 1 - Fraction(1, 10**9)


def periods_of(contract: Contract, year: int, quarter: int | None) -> tuple[Period, ...]:
    """The periods a submission may speak of: its quarter, or the year and its four quarters."""
    if quarter is None:
        return (contract.period(year), *contract.quarters(year))
    return (contract.quarters(year)[quarter - 1],)


def segments_of(contract: Contract) -> tuple[str, ...]:
    """The segments that figures are given for: everybody together first."""
    return (ALL, *(one.id for one in contract.segmentation.segments)) if contract.segmentation else (ALL,)


def wrong_with(
    contract: Contract,
    year: int,
    quarter: int | None,
    values: ValueSet,
    places: Mapping[Key, Place] | None = None,
) -> tuple[Problem, ...]:
    """Every problem of the figures submitted for a period; errors stop a submission, warnings go along with it.

    `places`: where each figure stood in what was sent, where that is known.
    """
    found = list(_of_another_version(contract, values))
    periods = {(one.start, one.end) for one in periods_of(contract, year, quarter)}
    names = _Names(contract)
    here = []
    for value in values.values:
        place = (places or {}).get(value.key) or Place("figures", None, _where(value))
        wrongs = [*names.wrong(value), *_sizes(value)]
        if (value.period_start, value.period_end) in periods:
            here.append(value)
            if not wrongs:
                wrongs += _counts(value, names.measures[value.indicator], value.indicator in names.with_unknowns)
        found += (place.wrong(*one) for one in wrongs)
    if not here:
        expected = "choose the period that the file is for"
        found.append(Problem(file="figures", where="the period", found="no figure for it", expected=expected))
    whole = periods_of(contract, year, quarter)[0]
    given = {value.indicator for value in here if (value.period_start, value.period_end) == (whole.start, whole.end)}
    for indicator in sorted(set(names.measures) - given) if here else ():
        expected = "submit it, or it counts as missing: it earns nothing, and is not nought"
        found.append(Place("figures", None, f"{indicator}, {whole}").wrong(None, "no figure", expected, warning=True))
    return tuple(found)


class _Names:
    """The names that figures of a contract may bear. A text of somebody else's making goes no further."""

    def __init__(self, contract: Contract):
        self.measures = {one.id: one.measure for one in contract.definitions}
        self.with_unknowns = {
            one.id
            for one in contract.definitions
            if one.measure == "proportion" and one.unknown == "stays in the denominator"
        }
        """Whose denominator holds those of whom it is not known."""
        self._segments = segments_of(contract)
        self._outcomes = {one.id for one in contract.framework.outcomes} if contract.framework else set()

    def wrong(self, value: IndicatorValue) -> Iterator[tuple[str, str, str]]:
        if value.indicator not in self.measures:
            expected = f"there is {', '.join(sorted(self.measures)) or 'none'}"
            yield "indicator", f"'{value.indicator[:60]}', no indicator of this contract", expected
        if value.segment not in self._segments:
            yield "segment", f"segment '{value.segment[:60]}'", f"there is {', '.join(sorted(self._segments))}"
        if len(value.provider) > 40 or not _CODE.fullmatch(value.provider):
            yield "provider", f"provider '{value.provider[:40]}'", "write the provider's code, or 'all'"
        if value.outcome is not None and value.outcome not in self._outcomes:
            yield "outcome", f"outcome '{value.outcome[:60]}'", "leave it out: the contract says it"


def _of_another_version(contract: Contract, values: ValueSet) -> Iterator[Problem]:
    for name, own, what, cure in (
        ("definitions_hash", contract.definitions_hash, "figures measured by other definitions", "this contract's"),
        ("contract_hash", contract.hash, "figures made under another version of the contract", "the version held here"),
    ):
        if getattr(values, name) not in (None, own):
            yield Problem(file="figures", where=name, found=what, expected=f"measure by {cure}, and send that file")
            return


def _sizes(value: IndicatorValue) -> Iterator[tuple[str, str, str]]:
    for name in _NUMBERS:
        number = getattr(value, name)
        if number is None:
            continue
        if abs(number) > LARGEST or (isinstance(number, Decimal) and int(number.as_tuple().exponent) < -PLACES):
            yield name, "a number beyond all counts", f"write one up to {LARGEST:,}, with at most {PLACES} decimals"


def _counts(value: IndicatorValue, measure: str, with_unknowns: bool) -> Iterator[tuple[str, str, str]]:
    numerator, denominator, unknown = value.numerator, value.denominator, value.unknown
    low = [name for name in ("numerator", "denominator", "unknown") if (getattr(value, name) or 0) < 0]
    if low:
        yield low[0], "a count below nought", "give counts of 0 or more"
    elif measure == "proportion" and numerator is not None and denominator is None:
        yield "denominator", f"a numerator of {numerator} without a denominator", "give both, or neither"
    elif measure == "proportion" and numerator is not None and denominator is not None:
        if numerator > denominator:
            yield "numerator", f"a numerator of {numerator} above its denominator of {denominator}", "check both counts"
        elif value.value is not None and denominator and abs(value.value - numerator / denominator) > _CLOSE:
            yield "value", f"a value of {value.value} where {numerator} of {denominator} were counted", _LEAVE
    if value.value is not None and value.measure != measure:
        yield "measure", f"a {value.measure}", f"it is a {measure}: measure it by this contract's definitions"
    if measure == "mean" and _too_small(value.sum_of_squares, numerator, denominator):
        found = f"{value.sum_of_squares}, less than scores with a sum of {numerator} of {denominator} can have"
        yield "sum of squares", found, "square each score first, then add up"
    if with_unknowns and unknown is not None and denominator is not None and unknown > denominator:
        yield "unknown", f"{unknown} unknown of {denominator}", "check both counts"


def _too_small(squares: Decimal | None, total: Decimal | None, count: Decimal | None) -> bool:
    """Whether no scores have such squares: their sum, times how many they are, is at least the square of their sum."""
    if squares is None or total is None or not count:
        return False
    return Fraction(squares) * Fraction(count) < Fraction(total) ** 2 * _NEARLY


_LEAVE = "leave the value out"


def _where(value: IndicatorValue) -> str:
    return f"{value.indicator[:60]}, {value.segment[:60]}, {value.period_start} to {value.period_end}"
