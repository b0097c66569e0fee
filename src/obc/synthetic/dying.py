"""When people die, and of what."""

import numpy as np

from obc.synthetic.calendar import YEAR, Calendar
from obc.synthetic.draws import Flags, Generator, Ints, chance, code_by
from obc.synthetic.extract import FOREVER, Coded

_CAUSES = (("I25", 0.24), ("C34", 0.18), ("J44", 0.14), ("I64", 0.1), ("K70", 0.1), ("E14", 0.06), ("J18", 0.18))
_SUICIDES = (("X70", 0.5), ("X61", 0.2), ("X64", 0.1), ("X80", 0.05), ("Y12", 0.1), ("Y33", 0.05))


def die(rng: Generator, calendar: Calendar, group: Ints, birth: Ints, entry: Ints, woman: Flags) -> tuple[Ints, Flags]:
    """The day of death, and whether by suicide.

    Whoever comes older dies sooner, and men sooner than women, but within a group and year the rates are centred
    on the time at risk, so that the group's rate is the true one. What counts is the age at referral, so that it
    is also true of those referred lately; it counts half as much as in the general population, since mental
    illness shortens young lives most.
    """
    truth = calendar.truth
    mortality = truth.county.mortality
    section = truth.living_longer
    weight = np.exp(mortality.growth / 2 * ((entry - birth) / YEAR - 50)) * np.where(woman, mortality.women, 1)
    death = np.full(len(group), FOREVER, dtype=np.int32)
    for _, first, last in calendar.years:
        start = np.maximum(entry, first)
        at_risk = np.where(death == FOREVER, np.maximum(last - start + 1, 0), 0)
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


def cause(rng: Generator, suicide: Flags) -> Coded:
    """Underlying causes, of suicides and of other deaths."""
    return code_by(rng, (_CAUSES, _SUICIDES), suicide.astype(np.int32))
