"""The publication CSV of the Mental Health Services Data Set: counts of measures by area, as comparators.

NHS England publishes counts below national level rounded to the nearest 5, small ones as `*`, and their percentages
as whole numbers; national figures are as counted.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from obc.domain.outcomes.monitoring.comparators import Comparator, State, interval
from obc.loaders.published_csv import refused, rows_of

HEADER = (
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "STATUS",
    "BREAKDOWN",
    "PRIMARY_LEVEL",
    "PRIMARY_LEVEL_DESCRIPTION",
    "SECONDARY_LEVEL",
    "SECONDARY_LEVEL_DESCRIPTION",
    "MEASURE_ID",
    "MEASURE_NAME",
    "MEASURE_VALUE",
)
NATIONAL = "England"
SUPPRESSED = "*"
ROUNDED_TO = 5

_Place = tuple[str, str, str, str, str, str, str]


def read_publication(path: Path, numerator: str, denominator: str) -> tuple[Comparator, ...]:
    """The share `numerator` of `denominator` (ids of measures) of every area in the file, in its order.

    Raises `Problems` for another header, a figure that is no number, or measures that the file does not have.
    """
    cells: dict[_Place, dict[str, Decimal | None]] = {}
    names: dict[_Place, str] = {}
    titles: dict[str, str] = {}
    for line, row in rows_of(path, HEADER):
        if row["MEASURE_ID"] not in (numerator, denominator):
            continue
        place = (
            row["BREAKDOWN"],
            row["PRIMARY_LEVEL"],
            row["SECONDARY_LEVEL"],
            row["SECONDARY_LEVEL_DESCRIPTION"],
            row["REPORTING_PERIOD_START"],
            row["REPORTING_PERIOD_END"],
            row["STATUS"],
        )
        names[place] = row["PRIMARY_LEVEL_DESCRIPTION"]
        titles[row["MEASURE_ID"]] = row["MEASURE_NAME"]
        cells.setdefault(place, {})[row["MEASURE_ID"]] = _figure(path, line, row["MEASURE_VALUE"])
    absent = [measure for measure in (numerator, denominator) if measure not in titles]
    if absent:
        raise refused(path, None, f"no measure {' or '.join(absent)}", "name measures by their MEASURE_ID")
    made = _Made(path, numerator, denominator, titles[numerator])
    return tuple(made.comparator(place, names[place], given) for place, given in cells.items())


class _Made:
    def __init__(self, path: Path, numerator: str, denominator: str, title: str):
        self.path, self.numerator, self.denominator, self.title = path, numerator, denominator, title

    def comparator(self, place: _Place, name: str, given: dict[str, Decimal | None]) -> Comparator:
        breakdown, area, second, described, starts, ends, _ = place
        top, under = given.get(self.numerator), given.get(self.denominator)
        lower, upper = interval(top, under)
        absent = {self.numerator, self.denominator} - given.keys()
        state: State = "rounded at source"
        if absent:
            state = "missing at source"
        elif top is None or under is None:
            state = "suppressed at source"
        elif breakdown == NATIONAL:
            state = "as published"
        known = state not in ("missing at source", "suppressed at source") and bool(under)
        return Comparator(
            source=self.path.name,
            measure=self.title,
            area_type=breakdown,
            area=area,
            name=name,
            starts=_day(self.path, starts),
            ends=_day(self.path, ends),
            category_type="" if second == "NONE" else second,
            category="" if described == "NONE" else described,
            numerator=top,
            denominator=under,
            value=top / under if known and top is not None and under else None,
            lower_95=lower,
            upper_95=upper,
            state=state,
            note=f"counts to the nearest {ROUNDED_TO}" if state == "rounded at source" else "",
        )


def _figure(path: Path, line: int, text: str) -> Decimal | None:
    if text == SUPPRESSED:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise refused(path, line, f"'{text}' as MEASURE_VALUE", "write a number, or * where suppressed") from None
    if not number.is_finite() or number < 0:
        raise refused(path, line, f"'{text}' as MEASURE_VALUE", "write a number, or * where suppressed")
    return number


def _day(path: Path, text: str) -> date:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        raise refused(path, None, f"'{text}' as a day", "write days as 30/09/2024") from None


def areas(comparators: tuple[Comparator, ...], area_type: str) -> Iterator[Comparator]:
    """Those of one breakdown, whole areas only."""
    return (one for one in comparators if one.area_type == area_type and not one.category_type)
