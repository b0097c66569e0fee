"""A published file becomes inputs by its mapping, and what was really paid is set beside what we work out."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from obc.domain.core.kernel.problem import Problems
from obc.domain.money.payment.published import PublishedMapping
from obc.domain.money.settlement.comparison import Comparison, compare
from obc.domain.money.settlement.settlement import settle
from obc.loaders.published_values import read_published
from payment_samples import mechanism

RULES = mechanism("""
inputs: [{input: saved, unit: money}, {input: share}]
steps:
  - {step: due, scale: saved, by: [share]}
  - {step: payment, settle: due, reason: savings, round: half up}
""")
MAPPING = """
source: a public file
party: org
year: year
currency: USD
amounts in: major units
columns:
  - {column: savings, input: saved}
  - {column: rate, input: share, taken as given: the quality behind it is not public}
compare: {column: paid, with: payment, within: 0.1 %, decisions where positive: saved}
"""
ROWS = """org,year,savings,rate,paid,note
a,2018,1000,0.5,500.4,within
b,2018,1000,0.5,501,beyond
c,2018,1000,0,0,nothing
d,2018,1000,0.5,0,wrongly not paid
e,2018,-1000,0.5,-500,owed
f,2018,-1000,,-500,owed but not known
g,2018,1000,,7,paid but not known
a,2017,1000,0.5,,nothing to compare
"""


def _mapping(**changes: Any) -> PublishedMapping:
    return PublishedMapping.model_validate(yaml.load(MAPPING, Loader=yaml.BaseLoader) | changes)


def _compared(tmp_path: Path, rows: str = ROWS, **changes: Any) -> Comparison:
    mapping = _mapping(**changes)
    (tmp_path / "values.csv").write_text(rows)
    values = read_published(tmp_path / "values.csv", mapping, RULES)
    done, _ = settle(RULES, values.inputs, values.parties, values.years)
    assert values.paid is not None and mapping.compare is not None
    return compare(done, values.parties, values.paid, mapping.compare)


def test_amounts_and_decisions_are_counted_apart(tmp_path: Path) -> None:
    found = _compared(tmp_path)
    assert (found.paid.equal, found.paid.of) == (1, 3)
    assert (found.owed.equal, found.owed.of) == (1, 2)
    assert (found.decisions.equal, found.decisions.of) == (3, 5)  # a, b and c; not d, and g cannot be said
    assert found.nothing_to_compare == 1
    assert [(one.party, one.settled_minor, one.paid_minor) for one in found.differences] == [
        ("b", 50_000, 50_100),
        ("d", 50_000, 0),
        ("f", None, -50_000),
        ("g", None, 700),
    ]


def test_without_a_step_that_decides_every_row_is_a_decision(tmp_path: Path) -> None:
    rule = {"column": "paid", "with": "payment", "within": "0.1 %"}
    assert _compared(tmp_path, compare=rule).decisions.of == 7


def test_only_amounts_of_money_are_in_minor_units(tmp_path: Path) -> None:
    (tmp_path / "values.csv").write_text(ROWS)
    mapping = _mapping(**{"amounts in": "minor units"})
    values = read_published(tmp_path / "values.csv", mapping, RULES)
    assert (values.inputs["saved"][0], values.inputs["share"][0]) == (10, Fraction(1, 2))
    assert values.paid is not None and values.paid[0] == Fraction("5.004")


def test_what_is_taken_as_given_is_listed_with_its_reason() -> None:
    assert [(one.column, one.taken_as_given) for one in _mapping().given] == [
        ("rate", "the quality behind it is not public")
    ]


def test_a_mapping_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(ValidationError, match="two columns for 'saved'; fill each input from one column"):
        _mapping(columns=[{"column": "a", "input": "saved"}, {"column": "b", "input": "saved"}])
    with pytest.raises(ValidationError, match="at least 1"):
        _mapping(columns=[])
    for within in ("100 %", "-1 %"):
        with pytest.raises(ValidationError, match="within"):
            _mapping(compare={"column": "paid", "with": "payment", "within": within})
    for within in ("0", "99.9 %"):
        assert _mapping(compare={"column": "paid", "with": "payment", "within": within}).compare


def test_a_column_needs_a_name() -> None:
    with pytest.raises(ValidationError, match="at least 1 character"):
        _mapping(party="")
    assert _mapping(party="o").party == "o"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "found no rows"),
        ("org,year\na,2018\n", "1: savings: found no such column"),
        (ROWS.replace("1000,0.5,500.4", "much,0.5,500.4"), "2: savings: found 'much'"),
        (ROWS.replace("b,2018", "a,2018"), "3: org: found 'a' in 2018 again; it stands in line 2 already"),
        (ROWS.replace("\nb,", "\n,"), "3: org: found nothing"),
        (ROWS.replace("c,2018", "c,later"), "4: year: found 'later'"),
        (ROWS.replace(",nothing\n", ",nothing,more\n"), "4: the row: found 7 cells; give it 6"),
        (ROWS + 'h,2018,1,1,1,"open\n', "a file that is no CSV"),
        (ROWS.replace("2018,", "2018.5,"), "more problems"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_line(tmp_path: Path, rows: str, said: str) -> None:
    many = rows + "".join(f"x{i},2018.5,1,1,1,n\n" for i in range(20)) if said == "more problems" else rows
    with pytest.raises(Problems) as refused:
        _compared(tmp_path, many)
    assert said in str(refused.value)


def test_a_line_of_text_over_two_lines_keeps_the_count(tmp_path: Path) -> None:
    rows = ROWS.replace("within", '"within\nreason"').replace("c,2018", "c,later")
    with pytest.raises(Problems, match=":5: year: found 'later'"):
        _compared(tmp_path, rows)
    assert _compared(tmp_path, ROWS.replace("\nc,", "\n\nc,")).paid.of == 3


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="No such file"):
        read_published(tmp_path / "absent.csv", _mapping(), RULES)
    (tmp_path / "latin.csv").write_bytes(ROWS.replace("within", "société").encode("latin-1"))
    with pytest.raises(Problems, match="not UTF-8"):
        read_published(tmp_path / "latin.csv", _mapping(), RULES)


def test_a_file_may_have_nothing_to_compare_with(tmp_path: Path) -> None:
    (tmp_path / "values.csv").write_text(ROWS)
    assert read_published(tmp_path / "values.csv", _mapping(compare=None), RULES).paid is None
