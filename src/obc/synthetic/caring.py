"""Carers: who they are, what they are offered, how strained and how satisfied they are."""

import numpy as np

from obc.synthetic.calendar import Calendar
from obc.synthetic.draws import Flags, Generator, between, chance, code, pick, within
from obc.synthetic.extract import FOREVER, NOTHING, Coded, Extract
from obc.synthetic.pathway import Episodes
from obc.synthetic.residents import Residents, responsible

ITEMS = tuple(f"csi-{item:02d}" for item in range(1, 14))
"""The 13 items of the strain index, 0 to 2 each."""

_EACH = 366
"""Days from one offer to the next: never two within twelve months, never none."""
_STOPS = 0.08
_SCORED, _SURVEYED, _ACCEPTED = 0.75, 0.4, 0.7
_SPREAD = 0.35
"""How much the strain of carers differs: their mean lies within so much of the truth, evenly."""
_QUESTION = "satisfied-with-involvement"
_SATISFIED = (("very-satisfied", 0.4), ("satisfied", 0.6))
_NOT_SATISFIED = (("neither", 0.5), ("dissatisfied", 0.3), ("very-dissatisfied", 0.2))
_ANSWERS = (*(label for label, _ in _SATISFIED), *(label for label, _ in _NOT_SATISFIED), "not-stated")


def care(
    rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes, has_carer: Flags
) -> None:
    """Add carers of people in their first episode, with yearly offers, scores and surveys."""
    some = episodes.of(episodes.first & has_carer[episodes.who])
    who, count = some.who, len(some)
    carer = extract.ids("carers", count)
    since = some.assessed + between(rng, 0, 60, count)
    stopped = since + between(rng, 200, 1500, count)
    ended = np.where(chance(rng, _STOPS, count), np.minimum(stopped, people.death[who]), people.death[who])
    extract.add(
        "carers",
        who,
        history=True,
        carer_id=carer,
        provider=responsible(calendar, people, who),
        happened=since,
        ended=np.where(ended >= FOREVER, NOTHING, ended),
    )
    burden = 1 + _SPREAD * (2 * rng.random(count) - 1)
    section = calendar.truth.carers
    for year in range((calendar.last - int(since.min(initial=calendar.last))) // _EACH + 1):
        day = since + _EACH * year
        here = np.flatnonzero((day <= np.minimum(ended, calendar.last)) & (day + _EACH > calendar.first))
        if not len(here):
            continue
        offered = chance(
            rng, calendar.true(section, section.offered_an_assessment, people.group[who[here]], day[here]), len(here)
        )
        rows = here[offered]
        extract.add(
            "carer_assessments",
            who[rows],
            carer_id=carer[rows],
            provider=responsible(calendar, people, who[rows]),
            happened=day[rows],
            accepted=chance(rng, _ACCEPTED, len(rows)),
        )
        rows = here[chance(rng, _SCORED, len(here))]
        _strain(rng, calendar, people, extract, (who[rows], carer[rows], burden[rows]), (day + 30)[rows])
        rows = here[chance(rng, _SURVEYED, len(here))]
        _survey(rng, calendar, people, extract, (who[rows], carer[rows]), day[rows] + between(rng, 60, 300, len(rows)))


def _strain(rng, calendar, people, extract, carers, when) -> None:  # noqa: ANN001
    who, carer, burden = carers
    section = calendar.truth.carers
    mean = np.clip(calendar.true(section, section.strain, people.group[who], when) * burden / (2 * len(ITEMS)), 0, 1)
    index = np.repeat(np.arange(len(who)), len(ITEMS))
    extract.add(
        "carer_scores",
        who[index],
        carer_id=carer[index],
        provider=responsible(calendar, people, who[index]),
        happened=when[index],
        item=Coded(ITEMS, np.tile(np.arange(len(ITEMS)), len(who))),
        score=rng.binomial(2, mean[index]),
    )


def _survey(rng, calendar, people, extract, carers, when) -> None:  # noqa: ANN001
    who, carer = carers
    section = calendar.truth.carers
    happy = chance(rng, calendar.true(section, section.satisfied, people.group[who], when), len(who))
    yes = pick(rng, [share for _, share in _SATISFIED], len(who))
    no = len(_SATISFIED) + pick(rng, [share for _, share in _NOT_SATISFIED], len(who))
    silent = chance(rng, section.answer_missing, len(who))
    answer = np.where(silent, len(_ANSWERS) - 1, np.where(happy, yes, no))
    extract.add(
        "carer_surveys",
        who,
        carer_id=carer,
        provider=responsible(calendar, people, who),
        happened=when,
        question=_QUESTION,
        answer=Coded(_ANSWERS, answer),
    )
