"""Seed small bugs, one at a time, and say how many of them the tests do not see.

    python tools/mutants.py                      # every module below: hours
    python tools/mutants.py losses order      # some of them

For each module, cosmic-ray changes one thing in a copy of the project (a sign, a comparison, a
number, a branch) and runs the module's own tests. A change that no test sees is live: it is
printed as a diff. Where a change makes no difference that anybody could see, its line says so
with the comment `pragma: no mutate`. Two kinds of change never count: that `zip` no longer
compares lengths, which are checked before where they come from outside, and that a result is not
remembered, which costs time alone.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "_build" / "mutants"
QUIZ = ["tests/quiz/test_bank.py"]
# A module and its own tests; by default those that bear its name.
TESTS = {
    "nn_core/_glance.py": ["tests/nn_core/test_glance.py"],
    "nn_core/_scalars.py": [
        *("tests/nn_core/test_losses.py", "tests/nn_core/test_training.py"),
        "tests/nn_core/test_parameters.py",
    ],
    "nn_core/_show.py": ["tests/nn_core/test_parameters.py", "tests/nn_core/test_network.py"],
    "nn_core/_validate.py": [
        *("tests/nn_core/test_network.py", "tests/nn_core/test_losses.py"),
        *("tests/nn_core/test_gradients.py", "tests/nn_core/test_training.py"),
        "tests/nn_core/test_activations.py",
    ],
    **{
        f"nn_core/{name}.py": [f"tests/nn_core/test_{name}.py"]
        for name in (
            *("activations", "losses", "parameters", "network", "gradients", "training"),
            *("data", "checking", "autodiff", "outside"),
        )
    },
    "nn_core/_graph.py": ["tests/nn_core/test_autodiff.py"],
    **{
        f"nn_core/{name}.py": ["tests/nn_core/test_diagnosis.py"]
        for name in (
            *("answers", "comparison", "diagnosis", "explanation", "memory", "mistakes"),
            *("precision", "remarks", "search", "trials"),
        )
    },
    **{
        f"nn_widgets/quiz/{name}.py": QUIZ
        for name in ("bank", "bank_lint", "proofs", "schema", "variants")
    },
    "nn_widgets/quiz/kind.py": [*QUIZ, "tests/quiz/test_quiz_html.py"],
    **{
        f"nn_widgets/quiz/kinds/{name}.py": [*QUIZ, "tests/quiz/test_quiz_html.py"]
        for name in ("choice", "numeric", "order", "true_false")
    },
    "nn_widgets/quiz/question.py": ["tests/quiz/test_quiz_html.py"],
    **{
        f"nn_widgets/quiz/{name}.py": [f"tests/quiz/test_{name}.py"]
        for name in ("anki", "bank_check", "quiz", "quiz_html", "quiz_text")
    },
    "nn_widgets/quiz/classroom/course.py": ["tests/quiz/test_course.py"],
}
# Of the ways to replace an operator those that a hand slips into, one for each.
LEFT_OUT = [
    "core/Variable.*",
    "core/ReplaceBinaryOperator_(?!Add_Sub|Sub_Add|Mul_Div|Div_Mul|Pow_Mul|BitOr_BitAnd|Mod_Mul)",
    "core/ReplaceComparisonOperator_"
    "(?!Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Is_IsNot|IsNot_Is)",
]
# Networks of another size, drawn with another seed, are other trials, and no mistake.
LEFT_OUT_OF = {"nn_core/trials.py": ["core/NumberReplacer"]}


def main(names):
    """Try the modules named, or all; the exit status says whether a mutant lives."""
    modules = [module for module in TESTS if not names or Path(module).stem in names]
    unknown = set(names) - {Path(module).stem for module in TESTS}
    if unknown:
        sys.exit(f"No module is called {unknown.pop()}.")
    copy_project()
    counts = [try_module(module) for module in modules]
    tried, live = map(sum, zip(*counts, strict=True))
    print(f"{tried} mutants, {live} live")
    sys.exit(live > 0)


def copy_project():
    """Copy what the tests need: a change never touches the project itself."""
    shutil.rmtree(COPY, ignore_errors=True)
    for folder in ("nn_core", "nn_widgets", "tests", "tools", "book"):
        shutil.copytree(ROOT / folder, COPY / folder)
    shutil.copy(ROOT / "pyproject.toml", COPY)


def try_module(module):
    """Seed every bug into one module; return how many there were and how many live."""
    config, session = COPY / "mutants.toml", COPY / f"{Path(module).stem}.sqlite"
    config.write_text(configuration(module), encoding="utf-8")
    tool("cosmic-ray", "init", config, session, "--force")
    tool("cr-filter-operators", session, config)
    tool("cr-filter-pragma", session)
    tool("cosmic-ray", "--verbosity", "ERROR", "baseline", config)
    tool("cosmic-ray", "exec", config, session)
    results = [json.loads(line) for line in tool("cosmic-ray", "dump", session).splitlines()]
    tried = [result for _, result in results if result and result["worker_outcome"] == "normal"]
    tried = [result for result in tried if not counts_for_nothing(result["diff"])]
    live = [result["diff"] for result in tried if result["test_outcome"] == "survived"]
    print(f"{module}: {len(tried)} mutants, {len(live)} live", flush=True)
    for diff in live:
        print("\n".join(f"    {line}" for line in diff.splitlines()[2:]), flush=True)
    return len(tried), len(live)


def counts_for_nothing(diff):
    """Tell whether all that changes is that lengths are not compared or a result not remembered."""
    lines = diff.splitlines()[3:]  # behind the names of the files
    gone, come = ([line[1:] for line in lines if line[:1] == sign] for sign in "-+")
    if come:
        return come == [line.replace("strict=True", "strict=False") for line in gone]
    return "".join(gone).strip().split("(")[0] in ("@cache", "@lru_cache")


def configuration(module):
    """Say what to change and which tests are to see it."""
    left_out = LEFT_OUT + LEFT_OUT_OF.get(module, [])
    command = f"{sys.executable} -m pytest -x -q -n0 -p no:cacheprovider {' '.join(TESTS[module])}"
    return "\n".join(
        [
            "[cosmic-ray]",
            f'module-path = "{module}"',
            "timeout = 120.0",
            "excluded-modules = []",
            f'test-command = "{command}"',
            '[cosmic-ray.distributor]\nname = "local"',
            f"[cosmic-ray.filters.operators-filter]\nexclude-operators = {json.dumps(left_out)}",
        ]
    )


def tool(name, *arguments):
    """Run a command of cosmic-ray in the copy; what it prints is returned."""
    environment = {**os.environ, "PYTHONPATH": str(COPY), "OPENBLAS_NUM_THREADS": "1"}
    command = [str(Path(sys.executable).with_name(name)), *map(str, arguments)]
    done = subprocess.run(
        command, cwd=COPY, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{name} {arguments[0]} stopped:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
