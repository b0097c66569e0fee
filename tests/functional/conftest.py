"""A server with the demonstration's users, and a browser to look at it with."""

import os
import shutil
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from machine import browser as chromium
from page_looks import axe as checks
from page_looks import look
from places import ROOT
from web_visits import signed_in
from wsgi_server import free_port, served

CONTRACT = "oxfordshire-mental-health"
WIDTHS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 320, "height": 640}}


def pytest_collection_modifyitems(items) -> None:
    """Servers and browsers in threads leave sockets that are closed when they are collected, in whatever test."""
    for item in items:
        if "functional" in item.path.parts:
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


@pytest.fixture(scope="session")
def _made_ready(tmp_path_factory):
    """Django, set up for a home of its own, and a copy of its database as it is when nothing has happened yet."""
    from obc.bootstrap import serving

    # the browser's library keeps an event loop in the test's thread; the tests ask the database there all the same
    home = tmp_path_factory.mktemp("home")
    os.environ.update(OBC_HOME=str(home), OBC_MODE="demo", DJANGO_ALLOW_ASYNC_UNSAFE="1")
    serving.set_up(None, "demo")
    from django.conf import settings

    assert settings.DEMO, (
        "another test set Django up in this process, in another mode: let it do so in a process of its own"
    )
    kept = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in kept:  # no test cuts the power, and to wait for the disk at each commit takes long
        kept["init_command"] = kept["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    serving.make_ready()
    from django.db import connection

    empty = home / "empty.sqlite3"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(empty)])
    return serving, empty


@pytest.fixture(scope="module")
def django(_made_ready):
    """Django with a new database for each file of tests, so that none depends on what another one left behind.

    On PostgreSQL the files share one.
    """
    from django.db import connections

    serving, empty = _made_ready
    if empty.exists():
        connections.close_all()
        database = empty.with_name("obc.sqlite3")
        for left in ("-wal", "-shm"):
            database.with_name(f"{database.name}{left}").unlink(missing_ok=True)
        fresh = empty.with_name("fresh.sqlite3")
        shutil.copyfile(empty, fresh)
        fresh.replace(database)
    return serving


@pytest.fixture(scope="module")
def site(django):
    """The address of a server with a worker, holding the worked contract and one user a role.

    For one file of tests only, so that no worker of ours is about where a test wants to see one killed.
    """
    from django.core.wsgi import get_wsgi_application

    from obc.bootstrap import demonstration
    from obc.bootstrap.work import work
    from obc.web.access import now

    demonstration.load(CONTRACT, datetime(2016, 4, 1, tzinfo=UTC))
    stop, port = threading.Event(), free_port()
    worker = threading.Thread(target=work, args=(stop, now), daemon=True)
    worker.start()
    with served(get_wsgi_application(), port, threads=4):
        yield f"http://127.0.0.1:{port}"
    stop.set()
    worker.join(timeout=5)


@pytest.fixture(scope="session")
def browser():
    """A real Chromium."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    assert path, "no Chromium: run 'make test', which installs it or names the command"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The checks of WCAG 2.0 to 2.2, A and AA."""
    return checks()


_WAY = """e => {
    const at = document.activeElement, places = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const groups = new Set();
    const stops = [...document.querySelectorAll(places)].filter(one => {
        if (one === e || one === at) return true;
        if (one.disabled || one.tabIndex < 0 || one.type === 'hidden' || !one.checkVisibility()) return false;
        if (one.type !== 'radio') return true;
        const group = one.name + (one.form ? one.form.action : '');
        return !one.checked && groups.has(group) ? false : groups.add(group);
    });
    return Math.max(0, stops.indexOf(e) - stops.indexOf(at));
}"""
"""How many times Tab has to be pressed at least, from where one is to the element further down."""


_THERE = """e => {
    if (e !== document.activeElement) return null;
    const has = style => style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    const label = e.labels && e.labels[0];
    const near = [e, e.nextElementSibling, label, e.parentElement].filter(Boolean);
    const drawn = [null, '::before', '::after'];
    return near.some(one => drawn.some(part => has(getComputedStyle(one, part))));
}"""
"""Whether the element has the focus, and then whether something drawn at it, or at its label, tells so."""


