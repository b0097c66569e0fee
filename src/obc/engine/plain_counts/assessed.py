"""What assessments came to: clusters with the scores of their day, and pairs of readings by who rated them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import duckdb

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.conditions import Change, leaves
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.codes import CodeList, Codes
from obc.domain.measurement.records.plain_counts import Clustered, Rated
from obc.domain.measurement.segmentation.score_grid import ScoreGrid

_CLUSTERS = """
WITH scored AS (
  SELECT person_id, happened, sum(score) AS total FROM (
    SELECT s.person_id, s.happened, i.scale, max(s.score) AS score FROM scores AS s
    JOIN (SELECT unnest($codes) AS item, unnest($scales) AS scale) AS i ON i.item = s.item
    WHERE s.score BETWEEN 0 AND 4 AND s.happened BETWEEN $start AND $last GROUP BY ALL
  ) AS scales GROUP BY person_id, happened HAVING count(*) = $asked
)
SELECT c.cluster, count(*), count(s.total), coalesce(sum(s.total), 0), coalesce(sum(s.total * s.total), 0)
FROM clusters AS c LEFT JOIN scored AS s ON s.person_id = c.person_id AND s.happened = c.happened
WHERE c.happened BETWEEN $start AND $last GROUP BY c.cluster ORDER BY c.cluster
"""

_PAIRS = """
WITH readings AS (
  SELECT person_id, happened, sum(score) AS total, min(rater) AS rater
  FROM (SELECT person_id, happened, item, min(score) AS score, min(rater) AS rater FROM scores
        WHERE list_contains($codes, item) AND score IS NOT NULL GROUP BY ALL) AS items
  GROUP BY person_id, happened HAVING count(*) = $asked
),
pairs AS (
  SELECT max_by(total, happened) - min_by(total, happened) AS gain,
    max_by(rater, happened) = min_by(rater, happened) AS one, max(happened) AS ended, min(happened) AS began
  FROM readings WHERE happened <= $last GROUP BY person_id
)
SELECT one, count(*), sum(gain), sum(gain * gain) FROM pairs
WHERE ended BETWEEN $start AND $last AND began < ended AND one IS NOT NULL GROUP BY one ORDER BY one
"""


def clustered(connection: duckdb.DuckDBPyConnection, periods: Sequence[Period], grid: ScoreGrid) -> Iterator[Clustered]:
    """By cluster and period; totals over all scales of the grid that have a code, of days on which all are scored."""
    scales = [(code, item.scale) for item in grid.items for code in item.codes]
    for period in periods:
        asked = {
            "codes": [code for code, _ in scales],
            "scales": [scale for _, scale in scales],
            "asked": len({scale for _, scale in scales}),
            "start": period.start,
            "last": period.end,
        }
        for cluster, recorded, scored, total, squares in connection.execute(_CLUSTERS, asked).fetchall():
            yield Clustered(
                period=period,
                cluster=cluster,
                recorded=recorded,
                scored=scored,
                total=_exact(total),
                squares=_exact(squares),
            )


def rated(
    connection: duckdb.DuckDBPyConnection,
    definitions: Sequence[IndicatorDefinition],
    lists: Mapping[str, CodeList],
    periods: Sequence[Period],
) -> Iterator[Rated]:
    """Of indicators that compare a person's readings: first and latest, by whether one person rated both.

    A reading without a rater is in neither. The gain is turned so that more is better.
    """
    for definition in definitions:
        changes = [leaf for condition in definition.conditions for leaf in leaves(condition) if _scores(leaf)]
        for leaf in changes[:1]:
            codes = Codes.of(leaf.items, lists).single
            for period in periods:
                asked = {"codes": list(codes), "asked": len(codes), "start": period.start, "last": period.end}
                for one, pairs, total, squares in connection.execute(_PAIRS, asked).fetchall():
                    yield Rated(
                        period=period,
                        indicator=definition.id,
                        raters="the same" if one else "different",
                        pairs=pairs,
                        total=_exact(total) * (1 if leaf.better == "higher" else -1),
                        squares=_exact(squares),
                    )


def _scores(leaf: object) -> bool:
    return isinstance(leaf, Change) and leaf.table == "scores"


def _exact(number: object) -> Decimal:
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(str(number))
