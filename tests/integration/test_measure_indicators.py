"""Measuring as a service calls it: values for every cell asked for, whatever the buckets, and the SQL to show."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from indicator_engines import QUARTER, code_lists, definition, load_memberships, rate, records
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.engine.indicators.buckets import buckets_for
from obc.engine.indicators.measure import measure, sql
from record_tables import loaded

TEXT = """
people        | person_id birth_date sex
              | ann       1980-01-01 1
              | bob       1980-01-01 2
              | cyd       1980-01-01 1
deaths        | person_id happened
              | cyd       2026-05-01
accommodation | person_id provider happened   settled
              | ann       P1       2026-05-01 Y
              | bob       P1       2026-05-01 N
reviews       | person_id provider happened
              | ann       P1       2026-05-01
scores        | person_id provider happened   item score
              | ann       P1       2026-05-01 a    3
memberships   | person_id segment provider joined     left_on
              | ann       s       P1       2020-01-01 -
              | bob       s       P2       2020-01-01 -
              | cyd       t       P2       2020-01-01 -
"""
YEAR = ["anchor - 12 months", "anchor"]
DEFINITIONS = [
    definition(id="housed", numerator={"latest": "accommodation.settled", "has": "Y", "between": YEAR}),
    definition(id="reviewed", denominator={"event": "reviews"}, numerator={"alive": "anchor + 1 month"}),
    definition(
        id="score",
        measure="mean",
        value={"total": "scores.score", "items": "a", "between": YEAR, "ties": "higher"},
    ),
    rate(id="deaths", events={"events": "deaths", "once": True}, **{"compared with": "general population"}),
    rate(id="attendances", events={"events": "emergency_attendances"}),
]


@pytest.fixture
def connection() -> Any:
    tables, members = records(TEXT)
    with loaded(tables) as found:
        load_memberships(found, members)
        yield found


def by_cell(values: tuple[IndicatorValue, ...], indicator: str) -> dict[tuple[str, str], IndicatorValue]:
    return {(value.segment, value.provider): value for value in values if value.indicator == indicator}


def test_every_cell_that_is_found_has_a_value(connection: duckdb.DuckDBPyConnection) -> None:
    values = measure(connection, DEFINITIONS, {}, [QUARTER])
    assert len(values) == len(DEFINITIONS) * 3 * 3
    housed = by_cell(values, "housed")
    whole = housed[("all", "all")]
    assert (whole.numerator, whole.denominator, whole.unknown) == (1, 3, 1)
    assert whole.evidence is Evidence.PROVISIONAL
    assert (housed[("t", "P1")].value, housed[("t", "P1")].evidence) == (None, Evidence.INSUFFICIENT)
    assert by_cell(values, "score")[("s", "P1")].value == 3
    deaths = by_cell(values, "deaths")[("all", "all")]
    assert (deaths.numerator, deaths.denominator) == (1, 91 + 91 + 31)
    assert deaths.expected is None, "there is no population to compare with"
    assert by_cell(values, "attendances")[("all", "all")].value == 0


def test_only_the_segments_and_providers_asked_for_are_reported(connection: duckdb.DuckDBPyConnection) -> None:
    values = measure(connection, DEFINITIONS[:1], {}, [QUARTER], segments=["t", "u"], providers=["P1"])
    cells = by_cell(values, "housed")
    assert list(cells) == [(s, p) for s in ("all", "t", "u") for p in ("all", "P1")]
    assert cells[("all", "all")].denominator == 3, "the others are in the totals"
    assert cells[("u", "all")].evidence is Evidence.INSUFFICIENT


def test_what_needs_an_absent_table_is_missing_and_the_rest_is_not(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DROP TABLE accommodation; DROP TABLE population")
    absent = ["accommodation", "population"]
    values = measure(connection, DEFINITIONS, {}, [QUARTER], absent=absent, evidence=Evidence.FINAL)
    states = {value.indicator: value.evidence for value in values if (value.segment, value.provider) == ("all", "all")}
    assert states == {
        "housed": Evidence.MISSING,
        "reviewed": Evidence.FINAL,
        "score": Evidence.FINAL,
        "deaths": Evidence.FINAL,
        "attendances": Evidence.FINAL,
    }
    assert all(value.denominator is None for value in by_cell(values, "housed").values())


def test_buckets_change_nothing_and_progress_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    told: list[tuple[float, str]] = []
    whole = measure(connection, DEFINITIONS, {}, [QUARTER])
    cut = measure(
        connection, DEFINITIONS, {}, [QUARTER], buckets=5, progress=lambda share, what: told.append((share, what))
    )
    assert ValueSet(values=whole).hash == ValueSet(values=cut).hash
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    assert {"housed", "score"} <= {name for _, what in told for name in what.split(", ")}


def test_more_periods_than_a_mask_holds_are_measured_in_turns(connection: duckdb.DuckDBPyConnection) -> None:
    days = [QUARTER.start + timedelta(days=n) for n in range(91)]
    values = measure(connection, DEFINITIONS[1:2], {}, [Period(start=day, end=day) for day in days])
    counted = {v.period_start: v.denominator for v in values if (v.segment, v.provider) == ("all", "all")}
    assert len(counted) == 91
    assert {day for day, number in counted.items() if number} == {date(2026, 5, 1)}


def test_the_settings_of_the_connection_are_put_back(connection: duckdb.DuckDBPyConnection) -> None:
    settings = "SELECT current_setting('preserve_insertion_order'), current_setting('disabled_optimizers')"
    before = connection.execute(settings).fetchall()
    measure(connection, DEFINITIONS, {}, [QUARTER])
    assert connection.execute(settings).fetchall() == before


def test_the_sql_that_is_shown_is_the_sql_that_runs(connection: duckdb.DuckDBPyConnection) -> None:
    shown = sql(DEFINITIONS, {}, [QUARTER])
    statements = shown.split(";\n")[:-1]
    assert [statement.strip().splitlines()[0] for statement in statements] == [
        "-- housed, score",
        "-- reviewed",
        "-- person-time",
        "-- deaths",
        "-- attendances",
        "-- comparison with the general population",
    ]
    results = [connection.execute(statement).fetchall() for statement in statements]
    assert sorted(row[:2] for row in results[0]) == [("s", "P1"), ("s", "P2"), ("t", "P2")]
    assert sum(row[2] for row in results[2]) == 91 + 91 + 31


@pytest.mark.parametrize("dialect", ["spark", "postgres", "tsql", "snowflake", "databricks"])
def test_the_sql_uses_nothing_that_other_engines_lack(dialect: str) -> None:
    shown = sql(DEFINITIONS, code_lists(), [QUARTER], dialect).upper()
    assert not [word for word in ("ASOF", "ARG_MAX", "GROUP BY ALL", "QUALIFY", "FILTER (") if word in shown]


def test_sums_are_exact() -> None:
    """A tenth added ten times is one, and its square a tenth of one."""
    rows = "\n".join(f"| p{n} P1 2026-05-01 a 0.1" for n in range(10))
    tables, members = records(f"scores | person_id provider happened item score\n{rows}")
    with loaded(tables) as found:
        load_memberships(found, members)
        values = measure(found, DEFINITIONS[2:3], {}, [QUARTER], providers=[])
    whole = by_cell(values, "score")[("all", "all")]
    assert (whole.numerator, whole.sum_of_squares, whole.value) == (Decimal(1), Decimal("0.1"), Decimal("0.1"))


def test_buckets_go_with_what_is_kept_of_each_person() -> None:
    assert buckets_for(people=30_000, width=100) == 1
    assert buckets_for(people=10_000_000, width=8) == 1
    assert buckets_for(people=60_000_000, width=100) == 64
    assert buckets_for(people=0, width=0) == 1
