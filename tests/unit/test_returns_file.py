"""A file of returns: read whole, or refused with every line that is wrong and what to write instead."""

from fractions import Fraction
from pathlib import Path

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.settlement.returns import Returned, Returns
from obc.loaders.returns import read_returns
from payment_samples import mechanism

RULES = mechanism("""
inputs: [{input: open-book cost, unit: money, from: returns}, {input: weighted people, from: returns}]
steps: [{step: paid, settle: open-book cost, reason: r, round: down}]
""")
HEAD = "year,figure,value,evidence,source\n"


def _read(folder: Path, rows: str, head: str = HEAD) -> Returns:
    path = folder / "open-book.csv"
    path.write_text(head + rows)
    return read_returns(path, RULES)


def test_figures_come_with_their_evidence_and_what_is_not_there_is_missing(tmp_path):
    given = _read(tmp_path, '1,open-book cost,"36,461,000.50",final,audited\n2,open-book cost,,,asked for in June\n')
    assert [(one.year, one.value, one.evidence) for one in given.figures] == [
        (1, Fraction("36461000.5"), Evidence.FINAL),
        (2, None, Evidence.MISSING),
    ]
    first = given.of_year(1).inputs(RULES)
    assert (first["open-book cost"][0], first["open-book cost"].state()) == (Fraction("36461000.5"), Evidence.FINAL)
    assert first["weighted people"].state() == Evidence.MISSING
    assert given.of_year(2).inputs(RULES)["open-book cost"].state() == Evidence.MISSING


def test_a_figure_in_dispute_is_not_used(tmp_path):
    given = _read(tmp_path, "1,open-book cost,5,disputed,overheads\n").of_year(1).inputs(RULES)
    assert (given["open-book cost"][0], given["open-book cost"].state()) == (None, Evidence.DISPUTED)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("one,open-book cost,5,final,s", "2  year; found 'one'; write the contract year as a number, such as 2"),
        ("1,open-bok cost,5,final,s", "2  figure; found 'open-bok cost'; did you mean 'open-book cost'?"),
        ("1,heads,5,final,s", "2  figure; found 'heads'; the contract asks for open-book cost, weighted people"),
        ("1,open-book cost,5,sure,s", "2  evidence; found 'sure'; write provisional, final or disputed"),
        ("1,open-book cost,much,final,s", "2  value; found 'much'; write a number"),
        ("1,open-book cost,5,final,", "2  source; found nothing; say where the figure comes from"),
        ("1,open-book cost,5,final,s\n1,open-book cost,6,final,s", "3  figure; found 'open-book cost' of year 1 again"),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_line_and_cure(tmp_path, row, words):
    with pytest.raises(Problems) as caught:
        _read(tmp_path, row + "\n")
    (problem,) = caught.value.problems
    assert f"{problem.line}  {problem.where}; found {problem.found}; {problem.expected}".startswith(words)
    assert problem.file == "open-book.csv"


def test_all_problems_are_told_at_once(tmp_path):
    with pytest.raises(Problems) as caught:
        _read(tmp_path, "x,y,z,,\n1,weighted people,1,final,s\n2,weighted people,1,final,\n")
    assert [one.line for one in caught.value.problems] == [2, 2, 2, 2, 2, 4]


def test_another_header_is_refused(tmp_path):
    with pytest.raises(Problems, match="another header"):
        _read(tmp_path, "1,2\n", "year,amount\n")


def test_a_figure_is_handed_in_once_a_year():
    one = Returned(year=1, figure="a", value="1", evidence=Evidence.FINAL, source="s")
    with pytest.raises(ValueError, match="'a' of year 1 twice"):
        Returns(figures=(one, one))
    assert Returns(figures=(one,)).hash != Returns().hash
