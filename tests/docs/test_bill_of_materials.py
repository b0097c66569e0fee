"""The bill of materials names what the lock file locks, with licences that let anybody run it; the audit never lies."""

import importlib.util
import json
import re
import tomllib

import pytest

from places import ROOT

BILL = json.loads((ROOT / "deploy" / "sbom.cdx.json").read_text())
PROJECT = "outcomes-based-commissioning"


def _script(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "deploy" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _locked() -> set[tuple[str, str]]:
    """Name and version of everything that the package needs to run, as the lock file has it."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    found: set[tuple[str, str]] = set()
    waiting = [(PROJECT, ())]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for one in packages:
            if one["name"] == name:
                if name != PROJECT:
                    found.add((name, one["version"]))
                needed = list(one.get("dependencies", ()))
                for extra in extras:
                    needed += one.get("optional-dependencies", {}).get(extra, ())
                waiting += [(each["name"], tuple(each.get("extra", ()))) for each in needed]
    return found


def test_it_names_what_is_locked_and_what_is_vendored_and_nothing_else():
    assert BILL["bomFormat"] == "CycloneDX" and BILL["specVersion"] == "1.5"
    named = {(one["name"], one["version"]) for one in BILL["components"] if one["purl"].startswith("pkg:pypi/")}
    assert named == _locked(), "run 'make audit' and commit deploy/sbom.cdx.json"
    assert [one for one in BILL["components"] if one["purl"].startswith("pkg:npm/")] == (
        _script("bill_of_materials").vendored()
    )


def test_it_says_nothing_that_changes_from_one_day_to_the_next():
    assert "serialNumber" not in BILL and "timestamp" not in BILL["metadata"]
    refs = [one["bom-ref"] for one in BILL["components"]]
    assert refs == sorted(refs) and len(refs) == len(set(refs))


def test_every_licence_is_known_and_none_asks_that_what_uses_it_be_given_away():
    for one in BILL["components"]:
        licence = one["licenses"][0]["license"]["name"]
        assert licence.strip(), f"{one['name']} says nothing of its licence"
        assert not re.search(r"(?<!L)A?GPL", licence), f"{one['name']}: {licence}"


HOLE = {"id": "PYSEC-1", "fix_versions": ["2.0"]}


@pytest.mark.parametrize(
    ("said", "complained", "status", "words"),
    [
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, "", 0, "Nothing is known against 1 packages"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": [HOLE]}]}, "", 1, "a 1: PYSEC-1, mended in 2.0"),
        ({"dependencies": [{"name": "a", "skip_reason": "no answer"}]}, "", 3, "NOT AUDITED: 1 of 1 packages"),
        ({"dependencies": []}, "", 3, "no package was looked at"),
        (None, "ConnectionError: no route", 3, "could not be asked (ConnectionError: no route)"),
        (None, "", 3, "it said nothing"),
    ],
)
def test_the_audit_tells_clean_from_unknown(said, complained, status, words):
    told = _script("audit").verdict(json.dumps(said) if said else "", complained)
    assert told[0] == status and words in told[1]
