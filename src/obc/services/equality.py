"""Equality: a contract's indicators for different people, from records."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.definition import RowsAnchor
from obc.domain.measurement.indicators.factors import Factor
from obc.domain.measurement.records.codes import CodeList
from obc.domain.outcomes.monitoring.equality import Split, splits_of
from obc.services.measure import Progress, Records, segmentation_of
from obc.services.publish import profile_of

DEPRIVATION = "deprivation-part"
"""The code list of small areas by tenth (or fifth) of deprivation, 1 the most deprived."""
AGES = (25, 35, 45, 55, 65)
"""Where the age bands begin; ours, ten years each."""


class Divided(NamedTuple):
    """The year measured and every indicator by every division."""

    year: int
    period: Period
    profile: str
    splits: tuple[Split, ...]


def divide_contract(
    contract: Contract,
    records: Records,
    deprivation: CodeList | None,
    year: int | None,
    profile: str,
    progress: Progress | None = None,
) -> Divided:
    """Every proportion of the contract by deprivation (where small areas have a part), sex, age and ethnic group.

    `year`: a contract year, else the last that ends within the records. Raises `Problems` where there is none.
    """
    shown = profile_of(profile)
    last = records.last_day()
    chosen, period = _year(contract, last, year)
    definitions = [
        one
        for one in contract.definitions
        if one.measure == "proportion" and not isinstance(one.denominator, RowsAnchor)
    ]
    records.segment(segmentation_of(contract), period.end)
    splits: list[Split] = []
    divisions = divisions_by(deprivation)
    for n, (division, factor, order) in enumerate(divisions):
        asked = [one.model_copy(update={"adjusted_by": (factor,)}) for one in definitions]
        strata = records.measure(asked, [period], [], [], None).strata
        splits += [splits_of(one.id, division, strata.of(one.id, period), order, shown) for one in asked]
        if progress:
            progress(n + 1, len(divisions))
    at = {definition.id: i for i, definition in enumerate(definitions)}
    return Divided(chosen, period, profile, tuple(sorted(splits, key=lambda one: at[one.indicator])))


def divisions_by(deprivation: CodeList | None) -> list[tuple[str, Factor, Sequence[str]]]:
    """What people are divided by: a name, the factor that groups them, and the order of its parts where it has one."""
    age = Factor(factor="age", from_ages=AGES)
    found: list[tuple[str, Factor, Sequence[str]]] = [
        ("sex", Factor(factor="sex", grouped_by="sex"), ()),
        ("age", age, [name for _, name in age.bands]),
        ("ethnic group", Factor(factor="ethnicity", grouped_by="ethnic-group"), ()),
    ]
    if deprivation is not None:
        parts = sorted({code.meaning for code in deprivation.codes}, key=int)
        found.insert(0, ("deprivation", Factor(factor="lsoa", grouped_by=deprivation.id), parts))
    return found


def _year(contract: Contract, last: date | None, year: int | None) -> tuple[int, Period]:
    known = {one: contract.period(one) for one in contract.years}
    measured = [one for one, period in known.items() if last and period.end <= last]
    if year is None and measured:
        year = measured[-1]
    if year is None or year not in known or year not in measured:
        found = f"year {year}" if year is not None else f"records until {last}"
        expected = (
            f"write one of {', '.join(map(str, measured))}" if measured else "give records of a whole contract year"
        )
        raise refusal("--year", "the records", found, expected)
    return year, known[year]
