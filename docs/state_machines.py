"""The state machines of the domain, drawn: found where they are, so that none is left out."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import obc.domain
from obc.domain.core.kernel.states import Machine, drawn


def machines() -> Iterator[tuple[ModuleType, str, Machine]]:
    """Every machine with the module that defines it and its name there, in the order of the rooms."""
    for found in sorted(pkgutil.walk_packages(obc.domain.__path__, "obc.domain."), key=lambda one: one.name):
        module = importlib.import_module(found.name)
        source = inspect.getsource(module)
        for name, held in vars(module).items():
            if isinstance(held, Machine) and re.search(rf"^{name} = Machine\(", source, re.MULTILINE):
                yield module, name, held


def state_machines() -> Iterator[str]:
    """The lines of the page: a picture and a table a machine."""
    yield "What a record can go through, and who may move it. A verb that a state does not list is refused, with the"
    yield "verbs that it does. No role named: whoever the rules of the room let act, such as an owner, a member, an"
    yield "assessor without an interest. Nothing is deleted; a state without a way out is an end.\n"
    for module, _, machine in machines():
        room = module.__name__.removeprefix("obc.domain.").split(".")
        yield f"## {_title(machine.name)}\n"
        yield f"`{'/'.join(room)}`: {_first(module)}\n"
        yield "```mermaid"
        yield drawn(machine).rstrip()
        yield "```\n"
        yield "| while it is | one can | then it is | for |"
        yield "|---|---|---|---|"
        for state in machine.states:
            for verb, move in machine.moves.get(state, {}).items():
                yield f"| {state} | {verb} | {move.to} | {', '.join(move.by)} |"
        yield ""


def _title(name: str) -> str:
    words = re.sub(r"^(the|a|an) ", "", name)
    return words[:1].upper() + words[1:]


def _first(module: ModuleType) -> str:
    said = (module.__doc__ or "").strip().splitlines()[0]
    return said[:1].lower() + said[1:]
