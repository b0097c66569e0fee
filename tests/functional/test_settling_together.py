"""The main journey: a provider submits, both sides agree and settle, the public sees, an auditor checks."""

import json
from zipfile import ZipFile

import pytest

from command import obc
from obc.bootstrap.proving import seed_for_show, sign_for_show
from obc.loaders.contract import load_contract
from web_visits import counts_for, filled_in

CONTRACT = "oxfordshire-mental-health"
HOME = f"/contracts/{CONTRACT}/"
LOADED = load_contract(CONTRACT)
PARTIES = [one.party for one in LOADED.agreement.signatories]
FIRST, TITLE = next((one.id, one.title) for one in LOADED.definitions if one.measure == "proportion")
COUNTS = counts_for(LOADED)
HANDED_IN = (
    ("Open-book cost", "36,433,000", "the books of nine providers"),
    ("Weighted people at the start", "8,024", "the lists of practices"),
    ("Weighted people over the year", "8,036", "the lists of practices"),
)


def test_figures_go_from_the_provider_to_a_settlement_that_all_can_check(somebody, step, tmp_path):
    with step("Given a provider's analyst who downloads the table of a year and fills it in, with one slip"):
        analyst = somebody("analyst")
        analyst.goes_to(f"{HOME}figures/new/")
        analyst.chooses("Period to prepare", "Year 2")
        with analyst.page.expect_download() as sent:
            analyst.page.get_by_role("button", name="Download the table (XLSX)").press("Enter")
        table, wrong, right = (tmp_path / f"{name}.xlsx" for name in ("table", "wrong", "year-2"))
        sent.value.save_as(table)
        right.write_bytes(filled_in(table.read_bytes(), COUNTS))
        slip = {"numerator": 9, "denominator": 8}
        wrong.write_bytes(filled_in(table.read_bytes(), lambda row: slip if row["indicator"] == FIRST else COUNTS(row)))
        analyst.chooses("Which period?", "Year 2")
        analyst.sends("The file", wrong)
    with step("When they submit it, then the error says which cell, and nothing is submitted"):
        analyst.presses("Check and submit")
        analyst.sees("There is a problem")
        analyst.sees("cell G2, numerator")
        analyst.sees("numerator of 9 above its denominator of 8")
        analyst.pictured("submit-error")
    with step("When they mend it and send it again, then it is in, checked and scored"):
        analyst.chooses("Which period?", "Year 2")
        analyst.sends("The file", right)
        analyst.presses("Check and submit")
        analyst.sees("The figures of year 2 are in")
        analyst.sees("scored")
        analyst.follows("See the scorecard")
        analyst.sees("points")
    here = f"{HOME}submissions/year-2/"
    with step("And they hand in what care cost by open book, and how many people were on the list"):
        analyst.goes_to(here)
        analyst.follows("Hand in what is asked for beside the figures")
        for figure, value, source in HANDED_IN:
            analyst.fills(f"{figure}, in GBP" if figure == "Open-book cost" else figure, value)
            analyst.fills(f"Where {figure[0].lower()}{figure[1:]} comes from", source)
        analyst.pictured("hand-in")
        analyst.presses("Hand in")
        analyst.sees("All that the contract asks for is handed in")
    with step("When the commissioner takes it up and disputes one line, with a figure and a paper"):
        manager = somebody("manager")
        manager.follows("Take up the figures of year 2")
        manager.presses("Take up for review")
        manager.follows(f"Dispute {TITLE}")
        manager.fills("Everybody, numerator that you hold right", "290")
        manager.fills("Everybody, denominator that you hold right", "400")
        manager.fills("What is wrong, and what supports that?", "Two people are counted twice; see our query.")
        (tmp_path / "query.csv").write_text("team,counted twice\nnorth,6\nsouth,4\n")
        manager.sends("A paper that shows it", tmp_path / "query.csv")
        manager.ticks("I looked it through: it holds counts only, and no person can be recognised")
        manager.presses("Dispute the ticked lines")
    with step("Then the two figures stand side by side, and the contract's clock runs"):
        manager.sees("290 of 400")
        manager.sees("10 working days left")
        manager.sees("Whose word is next: the providers")
        manager.pictured("dispute")
        manager.goes_to(here)
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
            signature = sign_for_show(statement, party, seed_for_show(party))
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
    analyst = somebody("analyst", width)
    for page in ("figures/new/", "figures/form/2-1/?segment=psychosis"):
        analyst.goes_to(f"{HOME}{page}")
        analyst.pictured(f"{page.split('/')[1]}-figures-{width}")


def test_pages_and_main_forms_work_without_scripts(somebody):
    context = somebody(None, script=False)
    context.page.goto(f"{context.site}/account/login/")
    context.page.fill("#id_login", "manager")
    context.page.fill("#id_password", "show me the outcomes")
    context.page.press("#id_password", "Enter")
    context.page.goto(f"{context.site}{HOME}framework/")
    assert "Outcomes that matter" in context.page.content()
