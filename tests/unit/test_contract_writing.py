"""A contract's folder written in place: what was typed is what is read, and a diff shows what was changed, no more."""

import difflib
from datetime import date

import pytest

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.changed import what_stands
from obc.domain.contract.variations.difference import changes_between, differences
from obc.domain.contract.variations.known import known_on
from obc.domain.contract.variations.negotiable import negotiable
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.rate import exact
from obc.loaders.contract import load_contract
from obc.loaders.contract_archive import archive, files_in, load_archive, zipped
from obc.loaders.contract_writing import agreed_on, place_of, rewritten, with_variation
from obc.loaders.places import worked_contracts
from obc.loaders.yaml_nodes import parse_yaml
from obc.loaders.yaml_writer import scalar, with_value

NAME, DAY = "oxfordshire-mental-health", date(2016, 5, 2)


@pytest.fixture(scope="module")
def folder():
    return files_in(archive(NAME))


def changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [
        line
        for name in before
        for line in difflib.ndiff(before[name].decode().splitlines(), after[name].decode().splitlines())
        if line[:2] in ("+ ", "- ")
    ]


def written(folder, at: str, reads: str, file: str = "payment.yaml", day: date = DAY, source: str = "minutes"):
    return rewritten(folder, folder, [Change(file=file, at=at, reads=reads)], source, day)


@pytest.mark.parametrize("name", worked_contracts())
def test_whatever_can_be_negotiated_is_found_in_the_model_and_in_the_file(name):
    contract, files = load_contract(name), files_in(archive(name))
    fields = negotiable(contract)
    assert fields and len({(one.file, one.at) for one in fields}) == len(fields)
    for one in fields:
        assert what_stands(contract, Change(file=one.file, at=one.at)) is not None, one.at
        content = parse_yaml(files[one.file].decode(), one.file).content
        found = place_of(content, tuple(one.at.split(" / ")))
        assert found is not None or one.at.endswith(" / weight"), f"{one.at} is not in {one.file}"


@pytest.mark.parametrize("name", [NAME, "template"])
def test_every_dated_number_written_anew_is_read_back_with_its_source(name):
    contract, files = load_contract(name), files_in(archive(name))
    year = contract.agreement.term.agreed_years[-1]
    dated = [one for one in negotiable(contract) if one.dated and one.holds(year)]
    changes = [one.reading(one.holds(year).replace(",", "_"), year) for one in dated]
    made = load_archive(zipped(rewritten(files, files, changes, "the parties' talks, 1 May", DAY)))
    again = {(one.file, one.at): one for one in negotiable(made)}
    for one in dated:
        last = again[one.file, one.at].history[len([held for held in one.history if (held.from_ or 0) <= year])]
        assert (last.from_, last.agreed, last.source) == (year, DAY, "the parties' talks, 1 May"), one.at
        assert exact(last.value) == exact(one.holds(year))


def test_a_new_value_is_one_line_in_a_history_of_lines(folder):
    made = written(folder, "figures / pot of the year / is / from year 4", "4_000_000")
    assert changed_lines(folder, made) == [
        "+       - {value: 4_000_000, from: year 4, agreed: 2016-05-02, source: minutes}"
    ]


def test_what_only_the_draft_has_is_put_right_and_goes_when_it_is_set_back(folder):
    at = "figures / pot of the year / is / from year 4"
    first = written(folder, at, "4_000_000")
    second = rewritten(
        first, folder, [Change(file="payment.yaml", at=at, reads="5_000_000")], "later", date(2016, 5, 9)
    )
    assert changed_lines(folder, second) == [
        "+       - {value: 5_000_000, from: year 4, agreed: 2016-05-09, source: later}"
    ]
    back = rewritten(second, folder, [Change(file="payment.yaml", at=at, reads="3,000,000")], "undone", DAY)
    assert back == folder


