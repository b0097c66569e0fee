"""Escalation: from a quiet word to the end of the contract, one step at a time, each with its clock and evidence."""

from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.contract.variations.proposal import SPEAKERS, Consent
from obc.domain.core.kernel.figure import Written, Year
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.rate import spelled
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.money.settlement.circumstances import Withheld
from obc.domain.programme.levers.catalogue import Stage
from obc.domain.programme.levers.causes import Analysis
from obc.domain.programme.levers.policy import Policy

MANAGERS = ("commissioner manager", "contract manager")
FINANCE = ("finance lead",)
HEAD = ("accountable officer",)
PROVIDERS = ("provider lead", "provider finance lead")

ESCALATION = Machine(
    "the escalation",
    "informal",
    {
        "informal": {
            "resolve": Move("closed", MANAGERS),
            "give notice": Move("formal notice", MANAGERS),
            "respond": Move("informal", PROVIDERS),
        },
        "formal notice": {
            "resolve": Move("closed", MANAGERS),
            "agree plan": Move("remedial action plan", MANAGERS),
            "withhold": Move("withholding", FINANCE),
            "respond": Move("formal notice", PROVIDERS),
        },
        "remedial action plan": {
            "resolve": Move("closed", MANAGERS),
            "withhold": Move("withholding", FINANCE),
            "respond": Move("remedial action plan", PROVIDERS),
        },
        "withholding": {
            "release": Move("remedial action plan", FINANCE),
            "resolve": Move("closed", MANAGERS),
            "retain": Move("withholding", FINANCE),
            "step in": Move("step-in", HEAD),
            "terminate": Move("terminated", HEAD),
            "respond": Move("withholding", PROVIDERS),
        },
        "step-in": {
            "step out": Move("closed", HEAD),
            "terminate": Move("terminated", HEAD),
            "respond": Move("step-in", PROVIDERS),
        },
    },
)
EARLY = {"withhold", "step in", "terminate"}
"""Verbs that wait until the clock of the stage before has run out."""


class Seen(Written):
    """A piece of evidence, when it was put on file and by whom."""

    what: Text
    by: Slug
    on: date


class Escalation(Written):
    """A breach on its way. It is about one thing: an indicator, a quality expectation or another duty.

    `due`: when the clock of the state runs out. `withheld`: the sanction, as the settlement takes it.
    """

    id: Slug
    contract: Slug
    party: Slug
    indicator: Slug | None = None
    expectation: Slug | None = None
    duty: Text | None = None
    year: Year
    breach: Text
    opened: date
    opened_by: Slug
    state: Stage | Literal["closed"] = "informal"
    since: date
    due: date | None = None
    evidence: tuple[Seen, ...] = Field(min_length=1)
    analysis: Analysis | None = None
    plan: Text | None = None
    withheld: Withheld | None = None

    @model_validator(mode="after")
    def _about_one_thing(self) -> Self:
        if sum(one is not None for one in (self.indicator, self.expectation, self.duty)) != 1:
            raise wrong("a breach of nothing, or of several", "name one: indicator, expectation or duty")
        return self

    @property
    def about(self) -> str:
        """What it is about."""
        return str(self.indicator or self.expectation or self.duty)

    @property
    def open(self) -> bool:
        """Whether anything is still to come."""
        return self.state not in ("closed", "terminated")

    def late(self, on: date) -> bool:
        """Whether its clock has run out."""
        return self.open and self.due is not None and on > self.due


class Breach(Written):
    """The file that an escalation is opened from."""

    id: Slug
    contract: Slug
    party: Slug
    indicator: Slug | None = None
    expectation: Slug | None = None
    duty: Text | None = None
    year: Year
    breach: Text
    evidence: Text


def open_escalation(breach: Breach, by: Person, on: date, policy: Policy, holidays: Holidays) -> Escalation:
    """An escalation begins with a word, whatever the breach."""
    if not set(by.roles) & set(MANAGERS):
        raise refusal(f"escalation '{breach.id}'", "open", f"{by.id}, who does not manage contracts", _for(MANAGERS))
    return Escalation.model_validate(
        {
            **breach.model_dump(by_alias=True),
            "opened": on,
            "opened by": by.id,
            "since": on,
            "due": _due(policy, "informal", on, holidays),
            "evidence": (Seen(what=breach.evidence, by=by.id, on=on),),
        }
    )


def move(
    stood: Escalation, verb: str, by: Person, on: date, policy: Policy, holidays: Holidays, *, evidence: str | None
) -> Escalation:
    """The next stage, with its clock. Money is withheld with `withhold`, which asks for more.

    Raises `Problems`: no evidence, a clock that still runs, or somebody who may not.
    """
    if verb == "withhold":
        raise refusal(f"escalation '{stood.id}'", verb, "no share", "say how much of what is due is withheld")
    return _moved(stood, verb, by, on, policy, holidays, evidence)


