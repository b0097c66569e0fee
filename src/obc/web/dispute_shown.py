"""A dispute as pages show it: the two figures of each line, the clock, whose word is next."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from obc.bootstrap import disputing, submissions
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.changed import put_right
from obc.domain.contract.workflow.clock import Clock, awaited
from obc.domain.contract.workflow.dispute import Line, LineDispute
from obc.domain.contract.workflow.submission import Submission
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet


class TwoFigures(NamedTuple):
    """A line with the figure that was submitted and the one held against it; None where there is none."""

    line: Line
    submitted: IndicatorValue | None
    claimed: IndicatorValue | None


@dataclass(frozen=True)
class DisputeShown:
    """A dispute with its lines and clock. `clocked`: whether the contract sets one at all."""

    dispute: LineDispute
    lines: tuple[TwoFigures, ...]
    clock: Clock | None
    clocked: bool
    awaited: str

    @classmethod
    def of(cls, contract: Contract, given: Submission, dispute: LineDispute, day: date) -> "DisputeShown":
        """A dispute of a submission on a day. Once it was accepted, the submitted figure is the claimed one."""
        values = {value.key: value for value in submissions.values_of(given).values}
        lines = []
        for claim in dispute.claims:
            value = values.get(claim.line.key)
            claimed = None
            if value is not None and claim.known:
                claimed = put_right(contract, ValueSet(values=(value,)), (claim,)).values[0]
            lines.append(TwoFigures(claim.line, value, claimed))
        return cls(
            dispute=dispute,
            lines=tuple(lines),
            clock=None if dispute.settled else disputing.clock_of(given, dispute, day),
            clocked=bool(contract.schedules and contract.schedules.disputes),
            awaited=awaited(contract.agreement, dispute),
        )
