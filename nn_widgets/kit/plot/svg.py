"""Words in still pictures: SVG that needs no style sheet."""

from html import escape


def text(x, y, content, anchor="middle", **more):
    """Write a word or a number at a place; `more` are attributes, ``font_weight="700"``."""
    own = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {place}{own}>{written(content)}</text>"


def upwards(x, y, content):
    """Write the name of an axis along it, from below, its middle at a place."""
    turned = f'transform="translate({x:g},{y:.0f}) rotate(-90)"'
    return f'<text {turned} text-anchor="middle">{written(content)}</text>'


def written(content):
    """Return words or a number as they may stand in SVG."""
    return escape(str(content), quote=False)
