"""The statement for people says what the signed document says, figure by figure."""

import json
from decimal import Decimal

import pytest

from html_reading import ReadPage, Tag
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.money import written
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.settlement.statement import Account, Statement
from obc.domain.outcomes.publication.publication import FOR_PARTIES
from obc.reports.document import Grid, Items, Section, blocks_of, said
from obc.reports.history import History
from obc.reports.illustrative import illustrative_table
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.scorecard import flat_table, scorecard_document
from obc.reports.scored import Scored, level_of, sentence_of
from obc.reports.settled import Settled
from obc.reports.statement import MOST_IN_FULL, statement_document
from obc.reports.wording import rounded, shortest
from report_samples import NASTY, NHS, contract, statement, values

GBP = "GBP"


@pytest.fixture(scope="module")
def signed() -> dict:
    """The signed document, as a stranger reads it."""
    return json.loads(statement().document)


@pytest.fixture(scope="module")
def read() -> ReadPage:
    return ReadPage(page(statement_document(statement(), contract())))


def test_the_first_sentences_say_who_earned_how_much_of_what(read):
    assert "The alliance earned £164,444.44 of £1,000,000 (16.4%) in year 1." in read.text
    assert "£835,555.56 was not earned: £501,333.34 to Crisis support and £334,222.22 to Recovery college." in read.text
    assert "The alliance earned £1,350,000 of £3,000,000 (45.0%) in year 2." in read.text


def test_every_amount_is_that_of_the_signed_document(read, signed):
    rows = read.table("What each party earned").rows[1:]
    for row, settled in zip(rows, signed["settlements"], strict=False):
        amounts = [settled[f"{name}_minor"] for name in ("pot", "earned", "unearned", "payable")]
        assert row == [
            "The alliance",
            f"year {settled['year']}",
            *(written(a, GBP) for a in amounts),
            settled["evidence"],
        ]
    assert rows[-1][3] == written(sum(one["earned_minor"] for one in signed["settlements"]), GBP)


def test_every_outcomes_points_and_pounds_are_those_of_the_signed_document(read, signed):
    for settled in signed["settlements"]:
        rows = {row[0]: row for row in read.table(f"Outcomes in year {settled['year']}").rows}
        card = settled["scorecard"]
        earned = {one["id"]: one["earned_minor"] for one in settled["earned_by"]}
        for one in (*card["outcomes"], *card["additional"]):
            row = rows[one["title"]]
            assert row[1:3] == [shortest(_exact(one["points_available"])), shortest(_exact(one["points_earned"]))]
            assert row[-1] == written(earned[one["id"]], GBP)
        assert rows["Together"][-1] == written(settled["earned_minor"], GBP)


def _exact(text: str) -> Decimal:
    top, _, under = str(text).partition("/")
    return Decimal(top) / Decimal(under or 1)


def test_every_indicator_shows_its_counts_value_interval_and_unknowns(read, signed):
    for settled in signed["settlements"]:
        found = {(one["indicator"], one["segment"]): one for one in settled["values"]}
        rows = read.table(f"People keep a settled home: indicators in year {settled['year']}").rows[1:]
        assert [row[1] for row in rows] == ["Psychosis", "Depression"]
        for row in rows:
            value = found["home-after-a-year", row[1].lower()]
            figures = [rounded(Decimal(value[name]) * 100, 1) for name in ("value", "lower_95", "upper_95")]
            assert row[2] == f"{value['numerator']} of {value['denominator']} people"
            assert row[3] == "{}% ({}% to {}%)".format(*figures)
            assert row[4] == str(value["unknown"])


def test_every_ledger_entry_is_shown_and_the_balances_sum_to_nothing(read, signed):
    for settled in signed["settlements"]:
        year = settled["year"]
        rows = read.table(f"Ledger entries for year {year}").rows[1:-1]
        assert [(row[3], row[5]) for row in rows] == [
            (entry["reason"], written(entry["amount_minor"], GBP)) for entry in settled["entries"]
        ]
        assert read.table(f"What each account has after year {year}").rows[-1] == ["Together", "£0.00"]


def test_every_step_of_the_mechanism_is_told_in_its_order(signed):
    steps = [
        [said(entry) for entry in block.entries]
        for section in blocks_of(statement_document(statement(), contract()))
        if isinstance(section, Section) and section.id.startswith("steps-")
        for block in section.blocks
        if isinstance(block, Items)
    ]
    for told, settled in zip(steps, signed["settlements"], strict=True):
        for sentence, line in zip(told, settled["steps"], strict=True):
            assert line["sentence"].removeprefix(f"{line['name']} = ") in sentence


