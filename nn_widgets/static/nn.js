// The mathematics of nn_core, under the same names in camelCase, for figures without a kernel.
//
// A matrix is {rows, cols, data}: row-major in one Float64Array, one column per example, as in
// nn_core. A row is one neuron over all examples, so every inner loop below runs along memory.
// A layer is {W, b}: a matrix of shape (n_l, n_{l-1}) and a Float64Array of length n_l.
// Nothing here knows the page, and no function changes what it is given; only makeTrainer keeps
// layers of its own, which its steps change in place.

/** @typedef {{rows: number, cols: number, data: Float64Array}} Matrix */
/** @typedef {{W: Matrix, b: Float64Array}} Layer */
/** @typedef {{z: Matrix[], h: Matrix[], p: Matrix, activation: string}} Trace */

// ---------------------------------------------------------------------------- matrices

/**
 * A matrix of zeros, or of the given entries in row-major order.
 * @param {number} rows
 * @param {number} cols
 * @param {ArrayLike<number>} [data]
 * @returns {Matrix}
 */
export function matrix(rows, cols, data) {
  const own = data ? Float64Array.from(data) : new Float64Array(rows * cols);
  if (own.length !== rows * cols) {
    throw new RangeError(`data must have ${rows * cols} entries, got ${own.length}`);
  }
  return { rows, cols, data: own };
}

/** A matrix from rows of numbers, as JSON and NumPy's `tolist` give them. */
export function fromNested(rows) {
  const cols = rows[0].length;
  if (rows.some((row) => row.length !== cols)) {
    throw new RangeError("every row must have the same length");
  }
  return matrix(rows.length, cols, rows.flat());
}

/** Rows of numbers, for JSON and for tables. */
export function toNested({ rows, cols, data }) {
  return Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * cols, (r + 1) * cols)));
}

/**
 * Layers from JSON: each {W, b} or [W, b], W as rows, b as a column of rows or a flat list.
 * @returns {Layer[]}
 */
export function layersFromNested(layers) {
  return layers.map((layer) => {
    const [W, b] = Array.isArray(layer) ? layer : [layer.W, layer.b];
    return { W: fromNested(W), b: Float64Array.from(b.flat()) };
  });
}

/** Layers for JSON: b is a column of rows, as in nn_core. */
export function layersToNested(layers) {
  return layers.map(({ W, b }) => ({ W: toNested(W), b: Array.from(b, (value) => [value]) }));
}

/** Layers with memory of their own. */
export function copyLayers(layers) {
  return layers.map(({ W, b }) => ({ W: matrix(W.rows, W.cols, W.data), b: b.slice() }));
}

function expectShape(name, { rows, cols }, wantRows, wantCols) {
  if (rows !== wantRows || cols !== wantCols) {
    throw new RangeError(
      `${name} must have shape (${wantRows}, ${wantCols}), got (${rows}, ${cols})`,
    );
  }
}

// ------------------------------------------------------------------------- activations

/** The logistic function; where exp(-z) overflows, 1 / (1 + ∞) = 0 is still right. */
export function sigmoid(z) {
  return 1 / (1 + Math.exp(-z));
}
export function dsigmoid(z) {
  const h = sigmoid(z);
  return h * (1 - h);
}

export function tanh(z) {
  return Math.tanh(z);
}
export function dtanh(z) {
  const h = Math.tanh(z);
  return 1 - h * h;
}

export function relu(z) {
  return z > 0 ? z : 0;
}
export function drelu(z) {
  return z > 0 ? 1 : 0;
}

