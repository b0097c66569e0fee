"""Changes in plain words, and what they are worth as a document: what a board reads before it agrees."""

from fractions import Fraction

import pytest

from html_reading import ReadPage
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.changed import changed
from obc.domain.contract.variations.difference import differences
from obc.domain.contract.variations.negotiable import negotiable, worded
from obc.loaders.contract import load_contract
from obc.reports.page import page
from obc.reports.plain_changes import changes_table, plain_changes
from obc.reports.stands_to_earn import Amounts, Compared, earning_document, sentence, worth
from obc.services.stands_to_earn import keepers, stakes

SUPPORT = "outcomes / timely-access / indicators / start-of-support"
CONTRACT = load_contract("oxfordshire-mental-health")


def varied(*changes: tuple[str, str, str]):
    made = [Change(file=f"{file}.yaml", at=at, reads=reads) for file, at, reads in changes]
    return changed(CONTRACT, made, "minutes")


def said(*changes: tuple[str, str, str]) -> list[str]:
    after = varied(*changes)
    return [one.sentence for one in plain_changes(differences(CONTRACT, after), CONTRACT, after)]


def compared(after) -> Compared:
    def amounts(contract):
        return tuple(
            Amounts(one.year, one.case, one.accounts, one.kept(keepers(contract)), one.waits)
            for one in stakes(contract, (4, 5), Fraction(1, 20))
        )

    return Compared(after, amounts(CONTRACT), amounts(after), Fraction(1, 20))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ("payment", "figures / pot of the year / is / from year 4", "4_000_000"),
            "Pot of the year: from £3,000,000 to £4,000,000, from year 4 on",
        ),
        (
            ("payment", "figures / pot of the year / is / from year 3", "2_000_000"),
            "Pot of the year: from £3,000,000 to £2,000,000, from year 3 on",
        ),
        (
            ("framework", f"{SUPPORT} / thresholds / good / from year 4", "64.5 %"),
            "Support starts within four weeks of a GP referral, good: from 63 % to 64.5 %, from year 4 on",
        ),
        (
            ("framework", f"{SUPPORT} / weight", "2"),
            "Weight of start of support for People will receive timely access to assessment and support: from 1 to 2",
        ),
        (
            ("payment", "steps / rate kept / points / 2 / gives / from year 4", "80 %"),
            "Rate kept, by saved, what it gives from 2 % on: from 50 % to 80 %, from year 4 on",
        ),
        (("contract", "term / years / years", "6"), "Term, years: from 5 to 6"),
        (("contract", "calendar / run-out", "4 months"), "Calendar, run-out: from 3 months to 4 months"),
    ],
)  # fmt: skip
def test_a_change_reads_as_a_board_would_say_it(change, words):
    assert said(change) == [words]


def test_what_no_form_has_is_said_by_its_place():
    (one,) = said(("payment", "steps / incentive pot / why", "because"))
    assert one.startswith("Payment, steps › incentive pot › why: from all of it is spent on care") and "because" in one


def test_a_value_that_goes_says_what_holds_instead():
    after = varied(("payment", "figures / pot of the year / is / from year 4", "4_000_000"))
    (one,) = plain_changes(differences(after, CONTRACT), after, CONTRACT)
    assert one.sentence == "Pot of the year: from £4,000,000 to £3,000,000, from year 4 on"
    table = changes_table(plain_changes(differences(CONTRACT, after), CONTRACT, after))
    assert table.rows[0] == ("Pot of the year", "£3,000,000", "£4,000,000", "from year 4", "minutes")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Fraction(43, 100), "percent", "43 %"),
        (Fraction(1, 3), "percent", "1/3"),
        (Fraction(905, 1000), "percent", "90.5 %"),
        (Fraction(1_000_000), "money", "1,000,000"),
        (Fraction(37_850, 100), "money", "378.5"),
        (5, "number", "5"),
        ("3 months", "length", "3 months"),
    ],
)
def test_a_number_is_written_in_its_unit(value, unit, words):
    assert worded(value, unit) == words


def test_a_field_holds_what_its_year_has():
    pot = next(one for one in negotiable(CONTRACT) if one.at == "figures / pot of the year / is")
    assert [pot.holds(year) for year in (0, 1, 2, 7)] == ["", "1,000,000", "3,000,000", "3,000,000"]
    assert pot.reading("5", 4).at == "figures / pot of the year / is / from year 4"


def test_what_it_is_worth_is_said_shown_and_tabled():
    made = compared(varied(("payment", "figures / pot of the year / is / from year 5", "4_000_000")))
    assert sentence(made) == (
        "In year 5 the least that the providers together keep stays, and the most rises by £1,000,000. "
        "Today it is −£1,298,850 to £3,000,000; as drafted, −£1,298,850 to £4,000,000."
    )
    assert worth(made) == (
        "Providers together, year 5: at least stays; on target rises by £280,000; at most rises by £1,000,000."
    )
    text = ReadPage(page(earning_document(made))).text
    for words in (
        "Year 5, party by party",
        "Oxford Health NHS Foundation Trust",
        "5.0% more at the least",
        "Crisis support",
    ):
        assert words in text


def test_a_change_that_moves_no_money_says_so():
    made = compared(varied(("contract", "calendar / run-out", "4 months")))
    assert worth(made) == "Nothing that the providers keep changes."
    assert sentence(made).endswith("and nothing changes in that.")
