"""The people of one chunk: who they are, where they live, when they come into care, and when they die."""

from dataclasses import dataclass

import numpy as np

from obc.synthetic.calendar import YEAR, Calendar
from obc.synthetic.county import County
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code, code_by, pick
from obc.synthetic.extract import FOREVER, Coded, Extract

_CAUSES = (("I25", 0.24), ("C34", 0.18), ("J44", 0.14), ("I64", 0.1), ("K70", 0.1), ("E14", 0.06), ("J18", 0.18))
_SUICIDES = (("X70", 0.5), ("X61", 0.2), ("X64", 0.1), ("X80", 0.05), ("Y12", 0.1), ("Y33", 0.05))
_SEXES = ("1", "2")
_ALREADY = 5 * 365


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
    by_group = lambda values: np.array(list(values))[group]  # noqa: E731 - read once, here
    district, home = _home(rng, calendar, group)
    woman = chance(rng, by_group(g.women for g in truth.groups), count)
    already = chance(rng, by_group(g.already_in_care for g in truth.groups), count)
    entry = between(rng, calendar.first, calendar.last, count)
    entry = np.where(already, calendar.first - between(rng, 1, _ALREADY, count), entry)
    entry = np.where(by_group(g.referred for g in truth.groups), entry, calendar.first).astype(np.int32)
    birth = entry - _days_old(rng, calendar, group)
    death, suicide = _deaths(rng, calendar, group, birth, entry, woman)
    people = Residents(
        group=group,
        provider=pick(rng, [provider.share for provider in truth.county.providers], count),
        birth=birth,
        entry=entry,
        already=already & by_group(g.referred for g in truth.groups),
        death=death,
    )
    extract.begin(first, ids_from, death)
    everyone = np.arange(count)
    extract.add(
        "people",
        everyone,
        birth_date=birth,
        sex=Coded(_SEXES, woman.astype(np.int32)),
        ethnicity=code(rng, truth.county.ethnicity, count),
        district=district,
        **home,
    )
    dead = np.flatnonzero(death < FOREVER)
    extract.add("deaths", dead, happened=death[dead], cause=code_by(rng, (_CAUSES, _SUICIDES), suicide[dead]))
    return people


def _home(rng: Generator, calendar: Calendar, group: Ints) -> tuple[Coded, dict[str, Coded]]:
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
    return Coded(tuple(d.code for d in county.districts), of_locality[locality]), {
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
        total = sum(county.localities[n].share for n in here)
        ends = [
            round(district.small_areas * part / total) for part in np.cumsum([county.localities[n].share for n in here])
        ]
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


def _deaths(
    rng: Generator, calendar: Calendar, group: Ints, birth: Ints, entry: Ints, woman: Flags
) -> tuple[Ints, Flags]:
    """The day of death, and whether by suicide. Older people and men die sooner, but within a group and year
    the rates are centred on the time at risk, so that the group's rate is the true one."""
    truth = calendar.truth
    mortality = truth.county.mortality
    section = truth.living_longer
    death = np.full(len(group), FOREVER, dtype=np.int32)
    for _, first, last in calendar.years:
        start = np.maximum(entry, first)
        at_risk = np.where(death == FOREVER, np.maximum(last - start + 1, 0), 0)
        age = np.clip((start - birth) / YEAR, 0, 100)
        weight = np.exp(mortality.growth * (age - 50)) * np.where(woman, mortality.women, 1)
        exposed = np.bincount(group, at_risk, minlength=len(truth.groups))
        weighed = np.bincount(group, at_risk * weight, minlength=len(truth.groups))
        centred = weight * (exposed / np.maximum(weighed, 1e-12))[group]
        rate = calendar.true(section, section.deaths, group, np.full(len(group), first, dtype=np.int32))
        survival = rng.exponential(1, len(group)) / np.maximum(rate / 1000 / YEAR * centred, 1e-15)
        dies = survival < at_risk
        death[dies] = start[dies] + np.floor(survival[dies]).astype(np.int32)
    days = np.minimum(death, calendar.last)
    deaths = calendar.true(section, section.deaths, group, days)
    suicides = calendar.true(section, section.suicides, group, days)
    return death, chance(rng, suicides / np.maximum(deaths, 1e-12), len(group))
