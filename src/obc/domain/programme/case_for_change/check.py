"""Whether what a case rests on is there."""

from collections.abc import Collection, Iterator

from obc.domain.contract.agreement.finding import Finding, not_found
from obc.domain.programme.case_for_change.case import FIGURES
from obc.domain.programme.case_for_change.case_file import CaseFile

FILE = "case.yaml"


def case_findings(file: CaseFile | None, files: Collection[str]) -> Iterator[Finding]:
    """Evidence in `files` that the folder does not hold, and figures that no case has."""
    for i, question in enumerate(file.questions if file else ()):
        for j, rest in enumerate(question.evidence):
            at = ("questions", i, "evidence", j)
            if rest.file is not None and rest.file not in files:
                yield not_found(FILE, (*at, "file"), rest.file, "file", tuple(sorted(files)))
            if rest.figure is not None and rest.figure not in FIGURES:
                yield not_found(FILE, (*at, "figure"), rest.figure, "figure", FIGURES)
