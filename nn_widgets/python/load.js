// How a page comes by its Python: one script, asked for when the reader presses Start, and not before.

const NOT_THERE = "The script that holds Python could not be loaded. If you are offline, open the page once more " +
  "when you are not.";

/** @type {Promise<unknown>|null} */
let asked = null;
let home = "";

/** Say where the page has the script that `bundle.script()` wrote. @param {string} address */
export function keepAt(address) {
  home = address;
}

/** Whether this page has Python. */
export const isThere = () => home !== "";

/**
 * Load Python and start it; the same engine however often it is asked for.
 * @param {string} [address] of the script, if nobody has said it before
 * @returns {Promise<import("./engine.js").Engine>} rejects with an Error whose message is a sentence for the reader
 */
export function loadPython(address = home) {
  asked ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => {
      asked = null;
      script.remove();
      reject(new Error(NOT_THERE));
    };
    document.head.append(script);
  });
  return asked.then(() => window.nnPython.start());
}
