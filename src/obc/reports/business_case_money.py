"""Section 4: baseline, scope, projections, envelope, savings and the evidence for them."""

from obc.domain.money.finance.amount import label, thousands
from obc.domain.money.finance.projection import OPTIONS
from obc.reports.business_case_evidence import interventions, literature
from obc.reports.business_case_material import OPTION_NAMES, Material
from obc.reports.charts.chart import Chart
from obc.reports.charts.options_over_years import Line, options_over_years
from obc.reports.charts.scope_bars import ScopeTotal, scope_bars
from obc.reports.document import Block, Grid, Items, Paragraph, Picture, Section
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital

SCOPES = {
    "in": "In from the first day",
    "later": "To come in later",
    "influence": "Paid elsewhere, to be influenced",
    "out": "Out",
}


def money(material: Material) -> Section:
    """The financial case."""
    sections = [_baseline(material), _projection(material), _envelope(material), _savings(material)]
    sections += [part for part in (literature(material), interventions(material)) if part is not None]
    return Section("The financial case", "money", tuple(sections))


def scope_chart(material: Material) -> Chart:
    """Spend by scope."""
    total = material.case.services.total
    amounts = (total.in_minor, total.later_minor, total.influence_minor, total.out_minor)
    totals = [
        ScopeTotal(name, amount, key == "in") for (key, name), amount in zip(SCOPES.items(), amounts, strict=True)
    ]
    title = f"{material.millions(total.in_minor)} of {material.millions(total.spend_minor)} is in scope"
    said = "; ".join(f"{one.name.lower()}: {material.millions(one.amount_minor)}" for one in totals)
    return scope_bars("spend-by-scope", title, f"{capital(said)}.", totals, material.case.currency)


def options_chart(material: Material) -> Chart:
    """The options over the years, with the envelope."""
    projection = material.case.projection
    lines = [Line(OPTION_NAMES[name], projection.option(name)) for name in OPTIONS]
    lines.append(Line("Envelope", tuple(one.envelope_minor for one in material.case.envelope)))
    ends = "; ".join(f"{line.name.lower()} {material.millions(line.amounts_minor[-1])}" for line in lines)
    title = f"By {projection.years[-1]} the options are {material.millions(_spread(lines))} apart"
    return options_over_years(
        "options-over-years",
        title,
        f"In {projection.years[-1]}: {ends}. The axis does not begin at nothing.",
        projection.years,
        lines,
        material.case.currency,
    )


def _spread(lines: list[Line]) -> int:
    ends = [line.amounts_minor[-1] for line in lines[:-1]]
    return max(ends) - min(ends)


def _baseline(material: Material) -> Section:
    held = material.case.services
    rows = tuple(
        (
            line.title,
            *(_k(amount) for amount in (line.spend_minor, line.in_minor, line.later_minor, line.influence_minor)),
            _k(line.out_minor),
            capital(line.reason or ""),
        )
        for line in held.lines
    )
    total = held.total
    sums = (total.spend_minor, total.in_minor, total.later_minor, total.influence_minor, total.out_minor)
    numbers = ("Spend", "In", "Later", "Influence", "Out")
    columns = (Column("Service"), *(Column(name, "number") for name in numbers), Column("Why"))
    table = Table(
        f"Services by scope, plan for {material.case.projection.years[0]} ({material.unit})",
        columns,
        rows,
        ("Total", *(thousands(amount) for amount in sums), ""),
    )
    said = (
        f"{held.services} service lines, {held.services_with_spend} of them with spend. "
        "Every pound stands in exactly one scope, and a service may be split between several."
    )
    return Section(
        "What is spent, and what is in scope",
        "baseline",
        (Paragraph((said,)), Picture(scope_chart(material)), Grid(table)),
    )


def _k(amount: int) -> Cell:
    return thousands(amount) if amount else "–"