// Whole arrays at a time: a call per number would cost more than the arithmetic. Each slope is
// computed from h, not from z, because h is known and no exponential is needed then.
const ACTIVATIONS = {
  sigmoid: {
    apply(h, z) {
      for (let i = 0; i < z.length; i += 1) h[i] = 1 / (1 + Math.exp(-z[i]));
    },
    timesSlope(dz, dh, h) {
      for (let i = 0; i < h.length; i += 1) dz[i] = dh[i] * h[i] * (1 - h[i]);
    },
  },
  tanh: {
    apply(h, z) {
      for (let i = 0; i < z.length; i += 1) h[i] = Math.tanh(z[i]);
    },
    timesSlope(dz, dh, h) {
      for (let i = 0; i < h.length; i += 1) dz[i] = dh[i] * (1 - h[i] * h[i]);
    },
  },
  relu: {
    apply(h, z) {
      for (let i = 0; i < z.length; i += 1) h[i] = z[i] > 0 ? z[i] : 0;
    },
    timesSlope(dz, dh, h) {
      for (let i = 0; i < h.length; i += 1) dz[i] = h[i] > 0 ? dh[i] : 0;
    },
  },
};

function activationNamed(name) {
  if (!Object.hasOwn(ACTIVATIONS, name)) {
    const known = Object.keys(ACTIVATIONS).join(", ");
    throw new RangeError(`activation must be one of ${known}, got ${name}`);
  }
  return ACTIVATIONS[name];
}

// ------------------------------------------------------- kernels, writing into `out`

/** out = W h + b */
function affine(out, W, b, h) {
  const n = h.cols;
  for (let j = 0; j < W.rows; j += 1) {
    const start = j * n;
    out.data.fill(b[j], start, start + n);
    for (let k = 0; k < W.cols; k += 1) {
      addScaled(out.data, start, W.data[j * W.cols + k], h.data, k * n, n);
    }
  }
}

/** out = Aᵀ B */
function transposeTimes(out, A, B) {
  const n = B.cols;
  out.data.fill(0);
  for (let k = 0; k < A.cols; k += 1) {
    for (let j = 0; j < A.rows; j += 1) {
      addScaled(out.data, k * n, A.data[j * A.cols + k], B.data, j * n, n);
    }
  }
}

/** out = A Bᵀ */
function timesTranspose(out, A, B) {
  const n = A.cols;
  for (let j = 0; j < A.rows; j += 1) {
    for (let k = 0; k < B.rows; k += 1) {
      out.data[j * B.rows + k] = dot(A.data, j * n, B.data, k * n, n);
    }
  }
}

function addScaled(out, outStart, factor, values, start, n) {
  for (let i = 0; i < n; i += 1) out[outStart + i] += factor * values[start + i];
}

// Four sums at a time, so that one addition need not wait for the one before it.
function dot(a, aStart, b, bStart, n) {
  const whole = n - (n % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    s0 += a[aStart + i] * b[bStart + i];
    s1 += a[aStart + i + 1] * b[bStart + i + 1];
    s2 += a[aStart + i + 2] * b[bStart + i + 2];
    s3 += a[aStart + i + 3] * b[bStart + i + 3];
  }
  for (let i = whole; i < n; i += 1) s0 += a[aStart + i] * b[bStart + i];
  return s0 + s1 + (s2 + s3);
}

function rowSums(out, { rows, cols, data }) {
  for (let j = 0; j < rows; j += 1) {
    let sum = 0;
    for (let i = j * cols; i < (j + 1) * cols; i += 1) sum += data[i];
    out[j] = sum;
  }
}

/** Largest entry of column i. */
function columnMax(data, i, cols) {
  let top = data[i];
  for (let k = i + cols; k < data.length; k += cols) if (data[k] > top) top = data[k];
  return top;
}

function softmaxInto(out, { cols, data }) {
  const p = out.data;
  for (let i = 0; i < cols; i += 1) {
    const top = columnMax(data, i, cols);
    let sum = 0;
    for (let k = i; k < data.length; k += cols) {
      p[k] = Math.exp(data[k] - top);
      sum += p[k];
    }
    const share = 1 / sum;
    for (let k = i; k < p.length; k += cols) p[k] *= share;
  }
}

/** out = (p - y) / N: the one place where 1/N stands. */
function outputGradient(out, p, y) {
  for (let i = 0; i < p.data.length; i += 1) out.data[i] = (p.data[i] - y.data[i]) / p.cols;
}

// ---------------------------------------------------------------- softmax and the price

/** Column by column, scores to probabilities; stable for any finite scores. */
export function softmax(z) {
  const p = matrix(z.rows, z.cols);
  softmaxInto(p, z);
  return p;
}

