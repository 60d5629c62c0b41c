// What a reader may type for a number.

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The numbers that a text may mean: none, one, or two where a comma may part thousands.
 * @param {string} text
 * @returns {number[]}
 */
export function readNumbers(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(/(?<=\d)[\s\u202f\u00a0](?=\d{3})/g, "");
  const readings = new Set([plain.replace(/,(?=[^,]*$)/, ".")]);
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(plain)) readings.add(plain.replaceAll(",", ""));
  return [...readings].map(readOne).filter(Number.isFinite);
}

function readOne(text) {
  const [top, bottom, ...rest] = text.split("/").map((part) => part.trim());
  if (rest.length || !DECIMAL.test(top)) return NaN;
  if (bottom === undefined) return Number(top);
  return DECIMAL.test(bottom) ? Number(top) / Number(bottom) : NaN;
}

/** Whether a number is as near to the wanted one as the tolerance asks. */
export function near(value, wanted, tolerance) {
  return Math.abs(value - wanted) <= tolerance * (1 + 1e-9) + 1e-12 * Math.abs(wanted);
}
