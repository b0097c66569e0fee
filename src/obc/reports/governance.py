"""The governance of a programme as a document: portfolio, gates, plan, what is due, who decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from obc.domain.core.kernel.people import People
from obc.domain.programme.gates.gate import Gate
from obc.domain.programme.gates.portfolio import SOON, Portfolio
from obc.domain.programme.gates.process import Process
from obc.domain.programme.gates.programme import Programme
from obc.domain.programme.gates.schedule import Scheduled
from obc.domain.programme.gates.voting import counted
from obc.reports import governance_tables as tables
from obc.reports.chart_files import chart_files
from obc.reports.charts.chart import Chart
from obc.reports.charts.gantt import Bar, gantt
from obc.reports.document import Block, Document, Fact, Facts, Grid, Items, Note, Paragraph, Picture, Section, Strong
from obc.reports.filing import file_all
from obc.reports.page import page
from obc.reports.pdf import pdf
from obc.reports.scorecard import FOOT
from obc.reports.spreadsheet import workbook
from obc.reports.wording import capital, day, listed, plural

STEM = "programme"

HOW_TO_READ_A_PLAN = (
    "A task begins on the day after the last of those it waits for. Slack is by how many days its end may slip before "
    "the last gate of its contract moves; without slack it is on the critical path. Room is by how many days it may "
    "slip before a promised day is missed, its own or that of a task which waits for it; below nought, one is missed."
)


@dataclass(frozen=True)
class Governed:
    """What the document is about, as it stands on the day of the portfolio."""

    programme: Programme
    process: Process
    people: People
    gates: Sequence[Gate]
    scheduled: Sequence[Scheduled]
    held: Portfolio


def write_governance(given: Governed, folder: Path) -> tuple[Path, ...]:
    """Write `programme` as .html, .pdf and .xlsx, and each chart as SVG, PNG and CSV; returns the paths."""
    document = governance_document(given)
    contents = {
        f"{STEM}.html": page(document),
        f"{STEM}.pdf": pdf(document),
        f"{STEM}.xlsx": governance_workbook(given),
        **chart_files(document),
    }
    return file_all(folder, contents)


def governance_document(given: Governed) -> Document:
    """The document: what matters first, then portfolio, gates, plan and bodies."""
    held, currency = given.held, given.held.contracts[0].currency
    handed: tuple[Block, ...] = (Grid(tables.handovers_table(held.handovers, currency)),) if held.handovers else ()
    conditions = tables.conditions_table(given.gates)
    return Document(
        title=given.programme.title,
        subtitle=f"Gates, plan and portfolio on {day(held.on)}",
        blocks=(
            Paragraph((given.programme.summary.strip(),), lead=True),
            governance_facts(given),
            Section(f"Due within {plural(SOON // 7, 'week')}, or overdue", "due", (Grid(tables.due_table(held)),)),
            Section("Portfolio", "portfolio", (Grid(tables.contracts_table(held, given.process)), *handed)),
            Section(
                "Gates",
                "gates",
                (
                    Grid(tables.gates_table(given.gates, given.programme)),
                    *([Grid(conditions)] if conditions.rows else []),
                    *(gate_section(given, gate) for gate in given.gates if gate.state not in ("passed", "superseded")),
                ),
            ),
            Section(
                "Plan",
                "plan",
                (*(Picture(chart) for chart in plan_charts(given)), Note("How to read it", (HOW_TO_READ_A_PLAN,))),
            ),
            Section(
                "Who decides, and on the way to what",
                "bodies",
                (Grid(tables.bodies_table(given.programme)), Grid(tables.steps_table(given.process))),
            ),
        ),
        foot=FOOT,
    )


def governance_workbook(given: Governed) -> bytes:
    """Every table as a sheet."""
    held = given.held
    sheets = [
        ("Contracts", tables.contracts_table(held, given.process)),
        ("Handovers", tables.handovers_table(held.handovers, held.contracts[0].currency)),
        ("Gates", tables.gates_table(given.gates, given.programme)),
        ("Conditions", tables.conditions_table(given.gates)),
        ("Plan", tables.plan_table(given.scheduled)),
        ("Due", tables.due_table(held)),
        ("Bodies", tables.bodies_table(given.programme)),
    ]
    notes = (f"As it stood on {day(held.on)}.", HOW_TO_READ_A_PLAN, f"Source: {given.programme.source}")
    return workbook(given.programme.title, notes, sheets)


def governance_facts(given: Governed) -> Facts:
    """The figures that a board comes for."""
    held = given.held
    coming = [one.next_gate for one in held.contracts if one.next_gate and one.next_gate.due]
    first = min(coming, key=lambda gate: (gate.due, gate.id), default=None)
    apart = sum(not one.agreed for one in held.handovers)
    beyond = len({name for one in held.contracts for name in one.waiting})
    late = [one for one in given.scheduled if one.late and not one.task.done]
    facts = (
        Fact("Next gate", day(first.due) if first and first.due else "none", first.title if first else ""),
        Fact("Promises that will be missed", str(len(late)), "if nothing is caught up"),
        Fact("Risks beyond appetite", str(beyond), "of a contract, and not escalated"),
        Fact("Handovers not agreed", f"{apart} of {len(held.handovers)}", "people and money between contracts"),
    )
    return Facts(facts)


def gate_section(given: Governed, gate: Gate) -> Section:
    """A gate: what is asked, what was found, how it was voted and decided."""
    body = given.programme.body(gate.body)
    blocks: list[Block] = [Items(tuple((question,) for question in gate.questions))]
    if gate.decision:
        way = f" The way on: {gate.decision.to}." if gate.decision.to else ""
        said = (
            f"{capital(gate.decision.says)}, said the {gate.decision.by.replace('-', ' ')} on {day(gate.decision.on)}: "
        )
        blocks.append(Paragraph((f"{said}{gate.decision.because}{way}",)))
    blocks.append(Grid(tables.criteria_table(gate)))
    votes = counted(gate, body, given.people)
    if votes:
        blocks.append(Paragraph((Strong("How the members voted"),)))
        blocks.append(
            Items(tuple((f"{capital(one.by.replace('-', ' '))}: {one.says}. {one.because}",) for one in votes))
        )
    if gate.if_stopped and gate.state in ("planned", "open"):
        blocks.append(Paragraph((f"If it is stopped: {listed(list(gate.if_stopped))}.",)))
    return Section(f"{gate.title} ({gate.state})", f"gate-{gate.id}", tuple(blocks))


def plan_charts(given: Governed) -> Iterator[Chart]:
    """A Gantt picture for each contract that has tasks, and one for what belongs to none."""
    titles = {one.id: one.title for one in given.programme.contracts}
    for contract in dict.fromkeys(one.task.contract for one in given.scheduled):
        mine = [one for one in given.scheduled if one.task.contract == contract]
        title = titles.get(contract or "", "The programme as a whole")
        last, critical = max(mine, key=lambda one: one.last_day), [one for one in mine if one.critical]
        late = [one for one in mine if one.late and not one.task.done]
        sentence = (
            f"{plural(len(mine), 'task')}, the last until {day(last.last_day)}. Filled bars, {len(critical)} of them, "
            f"are on the critical path; hollow ones have slack, pale ones are done. Diamonds are milestones. The "
            f"dashed rule is {day(given.held.on)}, ticks are promised days"
            + (f"; {plural(len(late), 'promise')} will be missed." if late else ", and none will be missed.")
        )
        headline = f"{title}: {listed([_end(one) for one in mine if one.task.gate][-1:]) or _end(last)}"
        yield gantt(f"plan-{contract or 'programme'}", headline, sentence, [_bar(one) for one in mine], given.held.on)


def _end(one: Scheduled) -> str:
    return f"{one.task.title[0].lower()}{one.task.title[1:]} on {day(one.last_day)}"


def _bar(one: Scheduled) -> Bar:
    return Bar(
        name=one.task.title,
        begin=one.begin,
        last_day=one.last_day,
        end=one.end,
        due=one.task.due,
        critical=one.critical,
        state=one.task.state,
        slack=one.slack,
        room=one.room,
    )
