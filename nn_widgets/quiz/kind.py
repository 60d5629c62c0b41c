"""What every kind of question has: the interface that the files in `kinds` fill in.

Whatever belongs to one kind alone stands in its file: nothing else knows its name.
"""

from typing import ClassVar

import numpy as np

from nn_widgets.quiz.proofs import ProofError, value_of
from nn_widgets.quiz.question import entry_html

__all__ = ["EXPRESSION", "TEXT", "DrawError", "Kind", "WrongError", "entries", "evaluate"]

# Types of fields, for the schemas of the kinds.
TEXT = {"$ref": "#/$defs/text"}
EXPRESSION = {"$ref": "#/$defs/expression"}
MOST = 50  # entries of a question; a longer answer is none to the page


class WrongError(ValueError):
    """An answer that its proof does not bear out; the message names the field."""


class DrawError(ValueError):
    """Numbers with which a slip is as good as the answer: draw others."""


def entries(minimum, required, **properties):
    """Schema of a list whose entries each have a text and a reason."""
    entry = {
        "type": "object",
        "required": ["text", *required, "reason"],
        "additionalProperties": False,
        "properties": {"text": TEXT, "reason": TEXT, **properties},
    }
    return {"type": "array", "minItems": minimum, "maxItems": MOST, "items": entry}


def evaluate(field, expression, names):
    """Value of an expression; the error of one that fails names the field."""
    try:
        return value_of(expression, names)
    except ProofError as error:
        raise ProofError(f"field {field}: {error}") from None


class Kind:
    """One kind of question: a file in `kinds` derives its own from this.

    Attributes
    ----------
    schema : dict
        JSON Schema of the fields that only this kind has: `required` and `properties`.
    field : str
        The field that lists the entries, each with a `text` and a `reason`; "" without entries.
    distinct : str
        The key in which no two entries are alike.
    named : tuple of str
        What texts may name besides `given`: keys of what `solve` returns.
    """

    schema: ClassVar[dict]
    field = ""
    distinct = "text"
    named = ()

    def entries(self, source):
        """List what the reader judges, chooses or orders."""
        return source.get(self.field, [])

    def size(self, source):
        """Length of a complete answer, for the page to tell an answer from something else."""
        return len(self.entries(source)) or 1

    def hint(self, source):
        """Say in one short sentence what to do."""
        raise NotImplementedError

    def verbatim(self, source, path):
        """Whether the text at `path` (keys and numbers) is code, not Markdown."""
        return False

    def faults(self, source):
        """Yield what the schema cannot say, a clause each, beginning with ``field``."""
        seen = set()
        for number, entry in enumerate(self.entries(source), 1):
            if entry[self.distinct] in seen:
                yield f"field {self.field} {number} {self.distinct}: it stands there already"
            seen.add(entry[self.distinct])

    def solve(self, source, names, seed):
        """Prove the answer and return, as plain JSON, what the page judges by.

        Parameters
        ----------
        source : dict
            The item as it stands in the file.
        names : dict
            The values of `given`.
        seed : int
            For what is shuffled.

        Raises
        ------
        WrongError, ProofError
            If the proof contradicts the answer, or fails; the message names the field.
        DrawError
            If only these numbers are bad.
        """
        raise NotImplementedError

    def body(self, question):
        """Yield the HTML in which the reader answers: an element ``nn-entry`` for each mark."""
        raise NotImplementedError

    def key(self, question):
        """Yield the HTML of the answer and its reasons, for the answer key."""
        raise NotImplementedError

    def lines(self, question):
        """Yield the entries as HTML for a stored notebook."""
        for entry in self.entries(question.source):
            yield question.line(entry["text"])


class Judged(Kind):
    """Entries each of which is so or is not, as a statement is true or an option right.

    Attributes
    ----------
    answer : str
        The entry's key that says whether it is so.
    marks : dict
        What the key writes before an entry that is so, and before another.
    """

    answer = ""
    marks: ClassVar[dict]

    def faults(self, source):
        """Add to the doubles the entries without a proof."""
        yield from super().faults(source)
        for number, entry in enumerate(self.entries(source), 1):
            if "proof" not in entry and "proof" not in source:
                yield f"field {self.field} {number}: proof is missing"

    def solve(self, source, names, seed):
        """Return whether each entry is so, stated and proved alike."""
        proved = self._proved(source, names)
        for number, (entry, is_so) in enumerate(zip(self.entries(source), proved, strict=True), 1):
            place = f"{self.field} {number}"
            stated = entry.get(self.answer, False)
            says = evaluate(f"{place} {self.answer}", stated, names)
            if not all(isinstance(value, (bool, np.bool)) for value in (says, is_so)):
                raise WrongError(f"field {place} proof: {is_so!r} and {says!r} are no booleans")
            if bool(says) != bool(is_so):
                raise WrongError(f"field {place} {self.answer}: it says {says}, the proof {is_so}")
        return {"right": list(map(bool, proved))}

    def _proved(self, source, names):
        """Each entry's proof; those without one share the item's list."""
        listed = self.entries(source)
        shared = [None] * len(listed)
        if "proof" in source:
            shared = evaluate("proof", source["proof"], names)
        if not isinstance(shared, (list, tuple, np.ndarray)) or len(shared) != len(listed):
            raise WrongError(f"field proof: it must give {len(listed)} booleans, got {shared!r}")
        return [
            evaluate(f"{self.field} {number} proof", entry["proof"], names)
            if "proof" in entry
            else given
            for number, (entry, given) in enumerate(zip(listed, shared, strict=True), 1)
        ]

    def key(self, question):
        """Yield each entry with its mark."""
        listed = zip(question.data["right"], self.entries(question.source), strict=True)
        for n, (is_right, entry) in enumerate(listed):
            text = question.slot(f"text-{n}", entry["text"], "span")
            yield entry_html(question, self.marks[is_right], text, entry)


PROOFS = {**EXPRESSION, "description": "A list of booleans, one an entry that has no own proof."}
PROOF = {**EXPRESSION, "description": "A boolean: whether the entry is so."}
ANSWER = {
    "anyOf": [{"type": "boolean"}, EXPRESSION],
    "description": "A boolean, or an expression where fresh numbers decide.",
}
