"""What ships for a deployment calls obc as it is: its commands, its options, its settings."""

import re

import pytest

from command import obc
from places import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
NAMES = re.compile(r"OBC_[A-Z_]+|DATABASE_URL")


def _calls(text: str) -> list[tuple[str, list[str]]]:
    """Command and options of every call of obc."""
    found = re.findall(r"/opt/obc/bin/obc (\w+)([^\n;']*)", text)
    return [(command, re.findall(r"--[a-z-]+", rest)) for command, rest in found]


@pytest.mark.parametrize("unit", UNITS, ids=[one.name for one in UNITS])
def test_a_unit_calls_commands_that_there_are(unit):
    calls = _calls(unit.read_text())
    assert calls
    for command, options in calls:
        said = obc(command, "--help").out
        for option in options:
            assert option in said, (unit.name, command, option)


def test_the_container_starts_what_there_is_as_nobody_in_particular():
    text = (DEPLOY / "Containerfile").read_text()
    (command,) = re.findall(r"^CMD \[(.*)\]", text, re.MULTILINE)
    words = re.findall(r'"([^"]+)"', command)
    said = obc(words[0], "--help").out
    assert all(word in said for word in words if word.startswith("--"))
    last_stage = text[text.rindex("\nFROM ") :]
    assert re.search(r"^USER [1-9]", last_stage, re.MULTILINE) and "--require-hashes" in text


def test_every_setting_that_is_named_is_one():
    code = "".join(path.read_text() for path in (ROOT / "src" / "obc").rglob("*.py"))
    for path in (*UNITS, DEPLOY / "obc.env.example", DEPLOY / "Containerfile"):
        for name in set(NAMES.findall(path.read_text())):
            assert f'"{name}"' in code, (path.name, name)
    guide = (ROOT / "docs" / "how-to" / "serve-the-application.md").read_text()
    for name in ("OBC_HOSTS", "OBC_SECRET_KEY", "OBC_HOME", "DATABASE_URL", "OBC_RECORDS"):
        assert name in guide and name in (DEPLOY / "obc.env.example").read_text()
