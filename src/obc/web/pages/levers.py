"""Levers and actions: what may be pulled now and why, what is in hand, who promised what, what was heard."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from obc.bootstrap import managing, programme_pages
from obc.bootstrap.programmes import HeldProgramme
from obc.domain.contract.workflow.rights import Right
from obc.domain.programme.levers.feedback import FEEDBACK, Feedback
from obc.domain.programme.levers.in_hand import IN_HAND, InHand, Pull
from obc.domain.programme.levers.promises import PROMISE, Promise
from obc.domain.programme.levers.register import FILE
from obc.services.contract_book import ContractBook
from obc.services.levers_book import LeversBook
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.acts import Act, Field, Sent, acting
from obc.web.not_kept import taught
from obc.web.pages.escalations import open_act
from obc.web.words import anchor

_FROM = ("people who use services", "carers", "both")


@page("programmes/<slug:book>/levers/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def catalogue(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For contract managers of both sides: which lever may be pulled now, what is in hand, who owes what by when?"""
    held, today = visit.held, now().date()
    book, contracts = programme_pages.levers_of(held), programme_pages.contracts_of(held)
    if book is None or not contracts:
        return taught(request, visit, "Levers and actions", FILE, "the escalation policy, and the levers in hand")
    contract = contracts[0]
    links = [
        (reverse("escalations.one", args=[held.id, one.id]), one.breach, one.state) for one in book.escalations.records
    ]
    context = {
        "document": programme_pages.levers(held, contract.contract.id, today),
        "back": (("programme.overview", held.id), "Programme"),
        "links": links,
        "links_title": "Go to an escalation",
    }
    return acting(request, visit, "programme_part.jinja", context, tuple(_acts(held, book, contract)))


def pull_act(held: HeldProgramme, book: LeversBook, contract: str, risk: str | None = None) -> Act:
    """The form that pulls a lever for a contract; because of a risk where one is named."""
    permitted = {one.lever for one in book.permitted(contract) if one.now}
    offered = tuple((one.id, one.title) for one in book.catalogue.levers if one.id in permitted and one.move is None)
    people = tuple((one.id, one.name) for one in book.people.people)
    live = tuple((one.id, one.title) for one in held.governance.risks.records if one.live)
    asked = () if risk else (Field("risk", "Which risk does it answer?", "choice", (("", "none"), *live)),)
    fields = (
        Field("lever", "Which lever?", "choice", offered, hint="those that the ladder permits now"),
        *asked,
        Field("what", "What is done with it?", "long"),
        Field("evidence", "What shows that it is needed?", "long"),
        Field("owner", "Who has it in hand?", "choice", people),
        Field("lapses", "Until which day does it hold?", "day"),
    )

    def does(sent: Sent, doing: Doing) -> InHand:
        content = {
            "id": anchor(f"{sent.choice('lever')}-{doing.at:%Y%m%d-%H%M%S}"),
            "lever": sent.choice("lever"),
            "contract": contract,
            "what": sent.text("what"),
            "owner": sent.choice("owner"),
            "evidence": sent.text("evidence"),
            "lapses": sent.day("lapses"),
            "risk": risk or sent.choice("risk") or None,
        }
        return managing.pull_lever(held.governance, book, sent.model(Pull, content), doing)

    return Act("pull", "Pull a lever", does, fields, why="Why this lever, and why now?")


def _acts(held: HeldProgramme, book: LeversBook, contract: ContractBook) -> Iterator[Act]:
    yield pull_act(held, book, contract.contract.id)
    for one in book.in_hand.records:
        title = book.catalogue.lever(one.lever).title
        for verb in IN_HAND.verbs(one.state):
            if verb == "renew":
                field = Field("lapses", "Until which day?", "day")
                yield Act(verb, f"Renew: {title}", _renew(book, one.id), (field,), record=one.id)
            elif verb != "pull":
                yield Act(verb, f"{verb.capitalize()}: {title}", _let_go(book, one.id, verb), record=one.id)
    yield open_act(book, contract.contract)
    yield _promise(book, contract.contract.id)
    for one in book.promises.records:
        yield from _keep(book, one)
    yield _hear(book, contract.contract.id)
    for said in book.feedback.records:
        yield from _answer(book, said)


