"""A contract is in the phase that its last passed gate opened."""

import pytest

from obc.domain.programme.gates.portfolio import next_gate, phase_of
from obc.domain.programme.gates.process import Process
from obc.loaders.governance import PROCESS
from obc.loaders.whole import read_whole
from programme_samples import DAY, gate

PASSED = {"state": "passed", "decision": {"says": "go", "by": "chair", "on": DAY, "because": "good"}}
STOPPED = {"state": "stopped", "decision": {"says": "stop", "by": "chair", "on": DAY, "because": "bad"}}


def test_there_are_three_phases_before_business_as_usual_and_seven_steps():
    process = read_whole(PROCESS, Process)
    assert [one.id for one in process.phases] == ["phase-1", "phase-2", "phase-3", "business-as-usual"]
    assert len(process.steps) == 7 and [one.id for one in process.steps if one.phase is None] == ["governance"]


@pytest.mark.parametrize(
    ("first", "second", "phase", "coming"),
    [
        ({}, {}, "phase-1", "first"),
        (PASSED, {}, "phase-2", "second"),
        (PASSED, STOPPED, "phase-2", "second"),
        (PASSED, PASSED, "phase-3", None),
        (PASSED, PASSED | {"state": "passed with conditions"}, "phase-3", None),
    ],
)
def test_the_phase_of_a_contract_and_its_next_gate(first, second, phase, coming):
    gates = [
        gate(id="first", leads_to="phase-2", due="2014-01-01", **first),
        gate(id="second", leads_to="phase-3", due="2014-06-01", **second),
        gate(id="of-another", leads_to="business-as-usual", contract="other", **PASSED),
    ]
    assert phase_of("care", gates, read_whole(PROCESS, Process)) == phase
    found = next_gate("care", gates)
    assert (found.id if found else None) == coming
