"""The people of one chunk: who they are, where they live, when they come into care, and when they die."""

from dataclasses import dataclass

import numpy as np

from obc.synthetic.calendar import YEAR, Calendar
from obc.synthetic.county import County
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code, pick
from obc.synthetic.dying import cause, die
from obc.synthetic.extract import FOREVER, Coded, Extract

_SEXES = ("1", "2")
_LONGEST_BEFORE = 5 * 365
"""Days before the records that somebody already in care can have been referred."""


@dataclass(frozen=True)
class Residents:
    """People by their place in the chunk. Days count from 1970; `entry` is the first referral (or the first day
    of records for those never referred), `death` is far off for those who live."""

    group: Ints
    provider: Ints
    birth: Ints
    entry: Ints
    already: Flags
    death: Ints

    def __len__(self) -> int:
        return len(self.group)


def settle(rng: Generator, calendar: Calendar, extract: Extract, first: int, count: int, ids_from: int) -> Residents:
    """Draw `count` people, numbered from `first`, and add them and their deaths to the extract."""
    truth = calendar.truth
    group = pick(rng, [g.share for g in truth.groups], count)
    referred = np.array([kind.referred for kind in truth.groups])[group]
    place = _place(rng, calendar, group)
    woman = chance(rng, np.array([kind.women for kind in truth.groups])[group], count)
    already = referred & chance(rng, np.array([kind.already_in_care for kind in truth.groups])[group], count)
    entry = between(rng, calendar.first, calendar.last, count)
    entry = np.where(already, calendar.first - between(rng, 1, _LONGEST_BEFORE, count), entry)
    entry = np.where(referred, entry, calendar.first).astype(np.int32)
    birth = entry - _days_old(rng, calendar, group)
    death, suicide = die(rng, calendar, group, birth, entry, woman)
    people = Residents(
        group=group,
        provider=pick(rng, [provider.share for provider in truth.county.providers], count),
        birth=birth,
        entry=entry,
        already=already,
        death=death,
    )
    extract.begin(first, ids_from, death)
    known = np.flatnonzero(entry <= extract.last_day)
    coded = {
        "sex": Coded(_SEXES, woman.astype(np.int32)),
        "ethnicity": code(rng, truth.county.ethnicity, count),
        **place,
    }
    of_known = {name: Coded(column.labels, column.at[known]) for name, column in coded.items()}
    extract.add("people", known, birth_date=birth[known], **of_known)
    dead = np.flatnonzero(death < FOREVER)
    extract.add("deaths", dead, happened=death[dead], cause=cause(rng, suicide[dead]))
    return people


def _place(rng: Generator, calendar: Calendar, group: Ints) -> dict[str, Coded]:
    """District, locality and small area; deprived districts send more people to the groups drawn to them."""
    county = calendar.truth.county
    places = {district.code: number for number, district in enumerate(county.districts)}
    of_locality = np.array([places[locality.district] for locality in county.localities])
    scores = np.array([district.deprivation for district in county.districts])[of_locality]
    residents = np.array([locality.share for locality in county.localities])
    lean = scores - float(residents @ scores)
    locality = np.zeros(len(group), dtype=np.int32)
    for number, kind in enumerate(calendar.truth.groups):
        here = np.flatnonzero(group == number)
        weights = residents * np.maximum(1 + kind.pull_of_deprivation * lean, 0.05)
        locality[here] = pick(rng, list(weights), len(here))
    first, areas, labels = _small_areas(county)
    area = first[locality] + np.floor(rng.random(len(group)) * areas[locality]).astype(np.int32)
    return {
        "district": Coded(tuple(d.code for d in county.districts), of_locality[locality]),
        "locality": Coded(tuple(x.code for x in county.localities), locality),
        "lsoa": Coded(labels, area),
    }


def _small_areas(county: County) -> tuple[Ints, Ints, tuple[str, ...]]:
    """The small areas of each district shared out among its localities: the first, how many, and all codes."""
    first = np.zeros(len(county.localities), dtype=np.int32)
    areas = np.zeros_like(first)
    labels: list[str] = []
    for district in county.districts:
        here = [n for n, locality in enumerate(county.localities) if locality.district == district.code]
        parts = np.cumsum([county.localities[n].share for n in here])
        ends = [round(district.small_areas * part / parts[-1]) for part in parts]
        for number, start, end in zip(here, [0, *ends], ends, strict=False):
            first[number], areas[number] = len(labels) + start, max(end - start, 1)
        labels += [f"{district.name[:2].upper()}{n:03d}" for n in range(1, district.small_areas + 1)]
    return first, areas, tuple(labels)


def _days_old(rng: Generator, calendar: Calendar, group: Ints) -> Ints:
    years = np.zeros(len(group), dtype=np.float64)
    for number, kind in enumerate(calendar.truth.groups):
        here = np.flatnonzero(group == number)
        low, high, shares = (np.array(part) for part in zip(*kind.bands, strict=True))
        band = pick(rng, list(shares), len(here))
        years[here] = low[band] + rng.random(len(here)) * (high[band] + 1 - low[band])
    return np.ceil(years * YEAR).astype(np.int32)
