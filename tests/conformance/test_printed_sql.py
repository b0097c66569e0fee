"""PostgreSQL runs what is printed for it, and finds the same as the reference and DuckDB."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

import postgresql
from case_recorder import IndicatorCase, recorded
from many_cases import all_records, asked_together
from obc.bootstrap import contracts, measuring
from obc.engine.indicators.elsewhere import Rows, Told
from obc.services.measure import segmentation_of
from postgresql_cases import copy_rows, tables_in

SPEC = Path(__file__).parents[1] / "spec"
CONTRACT = "oxfordshire-mental-health"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server of its own."""
    with postgresql.server() as database:
        yield database


def test_the_rule_book_on_indicators(url: str, tmp_path: Path) -> None:
    chapters = [*sorted(SPEC.glob("indicators_*")), SPEC / "definitions"]
    cases = [case for case in recorded(chapters, tmp_path / "cases") if isinstance(case, IndicatorCase)]
    with all_records(cases) as records, tables_in(url, records) as connection:
        _memberships(connection, records.execute("SELECT * FROM memberships").fetchall())

        def ask(queries: Sequence[tuple[str, str]], told: Told) -> Iterator[Rows]:
            for place, (_, query) in enumerate(queries):
                told(place)
                yield _rows(connection, query)

        found = asked_together(cases, ask, "postgres")
    assert [case.test for case, sums in zip(cases, found, strict=True) if sums != case.totals] == []
    assert len(cases) > 250


def test_a_whole_contract_as_it_is_printed(url: str, tmp_path: Path) -> None:
    """Statement by statement: who is a member of what, then every sum of the first year."""
    contract = contracts.load_contract(CONTRACT)
    measuring.make_records(contract, tmp_path / "made", 400, 7, names="logical")
    until = contract.period(contract.years[0]).end
    with measuring.records_of(contract, tmp_path / "made") as session:
        session.segment(segmentation_of(contract), until)
        here = session.connection
        with tables_in(url, here) as there:
            for statement in _statements(measuring.segments_sql_of(contract, "postgres")):
                there.execute(statement)
            members = "SELECT person_id, segment, provider, joined, left_on FROM memberships"
            assert _counted(there.execute(members).fetchall()) == _counted(here.execute(members).fetchall())
            asked = _statements(measuring.sql_of(contract, "postgres"))
            as_here = _statements(measuring.sql_of(contract, "duckdb"))
            assert len(asked) == len(as_here) > 10
            for ours, theirs in zip(as_here, asked, strict=True):
                expected = here.execute(ours).fetchall()
                assert _counted(_rows(there, theirs)) == _counted(expected), theirs.splitlines()[0]


def _memberships(connection: psycopg.Connection[Any], rows: Rows) -> None:
    connection.execute(
        "CREATE TABLE memberships(person_id TEXT, segment TEXT, provider TEXT, joined DATE, left_on DATE)"
    )
    copy_rows(connection, "memberships", rows)


def _rows(connection: psycopg.Connection[Any], query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query.encode()).fetchall()


def _statements(printed: str) -> list[str]:
    return [statement for statement in printed.split(";\n") if statement.strip()]


def _counted(rows: Rows) -> Counter[tuple[Any, ...]]:
    """Rows in any order; numbers by their value, whatever their type."""
    return Counter(
        tuple(Decimal(str(value)).normalize() if isinstance(value, int | float | Decimal) else value for value in row)
        for row in rows
    )