def test_no_two_landmarks_have_one_name(read):
    heads = {
        tag.attributes["id"]: name for tag, name in zip(_headed(read), read.headings, strict=True) if tag.attributes
    }
    named = [heads[tag.attributes["aria-labelledby"]] for tag in read.named("section") if tag.attributes]
    assert len(named) == len(set(named)) > 5


def _headed(read: ReadPage) -> list[Tag]:
    return [tag for tag in read.tags if tag.name in ("h1", "h2", "h3", "h4")]


def test_all_hashes_are_given(read, signed):
    rows = {row[0]: row[1] for row in read.table("Hashes").rows}
    assert rows["Contract"] == signed["contract_hash"]
    assert rows["Indicator values"] == signed["values_hash"]
    assert rows["Definitions, all together"] == signed["definitions_hash"]
    assert rows["Records"] == "not measured here"
    for one in signed["definitions"]:
        assert rows[f"Definition of {one['indicator']}"] == one["hash"]


def test_one_pound_can_be_followed_from_the_people_to_the_payment(read):
    way = read.text[read.text.index("The way of one pound in year 2") :]
    way = way[: way.index("Where the money goes")]
    for part in ("178 of 244 people", "73.0% (68.0% to 78.0%)", "improved (at least 66.0%)", "30 points", "£750,000"):
        assert part in way


def test_the_parties_version_says_that_it_is_not_for_publication(read):
    assert "Do not publish it" in read.text


def test_what_is_illustrative_is_listed(read):
    rows = {row[0]: row[1:] for row in read.table("Terms that no source gives").rows}
    assert rows["People live longer: Deaths"] == [
        "thresholds",
        "illustrative (no source gives thresholds)",
    ]
    assert rows["Pot of the year"] == ["3,000,000 from year 2", "illustrative"]
    assert not any("schedule" in row[1] for row in rows.values())


def test_a_contract_with_sources_throughout_lists_nothing():
    whole = contract()
    bare = whole.model_copy(update={"framework": None, "mechanism": None})
    assert illustrative_table(bare).rows == ()


def test_the_public_version_shows_no_small_number():
    given = statement()
    public = page(statement_document(given, contract(), NHS)).decode()
    assert "180 of 245 people" in public
    assert "178 of 244" not in public
    assert "public version" in public
    rows = ReadPage(public.encode()).table(f"{NASTY}: indicators in year 1").rows
    assert rows[1][3] == "suppressed"  # two people of whom it is not known


def _scored(year: int = 2, publication=FOR_PARTIES) -> Scored:
    account = statement().settlements[year - 1]
    return Scored.of(account.scorecard, Names(contract()), account.values, publication)


def test_the_scorecard_gives_the_same_figures_as_the_statement():
    tables = [block.table for block in blocks_of(scorecard_document(_scored())) if isinstance(block, Grid)]
    assert tables[0].rows[0][:3] == ("People keep a settled home", 45, 25)
    assert tables[0].total[1:3] == (100, 45)


def test_a_program_gets_every_number_apart():
    table = flat_table(_scored())
    headings = [column.heading for column in table.columns]
    row = dict(zip(headings, table.rows[0], strict=True))
    assert (row["numerator"], row["denominator"], row["unknown"]) == (178, 244, 12)
    assert (row["threshold_good"], row["level"], row["points_available"]) == (Decimal("0.6"), "improved", 30)
    hidden = dict(zip(headings, flat_table(_scored(publication=NHS)).rows[0], strict=True))
    assert (hidden["numerator"], hidden["lower_95"]) == (180, "not published")


def test_a_year_in_which_an_outcome_does_not_pay_says_so():
    outcome = _scored(1).card.outcomes[2]
    assert level_of(outcome) == "pays in a later year"
    assert "for learning" in sentence_of(outcome)


def test_an_outcome_that_could_not_be_scored_says_why():
    outcome = _scored().card.outcomes[0].model_copy(update={"level": "not scored", "evidence": Evidence.DISPUTED})
    assert level_of(outcome) == "not scored: disputed"
    assert "its figures are disputed. It earned no points" in sentence_of(outcome)


@pytest.mark.parametrize("framework", ["none", "another"])
def test_a_scorecard_of_another_framework_is_refused(framework):
    other = None
    if framework == "another":
        other = contract().framework.model_copy(update={"outcomes": contract().framework.outcomes[:2]})
    changed = contract().model_copy(update={"framework": other})
    account = statement().settlements[0]
    with pytest.raises(Problems, match="give the version of the contract that it was made under"):
        Scored.of(account.scorecard, Names(changed), account.values, FOR_PARTIES)


def test_a_statement_of_another_contract_is_refused():
    changed = Contract(agreement=contract().agreement, framework=contract().framework)
    with pytest.raises(Problems, match=f"found a statement of the contract with the hash {contract().hash}"):
        statement_document(statement(), changed)


