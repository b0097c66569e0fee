"""What is found at assessment and reviewed afterwards: diagnoses, care clusters, the care programme approach."""

import numpy as np

from obc.synthetic.calendar import Calendar
from obc.synthetic.draws import Flags, Generator, Ints, between, chance, code_by
from obc.synthetic.extract import Coded, Extract
from obc.synthetic.pathway import Episodes, in_care
from obc.synthetic.residents import Residents, responsible

_POSITIONS = ("primary", "secondary")
_MONTH = 30
_MOVES = 0.15
"""Of yearly reviews, those after which the cluster is drawn anew."""


def diagnose(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> None:
    """Diagnoses and care clusters, on the day of assessment; a new cluster, or the same again, each year in care."""
    groups = calendar.truth.groups
    group = people.group[episodes.who]
    primary = code_by(rng, [g.diagnoses for g in groups], group)
    secondary = code_by(rng, [g.other_diagnoses for g in groups], group)
    for position, diagnosis in zip(_POSITIONS, (primary, secondary), strict=True):
        found = np.flatnonzero(diagnosis.at >= 0)
        extract.add(
            "diagnoses",
            episodes.who[found],
            history=True,
            provider=responsible(calendar, people, episodes.who[found]),
            referral_id=episodes.referral[found],
            happened=episodes.assessed[found],
            diagnosis=Coded(diagnosis.labels, diagnosis.at[found]),
            position=position,
        )
    _clusters(rng, calendar, people, extract, episodes)


def _clusters(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> None:
    groups = calendar.truth.groups
    group = people.group[episodes.who]
    leaves = in_care(calendar, people, episodes)
    mixes = [_only_codes(g.clusters) for g in groups]
    never = chance(rng, np.array([_none(g.clusters) for g in groups])[group], len(episodes))
    current = np.where(never, -1, code_by(rng, mixes, group).at)
    for year in range(int((leaves - episodes.assessed).max(initial=-365)) // 365 + 1):
        drawn = code_by(rng, mixes, group)
        if year:
            current = np.where((current >= 0) & chance(rng, _MOVES, len(episodes)), drawn.at, current)
        started = episodes.assessed + 365 * year
        going = np.flatnonzero((current >= 0) & (started <= leaves))
        extract.add(
            "clusters",
            episodes.who[going],
            history=True,
            provider=responsible(calendar, people, episodes.who[going]),
            happened=started[going],
            ended=np.minimum(started + 365, episodes.discharged)[going],
            cluster=Coded(drawn.labels, current[going]),
        )


def _only_codes(mix: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    found = tuple((label, share) for label, share in mix if label != "none")
    return found or (("none", 1.0),)


def _none(mix: tuple[tuple[str, float], ...]) -> float:
    return dict(mix).get("none", 0.0)


def review(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> Flags:
    """The care programme approach with its reviews, and care planning meetings of those not on it.

    Whoever is reviewed in a year is so in its first four weeks (or on the day the programme begins) and half a
    year later; a person who is not stays without until the share that is reviewed grows past them. Gives who
    has a carer, since carers attend reviews.
    """
    groups = calendar.truth.groups
    section = calendar.truth.functioning
    group = people.group[episodes.who]
    carer = chance(rng, np.array([g.has_carer for g in groups])[people.group], len(people))
    on = chance(rng, np.array([g.on_programme for g in groups])[group], len(episodes))
    programme = np.flatnonzero(on)
    extract.add(
        "care_programmes",
        episodes.who[programme],
        history=True,
        provider=responsible(calendar, people, episodes.who[programme]),
        happened=episodes.assessed[programme],
        ended=episodes.discharged[programme],
    )
    leaves = in_care(calendar, people, episodes)
    rank = rng.random(len(episodes))
    index, happened = [], []
    for _, first, last in calendar.years:
        share = calendar.true(section, section.reviewed, group, np.full(len(episodes), first, dtype=np.int32))
        begins = np.maximum(episodes.assessed, first)
        inside = (begins <= np.minimum(leaves, last)) & (rank < np.where(on, share, 0.6))
        index += [np.flatnonzero(inside)] * 2
        wait = np.where(episodes.assessed >= first, 0, between(rng, 0, 27, len(episodes)))
        again = begins + 6 * _MONTH + between(rng, -20, 20, len(episodes))
        happened += [(begins + wait)[inside], np.where(again <= last, again, calendar.last + 1)[inside]]
    rows, when = np.concatenate(index), np.concatenate(happened).astype(np.int32)
    inside = when <= leaves[rows]
    rows, when = rows[inside], when[inside]
    attended = _attended(rng, calendar, people, carer, episodes.who[rows], when)
    extract.add(
        "reviews",
        episodes.who[rows],
        provider=responsible(calendar, people, episodes.who[rows]),
        happened=when,
        carer_attended=attended,
    )
    return carer


def _attended(
    rng: Generator, calendar: Calendar, people: Residents, carer: Flags, who: Ints, when: Ints
) -> Flags:
    """Whether the carer attended. A carer who attends does so at every review of the year."""
    section = calendar.truth.carers
    willing = rng.random(len(people))[who]
    return carer[who] & (willing < calendar.true(section, section.attended_a_review, people.group[who], when))
