"""Records drawn as text, for cases that a reader can check by eye.

    people    | person_id birth_date
              | ann       1980-05-01
    referrals | person_id provider happened   discharged
              | ann       P1       2015-01-01 -

`-` is empty. Columns that are not drawn are empty, but for a table's key, which is numbered.
"""

import weakref
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import duckdb

from obc.domain.measurement.records.tables import BY_NAME, TABLES, Column

Row = dict[str, Any]
Tables = Mapping[str, list[Row]]

_SQL = {
    "id": "VARCHAR",
    "code": "VARCHAR",
    "flag": "VARCHAR",
    "date": "DATE",
    "moment": "TIMESTAMP",
    "number": "DECIMAL(18,4)",
}
_COLUMNS = {table.name: ", ".join(f'"{one.name}" {_SQL[one.kind]}' for one in table.columns) for table in TABLES}
_EMPTY = "; ".join(f"CREATE TABLE {name} ({columns})" for name, columns in _COLUMNS.items())


def drawn(text: str) -> Tables:
    """The rows of each table drawn in `text`."""
    found: dict[str, list[Row]] = {}
    name, columns = "", list[str]()
    for line in filter(str.strip, text.splitlines()):
        left, bar, right = line.partition("|")
        assert bar, f"no bar in {line!r}"
        if left.strip():
            name, columns = left.strip(), right.split()
            unknown = [column for column in columns if not BY_NAME[name].has(column)]
            assert not unknown, f"{name} has no {unknown}"
            found.setdefault(name, [])
        else:
            cells = right.split()
            assert len(cells) == len(columns), f"{line!r} does not fit {columns}"
            found[name].append(row(name, dict(zip(columns, cells, strict=True)), len(found[name]) + 1))
    return found


def row(name: str, cells: Mapping[str, str], number: int) -> Row:
    """A whole row of a table from some of its cells."""
    table = BY_NAME[name]
    numbered = {key: f"{name}-{number}" for key in table.key[:1] if key not in cells and key != "person_id"}
    given = {**numbered, **cells}
    return {column.name: _value(column, given.get(column.name, "-")) for column in table.columns}


def people_of(tables: Tables) -> dict[str, Tables]:
    """The rows of each person in `people`."""
    found: dict[str, Tables] = {}
    for person in tables["people"]:
        key = person["person_id"]
        found[key] = {name: [r for r in rows if r.get("person_id") == key] for name, rows in tables.items()}
    return found


_SERVER = duckdb.connect(config={"threads": 1})
"""Starting DuckDB takes three times as long as a case does: each case is a database of its own in this one."""
_NUMBERS = count(1)


def loaded(tables: Tables) -> duckdb.DuckDBPyConnection:
    """A database in memory with every logical table, filled with the rows drawn; gone when nobody holds it."""
    name = f"case_{next(_NUMBERS)}"
    connection = _SERVER.cursor()
    connection.execute(f"ATTACH ':memory:' AS {name}; USE {name}; {_EMPTY}")
    weakref.finalize(connection, _SERVER.execute, f"DETACH {name}")
    for table, rows in tables.items():
        if rows:
            marks = f"({', '.join('?' * len(BY_NAME[table].columns))})"
            values = [cell for row in rows for cell in row.values()]
            connection.execute(f"INSERT INTO {table} VALUES {', '.join([marks] * len(rows))}", values)
    return connection


def _value(column: Column, text: str) -> Any:
    if text == "-":
        return None
    match column.kind:
        case "date":
            return date.fromisoformat(text)
        case "moment":
            return datetime.fromisoformat(text)
        case "number":
            return Decimal(text)
    return text
