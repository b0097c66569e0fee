"""Scored assessments: HoNOS and the Recovery Star, at assessment and about a year after."""

import numpy as np

from obc.synthetic.calendar import YEAR
from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Flags, Generator, Ints, between, chance
from obc.synthetic.extract import Coded
from obc.synthetic.pathway import Episodes, in_care

HONOS = (
    "979641000000103",
    "979651000000100",
    "979661000000102",
    "979671000000109",
    "979681000000106",
    "979691000000108",
    "979701000000108",
    "979711000000105",
    "979721000000104",
    "979731000000102",
    "979741000000106",
    "979751000000109",
)
"""HoNOS for working age, scales 1 to 12, 0 to 4 each, lower is better."""
HONOS_OLDER = (
    "980761000000107",
    "980771000000100",
    "980781000000103",
    "980791000000101",
    "980801000000102",
    "980811000000100",
    "980821000000106",
    "980831000000108",
    "980841000000104",
    "980851000000101",
    "980861000000103",
    "980871000000105",
)
"""The same scales for people of 65 and over."""
STAR = tuple(f"star-{area:02d}" for area in range(1, 11))
"""The ten areas of the Recovery Star, 1 to 10 each, higher is better."""

_HONOS_LEAST = np.array([0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2])
_HONOS_MOST = np.array([2, 2, 2, 1, 2, 2, 4, 4, 4, 4, 4, 4])
_HONOS_FALLS = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
_STAR_RISES = np.array([0, 0, 1, 0, 1, 0, 0, 1, 0, 0])
"""Those who improve rise in living skills, work and responsibilities, by one to three steps each."""
_RATERS = 400
_STAR_USED = 0.6
_SAME_RATER = 0.85
_AFTER = (280, 450)
"""Days after the first reading, well within 9 to 15 months."""
_TOO_SOON = 60
_OLDER = 65


def score(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    """First readings at assessment; second ones 9 to 15 months after, or at an earlier discharge.

    Who does not improve stays as they were or gets worse, on every scale, so that any sum of the scales that
    rise says the same.
    """
    section = chunk.truth.functioning
    scored = chunk.of_group(lambda g: g.scored, episodes.who)
    some = episodes.of(chance(rng, scored, len(episodes)) & episodes.first)
    count = len(some)
    leaves = in_care(chunk, some)
    then = some.assessed + between(rng, *_AFTER, count)
    at_discharge = (then > leaves) & (leaves == some.discharged) & (leaves < chunk.people.death[some.who])
    then = np.where(at_discharge, leaves, then)
    there = (then <= leaves) & (then - some.assessed >= _TOO_SOON)
    there &= ~chance(rng, section.second_reading_missing, count)
    rater = between(rng, 1, _RATERS, count)
    other = np.where(chance(rng, _SAME_RATER, count), rater, between(rng, 1, _RATERS, count))
    older = (some.assessed - chunk.people.birth[some.who]) / YEAR >= _OLDER
    starred = chance(rng, _STAR_USED, count)
    for tool, used in ((HONOS, ~older), (HONOS_OLDER, older), (STAR, starred)):
        course = section.recovery_star_improved if tool is STAR else section.cluster_scores_improved
        better = chance(rng, chunk.true(section, course, some.who, then), count)
        first, second = (_star if tool is STAR else _honos)(rng, better)
        _add(chunk, some, tool, np.flatnonzero(used), first, some.assessed, rater)
        _add(chunk, some, tool, np.flatnonzero(used & there), second, then, other)


def _honos(rng: Generator, better: Flags) -> tuple[np.ndarray, np.ndarray]:
    shape = (len(better), len(HONOS))
    first = rng.integers(_HONOS_LEAST, _HONOS_MOST + 1, shape, dtype=np.int8)
    worse = np.minimum(first + (rng.random(shape) < 0.15), 4)
    return first, np.where(better[:, None], first - _HONOS_FALLS, worse)


def _star(rng: Generator, better: Flags) -> tuple[np.ndarray, np.ndarray]:
    shape = (len(better), len(STAR))
    first = rng.integers(2, 7, shape, dtype=np.int8)
    steps = rng.integers(1, 4, shape, dtype=np.int8)
    rises = np.where(_STAR_RISES, steps, steps == 1)
    return first, np.where(better[:, None], first + rises, first - (steps == 1))


def _add(
    chunk: Chunk,
    episodes: Episodes,
    tool: tuple[str, ...],
    rows: Ints,
    scores: np.ndarray,
    when: Ints,
    rater: Ints,
) -> None:
    """One row an item."""
    index = np.repeat(rows, len(tool))
    who = episodes.who[index]
    chunk.add(
        "scores",
        who,
        referral_id=episodes.referral[index],
        happened=when[index],
        item=Coded(tool, np.tile(np.arange(len(tool)), len(rows))),
        score=scores[rows].ravel(),
        rater=rater[index],
    )
