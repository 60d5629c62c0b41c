"""Join real ES modules into one script, for pages that cannot follow imports.

Jupyter loads a widget from a blob address and browsers refuse modules on ``file://``; both need one
script. Each module becomes a function that runs once and returns its exports, in the order in
which the modules need one another. A module is called by its path
from `nn_widgets`. What is not understood is an error that names file and line.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*[\s\S]*?\*/)
    |(?P<string>"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')
    |(?P<word>[\w$]+)
    |(?P<space>\s+)
    |(?P<other>[\s\S])""",
    re.VERBOSE,
)
TEMPLATE = re.compile(r"(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?P<end>`|\$\{)")
REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
BEFORE_REGEX = {"return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw"}
KEYWORD = re.compile(r"(?<![\w$.])(?:import|export)(?![\w$])(?!\s*:)")
IMPORT = re.compile(
    r"import\b\s*(?:(?P<names>[\w$*{},\s]+?)\s*\bfrom\b)?\s*(?P<path>[\"'][^\"']*[\"'])\s*;"
)
REEXPORT = re.compile(r"export\s*\{(?P<names>[^}]*)\}\s*from\s*(?P<path>[\"'][^\"']*[\"'])\s*;")
LIST = re.compile(r"export\s*\{(?P<names>[^}]*)\}\s*;")
DEFAULT_NAMED = re.compile(
    r"export\s+default\s+(?=(?:async\s+)?(?:function\s*\*?|class)\s+(?P<name>(?!extends\b)[\w$]+))"
)
DEFAULT_BARE = re.compile(
    r"export\s+default\s+(?P<what>(?:async\s+)?function\b\s*\*?|class\b)(?=\s*[({]|\s+extends)"
)
DEFAULT = re.compile(r"export\s+default\b")
DECLARATION = re.compile(
    r"export\s+(?=(?:const|var|class|(?:async\s+)?function\s*\*?)\s*(?P<name>[\w$]+))"
)


class ModuleError(ValueError):
    """A module holds something the joiner does not understand, or imports what is not there."""


class Module(NamedTuple):
    """A module's name, the modules it imports (name, line) and its body as a function's body."""

    name: str
    imports: tuple
    body: str


def tokens(source):
    """Yield (kind, start, end): comment, string, template, regex, word, space or other."""
    at, last, depth, templates = 0, "", 0, []
    while at < len(source):
        match = TOKEN.match(source, at)
        kind, text, end = match.lastgroup, match[0], match.end()
        if text == "{":
            depth += 1
        if text == "`" or (text == "}" and templates and templates[-1] == depth):
            if text == "}":
                templates.pop()
            piece = TEMPLATE.match(source, at + 1)
            kind, end = "template", piece.end() if piece else len(source)
            if piece and piece["end"] == "${":
                templates.append(depth)
        elif text == "}":
            depth -= 1
        elif text == "/" and starts_regex(last) and (regex := REGEX.match(source, at)):
            kind, end = "regex", regex.end()
        yield kind, at, end
        if kind not in ("comment", "space"):
            last = source[at:end]
        at = end


def starts_regex(last):
    """Whether a slash after the token `last` starts a regular expression, not a division."""
    return last in BEFORE_REGEX or not (last and re.match(r"[\w$)\]}\"'`]", last[-1]))


def parse(source, name):
    """Turn an ES module's text into a `Module`.

    Raises
    ------
    ModuleError
        For a dynamic import, `import.meta`, `export *`, `export let` and anything else that does
        not fit; the sentence names file and line.
    """
    blank, edits = list(source), []
    for kind, start, end in tokens(source):
        text = source[start:end]
        if kind in ("comment", "template", "regex"):
            blank[start:end] = re.sub(r"[^\n]", " ", text)
        if kind == "string":
            blank[start + 1 : end - 1] = "_" * (end - start - 2)
        if kind == "comment" and not text.startswith("/*!"):
            edits.append((start, end, "\n" if "\n" in text else " "))
        if kind == "space":
            edits.append((start, end, "\n" if "\n" in text else " "))
    statements, imports, exports = rewrite(source, "".join(blank), name)
    body = apply(source, statements + edits)
    shown = ", ".join(f"{key}: {value}" for key, value in exports.items())
    return Module(name, tuple(imports), f"{body.strip()}\nreturn {{ {shown} }};")


def rewrite(source, blank, name):
    """Find every import and export; return the edits, the imports and the exported names."""
    edits, imports, exports = [], [], {}
    done = 0
    for keyword in KEYWORD.finditer(blank):
        if keyword.start() < done:
            continue
        at, line = keyword.start(), source.count("\n", 0, keyword.start()) + 1
        end, text = statement(source, blank, at, f"{name}:{line}", imports, exports)
        edits.append((at, end, text))
        done = end
    return edits, imports, exports


