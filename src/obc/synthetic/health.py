"""Physical health: emergency attendances and the yearly checks."""

import numpy as np

from obc.synthetic.calendar import Calendar
from obc.synthetic.draws import Generator, between, chance, code, scatter
from obc.synthetic.extract import Coded, Extract
from obc.synthetic.pathway import Episodes
from obc.synthetic.residents import Residents, responsible

_MINOR = 0.25
"""Visits to departments that are not major ones, for each visit to one; no part of the truth."""
_CATEGORIES = (("1", 0.94), ("2", 0.04), ("3", 0.02))
_FOR_MENTAL_HEALTH = 0.3
_RESULTS = ("healthy", "unhealthy", "unknown")
_EACH = 366
"""Days from one check to the next: never two within twelve months, never none that is due."""


def attend(rng: Generator, calendar: Calendar, people: Residents, extract: Extract) -> None:
    """Emergency attendances of everybody, from the first referral on."""
    section = calendar.truth.physical_health
    last = np.minimum(people.death, calendar.last)
    who, days = scatter(rng, calendar, (section, section.emergency_attendances), people.group, people.entry, last)
    minor = np.flatnonzero(chance(rng, _MINOR, len(who)))
    major = np.arange(len(who) + len(minor)) < len(who)
    who = np.concatenate((who, who[minor]))
    days = np.concatenate((days, days[minor] + between(rng, 1, 300, len(minor)))).astype(np.int32)
    extract.add(
        "emergency_attendances",
        who,
        provider=calendar.truth.county.emergency_provider,
        happened=days,
        happened_at=days * 1440 + between(rng, 0, 1439, len(who)),
        department=Coded(("01", "03"), np.where(major, 0, 1)),
        category=code(rng, _CATEGORIES, len(who)),
        mental_health=chance(rng, _FOR_MENTAL_HEALTH, len(who)),
    )


def check(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> None:
    """Checks at assessment and every year after, while the person lives."""
    section = calendar.truth.physical_health
    some = episodes.of(episodes.first)
    checks = (
        ("bmi", section.body_mass_index_checked),
        ("diabetes", section.diabetes_checked),
        ("cholesterol", section.cholesterol_checked),
    )
    for year in range((calendar.last - int(some.assessed.min(initial=calendar.last))) // _EACH + 1):
        days = some.assessed + _EACH * year
        here = np.flatnonzero((days <= calendar.last) & (days >= calendar.first))
        for name, course in checks:
            group = people.group[some.who[here]]
            rows = here[chance(rng, calendar.true(section, course, group, days[here]), len(here))]
            group = people.group[some.who[rows]]
            healthy = chance(rng, calendar.true(section, section.result_healthy, group, days[rows]), len(rows))
            unknown = chance(rng, section.result_unknown, len(rows))
            extract.add(
                "screenings",
                some.who[rows],
                provider=responsible(calendar, people, some.who[rows]),
                happened=days[rows],
                check=name,
                result=Coded(_RESULTS, np.where(unknown, 2, np.where(healthy, 0, 1))),
            )
