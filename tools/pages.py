"""Search the built pages for formulas that did not typeset and links that lead nowhere."""

import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sources import BUILT

FORMULA_ERRORS = {"katex-error", "#cc0000"}


class Page(HTMLParser):
    """What one page offers (ids) and asks for (links), and its failed formulas."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.errors = {""}, [], 0
        self.figures = Counter()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        """Collect from one element."""
        found = dict(attributes)
        self.ids |= {found.get("id"), found.get("name")} - {None}
        self.links += [found[name] for name in ("href", "src") if found.get(name)]
        if figure := found.get("data-nn-widget"):
            self.figures[figure] += 1
            number = self.figures[figure]
            self.ids.add(f"nn={figure}" if number == 1 else f"nn={figure}-{number}")
        classes = (found.get("class") or "").split()
        self.errors += bool({*classes, found.get("mathcolor")} & FORMULA_ERRORS)


def read(folder=BUILT):
    """Parse every page of the built book."""
    return {path: Page(path) for path in sorted(folder.rglob("*.html"))}


def formula_errors(pages):
    """Name each page with formulas that KaTeX could not read."""
    return [f"{path}: {page.errors} formulas failed" for path, page in pages.items() if page.errors]


def dead_links(pages):
    """Name each link into the book whose file or anchor is missing."""
    return [
        f"{path}: {link}"
        for path, page in pages.items()
        for link in page.links
        if is_internal(link) and not leads_somewhere(path, link, pages)
    ]


def is_internal(link):
    """Tell whether a link stays in the book."""
    address = urlsplit(link)
    return not (address.scheme or address.netloc)


def leads_somewhere(path, link, pages):
    """Tell whether the file a link names exists, and has the anchor if it names one."""
    address = urlsplit(link)
    target = (path.parent / unquote(address.path)).resolve() if address.path else path
    if target.is_dir():
        target /= "index.html"
    if target not in pages:
        return target.is_file()
    anchor = unquote(address.fragment)
    if anchor.startswith("nn="):  # a state of a figure: the figure has to be there
        anchor = anchor.partition("&")[0]
    return anchor in pages[target].ids


def main(folder=BUILT):
    """Print every fault; return one count of faults for each kind."""
    pages = read(Path(folder).resolve())
    kinds = {"formula": formula_errors(pages), "link": dead_links(pages)}
    for kind, faults in kinds.items():
        for fault in faults:
            print(f"{kind}: {fault}")
    return {kind: len(faults) for kind, faults in kinds.items()}


if __name__ == "__main__":
    sys.exit(any(main(*sys.argv[1:]).values()))
