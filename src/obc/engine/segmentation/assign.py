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
from obc.engine.segmentation.rules import chosen, first_of
from obc.engine.segmentation.spans import CodeLists, spans_of

PEOPLE_AT_A_TIME = 250_000
"""People are taken in buckets of about so many, which bounds the memory."""


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
        connection.execute(f"INSERT INTO scope_decisions {runs('status', 'rule')}")
        connection.execute(f"INSERT INTO memberships {runs('segment', 'provider')}")
    connection.execute("DROP TABLE decided")
    return counts_on(connection, segmentation, until)


_EMPTY = """
CREATE OR REPLACE TABLE memberships(person_id VARCHAR, segment VARCHAR, provider VARCHAR, joined DATE, left_on DATE);
CREATE OR REPLACE TABLE scope_decisions(person_id VARCHAR, status VARCHAR, rule VARCHAR, joined DATE, left_on DATE);
"""


def decided(segmentation: Segmentation, lists: CodeLists, until: date, within: str) -> str:
    """A query of what holds `from_day` on, for every day on which something may change, from birth to `last_day`."""
    leaves = segmentation.leaves
    totals = "".join(f", sum(CASE WHEN fact = {n} THEN step ELSE 0 END) AS d{n}" for n in range(len(leaves)))
    running = "".join(f", sum(d{n}) OVER so_far AS f{n}" for n in range(len(leaves)))
    scope, segments = segmentation.scope, segmentation.segments
    status = chosen("scope_rule", [rule.status for rule in scope] or ["in"])
    return f"""
WITH spans AS ({_spans(segmentation, lists, within)}),
steps AS ({" UNION ALL ".join(_steps(segmentation, until, within))}),
lives AS (
  SELECT p.person_id, p.birth_date AS born, least(DATE '{until}', d.died) AS last_day
  FROM people AS p
  LEFT JOIN (SELECT person_id, min(happened) AS died FROM deaths WHERE {within} GROUP BY person_id) AS d
  ON d.person_id = p.person_id
),
changes AS (
  SELECT person_id, day, min(provider) AS provider{totals}
  FROM steps WHERE day <= DATE '{until}' GROUP BY person_id, day
),
facts AS (
  SELECT person_id, day, lead(day) OVER in_turn AS next_day,
    last_value(provider IGNORE NULLS) OVER so_far AS provider{running}
  FROM changes
  WINDOW in_turn AS (PARTITION BY person_id ORDER BY day),
    so_far AS (PARTITION BY person_id ORDER BY day ROWS UNBOUNDED PRECEDING)
),
answers AS (
  SELECT person_id, day, next_day, provider,
    {first_of(scope, leaves)} AS scope_rule, {first_of(segments, leaves)} AS segment_rule
  FROM facts
)
SELECT a.person_id, greatest(a.day, l.born) AS from_day, l.last_day,
  {status} AS status, {chosen("scope_rule", [rule.id for rule in scope] or [EVERYBODY])} AS rule,
  CASE WHEN {status} = 'in' THEN {chosen("segment_rule", [group.id for group in segments])} END AS segment,
  CASE WHEN {status} = 'in' THEN a.provider END AS provider
FROM answers AS a JOIN lives AS l ON l.person_id = a.person_id
WHERE greatest(a.day, l.born) <= l.last_day AND (a.next_day IS NULL OR a.next_day > l.born)
"""


def _spans(segmentation: Segmentation, lists: CodeLists, within: str) -> str:
    queries = [
        f"SELECT person_id, began, over, {n} AS fact FROM ({spans_of(leaf, lists, within)}) AS leaf "
        "WHERE over IS NULL OR over > began"
        for n, leaf in enumerate(segmentation.leaves)
    ]
    nothing = "SELECT person_id, birth_date AS began, birth_date AS over, 0 AS fact FROM people WHERE FALSE"
    return " UNION ALL ".join(queries or [nothing])


def _steps(segmentation: Segmentation, until: date, within: str) -> Iterator[str]:
    """Days on which something may change, with the fact that begins (+1) or ends (-1), or the provider referred to."""
    yield "SELECT person_id, began AS day, fact, 1 AS step, CAST(NULL AS VARCHAR) AS provider FROM spans"
    yield "SELECT person_id, over, fact, -1, NULL FROM spans WHERE over IS NOT NULL"
    yield f"SELECT person_id, happened, NULL, 0, provider FROM referrals WHERE {within}"
    yield f"SELECT person_id, birth_date, NULL, 0, NULL FROM people WHERE {within}"
    rules = (*segmentation.scope, *segmentation.segments)
    days = {rule.from_ for rule in rules} | {rule.until + timedelta(days=1) for rule in rules if rule.until}
    for day in sorted(day for day in days if day is not None and day <= until):
        yield f"SELECT person_id, DATE '{day}', NULL, 0, NULL FROM people WHERE {within}"


def runs(one: str, other: str) -> str:
    """A query that joins the days in a row of `decided` on which both columns stay the same; those without are out."""
    return f"""
SELECT person_id, {one}, {other}, from_day, left_on FROM (
  SELECT person_id, {one}, {other}, from_day,
    coalesce(lead(from_day) OVER (PARTITION BY person_id ORDER BY from_day) - 1, last_day) AS left_on
  FROM (
    SELECT person_id, {one}, {other}, from_day, last_day,
      {one} IS NOT DISTINCT FROM lag({one}) OVER in_turn AND {other} IS NOT DISTINCT FROM lag({other}) OVER in_turn
        AND lag(person_id) OVER in_turn IS NOT NULL AS same
    FROM decided WINDOW in_turn AS (PARTITION BY person_id ORDER BY from_day)
  ) AS compared WHERE NOT same
) AS runs WHERE {one} IS NOT NULL
"""