/** The logarithm of softmax, without forming the probabilities. */
export function logSoftmax({ rows, cols, data }) {
  const out = matrix(rows, cols);
  for (let i = 0; i < cols; i += 1) {
    const top = columnMax(data, i, cols);
    let sum = 0;
    for (let k = i; k < data.length; k += cols) sum += Math.exp(data[k] - top);
    const log = Math.log(sum);
    for (let k = i; k < data.length; k += cols) out.data[k] = data[k] - top - log;
  }
  return out;
}

/** diag(p) - p pᵀ for one column of scores; shape (K, K). */
export function softmaxJacobian(z) {
  expectShape("z", z, z.rows, 1);
  const p = softmax(z).data;
  const entry = (j, k) => (j === k ? p[j] * (1 - p[j]) : -p[j] * p[k]);
  return matrix(z.rows, z.rows, Array.from(p, (_, j) => Array.from(p, (_, k) => entry(j, k))).flat());
}

/** Mean over examples of -Σ y log p; 0 log 0 counts as 0; infinite for the sure and wrong. */
export function crossEntropy(p, y) {
  expectShape("p", p, y.rows, y.cols);
  let price = 0;
  for (let i = 0; i < y.data.length; i += 1) {
    if (y.data[i] !== 0) price -= y.data[i] * Math.log(p.data[i]);
  }
  return price / y.cols;
}

/** The same price from the scores: finite wherever the scores are. */
export function crossEntropyFromLogits(z, y) {
  expectShape("z", z, y.rows, y.cols);
  const { data, cols } = z;
  let price = 0;
  for (let i = 0; i < cols; i += 1) {
    const top = columnMax(data, i, cols);
    let sum = 0;
    let score = 0;
    for (let k = i; k < data.length; k += cols) {
      sum += Math.exp(data[k] - top);
      score += y.data[k] * (data[k] - top);
    }
    price += Math.log(sum) - score;
  }
  return price / cols;
}

// -------------------------------------------------------------------------- the network

/** Room for one pass forward over n examples: z^1..z^L, h^1..h^{L-1}, p. */
function traceRoom(layers, x, activation) {
  const z = layers.map(({ W }) => matrix(W.rows, x.cols));
  const h = [x, ...z.slice(0, -1).map(({ rows, cols }) => matrix(rows, cols))];
  return { z, h, p: matrix(z.at(-1).rows, x.cols), activation };
}

function scoresInto({ z, h, activation }, layers) {
  const { apply } = activationNamed(activation);
  layers.forEach(({ W, b }, l) => {
    affine(z[l], W, b, h[l]);
    if (l + 1 < h.length) apply(h[l + 1].data, z[l].data);
  });
}

/**
 * What the network computes on its way from x to p.
 * @param {Layer[]} layers
 * @param {Matrix} x
 * @param {string} [activation]
 * @returns {Trace} z[0] is z^1; h[0] is x
 */
export function feedforward(layers, x, activation = "sigmoid") {
  expectShape("x", x, layers[0].W.cols, x.cols);
  layers.slice(1).forEach(({ W }, l) => expectShape(`W${l + 2}`, W, W.rows, layers[l].W.rows));
  const trace = traceRoom(layers, x, activation);
  scoresInto(trace, layers);
  softmaxInto(trace.p, trace.z.at(-1));
  return trace;
}

/**
 * A pass forward that keeps its memory: each call fills the same trace anew, for the given layers.
 * @param {Layer[]} layers of the sizes that will come
 * @param {Matrix} x may be written into between calls
 * @param {string} [activation]
 * @returns {(layers: Layer[]) => Trace}
 */
export function makePass(layers, x, activation = "sigmoid") {
  expectShape("x", x, layers[0].W.cols, x.cols);
  const trace = traceRoom(layers, x, activation);
  return (now) => {
    scoresInto(trace, now);
    softmaxInto(trace.p, trace.z.at(-1));
    return trace;
  };
}

/** The average loss over the examples. */
export function loss(layers, x, y, activation = "sigmoid") {
  return crossEntropyFromLogits(feedforward(layers, x, activation).z.at(-1), y);
}

