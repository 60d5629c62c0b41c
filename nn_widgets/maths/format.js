// How the book writes a number; format.py beside it follows the same rule.

/**
 * A whole number of at most six digits as it is; otherwise three decimals, or two and a power of
 * ten for |v| < 0.0005 and |v| ≥ 100 000. A true minus sign; zero has none. For a count: formatCount.
 * @param {number} value
 * @returns {string}
 */
export function formatNumber(value) {
  if (Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return (value < 0 ? "−" : "") + formatSize(tenDigits(Math.abs(value)));
}

/** A tie that a last bit hides is a tie again. @param {number} size */
function tenDigits(size) {
  const settled = Number(size.toPrecision(10));
  return Number.isFinite(settled) ? settled : size; // the largest would overflow
}

/** @param {number} size */
function formatSize(size) {
  if (Number.isInteger(size) && size < 1e6) return String(size);
  if (size >= 0.0005 && size < 1e5) return size.toFixed(3);
  return size.toExponential(2).replace("e+", "e");
}

/**
 * The same, in brackets when negative: for a factor or a term inside a sum.
 * @param {number} value
 */
export function formatFactor(value) {
  return value < 0 ? `(${formatNumber(value)})` : formatNumber(value);
}

const COUNT = new Intl.NumberFormat("en-GB");

/** A count with thousands separated: 60,600. @param {number} count */
export function formatCount(count) {
  return COUNT.format(count);
}

/**
 * "1 answer is forgotten", "2,000 answers are forgotten".
 * @param {number} number @param {string} one what follows 1 @param {string} many what follows any other
 */
export function counted(number, one, many) {
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}
