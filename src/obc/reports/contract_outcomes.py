"""What the contract is for: the vision, who it is for, the outcomes, and every indicator in plain English."""

from collections.abc import Callable, Iterator

from obc.domain.outcomes.framework.framework import LEVELS, TIERS, IndicatorUse, Outcome, Thresholds
from obc.reports.contract_material import Material, Terms, source_of
from obc.reports.document import Block, Grid, Items, Link, Note, Paragraph, Section, Strong, Words
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, shortest


def vision(material: Material) -> Section | None:
    """Where the contract is to lead, and what has to be in scope for that."""
    quality = material.contract.quality
    if quality is None or quality.vision is None:
        return None
    given = quality.vision
    blocks: list[Block] = [
        Paragraph((Strong(f"By {given.by}: "), given.end_state.strip()), lead=True),
        Section("What changes", "vision-changes", (Items(tuple((change,) for change in given.changes)),)),
        Section(
            "The operating model",
            "operating-model",
            (Items(tuple((Strong(f"{one.title}. "), one.says.strip()) for one in given.operating_model)),),
        ),
    ]
    finance = material.contract.finance
    titles = {one.id: one.title for one in finance.services} if finance else {}
    if given.scope_that_follows:
        rows = tuple((titles.get(one.service, one.service), capital(one.because)) for one in given.scope_that_follows)
        blocks.append(
            Grid(Table("The scope that follows from the vision", (Column("Service"), Column("Because")), rows))
        )
    blocks.append(Paragraph((f"Source: {given.source}.",)))
    return Section("Vision and scope", "vision", tuple(blocks))


def people(material: Material) -> Section | None:
    """Who the contract is for."""
    segmentation = material.contract.segmentation
    if segmentation is None:
        return None
    rows = tuple((material.names.segment(one.id), source_of(one.source)) for one in segmentation.segments)
    opening = (
        "Scope and segments are rules that a computer applies to the records, the same way for everybody. The "
        "contract's file segments.yaml holds them."
    )
    table = Table("Groups of people with like needs", (Column("Segment"), Column("Source")), rows)
    return Section("People", "people", (Paragraph((opening,)), Grid(table)))


def framework(material: Terms) -> Section | None:
    """The outcomes framework: tiers, outcomes, points, levels."""
    given = material.contract.framework
    if given is None:
        return None
    rows: list[tuple[Cell, ...]] = [
        (
            one.title,
            _tier(one),
            material.figure(one.points),
            f"year {one.pays_from}" if one.pays_from else "year 1",
            str(sum(use.incentivised for use in one.indicators)),
            str(len(one.indicators)),
        )
        for one in given.outcomes
    ]
    columns = (
        Column("Outcome"),
        Column("Tier"),
        Column("Points"),
        Column("Pays from"),
        Column("Indicators paid for"),
        Column("Indicators shown"),
    )
    blocks: list[Block] = [Grid(Table("Outcomes and what they are worth", columns, tuple(rows)))]
    levels = tuple(
        (f"from year {one.from_}", *(shortest(getattr(one, level)) for level in LEVELS), source_of(one.source))
        for one in given.levels
    )
    if levels:
        heads = (Column("When"), *(Column(capital(level)) for level in LEVELS), Column("Source"))
        blocks.append(Grid(Table("Points of the pot when all outcomes reach a level", heads, levels)))
    if given.additional:
        extras = tuple((one.title, shortest(one.points), source_of(one.source)) for one in given.additional)
        blocks.append(Grid(Table("Additional points", (Column("For"), Column("Points"), Column("Source")), extras)))
    return Section("Outcomes framework", "framework", tuple(blocks))


def indicators(material: Material) -> Section | None:
    """Every indicator in plain English, with its thresholds."""
    given = material.contract.framework
    if given is None:
        return None
    opening = (
        "Each sentence is made from the definition that the computer runs: it says what is counted and nothing else. "
        "Thresholds are reached from the side of the baseline."
    )
    sections = tuple(outcome_terms(material, one) for one in given.outcomes)
    return Section("Indicators in plain English", "indicators", (Paragraph((opening,)), *sections))


def outcome_terms(material: Terms, outcome: Outcome, page_of: Callable[[str], str] | None = None) -> Section:
    """An outcome: its goal, what its indicators count and must reach, what supports it.

    `page_of` gives the address of an indicator's own page, where it has one.
    """
    blocks: list[Block] = [Paragraph((outcome.goal.strip(),))]
    for use in outcome.indicators:
        title = material.names.reading(use).title
        named = Link(title, page_of(use.id)) if page_of else Strong(f"{title}.")
        blocks.append(Paragraph((named, f" {material.sentence(use.id)}")))
    paid = [use for use in outcome.indicators if use.incentivised]
    rows = tuple(row for use in paid for row in _thresholds(material, use))
    if rows:
        columns = (
            Column("Indicator"),
            Column("For"),
            Column("Baseline"),
            *(Column(capital(level)) for level in LEVELS),
            Column("Weight"),
        )
        blocks.append(Grid(Table(f"Thresholds: {outcome.title}", columns, rows)))
    shown = [material.names.reading(use).title for use in outcome.indicators if not use.incentivised]
    if shown:
        blocks.append(Note("Shown, not paid for", ("; ".join(shown) + ".",)))
    if outcome.evidence:
        words: Words = ("Evidence: " + "; ".join(outcome.evidence) + ".",)
        blocks.append(Paragraph(words))
    return Section(outcome.title, f"outcome-{outcome.id}", tuple(blocks))


def _thresholds(material: Terms, use: IndicatorUse) -> Iterator[tuple[str, ...]]:
    reading = material.names.reading(use)
    if not use.segments:
        yield _row(material, use, reading.title, "everybody", use.thresholds, use.baseline, shortest(use.weight))
    for terms in use.segments:
        weight = "" if terms.weight is None else f"{shortest(terms.weight * 100)} %"
        who, marks = material.names.segment(terms.segment), terms.thresholds or use.thresholds
        yield _row(material, use, reading.title, who, marks, terms.baseline or use.baseline, weight)


def _row(
    material: Terms,
    use: IndicatorUse,
    title: str,
    who: str,
    marks: Thresholds | None,
    baseline: object,
    weight: str,
) -> tuple[str, ...]:
    reading = material.names.reading(use)
    start = getattr(baseline, "history", ())
    said = reading.figure(start[-1].value) if start else "–"
    levels = [reading.mark(getattr(marks, level).history[-1].value, use.judged_by) for level in LEVELS] if marks else []
    return (title, who, said, *(levels or ["–"] * len(LEVELS)), weight)


def _tier(outcome: Outcome) -> str:
    place = next(i for i, (_, levels) in enumerate(TIERS, 1) if outcome.tier in levels)
    return f"{place}: {outcome.tier}"
