// The line of nn_core that computes the step, as it stands there, its variables lit with the rest.

import { roving } from "../../kit/roving.js";
import { html, setText } from "../../kit/svg.js";
import { kindOf, writtenName } from "./names.js";
import { ruleOf, variablesOf } from "./steps.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {{own: HTMLElement, name: string}} Token */
/** @typedef {(name: string|null) => void} OnName */

const TOKEN = /f"\w+\{[^}]*\}"|#.*|[A-Za-z_]\w*|[^A-Za-z_#]+/g;

/**
 * @param {{code: Record<string, {line: string, file: string}[]>, onName: OnName}} options
 */
export function codeView({ code, onName }) {
  const file = html("p", { class: "nn-backward-file" });
  const lines = html("code", { translate: "no" });
  const held = html("p", { class: "nn-backward-held" });
  const node = html("section", { class: "nn-backward-code", "aria-label": "Line of NumPy" }, file,
    html("pre", {}, lines), held);
  let shown = "";
  /** @type {Token[]} */
  let tokens = [];

  /** @param {Scene} scene */
  const rebuild = (scene) => {
    const { own } = scene;
    const given = own ? [{ line: own.line, file: "" }] : code[ruleOf(scene.name)];
    const variables = own?.variables ?? variablesOf(scene.name);
    tokens = [];
    const line = html("span", {},
      ...given.flatMap(({ line: text }, i) => [i ? "\n" : "", ...tokensOf(text, variables, tokens, onName)]));
    lines.replaceChildren(line);
    roving(line, tokens.map(({ own }) => [own]));
    setText(file, own ? "Your line" : `nn_core/${given[0].file}`);
    setText(held, heldText(variables));
  };

  return {
    node,
    /** @param {Scene} scene */
    draw(scene) {
      const key = `${scene.name} ${scene.own?.line}`;
      if (shown !== key) rebuild(scene);
      shown = key;
    },
    /** @param {import("./scene.js").Lit} lit */
    light(lit) {
      tokens.forEach(({ own, name }) => {
        own.classList.toggle("nn-hot", lit.hot?.startsWith(`${name}.`) ?? false);
        own.classList.toggle("nn-result", lit.result.startsWith(`${name}.`));
      });
    },
  };
}

/** @param {string} line @param {Record<string, string>} variables @param {Token[]} tokens @param {OnName} onName */
function tokensOf(line, variables, tokens, onName) {
  let attribute = false;
  return line.match(TOKEN).map((text) => {
    const letters = /^f"/.test(text) ? text.slice(2).match(/^[A-Za-z]+/)[0] : text;
    const name = attribute && letters === "T" ? null : Object.hasOwn(variables, letters) ? variables[letters] : null;
    attribute = text.endsWith(".");
    if (!name) return text.startsWith("#") ? html("span", { class: "nn-backward-comment" }, text) : text;
    const own = html("span", {
      class: `nn-backward-token nn-${kindOf(name)}`, "data-name": name,
      role: "button", "aria-label": `${letters}, here ${writtenName(name)}`,
      onpointerenter: () => onName(name), onpointerleave: () => onName(null),
      onfocus: () => onName(name), onblur: () => onName(null),
    }, text);
    tokens.push({ own, name });
    return own;
  });
}

/** "Here dz is dz³ and h is h²." Without what reads the same. @param {Record<string, string>} variables */
function heldText(variables) {
  const told = Object.entries(variables).filter(([own, name]) => own !== name).map(([own, name]) =>
    `${own} is ${writtenName(name)}`);
  if (!told.length) return "";
  return `Here ${told.length > 1 ? `${told.slice(0, -1).join(", ")} and ` : ""}${told.at(-1)}.`;
}
