"""Acts on the pages of a programme that need no browser: gates, plan, risks, levers, escalations, engagement, route."""

from datetime import UTC, datetime
from html import unescape

import pytest

from page_acts import client, sent

BOOK = "programme-oxfordshire"
HOME = f"/programmes/{BOOK}/"
GATE = f"{HOME}gates/mental-health-recommendation/"


@pytest.fixture(scope="module")
def programme(site):
    """The worked programme, with a user for each person of its files."""
    from obc.bootstrap import demonstration

    return demonstration.load_programme("oxfordshire", datetime(2016, 4, 1, tzinfo=UTC))


def _body(answer) -> str:
    return unescape(answer.content.decode())


def _said(answer) -> str:
    """What a page says of what was sent: the refusals, or that it is done."""
    body = _body(answer)
    for mark, end in (('class="nhsuk-error-summary"', "</ul>"), ("obc-message", "</div>")):
        if mark in body:
            return body.split(mark)[1].split(end)[0]
    return body[:200]


def _done(answer) -> str:
    assert answer.status_code == 200, _said(answer)
    assert "Done: " in _said(answer)
    return _body(answer)


def _refused(answer, words: str) -> str:
    assert answer.status_code == 422, _said(answer)
    assert words in _said(answer)
    return _body(answer)


def test_a_condition_is_reported_sent_back_and_accepted_by_another(programme):
    _done(sent("programme-director", GATE, "open"))
    members = ("accountable-officer", "chief-finance-officer", "patient-representative", "county-commissioner")
    for user in members:
        _done(sent(user, GATE, "vote", ballot="go with conditions"))
    _refused(sent("accountable-officer", GATE, "go"), "votes that carry 'go with conditions'")
    page = _body(client("accountable-officer").get(GATE))
    count = page.count('name="what-')
    answers = {}
    for number in range(1, count):
        answers |= {
            f"what-{number}": f"Mend {number}",
            f"owner-{number}": "programme-manager",
            f"due-{number}": "2016-12-01",
        }
    half = sent("accountable-officer", GATE, "go with conditions", **{**answers, "due-1": "in December"})
    assert 'value="in December"' in _refused(half, "found 'in December'; write a day, as 2016-10-01")
    answer = sent("accountable-officer", GATE, "go with conditions", **answers)
    if answer.status_code == 422:  # a criterion that is never waived stands in the way: the page says which
        assert "never waived" in _body(answer) or "cannot be left" in _body(answer), _body(answer)[:3000]
        return
    _done(answer)
    _refused(sent("programme-director", GATE, "report", "condition-1", says="Done."), "it is for programme-manager")
    _done(sent("programme-manager", GATE, "report", "condition-1", says="Done on 4 May."))
    _done(sent("accountable-officer", GATE, "send back", "condition-1"))
    _done(sent("programme-manager", GATE, "report", "condition-1", says="Done again."))
    _refused(sent("programme-manager", GATE, "accept", "condition-1"), "nobody accepts their own work")
    _done(sent("accountable-officer", GATE, "accept", "condition-1"))


def test_a_task_begins_slips_with_a_reason_and_shows_what_moves(programme):
    plan = f"{HOME}plan/"
    page = _body(client("programme-director").get(plan))
    task = page.split('name="task"')[1].split('<option value="')[1].split('"')[0]
    moved = _body(client("programme-director").get(plan, {"task": task, "days": "30"}))
    assert "What would move" in moved
    assert "write a number of days" in _body(client("programme-director").get(plan, {"task": task, "days": "soon"}))
    _refused(sent("analyst", plan, "replan", task=task, days="40"), "who does not own it")
    kept = _refused(sent("programme-director", plan, "replan", task=task, days="many"), "write a whole number")
    assert 'value="many"' in kept
    _done(sent("programme-director", plan, "replan", task=task, days="40", why="Two people fell ill."))
    _refused(sent("programme-director", plan, "replan", why="", task=task, days="41"), "say why, in a sentence")
    _done(sent("programme-director", plan, "begin", task=task))


