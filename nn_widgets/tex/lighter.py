"""KaTeX's HTML with less than half of its elements: every glyph stays where KaTeX puts it.

KaTeX stacks whatever stands above or below something else (scripts, fractions, rows of a matrix) in
a table of six elements, and gives each space, each size and each symbol of ours an element of its
own. A page with four hundred formulas has ten thousand of them, which a phone lays out for seconds.
Here a lone script becomes one shifted element, a stack becomes one grid whose items lie on the
baseline and are shifted from there, a space becomes a margin, and an element that only wraps
another joins it. What this asks of the style sheet is in ``book/_theme/static/look/formulas.css``.
"""

import re
from xml.etree import ElementTree

NAMESPACE = re.compile(r' xmlns="[^"]*"')  # HTML knows `math` and `svg` without it
SIZES = (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488)  # of KaTeX, .size1 to .size11
SIZING = re.compile(r"\breset-size(\d+) size(\d+)\b")
COLOUR = re.compile(r"\bnn-(?!script)\w+")
# Kinds of atom: TeX spaces by them, and KaTeX has done so. No style sheet knows these names.
ATOMS = {"enclosing", "mord", "mtight", "mrel", "mbin", "mpunct", "minner", "mopen", "mclose"}
WRAPS = re.compile(r"sizing|(reset-)?size\d+|nn-(?!stack)\w+")
LETTERS = re.compile(rf"{WRAPS.pattern}|math\w+|boldsymbol")
MARGINS = {"margin-left", "margin-right"}
SHIFT = {"position", "top"}


def lighter(html):
    """Return KaTeX's HTML of a formula with fewer elements, and the same MathML.

    Parameters
    ----------
    html : str
        What ``katex.renderToString`` returns: HTML and MathML.

    Returns
    -------
    html : str
    """
    root = ElementTree.fromstring(NAMESPACE.sub("", html))
    for meaning in root.iter("semantics"):
        if len(meaning[0]) == 1:
            meaning[0] = meaning[0][0]  # a row of one
    (formula,) = [span for span in root.iter("span") if span.get("class") == "katex"]
    formula[1] = line(formula[1], formula is not root)
    unwrap(formula[1])
    formula.set("translate", "no")
    return ElementTree.tostring(root, encoding="unicode", method="html")


def line(html, display):
    """Return the part of a formula that is for the eye."""
    thin(html)
    for base in html:
        if classes(base) == {"base"}:
            take_strut(base)
    if display or len(html) > 1:
        return html
    html[0].set("aria-hidden", "true")
    return dressed(html[0], ["katex-html", *names(html[0])], style(html[0]))


def thin(span):
    """Rewrite what is in `span`, innermost first."""
    for child in span:
        thin(child)
    for at, child in enumerate(list(span)):
        if "vlist-t" in classes(child):
            span[at] = stack(child)
    if "msupsub" in classes(span) and len(span[0]) == 1:
        alone(span)
    give_spaces(span)
    for at, child in enumerate(list(span)):
        span[at] = joined(child)


def names(span):
    """Return the classes of `span` that a style sheet knows, in their order."""
    return [name for name in (span.get("class") or "").split() if name not in ATOMS]


def classes(span):
    """Return the classes of `span` that a style sheet knows, as a set."""
    return set(names(span))


def style(span):
    """Return the declarations of `span` by their names."""
    pairs = (part.split(":", 1) for part in (span.get("style") or "").split(";") if part)
    return {name.strip(): value.strip() for name, value in pairs}


def dressed(span, its_names, declarations):
    """Return `span` with these classes and this style; none where there is nothing to say."""
    text = ";".join(f"{name}:{value}" for name, value in declarations.items() if value != "0em")
    for attribute, value in (("class", " ".join(its_names)), ("style", text)):
        span.attrib.pop(attribute, None)
        if value:
            span.set(attribute, value)
    return span


def ems(text):
    """Return the number of a length in em."""
    return float(text.removesuffix("em"))


def em(length):
    """Return a length for a style sheet."""
    return f"{round(length, 4) + 0:g}em"


