"""A small contract, people and an in-memory trail for the tests of changes, transition and levers."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.trail import Action
from obc.loaders.contract import load_contract
from obc.loaders.procurement import bank_holidays

TOWN = Path(__file__).parent / "unit" / "broken_contracts" / "sound"


@cache
def town() -> Contract:
    """An alliance of two providers under a town council, 3 + 1 years from April 2020."""
    return load_contract(TOWN)


def agreement() -> Agreement:
    """Its agreement."""
    return town().agreement


@cache
def holidays() -> Holidays:
    """Bank holidays in England and Wales."""
    return bank_holidays()


def person(name: str, organisation: str, *roles: str) -> Person:
    """Somebody who acts."""
    return Person(id=name, name=name, organisation=organisation, roles=roles)


MAYOR = person("mayor", "town-council", "commissioner manager")
TREASURER = person("treasurer", "town-council", "finance lead")
CHIEF = person("chief", "town-council", "accountable officer")
DAY = person("day-lead", "day-centre", "provider lead")
HOME = person("home-lead", "home-team", "provider lead")
CLERK = person("clerk", "town-council", "analyst")


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


class Memory:
    """A trail that is kept in memory."""

    def __init__(self) -> None:
        self.actions: tuple[Action, ...] = ()

    def read(self) -> tuple[Action, ...]:
        """Every action, in order."""
        return self.actions

    def append(self, action: Action) -> None:
        """Add one."""
        self.actions = (*self.actions, action)
