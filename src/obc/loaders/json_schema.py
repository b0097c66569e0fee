"""JSON Schema of a contract's files, so that an editor completes keys and underlines mistakes while one writes."""

from typing import Any

from obc.loaders.contract import FILES, FOLDERS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """One schema for each kind of file, by the pattern of its name in a contract's folder."""
    patterns = FILES | {f"{folder}/*.yaml": model for folder, model in FOLDERS.items()}
    return {
        pattern: {"$schema": DRAFT, **model.model_json_schema(by_alias=True, mode="validation")}
        for pattern, model in patterns.items()
    }
