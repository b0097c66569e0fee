"""Where in time facts hold: queries of spans.

A span is `person_id, began, over`: something holds from `began` to the day before `over`; without `over` for ever.
The spans of one fact of one person never overlap: where two rows say the same of a day, as two open referrals do,
the earlier span ends where the later begins.
"""

from collections.abc import Iterator, Mapping, Sequence

from obc.domain.core.kernel.period import Duration
from obc.domain.measurement.indicators.conditions import Filter
from obc.domain.measurement.records.codes import CodeList, Codes
from obc.domain.measurement.segmentation.facts import Aged, LatestIs, Leaf, Open, Recorded
from obc.engine.segmentation.packed import ALWAYS, numbers, packed

CodeLists = Mapping[str, CodeList]

ALIVE = 0
"""The place of the fact that somebody is alive; the facts of the rules follow."""

_NEVER = "DATE '9999-12-31'"


def place(leaf: Leaf, leaves: Sequence[Leaf]) -> int:
    """The place of a fact of the rules."""
    return leaves.index(leaf) + 1


def spans(leaves: Sequence[Leaf], lists: CodeLists, people: str) -> str:
    """A query of the spans of every fact, with the facts that hold as `facts0`, `facts1` …

    `people` is a condition on `person_id` that bounds the work.
    """
    facts = len(leaves) + 1
    queries = [_of_one(ALIVE, _life(people), facts)]
    queries += [_of_one(place(leaf, leaves), query, facts) for leaf, query in _plain(leaves, lists, people)]
    together: dict[LatestIs, list[LatestIs]] = {}
    for leaf in leaves:
        if isinstance(leaf, LatestIs):
            together.setdefault(leaf.model_copy(update={"has": ()}), []).append(leaf)
    queries += [_latest(alike, leaves, lists, people) for alike in together.values()]
    return " UNION ALL ".join(queries)


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


def _of_one(fact: int, query: str, facts: int) -> str:
    return (
        f"SELECT person_id, began, over, {packed({fact: ALWAYS}, facts)} FROM ({query}) AS one_fact "
        "WHERE over IS NULL OR over > began"
    )


def _plain(leaves: Sequence[Leaf], lists: CodeLists, people: str) -> Iterator[tuple[Leaf, str]]:
    for leaf in leaves:
        match leaf:
            case Aged():
                yield leaf, _aged(leaf, people)
            case Open():
                yield leaf, _apart(_open(leaf, lists, people))
            case Recorded():
                yield leaf, _apart(_recorded(leaf, lists, people))


def _life(people: str) -> str:
    died = f"SELECT person_id, min(happened) AS day FROM deaths WHERE {people} GROUP BY person_id"
    return (
        "SELECT born.person_id, born.day AS began, died.day + 1 AS over "
        f"FROM (SELECT person_id, birth_date AS day FROM people WHERE {people}) AS born "
        f"LEFT JOIN ({died}) AS died ON died.person_id = born.person_id"
    )


def _aged(leaf: Aged, people: str) -> str:
    youngest, oldest = leaf.age
    return (
        f"SELECT person_id, {_birthday(youngest)} AS began, {_birthday(oldest + 1)} AS over FROM people WHERE {people}"
    )


def _birthday(age: int) -> str:
    """The day on which somebody turns `age`; for those born on 29 February 1 March where there is none."""
    plain = f"CAST(birth_date + INTERVAL {age} YEAR AS DATE)"
    return f"{plain} + CASE WHEN day({plain}) < day(birth_date) THEN 1 ELSE 0 END"


def _latest(alike: Sequence[LatestIs], leaves: Sequence[Leaf], lists: CodeLists, people: str) -> str:
    """Facts about the latest row that differ only in the codes: the rows are put in turn once for all of them."""
    first = alike[0]
    column, where = name(first.column), _where(first.where, lists)
    conditions = {place(leaf, leaves): in_codes("code", Codes.of(leaf.has, lists)) for leaf in alike}
    facts = len(leaves) + 1
    days = (
        f"SELECT person_id, happened, max({column}) AS code FROM {first.table} "
        f"WHERE {people} AND {column} IS NOT NULL{where} GROUP BY person_id, happened"
    )
    return (
        f"SELECT person_id, happened AS began, least(following, {_stale('happened', first.within)}) AS over, "
        f"{', '.join(numbers(facts))} FROM (SELECT person_id, happened, {packed(conditions, facts)}, "
        f"lead(happened) OVER (PARTITION BY person_id ORDER BY happened) AS following FROM ({days}) AS days"
        f") AS rows_in_turn WHERE {' OR '.join(f'{number} <> 0' for number in numbers(facts))}"
    )


def _recorded(leaf: Recorded, lists: CodeLists, people: str) -> str:
    score = "" if leaf.score_at_least is None else f" AND score >= {leaf.score_at_least}"
    return (
        f"SELECT person_id, happened AS began, {_stale('happened', leaf.within)} AS over "
        f"FROM {leaf.table} WHERE {people}{_where(leaf.where, lists)}{score}"
    )


def _open(leaf: Open, lists: CodeLists, people: str) -> str:
    closed = leaf.ends if leaf.or_ended_within is None else _stale(leaf.ends, leaf.or_ended_within)
    return (
        f"SELECT person_id, happened AS began, least({closed}, {_stale('happened', leaf.within)}) AS over "
        f"FROM {leaf.table} WHERE {people}{_where(leaf.where, lists)}"
    )


def _apart(query: str) -> str:
    """The same days as spans that do not overlap: each reaches as far as any before it, up to the next."""
    return (
        "SELECT person_id, began, least(reach, following) AS over FROM ("
        "SELECT person_id, began, lead(began) OVER in_turn AS following, max(until) OVER so_far AS reach FROM ("
        f"SELECT person_id, began, coalesce(over, {_NEVER}) AS until FROM ({query}) AS any_spans"
        ") AS spans_with_ends WHERE until > began WINDOW in_turn AS (PARTITION BY person_id ORDER BY began), "
        "so_far AS (PARTITION BY person_id ORDER BY began ROWS UNBOUNDED PRECEDING)) AS reaching"
    )


def _stale(column: str, within: Duration | None) -> str:
    """The first day on which a row is too old; null is never (`least` passes over nulls)."""
    if within is None:
        return "CAST(NULL AS DATE)"
    return f"CAST({column} + INTERVAL {within.months} MONTH + INTERVAL {within.days + 1} DAY AS DATE)"


def _where(where: Sequence[Filter], lists: CodeLists) -> str:
    return "".join(f" AND {in_codes(item.column, Codes.of(item.among, lists))}" for item in where)
