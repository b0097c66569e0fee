"""The CSV of Fingertips (the public health data site of England): indicators by area, as comparators."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from obc.domain.outcomes.monitoring.comparators import Comparator, State
from obc.domain.outcomes.publication.fingertips import HEADER
from obc.loaders.published_csv import refused, rows_of


def read_fingertips(path: Path, indicator: str, per: int = 100) -> tuple[Comparator, ...]:
    """Every row of one indicator (its Indicator ID); values are divided by `per`, 100 where they are per cent.

    An empty cell is missing, or suppressed where its note says so; never 0. Raises `Problems` for another header, a
    figure that is no number, or an indicator that the file does not have.
    """
    found = tuple(_rows(path, indicator, per))
    if not found:
        raise refused(path, None, f"no indicator {indicator}", "name it by its Indicator ID")
    return found


def _rows(path: Path, indicator: str, per: int) -> Iterator[Comparator]:
    for line, row in rows_of(path, HEADER):
        if row["Indicator ID"] != indicator:
            continue
        note = row["Value note"]
        division, part = _division(row)
        figures = {
            name: _figure(path, line, name, row[name])
            for name in ("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator")
        }
        value = figures["Value"]
        state: State = "as published"
        if value is None:
            state = "suppressed at source" if "suppress" in note.lower() else "missing at source"
        limits = [figures["Lower CI 95.0 limit"], figures["Upper CI 95.0 limit"]]
        lower, upper = (None if limit is None else round(float(limit / per), 10) for limit in limits)
        yield Comparator(
            source=path.name,
            measure=row["Indicator Name"],
            area_type=row["Area Type"],
            area=row["Area Code"],
            name=row["Area Name"],
            period=row["Time period"],
            category_type=division,
            category=part,
            numerator=figures["Count"],
            denominator=figures["Denominator"],
            value=None if value is None else value / per,
            lower_95=lower,
            upper_95=upper,
            state=state,
            note=note,
        )


def _division(row: dict[str, str]) -> tuple[str, str]:
    """What part of its area a row is about: its category, else one sex; an area as a whole has neither."""
    if row["Category Type"]:
        return row["Category Type"], row["Category"]
    return ("Sex", row["Sex"]) if row["Sex"] not in ("", "Persons") else ("", "")


def _figure(path: Path, line: int, column: str, text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise refused(path, line, f"'{text}' under {column}", "write a number, or leave the cell empty")
    return number
