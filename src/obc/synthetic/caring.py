"""Carers: who they are, what they are offered, how strained and how satisfied they are."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, pick
from obc.synthetic.extract import FOREVER, NOTHING, Coded
from obc.synthetic.pathway import Episodes

ITEMS = tuple(f"csi-{item:02d}" for item in range(1, 14))
"""The 13 items of the strain index, 0 to 2 each."""

_EACH = 366
"""Days from one offer to the next: never two within twelve months, never none."""
_KNOWN_WITHIN = (0, 60)
_STOPS, _STOPS_AFTER = 0.08, (200, 1500)
_SCORED, _SCORED_AFTER = 0.75, 30
_SURVEYED, _SURVEYED_AFTER = 0.4, (60, 300)
_ACCEPTED = 0.7
_SPREAD = 0.35
"""How much the strain of carers differs: their mean lies within so much of the truth, evenly."""
_QUESTION = "satisfied-with-involvement"
_SATISFIED = (("very-satisfied", 0.4), ("satisfied", 0.6))
_NOT_SATISFIED = (("neither", 0.5), ("dissatisfied", 0.3), ("very-dissatisfied", 0.2))
_ANSWERS = (*(label for label, _ in _SATISFIED), *(label for label, _ in _NOT_SATISFIED), "not-stated")


@dataclass(frozen=True)
class _Carers:
    """One carer a row: whom they care for, from when, and until when (far off for those who go on)."""

    who: Ints
    id: npt.NDArray[np.int64]
    since: Ints
    until: Ints
    burden: npt.NDArray[np.float64]

    def of(self, chosen: npt.NDArray[np.generic]) -> "_Carers":
        return _Carers(*(getattr(self, part.name)[chosen] for part in fields(self)))


def care(rng: Generator, chunk: Chunk, episodes: Episodes, has_carer: Flags) -> None:
    """Add carers of people in their first episode, with yearly offers, scores and surveys."""
    carers = _carers(rng, chunk, episodes.of(episodes.first & has_carer[episodes.who]))
    section, calendar = chunk.truth.carers, chunk.calendar
    years = (calendar.last - int(carers.since.min(initial=calendar.last))) // _EACH + 1
    for year in range(years):
        day = carers.since + _EACH * year
        here = (day <= np.minimum(carers.until, calendar.last)) & (day + _EACH > calendar.first)
        some, day = carers.of(here), day[here]
        count = len(day)
        offered = chance(rng, chunk.true(section, section.offered_an_assessment, some.who, day), count)
        chunk.add(
            "carer_assessments",
            some.who[offered],
            carer_id=some.id[offered],
            happened=day[offered],
            accepted=chance(rng, _ACCEPTED, int(offered.sum())),
        )
        _strain(rng, chunk, some, chance(rng, _SCORED, count), day + _SCORED_AFTER)
        _survey(rng, chunk, some, chance(rng, _SURVEYED, count), day + between(rng, *_SURVEYED_AFTER, count))


def _carers(rng: Generator, chunk: Chunk, some: Episodes) -> _Carers:
    count = len(some)
    since = some.assessed + between(rng, *_KNOWN_WITHIN, count)
    stopped = np.where(chance(rng, _STOPS, count), since + between(rng, *_STOPS_AFTER, count), FOREVER)
    carers = _Carers(
        who=some.who,
        id=chunk.extract.ids("carers", count),
        since=since,
        until=np.minimum(stopped, chunk.people.death[some.who]),
        burden=1 + _SPREAD * (2 * rng.random(count) - 1),
    )
    chunk.add(
        "carers",
        carers.who,
        history=True,
        carer_id=carers.id,
        happened=since,
        ended=np.where(carers.until >= FOREVER, NOTHING, carers.until),
    )
    return carers


def _strain(rng: Generator, chunk: Chunk, carers: _Carers, chosen: Flags, when: Ints) -> None:
    rows = np.flatnonzero(chosen & (when <= carers.until))
    some, section = carers.of(rows), chunk.truth.carers
    mean = chunk.true(section, section.strain, some.who, when[rows]) * some.burden / (2 * len(ITEMS))
    index = np.repeat(np.arange(len(rows)), len(ITEMS))
    chunk.add(
        "carer_scores",
        some.who[index],
        carer_id=some.id[index],
        happened=when[rows][index],
        item=Coded(ITEMS, np.tile(np.arange(len(ITEMS)), len(rows))),
        score=rng.binomial(2, mean[index]),
    )


def _survey(rng: Generator, chunk: Chunk, carers: _Carers, chosen: Flags, when: Ints) -> None:
    rows = np.flatnonzero(chosen & (when <= carers.until))
    some, section, count = carers.of(rows), chunk.truth.carers, len(rows)
    happy = chance(rng, chunk.true(section, section.satisfied, some.who, when[rows]), count)
    yes = pick(rng, [share for _, share in _SATISFIED], count)
    no = len(_SATISFIED) + pick(rng, [share for _, share in _NOT_SATISFIED], count)
    silent = chance(rng, section.answer_missing, count)
    answer = np.where(silent, len(_ANSWERS) - 1, np.where(happy, yes, no))
    chunk.add(
        "carer_surveys",
        some.who,
        carer_id=some.id,
        happened=when[rows],
        question=_QUESTION,
        answer=Coded(_ANSWERS, answer),
    )
