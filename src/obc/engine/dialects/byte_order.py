"""The order of texts: by their bytes, as in DuckDB and Spark, where an engine goes by a language instead.

A language may put "f20" beside "F20", or pass over a hyphen: the first of two rows, or who is within a range of
codes, would then be another.
"""

from sqlglot import exp

from obc.domain.measurement.records.tables import TABLES

_TEXTS = {column.name for table in TABLES for column in table.columns if column.kind in ("id", "code", "flag")}
"""The columns that hold text, in whatever table."""


def in_byte_order(node: exp.Expression, collation: str) -> exp.Expression:
    """Ranges of codes and orders of keys, compared by their bytes."""
    among = isinstance(node, exp.Between) and node.args["low"].is_string
    one = isinstance(node, exp.Ordered | exp.Min | exp.Max) and node.this.name.removeprefix("key_") in _TEXTS
    if among or one:
        node.set("this", _by_bytes(node.this, collation))
    return node


def letter_by_letter(node: exp.Expression, collation: str) -> exp.Expression:
    """Codes that are compared with texts, by their bytes, where an engine takes "f20" and "F20" for the same."""
    listed = isinstance(node, exp.In) and any(one.is_string for one in node.expressions)
    equal = isinstance(node, exp.EQ | exp.NEQ) and node.expression.is_string
    if listed or equal:
        node.set("this", _by_bytes(node.this, collation))
    return node


def _by_bytes(value: exp.Expression, collation: str) -> exp.Expression:
    return exp.Collate(this=value.copy(), expression=exp.to_identifier(collation, quoted=collation == "C"))
