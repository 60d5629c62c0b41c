// What is found for what is asked, in a book of a few places.

import assert from "node:assert/strict";
import test from "node:test";

import { excerpt, find, index } from "../../book/_theme/search/search.js";
import { asked, words } from "../../book/_theme/search/words.js";

const terms = (list) => list.map(({ term }) => term);
const PLACES = [
  [0, "rule", "The cross-entropy", "It is minus the logarithm of what the truth was given.", ""],
  [0, "slope", "The slope", "Its derivative by the scores is p − y, the slope of softmax and cross-entropy.", ""],
  [0, "back", "Back", "dz = dh ⊙ σ′(z), entry by entry, with σ(z) from before.", "def backprop(trace): pass"],
  [0, "plain", "Plain", "The network has p neurons and y layers; σ is the sigmoid, and Σ a sum.", ""],
  [0, "quiz-a", "A question", "What is the cross-entropy?", ""],
  [1, "err", "The cross-entropy", "In the notes the cross-entropy runs over N: cross-entropy.", ""],
];
const BOOK = {
  pages: [{ href: "a.html", title: "A", weight: 1 }, { href: "errata.html", title: "Errata", weight: 0.15 }],
  places: PLACES.map(([page, anchor, title, text, code]) => ({ page, anchor, title, text, code })),
};
const search = await index(BOOK);
const anchors = (query) => find(search, BOOK, query).map(({ place }) => place.anchor);

test("a sign is found by its name and by itself", () => {
  for (const query of ["sigma prime", "σ′", "σ'", "Sigma’"]) assert.deepEqual(anchors(query), ["back"], query);
  for (const query of ["Hadamard", "⊙"]) assert.deepEqual(anchors(query), ["back"], query);
});

test("σ′ does not find Σ, and Σ does not find σ", () => {
  assert.deepEqual(anchors("Σ"), ["plain"]);
  assert.deepEqual(anchors("sigma").toSorted(), ["back", "plain"]);
});

test("a formula is found as a whole, however its minus is typed", () => {
  for (const query of ["p - y", "p−y", "p – y"]) assert.deepEqual(anchors(query), ["slope"], query);
  const marked = excerpt(PLACES[1][3], new Set(terms(asked("p - y")))).filter((piece) => piece.marked);
  assert.deepEqual(marked.map(({ text }) => text), ["p − y"]);
});

test("what explains comes before what asks and what corrects", () => {
  assert.deepEqual(anchors("cross entropy").slice(0, 2), ["rule", "slope"]);
  assert.equal(anchors("cross entropy").length, 4);
});

test("a word is found in its plural, by its beginning, with a slip, and in code", () => {
  for (const query of ["logarithms", "logar", "logaritm"]) assert.deepEqual(anchors(query), ["rule"], query);
  assert.deepEqual(anchors("backprop"), ["back"]);
});

test("words that mean something to JavaScript are words", () => {
  for (const query of ["constructor", "__proto__", "toString", "hasOwnProperty", "$&", "(", "\\", ""])
    assert.deepEqual(anchors(query), [], query);
});

test("where no place holds all words, those that hold some are shown", () => {
  assert.deepEqual(anchors("logarithm unheard"), ["rule"]);
});

test("a word knows where it stands, so that what is marked is what was meant", () => {
  const text = "The σ′ of W² @ h, p − y: numerical_gradient’s";
  for (const { from, to } of words(text)) assert.ok(text.slice(from, to).trim() === text.slice(from, to) && to > from);
  assert.ok(terms(words(text)).includes("w"));
  assert.ok(terms(words(text)).includes("gradient"));
});

test("an excerpt shows the part with most of the words, whole words at its ends", () => {
  const filler = "lorem ipsum dolor sit amet ".repeat(30);
  const text = `${filler}a loss here. ${filler}the loss and its gradient together. ${filler}`;
  const shown = excerpt(text, new Set(["loss", "gradient"])).map((piece) => piece.text).join("");
  assert.match(shown, /the loss and its gradient together/);
  assert.match(shown, /^…(lorem|ipsum|dolor|sit|amet) .*(lorem|ipsum|dolor|sit|amet)…$/s);
  assert.ok(shown.length < 240);
});