def _moved(
    stood: Escalation, verb: str, by: Person, on: date, policy: Policy, holidays: Holidays, evidence: str | None
) -> Escalation:
    where = f"escalation '{stood.id}'"
    state = ESCALATION.after(stood.state, verb, by.roles, where)
    if not evidence:
        raise refusal(where, verb, "no evidence", policy.evidence_for(state))
    if early := too_early(stood, verb, on):
        raise refusal(where, verb, early, "wait for the clock, or agree on something else")
    if verb == "respond" and by.organisation != stood.party:
        raise refusal(where, verb, f"{by.id}, who does not speak for {stood.party}", "it is for those it is about")
    if verb in EARLY and by.id == stood.opened_by:
        raise refusal(where, verb, f"{by.id}, who opened it", "a second person decides on a sanction")
    seen = Seen(what=evidence, by=by.id, on=on)
    update: dict[str, object] = {"state": state, "evidence": (*stood.evidence, seen)}
    if state != stood.state:
        update |= {"since": on, "due": _due(policy, state, on, holidays)}
    if verb == "agree plan":
        update["plan"] = evidence
    if stood.withheld and stood.withheld.retained is None:
        if verb == "retain":
            update["withheld"] = stood.withheld.model_copy(update={"retained": on})
        elif verb in ("release", "resolve"):
            update["withheld"] = stood.withheld.model_copy(update={"released": on})
    elif verb in ("retain", "release"):
        raise refusal(where, verb, "nothing that is withheld", "what was retained stays so")
    return stood.model_copy(update=update)


def withhold(
    stood: Escalation,
    share: Fraction,
    by: Person,
    on: date,
    policy: Policy,
    holidays: Holidays,
    agreement: Agreement,
    *,
    evidence: str | None,
) -> Escalation:
    """A share of what is due is withheld, once both sides have agreed on the causes and one lies with the party."""
    where = f"escalation '{stood.id}'"
    after = _moved(stood, "withhold", by, on, policy, holidays, evidence)
    if stood.withheld:
        raise refusal(where, "withhold", "a second withholding for one breach", "open another for another breach")
    if against := no_ground(stood, agreement):
        raise refusal(where, "withhold", *against)
    if not 0 < share <= 1:
        raise refusal(
            where, "withhold", f"a share of {spelled(share * 100)} %", "write more than 0 % and at most 100 %"
        )
    sanction = Withheld.model_validate(
        {"id": stood.id, "year": stood.year, "share": spelled(share), "decided": on, "why": stood.breach}
    )
    return after.model_copy(update={"withheld": sanction})


def too_early(stood: Escalation, verb: str, on: date) -> str | None:
    """Why a verb has to wait for the clock of the stage, in words; None: it has not."""
    if verb in EARLY and stood.due and on <= stood.due:
        return f"{on}, while {stood.state} has until {stood.due}"
    return None


def no_ground(stood: Escalation, agreement: Agreement) -> tuple[str, str] | None:
    """What stands against a sanction as the causes are known, and what it takes; None: nothing."""
    if stood.analysis is None:
        return "no joint analysis of the causes", "both sides agree on the causes first"
    if not stood.analysis.agreed_between(*_sides(agreement, stood.party)):
        return "causes that not both sides agree on", "both sides agree on the causes first"
    if not stood.analysis.part_of(stood.party):
        return (
            f"no cause that lies with {stood.party}",
            "agree relief for what nobody could help; nobody is fined for it",
        )
    return None


def analyse(stood: Escalation, analysis: Analysis, by: Person) -> Escalation:
    """Somebody draws up the causes; whoever had agreed to an earlier version agrees anew."""
    where = f"escalation '{stood.id}'"
    if not stood.open:
        raise refusal(where, "analyse", f"an escalation that is {stood.state}", "open another")
    if not set(by.roles) & set(SPEAKERS):
        raise refusal(where, "analyse", f"{by.id}, who speaks for no party", _for(SPEAKERS))
    return stood.model_copy(update={"analysis": analysis.model_copy(update={"agreed": ()})})


def agree_causes(stood: Escalation, by: Person, on: date, agreement: Agreement) -> Escalation:
    """One side agrees to the causes. Each side speaks for itself."""
    where = f"escalation '{stood.id}'"
    if stood.analysis is None:
        raise refusal(where, "agree causes", "no analysis", "draw one up first")
    commissioners, providers = _sides(agreement, stood.party)
    if by.organisation not in commissioners | providers or not set(by.roles) & set(SPEAKERS):
        found = f"{by.id}, who speaks for neither side"
        raise refusal(where, "agree causes", found, f"it is for {' and '.join(sorted(commissioners | providers))}")
    if by.organisation in {one.party for one in stood.analysis.agreed}:
        raise refusal(where, "agree causes", f"{by.organisation}, which has agreed", "the other side agrees now")
    consent = Consent(party=by.organisation, by=by.id, on=on)
    agreed = stood.analysis.model_copy(update={"agreed": (*stood.analysis.agreed, consent)})
    return stood.model_copy(update={"analysis": agreed})


def _sides(agreement: Agreement, party: str) -> tuple[set[str], set[str]]:
    return {one.id for one in agreement.commissioners}, {party}


def _due(policy: Policy, state: str, on: date, holidays: Holidays) -> date | None:
    days = next((one.working_days for one in policy.stages if one.stage == state), None)
    return holidays.after(on, days) if days else None


def _for(roles: tuple[str, ...]) -> str:
    return f"it is for {' or '.join(roles)} to do"
