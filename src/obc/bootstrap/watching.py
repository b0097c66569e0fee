"""Watching a contract: signals, chance, what lies ahead, comparators, what may be shown."""

from collections.abc import Sequence
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.scenario import Scenario
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.finance.transfer import TransferCost
from obc.domain.money.settlement.forecast import Forecast
from obc.domain.money.settlement.price_of_chance import PriceOfChance
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returns
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.engine.values_file import read_values
from obc.loaders.whole import read_whole
from obc.services.compare import ByDeprivation, Compared, compare_places
from obc.services.forecast import forecast_scenario, forecast_year
from obc.services.monitor import Monitoring, monitor_contract, rebase_of
from obc.services.power import price_of_chance
from obc.services.publish import as_published, publication_of, publish
from obc.services.transfer import transfer_of


def forecast(
    contract: Contract,
    values: Path,
    year: int,
    runs: int,
    seed: int,
    worth: bool = False,
    scenario: Path | None = None,
    returns: Returns = NOTHING_RETURNED,
) -> tuple[Forecast, Forecast | None]:
    """Where a contract year may end, and where it may under a scenario. Raises `Problems`."""
    measured = read_values(values)
    base = forecast_year(contract, measured, year, runs, seed, with_worth=worth, returns=returns)
    if scenario is None:
        return base, None
    what_if = read_whole(scenario, Scenario)
    return base, forecast_scenario(contract, what_if, measured, year, runs, seed, worth, returns)


def transfer(contract: Contract, year: int) -> TransferCost | None:
    """What moving the money costs in a year, link by link; None where the contract says nothing of it."""
    return transfer_of(contract, year)


def power(contract: Contract, values: Path | None, assumed: int | None, within: float) -> PriceOfChance:
    """What the thresholds of a contract pay for chance, with measured or assumed denominators."""
    return price_of_chance(contract, read_values(values) if values else None, assumed, within)


def write_power(price: PriceOfChance, contract: Contract, out: Path) -> tuple[Path, ...]:
    """Write what is paid for chance as a page with its charts."""
    from obc.reports.power import write_power as write

    return write(price, contract, out)


def write_monitoring(
    contract: Contract, values: Path, rebased: Sequence[str], out: Path, profile: str = "none"
) -> tuple[Monitoring, tuple[Path, ...]]:
    """Write control charts and the way to the year's end. `rebased`: `INDICATOR DAY REASON` each."""
    from obc.reports.monitoring import write_monitoring as write

    held = read_values(values)
    publication = publication_of(contract, held, profile)
    shown = as_published(contract, held, profile)
    found = monitor_contract(contract, shown, [rebase_of(text) for text in rebased])
    return found, write(found.found, contract, found.year, out, publication)


def write_scorecard(
    card: Scorecard, contract: Contract, values: ValueSet, out: Path, profile: str = "none"
) -> tuple[Path, ...]:
    """Write a scorecard with as much of its values as the profile shows; points and levels are as scored."""
    from obc.reports.scorecard import write_scorecard as write

    return write(card, contract, values.values, out, publication_of(contract, values, profile))


def compare(
    published: Path,
    area: str,
    numerator: str | None,
    denominator: str | None,
    indicator: str | None,
    peers: Sequence[str],
    lines: Sequence[str] = (),
    like: ByDeprivation | None = None,
) -> Compared:
    """A place of a published file among its peers: of MHSDS by two measures, of Fingertips by an indicator."""
    from obc.loaders.fingertips import read_fingertips
    from obc.loaders.mhsds_publication import read_publication

    if indicator is not None:
        return compare_places(read_fingertips(published, indicator), area, peers, lines=lines, like=like)
    given = read_publication(published, numerator or "", denominator or "")
    return compare_places(given, area, peers, lines=lines, like=like)


def by_deprivation(path: Path, column: str, nearest: int | None) -> ByDeprivation:
    """Scores of places by code and by name: publications write one, the other or both."""
    from obc.loaders.area_figures import read_area_figures

    found = read_area_figures(path, column)
    scores = {name: float(one.figure) for one in found for name in (one.code, one.name) if name}
    return ByDeprivation(scores, nearest)


def write_comparison(found: Compared, out: Path) -> tuple[Path, ...]:
    """Write a comparison as a page with its funnel."""
    from obc.reports.comparison import write_comparison as write

    return write(found.own, found.nation, found.among, out, found.lines, found.splits)


def export(contract: Contract, values: Path, out: Path, form: str, profile: str, base: str) -> dict[str, int]:
    """Write indicator values as a profile lets them be shown; says how many are shown, suppressed and so on."""
    from obc.reports.exports import write_export

    shown = publish(contract, read_values(values), profile)
    write_export(contract, shown, profile, form, base, out)
    return {state: sum(one.shown == state for one in shown) for state in dict.fromkeys(one.shown for one in shown)}


def write_schedules(contract: Contract, out: Path) -> tuple[Path, ...]:
    """Write the schedules of the NHS Standard Contract that the contract fills, as the ending of `out` says."""
    from obc.reports.exports.schedules import form_of, schedules
    from obc.reports.filing import file_all

    return file_all(out.parent, {out.name: schedules(contract, form_of(out))})
