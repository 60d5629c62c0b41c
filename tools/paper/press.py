"""Chromium prints a document; the numbers of its pages go into it and it is printed again."""

import logging
import os
from contextlib import contextmanager
from io import BytesIO

import browser
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter

# Chromium counts its objects otherwise than pypdf, which says so of every file.
logging.getLogger("pypdf").setLevel(logging.ERROR)
SIZES = {"a4": "A4", "letter": "Letter"}
OLDEST = 131  # the first Chromium that prints what `@page` puts into the margins
MOST = 5  # times that a document is printed until its page numbers are those of its pages
FILL = """(pages) => {
  let changed = 0;
  for (const place of document.querySelectorAll("[data-page-of]")) {
    const page = String(pages[place.dataset.pageOf] ?? "");
    changed += place.textContent !== page;
    place.textContent = page;
  }
  return changed;
}"""


@contextmanager
def chromium():
    """Start a Chromium that can print pages with numbers on them."""
    path = os.environ.get("BOOK_BROWSER") or browser.obtain()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=browser.flags())
        try:
            if int(running.version.split(".")[0]) < OLDEST:
                raise SystemExit(
                    f"Page numbers need Chromium {OLDEST} or newer; {path} is {running.version}."
                )
            yield running
        finally:
            running.close()


def print_pdf(running, html, pdf, size, **about):
    """Print the file `html` into the file `pdf` on paper of a size; return its number of pages.

    Each element with `data-page-of` gets the number of the page on which that id stands. `about`
    are entries of the document's information, such as ``Author``.
    """
    page = running.new_page()
    page.emulate_media(media="print", color_scheme="light")
    page.goto(html.as_uri())
    page.add_style_tag(content=f"@page {{ size: {SIZES[size]}; }}")
    page.evaluate("document.fonts.ready")
    for _ in range(MOST):
        data = page.pdf(prefer_css_page_size=True, outline=True, tagged=True, print_background=True)
        reader = PdfReader(BytesIO(data))
        if not page.evaluate(FILL, places(reader)):
            break
    else:
        raise SystemExit(f"{html}: its page numbers did not settle in {MOST} printings.")
    page.close()
    finish(reader, pdf, about)
    return len(reader.pages)


def places(reader):
    """Return the number of the page of every id that something in the document links to."""
    found = reader.named_destinations.items()
    return {
        name.lstrip("/"): reader.get_destination_page_number(place) + 1 for name, place in found
    }


def finish(reader, pdf, about):
    """Write the file with what Chromium has no word for: its author, and bookmarks in sight."""
    writer = PdfWriter(clone_from=reader)
    writer.add_metadata({f"/{name}": value for name, value in about.items()})
    writer.page_mode = "/UseOutlines"
    writer.create_viewer_preferences().display_doctitle = True
    pdf.parent.mkdir(parents=True, exist_ok=True)
    writer.write(pdf)
