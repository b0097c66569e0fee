"""The pages: links lead somewhere, commands exist, examples hold, words are in the glossary."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import typer
import yaml

from obc.cli.main import app
from obc.domain.contract.agreement.party import Structure
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition, Unit
from obc.domain.measurement.indicators.values import Measure
from obc.domain.money.payment.mechanism import PRIMITIVES
from obc.domain.outcomes.framework.framework import LEVELS
from places import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def blocks(page: Path) -> Iterator[str]:
    """What stands between fences on a page, without its indent."""
    for match in re.finditer(r"^( *)```\w*\n(.*?)^\1```", page.read_text(), re.DOTALL | re.MULTILINE):
        yield re.sub(rf"^{match[1]}", "", match[2], flags=re.MULTILINE)


def test_every_link_leads_somewhere():
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def known_commands() -> dict[tuple[str, ...], set[str]]:
    """The options of every command, by its words."""
    found: dict[tuple[str, ...], set[str]] = {}

    def walk(command, words: tuple[str, ...]) -> None:
        if getattr(command, "commands", None):
            for name, inner in command.commands.items():
                walk(inner, (*words, name))
        else:
            named = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
            found[words] = named | {"--help"}

    walk(typer.main.get_command(app), ())
    return found


def test_every_command_on_a_page_exists_with_its_options():
    known = known_commands()
    wrong = []
    for page in PAGES:
        calls = [line for block in blocks(page) for line in block.splitlines() if line.startswith("obc ")]
        calls += re.findall(r"`(obc [^`]+)`", page.read_text())
        for call in calls:
            words = tuple(call.split()[1:])
            command = next((words[:n] for n in (2, 1) if words[:n] in known), None)
            if command is None:
                if not any(path[0] == words[0] for path in known) and words != ("--help",):
                    wrong.append(f"{page.name}: {call}")
                continue
            strange = {word for word in words if word.startswith("--")} - known[command]
            if strange:
                wrong.append(f"{page.name}: {call}: {strange}")
    assert wrong == []


def test_every_command_is_documented():
    text = (ROOT / "docs/reference/commands.md").read_text()
    assert [words for words in known_commands() if f"## `obc {' '.join(words)}`" not in text] == []


def test_generated_pages_say_what_the_code_says():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from generate import pages
    finally:
        sys.path.pop(0)
    stale = [path.name for path, text in pages().items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run: make docs"


def test_the_indicator_on_its_how_to_page_is_one():
    (block,) = [b for b in blocks(ROOT / "docs/how-to/write-an-indicator.md") if b.startswith("id: ")]
    assert IndicatorDefinition.model_validate(yaml.safe_load(block)).counts == "person"


def test_make_has_every_target_that_pages_name():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        word for page in PAGES for word in re.findall(r"(?:^|`)make ([a-z]+)(?:`|\s)", page.read_text(), re.MULTILINE)
    }
    assert {"demo", "test"} <= named <= targets


@pytest.mark.parametrize(
    "words",
    [
        [
            path.name.replace("_", " ")
            for path in (ROOT / "src/obc/domain").glob("*/*")
            if (path / "__init__.py").exists()
        ],
        list(PRIMITIVES),
        [state.value for state in Evidence],
        [*get_args(Unit), *get_args(Measure), *LEVELS, *get_args(Structure)],
    ],
    ids=["rooms", "primitives", "evidence", "what people write"],
)
def test_every_word_of_the_field_is_in_the_glossary(words):
    glossary = (ROOT / "GLOSSARY.md").read_text().lower()
    missing = [word for word in words if not re.search(rf"\b{word.removesuffix('s')}", glossary)]
    assert missing == []


def test_the_readme_names_every_room():
    readme = (ROOT / "README.md").read_text()
    rooms = [
        path.name for path in (ROOT / "src/obc").iterdir() if (path / "__init__.py").exists() and path.name != "domain"
    ]
    rooms += [f"domain/{path.name}" for path in (ROOT / "src/obc/domain").iterdir() if (path / "__init__.py").exists()]
    assert [room for room in rooms if f"`{room}`" not in readme] == []


def test_every_worked_figure_in_the_readme_comes_from_the_demonstration():
    """The picture is the demonstration's; its words must not say other numbers than the pages they link to."""
    how_to = (ROOT / "docs/how-to/settle-from-published-values.md").read_text()
    (said,) = re.findall(r"reproduces (\d+ of \d+) payments", (ROOT / "README.md").read_text())
    assert said in how_to
