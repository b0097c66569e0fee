"""The pages of a programme's governance: an overview, the plan, and a gate, each for one decision."""

from collections.abc import Sequence

from obc.domain.core.kernel.trail import Action
from obc.domain.programme.gates.gate import GATE, Gate
from obc.domain.programme.gates.schedule import Moved, Scheduled, critical_path, late_first
from obc.reports import governance_tables as tables
from obc.reports.document import Block, Document, Grid, Note, Paragraph, Picture, Section
from obc.reports.governance import HOW_TO_READ_A_PLAN, Governed, gate_section, governance_facts, plan_charts
from obc.reports.machine_table import life
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, plural


def overview_document(given: Governed, savings: Sequence[Section]) -> Document:
    """Where each contract stands, what is due and whose it is, what was promised and came, who decides."""
    held, currency = given.held, given.held.contracts[0].currency
    handed: tuple[Block, ...] = (Grid(tables.handovers_table(held.handovers, currency)),) if held.handovers else ()
    conditions = tables.conditions_table(given.gates)
    return Document(
        title=given.programme.title,
        subtitle=f"Where it stands on {day(held.on)}",
        blocks=(
            Paragraph((given.programme.summary.strip(),), lead=True),
            governance_facts(given),
            Section("What is due, and whose it is", "due", (Grid(tables.due_table(held)),)),
            Section("Portfolio", "portfolio", (Grid(tables.contracts_table(held, given.process)), *handed)),
            *savings,
            Section(
                "Gates",
                "gates",
                (
                    Grid(tables.gates_table(given.gates, given.programme)),
                    *([Grid(conditions)] if conditions.rows else []),
                ),
            ),
            Section(
                "Phases, steps and who decides",
                "bodies",
                (Grid(tables.steps_table(given.process)), Grid(tables.bodies_table(given.programme))),
            ),
        ),
        foot=FOOT,
    )


def plan_document(given: Governed, slip: tuple[str, int, Sequence[Moved]] | None) -> Document:
    """The plan: what is late first, what holds up the whole, everything; `slip`: what moves if a task takes longer."""
    late = [one for one in given.scheduled if one.late and not one.task.done]
    path = critical_path(tuple(given.scheduled))
    moved = (Section("What moves", "moves", tuple(_moved(*slip))),) if slip else ()
    late_said = f"{capital(plural(len(late), 'promise'))} will be missed if nothing is caught up."
    return Document(
        title="Plan",
        subtitle=f"{given.programme.title}, on {day(given.held.on)}",
        blocks=(
            Paragraph((late_said if late else "Every promised day will be kept.",), lead=True),
            *moved,
            Section("Late ones first", "tasks", (Grid(tasks_table(given.scheduled, "Tasks, late ones first")),)),
            Section(
                "Critical path",
                "path",
                (
                    Paragraph(("A day lost on one of these is a day lost for the whole.",)),
                    Grid(tasks_table(path, "What holds up the whole, in time", by_day=True)),
                ),
            ),
            Section(
                "Pictures",
                "pictures",
                (*(Picture(chart) for chart in plan_charts(given)), Note("How to read it", (HOW_TO_READ_A_PLAN,))),
            ),
        ),
        foot=FOOT,
    )


def tasks_table(scheduled: Sequence[Scheduled], caption: str, by_day: bool = False) -> Table:
    """Tasks with their days, for a page."""
    rows = tuple(
        (
            one.task.title,
            one.task.owner.replace("-", " "),
            one.task.state,
            day(one.begin),
            day(one.last_day),
            day(one.task.due) if one.task.due else "–",
            plural(one.late, "day") if one.late else "–",
            "yes" if one.critical else "no",
        )
        for one in (scheduled if by_day else late_first(scheduled))
    )
    heads = ("Task", "Owner", "State", "Begins", "Last day", "Promised", "Late by", "Critical")
    return Table(caption, tuple(map(Column, heads)), rows)


def gate_document(given: Governed, gate: Gate, trail: Sequence[Action]) -> Document:
    """One gate: what is asked, what was found, votes, decision, conditions, what was done so far."""
    conditions = tables.conditions_table([gate])
    section = gate_section(given, gate)
    left = [Section("Conditions", "conditions", (Grid(conditions),))] if conditions.rows else []
    due = f"; due on {day(gate.due)}" if gate.due else ""
    return Document(
        title=gate.title,
        subtitle=f"{given.programme.body(gate.body).title} decides{due}",
        blocks=(
            Section("What is asked, and what was found", "asked", section.blocks),
            *left,
            done_section("gate", [gate.id], trail),
            life(GATE, gate.state),
        ),
        foot=FOOT,
    )


def done_section(kind: str, records: Sequence[str], trail: Sequence[Action]) -> Section:
    """What was done to records of a kind, the latest first."""
    rows = tuple(
        (f"{one.at:%Y-%m-%d %H:%M}", one.by.replace("-", " "), one.verb, one.why)
        for one in reversed(trail)
        if one.kind == kind and one.record in records
    )
    table = Table("What was done, the latest first", tuple(map(Column, ("When", "Who", "What", "Why"))), rows)
    empty = Paragraph(("Nothing was done since the file was written. Every act leaves a line here, with its reason.",))
    return Section("History", "history", (Grid(table) if rows else empty,))


def _moved(task: str, days: int, moved: Sequence[Moved]) -> tuple[Block, ...]:
    said = f"If '{task}' takes {plural(days, 'day')} longer, {plural(len(moved), 'task')} end later."
    rows = tuple(
        (
            one.task.title,
            day(one.before),
            day(one.after),
            plural(one.days, "day"),
            plural(one.late, "day") if one.late else "–",
        )
        for one in moved
    )
    heads = ("Task", "Last day", "Would be", "Later by", "Misses its promise by")
    return (Paragraph((said,)), Grid(Table("What would move", tuple(map(Column, heads)), rows)))
