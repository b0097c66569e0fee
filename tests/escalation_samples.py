"""A breach in a small town, taken up stage by stage, for the tests of levers."""

from datetime import date
from fractions import Fraction

from managed_samples import DAY, MAYOR, TREASURER, agreement, holidays
from obc.domain.programme.levers.catalogue import STAGES
from obc.domain.programme.levers.causes import Analysis
from obc.domain.programme.levers.escalation import (
    Breach,
    Escalation,
    agree_causes,
    analyse,
    move,
    open_escalation,
    withhold,
)
from obc.domain.programme.levers.policy import Policy

OPENED = date(2020, 6, 1)
POLICY = Policy.model_validate(
    {
        "stages": [
            {"stage": stage, "says": "s", "evidence": f"what {stage} needs", "source": "test"}
            | ({"working days": 10} if stage != "terminated" else {})
            for stage in STAGES[1:]
        ],
        "answer feedback within": 20,
        "source": "test",
    }
)
BREACH = {
    "id": "late-plans",
    "contract": "small-town",
    "party": "day-centre",
    "indicator": "kept-home",
    "year": 1,
    "breach": "plans are late",
    "evidence": "the chart",
}


def opened(by=MAYOR) -> Escalation:
    """The breach, on its first day."""
    return open_escalation(Breach.model_validate(BREACH), by, OPENED, POLICY, holidays())


def moved(
    stood: Escalation, verb: str, by=MAYOR, on: date = date(2020, 6, 20), evidence: str | None = "seen"
) -> Escalation:
    """One step on."""
    return move(stood, verb, by, on, POLICY, holidays(), evidence=evidence)


def analysis(*parts: tuple[str, str]) -> Analysis:
    """Causes as (who it lies with, what part)."""
    causes = [{"what": "w", "lies with": who, "part": part, "evidence": "e"} for who, part in parts]
    return Analysis.model_validate({"causes": causes, "drawn up by": "clerk", "on": "2020-06-20"})


def agreed(stood: Escalation, *parts: tuple[str, str]) -> Escalation:
    """With causes that both sides agree on."""
    stood = analyse(stood, analysis(*(parts or (("day-centre", "60 %"), ("nobody", "40 %")))), MAYOR)
    return agree_causes(agree_causes(stood, MAYOR, date(2020, 6, 21), agreement()), DAY, date(2020, 6, 21), agreement())


def held(stood: Escalation, by=TREASURER, on: date = date(2020, 7, 6), share: str = "2 %") -> Escalation:
    """With a share withheld."""
    part = Fraction(share.removesuffix(" %")) / 100
    return withhold(stood, part, by, on, POLICY, holidays(), agreement(), evidence="no plan")
