"""Questions as HTML: native controls, reasons that wait until the reader asks, a key."""

from html import escape

from nn_widgets.kit.figure import script_json
from nn_widgets.quiz.kinds import KINDS
from nn_widgets.quiz.question import Question

__all__ = ["answer_html", "further", "item_html", "quiz_html", "readable_html"]


def quiz_html(items, text, key_href=None, first_number=1, more=""):
    """Return a section with the questions of `items`.

    Parameters
    ----------
    items : list of (Chapter, Item)
    text : Plain or Prerendered
    key_href : str or None
        Where the answer key stands, for readers without JavaScript.
    more : str
        The address of the script with the questions' further numbers.
    """
    forms = [
        item_html(item, text, place, key_href, more)
        for place, (_, item) in enumerate(items, first_number)
    ]
    # A landmark needs a name of its own: on some pages questions stand one by one.
    name = "Questions" if len(items) > 1 else f"Question {first_number}"
    late = _late(key_href) if more else ""
    return f'<section class="nn-quiz" aria-label="{name}">{late}{"".join(forms)}</section>'


def _late(key_href):
    """Return what a reader sees after a while where the script has not started."""
    why = "Nothing checks an answer here: this browser runs no scripts, or is too old for these."
    key = ""
    if key_href:
        key = f' All answers are in <a href="{escape(key_href)}">the answer key</a>.'
    return f'<p class="nn-late">{why}{key}</p>'


def readable_html(items, text, item=None):
    """Return the questions as plain text for a stored notebook; the book's build replaces it."""
    chapter = items[0][0].name
    questions = "".join(_readable(Question(each, each.variants[0], text)) for _, each in items)
    return (
        f'<section class="nn-quiz" data-chapter="{escape(chapter)}" data-item="{item or ""}">'
        f"{questions}</section>"
    )


def _readable(question):
    kind = KINDS[question.item.kind]
    listed = "".join(f"<li>{line}</li>" for line in kind.lines(question))
    prompt = question.text.block(question.fill(question.source["prompt"]))
    hint = f"<p><em>{kind.hint(question.source)}</em></p>"
    return f"{prompt}{hint}" + (f"<ul>{listed}</ul>" if listed else "")


def item_html(item, text, place, key_href=None, more=""):
    """Return one question with its first numbers.

    It is no form: nothing is sent, and some frames forbid forms.
    """
    kind, question = KINDS[item.kind], Question(item, item.variants[0], text)
    key = _key_link(item, key_href) if key_href else ""
    return (
        f'<div class="nn-item" id="quiz-{item.id}" data-item="{item.id}" data-kind="{item.kind}" '
        f'data-fingerprint="{item.fingerprint}" data-size="{kind.size(item.source)}" '
        f'data-variants="{len(item.variants)}" data-more="{escape(more)}">'
        f'<fieldset><legend>Question {place} <span class="nn-hint">{kind.hint(item.source)}</span>'
        f"</legend>{_body(question)}</fieldset>{key}"
        f'<script type="application/json">{script_json(question.data)}</script></div>'
    )


def _body(question):
    prompt = question.slot("prompt", question.source["prompt"], attributes=' class="nn-prompt"')
    return prompt + "".join(KINDS[question.item.kind].body(question))


def _key_link(item, href):
    return f'<noscript><p><a href="{escape(href)}#key-{item.id}">Answer</a></p></noscript>'


def further(item, text):
    """Return what the page asks for when the first numbers of a question do not do.

    Returns
    -------
    more : dict
        The fingerprint, and for each further variant what the page judges by and the places
        whose content differs from the first variant's.
    """
    questions = [Question(item, variant, text) for variant in item.variants]
    for question in questions:
        _body(question)
    first, *others = questions
    variants = [
        {
            "data": other.data,
            "slots": {k: v for k, v in other.slots.items() if v != first.slots[k]},
        }
        for other in others
    ]
    return {"fingerprint": item.fingerprint, "variants": variants}


def answer_html(item, text, place):
    """Return a question with its answer and every reason, for the key."""
    question = Question(item, item.variants[0], text)
    prompt = question.slot("prompt", item.source["prompt"])
    misconception = question.line(item.source.get("misconception", ""))
    about = f'<p class="nn-about">Often believed: {misconception}</p>' if misconception else ""
    return (
        f'<section class="nn-key" id="key-{item.id}"><h3>Question {place}</h3>{prompt}'
        f"{''.join(KINDS[item.kind].key(question))}{about}</section>"
    )
