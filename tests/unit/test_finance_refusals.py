"""What a finance file and a case file may not say: one change to a sound file, and the words of the message."""

from pathlib import Path

import pytest

from finance_samples import SMALL, worked, worked_case_file
from obc.domain.contract.agreement.check_finance import finance_findings
from obc.domain.contract.agreement.contract import Contract, Parts
from obc.domain.core.kernel.problem import Problems
from obc.domain.money.finance.finance import Finance
from obc.domain.programme.case_for_change.case_file import CaseFile
from obc.domain.programme.case_for_change.check import case_findings
from obc.domain.programme.case_for_change.questions import Rest
from obc.loaders.contract import load_contract
from obc.loaders.validation import validate
from obc.loaders.yaml_nodes import read_yaml
from obc.services.case import compare_cases, make_case

CAPITATION = """capitation:
  population:
    cohort: Everybody
    count: registered
    groups: [{group: adults, title: Adults, weight: 1}]
    areas:
      - {area: town, title: Town, deprivation: 1, need: 1, registered: {adults: 1_000}, resident: {adults: 900}}
    in year changes: [{month: 7, area: town, group: adults, people: 10}]
  price index: {value: 2 %, source: test}
  people growth: {value: 1 %, source: test}
  pace of change: {least: 0, most: 3 %}
  high cost:
    truncate at: 100k
    stop loss: {above: 80k, commissioner bears: 50 %, at most: 200k}
    people by cost: [{cost: 90k, people: 2}, {cost: 150k, people: 1}]
"""
PRINTED = """  printed:
    source: test
    clusters: [{cluster: 1, title: Mild, amounts: [10k, 20k]}]
    totals: [10k, 20k]
printed:
  - {line: do nothing, amounts: [0, 0, 0], source: test}
"""
TODAY = """today:
  contracts stated: 1
  providers stated: 1
  ends: 2021-03-31
  notice: 12 months
  contracts: [{id: one, services: [wards], provider: home-team}]
"""
RANGES = """ranges:
  - {driver: months late, low: 0, likely: 3, high: 12, source: test}
"""
WHOLE = SMALL + PRINTED + CAPITATION + TODAY + RANGES

REFUSED = [
    ("scope: influence}", "scope: {whole: in, later: 5k}}", "a scope for the whole and amounts as well"),
    ("[2020/21, 2021/22]", "[2021/22, 2022/23]", "2021/22 after the base year 2019/20"),
    ("rate: {value: 4 %, source: test}", "rate: {value: 104 %, source: test}", "write a share from 0 % to 100 %"),
    ("rate: {value: 1 %, source: test}", "rate: {value: 1 %, from: 2022, source: test}", "no value before 2022"),
    ("reduces: [1, 2], cumulative: [10 %, 20 %]", "reduces: [1, 2], cumulative: [10 %]", "1 shares for 2 years"),
    ("reduces: [1, 2],", "reduces: [1, 2], steps down: [2, 1],", "both or neither of 'reduces' and 'steps down'"),
    ("steps down: [2, 1]", "steps down: [2]", "a step down from one cluster"),
    ("reduces: [1, 2]", "reduces: [1, 1]", "a cluster that is named twice"),
    ("reduces: [1, 2]", "reduces: [1, 7]", "cluster 7, which has no spells"),
    ("{cluster: 2, title: Severe", "{cluster: 1, title: Severe", "cluster"),
    ("variable: 100 %", "variable: 90 %", "shares of 90 %"),
    ("variable: 100 %, stepped: 0", "variable: 50 %, stepped: 50 %", "steps of nothing"),
    ("  behaviour: {variable: 100 %, stepped: 0, fixed: 0, step: 0}\n", "", "'model', but no clusters to model"),
    ("amounts: [10k, 20k]", "amounts: [10k]", "1 amounts for 2 years"),
    ("totals: [10k, 20k]", "totals: [10k, 20k, 30k]", "3 totals for 2 years"),
    ("amounts: [0, 0, 0]", "amounts: [0, 0]", "'do nothing' has 3"),
    ("registered: {adults: 1_000}", "registered: {children: 1_000}", "the group 'children', which is nowhere"),
    ("people: 10}", "people: 0}", "a movement of nobody"),
    ("area: town, group: adults", "area: city, group: adults", "the area 'city', which is nowhere"),
    ("registered: {adults: 1_000}", "registered: {adults: 0}", "a cohort of nobody"),
    ("least: 0, most: 3 %", "least: 5 %, most: 3 %", "write the least change first"),
    ("at most: 200k", "at most: 70k", "a limit below where it begins"),
    ("{cost: 150k, people: 1}", "{cost: 80k, people: 1}", "80k after 90k"),
    ("services: [wards]", "services: [wodds]", "the service 'wodds', which is nowhere"),
    ("driver: months late, low: 0", "driver: months late, low: -1", "'months late' is 0 or more"),
    ("months late, low: 0, likely: 3, high: 12", "unmet demand, low: 0, likely: 1, high: 2", "100 % at most"),
    (RANGES, RANGES + RANGES.splitlines()[1] + "\n", "'months late' twice"),
]

