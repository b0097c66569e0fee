"""The assessment of bidders: scored blind, moderated, decided after its standstill, with reasons for everybody."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from obc.bootstrap import procuring, programme_pages
from obc.bootstrap.programmes import actor
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.procurement.course import REVIEWS
from obc.domain.programme.procurement.procedure import ASSESSMENT
from obc.domain.programme.procurement.sight import sight, to_score
from obc.services.assessment import AssessmentBook
from obc.services.register import Doing
from obc.web.access import Visit, page, refused
from obc.web.acts import Act, Field, Sent, acting
from obc.web.downloads import showed
from obc.web.not_kept import taught

Does = Callable[[Sent, Doing], object]


@page("programmes/<slug:book>/assessment/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def bidders(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For assessors, moderator and who decides; for bidders: by what are offers judged, where does it stand?"""
    book, person = programme_pages.assessment_of(visit.held), actor(visit.held, visit.person.id)
    if book is None:
        holds = "who bids, the criteria with their weights, who scores, who moderates, who decides"
        return taught(request, visit, "Assessment of bidders", procuring.ASSESSMENT, holds)
    course = book.course()
    links = []
    if course.notice:
        links = [
            (reverse("assessment.told", args=[visit.held.id, one.id]), f"What {one.name} is told", "")
            for one in book.rules.bidders
            if _may_be_told(book, visit, person, one.id)
        ]
    context = {
        "document": programme_pages.assessment(book, person, visit.person.roles),
        "back": (("procurement.route", visit.held.id), "Route to contract"),
        "state": course.state,
        "notes": tuple(_notes(book, person)),
        "links": links,
        "links_title": "Feedback to bidders",
    }
    return acting(request, visit, "programme_part.jinja", context, tuple(_acts(book, person)))


@page("programmes/<slug:book>/assessment/<slug:record>/", Right.READ_PROGRAMME)
def told(request: HttpRequest, visit: Visit, record: str) -> HttpResponse:
    """For a bidder, once notice was given: what did we score and why, and what may we know of the winner?"""
    book, person = programme_pages.assessment_of(visit.held), actor(visit.held, visit.person.id)
    if book is None or record not in [one.id for one in book.rules.bidders]:
        raise Http404
    if not _may_be_told(book, visit, person, record):
        return refused(request, "What a bidder is told is for that bidder, and for those who judged.", 403)
    try:
        document = programme_pages.told(book, record)
    except Problems as problems:
        return refused(request, f"Not yet: {problems.problems[0].found}; {problems.problems[0].expected}.", 403)
    context = {
        "visit": visit,
        "document": document,
        "back": (("assessment.bidders", visit.held.id), "Assessment"),
        "acts": (),
        "refused": None,
    }
    return showed(request, "programme_part.jinja", context)


def _may_be_told(book: AssessmentBook, visit: Visit, person: Person | None, bidder: str) -> bool:
    """Whether somebody may read what a bidder is told: its own people, and those who see the panel's scores."""
    names = book.rules.bidder(bidder).names
    own = person is not None and person.organisation in names
    return own or programme_pages.scores_for(book, person, visit.person.roles)[0] == "panel"


def _notes(book: AssessmentBook, person: Person | None) -> Iterator[str]:
    if person is None:
        return
    for bidder in book.rules.bidders:
        if conflict := person.conflict_with(*bidder.names):
            yield f"You take no part in judging: {conflict}."
            return
    asked = to_score(book.rules, book.course(), person, book.checks.records)
    if asked:
        given = {f"{one.bidder}/{one.question}" for one in book.scores.records if one.by == person.id}
        to_come = [one for one in asked if one not in given]
        yield f"You have scored {len(asked) - len(to_come)} of {len(asked)} answers."


def _acts(book: AssessmentBook, person: Person | None) -> Iterator[Act]:
    """What the state allows somebody of these roles. What only some people may do is refused to the others by name."""
    course = book.course()
    allowed = ASSESSMENT.verbs(course.state, person.roles if person else ())
    if "publish the criteria" in allowed:
        says = "From then on criteria, weights and anchors cannot change, and scoring begins."
        yield _plain("publish the criteria", book.publish_criteria, says)
    if "check" in allowed:
        yield _check(book)
    if "score" in allowed and person is not None:
        yield from _score(book, person)
    if "close scoring" in allowed:
        yield _plain("close scoring", book.close_scoring, "Refused while a score or a check is missing.")
    if "moderate" in allowed and sight(book.rules, course, person) == "panel":
        yield _moderate(book)
    if "conclude" in allowed:
        yield _plain("conclude", book.conclude, "Refused while an answer is not agreed on.")
    if "give notice" in allowed:
        yield _plain("give notice", book.give_notice, "The standstill begins on the day after.")
    if "receive a representation" in allowed:
        yield _represent(book)
    for outcome in REVIEWS:
        if outcome in allowed and outcome != "abandon":
            yield Act(outcome, outcome.capitalize(), _review(book, outcome), says="By those who did not judge.")
    if "award" in allowed:
        yield _plain("award", book.award, "Refused before the standstill has ended.")
    if "abandon" in allowed:
        yield _plain("abandon", book.abandon, "The assessment ends without an award.")


