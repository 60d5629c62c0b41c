// One MicroPython, and how a program runs in it. This part runs in the page's worker and under Node alike.

import { DTYPES, NdArray, due, recount, resetBudget, stridesOf, values } from "./array.js";
import { makeBridge } from "./bridge.js";
import { explain } from "./plain.js";
import { rewrite } from "./rewrite.js";

export const PROGRAM = "program";
const OUTPUT_LIMIT = 20000; // characters
const HEAP = 4 * 2 ** 20; // bytes to begin with; bundle.py says how far it may grow

/**
 * @typedef {object} Value what a program gave, described: `type` says which of the others are there
 * @property {string} type float, int, bool, str, None, ndarray, list, tuple, dict or object
 * @property {*} [value] of a number, a truth or a text; a whole number beyond 2^53 as text
 * @property {number[]} [shape] of an ndarray, with `dtype` and `data`, row by row
 * @property {Value[]} [items] of a list or tuple; of a dict, keys and values in turn
 * @property {string} [dtype]
 * @property {ArrayLike<number>} [data]
 * @property {string} [name] of the class, with `fields` for a named tuple
 * @property {string[]} [fields]
 * @property {string} [text] of any other object
 */

/** @typedef {{shape: number[], data: ArrayLike<number>, dtype?: string}} Given an array that a program is given */

/**
 * @typedef {object} Problem
 * @property {string} type
 * @property {string} message Python's
 * @property {number|null} line
 * @property {string} plain a sentence for the reader
 * @property {string} [in] the part of the run that it is of: "program", "setup", …
 * @property {string} [trace]
 */

/** @typedef {{setup?: string, given?: object, code: string}} Case an expression, and what is so before it */
/** @typedef {{code: string, times: number, every?: number, value?: string}} Repeat */

/**
 * @typedef {object} Request
 * @property {Record<string, unknown>} [given] names and their values: numbers, texts, lists, `Given` arrays
 * @property {string} [setup] Python that runs before the program, in its namespace
 * @property {(string|Case)[]} [cases] expressions for `values`
 * @property {Repeat} [repeat] statements, run that often after the program; `value` is an expression, told to `onValue`
 *   before the first and after each `every`
 * @property {{output?: number, seconds?: number}} [limits]
 */

/**
 * @typedef {object} Result
 * @property {string} output
 * @property {number} omitted characters
 * @property {Problem|null} error
 * @property {{value?: Value, error?: Problem}[]} values of the cases
 */

/**
 * What is used of MicroPython.
 * @typedef {object} MicroPython
 * @property {(code: string) => void} runPython
 * @property {(code: string) => Promise<void>} runPythonAsync
 * @property {(name: string) => Page} pyimport
 * @property {FileSystem} FS
 * @property {Parameters<typeof makeBridge>[0]} _module
 *
 * @typedef {{mkdir: (path: string) => void, writeFile: (path: string, text: string) => void}} FileSystem
 * @typedef {(options: object) => Promise<MicroPython>} Load
 *
 * @typedef {object} Page the functions of _page.py
 * @property {() => void} begin
 * @property {(code: string, file: string) => boolean} execute
 * @property {(code: string, file: string) => boolean} evaluate
 * @property {(name: string, array: NdArray) => void} give_array
 * @property {(code: string, file: string) => void} hold
 * @property {() => number} advance
 * @property {boolean} started
 */

/** Describes Python's values: what `_page._describe` pushes. */
function makeValues() {
  /** @type {Value[]} */
  const stack = [];
  /** @type {{type: string, words: string, trace: string}|null} */
  let error = null;
  /** @param {Value} value */
  const push = (value) => { stack.push(value); };
  /** @type {Record<string, (...given: any[]) => void>} as _page.py gives it */
  const found = {
    none: () => push({ type: "None" }),
    bool: (value) => push({ type: "bool", value }),
    float: (value) => push({ type: "float", value }),
    int: (text) => push({ type: "int", value: Number.isSafeInteger(Number(text)) ? Number(text) : text }),
    str: (value) => push({ type: "str", value }),
    array: (a) => push({ type: "ndarray", shape: [...a.shape], dtype: DTYPES[a.kind], data: values(a).slice() }),
    object: (name, text) => push({ type: "object", name, text }),
    items: (type, count, name, fields) => {
      const items = stack.splice(stack.length - count, count);
      push({ type, items, name, ...(fields && { fields: fields.split(" ") }) });
    },
    error: (type, words, trace) => { error = { type, words, trace }; },
  };
  const take = () => {
    const last = stack.pop();
    stack.length = 0;
    return last;
  };
  const takeError = () => {
    const last = error;
    error = null;
    return last;
  };
  /** @param {string} name */
  const ask = (name) => found[name];
  return { ask, take, takeError };
}

