"""A table of statements, each true or false."""

from typing import ClassVar

from nn_widgets.quiz.kind import ANSWER, PROOF, PROOFS, Judged, entries

WORDS = (("true", "True"), ("false", "False"))


class TrueFalse(Judged):
    """The reader judges every statement."""

    field, answer = "statements", "answer"
    marks: ClassVar = {True: "True:", False: "False:"}
    schema: ClassVar = {
        "required": ["statements"],
        "properties": {
            "proof": PROOFS,
            "statements": entries(2, ["answer"], answer=ANSWER, proof=PROOF),
        },
    }

    def hint(self, source):
        """Say what to do."""
        return "True or false?"

    def body(self, question):
        """Yield a pair of radio buttons for each statement."""
        for n, entry in enumerate(self.entries(question.source)):
            radios = "".join(
                f'<label><input type="radio" name="{question.item.id}-{n}" value="{value}"> '
                f"{word}</label>"
                for value, word in WORDS
            )
            statement = question.slot(f"text-{n}", entry["text"], "span")
            yield (
                f'<fieldset class="nn-entry"><legend>{statement}</legend>'
                f'<div class="nn-radios">{radios}</div>{question.reason(n, entry["reason"])}'
                "</fieldset>"
            )


KIND = TrueFalse
