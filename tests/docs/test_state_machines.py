"""The page of state machines: none is left out, and what is drawn is what the dictionaries say."""

import re
import sys

import pytest

from places import ROOT

PAGE = ROOT / "docs" / "reference" / "state-machines.md"


@pytest.fixture(scope="module")
def found():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from state_machines import machines

        return list(machines())
    finally:
        sys.path.pop(0)


def test_every_machine_of_the_domain_is_found(found):
    written = [
        name
        for path in (ROOT / "src" / "obc" / "domain").rglob("*.py")
        for name in re.findall(r"^([A-Z_]+) = Machine\(", path.read_text(), re.MULTILINE)
    ]
    assert sorted(name for _, name, _ in found) == sorted(written) and {"GATE", "RISK", "TASK"} <= set(written)


def test_no_two_bear_the_same_name(found):
    names = [machine.name for _, _, machine in found]
    assert sorted(set(names)) == sorted(names)


def test_every_move_is_drawn_and_listed(found):
    text = PAGE.read_text()
    for _, _, machine in found:
        for state, ways in machine.moves.items():
            for verb, move in ways.items():
                assert f"| {state} | {verb} | {move.to} | {', '.join(move.by)} |" in text
                assert f": {verb}\n" in text
