"""Rounds: what is done again and again beside the pages, quickly: notices go out, heads are written down."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections, connection

from obc.bootstrap import anchoring, post
from obc.store import forgetting

PAUSE = 2.0
"""Seconds between two rounds."""
CLOCKS = timedelta(minutes=10)
"""How often clocks that run out are looked at."""


def go_round(now: datetime, clocks: bool) -> None:
    """One round. `clocks`: look at those too, which takes longer."""
    post.gather(now)
    if clocks:
        post.watch_clocks(now)
        anchoring.anchor_daily(now)
        forgetting.forget(datetime.now(UTC))
    post.send(now)


@contextmanager
def rounds_beside(stop: threading.Event, now: Callable[[], datetime]) -> Iterator[None]:
    """While the block lasts rounds are gone, in a thread of their own; `stop` ends them."""
    rounds = threading.Thread(target=go_rounds, args=(stop, now), daemon=True)
    rounds.start()
    yield
    rounds.join(timeout=10)


def go_rounds(stop: threading.Event, now: Callable[[], datetime]) -> None:
    """Round after round until `stop` is set; one that fails is told in the log, and the next one tries again."""
    looked: datetime | None = None
    while not stop.is_set():
        close_old_connections()
        moment = now()
        clocks = looked is None or moment - looked >= CLOCKS
        try:
            go_round(moment, clocks)
            looked = moment if clocks else looked
        except Exception as error:  # the rounds go on; what failed was not noted as done
            logging.getLogger(__name__).error("a round failed: %s", type(error).__name__)
        stop.wait(PAUSE)
    connection.close()
