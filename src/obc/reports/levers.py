"""Contract management as a document: next steps, escalations, what was heard and promised, savings, all levers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from obc.domain.core.kernel.rate import spelled
from obc.domain.programme.levers.catalogue import Catalogue
from obc.domain.programme.levers.escalation import Escalation
from obc.domain.programme.levers.feedback import ThemeHeard
from obc.domain.programme.levers.in_hand import InHand, Permitted
from obc.domain.programme.levers.next_step import NextStep
from obc.domain.programme.levers.promises import Promise
from obc.domain.programme.levers.savings import SavingsYear
from obc.reports.document import Block, Document, Grid, Items, Note, Paragraph, Section, Strong, Words
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.spreadsheet import workbook
from obc.reports.table import Column, Table
from obc.reports.word import word
from obc.reports.wording import capital, day, listed, percent

STEM = "contract-management"


@dataclass(frozen=True)
class Managed:
    """A programme's levers as on a day; `steps`, `heard` and `savings` are of one contract, where one is named."""

    title: str
    on: date
    in_hand: tuple[InHand, ...]
    catalogue: Catalogue
    escalations: tuple[Escalation, ...]
    promises: tuple[Promise, ...]
    steps: tuple[NextStep, ...]
    heard: tuple[ThemeHeard, ...]
    savings: tuple[SavingsYear, ...]
    currency: str
    permitted: tuple[Permitted, ...] = ()


def levers_document(given: Managed) -> Document:
    """The document: what to do next comes first, the catalogue last."""
    sections = (_steps(given), _escalations(given), _promises(given), _heard(given), _savings(given), _levers(given))
    return Document(
        title=f"Contract management: {given.title}",
        subtitle=f"Next steps, escalations, feedback, promises, levers · as on {day(given.on)}",
        blocks=tuple(section for section in sections if section is not None),
        foot=FOOT,
    )


def write_levers(given: Managed, folder: Path) -> tuple[Path, ...]:
    """Write `contract-management` as .html, .pdf, .docx and .xlsx; returns the paths."""
    document = levers_document(given)
    notes = ("Each sheet is a table of the document of the same name.", f"As on {day(given.on)}.")
    contents = {
        f"{STEM}.html": page(document),
        f"{STEM}.pdf": pdf(document),
        f"{STEM}.docx": word(document),
        f"{STEM}.xlsx": workbook(document.title, notes, tuple(_sheets(given))),
    }
    return file_all(folder, contents)


def _sheets(given: Managed) -> Iterator[tuple[str, Table]]:
    if given.steps:
        yield "Next steps", _steps_table(given)
    yield "Promises", _promises_table(given)
    if given.heard:
        yield "Feedback", _heard_table(given)
    if given.savings:
        yield "Savings", savings_table(given.savings, given.currency)
    yield "Levers", _levers_table(given, "All levers")


def _steps_table(given: Managed) -> Table:
    rows = tuple(
        (one.indicator, one.segment, capital(one.standing), one.stage, one.verb or "–", capital(one.advice))
        for one in given.steps
    )
    heads = ("Indicator", "Segment", "Stands", "Stage", "Next", "Advice")
    return Table("The next step for each indicator, worst first", tuple(map(Column, heads)), rows)


def _steps(given: Managed) -> Section | None:
    if not given.steps:
        return None
    calling = [one for one in given.steps if one.standing in ("in dispute", "getting worse", "failing", "not known")]
    said = f"Indicators that call for something: {len(calling)} of {len(given.steps)}. "
    rest = "Chance is left alone, and support comes before sanctions."
    return Section("Next steps", "next-steps", (Paragraph((said + rest,), lead=True), Grid(_steps_table(given))))


def _escalations(given: Managed) -> Section:
    if not given.escalations:
        return Section("Escalations", "escalations", (Paragraph(("No escalation has been opened.",)),))
    return Section("Escalations", "escalations", tuple(escalation_section(one, given.on) for one in given.escalations))


