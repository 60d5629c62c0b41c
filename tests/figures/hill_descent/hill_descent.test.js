// Hill descent's mathematics: surfaces against their definition, walks against closed forms, the
// picture's geometry against what an eye would see.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fillGrid, fillGridInSlices, heightAt, levels } from "../../../nn_widgets/kit/ground/grid.js";
import * as ground from "../../../nn_widgets/figures/hill_descent/surface.js";
import { isHidden, projection, squaresFarToNear } from "../../../nn_widgets/kit/ground/turn.js";
import { kindOfWalk, lengthen, threshold, verdict, walk } from "../../../nn_widgets/figures/hill_descent/walk.js";
import * as nn from "../../../nn_widgets/maths/nn.js";
import { parameterName, parameterPlaces, penguinData } from "../../../nn_widgets/maths/penguins.js";

const WIDE = [[-3, 3], [-3, 3]];
const bowl = ground.polynomial({ terms: [[0.5, 2, 0], [1, 0, 2]], domain: WIDE });
const saddle = ground.polynomial({ terms: [[0.5, 2, 0], [-0.5, 0, 2]], domain: WIDE });
const odd = ground.polynomial({ terms: [[0.3, 3, 1], [-2, 1, 2], [0.25, 4, 0], [1, 0, 0]], domain: WIDE });
const extentOf = (surface) => fillGrid(surface, 21).extent;

const near = (got, want, tolerance = 1e-9) =>
  assert.ok(Math.abs(got - want) <= tolerance, `got ${got}, want ${want}`);

function penguinish(pair = [0, 18]) {
  const random = nn.seededRandom(2);
  const x = [0, 1].map(() => Array.from({ length: 40 }, () => 40 + 10 * random()));
  const species = Array.from({ length: 40 }, (_, i) => i % 3);
  const layers = nn.initLayers([2, 3, 2, 3], random);
  const data = penguinData({ x, species });
  return { layers, data, surface: ground.penguinLoss(layers, data, pair) };
}

for (const [name, surface] of [["a polynomial", odd], ["the penguins' loss", penguinish().surface]]) {
  test(`gradient and curvature of ${name} are the slopes of the loss`, () => {
    const [w1, w2] = [0.7, -1.1];
    const e = 1e-4;
    const f = (a, b) => surface.loss([w1 + a * e, w2 + b * e]);
    const [g1, g2] = surface.gradient([w1, w2]);
    near(g1, (f(1, 0) - f(-1, 0)) / (2 * e), 1e-6);
    near(g2, (f(0, 1) - f(0, -1)) / (2 * e), 1e-6);
    const [h11, h12, h22] = surface.hessian([w1, w2]);
    near(h11, (f(1, 0) - 2 * f(0, 0) + f(-1, 0)) / e ** 2, 1e-5);
    near(h12, (f(1, 1) - f(1, -1) - f(-1, 1) + f(-1, -1)) / (4 * e ** 2), 1e-5);
    near(h22, (f(0, 1) - 2 * f(0, 0) + f(0, -1)) / e ** 2, 1e-5);
  });
}

test("the penguins' loss at the held values is the network's loss, for any two parameters", () => {
  const { layers, data } = penguinish();
  const held = nn.toVector(layers);
  const loss = nn.lossOf([2, 3, 2, 3], data.x, data.y);
  for (const pair of [[0, 1], [5, 8], [9, 25], [14, 16]]) {
    const surface = ground.penguinLoss(layers, data, pair);
    near(surface.loss(pair.map((i) => held[i])), loss(held), 1e-13);
    const moved = held.map((v, i) => (pair.includes(i) ? (pair.indexOf(i) ? -2 : 1.5) : v));
    near(surface.loss([1.5, -2]), loss(moved), 1e-13);
  }
});

test("a walk on the penguins' loss notes the loss of each place it visits", () => {
  const { surface } = penguinish();
  const { points, losses } = walk(surface, [1, -1], 0.5, 6);
  points.forEach((w, n) => near(losses[n], surface.loss(w), 1e-13));
  assert.ok(losses[6] < losses[0]);
});

