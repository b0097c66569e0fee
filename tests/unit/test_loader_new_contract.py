"""A new contract works at once, and is written as a whole or not at all."""

import shutil
from pathlib import Path

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.loaders import new_contract as module
from obc.loaders.contract import check_contract, load_contract
from obc.loaders.new_contract import new_contract


def test_a_new_contract_works_at_once_and_has_its_own_name(tmp_path: Path) -> None:
    files = new_contract(tmp_path / "our-town")
    assert [path.name for path in files] == ["contract.yaml", "framework.yaml", "payment.yaml", "segments.yaml"]
    assert check_contract(tmp_path / "our-town") == ()
    contract = load_contract(tmp_path / "our-town")
    assert contract.id == "our-town"
    assert contract.segmentation is not None and contract.segmentation.id == "our-town"
    assert [path.name for path in tmp_path.iterdir()] == ["our-town"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "our-town").mkdir()
    (tmp_path / "our-town" / "contract.yaml").write_text("mine")
    with pytest.raises(Problems, match="something of that name already"):
        new_contract(tmp_path / "our-town")
    assert (tmp_path / "our-town" / "contract.yaml").read_text() == "mine"


def test_a_name_that_is_no_id_is_answered_with_one(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="use lower-case words joined by hyphens: 'our-town'"):
        new_contract(tmp_path / "Our Town!")
    with pytest.raises(Problems, match="'our-town'"):
        new_contract(tmp_path / "???")


def test_no_place_to_write(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="name another place"):
        new_contract(tmp_path / "absent" / "our-town")


def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, *_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(Problems, match="No space left on device"):
        module.new_contract(tmp_path / "our-town")
    assert list(tmp_path.iterdir()) == []
