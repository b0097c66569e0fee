"""Surveys of people in care."""

import numpy as np

from obc.synthetic.calendar import YEAR
from obc.synthetic.chunk import Chunk
from obc.synthetic.draws import Generator, chance, code, pick, within
from obc.synthetic.extract import Coded
from obc.synthetic.pathway import Episodes, in_care

_INVOLVED = (("yes-definitely", 0.85), ("not-wanted", 0.15))
_NOT_INVOLVED = (("yes-to-some-extent", 0.6), ("no", 0.4))
_ANSWERS = (*(label for label, _ in _INVOLVED), *(label for label, _ in _NOT_INVOLVED), "not-stated")
_SATISFACTION = (("very-satisfied", 0.3), ("satisfied", 0.4), ("neither", 0.15), ("dissatisfied", 0.15))


def ask(rng: Generator, chunk: Chunk, episodes: Episodes) -> None:
    """Ask people in care, at random times, whether they are involved in decisions and satisfied."""
    section = chunk.truth.functioning
    asked = chunk.of_group(lambda g: g.surveyed_a_year, episodes.who)
    since, leaves = np.maximum(episodes.assessed, chunk.calendar.first), in_care(chunk, episodes)
    times = rng.poisson(asked * np.maximum(leaves - since, 0) / YEAR)
    rows = np.repeat(np.arange(len(episodes)), times)
    who = episodes.who[rows]
    when = within(rng, since[rows], leaves[rows])
    involved = chance(rng, chunk.true(section, section.involved_in_decisions, who, when), len(who))
    yes = pick(rng, [share for _, share in _INVOLVED], len(who))
    no = len(_INVOLVED) + pick(rng, [share for _, share in _NOT_INVOLVED], len(who))
    silent = chance(rng, section.answer_missing, len(who))
    answers = (
        ("decisions", Coded(_ANSWERS, np.where(silent, len(_ANSWERS) - 1, np.where(involved, yes, no)))),
        ("satisfied-with-care", code(rng, _SATISFACTION, len(who))),
    )
    for question, answer in answers:
        chunk.add(
            "patient_surveys",
            who,
            happened=when,
            question=question,
            answer=answer,
        )
