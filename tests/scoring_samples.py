"""A small framework and its values for the tests of scoring and settlement."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.scoring.score import score
from obc.domain.outcomes.scoring.scorecard import Scorecard

PERIOD = Period(start=date(2015, 4, 1), end=date(2016, 3, 31))

# Seven outcomes with the seed's points; each has one indicator, in per cent, good from 50, improved 60, excellent 70.
POINTS = {
    "live-longer": 5,
    "functioning": 20,
    "timely-access": 10,
    "carers": 15,
    "role": 20,
    "accommodation": 10,
    "physical-health": 10,
}
SHARES = """
levels:
  - {from: year 1, good: 9, improved: 18, excellent: 40, source: seed}
  - {from: year 2, good: 28, improved: 50, excellent: 90, source: seed}
"""
BONUS = """
additional:
  - {id: all-outcomes, title: All, points: 10, from: year 2, when: every outcome at full points, source: seed}
"""
OUTCOME = """
  - id: {id}
    title: {id}
    tier: survival
    goal: better
    points: {points}
    pays from: {pays}
    indicators:
      - id: {id}-measured
        thresholds: {{good: 50 %, improved: 60 %, excellent: 70 %}}
        source: illustrative
"""


def framework(text: str) -> Framework:
    """A framework from YAML, every scalar as text, as the loader reads it."""
    return Framework.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


def seven(first_year: tuple[str, ...] = (), more: str = BONUS) -> Framework:
    """The seven outcomes; those named pay from year 1, the others from year 2."""
    outcomes = "".join(
        OUTCOME.format(id=name, points=points, pays=1 if name in first_year else 2) for name, points in POINTS.items()
    )
    return framework(f"outcomes:{outcomes}{SHARES}{more}")


def one(indicators: str, more: str = "") -> Framework:
    """One outcome of 90 points with these indicators."""
    body = "\n".join("      " + line for line in indicators.strip().splitlines())
    return framework(f"""
outcomes:
  - id: only
    title: Only
    tier: survival
    goal: better
    points: 90
    indicators:
{body}
levels:
  - {{from: year 1, good: 28, improved: 50, excellent: 90, source: test}}
{more}
""")


def value(indicator: str, percent: str | int | None, segment: str = ALL, **more: Any) -> IndicatorValue:
    """A proportion of 1,000 units."""
    counted = None if percent is None else Decimal(percent) * 10
    return IndicatorValue(
        **{
            "indicator": indicator,
            "segment": segment,
            "period_start": PERIOD.start,
            "period_end": PERIOD.end,
            "numerator": counted,
            "denominator": None if counted is None else Decimal(1000),
            "value": None if counted is None else counted / 1000,
            "evidence": Evidence.MISSING if counted is None else Evidence.FINAL,
        }
        | more
    )


def scored(
    used: Framework, values: list[IndicatorValue], year: int = 2, lower: tuple[str, ...] = (), **more: Any
) -> Scorecard:
    """The scorecard; indicators named in `lower` are better when lower."""
    directions: Mapping[str, Any] = {
        use.id: "lower is better" if use.id in lower else "higher is better"
        for outcome in used.outcomes
        for use in outcome.indicators
    }
    return score(used, values, directions, year, PERIOD, **more)


def levels(used: Framework, percents: Mapping[str, str | int | None], year: int = 2) -> Scorecard:
    """The scorecard of the seven outcomes, each at a value in per cent; `all` for the ones not named."""
    values = [value(f"{name}-measured", percents.get(name, percents.get("all"))) for name in POINTS]
    return scored(used, values, year)
