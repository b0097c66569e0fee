"""Small finance files for tests: one sound text, and ways to change it."""

from pathlib import Path

from obc.domain.money.finance.finance import Finance
from obc.loaders.contract import load_case, load_contract
from obc.loaders.validation import validate
from obc.loaders.yaml_nodes import read_yaml

WORKED = "oxfordshire-mental-health"

SMALL = """\
base year: 2019/20
years: [2020/21, 2021/22]
services:
  - {id: wards, title: Wards, spend: 800k, scope: in, funded by: clusters, provider: home-team}
  - {id: homes, title: Homes, spend: 300k, scope: {in: 200k, later: 100k}, provider: day-centre}
  - {id: drugs, title: Drugs, spend: 50k, scope: influence}
  - {id: children, title: Children, spend: 150k, scope: out}
growth:
  - {id: prices, title: Prices, rate: {value: 2 %, source: test}}
  - {id: people, title: People, rate: {value: 1 %, source: test}}
efficiency: {title: Target, rate: {value: 4 %, source: test}}
envelope: {uplift: {value: 0, source: test}}
savings:
  taken from: model
  assumptions:
    - {id: fewer, title: Fewer spells, reduces: [1, 2], cumulative: [10 %, 20 %]}
    - {id: milder, title: Milder, steps down: [2, 1], cumulative: [5 %, 10 %]}
  clusters:
    - {cluster: 1, title: Mild, spells: 1_000, unit cost: 100}
    - {cluster: 2, title: Severe, spells: 500, unit cost: 1_000}
  behaviour: {variable: 100 %, stepped: 0, fixed: 0, step: 0}
"""


def finance(tmp_path: Path, *changes: tuple[str, str], text: str = SMALL) -> Finance:
    """The sound file with parts of its text replaced; fails with every problem it has."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "finance.yaml"
    path.write_text(text, encoding="utf-8")
    made, problems = validate(read_yaml(path), Finance)
    assert made is not None and not problems, "\n".join(map(str, problems))
    return made


def worked() -> Finance:
    """The finance file of the worked contract."""
    found = load_contract(WORKED).finance
    assert found is not None
    return found


def worked_case_file():
    """The case file of the worked contract."""
    found = load_case(WORKED)[1]
    assert found is not None
    return found
