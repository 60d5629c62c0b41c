"""Joined ES modules run as the modules would; what cannot be joined is named."""

import json

import in_node
import pytest

from nn_widgets.figures import STEMS
from nn_widgets.kit import joiner
from nn_widgets.kit.figure import entry_of

MAIN = """
import fallback, { twice as double, LIST } from "./parts/a.js"; // a comment
import * as b from './parts/b.js';
import "./effect.js";
/* import nothing from "nowhere"; */
const text = "import x from 'y';";
const shape = `export ${LIST.map((n) => `{${n}}`).join("")} // not a comment`;
const half = 8 / 2 / 2; const rest = /["'`/]+/g.test("'");
export const result = [double(4), fallback(), b.name, b.default, b.again, text, shape, half, rest];
export default result;
"""
PARTS = {
    "parts/a.js": "export const LIST = [1, 2];\nexport function twice(n) { return 2 * n; }\n"
    "export default function () { return 'anonymous'; }\n",
    "parts/b.js": 'export { twice as again } from "./a.js";\nconst own = "b";\n'
    "export { own as name };\nexport default class Thing { static toJSON() { return 'class'; } }\n",
    "effect.js": "globalThis.loaded = (globalThis.loaded ?? 0) + 1;\n",
}


@pytest.fixture
def modules(tmp_path):
    """Return a function that writes modules and gives their folder."""

    def write(files):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
            (tmp_path / name).write_text(text)
        return tmp_path

    return write


def run(script, kind):
    """Run a script in Node; return what it printed, as JSON."""
    # A script may be longer than a command may be.
    return in_node.run(f"--input-type={kind}", "-", given=script)


def test_joined_modules_give_what_the_modules_give(modules):
    folder = modules({"main.js": MAIN, **PARTS})
    show = "console.log(JSON.stringify(out.map((one) => typeof one === 'function' ? one() : one)));"
    show = show.replace("one() : one", "(one.toJSON ?? (() => one(3)))() : one")
    real = run(f"import out from {json.dumps((folder / 'main.js').as_uri())}; {show}", "module")
    joined = joiner.as_module(["main.js"], f'const out = M["main.js"].default; {show}', folder)
    assert run(joined, "module") == real
    last = f'const out = M["main.js"].default; {show}'
    script = joiner.as_script(joiner.graph("main.js", folder).values(), last)
    assert run(f"var window = globalThis; {script}", "commonjs") == real


def test_a_module_runs_once_however_many_scripts_hold_it(modules):
    folder = modules({"main.js": MAIN, **PARTS})
    script = joiner.as_script(joiner.graph("main.js", folder).values())
    page = f"var window = globalThis; {script}{script} console.log(loaded)"
    assert run(page, "commonjs") == 1


def test_comments_go_and_licences_stay():
    body = joiner.parse("/*! ISC */\n// gone\nconst a = 1; /* gone */\n", "a.js").body
    assert "gone" not in body
    assert "/*! ISC */" in body


@pytest.mark.parametrize(
    "line",
    [
        'const a = await import("./a.js");',
        "const here = import.meta.url;",
        'export * from "./a.js";',
        "export let changing = 1;",
        "export const { a } = thing;",
        'import a from "d3-array";',
        'import a from "../../outside.js";',
    ],
)
def test_what_cannot_be_joined_is_named_with_file_and_line(line):
    with pytest.raises(joiner.ModuleError, match=r"^sub/bad\.js:3: "):
        joiner.parse(f"const fine = 1;\n\n{line}\n", "sub/bad.js")


def test_a_missing_module_names_who_asked(modules):
    folder = modules({"main.js": '\nimport "./gone.js";\n'})
    with pytest.raises(joiner.ModuleError, match=r"main\.js:2: there is no gone\.js$"):
        joiner.graph("main.js", folder)


def test_a_circle_is_refused(modules):
    folder = modules({"a.js": 'import "./b.js";', "b.js": 'import "./a.js";'})
    with pytest.raises(joiner.ModuleError, match=r"circular import a\.js → b\.js → a\.js"):
        joiner.graph("a.js", folder)


def test_the_word_import_elsewhere_is_left_alone():
    source = "const o = { import: 1, export: 2 }; o.import; const important = 3;\n"
    assert "o.import" in joiner.parse(source, "a.js").body


@pytest.mark.parametrize("name", STEMS)
def test_every_figure_joins_to_valid_javascript(name):
    script = joiner.as_script(joiner.graph(entry_of(name)).values(), "console.log(1);")
    assert run(f"var window = globalThis; {script}", "commonjs") == 1


def test_the_style_sheet_of_a_figure_holds_those_of_the_modules_it_needs():
    own = (joiner.ROOT / "figures/loss_slices/loss_slices.css").read_text(encoding="utf-8")
    ground = (joiner.ROOT / "kit/ground/ground.css").read_text(encoding="utf-8")
    joined = joiner.styles(entry_of("loss_slices"))
    assert ground in joined
    assert joined.endswith(own)
    assert ground not in joiner.styles(entry_of("one_knob"))
