// Automatic differentiation as in nn_core/autodiff.py and _graph.py: the values of a graph, and the
// walk back through it. A graph is a list of nodes, each after those it was made of; the last is the loss.

import { drelu, relu, sigmoid, softmax } from "./activations.js";
import { crossEntropyFromLogits } from "./losses.js";
import { matrix } from "./matrices.js";

/**
 * @typedef {{shape: number[], data: Float64Array}} Numbers an array of up to two dimensions, row by row
 * @typedef {object} GraphNode
 * @property {string} sign its operation, "" of one that was made of nothing
 * @property {string} name "" if it was given none
 * @property {number[]} of the places of its sources in the graph
 * @property {number[]} shape
 * @property {number[]} data of one that was made of nothing
 * @property {number} [n] the exponent of **
 * @property {number|null} [axis] of a sum
 * @property {boolean} [keepdims] of a sum
 * @property {{shape: number[], data: number[]}} [y] the labels of a price
 *
 * @typedef {object} Operation
 * @property {(node: GraphNode, ...of: Numbers[]) => Numbers} value
 * @property {(node: GraphNode, d: Numbers, of: Numbers[], own: Numbers) => Numbers[]} shares the rules: what goes
 *   back to each source when the gradient is `d`
 *
 * @typedef {{to: number, share: Numbers}} Share what is handed to the node `to`
 * @typedef {{from: number, share: Numbers}} Arrival a share that came by way of the node `from`
 * @typedef {object} Visit one node handing on, and what is known after it
 * @property {number} node
 * @property {Share[]} shares what it handed on, source by source
 * @property {(Numbers|null)[]} gradients of every node; null where nothing has come
 * @property {Arrival[][]} arrived all shares of every node so far
 * @property {number[]} ready nodes that are whole and have not handed on, the one whose turn it is first
 */

/** As rows and columns: a number is 1 × 1, a list one row. @param {number[]} shape @returns {[number, number]} */
const sizeOf = (shape) => (shape.length === 2 ? [shape[0], shape[1]] : [1, shape[0] ?? 1]);
/** @param {number[]} shape @param {ArrayLike<number>} data @returns {Numbers} */
const numbers = (shape, data) => ({ shape: [...shape], data: Float64Array.from(data) });
/** @param {{shape: number[], data: ArrayLike<number>}} a */
const as = ({ shape, data }) => matrix(...sizeOf(shape), data);
/** @param {Numbers} a @param {(value: number, place: number) => number} f */
const each = (a, f) => numbers(a.shape, Array.from(a.data, f));
/** @param {number[]} a @param {number[]} b */
const equal = (a, b) => a.length === b.length && a.every((n, k) => n === b[k]);

/** The number that a place of a larger array meets in `a`. @param {Numbers} a @param {number} i @param {number} j */
function met(a, i, j) {
  const [rows, cols] = sizeOf(a.shape);
  return a.data[(rows === 1 ? 0 : i) * cols + (cols === 1 ? 0 : j)];
}

/**
 * Number by number, with NumPy's broadcasting.
 * @param {Numbers} a @param {Numbers} b @param {(u: number, v: number) => number} f
 */
function both(a, b, f) {
  const [[ra, ca], [rb, cb]] = [sizeOf(a.shape), sizeOf(b.shape)];
  const [rows, cols] = [Math.max(ra, rb), Math.max(ca, cb)];
  const data = Array.from({ length: rows * cols }, (_, k) => {
    const [i, j] = [Math.floor(k / cols), k % cols];
    return f(met(a, i, j), met(b, i, j));
  });
  return numbers([rows, cols].slice(2 - Math.max(a.shape.length, b.shape.length)), data);
}

/**
 * Undo broadcasting: a number that was used many times gets the sum of what comes back.
 * @param {Numbers} d @param {number[]} shape
 */
export function fit(d, shape) {
  if (equal(d.shape, shape)) return d;
  const [[, cols], [r, c]] = [sizeOf(d.shape), sizeOf(shape)];
  const out = new Float64Array(r * c);
  d.data.forEach((value, k) => {
    out[(r === 1 ? 0 : Math.floor(k / cols)) * c + (c === 1 ? 0 : k % cols)] += value;
  });
  return numbers(shape, out);
}

