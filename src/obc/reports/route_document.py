"""The route to contract as a document: structure, routes, law, and where it stands."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from obc.domain.core.kernel.period import add_months
from obc.domain.programme.procurement.advice import Option, in_words
from obc.domain.programme.procurement.law import Judged
from obc.domain.programme.procurement.local_variation import missing
from obc.domain.programme.procurement.route_choice import ROUTE
from obc.domain.programme.procurement.route_standing import RouteStanding
from obc.domain.programme.procurement.routes import Route
from obc.reports.charts.route_timeline import Span, route_timeline
from obc.reports.document import Block, Document, Grid, Items, Link, Note, Paragraph, Picture, Section
from obc.reports.filing import file_all
from obc.reports.renderings import renderings
from obc.reports.route_workbook import route_workbook
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed, plural

STEM = "route-to-contract"
_CHANGED = {"market": "The market", "complexity": "The services", "integration": "The fit"}


def route_document(standing: RouteStanding) -> Document:
    """Advice, routes, law and state, in this order."""
    return Document(
        title=f"Route to contract: {standing.file.contract.replace('-', ' ')}",
        subtitle=f"Commissioning structure and route · opens on {day(standing.file.opens)}",
        blocks=(
            Paragraph((standing.advice.says,), lead=True),
            Section("Commissioning structure", "structure", tuple(_structure(standing))),
            Section("Routes to contract", "routes", tuple(_routes(standing))),
            Section("The law", "law", tuple(_law(standing))),
            Section("Where it stands", "state", tuple(_state(standing))),
        ),
        foot=FOOT,
    )


def _structure(standing: RouteStanding) -> Iterator[Block]:
    advice = standing.advice
    clauses = dict(zip(("market", "complexity", "integration"), in_words(advice.facts), strict=True))
    rows = tuple(
        (_CHANGED[one.fact], capital(clauses[one.fact]), one.because, one.source)
        for one in standing.file.because
        if one.fact in clauses
    )
    yield Grid(Table("The facts", (Column("About"), Column("Fact"), Column("Because"), Column("Source")), rows))
    for option in advice.options:
        yield Section(capital(option.structure), option.id, tuple(_option(option, option.id == advice.recommended)))
    if advice.open_question:
        yield Note(
            "One question is open", (f"{advice.open_question} The table gives two structures and does not choose.",)
        )
    elif advice.covered:
        yield Paragraph((f"Recommended because {advice.because}.",))
    changed = tuple(
        (_CHANGED[one.fact], one.would_be.replace("-", " "), _given(one.covered, one.same, one.options))
        for one in advice.if_changed
    )
    columns = (Column("Fact"), Column("Were it"), Column("The table would give"))
    yield Section(
        "What would change the answer",
        "changes",
        (
            Paragraph(("Each fact turned over, the others as they are.",)),
            Grid(Table("The answer with one other fact", columns, changed)),
            Paragraph((f"Source of the table: {advice.source}.",)),
        ),
    )


def _given(covered: bool, same: bool, options: tuple[str, ...]) -> str:
    if not covered:
        return "Nothing: the table does not cover it"
    return "The same" if same else capital(" or ".join(options))


def _option(option: Option, recommended: bool) -> Iterator[Block]:
    if recommended:
        yield Paragraph(("Recommended.",))
    yield Paragraph((f"Sourced by: {option.sourcing}.",))
    if option.pros:
        yield Paragraph(("What speaks for it:",))
        yield Items(tuple((one,) for one in option.pros))
    if option.cons:
        rows = tuple((con.says, con.mitigation, con.source) for con in option.cons)
        columns = (Column("What speaks against it"), Column("What would lessen it"), Column("Source of the cure"))
        yield Grid(Table(f"Against: {option.structure}", columns, rows))


def _routes(standing: RouteStanding) -> Iterator[Block]:
    for route in standing.routes.routes:
        weighed = (
            Section("Benefits", f"{route.id}-benefits", (Items(tuple((one,) for one in route.benefits)),)),
            Section("Risks", f"{route.id}-risks", (Items(tuple((one,) for one in route.risks)),)),
        )
        yield Section(route.title, route.id, (Paragraph((route.how,)), *weighed, *_timeline(standing, route)))
    yield Paragraph(
        (
            f"Steps, benefits and risks: {standing.routes.source}. How long steps take: {standing.routes.months}. "
            "The critical success factors hold on both routes.",
        )
    )


def _timeline(standing: RouteStanding, route: Route) -> Iterator[Block]:
    start = standing.file.opens
    spans = [Span(one.title, one.begins, one.begins + one.lasts, one.track == "twin") for one in route.steps]
    days = {one.id: _day(start, one.at) for one in route.milestones}
    spans += [Span(one.title, one.at, one.at, day=f"{days[one.id]:%b %Y}") for one in route.milestones]
    end = max(span.ends for span in spans)
    sentence = (
        f"{plural(len(route.steps), 'step')} over {end} months from {day(start)}, as bars; milestones as diamonds: "
        f"{listed([f'{one.title.lower()} in {days[one.id]:%B %Y}' for one in route.milestones])}."
    )
    if any(span.maybe for span in spans):
        sentence += " A hollow bar is only done where the mid-point raised concerns."
    title = f"{route.title}: {end} months, if nothing slips"
    yield Picture(route_timeline(f"timeline-{route.id}", title, sentence, spans))
    rows = tuple((one.title, one.purpose) for one in route.steps)
    yield Grid(Table(f"Steps of the {route.title.lower()}", (Column("Step"), Column("What for")), rows))
    gates = tuple((one.title, day(days[one.id]), one.says) for one in route.milestones)
    yield Grid(Table("Milestones", (Column("Milestone"), Column("Day"), Column("What is settled")), gates))


def _day(start: date, months: Fraction) -> date:
    whole = int(months)
    return add_months(start, whole) + timedelta(days=int((months - whole) * 30))


def _law(standing: RouteStanding) -> Iterator[Block]:
    law = standing.law
    yield Paragraph((f"{law.title}{f' ({law.instrument})' if law.instrument else ''}. {law.minds}",))
    if law.criteria:
        yield Paragraph(("Providers are judged by:",))
        yield Items(tuple((one,) for one in law.criteria))
    rows = tuple((one.title, capital(one.stands), " ".join(one.reasons), one.regulation) for one in law.processes)
    columns = (Column("Process"), Column("Stands"), Column("Why"), Column("Where"))
    yield Grid(Table(f"Processes for a procurement that begins on {day(law.begins)}", columns, rows))
    for one in law.processes:
        if one.stands != "closed":
            yield Section(one.title, f"process-{one.process}", tuple(_process(one)))
    yield Note(
        "No legal advice",
        (f"This is a guide to the questions, as the rules were read on {day(law.read_on)} ({law.source}).",),
    )


def _process(one: Judged) -> Iterator[Block]:
    if one.advice:
        yield Items(tuple((capital(advice),) for advice in one.advice))
    if one.notices:
        rows = tuple((capital(notice.what), notice.when, notice.regulation) for notice in one.notices)
        yield Grid(Table(f"To be published: {one.title}", (Column("Notice"), Column("When"), Column("Where")), rows))
    yield Paragraph((f"Standstill: {one.standstill}." if one.standstill else "No standstill is laid down.",))


def _state(standing: RouteStanding) -> Iterator[Block]:
    route = standing.route
    under = f" under the process '{route.process}'" if route.process else ""
    advised = f" on this legal advice: {route.legal_advice}" if route.legal_advice else ""
    allowed = listed([f"'{verb}'" for verb in ROUTE.verbs(route.state)])
    yield Paragraph((f"The route is {route.state}{under}{advised}. It allows now: {allowed or 'nothing more'}.",))
    if standing.activities:
        rows = tuple((day(one.on), one.kind, one.what) for one in standing.activities)
        yield Grid(Table("Activity towards the market", (Column("Day"), Column("Kind"), Column("What")), rows))
    else:
        yield Paragraph(("No activity towards the market is recorded. None is allowed before the review is decided.",))
    open_ = missing(standing.headings, standing.variation)
    of = len(standing.headings.headings)
    yield Paragraph(
        (
            f"Evidence for local variation: {of - len(open_)} of {of} headings completed. See ",
            Link("the evidence", "local-variation.html"),
            ".",
        )
    )


def write_route(standing: RouteStanding, folder: Path) -> tuple[Path, ...]:
    """Write `route-to-contract` as .html, .pdf, .docx and .xlsx, with its charts as files; returns the paths."""
    made = renderings(route_document(standing), STEM)
    return file_all(folder, made | {f"{STEM}.xlsx": route_workbook(standing)})
