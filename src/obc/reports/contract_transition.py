"""Conditions precedent, mobilisation, and how today's contracts go over."""

from obc.reports.contract_material import Material, source_of
from obc.reports.document import Block, Grid, Note, Paragraph, Section
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed, plural


def conditions(material: Material) -> Section | None:
    """What must hold before the contract goes live, and how it stands."""
    schedules, found = material.contract.schedules, material.readiness
    if schedules is None or not found.conditions:
        return None
    stood = {row.id: row for row in found.conditions}
    rows = tuple(
        (
            one.title,
            one.requires.strip(),
            material.names.account(one.shown_by),
            capital(one.evidence),
            capital(stood[one.id].state) + (" (can be waived)" if one.can_be_waived else ""),
            source_of(one.source),
        )
        for one in schedules.conditions_precedent
    )
    columns = (
        Column("Condition"),
        Column("Requires"),
        Column("Shown by"),
        Column("Evidence"),
        Column("State"),
        Column("Source"),
    )
    if found.live_since:
        said = f"The contract has been live since {day(found.live_since)}."
    elif found.ready:
        said = "Every condition holds: the contract may go live."
    else:
        still = len(found.conditions) - found.holding
        said = (
            f"On {day(material.on)} {plural(still, 'condition is', 'conditions are')} open; it may not go live before."
        )
    blocks: list[Block] = [Note("Readiness", (said,)), Grid(Table("Conditions precedent", columns, rows))]
    if material.mobilisation:
        late = set(found.late)
        steps = tuple(
            (
                one.title,
                one.owner,
                day(one.due),
                "Late" if one.id in late else capital(one.state),
                one.evidence or "–",
            )
            for one in material.mobilisation
        )
        heads = (Column("Preparation"), Column("Owner"), Column("Due"), Column("State"), Column("Evidence"))
        blocks.append(Grid(Table("Mobilisation plan", heads, steps)))
    return Section("Conditions precedent and mobilisation", "conditions", tuple(blocks))


def transition(material: Material) -> Section | None:
    """The register of today's contracts: ends, notice, staged amendment, staff."""
    if not material.passages:
        return None
    rows = tuple(
        (
            one.id,
            material.names.account(one.provider),
            day(one.ends),
            _notice(one.notice_given is not None, one.notice_late, one.becomes),
            capital(one.becomes),
            f"{one.amendment}: {one.state}" if one.amendment else "–",
            str(one.staff) if one.staff else "–",
        )
        for one in material.passages
    )
    columns = (
        Column("Contract"),
        Column("Held by"),
        Column("Ends"),
        Column("Notice"),
        Column("Becomes"),
        Column("Amendment"),
        Column("Staff who move"),
    )
    renewing = [one for one in material.passages if one.amendment]
    carried = sum(one.state == "carried" for one in renewing)
    opening = (
        f"{plural(len(material.passages), 'contract')} of today go over to this one or end. Those that renew before "
        f"take a staged amendment with the indicators and data duties of this contract: {carried} of {len(renewing)} "
        f"carry it on {day(material.on)}. Staff whose work moves keep their terms (TUPE)."
    )
    blocks: list[Block] = [Paragraph((opening,)), Grid(Table("Contracts of today", columns, rows))]
    late = [one.id for one in material.passages if one.notice_late]
    if late:
        blocks.append(Note("Notice that is late", (f"{listed(late)}: it runs on unless the parties agree otherwise.",)))
    if material.amendments:
        reading = {one.id: one.title for one in material.contract.definitions}
        terms = tuple(
            (
                one.title,
                day(one.renews),
                "; ".join(reading.get(name, name) for name in one.indicators),
                "; ".join(one.data_duties),
                source_of(one.source),
            )
            for one in material.amendments
        )
        heads = (Column("Amendment"), Column("Renews"), Column("Indicators"), Column("Data duties"), Column("Source"))
        blocks.append(Grid(Table("Staged amendments", heads, terms)))
    return Section("Transition", "transition", tuple(blocks))


def _notice(given: bool, late: bool, becomes: str) -> str:
    if given:
        return "Given"
    return "Late" if late else "Not needed" if becomes == "stays outside" else "Not yet"
