"""Votes at a gate: who may vote, and what the votes carry."""

from collections import Counter

from obc.domain.core.kernel.people import People, Person
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.gates.body import Body, lacking
from obc.domain.programme.gates.gate import Gate, Outcome, Vote


def may_not_vote(gate: Gate, body: Body, person: Person) -> str | None:
    """Why somebody has no vote at a gate, in words; None: has one."""
    if person.id not in body.members:
        return f"{person.id} is no member of the {body.title}"
    if person.id == gate.prepared_by:
        return f"{person.id} prepared the gate: nobody approves their own work"
    if person.id in {one.by for one in gate.findings}:
        return f"{person.id} judged its criteria: nobody approves their own work"
    return person.conflict_with(*gate.about)


def counted(gate: Gate, body: Body, people: People) -> tuple[Vote, ...]:
    """The votes that count: of people who may vote still, now that all findings and interests are known."""
    return tuple(one for one in gate.votes if may_not_vote(gate, body, people.named(one.by)) is None)


def quorum_lacks(gate: Gate, body: Body, people: People) -> str | None:
    """What the vote lacks to be valid, in words; None: it is valid."""
    voters = [people.named(one.by) for one in counted(gate, body, people)]
    return lacking(gate.quorum or body.quorum, len(voters), [role for one in voters for role in one.roles])


def carried(votes: tuple[Vote, ...]) -> Outcome | None:
    """What votes decide: go with more than half of those cast, else with conditions if both together have, else stop.

    Abstentions make a quorum and are not cast. A tie stops. None: nobody cast a vote.
    """
    cast = Counter(one.says for one in votes if one.says != "abstain")
    total = sum(cast.values())
    if not total:
        return None
    if 2 * cast["go"] > total:
        return "go"
    return "go with conditions" if 2 * (cast["go"] + cast["go with conditions"]) > total else "stop"


def the_decision(gate: Gate, body: Body, people: People) -> Outcome:
    """What the body has decided. Raises `Problems` without a quorum, or where nobody cast a vote."""
    where = f"gate '{gate.id}'"
    lacks = quorum_lacks(gate, body, people)
    if lacks is not None:
        raise refusal(where, "the quorum", lacks, f"let more members of the {body.title} vote")
    outcome = carried(counted(gate, body, people))
    if outcome is None:
        raise refusal(where, "the votes", "abstentions only", "decide when somebody is for or against")
    return outcome
