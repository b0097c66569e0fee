"""How fast four proportions are measured, against straightforward SQL written by hand, in the same run.

A million people with ten million events, in 12 segments and under 6 providers; 8 quarters. Every cell must be
equal, the time at most twice that of the SQL by hand, the memory below 4 GB. `--people 20000` tries it small.
"""

import sys
from datetime import date

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.engine.indicators.measure import tally
from records_at_scale import Budget, about, arguments, code_lists, people_and_events, race

QUARTERS = tuple(Period(start=date(2024, 10, 1), end=date(2026, 9, 30)).parts(3))

_OPEN = {"open": "referrals", "on": "anchor"}
_YEAR = ["anchor - 12 months", "anchor"]
DEFINITIONS = [
    IndicatorDefinition.model_validate({"id": name, **about(), **parts})
    for name, parts in {
        "seen": {
            "denominator": {"cohort": "period end", "who": _OPEN},
            "numerator": {
                "count": "contacts",
                "where": {"attendance": "attended"},
                "between": ["period start", "anchor"],
            },
        },
        "settled": {
            "denominator": {"cohort": "period end", "who": _OPEN},
            "numerator": {"latest": "accommodation.settled", "has": "Y", "between": _YEAR},
        },
        "employed": {
            "denominator": {"cohort": "period end", "who": [_OPEN, {"age": [18, 69], "at": "anchor"}]},
            "numerator": {"latest": "employment.status", "has": "01", "between": _YEAR},
        },
        "reviewed": {
            "denominator": {"cohort": "period end", "who": _OPEN},
            "numerator": {"count": "reviews", "between": ["anchor - 18 months", "anchor"]},
        },
    }.items()
]

_BY_HAND = """
WITH quarters(q, first_day, last_day) AS (VALUES {quarters}),
opened AS (
  SELECT DISTINCT q, person_id FROM referrals
  JOIN quarters ON happened <= last_day AND (discharged IS NULL OR discharged > last_day)
),
counted AS (
  SELECT q, first_day, last_day, m.person_id, segment, provider,
    date_diff('year', birth_date, last_day)
      - CASE WHEN strftime(last_day, '%m%d') < strftime(birth_date, '%m%d') THEN 1 ELSE 0 END AS age
  FROM memberships AS m JOIN quarters ON last_day BETWEEN joined AND left_on
  JOIN people USING (person_id)
  JOIN opened USING (q, person_id)
),
{parts}
SELECT indicator, q, segment, provider, count(*), sum(yes) FROM (
  SELECT 'seen' AS indicator, q, segment, provider, CASE WHEN s.person_id IS NULL THEN 0 ELSE 1 END AS yes
  FROM counted LEFT JOIN seen AS s USING (q, person_id)
  UNION ALL
  SELECT 'settled', q, segment, provider, CASE WHEN s.settled = 'Y' THEN 1 ELSE 0 END
  FROM counted LEFT JOIN settled AS s USING (q, person_id)
  UNION ALL
  SELECT 'employed', q, segment, provider, CASE WHEN e.status = '01' THEN 1 ELSE 0 END
  FROM counted LEFT JOIN employed AS e USING (q, person_id) WHERE age BETWEEN 18 AND 69
  UNION ALL
  SELECT 'reviewed', q, segment, provider, CASE WHEN r.person_id IS NULL THEN 0 ELSE 1 END
  FROM counted LEFT JOIN reviewed AS r USING (q, person_id)
) GROUP BY ALL
"""
_PARTS = """
seen AS (
  SELECT DISTINCT q, person_id FROM contacts JOIN quarters ON happened BETWEEN first_day AND last_day
  WHERE attendance IN ('5', '6')
),
settled AS (
  SELECT q, person_id, arg_max(settled, (happened, settled <> 'Y')) AS settled FROM accommodation
  JOIN quarters ON happened BETWEEN last_day - INTERVAL 12 MONTH AND last_day WHERE settled IS NOT NULL GROUP BY ALL
),
employed AS (
  SELECT q, person_id, arg_max(status, (happened, status <> '01')) AS status FROM employment
  JOIN quarters ON happened BETWEEN last_day - INTERVAL 12 MONTH AND last_day GROUP BY ALL
),
reviewed AS (
  SELECT DISTINCT q, person_id FROM reviews JOIN quarters ON happened BETWEEN last_day - INTERVAL 18 MONTH AND last_day
)
"""


def by_hand() -> str:
    """What an analyst would write: a person and quarter a row, joined with what was found in each quarter."""
    quarters = ", ".join(f"({k}, DATE '{p.start}', DATE '{p.end}')" for k, p in enumerate(QUARTERS))
    return _BY_HAND.format(quarters=quarters, parts=_PARTS.strip())


def main() -> int:
    """Race the two; 0 when within budget."""
    asked = arguments(__doc__).parse_args()
    connection = people_and_events(asked.people, in_order=asked.sorted)

    def ours() -> dict[tuple[object, ...], tuple[int, int]]:
        found = tally(connection, DEFINITIONS, code_lists(), QUARTERS)
        return {
            (name, QUARTERS.index(period), *cell): (int(sums.denominator), int(sums.numerator))
            for (name, period), cells in found.items()
            for cell, sums in cells.items()
        }

    def floor() -> dict[tuple[object, ...], tuple[int, int]]:
        rows = connection.execute(by_hand()).fetchall()
        return {tuple(key): (int(counted), int(yes)) for *key, counted, yes in rows}

    ways = {"ours": ours} if asked.alone else {"ours": ours, "by hand": floor}
    return race("four proportions", ways, connection, asked.rounds, Budget(asked.times), asked.json)


if __name__ == "__main__":
    sys.exit(main())
