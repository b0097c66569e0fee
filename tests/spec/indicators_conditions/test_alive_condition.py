"""Alive: no death on the day or before it."""

from indicator_engines import Engine


def test_on_the_day_of_death_nobody_is_alive(engine: Engine) -> None:
    text = """
    people | person_id birth_date
           | before    1980-01-01
           | on        1980-01-01
           | after     1980-01-01
           | never     1980-01-01
    deaths | person_id happened
           | before    2026-06-29
           | on        2026-06-30
           | after     2026-07-01
    """
    answers = {"before": "no", "on": "no", "after": "yes", "never": "yes"}
    assert engine.answers({"alive": "anchor"}, text) == answers


def test_of_a_carer_the_person_cared_for_is_asked(engine: Engine) -> None:
    from indicator_engines import definition

    text = """
    carers | person_id provider carer_id happened
           | ann       P1       eve      2020-01-01
           | bob       P1       fay      2020-01-01
    deaths | person_id happened
           | ann       2026-06-01
    """
    asked = definition(counts="carer", numerator={"alive": "anchor"})
    assert engine.answers(asked, text) == {"ann": "no", "bob": "yes"}
