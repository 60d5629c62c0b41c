"""Values that a link may carry for each choice of a figure: wrong ones of every kind, and ends."""

import json

WRONG = [
    None, True, False, -1, 0, 1, 3, 0.5, -0.5, 1e308, -1e308, 5e-324, 2**53, 400,
    "", "0", "0.5", "all", "book", "ravine", "NaN", "__proto__", "constructor",
    [], [[]], [0.5], [0.5, 0.5], [1, 1], [1, 2], [1e308, 0], ["ravine"], [None, None],
    [0.2, 0.8, 0], [0.5, 0.6, 0], [1.2, -0.2, 0], ["0", "1"], [True, False], [[0, 0]], [[0, 0, 1]],
    [[0, 0, 1, 1]], {}, {"": 1}, {"25": "1"}, {"25": 1}, {"25": 1e308}, {"25": 9},
    {"26": 1}, {"__proto__": 1}, {"0": 1}, {"25": None}, {"25": True},
]  # fmt: skip


def changed(value):
    """Return a good value spoiled in every way that a hand can."""
    yield json.dumps(value)
    yield [value]
    if isinstance(value, list):
        yield value[1:]
        yield [*value, *value[:1]]
        for other in (None, "0", 1e308, True, []):
            yield [*value[:-1], other]


def tried(page):
    """Return what to try on a figure's page: choices by one, each with a value, wrong or not."""
    values = {name: [*WRONG, *changed(own)] for name, own in page["state"].items()}
    return [{name: value} for name, several in values.items() for value in several]


def ends(allowed):
    """Return the least and the greatest that a choice takes, or all that it takes where few."""
    match allowed["kind"]:
        case "one":
            return allowed["of"]
        case "switch":
            return [False, True]
        case "text":
            return ["", "u" * allowed["max"]]
        case "either":
            return [end for one in allowed["of"] for end in ends(one)]
        case "named":
            return [{}]
        case "list":
            inner = ends(allowed["of"])
            if allowed.get("different"):
                return [inner[:1] * allowed["min"], list(range(allowed["max"]))]
            most = min(allowed["max"], 8)
            return [[one] * count for one in inner for count in {max(allowed["min"], 0), most}]
        case _:
            return [allowed["min"], allowed["max"]]


def has_truth(value):
    """Tell whether true or false is in a value: they are numbers in Python alone."""
    if isinstance(value, dict):
        value = list(value.values())
    return any(map(has_truth, value)) if isinstance(value, list) else isinstance(value, bool)
