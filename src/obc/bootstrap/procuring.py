"""Choosing providers: the route of a programme's contract, and the assessment of bidders."""

from datetime import datetime
from pathlib import Path

from obc.domain.programme.procurement.advice import Advice, Lead, advise
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.law import LegalFacts, Reading, read_law
from obc.domain.programme.procurement.route_choice import RouteFile
from obc.domain.programme.procurement.scores import FirstRecords
from obc.domain.programme.procurement.structures import Facts
from obc.loaders import procurement as definitions
from obc.loaders.programme import ProgrammeFolder, may_act, open_programme
from obc.services.assessment import AssessmentBook
from obc.services.register import Doing
from obc.services.route import RouteBook

RECORDS = "assessment-records.yaml"


def advice(facts: Facts, lead: Lead) -> Advice:
    """What the table of structures says of facts given by hand."""
    return advise(definitions.decision_table(), facts, lead)


def law(facts: LegalFacts) -> Reading:
    """Which rules govern facts given by hand. Raises `Problems`."""
    return read_law(definitions.procurement_law(), facts)


def route_book(programme: str, trail: Path | None = None) -> RouteBook:
    """The route of a programme. Raises `Problems`."""
    folder = open_programme(programme, trail)
    return RouteBook(
        file=folder.read("route.yaml", RouteFile),
        table=definitions.decision_table(),
        law=definitions.procurement_law(),
        routes=definitions.routes_to_contract(),
        headings=definitions.headings_of_local_variation(),
        trail=folder.trail,
    )


def assessment_book(programme: str, trail: Path | None = None) -> AssessmentBook:
    """The assessment of a programme. Raises `Problems`."""
    folder = open_programme(programme, trail)
    rules = folder.read("assessment.yaml", Assessment)
    there = (folder.folder / RECORDS).is_file()
    return AssessmentBook(
        rules=rules,
        first=folder.read(RECORDS, FirstRecords) if there else FirstRecords(source="nothing yet"),
        factors=definitions.factors_of(rules.factors),
        law=definitions.procurement_law(),
        holidays=definitions.bank_holidays(),
        trail=folder.trail,
    )


def doing(programme: str, trail: Path | None, by: str, at: datetime, why: str) -> Doing:
    """Who acts on a programme, when and why. Raises `Problems` for a person nobody knows, or a worked programme."""
    folder: ProgrammeFolder = open_programme(programme, trail)
    may_act(folder)
    return Doing(folder.people.named(by), at, why)