/** The same as a function of all parameters in one vector, in the order of `toVector`. */
export function lossOf(sizes, x, y, activation = "sigmoid") {
  return (vector) => loss(fromVector(vector, sizes), x, y, activation);
}

/**
 * The gradients in the order in which they come: dzL, dWL, dbL, dh(L-1), ..., dz1, dW1, db1.
 * @param {Layer[]} layers
 * @param {Trace} trace
 * @param {Matrix} y
 * @returns {Generator<[string, Matrix]>} name and value; each db is a column
 */
export function* backwardSequence(layers, trace, y) {
  expectShape("y", y, trace.p.rows, trace.p.cols);
  const { timesSlope } = activationNamed(trace.activation);
  let dz = matrix(y.rows, y.cols);
  outputGradient(dz, trace.p, y);
  for (let l = layers.length; l >= 1; l -= 1) {
    yield [`dz${l}`, dz];
    const { W } = layers[l - 1];
    const h = trace.h[l - 1];
    const dW = matrix(W.rows, W.cols);
    timesTranspose(dW, dz, h);
    yield [`dW${l}`, dW];
    const db = matrix(W.rows, 1);
    rowSums(db.data, dz);
    yield [`db${l}`, db];
    if (l === 1) return;
    const dh = matrix(h.rows, h.cols);
    transposeTimes(dh, W, dz);
    yield [`dh${l - 1}`, dh];
    dz = matrix(h.rows, h.cols);
    timesSlope(dz.data, dh.data, h.data);
  }
}

/**
 * One step further back than backwardSequence goes: dx = W1ᵀ dz1, the slope with respect to the
 * input. What it is the slope of is said by its slope with respect to the output's scores.
 * @param {Layer[]} layers
 * @param {Trace} trace
 * @param {Matrix} dzL (p - y) / N for the loss; 1 at one class and 0 elsewhere for that class's score
 * @returns {Matrix} dx, in the shape of x
 */
export function inputGradient(layers, trace, dzL) {
  expectShape("dzL", dzL, trace.p.rows, trace.p.cols);
  const { timesSlope } = activationNamed(trace.activation);
  let dz = dzL;
  for (let l = layers.length - 1; ; l -= 1) {
    const h = trace.h[l];
    const dh = matrix(h.rows, h.cols);
    transposeTimes(dh, layers[l].W, dz);
    if (l === 0) return dh;
    dz = matrix(h.rows, h.cols);
    timesSlope(dz.data, dh.data, h.data);
  }
}

/** The gradient of the average loss, in the shape of the layers. */
export function backprop(layers, trace, y) {
  const found = Object.fromEntries(backwardSequence(layers, trace, y));
  return layers.map((_, l) => ({ W: found[`dW${l + 1}`], b: found[`db${l + 1}`].data }));
}

/** New layers, one step down the slope: v - α dv. */
export function descend(layers, gradients, alpha) {
  const next = copyLayers(layers);
  descendInPlace(next, gradients, alpha);
  return next;
}

function descendInPlace(layers, gradients, alpha) {
  for (let l = 0; l < layers.length; l += 1) {
    addScaled(layers[l].W.data, 0, -alpha, gradients[l].W.data, 0, layers[l].W.data.length);
    addScaled(layers[l].b, 0, -alpha, gradients[l].b, 0, layers[l].b.length);
  }
}

export function countParameters(sizes) {
  return sizes.slice(1).reduce((sum, rows, l) => sum + rows * (sizes[l] + 1), 0);
}

/** All parameters in one vector: W1 row by row, b1, W2, b2, ... */
export function toVector(layers) {
  return Float64Array.from(layers.flatMap(({ W, b }) => [...W.data, ...b]));
}

export function fromVector(vector, sizes) {
  if (vector.length !== countParameters(sizes)) {
    throw new RangeError(
      `vector must have ${countParameters(sizes)} entries, got ${vector.length}`,
    );
  }
  let start = 0;
  const take = (count) => Float64Array.from(vector.slice(start, (start += count)));
  return sizes.slice(1).map((rows, l) => ({
    W: { rows, cols: sizes[l], data: take(rows * sizes[l]) },
    b: take(rows),
  }));
}

