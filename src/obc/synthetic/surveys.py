"""Surveys of people in care."""

import numpy as np

from obc.synthetic.calendar import YEAR, Calendar
from obc.synthetic.draws import Generator, chance, code, pick, within
from obc.synthetic.extract import Coded, Extract
from obc.synthetic.pathway import Episodes, in_care
from obc.synthetic.residents import Residents, responsible

_INVOLVED = (("yes-definitely", 0.85), ("not-wanted", 0.15))
_NOT_INVOLVED = (("yes-to-some-extent", 0.6), ("no", 0.4))
_ANSWERS = (*(label for label, _ in _INVOLVED), *(label for label, _ in _NOT_INVOLVED), "not-stated")
_SATISFACTION = (("very-satisfied", 0.3), ("satisfied", 0.4), ("neither", 0.15), ("dissatisfied", 0.15))


def ask(rng: Generator, calendar: Calendar, people: Residents, extract: Extract, episodes: Episodes) -> None:
    """Ask people in care, at random times, whether they are involved in decisions and satisfied."""
    section = calendar.truth.functioning
    asked = np.array([g.surveyed_a_year for g in calendar.truth.groups])[people.group[episodes.who]]
    since, leaves = np.maximum(episodes.assessed, calendar.first), in_care(calendar, people, episodes)
    times = rng.poisson(asked * np.maximum(leaves - since, 0) / YEAR)
    rows = np.repeat(np.arange(len(episodes)), times)
    who = episodes.who[rows]
    when = within(rng, since[rows], leaves[rows])
    involved = chance(rng, calendar.true(section, section.involved_in_decisions, people.group[who], when), len(who))
    yes = pick(rng, [share for _, share in _INVOLVED], len(who))
    no = len(_INVOLVED) + pick(rng, [share for _, share in _NOT_INVOLVED], len(who))
    silent = chance(rng, section.answer_missing, len(who))
    answers = (
        ("involved-in-decisions", Coded(_ANSWERS, np.where(silent, len(_ANSWERS) - 1, np.where(involved, yes, no)))),
        ("satisfied-with-care", code(rng, _SATISFACTION, len(who))),
    )
    for question, answer in answers:
        extract.add(
            "patient_surveys",
            who,
            provider=responsible(calendar, people, who),
            happened=when,
            question=question,
            answer=answer,
        )
