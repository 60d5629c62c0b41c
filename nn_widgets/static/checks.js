// Checks of a state that came from a page or a link: each says true, or what is wanted.

export const isPoint = (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

export const point = (value) => isPoint(value) || "two numbers";

export const angles = (value) => isPoint(value) || "two angles in degrees";

/** Two different places in the vector of the 26 parameters. */
export const pair = (value) =>
  (isPoint(value) && value[0] !== value[1] && value.every((n) => Number.isInteger(n) && n >= 0 && n < 26))
  || "two different whole numbers from 0 to 25";

/**
 * @param {Record<string, (value: any, state: Record<string, any>) => true | string>} checks by the name of a value
 * @returns {(state: Record<string, any>) => void} throws one sentence about the first value that fails
 */
export const validator = (checks) => (state) => {
  for (const [name, check] of Object.entries(checks)) {
    const wanted = check(state[name], state);
    if (wanted !== true) throw new Error(`${name} must be ${wanted}, got ${shortened(state[name])}.`);
  }
};

/** What was given, but not a whole network of it. */
function shortened(value) {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
