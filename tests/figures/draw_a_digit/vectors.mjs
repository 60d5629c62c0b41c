// Reads networks and drawings from standard input, writes what the figure's JavaScript makes of them:
// for test_draw_a_digit.py.
import { readFileSync } from "node:fs";
import { answerTo, pushes, wipes } from "../../../nn_widgets/figures/draw_a_digit/answer.js";
import { bitmapOf, blockCounts } from "../../../nn_widgets/figures/draw_a_digit/bitmap.js";
import { layersFromNested } from "../../../nn_widgets/maths/nn.js";
import { HANDS } from "./strokes.mjs";

function answer({ layers: given, activation, counts, k, measure }) {
  const layers = layersFromNested(given);
  const found = answerTo(layers, counts, activation);
  return {
    p: found.p,
    z: found.z,
    order: found.order,
    slopes: pushes(layers, found, k, measure),
    changes: wipes(layers, counts, found, { k, measure, activation }),
  };
}

const cases = JSON.parse(readFileSync(0, "utf8"));
const drawn = HANDS.map((hand) => hand.map((strokes) => blockCounts(bitmapOf(strokes))));
process.stdout.write(JSON.stringify({ answers: cases.map(answer), drawn }));
