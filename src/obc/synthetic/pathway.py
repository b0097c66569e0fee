"""The way through care: referral, first contact with assessment, care plan, contacts, discharge, and back again."""

from dataclasses import dataclass

import numpy as np

from obc.synthetic.calendar import YEAR
from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code, code_by, pick, within
from obc.synthetic.extract import Coded

_ATTENDANCE = (("5", 0.8), ("6", 0.04), ("3", 0.1), ("2", 0.04), ("4", 0.02))
_SEEN, _MISSED = 2, 2
"""The first two codes of attendance are of people seen; the third is of those who did not come."""
_MISSED_BEFORE = 0.1
"""Of first contacts, those that follow a missed one."""
_DAYTIME = (9 * 60, 17 * 60)
_MECHANISMS = (("01", 0.72), ("02", 0.22), ("11", 0.06))
_STEPPED_DOWN, _DIED = "02", "04"
_OTHER_REASONS = ("03", "06", "01")
_LEAST_STAY, _MEAN_AWAY = 30, 270
_PROMPT, _ALL_SEEN = 28, 91
"""Days that are prompt, and days after which everybody has been seen."""
_LATE_SHARE = 0.7
"""Of plans not agreed within 28 days, those agreed later."""


@dataclass(frozen=True)
class Episodes:
    """Episodes of care: one or two a person. `who` is a place among the residents; days count from 1970.

    `assessed` is the first attended contact. `discharged` may lie after death or the end of records.
    """

    who: Ints
    referral: np.ndarray
    referred: Ints
    assessed: Ints
    discharged: Ints
    first: Flags

    def __len__(self) -> int:
        return len(self.who)

    def of(self, chosen: Flags) -> "Episodes":
        """Some of them."""
        return Episodes(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def walk(rng: Generator, chunk: Chunk) -> Episodes:
    """Draw the episodes of care and add referrals, contacts and care plans."""
    everyone = np.arange(len(chunk.people), dtype=np.int32)
    episodes = _episodes(rng, chunk, everyone[chunk.of_group(lambda g: g.referred, everyone)])
    _referrals(rng, chunk, episodes)
    _contacts(rng, chunk, episodes)
    _plans(rng, chunk, episodes)
    return episodes


def _episodes(rng: Generator, chunk: Chunk, who: Ints) -> Episodes:
    start = chunk.people.entry[who]
    seen = start + _wait(rng, chunk, who, start)
    # those already in care when records start are still in care then
    base = np.where(chunk.people.already[who], np.maximum(seen, chunk.calendar.first), seen)
    end = base + _stay(rng, chunk, who)
    again = np.flatnonzero(chance(rng, chunk.of_group(lambda g: g.comes_back, who), len(who)))
    second = who[again]
    start2 = end[again] + _LEAST_STAY + rng.exponential(_MEAN_AWAY, len(again)).astype(np.int32)
    seen2 = start2 + _wait(rng, chunk, second, start2)
    end2 = seen2 + _stay(rng, chunk, second)
    everyone = np.concatenate((who, second))
    return Episodes(
        who=everyone,
        referral=chunk.extract.ids("referrals", len(everyone)),
        referred=np.concatenate((start, start2)).astype(np.int32),
        assessed=np.concatenate((seen, seen2)).astype(np.int32),
        discharged=np.concatenate((end, end2)).astype(np.int32),
        first=np.arange(len(everyone)) < len(who),
    )


def _stay(rng: Generator, chunk: Chunk, who: Ints) -> Ints:
    """Days in care."""
    mean = chunk.of_group(lambda g: g.months_in_care, who) / 12 * YEAR
    return _LEAST_STAY + rng.exponential(mean).astype(np.int32)


def _wait(rng: Generator, chunk: Chunk, who: Ints, start: Ints) -> Ints:
    """Days from referral to the first attended contact."""
    section = chunk.truth.timely_access
    share = chunk.true(section, section.first_contact_within_28_days, who, start + _ALL_SEEN)
    soon = chance(rng, share, len(who))
    return np.where(soon, between(rng, 1, _PROMPT, len(who)), between(rng, _PROMPT + 1, _ALL_SEEN - 1, len(who)))


def _referrals(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    who = episodes.who
    section = chunk.truth.functioning
    share = chunk.true(section, section.stepped_down, who, episodes.discharged)
    stepped = chance(rng, share, len(who))
    reason = np.where(stepped, 0, 2 + np.floor(rng.random(len(who)) ** 2 * 3)).astype(np.int32)
    dies = chunk.people.death[who] <= episodes.discharged
    missing = chance(rng, section.closure_reason_missing, len(who))
    reason = np.where(dies, 1, np.where(missing, -1, reason))
    chunk.add(
        "referrals",
        who,
        history=True,
        referral_id=episodes.referral,
        happened=episodes.referred,
        happened_at=episodes.referred * 1440 + between(rng, *_DAYTIME, len(who)),
        source=code_by(rng, [g.sources for g in chunk.truth.groups], chunk.group(who)),
        priority="3",
        team=_team(chunk, who),
        discharged=episodes.discharged,
        closure_reason=Coded((_STEPPED_DOWN, _DIED, *_OTHER_REASONS), reason),
    )


def _team(chunk: Chunk, who: Ints) -> Coded:
    return Coded(tuple(group.team for group in chunk.truth.groups), chunk.group(who))


def _contacts(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    """The first attended contact, sometimes one missed before it, and the contacts of the months that follow."""
    count = len(episodes)
    missed = np.flatnonzero(chance(rng, _MISSED_BEFORE, count))
    lasts = in_care(chunk, episodes)
    since = np.maximum(episodes.assessed, chunk.calendar.first)
    length = np.maximum(lasts - since, 0)
    more = rng.poisson(chunk.of_group(lambda g: g.contacts_a_year, episodes.who) * length / YEAR)
    later = np.repeat(np.arange(count), more)
    index = np.concatenate((np.arange(count), missed, later))
    happened = np.concatenate(
        (
            episodes.assessed,
            within(rng, episodes.referred[missed], episodes.assessed[missed] - 1),
            within(rng, since[later] + 1, np.maximum(lasts, since + 1)[later]),
        )
    )
    shares = [share for _, share in _ATTENDANCE]
    attendance = np.concatenate(
        (pick(rng, shares[:_SEEN], count), np.full(len(missed), _MISSED), pick(rng, shares, len(later)))
    )
    who = episodes.who[index]
    chunk.add(
        "contacts",
        who,
        referral_id=episodes.referral[index],
        happened=happened,
        happened_at=happened * 1440 + between(rng, *_DAYTIME, len(who)),
        mechanism=code(rng, _MECHANISMS, len(who)),
        attendance=Coded(tuple(label for label, _ in _ATTENDANCE), attendance),
        team=_team(chunk, who),
    )


def _plans(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    """The first plan, within 28 days of assessment or not, and a new one each year in care."""
    timely, functioning = chunk.truth.timely_access, chunk.truth.functioning
    count, due = len(episodes), episodes.assessed + _PROMPT
    soon = chance(rng, chunk.true(timely, timely.care_plan_within_28_days, episodes.who, due), count)
    days = np.where(soon, between(rng, 0, _PROMPT, count), between(rng, _PROMPT + 1, 120, count))
    made = soon | (chance(rng, _LATE_SHARE, count) & (episodes.assessed + days <= episodes.discharged))
    first = np.flatnonzero(made)
    index, happened = [first], [(episodes.assessed + days)[first]]
    for year in range(1, 12):
        renewed = episodes.assessed + days + 365 * year
        index.append(np.flatnonzero(made & (renewed <= np.minimum(episodes.discharged, chunk.calendar.last))))
        happened.append(renewed[index[-1]])
    rows, when = np.concatenate(index), np.concatenate(happened).astype(np.int32)
    who = episodes.who[rows]
    goals = {
        name: chance(rng, chunk.true(functioning, course, who, when), len(who))
        for name, course in (
            ("employment_goal", functioning.employment_goal),
            ("inclusion_goal", functioning.inclusion_goal),
        )
    }
    chunk.add("care_plans", who, referral_id=episodes.referral[rows], happened=when, **goals)


def in_care(chunk: Chunk, episodes: Episodes) -> Ints:
    """The last day of each episode within life and records."""
    return np.minimum(np.minimum(episodes.discharged, chunk.people.death[episodes.who]), chunk.calendar.last)