def _plain(verb: str, does: Callable[[Doing], object], says: str) -> Act:
    return Act(verb, verb.capitalize(), lambda sent, doing: does(doing), says=says)


def _bidders(book: AssessmentBook) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.name) for one in book.rules.bidders)


def _check(book: AssessmentBook) -> Act:
    fields = (
        Field("bidder", "Which bidder?", "choice", _bidders(book)),
        Field("item", "Which item?", "choice", tuple((one.id, one.asks) for one in book.rules.items)),
        Field("result", "Does it pass?", "choice", (("pass", "pass"), ("fail", "fail"))),
        Field("evidence", "What shows it?"),
    )

    def does(sent: Sent, doing: Doing) -> object:
        names = {name: sent.choice(name) for name in ("bidder", "item", "result")}
        return procuring.record(book, "check", {**names, "evidence": sent.text("evidence")}, doing)

    return Act("check", "Check an item", does, fields)


def _score(book: AssessmentBook, person: Person) -> Iterator[Act]:
    bidders, asks = dict(_bidders(book)), {one.id: one for one in book.rules.questions}
    mine = {f"{one.bidder}/{one.question}": one for one in book.scores.records if one.by == person.id}
    for name in to_score(book.rules, book.course(), person, book.checks.records):
        bidder, question = name.split("/")
        given = mine.get(name)
        scale = tuple((str(one.score), f"{one.score}: {one.means}") for one in book.rules.scale(asks[question]))
        fields = (
            Field("score", "Your score", "choice", scale, value=str(given.score) if given else ""),
            Field("evidence", "Where in the offer does it stand?", value=given.evidence if given else ""),
        )
        done = f" (you gave {given.score})" if given else ""
        title = f"Score {bidders[bidder]}: {asks[question].asks}{done}"
        why = "Which anchor does it meet, and why?"
        yield Act("score", title, _scored(book, bidder, question), fields, record=name.replace("/", "--"), why=why)


def _scored(book: AssessmentBook, bidder: str, question: str) -> Does:
    def does(sent: Sent, doing: Doing) -> object:
        given = {
            "bidder": bidder,
            "question": question,
            "by": doing.by.id,
            "score": int(sent.choice("score")),
            "evidence": sent.text("evidence"),
            "because": doing.why or "–",
        }
        return procuring.record(book, "score", given, doing)

    return does


def _moderate(book: AssessmentBook) -> Act:
    questions = tuple((one.id, one.asks) for one in book.rules.questions)
    points = sorted({one.score for question in book.rules.questions for one in book.rules.scale(question)})
    fields = (
        Field("bidder", "Which bidder?", "choice", _bidders(book)),
        Field("question", "Which question?", "choice", questions),
        Field("score", "What did the panel agree on?", "choice", tuple((str(one), str(one)) for one in points)),
        Field("told", "What may other bidders be told of it?", hint="leave empty for nothing"),
    )

    def does(sent: Sent, doing: Doing) -> object:
        given = {
            "bidder": sent.choice("bidder"),
            "question": sent.choice("question"),
            "score": int(sent.choice("score")),
            "because": doing.why or "–",
            "told": sent.maybe("told"),
        }
        return procuring.record(book, "moderate", given, doing)

    why = "What did the panel agree on, and why?"
    return Act("moderate", "Record what the panel agreed on", does, fields, why=why)


def _represent(book: AssessmentBook) -> Act:
    fields = (
        Field("bidder", "Which bidder?", "choice", _bidders(book)),
        Field("says", "What did it write?", "long"),
    )

    def does(sent: Sent, doing: Doing) -> object:
        return procuring.represent(book, sent.choice("bidder"), sent.text("says"), doing)

    return Act("receive a representation", "Receive a representation", does, fields)


def _review(book: AssessmentBook, outcome: str) -> Does:
    return lambda sent, doing: book.review(outcome, doing)
