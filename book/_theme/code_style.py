"""Pygments styles of the book: few colours, on the book's own surfaces, all at 4.5:1 or more."""

from pygments.style import Style
from pygments.token import (
    Comment,
    Error,
    Generic,
    Keyword,
    Name,
    Number,
    Operator,
    String,
    Text,
    Token,
)


def palette(text, comment, keyword, name, string, number, error):
    """Say which kinds of token have which colour."""
    return {
        Token: text,
        Text: text,
        Comment: f"italic {comment}",
        Keyword: keyword,
        Operator.Word: keyword,
        Name.Builtin: name,
        Name.Function: name,
        Name.Class: name,
        Name.Decorator: name,
        Name.Exception: name,
        String: string,
        Number: number,
        Error: error,
        Generic.Error: error,
        Generic.Traceback: error,
        Generic.Prompt: comment,
        Generic.Deleted: error,
        Generic.Inserted: string,
        Generic.Heading: f"bold {text}",
    }


class Light(Style):
    """Code by day."""

    background_color = "#f6f4ef"
    styles = palette("#1f2328", "#5c626b", "#7a2f8f", "#0a5a86", "#1b6b3a", "#8a4600", "#b42318")


class Dark(Style):
    """Code by night."""

    background_color = "#1f2229"
    styles = palette("#dfe2e7", "#9aa2ae", "#d7a3ef", "#7cc7f2", "#86d19c", "#f0b072", "#ff8f80")
