import assert from "node:assert/strict";
import { test } from "node:test";

import { subscript } from "../../nn_widgets/kit/plot/diagram.js";
import { parameterName } from "../../nn_widgets/maths/penguins.js";

test("a weight is named alike in the network and where the 26 parameters are listed", () => {
  assert.equal(`W²${subscript(1, 2)}`, parameterName({ kind: "W", l: 1, row: 1, col: 2 }));
  assert.equal(`b³${subscript(0)}`, parameterName({ kind: "b", l: 2, row: 0 }));
});

test("the tenth neuron and the hundredth have all their digits", () => {
  assert.deepEqual([subscript(8), subscript(9), subscript(99)], ["₉", "₁₀", "₁₀₀"]);
});
