"""A small contract with two years of values, for the tests of reports: invented, but scored and settled for real."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.publication.publication import Publication
from obc.domain.outcomes.publication.suppression import PROFILES
from obc.services.settle import settle_measured

NHS = Publication(PROFILES["nhs"])
"""The public version of small numbers, each looked at by itself."""

NASTY = '=HYPERLINK("http://example.org","<b>pay</b>")'
"""A title that a spreadsheet would run and a page would render, were it let."""

AGREEMENT: dict[str, Any] = {
    "id": "sample-county",
    "title": "Sample county, paid for outcomes",
    "structure": "alliance",
    "commissioners": [{"id": "sample-board", "name": "Sample Care Board"}],
    "parties": [{"id": "first-trust", "name": "First Trust"}, {"id": "second-trust", "name": "Second Trust"}],
    "term": {"start": date(2026, 4, 1), "years": 3},
    "currency": "GBP",
}

FRAMEWORK: dict[str, Any] = {
    "segments": [{"segment": "psychosis", "weight": 2}, {"segment": "depression", "weight": 1}],
    "outcomes": [
        {
            "id": "settled-homes",
            "title": "People keep a settled home",
            "tier": "sustainability of recovery or health",
            "goal": "People keep a home, without moving again and again.",
            "points": {"value": 20, "source": "sample agreement, schedule 1"},
            "indicators": [
                {
                    "id": "home-after-a-year",
                    "minimum cases": 30,
                    "thresholds": {"good": "60 %", "improved": "66 %", "excellent": "75 %"},
                    "source": "illustrative",
                }
            ],
        },
        {
            "id": "longer-lives",
            "title": "People live longer",
            "tier": "survival",
            "goal": "Close the gap in years of life.",
            "points": {"value": 10, "source": "sample agreement, schedule 1"},
            "indicators": [
                {
                    "id": "deaths",
                    "figure": "ratio",
                    "thresholds": {"good": "2.5", "improved": "2.2", "excellent": "1.8"},
                    "source": "illustrative (no source gives thresholds)",
                }
            ],
        },
        {
            "id": "better-days",
            "title": NASTY,
            "tier": "degree of recovery or health",
            "goal": "Days get better with care.",
            "points": {"value": 10, "source": "sample agreement, schedule 1"},
            "pays from": "year 2",
            "indicators": [
                {
                    "id": "wellbeing",
                    "judged by": "difference",
                    "baseline": {"value": "21", "source": "illustrative"},
                    "thresholds": {"good": "0.5", "improved": "1", "excellent": "2"},
                    "segments": [{"segment": "all"}],
                    "source": "illustrative",
                }
            ],
        },
    ],
    "levels": [
        {"from": 1, "good": 9, "improved": 18, "excellent": 40, "source": "sample agreement, schedule 2"},
        {"from": 2, "good": 28, "improved": 50, "excellent": 90, "source": "sample agreement, schedule 2"},
    ],
    "additional": [
        {
            "id": "all-outcomes",
            "title": "Every outcome achieved",
            "points": 10,
            "from": 2,
            "when": "every outcome at full points",
            "source": "illustrative",
        }
    ],
}

MECHANISM: dict[str, Any] = {
    "inputs": [{"input": "points earned", "unit": "points", "from": "scorecard"}],
    "steps": [
        {
            "step": "pot of the year",
            "scale": 1,
            "by": [
                [
                    {"value": "1_000_000", "from": 1, "source": "sample agreement, schedule 3"},
                    {"value": "3_000_000", "from": 2, "source": "illustrative"},
                ]
            ],
        },
        {
            "step": "earned by points",
            "scale": "pot of the year",
            "by": ["points earned", "1 %"],
            "source": "sample agreement, schedule 3",
        },
        {
            "step": "incentive pot",
            "pool": "pot of the year",
            "earned": "earned by points",
            "unearned": {
                "reinvested in": [
                    {
                        "account": "crisis-support",
                        "title": "Crisis support",
                        "share": {"value": "60 %", "source": "illustrative"},
                    },
                    {"account": "recovery-college", "share": {"value": "40 %", "source": "illustrative"}},
                ]
            },
            "source": "sample agreement, schedule 3",
        },
        {
            "step": "incentive payment",
            "settle": "incentive pot",
            "reason": "outcomes achieved",
            "round": "half up",
            "paid by": "sample-board",
        },
    ],
}

_COMMON = {"source": "sample", "owner": "sample group", "review by": date(2030, 4, 1), "why": "It matters to people."}
DEFINITIONS: tuple[dict[str, Any], ...] = (
    {
        "id": "deaths",
        "title": "Deaths",
        "measure": "rate",
        "direction": "lower is better",
        "denominator": {"person-time": "of members"},
        "events": {"events": "deaths", "once": True},
        "multiplier": 1000,
        "compared with": "general population",
    },
    {
        "id": "home-after-a-year",
        "title": "Still in a settled home a year on",
        "measure": "proportion",
        "direction": "higher is better",
        "denominator": {"event": "diagnoses", "take": "first"},
        "numerator": {"alive": "anchor + 12 months"},
        "member on": "anchor",
    },
    {
        "id": "wellbeing",
        "title": "Well-being score",
        "measure": "mean",
        "direction": "higher is better",
        "denominator": {"event": "diagnoses", "take": "first"},
        "value": {"how many": [{"alive": "anchor + 12 months"}]},
        "member on": "anchor",
    },
)


@cache
def contract() -> Contract:
    """The contract, as its models."""
    return Contract(
        agreement=Agreement.model_validate(AGREEMENT),
        framework=Framework.model_validate(FRAMEWORK),
        mechanism=Mechanism.model_validate(MECHANISM),
        definitions=tuple(IndicatorDefinition.model_validate(_COMMON | given) for given in DEFINITIONS),
    )


SEGMENTS = ("all", "psychosis", "depression")


@cache
def values() -> ValueSet:
    """Two contract years and their quarters, with a small number and an empty denominator among them."""
    held = contract()
    found: list[IndicatorValue] = []
    for year in (1, 2):
        spans = [(held.period(year), 4), *((quarter, 1) for quarter in held.quarters(year))]
        for period, size in spans:
            for i, segment in enumerate(SEGMENTS):
                people = (90, 61, 29)[i] * size
                homes = people * (60 + 6 * year + i) // 100
                found.append(share_of(homes, people, period, segment, unknown=3 * size))
                found.append(_deaths(period, segment, years=(800, 500, 300)[i] * size, died=(12, 9, 3)[i] * size))
                found.append(_wellbeing(period, segment, people=people, mean=Decimal(20 + year)))
    last = held.quarters(2)[-1]
    found = [one for one in found if not (one.segment == "depression" and one.period_start == last.start)]
    found.append(share_of(0, 0, last, "depression", unknown=0))
    found.append(_deaths(last, "depression", years=300, died=0))
    found.append(_wellbeing(last, "depression", people=5, mean=Decimal(22)))
    return ValueSet(values=tuple(found), contract_hash=held.hash, definitions_hash=held.definitions_hash)


@cache
def statement() -> Statement:
    """Both years, scored and settled as the service does it."""
    return settle_measured(contract(), values()).statement("0.0.0")


def share_of(top: int, under: int, period: Period, segment: str = "all", unknown: int = 0) -> IndicatorValue:
    """A proportion, with limits some way off on either side."""
    share = Decimal(top) / Decimal(under) if under else None
    return IndicatorValue(
        indicator="home-after-a-year",
        segment=segment,
        period_start=period.start,
        period_end=period.end,
        numerator=Decimal(top),
        denominator=Decimal(under),
        unknown=unknown,
        value=share,
        lower_95=None if share is None else max(share - Decimal("0.05"), Decimal(0)),
        upper_95=None if share is None else min(share + Decimal("0.05"), Decimal(1)),
        evidence=Evidence.FINAL if share is not None else Evidence.INSUFFICIENT,
    )


def _deaths(period: Period, segment: str, years: int, died: int) -> IndicatorValue:
    days, expected = Decimal("365.25") * years, Decimal(years) / 160
    return IndicatorValue(
        indicator="deaths",
        segment=segment,
        period_start=period.start,
        period_end=period.end,
        measure="rate",
        numerator=Decimal(died),
        denominator=days,
        unknown=0,
        value=Decimal(died) * 1000 / years,
        lower_95=Decimal(died) * 800 / years,
        upper_95=Decimal(died) * 1200 / years,
        expected=expected,
        ratio=Decimal(died) / expected,
        ratio_lower_95=Decimal(died) / expected * Decimal("0.8"),
        ratio_upper_95=Decimal(died) / expected * Decimal("1.2"),
        evidence=Evidence.PROVISIONAL,
    )


def _wellbeing(period: Period, segment: str, people: int, mean: Decimal) -> IndicatorValue:
    return IndicatorValue(
        indicator="wellbeing",
        segment=segment,
        period_start=period.start,
        period_end=period.end,
        measure="mean",
        numerator=mean * people,
        denominator=Decimal(people),
        unknown=2,
        sum_of_squares=(mean * mean + 4) * people,
        value=mean,
        lower_95=mean - Decimal("0.4"),
        upper_95=mean + Decimal("0.4"),
        evidence=Evidence.FINAL,
    )