class Person:
    """Somebody at a browser who uses the keyboard alone.

    Every page they come to is checked for accessibility and for what the policy blocked.
    """

    def __init__(self, page, site: str, axe: str, scripts: bool = True):
        self.page, self.site, self._axe, self._scripts, self.complaints = page, site, axe, scripts, []
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        # listened for from the start: a listener that comes with the key press may come after the dialog
        self._asked = []
        page.on("filechooser", lambda asked: self._asked.append(asked))

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.complaints.append(text)

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")
        self.looks()

    def signs_in(self, user: str) -> "Person":
        from obc.bootstrap.demonstration import PASSWORD

        self.page.goto(f"{self.site}/account/login/")
        self.fills("Username", user)
        self.fills("Password", PASSWORD)
        self.presses("Sign in")
        return self

    def is_signed_in(self, user: str) -> "Person":
        """Go on in a session of theirs, as if they had signed in earlier."""
        session = signed_in(user).cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])
        self.goes_to("/")
        return self

    def presses(self, name: str) -> None:
        self._goes_on(self.page.get_by_role("button", name=name, exact=True))

    def follows(self, name: str) -> None:
        self._goes_on(self.page.get_by_role("link", name=name).first)

    def _goes_on(self, to: Locator) -> None:
        with self.page.expect_navigation():
            if self._scripts:
                self._reaches(to)
                self.page.keyboard.press("Enter")
            else:
                to.click()
        self.looks()

    def opens(self, words: str) -> None:
        """Open what is folded up under these words."""
        self._reaches(self.page.locator("summary", has_text=words).first)
        self.page.keyboard.press("Enter")

    def fills(self, label: str, text: str, within: str | None = None) -> None:
        """Write into a field, over what stands there; `within`: the button of the form it belongs to."""
        field = self._field(label, within)
        if not self._scripts:
            field.fill(text)
            return
        self._reaches(field)
        if field.get_attribute("type") == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")  # as the browser of the tests asks for it
        else:
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.insert_text(text)
        assert field.input_value() == text, f"'{label}' reads '{field.input_value()}'"

    def chooses(self, label: str, option: str | None = None, within: str | None = None) -> None:
        """Choose from a list, by the words of the option; the first where none are given."""
        field = self._field(label, within)
        self._reaches(field)
        self.page.keyboard.press("Home")
        while option and field.evaluate("e => e.selectedOptions[0].label") != option:
            before = field.input_value()
            self.page.keyboard.press("ArrowDown")
            assert field.input_value() != before, f"'{option}' is not among the options of '{label}'"

    def ticks(self, label: str) -> None:
        """Tick a box, or take one of several answers."""
        box = self.page.get_by_label(label, exact=True)
        if box.get_attribute("type") == "radio":
            group = self.page.locator(f"input[type=radio][name='{box.get_attribute('name')}']")
            chosen = group.and_(self.page.locator(":checked"))
            self._reaches(chosen if chosen.count() else group.first)
            self.page.keyboard.press("Space")
            for _ in range(group.count()):
                if box.is_checked():
                    return
                self.page.keyboard.press("ArrowDown")
        else:
            self._reaches(box)
            self.page.keyboard.press("Space")
        assert box.is_checked(), f"'{label}' cannot be ticked with the keyboard"

    def sends(self, label: str, path: Path) -> None:
        """Give a file to a field."""
        self._reaches(self._field(label))
        self._asked.clear()
        self.page.keyboard.press("Space")
        for _ in range(300):
            if self._asked:
                break
            self.page.wait_for_timeout(100)
        self._asked[0].set_files(path)

    def saves(self, link: str, to: Path) -> Path:
        """Download what a link leads to."""
        self._reaches(self.page.get_by_role("link", name=link).first)
        with self.page.expect_download() as sent:
            self.page.keyboard.press("Enter")
        sent.value.save_as(to)
        return to

    def _field(self, label: str, within: str | None = None) -> Locator:
        place = self.page.locator("body")
        if within:
            button = self.page.get_by_role("button", name=within, exact=True)
            place = self.page.locator("form").filter(has=button).first
        exactly = place.get_by_label(label, exact=True)
        return (exactly if exactly.count() else place.get_by_label(label)).first

    def _reaches(self, to: Locator) -> None:
        """Go there with the Tab key, as far as it takes, and see where one is."""
        # the key is held for most of the way, and asked after each press for what is left of it
        if least := to.evaluate(_WAY):
            self.page.keyboard.press("+".join(["Tab"] * least))
        for _ in range(600):
            shown = to.evaluate(_THERE)
            if shown is not None:
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"the keyboard does not reach {to} on {self.page.url}")
        assert shown, f"it cannot be seen that {to} on {self.page.url} has the focus"

    def sees(self, words: str) -> None:
        text = self.page.inner_text("body")
        assert words.lower() in text.lower(), f"'{words}' is not on {self.page.url}:\n{text[:3000]}"

    def looks(self) -> None:
        """The page as it is: no violation of WCAG 2.2 A or AA, nothing blocked, nothing wider than the screen.

        Where scripts are off, nothing can be asked of the page: what it says is read, and links and forms are used.
        """
        if not self._scripts:
            return
        look(self.page, self._axe)
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    def pictured(self, name: str) -> None:
        """Keep a picture for the manual where OBC_PICTURES names a folder."""
        folder = os.environ.get("OBC_PICTURES")
        if folder:
            self.page.screenshot(path=str(ROOT / folder / f"{name}.png"), full_page=True)


_ENTERED: set[str] = set()
"""The sites that somebody signed in to with the keyboard."""


@pytest.fixture
def somebody(browser, site, axe):
    """Makes people at browsers of their own: `somebody('manager')`, signed in; without a name, a stranger.

    Whoever comes first to a site signs in with the keyboard; those who come later have done so.
    """
    contexts = []

    def at(user: str | None = None, width: str = "desktop", script: bool = True) -> Person:
        context = browser.new_context(viewport=WIDTHS[width], java_script_enabled=script)
        context.set_default_timeout(90_000)  # a machine that does much else is no failure
        contexts.append(context)
        person = Person(context.new_page(), site, axe, script)
        if user is None:
            return person
        if site in _ENTERED:
            return person.is_signed_in(user)
        _ENTERED.add(site)
        return person.signs_in(user)

    yield at
    for context in contexts:
        context.close()


@contextmanager
def _step(words: str):
    try:
        yield
    except AssertionError as error:
        raise AssertionError(f"{words}: {error}") from error


@pytest.fixture
def step():
    """A step of a journey, named in words: `with step('Given …'):`."""
    return _step
