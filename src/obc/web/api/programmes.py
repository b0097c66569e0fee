"""How a programme stands, for programs: read only; what is done there is done by people, on its pages."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from obc.bootstrap import programme_pages, programmes
from obc.bootstrap.programme_pages import tables_of
from obc.bootstrap.programmes import HeldProgramme
from obc.domain.contract.workflow.rights import Right
from obc.domain.programme.gates.schedule import late_first as late_first_tasks
from obc.domain.programme.gates.schedule import schedule
from obc.domain.programme.levers.promises import late_first
from obc.domain.programme.risks.register import FILE as RISKS
from obc.services.levers_book import LeversBook
from obc.services.portfolio import portfolio
from obc.web.access import Visit, now
from obc.web.api import programme_shapes as shapes
from obc.web.api.answers import LONGEST, NOTHING, part
from obc.web.api.rights import person_in

router = Router()
AT = "/programmes/{slug:book}"
Part = Literal["overview", "plan", "risks", "levers", "engagement", "route", "assessment"]


@router.get("/programmes", response=list[shapes.ProgrammeShown], summary="The programmes you have a role in")
def listed(request: HttpRequest) -> Any:
    """Every programme in which the asker has a role."""
    found = [(held, person_in(request, held.id)) for held in programmes.all_held()]
    return [
        {"id": held.id, "title": held.title, "roles": person.roles, "organisation": person.organisation}
        for held, person in found
        if person
    ]


@router.get(f"{AT}/due", response=shapes.Dues, summary="What is due, and whose it is")
def due(request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)) -> Any:
    """Gates, conditions, tasks and reviews of risks that are overdue or fall due soon."""
    return part(portfolio(_visit(request, book).held.governance, _today()).due, offset, limit)


@router.get(f"{AT}/gates", response=shapes.Gates, summary="Gates and how far they are")
def gates(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Every gate."""
    rows = [
        {
            **{name: getattr(one, name) for name in ("id", "title", "contract", "kind", "body", "due", "state")},
            "criteria_met": len(one.criteria) - len(one.unmet),
            "criteria": len(one.criteria),
            "decision": one.decision.says if one.decision else None,
            "conditions_open": len(one.open_conditions),
        }
        for one in _visit(request, book).held.governance.gates.records
    ]
    return part(rows, offset, limit)


@router.get(f"{AT}/tasks", response=shapes.Tasks, summary="The plan, late ones first")
def tasks(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=LONGEST)
) -> Any:
    """Every task with its days."""
    rows = [
        {
            **{name: getattr(one.task, name) for name in ("id", "title", "owner", "state")},
            "begins": one.begin,
            "last_day": one.last_day,
            "promised": one.task.due,
            "days_late": one.late,
            "slack": one.slack,
            "critical": one.critical,
        }
        for one in late_first_tasks(schedule(_visit(request, book).held.governance.plan, _today()))
    ]
    return part(rows, offset, limit)


