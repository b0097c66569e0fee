"""Write the generated pages: commands, primitives, record tables, indicators in words, rule book, state machines.

`make docs` runs this; a test holds that the pages say what the code says.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from data_flow import data_flow_map
from primitive_pages import primitive_pages
from state_machines import state_machines
from typer.testing import CliRunner

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
NOTE = "<!-- Written by docs/generate.py. Change the code, then run: make docs -->\n"


def pages() -> dict[Path, str]:
    """Every generated page, as it should be."""
    primitives = {
        path: said if isinstance(said, str) else _page(title, iter(said))
        for path, said, title in primitive_pages(REFERENCE / "primitives")
    }
    return {
        **primitives,
        REFERENCE / "commands.md": _page("Commands", _commands()),
        REFERENCE / "record-tables.md": _page("Tables of the records", _tables()),
        REFERENCE / "indicators.md": _page("Indicators", _indicators()),
        REFERENCE / "rule-book.md": _page("Rule book", _rules()),
        REFERENCE / "state-machines.md": _page("State machines", state_machines()),
        ROOT / "docs" / "governance" / "data-flow-map.md": _page("Data-flow map", data_flow_map()),
    }


def _page(title: str, lines: Iterator[str]) -> str:
    return "\n".join([NOTE, f"# {title}", "", *lines]).rstrip() + "\n"


def _commands() -> Iterator[str]:
    from obc.cli.main import app

    yield "CONTRACT is a folder or the name of a worked contract. Every command exits 0 when done, 1 when the input has"
    yield "problems, 2 when the call is wrong. With `--format json` it prints one object with `schema_version` 1;"
    yield "amounts are integers named `…_minor`, with `currency`. Progress goes to the error stream.\n"
    root = typer.main.get_command(app)
    runner = CliRunner()
    for words in [(), *_paths(root)]:
        shown = " ".join(("obc", *words))
        yield f"## `{shown}`\n"
        help_ = runner.invoke(app, [*words, "--help"], prog_name="obc", terminal_width=100).output
        yield "```"
        yield help_.strip()
        yield "```\n"


def _paths(command: typer.core.TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, inner in command.commands.items():
        if getattr(inner, "commands", None):
            yield from _paths(inner, (*before, name))
        else:
            yield (*before, name)


def _tables() -> Iterator[str]:
    from obc.domain.measurement.records.tables import TABLES

    yield "What definitions speak of, whatever an extract calls it. How MHSDS versions 5 and 6 call them stands in"
    yield "`src/obc/definitions/records/`; a mapping file of your own says it for a local extract."
    yield "**Bold**: a row without it cannot be used. `happened` is the one day on which a row counts.\n"
    for table in TABLES:
        yield f"## {table.name}\n"
        yield f"{table.what[0].upper()}{table.what[1:]}. One row for each {', '.join(table.key)}.\n"
        yield "| column | kind | codes |"
        yield "|---|---|---|"
        for column in table.columns:
            name = f"**{column.name}**" if column.required else column.name
            yield f"| {name} | {column.kind} | {column.codes or ''} |"
        yield ""


def _indicators() -> Iterator[str]:
    from obc.domain.measurement.indicators.definition import IndicatorDefinition
    from obc.domain.measurement.indicators.sentence import sentence
    from obc.loaders.places import DEFINITIONS
    from obc.loaders.record_mapping import shipped_code_lists
    from obc.loaders.whole import read_whole

    lists = shipped_code_lists()
    yield "The definitions that ship with obc, each printed by itself as a sentence.\n"
    for path in sorted(DEFINITIONS.glob("indicators/*.yaml")):
        definition = read_whole(path, IndicatorDefinition)
        yield f"## {definition.title}\n"
        yield f"`{definition.id}` · {definition.measure} · {definition.direction} · review by {definition.review_by}\n"
        yield f"{sentence(definition, lists)}\n"
        yield f"*Why it matters.* {definition.why.strip()}\n"
        yield f"*Source.* {definition.source.strip()}\n"


def _rules() -> Iterator[str]:
    yield "What obc promises, by example: chapter, section, rule. These are the tests themselves; where an engine is"
    yield "named, every engine gives the same answer.\n"
    for folder in sorted(path for path in (ROOT / "tests" / "spec").iterdir() if path.is_dir()):
        files = sorted(folder.glob("test_*.py"))
        if files:
            yield f"## {_words(folder.name)}\n"
        for file in files:
            yield from _section(file)


def _section(file: Path) -> Iterator[str]:
    text = file.read_text()
    tree = ast.parse(text)
    yield f"### {_words(file.stem.removeprefix('test_'))}\n"
    if said := ast.get_docstring(tree):
        yield f"{said}\n"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield f"<details><summary>{_words(node.name.removeprefix('test_'))}</summary>\n"
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield "```python"
            yield "\n".join(text.splitlines()[first - 1 : node.end_lineno])
            yield "```\n</details>\n"


def _words(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[0].upper() + words[1:]


def main() -> None:
    """Write the pages, and say which changed."""
    for path, text in pages().items():
        before = path.read_text() if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        sys.stdout.write(f"{'unchanged' if before == text else 'written':<10}{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
