"""Crises: referrals to the crisis team, how soon people are seen, and stays in hospital."""

from dataclasses import dataclass

import numpy as np

from obc.synthetic.calendar import Calendar
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code, pick, scatter
from obc.synthetic.extract import NOTHING, Coded, Extract
from obc.synthetic.model import Rates
from obc.synthetic.pathway import Episodes, in_care
from obc.synthetic.residents import Residents

_TEAM = "A02"
_PRIORITIES = (("4", 0.8), ("1", 0.2))
_SOURCES = (("B1", 0.3), ("H1", 0.3), ("P1", 0.2), ("E1", 0.1), ("B2", 0.1))
_REASONS = (("06", 0.7), ("03", 0.2), ("01", 0.1))
_FACE_TO_FACE, _TELEPHONE = 0, 1
_FOUR_HOURS, _DAY = 240, 1440
_BY_TELEPHONE = 0.3
"""Of people not seen in time, those only spoken to."""
_APART = 10
"""Days between crises of one person, and between a crisis and an admission that did not come of it, so that one
is not taken for the other."""
_CRISIS_TEAM_METHOD = 0
_METHODS = ("25", "21", "22", "24", "2A", "11")
_PLANNED = 5
_ELSEWHERE = ("21", 0.5), ("22", 0.3), ("24", 0.1), ("2A", 0.1)
_PLANNED_SHARE = 0.04
_MEAN_STAY, _LONGEST_STAY = 28, 85
_METHOD_WITH_CRISIS = 0.6
_DISCHARGES = (("1", 0.9), ("2", 0.05), ("6", 0.05))


@dataclass(frozen=True)
class _Stays:
    who: Ints
    moment: Ints
    method: Ints


