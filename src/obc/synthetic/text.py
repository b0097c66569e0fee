"""From compact rows to the text, dates and amounts of a logical table, as an SQL query over arrays."""

from obc.domain.measurement.records.tables import Column
from obc.synthetic.extract import NOTHING, Rows


def query(rows: Rows, relation: str) -> str:
    """SELECT of every logical column in order, from a relation that holds the compact columns of `rows`."""
    parts = [f'{_expression(rows, column)} AS "{column.name}"' for column in rows.table.columns]
    return f"SELECT {', '.join(parts)} FROM {relation}"


def _expression(rows: Rows, column: Column) -> str:
    name = f'"{column.name}"'
    match column.kind:
        case "code":
            return f"{_labels(rows, column)}[{name} + 1]"
        case "flag":
            return f"CASE {name} WHEN 1 THEN 'Y' WHEN 0 THEN 'N' END"
    given = {
        "id": f"'{prefix(column.name)}' || lpad({name}::VARCHAR, 9, '0')",
        "date": f"DATE '1970-01-01' + {name}",
        "moment": f"make_timestamp({name}::BIGINT * 60000000)",
        "number": name,
    }[column.kind]
    return f"CASE WHEN {name} <> {NOTHING} THEN {given} END"


def _labels(rows: Rows, column: Column) -> str:
    """The codes as a list; place 0 (not recorded) is beyond it and gives nothing."""
    known = rows.labels.get(column.name, {})
    return "CAST([" + ", ".join(f"'{label}'" for label in known) + "] AS VARCHAR[])"


def prefix(column: str) -> str:
    """What ids of a column begin with: the initials of its words (`P` for person_id)."""
    return "".join(word[0] for word in column.removesuffix("_id").split("_")).upper()
