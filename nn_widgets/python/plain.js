// What went wrong, in plain words: MicroPython's message, Python's own words for it, and a sentence before them.

import { counted } from "../maths/format.js";
import { tokenize } from "./rewrite.js";

/** @type {Record<string, string>} */
const OPERATORS = {
  add: "+", sub: "-", mul: "*", truediv: "/", floordiv: "//", mod: "%", pow: "** or pow()", matmul: "@", lt: "<",
  le: "<=", gt: ">", ge: ">=", and: "&", or: "|", xor: "^", lshift: "<<", rshift: ">>",
};
/** @type {Record<string, string>} */
const ARTICLES = { int: "a whole number", float: "a number", str: "a text", list: "a list", tuple: "a tuple",
  NoneType: "None", ndarray: "an array", bool: "True or False", dict: "a dictionary", function: "a function",
  generator: "a generator" };
/** @type {Record<string, string>} the same comparison from the other side */
const TURNED = { lt: ">", le: ">=", gt: "<", ge: "<=" };
/** @param {string} type */
const kindOf = (type) => ARTICLES[type] ?? `a ${type}`;

/**
 * $1, $2 are what was caught.
 * @typedef {[type: string, micropython: RegExp, python: string|null|((...caught: string[]) => string),
 *   plain: (...caught: string[]) => string]} Rule what either says, and the sentence
 */

