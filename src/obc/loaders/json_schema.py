"""JSON Schema of a contract's files, so that an editor completes keys and underlines mistakes while one writes.

It is wider than the models: what they work out from a shorter form (`points: 5` for a figure with its history) it
lets pass, since a schema can only describe, not convert. `obc contract check` has the last word.
"""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from obc.domain.core.kernel.figure import Figure
from obc.domain.measurement.records.codes import CodeList
from obc.domain.outcomes.scoring.combine import Part
from obc.domain.outcomes.scoring.pick import Candidate
from obc.loaders.contract import FILES, FOLDERS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = ("string", "number", "boolean", "array", "object", "null")

_MAPPINGS: dict[type[BaseModel], JsonSchemaValue] = {
    Figure: {"type": "object", "properties": {key: {} for key in ("value", "from", "agreed", "source")}},
    Part: {"type": "object"},
    Candidate: {"type": "object"},
    CodeList: {"type": "object", "properties": {"codes": {"type": "object"}}, "required": ["id", "codes"]},
}
"""Models with a shorter form that is a mapping too."""


class _Forms(GenerateJsonSchema):
    """Lets the shorter forms pass: whatever is of another JSON type than the full form, or a known mapping."""

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        full = super().function_before_schema(schema)
        return full if "properties" in full else _or_shorter(full, self._type(full))

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        full = super().model_schema(schema)
        shorter = schema["schema"]["type"] == "function-before"
        return _or_shorter(full, "object", _MAPPINGS.get(schema["cls"])) if shorter else full

    def int_schema(self, schema: Any) -> JsonSchemaValue:
        return {"anyOf": [super().int_schema(schema), {"type": "string", "pattern": "^-?[0-9]+(_[0-9]{3})*$"}]}

    def bool_schema(self, schema: Any) -> JsonSchemaValue:
        return {"enum": [True, False, "yes", "no"]}

    def _type(self, full: JsonSchemaValue) -> str | None:
        while "$ref" in full:
            full = self.get_schema_from_definitions(full["$ref"]) or {"type": "object"}
        kind = full["anyOf"][0].get("type") if "anyOf" in full else full.get("type")
        return "number" if kind == "integer" else kind


def _or_shorter(full: JsonSchemaValue, kind: str | None, mapping: JsonSchemaValue | None = None) -> JsonSchemaValue:
    others = [name for name in _TYPES if name != kind]
    return {"anyOf": [full, *([mapping] if mapping else []), {"type": others}]}


def json_schemas() -> dict[str, dict[str, Any]]:
    """One schema for each kind of file, by the pattern of its name in a contract's folder."""
    patterns = FILES | {f"{folder}/*.yaml": model for folder, model in FOLDERS.items()}
    return {
        pattern: {"$schema": DRAFT, **model.model_json_schema(by_alias=True, schema_generator=_Forms)}
        for pattern, model in patterns.items()
    }
