"""A gate is decided by the votes of its body. Who prepared it, judged it or has an interest in it has no vote."""

import pytest

from obc.domain.programme.gates.decide import judged, voted
from obc.domain.programme.gates.gate import Finding, Vote
from obc.domain.programme.gates.voting import carried, counted, may_not_vote, quorum_lacks
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


def votes(text: str) -> tuple[Vote, ...]:
    words = {"g": "go", "c": "go with conditions", "s": "stop", "a": "abstain"}
    return tuple(Vote(by=f"member-{i}", says=words[one], because="so", on=DAY) for i, one in enumerate(text))


@pytest.mark.parametrize(
    ("cast", "outcome"),
    [
        ("ggg", "go"),
        ("ggs", "go"),
        ("gs", "stop"),
        ("gcs", "go with conditions"),
        ("gcss", "stop"),
        ("gga", "go"),
        ("gaa", "go"),
        ("ggcc", "go with conditions"),
        ("cccs", "go with conditions"),
        ("sss", "stop"),
        ("aaa", None),
        ("", None),
    ],
)
def test_what_votes_carry(cast, outcome):
    """g: go, c: go with conditions, s: stop, a: abstain. More than half of those cast must be for it; a tie stops."""
    assert carried(votes(cast)) == outcome


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (CHAIR, None),
        (DIRECTOR, "director prepared the gate: nobody approves their own work"),
        (ASSESSOR, "assessor judged its criteria: nobody approves their own work"),
        (CONFLICTED, "carl declared an interest in bidder: sits on its board"),
        (person("stranger", "governing body member"), "stranger is no member of the board"),
    ],
)
def test_who_has_a_vote(who, words):
    assert may_not_vote(gate(findings=MET), BOARD, who) == words


def test_a_member_who_works_for_the_bidder_has_no_vote():
    ann = person("ann", "governing body member", organisation="bidder")
    assert may_not_vote(gate(), BOARD, ann) == "ann works for bidder"


@pytest.mark.parametrize(
    ("members", "lacks"),
    [
        ((CHAIR, DEPUTY, MEMBERS[0]), None),
        ((CHAIR, DEPUTY), "2 of 3 members have voted"),
        ((CHAIR, *MEMBERS), "no lay member among them"),
        ((CHAIR,), "1 of 3 members have voted, no lay member among them"),
    ],
)
def test_a_quorum_is_members_and_the_roles_among_them(members, lacks):
    held = gate(state="open")
    for one in members:
        held = voted(held, BOARD, one, "go", "it is worth it", DAY)
    assert quorum_lacks(held, BOARD, PEOPLE) == lacks


def test_the_last_vote_of_a_member_counts():
    held = voted(gate(state="open"), BOARD, CHAIR, "go", "at first sight", DAY)
    held = voted(held, BOARD, CHAIR, "stop", "on reflection", DAY)
    assert [(one.by, one.says) for one in held.votes] == [("chair", "stop")]


def test_a_vote_counts_no_more_once_an_interest_is_declared():
    held = voted(gate(state="open"), BOARD, MEMBERS[0], "go", "good", DAY)
    known = PEOPLE.model_copy(update={"people": (person("ann", "governing body member", interest="bidder"),)})
    assert counted(held, BOARD, PEOPLE) == held.votes and counted(held, BOARD, known) == ()


def test_an_assessor_who_has_not_voted_judges():
    finding = Finding(criterion="money", met=True, says="section 4", by="assessor", on=DAY)
    assert judged(gate(state="open"), finding, ASSESSOR).finding("money") == finding
