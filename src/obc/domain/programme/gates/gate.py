"""A gate: what is asked before a programme goes on, who decides, how they voted, and what was left to do."""

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.programme.gates.body import Quorum

Outcome = Literal["go", "go with conditions", "stop"]
Ballot = Literal["go", "go with conditions", "stop", "abstain"]
Kind = Literal["stop-go", "checkpoint", "go-live"]
"""stop-go: between two phases. checkpoint: on the way. go-live: into business as usual."""

PREPARING = ("programme director", "programme manager")
"""Who runs a programme: puts gates to their bodies and keeps the plan."""

GATE = Machine(
    name="the gate",
    first="planned",
    moves={
        "planned": {"open": Move("open", PREPARING), "supersede": Move("superseded", PREPARING)},
        "open": {
            "gather": Move("open", PREPARING),
            "judge": Move("open", ("assessor",)),
            "vote": Move("open"),
            "go": Move("passed"),
            "go with conditions": Move("passed with conditions"),
            "stop": Move("stopped"),
            "supersede": Move("superseded", PREPARING),
        },
        "passed with conditions": {
            "report": Move("passed with conditions"),
            "send back": Move("passed with conditions"),
            "accept": Move("passed with conditions"),
            "accept the last": Move("passed"),
        },
        "stopped": {"reopen": Move("open", PREPARING), "supersede": Move("superseded", PREPARING)},
        "passed": {},
        "superseded": {},
    },
)
"""Votes, and who may decide on them, go by the body that the gate belongs to, not by roles."""

CONDITION = Machine(
    name="the condition of a gate",
    first="open",
    moves={
        "open": {"report": Move("reported")},
        "reported": {"accept": Move("accepted"), "send back": Move("open")},
        "accepted": {},
    },
)
"""Its owner reports; somebody else of the body accepts."""

PASSED = ("passed", "passed with conditions")


class Criterion(Written):
    """What must hold. Either a `check` finds out, or an assessor judges the `evidence` named here.

    `never waived`: it cannot be left to a condition.
    """

    id: Slug
    asks: Text
    check: Slug | None = None
    evidence: tuple[Text, ...] = ()
    never_waived: bool = False

    @model_validator(mode="after")
    def _one_way_to_know(self) -> Self:
        if (self.check is None) == (not self.evidence):
            found = "neither a check nor evidence" if self.check is None else "a check and evidence"
            raise wrong(found, "name a check that finds out, or the evidence that an assessor judges", "evidence")
        return self


class Finding(Written):
    """Whether a criterion is met, what was seen, who says so and since when. `by` none: a check found it."""

    criterion: Slug
    met: bool
    says: Text
    by: Slug | None = None
    on: date


class Vote(Written):
    """How a member voted, and why. The last vote of a member counts; the trail keeps those before."""

    by: Slug
    says: Ballot
    because: Text
    on: date


class Condition(Written):
    """What must be done after the gate, by whom and until when."""

    id: Slug
    what: Text
    criterion: Slug | None = None
    owner: Slug
    due: date
    state: str = CONDITION.first
    report: Text | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.state == "accepted"


class Decision(Written):
    """What was decided, by whose word. `to`: after a stop, the way that is taken instead."""

    says: Outcome
    by: Slug
    on: date
    because: Text
    to: Text | None = None


class Gate(Written):
    """A gate with everything that has become of it.

    `prepared by` puts the case and therefore does not vote. `about`: organisations that gain or lose by the decision;
    whoever has an interest in one of them does not vote either. `if stopped`: the ways there are after a stop.
    """

    id: Slug
    title: Text
    kind: Kind
    contract: Slug
    body: Slug
    prepared_by: Slug
    leads_to: Slug | None = None
    due: date | None = None
    after: tuple[Slug, ...] = ()
    about: tuple[Slug, ...] = ()
    questions: tuple[Text, ...]
    criteria: tuple[Criterion, ...]
    quorum: Quorum | None = None
    if_stopped: tuple[Text, ...] = ()
    source: Text
    state: str = GATE.first
    findings: tuple[Finding, ...] = ()
    votes: tuple[Vote, ...] = ()
    decision: Decision | None = None
    conditions: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.state not in GATE.states:
            raise wrong(f"'{self.state}'", f"write one of {', '.join(GATE.states)}", "state")
        if (self.leads_to is None) != (self.kind == "checkpoint"):
            found = "a checkpoint that leads to a phase" if self.leads_to else f"a {self.kind} gate that leads nowhere"
            raise wrong(
                found, "name the phase that a stop-go or go-live gate opens; a checkpoint opens none", "leads to"
            )
        if (self.state in (*PASSED, "stopped")) != (self.decision is not None):
            raise wrong(f"'{self.state}' {'with' if self.decision else 'without'} a decision", _DECIDED, "decision")
        named = [one.id for one in self.criteria]
        if len(set(named)) < len(named):
            raise wrong("a criterion twice", "give each an id of its own", "criteria")
        for key in ("findings", "conditions"):
            for place, one in enumerate(getattr(self, key)):
                if one.criterion is not None and one.criterion not in named:
                    known = f"name a criterion of this gate: {', '.join(named)}"
                    raise wrong(f"'{one.criterion}'", known, key, place, "criterion")
        return self

    @property
    def passed(self) -> bool:
        """Whether the way is open, with or without conditions."""
        return self.state in PASSED

    @property
    def open_conditions(self) -> tuple[Condition, ...]:
        """What is still to be done."""
        return tuple(one for one in self.conditions if not one.done)

    def finding(self, criterion: str) -> Finding | None:
        """What is known about a criterion; None: nothing."""
        return next((one for one in self.findings if one.criterion == criterion), None)

    @property
    def unmet(self) -> tuple[Criterion, ...]:
        """The criteria that are not met. What nobody has looked at is not met."""
        known = {one.criterion for one in self.findings if one.met}
        return tuple(one for one in self.criteria if one.id not in known)


_DECIDED = "a gate that is passed or stopped has a decision, and no other has"
