"""Monitor: the values of a contract as signals, and the way to the end of the year that runs."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.values import ALL, IndicatorValue, ValueSet
from obc.domain.outcomes.monitoring.monitor import Monitored, monitor
from obc.domain.outcomes.monitoring.signals import Rebase
from obc.domain.outcomes.scoring.judging import Key


class Monitoring(NamedTuple):
    """What was found, and the year whose end is forecast."""

    year: int
    ends: Period
    found: tuple[Monitored, ...]


def monitor_contract(contract: Contract, values: ValueSet, rebased: Sequence[Rebase] = ()) -> Monitoring:
    """Every indicator and segment, over all quarters measured.

    The year is the last one of which a quarter was measured. Raises `Problems` where the contract has no framework,
    the values hold no quarter of its years, or an indicator to be re-based is not the contract's.
    """
    if contract.framework is None:
        raise refusal("framework.yaml", "the contract", "no outcomes framework", "there are no indicators to watch")
    known = {definition.id: definition for definition in contract.definitions}
    strange = sorted({one.indicator for one in rebased} - known.keys())
    if strange:
        raise refusal(
            "--rebase",
            "the contract",
            f"the indicator {', '.join(strange)}",
            f"write one of {', '.join(sorted(known))}",
        )
    held: dict[Key, dict[Period, IndicatorValue]] = {}
    for value in values.values:
        if value.provider == ALL:
            period = Period(start=value.period_start, end=value.period_end)
            held.setdefault((value.indicator, value.segment), {})[period] = value
    measured = {period for by_period in held.values() for period in by_period}
    quarters = sorted((one for one in measured if _is_quarter(one)), key=lambda one: one.start)
    years = [year for year in contract.years if {contract.period(year), *contract.quarters(year)} & measured]
    if not quarters or not years:
        raise refusal(
            "values", "the contract", "no quarter of a contract year", "measure quarters, as obc measure does"
        )
    year = years[-1]
    period = contract.period(year)
    return Monitoring(year, period, monitor(contract.framework, known, held, quarters, year, period, rebased))


def monitor_indicator(contract: Contract, values: ValueSet, indicator: str) -> Monitoring | None:
    """One indicator as `monitor_contract` sees it; over whole years where no quarter was measured.

    None where the contract has no framework that uses it, or nothing was measured of the contract's years.
    """
    framework = contract.framework
    outcome = (
        next((o for o in framework.outcomes if any(u.id == indicator for u in o.indicators)), None)
        if framework
        else None
    )
    if framework is None or outcome is None:
        return None
    held: dict[Key, dict[Period, IndicatorValue]] = {}
    for value in values.values:
        if value.provider == ALL and value.indicator == indicator:
            period = Period(start=value.period_start, end=value.period_end)
            held.setdefault((value.indicator, value.segment), {})[period] = value
    measured = {period for by_period in held.values() for period in by_period}
    years = [year for year in contract.years if {contract.period(year), *contract.quarters(year)} & measured]
    if not years:
        return None
    charted = [one for one in measured if _is_quarter(one)] or [contract.period(year) for year in years]
    alone = outcome.model_copy(update={"indicators": tuple(use for use in outcome.indicators if use.id == indicator)})
    known = {indicator: contract.definition(indicator)}
    year = years[-1]
    period = contract.period(year)
    found = monitor(
        framework.model_copy(update={"outcomes": (alone,)}),
        known,
        held,
        sorted(charted, key=lambda one: one.start),
        year,
        period,
    )
    return Monitoring(year, period, found)


def rebase_of(text: str) -> Rebase:
    """Read `INDICATOR DAY REASON`. Raises `Problems` with what to write instead."""
    parts = text.split(maxsplit=2)
    expected = "write an indicator, a day and the reason: 'waiting-time 2015-04-01 one referral route for all'"
    if len(parts) < 3:
        raise refusal("--rebase", "the contract", f"'{text}'", expected)
    try:
        return Rebase(indicator=parts[0], starts=date.fromisoformat(parts[1]), reason=parts[2])
    except (ValueError, ValidationError):
        raise refusal("--rebase", "the contract", f"'{text}'", expected) from None


def _is_quarter(period: Period) -> bool:
    return period.after == add_months(period.start, 3)
