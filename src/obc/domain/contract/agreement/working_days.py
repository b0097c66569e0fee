"""Working days: Monday to Friday, less the bank holidays of a calendar. Clocks of a contract run in them."""

from collections.abc import Collection
from datetime import date, timedelta

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import refusal

_SATURDAY = 5


class Holidays(Written):
    """The bank holidays of one place, for whole years from `first year` to `last year`."""

    id: Slug
    title: Text
    first_year: int
    last_year: int
    days: tuple[date, ...]
    source: Text

    def after(self, day: date, count: int) -> date:
        """The day that lies `count` working days after `day`; the day itself does not count.

        Raises `Problems` where the calendar does not know the years that lie between.
        """
        self._known(day)
        found, left = day, count
        while left:
            found += timedelta(days=1)
            left -= is_working(found, self.days)
        self._known(found)
        return found

    def between(self, start: date, end: date) -> int:
        """The working days after `start`, up to and with `end`; negative where `end` lies before."""
        if end < start:
            return -self.between(end, start)
        self._known(start)
        self._known(end)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(is_working(day, self.days) for day in days)

    def _known(self, day: date) -> None:
        if not self.first_year <= day.year <= self.last_year:
            found = f"{day}, outside the years {self.first_year} to {self.last_year}"
            raise refusal(f"calendars/{self.id}.yaml", "the bank holidays", found, "add the holidays of that year")


def is_working(day: date, holidays: Collection[date]) -> bool:
    """Whether a day is a working day."""
    return day.weekday() < _SATURDAY and day not in holidays
