"""What a business case is written from, and how its amounts read."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.money import written
from obc.domain.money.finance.amount import thousands
from obc.domain.money.finance.finance import Finance
from obc.domain.programme.case_for_change.case import Case
from obc.domain.programme.case_for_change.case_file import CaseFile
from obc.domain.programme.case_for_change.comparison import Compared
from obc.reports.names import Names
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, number, percent, plural

OPTION_NAMES = {
    "do nothing": "Do nothing",
    "do nothing with efficiency savings": "Efficiency savings",
    "outcomes based": "Outcomes based",
}
"""The options, short enough for charts and headings."""


@dataclass(frozen=True)
class Material:
    """The case, the contract it is for, and what its folder says beside the money."""

    case: Case
    contract: Contract
    file: CaseFile

    @property
    def finance(self) -> Finance:
        """The finance file; a case has one."""
        assert self.contract.finance is not None
        return self.contract.finance

    @property
    def names(self) -> Names:
        """What people call parties and segments."""
        return Names(self.contract)

    @property
    def unit(self) -> str:
        """For captions: £ thousand."""
        return f"{written(0, self.case.currency).removesuffix('0.00')} thousand"

    def option(self, name: str) -> Compared:
        """One option beside the best of the others."""
        return next(one for one in self.case.options if one.option == name)

    def millions(self, amount: int) -> str:
        """£37.1 million; below a million in whole thousands: £319,000."""
        sign = written(0, self.case.currency).removesuffix("0.00")
        minus = "−" if amount < 0 else ""
        if abs(amount) < 100_000_000:
            return f"{minus}{sign}{abs(thousands(amount)):,},000" if thousands(amount) else f"{sign}0"
        return f"{minus}{sign}{number(Fraction(abs(amount), 100_000_000), 1)} million"

    def by_year(
        self, caption: str, first: str, years: Iterable[str], rows: Iterable[tuple[str, Iterable[int]]]
    ) -> Table:
        """Amounts by year in thousands, a line a row."""
        columns = (Column(first), *(Column(year, "number") for year in years))
        lines = tuple((name, *(thousands(amount) for amount in amounts)) for name, amounts in rows)
        return Table(f"{caption} ({self.unit})", columns, lines)


def share(value: Fraction | None, places: int = 1) -> Cell:
    """A share of one as per cent; a word where there is none."""
    return "none" if value is None else percent(value, places)


def dearer(one: Compared, material: Material) -> str:
    """What an option costs beside the best alternative, in words."""
    more = "more" if one.difference_minor > 0 else "less"
    other = OPTION_NAMES[one.best_alternative].lower()
    return f"{material.millions(abs(one.difference_minor))} {more} than {other}"


def driver_name(material: Material, driver: str) -> str:
    """A driver for people: growth rates by their title."""
    titles = {growth.id: f"Growth of {growth.title.lower()}" for growth in material.finance.growth}
    return titles.get(driver) or capital(driver)


def driver_value(material: Material, driver: str, value: Fraction) -> str:
    """A driver's value for people: months, points on a growth rate, or a share."""
    if driver == "months late":
        return plural(int(value), "month") if value.denominator == 1 else f"{number(value, 1)} months"
    if driver in {growth.id for growth in material.finance.growth}:
        return f"{'+' if value > 0 else ''}{percent(value, 1)} points".replace("%", "")
    return percent(value, 0 if (value * 100).denominator == 1 else 1)
