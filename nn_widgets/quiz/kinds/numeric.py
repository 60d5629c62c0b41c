"""A number to be typed, with the well-known ways to be wrong."""

from typing import ClassVar

import numpy as np

from nn_widgets.maths.format import number
from nn_widgets.quiz.kind import EXPRESSION, TEXT, DrawError, Kind, WrongError, evaluate
from nn_widgets.quiz.question import entry_html

PERCENT = ("%", "per cent", "percent")


class Numeric(Kind):
    """The reader types a number, which is right within a tolerance."""

    named = ("answer",)
    schema: ClassVar = {
        "required": ["answer", "proof", "tolerance", "reason"],
        "properties": {
            "answer": EXPRESSION,
            "tolerance": {
                "type": "number",
                "minimum": 0,
                "description": "The largest distance from the answer that still counts as right.",
            },
            "unit": {**TEXT, "description": "What stands after the number; % asks for one."},
            "proof": {
                **EXPRESSION,
                "description": "The same number, found another way than by `answer`.",
            },
            "slips": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["value", "reason"],
                    "additionalProperties": False,
                    "properties": {"value": EXPRESSION, "reason": TEXT},
                },
            },
            "reason": {**TEXT, "description": "{{answer}} stands for the answer."},
        },
    }

    def hint(self, source):
        """Say what to do."""
        return "Type a number."

    def solve(self, source, names, seed):
        """Return the answer, its tolerance and the slips, none of which is as good."""
        answer, proved = (_number(field, source[field], names) for field in ("answer", "proof"))
        if not np.isclose(answer, proved, rtol=1e-9, atol=1e-12):
            raise WrongError(f"field answer: it says {answer:.6g}, the proof {proved:.6g}")
        tolerance, slips = source["tolerance"], []
        for n, slip in enumerate(source.get("slips", []), 1):
            value = _number(f"slips {n} value", slip["value"], names)
            if abs(value - answer) <= 2 * tolerance:
                raise DrawError(f"field slips {n} value: {value:.6g} is as good as the answer")
            slips.append(value)
        data = {"answer": answer, "tolerance": tolerance, "slips": slips}
        percent = source.get("unit", "").strip() in PERCENT
        return {**data, "percent": True} if percent else data

    def body(self, question):
        """Yield the field, and a reason for each slip and for the answer."""
        source = question.source
        unit = question.slot("unit", source["unit"], "span") if "unit" in source else ""
        yield (
            '<div class="nn-entry"><label>Your answer <input type="text" '
            f'inputmode="{_keys(question.item)}" autocomplete="off" maxlength="100" size="12" '
            f'name="{question.item.id}"></label> {unit}'
        )
        for n, slip in enumerate(source.get("slips", [])):
            yield question.reason(f"slip-{n}", slip["reason"])
        yield question.reason("answer", source["reason"]) + "</div>"

    def key(self, question):
        """Yield the number with its reason, then each slip."""
        source = question.source
        unit, value = question.line(source.get("unit", "")), question.line("**{{answer}}**")
        yield f"<p>{value} {unit}</p>{question.slot('reason', source['reason'])}"
        slips = zip(question.data["slips"], source.get("slips", []), strict=True)
        for n, (value, slip) in enumerate(slips):
            text = question.slot(f"slip-{n}", number(value), "span")
            yield entry_html(question, "✗", text, slip)


def _keys(item):
    """Choose a phone's keypad: some have no minus, no slash and no e.

    What a reader may have to type in any variant decides, slips too: the keys must tell nothing.
    """
    values = [v for each in item.variants for v in (each.data["answer"], *each.data["slips"])]
    return "decimal" if all(v >= 0 and v == int(v) for v in values) else "text"


def _number(field, expression, names):
    value = evaluate(field, expression, names)
    try:
        found = float(np.asarray(value).item())
    except (TypeError, ValueError):
        found = np.nan
    if not np.isfinite(found):
        raise WrongError(f"field {field}: it must be one finite number, got {value!r}")
    return found


KIND = Numeric
