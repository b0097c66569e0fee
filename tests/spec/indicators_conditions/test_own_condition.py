"""A column of the anchor's own row holds one of the codes; an empty column is unknown."""

from indicator_engines import Engine, code_lists, definition


def test_the_row_itself_answers(engine: Engine) -> None:
    text = """
    patient_surveys | person_id provider response_id happened   question answer
                    | ann       P1       a1          2026-05-01 involved yes-definitely
                    | bob       P1       a2          2026-05-01 involved no
                    | cyd       P1       a3          2026-05-01 involved -
    """
    asked = definition(
        counts="response",
        denominator={"event": "patient_surveys", "where": {"question": "involved"}},
        numerator={"own": "answer", "has": "positive"},
    )
    lists = code_lists(positive=["yes-definitely", "yes-somewhat"])
    assert engine.answers(asked, text, lists=lists) == {"ann": "yes", "bob": "no", "cyd": "unknown"}


def test_of_several_rows_the_anchor_s_is_asked(engine: Engine) -> None:
    text = """
    diagnoses | person_id provider happened   diagnosis position
              | ann       P1       2026-05-02 F60       primary
              | ann       P1       2026-05-01 F20       primary
    """
    asked = definition(denominator={"event": "diagnoses"}, numerator={"own": "diagnosis", "has": "F20-F29"})
    assert engine.answers(asked, text) == {"ann": "yes"}
