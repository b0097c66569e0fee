"""The page that takes prose to a settlement works as it stands: its files, its commands, its figures."""

import json
import re
from pathlib import Path

import pytest

from command import obc
from places import ROOT

PAGE = (ROOT / "docs/how-to/write-a-payment-scheme.md").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the page, as a reader would write them."""
    for name, text in re.findall(r"^`([\w./-]+)`[^\n]*\n```\w+\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_the_page_is_followed_to_the_penny(folder: Path) -> None:
    assert sorted(path.name for path in folder.rglob("*.*")) == [
        "contract.yaml",
        "payment.yaml",
        "returns.csv",
        "values.yaml",
    ]
    checked = obc("contract", "check", folder / "our-clinics")
    assert (checked.status, checked.out.strip()) == (0, "No problems found.")
    ran = obc("settle", folder / "our-clinics", "--values", folder / "returns.csv", "--out", folder / "statement")
    assert ran.status == 0, ran.err
    statement = json.loads((folder / "statement" / "statement.json").read_bytes())
    rows = re.findall(r"^\| (\w+) \|((?: £[\d,.]+ \|){5})$", PAGE, re.MULTILINE)
    assert [name for name, _ in rows] == [one["party"].removesuffix("-clinic") for one in statement["settlements"]]
    for (_, cells), one in zip(rows, statement["settlements"], strict=True):
        moved = dict.fromkeys(("share of what was not earned", "closed without notice"), 0)
        for entry in one["entries"]:
            moved[entry["reason"]] = moved.get(entry["reason"], 0) + entry["amount_minor"]
        worked = (one["pot_minor"], one["earned_minor"], *list(moved.values())[:2], one["payable_minor"])
        assert [round(float(cell) * 100) for cell in re.findall(r"£([\d.]+)", cells.replace(",", ""))] == list(worked)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("curve: seen in time", "curve: in tim", "'in tim', which no input or step above is called"),
        ("{account: council, share: 1/3}", "{account: council, share: 34 %}", "shares must add up to 100 %"),
        ("settle: pot", "settle: earned", "a pool that nobody empties: 'pot'"),
    ],
)
def test_the_mistakes_it_names_are_answered(right: str, wrong: str, said: str, folder: Path) -> None:
    payment = folder / "our-clinics" / "payment.yaml"
    text = payment.read_text()
    assert right in text
    payment.write_text(text.replace(right, wrong, 1))
    ran = obc("contract", "check", folder / "our-clinics")
    assert ran.status == 1
    assert said in ran.out + ran.err
