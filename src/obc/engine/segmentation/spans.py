"""Where in time a fact holds: for every leaf of a segmentation a query of spans.

A span is `person_id, began, over`: the fact holds from `began` to the day before `over`; without `over` for ever.
A fact's spans may overlap, as those of two open referrals do; it holds where there is at least one.
"""

from collections.abc import Mapping, Sequence

from obc.domain.core.kernel.period import Duration
from obc.domain.measurement.indicators.conditions import Filter
from obc.domain.measurement.records.codes import CodeList, Codes
from obc.domain.measurement.segmentation.facts import Aged, LatestIs, Leaf, Open, Recorded

CodeLists = Mapping[str, CodeList]


def spans_of(leaf: Leaf, lists: CodeLists, people: str) -> str:
    """The query of the spans of one fact; `people` is a condition on `person_id` that bounds the work."""
    match leaf:
        case Aged():
            return _aged(leaf, people)
        case LatestIs():
            return _latest(leaf, lists, people)
        case Recorded():
            score = "" if leaf.score_at_least is None else f" AND score >= {leaf.score_at_least}"
            return (
                f"SELECT person_id, happened AS began, {_stale('happened', leaf.within)} AS over "
                f"FROM {leaf.table} WHERE {people}{_where(leaf.where, lists)}{score}"
            )
    return _open(leaf, lists, people)


def in_codes(column: str, codes: Codes) -> str:
    """The condition that a column holds one of the codes."""
    column = name(column)
    parts = [f"substr({column}, 1, 3) BETWEEN {text(a)} AND {text(b)}" for a, b in codes.ranges]
    if codes.single:
        parts.insert(0, f"{column} IN ({', '.join(map(text, codes.single))})")
    return f"({' OR '.join(parts)})"


def text(value: str) -> str:
    """A value as a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def name(column: str) -> str:
    """The name of a column in SQL: some of ours, such as `check`, mean something there."""
    return f'"{column}"'


def _aged(leaf: Aged, people: str) -> str:
    youngest, oldest = leaf.age
    return (
        f"SELECT person_id, {_birthday(youngest)} AS began, {_birthday(oldest + 1)} AS over FROM people WHERE {people}"
    )


def _birthday(age: int) -> str:
    """The day on which somebody turns `age`; for those born on 29 February 1 March where there is none."""
    plain = f"CAST(birth_date + INTERVAL {age} YEAR AS DATE)"
    return f"{plain} + CASE WHEN day({plain}) < day(birth_date) THEN 1 ELSE 0 END"


def _latest(leaf: LatestIs, lists: CodeLists, people: str) -> str:
    column, where = name(leaf.column), _where(leaf.where, lists)
    days = (
        f"SELECT person_id, happened, max({column}) AS code FROM {leaf.table} "
        f"WHERE {people} AND {column} IS NOT NULL{where} GROUP BY person_id, happened"
    )
    return (
        f"SELECT person_id, happened AS began, least(following, {_stale('happened', leaf.within)}) AS over FROM ("
        "SELECT person_id, happened, code, lead(happened) OVER (PARTITION BY person_id ORDER BY happened) AS following "
        f"FROM ({days}) AS days) AS rows_in_turn WHERE {in_codes('code', Codes.of(leaf.has, lists))}"
    )


def _open(leaf: Open, lists: CodeLists, people: str) -> str:
    closed = leaf.ends if leaf.or_ended_within is None else _stale(leaf.ends, leaf.or_ended_within)
    return (
        f"SELECT person_id, happened AS began, least({closed}, {_stale('happened', leaf.within)}) AS over "
        f"FROM {leaf.table} WHERE {people}{_where(leaf.where, lists)}"
    )


def _stale(column: str, within: Duration | None) -> str:
    """The first day on which a row is too old; null is never (`least` passes over nulls)."""
    if within is None:
        return "CAST(NULL AS DATE)"
    return f"CAST({column} + INTERVAL {within.months} MONTH + INTERVAL {within.days + 1} DAY AS DATE)"


def _where(where: Sequence[Filter], lists: CodeLists) -> str:
    return "".join(f" AND {in_codes(item.column, Codes.of(item.among, lists))}" for item in where)