def test_a_risk_is_raised_mitigated_reviewed_by_another_and_closed(programme):
    risks = f"{HOME}risks/"
    new = {
        "title": "Night staff leave",
        "what": "Crisis care at night stands empty.",
        "register": "provider",
        "category": "people",
        "contracts": ["mental-health"],
        "before-severity": "4",
        "before-likelihood": "4",
        "after-severity": "3",
        "after-likelihood": "2",
        "control": "Pay nights better",
        "owner": "clinical-lead",
        "by": "2016-08-01",
    }
    _refused(sent("clinical-lead", risks, "raise", **{**new, "title": ""}), "What is it called?")
    assert "Night staff leave" in _done(sent("clinical-lead", risks, "raise", **new))
    one = f"{risks}night-staff-leave/"
    said = _done(sent("clinical-lead", one, "control", control="first", evidence="the pay list of May"))
    assert "in place: the pay list of May" in said
    _refused(sent("clinical-lead", one, "review", by="2016-09-01"), "nobody reviews their own work")
    _done(sent("programme-director", one, "review", by="2016-09-01"))
    _refused(sent("clinical-lead", one, "close", how="happened"), "it is for programme director")
    assert "closed" in _done(sent("programme-director", one, "close", how="no longer possible"))
    _done(sent("clinical-lead", one, "reopen", by="2016-10-01"))
    assert client("clinical-lead").get(f"{risks}no-such-risk/").status_code == 404


def test_a_lever_is_renewed_and_let_go_and_a_step_of_the_ladder_is_not_pulled(programme):
    levers = f"{HOME}levers/"
    given = {"lever": "comparators", "risk": "", "what": "Compare", "evidence": "e", "owner": "analyst"}
    page = _done(sent("contract-manager", levers, "pull", **given, lapses="2016-09-30"))
    made = "comparators-2" + page.split('value="comparators-2')[1].split('"')[0]
    _refused(sent("contract-manager", levers, "renew", in_hand=made, lapses="2016-08-01"), "a later day than it has")
    _done(sent("contract-manager", levers, "renew", in_hand=made, lapses="2016-10-31"))
    _done(sent("contract-manager", levers, "let go", in_hand=made))
    _refused(sent("analyst", levers, "pull", **given, lapses="2016-09-30"), "it is for commissioner manager")
    _refused(
        sent("contract-manager", levers, "pull", **{**given, "lever": "step-in"}, lapses="2016-09-30"), "choose one"
    )


def test_both_sides_of_a_breach_answer_agree_and_go_on(programme):
    address = f"{HOME}escalations/crisis-response/"
    assert "What the ladder permits now" in _body(client("lead-provider-director").get(address))
    answer = sent("lead-provider-director", address, "respond", evidence="Both posts are filled since 1 May.")
    assert "Both posts are filled since 1 May." in _done(answer)
    _refused(sent("mind-director", address, "respond", evidence="Not ours."), "who does not speak for oxford-health")
    _refused(sent("chief-finance-officer", address, "withhold", share="2 %", evidence="e"), "no act of it now")
    _done(sent("lead-provider-director", address, "agree causes"))
    page = _body(client("chief-finance-officer").get(address))
    assert 'value="withhold"' in page
    _refused(sent("chief-finance-officer", address, "withhold", share="much", evidence="e"), "write a share, as '2 %'")
    causes = {"what-1": "Posts were vacant", "lies-1": "oxford-health", "part-1": "90 %", "evidence-1": "the rota"}
    _refused(sent("contract-manager", address, "analyse", **causes), "the parts of all causes add up to 100 %")
    _done(sent("contract-manager", address, "analyse", **{**causes, "part-1": "100 %"}))


