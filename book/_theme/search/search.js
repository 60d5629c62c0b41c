// The search page. All of the book's text is in one script beside it, so that it works from disk.

import MiniSearch from "./vendor/minisearch/minisearch.js";
import { asked, words } from "./words.js";

/**
 * @typedef {{page: number, anchor: string, title: string, text: string, code: string}} Place
 * @typedef {{href: string, title: string, weight: number}} Page
 * @typedef {{pages: Page[], places: Place[]}} Book
 */

const EXCERPT = 220; // characters
const AT_ONCE = 20; // places shown before one asks for more
const TYPING = 200; // ms without a key before it is searched

/** @param {Book} book */
export async function index(book) {
  const search = new MiniSearch({
    idField: "id",
    fields: ["title", "text", "code"],
    tokenize: (text) => words(text).map(({ term }) => term),
    processTerm: (term) => term,
  });
  await search.addAllAsync(
    book.places.map((place, id) => ({ ...place, id })),
    { chunkSize: 40 },
  );
  return search;
}

/** What explains comes before what asks. @param {Place} place @param {Book} book */
function weight(place, book) {
  return book.pages[place.page].weight * (place.anchor.startsWith("quiz-") ? 0.5 : 1);
}

/**
 * The places that hold all that is asked for, or where there are none, some of it; best first.
 * @param {MiniSearch} search
 * @param {Book} book
 * @param {string} query
 */
export function find(search, book, query) {
  const terms = asked(query).map(({ term }) => term);
  if (!terms.length) return [];
  /** @type {Omit<import("./vendor/minisearch/minisearch.js").SearchOptions, "combineWith">} */
  const options = {
    tokenize: () => terms,
    boost: { title: 3, code: 0.3 },
    prefix: (term) => /^\w{3}/.test(term),
    fuzzy: (term) => (/^[a-z]{6,}$/.test(term) ? 0.15 : false),
    boostDocument: (id) => weight(book.places[id], book),
    bm25: { k: 1.2, b: 0.4, d: 0.5 }, // a short text is not so much better than a long one
  };
  for (const combineWith of /** @type {const} */ (["AND", "OR"])) {
    const found = search.search(query, { ...options, combineWith });
    if (found.length) return found.map((one) => ({ place: book.places[one.id], terms: new Set(one.terms) }));
  }
  return [];
}

/**
 * The part of a text where most of the terms stand, in pieces that are marked or not.
 * @param {string} text
 * @param {Set<string>} terms
 */
export function excerpt(text, terms) {
  const hits = words(text).filter(({ term }) => terms.has(term));
  const seen = (/** @type {number} */ from) => {
    const near = hits.filter((hit) => hit.from >= from && hit.to <= from + EXCERPT * 0.8);
    return new Set(near.map(({ term }) => term)).size;
  };
  const best = hits.reduce((best, hit) => (seen(hit.from) > seen(best.from) ? hit : best), hits[0] ?? { from: 0 });
  const from = best.from < EXCERPT / 4 ? 0 : text.lastIndexOf(" ", best.from - EXCERPT / 6) + 1;
  const space = text.lastIndexOf(" ", from + EXCERPT);
  const to = from + EXCERPT >= text.length || space <= from ? text.length : space;
  const pieces = from ? [{ text: "…", marked: false }] : [];
  let at = from;
  for (const hit of hits) {
    if (hit.from < at || hit.to > to) continue;
    pieces.push({ text: text.slice(at, hit.from), marked: false });
    pieces.push({ text: text.slice(hit.from, hit.to), marked: true });
    at = hit.to;
  }
  pieces.push({ text: text.slice(at, to) + (to < text.length ? "…" : ""), marked: false });
  return pieces.filter((piece) => piece.text);
}

/** @param {string} name @param {string} [text] @param {string} [className] */
function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A text with its terms marked, cut to an excerpt. @param {string} text @param {Set<string>} terms */
function pieces(text, terms) {
  return excerpt(text, terms).map((piece) => (piece.marked ? element("mark", piece.text) : piece.text));
}

/** @param {{place: Place, terms: Set<string>}} found @param {Book} book */
function item({ place, terms }, book) {
  const page = book.pages[place.page];
  const li = element("li");
  const link = /** @type {HTMLAnchorElement} */ (element("a"));
  link.append(...pieces(place.title, terms));
  link.href = page.href + (place.anchor && `#${place.anchor}`);
  const has = (/** @type {string} */ text) => words(text).some(({ term }) => terms.has(term));
  const shown = !has(place.text) && has(place.code) && !has(place.title) ? place.code : place.text || place.code;
  const around = element("p");
  around.append(...pieces(shown, terms));
  li.append(link);
  if (place.anchor) li.append(element("span", page.title, "nn-found-page"));
  li.append(around);
  return li;
}

/** Wake the page. @param {Book} book */
export function start(book) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form.nn-search"));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const list = form.parentElement.querySelector(".nn-found");
  const status = form.parentElement.querySelector("[role=status]");
  form.parentElement.querySelector(".nn-late").remove();
  const ready = index(book);
  let waiting = 0;
  let latest = "";

  async function show() {
    const query = input.value.trim();
    latest = query;
    const search = await ready;
    if (query !== latest) return; // typed on meanwhile
    const found = query ? find(search, book, query) : [];
    const add = (/** @type {number} */ from, to = found.length) =>
      list.append(...found.slice(from, to).map((each) => item(each, book)));
    list.replaceChildren();
    add(0, AT_ONCE);
    if (found.length > AT_ONCE) {
      const more = element("button", `Show the other ${found.length - AT_ONCE}`);
      const last = element("li", "", "nn-more");
      more.addEventListener("click", () => {
        last.remove();
        add(AT_ONCE);
        list.children[AT_ONCE].querySelector("a").focus();
      });
      last.append(more);
      list.append(last);
    }
    const places = found.length === 1 ? "1 place" : `${found.length} places`;
    status.textContent = !query
      ? ""
      : found.length
        ? `${places} for “${query}”`
        : `Nothing is found for “${query}”. Try fewer words, or another word for it.`;
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (address.href !== location.href) history.replaceState(null, "", address);
  }

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, TYPING);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    show();
  });
  show();
}
