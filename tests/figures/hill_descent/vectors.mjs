// Reads a figure's state and places from standard input; writes loss, gradient and walk there: for
// test_hill_descent.py.
import { readFileSync } from "node:fs";
import { penguinLoss, polynomial } from "../../../nn_widgets/figures/hill_descent/surface.js";
import { walk } from "../../../nn_widgets/figures/hill_descent/walk.js";
import { firstPlace } from "../../../nn_widgets/figures/hill_descent/first.js";
import { layersFromNested } from "../../../nn_widgets/maths/nn.js";
import { penguinData } from "../../../nn_widgets/maths/penguins.js";

const { page: { state, data }, places, steps } = JSON.parse(readFileSync(0, "utf8"));
const about = data.surfaces[state.surface];
const layers = layersFromNested(data.networks[state.held]);
const surface = about.terms ? polynomial(about) : penguinLoss(layers, penguinData(data.birds), state.pair, about.reach);
process.stdout.write(JSON.stringify({
  losses: places.map(surface.loss),
  gradients: places.map(surface.gradient),
  points: walk(surface, state.start, state.alpha, steps).points,
  domain: surface.domain,
  names: surface.names,
  start: firstPlace(about, surface),
}));