// ------------------------------------------------------------------------------ chance

/** Uniform numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Layers drawn as nn_core draws them: standard normal, divided by √n_in. */
export function initLayers(sizes, random) {
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const draw = (count, fanIn) => Float64Array.from({ length: count }, () => normal() / Math.sqrt(fanIn));
  return sizes.slice(1).map((rows, l) => ({
    W: { rows, cols: sizes[l], data: draw(rows * sizes[l], sizes[l]) },
    b: draw(rows, sizes[l]),
  }));
}

// ---------------------------------------------------------------------------- training

/** Room for the gradients of one pass backward. */
function gradientRoom(layers, n) {
  return {
    dz: layers.map(({ W }) => matrix(W.rows, n)),
    dh: layers.slice(1).map(({ W }) => matrix(W.cols, n)),
    gradients: copyLayers(layers),
  };
}

function gradientsInto({ dz, dh, gradients }, layers, trace, y) {
  const { timesSlope } = activationNamed(trace.activation);
  outputGradient(dz.at(-1), trace.p, y);
  for (let l = layers.length - 1; l >= 0; l -= 1) {
    timesTranspose(gradients[l].W, dz[l], trace.h[l]);
    rowSums(gradients[l].b, dz[l]);
    if (l === 0) return;
    transposeTimes(dh[l - 1], layers[l].W, dz[l]);
    timesSlope(dz[l - 1].data, dh[l - 1].data, trace.h[l].data);
  }
}

function gatherColumns(out, { rows, cols, data }, columns) {
  for (let r = 0; r < rows; r += 1) {
    for (let i = 0; i < columns.length; i += 1) {
      out.data[r * out.cols + i] = data[r * cols + columns[i]];
    }
  }
}

/** One set of buffers for batches of n examples. */
function workbench(layers, x, y, activation) {
  return { x, y, trace: traceRoom(layers, x, activation), room: gradientRoom(layers, x.cols) };
}

/**
 * A network that trains in place, allocating nothing after the first step of each batch size.
 *
 * `layers` and `gradients` are live: a figure may read them after any call and may write into
 * `layers` between calls.
 * @param {Layer[]} start copied, not changed
 * @param {Matrix} x
 * @param {Matrix} y
 * @param {{activation?: string}} [options]
 */
export function makeTrainer(start, x, y, { activation = "sigmoid" } = {}) {
  feedforward(start, x, activation); // complains about what does not fit
  expectShape("y", y, start.at(-1).W.rows, x.cols);
  const layers = copyLayers(start);
  const full = workbench(layers, x, y, activation);
  const benches = new Map();

  const benchFor = (columns) => {
    if (!columns) return full;
    const n = columns.length;
    if (!benches.has(n)) {
      benches.set(n, workbench(layers, matrix(x.rows, n), matrix(y.rows, n), activation));
    }
    const bench = benches.get(n);
    gatherColumns(bench.x, x, columns);
    gatherColumns(bench.y, y, columns);
    return bench;
  };

  const trainer = {
    layers,
    gradients: full.room.gradients,
    /** The average loss over all examples, at the present layers. */
    loss() {
      scoresInto(full.trace, layers);
      return crossEntropyFromLogits(full.trace.z.at(-1), y);
    },
    /** The same at the layers that `gradient` last saw, from the scores that it left. */
    lossSeen() {
      return crossEntropyFromLogits(full.trace.z.at(-1), y);
    },
    /** Fills `gradients` for all examples, or for the given columns; gives nothing back. */
    gradient(columns) {
      const bench = benchFor(columns);
      scoresInto(bench.trace, layers);
      softmaxInto(bench.trace.p, bench.trace.z.at(-1));
      gradientsInto(bench.room, layers, bench.trace, bench.y);
      trainer.gradients = bench.room.gradients;
    },
    /** One descent step on all examples, or on the given columns. */
    step(alpha, columns) {
      trainer.gradient(columns);
      descendInPlace(layers, trainer.gradients, alpha);
    },
  };
  return trainer;
}
