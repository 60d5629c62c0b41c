// Steps per second of nn.js on the penguin network, beside a reference that keeps one object per
// neuron and one per link and visits the birds one by one, as TensorFlow Playground does.
//
//     node benchmarks/bench_nn_js.mjs [rounds]
//
// The two run in turns; the median over the rounds is reported, and both must end with the same loss.

import { initLayers, loss, makeTrainer, matrix, seededRandom } from "../nn_widgets/maths/nn.js";

const SIZES = [2, 3, 2, 3];
const BIRDS = 342;
const STEPS = 400;
const ALPHA = 1;
const rounds = Number(process.argv[2] ?? 9);

class Neuron {
  constructor(bias) {
    Object.assign(this, { bias, incoming: [], outgoing: [], z: 0, h: 0, dz: 0, dbias: 0 });
  }

  forward() {
    this.z = this.bias;
    for (const link of this.incoming) this.z += link.weight * link.from.h;
  }

  backward(dz) {
    this.dz = dz;
    this.dbias += dz;
    for (const link of this.incoming) link.dweight += dz * link.from.h;
  }

  slopeFromAbove() {
    let dh = 0;
    for (const link of this.outgoing) dh += link.weight * link.to.dz;
    return dh * this.h * (1 - this.h);
  }

  update(alpha) {
    this.bias -= alpha * this.dbias;
    this.dbias = 0;
    for (const link of this.incoming) {
      link.weight -= alpha * link.dweight;
      link.dweight = 0;
    }
  }
}

class ObjectNetwork {
  constructor(layers) {
    this.ranks = [Array.from({ length: layers[0].W.cols }, () => new Neuron(0))];
    for (const { W, b } of layers) {
      const below = this.ranks.at(-1);
      this.ranks.push(Array.from(b, (bias, j) => this.connect(new Neuron(bias), below, W, j)));
    }
  }

  connect(to, below, W, j) {
    below.forEach((from, k) => {
      const link = { from, to, weight: W.data[j * W.cols + k], dweight: 0 };
      to.incoming.push(link);
      from.outgoing.push(link);
    });
    return to;
  }

  forward(bird) {
    this.ranks[0].forEach((neuron, k) => (neuron.h = bird.x[k]));
    for (const rank of this.ranks.slice(1)) {
      for (const neuron of rank) {
        neuron.forward();
        neuron.h = 1 / (1 + Math.exp(-neuron.z));
      }
    }
    const scores = this.ranks.at(-1).map(({ z }) => z);
    const top = Math.max(...scores);
    const powers = scores.map((z) => Math.exp(z - top));
    const sum = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / sum);
  }

  step(birds, alpha) {
    for (const bird of birds) {
      const p = this.forward(bird);
      this.ranks.at(-1).forEach((neuron, j) => neuron.backward((p[j] - bird.y[j]) / birds.length));
      for (let l = this.ranks.length - 2; l >= 1; l -= 1) {
        for (const neuron of this.ranks[l]) neuron.backward(neuron.slopeFromAbove());
      }
    }
    for (const rank of this.ranks.slice(1)) for (const neuron of rank) neuron.update(alpha);
  }

  loss(birds) {
    const prices = birds.map((bird) => -Math.log(this.forward(bird)[bird.y.indexOf(1)]));
    return prices.reduce((a, b) => a + b) / birds.length;
  }
}

// The time depends on the sizes, not on the values: three clouds stand for the three species.
function clouds(random) {
  const x = matrix(2, BIRDS);
  const y = matrix(3, BIRDS);
  for (let i = 0; i < BIRDS; i += 1) {
    const kind = i % 3;
    x.data[i] = [-1, 0.8, 0.7][kind] + random() - 0.5;
    x.data[BIRDS + i] = [0.6, 0.7, -1.1][kind] + random() - 0.5;
    y.data[kind * BIRDS + i] = 1;
  }
  return { x, y };
}

const column = ({ rows, cols, data }, i) => Array.from({ length: rows }, (_, r) => data[r * cols + i]);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function stepsPerSecond(step) {
  const start = performance.now();
  for (let i = 0; i < STEPS; i += 1) step();
  return STEPS / ((performance.now() - start) / 1000);
}

const random = seededRandom(1);
const { x, y } = clouds(random);
const birds = Array.from({ length: BIRDS }, (_, i) => ({ x: column(x, i), y: column(y, i) }));
const layers = initLayers(SIZES, random);
const trainer = makeTrainer(layers, x, y);
const reference = new ObjectNetwork(layers);
const speeds = { arrays: [], objects: [] };
for (let round = 0; round <= rounds; round += 1) {
  const arrays = stepsPerSecond(() => trainer.step(ALPHA));
  const objects = stepsPerSecond(() => reference.step(birds, ALPHA));
  if (round === 0) continue; // warm-up
  speeds.arrays.push(arrays);
  speeds.objects.push(objects);
}

const [ours, theirs] = [loss(trainer.layers, x, y), reference.loss(birds)];
if (!(Math.abs(ours - theirs) <= 1e-9)) throw new Error(`the losses differ: ${ours}, ${theirs}`);
for (const [name, values] of Object.entries(speeds)) {
  const speed = median(values);
  const perFrame = Math.floor(speed / 60);
  const rate = `${speed.toFixed(0).padStart(7)} steps/s`;
  console.log(`${name.padEnd(8)} ${rate} ${String(perFrame).padStart(5)} steps per 60 Hz frame`);
}
console.log(`ratio    ${(median(speeds.arrays) / median(speeds.objects)).toFixed(1)} (median of ${rounds} rounds)`);
