"""Engagement and the change: files and trail of a programme plugged into the services."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from obc.domain.core.kernel.people import People
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.programme.engagement import change_file, engagement_file
from obc.domain.programme.engagement.asked import Asked
from obc.domain.programme.engagement.benefits import Benefit
from obc.domain.programme.engagement.change_file import ChangeFile
from obc.domain.programme.engagement.checklist import Item
from obc.domain.programme.engagement.communications import Message
from obc.domain.programme.engagement.engagement_file import EngagementFile
from obc.domain.programme.engagement.events import Event
from obc.domain.programme.engagement.findings import Finding
from obc.domain.programme.engagement.statements import Statement
from obc.loaders import contract as folders
from obc.loaders.programme import ProgrammeFolder, may_act
from obc.loaders.whole import read_whole
from obc.services.case import make_case
from obc.services.communications import Communications
from obc.services.engagement import Engagement, EngagementChecks
from obc.services.evidence import Check
from obc.services.register import Doing, Register


def engagement(programme: ProgrammeFolder) -> Engagement:
    """The engagement of a programme, with the framework it is about. Raises `Problems`."""
    file = programme.read(engagement_file.FILE, EngagementFile)
    contract = folders.load_contract(programme.contract(file.contract))
    framework = contract.framework
    shown = f"{programme.name}/{engagement_file.FILE}"
    _all_known(shown, programme.people, ((f"reference groups / {one.id}", one.chair) for one in file.reference_groups))
    if framework is None:
        raise refusal(shown, "contract", f"{file.contract}, which has no framework", "agree on outcomes first")
    return Engagement(
        shown=shown,
        contract=contract.id,
        file=file,
        framework=framework,
        events=Register("engagement-event", Event, file.events, programme.trail),
        findings=Register("finding", Finding, file.findings, programme.trail),
        statements=Register("statement", Statement, file.statements, programme.trail),
    )


def engagement_about(programme: ProgrammeFolder, contract: str) -> Engagement | None:
    """The engagement of a programme, where it has one and it is about that contract. Raises `Problems`."""
    if not (programme.folder / engagement_file.FILE).is_file():
        return None
    made = engagement(programme)
    return made if made.contract == contract else None


def communications(programme: ProgrammeFolder) -> Communications:
    """The change of a programme and its communications. Raises `Problems`."""
    file = programme.read(change_file.FILE, ChangeFile)
    groups = programme.read(engagement_file.FILE, EngagementFile).groups
    _all_known(f"{programme.name}/{change_file.FILE}", programme.people, file.named())
    return Communications(
        file=file,
        sides={one.id: one.side for one in groups},
        checklist=Register("checklist-item", Item, file.checklist, programme.trail),
        messages=Register("message", Message, file.messages, programme.trail),
        questions=Register("question", Asked, file.questions, programme.trail),
        benefits=Register("benefit", Benefit, file.benefits, programme.trail),
    )


def gate_checks(made: Engagement) -> dict[str, Check]:
    """What gates may ask of the engagement, by the name that a criterion calls it."""
    checks = EngagementChecks(made)
    return {
        "outcomes-endorsed": checks.outcomes_endorsed,
        "findings-answered": checks.findings_answered,
        "tiers-covered": checks.tiers_covered,
    }


def _all_known(shown: str, people: People, named: Iterable[tuple[str, str]]) -> None:
    """Refuse, all at once, whoever is named in a file and not in people.yaml."""
    known = [one.id for one in people.people]
    expected = f"people.yaml has {', '.join(known)}"
    strangers = [
        Problem(file=shown, where=where, found=f"nobody called '{name}'", expected=expected)
        for where, name in named
        if name not in known
    ]
    if strangers:
        raise Problems(tuple(strangers))


def doing(programme: ProgrammeFolder, by: str, at: datetime, why: str) -> Doing:
    """Who acts, when and why. Raises `Problems` where nobody is called so, or the programme may not be written to."""
    may_act(programme)
    return Doing(programme.people.named(by), at, why)


def write_engagement(programme: ProgrammeFolder, on: date, out: Path) -> tuple[Path, ...]:
    """Write what was heard as page, PDF, workbook and charts. Raises `Problems`."""
    from obc.reports.engagement import write_engagement as write

    made = engagement(programme)
    return write(made.heard(on), made.file, made.outcomes, out)


def write_communications(programme: ProgrammeFolder, on: date, out: Path) -> tuple[Path, ...]:
    """Write how ready people are as page, PDF and workbook. Raises `Problems`."""
    from obc.reports.communications import write_communications as write

    return write(communications(programme).readiness(on), programme.people, out)


def write_board_paper(programme: ProgrammeFolder, on: date, out: Path, runs: int, seed: int) -> tuple[Path, ...]:
    """Write the paper for the governing body as page, PDF and DOCX; its figures come from the contract."""
    from obc.reports.board_paper import write_board_paper as write

    made, change = engagement(programme), communications(programme)
    contract, file = folders.load_case(programme.contract(made.file.contract))
    return write(
        make_case(contract, file, runs, seed),
        contract,
        file,
        made.heard(on),
        made.file,
        change.readiness(on),
        change.file,
        programme.people,
        out,
    )


def new_record(path: Path, kind: str) -> Event | Finding:
    """A new event or finding from a file. Raises `Problems`, all at once."""
    return read_whole(path, Event) if kind == "event" else read_whole(path, Finding)
