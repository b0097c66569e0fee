"""Fifty people at once at `obc serve` with SQLite, for a minute; fails on an error or where pages are too slow.

The server is the real one, in a process of its own with its worker beside it. Everybody is signed in, looks at a page,
reads it for one to five seconds, goes on to the next; one step in twenty writes a remark, which takes a line of the
trail. `--think 0` leaves the reading out and tells how many pages the server gives at most.
"""

import argparse
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

CONTRACT = "oxfordshire-mental-health"
USERS = ("manager", "finance", "joint-group", "provider-lead", "analyst", "auditor")
PAGES = {
    "/": 3,
    f"/contracts/{CONTRACT}/": 4,
    f"/contracts/{CONTRACT}/framework/": 2,
    f"/contracts/{CONTRACT}/indicators/INDICATOR/": 3,
    f"/contracts/{CONTRACT}/submissions/": 3,
    f"/contracts/{CONTRACT}/submissions/year-2/": 4,
    f"/contracts/{CONTRACT}/submissions/year-2/scorecard/": 2,
    f"/contracts/{CONTRACT}/submissions/year-1/settlement/": 2,
    f"/contracts/{CONTRACT}/runs/": 1,
    f"/contracts/{CONTRACT}/published/": 1,
    f"/api/v1/contracts/{CONTRACT}/submissions": 1,
}
"""Where people go, and how often."""
REMARK = f"/contracts/{CONTRACT}/submissions/year-2/"
MEDIAN, P95 = 0.150, 0.500
"""Seconds that a page may take."""


def made_ready(home: Path) -> tuple[dict[str, str], list[str]]:
    """A home with a year that is settled and one under review. Returns a session of each user, and the indicators."""
    os.environ.update(OBC_HOME=str(home), OBC_MODE="demo")
    from obc.bootstrap import serving

    serving.set_up(None, "demo")
    serving.make_ready()
    from django.contrib.auth import get_user_model
    from django.test import Client

    from obc.bootstrap import demonstration, submissions
    from obc.bootstrap.work import work_once
    from obc.domain.contract.workflow import review
    from obc.store import people
    from returns import counts

    now = serving.clock()
    held = demonstration.load(CONTRACT, now)
    agreement = held.contract.agreement
    who = {user: people.person(user, held.id) for user in USERS}

    def submit(year: int) -> str:
        values = submissions.values_in("figures.csv", counts(held.contract, year))
        return submissions.submit(held, values, year, None, who["analyst"], now)[0].id

    def act(id_: str, verb: str, user: str, changed) -> None:
        by = who[user]
        submissions.act_on(held, id_, verb, lambda before: changed(before, by), by, now, verb)

    for year in (1, 2):
        act(submit(year), "take up", "manager", lambda one, by: review.moved(one, "take up", by))
    for user in ("joint-group", "provider-lead"):
        act("year-1", "agree", user, lambda one, by: review.agreed(one, agreement, by, now))
    for user in ("finance", "provider-lead"):
        act("year-1", "approve", user, lambda one, by: review.approved(one, agreement, by, now))
    while work_once(serving.clock):
        pass
    sessions = {}
    for user in USERS:
        client = Client(SERVER_NAME="localhost")
        found = get_user_model().objects.get(username=user)
        client.force_login(found, "django.contrib.auth.backends.ModelBackend")
        sessions[user] = client.cookies["sessionid"].value
    return sessions, [one.id for one in held.contract.definitions]


