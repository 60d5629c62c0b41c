"""The schema of a chapter's file: what all questions share, and what each kind adds."""

import json
import sys

from nn_widgets.quiz.kind import EXPRESSION, TEXT
from nn_widgets.quiz.kinds import KINDS

__all__ = ["schema", "texts", "validator", "write_schema"]

SHARED = {
    "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "kind": True,
    "prompt": TEXT,
    "misconception": TEXT,
    "given": {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[A-Za-z][A-Za-z0-9_]*$"},
        "additionalProperties": EXPRESSION,
        "description": "Names, each with an expression; `rng` draws fresh numbers.",
    },
    "first": {
        "type": "object",
        "description": "Values of some names of `given` for the first try.",
    },
}
DEFINITIONS = {
    "text": {
        "type": "string",
        "pattern": "\\S",
        "description": "Markdown with plain TeX between dollar signs; {{name}} stands for a value "
        "of `given`.",
    },
    "expression": {
        "type": ["string", "number"],
        "pattern": "\\S",
        "description": "Python over nn_core's names, np, and the names of `given`.",
    },
}


def schema():
    """Return the JSON Schema of a chapter's file."""
    item = {
        "type": "object",
        "required": ["id", "kind", "prompt"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}},
                "then": {"additionalProperties": False, **fields(kind)},
            }
            for name, kind in KINDS.items()
        ],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One chapter's questions",
        "type": "object",
        "required": ["items"],
        "additionalProperties": False,
        "properties": {
            "chapter": {"type": "string", "description": "The file's name without .yml."},
            "items": {"type": "array", "minItems": 1, "items": item},
        },
        "$defs": DEFINITIONS,
    }


def validator(rules):
    """Return jsonschema's validator, without its check of international addresses: we have none.

    Newer ones find the package for them where Jupyter is installed, and it compiles 38 grammars as
    it is imported: longer than everything else that `import nn_widgets` and a check do.
    """
    name = "rfc3987_syntax"
    absent = name not in sys.modules
    if absent:
        sys.modules[name] = None  # an import of it fails, and jsonschema goes on without
    try:
        from jsonschema import Draft202012Validator
    finally:
        if absent:
            del sys.modules[name]
    return Draft202012Validator(rules)


def write_schema(path):
    """Write it, for an editor that completes and checks YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(schema(), indent=1) + "\n", encoding="utf-8")


def fields(kind):
    """Return the schema of a kind with the fields that all questions have."""
    return {**kind.schema, "properties": {**SHARED, **kind.schema["properties"]}}


def texts(source):
    """Yield (path, text) for every text of an item: each field that is one in the schema."""
    return _texts(source, fields(KINDS[source["kind"]]), ())


def _texts(value, rule, path):
    if not isinstance(rule, dict):
        return
    if rule.get("$ref") == TEXT["$ref"]:
        yield path, value
    for key, inner in rule.get("properties", {}).items():
        if key in value:
            yield from _texts(value[key], inner, (*path, key))
    if "items" in rule:
        for number, entry in enumerate(value, 1):
            yield from _texts(entry, rule["items"], (*path, number))
