"""Physical health: emergency attendances and the yearly checks."""

import numpy as np

from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Generator, between, chance, code
from obc.synthetic.extract import Coded
from obc.synthetic.pathway import Episodes

_MINOR = 0.25
"""Visits to departments that are not major ones, for each visit to one; no part of the truth."""
_CATEGORIES = (("1", 0.94), ("2", 0.04), ("3", 0.02))
_FOR_MENTAL_HEALTH = 0.3
_RESULTS = ("healthy", "unhealthy", "unknown")
_EACH = 366
"""Days from one check to the next: never two within twelve months, never none that is due."""


def attend(rng: Generator, chunk: Chunk, _: Episodes) -> None:
    """Emergency attendances of everybody, in care or not, from the first referral on."""
    section = chunk.truth.physical_health
    last = np.minimum(chunk.people.death, chunk.calendar.last)
    everyone = np.arange(len(chunk.people), dtype=np.int32)
    who, days = chunk.scatter(rng, section, section.emergency_attendances, everyone, chunk.people.entry, last)
    minor = np.flatnonzero(chance(rng, _MINOR, len(who)))
    major = np.arange(len(who) + len(minor)) < len(who)
    who = np.concatenate((who, who[minor]))
    days = np.concatenate((days, days[minor] + between(rng, 1, 300, len(minor)))).astype(np.int32)
    chunk.add(
        "emergency_attendances",
        who,
        provider=chunk.truth.county.emergency_provider,
        happened=days,
        happened_at=days * 1440 + between(rng, 0, 1439, len(who)),
        department=Coded(("01", "03"), np.where(major, 0, 1)),
        category=code(rng, _CATEGORIES, len(who)),
        mental_health=chance(rng, _FOR_MENTAL_HEALTH, len(who)),
    )


def check(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    """Checks at assessment and every year after, while the person lives."""
    section = chunk.truth.physical_health
    some = episodes.of(episodes.first)
    checks = (
        ("bmi", section.body_mass_index_checked),
        ("diabetes", section.diabetes_checked),
        ("cholesterol", section.cholesterol_checked),
    )
    for year in range((chunk.calendar.last - int(some.assessed.min(initial=chunk.calendar.last))) // _EACH + 1):
        days = some.assessed + _EACH * year
        here = np.flatnonzero((days <= chunk.calendar.last) & (days >= chunk.calendar.first))
        for name, course in checks:
            rows = here[chance(rng, chunk.true(section, course, some.who[here], days[here]), len(here))]
            healthy = chance(rng, chunk.true(section, section.result_healthy, some.who[rows], days[rows]), len(rows))
            unknown = chance(rng, section.result_unknown, len(rows))
            chunk.add(
                "screenings",
                some.who[rows],
                happened=days[rows],
                check=name,
                result=Coded(_RESULTS, np.where(unknown, 2, np.where(healthy, 0, 1))),
            )
