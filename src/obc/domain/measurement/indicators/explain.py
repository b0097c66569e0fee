"""Explaining: why a person is in or out of an indicator, with the days and codes that decided it.

For people who may see the person's record; nothing of this goes into a log, an export or the web database.
"""

from collections.abc import Iterator, Sequence

from obc.domain.measurement.indicators.answers import Answer
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.findings import Finding, UnitResult
from obc.domain.measurement.indicators.phrases import NOUNS, on_day
from obc.domain.measurement.indicators.sentence import UNITS

MARKS = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "not known"}


def explanation(definition: IndicatorDefinition, results: Sequence[UnitResult]) -> str:
    """The reference's results for one person in one period as lines of text."""
    if not results:
        return (
            f"Not counted: no {'time as a member' if definition.events else UNITS[definition.counts]} in this period."
        )
    return "\n".join(line for result in results for line in _unit_lines(definition, result))


def _unit_lines(definition: IndicatorDefinition, result: UnitResult) -> Iterator[str]:
    of = f"segment {result.segment}, provider {result.provider or 'not known'}" if result.segment else "no segment"
    yield f"{definition.counts.capitalize()} {result.unit}, from {on_day(result.anchor)}: {of}"
    yield f"  {_verdict(definition, result)}"
    for finding in result.findings:
        yield from _finding_lines(finding, 1)


def _verdict(definition: IndicatorDefinition, result: UnitResult) -> str:
    if definition.events:
        events = NOUNS[definition.events.events][result.events != 1].removeprefix("a ").removeprefix("an ")
        return f"Counted: {result.days} days, {result.events} {events}."
    if not result.counted:
        return f"Not counted: {result.reason}."
    if result.value is not None:
        return f"Counted, with the score {result.value}."
    answer = {
        Answer.YES: "in the numerator.",
        Answer.NO: "not in the numerator.",
        Answer.UNKNOWN: "not in the numerator, because it is not known.",
    }
    return f"Counted, {answer[result.answer]}" if result.answer else "Counted."


def _finding_lines(finding: Finding, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {MARKS[finding.answer]}: {finding.asked}"
    for because in finding.because:
        yield f"{'  ' * (depth + 1)}{because}"
    for part in finding.parts:
        yield from _finding_lines(part, depth + 1)
