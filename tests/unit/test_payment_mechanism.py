"""A mechanism refuses what cannot be meant, and says at which step."""

import numpy as np
import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.provenance import Evidence, digest
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.mechanism import Mechanism, primitive
from obc.domain.money.payment.trace import inputs_of, said, trace
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.loaders.validation import validate
from obc.loaders.yaml_nodes import read_yaml
from payment_samples import LAST, mechanism

START = "inputs: [{input: x}]\nsteps:\n"


@pytest.mark.parametrize(
    ("text", "line", "said_"),
    [
        ("  - {step: a, scale: y, by: [x]}", 3, "'y', which no input or step above is called"),
        ("  - {step: a, scale: b, by: [x]}\n  - {step: b, scale: x, by: [x]}", 3, "'b', which no"),
        ("  - {step: x, scale: x, by: [x]}", 3, "a second 'x'; give every input and step a name"),
        ("  - {step: a, scale: x, by: [2 %]}", 3, "the number 0.02 without a source; add 'source:"),
        ("  - {step: a}", 3, "a step that does not say what it does"),
        ("  - {step: a, scale: x, by: [x], curve: x}", 3, "or says several things"),
        ("  - nonsense", 3, "give it one of the keys compare, curve, pick"),
        ("  - {step: Savings rate, scale: x, by: [x]}", 3, "write lower-case words, such as 'savings rate'"),
        ("  - {step: a, split: x, round: down, between: Party!}", 3, "'Party!'; write the id of a party"),
        ("  - {step: a, scale: , by: [x]}", 3, "nothing; write a number, or the name of an input"),
        ("  - {step: a, scale: x, by: []}", 3, "at least 1"),
        ("  - {step: a, scale: x, by: [{value: half}]}", 3, "'half'; write a"),
        ("  - {step: a, scale: x, by: [[]]}", 3, "at least 1"),
    ],
)
def test_a_mistake_is_said_once_with_its_line(text, line, said_, tmp_path):
    file = tmp_path / "payment.yaml"
    file.write_text(START + text + LAST.format(settled="x"))
    _, problems = validate(read_yaml(file, file.name), Mechanism)
    assert len(problems) == 1, problems
    assert said_ in f"{problems[0].found}; {problems[0].expected}"
    assert problems[0].line == line


def test_two_mistakes_in_one_step_are_said_together():
    with pytest.raises(ValidationError, match=r"'y', which .* called; the number 0.5 without a source"):
        mechanism(START + "  - {step: a, scale: y, by: [50 %]}" + LAST.format(settled="x"))


@pytest.mark.parametrize(
    ("text", "said_"),
    [
        ("inputs: [{input: x}]\nsteps:\n  - {step: a, scale: x, by: [x]}", "a mechanism that settles nothing"),
        ("inputs: [{input: x}, {input: x}]\nsteps:" + LAST.format(settled="x"), "a name given twice"),
        ("inputs: [{input: year}]\nsteps:" + LAST.format(settled="year"), "a name given twice, or 'year'"),
        ("inputs: [{input: x}]\nsteps: []", "at least 1"),
        ("inputs: 7\nsteps:" + LAST.format(settled="x"), "inputs"),
        ("figures: [{figure: pot, is: 5}]\nsteps:" + LAST.format(settled="pot"), "the number 5 without a source"),
        ("steps: nothing", "valid tuple"),
    ],
)
def test_a_whole_that_cannot_be_meant_is_refused(text, said_):
    with pytest.raises(ValidationError, match=said_):
        mechanism(text)


HISTORY = """
figures:
  - figure: pot
    unit: money
    is:
      - {value: 1_000_000, from: year 1, agreed: 2014-03-01, source: the business case}
      - {value: 3_000_000, from: year 2, source: the business case}
inputs: [{input: share}]
steps:
  - {step: due, scale: pot, by: [share]}
  - {step: paid, settle: due, reason: share of the pot, round: half up}
"""


def test_an_agreed_figure_holds_from_its_year_on():
    done = evaluate(mechanism(HISTORY), {"share": Evidenced.of(["10 %"])}, [0, 1, 2, 7])
    assert [done["paid"][i] for i in range(4)] == [None, 100_000, 300_000, 300_000]
    assert done["pot"].state(0) is Evidence.NOT_DUE
    assert len(done) == 4


@pytest.mark.parametrize(
    ("history", "said_"),
    [
        ("[{value: 1, from: 2}, {value: 2, from: 1}]", "a history with the years"),
        ("[{value: 1, from: 2}, {value: 2}]", "each later than the last"),
        ("[{value: 1, from: soon}]", "'soon'; write a contract year"),
        ("[]", "at least 1"),
    ],
)
def test_a_history_is_in_the_order_of_years(history, said_):
    with pytest.raises(ValidationError, match=said_):
        mechanism(f"figures: [{{figure: pot, source: s, is: {history}}}]\nsteps:" + LAST.format(settled="pot"))