def _projection(material: Material) -> Section:
    projection = material.case.projection
    rows = (
        ("Do nothing", projection.do_nothing_minor),
        ("Less efficiency savings", [-amount for amount in projection.efficiency_savings_minor]),
        ("Do nothing with efficiency savings", projection.do_nothing_with_efficiency_minor),
        ("Less outcomes-based savings", [-amount for amount in projection.outcomes_savings_minor]),
        ("Outcomes based", projection.outcomes_based_minor),
        (
            "Outcomes based less efficiency savings",
            [a - b for a, b in zip(projection.option(OPTIONS[2]), projection.option(OPTIONS[1]), strict=True)],
        ),
    )
    table = material.by_year("What each option costs", "Option", projection.years, rows)
    return Section("Projections", "projections", (Picture(options_chart(material)), Grid(table)))


def _envelope(material: Material) -> Section:
    lines = [line for line in material.case.services.lines if line.envelope_minor]
    rows = tuple(
        (line.title, thousands(line.envelope_minor), _forecast(line.forecast_minor), thousands(line.envelope_minor))
        for line in lines
    )
    total = material.case.services.total
    sums = ("Total", thousands(total.envelope_minor), _forecast(total.forecast_minor), thousands(total.envelope_minor))
    columns = (Column("Service"), Column("Plan", "number"), Column("Forecast", "number"), Column("Envelope", "number"))
    table = Table(f"Financial envelope ({material.unit})", columns, rows, sums)
    envelope = material.finance.envelope
    why = f"The envelope is the plan: {envelope.why}." if envelope.why else "The envelope is the plan."
    by_year = material.by_year(
        "The envelope by year",
        "Envelope",
        (one.year for one in material.case.envelope),
        [("A year", [one.envelope_minor for one in material.case.envelope])],
    )
    return Section("Envelope", "envelope", (Paragraph((why,)), Grid(table), Grid(by_year)))


def _forecast(amount: int | None) -> Cell:
    return "" if amount is None else thousands(amount)


def _savings(material: Material) -> Section:
    savings, finance = material.case.savings, material.finance
    years = [label(year) for year in finance.years]
    blocks: list[Block] = [Grid(_assumptions(material, years))]
    printed = finance.savings.printed
    if printed is not None:
        rows = [(f"{one.cluster} {one.title}", one.amounts) for one in printed.clusters if any(one.amounts)]
        table = material.by_year("Cumulative savings by cluster, as printed", "Cluster", years, rows)
        total = ("Total as printed", *(thousands(amount) for amount in printed.totals))
        blocks.append(Grid(Table(table.caption, table.columns, table.rows, total)))
    if savings.modelled:
        model = [
            ("Saved, each spell once", [year.saved_minor for year in savings.modelled]),
            ("Of it, cost that can leave", [year.released_minor for year in savings.modelled]),
            ("Counted twice if assumptions were added up", [year.double_minor for year in savings.modelled]),
        ]
        caption = "Savings worked out from spells (illustrative spells and unit costs)"
        blocks.append(Grid(material.by_year(caption, "Savings", years, model)))
    if savings.investment:
        put = [
            ("Investment", [one.investment_minor for one in savings.investment]),
            ("Savings of the clusters said to pay for it", [one.savings_minor for one in savings.investment]),
        ]
        blocks.append(Grid(material.by_year("Investment in primary care", "Amount", years, put)))
    if savings.findings:
        blocks.append(Paragraph(("What does not hold together in the printed table:",)))
        blocks.append(Items(tuple((finding,) for finding in savings.findings)))
    return Section("Savings", "savings", tuple(blocks))


def _assumptions(material: Material, years: list[str]) -> Table:
    columns = (Column("Assumption"), Column("Clusters"), *(Column(year, "percent") for year in years))
    rows = tuple(
        (one.title, " → ".join(map(str, one.steps_down)) or ", ".join(map(str, one.reduces)), *one.cumulative)
        for one in material.finance.savings.assumptions
    )
    return Table("Assumptions: share of spells that goes, cumulative", columns, rows)
