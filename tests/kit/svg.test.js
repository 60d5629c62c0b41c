import assert from "node:assert/strict";
import { test } from "node:test";

const modules = await Promise.all(["?one", "?other"].map((copy) => import(`../../nn_widgets/kit/svg.js${copy}`)));

test("names differ also between copies of the module, as Jupyter loads one for each figure", () => {
  const names = modules.flatMap(({ uniqueId }) => [uniqueId("a"), uniqueId("a")]);
  assert.equal(new Set(names).size, 4);
});
