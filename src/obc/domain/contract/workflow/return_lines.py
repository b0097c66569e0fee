"""Lines of a return as people typed them, made into figures, or everything that is wrong with each cell."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.checking import Key, periods_of, segments_of
from obc.domain.contract.workflow.place import Place
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.indicators.values import ALL, IndicatorValue

COUNTS = ("numerator", "denominator", "unknown", "sum of squares")
"""The columns that people fill in; a line without any of them is not given."""
COLUMNS = ("indicator", "segment", "provider", "from", "to", *COUNTS)
"""The columns of a return."""

_COUNT = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
_GROUPED = re.compile(r"-?\d{1,3}([, ]\d{3})+(\.\d+)?")


class ReturnLine(NamedTuple):
    """A line as it was typed: text by column, and where it stood."""

    texts: Mapping[str, str]
    place: Place


class Read(NamedTuple):
    """What could be read of a return: figures, where each stood, and what could not."""

    values: tuple[IndicatorValue, ...]
    places: dict[Key, Place]
    problems: tuple[Problem, ...]


def figures_of(contract: Contract, year: int, quarter: int | None, lines: Iterable[ReturnLine]) -> Read:
    """The figures of the lines. Whoever names no days means the whole of the chosen period."""
    periods = periods_of(contract, year, quarter)
    known = {one.id: one.measure for one in contract.definitions}
    segments = segments_of(contract)
    values: dict[Key, IndicatorValue] = {}
    places: dict[Key, Place] = {}
    problems: list[Problem] = []
    for line in lines:
        if not any(line.texts.get(name) for name in COUNTS):
            continue
        indicator, segment = line.texts.get("indicator", ""), line.texts.get("segment", "") or ALL
        wrongs = [
            *_unknown(indicator, known, "indicator", "indicator of this contract"),
            *_unknown(segment, segments, "segment", "segment of this contract"),
        ]
        period = _period(line.texts, periods, wrongs)
        numbers = {name: _number(line.texts.get(name, ""), name, wrongs) for name in COUNTS}
        if known.get(indicator) == "mean" and numbers["numerator"] is not None and numbers["sum of squares"] is None:
            wrongs.append(("sum of squares", "nothing", "a mean needs it: add up the squares of the scores"))
        problems += (line.place.wrong(*one) for one in wrongs)
        if wrongs or period is None:
            continue
        unknown = numbers["unknown"]
        value = IndicatorValue(
            indicator=indicator,
            segment=segment,
            provider=line.texts.get("provider", "") or ALL,
            period_start=period.start,
            period_end=period.end,
            measure=known[indicator],
            numerator=numbers["numerator"],
            denominator=numbers["denominator"],
            unknown=None if unknown is None else int(unknown),
            sum_of_squares=numbers["sum of squares"],
        )
        if value.key in values:
            first = places[value.key]
            found = f"a second line for it; the first is line {first.line}" if first.line else "a second line for it"
            problems.append(line.place.wrong("indicator", found, "keep one"))
            continue
        values[value.key], places[value.key] = value, line.place
    return Read(tuple(values.values()), places, tuple(problems))


def _unknown(given: str, known: Iterable[str], column: str, what: str) -> Iterator[tuple[str, str, str]]:
    names = list(known)
    if given in names:
        return
    near = get_close_matches(given, names, n=1)
    cure = f"did you mean '{near[0]}'?" if near else f"there is {', '.join(names) or 'none'}"
    yield column, f"'{given[:60]}', no {what}" if given else "nothing", cure


def _period(texts: Mapping[str, str], periods: tuple[Period, ...], wrongs: list[tuple[str, str, str]]) -> Period | None:
    given = [texts.get(name, "") for name in ("from", "to")]
    if not any(given):
        return periods[0]
    days: list[date] = []
    for name, text in zip(("from", "to"), given, strict=True):
        try:
            days.append(date.fromisoformat(text[:10]))
        except ValueError:
            wrongs.append((name, f"'{text[:20]}'" if text else "nothing", "write the day as 2015-04-01"))
    if len(days) < 2:
        return None
    found = next((one for one in periods if (one.start, one.end) == tuple(days)), None)
    if found is None:
        expected = f"this is for {periods[0].start} to {periods[0].end}: choose the period that the figures are of"
        wrongs.append(("from", f"{days[0]} to {days[1]}", expected))
    return found


def count_in(text: str) -> Decimal | None:
    """The count that a text is, thousands separated or not; None where it is empty. Raises ValueError."""
    plain = re.sub(r"[, ]", "", text) if _GROUPED.fullmatch(text) else text
    if not plain:
        return None
    if not plain.isascii() or not _COUNT.fullmatch(plain):
        raise ValueError(f"'{text[:20]}' is no count")
    return Decimal(plain)


A_COUNT = "write a count in figures, such as 1204; nothing where there is none"


def _number(text: str, column: str, wrongs: list[tuple[str, str, str]]) -> Decimal | None:
    try:
        number = count_in(text)
    except ValueError:
        wrongs.append((column, f"'{text[:20]}'", A_COUNT))
        return None
    if column == "unknown" and number is not None and number != number.to_integral_value():
        wrongs.append((column, f"'{text[:20]}'", "write a whole number of people or cases"))
        return None
    return number