CASE = """questions:
  - {id: ready, asks: Ready?, answer: open, why: test, next: go, source: test}
literature:
  studies:
    - {id: one, title: One, place: here, population: all, benefits: [cost], saving: {low: 5 %, high: 10 %},
       methods: [capitation], source: test}
  adjustments:
    - {studies: [one], saving: {low: 5 %, high: 10 %}, weight: 50 %, because: test, used: yes, source: test}
practices:
  what: referrals
  source: test
  practices: [{practice: a, referred: 5, people: 100}, {practice: b, referred: 6, people: 100}]
appraisal:
  scored by: nobody
  source: test
  weights: {cost: 40 %, benefit: 20 %, deliverability: 20 %, strategic fit: 20 %}
  options:
"""
SCORES = """      scores:
        - {criterion: benefit, score: 1, because: test}
        - {criterion: deliverability, score: 1, because: test}
        - {criterion: strategic fit, score: 1, because: test}
"""
OPTIONS = ("do nothing", "do nothing with efficiency savings", "outcomes based")
CASE += "".join(f"    - option: {name}\n{SCORES}" for name in OPTIONS)

CASE_REFUSED = [
    (
        "answer: open, why: test",
        "answer: open, evidence: [{file: a, figure: b}], why: test",
        "evidence that is not one",
    ),
    ("saving: {low: 5 %, high: 10 %},\n", "saving: {low: 5 %},\n", "a saving with neither or both"),
    ("saving: {low: 5 %, high: 10 %},\n", "saving: {low: 15 %, high: 10 %},\n", "write the lower end first"),
    ("studies: [one]", "studies: [two]", "the study 'two', which is nowhere"),
    ("referred: 5, people: 100", "referred: 500, people: 100", "500 of 100 people"),
    ("cost: 40 %", "cost: 50 %", "weights of 110 %"),
    ("option: outcomes based", "option: do nothing", "score each once"),
    ("{criterion: benefit, score: 1", "{criterion: deliverability, score: 1", "each once; cost comes from"),
    ("questions:\n", "questions:\n  - {id: ready, asks: A, answer: no, why: b, next: c, source: d}\n", "'ready' twice"),
]


def messages(path: Path, text: str, model) -> str:
    path.write_text(text)
    return "\n".join(str(problem) for problem in validate(read_yaml(path), model)[1])


def test_the_whole_file_is_sound(tmp_path):
    assert messages(tmp_path / "finance.yaml", WHOLE, Finance) == ""
    assert messages(tmp_path / "case.yaml", CASE, CaseFile) == ""


@pytest.mark.parametrize(("old", "new", "words"), REFUSED, ids=lambda text: text[:24])
def test_a_finance_file_may_not_say_that(old, new, words, tmp_path):
    assert old in WHOLE
    assert words in messages(tmp_path / "finance.yaml", WHOLE.replace(old, new, 1), Finance)


@pytest.mark.parametrize(("old", "new", "words"), CASE_REFUSED, ids=lambda text: text[:24])
def test_a_case_file_may_not_say_that(old, new, words, tmp_path):
    assert old in CASE
    assert words in messages(tmp_path / "case.yaml", CASE.replace(old, new, 1), CaseFile)


def test_savings_taken_from_a_table_need_the_table(tmp_path):
    text = SMALL.replace("taken from: model", "taken from: printed")
    assert "'printed', but no printed savings" in messages(tmp_path / "finance.yaml", text, Finance)


def test_a_case_of_other_years_than_the_contracts_is_warned_of():
    contract = load_contract("oxfordshire-mental-health")
    late = worked().model_copy(update={"base_year": 2030, "years": (2031, 2032, 2033, 2034, 2035)})
    found = list(finance_findings(Parts(agreement=contract.agreement, finance=late)))
    assert [one.severity for one in found] == ["warning"]
    assert "the contract begins on 1 April 2014" in found[0].expected


def test_a_priced_segment_must_be_one_of_the_contracts():
    contract = load_contract("oxfordshire-mental-health")
    assert contract.segmentation is not None
    fewer = contract.segmentation.model_copy(update={"segments": contract.segmentation.segments[1:]})
    found = list(finance_findings(Parts(segmentation=fewer, finance=worked())))
    assert [one.name for one in found] == ["psychosis"]


def test_evidence_must_be_a_figure_that_a_case_has():
    file = worked_case_file()
    known = ["framework.yaml", "payment.yaml"]
    assert list(case_findings(file, known)) == []
    question = file.questions[1]
    broken = question.model_copy(update={"evidence": (Rest(figure="servces"),)})
    found = list(case_findings(file.model_copy(update={"questions": (broken,)}), known))
    assert [one.expected for one in found] == ["did you mean 'services'?"]


def test_two_cases_need_two_finance_files():
    contract = load_contract("oxfordshire-mental-health")
    bare = Contract(agreement=contract.agreement)
    for call in (lambda: make_case(bare, None), lambda: compare_cases(contract, bare)):
        with pytest.raises(Problems, match="write services, growth, savings and envelope"):
            call()
