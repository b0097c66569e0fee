"""Governing a programme: its gates, plan, portfolio and risks, and what a gate can look up."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from obc.bootstrap import engagement as engaging
from obc.bootstrap import procuring
from obc.bootstrap.contracts import check_contract, load_contract
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.trail import Action
from obc.domain.money.finance.service import total
from obc.domain.programme.case_for_change.questions import checklist
from obc.domain.programme.engagement.engagement_file import FILE as ENGAGEMENT
from obc.domain.programme.gates.gate import Gate
from obc.domain.programme.gates.plan import Task
from obc.domain.programme.gates.portfolio import Portfolio
from obc.domain.programme.gates.programme import Handover, PlannedContract
from obc.domain.programme.gates.schedule import schedule
from obc.domain.programme.risks.history import history
from obc.domain.programme.risks.impact import weighed
from obc.domain.programme.risks.risk import Risk
from obc.loaders import contract as folders
from obc.loaders.governance import Governing, read_governing
from obc.loaders.programme import ProgrammeFolder, may_act, open_programme
from obc.services.contract_book import ContractBook
from obc.services.evidence import Check, Gathered
from obc.services.governance import ContractMoney, Governance
from obc.services.governance_checks import GovernanceChecks
from obc.services.portfolio import CURRENCY
from obc.services.register import Doing, Register, Trail

if TYPE_CHECKING:
    from obc.reports.governance import Governed
    from obc.reports.risks import Risky


def governance(name: str, trail: Path | None = None) -> Governance:
    """A programme as it is governed: its files with its trail. Raises `Problems`."""
    read = read_governing(name, trail)
    return governed_by(read, read.folder.trail)


def governed_by(read: Governing, kept: Trail) -> Governance:
    """The files of a programme, with the trail that is kept elsewhere. Raises `Problems`."""
    money = partial(contract_money, read.folder)
    governed = Governance(
        process=read.process,
        programme=read.programme,
        people=read.folder.people,
        gates=Register("gate", Gate, read.gates.gates, kept),
        tasks=Register("task", Task, read.plan.tasks, kept),
        handovers=Register("handover", Handover, read.programme.handovers, kept),
        risks=Register("risk", Risk, read.risks.risks if read.risks else (), kept),
        carried=read.risks.appetite if read.risks else None,
        impact=read.impact,
        looking_up=dict,
        money=money,
    )
    return replace(governed, looking_up=partial(_checks, governed, read.folder))


def trail_of(name: str, trail: Path | None = None) -> tuple[Action, ...]:
    """Every action on a programme. Raises `Problems` where one cannot be read or the chain does not hold."""
    return open_programme(name, trail).trail.read()


def contract_money(programme: ProgrammeFolder, contract: PlannedContract) -> ContractMoney | None:
    """What a planned contract's folder says of money; None where there is none. Raises `Problems`."""
    if contract.folder is None:
        return None
    loaded = load_contract(programme.contract(contract.folder))
    finance = loaded.finance
    if finance is None:
        return None
    earned: Counter[str] = Counter()
    for service in finance.services:
        if service.provider is not None:
            earned[service.provider] += service.spent("in")
    return ContractMoney(
        currency=loaded.agreement.currency,
        in_scope=total(finance.services, finance.rounding, "in"),
        later=total(finance.services, finance.rounding, "later"),
        services={one.id: one.spend for one in finance.services},
        earned=dict(earned),
        incumbents=finance.today.providers if finance.today else (),
    )


def _checks(governed: Governance, folder: ProgrammeFolder) -> dict[str, Check]:
    """Every check that a criterion may name. What a programme has no file for is not among them."""
    own = GovernanceChecks(governed)
    checks: dict[str, Check] = {
        "contract-sound": partial(_contract_sound, folder),
        "conditions-precedent": partial(_conditions_precedent, folder),
        "case-answered": partial(_case_answered, folder),
        "handovers-agreed": own.handovers_agreed,
        "impact-known": own.impact_known,
        "risks-in-hand": own.risks_in_hand,
    }
    if (folder.folder / ENGAGEMENT).is_file():
        checks |= engaging.gate_checks(engaging.engagement(folder))
    return checks | procuring.gate_checks(folder)