class Visitor(threading.Thread):
    """Somebody who looks at pages until the time is over; keeps what each took, and what went wrong."""

    def __init__(self, number: int, port: int, session: str, indicators: list[str], until: float, think: float):
        super().__init__(daemon=True)
        self.random, self.port, self.until, self.think = random.Random(number), port, until, think
        self.cookies = {"sessionid": session}
        self.indicators = indicators
        self.took: list[tuple[str, float]] = []
        self.wrong: list[str] = []
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def run(self) -> None:
        """Look, read, go on."""
        time.sleep(self.random.uniform(0, self.think or 0.1))
        while time.monotonic() < self.until:
            if self.random.random() < 0.05:
                self.remark()
            else:
                path = self.random.choices(list(PAGES), list(PAGES.values()))[0]
                self.asks("GET", path.replace("INDICATOR", self.random.choice(self.indicators)))
            time.sleep(self.random.uniform(self.think / 3, self.think * 5 / 3))

    def remark(self) -> None:
        """Look at the figures, and write something under them."""
        page = self.asks("GET", REMARK)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token:
            sent = {"csrfmiddlewaretoken": token[1], "verb": "comment", "text": f"seen at {time.monotonic():.0f}"}
            self.asks("POST", f"{REMARK}act/", urlencode(sent), name="a remark")

    def asks(self, method: str, path: str, body: str | None = None, name: str = "") -> str:
        """Ask, and keep how long it took."""
        headers = {"Cookie": "; ".join(f"{a}={b}" for a, b in self.cookies.items()), "Accept-Encoding": "gzip"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers | {"Host": f"localhost:{self.port}"})
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            self.wrong.append(f"{path}: {type(error).__name__}")
            self.connection.close()
            return ""
        self.took.append((name or re.sub(r"indicators/.*", "indicators/", path), time.perf_counter() - began))
        if answer.status not in ((200,) if method == "GET" else (302,)):
            self.wrong.append(f"{method} {path}: {answer.status}")
        for one in answer.headers.get_all("Set-Cookie") or ():
            key, _, value = one.partition(";")[0].partition("=")
            self.cookies[key] = value
        if answer.headers.get("Content-Encoding") == "gzip":
            import gzip

            content = gzip.decompress(content)
        return content.decode(errors="replace")


def cpu_seconds(pid: int) -> float | None:
    """Processor time of a process so far; None where this system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Run it; 1 on an error or where a page takes too long."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--people", type=int, default=50)
    given.add_argument("--seconds", type=int, default=60)
    given.add_argument("--think", type=float, default=3.0, help="seconds that a page is read for, on average")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="obc-load-") as place:
        sessions, indicators = made_ready(Path(place))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "obc.cli.main", "serve", "--demo", "--port", str(port)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
            _wait(port)
            _warm(port, sessions["manager"], indicators)
            before = cpu_seconds(server.pid)
            until = time.monotonic() + asked.seconds
            users = [USERS[n % len(USERS)] for n in range(asked.people)]
            visitors = [
                Visitor(n, port, sessions[user], indicators, until, asked.think) for n, user in enumerate(users)
            ]
            for one in visitors:
                one.start()
            for one in visitors:
                one.join(asked.seconds + 60)
            used = cpu_seconds(server.pid)
            server.terminate()
            said = server.communicate(timeout=30)[1]
    return _told(asked, visitors, None if used is None or before is None else used - before, said)


def _told(asked: argparse.Namespace, visitors: list[Visitor], cpu: float | None, said: str) -> int:
    took = [one for visitor in visitors for one in visitor.took]
    wrong = [one for visitor in visitors for one in visitor.wrong]
    times = sorted(seconds for _, seconds in took)
    median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    print(f"{asked.people} people for {asked.seconds} s, a page read for {asked.think:g} s: {len(took)} pages,")
    print(f"{len(took) / asked.seconds:.1f} a second; {len(wrong)} errors")
    for name in sorted({one for one, _ in took}):
        own = sorted(seconds for one, seconds in took if one == name)
        print(f"  {name:<64} {len(own):5} {1000 * statistics.median(own):6.0f} ms")
    if cpu is not None:
        print(
            f"processor time of the server: {1000 * cpu / len(took):.0f} ms a page, {cpu / asked.seconds:.0%} of a core"
        )
    for what, many in Counter(wrong).most_common(5):
        print(f"  wrong: {what} ({many})")
    if "database is locked" in said:
        wrong.append("the database was locked")
    print(
        f"median {1000 * median:.0f} ms (floor {1000 * MEDIAN:.0f}), 95 % within {1000 * p95:.0f} ms ({1000 * P95:.0f})"
    )
    failed = bool(wrong) or (asked.think > 0 and (median > MEDIAN or p95 > P95))
    print("FAILED" if failed else "held")
    return int(failed)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/")
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start within a minute")


def _warm(port: int, session: str, indicators: list[str]) -> None:
    """Each page once, as after an evening's restart: what is read of papers is kept in memory."""
    visitor = Visitor(0, port, session, indicators, 0, 0)
    for path in PAGES:
        visitor.asks("GET", path.replace("INDICATOR", indicators[0]))
    for indicator in indicators:
        visitor.asks("GET", f"/contracts/{CONTRACT}/indicators/{indicator}/")


if __name__ == "__main__":
    sys.exit(main())
