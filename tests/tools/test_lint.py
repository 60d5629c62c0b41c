"""What is wrong in the JavaScript is named with its file and line, and nothing else is."""

import json
import re
import shutil
import subprocess

import environment
import figures
import lint
import pytest
from sources import ROOT

from nn_widgets.tex.node import find_node, npm_command

# A figure as it should be, and one fault at a time: what stands there, what takes its place.
FIGURE = """\
import { announcer } from "../../kit/announce.js";
import { update } from "../../kit/model.js";
import { html } from "../../kit/svg.js";

/** @typedef {{z: number, on: boolean}} State */

/** @param {import("../../kit/home.js").Context<State, {names: string[]}>} context */
function render({ model, el, data, allowed }) {
  const voice = announcer(el);
  const onkeydown = (/** @type {KeyboardEvent} */ event) => voice.say(event.key);
  const onblur = (/** @type {FocusEvent} */ event) => voice.say(event.type);
  const field = html("input", { max: allowed.z.max, onkeydown, onfocus: (event) => onblur(event) });
  field.value = String(model.get("z"));
  el.append(field, html("p", {}, data.names[0].trim()));
  model.on("change:on", () => update(model, { z: field.valueAsNumber }));
  return () => voice.stop();
}

export default { render };
"""
TYPES = [
    ("voice.say(event.key)", "voice.say(7)", 10),
    ("event.key", "event.kee", 10),
    ("event.type", "event.key", 11),
    ("allowed.z.max", "allowed.z.most", 12),
    ("onblur(event)", "onblur(event.key)", 12),
    ('model.get("z")', 'model.get("zz")', 13),
    ('html("p",', 'html("pp",', 14),
    ("data.names[0]", "data.species[0]", 14),
    ('"change:on"', '"change:onn"', 15),
    ("{ z: field", "{ y: field", 15),
    ("{ z: field.valueAsNumber }", "{ z: field.value }", 15),
    ("field.valueAsNumber", "field.valeuAsNumber", 15),
    ("data.names[0]", "data.names.toSorted()[0]", 14),
]
STYLE = [
    ("const voice", "const spare = 1;\n  const voice", "no-unused-vars", 9),
    ("voice.stop()", "voicer.stop()", "no-undef", 16),
    ("return () =>", "debugger;\n  return () =>", "no-debugger", 16),
]
# What Safari 15.4 cannot read, or does not have.
NEWER = {
    "/(?<=a)b/": "es-x/no-regexp-lookbehind-assertions",
    "/[a--b]/v": "es-x/no-regexp-v-flag",
    "class { static { String(1); } }": "es-x/no-class-static-block",
    "Array.fromAsync([])": "es-x/no-array-fromasync",
    "Object.groupBy([], String)": "es-x/no-object-groupby",
}
# What a browser of the README lacks.
LATER_STYLE = [
    "a { grid-template-rows: subgrid; }",
    "input:user-invalid { color: red; }",
    "a { anchor-name: --here; }",
    "a:open { color: red; }",
    "@starting-style { a { opacity: 0; } }",
]


@pytest.fixture(scope="module", autouse=True)
def checkers():
    environment.prepare_checkers(npm_command())


