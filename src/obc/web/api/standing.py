"""How a contract stands, for programs: an indicator's history, how good figures are, changes, runs, people."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from obc.bootstrap import long_work, offers, people, submissions, variations
from obc.domain.contract.workflow.rights import Right
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.web.access import Visit
from obc.web.api import shapes
from obc.web.api.answers import LONGEST, NOTHING, part, visible
from obc.web.api.rights import visit
from obc.web.pages.submissions import may_see

router = Router()


@router.get("/contracts/{slug:book}/submissions/{slug:id_}/scorecard", response=Scorecard, summary="What it scores")
def scorecard(request: HttpRequest, book: str, id_: str) -> Any:
    """The points of a year, outcome by outcome."""
    found = submissions.scorecard_of(visible(visit(request, book, Right.READ_AGREED), id_))
    if found is None:
        raise HttpError(404, "Only a whole year is scored.")
    return found


@router.get(
    "/contracts/{slug:book}/submissions/{slug:id_}/quality", response=shapes.Qualities, summary="How good it is"
)
def quality(
    request: HttpRequest, book: str, id_: str, offset: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=LONGEST)
) -> Any:
    """Of each figure: how far it can be relied on, and how many are unknown."""
    one = visible(visit(request, book, Right.READ_WORKING), id_)
    return part(submissions.values_of(one).values, offset, limit)


@router.get(
    "/contracts/{slug:book}/indicators/{slug:indicator}/history",
    response=shapes.History,
    summary="What an indicator has been",
)
def history(
    request: HttpRequest,
    book: str,
    indicator: str,
    offset: int = Query(0, ge=0),
    limit: int = Query(200, ge=1, le=LONGEST),
) -> Any:
    """Every figure of an indicator, by submission, the newest submission first."""
    found = visit(request, book, Right.READ_WORKING)
    if all(one.id != indicator for one in found.held.contract.definitions):
        raise HttpError(404, NOTHING)
    rows = [
        {"submission": one.id, "state": one.state, "value": value}
        for one in submissions.submissions(book)
        if may_see(found, one)
        for value in submissions.values_of(one).values
        if value.indicator == indicator
    ]
    return part(rows, offset, limit)


@router.get("/contracts/{slug:book}/changes", response=shapes.Changes, summary="What is to change, and who has agreed")
def changes(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Proposed changes of the contract, the newest first."""
    found = visit(request, book, Right.READ_CONTRACT)
    return part(variations.changes_of(found.held), offset, limit)


@router.get("/contracts/{slug:book}/offers", response=shapes.Offers, summary="What was offered, and what came of it")
def offered(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Offers and counter-offers, the first one first."""
    found = visit(request, book, Right.READ_OFFERS)
    return part(offers.offers_of(found.held), offset, limit)


@router.get("/contracts/{slug:book}/runs", response=shapes.Runs, summary="What was worked out, or is")
def runs(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Long work, the newest first."""
    visit(request, book, Right.READ_WORKING)
    return part([_run(one) for one in long_work.runs_of(book)], offset, limit)


@router.get("/contracts/{slug:book}/runs/{int:number}", response=shapes.RunShown, summary="How far it has come")
def run(request: HttpRequest, book: str, number: int) -> Any:
    """A piece of long work: who asked, how far it is, what came of it."""
    visit(request, book, Right.READ_WORKING)
    found = long_work.run_of(book, number)
    if found is None:
        raise HttpError(404, NOTHING)
    return _run(found)


@router.get("/contracts/{slug:book}/people", response=shapes.People, summary="Who has which role")
def roles(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=LONGEST)
) -> Any:
    """Roles of the contract: those in force first, then those that ended."""
    found: Visit = visit(request, book, Right.MANAGE_PEOPLE)
    return part([{**one.held.model_dump(), "name": one.name} for one in people.members(found.held.id)], offset, limit)


def _run(one: long_work.Run) -> dict[str, Any]:
    return {
        "number": one.pk,
        "title": long_work.title_of(one),
        "kind": one.kind,
        "state": one.state,
        "asked_by": one.asked_by,
        "asked_at": one.asked_at,
        "ended_at": one.ended_at,
        "doing": one.doing,
        "done_of": one.done_of,
        "whole": one.whole,
        "message": one.message,
        "files": long_work.files_of(one),
    }
