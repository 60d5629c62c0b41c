"""Questions as HTML: native controls, reasons that stay hidden until the reader asks, a key."""

from html import escape
from string import ascii_uppercase
from typing import NamedTuple

from nn_widgets.base import script_json
from nn_widgets.format import number
from nn_widgets.ordering import needs
from nn_widgets.quiz_text import fill

__all__ = ["answer_html", "item_html", "quiz_html", "readable_html"]

HINTS = {
    "true-false": "True or false?",
    "choice": "Choose one.",
    "several": "Choose all that are right.",
    "numeric": "Type a number.",
    "order": "Put these in order.",
}


class _Question(NamedTuple):
    """An item with one set of numbers, ready to be written."""

    item: object
    variant: object
    text: object

    def slot(self, name, source, tag="div", block=True, attributes=""):
        """Return an element whose content other numbers may replace."""
        filled = fill(source, self.variant.names)
        content = self.text.block(filled) if block else self.text.line(filled)
        return f'<{tag} data-slot="{name}"{attributes}>{content}</{tag}>'

    def reason(self, name, source):
        """Return a reason, hidden until the answer is checked."""
        return self.slot(f"reason-{name}", source, attributes=' class="nn-reason" hidden')


def quiz_html(items, text, key_href=None, first_number=1):
    """Return a section with the questions of `items`.

    Parameters
    ----------
    items : list of (Chapter, Item)
    text : Plain or Prerendered
    key_href : str or None
        Where the answer key stands, for readers without JavaScript.
    """
    numbered = enumerate(items, first_number)
    forms = [item_html(chapter, item, text, n, key_href) for n, (chapter, item) in numbered]
    # A landmark needs a name of its own: on some pages questions stand one by one.
    name = "Questions" if len(items) > 1 else f"Question {first_number}"
    return f'<section class="nn-quiz" aria-label="{name}">{"".join(forms)}</section>'


def readable_html(items, text, item=None):
    """Return the questions as plain text for a stored notebook; the book's build replaces it."""
    chapter = items[0][0].name
    questions = "".join(_readable(_Question(each, each.variants[0], text)) for _, each in items)
    return (
        f'<section class="nn-quiz" data-chapter="{escape(chapter)}" data-item="{item or ""}">'
        f"{questions}</section>"
    )


def _readable(question):
    source, names = question.item.source, question.variant.names
    entries = [*source.get("statements", []), *source.get("options", [])]
    entries += [source["parts"][n] for n in question.variant.shuffled]
    write = _stored_code if source.get("code") else question.text.line
    lines = [write(fill(entry["text"], names)) for entry in entries]
    listed = "".join(f"<li>{line}</li>" for line in lines)
    kind = "several" if source.get("several") else question.item.kind
    prompt = question.text.block(fill(source["prompt"], names))
    return f"{prompt}<p><em>{HINTS[kind]}</em></p>" + (f"<ul>{listed}</ul>" if listed else "")


def _stored_code(line):
    # Styles do not survive in a stored notebook; spaces that do not break keep the indentation.
    code = line.lstrip()
    return f"<code>{'&nbsp;' * (len(line) - len(code))}{escape(code)}</code>"


def item_html(chapter, item, text, place, key_href=None):
    """Return one question as a form, with what its other numbers change in templates."""
    first = _parts(_Question(item, item.variants[0], text))
    kind = "several" if item.source.get("several") else item.kind
    data = script_json([_data(item, variant) for variant in item.variants])
    key = _key_link(item, key_href) if key_href else ""
    return (
        f'<form class="nn-item" id="quiz-{item.id}" data-item="{item.id}" data-kind="{item.kind}" '
        f'data-chapter="{escape(chapter.name)}" data-fingerprint="{item.fingerprint}" novalidate>'
        f'<fieldset><legend>Question {place} <span class="nn-hint">{HINTS[kind]}</span></legend>'
        f"{''.join(first)}</fieldset>{key}"
        f'<script type="application/json">{data}</script>'
        f"{''.join(_changes(item, text))}</form>"
    )


def _key_link(item, href):
    return f'<noscript><p><a href="{escape(href)}#key-{item.id}">Answer</a></p></noscript>'


def _changes(item, text):
    """For each further set of numbers the slots that differ from the first."""
    for place, variant in enumerate(item.variants[1:], 1):
        again = _slots(_Question(item, variant, text))
        before = _slots(_Question(item, item.variants[0], text))
        changed = [html for html, old in zip(again, before, strict=True) if html != old]
        yield f'<template data-variant="{place}">{"".join(changed)}</template>'


def _data(item, variant):
    """Return what the page needs to judge an answer."""
    data = {"right": variant.right}
    if item.kind == "numeric":
        slips = [float(value) for value in variant.slips]
        tolerance = item.source["tolerance"]
        data = {"answer": variant.answer, "tolerance": tolerance, "slips": slips}
    if item.kind == "order":
        data = {"after": needs(item.source), "shuffled": variant.shuffled}
    return data


