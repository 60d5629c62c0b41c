// The reader's own program: a field, a button, and Python to run it: the page's, or the notebook's.

import { button, setUsable } from "../../kit/controls.js";
import { update } from "../../kit/model.js";
import { html, setText, uniqueId } from "../../kit/svg.js";
import { isThere, loadPython } from "../../python/load.js";

const MAY = "Lines of Python, the last one the loss. Give numbers and matrices names, as in u = 0.7 "
  + "and A = [[1, 2], [3, 4]]; then + − * / @ and ** with a number, .T, exp, log, tanh, sigmoid, relu, sum and "
  + "price(z, y). The names x, y, W1, b1, …, b3 and V are the bird’s and its network’s. "
  + "At most 40 nodes, and 64 numbers in each.";
const SECONDS = 5;
const LAYERED = "layered([_node['of'] for _node in _graph['nodes']])";
const SILENCE = 20; // seconds without a word from the notebook's kernel

/** @typedef {import("./scene.js").Graph} Graph */
/** @typedef {Omit<Graph, "program"> & {problem: string}} Answer a graph, or the sentence that says why there is none */
/** @typedef {Answer & {asked: string}} Traced */
/**
 * What a notebook's kernel is asked, and what it answers; a page has neither.
 * @typedef {import("../../kit/model.js").Model<import("./scene.js").State & {_asked?: string, _traced?: Traced}>} Model
 */

/**
 * @param {{model: Model, python: string, longest: number, onGraph: (graph: Graph) => void,
 *   onSay: (text: string) => void}} options
 */
export function ownProgram({ model, python, longest, onGraph, onSay }) {
  const [field, help] = [uniqueId("nn-program"), uniqueId("nn-program-help")];
  const input = html("textarea", { id: field, rows: 6, spellcheck: "false", autocomplete: "off", autocapitalize: "off",
    maxlength: longest, "aria-describedby": help, translate: "no", class: "nn-graph-program" });
  const status = html("p", { role: "status", class: "nn-graph-said" });
  const draw = button("Draw its graph", go);
  const able = isThere() || hasKernel(model);
  const node = html("details", { class: "nn-details" }, html("summary", {}, "Write a program of your own"),
    html("div", { class: "nn-graph-own" }, html("label", { for: field }, "Your program"), input,
      html("p", { id: help, class: "nn-graph-hint" }, MAY), able ? html("div", { class: "nn-buttons" }, draw) : null,
      status));
  if (!able) setText(status, "There is no Python here to run it: the built book has one, and so has a notebook.");
  let busy = false;

  async function go() {
    if (busy) return;
    busy = true;
    setUsable(draw, false);
    setText(status, "Python is at work.");
    const text = input.value.replace(/\s+$/, "");
    try {
      const { problem, ...graph } = await (isThere() ? inPage(text, python) : inKernel(text, model));
      setText(status, problem || "Drawn.");
      status.classList.toggle("nn-is-wrong", Boolean(problem));
      if (!problem) {
        input.dataset.shown = text;
        onGraph({ ...graph, program: text });
      }
      onSay(status.textContent);
    } catch (error) {
      setText(status, error.message);
      status.classList.add("nn-is-wrong");
    } finally {
      busy = false;
      setUsable(draw, true);
    }
  }

  return {
    node,
    /** Show a program, unless the reader is writing one. @param {string} text */
    show(text) {
      if (input.dataset.shown === text) return;
      input.dataset.shown = text;
      input.value = text;
      status.classList.remove("nn-is-wrong");
      setText(status, able ? "" : status.textContent);
    },
    /** A link has brought a program that nobody has run yet. */
    ask() {
      node.open = true;
      if (able) setText(status, "This program came with the link. Read it, then draw its graph.");
    },
  };
}

/** @param {Model} model */
const hasKernel = (model) => typeof model.get("_asked") === "string";

/** Run a program in the page's Python. @param {string} text @param {string} python @returns {Promise<Answer>} */
async function inPage(text, python) {
  const engine = await loadPython();
  const { error, values } = await engine.run(python, { given: { _text: text }, limits: { seconds: SECONDS },
    cases: [{ setup: "_graph = traced(_text)", code: "_graph" }, LAYERED] });
  const failed = error ?? values.find((one) => one.error)?.error;
  if (failed) throw new Error(failed.plain || failed.message);
  const [graph, layout] = values.map(({ value }) => plain(value));
  return { ...graph, layout };
}

/**
 * A value that Python described, as JavaScript has it.
 * @param {import("../../python/runner.js").Value} described @returns {any}
 */
function plain({ type, value, items }) {
  if (type === "None") return null;
  if (type === "list" || type === "tuple") return items.map(plain);
  if (type !== "dict") return value;
  const parts = items.map(plain);
  return Object.fromEntries(parts.flatMap((key, n) => (n % 2 ? [] : [[key, parts[n + 1]]])));
}

/**
 * Ask the notebook's Python; it answers in a value of the model.
 * @param {string} text @param {Model} model @returns {Promise<Answer>}
 */
function inKernel(text, model) {
  return new Promise((resolve, reject) => {
    const end = () => { clearTimeout(timer); model.off("change:_traced", answered); };
    const answered = () => {
      const { asked, ...graph } = model.get("_traced");
      if (asked !== text) return;
      end();
      resolve(graph);
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error("The notebook’s Python does not answer."));
    }, SILENCE * 1000);
    model.on("change:_traced", answered);
    update(model, { _asked: "" }); // asked again, it answers again
    update(model, { _asked: text });
  });
}
