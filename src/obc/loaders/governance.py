"""The files that govern a programme, read together, so that what does not fit is told with its line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from obc.domain.contract.agreement.finding import Finding
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.programme.gates.check import GATES, PLAN, PROGRAMME, gate_findings, plan_findings, programme_findings
from obc.domain.programme.gates.gates import Gates
from obc.domain.programme.gates.plan import Plan
from obc.domain.programme.gates.process import Process
from obc.domain.programme.gates.programme import Programme
from obc.domain.programme.risks.impact import ImpactAssessment
from obc.domain.programme.risks.register import FILE as RISKS
from obc.domain.programme.risks.register import RiskRegister, risk_findings
from obc.loaders.places import DEFINITIONS
from obc.loaders.programme import ProgrammeFolder, open_programme
from obc.loaders.validation import nearest_place, read
from obc.loaders.whole import read_whole
from obc.loaders.yaml_nodes import Document

M = TypeVar("M", bound=BaseModel)

IMPACT = "impact.yaml"
PROCESS = DEFINITIONS / "programme" / "process.yaml"


@dataclass(frozen=True)
class Governing:
    """What a programme's folder says of its governance. Without a file of its own a part is empty, or none."""

    folder: ProgrammeFolder
    process: Process
    programme: Programme
    gates: Gates
    plan: Plan
    risks: RiskRegister | None
    impact: ImpactAssessment | None


def read_governing(name: str, trail: Path | None = None) -> Governing:
    """The governance of the programme in a folder, or of the worked one of that name. Raises `Problems`."""
    folder = open_programme(name, trail)
    reading = _Reading(folder)
    process = read_whole(PROCESS, Process)
    programme = reading.file(PROGRAMME, Programme)
    gates = reading.file(GATES, Gates)
    plan = reading.file(PLAN, Plan)
    risks = reading.file(RISKS, RiskRegister)
    impact = reading.file(IMPACT, ImpactAssessment)
    if programme is None or reading.problems:
        raise Problems(tuple(reading.problems))
    gates, plan = gates or Gates(gates=()), plan or Plan(tasks=())
    people = folder.people
    reading.place(programme_findings(programme, people))
    reading.place(gate_findings(gates, programme, process, people))
    reading.place(plan_findings(plan, programme, gates, process, people))
    if risks is not None:
        bodies, contracts = (tuple(one.id for one in part) for part in (programme.bodies, programme.contracts))
        reading.place(risk_findings(risks, bodies, contracts, people))
    if reading.problems:
        raise Problems(tuple(reading.problems))
    return Governing(folder, process, programme, gates, plan, risks, impact)


class _Reading:
    """One run over a folder: what stands where, and what is wrong."""

    def __init__(self, folder: ProgrammeFolder):
        self.folder = folder
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []

    def file(self, name: str, model: type[M]) -> M | None:
        path = self.folder.folder / name
        if not path.is_file():
            return None
        self.documents[name], held, problems = read(path, f"{self.folder.name}/{name}", model)
        self.problems += problems
        return held

    def place(self, findings: Iterable[Finding]) -> None:
        self.problems += self._placed(findings)

    def _placed(self, findings: Iterable[Finding]) -> Iterator[Problem]:
        for one in findings:
            document = self.documents[one.file]
            yield document.problem(nearest_place(document, one.at), one.found, one.expected, severity=one.severity)
