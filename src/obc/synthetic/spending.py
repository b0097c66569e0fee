"""Activity and what it cost, one row a person and quarter in care."""

import numpy as np

from obc.domain.core.kernel.period import Period
from obc.synthetic.calendar import YEAR, day
from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Generator
from obc.synthetic.extract import Coded
from obc.synthetic.pathway import Episodes, in_care

_SPREAD = 0.6
_PER_UNIT = 12_000
"""Pence: what one unit of activity (a contact or a day) costs, roughly, so that units go with cost."""


def spend(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    """Cost of each quarter in care: the true yearly cost for the days in it, with an even spread about it."""
    truth = chunk.truth
    section = truth.cost
    leaves = in_care(chunk, episodes)
    for quarter in Period(start=truth.records_start, end=truth.records_end).parts(3):
        start = np.maximum(episodes.assessed, day(quarter.start))
        end = np.minimum(leaves, day(quarter.end))
        rows = np.flatnonzero(start <= end)
        who = episodes.who[rows]
        years = (end - start + 1)[rows] / YEAR
        spread = 1 + _SPREAD * (2 * rng.random(len(rows)) - 1)
        cost = chunk.true(section, section.per_person_year, who, end[rows]) * years * spread
        chunk.add(
            "activity",
            who,
            happened=end[rows],
            service=Coded(tuple(group.service for group in truth.groups), chunk.group(who)),
            units=np.maximum(np.rint(cost / _PER_UNIT), 1),
            cost_minor=np.rint(cost),
        )
