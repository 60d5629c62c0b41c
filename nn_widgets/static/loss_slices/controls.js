// Which slice is shown: its kind, the network it goes through, two parameters or two directions.

import { button, segmented, select } from "../controls.js";
import { html, setText } from "../svg.js";

/**
 * @param {{parameters: string[], onPlane: Function, onNetwork: Function, onPair: Function, onSeed: Function}} options
 */
export function sliceControls({ parameters, onPlane, onNetwork, onPair, onSeed }) {
  const plane = segmented({
    label: "Cut through", value: "pair", onChange: onPlane,
    options: [["pair", "two parameters"], ["random", "random directions"], ["twins", "three twins"]],
  });
  const network = segmented({
    label: "At", value: "trained", onChange: onNetwork,
    options: [["trained", "the trained network"], ["start", "the first network"]],
  });
  const options = parameters.map((name, n) => [n, name]);
  const pair = [0, 1].map((axis) => select({
    label: axis ? "Up the map" : "Across the map", options, value: axis, onChange: (place) => onPair(axis, place),
  }));
  const pairBox = html("div", { class: "nn-slice-pair" }, ...pair.map(({ node }) => node));
  const draw = html("span");
  const randomBox = html("div", { class: "nn-slice-random" }, button("Other directions", onSeed), draw);
  return {
    node: html("div", { class: "nn-slice-controls" }, plane.node, network.node, pairBox, randomBox),
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
