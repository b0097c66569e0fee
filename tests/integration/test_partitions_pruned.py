"""Tables that stand as Parquet by year and month: what no definition can see is not read.

Every scan states the first and the last day that matter as plain days, by which DuckDB leaves out whole files.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicator_engines import definition, rate
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.engine.indicators.buckets import everybody
from obc.engine.indicators.measure import tally
from obc.engine.indicators.plan import plan

QUARTER = Period(start=date(2016, 4, 1), end=date(2016, 6, 30))
MONTHS = 36
"""From January 2014 on; each has a file of its own in each table."""
EVENTS = {
    "contacts": "'c' || i AS contact_id, 'r' || i AS referral_id",
    "accommodation": "['Y', 'N'][(1 + hash(i) % 2)::INTEGER] AS settled",
    "referrals": "'r' || i AS referral_id, happened + (hash(i) % 200)::INTEGER AS discharged, NULL AS happened_at",
    "emergency_attendances": "'a' || i AS attendance_id",
}
COUNTED = {"count": "contacts", "between": ["anchor", "anchor + 2 months"]}
FIRST_COUNTED = {"count": "contacts", "between": ["anchor - 1 month", "anchor"]}

ASKED: dict[str, tuple[IndicatorDefinition, dict[str, int]]] = {
    "a count within the period": (
        definition(numerator={"count": "contacts", "between": ["period start", "anchor"]}),
        {"contacts": 3},
    ),
    "the latest of twelve months": (
        definition(
            numerator={"latest": "accommodation.settled", "has": "Y", "between": ["anchor - 12 months", "anchor"]}
        ),
        {"accommodation": 13},
    ),
    "open on a day": (
        definition(numerator={"open": "referrals", "on": "anchor"}),
        {"referrals": 30},
    ),
    "of those who are open, what their own and other tables say": (
        definition(
            denominator={"cohort": "period end", "who": {"open": "referrals", "on": "anchor"}},
            numerator=[{"count": "referrals", "between": ["period start", "anchor"]}, FIRST_COUNTED],
        ),
        {"referrals": 30, "contacts": 2},
    ),
    "after an event": (
        definition(denominator={"event": "referrals", "take": "each"}, counts="referral", numerator=COUNTED),
        {"referrals": 3, "contacts": 5},
    ),
    "before somebody's first event": (
        definition(denominator={"event": "referrals", "take": "first"}, numerator=FIRST_COUNTED),
        {"referrals": 30, "contacts": 4},
    ),
    "a rate": (
        rate(events={"events": "emergency_attendances"}),
        {"emergency_attendances": 3},
    ),
}
"""What is asked, and how many months of each table it can see. DuckDB may find a way to read still fewer."""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Tables in a schema `whole`, and views of the same rows by year and month in the schema `parts`."""
    folder = tmp_path_factory.mktemp("parts")
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA whole; CREATE SCHEMA parts; USE whole")
        connection.execute(
            "CREATE TABLE people AS SELECT 'p' || i AS person_id FROM range(3000) AS t(i);"
            "CREATE TABLE deaths AS SELECT person_id, DATE '2030-01-01' AS happened FROM people WHERE false;"
            "CREATE TABLE memberships AS SELECT person_id, 's' AS segment, 'q' AS provider, "
            "DATE '2014-01-01' AS joined, DATE '2016-12-31' AS left_on FROM people"
        )
        for name in ("people", "deaths", "memberships"):
            connection.execute(f"CREATE VIEW parts.{name} AS FROM whole.{name}")
        for name, own in EVENTS.items():
            connection.execute(
                f"CREATE TABLE {name} AS SELECT *, {own} FROM (SELECT i, 'p' || (hash(i) % 3000) AS person_id, "
                "'q' AS provider, DATE '2014-01-01' + (i * 1096 // 3600)::INTEGER AS happened FROM range(3600) AS t(i))"
            )
            connection.execute(
                f"COPY (SELECT *, year(happened) AS year, month(happened) AS month FROM {name}) "
                f"TO '{folder / name}' (FORMAT parquet, PARTITION_BY (year, month))"
            )
            assert len(list((folder / name).glob("year=*/month=*/*.parquet"))) == MONTHS
            connection.execute(f"CREATE VIEW parts.{name} AS FROM '{folder / name}/*/*/*.parquet'")
        yield connection


@pytest.mark.parametrize("what", ASKED)
def test_only_months_that_matter_are_read(stored: duckdb.DuckDBPyConnection, tmp_path: Path, what: str) -> None:
    asked, seen = ASKED[what]
    stored.execute("USE whole")
    whole = tally(stored, [asked], {}, [QUARTER])
    assert sum(cell.numerator for cells in whole.values() for cell in cells.values())
    stored.execute("USE parts")
    assert tally(stored, [asked], {}, [QUARTER]) == whole
    read = _months_read(stored, asked, tmp_path / "profile.json")
    assert read.keys() == seen.keys()
    assert all(read[table] <= months for table, months in seen.items()), read


def _months_read(connection: duckdb.DuckDBPyConnection, asked: IndicatorDefinition, profile: Path) -> dict[str, int]:
    """The files of each table from which rows were read, and not the last lines only, which say what is in them."""
    found: dict[str, int] = {}
    for question in plan([asked], [QUARTER], {}):
        connection.execute(f"SET enable_profiling = 'json'; SET profiling_output = '{profile}'")
        connection.execute(question.query(everybody).sql("duckdb")).fetchall()
        connection.execute("PRAGMA disable_profiling")
        for scan in _scans(json.loads(profile.read_text(encoding="utf-8"))["operator"]):
            table = next(name for name in EVENTS if f"/{name}/" in scan["extra_info"]["Filename(s)"])
            found[table] = max(found.get(table, 0), scan["row_groups_scanned"])
            assert scan["total_row_groups_to_scan"] == MONTHS
    return found


def _scans(operators: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for operator in operators:
        if "Filename(s)" in operator["extra_info"]:
            yield operator
        yield from _scans(operator.get("children", []))
