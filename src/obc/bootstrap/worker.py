"""The worker beside the web application, as a process: it ends with the process that started it."""

import sys
import threading

from obc.bootstrap import serving


def main() -> None:
    """Work until whoever started this is gone or closes its end; what is being worked on is ended first."""
    serving.set_up(None, "local")  # the environment says more
    from obc.bootstrap.rounds import rounds_beside
    from obc.bootstrap.work import work

    stop = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    with rounds_beside(stop, serving.clock):
        work(stop, serving.clock)


if __name__ == "__main__":
    main()