@pytest.mark.parametrize(
    ("file", "at", "reads", "line"),
    [
        ("framework.yaml", "levels / 1 / good", "8", "{from: year 1, good: 8, improved: 18"),
        ("framework.yaml", "outcomes / timely-access / indicators / start-of-support / weight", "2", "weight: 2"),
        ("contract.yaml", "term / years / years", "6", "{years: 6, source:"),
        ("contract.yaml", "calendar / run-out", "4 months", "run-out: 4 months"),
        ("payment.yaml", "steps / budget / instalments / every", "quarter", "every: quarter"),
        (
            "payment.yaml",
            "steps / rate kept / points / 2 / gives / from year 4",
            "80 %",
            "[2 %, [{value: 50 %}, {value: 80 %, from: year 4,",
        ),
    ],
)
def test_what_has_no_history_is_replaced_and_what_has_one_keeps_it(folder, file, at, reads, line):
    made = written(folder, at, reads, file)
    lines = changed_lines(folder, made)
    assert 1 <= len(lines) <= 2 and any(line in one for one in lines), lines
    (found,) = differences(load_archive(zipped(folder)), load_archive(zipped(made)))
    assert exact(found.after) == exact(reads) if reads[0].isdigit() and "month" not in reads else found.after == reads


def test_what_can_be_read_can_be_changed():
    """Readers of YAML differ on a question mark within brackets: reading and writing ask the same one."""
    assert parse_yaml("asked: [is it so?]\nb: 1\n", "x.yaml").problems == []
    assert with_value("asked: [is it so?]\nb: 1\n", ("b",), "2") == "asked: [is it so?]\nb: 2\n"
    assert scalar("", False) == '""' and scalar("null", True) == '"null"'


def test_a_place_that_is_nowhere_is_refused_with_all_others(folder):
    changes = [
        Change(file="payment.yaml", at="figures / no such / is / from year 4", reads="1"),
        Change(file="none.yaml", at="x", reads="1"),
        Change(file="contract.yaml", at="term / years / years"),
    ]
    with pytest.raises(Problems) as refused:
        rewritten(folder, folder, changes, "s", DAY)
    assert len(refused.value.problems) == 3


def test_the_day_of_the_agreement_and_the_variation_are_written_when_it_takes_effect(folder):
    change = Change(file="payment.yaml", at="figures / envelope / is / from year 4", reads="37_500_000")
    made = agreed_on(written(folder, change.at, "37_500_000"), [change], date(2016, 6, 1))
    entry = {"id": "more", "agreed": "2016-06-01", "effective": "2016-07-01", "changes": "The envelope: more"}
    made["contract.yaml"] = with_variation(made["contract.yaml"], entry)
    contract = load_archive(zipped(made))
    assert [one.changes for one in contract.agreement.variations] == ["The envelope: more"]
    (envelope,) = (one for one in contract.mechanism.figures if one.figure == "envelope")
    assert [(one.from_, one.agreed) for one in envelope.is_.history] == [(None, None), (4, date(2016, 6, 1))]
    assert folder["contract.yaml"].decode() in made["contract.yaml"].decode()


def test_changes_between_two_versions_lead_there_and_back(folder):
    before = load_archive(zipped(folder))
    made = written(folder, "figures / pot of the year / is / from year 3", "2_000_000")
    (change,) = changes_between(before, load_archive(zipped(made)))
    assert (change.at, change.reads) == ("figures / pot of the year / is / from year 3", "2000000")
    assert changes_between(before, before) == ()


def test_a_difference_that_a_variation_cannot_put_back_is_refused(folder):
    text = folder["payment.yaml"].decode().replace(
        "withholding:\n", "  - step: nothing more\n    scale: envelope\n    by: [1]\n    source: x\n\nwithholding:\n"
    )  # fmt: skip
    made = load_archive(zipped({**folder, "payment.yaml": text.encode()}))
    with pytest.raises(Problems, match="a variation changes what stands in places that are there"):
        changes_between(load_archive(zipped(folder)), made)


def test_a_past_year_is_settled_by_what_was_known_then(folder):
    """A value from a year on, agreed anew, goes again for whoever asks what stood there the day before."""
    at = "figures / pot of the year / is / from year 3"
    made = written(folder, at, "2_000_000")
    before = [{"file": "payment.yaml", "at": at, "reads": "3000000"}]
    entry = {"id": "less", "agreed": "2016-05-02", "effective": "2016-07-01", "changes": "less", "before": before}
    made["contract.yaml"] = with_variation(made["contract.yaml"], entry)
    then, now = load_archive(zipped(folder)), load_archive(zipped(made))
    assert differences(then, known_on(now, date(2016, 5, 1))) == ()
    assert any(one.at == at for one in differences(then, known_on(now, DAY)))
