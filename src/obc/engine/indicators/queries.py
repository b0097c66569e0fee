"""Queries: SELECT statements put together from expressions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

from obc.engine.indicators.expressions import Expression, all_of, column, compare, named, own


@dataclass(frozen=True)
class Join:
    """A table joined to those before it."""

    table: Expression
    on: Expression
    kind: Literal["", "left"] = ""


def table(name: str, alias: str | None = None) -> Expression:
    """A table, under another name where one is given."""
    return exp.to_table(name, alias=alias)


def part(query: exp.Select, alias: str) -> Expression:
    """A query as a table."""
    return query.subquery(alias, copy=False)


def select(
    values: Iterable[Expression],
    of: Expression,
    *,
    joins: Iterable[Join] = (),
    where: Iterable[Expression | None] = (),
    by: Iterable[Expression] = (),
) -> exp.Select:
    """The values of the rows that meet every condition, grouped where `by` is given. A condition of None is none."""
    query = exp.Select(expressions=[own(value) for value in values]).from_(of, copy=False)
    for join in joins:
        query.join(join.table, on=own(join.on), join_type=join.kind, copy=False)
    if kept := [condition for condition in where if condition is not None]:
        query.where(all_of(kept), copy=False)
    if keys := [own(key) for key in by]:
        query.group_by(*keys, copy=False)
    return query


def with_parts(query: exp.Select, parts: Iterable[tuple[str, exp.Select]]) -> exp.Select:
    """The query after named parts, each of which may use those before it."""
    for name, before in parts:
        query.with_(name, as_=before, copy=False)
    return query


def columns(names: Iterable[str], of: str) -> list[Expression]:
    """Columns of one table."""
    return [column(name, of) for name in names]


def everything(of: str) -> Expression:
    """All columns of one table."""
    return exp.Column(this=exp.Star(), table=exp.to_identifier(of))


def renamed(names: Iterable[tuple[str, str]], of: str) -> list[Expression]:
    """Columns of one table under new names: pairs of the new and the old."""
    return [column(old, of) if new == old else named(column(old, of), new) for new, old in names]


def equal(names: Iterable[str | tuple[str, str]], left: str, right: str) -> Expression:
    """Whether the columns of two tables are equal; pairs where they are called differently."""
    pairs: Sequence[tuple[str, str]] = [(name, name) if isinstance(name, str) else name for name in names]
    return all_of(compare(exp.EQ, column(a, left), column(b, right)) for a, b in pairs)