test("parameters carry the book's names, in the order of the vector", () => {
  const names = parameterPlaces(penguinish().layers).map(parameterName);
  assert.equal(names.length, 26);
  assert.deepEqual([names[0], names[1], names[6], names[9], names[25]], ["W¹₁₁", "W¹₁₂", "b¹₁", "W²₁₁", "b³₃"]);
});

test("curvatures are the eigenvalues", () => {
  const [low, high] = ground.eigenvalues([5.25, -4.75, 5.25]);
  near(low, 0.5);
  near(high, 10);
  assert.ok(ground.isBowl({ terms: [[0.5, 2, 0], [1, 0, 2]], domain: WIDE }));
  assert.ok(!ground.isBowl({ terms: [[0.5, 2, 0], [-0.5, 0, 2]], domain: WIDE }));
});

test("a walk on the bowl follows the closed form (1 - αλ)^n", () => {
  const path = walk(bowl, [2, -1.5], 0.3, 12);
  path.points.forEach(([w1, w2], n) => {
    near(w1, 2 * 0.7 ** n);
    near(w2, -1.5 * 0.4 ** n);
  });
  assert.deepEqual(lengthen(walk(bowl, [2, -1.5], 0.3, 4), bowl, 12), path);
});

test("the bowl converges below 2/λ, bounces at it and diverges above it", () => {
  const kind = (alpha, steps) => kindOfWalk(bowl, walk(bowl, [1, 1], alpha, steps), extentOf(bowl));
  near(threshold(bowl, 1).limit, 1);
  assert.equal(kind(0.99, 2000), "arrived");
  assert.equal(kind(1, 200), "bouncing");
  assert.equal(kind(1.01, 200), "diverging");
  assert.equal(kind(1.5, 500), "lost");
  near(threshold(bowl, 1.2).factor, -1.4);
});

test("words fit the walk", () => {
  const kind = (surface, start, alpha, steps) =>
    kindOfWalk(surface, walk(surface, start, alpha, steps), extentOf(surface));
  assert.equal(kind(bowl, [2, 1], 0.1, 0), "start");
  assert.equal(kind(bowl, [2, 1], 0.1, 3), "converging");
  assert.equal(kind(bowl, [0, 2], 0.9, 4), "zigzag");
  assert.equal(kind(bowl, [2, 1], 1e-4, 4), "crawling");
  assert.equal(kind(bowl, [0, 1], 1.2, 1), "overshot");
  assert.equal(kind(saddle, [2, 0], 0.3, 60), "saddle");
  assert.equal(kind(saddle, [2, 0.01], 0.3, 80), "falling");
});

test("only a surface with a minimum is said to converge", () => {
  const said = (surface, start, alpha) => verdict(surface, walk(surface, start, alpha, 3), extentOf(surface)).text;
  for (const [start, alpha] of [[[2, 1], 0.1], [[2, 1], 1e-4], [[2.9, 0.02], 1.6]]) {
    assert.match(said(saddle, start, alpha), /^(Oscillating, yet g|G)oing down/);
    assert.doesNotMatch(said(saddle, start, alpha), /onverging/);
  }
  for (const alpha of [0.1, 1e-4]) assert.match(said(bowl, [2, 1], alpha), /^Converging/);
  assert.match(said(bowl, [0, 2], 0.9), /^Oscillating, yet converging/);
});

test("a flat high place is a plateau, a flat low one is not", () => {
  const step = { domain: WIDE, loss: ([w]) => 1 / (1 + Math.exp(-6 * w)), hessian: () => [0, 0, 0] };
  step.gradient = (w) => [6 * step.loss(w) * (1 - step.loss(w)), 0];
  const kind = (w1) => kindOfWalk(step, walk(step, [w1, 0], 0.1, 3), extentOf(step));
  assert.equal(kind(2.9), "plateau");
  assert.equal(kind(-2.9), "arrived");
  const said = (steps) => verdict(step, walk(step, [-2.9, 0], 0.1, steps), extentOf(step)).text;
  assert.match(said(1), /^Arrived after 1 step:/);
  assert.match(said(2), /^Arrived after 2 steps:/);
});