def statement(source, blank, at, where, imports, exports):
    """Translate the import or export at `at`; return where it ends and what replaces it."""
    if match := IMPORT.match(blank, at):
        target = resolve(source[match.start("path") + 1 : match.end("path") - 1], where)
        imports.append((target, where))
        return match.end(), f'{pattern(match["names"] or "", where)}M["{target}"];'
    if match := REEXPORT.match(blank, at):
        target = resolve(source[match.start("path") + 1 : match.end("path") - 1], where)
        imports.append((target, where))
        exports.update((as_, f'M["{target}"].{name}') for name, as_ in pairs(match["names"], where))
        return match.end(), ""
    if match := LIST.match(blank, at):
        exports.update((as_, name) for name, as_ in pairs(match["names"], where))
        return match.end(), ""
    if match := DEFAULT_NAMED.match(blank, at):
        exports["default"] = match["name"]
        return match.end(), ""
    if match := DEFAULT_BARE.match(blank, at):
        exports["default"] = "$default"
        return match.end(), f"{match['what']} $default"
    if match := DEFAULT.match(blank, at):
        exports["default"] = "$default"
        return match.end(), "const $default ="
    if match := DECLARATION.match(blank, at):
        exports[match["name"]] = match["name"]
        return match.end(), ""
    found = source[at:].split("\n", 1)[0]
    raise ModuleError(f"{where}: cannot join `{found}`; use static imports and named exports")


def resolve(path, where):
    """Give the module that `path` means, relative to the folder of the module in `where`."""
    if not path.startswith(("./", "../")):
        raise ModuleError(f"{where}: `{path}` is not a relative path")
    parts = where.rsplit(":", 1)[0].split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                raise ModuleError(f"{where}: `{path}` leaves the package")
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def pattern(names, where):
    """Translate what stands between `import` and `from` into the left side of a declaration."""
    names = names.strip()
    if not names:
        return ""
    if match := re.fullmatch(r"\*\s*as\s+([\w$]+)", names):
        return f"const {match[1]} = "
    match = re.fullmatch(r"(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\})?", names)
    if not match:
        raise ModuleError(f"{where}: cannot join `import {names}`")
    wanted = [f"default: {match[1]}"] if match[1] else []
    wanted += [n if n == as_ else f"{n}: {as_}" for n, as_ in pairs(match[2] or "", where)]
    return f"const {{ {', '.join(wanted)} }} = "


def pairs(names, where):
    """Split `a, b as c` into pairs of the name there and the name here."""
    found = []
    for entry in filter(None, (part.strip() for part in names.split(","))):
        match = re.fullmatch(r"([\w$]+)(?:\s+as\s+([\w$]+))?", entry)
        if not match:
            raise ModuleError(f"{where}: cannot join the name `{entry}`")
        found.append((match[1], match[2] or match[1]))
    return found


def apply(source, edits):
    """Replace the given spans; a span inside an earlier one is already gone."""
    out, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start >= at:
            out += [source[at:start], text]
            at = end
    return "".join([*out, source[at:]])


@cache
def _parsed(path, name, changed):
    """Read and parse once for each time of change, so that an edited file is read again."""
    return parse(path.read_text(encoding="utf-8"), name)


def graph(entry, root=ROOT):
    """Return every module that `entry` needs and itself, by name, each after those it imports.

    Raises
    ------
    ModuleError
        If a module is missing or modules import one another in a circle.
    """
    found, path = {}, []

    def visit(name, where):
        if name in path:
            raise ModuleError(f"{where}: circular import {' → '.join([*path, name])}")
        if name in found:
            return
        file = root / name
        if not file.is_file():
            raise ModuleError(f"{where}: there is no {name}")
        module = _parsed(file, name, file.stat().st_mtime_ns)
        path.append(name)
        for target, line in module.imports:
            visit(target, line)
        path.pop()
        found[name] = module

    visit(entry, entry)
    return found


def joined(modules):
    """Return statements that make every module's exports `M[name]`, unless they are there."""
    return "\n".join(
        f'M["{module.name}"] ??= (() => {{\n"use strict";\n{module.body}\n}})();'
        for module in modules
    )


def as_module(entries, last, root=ROOT):
    """One ES module: the modules that `entries` need, then the statement `last`."""
    modules = {name: module for entry in entries for name, module in graph(entry, root).items()}
    return f"const M = {{}};\n{joined(modules.values())}\n{last}\n"


def as_script(modules, last=""):
    """One classic script that shares its modules with the other scripts on the page."""
    return f"{{\nconst M = (window.nnModules ??= {{}});\n{joined(modules)}\n{last}\n}}\n"


def styles(entry, root=ROOT):
    """Return the style sheets of `entry` and of every module that it needs, its own last.

    A module's sheet has the module's name and stands beside it.
    """
    sheets = [(root / name).with_suffix(".css") for name in graph(entry, root)]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.is_file())