def escalation_section(one: Escalation, on: date) -> Section:
    """One escalation: stage, clock, evidence, causes, what is withheld."""
    clock = f", until {day(one.due)}{' (run out)' if one.late(on) else ''}" if one.due else ""
    state: Words = (Strong(capital(one.state)), f" since {day(one.since)}{clock}; about {one.about} of {one.party}.")
    seen = Items(tuple((f"{day(each.on)}, {each.by}: {each.what}.",) for each in one.evidence))
    blocks: list[Block] = [Paragraph(state), seen]
    if one.analysis:
        rows = tuple(
            (cause.what, cause.lies_with, f"{spelled(cause.part * 100)} %", cause.evidence)
            for cause in one.analysis.causes
        )
        heads = (Column("Cause"), Column("Lies with"), Column("Part"), Column("Evidence"))
        agreed = listed([consent.party for consent in one.analysis.agreed]) or "nobody yet"
        blocks += [Grid(Table("Causes", heads, rows)), Paragraph((f"Agreed by {agreed}.",))]
    if one.withheld:
        share = f"{spelled(one.withheld.share * 100)} % of what is due for year {one.withheld.year}"
        end = one.withheld.released or one.withheld.retained
        verb = "released" if one.withheld.released else "lost"
        blocks.append(Note("Withheld", (f"{share}{f', {verb} on {day(end)}' if end else ''}.",)))
    return Section(one.breach.strip().rstrip("."), f"escalation-{one.id}", tuple(blocks))


def _promises_table(given: Managed) -> Table:
    rows = tuple(
        (one.title, one.owner, day(one.due), "Late" if one.late(given.on) else capital(one.state), one.evidence or "–")
        for one in given.promises
    )
    heads = ("Promise", "Owner", "Due", "State", "Evidence")
    return Table("Who does what by when", tuple(map(Column, heads)), rows)


def _promises(given: Managed) -> Section | None:
    return Section("Promises", "promises", (Grid(_promises_table(given)),)) if given.promises else None


def _heard_table(given: Managed) -> Table:
    rows = tuple(
        (
            one.title,
            one.heard,
            one.suggestions,
            f"{one.in_time} of {one.due}",
            one.changed,
            ", ".join((*one.indicators, *((one.expectation,) if one.expectation else ()))) or "–",
        )
        for one in given.heard
    )
    columns = (
        Column("Theme"),
        Column("Heard", "count"),
        Column("Suggestions", "count"),
        Column("Answered in time"),
        Column("Changed", "count"),
        Column("Bears on"),
    )
    return Table("What patients and carers said, by theme", columns, rows)


def _heard(given: Managed) -> Section | None:
    return Section("Feedback", "feedback", (Grid(_heard_table(given)),)) if given.heard else None


def savings_table(savings: Sequence[SavingsYear], currency: str) -> Table:
    """Savings by year, planned and delivered. What is not known is called so."""
    rows = tuple(
        (
            f"Year {one.year}",
            one.planned_minor,
            one.delivered_minor,
            percent(one.share) if one.share is not None else "not known",
            one.planned_minor - one.known_of_minor,
            one.evidence.value,
        )
        for one in savings
    )
    columns = (
        Column("Year"),
        Column("Planned", "money"),
        Column("Delivered", "money"),
        Column("Of the plan that is known of"),
        Column("Plan not known of yet", "money"),
        Column("Evidence"),
    )
    return Table("Savings delivered through the contract, against plan", columns, rows, currency=currency)


def _savings(given: Managed) -> Section | None:
    return savings_section("Savings", "savings", given.savings, given.currency) if given.savings else None


def savings_section(title: str, id_: str, savings: Sequence[SavingsYear], currency: str) -> Section:
    """What was promised through a contract, and what came."""
    return Section(title, id_, (Grid(savings_table(savings, currency)),))


def _levers_table(given: Managed, caption: str, family: str | None = None) -> Table:
    in_hand = {use.lever: use for use in given.in_hand if use.state != "dropped"}
    now = {one.lever: one for one in given.permitted}
    rows = []
    for one in given.catalogue.families:
        for lever in one.levers if family in (None, one.id) else ():
            use = in_hand.get(lever.id)
            after = "at any time" if lever.from_stage == "none" else f"after {lever.from_stage}"
            said = (_permitted(now[lever.id]),) if now else ()
            until = f" until {day(use.lapses)}" if use and use.lapses else ""
            held = f"{capital(use.standing(given.on))}{until}, {use.owner}: {use.what}" if use else "–"
            rows.append((lever.title, f"{lever.manner}, {after}", *said, "; ".join(lever.needs), lever.moves, held))
    heads = ("Lever", "Manner", *(("Permitted now",) if now else ()), "Needs", "Moves", "In hand")
    return Table(caption, tuple(map(Column, heads)), tuple(rows))


def _permitted(one: Permitted) -> str:
    return f"{'Yes' if one.now else 'Not yet'}: {'; '.join(filter(None, (one.because, one.takes)))}"


def _levers(given: Managed) -> Section:
    families = tuple(
        Section(one.title, f"family-{one.id}", (Paragraph((one.says,)), Grid(_levers_table(given, one.title, one.id))))
        for one in given.catalogue.families
    )
    return Section("Levers", "levers", families)
