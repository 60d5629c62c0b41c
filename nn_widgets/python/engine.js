// Python in the page: starts the worker, sends it programs, ends it when one does not stop.

export const SECONDS = 5;
const NO_WASM = "This browser has no WebAssembly, so Python cannot run in this page.";
const REFUSED = "This page is not allowed to start Python: its Content-Security-Policy must have worker-src blob: " +
  "and script-src 'wasm-unsafe-eval'.";
const BROKEN = "Python has stopped in the middle of something and was started again. The program is still here.";

/** An error whose message is a sentence for the reader. */
export class PythonRefused extends Error {}

/** @typedef {import("./runner.js").Request} Request */
/** @typedef {import("./runner.js").Result} Result */
/**
 * @typedef {object} Listen
 * @property {(step: number, value: import("./runner.js").Value) => void} [onValue]
 * @property {(text: string) => void} [onOutput]
 * @property {AbortSignal} [signal] stops the program when its reader presses Stop
 */

/**
 * @param {string} source the worker's script
 * @param {string} wasm MicroPython's WebAssembly, in base64
 */
export function makePython(source, wasm) {
  /** @type {Promise<Engine>|null} */
  let engine = null;
  return {
    /** The engine, ready to run programs; the same one however often it is asked for. @returns {Promise<Engine>} */
    start() {
      if (typeof WebAssembly !== "object") return Promise.reject(new PythonRefused(NO_WASM));
      engine ??= Engine.start(source, wasm).catch((error) => {
        engine = null;
        throw error;
      });
      return engine;
    },
  };
}

/**
 * A worker that has said that it is ready. It decodes and compiles, for the page has an editor to build meanwhile.
 * @param {string} source @param {string} wasm @returns {Promise<Worker>}
 */
async function startWorker(source, wasm) {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await new Promise((resolve, reject) => {
      const worker = new Worker(url);
      const refuse = () => { worker.terminate(); reject(new PythonRefused(REFUSED)); };
      worker.onerror = (event) => { event.preventDefault?.(); refuse(); };
      worker.onmessage = ({ data }) => (data.ready ? resolve(worker) : refuse());
      worker.postMessage({ wasm });
    });
  } catch (error) {
    throw error instanceof PythonRefused ? error : new PythonRefused(REFUSED);
  } finally {
    URL.revokeObjectURL(url);
  }
}

export class Engine {
  /** @param {string} source @param {string} wasm */
  static async start(source, wasm) {
    const engine = new Engine(() => startWorker(source, wasm));
    await engine.worker;
    return engine;
  }

  /** @param {() => Promise<Worker>} startAgain */
  constructor(startAgain) {
    this.startAgain = startAgain;
    this.worker = startAgain();
    /** @type {Promise<unknown>} */
    this.queue = Promise.resolve();
    this.count = 0;
  }

  /**
   * Run a program after those that were sent before it. Never rejects for what the program does.
   * @param {string} program
   * @param {Request} [request] `limits.seconds` ends the program, 5 by default
   * @param {Listen} [listen]
   * @returns {Promise<Result>}
   */
  run(program, request = {}, listen = {}) {
    const turn = this.queue.then(() => this.runNow(program, request, listen));
    this.queue = turn.catch(() => {});
    return turn;
  }

  /** @param {string} program @param {Request} request @param {Listen} listen @returns {Promise<Result>} */
  async runNow(program, request, { onValue, onOutput, signal }) {
    const worker = await this.worker;
    const id = (this.count += 1);
    const seconds = request.limits?.seconds ?? SECONDS;
    let [output, omitted] = ["", 0];
    /** @param {string} type @param {string} message @param {string} plain @returns {Result} */
    const stopped = (type, message, plain) => ({ output, omitted, values: [],
      error: { type, message, line: null, plain, in: "program", trace: "" } });
    /** @type {Result & {whole?: boolean}} */
    const outcome = await new Promise((resolve) => {
      /** @param {Result & {whole?: boolean}} result */
      const end = (result) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", stop);
        resolve(result);
      };
      const timer = setTimeout(() => end(stopped("Overtime", "",
        `The program did not end within ${seconds} seconds and was stopped. Is there a loop that never ends?`)),
      seconds * 1000);
      const stop = () => end(stopped("Stopped", "", "The program was stopped."));
      if (signal?.aborted) stop();
      signal?.addEventListener("abort", stop);
      worker.onerror = (event) => {
        event.preventDefault?.();
        end(stopped("SystemError", String(event.message ?? ""), BROKEN));
      };
      worker.onmessage = ({ data }) => {
        if (data.id !== id) return;
        if (data.result) end({ ...data.result, whole: true });
        else if ("step" in data) onValue?.(data.step, data.value);
        else {
          output += data.printed;
          omitted = data.omitted;
          onOutput?.(data.printed);
        }
      };
      worker.postMessage({ id, program, request });
    });
    const { whole, ...result } = outcome;
    if (!whole) this.restart(worker);
    return result;
  }

  /** End what runs, and begin anew. @param {Worker} worker */
  restart(worker) {
    worker.terminate();
    this.worker = this.startAgain();
    this.worker.catch(() => {}); // it is said at the next run
  }

  /** End the worker for good. */
  async close() {
    (await this.worker).terminate();
  }
}