def _renew(book: LeversBook, name: str) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: book.renew(name, sent.day("lapses"), doing)


def _let_go(book: LeversBook, name: str, verb: str) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: book.let_go(name, verb, doing)


def _promise(book: LeversBook, contract: str) -> Act:
    people = tuple((one.id, one.name) for one in book.people.people)
    sources = (
        *((one.id, one.breach) for one in book.escalations.records if one.open),
        *((one.id, f"lever: {book.catalogue.lever(one.lever).title}") for one in book.in_hand.records),
        *((one.id, f"feedback: {one.said}") for one in book.feedback.records),
    )
    fields = (
        Field("title", "What is going to be done?"),
        Field("owner", "By whom?", "choice", people),
        Field("due", "By which day?", "day"),
        Field("from", "Where does it come from?", "choice", tuple(sources)),
    )

    def does(sent: Sent, doing: Doing) -> Promise:
        content = {
            "id": anchor(sent.text("title"))[:60].strip("-"),
            "contract": contract,
            "title": sent.text("title"),
            "owner": sent.choice("owner"),
            "due": sent.day("due"),
            "from": sent.choice("from"),
        }
        return book.promise(sent.model(Promise, content), doing)

    return Act("promise", "Put an action on file", does, fields)


def _keep(book: LeversBook, one: Promise) -> Iterator[Act]:
    for verb in PROMISE.verbs(one.state):
        fields = (Field("evidence", "What shows it?"),) if verb == "finish" else ()

        def does(sent: Sent, doing: Doing, verb: str = verb) -> Promise:
            return book.keep(one.id, verb, sent.maybe("evidence") if verb == "finish" else None, doing)

        yield Act(verb, f"{verb.capitalize()}: {one.title}", does, fields, record=one.id)


def _hear(book: LeversBook, contract: str) -> Act:
    fields = (
        Field("from", "Who said it?", "choice", tuple((one, one) for one in _FROM)),
        Field("theme", "What is it about?", "choice", tuple((one.id, one.title) for one in book.file.themes)),
        Field("said", "What was said?", "long", hint="summed up so that it points to nobody"),
        Field("suggestion", "What was suggested?", "long", hint="leave empty where nothing was"),
        Field("channel", "How did it come?", hint="as: drop-in, survey by post, carers' group"),
        Field("received", "On which day?", "day"),
    )

    def does(sent: Sent, doing: Doing) -> Feedback:
        content = {
            "id": f"heard-{doing.at:%Y%m%d-%H%M%S}",
            "contract": contract,
            "received": sent.day("received"),
            "channel": sent.text("channel"),
            "from": sent.choice("from"),
            "theme": sent.choice("theme"),
            "said": sent.text("said"),
            "suggestion": sent.maybe("suggestion"),
            "source": f"recorded by {doing.by.id}",
        }
        return book.hear(sent.model(Feedback, content), doing)

    return Act("hear", "Put feedback on file", does, fields)


def _answer(book: LeversBook, one: Feedback) -> Iterator[Act]:
    words = {"reply": "What is the answer?", "change": "What was changed because of it?"}
    for verb in FEEDBACK.verbs(one.state):
        fields = (Field("text", words[verb], "long"),) if verb in words else ()

        def does(sent: Sent, doing: Doing, verb: str = verb) -> Feedback:
            return book.answer(one.id, verb, sent.maybe("text") if verb in words else None, doing)

        titles = {"reply": "Reply to", "change": "Say what changed after", "reopen": "Reopen"}
        yield Act(verb, f"{titles[verb]}: {one.said}", does, fields, record=one.id, says=one.suggestion or "")