def scale(span):
    """Return how much larger the letters of `span` are than those around it."""
    sizes = SIZING.search(span.get("class") or "")
    return SIZES[int(sizes[2]) - 1] / SIZES[int(sizes[1]) - 1] if sizes else 1


def stack(table):
    """Return KaTeX's table of things above one another as one element, its items shifted."""
    grid = ElementTree.Element("span", {"class": "nn-stack"})
    grid.extend(shifted(item) for item in table[0][0])
    return grid


def shifted(item):
    """Return one item of KaTeX's table, measured from the baseline instead of from a strut."""
    strut = item[0]
    declarations = style(item)
    declarations["top"] = em(ems(declarations["top"]) + ems(style(strut)["height"]))
    item.remove(strut)
    dressed(item, names(item), declarations)
    if len(item) == 1 and not classes(item) and is_letters(item[0]):
        return fused(item, item[0])
    return dressed(item, ["nn-layer", *names(item)], declarations)


def alone(script):
    """Turn a script that stands alone into one shifted element."""
    (item,) = script[0]
    script[:], script.text = list(item), item.text
    its_names = [name for name in names(item) if name != "nn-layer"]
    dressed(script, ["nn-script", *its_names], style(item))


def give_spaces(span):
    """Make of each space a margin of what stands before it."""
    before = None
    for child in list(span):
        space = style(child) if child.get("class") == "mspace" else {}
        if before is None or set(space) != {"margin-right"}:
            before = None if classes(child) & {"strut", "newline"} else child
            continue
        has = style(before)
        width = ems(space["margin-right"]) / scale(before)
        has["margin-right"] = em(ems(has.get("margin-right", "0em")) + width)
        dressed(before, names(before), has)
        span.remove(child)


def joined(outer):
    """Return the lone element in `outer` with the classes of both, or `outer` as it is."""
    if outer.tag != "span" or outer.text or len(outer) != 1 or "nn-stack" in classes(outer[0]):
        return outer
    simple = all(map(WRAPS.fullmatch, classes(outer))) and set(style(outer)) <= MARGINS | SHIFT
    return fused(outer, outer[0]) if simple and outer[0].tag == "span" else outer


def fused(outer, inner):
    """Return `inner` with what `outer` has, or `outer` where the two do not go together."""
    mine, its = style(outer), style(inner)
    sizes = scale(outer) != 1 and scale(inner) != 1
    colours = all(COLOUR.search(" ".join(names(span))) for span in (outer, inner))
    if sizes or colours or SHIFT & set(mine) & set(its):
        return outer
    for name, value in mine.items():
        if name != "position":
            length = ems(value) / scale(inner)
            value = em(length + (ems(its.get(name, "0em")) if name in MARGINS else 0))
        its[name] = value
    return dressed(inner, dict.fromkeys(names(outer) + names(inner)), its)


def take_strut(base):
    """Have the style sheet draw the strut that gives a part of the formula its height."""
    strut = style(base[0])
    base.remove(base[0])
    heights = {"--h": strut["height"]}
    if "vertical-align" in strut:
        heights["--d"] = strut["vertical-align"]
    its_names = ["base"]
    if len(base) == 1 and is_letters(base[0]) and scale(base[0]) == 1:
        (letters,) = base
        base[:], base.text = list(letters), letters.text
        its_names += names(letters)
        heights |= style(letters)
    dressed(base, its_names, heights)


def is_letters(span):
    """Tell whether `span` is letters in a line, without a box of its own."""
    plain = all(map(LETTERS.fullmatch, classes(span))) and set(style(span)) <= MARGINS
    return span.tag == "span" and plain and "nn-stack" not in classes(span)


def unwrap(span):
    """Take the names of atoms off all that is in `span`, and letters out of what has no other."""
    for child in list(span):
        unwrap(child)
        if child.tag == "span":
            dressed(child, names(child), style(child))
            if not child.attrib and not len(child) and child.text:
                replace(span, child)


def replace(span, child):
    """Put the text of `child`, which has no elements, in its place."""
    at = list(span).index(child)
    text = child.text + (child.tail or "")
    span.remove(child)
    if at:
        span[at - 1].tail = (span[at - 1].tail or "") + text
    else:
        span.text = (span.text or "") + text
