// The vendored contours do what they should on a surface whose level lines are known.

import assert from "node:assert/strict";
import test from "node:test";

import contours from "../../nn_widgets/kit/plot/vendor/d3-contour/contours.js";

test("a level line of a bowl is a circle", () => {
  const size = 81;
  const values = Float64Array.from({ length: size * size }, (_, i) =>
    -Math.hypot((i % size) - 40, Math.floor(i / size) - 40));
  const [ring] = contours().size([size, size]).contour(values, -20).coordinates[0];
  // A value stands in the middle of its cell, half a unit from the cell's corner.
  for (const [x, y] of ring) assert.ok(Math.abs(Math.hypot(x - 40.5, y - 40.5) - 20) < 0.05);
});
