r"""The symbols of the book, found in TeX and given their colours.

Formulas are written in plain TeX. Before KaTeX sees one, `colour` wraps each symbol, with its
accents, subscripts and superscripts, in ``\htmlClass{nn-W}{…}``; gradients get the class of
their warm colour. Text, operator names and delimiters stay as they are; ``\mathord{…}`` keeps
the colour off whatever it holds.
"""

import re
from typing import NamedTuple

# The collective vector w of all weights has the colour of the matrices it is made of.
FORWARD = {"x": "x", "W": "W", "w": "W", "b": "b", "z": "z", "h": "h", "p": "p", "y": "y", "L": "L"}
GRADIENT = {name: "d" + name for name in ("x", "W", "b", "z", "h", "p", "L")} | {"w": "dW"}

TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|%[^\n]*\n?|\s+|.", re.DOTALL)

# Their arguments are words, sizes, colours or a reader's own markup: copied, never coloured.
VERBATIM = {
    r"\text": 1, r"\textbf": 1, r"\textit": 1, r"\textrm": 1, r"\texttt": 1, r"\textsf": 1,
    r"\mathrm": 1, r"\mathsf": 1, r"\mathtt": 1, r"\mathcal": 1, r"\mathbb": 1, r"\mathfrak": 1,
    r"\mathscr": 1, r"\operatorname": 1, r"\operatorname*": 1, r"\mathord": 1, r"\begin": 1,
    r"\end": 1, r"\tag": 1, r"\tag*": 1, r"\hspace": 1, r"\hspace*": 1, r"\color": 1,
    r"\textcolor": 2, r"\colorbox": 2, r"\htmlClass": 2, r"\phantom": 1, r"\rule": 2,
}  # fmt: skip
DELIMITED = re.compile(r"\\(left|right|middle|[bB]igg?[lrm]?)$")
ACCENTS = {r"\hat", r"\widehat", r"\bar", r"\tilde", r"\widetilde", r"\vec", r"\dot", r"\ddot"}
ACCENTS |= {r"\mathbf", r"\boldsymbol", r"\mathit", r"\bm"}
ARGUMENTS = {r"\frac": 2, r"\dfrac": 2, r"\tfrac": 2, r"\cfrac": 2, r"\binom": 2}
ARGUMENTS |= {r"\sqrt": 1, r"\overline": 1, r"\underline": 1, r"\underbrace": 1, r"\overbrace": 1}
ARGUMENTS |= {r"\boxed": 1, r"\cancel": 1, r"\mathbin": 1, r"\mathrel": 1, r"\mathop": 1}
ARGUMENTS |= {r"\underset": 2, r"\overset": 2, r"\stackrel": 2, r"\substack": 1}


class Atom(NamedTuple):
    """A piece of a formula: its own TeX, the symbol in it ("" if none), and its scripts."""

    raw: str
    coloured: str
    symbol: str = ""
    scripts: str = ""
    coloured_scripts: str = ""


def colour(tex):
    """Return `tex` with every symbol wrapped in its colour class."""
    return _join(_atoms(_tokens(tex)))


def _tokens(tex):
    """Return the tokens of `tex`, last first, so that reading is `pop`."""
    return TOKEN.findall(tex)[::-1]


def _atoms(tokens):
    """Read `tokens` to their end as a list of atoms."""
    atoms = []
    while tokens:
        atom = _nucleus(tokens)
        scripts, coloured_scripts = _scripts(tokens)
        atoms.append(atom._replace(scripts=scripts, coloured_scripts=coloured_scripts))
    return atoms


def _nucleus(tokens):
    """Read one atom without its scripts."""
    token = tokens.pop()
    if token == "{":
        inside = _group(tokens)
        return Atom("{" + inside + "}", "{" + colour(inside) + "}")
    if token in ACCENTS:
        raw, _ = _argument(tokens)
        letter = raw.strip("{} ")
        return Atom(token + raw, token + raw, letter if letter in FORWARD else "")
    if token in ARGUMENTS:
        return _command(token, tokens)
    if token in VERBATIM:
        copied = token + "".join(_argument(tokens)[0] for _ in range(VERBATIM[token]))
        copied += _optional(tokens) if token != r"\begin" else _column_spec(copied, tokens)
        return Atom(copied, copied)
    if DELIMITED.match(token):
        token += _spaces(tokens) + (tokens.pop() if tokens else "")
    elif token == r"\\":
        token += _optional(tokens)
    return Atom(token, token, token if token in FORWARD else "")


