// A slice: a plane in the space of the 26 parameters, with coordinates (s, t) on it, and the real
// loss above it. Three kinds: two parameters, two random directions, three twins. No page here.

import { forAxes } from "../../kit/ground/point.js";
import { fromVector, makeTrainer, seededRandom, toVector } from "../../maths/nn.js";
import { parameterName, parameterPlaces } from "../../maths/penguins.js";

const SIZES = [2, 3, 2, 3];
const REACH = 8; // of two parameters, to either side
const FAR = 10; // of two random directions
const ROOM = 0.75; // of three twins: half a side of the picture, in widths of their triangle

/** @typedef {import("../../kit/ground/point.js").Point} Point */
/** @typedef {import("../../maths/nn.js").Layer} Layer */
/**
 * @typedef {object} Plane
 * @property {Float64Array} origin the parameters at (0, 0)
 * @property {[Float64Array, Float64Array]} axes what one unit of each coordinate adds
 * @property {Point} home where the network stands that the slice goes through
 * @property {[Point, Point]} domain what the picture shows
 * @property {[string, string]} names of the coordinates
 * @property {{w: Point, text: string}[]} marks places worth a name; home is the first
 * @property {Point} probe where the probe is put first
 */

// ------------------------------------------------------------------------------- vectors

/** @param {Float64Array} a @param {Float64Array} b */
const dot = (a, b) => a.reduce((sum, value, n) => sum + value * b[n], 0);
/** @param {Float64Array} a @param {Float64Array} b */
const plus = (a, b, factor = 1) => a.map((value, n) => value + factor * b[n]);
/** @param {Float64Array} a @param {number} factor */
const scaled = (a, factor) => a.map((value) => factor * value);
/** @param {Float64Array} a */
const unit = (a) => scaled(a, 1 / Math.sqrt(dot(a, a)));

/**
 * Two directions of length 1 at a right angle, the first along a.
 * @param {Float64Array} a @param {Float64Array} b @returns {[Float64Array, Float64Array]}
 */
export function rightAngled(a, b) {
  const first = unit(a);
  return [first, unit(plus(b, first, -dot(b, first)))];
}

