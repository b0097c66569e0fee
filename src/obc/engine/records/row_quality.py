"""Row quality of one staged table, by provider and month; and the rows with each fault, by provider and file."""

from collections.abc import Mapping, Sequence

import duckdb

from obc.domain.measurement.records.reasons import INCONSISTENT, INVALID, MISSING, Reason
from obc.domain.measurement.records.row_quality import FaultyRows, RowQuality
from obc.domain.measurement.records.tables import Table
from obc.engine.records.completeness import MOST_PROVIDERS, provider_of, shown
from obc.engine.records.extract import SCRATCH
from obc.engine.records.faults import LEFT_OUT, SUPERSEDED, Fault
from obc.engine.records.lines import Lines
from obc.engine.records.messages import cure
from obc.engine.records.sql_text import name
from obc.engine.records.stage import STAGE, Staged
from obc.engine.records.verdict import VERDICT

_EXAMPLES = 5


def row_quality(connection: duckdb.DuckDBPyConnection, staged: Staged, late_after: int) -> tuple[RowQuality, ...]:
    """By provider and month; see `RowQuality`. The table must have been judged."""
    table = staged.table
    optional = [column.name for column in table.columns if not column.required]
    filled = "".join(f", count(s.{name(field)})" for field in optional)
    bad = ", ".join(_with(staged.faults, reasons) for reasons in (MISSING, INVALID, INCONSISTENT))
    rows = connection.execute(
        f"WITH {_known(table)} {_began(table)} "
        f"SELECT k.name AS provider, {_month(table)} AS month, count(*), {bad}, {_sending(table, late_after)}"
        f"{filled} FROM {STAGE} s LEFT JOIN {VERDICT} v ON v._file = s._file AND v._row = s._row {_joins(table)} "
        f"WHERE coalesce(v.faults, 0) NOT IN ({SUPERSEDED}, {LEFT_OUT}) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    if len({row[0] for row in rows}) > MOST_PROVIDERS:
        return ()
    return tuple(
        RowQuality(table.name, *row[:8], filled=tuple(zip(optional, map(int, row[8:]), strict=True))) for row in rows
    )


def faulty_rows(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    lines: Mapping[str, Lines],
    found: Sequence[Reason],
    formats: tuple[str, ...],
) -> tuple[FaultyRows, ...]:
    """The rows with each fault of the reasons found, by provider and file, with the first few lines.

    `formats` are those in which dates are expected.
    """
    table, places = staged.table, []
    for fault in staged.faults:
        if fault.reason not in found:
            continue
        rows = connection.execute(
            f"WITH {_known(table)} SELECT s._file, k.name AS provider, count(*), min({_month(table)}), "
            f"max({_month(table)}), list(s._row ORDER BY s._row)[:{_EXAMPLES}] "
            f"FROM {VERDICT} v JOIN {STAGE} s ON v._file = s._file AND v._row = s._row {_known_join(table)} "
            f"WHERE v.faults NOT IN ({SUPERSEDED}, {LEFT_OUT}) AND v.faults & {fault.bit} <> 0 "
            "GROUP BY ALL ORDER BY s._file, provider"
        ).fetchall()
        advice = cure(fault.reason, table.column(fault.columns[0]), fault.severity, formats)
        for number, provider, count, first, last, examples in rows:
            file = staged.files[number].shown
            called = tuple(staged.called[number].get(column, column) for column in fault.columns)
            where = lines[file].of(examples)
            places.append(
                FaultyRows(
                    table.name, provider, file, fault.reason, fault.columns, called, count, where, first, last, advice
                )
            )
    return tuple(places)


def _with(faults: tuple[Fault, ...], reasons: tuple[Reason, ...]) -> str:
    bits = sum(fault.bit for fault in faults if fault.reason in reasons)
    return f"count(*) FILTER (coalesce(v.faults, 0) & {bits} <> 0)"


def _known(table: Table) -> str:
    """The providers whose code may be shown."""
    return (
        f"known AS (SELECT code, {shown(table)} AS name FROM (SELECT {provider_of(table)} AS code, count(*) AS rows "
        f"FROM {STAGE} GROUP BY code))"
    )


def _known_join(table: Table) -> str:
    return f"LEFT JOIN known k ON k.code IS NOT DISTINCT FROM {_code(table)}"


def _code(table: Table) -> str:
    return "s.provider" if table.has("provider") else provider_of(table)


def _month(table: Table) -> str:
    day = "coalesce(s.happened, s._submitted)" if table.has("happened") else "NULL"
    return f"CAST(date_trunc('month', CAST({day} AS DATE)) AS DATE)"


def _dated(table: Table) -> bool:
    return table.has("happened") and table.has("provider")


def _began(table: Table) -> str:
    """From when on each provider's submissions are there: of earlier rows the first sending is not known."""
    if not _dated(table):
        return ""
    return f", began AS (SELECT provider, date_trunc('month', min(_submitted)) AS month FROM {STAGE} GROUP BY 1)"


def _joins(table: Table) -> str:
    joins = _known_join(table)
    if _dated(table):
        joins += f" LEFT JOIN {SCRATCH}.rivals r ON r._file = s._file AND r._row = s._row"
        joins += " LEFT JOIN began b ON b.provider = s.provider AND s.happened >= b.month"
    return joins


def _sending(table: Table, late_after: int) -> str:
    if not _dated(table):
        return "0, 0"
    known = "s._submitted IS NOT NULL AND b.month IS NOT NULL"
    days = "coalesce(r.first_submitted, s._submitted) - s.happened"
    return f"count(*) FILTER ({known}), count(*) FILTER ({known} AND {days} > {late_after})"
