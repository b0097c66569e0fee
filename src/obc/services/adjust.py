"""Adjust: outcomes of providers as if each looked after the same mix of people, and the model that says how."""

from collections.abc import Sequence
from datetime import date, timedelta

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.strata import Strata
from obc.domain.outcomes.adjustment.adjustment import AdjustedIndicator, Adjustment
from obc.domain.outcomes.adjustment.case_mix import CaseMix
from obc.domain.outcomes.adjustment.fitting import Fitted, Refused, checked, fit
from obc.domain.outcomes.adjustment.providers import adjust_providers
from obc.services.measure import Progress, Records, segmentation_of


def adjust(
    contract: Contract, records: Records, *, fit_now: bool, year: int | None = None, progress: Progress | None = None
) -> Adjustment:
    """Measure the counts by stratum of one year, and set providers side by side.

    `fit_now`: fit the models to this year (by default the year before the first, 0), rather than use the contract's
    own on it (by default the last whole year of the records). Raises `Problems` where the contract adjusts nothing or
    the year is not within the records.
    """
    asked = [definition for definition in contract.definitions if definition.adjusted_by]
    if not asked:
        found, expected = "no definition with 'adjusted by'", "say in indicators/… by what a proportion is adjusted"
        raise refusal("indicators", "the contract", found, expected)
    chosen, period = _year(contract, records.last_day(), 0 if fit_now and year is None else year)
    records.segment(segmentation_of(contract), period.end)
    providers = [provider.code for provider in contract.agreement.providers if provider.code]
    strata = records.measure(asked, [period], [], providers, progress).strata
    if fit_now:
        return _fitted(asked, strata, chosen, period, providers, records.records_hash)
    found_now = [_by_contract(definition, strata, period, providers, contract.case_mix) for definition in asked]
    kept = tuple(one for one in found_now if isinstance(one, AdjustedIndicator))
    return Adjustment(chosen, period, kept, tuple(one for one in found_now if isinstance(one, Refused)), None)


def _fitted(
    asked: Sequence[IndicatorDefinition],
    strata: Strata,
    year: int,
    period: Period,
    providers: Sequence[str],
    records_hash: str,
) -> Adjustment:
    done: list[AdjustedIndicator] = []
    refused: list[Refused] = []
    for definition in asked:
        counts = strata.of(definition.id, period)
        match fit(definition, counts, period):
            case Fitted(model, calibration, doubts):
                found = adjust_providers(counts, providers, model)
                c = float(model.c_statistic)
                done.append(AdjustedIndicator(definition, model, calibration, c, doubts, found))
            case Refused() as why:
                refused.append(why)
    models = tuple(one.model for one in done if one.model)
    source = f"fitted by obc to the counts of records {records_hash}"
    return Adjustment(
        year, period, tuple(done), tuple(refused), CaseMix(source=source, models=models) if models else None
    )


def _by_contract(
    definition: IndicatorDefinition,
    strata: Strata,
    period: Period,
    providers: Sequence[str],
    case_mix: CaseMix | None,
) -> AdjustedIndicator | Refused:
    counts = strata.of(definition.id, period)
    if not counts:
        return Refused(definition.id, f"nobody is counted from {period}")
    model = case_mix.model(definition.id) if case_mix else None
    found = adjust_providers(counts, providers, model)
    if model is None:
        return AdjustedIndicator(definition, None, None, None, (), found)
    calibration, c = checked(model, counts)
    return AdjustedIndicator(definition, model, calibration, c, (), found)


def _year(contract: Contract, last: date | None, year: int | None) -> tuple[int, Period]:
    """The year asked for with its days, or the last whole one."""
    first = contract.period(contract.years[0])
    before = Period(start=add_months(first.start, -12), end=first.start - timedelta(days=1))
    years = {0: before, **{one: contract.period(one) for one in contract.years}}
    whole = {one: period for one, period in years.items() if last and period.end <= last}
    if not whole:
        found = f"records until {last}" if last else "no records"
        raise refusal("records", "the contract", found, f"give records of {before} at least")
    chosen = max(whole) if year is None else year
    if chosen not in whole:
        expected = f"write one of {', '.join(map(str, whole))} (0 is the year before the first)"
        raise refusal("--year", "the contract", f"year {chosen}, which the records do not hold whole", expected)
    return chosen, whole[chosen]