/** Standard normal numbers, one direction after the other. @param {number} count @param {() => number} random */
function normals(count, random) {
  return Float64Array.from({ length: count }, () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

/**
 * The same network with the first hidden neurons in another order.
 * @param {Float64Array} vector @param {number[]} order
 */
export function reordered(vector, order) {
  const [first, second, last] = fromVector(vector, SIZES);
  /** @param {number} j */
  const row = (j) => Array.from(first.W.data.subarray(2 * j, 2 * j + 2));
  const W1 = { ...first.W, data: Float64Array.from(order.flatMap(row)) };
  const b1 = Float64Array.from(order, (j) => first.b[j]);
  const W2 = { ...second.W, data: second.W.data.map((_, n) => second.W.data[3 * Math.floor(n / 3) + order[n % 3]]) };
  return toVector([{ W: W1, b: b1 }, { W: W2, b: second.b }, last]);
}

// -------------------------------------------------------------------------- the three kinds

/**
 * Two parameters, the other 24 held.
 * @param {Layer[]} layers @param {string} name @param {Point} pair @returns {Plane}
 */
function parameterPlane(layers, name, pair) {
  const [vector, places] = [toVector(layers), parameterPlaces(layers)];
  const home = forAxes((axis) => vector[pair[axis]]);
  const middle = home.map((value) => Math.round(value));
  return {
    home, origin: vector.map((value, n) => (pair.includes(n) ? 0 : value)),
    axes: forAxes((axis) => Float64Array.from(vector, (_, n) => (n === pair[axis] ? 1 : 0))),
    domain: forAxes((axis) => [middle[axis] - REACH, middle[axis] + REACH]),
    names: forAxes((axis) => parameterName(places[pair[axis]])), marks: [{ w: home, text: name }],
    probe: forAxes((axis) => middle[axis] + REACH / 2),
  };
}

/**
 * Two directions drawn at random, at a right angle, through the network.
 * @param {Layer[]} layers @param {string} name @param {number} seed @returns {Plane}
 */
function randomPlane(layers, name, seed) {
  const vector = toVector(layers);
  const random = seededRandom(seed);
  const axes = rightAngled(normals(vector.length, random), normals(vector.length, random));
  return {
    origin: vector, axes, home: [0, 0], domain: [[-FAR, FAR], [-FAR, FAR]],
    names: ["first direction", "second direction"], marks: [{ w: [0, 0], text: name }],
    probe: [FAR / 2, FAR / 2],
  };
}

/**
 * Through the network and two of its twins; the first axis leads to the first twin.
 * @param {Layer[]} layers @param {string} name @returns {Plane}
 */
function twinPlane(layers, name) {
  const vector = toVector(layers);
  const away = [[1, 0, 2], [2, 1, 0]].map((order) => plus(reordered(vector, order), vector, -1));
  const axes = rightAngled(away[0], away[1]);
  /** @type {Point[]} */
  const corners = [[0, 0], ...away.map((way) => forAxes((n) => Math.round(1e6 * dot(way, axes[n])) / 1e6))];
  const spans = [0, 1].map((n) => [Math.min(...corners.map((w) => w[n])), Math.max(...corners.map((w) => w[n]))]);
  const half = Math.ceil(ROOM * Math.max(...spans.map(([low, high]) => high - low)));
  const middle = spans.map(([low, high]) => Math.round((low + high) / 2));
  const texts = [name, "twin", "second twin"];
  return {
    origin: vector, axes, home: [0, 0], domain: forAxes((n) => [middle[n] - half, middle[n] + half]),
    names: ["towards the twin", "across"], marks: corners.map((w, n) => ({ w, text: texts[n] })),
    probe: corners[1],
  };
}

/**
 * @param {Pick<import("./loss_slices.js").State, "plane"|"network"|"pair"|"seed">} state
 * @param {Layer[]} layers of the network that it goes through
 * @returns {Plane}
 */
export function planeOf({ plane, network, pair, seed }, layers) {
  const name = network === "trained" ? "trained" : "start";
  if (plane === "pair") return parameterPlane(layers, name, pair);
  return plane === "random" ? randomPlane(layers, name, seed) : twinPlane(layers, name);
}

/** The parameters at a place of the plane. @param {Plane} plane @param {Point} place */
export function vectorAt({ origin, axes: [u, v] }, [s, t]) {
  return origin.map((value, n) => value + s * u[n] + t * v[n]);
}

/**
 * The loss above a plane, computed without making anything new.
 * @param {Plane} plane
 * @param {{x: import("../../maths/nn.js").Matrix, y: import("../../maths/nn.js").Matrix}} data
 */
export function lossAbove(plane, { x, y }) {
  const trainer = makeTrainer(fromVector(plane.origin, SIZES), x, y);
  const parts = trainer.layers.flatMap(({ W, b }) => [W.data, b]);
  /** @param {Float64Array} vector */
  const put = (vector) => {
    let at = 0;
    for (const part of parts) part.set(vector.subarray(at, (at += part.length)));
  };
  /** @param {Point} w */
  const loss = (w) => (put(vectorAt(plane, w)), trainer.loss());
  return { ...plane, loss };
}

// ------------------------------------------------------------------------------ the chord

/** @typedef {Plane & {loss: (w: Point) => number}} Slice */
/** @typedef {ReturnType<typeof chordOf>} Chord */

/** A point on the straight line from a to b. @param {Point} a @param {Point} b @param {number} share */
export const between = (a, b, share) => forAxes((n) => a[n] + share * (b[n] - a[n]));

/**
 * Losses along the straight line from home to the probe.
 * @param {Slice} slice @param {Point} probe @param {number} intervals
 */
export function alongChord({ loss, home }, probe, intervals) {
  return Array.from({ length: intervals + 1 }, (_, n) => {
    const share = n / intervals;
    return { share, loss: loss(between(home, probe, share)) };
  });
}

/** What the two ends and the middle of the chord say about convexity. @param {Slice} surface @param {Point} probe */
export function chordOf(surface, probe) {
  const [start, end] = [surface.loss(surface.home), surface.loss(probe)];
  const middle = surface.loss(between(surface.home, probe, 0.5));
  const average = (start + end) / 2;
  return { start, end, middle, average, disproves: middle > average + 1e-9 };
}
