"""How conditions, expectations, amendments and preparations stand, and what may become of them."""

from datetime import date
from typing import Literal

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.agreement.schedules import ConditionPrecedent
from obc.domain.contract.transition.transition import Passage, Preparation
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.states import Machine, Move

COMMISSIONERS = ("commissioner manager", "contract manager")
REVIEWERS = (*COMMISSIONERS, "clinical lead", "patient representative", "carer representative")
PROVIDERS = ("provider lead", "provider finance lead")

CONDITION = Machine(
    "the condition precedent",
    "open",
    {
        "open": {"show": Move("shown", PROVIDERS + COMMISSIONERS), "waive": Move("waived", ("accountable officer",))},
        "shown": {"accept": Move("satisfied", COMMISSIONERS), "send back": Move("open", COMMISSIONERS)},
        "satisfied": {"reopen": Move("open", COMMISSIONERS)},
        "waived": {"reopen": Move("open", COMMISSIONERS)},
    },
)
_REVIEW = {
    "find met": Move("met", REVIEWERS),
    "find partly met": Move("partly met", REVIEWERS),
    "find not met": Move("not met", REVIEWERS),
}
QUALITY = Machine(
    "the quality expectation",
    "not yet reviewed",
    dict.fromkeys(("not yet reviewed", "met", "partly met", "not met"), _REVIEW),
)
AMENDMENT = Machine(
    "the staged amendment",
    "to be offered",
    {
        "to be offered": {"offer": Move("offered", COMMISSIONERS)},
        "offered": {"sign": Move("carried", PROVIDERS), "refuse": Move("refused", PROVIDERS)},
        "refused": {"offer": Move("offered", COMMISSIONERS)},
    },
)
PREPARATION = Machine(
    "the preparation",
    "planned",
    {
        "planned": {"begin": Move("under way")},
        "under way": {"finish": Move("done")},
        "done": {"reopen": Move("under way", COMMISSIONERS)},
    },
)


class ConditionStanding(Written):
    """How a condition precedent stands. `shown by`: the person who showed it."""

    id: Slug
    state: Literal["open", "shown", "satisfied", "waived"] = "open"
    evidence: Text | None = None
    shown_by: Slug | None = None
    on: date | None = None

    @property
    def holds(self) -> bool:
        """Whether the contract may go live as far as this condition goes."""
        return self.state in ("satisfied", "waived")


class QualityStanding(Written):
    """What the last review of a quality expectation found, on what evidence."""

    id: Slug
    state: Literal["not yet reviewed", "met", "partly met", "not met"] = "not yet reviewed"
    evidence: Text | None = None
    on: date | None = None
    by: Slug | None = None


def condition_after(
    terms: ConditionPrecedent, stood: ConditionStanding, verb: str, by: Person, on: date, evidence: str | None
) -> ConditionStanding:
    """How a condition stands after `verb`. Nobody accepts what they or their own organisation have shown."""
    where = f"condition '{terms.id}'"
    state = CONDITION.after(stood.state, verb, by.roles, where)
    if verb == "show" and not evidence:
        raise refusal(where, verb, "no evidence", f"say what shows it: {terms.evidence}")
    if verb == "accept" and (by.id == stood.shown_by or by.organisation == terms.shown_by):
        found = f"{by.id} accepts what {'they' if by.id == stood.shown_by else by.organisation} showed"
        raise refusal(where, verb, found, "somebody of another party accepts it")
    if verb == "waive" and not terms.can_be_waived:
        raise refusal(where, verb, "a condition that cannot be waived", "show that it holds")
    shown = by.id if verb == "show" else None if state == "open" else stood.shown_by
    kept = evidence or (None if state == "open" else stood.evidence)
    return ConditionStanding.model_validate(
        {"id": terms.id, "state": state, "evidence": kept, "shown by": shown, "on": on}
    )


def quality_after(
    agreement: Agreement, stood: QualityStanding, verb: str, by: Person, on: date, evidence: str | None
) -> QualityStanding:
    """What a review found. Whoever gives the care does not review it."""
    where = f"expectation '{stood.id}'"
    state = QUALITY.after(stood.state, verb, by.roles, where)
    if not evidence:
        raise refusal(where, verb, "no evidence", "say what the reviewer saw")
    if by.organisation in {provider.id for provider in agreement.providers}:
        raise refusal(where, verb, f"{by.id}, who works for a provider", "commissioners, patients or carers review")
    return QualityStanding.model_validate({"id": stood.id, "state": state, "evidence": evidence, "on": on, "by": by.id})


def amendment_after(stood: Passage, verb: str, by: Person) -> Passage:
    """How a contract of today stands after its staged amendment was offered, signed or refused."""
    where = f"contract '{stood.id}'"
    if stood.amendment is None:
        raise refusal(where, verb, "a contract that takes no amendment", "write one in transition.yaml if it renews")
    return stood.model_copy(update={"state": AMENDMENT.after(stood.state, verb, by.roles, where)})


def preparation_after(stood: Preparation, verb: str, by: Person, evidence: str | None) -> Preparation:
    """How a piece of the mobilisation plan stands after its owner, or who answers for the contract, moved it."""
    where = f"preparation '{stood.id}'"
    state = PREPARATION.after(stood.state, verb, by.roles, where)
    if by.id != stood.owner and not set(by.roles) & set(COMMISSIONERS):
        raise refusal(where, verb, f"{by.id}, who does not own it", f"it is for {stood.owner} to do")
    if verb == "finish" and not evidence:
        raise refusal(where, verb, "no evidence", "say what shows that it is done")
    return stood.model_copy(update={"state": state, "evidence": evidence or stood.evidence})
