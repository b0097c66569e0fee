"""What a gate looks up of handovers, providers and risks: what is missing does not hold."""

from datetime import date

import pytest

from obc.domain.programme.gates.process import Process
from obc.domain.programme.gates.programme import PlannedContract, Programme
from obc.domain.programme.risks.acts import escalated
from obc.domain.programme.risks.impact import ImpactAssessment
from obc.loaders.governance import PROCESS
from obc.loaders.whole import read_whole
from obc.services.governance import ContractMoney, Governance
from obc.services.governance_checks import GovernanceChecks
from obc.services.register import Register
from programme_samples import APPETITE, BOARD, DAY, DIRECTOR, PEOPLE, risk

CARE = PlannedContract(id="care", title="Care", for_="all", manager="director", source="test")
MONEY = ContractMoney("GBP", 100_00, 0, {}, {"big": 20_00}, ("big",))


class NoTrail:
    """A trail without actions."""

    def read(self):
        return ()

    def append(self, action):
        raise AssertionError("nothing is done here")


def checks(risks=(), carried=APPETITE, impact=None, money=None) -> GovernanceChecks:
    programme = Programme(
        id="p", title="P", summary="s", commissioner="c", bodies=(BOARD,), contracts=(CARE,), source="test"
    )
    trail = NoTrail()
    return GovernanceChecks(
        Governance(
            process=read_whole(PROCESS, Process),
            programme=programme,
            people=PEOPLE,
            gates=Register("gate", object, (), trail),
            tasks=Register("task", object, (), trail),
            handovers=Register("handover", object, (), trail),
            risks=Register("risk", type(risk()), tuple(risks), trail),
            carried=carried,
            impact=impact,
            looking_up=dict,
            money=lambda contract: money,
        )
    )


def assessment(contract="care", **given) -> ImpactAssessment:
    provider = {"provider": "big", "income": "100", "quality": "same", "source": "test"} | given
    content = {"contract": contract, "objectives": ["x"], "bearable": "10 %", "source": "t", "providers": [provider]}
    return ImpactAssessment.model_validate(content)


@pytest.mark.parametrize(
    ("risks", "carried", "holds", "says"),
    [
        ((), APPETITE, False, "there is no register of risks"),
        ((risk(),), None, False, "there is no register of risks"),
        ((risk(),), APPETITE, False, "beyond the appetite and not escalated: delay"),
        ((escalated(risk(), "top", APPETITE, DIRECTOR, DAY),), APPETITE, True, "live risks: 1, none overdue"),
        ((risk(contracts=("other",)),), APPETITE, False, "there is no register of risks"),
        ((escalated(risk(review_by=date(2014, 1, 1)), "top", APPETITE, DIRECTOR, DAY),), APPETITE, False,
         "review overdue: delay"),
    ],
)  # fmt: skip
def test_risks_in_hand(risks, carried, holds, says):
    found = checks(risks, carried).risks_in_hand(CARE, DAY)
    assert found.holds is holds and says in found.says


@pytest.mark.parametrize(
    ("impact", "money", "holds", "says"),
    [
        (None, MONEY, False, "no impact assessment"),
        (assessment("other"), MONEY, False, "no impact assessment"),
        (assessment(), None, False, "not known who provides today"),
        (assessment(), MONEY._replace(incumbents=("big", "small")), False, "not assessed: small"),
        (assessment(), MONEY, True, "providers of today: 1, all assessed"),
        (assessment(), MONEY._replace(earned={}), False, "big: what is at stake is not known"),
        (assessment(unintended=[{"what": "strain"}]), MONEY, False, "big: strain"),
        (assessment(unintended=[{"what": "strain"}], income="1000"), MONEY, True, "providers of today: 1"),
    ],
)
def test_impact_known(impact, money, holds, says):
    found = checks(impact=impact, money=money).impact_known(CARE, DAY)
    assert found.holds is holds and says in found.says


def test_nothing_handed_over_is_agreed():
    assert checks().handovers_agreed(CARE, DAY) == (True, "nothing is handed over")
