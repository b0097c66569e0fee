"""What is found at assessment and reviewed afterwards: diagnoses, care clusters, the care programme approach."""

import numpy as np

from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code_by
from obc.synthetic.extract import Coded
from obc.synthetic.pathway import Episodes, in_care

_POSITIONS = ("primary", "secondary")
_HALF_YEAR = (160, 200)
_MEET = 0.6
"""Of people not on the care programme approach, those with care planning meetings."""
_MOVES = 0.15
"""Of yearly reviews, those after which the cluster is drawn anew."""


def diagnose(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    """Diagnoses and care clusters, on the day of assessment; a new cluster, or the same again, each year in care."""
    groups = chunk.truth.groups
    group = chunk.group(episodes.who)
    primary = code_by(rng, [g.diagnoses for g in groups], group)
    secondary = code_by(rng, [g.other_diagnoses for g in groups], group)
    for position, diagnosis in zip(_POSITIONS, (primary, secondary), strict=True):
        found = np.flatnonzero(diagnosis.at >= 0)
        chunk.add(
            "diagnoses",
            episodes.who[found],
            history=True,
            referral_id=episodes.referral[found],
            happened=episodes.assessed[found],
            diagnosis=Coded(diagnosis.labels, diagnosis.at[found]),
            position=position,
        )
    _clusters(rng, chunk, episodes)


def _clusters(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    group = chunk.group(episodes.who)
    leaves = in_care(chunk, episodes)
    mixes = [_only_codes(g.clusters) for g in chunk.truth.groups]
    never = chance(rng, chunk.of_group(lambda g: _none(g.clusters), episodes.who), len(episodes))
    current = np.where(never, -1, code_by(rng, mixes, group).at)
    for year in range(int((leaves - episodes.assessed).max(initial=-365)) // 365 + 1):
        drawn = code_by(rng, mixes, group)
        if year:
            current = np.where((current >= 0) & chance(rng, _MOVES, len(episodes)), drawn.at, current)
        started = episodes.assessed + 365 * year
        going = np.flatnonzero((current >= 0) & (started <= leaves))
        chunk.add(
            "clusters",
            episodes.who[going],
            history=True,
            happened=started[going],
            ended=np.minimum(started + 365, episodes.discharged)[going],
            cluster=Coded(drawn.labels, current[going]),
        )


def _only_codes(mix: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    found = tuple((label, share) for label, share in mix if label != "none")
    return found or (("none", 1.0),)


def _none(mix: tuple[tuple[str, float], ...]) -> float:
    return dict(mix).get("none", 0.0)


def review(rng: Generator, chunk: Chunk, episodes: Episodes) -> Flags:
    """The care programme approach with its reviews, and care planning meetings of those not on it.

    Whoever is reviewed in a year is so in its first four weeks (or on the day the programme begins) and half a
    year later; a person who is not stays without until the share that is reviewed grows past them. Gives who
    has a carer, since carers attend reviews.
    """
    section = chunk.truth.functioning
    everyone = np.arange(len(chunk.people), dtype=np.int32)
    carer = chance(rng, chunk.of_group(lambda g: g.has_carer, everyone), len(everyone))
    on = chance(rng, chunk.of_group(lambda g: g.on_programme, episodes.who), len(episodes))
    programme = np.flatnonzero(on)
    chunk.add(
        "care_programmes",
        episodes.who[programme],
        history=True,
        happened=episodes.assessed[programme],
        ended=episodes.discharged[programme],
    )
    leaves = in_care(chunk, episodes)
    rank = rng.random(len(episodes))
    index, happened = [], []
    for _, first, last in chunk.calendar.years:
        share = chunk.true(section, section.reviewed, episodes.who, np.full(len(episodes), first, dtype=np.int32))
        begins = np.maximum(episodes.assessed, first)
        inside = (begins <= np.minimum(leaves, last)) & (rank < np.where(on, share, _MEET))
        index += [np.flatnonzero(inside)] * 2
        wait = np.where(episodes.assessed >= first, 0, between(rng, 0, 27, len(episodes)))
        again = begins + between(rng, *_HALF_YEAR, len(episodes))
        happened += [(begins + wait)[inside], np.where(again <= last, again, chunk.calendar.last + 1)[inside]]
    rows, when = np.concatenate(index), np.concatenate(happened).astype(np.int32)
    inside = when <= leaves[rows]
    rows, when = rows[inside], when[inside]
    attended = _attended(rng, chunk, carer, episodes.who[rows], when)
    chunk.add("reviews", episodes.who[rows], happened=when, carer_attended=attended)
    return carer


def _attended(rng: Generator, chunk: Chunk, carer: Flags, who: Ints, when: Ints) -> Flags:
    """Whether the carer attended. One who attends does so at every review, in this year and later ones."""
    section = chunk.truth.carers
    willing = rng.random(len(chunk.people))[who]
    return carer[who] & (willing < chunk.true(section, section.attended_a_review, who, when))