def test_an_action_is_promised_finished_and_confirmed_by_another(programme):
    levers = f"{HOME}levers/"
    given = {"title": "Send the new rota", "owner": "analyst", "due": "2016-06-01", "from": "crisis-response"}
    _done(sent("contract-manager", levers, "promise", **given))
    late = {"action": "send-the-new-rota", "evidence": "sent on 20 May"}
    _refused(sent("contract-manager", levers, "finish", **late), "no act of it now")
    _done(sent("analyst", levers, "finish", **late))
    _refused(sent("analyst", levers, "confirm", action="send-the-new-rota"), "choose one of the answers")
    _done(sent("contract-manager", levers, "confirm", action="send-the-new-rota"))


def test_feedback_is_heard_answered_and_changes_something(programme):
    levers = f"{HOME}levers/"
    heard = {
        "from": "carers",
        "theme": "being-heard",
        "said": "We were not asked.",
        "suggestion": "",
        "channel": "drop-in",
        "received": "2016-04-28",
    }
    page = _done(sent("patient-representative", levers, "hear", **heard))
    record = "heard-" + page.split('value="heard-')[1].split('"')[0]
    _refused(sent("patient-representative", levers, "reply", feedback=record, text="Sorry."), "it is for provider lead")
    _done(sent("lead-provider-director", levers, "reply", feedback=record, text="From June you are asked first."))
    _done(
        sent("lead-provider-director", levers, "change", feedback=record, text="Carers get the agenda a week before.")
    )


def test_representatives_endorse_reopen_and_see_what_was_done(programme):
    address = f"{HOME}engagement/"
    chair = client("reference-group-chair")
    assert "You chair the" in _body(chair.get(address))
    group = _body(chair.get(address)).split('name="group"')[1].split('<option value="')[1].split('"')[0]
    given = {"group": group, "says": "endorsed with reservations", "source": "minutes of 1 May 2016"}
    _refused(sent("reference-group-chair", address, "endorse", **given, reservations=""), "without its reasons")
    said = _done(sent("reference-group-chair", address, "endorse", **given, reservations="Write it in plain words."))
    assert "Write it in plain words." in said
    _refused(sent("engagement-lead", address, "endorse", **given, reservations="x"), "no act of it now")
    page = _body(client("patient-representative").get(address))
    finding = page.split('value="reopen"')[0].rsplit('name="finding"', 1)[1].split('<option value="')[1].split('"')[0]
    _done(sent("patient-representative", address, "reopen", finding=finding))
    answer = {"finding": finding, "did": "later", "says": "In the second year.", "where": "", "source": "the board"}
    _refused(sent("patient-representative", address, "answer", **answer), "it is for engagement lead")
    _done(sent("engagement-lead", address, "answer", **answer))
    _done(sent("engagement-lead", address, "tell back", finding=finding, how="By letter, 3 May."))


def test_an_event_is_planned_and_what_was_heard_is_recorded(programme):
    address = f"{HOME}engagement/"
    event = {
        "title": "Evening in Banbury",
        "kind": "event",
        "from": "2016-04-20",
        "groups": ["carers"],
        "about": "nights",
    }
    _refused(sent("analyst", address, "record event", **event), "it is for engagement lead")
    _done(sent("engagement-lead", address, "record event", **event))
    _done(sent("engagement-lead", address, "hold", "evening-in-banbury", took_part="31"))
    said = {
        "says": "Nights are the worst.",
        "heard_at": ["evening-in-banbury"],
        "said_by": ["carers"],
        "source": "notes",
    }
    assert "Nights are the worst." in _done(sent("carer-representative", address, "record finding", **said))


