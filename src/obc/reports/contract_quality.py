"""Quality, information, guarantees, changes, disputes and escalation: how the contract is kept."""

from obc.reports.contract_material import Material, source_of
from obc.reports.document import Block, Grid, Items, Note, Paragraph, Section, Strong
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed


def quality(material: Material) -> Section | None:
    """The quality schedule: each expectation with its owner, evidence, state and review."""
    if not material.expectations:
        return None
    rows = tuple(
        (one.terms.title, capital(one.terms.owner), capital(one.state), _review(one.on, one.next_review, one.overdue))
        for one in material.expectations
    )
    columns = (Column("Expectation"), Column("Answers for it"), Column("State"), Column("Review"))
    opening = (
        "Quality is part of good outcomes and is never traded for them. Each expectation is reviewed by commissioners, "
        "patients or carers, never by those who give the care. A payment may cite an expectation as its hurdle."
    )
    blocks: list[Block] = [Paragraph((opening,)), Grid(Table(f"As it stands on {day(material.on)}", columns, rows))]
    for number, one in enumerate(material.expectations, 1):
        terms = one.terms
        shown = (f"Shown by: {listed(terms.evidence)}. Reviewed every {terms.reviewed_every}. Source: {terms.source}.",)
        found = (Note("Last review", (f"{capital(one.state)}: {one.evidence}.",)),) if one.evidence else ()
        inner = (Paragraph((terms.expects.strip(),)), Paragraph(shown), *found)
        blocks.append(Section(f"{number}. {terms.title}", f"expectation-{terms.id}", inner))
    return Section("Quality schedule", "quality", tuple(blocks))


def _review(on: object, due: object, overdue: bool) -> str:
    last = f"last on {on:%-d %B %Y}, " if on else ""
    return f"{last}{'overdue since' if overdue else 'next by'} {due:%-d %B %Y}"


def information(material: Material) -> Section | None:
    """Who sends what to whom, how often and how soon."""
    schedules = material.contract.schedules
    if schedules is None or not schedules.information:
        return None
    name = material.names.account
    rows = tuple(
        (
            one.what,
            name(one.from_),
            "; ".join(name(party) for party in one.to),
            f"every {one.every}, within {one.within} working days",
            one.how,
        )
        for one in schedules.information
    )
    columns = (Column("What"), Column("From"), Column("To"), Column("When"), Column("How"))
    opening = (
        "All parties see the same figures. Person-level records stay in the compute zone; only indicator values with "
        "their counts leave it, and small numbers are hidden before anything is published."
    )
    return Section(
        "Information schedule", "information", (Paragraph((opening,)), Grid(Table("Information duties", columns, rows)))
    )


def guarantees(material: Material) -> Section | None:
    """What stands behind the parties' promises."""
    schedules = material.contract.schedules
    if schedules is None or not schedules.guarantees:
        return None
    name = material.names.account
    rows = tuple(
        (
            one.covers,
            name(one.given_by),
            name(one.to),
            material.money(one.amount) if one.amount else "no limit",
            one.lasts,
            source_of(one.source),
        )
        for one in schedules.guarantees
    )
    columns = (Column("Covers"), Column("Given by"), Column("To"), Column("Up to"), Column("Lasts"), Column("Source"))
    return Section("Guarantees", "guarantees", (Grid(Table("Guarantees", columns, rows)),))


def changes(material: Material) -> Section:
    """How the contract is changed, what was varied, what is on its way."""
    schedules, agreement = material.contract.schedules, material.contract.agreement
    lines = [
        ("A party proposes a change, with its reason and the places in the contract that are to read otherwise.",),
        ("Each party that must agree does so for itself, the proposer too. One refusal ends it.",),
        ("An agreed change takes effect on its day, once the contract's files read as agreed.",),
        ("Outcomes are fixed for the term; indicators may change in this way as more is learned.",),
    ]
    if schedules and schedules.changes:
        terms = schedules.changes
        clock = f"An answer is due within {terms.answer_within} working days; a change needs notice of {terms.notice}."
        lines.append((f"{clock} Source: {terms.source}.",))
    blocks: list[Block] = [Items(tuple(lines), ordered=True)]
    if agreement.variations:
        rows = tuple((one.id, one.changes, day(one.agreed), day(one.effective)) for one in agreement.variations)
        columns = (Column("Variation"), Column("What changed"), Column("Agreed"), Column("In effect from"))
        blocks.append(Grid(Table("Variations so far", columns, rows)))
    if material.changes:
        rows = tuple(
            (one.id, one.title, one.state, listed([material.names.account(p) for p in one.waits_for]) or "nobody")
            for one in material.changes
        )
        heads = (Column("Change"), Column("What"), Column("State"), Column("Waits for"))
        blocks.append(Grid(Table("Changes that were proposed", heads, rows)))
    return Section("Change mechanism", "changes", tuple(blocks))


def disputes(material: Material) -> Section | None:
    """How disputes are settled, and how a breach is escalated."""
    schedules, policy = material.contract.schedules, material.policy
    blocks: list[Block] = []
    if schedules and schedules.disputes:
        rows = tuple(
            (f"{number}. {one.step}", capital(one.between), f"{one.within} working days", source_of(one.source))
            for number, one in enumerate(schedules.disputes, 1)
        )
        columns = (Column("Step"), Column("Between"), Column("Within"), Column("Source"))
        held = "While a figure is in dispute only what hangs on it waits; all else is paid."
        blocks += [Paragraph((held,)), Grid(Table("Steps of a dispute", columns, rows))]
    if policy:
        rows = tuple(
            (
                capital(one.stage),
                one.says,
                f"{one.working_days} working days" if one.working_days else "–",
                capital(one.evidence),
                source_of(one.source),
            )
            for one in policy.stages
        )
        heads = (
            Column("Stage"),
            Column("What happens"),
            Column("Clock"),
            Column("Evidence to enter it"),
            Column("Source"),
        )
        said = "Support comes before sanctions. "
        rest = "No sanction before both sides agree on the causes, and none where no cause lies with the provider."
        inner = (Paragraph((Strong(said), rest)), Grid(Table("Stages of escalation", heads, rows)))
        blocks.append(Section("Escalation", "escalation", inner))
    return Section("Disputes and escalation", "disputes", tuple(blocks)) if blocks else None
