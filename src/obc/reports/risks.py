"""The register of risks as a document: what must be decided, the heat map, every risk, its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from obc.domain.programme.risks.appetite import Appetite
from obc.domain.programme.risks.heat_map import Cell, When, banded, heat_map
from obc.domain.programme.risks.history import Movement
from obc.domain.programme.risks.impact import ImpactAssessment, Weighed
from obc.domain.programme.risks.risk import Register, Risk
from obc.domain.programme.risks.scale import BANDS, LIKELIHOOD, SEVERITY, Rating
from obc.reports.chart_files import chart_files
from obc.reports.charts.chart import Chart
from obc.reports.charts.heat_map import map_table, risk_map
from obc.reports.document import Block, Document, Fact, Facts, Grid, Items, Note, Paragraph, Picture, Section
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.spreadsheet import workbook
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed, percent, plural

STEM = "risks"

_STANDING = (
    "A control that is planned controls nothing yet: a risk stands at its score before controls until every one of "
    "them is in place, and at the score after them from then on. The appetite is held against the score as it stands."
)


@dataclass(frozen=True)
class Risky:
    """What the document is about, on a day. `providers`: how hard the change may hit those of today."""

    title: str
    risks: Sequence[Risk]
    appetite: Appetite
    history: Sequence[Movement]
    impact: ImpactAssessment | None
    providers: Sequence[Weighed]
    currency: str
    on: date


def write_risks(given: Risky, folder: Path) -> tuple[Path, ...]:
    """Write `risks` as .html, .pdf and .xlsx, and the heat map as SVG, PNG and CSV; returns the paths."""
    document = risks_document(given)
    contents = {
        f"{STEM}.html": page(document),
        f"{STEM}.pdf": pdf(document),
        f"{STEM}.xlsx": risks_workbook(given),
        **chart_files(document),
    }
    return file_all(folder, contents)


def risks_document(given: Risky) -> Document:
    """The document."""
    registers: tuple[tuple[Register, str], ...] = (
        ("provider", "Risks of those who will provide"),
        ("implementation", "Risks of setting the contract up"),
    )
    blocks: list[Block] = [
        Paragraph((_headline(given),), lead=True),
        _facts(given),
        *_decide(given),
        Section("Heat map", "map", (Picture(_chart(given)), Note("As it stands", (_STANDING,)))),
    ]
    for register, title in registers:
        mine = [one for one in given.risks if one.register_ == register]
        if mine:
            blocks.append(Section(title, register, (Grid(short_table(mine, title)), Grid(controls_table(mine)))))
    blocks += _history(given)
    blocks += _impact(given)
    blocks.append(Section("What the numbers mean", "scale", (Grid(scale_table()),)))
    return Document(
        title=f"Risks: {given.title}", subtitle=f"The register on {day(given.on)}", blocks=tuple(blocks), foot=FOOT
    )


def risks_workbook(given: Risky) -> bytes:
    """Register, controls, heat map and history as sheets."""
    moments = _moments(given)
    sheets = [
        ("Risks", risks_table(given.risks, "The register")),
        ("Controls", controls_table(given.risks)),
        ("Heat map", map_table("Where the risks stand", moments)),
        ("History", history_table(given.history)),
        ("Scale", scale_table()),
    ]
    if given.impact:
        sheets.append(("Providers", impact_table(given)))
    return workbook(f"Risks: {given.title}", (f"As it stood on {day(given.on)}.", _STANDING), sheets)


def risks_table(risks: Sequence[Risk], caption: str) -> Table:
    """Every risk with its three scores, the worst first."""
    columns = (
        Column("Risk"),
        Column("What"),
        Column("Category"),
        *(Column(head, "count") for head in ("Severity", "Likelihood", "Before")),
        Column("Stands at"),
        *(Column(head, "count") for head in ("Severity after", "Likelihood after", "After")),
        Column("Owner"),
        Column("Review by"),
        Column("State"),
    )
    rows = tuple(
        (
            one.title,
            one.what.strip(),
            one.category,
            one.before.severity,
            one.before.likelihood,
            one.before.score,
            f"{one.standing.score} {one.standing.band}",
            one.after.severity,
            one.after.likelihood,
            one.after.score,
            _spaced(one.owner),
            day(one.review_by),
            _state(one),
        )
        for one in _worst_first(risks)
    )
    return Table(caption, columns, rows)


def short_table(risks: Sequence[Risk], caption: str) -> Table:
    """The risks with what a page has room for, the worst first."""
    heads = (
        "Risk",
        "What could happen",
        "Before controls",
        "As it stands",
        "After controls",
        "Owner",
        "Review by",
        "State",
    )
    rows = tuple(
        (
            one.title,
            one.what.strip(),
            *(_rating(rating) for rating in (one.before, one.standing, one.after)),
            _spaced(one.owner),
            day(one.review_by),
            _state(one),
        )
        for one in _worst_first(risks)
    )
    return Table(caption, tuple(map(Column, heads)), rows)


def controls_table(risks: Sequence[Risk]) -> Table:
    """What is done about each risk."""
    rows = tuple(
        (risk.title, one.what, f"in place: {one.evidence}" if one.in_place else "planned")
        for risk in risks
        for one in risk.controls
    )
    return Table("Controls", tuple(map(Column, ("Risk", "Control", "State"))), rows)


def history_table(history: Sequence[Movement]) -> Table:
    """Who moved which risk, when and why."""
    rows = tuple(
        (
            f"{one.at:%Y-%m-%d %H:%M}",
            one.risk,
            one.by,
            one.verb,
            "new" if one.score_before is None else str(one.score_before),
            f"{one.score} {one.band}",
            one.why,
        )
        for one in history
    )
    heads = ("When", "Risk", "Who", "What", "Stood at", "Stands at", "Why")
    return Table("History", tuple(map(Column, heads)), rows)


def scale_table() -> Table:
    """The five steps of severity and of likelihood, and the colours."""
    rows = [(f"Severity {step}", word, means) for step, (word, means) in SEVERITY.items()]
    rows += [(f"Likelihood {step}", word, means) for step, (word, means) in LIKELIHOOD.items()]
    lowest = 0
    for name, highest in BANDS:
        rows.append((f"Score {lowest} to {highest}", name, "severity × likelihood"))
        lowest = highest + 1
    return Table("Steps and colours", tuple(map(Column, ("Step", "Called", "Means"))), tuple(rows))


def impact_table(given: Risky) -> Table:
    """What is at stake for each provider of today."""
    assert given.impact is not None
    said = {one.provider: one for one in given.impact.providers}
    columns = (
        Column("Provider"),
        Column("At stake a year", "money"),
        Column("Of its income", "percent", 1),
        Column("Stranded costs", "money"),
        Column("Quality"),
        Column("Not answered yet"),
    )
    rows = tuple(
        (
            capital(_spaced(one.provider)),
            "not known" if one.at_stake is None else one.at_stake,
            "not known" if one.share is None else one.share,
            _or_unknown(said[one.provider].stranded),
            said[one.provider].quality,
            "; ".join(one.unanswered) or "–",
        )
        for one in given.providers
    )
    return Table("Providers of today, the hardest hit first", columns, rows, currency=given.currency)


def _worst_first(risks: Sequence[Risk]) -> list[Risk]:
    return sorted(risks, key=lambda one: (not one.live, -one.standing.score, -one.before.score, one.id))


def _rating(rating: Rating) -> str:
    return f"{rating.severity} × {rating.likelihood} = {rating.score}, {rating.band}"


def _spaced(name: str) -> str:
    """An id as words, for people."""
    return name.replace("-", " ")


def _or_unknown(amount: int | None) -> int | str:
    return "not known" if amount is None else amount


def _headline(given: Risky) -> str:
    live = [one for one in given.risks if one.live]
    waiting = given.appetite.waiting(live)
    red = banded(live, "standing")["red"]
    return (
        f"{plural(len(live), 'risk')} {'is' if len(live) == 1 else 'are'} live, {red} of them red as they stand. "
        f"{capital(plural(len(waiting), 'risk'))} beyond the appetite "
        f"{'waits' if len(waiting) == 1 else 'wait'} to be escalated."
    )


def _facts(given: Risky) -> Facts:
    counts = {when: banded(given.risks, when) for when in ("before", "standing", "after")}
    names = {"before": "Before controls", "standing": "As they stand", "after": "After all controls"}
    return Facts(
        tuple(
            Fact(names[when], f"{held['red']} red", f"{held['amber']} amber, {held['green']} green")
            for when, held in counts.items()
        )
    )


def _decide(given: Risky) -> list[Block]:
    waiting = given.appetite.waiting(given.risks)
    late = [one for one in given.risks if one.live and one.review_by < given.on]
    entries = [
        (
            f"Escalate '{one.title}' ({_spaced(one.owner)}): it stands at {one.standing.score}, where "
            f"{given.appetite.limit(one.category)} is carried.",
        )
        for one in waiting
    ]
    entries += [(f"Review '{one.title}' ({_spaced(one.owner)}): it was due by {day(one.review_by)}.",) for one in late]
    carried = f"The {_spaced(given.appetite.held_by)} carries a standing score up to {given.appetite.score}" + "".join(
        f", in {one.category} up to {one.score}" for one in given.appetite.but
    )
    said = Paragraph(
        (f"{carried}. What lies above goes to the {_spaced(given.appetite.to)} ({given.appetite.source}).",)
    )
    listed_: list[Block] = [Items(tuple(entries))] if entries else [Paragraph(("Nothing waits to be decided.",))]
    return [Section("What must be decided", "decide", (said, *listed_))]


def _moments(given: Risky) -> list[tuple[str, tuple[Cell, ...]]]:
    names: tuple[tuple[When, str], ...] = (
        ("before", "before controls"),
        ("standing", "as they stand"),
        ("after", "after all controls"),
    )
    return [(title, heat_map(given.risks, when)) for when, title in names]


def _chart(given: Risky) -> Chart:
    before, standing, after = (banded(given.risks, when) for when in ("before", "standing", "after"))
    sentence = (
        "Each field bears its score, severity times likelihood, in the corner, and how many risks stand there. "
        f"Before controls {before['red']} are red, {before['amber']} amber and {before['green']} green; as they stand "
        f"{standing['red']}, {standing['amber']} and {standing['green']}; once every control works {after['red']}, "
        f"{after['amber']} and {after['green']}."
    )
    title = f"Red falls from {before['red']} to {after['red']} if every control works"
    return risk_map("heat-map", title, sentence, _moments(given))


def _history(given: Risky) -> list[Block]:
    if not given.history:
        return [Section("History", "history", (Paragraph(("Nothing was done since the register was written.",)),))]
    return [Section("History", "history", (Grid(history_table(given.history)),))]


def _impact(given: Risky) -> list[Block]:
    if given.impact is None:
        return []
    aims = given.impact
    said = f"More than {percent(aims.bearable, 0)} of a provider's income at stake is heavy: then every effect of the "
    blocks: list[Block] = [
        Items(tuple((one,) for one in aims.objectives)),
        Paragraph((f"{said}change needs an answer that is agreed. {capital(aims.source)}.",)),
        Grid(impact_table(given)),
    ]
    if aims.wider_aims:
        blocks.append(Paragraph((f"Wider aims: {listed([one.rstrip('.') for one in aims.wider_aims])}.",)))
    return [Section("Those who provide today", "providers", tuple(blocks))]


def _state(one: Risk) -> str:
    if one.escalated:
        return f"escalated to the {_spaced(one.escalated.to)}"
    if one.closed:
        return f"closed {day(one.closed.on)}: {one.closed.how}"
    return f"superseded by {one.superseded_by}" if one.superseded_by else one.state
