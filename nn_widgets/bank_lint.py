"""What a schema cannot say about questions: doubles, TeX that does not close, tricky wording."""

import re

__all__ = ["lint"]

TRICKS = {
    r"\b(all|none) of the above\b": "it says {0}; name the options instead",
    r"\bNOT (true|right|correct)\b|\bnot true\b": "it says {0}; ask for what is false instead",
}

PAIRS = (("begin", "end"), ("left", "right"))


def lint(data):
    """Yield a sentence for each fault, naming item and field."""
    ids = [item["id"] for item in data["items"]]
    for position, item in enumerate(data["items"]):
        if item["id"] in ids[:position]:
            yield f"item {item['id']}, field id: another item has it too."
        for field, text in texts(item):
            yield from (f"item {item['id']}, field {field}: {fault}." for fault in _faults(text))
        yield from (f"item {item['id']}, {fault}." for fault in _doubles(item))
        yield from (f"item {item['id']}, {fault}." for fault in _kind_faults(item))


def texts(item):
    """Yield (field, text) for whatever the reader gets to read."""
    for field in ("prompt", "unit", "why"):
        if field in item:
            yield field, item[field]
    for field in ("statements", "options", "lines", "slips"):
        for number, entry in enumerate(item.get(field, []), 1):
            for part in {"text", "why", "say"} & entry.keys():
                if not (part == "text" and item.get("code")):
                    yield f"{field} {number} {part}", entry[part]


def _faults(text):
    if len(re.findall(r"(?<!\\)\$", text)) % 2:
        yield "a dollar sign does not close"
    for tex in re.findall(r"(?<!\\)\$+([^$]*)\$", text):
        bare = re.sub(r"\\[{}\\]", "", tex)
        if bare.count("{") != bare.count("}"):
            yield f"the braces of {tex!r} do not close"
        if any(_count(left, tex) != _count(right, tex) for left, right in PAIRS):
            yield f"{tex!r} opens something that it does not close"
    for pattern, words in TRICKS.items():
        if found := re.search(pattern, text, re.I if "above" in pattern else 0):
            yield words.format(f'"{found[0]}"')


def _count(command, tex):
    return len(re.findall(rf"\\{command}(?![a-zA-Z])", tex))


def _doubles(item):
    for field, part in (("statements", "text"), ("options", "text"), ("lines", "key")):
        seen = set()
        for number, entry in enumerate(item.get(field, []), 1):
            if entry[part] in seen:
                yield f"field {field} {number} {part}: it stands there already"
            seen.add(entry[part])


def _kind_faults(item):
    rights = [option["right"] for option in item.get("options", [])]
    if rights and not item.get("several") and "varies" not in rights and rights.count(True) != 1:
        yield f"field options: one must be right, got {rights.count(True)}; or set several: true"
    answers = rights or [statement["answer"] for statement in item.get("statements", [])]
    if "varies" in answers and "given" not in item:
        yield "field given: an answer varies, and nothing is given that could vary"
    keys = {line["key"] for line in item.get("lines", [])}
    for pair in item.get("before", []):
        for key in pair:
            if key not in keys:
                yield f"field before: no line has the key {key}"
