"""Procurement: the route to contract with its reasons, and the acts that carry it on."""

from collections.abc import Callable, Iterator
from typing import get_args

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from obc.bootstrap import procuring, programme_pages
from obc.domain.contract.workflow.rights import Right
from obc.domain.programme.procurement import route_choice
from obc.domain.programme.procurement.local_variation import LocalVariation, Shown
from obc.domain.programme.procurement.route_choice import ALLOWED_IN, ROUTE, Activity, RouteState
from obc.services.register import Doing
from obc.services.route import CHOICES, RouteBook
from obc.web.access import Visit, page
from obc.web.acts import Act, Field, Sent, acting
from obc.web.not_kept import taught


@page("programmes/<slug:book>/route/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def route(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For the governing body and the market: which route is taken, by which law and why, and what comes next?"""
    book = programme_pages.route_of(visit.held)
    if book is None:
        holds = "what is known of the market and the law, and what it rests on"
        return taught(request, visit, "Route to contract", procuring.ROUTE, holds)
    state = book.states.named("route").state
    links = ()
    if visit.held.has(procuring.ASSESSMENT):
        links = ((reverse("assessment.bidders", args=[visit.held.id]), "Assessment of bidders", "criteria, clocks"),)
    context = {
        "document": programme_pages.route(visit.held),
        "back": (("programme.overview", visit.held.id), "Programme"),
        "state": state,
        "links": links,
        "links_title": "Go on",
    }
    return acting(request, visit, "programme_part.jinja", context, tuple(_acts(book, state)))


def _acts(book: RouteBook, state: str) -> Iterator[Act]:
    processes = tuple((one.process, f"{one.title} ({one.stands})") for one in book.reading().processes)
    for verb in ROUTE.verbs(state):
        fields: tuple[Field, ...] = ()
        if verb in CHOICES:
            fields = (
                Field("process", "Under which process of the law?", "choice", processes),
                Field("advice", "The legal advice it rests on", hint="needed where the process is not certain"),
            )
        by = " or ".join(ROUTE.moves[state][verb].by)
        yield Act(verb, verb.capitalize(), _step(book, verb), fields, says=f"It is for the {by} to do.")
    kinds = tuple((one, one) for one in get_args(route_choice.ActivityKind) if state in ALLOWED_IN[one])
    if kinds:
        fields = (
            Field("kind", "Of which kind?", "choice", kinds),
            Field("what", "What was done?", "long"),
            Field("on", "On which day?", "day"),
        )
        yield Act("activity", "Record what was done towards the market", _activity(book), fields)
    headings = tuple((one.id, f"{one.title}: {one.asks}") for one in book.headings.headings)
    fields = (
        Field("heading", "Under which heading?", "choice", headings),
        Field("says", "What is shown?", "long"),
        Field("evidence", "What bears it out?", hint="a document, a file, a figure"),
        Field("source", "Where does it come from?"),
    )
    yield Act("heading", "Complete a heading of local variation", _heading(book), fields)


def _step(book: RouteBook, verb: str) -> Callable[[Sent, Doing], object]:
    def stepped(sent: Sent, doing: Doing) -> RouteState:
        process = sent.choice("process") if verb in CHOICES else None
        return book.step(verb, doing, process, sent.maybe("advice") if verb in CHOICES else None)

    return stepped


def _activity(book: RouteBook) -> Callable[[Sent, Doing], object]:
    def recorded(sent: Sent, doing: Doing) -> Activity:
        content = {
            "id": f"activity-{doing.at:%Y%m%d-%H%M%S}",
            "kind": sent.choice("kind"),
            "what": sent.text("what"),
            "on": sent.day("on"),
        }
        return book.record_activity(sent.model(Activity, content), doing)

    return recorded


def _heading(book: RouteBook) -> Callable[[Sent, Doing], object]:
    def shown(sent: Sent, doing: Doing) -> LocalVariation:
        content = {
            "heading": sent.choice("heading"),
            "says": sent.text("says"),
            "evidence": (sent.text("evidence"),),
            "source": sent.text("source"),
        }
        return book.complete_heading(sent.model(Shown, content), doing)

    return shown
