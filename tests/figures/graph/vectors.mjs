// What the figure computes for graphs that come as JSON on the standard input: for test_graph.py.
import { readFileSync } from "node:fs";
import { nudged } from "../../../nn_widgets/figures/graph/scene.js";
import { forward, rush, walk } from "../../../nn_widgets/maths/autodiff.js";

const plain = ({ shape, data }) => ({ shape, data: [...data] });

function computed({ nodes, nudges }) {
  const values = forward(nodes);
  const passes = {
    walk: walk(nodes, values), replaced: walk(nodes, values, { add: false }),
    rush: rush(nodes, values, { most: 5000 }), both: rush(nodes, values, { add: false, most: 5000 }),
  };
  const last = (visits) => ({ order: visits.map(({ node }) => node),
    gradients: visits.at(-1).gradients.map((one) => one && plain(one)) });
  return {
    values: values.map(plain),
    passes: Object.fromEntries(Object.entries(passes).map(([name, visits]) => [name, last(visits)])),
    nudged: nudges.map(([node, entry, by]) => nudged({ nodes }, node, entry, by)),
  };
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(computed)));
