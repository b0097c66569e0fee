"""The way through care: referral, first contact with assessment, care plan, contacts, discharge, and back again."""

from dataclasses import dataclass

import numpy as np

from obc.synthetic.calendar import YEAR, Calendar
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code, code_by, pick, within
from obc.synthetic.extract import FOREVER, Coded, Extract
from obc.synthetic.residents import Residents, responsible

_ATTENDANCE = (("5", 0.8), ("6", 0.04), ("3", 0.1), ("2", 0.04), ("4", 0.02))
_SEEN, _MISSED = 2, 2
"""The first two codes of attendance are of people seen; the third is of those who did not come."""
_DAYTIME = (9 * 60, 17 * 60)
_MECHANISMS = (("01", 0.72), ("02", 0.22), ("11", 0.06))
_STEPPED_DOWN, _DIED = "02", "04"
_OTHER_REASONS = ("03", "06", "01")
_PROMPT = 28
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


def walk(rng: Generator, calendar: Calendar, people: Residents, extract: Extract) -> Episodes:
    """Draw the episodes of care and add referrals, contacts and care plans."""
    groups = calendar.truth.groups
    referred = np.flatnonzero(np.array([g.referred for g in groups])[people.group]).astype(np.int32)
    episodes = _episodes(rng, calendar, people, extract, referred)
    _referrals(rng, calendar, people, extract, episodes)
    _contacts(rng, calendar, people, extract, episodes)
    _plans(rng, calendar, people, extract, episodes)
    return episodes


def _episodes(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, who: Ints) -> Episodes:
    groups = calendar.truth.groups
    stay = np.array([g.months_in_care for g in groups])[people.group] / 12 * YEAR
    back = np.array([g.comes_back for g in groups])[people.group]
    start = people.entry[who]
    seen = start + _wait(rng, calendar, people, who, start)
    # those already in care when records start are still in care then
    base = np.where(people.already[who], np.maximum(seen, calendar.first), seen)
    end = base + 30 + rng.exponential(stay[who]).astype(np.int32)
    again = np.flatnonzero(chance(rng, back[who], len(who)))
    second = who[again]
    start2 = end[again] + 30 + rng.exponential(270, len(again)).astype(np.int32)
    seen2 = start2 + _wait(rng, calendar, people, second, start2)
    end2 = seen2 + 30 + rng.exponential(stay[second]).astype(np.int32)
    everyone = np.concatenate((who, second))
    return Episodes(
        who=everyone,
        referral=extract.ids("referrals", len(everyone)),
        referred=np.concatenate((start, start2)).astype(np.int32),
        assessed=np.concatenate((seen, seen2)).astype(np.int32),
        discharged=np.concatenate((end, end2)).astype(np.int32),
        first=np.arange(len(everyone)) < len(who),
    )


def _wait(rng: Generator, calendar: Calendar, people: Residents, who: Ints, start: Ints) -> Ints:
    """Days from referral to the first attended contact."""
    section = calendar.truth.timely_access
    share = calendar.true(section, section.first_contact_within_28_days, people.group[who], start + _PROMPT)
    soon = chance(rng, share, len(who))
    return np.where(soon, between(rng, 1, _PROMPT, len(who)), between(rng, _PROMPT + 1, 90, len(who)))


def _referrals(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> None:
    groups = calendar.truth.groups
    who = episodes.who
    section = calendar.truth.functioning
    share = calendar.true(section, section.stepped_down, people.group[who], episodes.discharged)
    stepped = chance(rng, share, len(who))
    reason = np.where(stepped, 0, 2 + np.floor(rng.random(len(who)) ** 2 * 3)).astype(np.int32)
    dies = people.death[who] <= episodes.discharged
    closed = np.minimum(episodes.discharged, people.death[who]) <= calendar.last
    missing = chance(rng, section.closure_reason_missing, len(who))
    reason = np.where(closed & (dies | ~missing), np.where(dies, 1, reason), -1)
    extract.add(
        "referrals",
        who,
        history=True,
        referral_id=episodes.referral,
        provider=responsible(calendar, people, who),
        happened=episodes.referred,
        happened_at=episodes.referred * 1440 + between(rng, *_DAYTIME, len(who)),
        source=code_by(rng, [g.sources for g in groups], people.group[who]),
        priority="3",
        team=_team(calendar, people, who),
        discharged=episodes.discharged,
        closure_reason=Coded((_STEPPED_DOWN, _DIED, *_OTHER_REASONS), reason),
    )


def _team(calendar: Calendar, people: Residents, who: Ints) -> Coded:
    return Coded(tuple(group.team for group in calendar.truth.groups), people.group[who])


def _contacts(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> None:
    """The first attended contact, sometimes one missed before it, and the contacts of the months that follow."""
    groups = calendar.truth.groups
    count = len(episodes)
    missed = np.flatnonzero(chance(rng, 0.1, count))
    lasts = np.minimum(np.minimum(episodes.discharged, people.death[episodes.who]), calendar.last)
    since = np.maximum(episodes.assessed, calendar.first)
    length = np.maximum(lasts - since, 0)
    more = rng.poisson(np.array([g.contacts_a_year for g in groups])[people.group[episodes.who]] * length / YEAR)
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
    extract.add(
        "contacts",
        who,
        referral_id=episodes.referral[index],
        provider=responsible(calendar, people, who),
        happened=happened,
        happened_at=happened * 1440 + between(rng, *_DAYTIME, len(who)),
        mechanism=code(rng, _MECHANISMS, len(who)),
        attendance=Coded(tuple(label for label, _ in _ATTENDANCE), attendance),
        team=_team(calendar, people, who),
    )


def _plans(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> None:
    """The first plan, within 28 days of assessment or not, and a new one each year in care."""
    timely, functioning = calendar.truth.timely_access, calendar.truth.functioning
    group = people.group[episodes.who]
    soon = chance(
        rng, calendar.true(timely, timely.care_plan_within_28_days, group, episodes.assessed + _PROMPT), len(episodes)
    )
    made = soon | chance(rng, _LATE_SHARE, len(episodes))
    days = np.where(soon, between(rng, 0, _PROMPT, len(episodes)), between(rng, _PROMPT + 1, 120, len(episodes)))
    first = np.flatnonzero(made)
    index, happened = [first], [(episodes.assessed + days)[first]]
    for year in range(1, 12):
        renewed = episodes.assessed + days + 365 * year
        index.append(np.flatnonzero(made & (renewed <= np.minimum(episodes.discharged, calendar.last))))
        happened.append(renewed[index[-1]])
    rows, when = np.concatenate(index), np.concatenate(happened).astype(np.int32)
    who = episodes.who[rows]
    goals = {
        name: chance(rng, calendar.true(functioning, course, people.group[who], when), len(who))
        for name, course in (
            ("employment_goal", functioning.employment_goal),
            ("inclusion_goal", functioning.inclusion_goal),
        )
    }
    extract.add(
        "care_plans",
        who,
        provider=responsible(calendar, people, who),
        referral_id=episodes.referral[rows],
        happened=when,
        **goals,
    )


def in_care(calendar: Calendar, people: Residents, episodes: Episodes) -> Ints:
    """The last day of each episode within life and records."""
    alive = np.where(people.death[episodes.who] == FOREVER, calendar.last, people.death[episodes.who])
    return np.minimum(np.minimum(episodes.discharged, alive), calendar.last)
