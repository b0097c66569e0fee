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
from obc.web.words import anchor, day

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
        (reverse("escalations.one", args=[held.id, one.id]), one.breach.rstrip("."), one.state)
        for one in book.escalations.records
    ]
    context = {
        "document": programme_pages.levers(held, contract.contract.id, today),
        "back": (("programme.overview", held.id), "Programme"),
        "links": links,
        "links_title": "Go to an escalation",
    }
    return acting(request, visit, "programme_part.jinja", context, tuple(_acts(held, book, contract, visit.person.id)))


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


def _acts(held: HeldProgramme, book: LeversBook, contract: ContractBook, user: str) -> Iterator[Act]:
    yield pull_act(held, book, contract.contract.id)
    yield from _in_hand(book)
    yield open_act(book, contract.contract)
    yield _promise(book, contract.contract.id)
    yield from _keep(book, user)
    yield _hear(book, contract.contract.id)
    yield from _answer(book)


def _in_hand(book: LeversBook) -> Iterator[Act]:
    titles = {"renew": "Renew a lever", "let go": "Let go of a lever", "drop": "Drop a lever that was proposed"}
    for verb, title in titles.items():
        offered = [one for one in book.in_hand.records if verb in IN_HAND.verbs(one.state)]
        which = tuple((one.id, f"{book.catalogue.lever(one.lever).title} ({one.owner})") for one in offered)
        if which:
            until = (Field("lapses", "Until which day?", "day"),) if verb == "renew" else ()
            does = _renew(book) if verb == "renew" else _let_go(book, verb)
            yield Act(verb, title, does, (Field("in_hand", "Which lever?", "choice", which), *until))


def _renew(book: LeversBook) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: book.renew(sent.choice("in_hand"), sent.day("lapses"), doing)


def _let_go(book: LeversBook, verb: str) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: book.let_go(sent.choice("in_hand"), verb, doing)


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


def _keep(book: LeversBook, user: str) -> Iterator[Act]:
    """An owner finishes; somebody else looks at what was done."""
    titles = {
        "finish": "Finish an action of yours",
        "confirm": "Confirm that an action was done",
        "send back": "Send an action back",
        "drop": "Drop an action",
    }
    for verb, title in titles.items():
        offered = [one for one in book.promises.records if verb in PROMISE.verbs(one.state)]
        if verb != "drop":
            offered = [one for one in offered if (one.owner == user) == (verb == "finish")]
        which = tuple((one.id, f"{one.title} ({one.owner}, {day(one.due)})") for one in offered)
        if which:
            evidence = (Field("evidence", "What shows it?"),) if verb == "finish" else ()
            fields = (Field("action", "Which action?", "choice", which), *evidence)
            yield Act(verb, title, _kept(book, verb), fields)


def _kept(book: LeversBook, verb: str) -> Callable[[Sent, Doing], object]:
    def does(sent: Sent, doing: Doing) -> Promise:
        return book.keep(sent.choice("action"), verb, sent.maybe("evidence") if verb == "finish" else None, doing)

    return does


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


def _answer(book: LeversBook) -> Iterator[Act]:
    asked = {"reply": "What is the answer?", "change": "What was changed because of it?", "reopen": None}
    titles = {"reply": "Reply to feedback", "change": "Say what changed", "reopen": "Say that a reply is none"}
    for verb, title in titles.items():
        offered = [one for one in book.feedback.records if verb in FEEDBACK.verbs(one.state)]
        which = tuple((one.id, f"{one.said} ({one.suggestion or 'no suggestion'})") for one in offered)
        if which:
            text = (Field("text", asked[verb], "long"),) if asked[verb] else ()
            yield Act(
                verb, title, _answered(book, verb), (Field("feedback", "Which feedback?", "choice", which), *text)
            )


def _answered(book: LeversBook, verb: str) -> Callable[[Sent, Doing], object]:
    def does(sent: Sent, doing: Doing) -> Feedback:
        return book.answer(sent.choice("feedback"), verb, sent.maybe("text") if verb != "reopen" else None, doing)

    return does
