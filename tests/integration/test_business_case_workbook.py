"""The workbook's formulas, recalculated by a spreadsheet engine, give the model's totals; so do changed inputs."""

import warnings
from fractions import Fraction
from pathlib import Path

import pytest

from finance_samples import WORKED, worked
from obc.domain.money.finance.amount import minor
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.projection import OPTIONS, exactly, projected
from obc.loaders.contract import load_case
from obc.reports.business_case_workbook import case_workbook
from obc.services.case import make_case

YEARS = "CDEFGH"
ROWS = {
    "do_nothing_minor": 3,
    "efficiency_savings_minor": 4,
    "do_nothing_with_efficiency_minor": 5,
    "outcomes_savings_minor": 6,
    "outcomes_based_minor": 7,
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Path:
    contract, file = load_case(WORKED)
    path = tmp_path_factory.mktemp("workbook") / "case.xlsx"
    path.write_bytes(case_workbook(make_case(contract, file, runs=100), worked()))
    return path


def recalculated(path: Path, inputs: dict[str, float] | None = None) -> dict[str, float]:
    """Every cell of the workbook after a full recalculation; `inputs`: values put into cells before."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        model = formulas.ExcelModel().loads(str(path)).finish()
        found = model.calculate(inputs={_key(path, cell): value for cell, value in (inputs or {}).items()})
    cells = {}
    for key, ranges in found.items():
        if isinstance(key, str) and ":" not in key and hasattr(ranges, "value"):
            cells[key.split("]")[-1].replace("'", "")] = ranges.value[0, 0]
    return cells


def _key(path: Path, cell: str) -> str:
    sheet, _, place = cell.partition("!")
    return f"'[{path.name}]{sheet}'!{place}"


def in_pence(cells: dict[str, float], row: int) -> list[int]:
    return [minor(Fraction(round(float(cells[f"PROJECTION!{column}{row}"]) * 100))) for column in YEARS]


def test_recalculating_gives_the_model_to_the_penny(workbook: Path) -> None:
    cells = recalculated(workbook)
    projection = projected(worked())
    for line, row in ROWS.items():
        assert in_pence(cells, row) == list(getattr(projection, line)), line
    totals = [round(float(cells[f"PROJECTION!I{row}"]) * 100) for row in (3, 5, 7)]
    assert totals == [sum(projection.option(name)[1:]) for name in OPTIONS]
    assert round(float(cells["PROJECTION!B13"])) == 2_183_143  # outcomes based, against the best alternative
    assert round(float(cells["SERVICES!C29"])) == 37_110_000
    assert round(float(cells["SERVICES!C30"])) == 29_850_000
    assert all(round(float(cells[f"SERVICES!G{row}"])) == 0 for row in range(2, 30))


def changed(finance: Finance, drivers: dict[str, Fraction]) -> list[list[int]]:
    found = exactly(finance, drivers)
    return [[minor(year[0]) for year in line] for line in (found.do_nothing, found.outcomes_savings)]


@pytest.mark.parametrize(
    ("cell", "driver", "value"),
    [
        ("savings delivered", "savings delivered", Fraction(1, 2)),
        ("months late", "months late", Fraction(18)),
        ("cost that stays", "cost that stays", Fraction(3, 10)),
    ],
)
def test_changing_an_input_changes_what_hangs_on_it(workbook: Path, cell: str, driver: str, value: Fraction) -> None:
    cells = recalculated(workbook)
    row = next(y for y in range(1, 30) if str(cells.get(f"INPUTS!A{y}", "")).lower() == cell)
    moved = recalculated(workbook, {f"INPUTS!B{row}": float(value)})
    nothing, savings = changed(worked(), {driver: value})
    assert in_pence(moved, ROWS["do_nothing_minor"]) == nothing
    assert in_pence(moved, ROWS["outcomes_savings_minor"]) == savings
    assert in_pence(moved, ROWS["outcomes_based_minor"]) != in_pence(cells, ROWS["outcomes_based_minor"])