def _command(name, tokens):
    """Read a command with mathematics in its arguments; ∂L/∂v as a fraction is one symbol."""
    optional = _optional(tokens)
    raws, colours = zip(*(_argument(tokens) for _ in range(ARGUMENTS[name])), strict=True)
    raw = name + optional + "".join(raws)
    if name.endswith("frac"):
        of = _partial(raws[0])
        by = _partial(raws[1])
        if of == "L" and by in GRADIENT:
            return Atom(raw, _wrap(GRADIENT[by], raw))
    return Atom(raw, name + optional + "".join(colours))


def _partial(argument):
    r"""Return the letter v if `argument` is {\partial v} with scripts, else ""."""
    tokens = [token for token in TOKEN.findall(argument.strip("{} ")) if not token.isspace()]
    if tokens[:1] != [r"\partial"]:
        return ""
    atoms = _atoms(_tokens("".join(argument[1:-1].split(r"\partial", 1)[1:]).strip()))
    return atoms[0].symbol if len(atoms) == 1 else ""


def _scripts(tokens):
    """Read what hangs on an atom: primes, subscripts and superscripts."""
    raw = coloured = ""
    while tokens and tokens[-1] in {"^", "_", "'"}:
        mark = tokens.pop()
        raw += mark
        coloured += mark
        if mark != "'":
            argument, coloured_argument = _argument(tokens)
            raw += argument
            coloured += coloured_argument
    return raw, coloured


def _argument(tokens):
    """Read one argument; return it as written and coloured (in braces where that is needed)."""
    space = _spaces(tokens)
    if not tokens:
        return space, space
    if tokens[-1] == "{":
        atom = _nucleus(tokens)
        return space + atom.raw, space + atom.coloured
    atom = _nucleus(tokens)
    coloured = _join([atom])
    return space + atom.raw, space + (coloured if coloured == atom.raw else "{" + coloured + "}")


def _group(tokens):
    """Read up to the brace that closes the group just opened."""
    inside = ""
    depth = 1
    while tokens:
        token = tokens.pop()
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth == 0:
            return inside
        inside += token
    return inside


def _spaces(tokens):
    return tokens.pop() if tokens and tokens[-1].isspace() else ""


def _optional(tokens):
    """Read an argument in square brackets, if there is one right here."""
    if not tokens or tokens[-1] != "[":
        return ""
    raw = tokens.pop()
    while tokens and not raw.endswith("]"):
        raw += tokens.pop()
    return raw


def _column_spec(begin, tokens):
    """Read the column letters that follow the beginning of an array."""
    return _argument(tokens)[0] if "array" in begin else ""


def _wrap(name, tex):
    return rf"\htmlClass{{nn-{name}}}{{{tex}}}"


def _join(atoms):
    """Put the atoms together again, wrapping symbols and gradients."""
    pieces = []
    at = 0
    while at < len(atoms):
        name, length = _symbol_at(atoms, at)
        taken = atoms[at : at + length]
        if name:
            pieces.append(_wrap(name, "".join(atom.raw + atom.scripts for atom in taken)))
        else:
            pieces.append("".join(atom.coloured + atom.coloured_scripts for atom in taken))
        at += length
    return "".join(pieces)


def _symbol_at(atoms, at):
    """Return the colour of the symbol that begins at `at` ("" if none) and its length."""
    here = atoms[at]
    ahead = [(i, atom) for i, atom in enumerate(atoms[at:], 1) if not atom.raw.isspace()][:5]
    shape = [atom.symbol or atom.raw for _, atom in ahead]
    if shape[:4] == [r"\partial", "L", "/", r"\partial"] and shape[4:] and shape[4] in GRADIENT:
        return GRADIENT[shape[4]], ahead[4][0]
    if shape[:2] == [r"\nabla", "L"]:
        return "dL", ahead[1][0]
    if here.raw == "d" and not here.scripts and at + 1 < len(atoms):
        name = GRADIENT.get(atoms[at + 1].symbol, "")
        return name, 2 if name else 1
    return FORWARD.get(here.symbol, ""), 1