test("the lower of two valleys counts as arrived, the higher as a minimum that is not the lowest", () => {
  const valleys = ground.polynomial({ terms: [[0.25, 4, 0], [-1, 2, 0], [0.3, 1, 0], [0.5, 0, 2], [1, 0, 0]],
    domain: WIDE });
  const kind = (w1) => kindOfWalk(valleys, walk(valleys, [w1, 1], 0.1, 400), extentOf(valleys));
  assert.equal(kind(-1), "arrived");
  assert.equal(kind(1), "local");
});

test("a grid filled in slices is the grid filled at once", async () => {
  const whole = fillGrid(odd, 17);
  let slices = 0;
  const next = (run) => setImmediate(() => ((slices += 1), run()));
  const sliced = await new Promise((done) =>
    fillGridInSlices(odd, 17, done, { budget: 0, next, stop: clearImmediate, now: () => performance.now() }),
  );
  assert.deepEqual(sliced, whole);
  assert.equal(slices, 17);
});

test("a stopped grid never reports", async () => {
  const stop = fillGridInSlices(odd, 9, () => assert.fail("reported"), { next: setImmediate, stop: clearImmediate });
  stop();
  await new Promise((done) => setTimeout(done, 20));
});

test("heights between grid points lie on straight lines", () => {
  const plane = ground.polynomial({ terms: [[2, 1, 0], [-1, 0, 1], [0.5, 0, 0]], domain: WIDE });
  const grid = fillGrid(plane, 5);
  near(heightAt(grid, [0.3, -1.7]), plane.loss([0.3, -1.7]));
  near(heightAt(grid, [99, -99]), plane.loss([3, -3]));
});

test("contour levels rise within the extent", () => {
  const found = levels([1, 5], 10);
  assert.ok(found.every((level, n) => level > (found[n - 1] ?? 1) && level < 5));
});

test("seen from straight above, the hill is the map", () => {
  const { place } = projection({ turn: 0, tilt: 90 }, WIDE, [0, 10]);
  const [x, y] = place([3, -3], 7);
  near(x, 1);
  near(y, 1);
});

test("seen from the side, higher is higher on the picture and a quarter turn swaps the axes", () => {
  const level = projection({ turn: 0, tilt: 0 }, WIDE, [0, 10]);
  assert.ok(level.place([0, 0], 9)[1] < level.place([0, 0], 1)[1]);
  const [x] = projection({ turn: 90, tilt: 30 }, WIDE, [0, 10]).place([0, 3], 0);
  near(x, -1);
});

for (const turn of [0, 35, 120, 200, 300, -50]) {
  test(`turned by ${turn}°, no square is drawn before one that lies behind it`, () => {
    const grid = fillGrid(bowl, 6);
    const { depth } = projection({ turn, tilt: 30 }, WIDE, grid.extent);
    const rank = new Map(squaresFarToNear(grid, { turn }).map(({ c, r }, n) => [`${c},${r}`, n]));
    const before = (a, b) => rank.get(a) < rank.get(b);
    assert.equal(rank.size, 25);
    for (const [dc, dr] of [[1, 0], [0, 1]]) {
      const further = depth([dc, dr]) - depth([0, 0]);
      if (Math.abs(further) > 1e-9) assert.equal(before(`${2 + dc},${2 + dr}`, "2,2"), further > 0);
    }
  });
}

test("a ridge hides what lies behind it, and nothing in front", () => {
  const ridge = { domain: WIDE, loss: ([, w2]) => Math.exp(-4 * w2 * w2) };
  const grid = fillGrid(ridge, 41);
  const low = { turn: 0, tilt: 10 };
  assert.ok(isHidden(grid, low, [0, 1.2], 0));
  assert.ok(!isHidden(grid, low, [0, -1.2], 0));
  assert.ok(!isHidden(grid, { turn: 0, tilt: 80 }, [0, 2], 0));
});
