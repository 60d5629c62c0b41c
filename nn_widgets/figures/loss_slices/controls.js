// Which slice is shown: its kind, the network it goes through, two parameters or two directions.

import { button, segmented, select } from "../../kit/controls.js";
import { html, setText } from "../../kit/svg.js";

/** @typedef {import("./loss_slices.js").State} State */

/**
 * @param {{parameters: string[], onPlane: (plane: State["plane"]) => void,
 *   onNetwork: (network: State["network"]) => void,
 *   onPair: (axis: number, place: number) => void, onSeed: () => void}} options
 */
export function sliceControls({ parameters, onPlane, onNetwork, onPair, onSeed }) {
  /** @type {ReturnType<typeof segmented<State["plane"]>>} */
  const plane = segmented({
    label: "Cut through", value: "pair", onChange: onPlane,
    options: [["pair", "two parameters"], ["random", "random directions"], ["twins", "three twins"]],
  });
  /** @type {ReturnType<typeof segmented<State["network"]>>} */
  const network = segmented({
    label: "At", value: "trained", onChange: onNetwork,
    options: [["trained", "the trained network"], ["start", "the starting network"]],
  });
  /** @type {[number, string][]} */
  const options = parameters.map((name, n) => [n, name]);
  const pair = [0, 1].map((axis) => select({
    label: axis ? "Up the map" : "Across the map", options, value: axis, onChange: (place) => onPair(axis, place),
  }));
  const pairBox = html("div", { class: "nn-slice-pair" }, ...pair.map(({ node }) => node));
  const draw = html("span");
  const randomBox = html("div", { class: "nn-slice-random" }, button("Other directions", onSeed), draw);
  return {
    node: html("div", { class: "nn-slice-controls" }, plane.node, network.node, pairBox, randomBox),
    /** @param {Pick<State, "plane"|"network"|"pair"|"seed">} state */
    set(state) {
      plane.set(state.plane);
      network.set(state.network);
      pair.forEach((one, axis) => {
        one.set(state.pair[axis]);
        [...one.input.options].forEach((option, place) => { option.disabled = place === state.pair[1 - axis]; });
      });
      pairBox.hidden = state.plane !== "pair";
      randomBox.hidden = state.plane !== "random";
      setText(draw, `Draw number ${state.seed}`);
    },
  };
}
