"""What the register of risks refuses, with the reason."""

from datetime import date

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.risks.acts import (
    assessed,
    closed,
    controlled,
    escalated,
    reopened,
    reviewed,
    superseded,
    taken_back,
)
from obc.domain.programme.risks.impact import ImpactAssessment, not_assessed, weighed
from obc.domain.programme.risks.risk import RISK, Control
from obc.domain.programme.risks.scale import Rating
from programme_samples import APPETITE, DAY, DIRECTOR, MEMBERS, person, risk

NEXT = date(2014, 4, 30)
MANAGER = person("manager", "programme manager")
OTHER_OWNER = person("other", "risk owner")
ABOVE = ("ann", "ben")
SMALL = Rating(severity=2, likelihood=2)


def refused(act, *given) -> str:
    with pytest.raises(Problems) as problems:
        act(*given)
    return str(problems.value)


def in_hand():
    held = controlled(risk(), "plan", "minutes", DIRECTOR)
    return controlled(held, "watch", "weekly report", DIRECTOR)


def test_only_its_owner_or_who_runs_the_programme_assesses_a_risk():
    assert assessed(risk(), None, SMALL, DIRECTOR).after == SMALL
    assert "'assess' by somebody who is nothing here" in refused(assessed, risk(), None, SMALL, OTHER_OWNER)


def test_controls_do_not_make_a_risk_worse():
    worse = Rating(severity=5, likelihood=5)
    assert "25 after controls, 16 before" in refused(assessed, risk(), None, worse, DIRECTOR)
    with pytest.raises(ValidationError, match="25 after controls, 16 before"):
        risk(after=worse)


@pytest.mark.parametrize(
    ("which", "words"),
    [("plan", "'plan', in place already"), ("pray", "'pray', which is nowhere; there is plan, watch")],
)
def test_controls_that_cannot_be_put_in_place(which, words):
    assert words in refused(controlled, controlled(risk(), "plan", "minutes", DIRECTOR), which, "seen", DIRECTOR)


def test_a_control_in_place_is_shown():
    with pytest.raises(ValidationError, match="in place, and nothing shows it"):
        Control(id="plan", what="Plan.", in_place=True)


def test_nobody_reviews_their_own_work():
    held = assessed(in_hand(), None, SMALL, MANAGER)
    assert "manager, who assessed it last" in refused(reviewed, held, APPETITE, MANAGER, DAY, NEXT)
    assert reviewed(held, APPETITE, DIRECTOR, DAY, NEXT).reviewed == DAY
    assert "director, who assessed it last" in refused(reviewed, in_hand(), APPETITE, DIRECTOR, DAY, NEXT)


def test_the_next_review_is_to_come():
    assert "give it a day that is to come" in refused(reviewed, in_hand(), APPETITE, MANAGER, DAY, DAY)


def test_beyond_the_appetite_a_risk_is_escalated_before_it_is_reviewed():
    words = refused(reviewed, risk(), APPETITE, MANAGER, DAY, NEXT)
    assert "a standing score of 16, where 12 is carried; escalate it to the governing-body first" in words
    held = escalated(risk(), "governing-body", APPETITE, DIRECTOR, DAY)
    assert reviewed(held, APPETITE, MANAGER, DAY, NEXT).review_by == NEXT


def test_a_risk_is_escalated_to_another_body_and_taken_back_within_the_appetite():
    assert "'board', which carries it already" in refused(escalated, risk(), "board", APPETITE, DIRECTOR, DAY)
    held = escalated(risk(), "governing-body", APPETITE, DIRECTOR, DAY)
    assert "bring the score down first" in refused(taken_back, held, APPETITE, DIRECTOR)
    held = controlled(controlled(held, "plan", "minutes", DIRECTOR), "watch", "report", DIRECTOR)
    assert (held.state, taken_back(held, APPETITE, DIRECTOR).state) == ("escalated", "open")


def test_nobody_closes_a_risk_they_own():
    assert "director, who owns it" in refused(closed, risk(), APPETITE, ABOVE, "no longer possible", DIRECTOR, DAY)
    assert closed(risk(), APPETITE, ABOVE, "no longer possible", MANAGER, DAY).state == "closed"


def test_beyond_the_appetite_only_the_body_above_accepts():
    words = refused(closed, risk(), APPETITE, ABOVE, "accepted", MANAGER, DAY)
    assert "only the governing-body accepts that: escalate it first" in words
    held = escalated(risk(), "governing-body", APPETITE, DIRECTOR, DAY)
    assert "manager, who does not sit on the governing-body" in refused(
        closed, held, APPETITE, ABOVE, "accepted", MANAGER, DAY
    )
    done = closed(held, APPETITE, ABOVE, "accepted", MEMBERS[0], DAY)
    assert (done.state, done.escalated, done.closed.how) == ("closed", None, "accepted")


def test_what_is_closed_can_only_be_reopened():
    done = closed(risk(), APPETITE, ABOVE, "happened", MANAGER, DAY)
    assert "'assess' while it is closed; what it allows now is 'reopen'" in refused(
        assessed, done, None, SMALL, DIRECTOR
    )
    assert reopened(done, DIRECTOR, NEXT).state == "open"


def test_a_superseded_risk_has_ended():
    assert "name the risk that takes its place" in refused(superseded, risk(), "delay", DIRECTOR)
    gone = superseded(risk(), "new", DIRECTOR)
    assert "it has ended" in refused(reviewed, gone, APPETITE, MANAGER, DAY, NEXT)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"state": "asleep"}, "'asleep'; write one of open, escalated, closed, superseded"),
        ({"state": "closed"}, "'closed' without 'closed'"),
        ({"superseded_by": "new"}, "'open' with 'superseded by'"),
    ],
)
def test_a_state_and_its_record_go_together(given, words):
    with pytest.raises(ValidationError, match=words):
        risk(**given)


def test_every_state_of_a_risk_can_be_reached():
    reached = {RISK.first} | {move.to for moves in RISK.moves.values() for move in moves.values()}
    assert reached == set(RISK.moves)


IMPACT = ImpactAssessment.model_validate(
    {
        "contract": "care",
        "objectives": ["one contract"],
        "bearable": "10 %",
        "source": "test",
        "providers": [
            {
                "provider": "big",
                "income": "1m",
                "quality": "same",
                "source": "test",
                "unintended": [{"what": "strain"}],
            },
            {
                "provider": "small",
                "income": "100k",
                "quality": "same",
                "source": "test",
                "unintended": [{"what": "closes", "mitigation": "a bridge", "agreed": "true"}, {"what": "leaves"}],
            },
            {"provider": "new", "income": "100k", "quality": "same", "source": "test"},
        ],
    }
)


def test_a_provider_is_heavy_beyond_what_it_bears_and_settled_once_all_is_answered():
    found = weighed(IMPACT, {"big": 100_000_00, "small": 10_000_01})
    assert [(one.provider, one.heavy, one.settled) for one in found] == [
        ("new", False, False),
        ("small", True, False),
        ("big", False, True),
    ]
    assert found[1].unanswered == ("leaves",) and found[0].share is None


def test_providers_that_nobody_assessed():
    assert not_assessed(IMPACT, ("big", "other", "other")) == ("other",)