/** @type {Rule[]} */
const RULES = [
  ["NameError", /^name '(.+)' isn't defined$/, "name '$1' is not defined",
    (name) => `There is no name ${name} yet: is it spelled as where it was given, and given before this line?`],
  ["NameError", /^local variable referenced before assignment$/, "local variable referenced before assignment",
    () => "A name is read here before this function gives it a value. A name that is given anywhere in a function " +
      "belongs to the function."],
  ["AttributeError", /^module 'numpy' has no attribute '(.+)'$/, null,
    (name) => `The NumPy of this page has no ${name}: it has what the book needs, which is not all of NumPy.`],
  ["AttributeError", /^'(float|int|bool)' object has no attribute '(.+)'$/, null,
    (type, name) => `This is a single number, and a number has no .${name} in the page: an entry, a sum or a mean ` +
      "is no array any more."],
  ["AttributeError", /^'(.+)' object has no attribute '(.+)'$/, null,
    (type, name) => `This is ${kindOf(type)}, and it has no .${name}.`],
  ["ImportError", /^no module named '(.+)'$/, "No module named '$1'",
    (name) => `There is no module ${name} in the page: numpy, nn_core, math and a few others are here.`],
  ["ImportError", /^can't import name (.+)$/, "cannot import name '$1'", (name) => `The module has no ${name}.`],
  ["TypeError", /^unsupported types for __(lt|le|gt|ge)__: '(int|float|bool)', 'ndarray'$/,
    (op, left, right) => `'${OPERATORS[op]}' not supported between instances of '${left}' and '${right}'`,
    (op) => "In the page the array comes first in a comparison: write z " +
      `${TURNED[op]} 0 for 0 ${OPERATORS[op]} z.`],
  ["TypeError", /^unsupported types for __(lt|le|gt|ge)__: '(.+)', '(.+)'$/,
    (op, left, right) => `'${OPERATORS[op]}' not supported between instances of '${left}' and '${right}'`,
    (op, left, right) => `${cap(kindOf(left))} and ${kindOf(right)} cannot be compared.`],
  ["TypeError", /^unsupported types for __i?r?(\w+)__: '(.+)', '(.+)'$/,
    (op, left, right) => `unsupported operand type(s) for ${OPERATORS[op] ?? op}: '${left}' and '${right}'`,
    (op, left, right) => (left === "NoneType" || right === "NoneType"
      ? "One side is None: a function without return gives None."
      : `${cap(kindOf(left))} and ${kindOf(right)} have no ${OPERATORS[op] ?? op} together.`)],
  ["TypeError", /^unsupported type for __(\w+)__: '(.+)'$/, null,
    (op, type) => `${cap(kindOf(type))} cannot do this.`],
  ["TypeError", /^(.+) takes (\d+) positional arguments but (\d+) were given$/, null,
    (name, wanted, got) => `The function takes ${counted(Number(wanted), "value", "values")} and gets ${got}.`],
  ["TypeError", /^function missing (\d+) required positional arguments$/, null,
    () => "The function is called with too few values."],
  ["TypeError", /^function missing required positional argument #(\d+)$/, null,
    (place) => `The function is called without its value number ${place}.`],
  ["TypeError", /^unexpected keyword argument '(.+)'$/, "got an unexpected keyword argument '$1'",
    (name) => `The function has no argument of the name ${name}.`],
  ["TypeError", /^'(.+)' object isn't callable$/, "'$1' object is not callable",
    (type) => `This is ${kindOf(type)}, and no function: the brackets after it call it. Was * forgotten?`],
  ["TypeError", /^'(.+)' object isn't iterable$/, "'$1' object is not iterable",
    (type) => `This is ${kindOf(type)}, and it cannot be gone through one by one.`],
  ["TypeError", /^'(.+)' object isn't subscriptable$/, "'$1' object is not subscriptable",
    (type) => `This is ${kindOf(type)}, and it has no entries: [ ] cannot follow it.`],
  ["TypeError", /^list indices must be integers, not (.+)$/, "list indices must be integers or slices, not $1",
    () => "A list is asked for its entries by whole numbers."],
  ["TypeError", /^object of type '(.+)' has no len\(\)$/, null,
    (type) => `This is ${kindOf(type)}, and it has no length.`],
  ["ValueError", /^too many values to unpack \(expected (\d+)\)$/, null,
    (wanted) => `There are more values on the right than the ${counted(Number(wanted), "name", "names")} on the left.`],
  ["ValueError", /^need more than (\d+) values to unpack$/, "not enough values to unpack (got $1)",
    (got) => `There are more names on the left than the ${counted(Number(got), "value", "values")} on the right.`],
  ["ValueError", /operands could not be broadcast together with shapes (\(.*?\)) (\(.*?\))/, null,
    (a, b) => `Shapes ${a} and ${b} do not fit entry by entry: sizes must be equal, or one of them 1.`],
  ["ValueError", /^matmul: .*: shapes (\(.*?\)) and (\(.*?\)); (.*)$/, null,
    (a, b, hint) => `${a} @ ${b}: the last size on the left must be the first size on the right; ${hint}.`],
  ["ValueError", /^The truth value of an array/, null,
    () => "An array of many truths is no yes or no: ask for .any() or .all(), or choose with np.where."],
  ["ValueError", /^could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))/, null,
    (a, b) => `Numbers of shape ${a} do not fit into a place of shape ${b}.`],
  ["ValueError", /^cannot reshape array of size (\d+) into shape (.*)$/, null,
    (size, shape) => `${counted(Number(size), "number does", "numbers do")} not fill the shape ${shape}.`],
  ["IndexError", /index (-?\d+) is out of bounds for axis (\d+) with size (\d+)/, null,
    (at, axis, size) => `There is no entry ${at} along axis ${axis}: it has ${size}, counted from 0.`],
  ["IndexError", /^(?:list|tuple|str) index out of range$/, null,
    () => "There is no such entry: entries are counted from 0, so the last is at length − 1."],
  ["KeyError", /^(.*)$/, null, (key) => `The dictionary has no ${key}.`],
  ["ZeroDivisionError", /^divide by zero$/, "division by zero", () => "Something is divided by 0."],
  ["RuntimeError", /^maximum recursion depth exceeded$/, null,
    () => "The function calls itself again and again: when does it stop? (The page allows about 100 calls.)"],
  ["MemoryError", /^/, null, () => "The program needs more memory than the page gives it."],
  ["AssertionError", /^/, null, () => "What is asserted on this line is not so."],
  ["NotImplementedError", /^(in the page .*|arrays in the page .*)$/, null, (words) => `${cap(words)}.`],
];
/** @param {string} text */
const cap = (text) => text.charAt(0).toUpperCase() + text.slice(1);
/** @type {Record<string, [RegExp, string]>} */
const RENAMED = { RuntimeError: [/^maximum recursion/, "RecursionError"],
  NameError: [/^local variable/, "UnboundLocalError"], ImportError: [/^No module/, "ModuleNotFoundError"] };

/**
 * @param {string} type
 * @param {string} words MicroPython's
 * @param {number | null} line
 * @param {string} source the reader's
 * @returns {{type: string, message: string, line: number | null, plain: string}}
 */
