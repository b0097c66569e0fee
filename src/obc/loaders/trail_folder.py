"""A trail as a folder: a file for each action, numbered, written once and never again."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from obc.domain.core.kernel.problem import Problems, refusal
from obc.domain.core.kernel.provenance import canonical_json
from obc.domain.core.kernel.trail import Action, broken_links

BEFORE_AND_AFTER = ("before", "after")


class TrailFolder:
    """The actions in a folder; it need not exist before the first one.

    A file appears under the next number whole or not at all, and only if that number is free: so a crash leaves no
    half action, and of two people who act at once the second is told to look again. It needs no lock.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def read(self) -> tuple[Action, ...]:
        """Every action, in order. Raises `Problems` where one cannot be read or the chain does not hold."""
        paths = sorted(self.folder.glob("[0-9]*.json"))
        actions = tuple(_read(path) for path in paths)
        problems = broken_links(actions)
        if problems:
            name = self.folder.name
            raise Problems(tuple(one.model_copy(update={"file": name, "line": None}) for one in problems))
        return actions

    def append(self, action: Action) -> None:
        """Add an action; it is on the disk when this returns. Raises `Problems` if another came in between."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{action.number:06}.json"
        handle, waiting = tempfile.mkstemp(dir=self.folder, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_written(action))
                file.flush()
                os.fsync(file.fileno())
            Path(waiting).chmod(0o644)
            os.link(waiting, path)
        except FileExistsError as error:
            found = f"action {action.number} done by somebody else meanwhile"
            raise refusal(self.folder.name, "the trail", found, "look again, then repeat yours") from error
        finally:
            Path(waiting).unlink(missing_ok=True)


def _written(action: Action) -> bytes:
    """An action as a file: its records as they are, not as text within text."""
    content: dict[str, Any] = action.model_dump(mode="json")
    for key in BEFORE_AND_AFTER:
        content[key] = json.loads(content[key]) if content[key] is not None else None
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _read(path: Path) -> Action:
    try:
        content = json.loads(path.read_bytes())
        for key in BEFORE_AND_AFTER:
            content[key] = canonical_json(content[key]).decode().rstrip("\n") if content[key] is not None else None
        return Action.model_validate(content)
    except (ValidationError, ValueError, TypeError, KeyError) as error:
        raise refusal(
            path.name, "the file", "what is no action", "go back to a copy of the trail that holds"
        ) from error
