"""The change mechanism: a change is proposed, agreed by every party that must, and takes effect on its day."""

from datetime import date, timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.contract.agreement.agreement import Agreement, Variation
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.agreement.schedules import ChangeMechanism
from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.states import Machine, Move

SPEAKERS = (
    "accountable officer",
    "commissioner manager",
    "contract manager",
    "provider lead",
)
"""Who may speak for a party when its contract is changed."""

CHANGE = Machine(
    "the change",
    "proposed",
    {
        "proposed": {
            "agree": Move("proposed", SPEAKERS),
            "agree as the last": Move("agreed", SPEAKERS),
            "refuse": Move("refused", SPEAKERS),
            "withdraw": Move("withdrawn", SPEAKERS),
        },
        "agreed": {"take effect": Move("effective", ("commissioner manager", "contract manager"))},
    },
)


class Consent(Written):
    """A party's word on a change, given by somebody who may speak for it."""

    party: Slug
    by: Slug
    on: date


class Proposal(Written):
    """A change of the contract on its way. `changes`: what is to stand where; `before`: what stands there now.

    `must agree` is fixed when the change is proposed, so that nobody drops out of it later.
    """

    id: Slug
    contract: Slug
    contract_hash: Text
    title: Text
    because: Text
    changes: tuple[Change, ...] = Field(min_length=1)
    before: tuple[Change, ...]
    effective: date
    proposed_by: Slug = Field(description="the party that proposes")
    proposed: date
    answer_by: date | None = None
    must_agree: tuple[Slug, ...] = Field(min_length=1)
    agreed: tuple[Consent, ...] = ()
    refused: Consent | None = None
    state: Literal["proposed", "agreed", "effective", "withdrawn", "refused"] = "proposed"

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The parties that have not said a word yet."""
        said = {one.party for one in self.agreed}
        return tuple(party for party in self.must_agree if party not in said) if self.state == "proposed" else ()

    def late(self, on: date) -> bool:
        """Whether the clock for an answer has run out on a day."""
        return bool(self.waits_for and self.answer_by and on > self.answer_by)

    @property
    def variation(self) -> Variation:
        """What contract.yaml lists once all have agreed."""
        return Variation(
            id=self.id,
            agreed=max(one.on for one in self.agreed),
            effective=self.effective,
            changes=self.title,
            before=self.before,
            source=f"agreed by {', '.join(one.party for one in self.agreed)}",
        )


class Wish(Written):
    """The file that a proposal is made from: what is to change, from when, and why."""

    id: Slug
    title: Text
    because: Text
    effective: date
    changes: tuple[Change, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_word_a_place(self) -> Self:
        places = [(one.file, one.way) for one in self.changes]
        if len(set(places)) < len(places):
            raise wrong("a place that is changed twice", "say once what is to stand there", "changes")
        return self


def must_agree(agreement: Agreement) -> tuple[str, ...]:
    """The parties without whose agreement nothing changes: all commissioners, and the holder or all providers."""
    holder = agreement.holder
    providers = (holder,) if holder else agreement.providers
    return (*(one.id for one in agreement.commissioners), *(one.id for one in providers))


def propose(
    agreement: Agreement,
    contract_hash: str,
    wish: Wish,
    before: tuple[Change, ...],
    by: Person,
    on: date,
    mechanism: ChangeMechanism | None,
    holidays: Holidays | None,
) -> Proposal:
    """The change as `by` proposes it for their party. Raises `Problems`: a stranger, or a day that is too soon."""
    parties = must_agree(agreement)
    where = f"change '{wish.id}'"
    if by.organisation not in parties:
        found = f"{by.id} of {by.organisation}, which is no party to it"
        raise refusal(where, "propose", found, f"one of {', '.join(parties)} proposes")
    if not set(by.roles) & set(SPEAKERS):
        raise refusal(where, "propose", f"{by.id}, who does not speak for {by.organisation}", _speaks())
    earliest = mechanism.notice.after(on) if mechanism else on + timedelta(days=1)
    if wish.effective < earliest:
        found, cure = f"effective on {wish.effective}, proposed on {on}", f"write {earliest} or later"
        raise refusal(where, "propose", found, cure)
    if agreement.term.year_of(wish.effective) is None:
        raise refusal(where, "propose", f"{wish.effective}, outside the term", "write a day within the term")
    due = holidays.after(on, mechanism.answer_within) if mechanism and holidays else None
    return Proposal.model_validate(
        {
            **wish.model_dump(by_alias=True),
            "contract": agreement.id,
            "contract hash": contract_hash,
            "before": before,
            "proposed by": by.organisation,
            "proposed": on,
            "answer by": due,
            "must agree": parties,
        }
    )


def agree(proposal: Proposal, by: Person, on: date) -> tuple[str, Proposal]:
    """A party agrees; the verb says whether it was the last. Each party speaks for itself, the proposer too."""
    where = f"change '{proposal.id}'"
    _a_party(proposal, by, "agree")
    last = proposal.waits_for == (by.organisation,)
    verb = "agree as the last" if last else "agree"
    state = CHANGE.after(proposal.state, verb, by.roles, where)
    if by.organisation not in proposal.waits_for:
        waiting = ", ".join(proposal.waits_for)
        raise refusal(where, "agree", f"{by.organisation}, which has agreed", f"it waits for {waiting}")
    if on >= proposal.effective:
        found = f"an agreement on {on}, when it should take effect on {proposal.effective}"
        raise refusal(where, "agree", found, "withdraw it, and propose it anew with a later day")
    consent = Consent(party=by.organisation, by=by.id, on=on)
    return verb, proposal.model_copy(update={"state": state, "agreed": (*proposal.agreed, consent)})


def refuse(proposal: Proposal, by: Person, on: date) -> Proposal:
    """A party refuses, which ends it: what not all agree to does not change."""
    _a_party(proposal, by, "refuse")
    state = CHANGE.after(proposal.state, "refuse", by.roles, f"change '{proposal.id}'")
    return proposal.model_copy(update={"state": state, "refused": Consent(party=by.organisation, by=by.id, on=on)})


def withdraw(proposal: Proposal, by: Person) -> Proposal:
    """The party that proposed it takes it back."""
    where = f"change '{proposal.id}'"
    state = CHANGE.after(proposal.state, "withdraw", by.roles, where)
    if by.organisation != proposal.proposed_by:
        raise refusal(where, "withdraw", f"{by.organisation}, which did not propose it", "refuse it instead")
    return proposal.model_copy(update={"state": state})


def take_effect(proposal: Proposal, by: Person, on: date, agreement: Agreement, differs: tuple[str, ...]) -> Proposal:
    """The change takes effect, on its day or later, once the contract's folder says what was agreed.

    `differs`: the places where the folder says something else. Raises `Problems`.
    """
    where = f"change '{proposal.id}'"
    state = CHANGE.after(proposal.state, "take effect", by.roles, where)
    if on < proposal.effective:
        raise refusal(where, "take effect", f"{on}, before its day", f"wait until {proposal.effective}")
    if proposal.id not in {one.id for one in agreement.variations}:
        cure = "list it in contract.yaml: 'obc change CONTRACT --programme …' prints what to write"
        raise refusal(where, "take effect", "no variation of that id in the contract", cure)
    if differs:
        raise refusal(where, "take effect", f"a folder that reads otherwise at {'; '.join(differs)}", "change it there")
    return proposal.model_copy(update={"state": state})


def _a_party(proposal: Proposal, by: Person, verb: str) -> None:
    if by.organisation not in proposal.must_agree:
        found = f"{by.id} of {by.organisation}, which is no party to it"
        raise refusal(f"change '{proposal.id}'", verb, found, f"it is for {', '.join(proposal.must_agree)}")


def _speaks() -> str:
    return f"somebody does who is {' or '.join(SPEAKERS)}"
