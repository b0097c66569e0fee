"""What pages show of a programme: the same documents that are written as files, and more of them, page by page."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, NamedTuple, TypeVarTuple

from obc.bootstrap import engagement as engaging
from obc.bootstrap import governing, managing, procuring
from obc.bootstrap.programmes import HeldProgramme, actor
from obc.bootstrap.showing import Shown, shown
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.engagement.engagement_file import FILE as ENGAGEMENT
from obc.domain.programme.gates.schedule import slipped
from obc.domain.programme.levers.in_hand import InHand
from obc.domain.programme.levers.promises import late_first
from obc.domain.programme.levers.register import FILE as LEVERS
from obc.domain.programme.procurement.scores import Score
from obc.domain.programme.procurement.sight import Sight, left, seen, sight
from obc.domain.programme.risks.history import history
from obc.domain.programme.risks.register import FILE as RISKS
from obc.services.assessment import AssessmentBook
from obc.services.contract_book import ContractBook
from obc.services.engagement import Engagement
from obc.services.levers_book import LeversBook
from obc.services.portfolio import portfolio
from obc.services.route import RouteBook
from obc.store.book import end_of

if TYPE_CHECKING:
    from obc.reports.document import Section
    from obc.reports.governance import Governed

AUDITOR = "auditor"
Parts = TypeVarTuple("Parts")


def _drawn_once(make: Callable[[HeldProgramme, *Parts], Shown]) -> Callable[[HeldProgramme, *Parts], Shown]:
    """Draw a document once for all who ask until somebody acts: it depends on the files, the trail and the day."""

    def as_of(head: str, one: HeldProgramme, *parts: *Parts) -> Shown:
        return make(one, *parts)

    kept: Callable[..., Shown] = lru_cache(maxsize=24)(as_of)

    @wraps(make)
    def drawn(one: HeldProgramme, *parts: *Parts) -> Shown:
        return kept(end_of(one.id)[1], one, *parts)

    return drawn


@_drawn_once
def overview(one: HeldProgramme, on: date) -> Shown:
    """Portfolio, what is due, gates, savings promised and delivered, who decides."""
    from obc.reports.governance_pages import overview_document

    return shown(overview_document(_governed(one, on), tuple(_savings(one))))


@_drawn_once
def plan(one: HeldProgramme, on: date, slip: tuple[str, int] | None) -> Shown:
    """The plan; `slip`: what moves if a task takes so many days longer. Raises `Problems` for no such task."""
    from obc.reports.governance_pages import plan_document

    governed = one.governance
    moved = (governed.tasks.named(slip[0]).title, slip[1], slipped(governed.plan, *slip, on)) if slip else None
    return shown(plan_document(_governed(one, on), moved))


@_drawn_once
def gate(one: HeldProgramme, record: str, on: date) -> Shown:
    """One gate with its history."""
    from obc.reports.governance_pages import gate_document

    return shown(gate_document(_governed(one, on), one.governance.gates.named(record), one.trail.read()))


@_drawn_once
def risks(one: HeldProgramme, on: date) -> Shown:
    """The register of risks with its heat map."""
    from obc.reports.risks import risks_document

    return shown(risks_document(governing.risky(one.governance, on, one.trail.read())))


@_drawn_once
def risk(one: HeldProgramme, record: str, on: date) -> Shown:
    """One risk: how it stands, its controls, the levers pulled because of it, its history."""
    from obc.reports.risk_page import risk_document

    answers = [(title, held) for title, held in titled_levers(one) if held.risk == record]
    governed = one.governance
    moves = history(one.trail.read())
    return shown(risk_document(governed.risks.named(record), governed.appetite, moves, answers, on))


def titled_levers(one: HeldProgramme) -> tuple[tuple[str, InHand], ...]:
    """Every lever that is or was in hand, with its title; none where the programme has no file of levers."""
    book = levers_of(one)
    return tuple((book.catalogue.lever(held.lever).title, held) for held in book.in_hand.records) if book else ()


@_drawn_once
def levers(one: HeldProgramme, named: str, on: date) -> Shown:
    """Escalations, promises, what was heard, savings, and each lever with what the ladder says of it now."""
    from obc.reports.levers import Managed, levers_document

    book, contract = managing.levers_in(one.place), contract_of(one, named)

    id_ = contract.contract.id
    agreement = contract.contract.agreement
    given = Managed(
        title=agreement.title,
        on=on,
        in_hand=book.in_hand.records,
        catalogue=book.catalogue,
        escalations=tuple(each for each in book.escalations.records if each.contract == id_),
        promises=late_first([each for each in book.promises.records if each.contract == id_], on),
        steps=(),
        heard=book.heard(id_, on),
        savings=tuple(each.year for each in book.against_plan(contract.contract)),
        currency=agreement.currency,
        permitted=book.permitted(id_),
    )
    return shown(levers_document(given))


@_drawn_once
def escalation(one: HeldProgramme, record: str, on: date) -> Shown:
    """One escalation with its ladder."""
    from obc.reports.escalation_page import escalation_document

    book = managing.levers_in(one.place)
    contract = contract_of(one, book.escalations.named(record).contract)

    found = book.escalations.named(record)
    rungs = book.ladder(record, contract.contract, on)
    return shown(escalation_document(found, rungs, book.file.policy, one.trail.read(), on))


@_drawn_once
def engagement(one: HeldProgramme, on: date) -> Shown:
    """What was heard, what became of it, who endorses the outcomes."""
    from obc.reports.engagement import engagement_document

    made = engaging.engagement(one.place)
    return shown(engagement_document(made.heard(on), made.file, made.outcomes))


@_drawn_once
def route(one: HeldProgramme) -> Shown:
    """The route to contract with its reasons, and where it stands."""
    from obc.reports.route_document import route_document

    return shown(route_document(procuring.route_book_in(one.place).standing()))


def assessment(book: AssessmentBook, person: Person | None, roles: tuple[str, ...]) -> Shown:
    """The assessment as somebody may see it: blind while scoring is open."""
    from obc.reports.assessment_page import Seen, assessment_document

    may, scores = scores_for(book, person, roles)
    to_come = left(book.rules, book.scores.records, book.checks.records, book.agreed.records)
    return shown(assessment_document(Seen(book.standing(), may, scores, to_come)))


def scores_for(book: AssessmentBook, person: Person | None, roles: tuple[str, ...]) -> tuple[Sight, tuple[Score, ...]]:
    """What somebody may see of the scores, and those. An auditor reads all, and takes no part."""
    may = sight(book.rules, book.course(), person)
    if AUDITOR in roles and (person is None or person.id not in book.rules.assessors):
        may = "panel"
    return may, seen(book.scores.records, may, person)


def told(book: AssessmentBook, bidder: str) -> Shown:
    """What a bidder is told, once notice was given. Raises `Problems` before."""
    from obc.reports.bidder_feedback import bidder_feedback

    return shown(bidder_feedback(book.rules, book.feedback_to(bidder)))


def part_named(one: HeldProgramme, part: str, on: date, user: str, roles: tuple[str, ...]) -> Shown | None:
    """What the page of a part shows somebody; None where the programme does not keep it."""
    contracts = contracts_of(one) if part == "levers" and one.has(LEVERS) else ()
    judged = assessment_of(one) if part == "assessment" else None
    if judged is not None:
        return assessment(judged, actor(one, user), roles)
    if contracts:
        return levers(one, contracts[0].contract.id, on)
    files = {"risks": RISKS, "engagement": ENGAGEMENT, "route": procuring.ROUTE}
    if part not in ("overview", "plan") and not (part in files and one.has(files[part])):
        return None
    match part:
        case "overview":
            return overview(one, on)
        case "plan":
            return plan(one, on, None)
        case "risks":
            return risks(one, on)
        case "engagement":
            return engagement(one, on)
        case _:
            return route(one)


class Cells(NamedTuple):
    """A table as a page has it, cell by cell."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(document: Shown) -> tuple[Cells, ...]:
    """The tables of a document and of its pictures, in their order, with the cells as they are written."""
    from obc.reports.document import Grid, Picture, blocks_of

    found = []
    for block in blocks_of(document.document):
        if isinstance(block, Grid | Picture):
            table = block.table if isinstance(block, Grid) else block.chart.table
            rows = tuple(tuple(map(str, row)) for row in table.shown_rows)
            found.append(Cells(table.caption, tuple(column.heading for column in table.columns), rows))
    return tuple(found)