def _parts(question):
    prompt = question.slot(
        "prompt", question.item.source["prompt"], attributes=' class="nn-prompt"'
    )
    body = {
        "true-false": _statements,
        "choice": _options,
        "numeric": _number,
        "order": _order,
    }[question.item.kind]
    return [prompt, *body(question)]


def _slots(question):
    """Every slot of a question, in a fixed order."""
    source = question.item.source
    yield question.slot("prompt", source["prompt"])
    for field in ("statements", "options", "parts"):
        for n, entry in enumerate(source.get(field, [])):
            yield question.slot(f"text-{n}", entry["text"], "span", block=False)
            yield question.slot(f"reason-{n}", entry["reason"])
    for n, slip in enumerate(source.get("slips", [])):
        yield question.slot(f"reason-slip-{n}", slip["reason"])
    if "reason" in source:
        yield question.slot("reason-answer", source["reason"])


def _statements(question):
    name = question.item.id
    for n, entry in enumerate(question.item.source["statements"]):
        radios = "".join(
            f'<label><input type="radio" name="{name}-{n}" value="{value}"> {word}</label>'
            for value, word in (("true", "True"), ("false", "False"))
        )
        statement = question.slot(f"text-{n}", entry["text"], "span", block=False)
        yield (
            f'<fieldset class="nn-entry"><legend>{statement}</legend>'
            f'<div class="nn-radios">{radios}</div>{question.reason(n, entry["reason"])}</fieldset>'
        )


def _options(question):
    kind = "checkbox" if question.item.source.get("several") else "radio"
    for n, entry in enumerate(question.item.source["options"]):
        option = question.slot(f"text-{n}", entry["text"], "span", block=False)
        letter = ascii_uppercase[n]  # also a name for an option that is a formula alone
        yield (
            f'<div class="nn-entry"><label><input type="{kind}" name="{question.item.id}" '
            f'value="{n}"> <span class="nn-letter">{letter}</span> {option}</label>'
            f"{question.reason(n, entry['reason'])}</div>"
        )


def _number(question):
    source = question.item.source
    unit = question.text.line(source.get("unit", ""))
    yield (
        '<div class="nn-entry"><label>Your answer <input type="text" inputmode="decimal" '
        f'autocomplete="off" size="12" name="{question.item.id}"></label> {unit}'
    )
    for n, slip in enumerate(source.get("slips", [])):
        yield question.reason(f"slip-{n}", slip["reason"])
    yield question.reason("answer", source["reason"]) + "</div>"


def _order(question):
    parts = question.item.source["parts"]
    css_class = "nn-parts nn-code" if question.item.source.get("code") else "nn-parts"
    yield f'<ol class="{css_class}">'
    for n in question.variant.shuffled:
        yield (
            f'<li class="nn-entry" data-part="{escape(parts[n]["id"])}">{_part(question, n)}'
            f"{question.reason(n, parts[n]['reason'])}</li>"
        )
    yield "</ol>"


def _part(question, n):
    text = question.item.source["parts"][n]["text"]
    if question.item.source.get("code"):
        return _code(fill(text, question.variant.names))
    return question.slot(f"text-{n}", text, "span", block=False)


def _code(line):
    """Return a line of code; its indentation is a number, so that a narrow page can shorten it."""
    code = line.lstrip()
    return f'<code style="--indent: {len(line) - len(code)}">{escape(code)}</code>'


def answer_html(item, text, place):
    """Return a question with its answer and every reason, for the key."""
    question = _Question(item, item.variants[0], text)
    source = item.source
    prompt = question.slot("prompt", source["prompt"])
    misconception = text.line(source.get("misconception", ""))
    about = f'<p class="nn-about">Often believed: {misconception}</p>' if misconception else ""
    return (
        f'<section class="nn-key" id="key-{item.id}"><h3>Question {place}</h3>{prompt}'
        f"{''.join(_answers(question))}{about}</section>"
    )


def _answers(question):
    source, variant = question.item.source, question.variant
    if question.item.kind == "numeric":
        unit = question.text.line(source.get("unit", ""))
        value = question.text.line(fill("**{{answer}}**", variant.names))
        yield f"<p>{value} {unit}</p>{question.slot('reason', source['reason'])}"
        for slip in source.get("slips", []):
            yield _entry(question, "✗", number(_slip_value(question, slip)), slip)
        return
    for n, part in enumerate(source.get("parts", []), 1):
        yield _entry(question, f"{n}.", part["text"], part)
    table, words = source.get("statements"), {True: "True:", False: "False:"}
    marks = words if table else {True: "✓ Right:", False: "✗ Not right:"}
    for is_right, entry in zip(variant.right, table or source.get("options", []), strict=True):
        yield _entry(question, marks[is_right], entry["text"], entry)


def _slip_value(question, slip):
    return question.variant.slips[question.item.source["slips"].index(slip)]


def _entry(question, mark, source, entry):
    if question.item.source.get("code"):
        text = _code(fill(source, question.variant.names))
    else:
        text = question.slot("text", source, "span", block=False)
    return (
        f'<div class="nn-entry"><p><strong>{mark}</strong> {text}</p>'
        f"{question.slot('reason', entry['reason'])}</div>"
    )
