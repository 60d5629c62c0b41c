// What a reader may type for a number: the one reader of numbers, for questions, figures and tasks.

const PLAIN = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const GROUPED = /^[1-9]\d{0,2}(?:([,.'])\d{3})(?:\1\d{3})*$/;
const MIXED = /^(\d+) (\d{1,2}\/\d+)$/;
const VULGAR = /[\u00bc-\u00be\u2150-\u215e]/g;
const FULL_WIDTH = /[\uff05\uff0b-\uff1a\uff25\uff3e\uff45]/g;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * The numbers that a text may mean: none, one, or several where a mark may part thousands or
 * decimals, as in 60,600 and 1.680. What English writing means stands first.
 * @param {string} text
 * @returns {number[]}
 */
export function readNumbers(text) {
  const plain = simplified(text);
  const percent = plain.endsWith("%");
  const [, sign, size] = /^([+-]?)(.*)$/s.exec(percent ? plain.slice(0, -1).trim() : plain);
  const scale = (sign === "-" ? -1 : 1) / (percent ? 100 : 1);
  return distinct(readFraction(size).map((value) => value * scale)).filter(Number.isFinite);
}

/** Signs, spaces and powers of ten in one writing. @param {string} text */
function simplified(text) {
  return text
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(VULGAR, (sign) => ` ${sign.normalize("NFKC").replace("\u2044", "/")}`)
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63]/g, "-")
    .replace(/[’\u02bc]/g, "'")
    .replace(/[\u2044\u2215÷]/g, "/")
    .replace(/[⁻⁰¹²³⁴-⁹]+/g, lowered)
    .replace(/(\d)\s*[×·⋅*x]\s*10\s*\^\s*\(?([+-]?)\s*(\d+)\)?/gi, "$1e$2$3")
    .replace(/(\d)\s(?=\d{3}(?!\d))/g, "$1")
    .replace(/\s+/g, " ")
    .replace(/ ?\/ ?/g, "/")
    .replace(/^ ?([+-]) /, "$1")
    .trim();
}

/** A raised exponent as it is typed. @param {string} power */
function lowered(power) {
  return `^${[...power].map((sign) => (sign === "⁻" ? "-" : RAISED.indexOf(sign))).join("")}`;
}

/**
 * A quotient, a whole number and a fraction, or one number; without its sign.
 * @param {string} text @returns {number[]}
 */
function readFraction(text) {
  const mixed = MIXED.exec(text);
  if (mixed) return readFraction(mixed[2]).map((part) => Number(mixed[1]) + part);
  const [top, bottom, ...rest] = text.split("/");
  if (rest.length) return [];
  if (bottom === undefined) return readOne(top);
  const signed = /^([+-]?)(.*)$/s.exec(bottom);
  const divisors = readOne(signed[2]).map((value) => (signed[1] === "-" ? -value : value));
  return readOne(top).flatMap((value) => divisors.map((divisor) => value / divisor));
}

/** A number without a sign: with a decimal point or comma, with thousands parted. @param {string} text */
function readOne(text) {
  const mark = GROUPED.exec(text)?.[1];
  const whole = mark ? [Number(text.replaceAll(mark, ""))] : [];
  const point = [text, text.replace(",", ".")].filter((one) => PLAIN.test(one)).map(Number);
  if (mark === "," || mark === "'") return distinct([...whole, ...point]);
  if (mark) return distinct([...point, ...whole]);
  return distinct([...point, ...bothMarks(text)]);
}

/** 1,680.50 and 1.680,50: the last mark is the decimal one. @param {string} text */
function bothMarks(text) {
  const found = /^([1-9]\d{0,2}(?:([,.'])\d{3})+)([.,])(\d*)$/.exec(text);
  if (!found || found[2] === found[3] || !GROUPED.test(found[1])) return [];
  return [Number(`${found[1].replaceAll(found[2], "")}.${found[4]}`)];
}

/** @param {number[]} values */
function distinct(values) {
  return [...new Set(values)];
}

/**
 * Which readings of a text are to be judged, or the sentence that asks back. One reading that
 * `fits` settles it; so does the English one, where a whole number of thousands is not wanted.
 * @param {string} text
 * @param {{fits?: (value: number) => boolean, thousands?: boolean, percent?: boolean}} [wanted]
 *   `thousands`: whether the number that is asked for has thousands to be parted;
 *   `percent`: whether the number is asked for in per cent: 89% means 89
 * @returns {{values: number[], ask: string}}
 */
export function readAnswer(text, { fits = () => false, thousands = false, percent = false } = {}) {
  const scale = percent && /[%\uff05]\s*$/.test(text) ? 100 : 1;
  const values = readNumbers(text).map((value) => value * scale);
  if (!values.length) return { values, ask: "Type a number first: 0.25, 0,25, 2.5e-1, 1/4 and 25% are the same." };
  const settled = values.filter(fits);
  if (settled.length || values.length === 1) return { values: settled.length ? settled : values, ask: "" };
  if (!thousands && !/[,']/.test(text)) return { values: values.slice(0, 1), ask: "" };
  const ways = values.map(unmistakable).join(" or ");
  return { values, ask: `“${text.trim()}” may mean ${ways}. Type the one that you mean.` };
}

/** A number in a writing that can mean nothing else. @param {number} value */
function unmistakable(value) {
  const size = String(Math.abs(value));
  return (value < 0 ? "−" : "") + size + (GROUPED.test(size) ? "0" : "");
}

/**
 * Whether a number is as near to the wanted one as the tolerance asks.
 * @param {number} value @param {number} wanted @param {number} tolerance
 */
export function near(value, wanted, tolerance) {
  return Math.abs(value - wanted) <= tolerance * (1 + 1e-9) + 1e-12 * Math.abs(wanted);
}
