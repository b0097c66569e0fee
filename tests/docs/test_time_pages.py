"""The pages on disputes, scenarios and month-ends: what they show can be read, and means what they say."""

import re
from fractions import Fraction

import yaml

from obc.domain.contract.agreement.agreement import Variation
from obc.domain.contract.agreement.calendar import Calendar
from obc.domain.contract.agreement.term import Term
from obc.domain.contract.variations.scenario import Scenario
from obc.domain.core.kernel.figure import Figure
from obc.domain.money.finance.transfer_terms import Transfer
from obc.domain.money.settlement.circumstances import Circumstances
from places import ROOT

HOW_TO = ROOT / "docs/how-to"


def _yaml(page):
    text = (HOW_TO / page).read_text()
    for match in re.finditer(r"^( *)```yaml\n(.*?)^\1```", text, re.DOTALL | re.MULTILINE):
        yield yaml.load(re.sub(rf"^{match[1]}", "", match[2], flags=re.MULTILINE), Loader=yaml.BaseLoader)


def test_the_scenario_and_the_transfer_of_the_page_are_read_as_it_says():
    given, moving = _yaml("forecast-a-year.md")
    transfer = Transfer.model_validate(moving["transfer"])
    assert transfer.vat.rule("charity", "nhs-body").recovers.value == 0 and transfer.stranded[0].months == 12
    made = Scenario.model_validate(given)
    assert made.contract[0].way == ("figures", "pot of the year", "is") and made.rest_of_year


def test_what_the_page_on_disputes_shows_is_read_as_it_says():
    calendar, disputes, relief, spared, figure, varied, ended = _yaml("handle-disputes-and-late-data.md")
    assert Circumstances.model_validate(spared).relieved == {("gain and loss share", 2): Fraction(1, 2)}
    assert Calendar.model_validate(calendar["calendar"]).on_account == Fraction(60, 100)
    assert Term.model_validate(ended["term"]).running_years == (1, 2, 3)
    assert Circumstances.model_validate(disputes).disputes[0].open_on(None)
    assert Circumstances.model_validate(relief).relief[0].instead == "excluded"
    assert [str(entry.agreed) for entry in Figure.model_validate(figure).history] == ["None", "2016-09-01"]
    assert Variation.model_validate(varied["variations"][0]).before[0].reads == "back to the payer"


def test_the_table_of_the_month_end_page_conserves_money():
    rows = [line for line in (HOW_TO / "close-the-month.md").read_text().splitlines() if line.count("£") == 3]
    assert len(rows) == 14
    amounts = [[int(re.sub(r"[£,.]", "", cell).replace("−", "-")) for cell in row.split()[-3:]] for row in rows]
    assert all(booked + rest == end for booked, rest, end in amounts)
    assert abs(sum(one[0] for one in amounts)) <= 1  # at a month's end the pot may hold a penny
    assert sum(one[2] for one in amounts) == 0
