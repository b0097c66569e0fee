"""Rendering: a query as the text of one engine.

The builders write one tree, in SQLGlot's terms. Where an engine has no word for something, or a word that means
something else, a rewrite of the tree says it otherwise; there is a file for each kind of difference.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlglot import ErrorLevel, exp, parse_one

from obc.engine.dialects.bits import gathered_by_maxima, shifted_by_division
from obc.engine.dialects.byte_order import in_byte_order, letter_by_letter
from obc.engine.dialects.hours import hours_by_function
from obc.engine.dialects.last_known import last_known_by_maximum
from obc.engine.dialects.names import reserved_in_capitals
from obc.engine.dialects.patterns import whole_texts_by_ends
from obc.engine.dialects.whole_numbers import wide_literals, wide_sums

_BINARY = "Latin1_General_BIN2"
"""The collation of SQL Server that goes by what is written."""

Rewrite = Callable[[exp.Expression], exp.Expression]


@dataclass(frozen=True)
class Dialect:
    """How one engine is spoken to. `run`: whether the tests have an engine that runs the text. `quoted`: whether
    every name is quoted, since some of ours mean something there."""

    writes: str
    rewrites: tuple[Rewrite, ...] = ()
    run: bool = False
    quoted: bool = False


def _dialects(periods: int) -> dict[str, Dialect]:
    spark = Dialect("spark", (whole_texts_by_ends,), run=True)
    return {
        "duckdb": Dialect("duckdb", run=True),
        "spark": spark,
        # Databricks runs Spark's own SQL: the same text, which is all that can be said without a Databricks
        "databricks": spark,
        "postgres": Dialect("postgres", (partial(in_byte_order, collation="C"), last_known_by_maximum), run=True),
        "snowflake": Dialect("snowflake", (reserved_in_capitals,)),
        "tsql": Dialect(
            "tsql",
            (
                partial(gathered_by_maxima, periods=periods),
                shifted_by_division,
                hours_by_function,
                partial(in_byte_order, collation=_BINARY),
                partial(letter_by_letter, collation=_BINARY),
                wide_sums,
                wide_literals,
            ),
            quoted=True,
        ),
    }


DIALECTS = _dialects(1)
"""The dialects that queries are written in. A list of its own: SQLGlot writes more, but passes through without a
word what it does not know of an engine."""


def rendered(query: exp.Expression, dialect: str, *, periods: int = 60, pretty: bool = False) -> str:
    """The query in a dialect. `periods`: how many a mask of the query holds at most.

    Raises KeyError for an unknown dialect, `UnsupportedError` where SQLGlot knows that the engine has no such thing.
    """
    spoken = _dialects(periods)[dialect]
    tree = query.copy() if spoken.rewrites else query
    for rewrite in spoken.rewrites:
        tree = tree.transform(rewrite, copy=False)
    level = ErrorLevel.RAISE
    return str(tree.sql(spoken.writes, pretty=pretty, identify=spoken.quoted, unsupported_level=level))


def translated(text: str, dialect: str, *, pretty: bool = False) -> str:
    """A statement written for DuckDB, in a dialect."""
    return (
        text if dialect == "duckdb" and not pretty else rendered(parse_one(text, read="duckdb"), dialect, pretty=pretty)
    )
