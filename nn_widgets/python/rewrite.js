// What MicroPython does not read, said in what it reads. Nothing moves to another line. The functions that this needs
// are in lib/_page.py; in a program their names begin with _nn_, so that no name of a reader's stands in their way.
//
//   [*a, 2]  (*a, 2)  {*a, 2}      → list_of(*a, 2) …
//   {**a, "b": 1}  dict(a)          → dict_of(a, ("b", 1))  dict_from(a): MicroPython's own keep no order
//   slice(1, 3)                     → slice_of(1, 3)
//   a.keys() & b                    → set(a.keys()) & b
//   {k: v for k in a}               → dict_from((k, v) for k in a)
//   a *= b  and the others          → a = changed("*", a, b): MicroPython changes in place for += and −= only
//   isinstance(x, int | float)      → isinstance(x, (int , float))
//   class P(NamedTuple): x: float   → class P(fields_of("P", ("x",))): x: float
//   def f(a, /, b)                  → def f(a,  b)
//   h.shape[::-1]                   → stepped(h.shape)[::-1]: MicroPython's tuples and texts know no step
//
// MicroPython frees memory only when JavaScript is in control again. So that a long loop does not fill it, a loop that
// stands in no function begins with `due() and await pause; `, where there is room for it on the line.

/** @typedef {[first: number, last: number]} Range of tokens */
/** @typedef {[start: number, end: number, text: string]} Edit */
/** @typedef {{kind: string, text: string, start: number, end: number, depth: number, match?: number}} Token */

const STRING_BODY = [
  String.raw`"""(?:\\[\s\S]|[^\\])*?"""`, String.raw`'''(?:\\[\s\S]|[^\\])*?'''`,
  String.raw`"(?:\\[\s\S]|[^"\\\n])*"`, String.raw`'(?:\\[\s\S]|[^'\\\n])*'`,
].join("|");
const NUMBER = String.raw`(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[jJ]?`;
const OPERATOR = String.raw`\*\*=|//=|<<=|>>=|->|:=|\*\*|//|<<|>>|[<>=!+\-*/%@&|^]=|[+\-*/%@&|^~<>=.,:;()[\]{}]`;
const TOKEN = new RegExp([
  String.raw`(?<comment>#[^\n]*)`, `(?<string>[rRbBuUfF]{0,2}(?:${STRING_BODY}))`, `(?<number>${NUMBER})`,
  String.raw`(?<name>[\p{L}\p{Nl}\p{M}\p{No}_][\p{L}\p{Nl}\p{M}\p{N}_]*)`, String.raw`(?<newline>\n)`,
  String.raw`(?<space>[ \t\r\f]+|\\\r?\n)`, `(?<operator>${OPERATOR})`, String.raw`(?<other>[\s\S])`,
].join("|"), "uy");
const KEYWORDS = new Set(("and as assert async await break class continue def del elif else except finally for from " +
  "global if import in is lambda nonlocal not or pass raise return try while with yield").split(" "));
const HEADS = new Set("if for while with try def class async global nonlocal match import from".split(" "));
/** @type {Record<string, string>} */
const CALLS = Object.assign(Object.create(null), { dict: "_nn_dict_from", slice: "_nn_slice_of" });
const COMPARED = new Set(["&", "|", "-", "^", "<=", "<", ">=", ">", "==", "!="]); // as sets are
/** @type {Record<string, string>} */
const MAKERS = { "[": "_nn_list_of(", "(": "_nn_tuple_of(", "{": "_nn_set_of(" };
const OPEN = "([{";
const CLOSE = ")]}";
const IN_PLACE = new Set(["*=", "/=", "//=", "%=", "**=", "@=", "&=", "|=", "^="]);

/** Every token; brackets know their partner, and a token knows how deep it stands. @param {string} source */
export function tokenize(source) {
  /** @type {Token[]} */
  const tokens = [];
  /** @type {number[]} */
  const open = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const start = TOKEN.lastIndex;
    const found = TOKEN.exec(source);
    const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
    /** @type {Token} */
    const token = { kind, text: found[0], start, end: TOKEN.lastIndex, depth: open.length };
    if (kind === "operator" && CLOSE.includes(token.text)) {
      const partner = open.pop();
      token.depth = open.length;
      if (partner !== undefined) [token.match, tokens[partner].match] = [partner, tokens.length];
    }
    if (kind === "operator" && OPEN.includes(token.text)) open.push(tokens.length);
    tokens.push(token);
  }
  return tokens;
}

