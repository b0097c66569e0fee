"""What a gate refuses, with the reason."""

from datetime import timedelta

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.gates.decide import (
    decided,
    judged,
    opened,
    reopened,
    reported,
    settled,
    superseded,
    voted,
    with_checks,
)
from obc.domain.programme.gates.gate import CONDITION, GATE, Condition, Decision, Finding
from programme_samples import (
    ASSESSOR,
    BOARD,
    CHAIR,
    CONFLICTED,
    DAY,
    DEPUTY,
    DIRECTOR,
    MEMBERS,
    MET,
    PEOPLE,
    gate,
    person,
)

FIRST = gate(id="first", leads_to="phase-2")
GO = Decision(says="go", by="chair", on=DAY, because="good")
WITH = GO.model_copy(update={"says": "go with conditions"})
STOP = GO.model_copy(update={"says": "stop"})
LATER = Condition(id="money", what="Agree.", criterion="money", owner="director", due=DAY + timedelta(days=30))


def voted_on(says="go", members=(CHAIR, DEPUTY, *MEMBERS), **given):
    held = gate(state="open", **({"findings": MET} | given))
    for one in members:
        held = voted(held, BOARD, one, says, "because", DAY)
    return held


def refused(act, *given) -> str:
    with pytest.raises(Problems) as problems:
        act(*given)
    return str(problems.value)


def deciding(held, decision, by=CHAIR, conditions=(), gates=()):
    return refused(decided, held, BOARD, PEOPLE, gates, by, decision, conditions)


def test_all_is_well_and_the_gate_is_passed():
    assert decided(voted_on(), BOARD, PEOPLE, (), CHAIR, GO).state == "passed"


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("go", "found 'go' while it is planned; what it allows now is 'open', 'supersede'"),
        ("stop", "found 'stop' while it is planned"),
    ],
)
def test_nothing_is_decided_before_the_gate_is_open(says, words):
    assert words in deciding(gate(), GO.model_copy(update={"says": says}))


def test_a_passed_gate_is_not_decided_again():
    passed = decided(voted_on(), BOARD, PEOPLE, (), CHAIR, GO)
    assert "'stop' while it is passed; what it allows now is nothing more: it has ended" in deciding(passed, STOP)


def test_only_who_runs_the_programme_opens_a_gate():
    assert "'open' by somebody who is chair" in refused(opened, gate(), [], CHAIR, DAY)


def test_no_gate_is_gone_round():
    second = gate(after=("first",))
    assert "the gate 'first' planned; pass it first: no gate is gone round" in refused(
        opened, second, [FIRST, second], DIRECTOR, DAY
    )
    stands_aside = FIRST.model_copy(update={"state": "superseded"})
    assert opened(second, [stands_aside, second], DIRECTOR, DAY).state == "open"


def test_gates_far_before_count_too():
    second, third = gate(id="second", after=("first",)), gate(id="third", after=("second",))
    passed = second.model_copy(update={"state": "passed", "decision": GO})
    assert "the gate 'first' planned" in refused(opened, third, [FIRST, passed, third], DIRECTOR, DAY)


@pytest.mark.parametrize(
    ("kind", "due", "words"),
    [
        ("stop-go", DAY - timedelta(days=1), "the condition 'money' of 'first' open, due 2014-01-30"),
        ("stop-go", DAY, None),
        ("go-live", DAY + timedelta(days=9), "the condition 'money' of 'first' open, due 2014-02-09"),
    ],
)
def test_overdue_conditions_stand_in_the_way_and_at_go_live_any(kind, due, words):
    left = LATER.model_copy(update={"due": due})
    first = FIRST.model_copy(update={"state": "passed with conditions", "decision": WITH, "conditions": (left,)})
    second = gate(kind=kind, after=("first",))
    if words is None:
        assert opened(second, [first, second], DIRECTOR, DAY).state == "open"
    else:
        assert words in refused(opened, second, [first, second], DIRECTOR, DAY)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (DIRECTOR, "director prepared the gate: nobody approves their own work"),
        (ASSESSOR, "assessor judged its criteria"),
        (CONFLICTED, "carl declared an interest in bidder: sits on its board; leave the vote to the other members"),
        (person("stranger"), "stranger is no member of the board"),
    ],
)
def test_a_vote_without_a_right_to_it(who, words):
    assert words in refused(voted, gate(state="open", findings=MET), BOARD, who, "go", "because", DAY)


def test_no_decision_without_a_quorum():
    assert "the quorum: found 2 of 3 members have voted" in deciding(voted_on(members=(CHAIR, DEPUTY)), GO)


def test_no_decision_on_abstentions_alone():
    assert "abstentions only" in deciding(voted_on("abstain"), GO)


def test_the_decision_is_what_the_votes_carry():
    assert "votes that carry 'stop'; decide 'stop'" in deciding(voted_on("stop"), GO)


@pytest.mark.parametrize(
    ("who", "words"),
    [(MEMBERS[0], "ann, who does not preside; it is for chair or deputy to decide")],
)
def test_only_who_presides_says_what_was_decided(who, words):
    assert words in deciding(voted_on(), GO, by=who)


def test_a_chair_with_an_interest_does_not_preside():
    chair = person("chair", "chair", "governing body member", interest="bidder")
    assert "the chair: found chair declared an interest in bidder" in deciding(voted_on(), GO, by=chair)


def test_no_go_while_criteria_are_unmet_or_not_looked_at():
    unmet = MET[0].model_copy(update={"met": False, "says": "no figures"})
    words = deciding(voted_on(findings=(unmet,)), GO)
    assert "'money': found not met: no figures; meet it, or make it a condition" in words
    assert "'endorsed': found not looked at yet; it is never waived: meet it, or stop" in words


