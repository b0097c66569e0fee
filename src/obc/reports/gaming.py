"""Gaming and recording as a page: what moved beside the figures, how surely, what may explain it, what to ask."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from obc.domain.contract.agreement.contract import Contract
from obc.domain.outcomes.guarding.flat_zones import FlatZone
from obc.domain.outcomes.guarding.guard import Guarded
from obc.domain.outcomes.guarding.look import Kind, Look
from obc.domain.outcomes.publication.publication import FOR_PARTIES
from obc.reports import wording
from obc.reports.chart_files import chart_files
from obc.reports.charts.around_a_limit import Bins, around_a_limit
from obc.reports.charts.before_and_now import Pair, before_and_now
from obc.reports.charts.chart import Chart
from obc.reports.charts.steps_ahead import Step, steps_ahead
from obc.reports.document import Block, Document, Grid, Items, Note, Paragraph, Picture, Section, Strong
from obc.reports.filing import file_all
from obc.reports.gaming_words import TELLINGS, name_of, surely, told
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table

STEM = "gaming"
MOST, NEAREST = 12, 5
"""Looks of one kind in a chart where any is raised, and where none is: then the nearest to it. All are in the JSON."""


class Guard(NamedTuple):
    """One thing that is guarded against: its title, why it is looked at, and the kinds of looks."""

    id: str
    title: str
    why: str
    kinds: tuple[Kind, ...]


GUARDS = (
    Guard(
        "exclusions",
        "Who is left out",
        "A share rises when those who would miss are left out of it.",
        ("left out", "decided by a rule"),
    ),
    Guard("denominators", "How many are counted", "Fewer or other people may be counted.", ("counted a year",)),
    Guard(
        "clusters",
        "Clusters and their scores",
        "A heavier cluster brings more money and an easier target; scores should go with it.",
        ("share of a cluster", "scores of a cluster"),
    ),
    Guard(
        "need-groups",
        "Need groups: parking and cherry-picking",
        "Where all count alike, the easiest are the cheapest points: the hardest are parked, or never taken on.",
        ("spend on a segment", "outcome of a segment", "share of those who joined"),
    ),
    Guard(
        "recording",
        "Recording that stops or starts",
        "A figure moves when writing down stops or starts, though nobody's life did.",
        ("entries a quarter", "not recorded"),
    ),
    Guard(
        "raters",
        "First and last assessment by different raters",
        "Two raters differ by more than most people change.",
        ("gain with another rater", "another rater"),
    ),
    Guard(
        "heaping",
        "Heaping at a limit",
        "Times just over a limit can be written down as just under it.",
        ("just inside a limit",),
    ),
)
_FLAT = (
    "Between two steps one person more earns nothing; beyond the last, nobody does. At the edge, the next person earns "
    "the whole step: that is where effort and temptation are greatest. Flat zones are the contract's, not the "
    "provider's, doing: finer steps or a sloping curve would make every person count."
)


def write_gaming(found: Guarded, contract: Contract, folder: Path) -> tuple[Path, ...]:
    """Write `gaming.html` and `.pdf`, and each chart as SVG, PNG and CSV; returns the paths."""
    document = gaming_document(found, contract)
    return file_all(folder, {f"{STEM}.html": page(document), f"{STEM}.pdf": pdf(document), **chart_files(document)})


def headline(found: Guarded) -> str:
    """How much is raised, in a sentence."""
    taken = sum(one.chance is not None for one in found.looks)
    raised = len(found.raised)
    share = wording.percent(Decimal(repr(found.false_alarms)), 0)
    return (
        f"{wording.capital(str(raised) if raised else 'none')} of {taken:,} looks {'is' if raised == 1 else 'are'} "
        f"raised, {wording.months(found.now.start, found.now.end)} against a year before. Where nothing is there, at "
        f"most {share} of such reports raise anything."
    )


def sentences(found: Guarded, contract: Contract) -> Iterator[str]:
    """Each look that is raised, the surest first, with what to ask; then the flat zones."""
    names, of = Names(contract), sum(one.chance is not None for one in found.looks)
    for one in found.raised:
        telling = TELLINGS[one.kind]
        honest = f"It may be honest: {_small(telling.honest)} Ask: {telling.ask}"
        yield f"{told(one, contract, names)} {surely(one, of)} {honest}"
    if found.zones:
        yield zones_sentence(found.zones)


def gaming_document(found: Guarded, contract: Contract) -> Document:
    """The page: what is raised, then guard by guard with its charts, then the flat zones."""
    names = Names(contract)
    raised = tuple(f"{told(one, contract, names)}" for one in found.raised)
    blocks: list[Block] = [Paragraph((Strong(headline(found)),), lead=True)]
    if raised:
        blocks.append(Items(tuple((line,) for line in raised)))
    blocks.append(Grid(summary(found)))
    blocks.append(Section("How to read this", "reading", tuple(_reading(found))))
    for guard in GUARDS:
        inner = list(_guard(guard, found, contract, names))
        blocks.append(Section(guard.title, guard.id, (Paragraph((guard.why,)), *inner)))
    if found.zones or found.stretches:
        blocks.append(Section("Flat zones and edges", "flat-zones", tuple(_zones(found, contract, names))))
    return Document(
        title=f"Gaming and recording: {contract.agreement.title}",
        subtitle=f"{wording.months(found.now.start, found.now.end)} against a year before",
        blocks=tuple(blocks),
        foot=FOOT,
    )


def summary(found: Guarded) -> Table:
    """Each guard in a row: looks taken, looks that could not be, and what is raised."""
    rows = []
    for guard in GUARDS:
        looks = [one for one in found.looks if one.kind in guard.kinds]
        known = sum(one.chance is not None for one in looks)
        rows.append((guard.title, known, len(looks) - known, sum(one.raised for one in looks)))
    return Table(
        caption="What was looked at",
        columns=(
            Column("Guard"),
            Column("Looks", "count"),
            Column("Too few to say", "count"),
            Column("Raised", "count"),
        ),
        rows=tuple(rows),
    )


def _reading(found: Guarded) -> Iterator[Note]:
    share = wording.percent(Decimal(repr(found.false_alarms)), 0)
    yield Note(
        "No look accuses anybody",
        (
            "A look says that something moved beside the figures, further than a good year explains. What it means is "
            "for the people who do the work to say; honest reasons stand beside each.",
        ),
    )
    yield Note(
        "How sure it is",
        (
            "Each look asks how often chance alone would show such a move if the true one were only the margin that "
            "stands with it (the margins are our choice, illustrative). All looks of the report are corrected "
            f"together (Holm 1979), so that where nothing is there at most {share} of reports raise anything. "
            "The same people in both years make chances smaller than allowed for, and alarms fewer.",
        ),
    )
    if not found.counted:
        yield Note(
            "Values only",
            (
                "No records were given: clusters, spend, recording, raters and limits of time were not looked at. "
                "Give --records as well.",
            ),
        )
    yield Note("Small numbers", (FOR_PARTIES.says,))


def _guard(guard: Guard, found: Guarded, contract: Contract, names: Names) -> Iterator[Block]:
    of = sum(one.chance is not None for one in found.looks)
    for kind in guard.kinds:
        looks = [one for one in found.looks if one.kind == kind]
        known = sorted((one for one in looks if one.chance is not None), key=lambda one: (one.chance or 0, one.about))
        telling = TELLINGS[kind]
        if not known:
            why = f"{len(looks)} looks, all with too few to say" if looks else "nothing to look at"
            yield Paragraph((f"{telling.title}: {why}.",))
            continue
        raised = [one for one in known if one.raised]
        shown = [*raised, *(one for one in known if not one.raised)][: max(MOST if raised else NEAREST, len(raised))]
        yield Picture(_chart(kind, shown, len(known), contract, names))
        if raised:
            yield Items(tuple((f"{told(one, contract, names)} {surely(one, of)}",) for one in raised))
        yield Note("An honest explanation may be", (telling.honest,))
        yield Note("What to ask", (telling.ask,))
    if guard.id == "heaping":
        for chart in _limits(found, contract):
            yield Picture(chart)


def _chart(kind: Kind, looks: Sequence[Look], of: int, contract: Contract, names: Names) -> Chart:
    telling = TELLINGS[kind]
    raised = [one for one in looks if one.raised]
    rows = [Pair(name_of(one, contract, names), one.before, one.now, one.corrected, one.raised) for one in looks]
    what = f"{len(raised)} of {of} raised" if raised else f"none of {of} raised"
    sentence = f"What is raised has surely moved further than {telling.margin}. "
    nearest = told(looks[0], contract, names)
    sentence += ("The surest: " if raised else "The nearest to it: ") + nearest
    if of > len(looks):
        sentence += f" The {len(looks)} surest of {of} looks are drawn."
    heads = (telling.axis, *telling.times)
    return before_and_now(
        f"looks-{kind.replace(' ', '-')}", f"{telling.title}: {what}", sentence, rows, telling.shown, heads
    )


def _limits(found: Guarded, contract: Contract) -> Iterator[Chart]:
    for indicator in dict.fromkeys(one.indicator for one in found.counts.times):
        times = [one for one in found.counts.times if one.indicator == indicator]
        look = next(
            (one for one in found.looks if one.kind == "just inside a limit" and one.indicator == indicator), None
        )
        if look is None or look.now is None:
            continue
        panels = []
        for one in times:
            counts = (*reversed(one.inside), *one.outside)
            size = int(one.limit.split()[0])
            ends = [size + shift * one.width for shift in range(-2, 4)]
            labels = [f"to {end} {one.unit}" for end in ends]
            name = "Now" if one.period == found.now else "A year before"
            panels.append(Bins(name, tuple(zip(labels, counts, strict=True))))
        title = f"{contract.definition(indicator).title}: how long it took, around {times[0].limit}"
        yield around_a_limit(f"limit-{indicator}", title, told(look, contract, Names(contract)), panels)


def zones_sentence(zones: Sequence[FlatZone]) -> str:
    """Where effort earns nothing more, and where the next person earns a step."""
    top, far, edge = (
        sum(one.stand == stand for one in zones) for stand in ("nothing more to earn", "out of reach", "at the edge")
    )
    return (
        f"Of {wording.plural(len(zones), 'judged figure')}, {top} {'has' if top == 1 else 'have'} nothing more to "
        f"earn, {far} cannot be expected to reach {'its' if far == 1 else 'their'} next step this year, and {edge} "
        f"{'stands' if edge == 1 else 'stand'} at the edge of one."
    )


def _zones(found: Guarded, contract: Contract, names: Names) -> Iterator[Block]:
    yield Paragraph((_FLAT,))
    if found.zones:
        title = zones_sentence(found.zones).removesuffix(".")
        steps = [_step(one, names) for one in found.zones]
        sentence = (
            "Each bar is the way to the next step, in people as a share of those counted; no bar is no step left."
        )
        yield Picture(steps_ahead("flat-zones", title, sentence, steps))
    if found.stretches:
        yield Grid(_stretches(found))


def _step(one: FlatZone, names: Names) -> Step:
    use = names.use(one.indicator)
    how = names.reading(use)
    figure = how.figure(Decimal(repr(one.figure)))
    segment = names.segment(one.segment)
    mark = "" if one.next_mark is None else how.figure(Decimal(repr(one.next_mark)))
    return Step(
        f"{how.title}, {segment}",
        one.stand,
        figure,
        one.next or "",
        mark,
        one.people,
        one.people and one.people / one.size,
    )


def _stretches(found: Guarded) -> Table:
    rows = tuple(
        (
            wording.capital(one.step),
            "the lowest" if one.starts is None else Decimal(repr(one.starts)),
            "the highest" if one.ends is None else Decimal(repr(one.ends)),
            Decimal(repr(one.gives)),
        )
        for one in found.stretches
    )
    return Table(
        caption="Flat parts of the payment's own curves",
        columns=(Column("Step"), Column("From", "number", 4), Column("To", "number", 4), Column("Gives", "number", 4)),
        rows=rows,
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