def test_the_year_itself_can_be_used():
    made = mechanism("steps:\n  - {step: a, scale: year, by: [1]}" + LAST.format(settled="a"))
    assert [evaluate(made, {}, [3, 4])["paid"][i] for i in (0, 1)] == [3, 4]


def test_an_input_that_is_not_given_is_missing_and_another_is_refused():
    made = mechanism(START + LAST.format(settled="x"))
    assert evaluate(made, {}, 1)["paid"].state() is Evidence.MISSING
    with pytest.raises(ValueError, match="no input of the mechanism is called y"):
        evaluate(made, {"y": Evidenced.of([1])}, 1)


def test_it_reads_back_what_it_writes_and_keeps_its_hash():
    made = mechanism(HISTORY)
    again = Mechanism.model_validate(made.model_dump(by_alias=True))
    assert again == made
    assert digest(again) == digest(made)
    assert Mechanism.model_validate(made) == made
    steps = {"inputs": made.inputs, "figures": made.figures, "steps": made.steps}
    assert Mechanism.model_validate(steps) == made


def test_steps_that_are_models_already_are_checked_too():
    made = mechanism("""
inputs: [{input: x}]
steps:
  - {step: ours, split: x, round: half up, between: [{account: a, share: 1}]}
  - {step: paid, settle: a of ours, reason: r, round: half up}
""")
    assert Mechanism.model_validate({"inputs": made.inputs, "steps": list(made.steps)}) == made
    with pytest.raises(ValidationError, match="'a of ours', which no input"):
        Mechanism.model_validate({"inputs": made.inputs, "steps": [made.steps[1]]})
    assert primitive(made.steps[0]) == "split"


def test_the_schema_describes_an_operand_as_people_write_it():
    schema = Mechanism.model_json_schema()
    assert "the name of an input or an earlier step" in schema["$defs"]["Operand"]["description"]


def test_the_trace_names_values_and_evidence():
    made = mechanism(HISTORY)
    done = evaluate(made, {"share": Evidenced.of(["10 %"], Evidence.PROVISIONAL)}, 1)
    due, paid = trace(done)
    assert due.sentence == "due = pot (1,000,000) × share (0.1) = 100,000"
    assert [(used.name, used.value) for used in due.uses] == [("pot", 1_000_000), ("share", done["share"][0])]
    assert paid.sentence == "paid = due (100,000), rounded half up to the penny, from commissioner to party = 100,000"
    assert paid.evidence is Evidence.PROVISIONAL
    assert inputs_of(done)[0].name == "share"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Evidenced.of([None]), "missing"),
        (Evidenced.of(["1234567.5"]), "1,234,567.5"),
        (Evidenced.of(["-1234.25"]), "−1,234.25"),
        (Evidenced.of(["2/3"]), "≈0.666667"),
        (Evidenced.of(["-1/3"]), "≈−0.333333"),
        (Evidenced.of(["0.1234567"]), "≈0.123457"),
    ],
)
def test_values_are_said_as_people_read_them(number, text):
    assert said(number[0]) == text


def test_evidenced_arrays_stretch_and_mask():
    values = Evidenced.of([1, 2]).masked(np.array([True, False]), Evidence.DISPUTED)
    assert [values[i] for i in (0, 1)] == [None, 2]
    assert values.state(0) is Evidence.DISPUTED
    assert Evidenced.missing(3, Evidence.NOT_DUE).state(2) is Evidence.NOT_DUE


def test_where_there_is_no_value_no_number_is_kept():
    held = Evidenced(Evidenced.of([5, 6]).values, Evidenced.of([None, 6]).states)
    assert held.values.list() == [0, 6]


def test_steps_that_are_no_list_are_refused_as_they_were_written():
    with pytest.raises(ValidationError) as refused:
        Mechanism.model_validate({"steps": {"step": "paid"}})
    assert [(error["loc"], error["input"]) for error in refused.value.errors()] == [(("steps",), {"step": "paid"})]


def test_the_steps_are_checked_also_where_links_and_budgets_are_wrong():
    """Everything at once: whoever mends the links should not find out about the steps only then."""
    wrong = "inputs: [{input: x}]\nwithholding: none\npooled budgets: none\nlinks: none\n"
    text = wrong + "steps:\n  - {step: p, settle: y, reason: r, round: down}"
    with pytest.raises(ValidationError, match="'y', which no input or step above is called"):
        mechanism(text)
