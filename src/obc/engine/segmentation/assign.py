"""Assign everybody to scope and segments, for every day up to the last, in DuckDB.

A fact begins and ends on days; between two such days of a person nothing changes. So every span becomes a step up
on its first day and a step down on the day after its last, the steps of a person are summed up in order of days,
and the rules are asked once for each of those days. No day is joined with a span: the work is one sort.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb

from obc.domain.measurement.segmentation.membership import EVERYBODY, SegmentCounts
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.engine.segmentation.counts import counts_on
from obc.engine.segmentation.packed import holds, numbers
from obc.engine.segmentation.rules import chosen, first_of
from obc.engine.segmentation.spans import ALIVE, CodeLists, spans

PEOPLE_AT_A_TIME = 1_000_000
"""People are taken in buckets of about so many, which bounds the memory: a million took 2 GB."""


def assign(
    connection: duckdb.DuckDBPyConnection, segmentation: Segmentation, code_lists: CodeLists, until: date
) -> SegmentCounts:
    """Make the tables `memberships` and `scope_decisions` from the tables of records; return the counts of `until`.

    `memberships(person_id, segment, provider, joined, left_on)`: people in scope, one row for every run of days
    with one segment and provider (null: never referred to any). `scope_decisions(person_id, status, rule, joined,
    left_on)`: everybody, from birth to death or `until`. Both days are included and rows of one person never
    overlap. Tables of these names are replaced. What is recorded later never changes an earlier day.
    """
    connection.execute(_EMPTY)
    people = connection.execute("SELECT count(*) FROM people").fetchall()[0][0]
    buckets = max(1, -(-people // PEOPLE_AT_A_TIME))
    for bucket in range(buckets):
        within = "TRUE" if buckets == 1 else f"hash(person_id) % {buckets} = {bucket}"
        found = decided(segmentation, code_lists, until, within)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE decided AS {found}")
        connection.execute(f"INSERT INTO scope_decisions {decisions(segmentation, until)}")
        connection.execute(f"INSERT INTO memberships {members(segmentation, until)}")
    connection.execute("DROP TABLE decided")
    return counts_on(connection, segmentation, until)


_EMPTY = """
CREATE OR REPLACE TABLE memberships(person_id VARCHAR, segment VARCHAR, provider VARCHAR, joined DATE, left_on DATE);
CREATE OR REPLACE TABLE scope_decisions(person_id VARCHAR, status VARCHAR, rule VARCHAR, joined DATE, left_on DATE);
"""


def decided(segmentation: Segmentation, lists: CodeLists, until: date, within: str) -> str:
    """A query of the days on which an answer changes: what rules hold from then on, by their places, and whether
    that is another scope rule (`decision`) or another segment or provider (`place`). No rule: not alive, or not in.
    """
    leaves, scope = segmentation.leaves, segmentation.scope
    columns = numbers(len(leaves) + 1)
    inside = [str(position) for position, rule in enumerate(scope) if rule.status == "in"] if scope else ["0"]
    is_in = f"scope_rule IN ({', '.join(inside)})" if inside else "FALSE"
    return f"""
WITH spans AS ({spans(leaves, lists, within)}),
steps AS ({" UNION ALL ".join(_steps(segmentation, columns, until, within))}),
changes AS (
  SELECT person_id, day, min(provider) AS provider{"".join(f", sum({facts}) AS {facts}" for facts in columns)}
  FROM steps WHERE day <= DATE '{until}' GROUP BY person_id, day
),
days AS (
  SELECT person_id, day, last_value(provider IGNORE NULLS) OVER so_far AS provider
    {"".join(f", CAST(sum({facts}) OVER so_far AS BIGINT) AS {facts}" for facts in columns)}
  FROM changes WINDOW so_far AS (PARTITION BY person_id ORDER BY day ROWS UNBOUNDED PRECEDING)
),
asked AS (
  SELECT person_id, day, provider, CASE WHEN {holds(ALIVE)} THEN {first_of(scope, leaves)} END AS scope_rule,
    {first_of(segmentation.segments, leaves)} AS segment_rule
  FROM days
),
answers AS (
  SELECT person_id, day, scope_rule, CASE WHEN {is_in} THEN segment_rule END AS segment_rule,
    CASE WHEN {is_in} THEN provider END AS provider
  FROM asked
),
compared AS (
  SELECT person_id, day, scope_rule, segment_rule, provider,
    scope_rule IS DISTINCT FROM lag(scope_rule) OVER in_turn AS decision,
    segment_rule IS DISTINCT FROM lag(segment_rule) OVER in_turn
      OR provider IS DISTINCT FROM lag(provider) OVER in_turn AS place
  FROM answers WINDOW in_turn AS (PARTITION BY person_id ORDER BY day)
)
SELECT person_id, day, scope_rule, segment_rule, provider, decision, place FROM compared WHERE decision OR place
"""


def _steps(segmentation: Segmentation, columns: list[str], until: date, within: str) -> Iterator[str]:
    """Days on which something may change: facts that begin (+) or end (-), or the provider referred to."""
    up, down = ", ".join(columns), ", ".join(f"-{facts}" for facts in columns)
    no_facts = ", ".join("0" for _ in columns)
    yield f"SELECT person_id, began AS day, CAST(NULL AS VARCHAR) AS provider, {up} FROM spans"
    yield f"SELECT person_id, over, NULL, {down} FROM spans WHERE over IS NOT NULL"
    yield f"SELECT person_id, happened, provider, {no_facts} FROM referrals WHERE {within}"
    rules = (*segmentation.scope, *segmentation.segments)
    days = {rule.from_ for rule in rules} | {rule.until + timedelta(days=1) for rule in rules if rule.until}
    for day in sorted(day for day in days if day is not None and day <= until):
        yield f"SELECT person_id, DATE '{day}', NULL, {no_facts} FROM people WHERE {within}"


def decisions(segmentation: Segmentation, until: date) -> str:
    """A query that joins the days in a row of `decided` that one scope rule decides, as `scope_decisions`."""
    rules = [(rule.status, rule.id) for rule in segmentation.scope] or [("in", EVERYBODY)]
    status, rule = (chosen("scope_rule", names) for names in zip(*rules, strict=True))
    return _runs(f"{status} AS status, {rule} AS rule", "decision", "scope_rule", until)


def members(segmentation: Segmentation, until: date) -> str:
    """A query that joins the days in a row of `decided` with one segment and provider, as `memberships`."""
    segment = chosen("segment_rule", [group.id for group in segmentation.segments])
    return _runs(f"{segment} AS segment, provider", "place", "segment_rule", until)


def _runs(answer: str, new: str, rule: str, until: date) -> str:
    return f"""
SELECT person_id, {answer}, day AS joined, coalesce(next_day - 1, DATE '{until}') AS left_on FROM (
  SELECT person_id, scope_rule, segment_rule, provider, day,
    lead(day) OVER (PARTITION BY person_id ORDER BY day) AS next_day
  FROM decided WHERE {new}
) AS runs WHERE {rule} IS NOT NULL
"""
