"""Settle: from values to what is due to whom, and the statement of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.provenance import Evidence, digest
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, ValueSet
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.pool import Pool
from obc.domain.money.payment.published import PublishedValues
from obc.domain.money.payment.settle import Settle
from obc.domain.money.settlement.circumstances import NONE, Circumstances, under
from obc.domain.money.settlement.comparison import Comparison, compare
from obc.domain.money.settlement.contract_year import ContractYear
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returns
from obc.domain.money.settlement.settlement import Settlement, settle
from obc.domain.money.settlement.statement import Account, Statement, account, state
from obc.domain.money.settlement.withholding import SanctionRefusedError
from obc.domain.money.settlement.year import Terms, settle_year
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.judging import chosen
from obc.services.score import payable_year, years_measured

ALLIANCE = "alliance"
"""The party that is settled with where no single provider holds the contract."""


class Settled:
    """Settlements of a contract, with the statement that says how they came about.

    The statement is made when it is asked for: with thousands of parties its trace is most of the work.
    `comparison` sets published values beside what was really paid.
    """

    def __init__(
        self,
        contract: Contract,
        settlements: Sequence[Settlement],
        explained: Callable[[], Iterable[Account]],
        values: ValueSet | str,
        comparison: Comparison | None = None,
        returns: Returns = NOTHING_RETURNED,
    ):
        self.contract, self.settlements, self.comparison = contract, tuple(settlements), comparison
        self.values_hash = values if isinstance(values, str) else values.hash
        self._values, self._explained, self._returns = values, explained, returns

    def statement(self, code_version: str) -> Statement:
        """The statement, as worked out by this version of the code."""
        contract = self.contract
        definitions = {one.id: digest(one.model_dump(by_alias=True, exclude_none=True)) for one in contract.definitions}
        return state(
            self._explained(),
            contract=contract.id,
            contract_title=contract.agreement.title,
            contract_hash=contract.hash,
            currency=contract.agreement.currency,
            code_version=code_version,
            values=self._values,
            definitions=definitions,
            returns=self._returns,
        )


def settle_measured(
    contract: Contract,
    values: ValueSet,
    years: Sequence[int] | None = None,
    circumstances: Circumstances = NONE,
    day: date | None = None,
    returns: Returns = NOTHING_RETURNED,
) -> Settled:
    """Settle the contract years that the values measure and the contract pays for, or those named.

    `circumstances`: disputes, whose money is frozen, and reliefs. `day`: on it a year's provisional values are final if
    the contract's run-out is over. `returns`: what the parties handed in beside the values. Raises `Problems` where
    there is no mechanism or nothing to settle, or where values name another version of the contract's definitions:
    points must not be paid on figures that were measured otherwise.
    """
    mechanism = _mechanism(contract)
    if values.definitions_hash not in (None, contract.definitions_hash):
        raise refusal("values", "definitions_hash", values.definitions_hash, "measure again: the definitions changed")
    if years is None:
        years = [year for year in years_measured(contract, values) if _pays(contract, year)]
    if not years:
        raise refusal("values", "the periods", "no whole contract year", "measure a contract year, then settle it")
    mature = matured(contract, values, years, day)
    accounts = [_year(contract, mechanism, mature, year, circumstances.of_year(year), returns) for year in years]
    return Settled(contract, accounts, lambda: accounts, values, returns=returns)


def matured(contract: Contract, values: ValueSet, years: Sequence[int], day: date | None) -> ValueSet:
    """The values, those of years whose run-out is over by `day` final instead of provisional.

    A contract with evidence rules has judged them when they were measured, run-out and all: there they stay.
    """
    calendar = contract.agreement.calendar
    if calendar is None or day is None or contract.evidence is not None:
        return values
    periods = [contract.period(year) for year in years if year in contract.years]
    over = {(one.start, one.end) for one in periods if calendar.final_from(one) <= day}
    changed = tuple(
        value.model_copy(update={"evidence": Evidence.FINAL})
        if (value.period_start, value.period_end) in over and value.evidence == Evidence.PROVISIONAL
        else value
        for value in values.values
    )
    return values.model_copy(update={"values": changed})


def settle_published(contract: Contract, published: PublishedValues, year: int | None = None) -> Settled:
    """Settle every row of a published file, or those of one year, and set them beside what was really paid."""
    mechanism = _mechanism(contract)
    calendar = contract_years(contract.agreement)
    inputs = {**published.inputs, **_parts(mechanism, calendar, published.years)}
    done, settlements = settle(mechanism, inputs, published.parties, published.years, calendar)
    wanted = [i for i, one in enumerate(settlements) if year in (None, one.year)]
    if not wanted:
        raise refusal(
            "values", "year", f"no row of {year}", f"the file has {', '.join(map(str, sorted(set(published.years))))}"
        )
    rule = contract.published.compare if contract.published else None
    return Settled(
        contract,
        [settlements[i] for i in wanted],
        lambda: [account(settlements[i], done, i) for i in wanted],
        published.file_hash,
        compare(done, published.parties, published.paid, rule, wanted) if published.paid is not None and rule else None,
    )


def _parts(mechanism: Mechanism, calendar: Mapping[int, ContractYear], years: Sequence[int]) -> dict[str, Evidenced]:
    """The part of each row's year on which the contract runs; missing outside the term."""
    asked = [item.input for item in mechanism.inputs if item.from_ == "term"]
    rows = [calendar[year].parts if year in calendar else {} for year in years]
    return {name: Evidenced.of([row[name][0] if name in row else None for row in rows]) for name in asked}


