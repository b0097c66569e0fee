"""A fault tried from cold: the tests are collected anew with the changed module in its place."""

import ast
import importlib.util
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from mutation.faults import Mutant
from mutation.warmed import NOTICED, SURVIVED

SECONDS = 120
"""A fault that takes more processor time is stuck, which the tests notice too."""


class _Mutated:
    """An importer that gives the changed tree for one module, and leaves the rest to the others."""

    def __init__(self, name: str, tree: ast.Module):
        self.name, self.tree = name, tree

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: object) -> None:
        exec(compile(self.tree, self.name, "exec"), module.__dict__)  # type: ignore[attr-defined]


def cold(path: Path, name: str, mutant: Mutant, tests: Sequence[str], root: Path) -> Callable[[], int]:
    """What a fork has to do that has not imported the project: the tests of the file's own name, then all."""

    def trial() -> int:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        sys.meta_path.insert(0, _Mutated(name, mutant.tree))  # type: ignore[arg-type]
        import pytest

        near = [str(found) for found in sorted(root.glob(f"tests/spec/*/test_{path.stem}.py"))]
        for chosen in ([near] if near else []) + [list(tests)]:
            if pytest.main(["-x", "-q", "--tb=no", *chosen]):
                return NOTICED
        return SURVIVED

    return trial
