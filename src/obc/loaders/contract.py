"""A contract's folder as a `Contract`, or everything that is wrong with it, each with file, line and cure."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.agreement.check import findings
from obc.domain.contract.agreement.contract import Contract, Parts
from obc.domain.contract.agreement.finding import Finding
from obc.domain.contract.agreement.quality import QualitySchedule
from obc.domain.contract.agreement.schedules import Schedules
from obc.domain.contract.transition.check import transition_findings
from obc.domain.contract.transition.transition import Transition
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.data_quality.rules import EvidenceRules
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.domain.money.finance.finance import Finance
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.published import PublishedMapping
from obc.domain.outcomes.adjustment.case_mix import CaseMix
from obc.domain.outcomes.framework.framework import Framework, Reached
from obc.domain.programme.case_for_change.case_file import CaseFile
from obc.domain.programme.case_for_change.check import case_findings
from obc.loaders.places import AGREEMENT, DEFINITIONS, find_contract
from obc.loaders.salvage import Salvaged, read_model
from obc.loaders.validation import nearest_place
from obc.loaders.yaml_nodes import Place

M = TypeVar("M", bound=BaseModel)

FRAMEWORK = "framework.yaml"
PAYMENT = "payment.yaml"
SEGMENTS, PUBLISHED = "segments.yaml", "values.yaml"
FINANCE, CASE = "finance.yaml", "case.yaml"
CASE_MIX, EVIDENCE = "case_mix.yaml", "evidence.yaml"
QUALITY, SCHEDULES, TRANSITION = "quality.yaml", "schedules.yaml", "transition.yaml"
FILES: dict[str, type[BaseModel]] = {
    AGREEMENT: Agreement,
    FRAMEWORK: Framework,
    SEGMENTS: Segmentation,
    PAYMENT: Mechanism,
    PUBLISHED: PublishedMapping,
    FINANCE: Finance,
    CASE_MIX: CaseMix,
    EVIDENCE: EvidenceRules,
    QUALITY: QualitySchedule,
    SCHEDULES: Schedules,
    CASE: CaseFile,
    TRANSITION: Transition,
}
"""The files of a contract's folder, and what each holds."""
FOLDERS: dict[str, type[BaseModel]] = {"indicators": IndicatorDefinition, "codes": CodeList}
"""Its folders: a file each for what it defines of its own, over what obc brings along."""


def load_contract(name: str | Path) -> Contract:
    """The contract in a folder, or the worked contract of that name.

    Raises `Problems` with all errors at once; warnings alone do not stop it.
    """
    return _read(name).contract


def load_case(name: str | Path) -> tuple[Contract, CaseFile | None]:
    """A contract, and what its folder says of its case for change beside the money, where it says anything.

    Raises `Problems` as `load_contract` does.
    """
    read = _read(name)
    return read.contract, read.case


def load_transition(name: str | Path) -> tuple[Contract, Transition]:
    """A contract, and how its folder says the contracts of today go over to it; nothing where it does not say.

    Raises `Problems` as `load_contract` does.
    """
    read = _read(name)
    return read.contract, read.transition or Transition()


class _Read(NamedTuple):
    """What a folder without an error holds."""

    parts: Parts
    case: CaseFile | None
    transition: Transition | None

    @property
    def contract(self) -> Contract:
        """A contract for each who asks: a copy of one would keep the hash that was asked of it."""
        return Contract(**{field: getattr(self.parts, field) for field in Contract.model_fields})


def _read(name: str | Path) -> _Read:
    folder, _ = find_contract(name)
    return _read_as_it_is(str(name), folder.absolute(), _files(folder))


@lru_cache(maxsize=16)  # pages and commands ask for the same few contracts over and over
def _read_as_it_is(name: str, folder: Path, files: tuple[tuple[str, int, int, int], ...]) -> _Read:
    """What a folder holds for as long as no file of it is touched."""
    reading = _Reading(name)
    errors = tuple(problem for problem in reading.problems(None) if problem.severity == "error")
    if errors or reading.parts.agreement is None:
        raise Problems(errors)
    return _Read(reading.parts, reading.case, reading.transition)


def _files(folder: Path) -> tuple[tuple[str, int, int, int], ...]:
    """Every file that a contract may hang on: where it lies, which it is, how long, and when it was written."""
    places = (folder, *(folder / one for one in FOLDERS), *(DEFINITIONS / one for one in FOLDERS))
    found = [one for place in places if place.is_dir() for one in os.scandir(place)]
    stats = [(one.path, one.stat(follow_symlinks=one.is_file())) for one in found]
    return tuple(sorted((path, stat.st_ino, stat.st_size, stat.st_mtime_ns) for path, stat in stats))


def check_contract(name: str | Path, on: date | None = None) -> tuple[Problem, ...]:
    """Every problem of a contract, warnings included, in the order of files and lines. Never raises.

    `on`: the day for which review dates are looked at; without it they are not.
    """
    try:
        return _Reading(name).problems(on)
    except Problems as found:
        return found.problems


