"""Homes, work and other roles, as recorded at diagnosis, perhaps half a year on, and about each anniversary."""

import numpy as np

from obc.synthetic.calendar import YEAR
from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, pick
from obc.synthetic.extract import Coded
from obc.synthetic.pathway import Episodes

ROLES = ("volunteering", "education", "running-a-home", "parenting")

_SETTLED = (("01", 0.2), ("02", 0.3), ("03", 0.22), ("04", 0.18), ("11", 0.1))
_UNSETTLED = (("14", 0.25), ("15", 0.2), ("18", 0.2), ("12", 0.1), ("19", 0.15), ("16", 0.1))
_INDICATORS = ("Y", "N", "Z")
_DECLINED = 2
_SETTLES = 0.35
"""Of those not settled at diagnosis, settled a year after: not part of the truth."""
_HALF_YEAR = 0.4
_YEARS = 4
_AT_DIAGNOSIS, _IN_HALF_A_YEAR, _ABOUT_A_YEAR = (0, 14), (150, 210), (280, 450)
_PAID, _STUDENT, _VOLUNTEER, _HOMEMAKER, _RETIRED, _NOT_STATED = "01", "03", "07", "05", "08", "ZZ"
_STATUSES = (_PAID, _STUDENT, _VOLUNTEER, _HOMEMAKER, _RETIRED, "02", "04", "06", _NOT_STATED)
_PENSION = 66


def live(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    """Add accommodation, employment and roles of everybody assessed; only first episodes set an anniversary."""
    some = episodes.of(episodes.first)
    _homes(rng, chunk, some)
    _work(rng, chunk, some)


def _homes(rng: Generator, chunk: Chunk, some: Episodes) -> None:
    section = chunk.truth.home
    count = len(some)

    def add(settled: Flags, declined: Flags, days: Ints, chosen: Flags) -> None:
        rows = np.flatnonzero(chosen)
        kinds = _SETTLED + _UNSETTLED
        share = [share for _, share in _SETTLED], [share for _, share in _UNSETTLED]
        place = np.where(settled, pick(rng, share[0], count), len(_SETTLED) + pick(rng, share[1], count))
        said = np.where(declined, _DECLINED, np.where(settled, 0, 1))
        chunk.add(
            "accommodation",
            some.who[rows],
            happened=(some.assessed + days)[rows],
            accommodation_type=Coded(tuple(label for label, _ in kinds), np.where(declined, -1, place)[rows]),
            settled=Coded(_INDICATORS, said[rows]),
        )

    nobody = np.zeros(count, dtype=bool)
    start = chance(rng, chunk.true(section, section.settled_at_diagnosis, some.who, some.assessed), count)
    add(start, nobody, between(rng, *_AT_DIAGNOSIS, count), ~chance(rng, section.missing_at_diagnosis, count))
    previous = start
    for year in range(1, _YEARS + 1):
        anniversary = some.assessed + 365 * year
        stays = chance(rng, chunk.true(section, section.settled_a_year_after, some.who, anniversary), count)
        settled = np.where(previous, stays, chance(rng, _SETTLES, count))
        between_times = chance(rng, _HALF_YEAR, count) & (previous == settled)
        if year == 1:
            add(settled, nobody, between(rng, *_IN_HALF_A_YEAR, count), between_times)
        days = between(rng, *_ABOUT_A_YEAR, count) + 365 * (year - 1)
        declined = chance(rng, section.not_stated, count)
        add(settled, declined, days, _still(rng, section.missing_a_year_after, some, days, year))
        previous = settled


def _still(rng: Generator, missing: float, some: Episodes, days: Ints, year: int) -> Flags:
    """Recorded a year after whether in care or not; in later years in care only."""
    recorded = ~chance(rng, missing, len(some))
    return recorded if year == 1 else recorded & (some.assessed + days <= some.discharged)


def _work(rng: Generator, chunk: Chunk, some: Episodes) -> None:
    section = chunk.truth.roles
    count = len(some)
    for year in range(_YEARS + 1):
        anniversary = some.assessed + 365 * year
        days = between(rng, *(_ABOUT_A_YEAR if year else _AT_DIAGNOSIS), count) + 365 * max(year - 1, 0)
        holds = {
            role: chance(rng, chunk.true(section, course, some.who, anniversary), count)
            for role, course in (
                ("volunteering", section.volunteering),
                ("paid", section.paid_employment),
                ("education", section.education),
                ("home", section.running_a_home_or_parenting),
            )
        }
        employed = _still(rng, section.employment_missing, some, days, max(year, 1))
        _employment(rng, chunk, some, holds, days, employed, section.employment_not_stated)
        if year <= 1:
            _roles(rng, chunk, some, holds, days, ~chance(rng, section.role_missing, count))


def _employment(
    rng: Generator,
    chunk: Chunk,
    some: Episodes,
    holds: dict[str, Flags],
    days: Ints,
    chosen: Flags,
    not_stated: float,
) -> None:
    """One status: paid work, else a role that the status can say, else looking for work, unwell or neither."""
    happened = some.assessed + days
    count = len(some)
    retired = (happened - chunk.people.birth[some.who]) / YEAR >= _PENSION
    idle = 5 + pick(rng, (0.3, 0.5, 0.2), count)
    says = chance(rng, 0.5, count)
    status = np.select(
        [
            chance(rng, not_stated, count),
            holds["paid"],
            holds["education"] & says,
            holds["volunteering"] & says,
            holds["home"] & says,
            retired,
        ],
        [8, 0, 1, 2, 3, 4],
        idle,
    )
    rows = np.flatnonzero(chosen)
    chunk.add(
        "employment",
        some.who[rows],
        happened=happened[rows],
        status=Coded(_STATUSES, status[rows]),
    )


def _roles(
    rng: Generator,
    chunk: Chunk,
    some: Episodes,
    holds: dict[str, Flags],
    days: Ints,
    chosen: Flags,
) -> None:
    """All four roles on one day; who runs a home or is a parent does either or both."""
    count = len(some)
    which = pick(rng, (0.5, 0.2, 0.3), count)
    held = (
        holds["volunteering"],
        holds["education"],
        holds["home"] & (which != 1),
        holds["home"] & (which != 0),
    )
    rows = np.flatnonzero(chosen)
    for role, holding in zip(ROLES, held, strict=True):
        chunk.add(
            "roles",
            some.who[rows],
            happened=(some.assessed + days)[rows],
            role=role,
            holds=holding[rows],
        )
