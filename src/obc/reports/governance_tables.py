"""Tables of a programme's governance: for the page, the PDF and the workbook alike."""

from collections.abc import Iterable, Sequence

from obc.domain.programme.gates.gate import Gate
from obc.domain.programme.gates.handover import Agreement
from obc.domain.programme.gates.portfolio import Portfolio
from obc.domain.programme.gates.process import Process
from obc.domain.programme.gates.programme import Programme
from obc.domain.programme.gates.schedule import Scheduled
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, day, listed, money

UNKNOWN = "not known"


def contracts_table(held: Portfolio, process: Process) -> Table:
    """Where each contract stands. What is not known is called so."""
    rows: list[tuple[Cell, ...]] = []
    for one in held.contracts:
        coming = one.next_gate
        amounts = (one.in_scope_minor, one.later_minor, one.given_minor, one.taken_minor)
        rows.append(
            (
                one.contract.title,
                process.titled(one.phase),
                f"{coming.title}, {day(coming.due) if coming.due else 'no day'}" if coming else "none",
                *(UNKNOWN if amount is None else amount for amount in amounts),
                listed([f"{count} {name}" for name, count in one.risks if count]) or "none",
                len(one.waiting),
            )
        )
    columns = (
        Column("Contract"),
        Column("Phase"),
        Column("Next gate"),
        *(Column(head, "money") for head in ("In scope a year", "Later", "Given away", "Taken on")),
        Column("Risks as they stand"),
        Column("Beyond appetite", "count"),
    )
    return Table("Where each contract stands", columns, tuple(rows), currency=held.contracts[0].currency)


def handovers_table(agreements: Iterable[Agreement], currency: str) -> Table:
    """Who and what leaves one contract for another, and what both sides say."""
    rows = []
    for one in agreements:
        handed = one.handover
        sides = [
            f"{_said(side.amount, currency)}; {listed(side.groups)} ({side.contract})"
            for side in (handed.giver, handed.taker)
        ]
        rows.append((handed.what, *sides, "agreed" if one.agreed else capital("; ".join(one.apart))))
    columns = (Column("Who"), Column("The giver says"), Column("The taker says"), Column("Agreement"))
    return Table("Handed over between contracts", columns, tuple(rows))


def gates_table(gates: Sequence[Gate], programme: Programme) -> Table:
    """Every gate with its state."""
    titles = {one.id: one.title for one in programme.contracts}
    rows = tuple(
        (
            one.title,
            titles[one.contract],
            one.kind,
            programme.body(one.body).title,
            day(one.due) if one.due else "–",
            capital(one.state),
            f"{len(one.criteria) - len(one.unmet)} of {len(one.criteria)}",
            f"{capital(one.decision.says)} on {day(one.decision.on)}" if one.decision else "–",
        )
        for one in gates
    )
    heads = ("Gate", "Contract", "Kind", "Body", "Due", "State", "Criteria met", "Decision")
    return Table("Gates and checkpoints", tuple(map(Column, heads)), rows)


def criteria_table(gate: Gate) -> Table:
    """What a gate asks for, and what was seen."""
    rows = []
    for criterion in gate.criteria:
        found = gate.finding(criterion.id)
        rows.append(
            (
                criterion.asks,
                f"the check '{criterion.check}'" if criterion.check else listed(list(criterion.evidence)),
                "yes" if criterion.never_waived else "no",
                "not looked at" if found is None else "met" if found.met else "not met",
                f"{found.says} ({(found.by or 'a check').replace('-', ' ')}, {day(found.on)})" if found else "–",
            )
        )
    heads = ("Criterion", "Evidence", "Never waived", "Met", "What was seen")
    return Table(f"Criteria: {gate.title}", tuple(map(Column, heads)), tuple(rows))


def conditions_table(gates: Iterable[Gate]) -> Table:
    """Everything that was left to do when a gate was passed."""
    rows = tuple(
        (
            one.title,
            condition.what,
            condition.owner.replace("-", " "),
            day(condition.due),
            condition.state,
            condition.report or "–",
        )
        for one in gates
        for condition in one.conditions
    )
    heads = ("Gate", "What", "Owner", "Due", "State", "Report")
    return Table("Conditions and what became of them", tuple(map(Column, heads)), rows)


def due_table(held: Portfolio) -> Table:
    """What is due next, the earliest first."""
    rows = tuple(
        (day(one.day), "overdue" if one.overdue else "", one.kind, one.what, one.owner.replace("-", " "))
        for one in held.due
    )
    return Table("Due next", tuple(map(Column, ("Day", "", "Kind", "What", "Whose"))), rows)


def plan_table(scheduled: Sequence[Scheduled]) -> Table:
    """Every task with its days, for the workbook."""
    columns = (
        *map(Column, ("Task", "Title", "Contract", "Step", "Owner", "Waits for", "Begins", "Last day", "Promised")),
        *(Column(head, "count") for head in ("Days late", "Slack", "Room")),
        Column("Critical"),
        Column("State"),
    )
    rows = tuple(
        (
            one.task.id,
            one.task.title,
            one.task.contract or "",
            one.task.step,
            one.task.owner,
            ", ".join(one.task.after),
            one.begin.isoformat(),
            one.last_day.isoformat(),
            one.task.due.isoformat() if one.task.due else "",
            one.late,
            "" if one.task.done else one.slack,
            "" if one.room is None else one.room,
            "yes" if one.critical else "no",
            one.task.state,
        )
        for one in scheduled
    )
    return Table("The plan", columns, rows)


def bodies_table(programme: Programme) -> Table:
    """Who decides what, and how many it takes."""
    titles = {one.id: one.title for one in programme.bodies}
    rows = []
    for one in programme.bodies:
        among = (
            f", among them {listed(['a ' + role for role in one.quorum.among_them])}" if one.quorum.among_them else ""
        )
        rows.append(
            (
                one.title,
                one.remit.strip(),
                f"{one.quorum.members} of {len(one.members)}{among}",
                one.chair.replace("-", " "),
                titles[one.reports_to] if one.reports_to else "–",
                one.source,
            )
        )
    heads = ("Body", "Remit", "Quorum", "Chair", "Reports to", "Source")
    return Table("Who decides", tuple(map(Column, heads)), tuple(rows))


def steps_table(process: Process) -> Table:
    """The seven steps and their phases."""
    rows = tuple(
        (one.title, process.titled(one.phase) if one.phase else "all phases", capital(one.yields))
        for one in process.steps
    )
    return Table("Phases and steps", tuple(map(Column, ("Step", "Phase", "What it leaves behind"))), rows)


def _said(amount: int | None, currency: str) -> str:
    return UNKNOWN if amount is None else money(amount, currency)
