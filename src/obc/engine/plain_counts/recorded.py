"""What was recorded: entries by table, provider and month, and what the rules of the scope decide."""

from collections.abc import Iterator, Sequence

import duckdb

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.records.plain_counts import Decided, Entries
from obc.domain.measurement.records.tables import TABLES
from obc.engine.records.sql_text import name


def entries(
    connection: duckdb.DuckDBPyConnection, periods: Sequence[Period], providers: Sequence[str]
) -> Iterator[Entries]:
    """Days of people with a row, by table, provider and month, of the months in the periods."""
    within = " OR ".join(f"happened BETWEEN DATE '{one.start}' AND DATE '{one.end}'" for one in periods)
    for table in TABLES:
        if not all(table.has(column) for column in ("happened", "provider", "person_id")):
            continue
        rows = connection.execute(
            "SELECT provider, CAST(date_trunc('month', happened) AS DATE) AS month, "
            f"count(DISTINCT (person_id, happened)) FROM {name(table.name)} "
            f"WHERE ({within}) AND list_contains(?, provider) GROUP BY ALL ORDER BY ALL",
            [list(providers)],
        ).fetchall()
        for provider, month, count in rows:
            yield Entries(table=table.name, provider=provider, month=month, entries=count)


def decided(connection: duckdb.DuckDBPyConnection, periods: Sequence[Period]) -> Iterator[Decided]:
    """How many people each rule decides on the last day of each period; needs the records segmented."""
    for period in periods:
        rows = connection.execute(
            "SELECT rule, status, count(*) FROM scope_decisions WHERE joined <= ? AND left_on >= ? "
            "GROUP BY ALL ORDER BY ALL",
            [period.end, period.end],
        ).fetchall()
        for rule, status, count in rows:
            yield Decided(period=period, rule=rule, status=status, people=count)
