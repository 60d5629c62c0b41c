// What the figure's state may be; a hand-edited one is refused in one sentence.

import { validator } from "../checks.js";
import { PAD } from "./bitmap.js";

export const MOST_STROKES = 40;
export const MOST_NUMBERS = 3000; // of all strokes together
const MEASURES = ["score", "log p"];

const isIn = (value, low, high) => Number.isInteger(value) && value >= low && value <= high;
const isRow = (value, length) => Array.isArray(value) && value.length === length && value.every(Number.isFinite);

function isStroke(stroke) {
  return Array.isArray(stroke) && stroke.length >= 4 && stroke.length % 2 === 0 && stroke.every((v) => isIn(v, 0, PAD));
}

function areStrokes(strokes) {
  if (!Array.isArray(strokes) || strokes.length > MOST_STROKES || !strokes.every(isStroke)) return false;
  return strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= MOST_NUMBERS;
}

function areLayers(layers) {
  if (!Array.isArray(layers) || !layers.length) return false;
  let inputs = 64;
  for (const layer of layers) {
    const { W, b } = layer ?? {};
    if (!Array.isArray(W) || !W.every((row) => isRow(row, inputs)) || !isRow(b, W.length)) return false;
    inputs = W.length;
  }
  return inputs === 10;
}

const isExample = (one) =>
  isIn(one?.label, 0, 9) && isRow(one.x, 64) && one.x.every((count) => isIn(count, 0, 16));

const CHECKS = {
  strokes: (value) => areStrokes(value)
    || `at most ${MOST_STROKES} lists of an even number of whole numbers from 0 to ${PAD}`,
  examples: (value) => (Array.isArray(value) && value.length > 0 && value.every(isExample))
    || "digits of 64 whole numbers from 0 to 16, with a label from 0 to 9",
  example: (value, { examples }) => isIn(value, -1, examples.length - 1)
    || `a whole number from −1 to ${examples.length - 1}`,
  fitted: (value) => typeof value === "boolean" || "true or false",
  chosen: (value) => isIn(value, -1, 9) || "a whole number from −1 to 9",
  measure: (value) => MEASURES.includes(value) || "score or log p",
  pixel: (value) => isIn(value, -1, 63) || "a whole number from −1 to 63",
  activation: (value) => ["sigmoid", "tanh", "relu"].includes(value) || "sigmoid, tanh or relu",
  layers: (value) => areLayers(value) || "a network from 64 inputs to 10 outputs, of finite numbers",
};

/** @param {Record<string, any>} state */
export const validate = validator(CHECKS);
