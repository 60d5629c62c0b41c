// Reads questions from standard input, answers them with the backward stepper's modules: for
// test_backward_stepper.py.
import { readFileSync } from "node:fs";
import * as nn from "../../../nn_widgets/maths/nn.js";
import { MISTAKES, compare, wrongSequence,
  wrongTraining } from "../../../nn_widgets/figures/backward_stepper/mistakes.js";
import { entriesOf, piecesOf, STEPS } from "../../../nn_widgets/figures/backward_stepper/steps.js";
import { nudge, settingOf, valueAt, valuesOf } from "../../../nn_widgets/figures/backward_stepper/values.js";

const nested = (m) => (m.line ? [...m.data] : nn.toNested(m));
const all = (map) => Object.fromEntries([...map].map(([name, value]) => [name, nested(value)]));

/** What the written sum comes to, by arithmetic on its pieces. */
function worth(pieces, values) {
  let log = false;
  const text = pieces.map((piece) => {
    if (piece.sign) log = piece.sign === "−log";
    if (piece.sign) {
      return { "·": "*", "−": "-", "σ(": "1/(1+Math.exp(-", "−log": "-", "(1 −": "(1-" }[piece.sign] ?? piece.sign;
    }
    const value = piece.ref ? valueAt(values, piece.ref) : piece.value;
    if (piece.power) return `Math.exp(${value})`;
    return log ? `Math.log(${value})` : `(${value})`;
  }).join(" ");
  const open = text.includes("1/(1+Math.exp(") ? ")" : "";
  return Function(`return ${text}${open}`)();
}

function passes({ state, data }) {
  const setting = settingOf(state, data);
  const values = valuesOf(setting);
  const every = (name) => Array.from({ length: setting.numbers.length }, (_, i) => entriesOf(name, values, i)).flat();
  const sums = STEPS.flatMap((name) => every(name).map((entry) =>
    [worth(piecesOf(name, entry, values), values), valueAt(values, { name, row: entry[0], col: entry[1] })]));
  const nudges = Array.from({ length: 26 },
    (_, place) => nudge(setting, place, 1e-4)).map(({ forward, centred }) => ({ forward, centred }));
  return { values: all(values), sums, nudges };
}

function broken({ layers: given, x: xRows, y: yRows, steps }) {
  const layers = nn.layersFromNested(given);
  const [x, y] = [nn.fromNested(xRows), nn.fromNested(yRows)];
  const trace = nn.feedforward(layers, x);
  const right = new Map(nn.backwardSequence(layers, trace, y));
  return MISTAKES.map((mistake) => {
    const training = wrongTraining(mistake, layers, x, y, 0.02);
    for (let i = 0; i < steps && !training.refusal; i += 1) training.next();
    const { changed, refusal } = compare(mistake, { layers, x, y }, right);
    const found = refusal ? null : all(wrongSequence(mistake, layers, trace, y));
    return { kind: mistake.kind, found, changed, refusal, losses: training.losses, stopped: training.refusal };
  });
}

const { passes: pages = [], broken: cases = [] } = JSON.parse(readFileSync(0, "utf8"));
const plain = (_, v) => (typeof v === "number" && !Number.isFinite(v) ? String(v) : v);
process.stdout.write(JSON.stringify({ passes: pages.map(passes), broken: cases.map(broken) }, plain));
