// What Loss slices computes for the states that come as JSON on the standard input: for test_loss_slices.py.
import { readFileSync } from "node:fs";
import { complaintOf } from "../../helpers/complaints.mjs";
import widget from "../../../nn_widgets/figures/loss_slices/loss_slices.js";
import { alongChord, chordOf, lossAbove, planeOf, reordered,
  vectorAt } from "../../../nn_widgets/figures/loss_slices/plane.js";
import { layersFromNested, toVector } from "../../../nn_widgets/maths/nn.js";
import { penguinData } from "../../../nn_widgets/maths/penguins.js";

const { pages, shares, complaints } = JSON.parse(readFileSync(0, "utf8"));

function shown({ state, data: given }) {
  const layers = layersFromNested(given.networks[state.network]);
  const plane = planeOf(state, layers);
  const surface = lossAbove(plane, penguinData(given.birds));
  const places = shares.map((share) => plane.domain.map(([low, high], n) => low + share[n] * (high - low)));
  return {
    domain: plane.domain, names: plane.names, home: plane.home, probe: plane.probe,
    marks: plane.marks.map(({ w }) => w),
    axes: plane.axes.map((axis) => [...axis]),
    places, losses: places.map(surface.loss),
    vectors: plane.marks.map(({ w }) => [...vectorAt(plane, w)]),
    chord: chordOf(surface, state.place),
    along: alongChord(surface, state.place, 4),
    reordered: [...reordered(toVector(layers), [2, 0, 1])],
  };
}

const complaint = complaintOf(widget, pages[0]);
process.stdout.write(JSON.stringify({ shown: pages.map(shown), complaints: complaints.map(complaint) }));
