"""A route to contract as a workbook: structures, what would change them, steps, processes of law, evidence."""

from obc.domain.programme.procurement.route_standing import RouteStanding
from obc.reports.spreadsheet import workbook
from obc.reports.table import Column, Table


def route_workbook(standing: RouteStanding) -> bytes:
    """The bytes of an .xlsx file, a sheet a table."""
    notes = (
        standing.advice.says,
        f"Source of the table: {standing.advice.source}.",
        f"The law as it was read on {standing.law.read_on}: a guide to the questions, no legal advice.",
        f"Source of the routes: {standing.routes.source}. Months: {standing.routes.months}.",
    )
    sheets = (
        ("Structures", _structures(standing)),
        ("What would change it", _changes(standing)),
        ("Steps", _steps(standing)),
        ("Milestones", _milestones(standing)),
        ("The law", _law(standing)),
        ("Local variation", _variation(standing)),
        ("Market activity", _activities(standing)),
    )
    return workbook(f"Route to contract: {standing.file.contract}", notes, sheets)


def _table(caption: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table(caption, tuple(map(Column, heads)), rows)


def _structures(standing: RouteStanding) -> Table:
    advice = standing.advice
    rows = tuple(
        (
            one.structure,
            "yes" if one.id == advice.recommended else "no",
            one.sourcing,
            "; ".join(one.pros),
            "; ".join(f"{con.says} (lessened by: {con.mitigation})" for con in one.cons),
        )
        for one in advice.options
    )
    return _table("Structures", ("Structure", "Recommended", "Sourced by", "For it", "Against it"), rows)


def _changes(standing: RouteStanding) -> Table:
    rows = tuple(
        (one.fact, one.would_be, " or ".join(one.options) if one.covered else "nothing: not in the table")
        for one in standing.advice.if_changed
    )
    return _table("The answer with one other fact", ("Fact", "Were it", "The table would give"), rows)


def _steps(standing: RouteStanding) -> Table:
    columns = (Column("Route"), Column("Step"), Column("From month", "points"), Column("Months", "points"))
    rows = tuple(
        (route.title, one.title, one.begins, one.lasts, one.purpose)
        for route in standing.routes.routes
        for one in route.steps
    )
    return Table("Steps", (*columns, Column("What for")), rows)


def _milestones(standing: RouteStanding) -> Table:
    rows = tuple(
        (route.title, one.title, one.at, one.says) for route in standing.routes.routes for one in route.milestones
    )
    columns = (Column("Route"), Column("Milestone"), Column("Month", "points"), Column("What is settled"))
    return Table("Milestones", columns, rows)


def _law(standing: RouteStanding) -> Table:
    rows = tuple(
        (one.title, one.stands, one.regulation, " ".join(one.reasons), " ".join(one.advice))
        for one in standing.law.processes
    )
    return _table("Processes of law", ("Process", "Stands", "Where", "Why", "To mind"), rows)


def _variation(standing: RouteStanding) -> Table:
    rows = []
    for heading in standing.headings.headings:
        shown = standing.variation.under(heading.id)
        said = (shown.says, "; ".join(shown.evidence)) if shown else ("open", "–")
        rows.append((heading.area, heading.title, heading.asks, *said))
    return _table("Evidence for local variation", ("Area", "Heading", "Asks", "Shown", "Evidence"), tuple(rows))


def _activities(standing: RouteStanding) -> Table:
    rows = tuple((str(one.on), one.kind, one.what) for one in standing.activities)
    return _table("Activity towards the market", ("Day", "Kind", "What"), rows)
