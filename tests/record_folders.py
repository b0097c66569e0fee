"""Small folders of records for the tests of reading and checking: one line a row, faults written in by hand."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb

from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.report import FaultCount, RecordsReport
from obc.domain.measurement.records.tables import BY_NAME
from obc.engine.records.read import check_records, read_records
from obc.loaders.record_mapping import shipped_code_lists, shipped_mappings

MAPPINGS = shipped_mappings()
LISTS = shipped_code_lists()
TAKEN = date(2024, 6, 30)
"""The day on which these records were taken."""

GOOD = {
    "people": """
        person_id,birth_date,sex,ethnicity,lsoa,locality,district
        P1,1980-05-01,1,A,E01000001,north,E07000177
        P2,1991-12-31,2,,,,
    """,
    "referrals": """
        referral_id,person_id,provider,happened,happened_at,source,priority,team,discharged,closure_reason
        R1,P1,RNU,2023-01-10,2023-01-10 09:30:00,A1,4,A02,2023-03-01,02
        R2,P2,RNU,2023-02-10,,A1,3,A06,,
    """,
}
"""The two tables that must be there, without a fault."""


def put(folder: Path, tables: Mapping[str, str]) -> Path:
    """Write tables as CSV; the indentation of the text does not count."""
    folder.mkdir(exist_ok=True, parents=True)
    for table, text in tables.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def check(folder: Path, mapping: str | RecordMapping = "logical", known_on: date | None = TAKEN) -> RecordsReport:
    """The report on a folder."""
    return check_records(folder, _mapping(mapping), LISTS, known_on)


def read(
    folder: Path, mapping: str | RecordMapping = "logical", known_on: date | None = TAKEN
) -> tuple[RecordsReport, duckdb.DuckDBPyConnection]:
    """The report, and the connection with the logical tables."""
    connection = duckdb.connect()
    return read_records(folder, _mapping(mapping), connection, LISTS, known_on), connection


def rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple]:
    """The rows of a logical table, in the order of its key."""
    order = ", ".join(BY_NAME[table].key)
    return connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()


def fault(report: RecordsReport, table: str, reason: str, column: str | None = None) -> FaultCount:
    """The one count of that fault."""
    found = [
        one
        for one in report.faults
        if one.table == table and one.reason == reason and (column is None or column in one.columns)
    ]
    assert len(found) == 1, report.faults
    return found[0]


def _mapping(given: str | RecordMapping) -> RecordMapping:
    return MAPPINGS[given] if isinstance(given, str) else given
