"""Synthetic records meet the check of records: clean ones pass, faults are found as they were sown."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from obc.domain.measurement.records.report import RecordsReport
from obc.domain.measurement.records.tables import TABLES, Table
from obc.synthetic.faults import Faults, Late, MissingMonth, Stop
from record_folders import MAPPINGS, check, read
from synthetic_county import made, opened, oxfordshire

PEOPLE = 700
END = oxfordshire().records_end
FOUND_AS = {
    "repeated": "repeated",
    "unknown code": "unknown code",
    "wrong order": "wrong order",
    "orphan": "no such row",
}
SINGLE_ROWS = Faults(repeated=0.02, unknown_code=0.02, wrong_order=0.02, orphan=0.02)


def put(out: Path, layout: str, faults: Faults | None = None, people: int = PEOPLE):
    """Make records in a layout."""
    mapping = None if layout == "logical" else MAPPINGS[layout].extended(MAPPINGS)
    return made(out, people, mapping=mapping, faults=faults)


def comparable(layout: str, table: Table) -> list[str]:
    """The columns that come back as they were: those the layout has, but for keys that it joins anew and numbers,
    which come back as decimals."""
    source = MAPPINGS[layout].extended(MAPPINGS).sources(table)[0]
    return [
        column.name
        for column in table.columns
        if source.column(column.name) is not None and column.kind != "number" and (column.name,) != table.key
    ]


def troubles(report: RecordsReport) -> list[str]:
    """Problems, but for months that happen to be without rows: few people, nine providers."""
    return [str(problem) for problem in report.problems if "found nothing of" not in str(problem)]


@pytest.mark.parametrize("layout", ["logical", "mhsds-v5", "mhsds-v6"])
def test_clean_records_pass_in_every_layout(tmp_path: Path, layout: str) -> None:
    put(tmp_path / "logical", "logical")
    if layout != "logical":
        put(tmp_path / layout, layout)
    report, connection = read(tmp_path / layout, layout, known_on=END)
    assert troubles(report) == []
    assert not report.unusable
    straight = opened(tmp_path / "logical")
    for table in TABLES:
        columns = ", ".join(f'"{name}"' for name in comparable(layout, table))
        query = f"SELECT {columns} FROM {table.name} ORDER BY ALL"
        there = [tuple(map(str, row)) for row in straight.execute(query).fetchall()]
        assert [tuple(map(str, row)) for row in connection.execute(query).fetchall()] == there, table.name


@pytest.mark.parametrize("layout", ["logical", "mhsds-v5"])
def test_the_check_finds_exactly_what_was_sown(tmp_path: Path, layout: str) -> None:
    sown = Counter()
    for fault in put(tmp_path / "out", layout, SINGLE_ROWS).sown:
        sown[fault.table, FOUND_AS[fault.fault]] += fault.rows
    found = Counter()
    report = check(tmp_path / "out", layout, known_on=END)
    for fault in report.faults:
        found[fault.table, fault.reason] += fault.rows
    if layout == "mhsds-v5":  # this mapping wants the scores of known tools only, so others are left out, not at fault
        assert report.count("scores").left_out == sown.pop(("scores", "unknown code"))
    assert found == sown
    assert {reason for _, reason in sown} == set(FOUND_AS.values())
    assert len(sown) >= 50


def test_a_missing_month_and_a_provider_that_stops_fall_silent(tmp_path: Path) -> None:
    gone = Faults(
        missing_months=(MissingMonth(provider="RNU", month=date(2014, 6, 1)),),
        stops=(Stop(provider="OX01", day=date(2016, 1, 1)),),
    )
    report = put(tmp_path / "out", "logical", gone)
    assert {fault.fault for fault in report.sown} == {"missing month", "stopped"}
    checked = check(tmp_path / "out", known_on=END)
    assert [problem for problem in checked.problems if problem.severity == "error"] == []
    silent = {(s.table, s.provider, s.first_month) for s in checked.silences if not s.likely}
    assert ("contacts", "RNU", date(2014, 6, 1)) in silent
    assert ("contacts", "OX01", date(2016, 1, 1)) in silent
    connection = opened(tmp_path / "out")
    left = "SELECT count(*) FROM contacts WHERE provider = '{}' AND happened BETWEEN '{}' AND '{}'"
    assert connection.execute(left.format("RNU", "2014-06-01", "2014-06-30")).fetchone() == (0,)
    assert connection.execute(left.format("OX01", "2016-01-01", "2030-01-01")).fetchone() == (0,)
    assert connection.execute(left.format("RNU", "2014-07-01", "2014-07-31")).fetchone() > (0,)
    assert connection.execute(left.format("OX01", "2015-12-01", "2015-12-31")).fetchone() > (0,)


def test_late_rows_are_missing_until_they_are_sent_and_marked_where_the_layout_can(tmp_path: Path) -> None:
    late = Faults(late=Late(share=0.2, months=5))
    report = put(tmp_path / "late", "mhsds-v5", late)
    on_time = put(tmp_path / "full", "mhsds-v5")
    unsent = sum(fault.rows for fault in report.sown if fault.fault == "not sent yet" and fault.table == "contacts")
    rows = [{made.file: made.rows for made in one.files}["MHS201CareContact.parquet"] for one in (report, on_time)]
    assert unsent > 0
    assert rows[0] == rows[1] - unsent
    marked = sum(one.late for one in check(tmp_path / "late", "mhsds-v5", known_on=END).late if one.table == "contacts")
    told = sum(fault.rows for fault in report.sown if fault.fault == "late" and fault.table == "contacts")
    # what came before a provider's first submission cannot be judged late
    assert told - len(oxfordshire().county.providers) <= marked <= told
