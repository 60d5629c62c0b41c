"""What a schema cannot say about questions: doubles, TeX that does not close, tricky wording."""

import re

__all__ = ["lint"]

TRICKS = {
    r"\b(all|none) of the above\b": "it says {0}; name the options instead",
    r"\bNOT (true|right|correct)\b": "it says {0}; ask for what is false instead",
}

PAIRS = (("begin", "end"), ("left", "right"))


def lint(data):
    """Yield a sentence for each fault, naming item and field."""
    ids = [item["id"] for item in data["items"]]
    for position, item in enumerate(data["items"]):
        if item["id"] in ids[:position]:
            yield f"item {item['id']}, field id: another item has it too."
        known = {*item.get("given", {}), "answer"}
        for field, text in texts(item):
            faults = [*_faults(text), *_unknown_names(text, known)]
            yield from (f"item {item['id']}, field {field}: {fault}." for fault in faults)
        yield from (f"item {item['id']}, {fault}." for fault in _doubles(item))
        yield from (f"item {item['id']}, {fault}." for fault in _kind_faults(item))


def texts(item):
    """Yield (field, text) for whatever the reader gets to read."""
    for field in ("prompt", "unit", "reason"):
        if field in item:
            yield field, item[field]
    for field in ("statements", "options", "parts", "slips"):
        for number, entry in enumerate(item.get(field, []), 1):
            for part in sorted({"text", "reason"} & entry.keys()):
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
    for field, part in (("statements", "text"), ("options", "text"), ("parts", "id")):
        seen = set()
        for number, entry in enumerate(item.get(field, []), 1):
            if entry[part] in seen:
                yield f"field {field} {number} {part}: it stands there already"
            seen.add(entry[part])


def _kind_faults(item):
    options = item.get("options", [])
    rights = [option.get("right", False) for option in options]
    fixed = not any(isinstance(right, str) for right in rights)
    if options and fixed and not item.get("several") and rights.count(True) != 1:
        yield f"field options: one must be right, got {rights.count(True)}; or set several: true"
    for field in ("statements", "options"):
        for number, entry in enumerate(item.get(field, []), 1):
            if "proof" not in entry and "proof" not in item:
                yield f"field {field} {number}: proof is missing"
    for name in item.get("first", {}).keys() - item.get("given", {}).keys():
        yield f"field first: {name} is not given"
    known = {part["id"] for part in item.get("parts", [])}
    for number, part in enumerate(item.get("parts", []), 1):
        for wanted in set(part.get("after", [])) - known:
            yield f"field parts {number} after: no part has the id {wanted}"


def _unknown_names(text, known):
    for name in re.findall(r"\{\{(\w+)(?::\d+)?\}\}", text):
        if name not in known:
            yield f"nothing gives {{{{{name}}}}}"
