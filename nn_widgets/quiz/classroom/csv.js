// Tables as files that a spreadsheet opens, and opens only.

/** A spreadsheet takes what begins so for a formula. */
const FORMULA = /^[\s\p{C}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u;

/**
 * The text of a CSV file: UTF-8 with the mark that spreadsheets look for, every text in quotes, none a formula.
 * @param {(string | number)[][]} rows
 */
export function csv(rows) {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

/** @param {string | number} value */
function cell(value) {
  if (typeof value === "number") return String(value);
  const line = value.replace(/\s+/g, " ").trim();
  return `"${(FORMULA.test(value) ? `'${line}` : line).replaceAll('"', '""')}"`;
}
