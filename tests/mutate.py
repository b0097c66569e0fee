"""Mutation run: small faults put into scoring and payment, one at a time. The tests must notice each.

`python tests/mutate.py` mutates everything; `python tests/mutate.py curve.py --sample 20` some of one file.
Prints the score and every fault that survived, and writes both to docs/reference/mutation.md. A mutant is compiled
from a changed syntax tree in a forked child, so that no file is ever touched.
"""

import argparse
import ast
import copy
import importlib.util
import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("src/obc/domain/outcomes/scoring", "src/obc/domain/money/payment")
TESTS = (
    "tests/spec/scoring",
    "tests/spec/payment",
    "tests/spec/settlement",
    "tests/unit/test_payment_mechanism.py",
    "tests/unit/test_framework.py",
    "tests/unit/test_statement.py",
    "tests/unit/test_replay.py",
    "tests/unit/test_published_mapping.py",
)
SECONDS = 60
"""A mutant that runs longer is stuck, which the tests notice too."""

COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
            ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}  # fmt: skip
WORKED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
          ast.BitAnd: ast.BitOr}  # fmt: skip


def faults(node: ast.AST) -> Iterator[ast.AST]:
    """The faults that one node of the tree can have."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            yield _with(node, ops=[COMPARED[type(op)]()])
        case ast.BinOp(op=op) if type(op) in WORKED:
            yield _with(node, op=WORKED[type(op)]())
        case ast.BoolOp(op=op):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield _with(node, body=orelse, orelse=body)
        case ast.If(test=test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.Constant(value=bool(value)):
            yield _with(node, value=not value)
        case ast.Constant(value=int(value)):
            yield _with(node, value=value + 1)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _with(node, value=ast.Constant(None))


def _with(node: ast.AST, **changes: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed


class _Replace(ast.NodeTransformer):
    def __init__(self, place: int, fault: ast.AST):
        self.place, self.fault, self.at = place, fault, -1

    def visit(self, node: ast.AST) -> ast.AST:
        self.at += 1
        if self.at == self.place:
            self.place = -2
            return ast.copy_location(self.fault, node)
        return self.generic_visit(node)


def _silent(tree: ast.Module) -> set[ast.AST]:
    """Annotations: types that nobody looks at when the code runs."""
    quiet: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.AnnAssign | ast.arg):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.returns]
        for part in parts:
            quiet |= set(ast.walk(part)) if part else set()
    return quiet


def mutants(path: Path) -> Iterator[tuple[str, ast.Module]]:
    """Every mutant of a file: what was changed, and the tree."""
    tree = ast.parse(path.read_text())
    silent = _silent(tree)
    order: list[ast.AST] = []

    class Number(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            order.append(node)
            return self.generic_visit(node)

    Number().visit(tree)
    for place, node in enumerate(order):
        if node in silent:
            continue
        for fault in faults(node):
            changed = _Replace(place, copy.deepcopy(fault)).visit(copy.deepcopy(tree))
            said = f"{path.name}:{node.lineno}: {_line(node)}  →  {_line(fault)}"  # type: ignore[attr-defined]
            yield said, ast.fix_missing_locations(changed)


def _line(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0][:90]


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


def noticed(name: str, tree: ast.Module | None) -> bool:
    """Whether the tests fail with this tree in the place of the module; without a tree, whether they fail at all."""
    child = os.fork()
    if child == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        signal.alarm(SECONDS)
        if tree is not None:
            sys.meta_path.insert(0, _Mutated(name, tree))  # type: ignore[arg-type]
        import pytest

        near = [str(path) for path in ROOT.glob(f"tests/spec/*/test_{name.rpartition('.')[2]}.py")]
        every = [str(ROOT / test) for test in TESTS]
        for tests in ([near] if near and tree else []) + [every]:
            failed = pytest.main(["-x", "-q", *tests])
            if failed:
                os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def main() -> int:
    """Run the mutants; 1 where the tests fail without any."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", help="names of files; all where none is given")
    parser.add_argument("--sample", type=int, help="so many mutants a file, the same ones every time")
    parser.add_argument("--write", type=Path, help="a page for the result")
    given = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    # The heavy libraries are loaded once; every child inherits them.
    import duckdb  # noqa: F401
    import numpy  # noqa: F401
    import pydantic  # noqa: F401
    import sqlglot  # noqa: F401
    import yaml  # noqa: F401

    if noticed("", None):
        print("the tests fail without any fault: mend them first")
        return 1
    survived, total = [], 0
    for path in sorted(file for room in ROOMS for file in (ROOT / room).glob("*.py")):
        if path.name == "__init__.py" or (given.files and path.name not in given.files):
            continue
        name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        found = list(mutants(path))
        if given.sample:
            found = random.Random(path.name).sample(found, min(given.sample, len(found)))
        left = [said for said, tree in found if not noticed(name, tree)]
        total += len(found)
        survived += left
        print(f"{path.name}: {len(found) - len(left)} of {len(found)} noticed", flush=True)
        for said in left:
            print(f"  survived {said}", flush=True)
    print(f"{total - len(survived)} of {total} faults were noticed")
    if given.write:
        lines = [f"{total - len(survived)} of {total} faults in scoring and payment were noticed by the tests.", ""]
        lines += ["Not noticed:", "", *(f"- `{said}`" for said in survived)] if survived else []
        given.write.write_text("# Mutation run\n\n" + "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
