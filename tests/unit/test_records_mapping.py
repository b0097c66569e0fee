"""What a mapping may say, and what is said where it may not."""

import pytest
import yaml
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from obc.domain.measurement.records.columns import (
    Constant,
    FirstOf,
    FromColumn,
    Joined,
    LookUp,
    Pair,
    Taken,
    called,
)
from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.tables import BY_NAME

HEAD = "id: ours\ntitle: t\nsource: s\n"
DEATHS = "tables:\n  deaths:\n    from: D\n    columns: {person_id: P, happened: %s}\n"


def mapping(text: str) -> RecordMapping:
    return RecordMapping.model_validate(yaml.load(HEAD + text, yaml.BaseLoader))


def happened(source: str) -> object:
    found = mapping(DEATHS % source).sources(BY_NAME["deaths"])[0]
    return found.column("happened")


def test_a_column_comes_from_a_name_or_from_what_its_key_says():
    assert happened("DOD") == FromColumn(column="DOD")
    assert happened("{column: DOD, dates: '%d/%m/%Y', codes: {x: '', y: '2020-01-01'}}") == FromColumn(
        column="DOD", dates=("%d/%m/%Y",), codes=(Pair(theirs="x", ours=""), Pair(theirs="y", ours="2020-01-01"))
    )
    assert happened("{joined: [A, B], prefix: x-}") == Joined(joined=("A", "B"), prefix="x-")
    assert happened("{constant: '2020-01-01'}") == Constant(constant="2020-01-01")
    look_up = happened("{look up: DOD, in: Register, by: {P: Q}}")
    assert isinstance(look_up, LookUp)
    assert look_up.by == (Pair(theirs="P", ours="Q"),)
    assert isinstance(happened("{first of: [DOD, {constant: '2020-01-01'}]}"), FirstOf)


@pytest.mark.parametrize(("by", "pairs"), [("P", [("P", "P")]), ("[P, Q]", [("P", "P"), ("Q", "Q")])])
def test_a_look_up_by_columns_of_the_same_name(by, pairs):
    look_up = happened(f"{{look up: DOD, in: Register, by: {by}}}")
    assert isinstance(look_up, LookUp)
    assert [(pair.theirs, pair.ours) for pair in look_up.by] == pairs


def test_what_a_column_is_called_by_those_who_know_the_extract():
    texts = {
        "DOD": "DOD",
        "{column: DOD, time: TOD}": "DOD with TOD",
        "{joined: [A, B]}": "A with B",
        "{look up: DOD, in: Register, by: P}": "Register.DOD",
        "{first of: [DOD, {constant: x}]}": "DOD",
        "{constant: x}": "happened",
    }
    assert {text: called(happened(text), "happened") for text in texts} == texts
    assert called(None, "happened") == called(Taken.model_validate({"taken from": "a.b"}), "happened") == "happened"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tables:\n  death:\n    from: D\n    columns: {person_id: P}\n", "the table 'death'; choose one of people"),
        (DEATHS % "{colum: D}", "a column is a name, or has one of the keys column, joined, constant, look up"),
        ("tables:\n  deaths:\n    from: D\n    columns: {person_id: P}\n", "D without happened; deaths needs them"),
        (
            "tables:\n  deaths:\n    from: D\n    columns: {person: P}\n",
            "the column 'person'; deaths has person_id, happened, cause",
        ),
        (DEATHS % "{taken from: contacts.happened}", "take from a table that is read earlier"),
        (DEATHS % "{taken from: people.age}", "people has no such column"),
        (DEATHS % "{taken from: nowhere}", "String should match pattern"),
        ("submitted: {date: A, month number: B}\n", "write either 'date: COLUMN' or 'month number: COLUMN'"),
        (DEATHS % "{first of: [DOD]}", "'first of' one thing alone; give two or more"),
        (DEATHS % "{joined: []}", "'joined' of nothing; name the columns"),
        (DEATHS % "{look up: DOD, in: D, by: []}", "'by' nothing; name the columns"),
        ("tables: {deaths: []}\n", "deaths from nothing; give it a source"),
        ("submitted: {}\n", "write either 'date: COLUMN' or 'month number: COLUMN'"),
        ("late after: -1\n", "greater than or equal to 0"),
    ],
)
def test_what_a_mapping_may_not_say(text, message):
    with pytest.raises(ValidationError) as caught:
        mapping(text)
    assert caught.value.error_count() == 1
    assert message in str(caught.value)


def test_taking_from_a_table_needs_its_key():
    contacts = {name: name for name in ("contact_id", "person_id", "provider", "happened") if name != "referral_id"} | {
        "referral_id": "R",
        "team": {"taken from": "referrals.team"},
    }
    given = {"id": "x", "title": "t", "source": "s", "tables": {"contacts": {"from": "C", "columns": contacts}}}
    assert RecordMapping.model_validate(given).tables
    diagnoses = {name: name for name in ("diagnosis_id", "person_id", "provider", "happened", "diagnosis")} | {
        "position": {"taken from": "referrals.team"}
    }
    given["tables"] = {"diagnoses": {"from": "D", "columns": diagnoses}}
    with pytest.raises(ValidationError, match="without referral_id; referrals is found by it"):
        RecordMapping.model_validate(given)


def test_a_table_given_twice_is_refused():
    table = {"table": "deaths", "sources": [{"from": "D", "columns": {"person_id": "P", "happened": "H"}}]}
    with pytest.raises(ValidationError, match="deaths twice; write each logical table once"):
        RecordMapping.model_validate({"id": "x", "title": "t", "source": "s", "tables": [table, table]})


def test_a_table_that_is_not_listed_is_read_under_its_own_names():
    (source,) = mapping("").sources(BY_NAME["deaths"])
    assert source.from_ == "deaths"
    assert [(c.name, c.source) for c in source.columns] == [
        (name, FromColumn(column=name)) for name in ("person_id", "happened", "cause")
    ]


def test_what_a_mapping_says_wins_over_the_one_it_extends():
    base = mapping("dates: '%d/%m/%Y'\nnothing: 'NULL'\nlatest by: Month\nrecognised by: A\n" + DEATHS % "OLD")
    base = base.model_copy(update={"id": "base"})
    child = mapping("extends: base\nnothing: [n/a]\n" + DEATHS % "NEW").extended({"base": base})
    assert (child.id, child.extends) == ("ours", None)
    assert (child.dates, child.nothing, child.latest_by) == (("%d/%m/%Y",), ("n/a",), ("Month",))
    assert child.recognised_by == ()
    (source,) = child.sources(BY_NAME["deaths"])
    assert source.column("happened") == FromColumn(column="NEW")


def test_extending_in_a_circle_or_nothing_at_all_is_refused():
    one, two = mapping("extends: two\n"), mapping("extends: ours\n").model_copy(update={"id": "two"})
    with pytest.raises(PydanticCustomError, match="extends: ours; extend one of"):
        one.extended({"ours": one, "two": two})
    with pytest.raises(PydanticCustomError, match="extends: two; extend one of three"):
        one.extended({"three": two})
