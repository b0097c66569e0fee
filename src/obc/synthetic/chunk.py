"""One chunk of people with all that the parts of their lives are drawn from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obc.synthetic.calendar import YEAR, Calendar, Floats
from obc.synthetic.county import Group
from obc.synthetic.draws import Generator, Ints, within
from obc.synthetic.extract import Coded, Content, Extract
from obc.synthetic.model import Course
from obc.synthetic.residents import Residents
from obc.synthetic.truth import Section, Truth


@dataclass(frozen=True)
class Chunk:
    """People, the calendar they live by, and the extract that their rows go to. `who` is a place among them."""

    calendar: Calendar
    people: Residents
    extract: Extract

    @property
    def truth(self) -> Truth:
        """What goes into the records."""
        return self.calendar.truth

    def group(self, who: Ints) -> Ints:
        """The place of each person's group."""
        return self.people.group[who]

    def of_group(self, what: Callable[[Group], float], who: Ints) -> Floats:
        """A figure of each person's group."""
        return np.array([what(group) for group in self.truth.groups])[self.group(who)]

    def true(self, section: Section, course: Course, who: Ints, days: Ints) -> Floats:
        """The true value for each person on each day."""
        return self.calendar.true(section, course, self.group(who), days)

    def provider(self, who: Ints) -> Coded:
        """The provider that looks after each person."""
        return Coded(tuple(provider.code for provider in self.truth.county.providers), self.people.provider[who])

    def add(self, table: str, who: npt.NDArray[np.integer], *, history: bool = False, **content: Content) -> None:
        """Add rows (see `Extract.add`), of the provider that looks after the person unless another is given."""
        self.extract.add(table, who, history=history, **{"provider": self.provider(who), **content})

    def scatter(
        self, rng: Generator, section: Section, course: Course, who: Ints, start: Ints, end: Ints
    ) -> tuple[Ints, Ints]:
        """Events at a true rate per person-year from `start` to `end` (both included): which of `who`, which day.

        Events of one person are independent of each other (Poisson). Ordered by year, then by place in `who`.
        """
        places, days = [], []
        for _, first, last in self.calendar.years:
            begin, finish = np.maximum(start, first), np.minimum(end, last)
            rate = self.true(section, course, who, np.full(len(who), first, dtype=np.int32))
            times = rng.poisson(rate * np.maximum(finish - begin + 1, 0) / YEAR)
            place = np.repeat(np.arange(len(who), dtype=np.int32), times)
            places.append(place)
            days.append(within(rng, begin[place], finish[place]))
        return np.concatenate(places), np.concatenate(days)
