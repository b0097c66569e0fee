"""Crises: referrals to the crisis team, and how soon people are seen."""

from dataclasses import dataclass

import numpy as np

from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code
from obc.synthetic.extract import NOTHING, Coded
from obc.synthetic.pathway import Episodes, in_care

APART = 10
"""Days between crises of one person, and between a crisis and an admission that did not come of it, so that one
is not taken for the other."""
DAY = 1440
"""Minutes."""

_TEAM = "A02"
_PRIORITIES = (("4", 0.8), ("1", 0.2))
_SOURCES = (("B1", 0.3), ("H1", 0.3), ("P1", 0.2), ("E1", 0.1), ("B2", 0.1))
_REASONS = (("06", 0.7), ("03", 0.2), ("01", 0.1))
_MECHANISMS = ("01", "02")
_FOUR_HOURS = 240
_BY_TELEPHONE = 0.3
"""Of people not seen in time, those spoken to in time, but not face to face."""
_OPEN_FOR = (1, 14)


@dataclass(frozen=True)
class Crises:
    """Crisis referrals, in order of person and day: when, the team's contact in minutes from 1970, and whether
    the time of that contact is recorded."""

    who: Ints
    day: Ints
    contact: Ints
    time_known: Flags


def fall_into_crisis(rng: Generator, chunk: Chunk, episodes: Episodes) -> Crises:
    """Add the crisis referrals of people in care, and one contact with each."""
    section = chunk.truth.timely_access
    leaves = in_care(chunk, episodes)
    rows, days = chunk.scatter(rng, section, section.crises, episodes.who, episodes.assessed + 1, leaves)
    who, days = apart(episodes.who[rows], days)
    count = len(who)
    moment = days * DAY + between(rng, 0, DAY - 1, count)
    seen = chance(rng, chunk.true(section, section.crisis_seen_within_four_hours, who, days), count)
    spoken = ~seen & chance(rng, _BY_TELEPHONE, count)
    soon, late = between(rng, 10, _FOUR_HOURS, count), between(rng, _FOUR_HOURS + 1, 2 * DAY, count)
    contact = moment + np.where(seen | spoken, soon, late)
    known = ~chance(rng, section.time_missing, count)
    _add(rng, chunk, Crises(who, days, contact, known), moment, spoken)
    return Crises(who, days, contact, known)


def _add(rng: Generator, chunk: Chunk, crises: Crises, moment: Ints, spoken: Flags) -> None:
    who, count = crises.who, len(crises.who)
    team = {"provider": chunk.truth.county.crisis_provider, "team": _TEAM}
    referral = chunk.extract.ids("referrals", count)
    closed = crises.contact // DAY + between(rng, *_OPEN_FOR, count)
    reason = code(rng, _REASONS, count)
    ended = np.minimum(closed, chunk.people.death[who]) <= chunk.calendar.last
    chunk.add(
        "referrals",
        who,
        referral_id=referral,
        happened=crises.day,
        happened_at=moment,
        source=code(rng, _SOURCES, count),
        priority=code(rng, _PRIORITIES, count),
        discharged=closed,
        closure_reason=Coded(reason.labels, np.where(ended, reason.at, -1)),
        **team,
    )
    chunk.add(
        "contacts",
        who,
        referral_id=referral,
        happened=crises.contact // DAY,
        happened_at=np.where(crises.time_known, crises.contact, NOTHING),
        mechanism=Coded(_MECHANISMS, spoken.astype(np.int32)),
        attendance="5",
        **team,
    )


def apart(who: Ints, days: Ints) -> tuple[Ints, Ints]:
    """Events in order of person and day, without those that follow another of the person too closely."""
    order = np.lexsort((days, who))
    who, days = who[order], days[order]
    close = np.zeros(len(who), dtype=bool)
    close[1:] = (who[1:] == who[:-1]) & (days[1:] - days[:-1] <= APART)
    return who[~close], days[~close]
