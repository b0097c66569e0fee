"""Whatever stands in a contract's files, checking it never breaks, and says nothing only where it can be loaded."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from obc.loaders.contract import check_contract, load_contract
from obc.loaders.yaml_nodes import read_yaml

SOUND = Path(__file__).parents[1] / "unit" / "broken_contracts" / "sound"
FILES = {str(path.relative_to(SOUND)): read_yaml(path).content for path in sorted(SOUND.rglob("*.yaml"))}

ODD = (
    "",
    "0",
    "-1",
    "1e400",
    "NaN",
    "∞",
    "2027-02-31",
    "year 99999",
    "1/0",
    "anchor + 99999 months",
    "9" * 5000,
    "points earned",
    "a is at least",
    "- a",
    "x: y",
    "# no",
    "\u2028",
)
plain = st.sampled_from(ODD)
anything = st.recursive(
    st.none() | plain | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain | st.just("value"), inner, max_size=3),
    max_leaves=5,
)


def places(node: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for step, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*place, step)
        yield from places(inner, (*place, step))


def replaced(node: Any, place: tuple[Any, ...], by: Any) -> Any:
    """A copy of the content with one part replaced."""
    if not place:
        return by
    if isinstance(node, dict):
        return {key: replaced(inner, place[1:], by) if key == place[0] else inner for key, inner in node.items()}
    return [replaced(inner, place[1:], by) if i == place[0] else inner for i, inner in enumerate(node)]


@given(st.data())
def test_a_file_with_anything_in_it_is_read_or_refused_with_reasons(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(FILES)))
    place = data.draw(st.sampled_from(list(places(FILES[file]))))
    content = replaced(FILES[file], place, data.draw(anything))
    with tempfile.TemporaryDirectory() as folder:
        contract = Path(shutil.copytree(SOUND, Path(folder) / "small-town"))
        (contract / file).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
        problems = check_contract(contract)
        if not any(problem.severity == "error" for problem in problems):
            assert load_contract(contract).hash.startswith("sha256:")
        for problem in problems:
            assert "stand-in" not in str(problem)
            assert problem.found and problem.expected and problem.where
            assert problem.line is None or problem.line >= 1


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=40), st.integers(min_value=0, max_value=2_000))
def test_bytes_gone_wrong_are_refused_with_reasons(file: str, noise: bytes, at: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        contract = Path(shutil.copytree(SOUND, Path(folder) / "small-town"))
        raw = (contract / file).read_bytes()
        (contract / file).write_bytes(raw[:at] + noise + raw[at + len(noise) :])
        problems = check_contract(contract)
        if not any(problem.severity == "error" for problem in problems):
            load_contract(contract)
