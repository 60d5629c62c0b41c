// What the book's scripts and the page's Python give one another by way of the window or the worker.

import type { Engine } from "./python/engine.js";
import type { Stored } from "./quiz/library.js";
import type { CodeMirror } from "./tasks/vendor/codemirror/codemirror";
import type { Data, open } from "./tasks/workshop.js";

declare global {
  interface DocumentEventMap {
    /** An answer has changed, to the item of this id; to any, if null. */
    "nn-quiz-changed": CustomEvent<string | null>;
  }
  interface Window {
    nnCodeMirror: CodeMirror;
    nnModules: { "tasks/workshop.js": { open: typeof open } };
    nnPython: { start: () => Promise<Engine> };
    nnQuestions?: Record<string, Record<string, Stored>>;
    nnTasks: Record<string, Data>;
  }
  /** How many ids have been given. */
  var nnIds: number | undefined;
  // What numpy.py and _page.py call, and the proxies that MicroPython holds.
  var nnBridge: (name: string) => unknown;
  var nnValues: (name: string) => unknown;
  var nnDue: () => boolean;
  var nnSeed: () => string;
  var nnPrepare: () => void;
  var proxy_js_ref: Iterable<unknown>;
}
