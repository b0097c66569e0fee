"""What was heard, for those who said it and for those who decide: page, PDF, workbook, charts."""

from collections.abc import Mapping
from pathlib import Path

from obc.domain.programme.engagement.engagement_file import EngagementFile
from obc.domain.programme.engagement.heard import Heard
from obc.reports.charts.chart import Chart
from obc.reports.document import Block, Document, Fact, Facts, Grid, Items, Note, Paragraph, Picture, Section, blocks_of
from obc.reports.engagement_material import (
    changes_table,
    events_table,
    examples_table,
    findings_table,
    fitness_table,
    frameworks_table,
    missing_table,
    national_table,
    statements_table,
    tiers_table,
    words,
)
from obc.reports.engagement_priorities import order_table, points_table, priority_charts
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.spreadsheet import workbook
from obc.reports.table import Table, as_csv
from obc.reports.wording import capital, day, listed, plural

STEM = "engagement"


def engagement_document(heard: Heard, file: EngagementFile, outcomes: Mapping[str, str]) -> Document:
    """What was heard, what became of it, what matters most, who endorses the outcomes, what is missing."""
    sections = (
        _said_and_done(heard),
        _outcomes(heard),
        _priorities(heard, file, outcomes),
        _fit(heard, file, outcomes),
        endorsed(heard, file),
        _who(heard),
        _missing(heard),
    )
    blocks: tuple[Block, ...] = (Paragraph((_lead(heard),), lead=True), _facts(heard), *sections)
    return Document("You said, we did", f"Engagement on outcomes · as it stands on {day(heard.on)}", blocks, FOOT)


