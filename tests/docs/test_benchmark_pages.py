"""The pages on speed and cost say what was measured, and every benchmark of the budget can be run."""

import sys

import yaml

from places import ROOT

BENCHMARKS = ROOT / "benchmarks"


def test_the_pages_say_what_was_measured(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
    import pages

    found = pages.pages()
    assert len(found) == 2
    for path, text in found.items():
        assert path.read_text(encoding="utf-8") == text, f"run: python benchmarks/pages.py, for {path.name}"


def test_every_budget_names_a_benchmark_and_what_it_is_held_against():
    budget = yaml.safe_load((BENCHMARKS / "budget.yaml").read_text(encoding="utf-8"))
    assert budget["four proportions"]["large"]["times"] == 0.6
    for name, told in budget.items():
        assert (BENCHMARKS / told["run"]).is_file(), name
        assert told.get("floor") or told.get("peer"), name
        for size in {"small", "large"} & told.keys():
            if "times" in told[size]:
                assert (
                    "--times"
                    in (BENCHMARKS / told["run"]).read_text() + (BENCHMARKS / "records_at_scale.py").read_text()
                )
