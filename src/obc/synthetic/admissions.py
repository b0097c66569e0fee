"""Stays in hospital: after a crisis, by another way, or planned."""

import math
from dataclasses import dataclass

import numpy as np

from obc.synthetic.calendar import YEAR
from obc.synthetic.chunk import Chunk
from obc.synthetic.crises import APART, DAY, Crises, apart
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code, pick
from obc.synthetic.extract import Coded
from obc.synthetic.model import Rates
from obc.synthetic.pathway import Episodes, in_care
from obc.synthetic.truth import TimelyAccess

_METHODS = ("25", "21", "22", "24", "2A", "11")
_BY_CRISIS_TEAM, _BY_DEPARTMENT, _PLANNED = 0, 1, 5
_OTHER_WAYS = (0.5, 0.3, 0.1, 0.1)
"""Shares of the four ways that lie between."""
_NAMES_THE_TEAM = 0.6
"""Of admissions after a crisis, those whose method says so; for the others the team's contact does."""
_AFTER_CONTACT = (60, 46 * 60)
_PLANNED_SHARE = 0.04
_LATER = (60, 200)
_MEAN_STAY, _LONGEST_STAY = 28, 85
_FROM_HOME = "19"
_DISCHARGES = (("1", 0.9), ("2", 0.05), ("6", 0.05))
_DIED = "4"
_FOLLOWED_UP = 7
_YEARS = 10


@dataclass(frozen=True)
class _Admissions:
    who: Ints
    moment: Ints
    method: Ints


def admit(rng: Generator, chunk: Chunk, episodes: Episodes, crises: Crises) -> None:
    """Add the stays. One that would still run when the next begins ends the day before it."""
    parts = (_after_crisis(rng, chunk, crises), *_other_ways(rng, chunk, episodes, crises))
    who, moment, method = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("who", "moment", "method")
    )
    order = np.lexsort((moment, who))
    who, moment, method = who[order], moment[order], method[order]
    start = (moment // DAY).astype(np.int32)
    end = start + np.minimum(1 + rng.exponential(_MEAN_STAY, len(who)), _LONGEST_STAY).astype(np.int32)
    same = who[1:] == who[:-1]
    end[:-1][same] = np.minimum(end[:-1], start[1:] - 1)[same]
    end = np.maximum(end, start)
    out = code(rng, _DISCHARGES, len(who))
    how = np.where(chunk.people.death[who] <= end, len(out.labels), out.at)
    chunk.add(
        "spells",
        who,
        provider=chunk.truth.county.crisis_provider,
        happened=start,
        happened_at=moment,
        admission_method=Coded(_METHODS, method),
        admission_source=_FROM_HOME,
        discharged=end,
        discharge_method=Coded((*out.labels, _DIED), how),
    )


def _after_crisis(rng: Generator, chunk: Chunk, crises: Crises) -> _Admissions:
    """Within two days of the crisis team's contact, so gate-kept; where its time is not known the method says so."""
    section = chunk.truth.timely_access
    count = len(crises.who)
    share = chunk.true(section, section.crisis_admitted, crises.who, crises.day + _FOLLOWED_UP)
    admitted = chance(rng, share, count)
    named = ~crises.time_known | chance(rng, _NAMES_THE_TEAM, count)
    return _Admissions(
        who=crises.who[admitted],
        moment=(crises.contact + between(rng, *_AFTER_CONTACT, count))[admitted],
        method=np.where(named, _BY_CRISIS_TEAM, _BY_DEPARTMENT)[admitted],
    )


def _other_ways(rng: Generator, chunk: Chunk, episodes: Episodes, crises: Crises) -> tuple[_Admissions, _Admissions]:
    """Emergency admissions without a crisis referral before, as many as make the share that is gate-kept true;
    and a few planned ones."""
    section = chunk.truth.timely_access
    leaves = in_care(chunk, episodes)
    fixed = section.model_copy(update={"improvement": 1.0})
    rows, days = chunk.scatter(rng, fixed, _rates(section), episodes.who, episodes.assessed + 1, leaves)
    who, days = apart(episodes.who[rows], days)
    far = ~_near(who, days, crises)
    who, days = who[far], days[far]
    count = len(who)
    gatekept = chance(rng, chunk.true(section, section.gatekept, who, days) / 2, count)
    method = np.where(gatekept, _BY_CRISIS_TEAM, 1 + pick(rng, _OTHER_WAYS, count))
    planned = np.flatnonzero(chance(rng, _PLANNED_SHARE, count))
    later = days[planned] + between(rng, *_LATER, len(planned))
    return (
        _Admissions(who, days * DAY + between(rng, 0, DAY - 1, count), method),
        _Admissions(who[planned], later * DAY + 600, np.full(len(planned), _PLANNED)),
    )


def _rates(section: TimelyAccess) -> Rates:
    """Admissions that no crisis referral precedes, per person-year.

    With crises at rate c of which a share a is admitted, all gate-kept, and others at rate d of which a share g/2
    is, the share (ca + dg/2) / (ca + d) is g when d = 2ca(1 - g)/g. Of crises, those soon after another are taken
    out; of the others, those soon before or after a crisis, so that as many more are drawn.
    """
    apart_for = APART / YEAR

    def rate(group: str, year: int) -> float:
        crises, admitted, gatekept = (
            section.value(name, group, year) for name in ("crises", "crisis admitted", "gatekept")
        )
        kept = crises / (1 + crises * apart_for)
        return 2 * kept * admitted * (1 - gatekept) / gatekept * math.exp(2 * apart_for * kept)

    courses = (section.crises, section.crisis_admitted, section.gatekept)
    named = sorted({group for course in courses for group, _ in course.groups})
    return Rates(groups=tuple((group, tuple(rate(group, year) for year in range(_YEARS))) for group in named))


def _near(who: Ints, days: Ints, crises: Crises) -> Flags:
    """Whether the person has a crisis within so many days."""
    span = 2**16
    marks = crises.who.astype(np.int64) * span + crises.day
    mine = who.astype(np.int64) * span + days
    return np.searchsorted(marks, mine + APART, side="right") > np.searchsorted(marks, mine - APART)
