"""The tests, collected once in a warmed process; each fault is tried in a fork of it, on the tests that touch it."""

import ast
import functools
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

import coverage
import pytest

from mutation.faults import Mutant

SURVIVED, NOTICED, NOT_PLACED = 0, 1, 2
"""What a fork ends with. Not placed: the fault acts while modules are imported, and has to be tried from cold."""


class Touched(NamedTuple):
    """A test that passes: how long it takes, and the lines it runs, by file."""

    name: str
    seconds: float
    lines: dict[str, set[int]]


class Warmed:
    """A pytest plugin: in the place of running the tests, it tries the mutants. `results` by place of the mutant.

    Make it before anything of the project is imported: it notes which lines run until the tests are collected.
    """

    def __init__(self, listed: Sequence[tuple[Path, Mutant]], workers: int):
        self.listed, self.workers = listed, workers
        self.results: list[int] = []
        self.failed: list[str] = []
        self.files = {str(path) for path, _ in listed}
        self.importing = _measure(self.files)
        self.importing.start()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In the place of pytest's own loop."""
        self.importing.stop()
        early = {path: set(self.importing.get_data().lines(path) or ()) for path in self.files}
        items = {item.nodeid: item for item in session.items}
        _caches()
        touched, self.failed = _baseline(list(items.values()), self.files)
        if not self.failed:
            live = dict(_functions(self.files))
            touched = sorted(touched, key=lambda test: test.seconds)
            gc.freeze()
            trials = [_trial(path, mutant, touched, items, live, early[str(path)]) for path, mutant in self.listed]
            self.results = forked(trials, self.workers, [mutant.said for _, mutant in self.listed])
        return True


class _Failures:
    """Notes which tests fail, and which are skipped."""

    def __init__(self) -> None:
        self.failed, self.skipped = False, False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed
        self.skipped |= report.skipped


def _baseline(items: list[pytest.Item], files: set[str]) -> tuple[list[Touched], list[str]]:
    """What each test touches without any fault, and the tests that fail. In a fork, so that nothing of it stays."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with open(writing, "w") as out:  # noqa: PTH123 - a descriptor
            json.dump(_contexts(items, files), out)
        os._exit(0)
    os.close(writing)
    with open(reading) as given:  # noqa: PTH123
        tests, failed = json.load(given)
    os.waitpid(child, 0)
    return [Touched(n, s, {path: set(numbers) for path, numbers in lines.items()}) for n, s, lines in tests], failed


def _measure(files: set[str]) -> coverage.Coverage:
    return coverage.Coverage(data_file=None, config_file=False, include=sorted(files))


def _contexts(items: list[pytest.Item], files: set[str]) -> tuple[list[object], list[str]]:
    measured = _measure(files)
    measured.start()
    seconds: dict[str, float] = {}
    failed = []
    for item in items:
        _forget()  # what an earlier test left in a cache would hide what this one touches
        measured.switch_context(item.nodeid)
        began = time.process_time()
        seen = _run(item, None)
        if seen.failed:
            failed.append(item.nodeid)
        elif not seen.skipped:
            seconds[item.nodeid] = time.process_time() - began
    measured.stop()
    lines: dict[str, dict[str, list[int]]] = {name: {} for name in seconds}
    for path in measured.get_data().measured_files():
        for line, names in measured.get_data().contexts_by_lineno(path).items():
            for name in names:
                if name in lines:
                    lines[name].setdefault(path, []).append(line)
    return [(name, seconds[name], lines[name]) for name in seconds], failed


def _run(item: pytest.Item, then: pytest.Item | None) -> _Failures:
    seen = _Failures()
    item.config.pluginmanager.register(seen)
    try:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=then)
    finally:
        item.config.pluginmanager.unregister(seen)
    return seen


def _forget() -> None:
    """Empty every cache of a function."""
    for cached in _caches():
        cached.cache_clear()


@functools.cache
def _caches() -> list[functools._lru_cache_wrapper]:
    """The project's functions that remember; found once, when all is imported."""
    found = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    return [one for one in found if str(one.__module__).startswith("obc")]


Key = tuple[str, str, int]


def _functions(files: set[str]) -> Iterator[tuple[Key, list[FunctionType]]]:
    found: dict[Key, list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in files:
            made = one.__code__
            found.setdefault((made.co_filename, made.co_qualname, made.co_firstlineno), []).append(one)
    yield from found.items()


def _compiled(tree: ast.Module, path: Path, qualified: str, line: int) -> CodeType | None:
    waiting = [compile(tree, str(path), "exec")]
    while waiting:
        code = waiting.pop()
        if (code.co_qualname, code.co_firstlineno) == (qualified, line):
            return code
        waiting += [part for part in code.co_consts if isinstance(part, CodeType)]
    return None


def _trial(
    path: Path,
    mutant: Mutant,
    touched: Sequence[Touched],
    items: dict[str, pytest.Item],
    live: dict[Key, list[FunctionType]],
    early: set[int],
) -> Callable[[], int]:
    """What a fork has to do: put the fault in place, then run the tests that touch its lines, quickest first.

    A fault in lines that ran `early`, while modules were imported, may have survived only because it came too late.
    """

    def trial() -> int:
        if mutant.within is None:
            return NOT_PLACED
        key = (str(path), mutant.within.qualified, mutant.within.line)
        code = _compiled(mutant.tree, path, mutant.within.qualified, mutant.within.line)
        if code is None or key not in live:
            return NOT_PLACED
        for function in live[key]:
            if len(function.__code__.co_freevars) != len(code.co_freevars):
                return NOT_PLACED
            function.__code__ = code
        _forget()
        chosen = [test for test in touched if test.lines.get(str(path), set()) & set(mutant.lines)]
        signal.setitimer(signal.ITIMER_PROF, 5 + 10 * sum(test.seconds for test in chosen))
        order = [items[test.name] for test in chosen]
        for item, then in zip(order, [*order[1:], None], strict=True):
            if _run(item, then).failed:
                return NOTICED
        return NOT_PLACED if early & set(mutant.lines) else SURVIVED

    return trial


def forked(trials: Sequence[Callable[[], int]], workers: int, names: Sequence[str]) -> list[int]:
    """Each trial in a fork of its own, so many at a time; what they end with. A fork that is stuck has noticed.

    Says the name of each that has survived as soon as it has: a run takes its time.
    """
    results = [NOTICED] * len(trials)

    def collect() -> None:
        child, status = os.wait()
        place = running.pop(child)
        results[place] = os.WEXITSTATUS(status) if os.WIFEXITED(status) else NOTICED
        if results[place] == SURVIVED:
            print(f"survived: {names[place]}", flush=True)

    running: dict[int, int] = {}
    for place, trial in enumerate(trials):
        if len(running) == workers:
            collect()
        child = os.fork()
        if child == 0:
            _silence()
            code = NOTICED
            try:
                code = trial()
            finally:
                os._exit(code)
        running[child] = place
    while running:
        collect()
    return results


def _silence() -> None:
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.dup2(sink, sys.stderr.fileno())
