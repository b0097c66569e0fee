"""What a gate may ask of the engagement: looked up, never believed."""

from datetime import date

import pytest

from engagement_samples import DAY, finding, outcome, panel, statement
from obc.domain.core.kernel.trail import Action
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.programme.engagement.engagement_file import EngagementFile
from obc.domain.programme.engagement.events import Event
from obc.domain.programme.engagement.findings import Finding
from obc.domain.programme.engagement.statements import Statement
from obc.domain.programme.gates.programme import PlannedContract
from obc.services.engagement import Engagement, EngagementChecks
from obc.services.register import Register

LEVELS = [{"from": 1, "good": 10, "improved": 20, "excellent": 40, "source": "a"}]
GROUP = {"id": "patients", "title": "Patients", "side": "people and carers", "reached by": "letters", "source": "a"}
OURS = PlannedContract.model_validate(
    {"id": "ours", "title": "Ours", "for": "us", "folder": "folder", "manager": "lead", "source": "a"}
)
TIERS = ("survival", "time to recovery", "long-term consequences of therapy")


class Kept(list[Action]):
    """A trail in memory."""

    def read(self) -> tuple[Action, ...]:
        return tuple(self)


def checks(findings=(), statements=(), tiers=TIERS) -> EngagementChecks:
    outcomes = [outcome(f"o{i}", tier=tier).model_dump() for i, tier in enumerate(tiers)]
    file = EngagementFile.model_validate(
        {"contract": "folder", "groups": [GROUP], "reference groups": [panel().model_dump()]}
    )
    return EngagementChecks(
        Engagement(
            shown="engagement.yaml",
            contract="ours",
            file=file,
            framework=Framework.model_validate({"outcomes": outcomes, "levels": LEVELS}),
            events=Register("engagement-event", Event, (), Kept()),
            findings=Register("finding", Finding, tuple(findings), Kept()),
            statements=Register("statement", Statement, tuple(statements), Kept()),
        )
    )


ALL = {f"o{i}": f"o{i}" for i in range(3)}


@pytest.mark.parametrize(
    ("statements", "on", "holds", "says"),
    [
        ((), DAY, False, "outcome 'o0': no statement of the panel; and 2 more"),
        ((statement(**ALL),), DAY, True, "all 3 outcomes are endorsed"),
        ((statement(**ALL),), date(2027, 3, 31), False, "no statement of the panel"),  # not yet made
        ((statement("endorsed with reservations", **ALL),), DAY, True, "endorsed; statements with reservations: 1"),
        (
            (statement("endorsed with reservations", date(2027, 3, 1), **ALL), statement(**ALL)),
            DAY,
            True,
            "all 3 outcomes are endorsed",
        ),
        ((statement(o0="o0", o1="o1"),), DAY, False, "outcome 'o2': no statement of the panel"),
    ],
)
def test_outcomes_are_endorsed_by_the_day_of_the_gate(statements, on, holds, says):
    found = checks(statements=statements).outcomes_endorsed(OURS, on)
    assert (found.holds, says in found.says) == (holds, True)


@pytest.mark.parametrize(
    ("findings", "on", "holds", "says"),
    [
        ((), DAY, False, "nothing was heard"),
        ((finding("waits"),), DAY, False, "without an answer: waits"),
        ((finding("waits", "kept"), finding("money")), DAY, False, "without an answer: money"),
        ((finding("waits", "kept"),), DAY, True, "1 of 1 findings have an answer"),
        ((finding("waits", "kept"),), date(2027, 3, 31), False, "without an answer: waits"),
    ],
)
def test_everything_heard_is_answered_by_the_day_of_the_gate(findings, on, holds, says):
    found = checks(findings=findings).findings_answered(OURS, on)
    assert (found.holds, found.says) == (holds, says)


@pytest.mark.parametrize(
    ("tiers", "holds", "says"),
    [
        (TIERS, True, "every tier of the hierarchy has an outcome"),
        (TIERS[:1], False, "no outcome on process of recovery, sustainability of health"),
    ],
)
def test_every_tier_has_an_outcome(tiers, holds, says):
    found = checks(tiers=tiers).tiers_covered(OURS, DAY)
    assert (found.holds, found.says) == (holds, says)


def test_an_engagement_about_another_contract_says_nothing_of_this_one():
    other = OURS.model_copy(update={"folder": "another"})
    made = checks((finding("waits", "kept"),), (statement(**ALL),))
    for check in (made.outcomes_endorsed, made.findings_answered, made.tiers_covered):
        assert not check(other, DAY).holds
        assert check(other, DAY).says == "engagement.yaml is about folder, not about ours"
