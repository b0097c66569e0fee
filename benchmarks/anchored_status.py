"""How fast 24 indicators of one shape are measured: the latest status between two dates after an anchor.

Against one scan written by hand that answers all 24. A million people with a first diagnosis each, ten million
statuses; 12 segments, 6 providers, 8 quarters of diagnosis. Every cell must be equal, the time at most twice that
of the scan by hand, the memory below 4 GB. `--people 20000` tries it small.
"""

import sys
from datetime import date
from typing import Any

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.engine.indicators.measure import tally
from records_at_scale import Budget, about, arguments, people_and_events, race

QUARTERS = tuple(Period(start=date(2024, 1, 1), end=date(2025, 12, 31)).parts(3))
WINDOWS = [(months, months + width) for width in (1, 3, 6) for months in range(-2, 6)]
"""From how many months after the diagnosis to how many."""


def definitions() -> list[IndicatorDefinition]:
    """24 windows, each with its indicator."""
    return [
        IndicatorDefinition.model_validate(
            {
                "id": f"settled-{n}",
                **about(),
                "denominator": {"event": "diagnoses", "take": "first"},
                "numerator": {
                    "latest": "accommodation.settled",
                    "has": "Y",
                    "between": [_point(first), _point(last)],
                },
            }
        )
        for n, (first, last) in enumerate(WINDOWS)
    ]


def _point(months: int) -> str:
    return f"anchor {'-' if months < 0 else '+'} {abs(months)} months" if months else "anchor"


def by_hand() -> str:
    """One join, one conditional aggregate an indicator, one row a person."""
    latest = ", ".join(
        f"arg_max(settled, (happened, settled <> 'Y')) FILTER (WHERE happened BETWEEN day + INTERVAL ({first}) MONTH "
        f"AND day + INTERVAL ({last}) MONTH) AS settled_{n}"
        for n, (first, last) in enumerate(WINDOWS)
    )
    counts = ", ".join(f"count(*) FILTER (WHERE settled_{n} = 'Y')" for n in range(len(WINDOWS)))
    quarters = ", ".join(f"({k}, DATE '{p.start}', DATE '{p.end}')" for k, p in enumerate(QUARTERS))
    return f"""
WITH firsts AS (SELECT person_id, min(happened) AS day FROM diagnoses GROUP BY person_id),
counted AS (
  SELECT f.person_id, day, segment, m.provider FROM firsts AS f JOIN memberships AS m
  ON m.person_id = f.person_id AND day BETWEEN joined AND left_on
  WHERE day BETWEEN DATE '{QUARTERS[0].start}' AND DATE '{QUARTERS[-1].end}'
),
answered AS (
  SELECT c.person_id, any_value(day) AS day, any_value(segment) AS segment, any_value(c.provider) AS provider, {latest}
  FROM counted AS c LEFT JOIN accommodation AS a ON a.person_id = c.person_id AND settled IS NOT NULL
  GROUP BY c.person_id
)
SELECT q, segment, provider, count(*), {counts} FROM answered
JOIN (VALUES {quarters}) AS quarters(q, first_day, last_day) ON day BETWEEN first_day AND last_day GROUP BY ALL
"""


def main() -> int:
    """Race the two; 0 when within budget."""
    asked = arguments(__doc__).parse_args()
    connection = people_and_events(asked.people, {"accommodation": 10}, in_order=asked.sorted)

    def ours() -> dict[Any, Any]:
        found = tally(connection, definitions(), {}, QUARTERS)
        return {
            (name, QUARTERS.index(period), *cell): (int(sums.denominator), int(sums.numerator))
            for (name, period), cells in found.items()
            for cell, sums in cells.items()
        }

    def floor() -> dict[Any, Any]:
        return {
            (f"settled-{n}", q, segment, provider): (counted, yes)
            for q, segment, provider, counted, *found in connection.execute(by_hand()).fetchall()
            for n, yes in enumerate(found)
        }

    ways = {"ours": ours} if asked.alone else {"ours": ours, "by hand": floor}
    return race("24 anchored statuses", ways, connection, asked.rounds, Budget(asked.times), asked.json)


if __name__ == "__main__":
    sys.exit(main())
