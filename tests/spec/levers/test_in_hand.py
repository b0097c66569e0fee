"""Levers in hand: who may pull one, when the ladder reaches it, and until when it holds."""

from datetime import date

import pytest

from escalation_samples import POLICY, agreed, held, moved, opened
from managed_samples import CHIEF, CLERK, DAY, MAYOR, TREASURER, agreement
from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.levers.catalogue import Lever
from obc.domain.programme.levers.in_hand import Pull, let_go, permitted, pulled, renewed
from obc.domain.programme.levers.ladder import ladder

SUPPORT = {"id": "compare", "title": "Compare", "manner": "supportive", "needs": ["n"], "moves": "m", "source": "test"}
PRESS = {**SUPPORT, "id": "others", "manner": "punitive", "from stage": "remedial action plan"}
STEP = {**SUPPORT, "id": "notice", "manner": "punitive", "from stage": "informal", "move": "give notice"}
PULL = {"id": "p", "contract": "small-town", "what": "w", "owner": "mayor", "evidence": "e", "lapses": "2020-12-31"}
ON = date(2020, 6, 20)


def _pulled(lever, by, escalation=None, on=ON, **changed):
    model = Lever.model_validate(lever)
    return pulled(Pull.model_validate({**PULL, "lever": model.id, **changed}), model, escalation, by, on)


@pytest.mark.parametrize(
    ("lever", "stage", "now", "words"),
    [
        (SUPPORT, None, True, "it supports: it may be pulled at any time"),
        (PRESS, None, False, "an escalation must have reached remedial action plan first"),
        (PRESS, "informal", False, "an escalation must have reached remedial action plan first"),
        (PRESS, "plan", True, "the escalation 'late-plans' is at remedial action plan"),
        (STEP, "informal", True, "it is a step of the ladder: 'give notice' on the escalation"),
    ],
)
def test_what_the_ladder_lets_be_pulled_now(lever, stage, now, words):
    plan = moved(moved(opened(), "give notice"), "agree plan")
    escalation = {None: None, "informal": opened(), "plan": plan}[stage]
    said = permitted(Lever.model_validate(lever), escalation)
    assert said.now is now
    assert words in (said.because, said.takes)


def test_a_lever_is_in_hand_until_its_last_day():
    made = _pulled(SUPPORT, MAYOR)
    assert (made.state, made.since, made.owner) == ("in hand", ON, "mayor")
    assert (made.standing(date(2020, 12, 31)), made.standing(date(2021, 1, 1))) == ("in hand", "lapsed")


@pytest.mark.parametrize(
    ("lever", "by", "changed", "words"),
    [
        (SUPPORT, DAY, {}, "it is for commissioner manager or contract manager or accountable officer"),
        (SUPPORT, MAYOR, {"lapses": "2020-06-20"}, "give it a day that is to come"),
        (PRESS, MAYOR, {}, "no escalation is open; an escalation must have reached remedial action plan first"),
        (STEP, MAYOR, {}, "take the escalation on instead: 'give notice'"),
    ],
)
def test_what_may_not_be_pulled_is_refused(lever, by, changed, words):
    with pytest.raises(Problems, match=words):
        _pulled(lever, by, **changed)


def test_who_opened_the_escalation_pulls_no_sanction():
    plan = moved(moved(opened(MAYOR), "give notice"), "agree plan")
    with pytest.raises(Problems, match="a second person decides on a sanction"):
        _pulled(PRESS, MAYOR, plan)
    assert _pulled(PRESS, CHIEF, plan).lever == "others"


def test_it_is_renewed_for_longer_and_let_go():
    made = _pulled(SUPPORT, MAYOR)
    assert renewed(made, date(2021, 6, 30), MAYOR, ON).lapses == date(2021, 6, 30)
    with pytest.raises(Problems, match="a later day than it has"):
        renewed(made, date(2020, 12, 1), MAYOR, ON)
    assert let_go(made, "let go", MAYOR).state == "dropped"
    with pytest.raises(Problems, match="it is for"):
        let_go(made, "let go", CLERK)


@pytest.mark.parametrize(
    ("escalation", "on", "verb", "now", "because"),
    [
        (opened, ON, "give notice", True, "as evidence: what formal notice needs"),
        (opened, ON, "withhold", False, "once it is at formal notice"),
        (lambda: moved(opened(), "give notice"), ON, "give notice", False, "its stage, informal, is over"),
        (lambda: moved(opened(), "give notice"), ON, "withhold", False, "while formal notice has until 2020-07-03"),
        (
            lambda: moved(opened(), "give notice"),
            date(2020, 7, 6),
            "withhold",
            False,
            "no joint analysis of the causes",
        ),
        (
            lambda: agreed(moved(opened(), "give notice")),
            date(2020, 7, 6),
            "withhold",
            True,
            "as evidence: what withholding",
        ),
        (
            lambda: agreed(moved(opened(), "give notice"), ("nobody", "100 %")),
            date(2020, 7, 6),
            "withhold",
            False,
            "relief",
        ),
        (
            lambda: held(agreed(moved(opened(), "give notice"))),
            date(2020, 7, 7),
            "release",
            True,
            "as evidence: what remedial",
        ),
    ],
)
def test_the_ladder_says_what_may_be_done_now_and_what_the_rest_takes(escalation, on, verb, now, because):
    rung = next(one for one in ladder(escalation(), POLICY, agreement(), True, on) if one.verb == verb)
    assert rung.now is now
    assert because in rung.because


def test_without_a_clause_nothing_is_withheld():
    stood = agreed(moved(opened(), "give notice"))
    rung = next(one for one in ladder(stood, POLICY, agreement(), False, date(2020, 7, 6)) if one.verb == "withhold")
    assert (rung.now, rung.because.split(":")[0]) == (False, "the contract has no clause on withholding")


def test_those_whom_a_breach_is_about_may_respond_at_every_stage():
    answered = moved(opened(), "respond", DAY, evidence="two posts were vacant")
    assert (answered.state, answered.due, answered.evidence[-1].by) == ("informal", opened().due, "day-lead")
    for by, words in ((MAYOR, "it is for provider lead"), (_other(), "who does not speak for day-centre")):
        with pytest.raises(Problems, match=words):
            moved(opened(), "respond", by)


def test_a_sanction_is_not_pulled_by_its_treasurer():
    plan = moved(moved(opened(), "give notice"), "agree plan")
    with pytest.raises(Problems, match="it is for commissioner manager or contract manager or accountable officer"):
        _pulled(PRESS, TREASURER, plan)


def _other():
    return DAY.model_copy(update={"organisation": "another"})