export function explain(type, words, line, source) {
  if (type === "SyntaxError" || type === "IndentationError") return explainSyntax(type, words, line, source);
  for (const [of, pattern, python, plain] of RULES) {
    const found = of === type && pattern.exec(words);
    if (!found) continue;
    const caught = found.slice(1);
    const message = typeof python === "function" ? python(...caught) : words.replace(pattern, python ?? "$&");
    const [when, better] = RENAMED[type] ?? [];
    return { type: when?.test(message) ? better : type, message, line, plain: plain(...caught) };
  }
  return { type, message: words, line, plain: "" };
}

const HEADS = new Set("if elif else for while def class try except finally with".split(" "));
/** @type {Record<string, string>} */
const SIGNS = {
  "×": "*", "·": "*", "−": "-", "–": "-", "÷": "/", "“": '"', "”": '"', "’": "'", "‘": "'", "≤": "<=", "≥": ">=",
  "≠": "!=", "²": "**2", "ᵀ": ".T",
};

/** @param {string} type @param {string} words @param {number|null} line @param {string} source */
function explainSyntax(type, words, line, source) {
  /** @param {number} at */
  const lineOf = (at) => source.slice(0, at).split("\n").length;
  /** @param {string} plain */
  const say = (plain, at = line) => ({ type, message: words, line: at, plain });
  const tokens = tokenize(source);
  const odd = tokens.find(({ kind, text }) => (kind === "other" || kind === "name") && [...text].some((c) => SIGNS[c]));
  if (type === "SyntaxError" && odd) {
    const sign = [...odd.text].find((c) => SIGNS[c]);
    return say(`Python does not know the sign ${sign}: write ${SIGNS[sign]}.`, lineOf(odd.start));
  }
  const quote = tokens.find(({ kind, text }) => kind === "other" && /["']/.test(text));
  if (type === "SyntaxError" && quote) {
    return say("A text begins here and does not end: the closing quote is missing.", lineOf(quote.start));
  }
  const bracket = tokens.find(({ kind, text, match }) => kind === "operator" && match === undefined
    && /^[([{)\]}]$/.test(text));
  if (type === "SyntaxError" && bracket) {
    const opens = /[([{]/.test(bracket.text);
    return say(opens ? `The bracket ${bracket.text} is opened on this line and never closed.`
      : `The bracket ${bracket.text} closes nothing: none is open.`, lineOf(bracket.start));
  }
  if (/unindent/.test(words)) return say("This line is indented like none of the lines above it.");
  if (/unexpected indent/.test(words)) {
    return say("This line is indented further than the one above, which opens no block.");
  }
  if (/outside function/.test(words)) return say(`${cap(words)}: is the line indented far enough to belong to it?`);
  if (/\*x must be assignment/.test(words)) return say("A star unpacks into brackets: write [*a, 2] or (*a, 2).");
  return say(...lookAtLine(line, source, tokens, lineOf));
}

/**
 * What is often the matter with a line that Python cannot read, or with the one before.
 * @param {number} line @param {string} source @param {import("./rewrite.js").Token[]} tokens
 * @param {(at: number) => number} lineOf @returns {[plain: string, line: number]}
 */
function lookAtLine(line, source, tokens, lineOf) {
  const said = tokens.filter(({ kind }) => !["space", "comment", "newline"].includes(kind));
  const lines = source.split("\n");
  for (const at of [line, line - 1, line + 1]) {
    const here = said.filter(({ start }) => lineOf(start) === at);
    const [first] = here;
    if (!first) continue;
    if (HEADS.has(first.text) && !here.some(({ text, depth }) => text === ":" && depth === first.depth)) {
      return [`A line that begins with ${first.text} ends with a colon.`, at];
    }
    if (["if", "elif", "while"].includes(first.text) && here.some(({ text }) => text === "=")) {
      return ["To compare, write ==: a single = gives a name its value.", at];
    }
    if (first.text === "print" && here[1] && here[1].text !== "(") {
      return ["print is a function: write print(…).", at];
    }
    if (first.text === "match" || first.text === "case") {
      return ["match is not known in the page: write if and elif.", at];
    }
    if (HEADS.has(first.text) && here.at(-1)?.text === ":" && at < line + 1) {
      const next = lines.slice(at).find((text) => text.trim() && !text.trim().startsWith("#"));
      /** @param {string} text */
      const column = (text) => text.length - text.trimStart().length;
      if (!next || column(next) <= column(lines[at - 1])) {
        const below = Math.min(at + 1, lines.length);
        return ["What belongs to the line with the colon is indented below it; here nothing is.", below];
      }
    }
  }
  return ["Python cannot read this line: is a sign missing, or one too many?", line];
}