def test_what_is_unmet_may_become_a_condition_unless_it_is_never_waived():
    unmet = MET[0].model_copy(update={"met": False})
    held = voted_on("go with conditions", findings=(unmet, MET[1]))
    assert decided(held, BOARD, PEOPLE, (), CHAIR, WITH, (LATER,)).state == "passed with conditions"
    held = voted_on("go with conditions", findings=(MET[0],))
    instead = LATER.model_copy(update={"criterion": "endorsed"})
    assert "it is never waived" in deciding(held, WITH, conditions=(instead,))


@pytest.mark.parametrize(
    ("decision", "conditions", "words"),
    [
        (WITH, (), "conditions: found none; say what must be done"),
        (WITH, (LATER.model_copy(update={"due": DAY - timedelta(days=1)}),), "due 2014-01-30, before the decision"),
        (WITH, (LATER.model_copy(update={"owner": "nobody"}),), "nobody called 'nobody'"),
        (WITH, (LATER, LATER), "'money' twice; give each condition an id of its own"),
        (WITH, (LATER.model_copy(update={"criterion": "colour"}),), "'colour', which is no criterion of the gate"),
    ],
)
def test_conditions_that_are_none(decision, conditions, words):
    assert words in deciding(voted_on("go with conditions"), decision, conditions=conditions)


def test_go_has_no_conditions_and_takes_no_other_way():
    assert "conditions to 'go'" in deciding(voted_on(), GO, conditions=(LATER,))
    assert "only a stop takes another way" in deciding(voted_on(), GO.model_copy(update={"to": "market"}))


def test_a_stop_says_which_way_is_taken():
    held = voted_on("stop", if_stopped=("dialogue goes on", "open market"))
    assert "say which way is taken: 'dialogue goes on', 'open market'" in deciding(held, STOP)
    done = decided(held, BOARD, PEOPLE, (), CHAIR, STOP.model_copy(update={"to": "open market"}))
    assert done.state == "stopped" and done.decision.to == "open market"


def test_a_stopped_gate_is_put_anew_with_nothing_of_the_last_round():
    stopped = decided(voted_on("stop"), BOARD, PEOPLE, (), CHAIR, STOP)
    again = reopened(stopped, DIRECTOR)
    assert (again.state, again.votes, again.findings, again.decision) == ("open", (), (), None)


@pytest.mark.parametrize(
    ("criterion", "who", "words"),
    [
        ("endorsed", ASSESSOR, "'endorsed', which the check 'outcomes-endorsed' decides"),
        ("colour", ASSESSOR, "'colour', which is nowhere; there is money, endorsed"),
        ("money", CHAIR, "'judge' by somebody who is chair"),
        ("money", person("assessor", "assessor", organisation="bidder"), "assessor works for bidder"),
    ],
)
def test_judgements_that_are_none(criterion, who, words):
    finding = Finding(criterion=criterion, met=True, says="seen", by=who.id, on=DAY)
    assert words in refused(judged, gate(state="open"), finding, who)


def test_who_has_voted_does_not_judge():
    voter = person("ann", "governing body member", "assessor")
    held = voted(gate(state="open"), BOARD, voter, "go", "because", DAY)
    finding = Finding(criterion="money", met=True, says="seen", by="ann", on=DAY)
    assert "ann, who has voted; let somebody judge who has no vote" in refused(judged, held, finding, voter)


def conditional(**given):
    unmet = MET[0].model_copy(update={"met": False})
    held = voted_on("go with conditions", findings=(unmet, MET[1]))
    return decided(held, BOARD, PEOPLE, (), CHAIR, WITH, (LATER.model_copy(update=given),))


def test_a_condition_is_reported_by_its_owner_and_accepted_by_another():
    held = conditional()
    assert "chair, who does not own it; it is for director to report" in refused(reported, held, "money", "done", CHAIR)
    assert "what it allows now is 'report'" in refused(settled, held, BOARD, "money", True, CHAIR)
    told = reported(held, "money", "agreed in March", DIRECTOR)
    assert "nobody accepts their own work" in refused(settled, told, BOARD, "money", True, DIRECTOR)
    assert "stranger, who is no member" in refused(settled, told, BOARD, "money", True, person("stranger"))
    assert "declared an interest" in refused(settled, told, BOARD, "money", True, CONFLICTED)
    assert settled(told, BOARD, "money", False, CHAIR).conditions[0].state == "open"
    done = settled(told, BOARD, "money", True, CHAIR)
    assert (done.state, done.conditions[0].state, done.open_conditions) == ("passed", "accepted", ())


def test_an_unknown_condition():
    assert "'colour', which is nowhere; there is money" in refused(reported, conditional(), "colour", "x", DIRECTOR)


def test_checks_are_gathered_by_who_runs_the_programme_and_the_latest_counts():
    assert "'gather' by somebody who is" in refused(with_checks, gate(state="open"), MET, CHAIR)
    held = with_checks(gate(state="open"), (MET[1].model_copy(update={"met": False}),), DIRECTOR)
    assert with_checks(held, (MET[1],), DIRECTOR).finding("endorsed") == MET[1]


def test_a_superseded_gate_has_ended():
    gone = superseded(gate(), DIRECTOR)
    assert "it has ended" in refused(opened, gone, [], DIRECTOR, DAY)


@pytest.mark.parametrize("machine", [GATE, CONDITION])
def test_every_state_can_be_reached(machine):
    reached, waiting = {machine.first}, [machine.first]
    while waiting:
        new = {move.to for move in machine.moves[waiting.pop()].values()} - reached
        reached |= new
        waiting += new
    assert reached == set(machine.states) == set(machine.moves)