/** @param {Numbers} a @param {Numbers} b */
function product(a, b) {
  const [[rows, inner], [, cols]] = [a.shape, b.shape];
  const out = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      for (let k = 0; k < inner; k += 1) out[i * cols + j] += a.data[i * inner + k] * b.data[k * cols + j];
    }
  }
  return numbers([rows, cols], out);
}

/** @param {Numbers} a */
function transpose(a) {
  if (a.shape.length < 2) return a;
  const [rows, cols] = a.shape;
  return numbers([cols, rows], Array.from(a.data, (_, k) => a.data[(k % rows) * cols + Math.floor(k / rows)]));
}

/** The shape of a sum with a 1 for each axis that is gone. @param {GraphNode} node @param {number[]} shape */
const kept = ({ axis }, shape) => shape.map((n, k) => (axis === null || k === axis ? 1 : n));

/** @param {number} u @param {number} v */
const times = (u, v) => u * v;
/** @param {Numbers} d */
const negative = (d) => each(d, (v) => -v);

/** @param {(v: number) => number} h @param {(v: number, own: number) => number} slope @returns {Operation} */
const activation = (h, slope) => ({
  value: (_, a) => each(a, h),
  shares: (_, d, [a], own) => [both(d, each(a, (v, k) => slope(v, own.data[k])), times)],
});

/** @type {Record<string, Operation>} */
const OPERATIONS = {
  "+": { value: (_, a, b) => both(a, b, (u, v) => u + v), shares: (_, d) => [d, d] },
  "−": { value: (_, a, b) => both(a, b, (u, v) => u - v), shares: (_, d) => [d, negative(d)] },
  "·": { value: (_, a, b) => both(a, b, times), shares: (_, d, [a, b]) => [both(d, b, times), both(d, a, times)] },
  "/": {
    value: (_, a, b) => both(a, b, (u, v) => u / v),
    shares: (_, d, [a, b]) =>
      [both(d, b, (u, v) => u / v), both(d, both(a, b, (u, v) => -u / (v * v)), times)],
  },
  "@": {
    value: (_, a, b) => product(a, b),
    shares: (_, d, [a, b]) => [product(d, transpose(b)), product(transpose(a), d)],
  },
  neg: { value: (_, a) => negative(a), shares: (_, d) => [negative(d)] },
  "**": {
    value: ({ n }, a) => each(a, (v) => v ** n),
    shares: ({ n }, d, [a]) => [both(d, each(a, (v) => n * v ** (n - 1)), times)],
  },
  T: { value: (_, a) => transpose(a), shares: (_, d) => [transpose(d)] },
  sum: {
    value: (node, a) => ({ ...fit(a, kept(node, a.shape)), shape: node.shape }),
    shares: (node, d, [a]) => [both({ ...d, shape: kept(node, a.shape) }, a, (v) => v)],
  },
  exp: activation(Math.exp, (_, h) => h),
  log: activation(Math.log, (v) => 1 / v),
  tanh: activation(Math.tanh, (_, h) => 1 - h * h),
  sigmoid: activation(sigmoid, (_, h) => h * (1 - h)),
  relu: activation(relu, drelu),
  price: {
    value: ({ y }, z) => numbers([], [crossEntropyFromLogits(as(z), as(y))]),
    shares: ({ y }, d, [z]) => {
      const [p, N] = [softmax(as(z)).data, y.data.length / y.shape[0]];
      return [each(z, (_, k) => (d.data[0] * (p[k] - y.data[k])) / N)];
    },
  },
};

/**
 * The value of every node.
 * @param {GraphNode[]} nodes
 * @param {{node: number, entry: number, by: number}} [nudge] one number of one node, moved by so much
 * @returns {Numbers[]}
 */
export function forward(nodes, nudge) {
  /** @type {Numbers[]} */
  const values = [];
  nodes.forEach((node, k) => {
    const own = node.of.length ? OPERATIONS[node.sign].value(node, ...node.of.map((j) => values[j]))
      : numbers(node.shape, node.data);
    if (k === nudge?.node) own.data[nudge.entry] += nudge.by;
    values.push(own);
  });
  return values;
}

