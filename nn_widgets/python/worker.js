// What runs in the worker: it waits for the engine's WebAssembly, then for programs, one after the other.

import { makeRunner } from "./runner.js";

const AT_ONCE = 100; // so many lines are reported as they are printed,
const EVERY = 100; // and after that what has come in so many ms
const OUT_OF_REACH = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts",
  "indexedDB", "caches", "Worker", "BroadcastChannel"];

/** @typedef {(message: object) => void} Post */

/** What is printed while a program runs, so that it is not lost when the program is stopped. @param {Post} post */
function makeReporter(post) {
  let [id, limit, sent, total, at, count] = [0, 0, 0, 0, 0, 0];
  let text = "";
  return {
    /** @param {number} nextId @param {number} nextLimit */
    begin: (nextId, nextLimit) => {
      [id, limit, sent, total, at, count] = [nextId, nextLimit, 0, 0, performance.now(), 0];
      text = "";
    },
    /** @param {string} more */
    add: (more) => {
      total += more.length;
      text += more.slice(0, Math.max(limit - sent - text.length, 0));
      count += 1;
      if (count > AT_ONCE && performance.now() - at < EVERY) return;
      post({ id, printed: text, omitted: Math.max(total - limit, 0) });
      [sent, at] = [sent + text.length, performance.now()];
      text = "";
    },
  };
}

/** The bytes of a text in base64, by a plain loop: `from` takes ten times as long. @param {string} base64 */
function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k += 1) bytes[k] = text.charCodeAt(k);
  return bytes;
}

/**
 * @param {import("./runner.js").Load} loadMicroPython
 * @param {Record<string, string>} library
 */
export function work(loadMicroPython, library) {
  const scope = /** @type {Worker & typeof globalThis} a worker's scope, as far as it is used */ (globalThis);
  const { postMessage } = scope;
  /** @type {Post} */
  const post = (message) => postMessage.call(scope, message);
  const reporter = makeReporter(post);
  for (const name of OUT_OF_REACH) Object.defineProperty(scope, name, { value: undefined });

  /** @param {unknown} error */
  const broken = (error) => post({ broken: String(error) });
  /** @param {string} wasm in base64 */
  const begin = async (wasm) => {
    const bytes = bytesOf(wasm);
    /** @param {WebAssembly.Imports} imports @param {(instance: WebAssembly.Instance) => void} receive */
    const instantiate = (imports, receive) => {
      WebAssembly.instantiate(bytes, imports).then(({ instance }) => receive(instance), broken);
      return {};
    };
    const runner = await makeRunner(loadMicroPython, library, { instantiate, onOutput: (text) => reporter.add(text) });
    scope.onmessage = ({ data: { id, program, request } }) => {
      reporter.begin(id, request.limits?.output ?? 20000);
      post({ id, result: runner.run(program, request, (step, value) => post({ id, step, value })) });
    };
    post({ ready: true });
    setTimeout(() => runner.warm());
  };
  scope.onmessage = ({ data }) => {
    begin(data.wasm).catch(broken);
  };
}
