"""The house style that a machine can hold."""

import re

from places import ROOT

SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "migrations")
"""Migrations are as Django writes them."""
TESTS = sorted((ROOT / "tests").rglob("*.py")) + sorted((ROOT / "benchmarks").rglob("*.py"))
WORKED = ROOT / "src/obc/worked_contracts"
DEFINITIONS = ROOT / "src/obc/definitions"


def _names(paths) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_no_file_is_longer_than_400_lines():
    assert _names(p for p in SOURCES + TESTS if len(p.read_text().splitlines()) > 400) == []


def test_there_is_no_room_for_odds_and_ends():
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "lib"}
    assert _names(p for p in SOURCES if vague & {*p.with_suffix("").parts}) == []


def test_no_scheme_and_no_indicator_is_named_in_the_code():
    schemes = [folder.name for folder in WORKED.iterdir() if folder.is_dir() and folder.name != "template"]
    indicators = [path.stem for path in DEFINITIONS.glob("indicators/*.yaml")]
    assert schemes and indicators
    names = {"cms", "mssp", "hvbp", "cquin", "qof", *schemes, *(i for i in indicators if "-" in i)}
    pattern = re.compile(r"\b(" + "|".join(re.escape(name) for name in sorted(names)) + r")\b", re.IGNORECASE)
    # The demonstration has to say which contract it shows; it says so in one place.
    allowed = {"src/obc/cli/demo.py": {"oxfordshire-mental-health"}}
    found = {
        str(path.relative_to(ROOT)): hits
        for path in SOURCES
        if (
            hits := {hit.lower() for hit in pattern.findall(path.read_text())}
            - allowed.get(str(path.relative_to(ROOT)), set())
        )
    }
    assert found == {}


def test_every_public_module_class_and_function_says_what_it_means():
    import ast

    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        if tree.body and not ast.get_docstring(tree):
            silent.append(f"{path.relative_to(ROOT)}: the module")
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert silent == []


def test_no_tracked_file_names_a_path_of_a_machine():
    import subprocess

    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    machine = re.compile(r"(?<![\w.}\])])/(tmp|work|root|home)/[a-z]")
    found = []
    for name in filter(None, tracked.split("\0")):
        path = ROOT / name
        if name == "uv.lock" or not path.is_file():
            continue
        text = path.read_bytes()
        if b"\0" not in text and machine.search(text.decode("utf-8", "ignore")):
            found.append(name)
    assert found == []
