"""Explain: why one person is in or out of an indicator. Shows that person's records, and only to who may see them."""

from typing import NamedTuple, Protocol

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.findings import UnitResult
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.person import PersonRecords
from obc.domain.measurement.indicators.reference import measure_person
from obc.services.measure import Records, periods_of, segmentation_of


class PeopleRecords(Records, Protocol):
    """Records that can be asked about one person."""

    def person(self, person_id: str) -> PersonRecords | None:
        """The person's rows and memberships."""
        ...

    def general_population(self) -> GeneralPopulation:
        """Whom deaths are compared with."""
        ...


class Explained(NamedTuple):
    """One period, and what the definition says of each of the person's units in it."""

    period: Period
    units: tuple[UnitResult, ...]


def explain_person(contract: Contract, records: PeopleRecords, indicator: str, person_id: str) -> tuple[Explained, ...]:
    """What an indicator says of a person, period by period; periods in which the person has no unit are left out.

    Raises `Problems` where there is no such indicator or person.
    """
    if indicator not in {definition.id for definition in contract.definitions}:
        known = ", ".join(definition.id for definition in contract.definitions)
        raise refusal("the call", "--indicator", f"'{indicator}'", f"choose one of {known}")
    definition = contract.definition(indicator)
    last = records.last_day()
    periods = periods_of(contract, last) if last else ()
    if not periods:
        raise refusal(
            "the call", "--records", "no whole quarter of the contract", "give records that reach into its term"
        )
    records.segment(segmentation_of(contract), max(period.end for period in periods))
    person = records.person(person_id)
    if person is None:
        raise refusal(
            "the call", "--person", "somebody the records do not know", "write a person_id that is in the records"
        )
    lists = {one.id: one for one in contract.code_lists}
    population = records.general_population() if definition.compared_with else None
    found = (Explained(period, measure_person(definition, period, person, lists, population)) for period in periods)
    return tuple(one for one in found if one.units)