def fall_ill(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> None:
    """Add crisis referrals with their contacts, and the admissions that follow or come by another way."""
    section = calendar.truth.timely_access
    group = people.group[episodes.who]
    leaves = in_care(calendar, people, episodes)
    rows, days = scatter(rng, calendar, (section, section.crises), group, episodes.assessed + 1, leaves)
    who, days = _apart(episodes.who[rows], days)
    group = people.group[who]
    moment = days * _DAY + between(rng, 0, _DAY - 1, len(who))
    seen, contact, known = _see(rng, calendar, people, extract, who, moment)
    admitted = chance(rng, calendar.true(section, section.crisis_admitted, group, days), len(who))
    by_team = ~known | chance(rng, _METHOD_WITH_CRISIS, len(who))
    crisis = _Stays(
        who=who[admitted],
        moment=(contact + between(rng, 60, 46 * 60, len(who)))[admitted],
        method=np.where(by_team, _CRISIS_TEAM_METHOD, 1)[admitted],
    )
    other = _other_ways(rng, calendar, people, episodes, (who, days))
    _stay(rng, calendar, people, extract, crisis, other)


def _apart(who: Ints, days: Ints) -> tuple[Ints, Ints]:
    """Events in order of person and day, without those that follow another of the person too closely."""
    order = np.lexsort((days, who))
    who, days = who[order], days[order]
    close = np.zeros(len(who), dtype=bool)
    close[1:] = (who[1:] == who[:-1]) & (days[1:] - days[:-1] <= _APART)
    return who[~close], days[~close]


def _see(
    rng: Generator, calendar: Calendar, people: Residents, extract: Extract, who: Ints, moment: Ints
) -> tuple[Flags, Ints, Flags]:
    """Whether each is seen in time, when the team first spoke to them, and whether that time is recorded."""
    section = calendar.truth.timely_access
    count = len(who)
    days = moment // _DAY
    share = calendar.true(section, section.crisis_seen_within_four_hours, people.group[who], days)
    seen = chance(rng, share, count)
    by_telephone = ~seen & chance(rng, _BY_TELEPHONE, count)
    soon = between(rng, 10, _FOUR_HOURS, count)
    contact = moment + np.where(seen | by_telephone, soon, between(rng, _FOUR_HOURS + 1, 2 * _DAY, count))
    known = ~chance(rng, section.time_missing, count)
    referral = extract.ids("referrals", count)
    closed = (contact // _DAY) + between(rng, 1, 14, count)
    ended = np.minimum(closed, people.death[who])
    reason = code(rng, _REASONS, count)
    extract.add(
        "referrals",
        who,
        referral_id=referral,
        provider=calendar.truth.county.crisis_provider,
        happened=days,
        happened_at=moment,
        source=code(rng, _SOURCES, count),
        priority=code(rng, _PRIORITIES, count),
        team=_TEAM,
        discharged=closed,
        closure_reason=Coded(reason.labels, np.where(ended <= calendar.last, reason.at, -1)),
    )
    extract.add(
        "contacts",
        who,
        referral_id=referral,
        provider=calendar.truth.county.crisis_provider,
        happened=contact // _DAY,
        happened_at=np.where(known, contact, NOTHING),
        mechanism=Coded(("01", "02"), np.where(by_telephone, _TELEPHONE, _FACE_TO_FACE)),
        attendance="5",
        team=_TEAM,
    )
    return seen, contact, known


def _other_ways(
    rng: Generator, calendar: Calendar, people: Residents, episodes: Episodes, crises: tuple[Ints, Ints]
) -> _Stays:
    """Admissions without a crisis referral before, as many as make the share that is gate-kept true.

    With crises at rate c of which a share a is admitted, all gate-kept, others at rate d of which a share g/2 is
    (g the truth): (ca + dg/2) / (ca + d) = g, hence d = 2ca(1 - g)/g.
    """
    section = calendar.truth.timely_access
    group = people.group[episodes.who]
    rates = {}
    for name, _ in section.crises.groups:
        rates[name] = tuple(_other_rate(section.value, name, year) for year in range(10))
    course = Rates(groups=tuple(rates.items()))
    fixed = section.model_copy(update={"improvement": 1.0})
    leaves = in_care(calendar, people, episodes)
    rows, days = scatter(rng, calendar, (fixed, course), group, episodes.assessed + 1, leaves)
    who, days = _apart(episodes.who[rows], days)
    far = ~_near(who, days, *crises)
    who, days = who[far], days[far]
    gatekept = chance(rng, calendar.true(section, section.gatekept, people.group[who], days) / 2, len(who))
    method = 1 + pick(rng, [share for _, share in _ELSEWHERE], len(who))
    method = np.where(gatekept, _CRISIS_TEAM_METHOD, method)
    planned = np.flatnonzero(chance(rng, _PLANNED_SHARE, len(who)))
    return _Stays(
        who=np.concatenate((who, who[planned])),
        moment=np.concatenate((days, days[planned] + 100)) * _DAY + between(rng, 0, _DAY - 1, len(who) + len(planned)),
        method=np.concatenate((method, np.full(len(planned), _PLANNED))),
    )


def _other_rate(value, name: str, year: int) -> float:  # noqa: ANN001
    gatekept = max(value("gatekept", name, year), 0.01)
    return 2 * value("crises", name, year) * value("crisis admitted", name, year) * (1 - gatekept) / gatekept


def _near(who: Ints, days: Ints, other_who: Ints, other_days: Ints) -> Flags:
    """Whether an event of `other` of the same person is within so many days."""
    span = 2**16
    marks = np.sort(other_who.astype(np.int64) * span + other_days)
    mine = who.astype(np.int64) * span + days
    first = np.searchsorted(marks, mine - _APART)
    last = np.searchsorted(marks, mine + _APART, side="right")
    return last > first


def _stay(
    rng: Generator, calendar: Calendar, people: Residents, extract: Extract, crisis: _Stays, other: _Stays
) -> None:
    """Add the stays. One that would still run when the next begins ends the day before it."""
    who = np.concatenate((crisis.who, other.who))
    moment = np.concatenate((crisis.moment, other.moment))
    method = np.concatenate((crisis.method, other.method))
    order = np.lexsort((moment, who))
    who, moment, method = who[order], moment[order], method[order]
    start = (moment // _DAY).astype(np.int32)
    stay = np.minimum(1 + rng.exponential(_MEAN_STAY, len(who)), _LONGEST_STAY).astype(np.int32)
    end = start + stay
    following = np.full(len(who), 2**30, dtype=np.int32)
    same = who[1:] == who[:-1]
    following[:-1][same] = start[1:][same] - 1
    end = np.maximum(np.minimum(end, following), start)
    out = code(rng, _DISCHARGES, len(who))
    died = people.death[who] <= end
    left = np.minimum(end, people.death[who]) <= calendar.last
    extract.add(
        "spells",
        who,
        provider=calendar.truth.county.crisis_provider,
        happened=start,
        happened_at=moment,
        admission_method=Coded(_METHODS, method),
        admission_source="19",
        discharged=end,
        discharge_method=Coded((*out.labels, "4"), np.where(left, np.where(died, len(out.labels), out.at), -1)),
    )
