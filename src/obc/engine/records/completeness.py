"""How complete the records are: fields filled, months in which a provider fell silent, rows sent late."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from math import log

import duckdb

from obc.domain.core.kernel.period import add_months
from obc.domain.measurement.records.report import EVERYBODY, Completeness, Late, Silence
from obc.domain.measurement.records.tables import Table
from obc.engine.records.extract import SCRATCH
from obc.engine.records.faults import LEFT_OUT, SUPERSEDED
from obc.engine.records.sql_text import name
from obc.engine.records.stage import STAGE, Staged
from obc.engine.records.verdict import VERDICT

_CHANCE = Decimal(str(-log(1e-4)))
"""So many rows expected and none seen has a probability of 1 in 10,000 (Poisson)."""
_PROVIDERS = 200
"""More providers than a contract can have: the column holds something else, and is not shown."""
_CODE = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$"


def completeness(connection: duckdb.DuckDBPyConnection, staged: Staged) -> tuple[Completeness, ...]:
    """By provider and field, over the rows that are neither superseded nor left out, good and bad alike."""
    table, fields = staged.table, [column.name for column in staged.table.columns]
    filled = ", ".join(f"count({name(field)})" for field in fields)
    rows = connection.execute(
        f"SELECT {_provider(table, 's')} AS provider, count(*), {filled} FROM {STAGE} s WHERE NOT EXISTS "
        f"(SELECT 1 FROM {VERDICT} v WHERE v._file = s._file AND v._row = s._row "
        f"AND v.faults IN ({SUPERSEDED}, {LEFT_OUT})) GROUP BY provider ORDER BY provider"
    ).fetchall()
    if len(rows) > _PROVIDERS:
        rows = [(EVERYBODY, *map(sum, zip(*(row[1:] for row in rows), strict=True)))]
    return tuple(
        Completeness(table=table.name, field=field, provider=row[0], rows=row[1], filled=count)
        for row in rows
        for field, count in zip(fields, row[2:], strict=True)
    )


def silences(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[Silence, ...]:
    """Runs of months without an accepted row, between a provider's first and anybody's last month in the table."""
    if not (table.has("happened") and table.has("provider")):
        return ()
    counted = connection.execute(
        f"SELECT {_provider(table, 't')} AS provider, CAST(date_trunc('month', happened) AS DATE) AS month, count(*) "
        f"FROM {name(table.name)} t GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    months: dict[str, dict[date, int]] = defaultdict(dict)
    for provider, month, rows in counted:
        months[provider][month] = rows
    if not months or len(months) > _PROVIDERS:
        return ()
    last = max(month for _, month, _ in counted)
    return tuple(run for provider, own in months.items() for run in _runs(table.name, provider, own, last))


def _runs(table: str, provider: str, own: dict[date, int], last: date) -> list[Silence]:
    usual = Decimal(sum(own.values())) / len(own)
    runs, month, start = [], min(own), None
    while month <= last:
        if month in own:
            start = None
        elif start is None:
            start = month
        following = add_months(month, 1)
        if start and (following > last or following in own):
            length = (month.year - start.year) * 12 + month.month - start.month + 1
            runs.append(
                Silence(
                    table=table,
                    provider=provider,
                    first_month=start,
                    months=length,
                    usual=round(usual, 1),
                    likely=usual * length < _CHANCE,
                )
            )
        month = following
    return runs


def late(connection: duckdb.DuckDBPyConnection, staged: Staged, after: int) -> tuple[Late, ...]:
    """By provider, the current rows that were first sent more than `after` days after they happened.

    Only rows from the first month of the provider's submissions on: of earlier ones the first is not there.
    """
    table = staged.table
    if not (table.has("happened") and table.has("provider")):
        return ()
    counted = connection.execute(
        f"WITH began AS (SELECT provider, date_trunc('month', min(_submitted)) AS month FROM {STAGE} GROUP BY 1) "
        f"SELECT {_provider(table, 's')} AS provider, count(*), "
        f"count(*) FILTER (coalesce(r.first_submitted, s._submitted) - s.happened > {after}) "
        f"FROM {STAGE} s JOIN began b ON b.provider = s.provider AND s.happened >= b.month "
        f"LEFT JOIN {SCRATCH}.rivals r ON r._file = s._file AND r._row = s._row "
        f"WHERE s._submitted IS NOT NULL AND s._faults <> {LEFT_OUT} "
        f"AND coalesce(r.faults, 0) <> {SUPERSEDED} GROUP BY ALL ORDER BY provider"
    ).fetchall()
    if len(counted) > _PROVIDERS:
        return ()
    return tuple(Late(table=table.name, provider=row[0], rows=row[1], late=row[2]) for row in counted)


def _provider(table: Table, alias: str) -> str:
    """The provider's code, hidden where it cannot be one."""
    if not table.has("provider"):
        return f"'{EVERYBODY}'"
    return f"CASE WHEN regexp_full_match({alias}.provider, '{_CODE}') THEN {alias}.provider ELSE 'no code' END"
