"""The MathML of a formula, as the standard has it: what a screen reader reads."""

import re
from xml.etree import ElementTree

CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2}
CHILDREN |= {"msubsup": 3, "munderover": 3}
MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
NAMESPACE = re.compile(r' xmlns="[^"]*"')  # HTML knows `math` without it
APPLY = "\N{FUNCTION APPLICATION}"


def well_formed(html):
    """Return the HTML of a formula with every element's children as many as it may have.

    KaTeX writes "max" in λ_max as a name and an invisible "applied to", two children where one may
    stand. Nothing follows that it could be applied to, so the sign goes.

    Raises
    ------
    ValueError
        If an element has too many or too few for another reason; the message has its MathML.
    """
    return MATH.sub(lambda found: _mended(found[0]), html)


def _mended(math):
    root = ElementTree.fromstring(NAMESPACE.sub("", math))
    wrong = list(_miscounted(root))
    if not wrong:
        return math
    for element in wrong:
        for child in [one for one in element if one.text == APPLY]:
            element.remove(child)
    for element in _miscounted(root):
        raise ValueError(f"broken MathML: {ElementTree.tostring(element, encoding='unicode')}")
    return ElementTree.tostring(root, encoding="unicode")


def _miscounted(root):
    for element in root.iter():
        if len(element) != CHILDREN.get(element.tag, len(element)):
            yield element
