"""Getting ready for the change: checklist, messages, questions, benefits, equality, as page, PDF and workbook."""

from pathlib import Path

from obc.domain.core.kernel.people import People
from obc.domain.core.kernel.rate import Exact
from obc.domain.programme.engagement.benefits import Tracked
from obc.domain.programme.engagement.change_file import EqualityAnalysis, Readiness
from obc.reports.document import Block, Document, Fact, Facts, Grid, Note, Paragraph, Section
from obc.reports.engagement_material import missing_table, words
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.spreadsheet import workbook
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, day, listed, percent, shortest

STEM = "communications"


def communications_document(ready: Readiness, people: People) -> Document:
    """How ready people are for the change, and what is missing."""
    sections = (
        Section("Checklist", "checklist", (Grid(checklist_table(ready, people)),)),
        Section("Communications plan", "messages", (Grid(messages_table(ready, people)),)),
        Section("Questions and answers", "questions", (Grid(questions_table(ready)),)),
        Section("Benefits", "benefits", (Paragraph((_WAY,)), Grid(benefits_table(ready, people)))),
        Section("Equality", "equality", equality_blocks(ready.equality)),
        _missing(ready),
    )
    blocks: tuple[Block, ...] = (Paragraph((_LEAD,), lead=True), _facts(ready), *sections)
    return Document("Getting ready for the change", f"As it stands on {day(ready.on)}", blocks, FOOT)


_LEAD = "What people need before they can work differently: who has it in hand, by when, and what is late."
_WAY = (
    "A benefit is behind when its last reading is short of a straight line from baseline to target; without a "
    "baseline nobody will know whether it came."
)


def write_communications(ready: Readiness, people: People, folder: Path) -> tuple[Path, ...]:
    """Write `communications` as .html, .pdf and .xlsx; returns the paths."""
    document = communications_document(ready, people)
    sheets = [
        ("Checklist", checklist_table(ready, people)),
        ("Messages", messages_table(ready, people)),
        ("Questions", questions_table(ready)),
        ("Benefits", benefits_table(ready, people)),
        ("Equality", effects_table(ready.equality)),
        ("Missing", missing_table(ready.missing)),
    ]
    contents = {
        f"{STEM}.html": page(document),
        f"{STEM}.pdf": pdf(document),
        f"{STEM}.xlsx": workbook(document.title, (document.subtitle, _WAY, ready.equality.says), sheets),
    }
    return file_all(folder, contents)


def _facts(ready: Readiness) -> Facts:
    open_items = sum(one.state == "open" for one in ready.checklist)
    waiting = sum(one.state == "planned" for one in ready.messages)
    unpublished = sum(one.state != "published" for one in ready.questions)
    return Facts(
        (
            Fact("Checklist", str(len(ready.checklist)), f"{open_items} open"),
            Fact("Messages", str(len(ready.messages)), f"{waiting} still to send"),
            Fact("Questions", str(len(ready.questions)), f"{unpublished} without a published answer"),
            Fact("Still missing", str(len(ready.missing)), "listed at the end"),
        )
    )


def checklist_table(ready: Readiness, people: People) -> Table:
    """What must be in place, by whom and when."""
    rows = tuple(
        (one.asks, one.state, one.shows or "nothing yet", people.named(one.owner).name, day(one.due), one.source)
        for one in ready.checklist
    )
    columns = ("What must be in place", "State", "What shows it", "Owner", "Due", "Source")
    return Table("Before people are asked to work differently", tuple(map(Column, columns)), rows)


def messages_table(ready: Readiness, people: People) -> Table:
    """Who hears what, when, from whom."""
    rows = tuple(
        (
            capital(words(one.news)),
            listed([words(name) for name in one.to]),
            one.says,
            one.by_way_of,
            people.named(one.owner).name,
            f"{day(one.day)}, {one.state}",
            one.source,
        )
        for one in ready.messages
    )
    columns = ("News", "To", "Says", "By way of", "Owner", "Day", "Source")
    return Table("Messages, by the day they are sent or due", tuple(map(Column, columns)), rows)


def questions_table(ready: Readiness) -> Table:
    """Questions, with the answers that are published; others are not shown until they are."""
    rows = tuple(
        (
            one.asks,
            one.answer or "" if one.state == "published" else "not published yet",
            one.state,
            day(one.on),
            one.source,
        )
        for one in ready.questions
    )
    return Table(
        "Questions and answers", tuple(map(Column, ("Question", "Answer", "State", "Asked on", "Source"))), rows
    )


def benefits_table(ready: Readiness, people: People) -> Table:
    """How far each benefit has come, and who decides what if it does not."""
    rows = tuple(
        (
            f"{one.benefit.benefit}: {one.benefit.measure}",
            *_values(one),
            day(one.benefit.target.by),
            one.stands,
            people.named(one.benefit.owner).name,
            capital(one.benefit.decides),
            _sources(one),
        )
        for one in ready.benefits
    )
    columns = ("Benefit", "From", "Now", "To", "By", "Stands", "Owner", "If it does not come", "Source")
    return Table("Benefits", tuple(map(Column, columns)), rows)


def _values(one: Tracked) -> tuple[Cell, Cell, Cell]:
    benefit = one.benefit
    start = benefit.baseline.value if benefit.baseline else None
    return _value(start, benefit.unit), _value(one.now, benefit.unit), _value(benefit.target.value, benefit.unit)


def _sources(one: Tracked) -> str:
    start = one.benefit.baseline
    begins = f"from: {start.source}; " if start else ""
    return f"{begins}to: {one.benefit.target.source}"


def _value(value: Exact | None, unit: str) -> str:
    if value is None:
        return "not measured"
    return percent(value, 1) if unit == "share" else shortest(value)


def equality_blocks(found: EqualityAnalysis) -> tuple[Block, ...]:
    """Whether an equality analysis was made, and what it found."""
    when = f" on {day(found.on)}" if found.on else ""
    said = Note(f"Equality analysis: {found.state}{when}", (found.says,))
    return (said, Grid(effects_table(found))) if found.effects else (said,)


def effects_table(found: EqualityAnalysis) -> Table:
    """What the change may do to people who share a protected characteristic."""
    rows = tuple((one.characteristic, one.effect, one.says, one.done or "nothing yet") for one in found.effects)
    columns = ("Characteristic", "Effect", "What was found", "What is done")
    return Table("Effects on people who share a characteristic", tuple(map(Column, columns)), rows)


def _missing(ready: Readiness) -> Section:
    if not ready.missing:
        return Section("What is missing", "missing", (Paragraph(("Nothing is missing.",)),))
    return Section("What is missing", "missing", (Grid(missing_table(ready.missing)),))
