"""Figures of areas, such as their deprivation: a published CSV whose first column is the area's code."""

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.records.codes import Code, CodeList
from obc.loaders.published_csv import refused


class AreaFigure(NamedTuple):
    """One area with its figure; `name` is the second column."""

    code: str
    name: str
    figure: Decimal


def read_area_figures(path: Path, column: str) -> tuple[AreaFigure, ...]:
    """Every row: code, name and what stands under `column`. Rows without a figure are left out.

    Raises `Problems` for no such column, an area given twice, or a figure that is no number.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.reader(file, strict=True)
            heads = next(rows, [])
            if column not in heads or len(heads) < 3:
                known = ", ".join(heads[2:12]) or "none"
                raise refused(path, 1, f"no column '{column}'", f"name one of: {known}")
            found = tuple(_read(path, rows, heads.index(column)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise refused(path, None, getattr(error, "strerror", None) or "no text", "give a CSV file in UTF-8") from None
    codes = [one.code for one in found]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise refused(path, None, f"{', '.join(twice[:5])} twice", "give each area one row")
    return found


def read_parts(path: Path, column: str, id_: str) -> CodeList:
    """Small areas by their tenth or fifth of deprivation, 1 the most deprived, as a code list to group by."""
    found = read_area_figures(path, column)
    wrong = [one for one in found if one.figure != one.figure.to_integral_value() or not 1 <= one.figure <= 100]
    if wrong:
        raise Problems(
            tuple(
                Problem(file=path.name, where=one.code, found=f"{one.figure} under {column}", expected="write 1 to 10")
                for one in wrong[:20]
            )
        )
    codes = tuple(Code(code=one.code, meaning=str(int(one.figure))) for one in found)
    return CodeList(id=id_, title=f"Small areas by {column}", source=path.name, codes=codes)


def _read(path: Path, rows: "Iterator[list[str]]", at: int) -> Iterator[AreaFigure]:
    for line, row in enumerate(rows, start=2):
        text = row[at].strip() if len(row) > at else ""
        if not text:
            continue
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise refused(path, line, f"'{text}'", "write a number, or leave the cell empty")
        yield AreaFigure(row[0].strip(), row[1].strip(), number)
