"""Choosing providers: the route of a programme's contract, and the assessment of bidders."""

from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from obc.domain.programme.procurement.advice import Advice, Lead, advise
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.assessment_standing import AssessmentStanding
from obc.domain.programme.procurement.feedback import Feedback
from obc.domain.programme.procurement.first_records import FirstRecords
from obc.domain.programme.procurement.law import LegalFacts, Reading, read_law
from obc.domain.programme.procurement.procedure import Procedure, Representation
from obc.domain.programme.procurement.route_choice import RouteFile
from obc.domain.programme.procurement.route_standing import RouteStanding
from obc.domain.programme.procurement.scores import Checked, Moderated, Score
from obc.domain.programme.procurement.structures import Facts
from obc.loaders import procurement as definitions
from obc.loaders.programme import ProgrammeFolder, may_act, open_programme
from obc.services.assessment import AssessmentBook
from obc.services.evidence import Check
from obc.services.procurement_checks import ProcurementChecks
from obc.services.register import Doing
from obc.services.route import RouteBook

ROUTE, ASSESSMENT, RECORDS = "route.yaml", "assessment.yaml", "assessment-records.yaml"


def advice(facts: Facts, lead: Lead) -> Advice:
    """What the table of structures says of facts given by hand."""
    return advise(definitions.decision_table(), facts, lead)


def law(facts: LegalFacts) -> Reading:
    """Which rules govern facts given by hand. Raises `Problems`."""
    return read_law(definitions.procurement_law(), facts)


def route_book(programme: str, trail: Path | None = None) -> RouteBook:
    """The route of a programme. Raises `Problems`."""
    return route_book_in(open_programme(programme, trail))


def assessment_book(programme: str, trail: Path | None = None) -> AssessmentBook:
    """The assessment of a programme. Raises `Problems`."""
    return assessment_book_in(open_programme(programme, trail))


def route_book_in(folder: ProgrammeFolder) -> RouteBook:
    """The route of a programme's folder. Raises `Problems`."""
    return RouteBook(
        file=folder.read(ROUTE, RouteFile),
        table=definitions.decision_table(),
        law=definitions.procurement_law(),
        routes=definitions.routes_to_contract(),
        headings=definitions.headings_of_local_variation(),
        trail=folder.trail,
    )


def assessment_book_in(folder: ProgrammeFolder) -> AssessmentBook:
    """The assessment of a programme's folder. Raises `Problems`."""
    rules = folder.read(ASSESSMENT, Assessment)
    there = (folder.folder / RECORDS).is_file()
    return AssessmentBook(
        rules=rules,
        first=folder.read(RECORDS, FirstRecords) if there else FirstRecords(source="nothing yet"),
        factors=definitions.factors_of(rules.factors),
        law=definitions.procurement_law(),
        holidays=definitions.bank_holidays(),
        people=folder.people,
        trail=folder.trail,
    )


def doing(programme: str, trail: Path | None, by: str, at: datetime, why: str) -> Doing:
    """Who acts on a programme, when and why. Raises `Problems` for a person nobody knows, or a worked programme."""
    folder: ProgrammeFolder = open_programme(programme, trail)
    may_act(folder)
    return Doing(folder.people.named(by), at, why)


def record(book: AssessmentBook, kind: str, given: dict[str, Any], doing: Doing) -> BaseModel:
    """Add a `check`, `score` or `moderate` to an assessment. Raises `Problems`."""
    match kind:
        case "check":
            return book.check(Checked.model_validate(given), doing)
        case "score":
            return book.score(Score.model_validate(given), doing)
        case _:
            return book.moderate(Moderated.model_validate(given), doing)


def represent(book: AssessmentBook, bidder: str, says: str, doing: Doing) -> Procedure:
    """Receive a bidder's representation on the day of the act. Raises `Problems`."""
    return book.represent(Representation(by=bidder, on=doing.at.date(), says=says), doing)


def write_route(standing: RouteStanding, out: Path) -> tuple[Path, ...]:
    """Write the route document and the evidence for local variation as page, PDF and DOCX, with their charts."""
    from obc.reports.route_document import write_route as write

    return (*write(standing, out), *write_local_variation(standing, out))


def write_local_variation(standing: RouteStanding, out: Path) -> tuple[Path, ...]:
    """Write the evidence for local variation as page, PDF and DOCX."""
    from obc.reports.local_variation import write_local_variation as write

    return write(standing.headings, standing.variation, standing.file.contract, out)


def write_award_report(standing: AssessmentStanding, out: Path) -> tuple[Path, ...]:
    """Write the award report as page, PDF, DOCX and workbook, with its charts."""
    from obc.reports.award_report import write_award_report as write

    return write(standing, out)


def write_feedback(standing: AssessmentStanding, told: Feedback, out: Path) -> tuple[Path, ...]:
    """Write what a bidder is told as page, PDF and DOCX."""
    from obc.reports.bidder_feedback import write_feedback as write

    return write(standing.rules, told, out)


def write_ocds(standing: AssessmentStanding, base: str, out: Path) -> Path:
    """Write an assessment's release in the Open Contracting Data Standard. Raises `Problems` before it is public."""
    from obc.reports.exports.ocds import ocds_package
    from obc.reports.filing import file_all

    return file_all(out.parent, {out.name: ocds_package(standing, base)})[0]


def gate_checks(folder: ProgrammeFolder) -> dict[str, Check]:
    """What gates may ask of a programme's route and assessment, by the name that a criterion calls it."""
    route = route_book_in(folder) if (folder.folder / ROUTE).is_file() else None
    assessment = assessment_book_in(folder) if (folder.folder / ASSESSMENT).is_file() else None
    checks = ProcurementChecks(route, assessment)
    return {
        "route-decided": checks.route_decided,
        "local-variation-complete": checks.local_variation_complete,
        "provider-chosen": checks.provider_chosen,
    }
