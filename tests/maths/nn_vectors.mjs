// Reads cases as JSON from standard input, writes what nn.js makes of each: for test_nn_js.py.
import { readFileSync } from "node:fs";
import { addBlocks, blockSums } from "../../nn_widgets/maths/blocks.js";
import * as nn from "../../nn_widgets/maths/nn.js";

const nested = ({ rows, cols, data }) => nn.toNested({ rows, cols, data });

const sequenceStart = (layers, trace, y) => nn.backwardSequence(layers, trace, y).next().value[1];

function answer({ sizes, layers: given, x: xRows, y: yRows, activation, alpha, steps, batch }) {
  const layers = nn.layersFromNested(given);
  const [x, y] = [nn.fromNested(xRows), nn.fromNested(yRows)];
  const trace = nn.feedforward(layers, x, activation);
  const scores = trace.z.at(-1);
  const gradients = nn.backprop(layers, trace, y);
  const trainer = nn.makeTrainer(layers, x, y, { activation });
  for (let i = 0; i < steps; i += 1) trainer.step(alpha);
  const trainerLoss = trainer.loss();
  trainer.step(alpha, batch);
  const blocks = blockSums(layers, { x, y }, [batch.length, x.cols - batch.length].filter(Boolean), activation);
  return {
    z: trace.z.map(nested),
    h: trace.h.map(nested),
    p: nested(trace.p),
    log_softmax: nested(nn.logSoftmax(scores)),
    jacobian: nested(nn.softmaxJacobian(nn.matrix(scores.rows, 1, nn.toNested(scores).map((r) => r[0])))),
    cross_entropy: nn.crossEntropy(trace.p, y),
    cross_entropy_from_logits: nn.crossEntropyFromLogits(scores, y),
    loss: nn.loss(layers, x, y, activation),
    loss_of: nn.lossOf(sizes, x, y, activation)(nn.toVector(layers)),
    sequence: [...nn.backwardSequence(layers, trace, y)].map(([name, value]) => [name, nested(value)]),
    input_gradient: nested(nn.inputGradient(layers, trace, sequenceStart(layers, trace, y))),
    gradients: nn.layersToNested(gradients),
    descended: nn.layersToNested(nn.descend(layers, gradients, alpha)),
    vector: [...nn.toVector(layers)],
    back: nn.layersToNested(nn.fromVector(nn.toVector(layers), sizes)),
    blocks: [...blocks, blocks.reduce(addBlocks)].map(({ G, N }) => [[...G], N]),
    trained: nn.layersToNested(trainer.layers),
    trained_loss: trainerLoss,
    count: nn.countParameters(sizes),
    elementwise: xRows.flat().map((v) =>
      ["sigmoid", "dsigmoid", "tanh", "dtanh", "relu", "drelu"].map((name) => nn[name](v)),
    ),
  };
}

const cases = JSON.parse(readFileSync(0, "utf8"));
// JSON has no infinity; a string carries it.
const plain = (_, v) => (typeof v === "number" && !Number.isFinite(v) ? String(v) : v);
process.stdout.write(JSON.stringify(cases.map(answer), plain));