def test_the_route_is_chosen_by_those_who_may_with_its_law(programme):
    address = f"{HOME}route/"
    page = _body(client("accountable-officer").get(address))
    assert "Processes for a procurement that begins on" in page
    choice = {"process": "single-provider", "advice": ""}
    _refused(sent("analyst", address, "choose the market", **choice), "it is for chair or accountable officer")
    _refused(sent("accountable-officer", address, "choose the market", **choice), "which is closed")
    choice["process"] = "advertised"
    _done(sent("accountable-officer", address, "choose the market", **choice))
    activity = {"kind": "market", "what": "A notice to providers", "on": "2016-05-01"}
    assert "A notice to providers" in _done(sent("procurement-lead", address, "activity", **activity))
    heading = {"says": "s", "evidence": "e", "source": "test", "heading": "nowhere"}
    _refused(sent("clinical-lead", address, "heading", **heading), "choose one of the answers")


def test_what_a_programme_does_not_keep_is_explained(programme):
    from obc.bootstrap import demonstration

    demonstration.load_programme("richmond", datetime(2016, 4, 1, tzinfo=UTC))
    from obc.bootstrap import programmes

    person = programmes.held("programme-richmond").governance.people.people[0].id
    for part in ("levers", "engagement", "route", "assessment"):
        answer = client(person).get(f"/programmes/programme-richmond/{part}/")
        assert answer.status_code == 200
        assert "This programme does not keep it yet" in _body(answer)


def test_every_page_offers_its_tables_as_files(programme):
    reader = client("accountable-officer")
    for part in ("", "plan/", "risks/", "risks/mispricing/", "levers/", "route/", "assessment/"):
        page = _body(reader.get(f"{HOME}{part}"))
        file = page.split('href="?download=')[1].split('"')[0]
        assert reader.get(f"{HOME}{part}?download={file}").status_code == 200, (part, file)
        assert reader.get(f"{HOME}{part}?download=no-such.csv").status_code == 404


def test_both_sides_state_what_is_handed_over_and_a_task_is_done_or_dropped(programme):
    plan = f"{HOME}plan/"
    side = {"contract": "older-people", "pounds": "9866000"}
    _refused(sent("analyst", plan, "state", "clusters-18-to-21", **side), "it is for older-people-manager")
    stated = _done(sent("older-people-manager", plan, "state", "clusters-18-to-21", **side))
    assert "Done: State what is handed over" in stated
    page = _body(client("programme-director").get(plan))
    task = page.split('id="act-finish-task"')[1].split('<option value="')[1].split('"')[0]
    _done(sent("programme-director", plan, "finish", task=task))
    page = _body(client("programme-director").get(plan))
    task = page.split('id="act-supersede-task"')[1].split('<option value="')[1].split('"')[0]
    _refused(sent("analyst", plan, "supersede", task=task), "it is for programme director")
    _done(sent("programme-director", plan, "supersede", task=task))


def test_a_statement_is_withdrawn_by_its_chair_and_an_event_called_off(programme):
    address = f"{HOME}engagement/"
    page = _body(client("reference-group-chair").get(address))
    statement = page.split('id="act-withdraw-')[1].split('"')[0]
    assert "Done: Withdraw" in _done(sent("reference-group-chair", address, "withdraw", statement))
    event = {
        "title": "Morning in Bicester",
        "kind": "event",
        "from": "2016-09-20",
        "groups": ["carers"],
        "about": "days",
    }
    _done(sent("engagement-lead", address, "record event", **event))
    _refused(sent("engagement-lead", address, "hold", "morning-in-bicester", took_part="12"), "before it begins")
    _done(sent("engagement-lead", address, "cancel", "morning-in-bicester"))


def test_who_reads_and_is_nobody_in_the_file_is_offered_nothing(programme):
    from obc.bootstrap import demonstration
    from obc.domain.contract.workflow.rights import Role
    from obc.store.people import add_user, give

    add_user("guest", "Guest", demonstration.PASSWORD, "guest@example.org")
    give("guest", BOOK, Role.PROGRAMME_MANAGER.value, "elsewhere")
    risks = f"{HOME}risks/mispricing/"
    assert "What you can do" not in _body(client("guest").get(risks))
    _refused(sent("guest", risks, "escalate", to="governing-body"), "nobody called 'guest'")
