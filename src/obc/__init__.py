"""obc: outcomes-based commissioning, from person-level records to a settlement that can be proved."""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Lazy, so that the command line starts fast and `obc.statistics` costs nothing until it is used.
_PUBLIC = {"statistics": "obc.domain.core.statistics", "measure": "obc.bootstrap.measuring_on_spark:measure"}


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'obc' has no attribute '{name}'")
    module, _, attribute = _PUBLIC[name].partition(":")
    loaded = import_module(module)
    return getattr(loaded, attribute) if attribute else loaded
