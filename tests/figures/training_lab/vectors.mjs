// Reads the state of a training lab and some numbers of updates, writes what the lab's JavaScript
// has then: for test_training_lab.py.
import { readFileSync } from "node:fs";
import { makeMeasure } from "../../../nn_widgets/figures/training_lab/measure.js";
import { makeRun } from "../../../nn_widgets/figures/training_lab/training.js";
import { verdict } from "../../../nn_widgets/figures/training_lab/verdict.js";
import { layersFromNested, layersToNested } from "../../../nn_widgets/maths/nn.js";
import { penguinData } from "../../../nn_widgets/maths/penguins.js";

const { page: { state, data }, at } = JSON.parse(readFileSync(0, "utf8"));
const run = makeRun(state, penguinData(data.birds), layersFromNested(data.book));
const measure = makeMeasure(run);

function seen(updates) {
  while (run.updates < updates && !run.over()) run.update();
  const { loss, held, norms, answers, learn, kept, hidden, entries } = measure();
  return {
    updates: run.updates, loss, held, norms, answers: [...answers], learn, kept, hidden, entries,
    layers: layersToNested(run.trainer.layers), ...verdict(run, measure()),
  };
}

process.stdout.write(JSON.stringify({ parts: run.parts, guessing: run.guessing, perEpoch: run.perEpoch,
  at: at.map(seen) }));
