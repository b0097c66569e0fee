"""Age is in whole years, and both ages are included."""

import pytest

from indicator_engines import Engine

ADULT = {"age": [18, 69], "at": "anchor"}


@pytest.mark.parametrize(
    ("born", "answer"),
    [("2008-07-01", "no"), ("2008-06-30", "yes"), ("1956-07-01", "yes"), ("1956-06-30", "no"), ("2026-07-01", "no")],
)
def test_the_birthday_counts_on_its_day(engine: Engine, born: str, answer: str) -> None:
    text = f"""
    people | person_id birth_date
           | ann       {born}
    """
    assert engine.answers(ADULT, text) == {"ann": answer}


@pytest.mark.parametrize(
    ("day", "answer"), [("2026-02-28", "no"), ("2026-03-01", "yes"), ("2028-02-28", "yes"), ("2024-02-29", "no")]
)
def test_somebody_born_on_a_leap_day_is_a_year_older_on_the_first_of_march(
    engine: Engine, day: str, answer: str
) -> None:
    text = """
    people | person_id birth_date
           | ann       2008-02-29
    """
    assert engine.answers(ADULT, text, when=f"{day} {day}") == {"ann": answer}


def test_somebody_who_is_not_among_the_people_is_of_unknown_age(engine: Engine) -> None:
    text = """
    reviews | person_id provider happened
            | ann       P1       2026-05-01
    """
    assert engine.answers(ADULT, text) == {"ann": "unknown"}
