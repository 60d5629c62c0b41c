"""The list of a kept book's files, its edition, and what is vendored for it."""

import hashlib
import json
import re
import subprocess
from base64 import b64decode
from urllib.parse import unquote

import keep
import pytest
import small_book
import weight
from fontTools.ttLib import TTFont

from nn_widgets.tex.node import find_node

VENDORED = keep.WORKBOX.parents[1] / "README.md"
INDEX = "# First page\n\n```{keep-book}\n```\n\nSome text, $W h$.\n"


def build(folder):
    folder.mkdir(exist_ok=True)
    small_book.settle(folder, ["myst_parser", "keep"])
    (folder / "index.md").write_text(INDEX)
    done = small_book.build(folder, folder / "html")
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture
def book(tmp_path):
    return build(tmp_path / "book")


def version(folder):
    return json.loads((folder / "keep.json").read_text())


def listed(folder):
    """Read the list out of the worker, as the browser does."""
    text = (folder / version(folder)["worker"]).read_text("utf-8")
    return json.loads(re.search(r"^self\.BOOK = (.*);$", text, re.MULTILINE)[1])["files"]


def test_the_list_has_every_file_that_a_page_can_ask_for_with_its_size_and_hash(book):
    files = {unquote(name): (size, b64decode(code)) for name, size, code in listed(book)}
    there = {p.relative_to(book).as_posix(): p.read_bytes() for p in book.rglob("*") if p.is_file()}
    for name, (size, code) in files.items():
        assert (len(there[name]), hashlib.sha256(there[name]).digest()) == (size, code), name
    left = there.keys() - files.keys()
    left = {name for name in left if not (name.startswith(".") or name.endswith(".map"))}
    assert left == {"objects.inv", "keep.json", version(book)["worker"]}
    assert version(book)["bytes"] == sum(size for size, _ in files.values())


def test_an_address_says_a_name_with_odd_signs_as_an_address_does(book):
    (book / "a 100% name#?.html").write_text("odd")
    keep.write_worker(book)
    assert "a%20100%25%20name%23%3F.html" in [name for name, *_ in listed(book)]


def test_an_edition_is_another_when_a_file_has_changed_and_not_else(book):
    before = version(book)["worker"]
    keep.write_worker(book)
    assert version(book)["worker"] == before
    (book / "index.html").write_text((book / "index.html").read_text() + " ")
    keep.write_worker(book)
    assert version(book)["worker"] != before
    assert [path.name for path in book.glob("keep-*.js")] == [version(book)["worker"]]


def test_two_builds_of_one_source_are_one_edition(book, tmp_path):
    assert version(build(tmp_path / "again")) == version(book)


def test_a_thinned_font_says_no_time_of_its_making(tmp_path):
    class App:
        outdir = tmp_path
        builder = type("Builder", (), {"format": "html"})

    (tmp_path / "_static/katex/fonts").mkdir(parents=True)
    weight.thin_fonts(App, None)
    made = sorted((tmp_path / "_static/katex/fonts").glob("*.woff2"))
    assert made
    for font in made:
        source = TTFont(weight.STATIC / "katex/fonts" / font.name)
        assert TTFont(font)["head"].modified == source["head"].modified


def test_the_worker_parses_and_carries_the_licence_of_what_it_holds(book):
    worker = book / version(book)["worker"]
    text = worker.read_text("utf-8")
    assert (keep.WORKBOX.parent / "LICENSE").read_text("utf-8").strip() in text
    assert subprocess.call([find_node(), "--check", worker]) == 0


def test_workbox_is_as_it_was_published_in_the_versions_that_are_named():
    said = VENDORED.read_text("utf-8")
    code = keep.WORKBOX.read_bytes()
    assert re.search(r"`([0-9a-f]{64})`", said)[1] == hashlib.sha256(code).hexdigest()
    inside = set(re.findall(r"(workbox):([a-z]+):([\d.]+)", code.decode()))
    named = dict(re.findall(r"workbox-([a-z]+) ([\d.]+\d)", said))
    assert {package for _, package, _ in inside} == named.keys()
    assert {f"call themselves {number}" in said for *_, number in inside} == {True}


def test_no_page_gets_more_than_two_kilobytes_for_it():
    def packed(path):
        done = subprocess.run(["gzip", "-9c", path], capture_output=True, check=True)
        return len(done.stdout)

    assert packed(keep.HERE / "static/keep.js") <= 1_850
    assert packed(keep.HERE / "static/keep.js") + packed(keep.PLACE) <= 2_400


def test_a_home_screen_gets_relative_addresses_so_that_any_folder_of_a_host_will_do(book):
    manifest = json.loads((book / "manifest.json").read_text())
    assert (book / manifest["start_url"]).is_file()
    assert manifest["scope"] == "./"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert all((book / icon["src"]).is_file() for icon in manifest["icons"])
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
