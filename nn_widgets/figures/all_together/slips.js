// The entry of the average gradient that the reader predicts, and the well-known ways to be wrong.

/** @typedef {{G: number, N: number}} Block one entry of its sum, and its count */

/** Near enough for numbers read with three decimals. @param {number} answer @param {number} value */
const isNear = (answer, value) => Math.abs(answer - value) <= Math.max(0.0006, 0.01 * Math.abs(value));

/** @param {number[]} numbers */
const add = (numbers) => numbers.reduce((sum, value) => sum + value, 0);

/**
 * @param {number} answer @param {Block[]} blocks
 * @returns {{right: boolean, slip?: string, says: string}}
 */
export function judge(answer, blocks) {
  const N = add(blocks.map((block) => block.N));
  const value = add(blocks.map(({ G }) => G)) / N;
  if (isNear(answer, value)) return { right: true, says: rightWords(blocks, value) };
  const slip = slipsOf(blocks).find((one) => isNear(answer, one.value));
  if (slip) return { right: false, slip: slip.slip, says: slip.says };
  return { right: false, says: "Not yet. Add the four entries. Then divide once, by the number of all birds." };
}

/**
 * With blocks of about one size the usual slip cannot be told from the truth.
 * @param {Block[]} blocks @param {number} value
 */
function rightWords(blocks, value) {
  const same = isNear(meanOfMeans(blocks), value);
  return same ? "Right. The mean of the four means happens to be as near: the blocks are of nearly one size."
    : "Right.";
}

/** @param {Block[]} blocks */
const meanOfMeans = (blocks) => add(blocks.map(({ G, N }) => G / N)) / blocks.length;

/** Every recognised slip, the likelier first. @param {Block[]} blocks */
export function slipsOf(blocks) {
  const N = add(blocks.map((block) => block.N));
  const sum = add(blocks.map(({ G }) => G));
  const means = add(blocks.map(({ G, N: own }) => G / own));
  return [
    { slip: "average of averages", value: meanOfMeans(blocks),
      says: "That is the mean of the four means. It gives every machine the same weight, "
        + "and so a bird of the smallest block the greatest." },
    { slip: "divided on each machine", value: means,
      says: "You divided on each machine and added the means. Add the sums as they are, and divide at the end." },
    { slip: "not divided", value: sum,
      says: `That is the sum. The loss is an average over ${N} birds: divide by ${N}.` },
    { slip: "divided by machines", value: sum / blocks.length,
      says: `You divided by the ${blocks.length} machines. The average is over birds: divide by ${N}.` },
    { slip: "largest block", value: sum / Math.max(...blocks.map((block) => block.N)),
      says: `You divided by one block’s birds. The sum is over all: divide by ${N}.` },
    { slip: "sign", value: -sum / N, says: "The size is right, the sign is not." },
  ];
}
