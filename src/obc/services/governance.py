"""A programme as it is governed: what its files say, what was done since, and what can be looked up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from obc.domain.core.kernel.people import People
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.gates.gate import Gate
from obc.domain.programme.gates.plan import Plan, Task
from obc.domain.programme.gates.process import Process
from obc.domain.programme.gates.programme import Handover, PlannedContract, Programme
from obc.domain.programme.gates.schedule import with_decisions
from obc.domain.programme.risks.appetite import Appetite
from obc.domain.programme.risks.impact import ImpactAssessment
from obc.domain.programme.risks.risk import Risk
from obc.services.evidence import Checks
from obc.services.register import Register


class ContractMoney(NamedTuple):
    """What a contract's folder says of money, in minor units: by scope, by service, and who earns it today."""

    currency: str
    in_scope: int
    later: int
    services: Mapping[str, int]
    earned: Mapping[str, int]
    incumbents: tuple[str, ...]


class Money(Protocol):
    """Where the money of a contract can be looked up."""

    def __call__(self, contract: PlannedContract) -> ContractMoney | None:
        """What its folder says; None where it has none, or none about money."""


@dataclass(frozen=True)
class Governance:
    """Everything that commands and pages about gates, the plan, the portfolio and risks go by."""

    process: Process
    programme: Programme
    people: People
    gates: Register[Gate]
    tasks: Register[Task]
    handovers: Register[Handover]
    risks: Register[Risk]
    carried: Appetite | None
    impact: ImpactAssessment | None
    looking_up: Callable[[], Checks]
    money: Money

    @property
    def plan(self) -> Plan:
        """The plan as it stands, with the gates that have been passed."""
        return with_decisions(Plan(tasks=self.tasks.records), self.gates.records)

    @cached_property
    def checks(self) -> Checks:
        """Every check that a criterion may name; made when a gate first asks, since it reads more files."""
        return self.looking_up()

    @cached_property
    def contracts(self) -> dict[str, PlannedContract]:
        """The contracts that the programme is to make, by id."""
        return {one.id: one for one in self.programme.contracts}

    @property
    def appetite(self) -> Appetite:
        """How much risk is carried. Raises `Problems` where the programme has no register of risks."""
        if self.carried is None:
            raise refusal("risks.yaml", "the file", "no such file", "write risks.yaml, or leave this register")
        return self.carried