/** How many shares each node will get. @param {GraphNode[]} nodes */
export function uses(nodes) {
  const counts = nodes.map(() => 0);
  nodes.forEach(({ of }) => of.forEach((k) => { counts[k] += 1; }));
  return counts;
}

/**
 * What changes while gradients come back, and pictures of it; the loss has 1, its slope along itself.
 * @param {GraphNode[]} nodes @param {Numbers[]} values @param {boolean} add
 */
function ledger(nodes, values, add) {
  const last = nodes.length - 1;
  /** @type {(Numbers|null)[]} */
  const gradients = nodes.map((_, k) => (k === last ? each(values[k], () => 1) : null));
  const arrived = nodes.map(() => /** @type {Arrival[]} */ ([]));
  return {
    /** @param {number} node @param {number} from @param {Numbers} share */
    take(node, from, share) {
      const before = add ? gradients[node] : null;
      gradients[node] = before ? both(before, share, (u, v) => u + v) : share;
      arrived[node] = [...arrived[node], { from, share }];
    },
    /** @param {number} node @returns {Share[]} */
    shares(node) {
      const { of, sign } = nodes[node];
      if (!of.length) return [];
      const found = OPERATIONS[sign].shares(nodes[node], gradients[node], of.map((k) => values[k]), values[node]);
      return found.map((share, n) => ({ to: of[n], share: fit(share, values[of[n]].shape) }));
    },
    /** @param {number} node @param {Share[]} shares @param {number[]} ready @returns {Visit} */
    picture: (node, shares, ready) =>
      ({ node, shares, gradients: [...gradients], arrived: [...arrived], ready: [...ready] }),
  };
}

/**
 * The walk back: each node hands on when all its shares have come. `order` says which goes first where
 * several are ready; else the one that was ready first.
 * @param {GraphNode[]} nodes @param {Numbers[]} values
 * @param {{add?: boolean, order?: number[]}} [how] `add` false: a share replaces those before it
 * @returns {Visit[]} one for each node, beginning with the loss
 */
export function walk(nodes, values, { add = true, order = [] } = {}) {
  const book = ledger(nodes, values, add);
  const missing = uses(nodes);
  const ready = [nodes.length - 1];
  /** @type {Visit[]} */
  const visits = [];
  const turn = () => ready.splice(0, ready.length, ...inTurn(ready, order, visits.length));
  while (ready.length) {
    turn();
    const node = ready.shift();
    const shares = book.shares(node);
    for (const { to, share } of shares) {
      book.take(to, node, share);
      missing[to] -= 1;
      if (!missing[to]) ready.push(to);
    }
    visits.push(book.picture(node, shares, inTurn(ready, order, visits.length + 1)));
  }
  return visits;
}

/**
 * The ready ones; the one that `order` names for this turn comes first, if it is ready.
 * @param {number[]} ready @param {number[]} order @param {number} turn
 */
function inTurn(ready, order, turn) {
  const asked = ready.indexOf(order[turn]);
  return asked < 0 ? ready : [ready[asked], ...ready.slice(0, asked), ...ready.slice(asked + 1)];
}

/**
 * The same without waiting: a node hands on at once whatever it has, each time a share comes.
 * @param {GraphNode[]} nodes @param {Numbers[]} values @param {{add?: boolean, most?: number}} [how]
 * @returns {Visit[]} at most `most`: paths multiply
 */
export function rush(nodes, values, { add = true, most = 120 } = {}) {
  const book = ledger(nodes, values, add);
  /** @type {Visit[]} */
  const visits = [];
  /** @param {number} node */
  const hand = (node) => {
    const shares = book.shares(node);
    visits.push(book.picture(node, shares, shares.slice(0, 1).map(({ to }) => to)));
    for (const { to, share } of shares) {
      if (visits.length >= most) return;
      book.take(to, node, share);
      hand(to);
    }
  };
  hand(nodes.length - 1);
  return visits;
}
