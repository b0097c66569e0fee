"""Care by segment: days as members and what was spent in them, in sums over people."""

from collections.abc import Iterator, Sequence

import duckdb

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.records.plain_counts import CareOf

_QUERY = """
WITH stays AS (
  SELECT person_id, segment, greatest(joined, $start) AS began, least(left_on, $last) AS ended
  FROM memberships WHERE joined <= $last AND left_on >= $start
),
days AS (SELECT person_id, segment, sum(ended - began + 1) AS days FROM stays GROUP BY ALL),
spent AS (
  SELECT s.person_id, s.segment, sum(a.cost_minor) AS spend
  FROM stays AS s JOIN activity AS a ON a.person_id = s.person_id AND a.happened BETWEEN s.began AND s.ended
  GROUP BY ALL
),
people AS (
  SELECT d.segment, CAST(d.days AS HUGEINT) AS days, CAST(round(coalesce(s.spend, 0)) AS HUGEINT) AS spend
  FROM days AS d LEFT JOIN spent AS s ON s.person_id = d.person_id AND s.segment = d.segment
),
firsts AS (SELECT segment, person_id, min(joined) AS came FROM memberships GROUP BY ALL),
came AS (SELECT segment, count(*) AS joined FROM firsts WHERE came BETWEEN $start AND $last GROUP BY segment)
SELECT p.segment, count(*), sum(days), sum(spend), sum(days * days), sum(spend * spend), sum(spend * days),
  coalesce(any_value(c.joined), 0)
FROM people AS p LEFT JOIN came AS c ON c.segment = p.segment GROUP BY p.segment ORDER BY p.segment
"""


def care(connection: duckdb.DuckDBPyConnection, periods: Sequence[Period]) -> Iterator[CareOf]:
    """By segment and period; needs the records segmented. Spend counts for the segment of its day."""
    for period in periods:
        rows = connection.execute(_QUERY, {"start": period.start, "last": period.end}).fetchall()
        for segment, people, days, spend, days_squared, spend_squared, spend_days, joined in rows:
            yield CareOf(
                period=period,
                segment=segment,
                people=people,
                days=int(days),
                spend_minor=int(spend),
                days_squared=int(days_squared),
                spend_squared=int(spend_squared),
                spend_days=int(spend_days),
                joined=joined,
            )
