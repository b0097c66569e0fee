"""Section 10: the options appraised, what would have had to be true, and the stop–go questions."""

from obc.domain.money.finance.projection import OPTIONS
from obc.domain.money.finance.sensitivity import Turn
from obc.reports.business_case_material import OPTION_NAMES, Material, driver_name, driver_value
from obc.reports.business_case_summary import percent_words
from obc.reports.document import Block, Grid, Items, Link, Paragraph, Section, Words
from obc.reports.table import Column, Table
from obc.reports.wording import capital, number


def decision(material: Material) -> Section:
    """What is to be decided, and on what."""
    blocks: list[Block] = []
    if material.case.appraisal:
        blocks.append(_appraisal(material))
    blocks.append(_turns(material))
    if material.case.questions.questions:
        blocks.append(_questions(material))
    return Section("Options and decision", "decision", tuple(blocks))


def _appraisal(material: Material) -> Section:
    found = material.case.appraisal
    assert found is not None
    weights = material.file.appraisal
    assert weights is not None
    names = [name for name, _, _ in found.options[0].scores]
    rows = tuple(
        (OPTION_NAMES[one.option], *(number(score, 1) for _, score, _ in one.scores), number(one.total, 2))
        for one in found.options
    )
    heads = (f"{capital(name)} ({percent_words(weights.weight(name))})" for name in names)
    columns = (Column("Option"), *(Column(head, "number") for head in heads), Column("Weighted", "number"))
    reasons = tuple(
        (OPTION_NAMES[one.option], capital(name), because)
        for one in found.options
        for name, _, because in one.scores[1:]
    )
    why = (Column("Option"), Column("Criterion"), Column("Because"))
    blocks: list[Block] = [
        Paragraph(
            (
                "Cost is scored by the projection: 5 for the cheapest, the others in proportion. All else was scored "
                f"by people, 0 to 5 (scored by: {found.scored_by}; source: {weights.source}). "
                f"{_turn_of_weight(material)}",
            )
        ),
        Grid(Table("Options scored", columns, rows)),
        Grid(Table("Why these scores", why, reasons)),
    ]
    return Section("Options appraised", "appraisal", tuple(blocks))


def _turn_of_weight(material: Material) -> str:
    found = material.case.appraisal
    assert found is not None
    if not found.turns:
        return f"'{OPTION_NAMES[found.options[0].option]}' comes first whatever cost weighs."
    turns = [f"from {percent_words(at)} on, '{OPTION_NAMES[name].lower()}' comes first" for at, name in found.turns]
    first = OPTION_NAMES[found.first_without_cost].lower()
    return f"If cost weighed nothing, '{first}' would come first; {'; '.join(turns)}."


def _turns(material: Material) -> Section:
    blocks: list[Block] = [
        Paragraph(
            (
                "One driver at a time, all others as written. An option wins where it is the cheapest over the years. "
                "Points are added to the growth rate of every year.",
            )
        )
    ]
    for option in OPTIONS:
        turns = [turn for turn in material.case.sensitivity.turns if turn.option == option]
        lines: list[Words] = [(_turn(material, turn),) for turn in turns if turn.at is not None]
        always = [turn for turn in turns if turn.wins == "always"]
        if len(always) == len(turns):
            lines = [("It wins whatever any one driver does.",)]
        elif not lines:
            lines = [("No driver alone makes it the cheapest.",)]
        blocks.append(Section(OPTION_NAMES[option], f"wins-{option.replace(' ', '-')}", (Items(tuple(lines)),)))
    return Section("What would have had to be true", "true", tuple(blocks))


def _turn(material: Material, turn: Turn) -> str:
    assert turn.at is not None
    name, at = driver_name(material, turn.driver), turn.at
    value = driver_value(material, turn.driver, at)
    side = "at or above" if turn.wins == "from" else "at or below"
    return f"{name}: it wins {side} {value}."


def _questions(material: Material) -> Section:
    found = material.case.questions
    rows = tuple(
        (one.asks, one.answer, one.why, "; ".join(rest.said for rest in one.evidence) or "none", one.next)
        for one in found.questions
    )
    columns = (Column("Question"), Column("Answer"), Column("Why"), Column("Evidence"), Column("Next phase"))
    partly = sum(one.answer == "partly" for one in found.questions)
    verdict = (
        f"No question is answered no or left open; {partly} of {len(found.questions)} are answered in part."
        if found.go
        else "At least one question is answered no or left open: the next phase cannot begin."
    )
    return Section(
        "Stop or go",
        "questions",
        (Paragraph((verdict,)), Grid(Table("Questions before the next phase", columns, rows)), *_links(material)),
    )


def _links(material: Material) -> tuple[Block, ...]:
    """Ways to what the answers rest on in this document."""
    questions = material.case.questions.questions
    figures = dict.fromkeys(rest.figure for one in questions for rest in one.evidence if rest.figure in _SHOWN_IN)
    lines = tuple(
        (f"{capital(figure.replace('_', ' '))}: ", Link(*_SHOWN_IN[figure])) for figure in figures if figure is not None
    )
    return (Paragraph(("Where this document shows it:",)), Items(lines)) if lines else ()


_SHOWN_IN = {
    "options": ("Summary", "#summary"),
    "printed": ("How this case was made", "#approach"),
    "today": ("Care today", "#today"),
    "need": ("Care today", "#today"),
    "measures": ("What is measured today", "#measures"),
    "services": ("What is spent, and what is in scope", "#baseline"),
    "projection": ("Projections", "#projections"),
    "envelope": ("Envelope", "#envelope"),
    "savings": ("Savings", "#savings"),
    "literature": ("What the literature supports", "#literature"),
    "interventions": ("Interventions that could deliver", "#interventions"),
    "capitation": ("Capitated budget", "#capitation"),
    "providers": ("What is left for providers", "#margins"),
    "simulation": ("How sure it is", "#simulation"),
    "sensitivity": ("What the answer hangs on", "#sensitivity"),
    "appraisal": ("Options appraised", "#appraisal"),
}
"""The section in which a figure of the case is shown: its title, and the way there."""
