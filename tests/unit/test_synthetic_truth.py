"""The truth file: what it says for a group and year, its dials, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from obc.loaders.yaml_nodes import read_yaml
from obc.synthetic.model import Shares
from obc.synthetic.truth import Truth
from shipped import DEFINITIONS
from synthetic_county import IN_SCOPE, oxfordshire

SHARES = Shares.model_validate({"psychosis": [0.2, 0.3, 0.5], "others": 0.1})


@pytest.mark.parametrize(
    ("group", "year", "improvement", "value"),
    [
        ("psychosis", -1, 1, 0.2),  # before the baseline year: the baseline
        ("psychosis", 0, 1, 0.2),
        ("psychosis", 1, 1, 0.3),
        ("psychosis", 2, 1, 0.5),
        ("psychosis", 7, 1, 0.5),  # the last figure holds
        ("psychosis", 2, 0, 0.2),  # nothing improves
        ("psychosis", 2, 0.5, 0.35),
        ("psychosis", 2, 9, 1.0),  # never beyond everybody
        ("organic", 2, 1, 0.1),
    ],
)
def test_value_by_group_year_and_dial(group: str, year: int, improvement: float, value: float) -> None:
    assert SHARES.value(group, year, improvement) == pytest.approx(value)


def test_shipped_truth_improves_by_default_and_stands_still_when_dialled_to_nothing() -> None:
    truth, still = oxfordshire(), oxfordshire().dialled(0)
    for group in IN_SCOPE:
        assert truth.home.value("settled a year after", group, 3) > truth.home.value("settled a year after", group, 0)
        assert still.home.value("settled a year after", group, 3) == truth.home.value("settled a year after", group, 0)
    assert all(section.improvement == 0 for section in still.sections)


def test_nine_providers_six_localities_five_districts() -> None:
    county = oxfordshire().county
    assert (len(county.providers), len(county.localities), len(county.districts)) == (9, 6, 5)
    assert [district.deprivation for district in county.districts] == [12.62, 14.42, 8.55, 9.47, 10.15]


def _changed(change: Callable[[dict[str, Any]], object]) -> str:
    content = read_yaml(DEFINITIONS / "synthetic" / "oxfordshire.yaml").content
    change(content)
    with pytest.raises(ValidationError) as refused:
        Truth.model_validate(content)
    assert refused.value.error_count() == 1, str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t["home"]["settled at diagnosis"].pop("others"), "no value for 'others'"),
        (lambda t: t["home"]["settled at diagnosis"].update(psychosis="1.2"), "psychosis at 1.2"),
        (lambda t: t["functioning"]["reviewed"].update(psychosis=["0.9", "0.8"]), "can only rise"),
        (lambda t: t["living longer"]["suicides"].update(psychosis="40"), "more suicides than deaths"),
        (lambda t: t["timely access"]["gatekept"].update(psychosis="0"), "at least 0.05"),
        (lambda t: t["carers"]["strain"].update(psychosis="25"), "at most 19"),
        (lambda t: t["groups"][0].update(share="0.5"), "groups whose shares add up to 1.19"),
        (lambda t: t["groups"][0]["clusters"].update(none="0.5"), "shares that add up to 1.44"),
        (lambda t: t["county"]["localities"][0].update(district="E1"), "the district 'E1'"),
        (lambda t: t["county"]["localities"][0].update(share="0.5"), "localities whose shares add up to 1.35"),
        (lambda t: t["county"].update({"crisis provider": "XYZ"}), "the crisis provider 'XYZ'"),
        (lambda t: t.update({"records end": "2010-01-01"}), "records that end on 2010-01-01"),
    ],
)
def test_what_cannot_be_true_is_refused(change: Callable[[dict[str, Any]], object], words: str) -> None:
    assert words in _changed(change)