def _mechanism(contract: Contract) -> Mechanism:
    if contract.mechanism is None:
        raise refusal("payment.yaml", "the contract", "no payment mechanism", "write how points become money")
    return contract.mechanism


def _pays(contract: Contract, year: int) -> bool:
    return contract.framework is None or contract.framework.shares(year) is not None


def _year(
    contract: Contract, mechanism: Mechanism, values: ValueSet, year: int, met: Circumstances, returns: Returns
) -> Account:
    if contract.framework:
        payable_year(contract, values, year)
    period = contract.period(year)
    holder = contract.agreement.holder
    directions = {definition.id: definition.direction for definition in contract.definitions}
    periods = {other: contract.period(other) for other in (year - 1, year) if other in contract.years}
    try:
        given = under(met, values.values, year, periods)
    except ValueError as error:
        raise refusal("the circumstances", f"year {year}", str(error), "name a figure that the values have") from error
    _spared(mechanism, met)
    terms = Terms(mechanism, contract.framework, directions, contract_years(contract.agreement))
    try:
        one = settle_year(terms, given, year, period, holder.id if holder else ALLIANCE, met, returns)
    except SanctionRefusedError as error:
        raise refusal("the circumstances", f"year {year}", str(error), "withhold what the contract allows") from error
    used = _scored(chosen(given, period).values(), contract)
    return account(one.settlement, one.done, 0, one.scorecard, used, met, returns)


def _spared(mechanism: Mechanism, met: Circumstances) -> None:
    """A loss can be spared under a line that there is, and that does not settle a pool: a pool loses nothing."""
    pools = {step.step for step in mechanism.steps if isinstance(step, Pool)}
    lines = [step.step for step in mechanism.steps if isinstance(step, Settle) and step.settle.name not in pools]
    for one in met.relieved_losses:
        if one.line not in lines:
            expected = f"name a line that can bring a loss: {', '.join(lines) or 'the contract has none'}"
            raise refusal("the circumstances", one.id, f"relief of losses under '{one.line}'", expected)


def _scored(values: Iterable[IndicatorValue], contract: Contract) -> tuple[IndicatorValue, ...]:
    known = {definition.id for definition in contract.definitions}
    return tuple(value for value in values if value.indicator in known and value.provider == ALL)