def node(script, *arguments, given=None):
    command = [find_node(), str(ROOT / "node_modules" / script), *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, input=given, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def style_faults(text, name):
    """Return rule and line of what ESLint says of a text, were it in this file."""
    told = node(
        "eslint/bin/eslint.js", "--format=json", "--stdin", "--stdin-filename", name, given=text
    )
    return [(fault["ruleId"], fault["line"]) for fault in json.loads(told)[0]["messages"]]


def test_each_wrong_name_and_type_is_named_with_its_file_and_line(tmp_path):
    figure = FIGURE.replace("../../", f"{(ROOT / 'nn_widgets').as_posix()}/")
    (tmp_path / "right.js").write_text(figure, encoding="utf-8")
    for number, (right, wrong, _) in enumerate(TYPES):
        assert figure.count(right) == 1
        (tmp_path / f"wrong_{number}.js").write_text(figure.replace(right, wrong), encoding="utf-8")
    names = (ROOT / "nn_widgets/globals.d.ts").as_posix()
    config = {"extends": (ROOT / "tsconfig.json").as_posix(), "include": ["*.js", names]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    said = node("typescript/bin/tsc", "--pretty", "false", "--project", tmp_path)
    found = re.findall(r"(\w+)\.js\((\d+),\d+\): error", said)
    expected = {(f"wrong_{number}", str(line)) for number, (*_, line) in enumerate(TYPES)}
    assert set(found) == expected, said


def test_a_figure_without_a_fault_passes():
    assert style_faults(FIGURE, "nn_widgets/figures/x/x.js") == []


@pytest.mark.parametrize(("right", "wrong", "rule", "line"), STYLE)
def test_each_fault_of_style_is_named_with_its_line(right, wrong, rule, line):
    text = FIGURE.replace(right, wrong)
    assert style_faults(text, "nn_widgets/figures/x/x.js") == [(rule, line)]


@pytest.mark.parametrize("place", ["nn_widgets/x.js", "nn_widgets/kit/vendor/x.js"])
def test_what_is_newer_than_the_oldest_browsers_is_named_in_a_vendored_script_too(place):
    text = "".join(f"String({code});\n" for code in NEWER)
    found = [fault for fault in style_faults(text, place) if fault[0].startswith("es-x/")]
    assert found == [(rule, n) for n, rule in enumerate(NEWER.values(), 1)]


def test_what_the_oldest_browsers_do_not_give_is_named():
    text = "new URLPattern();\nnavigator.locks.query();\nrequestIdleCallback(String);\n"
    assert style_faults(text, "nn_widgets/x.js") == [("compat/compat", 1), ("compat/compat", 3)]


def test_the_browsers_that_are_checked_are_those_of_the_readme():
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    oldest = re.search(r"nothing that Safari ([\d.]+) and Firefox (\d+) lack", text).groups()
    chrome = re.search(r"Chrome and Edge from (\d+)", text)[1]
    checked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["browserslist"]
    assert {f"safari {oldest[0]}", f"firefox {oldest[1]}"} < {*checked}
    assert {f"chrome {chrome}", f"edge {chrome}"} < {*checked}


@pytest.mark.parametrize("place", ["nn_widgets/x.css", "book/_theme/static/x.css"])
def test_a_style_that_a_browser_of_the_readme_lacks_is_named(place):
    text = "".join(f"{style}\n" for style in ("a { color: red; }", *LATER_STYLE))
    found = [("css/use-baseline", n) for n in range(2, len(LATER_STYLE) + 2)]
    assert style_faults(text, place) == found


def test_a_joined_script_asks_for_nothing_newer_either():
    text = figures.files(["hill_descent"])["hill_descent.js"]
    found = [rule for rule, _ in style_faults(text, "nn_widgets/kit/vendor/joined.js")]
    assert not [rule for rule in found if rule.startswith("es-x/")]


def test_a_page_script_that_declares_a_name_for_all_others_is_named():
    script = "book/_theme/static/landing.js"
    text = (ROOT / script).read_text(encoding="utf-8")
    fault = ("no-implicit-globals", len(text.splitlines()) + 1)
    assert style_faults(text + "const shared = 1;\nconsole.log(shared);\n", script) == [fault]


def test_a_line_that_is_too_wide_is_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(lint, "ROOT", tmp_path)
    for name, width in (("fits.js", 120), ("wide.mjs", 121), ("vendor/theirs.js", 500)):
        path = tmp_path / "nn_widgets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n" + "×" * width + "\n", encoding="utf-8")
    assert not lint.javascript_is_narrow()
    assert capsys.readouterr().out == "nn_widgets/wide.mjs:2: 121 columns, at most 120 fit\n"


def test_every_module_of_the_project_is_among_those_that_are_checked():
    listed = node("typescript/bin/tsc", "--listFilesOnly").replace("\\", "/").splitlines()
    own = [path.as_posix() for path in lint.javascript_files()]
    typed = [path for path in own if "/nn_widgets/" in path or "/book/_theme/" in path]
    assert len(typed) > 100
    assert {path for path in typed if path.endswith(".js")} <= set(listed)


def test_the_packages_are_pinned_and_their_list_names_no_registry():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked.pop("")["devDependencies"] == wanted
    assert all("resolved" not in package and package["integrity"] for package in locked.values())


def test_what_is_installed_is_installed_again_only_for_another_list(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    ran = []

    def install(command):
        ran.append(command)
        shutil.rmtree(tmp_path / "node_modules", ignore_errors=True)
        (tmp_path / "node_modules").mkdir()

    monkeypatch.setattr(environment, "run", install)
    for content, times in (("{}", 1), ("{}", 1), ('{"a": 1}', 2)):
        (tmp_path / "package-lock.json").write_text(content)
        environment.prepare_checkers(["npm"])
        assert len(ran) == times
    assert ran[0][:2] == ["npm", "ci"]