def write_engagement(heard: Heard, file: EngagementFile, outcomes: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Write `engagement` as .html, .pdf and .xlsx, and each chart as SVG, PNG and CSV; returns the paths."""
    document = engagement_document(heard, file, outcomes)
    contents = {
        f"{STEM}.html": page(document),
        f"{STEM}.pdf": pdf(document),
        f"{STEM}.xlsx": workbook(document.title, (document.subtitle, _lead(heard)), _sheets(heard, file, outcomes)),
    }
    for block in blocks_of(document):
        if isinstance(block, Picture):
            chart = block.chart
            contents[f"charts/{chart.name}.svg"] = chart.svg.encode()
            contents[f"charts/{chart.name}.png"] = chart.png
            contents[f"charts/{chart.name}.csv"] = as_csv((c.heading for c in chart.table.columns), chart.table.rows)
    return file_all(folder, contents)


def _lead(heard: Heard) -> str:
    way = heard.development
    done = listed([f"{count} {kind}" for kind, count in way.counts if count])
    return (
        f"From {plural(way.proposed, 'outcome')} first proposed came {way.now}: {done}. Each change names what was "
        "heard behind it, and everything that was heard has an answer, or is listed at the end as waiting for one."
    )


def _facts(heard: Heard) -> Facts:
    numbers = heard.numbers
    waiting = sum(one.answer is None for one in heard.findings)
    return Facts(
        (
            Fact("Events held", str(numbers.held), f"{numbers.planned} more planned"),
            Fact("Took part", f"{numbers.took_part:,}", f"counted at {numbers.held - len(numbers.uncounted)} of them"),
            Fact("Findings", str(len(heard.findings)), f"{waiting} without an answer"),
            Fact("Still missing", str(len(heard.missing)), "listed at the end"),
        )
    )


def _said_and_done(heard: Heard) -> Section:
    return Section("What was said, and what became of it", "findings", (Grid(findings_table(heard)),))


def _outcomes(heard: Heard) -> Section:
    silent = [step.after or step.before or "" for step in heard.development.steps if not step.heard]
    blocks: list[Block] = [Grid(changes_table(heard))]
    if silent:
        said = "No event stands behind these changes, only experts or method: " + "; ".join(silent) + "."
        blocks.append(Note("Mind", (said,)))
    return Section("How the outcomes changed", "outcomes", tuple(blocks))


def _priorities(heard: Heard, file: EngagementFile, outcomes: Mapping[str, str]) -> Section:
    found = heard.priorities
    if found is None or not found.orders:
        return Section("What matters most", "priorities", (Paragraph(("Nobody has put the outcomes in order yet.",)),))
    blocks: list[Block] = [
        Paragraph(
            (
                f"People were asked: “{found.asked}” Every group counts the same, however many took part. Source: "
                f"{found.source}. Places in brackets are those that 95% of {found.draws:,} draws give (seed "
                f"{found.seed}); with other people, any of them could have come out.",
            )
        ),
        Grid(order_table(found, file, outcomes)),
        *(Picture(chart) for chart in _charts(heard, file, outcomes)),
    ]
    if any(one.out_of_line for one in heard.against_points):
        said = "Where places by points and places by preference do not meet, somebody should say why."
        blocks += [Paragraph((said,)), Grid(points_table(heard, outcomes))]
    return Section("What matters most, and to whom", "priorities", tuple(blocks))


def _charts(heard: Heard, file: EngagementFile, outcomes: Mapping[str, str]) -> tuple[Chart, ...]:
    return priority_charts(heard.priorities, file, outcomes) if heard.priorities else ()


def _fit(heard: Heard, file: EngagementFile, outcomes: Mapping[str, str]) -> Section:
    asked = [f"{words(one.id)}: {one.asks}{'' if one.must else ' (not a must)'}" for one in file.criteria]
    return Section(
        "Fit for a contract",
        "fit",
        (
            Paragraph(("An outcome is fit if it fails none of the criteria that are a must.",)),
            Items(tuple((capital(one),) for one in asked)),
            Grid(fitness_table(heard)),
            Grid(tiers_table(heard, outcomes)),
            Grid(frameworks_table(file)),
            Grid(national_table(file, outcomes)),
            Grid(examples_table(file, outcomes)),
        ),
    )


def endorsed(heard: Heard, file: EngagementFile) -> Section:
    """The statements of reference groups, and what stands in the way at a gate: also a part of the business case."""
    blocks: list[Block] = [Grid(statements_table(heard, file))]
    against = [f"{one.where}: {one.found}." for one in heard.unendorsed]
    said = " ".join(against) if against else "Every group that must endorse the outcomes does, in the words they have."
    blocks.append(Note("At a gate", (said,)))
    return Section("Who endorses the outcomes", "statements", tuple(blocks))


def _who(heard: Heard) -> Section:
    said = "People are counted at each event: who came to two counts twice. “Not recorded” is not none."
    return Section("Who was asked", "events", (Paragraph((said,)), Grid(events_table(heard))))


def _missing(heard: Heard) -> Section:
    if not heard.missing:
        return Section("What is missing", "missing", (Paragraph(("Nothing is missing.",)),))
    return Section("What is missing", "missing", (Grid(missing_table(heard.missing)),))


def _sheets(heard: Heard, file: EngagementFile, outcomes: Mapping[str, str]) -> list[tuple[str, Table]]:
    sheets = [
        ("You said, we did", findings_table(heard)),
        ("Outcomes", changes_table(heard)),
        ("Events", events_table(heard)),
        ("Criteria", fitness_table(heard)),
        ("National frameworks", national_table(file, outcomes)),
        ("Examples", examples_table(file, outcomes)),
        ("Statements", statements_table(heard, file)),
        ("Missing", missing_table(heard.missing)),
    ]
    if heard.priorities and heard.priorities.orders:
        sheets.insert(2, ("What matters most", order_table(heard.priorities, file, outcomes)))
        sheets.insert(3, ("Against points", points_table(heard, outcomes)))
        for i, chart in enumerate(_charts(heard, file, outcomes)):
            sheets.insert(4 + i, (f"Groups compared {i + 1}", chart.table))
    return sheets
