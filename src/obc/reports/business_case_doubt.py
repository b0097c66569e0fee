"""Section 9: what could go wrong: consequences nobody intends, ranges, and what each driver does to the answer."""

from obc.domain.money.finance.amount import thousands
from obc.reports.business_case_material import OPTION_NAMES, Material, driver_name, driver_value
from obc.reports.business_case_summary import percent_words
from obc.reports.charts.chart import Chart
from obc.reports.charts.tornado import Swing, tornado
from obc.reports.document import Block, Grid, Paragraph, Picture, Section
from obc.reports.table import Column, Table

SHOWN = ("months late", "cost that stays", "unmet demand")
"""Drivers that get a table of their own."""


def doubt(material: Material) -> Section:
    """Consequences, the simulation, the tornado and three drivers step by step."""
    blocks: list[Block] = []
    blocks += _consequences(material)
    if material.case.simulation:
        blocks.append(_simulation(material))
    if material.case.sensitivity.tornado:
        blocks.append(_sensitivity(material))
    if not blocks:
        blocks.append(Paragraph(("No ranges and no consequences are written down yet.",)))
    return Section("What could go wrong", "doubt", tuple(blocks))


def _consequences(material: Material) -> list[Block]:
    given = material.file.consequences
    if not given:
        return []
    ordered = sorted(given, key=lambda one: -one.now.score)
    rows = tuple((one.says, one.now.score, one.done_about_it, one.then.score) for one in ordered)
    columns = (
        Column("What could follow"),
        Column("Now", "count"),
        Column("What is done about it"),
        Column("Then", "count"),
    )
    table = Table("Unintended consequences: impact times likelihood, 1 to 25", columns, rows)
    return [Section("Unintended consequences", "consequences", (Grid(table),))]


def _simulation(material: Material) -> Section:
    found = material.case.simulation
    assert found is not None
    inside = tuple((OPTION_NAMES[one.option], *(percent_words(share) for share in one.inside)) for one in found.options)
    years = material.case.projection.years[1:]
    totals = tuple(
        (
            OPTION_NAMES[one.option],
            material.millions(one.low_minor),
            material.millions(one.median_minor),
            material.millions(one.high_minor),
            percent_words(one.cheapest),
        )
        for one in found.options
    )
    low, median, high = (material.millions(amount) for amount in found.difference_minor)
    said = (
        f"Every driver was drawn {found.runs:,} times from its range (seed {found.seed}), each on its own. In nine of "
        f"ten runs the outcomes-based option costs between {low} and {high} more than efficiency savings, {median} in "
        "the middle. The ranges say what people think could happen; they are not measured."
    )
    columns = (Column("Option"), *(Column(year, "percent") for year in years))
    spread = (
        Column("Option"),
        Column("1 in 20 below", "money"),
        Column("Middle", "money"),
        Column("1 in 20 above", "money"),
        Column("Cheapest in", "percent"),
    )
    return Section(
        "How sure it is",
        "simulation",
        (
            Paragraph((said,)),
            Grid(_ranges(material)),
            Grid(Table("Chance of staying inside the envelope, by year", columns, inside)),
            Grid(Table("Cost over the years, and how often each is cheapest", spread, totals)),
        ),
    )


def _ranges(material: Material) -> Table:
    rows = tuple(
        (
            driver_name(material, one.driver),
            *(driver_value(material, one.driver, value) for value in (one.low, one.likely, one.high)),
            one.why or "",
            one.source,
        )
        for one in material.finance.ranges
    )
    columns = (Column("Driver"), Column("Low"), Column("Likely"), Column("High"), Column("Why"), Column("Source"))
    return Table("Ranges, drawn as triangles", columns, rows)


def tornado_chart(material: Material) -> Chart:
    """How far each driver moves the answer."""
    found = material.case.sensitivity
    swings = [
        Swing(
            driver_name(material, bar.driver),
            driver_value(material, bar.driver, bar.low),
            driver_value(material, bar.driver, bar.high),
            bar.at_low_minor,
            bar.at_high_minor,
        )
        for bar in found.tornado
    ]
    widest = found.tornado[0]
    title = f"'{driver_name(material, widest.driver)}' moves the answer most"
    said = (
        f"From {material.millions(widest.at_low_minor)} to {material.millions(widest.at_high_minor)}; as written, the "
        f"answer is {material.millions(found.answer_minor)} (dashed). Right of nothing, efficiency savings are cheaper."
    )
    return tornado("tornado", title, said, swings, found.answer_minor, material.case.currency)


def _sensitivity(material: Material) -> Section:
    said = (
        "The answer is what the outcomes-based option costs more than efficiency savings over the years. Each bar "
        "moves one driver through its range and leaves the others as written."
    )
    blocks: list[Block] = [Paragraph((said,)), Picture(tornado_chart(material))]
    for bar in material.case.sensitivity.tornado:
        if bar.driver in SHOWN:
            name = driver_name(material, bar.driver)
            rows = tuple((driver_value(material, bar.driver, at), thousands(amount)) for at, amount in bar.steps)
            columns = (Column(name), Column("The answer", "number"))
            blocks.append(Grid(Table(f"{name}, step by step ({material.unit})", columns, rows)))
    return Section("What the answer hangs on", "sensitivity", tuple(blocks))
