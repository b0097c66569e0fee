"""Whatever people try at a gate, in whatever order: it is never passed against its rules."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.gates.decide import decided, judged, opened, reopened, reported, settled, voted, with_checks
from obc.domain.programme.gates.gate import Condition, Decision, Finding
from obc.domain.programme.gates.voting import carried, counted, may_not_vote, quorum_lacks
from programme_samples import BOARD, DAY, PEOPLE, gate

WHO = st.sampled_from(PEOPLE.people)
SAYS = st.sampled_from(["go", "go with conditions", "stop", "abstain"])
ACTS = st.one_of(
    st.tuples(st.just("open"), WHO),
    st.tuples(st.just("vote"), WHO, SAYS),
    st.tuples(st.just("vote"), WHO, SAYS),
    st.tuples(st.just("judge"), WHO, st.booleans()),
    st.tuples(st.just("gather"), WHO, st.booleans()),
    st.tuples(st.just("decide"), WHO, st.sampled_from(["go", "go with conditions", "stop"]), st.booleans()),
    st.tuples(st.just("reopen"), WHO),
    st.tuples(st.just("report"), WHO),
    st.tuples(st.just("settle"), WHO, st.booleans()),
)
LATER = Condition(id="money", what="Agree.", criterion="money", owner="director", due=DAY + timedelta(days=9))


def tried(held, act):
    """The gate after an act; as it was where the act is refused."""
    verb, by, *given_ = act
    try:
        match verb:
            case "open":
                return opened(held, [held], by, DAY)
            case "vote":
                return voted(held, BOARD, by, given_[0], "because", DAY)
            case "judge":
                return judged(held, Finding(criterion="money", met=given_[0], says="seen", by=by.id, on=DAY), by)
            case "gather":
                return with_checks(held, [Finding(criterion="endorsed", met=given_[0], says="seen", on=DAY)], by)
            case "decide":
                decision = Decision(says=given_[0], by=by.id, on=DAY, because="so")
                return decided(held, BOARD, PEOPLE, [held], by, decision, (LATER,) if given_[1] else ())
            case "reopen":
                return reopened(held, by)
            case "report":
                return reported(held, "money", "done", by)
            case _:
                return settled(held, BOARD, "money", given_[0], by)
    except Problems:
        return held


@given(st.lists(ACTS, max_size=40), st.sampled_from(["go", "go with conditions", "stop"]))
def test_no_order_of_acts_passes_a_gate_against_its_rules(acts, last):
    """The acts, then the shortest way to a decision, so that many runs reach one."""
    people = {one.id: one for one in PEOPLE.people}
    way = [("open", people["director"]), ("judge", people["assessor"], True), ("gather", people["director"], True)]
    way += [("vote", people[name], last) for name in ("chair", "deputy", "ann")]
    way += [("decide", people["chair"], last, last == "go with conditions")]
    held = gate()
    for act in [*acts, *way]:
        before, held = held, tried(held, act)
        for vote in held.votes:
            if vote not in before.votes:
                assert may_not_vote(before, BOARD, people[vote.by]) is None
        if held.decision and not before.decision:
            assert carried(counted(before, BOARD, PEOPLE)) == held.decision.says
            assert quorum_lacks(before, BOARD, PEOPLE) is None and BOARD.presiding(held.decision.by)
        if held.passed:
            unmet = {one.id for one in held.unmet}
            assert "endorsed" not in unmet and unmet <= {one.criterion for one in held.conditions}
        if held.state == "passed":
            assert not held.open_conditions
    assert held.decision is not None or held.state == "open"
