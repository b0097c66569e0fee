"""Outcome 4: carers, in the segment of the person they care for."""

from decimal import Decimal

from definitions_drawn import carer_scored
from indicator_engines import Engine
from shipped import code_lists, indicators

ITEMS = tuple(f"csi-{item:02}" for item in range(1, 14))

CARERS = """
    carers | carer_id  person_id happened   ended
           | c-first   first     2020-01-01 -
           | c-last    last      2026-06-30 -
           | c-early   early     2020-01-01 2026-07-01
           | c-late    late      2020-01-01 -
           | c-stopped stopped   2020-01-01 2026-06-30
           | c-new     new       2026-07-01 -
"""


def test_strain_is_the_mean_of_the_latest_complete_index(engine: Engine) -> None:
    text = CARERS + carer_scored(
        ITEMS,
        ("c-first", "first", "2025-06-30", [1] * 13),
        ("c-last", "last", "2025-12-01", [2] * 13),
        ("c-last", "last", "2026-06-30", [0] * 12 + [2]),
        ("c-early", "early", "2025-06-29", [1] * 13),
        ("c-late", "late", "2026-05-01", [2] * 12),
        ("c-stopped", "stopped", "2026-05-01", [2] * 13),
        ("c-new", "new", "2026-05-01", [2] * 13),
    )
    assert engine.scores(indicators()["carer-strain"], text, code_lists()) == {
        "first": Decimal(13),
        "last": Decimal(2),
        "early": None,
        "late": None,
    }


def test_an_item_scored_twice_on_the_day_counts_with_more_strain(engine: Engine) -> None:
    text = """
    carers | carer_id person_id happened
           | c        ann       2020-01-01
    """
    text += carer_scored(ITEMS, ("c", "ann", "2026-05-01", [1] * 13), ("c", "ann", "2026-05-01", [2] + [0] * 12))
    assert engine.scores(indicators()["carer-strain"], text, code_lists()) == {"ann": Decimal(14)}


def test_assessment_offered_in_the_last_12_months(asks) -> None:
    text = (
        CARERS
        + """
    carer_assessments | carer_id  person_id happened
                      | c-first   first     2025-06-30
                      | c-last    last      2026-06-30
                      | c-early   early     2025-06-29
                      | c-late    late      2026-07-01
                      | c-stopped stopped   2026-05-01
                      | c-new     new       2026-05-01
    """
    )
    assert asks("carer-assessment-offered", text) == {"first": "yes", "last": "yes", "early": "no", "late": "no"}


def test_each_carer_of_a_person_counts(engine: Engine) -> None:
    text = """
    carers            | carer_id person_id happened
                      | c-1      ann       2020-01-01
                      | c-2      ann       2020-01-01
    carer_assessments | carer_id person_id happened
                      | c-1      ann       2026-05-01
    """
    (totals,) = engine.tallies(indicators()["carer-assessment-offered"], text, lists=code_lists())
    assert (totals[("s", "ann")].numerator, totals[("s", "ann")].denominator) == (1, 2)


def test_carers_at_care_planning(asks) -> None:
    text = """
    carers  | person_id happened   ended
            | before    2020-01-01 -
            | first     2020-01-01 -
            | last      2020-01-01 -
            | after     2020-01-01 -
            | twice     2020-01-01 -
            | silent    2020-01-01 -
            | new       2026-05-02 -
            | stopped   2020-01-01 2026-05-01
    reviews | person_id happened   carer_attended
            | before    2026-03-31 Y
            | first     2026-04-01 Y
            | last      2026-06-30 N
            | after     2026-07-01 Y
            | twice     2026-04-02 N
            | twice     2026-05-02 Y
            | silent    2026-05-01 -
            | new       2026-05-01 Y
            | stopped   2026-05-01 Y
            | no-carer  2026-05-01 N
    """
    assert asks("carer-at-care-planning", text) == {"first": "yes", "last": "no", "twice": "no", "silent": "unknown"}


def test_carers_satisfied_with_their_involvement(engine: Engine) -> None:
    text = """
    carer_surveys | carer_id  person_id  provider   happened   question                   answer
                  | c-before  before     before     2026-03-31 satisfied-with-involvement satisfied
                  | c-first   first      first      2026-04-01 satisfied-with-involvement satisfied
                  | c-last    last       last       2026-06-30 satisfied-with-involvement very-satisfied
                  | c-after   after      after      2026-07-01 satisfied-with-involvement satisfied
                  | c-neither neither    neither    2026-05-01 satisfied-with-involvement neither
                  | c-twice   twice      twice      2026-05-01 satisfied-with-involvement dissatisfied
                  | c-twice   twice      twice      2026-05-02 satisfied-with-involvement satisfied
                  | c-cannot  cannot-say cannot-say 2026-05-01 satisfied-with-involvement not-stated
                  | c-other   other      other      2026-05-01 satisfied-with-support     satisfied
                  | c-empty   empty      empty      2026-05-01 satisfied-with-involvement -
    """
    (totals,) = engine.tallies(indicators()["carer-satisfied-with-involvement"], text, lists=code_lists())
    counted = {name: t.numerator for (segment, name), t in totals.items() if segment == "s" and t.denominator}
    assert counted == {"first": 1, "last": 1, "neither": 0, "twice": 0, "all": 2}
    assert totals[("s", "all")].unknown == 1
