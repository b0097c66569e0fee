"""How complete the records are: fields filled, months in which a provider fell silent, rows sent late."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import log

import duckdb

from obc.domain.core.kernel.period import add_months
from obc.domain.measurement.records.report import EVERYBODY, OTHER, Completeness, Late, Silence
from obc.domain.measurement.records.tables import Table
from obc.engine.records.extract import SCRATCH
from obc.engine.records.faults import LEFT_OUT, SUPERSEDED
from obc.engine.records.sql_text import name
from obc.engine.records.stage import STAGE, Staged
from obc.engine.records.verdict import VERDICT

_CHANCE = Decimal(str(round(-log(1e-6), 2)))
"""So many rows expected and none seen has a probability of 1 in a million (Poisson): there are many months."""
MOST_PROVIDERS = 200
"""More providers than a contract can have: the column holds something else, and is not shown."""
_FEWEST = 5
_CODE = "[A-Z0-9]{3,6}|[a-z][a-z0-9]*(-[a-z0-9]+)*"
"""What a provider's code looks like: that of the Organisation Data Service, or a name for machines."""


def completeness(connection: duckdb.DuckDBPyConnection, staged: Staged) -> tuple[Completeness, ...]:
    """By provider and field, over the rows that are neither superseded nor left out, good and bad alike."""
    table, fields = staged.table, [column.name for column in staged.table.columns]
    filled = ", ".join(f"count({name(field)}) AS n{n}" for n, field in enumerate(fields))
    summed = ", ".join(f"sum(n{n})" for n in range(len(fields)))
    rows = connection.execute(
        f"WITH own AS (SELECT {provider_of(table)} AS code, count(*) AS rows, {filled} FROM {STAGE} s WHERE NOT EXISTS "
        f"(SELECT 1 FROM {VERDICT} v WHERE v._file = s._file AND v._row = s._row "
        f"AND v.faults IN ({SUPERSEDED}, {LEFT_OUT})) GROUP BY code) "
        f"SELECT {shown(table)} AS provider, sum(rows), {summed} FROM own GROUP BY provider ORDER BY provider"
    ).fetchall()
    if len(rows) > MOST_PROVIDERS:
        rows = [(EVERYBODY, *map(sum, zip(*(row[1:] for row in rows), strict=True)))]
    return tuple(
        Completeness(table=table.name, field=field, provider=row[0], rows=row[1], filled=count)
        for row in rows
        for field, count in zip(fields, row[2:], strict=True)
    )


def silences(connection: duckdb.DuckDBPyConnection, table: Table, known_on: date | None) -> tuple[Silence, ...]:
    """Runs of months without an accepted row, from a provider's first month in the table on.

    They end with anybody's last month in the table, or with the last whole month before `known_on`, the day on which
    the records were taken: without that day nobody can tell a table that stopped from one that ends there.
    """
    if not (table.has("happened") and table.has("provider")):
        return ()
    counted = connection.execute(
        f"WITH known AS (SELECT provider AS code, count(*) AS rows FROM {name(table.name)} GROUP BY code "
        f"HAVING {shown(table)} <> '{OTHER}') "
        f"SELECT code, CAST(date_trunc('month', happened) AS DATE) AS month, count(*) "
        f"FROM {name(table.name)} JOIN known ON provider = code GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return silences_in(table, counted, known_on)


def silences_in(table: Table, counted: Sequence[tuple[str, date, int]], known_on: date | None) -> tuple[Silence, ...]:
    """The same, of the accepted rows by provider and month."""
    months: dict[str, dict[date, int]] = defaultdict(dict)
    for provider, month, rows in counted:
        months[provider][month] = rows
    if not months or len(months) > MOST_PROVIDERS:
        return ()
    last = max(month for _, month, _ in counted)
    if known_on is not None:
        last = max(last, add_months((known_on + timedelta(days=1)).replace(day=1), -1))
    return tuple(run for provider, own in months.items() for run in _runs(table.name, provider, own, last))


def _runs(table: str, provider: str, own: dict[date, int], last: date) -> list[Silence]:
    usual, effective = _rates(own)
    runs, month, start = [], min(own), None
    while month <= last:
        if month in own:
            start = None
        elif start is None:
            start = month
        following = add_months(month, 1)
        if start and (following > last or following in own):
            length = _months(start, month)
            runs.append(
                Silence(
                    table=table,
                    provider=provider,
                    first_month=start,
                    months=length,
                    usual=round(usual, 1),
                    likely=effective * length < _CHANCE,
                )
            )
        month = following
    return runs


def _rates(own: dict[date, int]) -> tuple[Decimal, Decimal]:
    """Rows a month from the first month to the last, and how many of them come independently of each other.

    Rows that come in clumps (thirteen answers of one person) vary more than chance has it: the mean is divided by
    the ratio of variance to mean, where that is above 1 (quasi-Poisson).
    """
    months = _months(min(own), max(own))
    mean = Decimal(sum(own.values())) / months
    variance = Decimal(sum(rows * rows for rows in own.values())) / months - mean * mean
    return mean, mean / max(Decimal(1), variance / mean)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def late(connection: duckdb.DuckDBPyConnection, staged: Staged, after: int) -> tuple[Late, ...]:
    """By provider, the current rows that were first sent more than `after` days after they happened.

    Only rows from the first month of the provider's submissions on: of earlier ones the first is not there.
    """
    table = staged.table
    if not (table.has("happened") and table.has("provider")):
        return ()
    counted = connection.execute(
        f"WITH began AS (SELECT provider, date_trunc('month', min(_submitted)) AS month FROM {STAGE} GROUP BY 1), "
        f"own AS (SELECT s.provider AS code, count(*) AS rows, "
        f"count(*) FILTER (coalesce(r.first_submitted, s._submitted) - s.happened > {after}) AS late "
        f"FROM {STAGE} s JOIN began b ON b.provider = s.provider AND s.happened >= b.month "
        f"LEFT JOIN {SCRATCH}.rivals r ON r._file = s._file AND r._row = s._row "
        f"WHERE s._submitted IS NOT NULL AND s._faults <> {LEFT_OUT} "
        f"AND coalesce(r.faults, 0) <> {SUPERSEDED} GROUP BY code) "
        f"SELECT {shown(table)} AS provider, sum(rows), sum(late) FROM own GROUP BY provider ORDER BY provider"
    ).fetchall()
    if len(counted) > MOST_PROVIDERS:
        return ()
    return tuple(Late(table=table.name, provider=row[0], rows=row[1], late=row[2]) for row in counted)


def provider_of(table: Table) -> str:
    """The column with the provider's code; a word for all where the table has none."""
    return "provider" if table.has("provider") else f"'{EVERYBODY}'"


def shown(table: Table) -> str:
    """The provider as the report may call it, over `code` with its number of `rows`."""
    if not table.has("provider"):
        return "code"
    known = f"regexp_full_match(code, '{_CODE}') AND NOT regexp_full_match(code, '[0-9]+')"
    return f"CASE WHEN rows >= {_FEWEST} AND {known} THEN code ELSE '{OTHER}' END"


def is_shown(code: str, rows: int) -> bool:
    """Whether a provider with so many rows is called by its code: what `shown` says, of one that is known here."""
    return rows >= _FEWEST and re.fullmatch(_CODE, code) is not None and re.fullmatch("[0-9]+", code) is None
