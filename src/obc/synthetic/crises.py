"""Crises: referrals to the crisis team, and how soon people are seen."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code, within
from obc.synthetic.extract import NOTHING
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
_FACE_TO_FACE, _TELEPHONE = "01", "02"
_FOUR_HOURS = 240
_BY_TELEPHONE = 0.3
"""Of people not seen in time, those spoken to in time before they are seen."""
_OPEN_FOR = (1, 14)


@dataclass(frozen=True)
class Crises:
    """Crisis referrals, in order of person and day. Moments are minutes from 1970: of the referral, and of the
    contact face to face, whose time of day may not be recorded."""

    who: Ints
    day: Ints
    referral: npt.NDArray[np.int64]
    moment: Ints
    contact: Ints
    time_known: Flags


def fall_into_crisis(rng: Generator, chunk: Chunk, episodes: Episodes) -> Crises:
    """Add the crisis referrals of people in care, with the contacts that follow."""
    section = chunk.truth.timely_access
    leaves = in_care(chunk, episodes)
    rows, days = chunk.scatter(rng, section, section.crises, episodes.who, episodes.assessed + 1, leaves)
    who, days = apart(episodes.who[rows], days)
    count = len(who)
    seen = chance(rng, chunk.true(section, section.crisis_seen_within_four_hours, who, days), count)
    moment = days * DAY + between(rng, 0, DAY - 1, count)
    known = ~chance(rng, section.time_missing, count)
    soon, late = between(rng, 10, _FOUR_HOURS, count), _too_late(rng, moment, known)
    crises = Crises(
        who=who,
        day=days,
        referral=chunk.extract.ids("referrals", count),
        moment=moment,
        contact=moment + np.where(seen, soon, late),
        time_known=known,
    )
    _refer(rng, chunk, crises)
    spoken = ~seen & chance(rng, _BY_TELEPHONE, count)
    everyone = np.ones(count, dtype=bool)
    _contact(chunk, crises, everyone, crises.contact, crises.time_known, _FACE_TO_FACE)
    _contact(chunk, crises, spoken, moment + soon, everyone, _TELEPHONE)
    return crises


def _too_late(rng: Generator, moment: Ints, known: Flags) -> Ints:
    """Minutes to a contact that is not in time.

    Without a time of day, it falls on a day on which it could have been in time: whether it was is not known of
    those in time and of the others alike, so that the known are as often in time as all.
    """
    least, count = _FOUR_HOURS + 1, len(moment)
    end_of_day = ((moment + _FOUR_HOURS) // DAY + 1) * DAY - 1 - moment
    return within(rng, np.full(count, least), np.where(known, 2 * DAY, np.maximum(end_of_day, least)))


def _refer(rng: Generator, chunk: Chunk, crises: Crises) -> None:
    who, count = crises.who, len(crises.who)
    closed = crises.contact // DAY + between(rng, *_OPEN_FOR, count)
    chunk.add(
        "referrals",
        who,
        referral_id=crises.referral,
        provider=chunk.truth.county.crisis_provider,
        happened=crises.day,
        happened_at=crises.moment,
        source=code(rng, _SOURCES, count),
        priority=code(rng, _PRIORITIES, count),
        team=_TEAM,
        discharged=closed,
        closure_reason=code(rng, _REASONS, count),
    )


def _contact(chunk: Chunk, crises: Crises, chosen: Flags, moment: Ints, known: Flags, mechanism: str) -> None:
    chunk.add(
        "contacts",
        crises.who[chosen],
        referral_id=crises.referral[chosen],
        provider=chunk.truth.county.crisis_provider,
        happened=moment[chosen] // DAY,
        happened_at=np.where(known, moment, NOTHING)[chosen],
        mechanism=mechanism,
        attendance="5",
        team=_TEAM,
    )


def apart(who: Ints, days: Ints) -> tuple[Ints, Ints]:
    """Events in order of person and day, without those that follow another of the person too closely."""
    order = np.lexsort((days, who))
    who, days = who[order], days[order]
    close = np.zeros(len(who), dtype=bool)
    close[1:] = (who[1:] == who[:-1]) & (days[1:] - days[:-1] <= APART)
    return who[~close], days[~close]