class _Reading:
    """One run over a folder: the parts, and where each came from."""

    def __init__(self, name: str | Path):
        self.folder, self.shown = find_contract(name)
        self.read: dict[str, Salvaged[Any]] = {}
        self.strays = list(self._strays())
        agreement = self._file(AGREEMENT, Agreement)
        framework = self._file(FRAMEWORK, Framework)
        segmentation = self._file(SEGMENTS, Segmentation)
        mechanism = self._file(PAYMENT, Mechanism)
        published = self._file(PUBLISHED, PublishedMapping)
        finance = self._file(FINANCE, Finance)
        case_mix = self._file(CASE_MIX, CaseMix)
        evidence = self._file(EVIDENCE, EvidenceRules)
        quality = self._file(QUALITY, QualitySchedule)
        schedules = self._file(SCHEDULES, Schedules)
        self.case = self._file(CASE, CaseFile)
        self.transition = self._file(TRANSITION, Transition)
        definitions = self._named("indicators", IndicatorDefinition, _used(framework, mechanism))
        lists = self._named("codes", CodeList, _words((*definitions, segmentation)))
        self.parts = Parts(
            agreement=agreement,
            framework=framework,
            segmentation=segmentation,
            mechanism=mechanism,
            published=published,
            finance=finance,
            case_mix=case_mix,
            evidence=evidence,
            quality=quality,
            schedules=schedules,
            definitions=definitions,
            code_lists=lists,
            offered=tuple(sorted(_shared("indicators"))),
            unread=tuple(file for file, salvaged in self.read.items() if salvaged.model is None),
        )

    def problems(self, on: date | None) -> tuple[Problem, ...]:
        found = [problem for salvaged in self.read.values() for problem in salvaged.problems]
        found += [placed for finding in self._findings(on) if (placed := self._placed(finding))]
        order = {salvaged.document.file: place for place, salvaged in enumerate(self.read.values())}
        found.sort(key=lambda problem: (order.get(problem.file, len(order)), problem.line or 0))
        return (*self.strays, *found)

    def _findings(self, on: date | None) -> Iterator[Finding]:
        yield from findings(self.parts, on)
        yield from case_findings(self.case, [path.name for path in self.folder.iterdir()])
        yield from transition_findings(self.transition, self.parts)

    def _file(self, file: str, model: type[M]) -> M | None:
        path = self.folder / file
        return self._model(file, path, f"{self.shown}/{file}", model) if path.exists() else None

    def _model(self, file: str, path: Path, shown: str, model: type[M]) -> M | None:
        self.read[file] = read_model(path, shown, model)
        return self.read[file].model

    def _named(self, folder: str, model: type[M], wanted: Iterable[str]) -> tuple[M, ...]:
        """The contract's own definitions, and those of the wanted ids that obc brings along; in order of ids."""
        shared = _shared(folder)
        paths = {name: (shared[name], "definitions") for name in set(wanted) & set(shared)}
        paths |= {path.stem: (path, self.shown) for path in (self.folder / folder).glob("*.yaml")}
        models = []
        for name, (path, shown) in sorted(paths.items()):
            file = f"{folder}/{path.name}"
            models.append(self._model(file, path, f"{shown}/{file}", model))
            self._called_as_its_file(self.read[file], name)
        return tuple(model for model in models if model is not None)

    def _called_as_its_file(self, salvaged: Salvaged[Any], name: str) -> None:
        if salvaged.model is not None and salvaged.model.id != name:
            salvaged.lost |= {name, salvaged.model.id}
            if not salvaged.doubtful(("id",)):
                found = f"'{salvaged.model.id}' in a file called {name}.yaml"
                problem = salvaged.document.problem(("id",), found, f"write '{name}', or rename the file")
                salvaged.problems += (problem,)

    def _strays(self) -> Iterator[Problem]:
        """Files whose name is nearly, but not quite, one that is read."""
        absent = {Path(name).stem: name for name in [*FILES, *FOLDERS] if not (self.folder / name).exists()}
        for path in sorted(self.folder.iterdir()):
            near = get_close_matches(path.stem, absent, n=1, cutoff=0.8)
            if path.name not in [*FILES, *FOLDERS] and near:
                found, expected = f"the name '{path.name}'", f"rename it to '{absent[near[0]]}', or it is not read"
                yield Problem(file=f"{self.shown}/{path.name}", where="the folder", found=found, expected=expected)

    def _placed(self, finding: Finding) -> Problem | None:
        """A finding with its line; None where it may only follow from a mistake that has a message already."""
        lost = set().union(*(one.lost for one in self.read.values())) | {Path(f).stem for f in self.parts.unread}
        doubtful = (self._doubtful(file, at) for file, at in finding.rests_on or ((finding.file, finding.at),))
        if finding.name in lost or any(doubtful):
            return None
        salvaged = self.read.get(finding.file)
        if salvaged is None:
            shown = f"{self.shown}/{finding.file}"
            return Problem(file=shown, where="the file", **finding.model_dump(include=_SAID))
        place = nearest_place(salvaged.document, finding.at)
        return salvaged.document.problem(place, finding.found, finding.expected, severity=finding.severity)

    def _doubtful(self, file: str, at: Place) -> bool:
        return file in self.read and self.read[file].doubtful(at)


_SAID = {"found", "expected", "severity"}


def _shared(folder: str) -> dict[str, Path]:
    """The definitions that obc brings along, by id."""
    return {path.stem: path for path in (DEFINITIONS / folder).glob("*.yaml")}


def _used(framework: Framework | None, mechanism: Mechanism | None) -> Iterator[str]:
    """The ids of the indicators that framework and mechanism speak of."""
    if mechanism is not None:
        yield from (item.indicator for item in mechanism.inputs if item.indicator is not None)
    if framework is not None:
        yield from (use.id for outcome in framework.outcomes for use in outcome.indicators)
        yield from (extra.when.indicator for extra in framework.additional if isinstance(extra.when, Reached))


def _words(models: Iterable[BaseModel | None]) -> Iterator[str]:
    """Every text in the models: among them the names of code lists."""
    for model in models:
        yield from _texts(model.model_dump() if model else None)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list | tuple):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _texts(inner)
