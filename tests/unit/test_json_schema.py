"""An editor's schema must pass whatever obc passes, and still underline what is plainly wrong."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from obc.loaders.contract import FOLDERS
from obc.loaders.json_schema import json_schemas
from obc.loaders.places import DEFINITIONS, WORKED
from obc.loaders.yaml_nodes import read_yaml

SCHEMAS = json_schemas()
FILES = [(path, path.name) for path in sorted(WORKED.glob("*/*.yaml")) if path.name in SCHEMAS]
FILES += [
    (path, f"{path.parent.name}/*.yaml") for path in sorted(DEFINITIONS.glob("*/*.yaml")) if path.parent.name in FOLDERS
]


def as_an_editor_reads(node: Any) -> Any:
    """Numbers as YAML 1.2 has them; everything else is text."""
    if isinstance(node, dict):
        return {key: as_an_editor_reads(inner) for key, inner in node.items()}
    if isinstance(node, list):
        return [as_an_editor_reads(inner) for inner in node]
    if isinstance(node, str) and re.fullmatch(r"-?\d+(\.\d+)?", node):
        return float(node) if "." in node else int(node)
    return node


def errors(path: Path, kind: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS[kind])
    return [error.message for error in validator.iter_errors(as_an_editor_reads(read_yaml(path).content))]


@pytest.mark.parametrize(("path", "kind"), FILES, ids=[f"{path.parent.name}/{path.name}" for path, _ in FILES])
def test_what_comes_along_is_not_underlined(path: Path, kind: str) -> None:
    assert errors(path, kind) == []


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("framework.yaml", "outcomes: []\nlevels: []\n"),
        ("contract.yaml", "id: Not An Id\n"),
        ("payment.yaml", "steps: [{step: nothing}]\n"),
        ("indicators/*.yaml", "id: x\nmeasure: percentage\n"),
        ("segments.yaml", "id: x\ncolour: blue\n"),
    ],
)
def test_what_is_plainly_wrong_is_underlined(kind: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(content)
    assert errors(path, kind)
