// What One knob shows for the states that come as JSON on the standard input: for test_one_knob.py.
import { readFileSync } from "node:fs";
import { complaintOf } from "./complaints.mjs";
import { validate } from "../../nn_widgets/static/one_knob.js";
import * as numbers from "../../nn_widgets/static/one_knob/numbers.js";
import { layersFromNested, toVector } from "../../nn_widgets/static/nn.js";
import { parameterName, parameterPlaces, penguinData } from "../../nn_widgets/static/penguins.js";

const { states, complaints } = JSON.parse(readFileSync(0, "utf8"));

function shown(state) {
  const [data, species] = [penguinData(state.birds), state.birds.species];
  const first = toVector(layersFromNested(state.networks[state.network]));
  const vector = numbers.withTurned(first, state.turned);
  const range = numbers.rangeOf(first[state.knob]);
  const { losses, right } = numbers.birdsAt(vector, data, species);
  const curve = numbers.curveOf(vector, state.knob, range, data, species);
  return {
    range, losses, right,
    averages: numbers.averages(losses, species, 3),
    slope: numbers.slopeAt(vector, state.knob, data),
    values: curve.map((one) => one.value),
    curve: curve.map((one) => one.averages),
    lowest: numbers.lowestOf(curve, vector, state.knob, range, data, species),
    who: numbers.whoPays(losses, numbers.birdsAt(first, data, species).losses),
    names: parameterPlaces(layersFromNested(state.networks.start)).map(parameterName),
  };
}

const complaint = complaintOf(validate, states[0]);
process.stdout.write(JSON.stringify({ shown: states.map(shown), complaints: complaints.map(complaint) }));
