"""The finance file on the page about cases is one, and makes a case."""

import re

from finance_samples import finance, worked
from obc.domain.money.finance.projection import Projection, printed_check, projected
from obc.domain.money.finance.unrounded import unrounded_base
from obc.domain.programme.case_for_change.case import Case
from obc.domain.programme.case_for_change.comparison import compared
from places import ROOT

PAGE = ROOT / "docs/how-to/make-a-case-for-change.md"


def test_the_finance_file_on_the_page_makes_a_case(tmp_path):
    (block,) = re.findall(r"   ```yaml\n(.*?)   ```\n", PAGE.read_text(), re.DOTALL)
    made = finance(tmp_path, text="\n".join(line.removeprefix("   ") for line in block.splitlines()))
    assert made.in_scope == 100_000_000
    best, *_ = compared(projected(made))
    assert best.option == "outcomes based"


def test_what_the_explanation_says_of_differences_is_what_the_case_finds():
    text = (ROOT / "docs/explanation/the-case-for-change.md").read_text()
    check = printed_check(worked(), projected(worked()))
    assert (
        f"Of {check.figures} printed totals and projections {check.figures - len(check.differences)} come out" in text
    )
    for one in check.differences:
        assert f"{one.printed_thousands:,}" in text and f"{one.model_thousands:,}" in text
    base = unrounded_base(worked())
    assert base is not None
    assert f"£{round(base.least_minor / 100):,} and £{round(base.most_minor / 100):,}" in text


def test_every_key_of_the_case_is_on_the_page():
    named = set(re.findall(r"`([a-z_]+)`", PAGE.read_text().partition("## For machines")[2]))
    assert set(Case.model_fields) | set(Projection.model_fields) <= named
