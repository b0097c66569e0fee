"""Evidence for savings: studies computed, judgement apart, single interventions with their present value."""

from obc.domain.money.finance.amount import thousands
from obc.domain.programme.case_for_change.literature import Benchmark
from obc.reports.business_case_material import Material, share
from obc.reports.charts.chart import Chart
from obc.reports.charts.savings_forest import Range, savings_forest
from obc.reports.document import Block, Grid, Note, Paragraph, Picture, Section
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import listed, percent, plural


def literature(material: Material) -> Section | None:
    """What the studies support; None where there are none."""
    found = material.case.literature
    if found is None or material.file.literature is None:
        return None
    measured = ""
    if found.quantified_low is not None and found.quantified_high is not None:
        measured = f", from {percent(found.quantified_low, 0)} to {percent(found.quantified_high, 0)} of spend"
    said = (
        f"Of {plural(found.studies, 'case study', 'case studies')}, {found.with_savings} measured a saving{measured}. "
        "Without sample sizes and intervals nothing can be pooled: the picture shows ranges, not an average."
    )
    blocks: list[Block] = [
        Paragraph((said,)),
        Picture(forest(material)),
        Grid(_studies(material)),
        Grid(_rows(material)),
    ]
    if found.judged_low is not None and found.judged_high is not None:
        blocks.append(Note("Judgement, not computation", (_judged(material),)))
    return Section("What the literature supports", "literature", tuple(blocks))


def _judged(material: Material) -> str:
    found = material.case.literature
    assert found is not None and found.judged_low is not None and found.judged_high is not None
    low, high = percent(found.judged_low, 0), percent(found.judged_high, 0)
    reach = ""
    if found.supported_low is not None and found.supported_high is not None:
        reach = (
            f" The rows in use reach from {percent(found.supported_low, 0)} to {percent(found.supported_high, 0)}: "
            f"{low} lies within {_within(found.holds_low)}, {high} within {_within(found.holds_high)}."
        )
    return (
        f"The authors judged {low} to {high} for {found.judged_for} and then used it for {found.used_for}.{reach} "
        f"Those rows are about {listed(_populations(found))}."
    )


def _populations(found: Benchmark) -> list[str]:
    return list(dict.fromkeys(row.population for row in found.rows if row.used))


def _within(titles: tuple[str, ...]) -> str:
    return listed(list(titles)) if titles else "none of them"


def forest(material: Material) -> Chart:
    """Adjusted savings by study, with the judged band."""
    found = material.case.literature
    assert found is not None
    ranges = [Range(row.title, row.low, row.high, row.used) for row in found.rows]
    judged = None if found.judged_low is None or found.judged_high is None else (found.judged_low, found.judged_high)
    used = [row for row in found.rows if row.used]
    title = f"{plural(len(used), 'row')} carry over, and they do not agree"
    parts = [f"{row.title}: {_range(row.low, row.high, 1)}" for row in used]
    band = f" The band is the judged range, {percent(judged[0], 0)} to {percent(judged[1], 0)}." if judged else ""
    return savings_forest("savings-by-study", title, f"{'; '.join(parts)}.{band}", ranges, judged)


def _studies(material: Material) -> Table:
    assert material.file.literature is not None
    rows = []
    for study in material.file.literature.studies:
        saving = study.saving
        if saving is None:
            said = "not quantified"
        elif saving.high is None:
            said = saving.as_stated or ""
        elif saving.low is None:
            said = f"up to {percent(saving.high, 0)}"
        elif saving.low == saving.high:
            said = percent(saving.high, 0)
        else:
            said = f"{percent(saving.low, 0)} to {percent(saving.high, 0)}"
        rows.append((f"{study.title}, {study.place}", study.population, ", ".join(study.benefits), said))
    columns = (Column("Study"), Column("People"), Column("Benefits measured"), Column("Saving"))
    return Table("Case studies", columns, tuple(rows))


def _rows(material: Material) -> Table:
    found = material.case.literature
    assert found is not None
    rows: list[tuple[Cell, ...]] = []
    for row in found.rows:
        printed = "not used" if not row.used else _range(row.printed_low, row.printed_high, 0)
        rows.append(
            (
                row.title,
                _range(row.measured_low, row.measured_high, 0),
                percent(row.weight, 0),
                row.because,
                _range(row.low, row.high, 1),
                printed,
            )
        )
    columns = (
        Column("Study"),
        Column("Measured"),
        Column("Weight"),
        Column("Because"),
        Column("Carries over"),
        Column("As printed"),
    )
    return Table("What carries over: measured saving times weight", columns, tuple(rows))


def _range(low: object, high: object, places: int) -> str:
    if high is None:
        return "none"
    if low is None:
        return f"up to {percent(high, places)}"  # type: ignore[arg-type]
    return percent(high, places) if low == high else f"{percent(low, places)} to {percent(high, places)}"  # type: ignore[arg-type]


def interventions(material: Material) -> Section | None:
    """Single interventions and their worth; None where there are none."""
    given = material.file.interventions
    if given is None:
        return None
    terms = given.terms
    said = (
        f"Present values over {plural(terms.years, 'year')} at {percent(terms.rate)} a year; costs raised by "
        f"{percent(terms.costs_up, 0)} and benefits cut by {percent(terms.benefits_down, 0)} against optimism. "
        "What is not costed is not worth nothing: nobody has said what it costs."
    )
    rows = tuple(
        (
            one.title,
            "; ".join(one.effects),
            "not costed" if one.net_minor is None else thousands(one.net_minor),
            share(one.breaks_even, 0) if one.breaks_even is not None else "not costed",
        )
        for one in material.case.interventions
    )
    columns = (
        Column("Intervention"),
        Column("Measured effects"),
        Column("Net present value", "number"),
        Column("Breaks even at"),
    )
    table = Table(f"Interventions ({material.unit})", columns, rows)
    note = Note("Where the money comes from", (f"{terms.source[0].upper()}{terms.source[1:]}.",))
    return Section("Interventions that could deliver", "interventions", (Paragraph((said,)), Grid(table), note))
