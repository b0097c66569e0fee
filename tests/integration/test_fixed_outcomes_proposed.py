"""A change that moves an outcome within the term is refused, until the reference groups endorse its new words."""

import shutil
from pathlib import Path

import pytest

from command import obc
from obc.loaders.places import WORKED

CONTRACT, OLD, NEW = "oxfordshire-mental-health", "People will live longer", "People will live longer and well"


@pytest.fixture
def trail(tmp_path) -> tuple[str, Path]:
    return "--trail", tmp_path / "trail"


def wish(folder: Path, at: str, reads: str) -> Path:
    path = folder / "wish.yaml"
    path.write_text(
        "id: reworded\ntitle: Other words\nbecause: new evidence\neffective: 2016-04-01\n"
        f"changes:\n  - {{file: framework.yaml, at: {at}, reads: {reads}}}\n"
    )
    return path


def propose(path: Path, trail):
    who = ("--programme", "oxfordshire", "--by", "contract-manager", "--why", "evidence", "--at", "2015-06-02")
    return obc("change", "propose", CONTRACT, path, *who, *trail)


def test_new_words_are_refused_until_both_groups_endorse_them(tmp_path, trail):
    path = wish(tmp_path, "outcomes / people-live-longer / title", NEW)
    refused = propose(path, trail)
    assert refused.status == 1
    assert "outcome 'people-live-longer' reworded on 2016-04-01, within the term" in refused.out
    assert "have the reference groups endorse the new words first" in refused.out
    shutil.copytree(WORKED / CONTRACT, tmp_path / "new-words")
    framework = tmp_path / "new-words" / "framework.yaml"
    framework.write_text(framework.read_text().replace(f"title: {OLD}\n", f"title: {NEW}\n"))
    said = ("--says", "endorsed", "--outcome", "people-live-longer", "--worded-in", tmp_path / "new-words")
    said += ("--source", "minutes", "--why", "new evidence", "--at", "2015-06-01", *trail)
    for group, chair in (
        ("expert-reference-group", "expert-group-chair"),
        ("outcomes-reference-group", "reference-group-chair"),
    ):
        assert propose(path, trail).status == 1  # one group is not enough
        ran = obc("engage", "endorse", "oxfordshire", f"new-{group}", "--group", group, *said, "--by", chair)
        assert ran.status == 0
    assert propose(path, trail).status == 0


def test_an_indicator_evolves_without_asking_them(tmp_path, trail):
    at = "outcomes / timely-access / indicators / gatekept-admissions / baseline"
    assert propose(wish(tmp_path, at, "89 %"), trail).status == 0
