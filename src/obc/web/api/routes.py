"""The addresses of the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from ninja.errors import HttpError, Throttled
from ninja.throttling import AnonRateThrottle, AuthRateThrottle

from obc import __version__
from obc.bootstrap import auditing, books, handing_in, measuring, showing, submissions
from obc.domain.contract.workflow.rights import Right
from obc.domain.contract.workflow.submission import Submission
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.trail import head
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.statement import Statement
from obc.web.access import Visit, now
from obc.web.api import programmes, shapes, standing
from obc.web.api.answers import LONGEST, Answering, part, slowed_down, visible
from obc.web.api.rights import BySession, ByToken, person_in, visit
from obc.web.pages.published import PROFILE
from obc.web.pages.submissions import may_see
from obc.web.words import plain

A_MINUTE = AuthRateThrottle("1200/m")
"""How many requests of one token, or of one person, are let through."""

api = Answering(
    title="obc",
    version=__version__,
    description="What the pages of obc show, for programs. Amounts are integers of the minor unit.",
    auth=[ByToken(), BySession()],
    throttle=[AnonRateThrottle("60/m"), A_MINUTE],
    urls_namespace="api",
    docs_url=None,  # its page would load scripts from elsewhere; openapi.json is the document
)
api.add_router("", standing.router)
api.add_router("", programmes.router)
api.add_exception_handler(Throttled, lambda request, throttled: slowed_down(request, throttled, api))


@api.exception_handler(Problems)
def refused(request: HttpRequest, problems: Problems) -> HttpResponse:
    """Problems of what was sent: all of them, and nothing was kept."""
    return api.create_response(request, {"problems": [one.model_dump() for one in problems.problems]}, status=422)


@api.get("/contracts", response=list[shapes.ContractShown], summary="The contracts you have a role in")
def contracts(request: HttpRequest) -> Any:
    """Every contract in which the asker has a role."""
    found = []
    for held in books.all_held():
        person = person_in(request, held.id)
        if person:
            mine = {"roles": person.roles, "organisation": person.organisation}
            found.append({"id": held.id, "title": held.title, "hash": held.hash, **mine})
    return found


@api.get("/contracts/{slug:book}", response=shapes.TermsShown, summary="What a contract is about")
def contract(request: HttpRequest, book: str) -> Any:
    """Parties, term, currency."""
    loaded = visit(request, book, Right.READ_CONTRACT).held.contract
    agreement = loaded.agreement
    parties = [{"id": one.id, "name": one.name, "role": "commissioner"} for one in agreement.commissioners]
    parties += [{"id": one.id, "name": one.name, "role": one.role} for one in agreement.providers]
    return {
        "id": loaded.id,
        "title": agreement.title,
        "summary": agreement.summary,
        "hash": loaded.hash,
        "currency": agreement.currency,
        "structure": agreement.structure,
        "parties": parties,
        "years": loaded.years,
        "begins": loaded.period(loaded.years[0]).start,
        "ends": loaded.period(loaded.years[-1]).end,
    }


@api.get("/contracts/{slug:book}/outcomes", response=list[shapes.OutcomeShown], summary="The outcomes framework")
def outcomes(request: HttpRequest, book: str) -> Any:
    """Outcomes with the ids of their indicators."""
    framework = visit(request, book, Right.READ_CONTRACT).held.contract.framework
    return [
        {
            "id": one.id,
            "title": one.title,
            "goal": one.goal,
            "tier": str(one.tier),
            "indicators": [use.id for use in one.indicators],
        }
        for one in (framework.outcomes if framework else ())
    ]


@api.get("/contracts/{slug:book}/indicators", response=list[shapes.IndicatorShown], summary="What is counted, in words")
def indicators(request: HttpRequest, book: str) -> Any:
    """Every indicator with its sentence."""
    loaded = visit(request, book, Right.READ_CONTRACT).held.contract
    shown = ("id", "title", "why", "measure", "direction")
    return [
        {**{name: getattr(one, name) for name in shown}, "sentence": measuring.sentence_of(loaded, one.id)}
        for one in loaded.definitions
    ]


@api.get("/contracts/{slug:book}/submissions", response=shapes.Submissions, summary="Figures that were submitted")
def submitted(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Submissions, the newest first."""
    found = visit(request, book, Right.READ_AGREED)
    return part([_seen(found, one) for one in submissions.submissions(book) if may_see(found, one)], offset, limit)


