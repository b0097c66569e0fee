"""The main journey: a provider submits, both sides agree and settle, the public sees, an auditor checks."""

import json
from zipfile import ZipFile

import pytest

from command import obc
from obc.bootstrap.proving import sign_for_show
from obc.cli.demo import _key_of
from obc.loaders.contract import load_contract
from returns import counts

CONTRACT = "oxfordshire-mental-health"
HOME = f"/contracts/{CONTRACT}/"
LOADED = load_contract(CONTRACT)
PARTIES = [one.party for one in LOADED.agreement.signatories]
FIRST = next(one.id for one in LOADED.definitions if one.measure == "proportion")


@pytest.fixture(scope="module")
def returns(tmp_path_factory):
    """Files a provider may send."""
    folder = tmp_path_factory.mktemp("returns")
    (folder / "year-2.csv").write_bytes(counts(LOADED, 2))
    (folder / "wrong.csv").write_bytes(counts(LOADED, 2, **{FIRST.replace("-", "_"): (9, 8)}))
    return folder


def test_figures_go_from_the_provider_to_a_settlement_that_all_can_check(somebody, step, returns, tmp_path):
    with step("Given a provider's analyst with figures whose numerator is above its denominator"):
        analyst = somebody("analyst")
        analyst.goes_to(f"{HOME}submissions/new/")
        analyst.chooses("Which period?", "Year 2")
        analyst.sends("The file", returns / "wrong.csv")
    with step("When they submit it, then the error says where, and nothing is kept"):
        analyst.presses("Check and submit")
        analyst.sees("There is a problem")
        analyst.sees("numerator of 9 above its denominator of 8")
        analyst.pictured("submit-error")
    with step("When they send the mended file, then it is in, checked and scored"):
        analyst.chooses("Which period?", "Year 2")
        analyst.sends("The file", returns / "year-2.csv")
        analyst.presses("Check and submit")
        analyst.sees("The figures of year 2 are in")
        analyst.sees("scored")
        analyst.follows("See the scorecard")
        analyst.sees("points")
    here = f"{HOME}submissions/year-2/"
    with step("When the commissioner takes it up and disputes one line"):
        manager = somebody("manager")
        manager.follows("Take up the figures of year 2")
        manager.presses("Take up for review")
        manager.chooses("Which line?")
        manager.fills("What is wrong with it", "Two people are counted twice; see our query of 3 May.")
        manager.presses("Dispute this line")
        manager.sees("in dispute")
        manager.pictured("review")
    with step("Then the rest can be agreed: by the joint group for both commissioners, and by the provider's lead"):
        group = somebody("joint-group")
        group.goes_to(here)
        group.presses("Agree the figures but for the lines in dispute")
        lead = somebody("provider-lead")
        lead.goes_to(here)
        lead.presses("Agree the figures but for the lines in dispute")
        lead.sees("agreed by both")
    with step("And a representative's concern stands in the way of the settlement until it is answered"):
        carer = somebody("representative")
        carer.goes_to(here)
        carer.fills("What do you fear", "Carers say that people are sent home too early.")
        carer.presses("Raise a concern")
        finance = somebody("finance")
        finance.goes_to(here)
        finance.presses("Approve the settlement")
        finance.sees("answer them first")
        manager.goes_to(here)
        manager.fills("What was found", "Readmissions were looked at with the trust: none within a week.")
        manager.presses("Answer")
    with step("When one person of each side approves, then it is settled"):
        finance.goes_to(here)
        finance.presses("Approve the settlement")
        lead.goes_to(here)
        lead.presses("Approve the settlement")
        lead.sees("being settled")
        for _ in range(60):
            lead.page.goto(f"{lead.site}{here}")
            if "See the settlement" in lead.page.content():
                break
            lead.page.wait_for_timeout(500)
        lead.follows("See the settlement")
        lead.sees("held")
        lead.pictured("settlement")
    with step("When each party has signed with its own key, then the statement verifies offline"):
        statement = tmp_path / "statement.json"
        lead.saves("statement.json", statement)
        for who, party in ((lead, PARTIES[2]), (finance, PARTIES[0]), (group, PARTIES[1])):
            signature = sign_for_show(statement, party, _key_of(party))
            who.goes_to(f"{here}settlement/")
            who.opens("Sign for")
            who.sends("The signature file", signature)
            who.presses("Put it under the statement")
            who.sees("Signed: the signature holds")
            signature.unlink()
        assert obc("verify", str(statement)).status == 1
        group.sees("Every figure adds up, and all parties have signed")
        with ZipFile(group.saves("statement.zip", tmp_path / "statement.zip")) as packed:
            packed.extractall(tmp_path)
        done = obc("verify", str(statement))
        assert done.status == 0 and "every figure adds up" in done.out.lower(), done.out
    with step("When it is published, then the public sees it with small numbers hidden"):
        manager.goes_to(here)
        manager.presses("Publish, with small numbers hidden")
        public = somebody()
        public.goes_to("/")
        public.follows("Oxfordshire mental health")
        public.sees("suppressed")
        public.pictured("published")
        assert "submissions" not in public.page.content()
    with step("And an auditor exports the trail and checks it away from here"):
        auditor = somebody("auditor")
        auditor.goes_to(f"{HOME}audit/")
        auditor.sees("The trail holds")
        auditor.pictured("audit")
        head = auditor.page.locator("code.obc-hash").inner_text()
        trail = auditor.saves("Export the whole trail", tmp_path / "audit.json")
        assert obc("audit", "verify", str(trail), "--head", head).status == 0
        content = json.loads(trail.read_text())
        assert {"submit", "dispute", "agree", "approve", "settle", "publish"} <= {a["verb"] for a in content["actions"]}
        content["actions"][3]["why"] = "because"
        trail.write_text(json.dumps(content))
        assert obc("audit", "verify", str(trail)).status == 1


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_every_page_of_a_contract_can_be_read_at_any_width(somebody, step, width):
    reader = somebody("manager", width)
    for page in ("", "framework/", f"indicators/{FIRST}/", "submissions/", "published/"):
        reader.goes_to(f"{HOME}{page}")
        reader.pictured(f"{page.strip('/').replace('/', '-') or 'contract'}-{width}")
    somebody("analyst", width).goes_to(f"{HOME}submissions/new/?by=form")


def test_pages_and_main_forms_work_without_scripts(somebody):
    context = somebody(None, script=False)
    context.page.goto(f"{context.site}/account/login/")
    context.page.fill("#id_login", "manager")
    context.page.fill("#id_password", "show me the outcomes")
    context.page.press("#id_password", "Enter")
    context.page.goto(f"{context.site}{HOME}framework/")
    assert "Outcomes that matter" in context.page.content()
