"""From the verdict to counts and examples. What could tell of a person is never among them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.report import FaultCount, TableCount
from obc.domain.measurement.records.tables import Table
from obc.engine.records.faults import LEFT_OUT, SUPERSEDED, Fault, bits
from obc.engine.records.lines import Lines
from obc.engine.records.sql_text import name, text
from obc.engine.records.stage import STAGE, Staged
from obc.engine.records.value_sql import shape
from obc.engine.records.verdict import VERDICT

_EXAMPLES = 5
REJECTED = "rejected"
"""The table of rows that were set aside: where each stands, and why; the extract still has what it says."""


@dataclass
class Findings:
    """What was found in one logical table."""

    count: TableCount
    faults: list[FaultCount] = field(default_factory=list)


def make_rejected(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty table of rejected rows."""
    connection.execute(
        f"CREATE OR REPLACE TABLE {REJECTED} "
        "(table_name VARCHAR, file VARCHAR, line BIGINT, reason VARCHAR, columns VARCHAR)"
    )


def write_rejected(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the rejected rows as CSV. The file appears when it is whole."""
    part = path.with_name(f".{path.name}.part")
    connection.execute(
        f"COPY (SELECT * FROM {REJECTED} ORDER BY table_name, file, line, reason, columns) "
        f"TO {text(str(part))} (FORMAT csv, HEADER)"
    )
    part.replace(path)


def findings(
    connection: duckdb.DuckDBPyConnection, staged: Staged, lists: Mapping[str, CodeList], lines: Mapping[str, Lines]
) -> Findings:
    """Count what became of the staged rows, write down those set aside, and pick examples."""
    errors = bits(staged.faults, "error")
    query = (
        f"SELECT count(*) FILTER (faults = {LEFT_OUT}), count(*) FILTER (faults = {SUPERSEDED}), "
        f"count(*) FILTER (faults & {errors} <> 0) FROM {VERDICT}"
    )
    ((left_out, superseded, set_aside),) = connection.execute(query).fetchall()
    rejected = sum(len(file.rejected) for file in staged.files)
    rows = sum(file.rows for file in staged.files)
    count = TableCount(
        table=staged.table.name,
        read=rows + rejected,
        left_out=left_out,
        superseded=superseded,
        set_aside=set_aside + rejected,
        accepted=_rows(connection, staged.table),
    )
    found = Findings(count)
    for number, file in enumerate(staged.files):
        here = lines[file.shown]
        if file.rejected:
            found.faults.append(_malformed(connection, staged, file.shown, here.rejected))
        per_fault = _per_fault(connection, staged.faults, number)
        for fault in staged.faults:
            if rows := per_fault.get(fault.bit):
                found.faults.append(_fault_count(connection, staged, lists, fault, number, here, rows))
                if fault.severity == "error":
                    _set_aside(connection, staged, fault, number, here)
    return found


def _rows(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    ((rows,),) = connection.execute(f"SELECT count(*) FROM {name(table.name)}").fetchall()
    return int(rows)


def _per_fault(connection: duckdb.DuckDBPyConnection, faults: tuple[Fault, ...], number: int) -> dict[int, int]:
    counts = ", ".join(f"count(*) FILTER (faults & {fault.bit} <> 0)" for fault in faults)
    (row,) = connection.execute(f"SELECT {counts} FROM {VERDICT} WHERE _file = {number}").fetchall()
    return {fault.bit: int(rows) for fault, rows in zip(faults, row, strict=True) if rows}


def _malformed(connection: duckdb.DuckDBPyConnection, staged: Staged, shown: str, bad: tuple[int, ...]) -> FaultCount:
    table = staged.table.name
    connection.executemany(
        f"INSERT INTO {REJECTED} VALUES ({text(table)}, {text(shown)}, ?, 'malformed line', '')",
        [(line,) for line in bad],
    )
    return FaultCount(
        table=table,
        file=shown,
        reason="malformed line",
        columns=(),
        severity="error",
        rows=len(bad),
        lines=bad[:_EXAMPLES],
    )


def _set_aside(connection: duckdb.DuckDBPyConnection, staged: Staged, fault: Fault, number: int, lines: Lines) -> None:
    shifts = ", ".join(f"({row}, {shift})" for row, shift in lines.shifts())
    connection.execute(
        f"INSERT INTO {REJECTED} SELECT {text(staged.table.name)}, {text(staged.files[number].shown)}, "
        f"v._row + h.shift, {text(fault.reason)}, {text(', '.join(fault.columns))} "
        f"FROM {VERDICT} v ASOF JOIN (VALUES {shifts}) h(first_row, shift) ON v._row >= h.first_row "
        f"WHERE v._file = {number} AND v.faults & {fault.bit} <> 0 ORDER BY v._row"
    )


def _fault_count(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    lists: Mapping[str, CodeList],
    fault: Fault,
    number: int,
    lines: Lines,
    rows: int,
) -> FaultCount:
    chosen = f"v._file = {number} AND v.faults & {fault.bit} <> 0"
    first = connection.execute(f"SELECT _row FROM {VERDICT} v WHERE {chosen} ORDER BY _row LIMIT {_EXAMPLES}")
    return FaultCount(
        table=staged.table.name,
        file=staged.files[number].shown,
        reason=fault.reason,
        columns=fault.columns,
        called=tuple(staged.called[number].get(column, column) for column in fault.columns),
        severity=fault.severity,
        rows=rows,
        lines=lines.of([int(row) for (row,) in first.fetchall()]),
        codes=_codes(connection, staged, lists, fault, chosen),
    )


def _codes(
    connection: duckdb.DuckDBPyConnection, staged: Staged, lists: Mapping[str, CodeList], fault: Fault, chosen: str
) -> tuple[str, ...]:
    """The commonest unknown codes, or the shapes of what could not be read."""
    column = fault.columns[0]
    if fault.reason == "unreadable value":
        own = text(f"(?:^|\\n){column}=([^\\n]*)")
        wanted = f"regexp_extract(v._note, {own}, 1)"
        found = connection.execute(f"SELECT {wanted} AS c, count(*) AS n FROM {VERDICT} v WHERE {chosen} {_TOP}")
        return tuple(sorted({code for code, _ in found.fetchall() if code}))
    if fault.reason != "unknown code":
        return ()
    here = f"s.{name(column)}"
    found = connection.execute(
        f"SELECT {here} AS c, {shape(here)}, count(*) AS n FROM {VERDICT} v JOIN {STAGE} s "
        f"ON s._file = v._file AND s._row = v._row WHERE {chosen} {_TOP}"
    )
    codes = lists.get(staged.table.column(column).codes or "")
    known = {_shape(one.code) for one in codes.codes} if codes else set()
    return tuple(sorted({code if _harmless(code, known) else hidden for code, hidden, _ in found.fetchall()}))


_TOP = f"GROUP BY ALL ORDER BY n DESC, c LIMIT {_EXAMPLES}"


def _shape(code: str) -> str:
    return re.sub("[a-z]", "a", re.sub("[A-Z]", "A", re.sub("[0-9]", "9", code)))


def _harmless(code: str, known: set[str]) -> bool:
    """Whether a text can only be a code: very short, or with a digit and of the form of a listed one.

    A row whose columns have slipped has a name or a birthday where a code belongs.
    """
    if re.fullmatch(r"[A-Za-z0-9]{1,2}", code):
        return True
    return len(code) <= 5 and bool(re.search(r"\d", code)) and _shape(code) in known