/** What a program prints, up to a limit; the rest is counted. @param {number} limit */
function makeOutput(limit) {
  let text = "";
  let left = 0;
  return {
    /** @param {string} more */
    add(more) {
      const room = Math.max(limit - text.length, 0);
      text += more.slice(0, room);
      left += more.length - Math.min(room, more.length);
    },
    result: () => ({ output: text, omitted: left }),
  };
}

/**
 * The line of the program that an error is of: the innermost one that is the reader's.
 * @param {string} trace @param {string} file
 */
function lineOf(trace, file) {
  const lines = [...trace.matchAll(/File "(.*?)", line (\d+)/g)].filter(([, name]) => name === file);
  return lines.length ? Number(lines.at(-1)[2]) : null;
}

/**
 * @param {Load} loadMicroPython
 * @param {Record<string, string>} library Python files by path below /lib
 * @param {{onOutput?: (text: string) => void} & Record<string, unknown>} [options] passed on to MicroPython;
 *   `onOutput` hears what is printed
 */
export async function makeRunner(loadMicroPython, library, { onOutput, ...options } = {}) {
  let output = makeOutput(OUTPUT_LIMIT);
  const decoder = new TextDecoder();
  /** @type {number[]} */
  let line = [];
  const flush = () => {
    const text = decoder.decode(Uint8Array.from(line));
    line = [];
    output.add(text);
    onOutput?.(text);
  };
  /** @param {ArrayLike<number>} byte */
  const stdout = (byte) => {
    line.push(byte[0]);
    if (byte[0] === 10 || line.length > 4096) flush();
  };
  const own = { heapsize: HEAP, linebuffer: false, stdout, stderr: stdout };
  const python = await loadMicroPython({ ...own, ...options });
  const described = makeValues();
  const bridge = makeBridge(python._module);
  globalThis.nnBridge = (name) => bridge[/** @type {keyof typeof bridge} */ (name)];
  globalThis.nnValues = described.ask;
  globalThis.nnDue = due;
  globalThis.nnSeed = () => String(Math.floor(Math.random() * 2 ** 31));
  /** @param {[string, string]} file */
  const core = ([path]) => path.startsWith("nn_core/");
  const files = Object.entries(library);
  install(python.FS, files.filter((file) => !core(file)));
  let waiting = true;
  // nn_core is written anew for MicroPython when somebody asks for it, or when there is time.
  globalThis.nnPrepare = () => {
    if (waiting) {
      install(python.FS, files.filter(core).map(([path, text]) =>
        /** @type {[string, string]} */ ([path, rewrite(text)])));
    }
    waiting = false;
  };
  python.runPython("import sys\nsys.path.insert(0, '/lib')\nimport _page");
  const page = python.pyimport("_page");
  const call = { begin: page.begin, execute: page.execute, evaluate: page.evaluate,
    giveArray: page.give_array, hold: page.hold, advance: page.advance };
  python.runPython("import _page");

  /** What went wrong, and on which line of `file`. @param {string} source @param {string} file @returns {Problem} */
  const problem = (source, file) => {
    const { type, words, trace } = described.takeError();
    return { ...explain(type, words, lineOf(trace, file), source), in: file, trace };
  };
  /**
   * The program itself, from pause to pause: between them MicroPython frees what it no longer needs.
   * @param {string} source
   */
  const executeProgram = (source) => {
    call.hold(rewrite(source, true), PROGRAM);
    python.runPythonAsync("_page.started = _page.start()");
    if (!page.started) return problem(source, PROGRAM);
    for (;;) {
      const state = call.advance();
      if (state < 0) return problem(source, PROGRAM);
      if (state === 0) return null;
      recount(globalThis.proxy_js_ref);
    }
  };
  /** @param {string} source @param {string} file */
  const execute = (source, file) => (call.execute(rewrite(source), file) ? null : problem(source, file));
  /**
   * The same of what runs after the program, which may go wrong in it.
   * @param {string} source @param {string} file @returns {Problem}
   */
  const problemOfCase = (source, file) => {
    const { type, words, trace } = described.takeError();
    const own = lineOf(trace, PROGRAM);
    return { ...explain(type, words, own ?? lineOf(trace, file), source), in: own === null ? file : PROGRAM, trace };
  };

  /** @param {unknown} value @returns {value is Given} */
  const isArray = (value) => typeof value === "object" && value !== null && "shape" in value;

  /** @param {string} name @param {unknown} value */
  const give = (name, value) => {
    if (isArray(value)) call.giveArray(name, arrayFrom(value));
    else call.execute(rewrite(`${name} = ${literal(value)}`), "given");
  };

  /**
   * Run a program.
   * @param {string} program
   * @param {Request} [request]
   * @param {(step: number, value: Value) => void} [onValue]
   * @returns {Result}
   */
  function run(program, { given = {}, setup = "", cases = [], repeat, limits = {} } = {}, onValue = () => {}) {
    resetBudget();
    output = makeOutput(limits.output ?? OUTPUT_LIMIT);
    call.begin();
    Object.entries(given).forEach(([name, value]) => give(name, value));
    const error = (setup && execute(setup, "setup")) || executeProgram(program)
      || (repeat && runRepeat(repeat, program, onValue));
    const written = cases.map((one) => (typeof one === "string" ? { code: one } : one));
    const found = error ? [] : written.map((one, k) => runCase(one, `case ${k + 1}`, program));
    flush();
    return { ...output.result(), error: error || null, values: found };
  }

  /** @param {Case} one @param {string} file @param {string} program */
  function runCase({ code, setup: own = "", given: more = {} }, file, program) {
    Object.entries(more).forEach(([name, value]) => give(name, value));
    if (own && !call.execute(rewrite(own), file)) return { error: problemOfCase(program, file) };
    if (call.evaluate(rewrite(code), file)) return { value: described.take() };
    return { error: problemOfCase(program, file) };
  }

  /** @param {Repeat} repeat @param {string} program @param {(step: number, value: Value) => void} onValue */
  function runRepeat({ code, times, every = 1, value }, program, onValue) {
    known.clear();
    /** @param {number} step */
    const tell = (step) => {
      if (!value) return null;
      if (!call.evaluate(rewritten(value), "repeat")) return problemOfCase(program, "repeat");
      onValue(step, described.take());
      return null;
    };
    let failed = tell(0);
    for (let step = 1; step <= times && !failed; step += 1) {
      if (due()) recount(globalThis.proxy_js_ref);
      if (!call.execute(rewritten(code), "repeat")) failed = problemOfCase(program, "repeat");
      else if (step % every === 0 || step === times) failed = tell(step);
    }
    return failed;
  }

  /** @type {Map<string, string>} */
  const known = new Map();
  /** @param {string} code */
  const rewritten = (code) => {
    if (!known.has(code)) known.set(code, rewrite(code));
    return known.get(code);
  };
  /** Have nn_core at hand before a program asks for it. */
  const warm = () => python.runPython("import nn_core");
  return { run, warm };
}

/** @param {FileSystem} FS @param {[string, string][]} files */
function install(FS, files) {
  const made = new Set();
  /** @param {string} path */
  const folder = (path) => {
    if (!path || made.has(path)) return;
    folder(path.slice(0, path.lastIndexOf("/")));
    made.add(path);
    try { FS.mkdir(path); } catch { /* it is there */ }
  };
  for (const [path, text] of files) {
    folder(`/lib/${path}`.replace(/\/[^/]*$/, ""));
    FS.writeFile(`/lib/${path}`, text);
  }
}

/** @param {Given} given */
function arrayFrom({ shape, data, dtype = "float64" }) {
  return new NdArray(Float64Array.from(data), [...shape], stridesOf(shape), 0, DTYPES.indexOf(dtype));
}

/** A list or an object of plain values, as Python writes them. @param {unknown} value @returns {string} */
function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") {
    if (Number.isNaN(value)) return 'float("nan")';
    if (!Number.isFinite(value)) return `${value < 0 ? "-" : ""}float("inf")`;
    return String(value);
  }
  if (typeof value === "string") return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${literal(item)}`).join(", ")}}`;
}
