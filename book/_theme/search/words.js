// What counts as a word, in the book and in what a reader asks for. A sign is a word too, under the
// name that one says for it: who types "Hadamard" finds ⊙, who types "sigma prime" finds σ′.

/** @typedef {{term: string, from: number, to: number}} Word a term, and where it stands in the text */

/** @type {Record<string, string>} */
const SIGNS = {
  α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", ϵ: "epsilon", λ: "lambda", μ: "mu", σ: "sigma",
  θ: "theta", φ: "phi", "∑": "sum", Σ: "sum", "⊙": "hadamard", "∂": "partial", "∇": "nabla", "√": "root",
  "∞": "infinity",
};
const LETTER = String.raw`[\p{Ll}\p{Lu}\p{Lo}\p{Nd}]`; // neither ᵀ nor ²: W² is a W
/** @type {Record<string, string>} */
const OPERATORS = { "-": "−", "‐": "−", "–": "−", "*": "·", "×": "·" };
const PATTERN = new RegExp(
  [
    String.raw`(?<prime>(?:σ|[Ss]igma)\s?(?:[′'’]|prime(?!${LETTER})))`,
    String.raw`(?<left>[A-Za-z]{1,2})\s?(?<sign>[-‐–−+⊙@·*×=])\s?(?=(?<right>[A-Za-z]{1,2})(?!${LETTER}))`,
    `(?<symbol>[${Object.keys(SIGNS).join("")}])`,
    `(?<word>${LETTER}+(?:_${LETTER}+)*)`,
  ].join("|"),
  "gu", // without i, for which Σ is a σ
);

/** One form for a word and its plural. @param {string} word */
function stem(word) {
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

/**
 * The words of a text, in order; `p − y` is one, and p and y are two more.
 * @param {string} text
 * @returns {Word[]}
 */
export function words(text) {
  /** @type {Word[]} */
  const found = [];
  for (const match of text.matchAll(PATTERN)) {
    const from = match.index;
    const { prime, left, sign, right, symbol, word } = match.groups;
    /** @param {string} term */
    const add = (term, length = match[0].length, start = from) => found.push({ term, from: start, to: start + length });
    if (prime) add("sigma′");
    else if (sign) {
      add(`${left}${OPERATORS[sign] ?? sign}${right}`.toLowerCase(), match[0].length + right.length);
      add(left.toLowerCase(), left.length);
    } else if (symbol) add(SIGNS[symbol]);
    else {
      add(stem(word.toLowerCase()));
      if (word.includes("_")) for (const part of word.toLowerCase().split("_")) add(stem(part));
    }
  }
  return found;
}

/** What is asked for: of a formula and of a name in the code the whole, not its parts. @param {string} query */
export function asked(query) {
  const all = words(query);
  const whole = all.filter(({ term }) => /.[_−+⊙@·=]./.test(term));
  return all.filter(
    (word) => whole.includes(word) || !whole.some(({ from, to }) => from <= word.from && word.to <= to),
  );
}
