// How NumPy writes an array: eight decimals at most, columns under one another, long ones cut in the middle.

import { BOOL, DTYPES, FLOAT, spell, values } from "./array.js";

/** @typedef {import("./array.js").NdArray} NdArray */

const PRECISION = 8;
const WIDTH = 75;
const THRESHOLD = 1000;
const EDGE = 3;

/** The shortest digits that mean this number, cut to eight decimals. @param {number} x */
function decimals(x) {
  const text = String(Math.abs(x));
  const shortest = /e/.test(text) ? Math.abs(x).toFixed(PRECISION) : text;
  const [whole, rest = ""] = shortest.split(".");
  const [w, r] = rest.length > PRECISION ? roundText(whole, rest) : [whole, rest];
  return [(x < 0 || Object.is(x, -0) ? "-" : "") + w, r.replace(/0+$/, "")];
}

/**
 * Shortest digits rounded to eight places: of the digits, as NumPy does it, not of the binary number.
 * @param {string} whole @param {string} rest
 */
function roundText(whole, rest) {
  const digits = BigInt(whole + rest.slice(0, PRECISION)) + (rest[PRECISION] >= "5" ? 1n : 0n);
  const text = String(digits).padStart(PRECISION + 1, "0");
  return [text.slice(0, -PRECISION), text.slice(-PRECISION)];
}

/** @param {number} x */
function scientific(x) {
  const [mantissa, exponent] = Math.abs(x).toExponential().split("e");
  const long = mantissa.length - 2 > PRECISION;
  const [digits, power] = long ? Math.abs(x).toExponential(PRECISION).split("e") : [mantissa, exponent];
  const [whole, rest = ""] = digits.split(".");
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  return [sign + whole, rest.replace(/0+$/, ""), `e${power[0]}${power.slice(1).padStart(2, "0")}`];
}

/**
 * A function that writes each of these numbers in one width.
 * @param {number[]} numbers @returns {(v: number) => string}
 */
function floats(numbers) {
  const finite = numbers.filter(Number.isFinite);
  const sizes = finite.map(Math.abs).filter((v) => v !== 0);
  const most = Math.max(...sizes, 0);
  const least = Math.min(...sizes, Infinity);
  const powers = sizes.length > 0 && (most >= 1e8 || least < 1e-4 || most / least > 1000 || most >= 1e16);
  const written = new Map(finite.map((v) => [Object.is(v, -0) ? "-0" : v, powers ? scientific(v) : decimals(v)]));
  const parts = [...written.values()];
  const right = Math.max(...parts.map(([, r]) => r.length), 0);
  let left = Math.max(...parts.map(([w]) => w.length), 0);
  const special = numbers.filter((v) => !Number.isFinite(v)).map((v) => name(v).length);
  if (special.length) left = Math.max(left, Math.max(...special) - right - (parts.length ? 1 : 0) - (powers ? 4 : 0));
  const width = parts.length ? left + 1 + right + (powers ? parts[0][2].length : 0) : Math.max(...special, 0);
  return (v) => {
    if (!Number.isFinite(v)) return name(v).padStart(width);
    const [w, r, e = ""] = written.get(Object.is(v, -0) ? "-0" : v);
    return `${w.padStart(left)}.${powers ? r.padEnd(right, "0") : r.padEnd(right)}${e}`;
  };
}

/** @param {number} v */
const name = (v) => (v !== v ? "nan" : v > 0 ? "inf" : "-inf");

/** @param {number[]} numbers @param {number} kind @returns {(v: number) => string} */
function writer(numbers, kind) {
  if (kind === FLOAT) return floats(numbers);
  /** @param {number} v */
  const word = (v) => (kind !== BOOL ? String(v + 0) : v ? "True" : "False");
  const width = kind === BOOL ? 5 : Math.max(...numbers.map((v) => word(v).length), 0);
  return (v) => word(v).padStart(width);
}

/** Which places of a long axis are shown; -1 is where the rest is left out. @param {number} n @param {boolean} cut */
function shown(n, cut) {
  if (!cut || n <= 2 * EDGE) return Array.from({ length: n }, (_, k) => k);
  return [0, 1, 2, -1, n - 3, n - 2, n - 1];
}

/**
 * One row, broken where it is too wide; the last word leaves room for the brackets that close.
 * @param {string[]} words @param {string} indent @param {number} brackets
 */
function line(words, indent, brackets) {
  /** @type {string[]} */
  const lines = [];
  let now = indent;
  words.forEach((word, k) => {
    const last = k === words.length - 1;
    if (now.length + word.length > WIDTH - (last ? brackets : 0) && now.length > indent.length) {
      lines.push(now.trimEnd());
      now = indent;
    }
    now += word + (last ? "" : " ");
  });
  return [...lines, now].join("\n").slice(indent.length);
}

/** `str(a)`, or the inside of `repr(a)` with its commas. @param {NdArray} a @param {string} [prefix] */
export function write(a, prefix = "", comma = "") {
  if (!a.ndim) return writeOne(values(a)[0], a.kind);
  if (a.size === 0) return "[]";
  const cut = a.size > THRESHOLD;
  const cols = shown(a.cols, cut);
  const rows = shown(a.rows, cut && a.ndim === 2);
  const all = values(a);
  const numbers = rows.filter((i) => i >= 0).flatMap((i) => cols.filter((j) => j >= 0).map((j) => all[i * a.cols + j]));
  const word = writer(numbers, a.kind);
  /** @param {number} i @param {string} indent */
  const row = (i, indent) => {
    const words = cols.map((j, k) => {
      const number = j < 0 ? "..." : word(all[i * a.cols + j]);
      return number + (k < cols.length - 1 ? comma : "");
    });
    return `[${line(words, indent, a.ndim)}]`;
  };
  if (a.ndim === 1) return row(0, `${prefix} `);
  const between = `${comma}\n${prefix} `;
  return `[${rows.map((i) => (i < 0 ? "..." : row(i, `${prefix}  `))).join(between)}]`;
}

/** One number as Python writes it. @param {number} v @param {number} kind */
export function writeOne(v, kind) {
  if (kind === BOOL) return v ? "True" : "False";
  if (kind !== FLOAT) return String(v);
  if (!Number.isFinite(v)) return name(v);
  const size = Math.abs(v);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [mantissa, exponent] = v.toExponential().split("e");
    return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
  }
  const text = Object.is(v, -0) ? "-0" : String(v);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** `repr(a)`. @param {NdArray} a */
export function represent(a) {
  const kind = a.size === 0 ? `, dtype=${DTYPES[a.kind]}` : "";
  const hidden = a.size > THRESHOLD || (a.size === 0 && (a.ndim === 2 || a.shape[0] !== 0));
  const shape = hidden ? `, shape=${spell(a.shape)}` : "";
  return `array(${write(a, "      ", ",")}${shape}${kind})`;
}