@api.post(
    "/contracts/{slug:book}/submissions", response={201: shapes.Warned, 422: shapes.Refused}, summary="Submit figures"
)
def submit(request: HttpRequest, book: str, sent: shapes.Sent) -> Any:
    """Counts of a period. All or nothing is kept."""
    found = visit(request, book, Right.SUBMIT)
    values = ValueSet(values=sent.values)
    if sent.year not in found.held.contract.years or sent.quarter not in (None, 1, 2, 3, 4):
        raise HttpError(422, "There is no such year or quarter in this contract.")
    made, minded = submissions.submit(found.held, values, sent.year, sent.quarter, found.person, now())
    return Status(201, {"submission": made, "warnings": [str(one) for one in minded]})


@api.get("/contracts/{slug:book}/submissions/{slug:id_}", response=Submission, summary="One submission")
def submission(request: HttpRequest, book: str, id_: str) -> Any:
    """A submission as it stands."""
    found = visit(request, book, Right.READ_AGREED)
    return _seen(found, visible(found, id_))


@api.get(
    "/contracts/{slug:book}/submissions/{slug:id_}/returns",
    response=list[shapes.ReturnShown],
    summary="What was handed in beside the figures",
)
def returns(request: HttpRequest, book: str, id_: str) -> Any:
    """Every figure that the contract asks for beside the measured ones, handed in or not."""
    one = visible(visit(request, book, Right.READ_WORKING), id_)
    return [
        {
            "figure": item.input.input,
            "means": item.input.means,
            "unit": item.input.unit,
            "value": plain(item.given.value).replace(",", "") if item.given and item.given.value is not None else None,
            "evidence": item.given.evidence.value if item.given else Evidence.MISSING.value,
            "source": item.given.source if item.given else None,
        }
        for item in handing_in.asked_of(one)
    ]


def _seen(found: Visit, one: Submission) -> Submission:
    """A submission without the figures of its disputes, for who only looks on."""
    return one if found.may(Right.READ_WORKING) else one.model_copy(update={"disputes": ()})


@api.get("/contracts/{slug:book}/submissions/{slug:id_}/values", response=shapes.Values, summary="Its figures")
def values(
    request: HttpRequest, book: str, id_: str, offset: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=LONGEST)
) -> Any:
    """The figures that a submission brought, in their order. Who only looks on has `published`."""
    one = visible(visit(request, book, Right.READ_WORKING), id_)
    return part(submissions.values_of(one).values, offset, limit)


@api.get("/contracts/{slug:book}/submissions/{slug:id_}/statement", response=Statement, summary="Its settlement")
def statement(request: HttpRequest, book: str, id_: str) -> Any:
    """The statement; its canonical bytes, which are signed, are on the page as statement.json."""
    found = submissions.statement_of(visible(visit(request, book, Right.READ_WORKING), id_))
    if found is None:
        raise HttpError(404, "It is not settled yet.")
    return found


@api.get("/contracts/{slug:book}/published/{slug:id_}", response=shapes.Published, summary="What everybody may see")
def published(
    request: HttpRequest, book: str, id_: str, offset: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=LONGEST)
) -> Any:
    """The figures of a published submission, small numbers hidden."""
    visit(request, book, Right.READ_PUBLISHED)
    one = submissions.published(book, id_)
    if one is None:
        raise HttpError(404, "Nothing of that name is published.")
    return part(showing.published(one, PROFILE), offset, limit)


@api.get("/contracts/{slug:book}/audit", response=shapes.Actions, summary="The audit trail")
def audit(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=LONGEST)
) -> Any:
    """Who did what, when and why; `head` is the hash of the last action."""
    visit(request, book, Right.READ_AUDIT)
    actions = auditing.actions(book)
    return {**part(actions, offset, limit), "head": head(actions)}
