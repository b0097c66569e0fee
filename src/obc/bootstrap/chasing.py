"""Data quality from figures alone, drawn once for the same figures."""

from functools import lru_cache

from obc.bootstrap.books import Held, contract_in
from obc.bootstrap.figures import Source, Sources, all_newest, period_of
from obc.bootstrap.showing import Shown
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.indicators.values import ValueSet
from obc.services.chase import Chase, chase
from obc.services.publish import publication_of


def data_quality(held: Held, given: Sources, profile: str) -> Shown:
    """How good a contract's figures are, by what the visitor may see."""
    return _data_quality(held.folder, given, profile)


@lru_cache(maxsize=32)
def _data_quality(folder: str, given: Sources, profile: str) -> Shown:
    from obc.reports.chasing import Came, Chased, FiguresQuality, chasing_document
    from obc.reports.names import Names

    contract = contract_in(folder)
    values = all_newest(given)
    year, chased = _last_year(contract, values, given)
    seen = FiguresQuality(
        names=Names(contract),
        year=year,
        chased=tuple(Chased(*one) for one in chased),
        values=values.values,
        came=tuple(Came(one.submission, period_of(one), one.day, one.by, one.state) for one in reversed(given)),
        publication=publication_of(contract, values, profile),
    )
    return Shown(chasing_document(seen))


def _last_year(contract: Contract, values: ValueSet, given: tuple[Source, ...]) -> tuple[int | None, tuple[Chase, ...]]:
    """The newest year of the submissions that can be scored."""
    for year in sorted({one.year for one in given}, reverse=True):
        try:
            return year, chase(contract, values, year)
        except Problems:  # nothing measured of the whole year, or nothing to be paid in it
            continue
    return None, ()
