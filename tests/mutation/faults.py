"""The small faults that a mutation run puts into a file, one at a time."""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
            ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}  # fmt: skip
WORKED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
          ast.BitAnd: ast.BitOr}  # fmt: skip
NAMED = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "lesser": "greater",
         "greater": "lesser"}  # fmt: skip
"""Names that are swapped for their opposites, also as attributes."""


class Function(NamedTuple):
    """The outermost function that a node stands in: what Python calls it, and its first line."""

    qualified: str
    line: int


class Mutant(NamedTuple):
    """A file with one fault. `within` is None where the fault acts while the module is imported."""

    said: str
    line: int
    lines: range
    within: Function | None
    tree: ast.Module


def faults(node: ast.AST) -> Iterator[ast.AST]:
    """The faults that one node of the tree can have."""
    match node:
        case ast.Compare(ops=ops):
            for i, op in enumerate(ops):
                if type(op) in COMPARED:
                    yield _with(node, ops=[*ops[:i], COMPARED[type(op)](), *ops[i + 1 :]])
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in WORKED:
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
        case ast.Name(id=name) if name in NAMED:
            yield _with(node, id=NAMED[name])
        case ast.Attribute(attr=name) if name in NAMED:
            yield _with(node, attr=NAMED[name])


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


class _Numbered(ast.NodeVisitor):
    """Every node in the order in which `_Replace` meets it, with where it stands."""

    def __init__(self) -> None:
        self.found: list[tuple[ast.AST, Function | None, range]] = []
        self._names: list[str] = []
        self._within: Function | None = None
        self._lines = range(0)

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt):
            last = node.body[0].lineno - 1 if hasattr(node, "body") else node.end_lineno
            self._lines = range(node.lineno, max(last or 0, node.lineno) + 1)
        self.found.append((node, self._within, self._lines))
        kept = self._lines
        named = isinstance(node, ast.ClassDef | ast.FunctionDef)
        if named:
            self._names.append(node.name)
        for field, value in ast.iter_fields(node):
            outer = self._within
            if isinstance(node, ast.FunctionDef) and field == "body" and outer is None:
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                self._within = Function(".".join(self._names), first)
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    self.visit(child)
                    self._lines = kept
            self._within = outer
        if named:
            self._names.pop()


def _silent(tree: ast.Module) -> set[ast.AST]:
    """What no test can see: annotations, and the `strict=True` of a zip, a guard that never bites."""
    quiet: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.keyword) and node.arg == "strict":
            parts = [node]
        elif isinstance(node, ast.AnnAssign | ast.arg):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.returns]
        for part in parts:
            quiet |= set(ast.walk(part)) if part else set()
    return quiet


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file. One that reads like another in the same function is numbered."""
    tree = ast.parse(path.read_text())
    silent = _silent(tree)
    numbered = _Numbered()
    numbered.visit(tree)
    seen: Counter[str] = Counter()
    for place, (node, within, lines) in enumerate(numbered.found):
        if node in silent:
            continue
        for fault in faults(node):
            where = f"{path.name} {within.qualified}" if within else path.name
            said = f"{where}: {_told(node)} → {_told(fault)}"
            seen[said] += 1
            said += f" ({seen[said]})" if seen[said] > 1 else ""
            changed = _Replace(place, copy.deepcopy(fault)).visit(copy.deepcopy(tree))
            yield Mutant(said, node.lineno, lines, within, ast.fix_missing_locations(changed))


def _told(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0][:90]
