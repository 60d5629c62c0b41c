// What Loss slices computes for the states that come as JSON on the standard input: for test_loss_slices.py.
import { readFileSync } from "node:fs";
import { complaintOf } from "./complaints.mjs";
import { validate } from "../../nn_widgets/static/loss_slices.js";
import { alongChord, chordOf, lossAbove, planeOf, reordered, vectorAt } from "../../nn_widgets/static/loss_slices/plane.js";
import { layersFromNested, toVector } from "../../nn_widgets/static/nn.js";
import { penguinData } from "../../nn_widgets/static/penguins.js";

const { states, shares, complaints } = JSON.parse(readFileSync(0, "utf8"));

function shown(state) {
  const layers = layersFromNested(state.networks[state.network]);
  const plane = planeOf(state, layers);
  const surface = lossAbove(plane, penguinData(state.birds));
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

const complaint = complaintOf(validate, states[0]);
process.stdout.write(JSON.stringify({ shown: states.map(shown), complaints: complaints.map(complaint) }));
