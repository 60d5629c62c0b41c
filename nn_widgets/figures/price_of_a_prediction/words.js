// The price in symbols, in numbers and in words.

import { formatNumber } from "../../maths/format.js";
import { crossEntropy, matrix } from "../../maths/nn.js";
import { sure } from "./simplex.js";

/** What the prediction pays, in nats. @param {number[]} p @param {number} truth */
export function priceOf(p, truth) {
  return crossEntropy(matrix(3, 1, p), matrix(3, 1, sure(truth)));
}

/** The whole sum with its numbers: −(0·log 0.8 + 1·log 0.1 + 0·log 0.1). @param {number[]} p @param {number} truth */
export function sumText(p, truth) {
  const terms = p.map((value, k) => `${k === truth ? 1 : 0}·log ${formatNumber(value)}`);
  return `−(${terms.join(" + ")})`;
}

/** −log 0.1 = 2.303 nats = 3.322 bits. @param {number[]} p @param {number} truth */
export function priceText(p, truth) {
  const price = priceOf(p, truth);
  const start = `−log ${formatNumber(p[truth])} = `;
  if (price === Infinity) return `${start}∞`;
  const bits = formatNumber(price / Math.LN2);
  return `${start}${formatNumber(price)} nats = ${bits} ${bits === "1" ? "bit" : "bits"}`;
}

/**
 * What the price says about the prediction, in a sentence or two.
 * @param {number[]} p @param {number} truth @param {string[]} species
 */
export function verdict(p, truth, species) {
  const rule = p.some((value, k) => value === 0 && k !== truth) ? " 0·log 0 counts as 0." : "";
  return judged(p, truth, species) + rule;
}

/** @param {number[]} p @param {number} truth @param {string[]} species */
function judged(p, truth, species) {
  const price = priceOf(p, truth);
  const favourite = p.indexOf(Math.max(...p));
  if (p[truth] === 1) return "Sure and right: there is nothing to pay.";
  if (price === Infinity) {
    const how = p[favourite] === 1 ? "Sure and wrong" : "The truth was called impossible";
    return `${how}: no finite price covers this.`;
  }
  return `${favouriteText(p, truth, favourite, species)} ${beside(price)}`;
}

/** @param {number[]} p @param {number} truth @param {number} favourite @param {string[]} species */
function favouriteText(p, truth, favourite, species) {
  const equals = p.filter((value) => Math.abs(value - p[favourite]) < 5e-4).length;
  if (equals === 3) return "No favourite.";
  if (equals === 2) return "Two favourites.";
  return `The favourite, ${species[favourite]}, is ${favourite === truth ? "right" : "wrong"}.`;
}

/** @param {number} price */
function beside(price) {
  const guess = Math.log(3);
  const cost = `log 3 = ${formatNumber(guess)}`;
  if (Math.abs(price - guess) < 5e-4) return `The price of a uniform guess, ${cost}.`;
  return `${price < guess ? "Cheaper" : "Dearer"} than a uniform guess, which costs ${cost}.`;
}

/**
 * The two prices and how each reacts to the score of the truth: by the chain rule through softmax.
 * @param {number[]} p @param {number} truth
 */
export function twoPrices(p, truth) {
  const own = p[truth];
  return [
    { name: "−log p", price: priceOf(p, truth), slope: own - 1 },
    { name: "1 − p", price: 1 - own, slope: -own * (1 - own) },
  ];
}
