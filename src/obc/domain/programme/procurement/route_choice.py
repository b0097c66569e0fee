"""The route of one contract: facts and reasons, what was chosen, and what may be done with the market meanwhile."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Person, Text
from obc.domain.core.kernel.problem import Problem, Problems, refusal, wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.programme.procurement.advice import Lead
from obc.domain.programme.procurement.law import LegalFacts, Reading
from obc.domain.programme.procurement.local_variation import Headings, LocalVariation, Shown, open_headings
from obc.domain.programme.procurement.structures import Facts

_BODY = ("chair", "accountable officer")
_TEAM = ("programme director", "procurement lead")

REVIEW, SECOND_HALF, PREPARING = "service review", "second half of the review", "review, preparing for the market"
MARKET, NEGOTIATION, AGREED = "open to the market", "negotiation", "agreed"

ROUTE = Machine(
    "the route to contract",
    "not decided",
    {
        "not decided": {"choose the review": Move(REVIEW, _BODY), "choose the market": Move(MARKET, _BODY)},
        REVIEW: {"pass the mid-point": Move(SECOND_HALF, _TEAM), "raise concerns": Move(PREPARING, _TEAM)},
        SECOND_HALF: {
            "decide for the providers": Move(NEGOTIATION, _BODY),
            "decide for the market": Move(MARKET, _BODY),
        },
        PREPARING: {
            "decide for the providers": Move(NEGOTIATION, _BODY),
            "decide for the market": Move(MARKET, _BODY),
        },
        NEGOTIATION: {"agree": Move(AGREED, _BODY), "decide for the market": Move(MARKET, _BODY)},
        MARKET: {"agree": Move(AGREED, _BODY)},
    },
)

ActivityKind = Literal["preparation", "market"]
"""preparation: work of the commissioner alone; market: anything that reaches providers outside the review."""

ALLOWED_IN: dict[ActivityKind, tuple[str, ...]] = {"preparation": (PREPARING, MARKET), "market": (MARKET,)}
"""When each may be done. Before the decision the market is not approached (business case of 2013, section 8)."""


class Activity(Written):
    """Something done towards the market, or to prepare for it."""

    id: Slug
    kind: ActivityKind
    what: Text
    on: date


class RouteState(Written):
    """Where the route stands: the process of law that was chosen, and the advice where it was not certain."""

    id: Slug = "route"
    state: Text = ROUTE.first
    process: Slug | None = None
    legal_advice: Text | None = None


class Reasoned(Written):
    """What a fact rests on."""

    fact: Literal["market", "complexity", "integration", "lead"]
    because: Text
    source: Text


class RouteFile(Written):
    """`route.yaml`: what is known of the market and the law, what it rests on, and the first records."""

    contract: Slug
    facts: Facts
    lead: Lead = "unknown"
    because: tuple[Reasoned, ...]
    law: LegalFacts
    opens: date = Field(description="the day of the decision that opens the route")
    stands: RouteState = RouteState()
    local_variation: tuple[Shown, ...] = ()
    source: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        given = [one.fact for one in self.because]
        lacking = [fact for fact in ("market", "complexity", "integration") if fact not in given]
        if lacking:
            raise wrong(f"nothing said about {', '.join(lacking)}", "say what each fact rests on", "because")
        if self.stands.state not in ROUTE.states:
            raise wrong(f"'{self.stands.state}'", f"write one of {', '.join(ROUTE.states)}", "stands", "state")
        headings = [one.heading for one in self.local_variation]
        for i, name in enumerate(headings):
            if name in headings[:i]:
                raise wrong(f"'{name}' twice", "say everything under one heading", "local variation", i, "heading")
        return self


def chosen(
    route: RouteState, verb: str, by: Person, law: Reading, process: str | None, advice: str | None
) -> RouteState:
    """The route after the choice between review and market, under a process of the law that is open.

    A process that is not certain asks for the legal advice it rests on. Raises `Problems`.
    """
    state = ROUTE.after(route.state, verb, by.roles, "route")
    known = ", ".join(f"{one.process} ({one.stands})" for one in law.processes) or "none: take legal advice"
    if process is None:
        raise refusal("route", "process", "no process of the law", f"name one; there is {known}")
    judged = law.process(process)
    if judged is None:
        raise refusal("route", "process", f"'{process}', which {law.title} does not have", f"there is {known}")
    if judged.stands == "closed":
        raise refusal(
            "route", "process", f"'{process}', which is closed: {'; '.join(judged.reasons)}", f"there is {known}"
        )
    advised = (advice or "").strip() or None
    if judged.stands == "not certain" and advised is None:
        found = f"'{process}', which is not certain: {'; '.join(judged.reasons)}"
        raise refusal("route", "process", found, "answer what is not known, or name the legal advice it rests on")
    return route.model_copy(update={"state": state, "process": process, "legal_advice": advised})


def moved(route: RouteState, verb: str, by: Person) -> RouteState:
    """The route after one of its other moves. Raises `Problems`."""
    return route.model_copy(update={"state": ROUTE.after(route.state, verb, by.roles, "route")})


def agreed(route: RouteState, by: Person, headings: Headings, variation: LocalVariation) -> RouteState:
    """The route with its contract agreed. Raises `Problems` while a heading of local variation is open."""
    after = moved(route, "agree", by)
    problems: tuple[Problem, ...] = tuple(open_headings(headings, variation))
    if problems:
        raise Problems(problems)
    return after


def activity(route: RouteState, done: Activity) -> Activity:
    """The activity, if the route allows it now. Raises `Problems`."""
    allowed = ALLOWED_IN[done.kind]
    if route.state in allowed:
        return done
    kind = "market activity" if done.kind == "market" else "preparation for the market"
    first = (
        "decide the service review first: the market is not approached before"
        if done.kind == "market"
        else "it begins where the mid-point of the review raises concerns"
    )
    raise refusal("route", "activity", f"{kind} while the route is {route.state}", first)