def levers_of(one: HeldProgramme) -> LeversBook | None:
    """Its levers; None where it has no file of them."""
    return managing.levers_in(one.place) if one.has(LEVERS) else None


def contracts_of(one: HeldProgramme) -> tuple[ContractBook, ...]:
    """Its contracts that have a folder."""
    named = [each.folder for each in one.governance.programme.contracts if each.folder]
    return tuple(managing.contract_book_in(one.place, name) for name in named)


def contract_of(one: HeldProgramme, id_: str) -> ContractBook:
    """The contract of that id. Raises `Problems` where the programme has none such."""
    found = next((each for each in contracts_of(one) if each.contract.id == id_), None)
    if found is None:
        raise refusal(one.id, "contract", f"'{id_}', which has no folder here", "write the contract's folder first")
    return found


def engagement_of(one: HeldProgramme) -> Engagement | None:
    """Its engagement; None where it has no file of it."""
    return engaging.engagement(one.place) if one.has(ENGAGEMENT) else None


def route_of(one: HeldProgramme) -> RouteBook | None:
    """Its route; None where it has no file of it."""
    return procuring.route_book_in(one.place) if one.has(procuring.ROUTE) else None


def assessment_of(one: HeldProgramme) -> AssessmentBook | None:
    """Its assessment; None where it has no file of it."""
    return procuring.assessment_book_in(one.place) if one.has(procuring.ASSESSMENT) else None


def _governed(one: HeldProgramme, on: date) -> "Governed":
    governed = one.governance
    return governing.seen(governed, portfolio(governed, on))


def _savings(one: HeldProgramme) -> "Iterator[Section]":
    from obc.reports.levers import savings_section

    book = levers_of(one)
    for contract in contracts_of(one) if book else ():
        years = tuple(each.year for each in book.against_plan(contract.contract)) if book else ()
        if years:
            title = f"Savings promised and delivered: {contract.contract.agreement.title}"
            currency = contract.contract.agreement.currency
            yield savings_section(title, f"savings-{contract.contract.id}", years, currency)
