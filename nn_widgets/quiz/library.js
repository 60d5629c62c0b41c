// The questions of a chapter with all their numbers: a script, loaded when it is first asked for.

/**
 * @typedef {{data: any, slots: Record<string, string>}} Further what differs from the first numbers
 * @typedef {{html: string, fingerprint: string, variants: Further[]}} Stored
 */

/** @type {Map<string, Promise<Record<string, Stored>>>} */
const loading = new Map();

/**
 * The questions of the script at an address, by id. A script is loaded from a folder on a disk too.
 * @param {string} address
 * @returns {Promise<Record<string, Stored>>} rejected if it does not come, and then asked for again
 */
export function library(address) {
  if (!loading.has(address)) {
    loading.set(address, load(address));
    loading.get(address).catch(() => loading.delete(address));
  }
  return loading.get(address);
}

/** @param {string} address @returns {Promise<Record<string, Stored>>} */
function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const name = decodeURIComponent(address.replace(/^.*\//, "").replace(/\.js(\?.*)?$/, ""));
    script.src = address;
    script.onload = () => resolve(window.nnQuestions?.[name] ?? {});
    script.onerror = () => reject(new Error(`${address} did not come`));
    document.head.append(script);
  });
}
