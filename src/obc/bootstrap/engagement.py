"""Engagement and the change: files and trail of a programme plugged into the services."""

from pathlib import Path

from obc.domain.core.kernel.problem import refusal
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
from obc.loaders.places import AGREEMENT
from obc.loaders.programme import ProgrammeFolder
from obc.services.communications import Communications
from obc.services.engagement import Engagement, EngagementChecks
from obc.services.evidence import Check
from obc.services.register import Register


def engagement(programme: ProgrammeFolder) -> Engagement:
    """The engagement of a programme, with the framework it is about. Raises `Problems`."""
    file = programme.read(engagement_file.FILE, EngagementFile)
    beside = programme.folder / file.contract
    named = beside if (beside / AGREEMENT).is_file() else Path(file.contract)
    framework = folders.load_contract(str(named)).framework
    shown = f"{programme.name}/{engagement_file.FILE}"
    if framework is None:
        raise refusal(shown, "contract", f"{file.contract}, which has no framework", "agree on outcomes first")
    return Engagement(
        shown=shown,
        file=file,
        framework=framework,
        events=Register("engagement-event", Event, file.events, programme.trail),
        findings=Register("finding", Finding, file.findings, programme.trail),
        statements=Register("statement", Statement, file.statements, programme.trail),
    )


def communications(programme: ProgrammeFolder) -> Communications:
    """The change of a programme and its communications. Raises `Problems`."""
    file = programme.read(change_file.FILE, ChangeFile)
    groups = programme.read(engagement_file.FILE, EngagementFile).groups
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
