"""Risks: the register with its heat map, each risk with its history, and what is done about it."""

from collections.abc import Callable, Iterator
from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from obc.bootstrap import managing, programme_pages
from obc.bootstrap.programmes import HeldProgramme
from obc.domain.contract.workflow.rights import Right
from obc.domain.programme.risks import risk as risks
from obc.domain.programme.risks.register import FILE
from obc.domain.programme.risks.risk import RISK, Risk
from obc.domain.programme.risks.scale import LIKELIHOOD, SEVERITY, Rating
from obc.services import keep_risks
from obc.services.governance import Governance
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.acts import Act, Field, Sent, acting
from obc.web.not_kept import taught
from obc.web.pages.levers import pull_act
from obc.web.words import anchor

_SEVERITY = tuple((str(step), f"{step}: {word}") for step, (word, _) in SEVERITY.items())
_LIKELIHOOD = tuple((str(step), f"{step}: {word}") for step, (word, _) in LIKELIHOOD.items())
_ENDINGS = tuple((one, one) for one in get_args(risks.Ending))


@page("programmes/<slug:book>/risks/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def register(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For risk owners and the board: which risks are beyond what we carry, and who does what about them?"""
    held = visit.held
    if not held.has(FILE):
        return taught(request, visit, "Risks", FILE, "the risks of the programme, who owns each, and what is carried")
    governed = held.governance
    worst = sorted(governed.risks.records, key=lambda one: (not one.live, -one.standing.score, one.id))
    links = [
        (
            reverse("risks.risk", args=[held.id, one.id]),
            one.title,
            f"{one.standing.score} {one.standing.band}, {one.state}",
        )
        for one in worst
    ]
    context = {
        "document": programme_pages.risks(held, now().date()),
        "back": (("programme.overview", held.id), "Programme"),
        "links": links,
        "links_title": "Go to a risk, the worst first",
    }
    return acting(request, visit, "programme_part.jinja", context, (_raise(governed),))


@page("programmes/<slug:book>/risks/<slug:record>/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def risk(request: HttpRequest, visit: Visit, record: str) -> HttpResponse:
    """For the owner of a risk, and those above: how does it stand, what answers it, what must I decide?"""
    held = visit.held
    found = next((one for one in held.governance.risks.records if one.id == record), None) if held.has(FILE) else None
    if found is None:
        raise Http404
    context = {
        "document": programme_pages.risk(held, found.id, now().date()),
        "back": (("risks.register", held.id), "Risks"),
        "state": found.standing.band if found.live else found.state,
    }
    return acting(request, visit, "programme_part.jinja", context, tuple(_acts(held, found)))


def _acts(held: HeldProgramme, found: Risk) -> Iterator[Act]:
    governed, allowed = held.governance, RISK.verbs(found.state)
    made = _Made(governed, found.id)
    if "assess" in allowed:
        fields = (
            *_rating("before", "before its controls", found.before),
            *_rating("after", "after its controls", found.after),
        )
        yield Act("assess", "Rate it anew", made.assess, fields, why="Why?")
    if found.live:
        yield from _levers(held, found)
    planned = tuple((one.id, one.what) for one in found.controls if not one.in_place)
    if "control" in allowed and planned:
        fields = (Field("control", "Which control?", "choice", planned), Field("evidence", "Where can it be seen?"))
        yield Act("control", "Say that a control is in place", made.control, fields)
    if "review" in allowed:
        says = "By another than who assessed it last."
        yield Act("review", "Review it", made.review, (Field("by", "When is the next look?", "day"),), says=says)
    if "escalate" in allowed:
        bodies = tuple((one.id, one.title) for one in governed.programme.bodies)
        field = Field("to", "To which body?", "choice", bodies, value=governed.appetite.to)
        yield Act("escalate", "Escalate it", made.escalate, (field,))
    if "take back" in allowed:
        yield Act("take back", "Take it back", made.take_back, says="Once it is within what is carried again.")
    if "close" in allowed:
        yield Act("close", "Close it", made.close, (Field("how", "How did it end?", "choice", _ENDINGS),))
    if "reopen" in allowed:
        yield Act("reopen", "Open it again", made.reopen, (Field("by", "When is the next look?", "day"),))
    if "supersede" in allowed:
        others = tuple((one.id, one.title) for one in governed.risks.records if one.live and one.id != found.id)
        if others:
            field = Field("instead", "Which risk stands for it now?", "choice", others)
            yield Act("supersede", "Supersede it", made.supersede, (field,))


def _levers(held: HeldProgramme, found: Risk) -> Iterator[Act]:
    """A lever that answers this risk, if the programme has levers and a contract to pull them for."""
    book = programme_pages.levers_of(held)
    if book is None:
        return
    planned = {one.id: one.folder for one in held.governance.programme.contracts if one.folder}
    named = next((planned[name] for name in found.contracts if name in planned), None)
    contracts = programme_pages.contracts_of(held)
    if contracts:
        about = managing.contract_book_in(held.place, named) if named else contracts[0]
        yield pull_act(held, book, about.contract.id, found.id)


class _Made:
    """What is done to one risk from what was typed."""

    def __init__(self, governed: Governance, record: str):
        self._governed, self._record = governed, record

    def assess(self, sent: Sent, doing: Doing) -> Risk:
        before, after = (
            Rating(
                severity=int(sent.choice(f"{when}-severity")),
                likelihood=int(sent.choice(f"{when}-likelihood")),
                because=doing.why or None,
            )
            for when in ("before", "after")
        )
        return keep_risks.assess(self._governed, self._record, before, after, doing)

    def control(self, sent: Sent, doing: Doing) -> Risk:
        return keep_risks.control(self._governed, self._record, sent.choice("control"), sent.text("evidence"), doing)

    def review(self, sent: Sent, doing: Doing) -> Risk:
        return keep_risks.review(self._governed, self._record, sent.day("by"), doing)

    def escalate(self, sent: Sent, doing: Doing) -> Risk:
        return keep_risks.escalate(self._governed, self._record, sent.choice("to"), doing)

    def take_back(self, sent: Sent, doing: Doing) -> Risk:
        return keep_risks.take_back(self._governed, self._record, doing)

    def close(self, sent: Sent, doing: Doing) -> Risk:
        how: risks.Ending = sent.choice("how")  # type: ignore[assignment]
        return keep_risks.close(self._governed, self._record, how, doing)

    def reopen(self, sent: Sent, doing: Doing) -> Risk:
        return keep_risks.reopen(self._governed, self._record, sent.day("by"), doing)

    def supersede(self, sent: Sent, doing: Doing) -> Risk:
        return keep_risks.supersede(self._governed, self._record, sent.choice("instead"), doing)


def _rating(when: str, words: str, now_: Rating | None = None) -> tuple[Field, Field]:
    severity, likelihood = (str(now_.severity), str(now_.likelihood)) if now_ else ("3", "3")
    return (
        Field(f"{when}-severity", f"Severity, {words}", "choice", _SEVERITY, value=severity),
        Field(f"{when}-likelihood", f"Likelihood, {words}", "choice", _LIKELIHOOD, value=likelihood),
    )


def _raise(governed: Governance) -> Act:
    people = tuple((one.id, one.name) for one in governed.people.people if risks.OWNER in one.roles)
    contracts = tuple((one.id, one.title) for one in governed.programme.contracts)
    fields = (
        Field("title", "What is it called?"),
        Field("what", "What could happen, and what then?", "long"),
        Field("register", "Whose risk is it?", "choice", tuple((one, one) for one in get_args(risks.Register))),
        Field("category", "Of which kind?", "choice", tuple((one, one) for one in get_args(risks.Category))),
        Field("contracts", "Which contracts does it bear on?", "many", contracts),
        *_rating("before", "before its controls"),
        Field("control", "What is going to be done about it?", "long"),
        *_rating("after", "once that is done"),
        Field("owner", "Who owns it?", "choice", people),
        Field("by", "When is the first look?", "day"),
    )
    return Act("raise", "Raise a risk", _raised(governed), fields, why="Why is it raised now?")


def _raised(governed: Governance) -> Callable[[Sent, Doing], object]:
    def raised(sent: Sent, doing: Doing) -> Risk:
        ratings = {
            when: {
                "severity": int(sent.choice(f"{when}-severity")),
                "likelihood": int(sent.choice(f"{when}-likelihood")),
            }
            for when in ("before", "after")
        }
        content = {
            "id": anchor(sent.text("title"))[:60].strip("-"),
            "title": sent.text("title"),
            "what": sent.text("what"),
            "register": sent.choice("register"),
            "category": sent.choice("category"),
            "contracts": sent.many("contracts"),
            **ratings,
            "controls": [{"id": "first", "what": sent.text("control")}],
            "owner": sent.choice("owner"),
            "raised": doing.at.date(),
            "assessed by": doing.by.id,
            "review by": sent.day("by"),
            "source": f"raised by {doing.by.id}",
        }
        return keep_risks.raise_risk(governed, sent.model(Risk, content), doing)

    return raised
