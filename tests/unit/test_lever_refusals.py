"""What is written about levers, sanctions and transition, and cannot be: each refused with what to write instead."""

import re
import shutil
from datetime import date
from fractions import Fraction

import pytest
import yaml
from pydantic import ValidationError

from command import obc
from escalation_samples import POLICY, agreed, held, moved, opened
from managed_samples import CLERK, DAY, TREASURER, agreement, holidays
from obc.domain.contract.agreement.working_days import is_working
from obc.domain.contract.transition.transition import Transition
from obc.domain.core.kernel.problem import Problems
from obc.domain.money.settlement.circumstances import Circumstances
from obc.domain.programme.levers.catalogue import Catalogue, Family
from obc.domain.programme.levers.escalation import agree_causes, analyse, withhold
from obc.loaders.contract import check_contract
from obc.loaders.places import WORKED, WORKED_PROGRAMMES

LEVER = {"id": "a", "title": "A", "manner": "supportive", "needs": ["n"], "moves": "m", "source": "test"}
FAMILY = {"id": "f", "title": "F", "place": 1, "says": "s", "source": "test"}
HELD = {"id": "h", "year": 1, "share": "2 %", "decided": "2020-05-01", "why": "w"}
REVIEW = {"expectation": "e", "year": 1, "state": "met", "on": "2020-05-01", "evidence": "x"}


@pytest.mark.parametrize(
    ("model", "given", "words"),
    [
        (
            Family,
            {**FAMILY, "levers": [{**LEVER, "manner": "punitive"}]},
            "say 'from stage': what has to be tried first",
        ),
        (
            Circumstances,
            {"withheld": [{**HELD, "released": "2020-06-01", "retained": "2020-06-01"}]},
            "ends in one way",
        ),
        (Circumstances, {"withheld": [{**HELD, "released": "2020-04-30"}]}, "before it was decided on 2020-05-01"),
        (Circumstances, {"withheld": [{**HELD, "share": "0"}]}, "greater than 0"),
        (Circumstances, {"withheld": [HELD, HELD]}, "'h' twice"),
        (Circumstances, {"quality": [REVIEW, {**REVIEW, "state": "not met"}]}, "two reviews of one expectation"),
        (
            Transition,
            {"contracts": [{"id": "c", "becomes": "ends", "state": "carried", "source": "t"}]},
            "'carried' without an amendment",
        ),
        (
            Transition,
            {
                "mobilisation": [
                    {"id": "p", "title": "P", "owner": "o", "due": "2020-01-01", "state": "done", "source": "t"}
                ]
            },
            "done without evidence; say what shows it",
        ),
        (
            Transition,
            {
                "contracts": [
                    {"id": "c", "becomes": "ends", "source": "t"},
                    {"id": "c", "becomes": "ends", "source": "t"},
                ]
            },
            "'c' twice",
        ),
    ],
)
def test_what_does_not_hold_together_is_refused(model, given, words):
    with pytest.raises(ValidationError, match=words):
        model.model_validate(given)


def test_a_lever_has_an_id_of_its_own_among_all_families():
    families = [Family.model_validate({**FAMILY, "id": name, "levers": [LEVER]}) for name in ("f", "g")]
    with pytest.raises(ValidationError, match="the lever 'a' twice"):
        Catalogue(families=tuple(families))


def test_a_contract_of_today_that_nobody_mentions_is_missed(tmp_path):
    folder = tmp_path / "own"
    shutil.copytree(WORKED / "oxfordshire-mental-health", folder)
    path = folder / "transition.yaml"
    path.write_text(re.sub(r"  - \{id: respite,[^}]*\}\n", "", path.read_text()))
    found = [one.found for one in check_contract(folder) if one.file.endswith("transition.yaml")]
    assert "nothing of the contract 'respite'" in found


@pytest.mark.parametrize(
    ("part", "record", "words"),
    [
        (
            "in hand",
            {"id": "x", "lever": "magic", "what": "w", "owner": "analyst", "state": "in hand", "source": "t"},
            "the lever 'magic', which is nowhere",
        ),
        (
            "in hand",
            {"id": "x", "lever": "celebrate", "what": "w", "owner": "nobody", "state": "in hand", "source": "t"},
            "the person 'nobody', which is nowhere",
        ),
        (
            "feedback",
            {
                "id": "x",
                "contract": "c",
                "received": "2015-01-01",
                "channel": "post",
                "from": "carers",
                "theme": "food",
                "said": "s",
            },
            "the theme 'food', which is nowhere",
        ),
        (
            "promises",
            {"id": "x", "contract": "c", "title": "T", "owner": "nobody", "due": "2015-01-01", "from": "f"},
            "the person 'nobody', which is nowhere",
        ),
        ("themes", {"id": "being-heard", "title": "T"}, "'being-heard' twice"),
    ],
)
def test_a_programmes_file_speaks_of_what_there_is(tmp_path, part, record, words):
    folder = tmp_path / "own"
    shutil.copytree(WORKED_PROGRAMMES / "oxfordshire", folder)
    given = yaml.load((folder / "levers.yaml").read_text(), Loader=yaml.BaseLoader)
    given[part].append(record)
    (folder / "levers.yaml").write_text(yaml.safe_dump(given, allow_unicode=True))
    ran = obc("levers", folder)
    assert ran.status == 1 and words in ran.out


def test_a_theme_that_bears_on_nothing_in_the_contract_is_refused(tmp_path):
    folder = tmp_path / "own"
    shutil.copytree(WORKED_PROGRAMMES / "oxfordshire", folder)
    path = folder / "levers.yaml"
    path.write_text(path.read_text().replace("expectation: care-planning", "expectation: care-plans"))
    ran = obc("feedback", folder, "--contract", "oxfordshire-mental-health")
    assert ran.status == 1 and "the quality expectation 'care-plans', which is nowhere" in ran.out


def test_one_breach_has_one_sanction_of_a_part_of_what_is_due():
    notice = agreed(moved(opened(), "give notice"))
    given = (TREASURER, date(2020, 7, 6), POLICY, holidays(), agreement())
    for share in (Fraction(0), Fraction(3, 2)):
        with pytest.raises(Problems, match="write more than 0 % and at most 100 %"):
            withhold(notice, share, *given, evidence="e")
    released = moved(held(notice), "release", TREASURER, date(2020, 8, 3))
    with pytest.raises(Problems, match="a second withholding for one breach"):
        withhold(released, Fraction(1, 50), TREASURER, date(2020, 11, 2), *given[2:], evidence="e")


def test_only_who_speaks_for_a_party_draws_up_causes_and_nobody_agrees_to_none():
    with pytest.raises(Problems, match="clerk, who speaks for no party"):
        analyse(opened(), agreed(opened()).analysis, CLERK)
    with pytest.raises(Problems, match="no analysis; draw one up first"):
        agree_causes(opened(), DAY, date(2020, 6, 2), agreement())


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2020, 4, 9), date(2020, 4, 14), 1),  # Good Friday, a weekend and Easter Monday lie between
        (date(2020, 4, 14), date(2020, 4, 9), -1),
        (date(2020, 6, 1), date(2020, 6, 1), 0),
        (date(2020, 6, 5), date(2020, 6, 7), 0),
    ],
)
def test_working_days_between_two_days(start, end, days):
    assert holidays().between(start, end) == days


def test_a_clock_that_runs_into_a_year_without_a_calendar_is_refused():
    assert is_working(date(2020, 6, 1), ()) and not is_working(date(2020, 6, 6), ())
    with pytest.raises(Problems, match="outside the years 2013 to 2028; add the holidays of that year"):
        holidays().after(date(2028, 12, 29), 5)
