"""Sections 1 and 2: the options against each other, losses included; how the case was made."""

from collections.abc import Iterable
from fractions import Fraction

from obc.domain.core.kernel.money import written
from obc.domain.core.kernel.provenance import kind_of
from obc.reports.business_case_material import OPTION_NAMES, Material, dearer
from obc.reports.document import Block, Fact, Facts, Grid, Items, Note, Paragraph, Section, Strong, Words
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed, percent, plural


def headline(material: Material) -> str:
    """The answer in a sentence: how the outcomes-based option compares with the best of the others."""
    one = material.option("outcomes based")
    span = f"{material.case.projection.years[1]} to {material.case.projection.years[-1]}"
    return f"From {span}, the outcomes-based option costs {dearer(one, material)}."


def summary(material: Material) -> Section:
    """What the reader must know, the losses first."""
    return Section("Summary", "summary", tuple(_summary(material)))


def _summary(material: Material) -> list[Block]:
    case = material.case
    one = material.option("outcomes based")
    blocks: list[Block] = [Paragraph((Strong(headline(material)),), lead=True)]
    if one.dearer_in:
        blocks.append(Paragraph((f"It is the dearer of the two in {listed(list(one.dearer_in))}.",)))
    blocks.append(Grid(against_best(material)))
    blocks.append(key_facts(material))
    said: list[Words] = []
    sure = how_sure(material)
    if sure:
        said.append((sure,))
    if case.appraisal:
        best = case.appraisal.options[0]
        guessed = _guessed([material.file.appraisal.source] if material.file.appraisal else [])
        scored = f"Scored on cost, benefit, deliverability and fit{guessed}"
        note = f"{scored}, '{OPTION_NAMES[best.option].lower()}' comes first"
        turn = next(iter(case.appraisal.turns), None)
        said.append(
            (f"{note}.",) if not turn else (f"{note}, as long as cost weighs less than {percent_words(turn[0])}.",)
        )
    questions = case.questions
    if questions.questions:
        stand = f"{questions.answered_yes} of {plural(len(questions.questions), 'question')} answered yes"
        said.append((f"Before the next phase: {stand}, {questions.open} open.",))
    blocks.append(Items(tuple(said)))
    decision = material.file.decision
    if decision:
        by = f", by {day(decision.by)}" if decision.by else ""
        blocks.append(Note("Decision asked for", (f"{capital(decision.of)} is asked {decision.asks}{by}.",)))
    return blocks


def how_sure(material: Material) -> str | None:
    """How often the outcomes-based option is the cheapest; None where no ranges are given."""
    simulation = material.case.simulation
    if simulation is None:
        return None
    drawn = {option.option: option for option in simulation.options}
    odds = percent_words(drawn["outcomes based"].cheapest)
    guessed = _guessed(one.source for one in material.finance.ranges)
    return (
        f"With every driver drawn from its range{guessed}, the outcomes-based option is the cheapest in {odds} of runs."
    )


def _guessed(sources: Iterable[str]) -> str:
    """A word of warning where no source stands behind any of it."""
    kinds = {kind_of(source) for source in sources}
    return " (illustrative)" if kinds == {"illustrative"} else ""


def percent_words(value: Fraction) -> str:
    """A share for people: never 0% where something is, never 100% where something is not."""
    if 0 < value < Fraction(1, 1000):
        return "under 0.1%"
    if Fraction(99, 100) < value < 1:
        return "over 99%"
    return percent(value, 0 if value >= Fraction(1, 10) or not value else 1)


def against_best(material: Material) -> Table:
    """Each option, the best of the others, and the difference."""
    rows = tuple(
        (
            OPTION_NAMES[one.option],
            material.millions(one.total_minor),
            OPTION_NAMES[one.best_alternative],
            f"{'+' if one.difference_minor > 0 else ''}{material.millions(one.difference_minor)}",
            "every year" if len(one.dearer_in) == len(one.by_year_minor) else listed(list(one.dearer_in)) or "no year",
        )
        for one in material.case.options
    )
    return Table(
        "Each option against the best alternative, over the projected years",
        (
            Column("Option"),
            Column("Cost", "money"),
            Column("Best alternative"),
            Column("Difference", "money"),
            Column("Dearer in"),
        ),
        rows,
    )


def key_facts(material: Material) -> Facts:
    """What is in scope, the envelope, and the last year with and without a change."""
    case = material.case
    last = case.projection
    return Facts(
        (
            Fact("In scope", material.millions(case.services.total.in_minor), f"a year, in {last.years[0]}"),
            Fact("Envelope", material.millions(case.envelope[-1].envelope_minor), f"a year, in {last.years[-1]}"),
            Fact("If nothing changes", material.millions(last.do_nothing_minor[-1]), f"in {last.years[-1]}"),
            Fact("Outcomes based", material.millions(last.outcomes_based_minor[-1]), f"in {last.years[-1]}"),
        )
    )


def approach(material: Material) -> Section:
    """How the figures came about, what was checked, and what is illustrative."""
    case, finance = material.case, material.finance
    check = case.printed
    blocks: list[Block] = [
        Paragraph(
            (
                "Every figure here comes from one model, whose inputs stand in the contract's folder with their "
                "sources. The workbook beside this document holds the same model with live formulas.",
            )
        ),
        Items(
            (
                (f"Cost grows by {_growth(material)}, one on top of the other.",),
                (
                    f"{finance.efficiency.title}: {share_words(material)} of each year's grown cluster-funded spend, "
                    "adding up over the years.",
                ),
                (f"Savings of the outcomes-based option: {_taken(case.savings.taken_from)}.",),
                ("Amounts are in the prices of each year and are not discounted, except where it says so.",),
            )
        ),
    ]
    if check.figures:
        equal = check.figures - len(check.differences)
        blocks.append(
            Paragraph((f"Held against the tables as printed, {equal} of {check.figures} figures come out equal.",))
        )
    if check.differences:
        rows = tuple(
            (
                capital(one.line),
                one.column,
                one.printed_thousands,
                one.model_thousands,
                f"{one.off:+d}".replace("-", "−"),
            )
            for one in check.differences
        )
        columns = (
            Column("Line"),
            Column("Year"),
            Column("Printed", "number"),
            Column("Worked out", "number"),
            Column("Difference"),
        )
        blocks.append(Grid(Table(f"Printed figures that differ ({material.unit})", columns, rows)))
        blocks.append(Paragraph((_unrounded(material),)))
    return Section("How this case was made", "approach", tuple(blocks))


def _unrounded(material: Material) -> str:
    found = material.case.unrounded_base
    if found is None:
        return "No base, however it is rounded, gives every printed figure of the projection."
    least, most = (written(amount, material.case.currency) for amount in (found.least_minor, found.most_minor))
    return (
        f"They follow from rounding: any base in scope between {least} and {most} gives every printed figure of the "
        "projection, and all of these print as the same thousand."
    )


def _growth(material: Material) -> str:
    finance = material.finance
    rates = [f"{one.title.lower()} {percent(finance.rate(one, finance.years[0]))}" for one in finance.growth]
    return f"{listed(rates)} a year" if rates else "nothing"


def share_words(material: Material) -> str:
    """The efficiency target of the first year."""
    return percent(material.finance.efficiency_rate(material.finance.years[0]), 0)


def _taken(source: str) -> str:
    return "as a source prints them" if source == "printed" else "worked out from spells and unit costs"