def _contract_sound(programme: ProgrammeFolder, contract: PlannedContract, on: date) -> Gathered:
    """Whether the contract's folder has no errors, as `obc contract check` says."""
    if contract.folder is None:
        return Gathered(False, "there is no contract folder yet")
    errors = [one for one in check_contract(programme.contract(contract.folder)) if one.severity == "error"]
    if errors:
        return Gathered(False, f"{len(errors)} to mend in {contract.folder}, first: {errors[0]}")
    return Gathered(True, f"{contract.folder} holds together")


def _conditions_precedent(programme: ProgrammeFolder, contract: PlannedContract, on: date) -> Gathered:
    """Whether every condition precedent of the contract is accepted or waived, as `obc contract` keeps them."""
    if contract.folder is None:
        return Gathered(False, "there is no contract folder yet")
    try:
        loaded, transition = folders.load_transition(programme.contract(contract.folder))
    except Problems as problems:
        return Gathered(False, str(problems.problems[0]))
    found = ContractBook(loaded, transition, programme.trail).readiness(on)
    waiting = [f"{one.id} ({one.state})" for one in found.conditions if not one.holds]
    if not found.conditions:
        return Gathered(False, "the contract names no condition precedent: write schedules.yaml")
    said = f"{found.holding} of {len(found.conditions)} conditions precedent hold"
    return Gathered(found.ready, f"{said}; open: {', '.join(waiting)}" if waiting else said)


def _case_answered(programme: ProgrammeFolder, contract: PlannedContract, on: date) -> Gathered:
    """Whether every question of the case for change is answered yes or partly."""
    if contract.folder is None:
        return Gathered(False, "there is no contract folder yet")
    try:
        _, case = folders.load_case(programme.contract(contract.folder))
    except Problems as problems:
        return Gathered(False, str(problems.problems[0]))
    found = checklist(case.questions if case else ())
    if not found.questions:
        return Gathered(False, "the case for change asks nothing: write its questions into case.yaml")
    against = [one.id for one in found.questions if one.answer in ("no", "open")]
    said = f"{found.answered_yes} of {len(found.questions)} questions answered yes"
    return Gathered(found.go, f"{said}; in the way: {', '.join(against)}" if against else said)


def acting(name: str, trail: Path | None, by: str, at: datetime, why: str) -> tuple[Governance, Doing]:
    """A programme, and who acts on it. Raises `Problems`, also where the trail may not be written."""
    folder = open_programme(name, trail)
    may_act(folder)
    return governance(name, trail), Doing(folder.people.named(by), at, why)


def write_governance(governed: Governance, held: Portfolio, out: Path) -> tuple[Path, ...]:
    """Write gates, plan and portfolio as page, PDF and workbook."""
    from obc.reports.governance import write_governance as write

    return write(seen(governed, held), out)


def seen(governed: Governance, held: Portfolio) -> "Governed":
    """What the document of a programme's governance is about."""
    from obc.reports.governance import Governed

    scheduled = schedule(governed.plan, held.on)
    gates = governed.gates.records
    return Governed(governed.programme, governed.process, governed.people, gates, scheduled, held)


def write_risks(governed: Governance, on: date, trail: tuple[Action, ...], out: Path) -> tuple[Path, ...]:
    """Write the register of risks as page, PDF and workbook."""
    from obc.reports.risks import write_risks as write

    return write(risky(governed, on, trail), out)


def risky(governed: Governance, on: date, trail: tuple[Action, ...]) -> "Risky":
    """What the document of a programme's risks is about."""
    from obc.reports.risks import Risky

    impact = governed.impact
    money = governed.money(governed.contracts[impact.contract]) if impact else None
    return Risky(
        title=governed.programme.title,
        risks=governed.risks.records,
        appetite=governed.appetite,
        history=history(trail),
        impact=impact,
        providers=weighed(impact, dict(money.earned) if money else {}) if impact else (),
        currency=money.currency if money else CURRENCY,
        on=on,
    )
