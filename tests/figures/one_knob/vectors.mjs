// What One knob shows for the states that come as JSON on the standard input: for test_one_knob.py.
import { readFileSync } from "node:fs";
import { complaintOf } from "../../helpers/complaints.mjs";
import widget from "../../../nn_widgets/figures/one_knob/one_knob.js";
import * as numbers from "../../../nn_widgets/figures/one_knob/numbers.js";
import { layersFromNested, toVector } from "../../../nn_widgets/maths/nn.js";
import { parameterName, parameterPlaces, penguinData } from "../../../nn_widgets/maths/penguins.js";

const { pages, complaints } = JSON.parse(readFileSync(0, "utf8"));

function shown({ state, data: given }) {
  const [data, species] = [penguinData(given.birds), given.birds.species];
  const first = toVector(layersFromNested(given.networks[state.network]));
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
    names: parameterPlaces(layersFromNested(given.networks.start)).map(parameterName),
  };
}

const complaint = complaintOf(widget, pages[0]);
process.stdout.write(JSON.stringify({ shown: pages.map(shown), complaints: complaints.map(complaint) }));
