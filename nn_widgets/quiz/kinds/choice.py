"""Options, of which one is right, or any number where `several` says so."""

from string import ascii_uppercase
from typing import ClassVar

from nn_widgets.quiz.kind import ANSWER, PROOF, PROOFS, Judged, WrongError, entries


class Choice(Judged):
    """The reader chooses."""

    field, answer = "options", "right"
    marks: ClassVar = {True: "✓ Right:", False: "✗ Not right:"}
    schema: ClassVar = {
        "required": ["options"],
        "properties": {
            "several": {
                "type": "boolean",
                "description": "Whether more than one option may be right; check boxes then.",
            },
            "proof": PROOFS,
            "options": entries(2, [], right=ANSWER, proof=PROOF),
        },
    }

    def hint(self, source):
        """Say how many to choose."""
        return "Choose all that are right." if source.get("several") else "Choose one."

    def faults(self, source):
        """Add a wrong number of right options, where no numbers decide."""
        stated = [option.get("right", False) for option in source["options"]]
        fixed = not any(isinstance(right, str) for right in stated)
        right = stated.count(True)
        if fixed and not source.get("several") and right != 1:
            yield f"field options: one must be right, got {right}; or set several: true"
        yield from super().faults(source)

    def solve(self, source, names, seed):
        """Return whether each option is right."""
        data = super().solve(source, names, seed)
        right = sum(data["right"])
        if not source.get("several") and right != 1:
            raise WrongError(f"field options: {right} are right, not one")
        return data

    def body(self, question):
        """Yield a radio button or a check box for each option."""
        control = "checkbox" if question.source.get("several") else "radio"
        for n, entry in enumerate(question.source["options"]):
            option = question.slot(f"text-{n}", entry["text"], "span")
            letter = ascii_uppercase[n]  # also a name for an option that is a formula alone
            yield (
                f'<div class="nn-entry"><label><input type="{control}" name="{question.item.id}" '
                f'value="{n}"> <span class="nn-letter">{letter}</span> {option}</label>'
                f"{question.reason(n, entry['reason'])}</div>"
            )


KIND = Choice
