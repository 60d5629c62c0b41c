"""What a figure's traits allow, as data: by it the page checks states and links (`choices.js`)."""

import math
import sys

import traitlets


class Number(traitlets.Float):
    """A trait: a finite number in a range."""

    def validate(self, obj, value):
        """Refuse what no range can: NaN is neither below nor above anything."""
        value = super().validate(obj, value)
        if not math.isfinite(value):
            self.error(obj, value)
        return value


class Text(traitlets.Unicode):
    """A trait: lines of text, of so many characters at most."""

    def __init__(self, default="", *, max, **more):
        super().__init__(default, **more)
        self.max = max

    def validate(self, obj, value):
        """Refuse what is too long."""
        value = super().validate(obj, value)
        if len(value) > self.max:
            self.error(obj, value)
        return value


class Different(traitlets.List):
    """A trait: a list that holds nothing twice."""

    def validate(self, obj, value):
        """Refuse a second of the same."""
        value = super().validate(obj, value)
        if len(set(value)) < len(value):
            self.error(obj, value)
        return value


def pair_of_parameters(default):
    """Return a trait: two different places in the vector of the penguin network's 26 parameters."""
    return Different(traitlets.Int(min=0, max=25), default, 2, 2)


def takes(trait, figure, value):
    """Tell whether a value is one that `trait` takes, whatever else a figure asks of it."""
    try:
        trait.validate(figure, value)
    except traitlets.TraitError:
        return False
    return True


def choice(trait):
    """Return what `trait` takes, with the words for it."""
    may = allowed(trait)
    return {**may, "words": words(may)}


def allowed(trait):
    """Return what `trait` takes, as plain JSON.

    Raises
    ------
    TypeError
        If a number or a list has no bounds, or the page knows no trait of this kind: what a link
        may carry has an end.
    """
    if isinstance(trait, traitlets.Enum):
        return {"kind": "one", "of": list(trait.values)}
    if isinstance(trait, traitlets.Bool):
        return {"kind": "switch"}
    if isinstance(trait, Text):
        return {"kind": "text", "max": trait.max}
    if isinstance(trait, traitlets.Int):
        return {"kind": "whole", **bounds(trait, trait.min, trait.max)}
    if isinstance(trait, Number):
        return {"kind": "number", **bounds(trait, trait.min, trait.max)}
    if isinstance(trait, traitlets.Union):
        return {"kind": "either", "of": [allowed(one) for one in trait.trait_types]}
    if isinstance(trait, traitlets.Dict):
        return {
            "kind": "named",
            "names": allowed(trait._key_trait),
            "of": allowed(trait._value_trait),
        }
    if isinstance(trait, traitlets.List):
        most = None if trait._maxlen == sys.maxsize else trait._maxlen
        different = {"different": True} if isinstance(trait, Different) else {}
        return {
            "kind": "list",
            "of": allowed(trait._trait),
            **bounds(trait, trait._minlen, most),
            **different,
        }
    raise TypeError(f"{trait.name or 'a trait'}: the page knows no {type(trait).__name__}")


def bounds(trait, low, high):
    """Return both ends of what a trait takes."""
    if None in (low, high) or not all(map(math.isfinite, (low, high))):
        raise TypeError(f"{trait.name or 'an entry of a list'} needs a least and a greatest")
    return {"min": low, "max": high}


def words(may):
    """Say what `allowed` gives, to go on from "must be"."""
    inner = words(may["of"]) if isinstance(may.get("of"), dict) else ""
    match may["kind"]:
        case "one":
            return f"one of {', '.join('null' if v is None else str(v) for v in may['of'])}"
        case "switch":
            return "true or false"
        case "text":
            return f"a text of at most {may['max']} characters"
        case "whole":
            return f"a whole number from {written(may['min'])} to {written(may['max'])}"
        case "number":
            return f"a number from {written(may['min'])} to {written(may['max'])}"
        case "either":
            return ", or ".join(map(words, may["of"]))
        case "named":
            return f"values under names, each name {words(may['names'])}, each value {inner}"
    count = f"{may['min']} to {may['max']}" if may["min"] < may["max"] else may["min"]
    return f"a list of {count}, each {inner}{', all different' if 'different' in may else ''}"


def written(number):
    """Write an end of a range with a true minus sign."""
    text = str(number) if isinstance(number, int) else f"{number:g}"
    return text.replace("-", "\N{MINUS SIGN}")