/** @param {Token} token */
const blank = ({ kind }) => kind === "space" || kind === "comment";

class Rewriter {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
    this.all = tokenize(source);
    // What counts: without spaces and comments, and without line ends inside brackets.
    this.tokens = this.all.filter((t) => !blank(t) && !(t.kind === "newline" && t.depth > 0));
    const place = new Map(this.tokens.map((t, k) => [t, k]));
    this.partner = this.tokens.map((t) => (t.match === undefined ? -1 : place.get(this.all[t.match])));
    /** @type {Edit[]} */
    this.edits = [];
    this.statements();
  }

  /** For each token the last token of its statement, and the statement's last `=` that names something. */
  statements() {
    /** @type {number[]} */
    this.ends = [];
    /** @type {number[]} */
    this.equals = [];
    let equals = -1;
    this.tokens.forEach((token, k) => {
      if (token.depth === 0 && token.text === "=") equals = k;
      const next = this.tokens[k + 1];
      if (next && !(next.depth === 0 && (next.kind === "newline" || next.text === ";"))) return;
      while (this.ends.length <= k) {
        this.ends.push(k);
        this.equals.push(equals);
      }
      equals = -1;
    });
  }

  /** @param {number} k */
  text(k) { return this.tokens[k]?.text ?? ""; }
  /** @param {number} k @param {string} text */
  replace(k, text) { this.edits.push([this.tokens[k].start, this.tokens[k].end, text]); }
  /** @param {number} k @param {string} text */
  before(k, text) { this.edits.push([this.tokens[k].start, this.tokens[k].start, text]); }
  /** @param {number} k @param {string} text */
  after(k, text) { this.edits.push([this.tokens[k].end, this.tokens[k].end, text]); }

  /** @param {boolean} pausing */
  run(pausing) {
    this.tokens.forEach((token, k) => {
      if (pausing && ["for", "while"].includes(token.text) && this.startsLine(k) && this.column(k) === 0) this.pause(k);
      if (token.kind === "operator" && OPEN.includes(token.text) && this.partner[k] > k) {
        this.display(k);
        if (token.text === "[" && this.followsValue(k)) this.stepped(k);
      }
      else if (IN_PLACE.has(token.text)) this.inPlace(k);
      else if (token.text === "isinstance" && this.text(k + 1) === "(") this.union(k + 1);
      else if (CALLS[token.text] && this.text(k + 1) === "(" && ![".", "def"].includes(this.text(k - 1))) {
        this.replace(k, CALLS[token.text]);
      } else if (token.text === "keys" && this.text(k - 1) === "." && this.text(k + 2) === ")") this.keys(k);
      else if (token.text === "dict" && this.text(k + 1) === "." && this.text(k + 2) === "fromkeys") {
        this.edits.push([token.start, this.tokens[k + 2].end, "_nn_dict_from_keys"]);
      }
      else if (token.text === "class" && this.atStart(k)) this.namedTuple(k);
      else if (token.text === "/" && [",", "("].includes(this.text(k - 1))) this.positionalOnly(k);
      else if (token.text === "*" && token.depth === 0) this.bareStar(k);
    });
    return apply(this.source, this.edits);
  }

  /** @param {number} k */
  atStart(k) {
    return k === 0 || this.tokens[k - 1].kind === "newline" || [";", ":"].includes(this.text(k - 1));
  }

  /** @param {number} k */
  startsLine(k) {
    return k === 0 || this.tokens[k - 1].kind === "newline";
  }

  /**
   * Put a pause before the first statement of a loop, if that is one that something can stand before.
   * @param {number} k
   */
  pause(k) {
    const end = this.endOf(k);
    let first = k + 1;
    while (first <= end && !(this.tokens[first].depth === 0 && this.text(first) === ":")) first += 1;
    first += 1;
    while (this.tokens[first]?.kind === "newline") first += 1;
    if (!this.tokens[first] || HEADS.has(this.text(first)) || this.text(first) === "@") return;
    this.before(first, "_nn_due() and await _nn_pause; ");
  }

  /** @param {number} k */
  endOf(k) { return this.ends[k]; }

  /** @param {number} k */
  startOf(k) {
    let start = k;
    while (start > 0) {
      const last = this.tokens[start - 1];
      if (last.depth === 0 && (last.kind === "newline" || last.text === ";" || last.text === ":")) break;
      start -= 1;
    }
    return start;
  }

  /** Whether a bracket follows a value, so that it calls or indexes it. @param {number} k */
  followsValue(k) {
    const last = this.tokens[k - 1];
    if (!last) return false;
    return (last.kind === "name" && !KEYWORDS.has(last.text)) || last.kind === "string" || last.kind === "number"
      || (CLOSE.includes(last.text) && last.kind === "operator");
  }

  /** The parts between the commas of a bracket, as [first, last]. @param {number} open */
  elements(open) {
    /** @type {Range[]} */
    const found = [];
    let first = open + 1;
    let lambdas = 0; // whose arguments are being named, with commas of their own
    for (let k = open + 1; k <= this.partner[open]; k += 1) {
      const inside = this.tokens[k].depth === this.tokens[open].depth + 1;
      if (inside && this.text(k) === "lambda") lambdas += 1;
      if (inside && this.text(k) === ":" && lambdas) lambdas -= 1;
      if (k !== this.partner[open] && !(inside && !lambdas && this.text(k) === ",")) continue;
      if (k > first) found.push([first, k - 1]);
      first = k + 1;
    }
    return found;
  }

  /** A slice with a step, of whatever value the bracket follows. @param {number} open */
  stepped(open) {
    /** @param {[number, number]} element */
    const colons = ([first, last]) => this.rangeTo(first, last).filter(
      (k) => this.text(k) === ":" && this.tokens[k].depth === this.tokens[open].depth + 1).length;
    if (!this.elements(open).some((one) => colons(one) > 1)) return;
    this.before(this.valueBefore(open), "_nn_stepped(");
    this.after(open - 1, ")");
  }

  /** The first token of the value that a bracket follows: names with dots, calls, indices. @param {number} open */
  valueBefore(open) {
    let k = open - 1;
    for (;;) {
      if (this.tokens[k].kind === "operator") k = this.partner[k];
      const isAtom = this.tokens[k].kind !== "operator";
      if (!isAtom && this.followsValue(k)) k -= 1;
      else if (isAtom && this.text(k - 1) === ".") k -= 2;
      else if (this.tokens[k].kind === "string" && this.tokens[k - 1]?.kind === "string") k -= 1;
      else return k;
    }
  }

  /** A list, tuple, set or dictionary that is written out with something to unpack in it. @param {number} open */
  display(open) {
    const close = this.partner[open];
    if (this.followsValue(open)) return;
    if (this.text(close + 1) === "in" && this.text(open - 1) === "for") return; // unpacked into, not from
    if (this.equals[open] > close) return;
    const elements = this.elements(open);
    if (this.text(open) === "{" && this.isDictionary(open, elements)) this.dictionary(open, elements);
    else if (elements.some(([k]) => this.text(k) === "*")) {
      this.replace(open, MAKERS[this.text(open)]);
      this.replace(close, ")");
    }
  }

  /**
   * The first token with this text that stands directly in the bracket, from `first` to `last`; −1 if none does.
   * @param {number} open @param {Range} range @param {string} text
   */
  within(open, [first, last], text) {
    for (let k = first; k <= last; k += 1) {
      if (this.text(k) === text && this.tokens[k].depth === this.tokens[open].depth + 1) return k;
    }
    return -1;
  }

  /** @param {number} open @param {Range[]} elements */
  isDictionary(open, elements) {
    return !elements.length || elements.some((one) => this.text(one[0]) === "**" || this.within(open, one, ":") >= 0);
  }

  /** @param {number} open @param {Range[]} elements */
  dictionary(open, elements) {
    const loop = elements.length ? this.within(open, elements[0], "for") : -1;
    this.replace(open, loop < 0 ? "_nn_dict_of(" : "_nn_dict_from(");
    this.replace(this.partner[open], ")");
    /** @type {Range[]} */
    const items = loop < 0 ? elements : [[elements[0][0], loop - 1]];
    for (const [first, last] of items) {
      if (this.text(first) === "**") {
        this.replace(first, "");
        continue;
      }
      this.before(first, "(");
      this.replace(this.within(open, [first, last], ":"), ",");
      this.after(last, ")");
    }
  }

  /** Keys that are compared or joined as sets are: `a.b.keys()` with an operator on either side. @param {number} k */
  keys(k) {
    let first = k - 2;
    while (this.text(first - 1) === "." && this.tokens[first].kind === "name") first -= 2;
    if (this.tokens[first].kind !== "name") return;
    if (!COMPARED.has(this.text(k + 3)) && !COMPARED.has(this.text(first - 1))) return;
    this.before(first, "set(");
    this.after(k + 2, ")");
  }

  /** @param {number} k */
  inPlace(k) {
    const start = this.startOf(k);
    const target = this.source.slice(this.tokens[start].start, this.tokens[k - 1].end);
    this.replace(k, `= _nn_changed("${this.text(k).slice(0, -1)}", ${target}, `);
    this.after(this.endOf(k), ")");
  }

  /** @param {number} open */
  union(open) {
    const [, types] = this.partner[open] > open ? this.elements(open) : [];
    if (!types) return;
    const bars = [];
    for (let k = types[0]; k <= types[1]; k += 1) {
      if (this.text(k) === "|") bars.push(k);
    }
    if (!bars.length) return;
    this.before(types[0], "(");
    bars.forEach((k) => this.replace(k, ","));
    this.after(types[1], ")");
  }

  /** @param {number} k */
  positionalOnly(k) {
    if (this.text(k + 1) === ",") this.replace(k + 1, "");
    else if (this.text(k - 1) === ",") this.replace(k - 1, "");
    this.replace(k, "");
  }

  /** `x = *a, 2` and `return *a, 2`. @param {number} k */
  bareStar(k) {
    if (!["=", "return", "yield", ","].includes(this.text(k - 1))) return;
    const [start, end] = [this.startOf(k), this.endOf(k)];
    /** @param {number} at */
    const level = (at) => this.tokens[at].depth === 0;
    let first = -1;
    for (let at = start; at <= end; at += 1) {
      if (level(at) && ["=", "return", "yield"].includes(this.text(at))) first = at + 1;
    }
    if (first < 0 || first > k) return;
    const stars = [];
    for (let at = first; at <= end; at += 1) {
      if (level(at) && this.text(at) === "*" && (at === first || this.text(at - 1) === ",")) stars.push(at);
    }
    if (stars[0] !== k) return;
    this.before(first, "_nn_tuple_of(");
    this.after(end, ")");
  }

  /** @param {number} k */
  namedTuple(k) {
    let at = k + 3;
    if (this.text(at) === "typing" && this.text(at + 1) === ".") at += 2;
    if (this.text(k + 2) !== "(" || this.text(at) !== "NamedTuple" || this.text(at + 1) !== ")") return;
    const { names, defaults } = this.fields(k, at + 3);
    const list = names.map((name) => `"${name}", `).join("");
    const open = defaults ? ", True" : "";
    const base = `_nn_fields_of("${this.text(k + 1)}", (${list})${open})`;
    this.edits.push([this.tokens[k + 3].start, this.tokens[at].end, base]);
  }

  /**
   * The names before a colon in the body of the class at k; a value that one begins with gets a name of its own.
   * @param {number} k @param {number} from
   */
  fields(k, from) {
    /** @type {string[]} */
    const names = [];
    let defaults = false;
    let body = -1;
    for (let at = from; at < this.tokens.length; at += 1) {
      if (this.tokens[at].kind === "newline" || !this.atStart(at) || this.text(at - 1) === ":") continue;
      const column = this.column(at);
      if (column <= this.column(k)) break;
      if (body < 0) body = column;
      if (column !== body || this.tokens[at].kind !== "name" || this.text(at + 1) !== ":") continue;
      names.push(this.text(at));
      const value = this.rangeTo(at, this.endOf(at)).find((m) => this.text(m) === "=" && this.tokens[m].depth === 0);
      if (value === undefined) continue;
      this.before(at, "_nn_default_of_");
      defaults = true;
    }
    return { names, defaults };
  }

  /** @param {number} first @param {number} last */
  rangeTo(first, last) {
    return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  }

  /** @param {number} k */
  column(k) {
    return this.tokens[k].start - (this.source.lastIndexOf("\n", this.tokens[k].start - 1) + 1);
  }
}

/** @param {string} source @param {Edit[]} edits */
function apply(source, edits) {
  const sorted = [...edits].sort((a, b) => a[0] - b[0] || a[1] - b[1]); // of two in one place the earlier stays first
  let out = "";
  let at = 0;
  for (const [start, end, text] of sorted) {
    out += source.slice(at, start) + text;
    at = Math.max(end, at);
  }
  return out + source.slice(at);
}

/**
 * @param {string} source
 * @param {boolean} [pausing] whether loops outside functions are to give way now and then, so that memory can be freed
 * @returns {string}
 */
export function rewrite(source, pausing = false) {
  return new Rewriter(source).run(pausing);
}
