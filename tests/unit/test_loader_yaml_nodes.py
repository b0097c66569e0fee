"""YAML is read as its author wrote it, and every file that cannot be read says why and where."""

from pathlib import Path

import pytest
import yaml

from obc.loaders import yaml_nodes
from obc.loaders.yaml_nodes import Document, read_yaml


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers must say the same."""
    if request.param == "pure Python":
        monkeypatch.setattr(yaml_nodes, "Parser", yaml.SafeLoader)


def read(tmp_path: Path, content: str | bytes) -> Document:
    path = tmp_path / "x.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_yaml(path, "x.yaml")


@pytest.mark.usefixtures("parser")
def test_every_scalar_stays_text(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "a: 012\nb: 2027-02-31\nc: no\nd: 1_000_000\ne: 60 %\nf: 0.12345678901234567890\n"
        "g: 'quoted'\nh: [1e3, 0x1F, 12:30]\ni:\nj: ''\nk: ~\n",
    )
    assert document.problems == []
    assert document.content == {
        "a": "012",
        "b": "2027-02-31",
        "c": "no",
        "d": "1_000_000",
        "e": "60 %",
        "f": "0.12345678901234567890",
        "g": "quoted",
        "h": ["1e3", "0x1F", "12:30"],
        "i": None,
        "j": "",
        "k": None,
    }


@pytest.mark.usefixtures("parser")
def test_every_node_keeps_its_line(tmp_path: Path) -> None:
    document = read(tmp_path, "# first\nouter:\n  - id: one\n    text: >\n      folded\n  - {id: two}\nlast: 1\n")
    assert document.line(("outer",)) == 2
    assert document.line(("outer", 0, "text")) == 4
    assert document.line(("outer", 1, "id")) == 6
    assert document.line(("last",)) == 7
    assert document.line(("outer", 1, "absent", "deeper")) == 6, "the nearest node there is"
    assert document.written(("outer", 1, "id")) == "outer > two > id"
    assert document.written(("outer", 5)) == "outer > item 6"


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        ("a:\n\tb: 1\n", 2, "a tab"),
        ("a:\n  - b\n\t- c\n", 3, "a tab"),
        ("title: a: b\n", 1, "a second ': '"),
        ("a: 1\n  b: 2\n", 2, "too far left or right"),
        ("a:\n    b: 1\n  c: 2\n", 3, "too far left or right"),
        ("- a\nb: 1\n", 2, "too far left or right"),
        ("a: 1\nb\nc: 2\n", 2, "'b' without a colon"),
        ("a: @x\n", 1, "begins with '@'"),
        ("a: * x\n", 1, "begins with '*'"),
        ("a: [1, 2\nb: 3\n", 1, "'[' without its ']'"),
        ("a: {x: 1, y: 2\nb: 3\n", 1, "'{' without its '}'"),
        ("a: 1\nb: [\n", 2, "'[' without its ']'"),
        ("a: {b: [1, 2],\n", 1, "'{' without its '}'"),
        ("a: [1,, 2]\n", 1, "a comma with nothing before it"),
        ("b: 1\na: 'x\nc: 3\n", 2, "an opening quote"),
        ('a: "\\d"\n', 1, "a backslash"),
        ("a: 'it's'\n", 1, "text after a closing quote"),
    ],
)
def test_syntax_is_said_in_words(tmp_path: Path, content: str, line: int, found: str) -> None:
    document = read(tmp_path, content)
    assert document.content is None
    (problem,) = document.problems
    assert found in problem.found
    assert (problem.file, problem.line) == ("x.yaml", line)


@pytest.mark.usefixtures("parser")
def test_what_is_refused_is_refused_all_at_once(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "a: &x 1\nb: *x\nc: !!python/object:os.system x\nd: {e: 1, e: {f: 2}}\n? [g]\n: 1\na: 5\nlast: kept\n",
    )
    assert [(p.line, p.found) for p in document.problems] == [
        (1, "the anchor '&x'"),
        (2, "the alias '*x'"),
        (3, "the tag '!!python/object:os.system'"),
        (4, "the key 'e' a second time (first on line 4)"),
        (5, "a key that is no text"),
        (7, "the key 'a' a second time (first on line 1)"),
    ]
    assert document.content == {
        "a": "1",
        "b": None,
        "c": "x",
        "d": {"e": "1"},
        "last": "kept",
    }
    assert document.refused == {("b",)}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (b"", 1, "an empty file"),
        (b"# only a comment\n", 1, "an empty file"),
        (b"a: 1\nb: caf\xe9\n", 2, "the byte 0xE9, which is not UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "the encoding UTF-16"),
        (b"a: 1\nb: \x07\n", 2, "the control character 0x07"),
        (b"a: 1\n---\nb: 2\n", 2, "a second document"),
        (b"[" * 500, 1, "more than 40 levels"),
    ],
)
def test_files_that_are_no_contract_text(tmp_path: Path, content: bytes, line: int, found: str) -> None:
    (problem,) = read(tmp_path, content).problems
    assert found in problem.found
    assert problem.line == line


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa: 1\n").content == {"a": "1"}


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    assert "no such file" in read_yaml(tmp_path / "absent.yaml").problems[0].found
    assert "a folder" in read_yaml(tmp_path).problems[0].found


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "x.yaml"
    path.touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = read_yaml(path).problems
    assert "Permission denied" in problem.found