def _changed(**what: object) -> Settled:
    account = statement().settlements[0]
    return Settled(account.model_copy(update=what), Names(contract()))


def test_an_unknown_amount_is_never_nothing():
    none = dict.fromkeys(("pot_minor", "earned_minor", "unearned_minor", "payable_minor"))
    unknown = _changed(**none, evidence=Evidence.MISSING, entries=(), earned_by=())
    assert unknown.headline == "The alliance: nothing is known to be due for year 1; the evidence is missing."
    content = page(statement_document(_with(unknown.account), contract())).decode()
    assert "not known" in content


@pytest.mark.parametrize(
    ("due", "expected"),
    [(500, "The alliance is due £5 for year 1."), (-505, "The alliance owes £5.05 for year 1.")],
)
def test_without_a_pot_the_headline_says_what_is_due_or_owed(due, expected):
    plain = _changed(steps=(), earned_by=(), scorecard=None, payable_minor=due, earned_minor=max(due, 0))
    assert plain.headline == expected
    content = page(statement_document(_with(plain.account), contract())).decode()
    assert ("Owed by the party" in content) is (due < 0)


def test_a_year_with_everything_earned_leaves_nothing_unearned():
    assert _changed(unearned_minor=0).unearned_sentence == "Nothing was left unearned."


def _with(*accounts: Account) -> Statement:
    return statement().model_copy(update={"settlements": accounts})


def test_hundreds_of_settlements_are_listed_and_the_largest_is_worked_through():
    account = statement().settlements[0].model_copy(update={"scorecard": None, "earned_by": ()})
    many = [account.model_copy(update={"party": f"party-{i}", "payable_minor": 100 + i}) for i in range(MOST_IN_FULL)]
    owing = account.model_copy(update={"party": "owing", "payable_minor": -100})
    unknown = account.model_copy(update={"party": "unknown", "payable_minor": None})
    read = ReadPage(page(statement_document(_with(*many, owing, unknown), contract())))
    assert len(read.table("What each party earned").rows) == MOST_IN_FULL + 4
    assert "26 settlements: 24 pay the party, together £26.76, 1 are owed by it, together £1" in read.text
    assert "0 move nothing and 1 are not known" in read.text
    assert sum(table.caption.startswith("Ledger entries") for table in read.tables) == 1
    assert any("Party 23" in heading for heading in read.headings)


def test_without_a_pot_only_what_is_due_is_listed():
    account = statement().settlements[0].model_copy(update={"steps": (), "scorecard": None, "earned_by": ()})
    read = ReadPage(page(statement_document(_with(account), contract())))
    assert read.table("What each party earned").rows[0] == ["Party", "Year", "Due", "Evidence"]


def test_indicators_over_time_show_everybody_first_and_say_what_changed():
    charts = {chart.name: chart for chart in History.of(Names(contract()), values().values, FOR_PARTIES).charts()}
    homes = charts["indicator-home-after-a-year"]
    assert homes.title == "Still in a settled home a year on: better at the end than at the start in 3 of 3 groups"
    assert [row[0] for row in homes.table.rows[::8]] == ["Everybody", "Psychosis", "Depression"]
    assert ("Depression", "Jan–Mar 28", *("not measurable",) * 3) in homes.table.shown_rows
    assert "in 1 of 3 groups" in charts["indicator-deaths"].title
    # a threshold of a change stands upon the baseline: 21 + 0.5
    assert ">good<" in charts["indicator-wellbeing"].inline


def test_a_group_without_any_value_is_named_and_not_drawn():
    emptied = [
        value.model_copy(update={"value": None, "lower_95": None, "upper_95": None, "numerator": 0, "denominator": 0})
        if (value.indicator, value.segment) == ("home-after-a-year", "depression")
        else value
        for value in values().values
    ]
    homes = next(History.of(Names(contract()), emptied, FOR_PARTIES).charts())
    assert {row[0] for row in homes.table.rows} == {"Everybody", "Psychosis"}
    assert homes.sentence.endswith("No values to show: Depression.")


def test_yearly_values_are_shown_where_there_are_no_quarters():
    yearly = [value for value in values().values if (value.period_end - value.period_start).days > 300]
    history = History.of(Names(contract()), yearly, NHS)
    assert len(history.periods) == 2
    homes = next(history.charts())
    assert "not published" in homes.table.shown_rows[0]
    assert History.of(Names(contract()), (), FOR_PARTIES) is None


def test_names_are_those_of_the_contract():
    names = Names(contract())
    assert names.account("sample-board") == "Sample Care Board"
    assert names.account("crisis-support") == "Crisis support"
    assert names.account("recovery-college") == "Recovery college"
    assert names.segment("all") == "Everybody"
