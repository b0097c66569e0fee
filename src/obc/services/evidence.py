"""Gather the evidence of a gate: what can be looked up is looked up, not believed.

The rooms of the programme know nothing of each other. Each gives what a gate may ask of it as a `Check` under a name;
`bootstrap` puts them on one list.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Protocol

from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.gates.programme import PlannedContract


class Gathered(NamedTuple):
    """Whether what a criterion asks for holds, and what was seen, in a sentence. What is missing does not hold."""

    holds: bool
    says: str


class Check(Protocol):
    """One thing that can be looked up about a contract of the programme, as it is known on a day."""

    def __call__(self, contract: PlannedContract, on: date) -> Gathered:
        """Look it up. Never raises for what the programme's files say: that it cannot be read is a finding."""


Checks = Mapping[str, Check]
"""Every check there is, by the name that a criterion calls it."""


def gathered(checks: Checks, name: str, contract: PlannedContract, on: date) -> Gathered:
    """What a check finds. Raises `Problems` where nobody offers it."""
    if name not in checks:
        known = ", ".join(sorted(checks)) or "none"
        raise refusal("gates.yaml", "check", f"the check '{name}', which nobody offers", f"there is {known}")
    return checks[name](contract, on)
