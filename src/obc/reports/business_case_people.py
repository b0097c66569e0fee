"""Sections 3, 5, 6 and 7: today, the outcomes, the vision, the people."""

from fractions import Fraction

from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.domain.outcomes.framework.framework import TIERS
from obc.reports.business_case_material import Material
from obc.reports.document import Block, Grid, Items, Note, Paragraph, Section
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed, number, percent, plural

STATUS = {"in": "in", "later": "to come in later", "out": "out"}


def today(material: Material) -> Section:
    """Need, what is contracted, what is measured, what people say is wrong."""
    case = material.case
    blocks: list[Block] = []
    if case.today:
        held = case.today
        blocks.append(
            Paragraph(
                (
                    f"{plural(held.contracts, 'contract')} with {plural(held.providers, 'provider')} make up care "
                    f"today. They end on {day(held.ends)}; to end then, notice is due by {day(held.notice_by)}. "
                    f"On a scale where 1 is one provider for all, contracts are concentrated at "
                    f"{number(held.concentration, 2)}.",
                )
            )
        )
        blocks.append(_contracts(material))
    if case.need.prevalence:
        rows = tuple(
            (one.condition, percent(one.here, 2), percent(one.england, 2), _apart(one.apart), one.source)
            for one in case.need.prevalence
        )
        columns = (
            Column("Condition"),
            Column("Here", "percent"),
            Column("England", "percent"),
            Column("Here less England"),
            Column("Source"),
        )
        blocks.append(Section("Need", "need", (Grid(Table("How common conditions are", columns, rows)),)))
    blocks += _problems(material)
    blocks += _measures(material)
    blocks += _variation(material)
    return Section("Care today", "today", tuple(blocks))


def _contracts(material: Material) -> Grid:
    held = material.finance.today
    assert held is not None
    titles = {service.id: service.title for service in material.finance.services}
    rows = tuple(
        (
            capital(one.id.replace("-", " ")),
            listed([titles[name] for name in one.services]),
            material.names.account(one.provider),
            day(one.ends or held.ends),
            one.source or held.source or "",
        )
        for one in held.contracts
    )
    columns = (Column("Contract"), Column("Services"), Column("Provider"), Column("Ends"), Column("Source"))
    return Grid(Table("Contracts today", columns, rows))


def _apart(value: Fraction) -> str:
    sign = "+" if value > 0 else ""
    return f"{sign}{number(value * 100, 2)} points"


def _problems(material: Material) -> list[Block]:
    problems = material.case.need.problems
    if not problems:
        return []
    rows = tuple((one.says, one.said_by, one.evidence) for one in problems)
    columns = (Column("What is wrong"), Column("Who says so"), Column("What shows it"))
    return [Section("What is wrong today", "problems", (Grid(Table("Problems with their evidence", columns, rows)),))]


def _measures(material: Material) -> list[Block]:
    given = material.file.measures
    if not given:
        return []
    audit = material.case.measures
    counted = listed([f"{count} {kind}" for kind, count in audit.counts])
    rows = tuple((one.title, one.kind, one.why or "") for one in given)
    table = Table("Today's performance measures", (Column("Measure"), Column("Kind"), Column("Why")), rows)
    said = f"Of {plural(len(given), 'measure')} in today's contracts, {counted}. {_outcome_share(audit.outcomes)}"
    return [Section("What is measured today", "measures", (Paragraph((said,)), Grid(table)))]


def _outcome_share(value: Fraction | None) -> str:
    return "None says what became of people." if not value else f"{percent(value, 0)} say what became of people."


def _variation(material: Material) -> list[Block]:
    found = material.case.need.variation
    if found is None:
        return []
    times = f", {number(found.times, 1)} times as much" if found.times else ""
    said = (
        f"{capital(found.what)}: from {percent(found.lowest, 2)} to {percent(found.highest, 2)} of the list of "
        f"{plural(found.practices, 'practice')}{times}; over all, {percent(found.overall, 2)}. "
        f"{len(found.beyond_chance)} lie further out than chance explains (99.8% limits)."
    )
    return [
        Section("Between practices", "practices", (Paragraph((said,)), Note("Source", (f"{capital(found.source)}.",))))
    ]


def outcomes(material: Material) -> Section:
    """What matters to people, and what it is worth."""
    framework = material.contract.framework
    if framework is None:
        return Section("Outcomes that matter", "outcomes", (Paragraph(("No outcomes are agreed yet.",)),))
    tiers = {level: tier for tier, levels in TIERS for level in levels}
    rows = tuple(
        (
            one.title,
            one.goal,
            capital(tiers[one.tier]),
            number(one.points.history[-1].value),
            str(len(one.indicators)),
        )
        for one in framework.outcomes
    )
    columns = (
        Column("Outcome"),
        Column("Goal"),
        Column("Tier"),
        Column("Points", "number"),
        Column("Indicators", "number"),
    )
    extra = [f"{number(one.points)} more points: {one.title}" for one in framework.additional]
    blocks: list[Block] = [
        Paragraph(
            (
                "An outcome is what a person gains, as the person sees it. Outcomes hold for the whole contract; "
                "indicators may change. All providers share them.",
            )
        ),
        Grid(Table("Outcomes by tier, with their points", columns, rows)),
    ]
    if extra:
        blocks.append(Items(tuple((text,) for text in extra)))
    return Section("Outcomes that matter", "outcomes", tuple(blocks))


def vision(material: Material) -> Section:
    """What is to be different."""
    changes = material.file.vision
    if not changes:
        return Section("The vision", "vision", (Paragraph(("No vision is written down yet.",)),))
    lead = Paragraph(("What is to be different for people, once the contract runs:",))
    return Section("The vision", "vision", (lead, Items(tuple((one.says,) for one in changes))))


def people(material: Material) -> Section:
    """Who the contract is for, and with whom each person is compared."""
    segmentation = material.contract.segmentation
    if segmentation is None:
        text = Paragraph(("Nobody is told apart yet: the contract is for everybody in its services.",))
        return Section("Segments and scope", "segments", (text,))
    return Section("Segments and scope", "segments", tuple(_people(segmentation)))


def _people(segmentation: Segmentation) -> list[Block]:
    rows = tuple((rule.title, STATUS[rule.status], rule.reason) for rule in segmentation.scope)
    columns = (Column("People"), Column("In the contract"), Column("Why"))
    segments = tuple((rule.title, rule.source) for rule in segmentation.segments)
    return [
        Paragraph((segmentation.why,)),
        Grid(Table("Segments", (Column("Segment"), Column("Where it comes from")), segments)),
        Paragraph(("Who is in scope: the first line that holds decides.",)),
        Grid(Table("Scope of people", columns, rows)),
    ]
