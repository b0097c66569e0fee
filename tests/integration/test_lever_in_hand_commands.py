"""A lever pulled, renewed and let go from the command line."""

import pytest
import yaml

from command import obc

PULL = {
    "id": "open-books",
    "lever": "open-book",
    "contract": "oxfordshire-mental-health",
    "what": "Books are opened on three services",
    "owner": "contract-manager",
    "evidence": "the tender prices of April 2016",
    "lapses": "2016-12-31",
    "risk": "mispricing",
}
WHO = ("--by", "contract-manager", "--why", "we must know what it costs")


@pytest.fixture
def pull(tmp_path):
    """`pull(lapses=…)` pulls a lever of that file on 2 May 2016, into a trail of the test's own."""

    def pulled(*more: str, by=WHO, **changed):
        path = tmp_path / "pull.yaml"
        path.write_text(yaml.safe_dump({**PULL, **changed}))
        trail = ("--at", "2016-05-02T12:00:00", "--trail", tmp_path / "trail")
        return obc("lever", "pull", "oxfordshire", path, *by, *trail, *more)

    return pulled


def _later(tmp_path, *words):
    return obc("lever", *words, *WHO, "--at", "2016-06-01T12:00:00", "--trail", tmp_path / "trail")


def test_a_lever_is_pulled_renewed_and_let_go(pull, tmp_path):
    made = pull()
    assert made.status == 0, made.err
    assert "open-books (open-book): in hand until 31 December 2016; contract-manager" in made.out
    listed = obc("levers", "oxfordshire", "--trail", tmp_path / "trail", "--format", "json").json
    assert {"id": "open-books", "state": "in hand"}.items() <= listed["in_hand"][-1].items()
    renewed = _later(tmp_path, "renew", "oxfordshire", "open-books", "--until", "2017-06-30", "--format", "json")
    assert renewed.json["lever"]["lapses"] == "2017-06-30"
    assert (
        _later(tmp_path, "let-go", "oxfordshire", "open-books", "--format", "json").json["lever"]["state"] == "dropped"
    )
    dropped = _later(tmp_path, "let-go", "oxfordshire", "benchmarking")
    assert dropped.status == 0 and "benchmarking (comparators): dropped" in dropped.out


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"lever": "nothing"}, "'nothing', which is nowhere there is shared-vision"),
        ({"lever": "procurement"}, "an escalation must have reached withholding first"),
        ({"lever": "withhold-payment", "escalation": "crisis-response"}, "take the escalation on instead: 'withhold'"),
        ({"risk": "no-such-risk"}, "'no-such-risk', which is nowhere"),
        ({"contract": "maternity"}, "'maternity', which is nowhere there is oxfordshire-mental-health"),
        ({"owner": "nobody"}, "nobody called 'nobody'"),
        ({"lapses": "2016-05-02"}, "give it a day that is to come"),
        ({"id": "savings-by-contract"}, "'pull' while it is in hand"),
    ],
)
def test_what_cannot_be_pulled_is_refused_in_words(pull, changed, words):
    made = pull(**changed)
    assert made.status == 1
    assert words in " ".join(made.out.split())


def test_a_lever_that_was_proposed_can_be_pulled(pull):
    assert pull(id="benchmarking", lever="comparators").status == 0