@router.get(f"{AT}/risks", response=shapes.Risks, summary="The register of risks")
def risks(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Every risk with its scores."""
    held = _kept(_visit(request, book).held, RISKS)
    rows = [
        {
            **{name: getattr(one, name) for name in ("id", "title", "category", "owner", "review_by", "state")},
            "score_before": one.before.score,
            "score": one.standing.score,
            "band": one.standing.band,
            "score_after": one.after.score,
        }
        for one in held.governance.risks.records
    ]
    return part(rows, offset, limit)


@router.get(f"{AT}/levers", response=shapes.Levers, summary="Levers, and what may be pulled now")
def levers(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(100, ge=1, le=LONGEST)
) -> Any:
    """The catalogue with what the ladder says of each lever, for the contract that has a folder."""
    held = _visit(request, book).held
    kept, contracts = _levers(held), programme_pages.contracts_of(held)
    says = {one.lever: one for one in kept.permitted(contracts[0].contract.id)} if contracts else {}
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "manner": one.manner,
            "permitted": says[one.id].now,
            "because": says[one.id].because,
            "takes": says[one.id].takes,
        }
        for one in kept.catalogue.levers
        if one.id in says
    ]
    return part(rows, offset, limit)


@router.get(f"{AT}/levers-in-hand", response=shapes.LeversInHand, summary="Levers in hand, by whom and until when")
def in_hand(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Every lever that is, was or is meant to be pulled."""
    names = ("id", "lever", "what", "owner", "risk", "since", "lapses")
    rows = [
        {**{name: getattr(one, name) for name in names}, "title": title, "state": one.standing(_today())}
        for title, one in programme_pages.titled_levers(_visit(request, book).held)
    ]
    return part(rows, offset, limit)


@router.get(f"{AT}/escalations", response=shapes.Escalations, summary="Breaches, and what the ladder permits now")
def escalations(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Every escalation."""
    held = _visit(request, book).held
    kept = _levers(held)
    names = ("id", "contract", "party", "about", "breach", "state", "since", "due")
    rows = [
        {
            **{name: getattr(one, name) for name in names},
            "permitted": tuple(
                rung.verb
                for rung in kept.ladder(one.id, programme_pages.contract_of(held, one.contract).contract, _today())
                if rung.now
            ),
        }
        for one in kept.escalations.records
    ]
    return part(rows, offset, limit)


@router.get(f"{AT}/promises", response=shapes.Promises, summary="Actions with owners and days")
def promises(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Every action."""
    names = ("id", "title", "owner", "due", "state")
    kept = late_first(_levers(_visit(request, book).held).promises.records, _today())
    return part(
        [{**{name: getattr(one, name) for name in names}, "late": one.late(_today())} for one in kept], offset, limit
    )


@router.get(f"{AT}/findings", response=shapes.Findings, summary="What people said, and what was done")
def findings(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """Every finding with its answer."""
    made = programme_pages.engagement_of(_visit(request, book).held)
    if made is None:
        raise HttpError(404, NOTHING)
    rows = [
        {
            **{name: getattr(one, name) for name in ("id", "says", "said_by", "state")},
            "did": one.answer.did if one.answer else None,
            "answer": one.answer.says if one.answer else None,
        }
        for one in made.findings.records
    ]
    return part(rows, offset, limit)


@router.get(f"{AT}/scores", response=shapes.Scores, summary="Scores of bidders, as far as you may see them")
def scores(
    request: HttpRequest, book: str, offset: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=LONGEST)
) -> Any:
    """While scoring is open an assessor sees only their own, and nobody else sees any."""
    found = _visit(request, book)
    kept = programme_pages.assessment_of(found.held)
    if kept is None:
        raise HttpError(404, NOTHING)
    person = programmes.actor(found.held, found.person.id)
    may, seen = programme_pages.scores_for(kept, person, found.person.roles)
    return {**part(seen, offset, limit), "may": may, "state": kept.course().state}


@router.get(f"{AT}/tables/{{slug:name}}", response=shapes.Tables, summary="The tables of a page, cell by cell")
def tables(
    request: HttpRequest, book: str, name: Part, offset: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=LONGEST)
) -> Any:
    """What the page of that part shows in tables, to the same asker."""
    found = _visit(request, book)
    shown = programme_pages.part_named(found.held, name, _today(), found.person.id, found.person.roles)
    if shown is None:
        raise HttpError(404, NOTHING)
    return part(tables_of(shown), offset, limit)


def _visit(request: HttpRequest, book: str) -> Visit:
    """The visit, if the asker has a role there and may read. For others the programme is not there."""
    held, person = programmes.held(book), person_in(request, book)
    if held is None or person is None:
        raise HttpError(404, NOTHING)
    found = Visit(person, held)
    if not found.may(Right.READ_PROGRAMME):
        raise HttpError(403, f"Your role here does not let you {Right.READ_PROGRAMME.value}.")
    return found


def _kept(held: HeldProgramme, file: str) -> HeldProgramme:
    if not held.has(file):
        raise HttpError(404, NOTHING)
    return held


def _levers(held: HeldProgramme) -> LeversBook:
    book = programme_pages.levers_of(held)
    if book is None:
        raise HttpError(404, NOTHING)
    return book


def _today() -> date:
    return now().date()
