// NumPy's default_rng, number for number: SeedSequence, PCG64, Lemire's bounded integers, the ziggurat's normals.
//
// Sources: M. E. O'Neill, PCG (2014), and her seed_seq_fe; D. Lemire, Fast random integer generation in an
// interval (2019); G. Marsaglia and W. W. Tang, The ziggurat method (2000), with the 256 layers that NumPy has.

const M32 = 0xffffffffn;
const M64 = (1n << 64n) - 1n;
const M128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

/** Four 64-bit words from a seed, as SeedSequence(seed).generate_state(4, uint64). @param {string} seed */
function seedWords(seed) {
  const pool = mixedPool(words(seed));
  let constant = 0x8b51f9dd;
  const half = Array.from({ length: 8 }, (_, k) => {
    let value = pool[k % 4] ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    value = Math.imul(value, constant);
    return BigInt((value ^ (value >>> 16)) >>> 0);
  });
  return [0, 2, 4, 6].map((k) => half[k] | (half[k + 1] << 32n));
}

/** A seed as 32-bit words, the lowest first. @param {string} seed */
function words(seed) {
  const out = [];
  for (let rest = BigInt(seed); rest > 0n; rest >>= 32n) out.push(Number(rest & M32));
  return out.length ? out : [0];
}

/** @param {number[]} entropy */
function mixedPool(entropy) {
  let constant = 0x43b0d7e5;
  /** @param {number} value */
  const hash = (value) => {
    let mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    mixed = Math.imul(mixed, constant);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  /** @param {number} x @param {number} y */
  const mix = (x, y) => {
    const value = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) | 0;
    return (value ^ (value >>> 16)) >>> 0;
  };
  const pool = Array.from({ length: 4 }, (_, k) => hash(entropy[k] ?? 0));
  for (let from = 0; from < 4; from += 1) {
    for (let to = 0; to < 4; to += 1) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  for (const word of entropy.slice(4)) for (let to = 0; to < 4; to += 1) pool[to] = mix(pool[to], hash(word));
  return pool;
}

/** Random bits: a 128-bit linear congruence, of which 64 bits come out. */
class Pcg64 {
  /** @param {string} seed */
  constructor(seed) {
    const [a, b, c, d] = seedWords(seed);
    this.step = ((((c << 64n) | d) << 1n) | 1n) & M128;
    this.state = 0n;
    this.advance();
    this.state = (this.state + ((a << 64n) | b)) & M128;
    this.advance();
    /** @type {number|null} */
    this.spare = null;
  }

  advance() {
    this.state = (this.state * MULTIPLIER + this.step) & M128;
  }

  /** The next 64 bits, as a BigInt. */
  bits64() {
    this.advance();
    const turn = this.state >> 122n;
    const mixed = (this.state >> 64n) ^ (this.state & M64);
    return ((mixed >> turn) | (mixed << (64n - turn))) & M64;
  }

  /** The next 32 bits: two of them come out of 64, the lower half first. */
  bits32() {
    if (this.spare !== null) {
      const kept = this.spare;
      this.spare = null;
      return kept;
    }
    const next = this.bits64();
    this.spare = Number(next >> 32n);
    return Number(next & M32);
  }

  /** Uniform in [0, 1). */
  uniform() {
    return Number(this.bits64() >> 11n) / 2 ** 53;
  }

  /** A whole number from 0 to `last`, which is below 2^53. @param {number} last */
  upTo(last) {
    if (last === 0) return 0;
    if (last > 0xffffffff) return this.upTo64(BigInt(last));
    if (last === 0xffffffff) return this.bits32();
    const count = BigInt(last) + 1n;
    let m = BigInt(this.bits32()) * count;
    if ((m & M32) < count) {
      const threshold = (0xffffffffn - BigInt(last)) % count;
      while ((m & M32) < threshold) m = BigInt(this.bits32()) * count;
    }
    return Number(m >> 32n);
  }

  /** @param {bigint} last */
  upTo64(last) {
    const count = last + 1n;
    let m = this.bits64() * count;
    if ((m & M64) < count) {
      const threshold = (M64 - last) % count;
      while ((m & M64) < threshold) m = this.bits64() * count;
    }
    return Number(m >> 64n);
  }

  /** The same by throwing away what is too large, as NumPy shuffles. @param {number} last */
  below(last) {
    const mask = 2 ** (32 - Math.clz32(last)) - 1;
    for (;;) {
      const value = (this.bits32() & mask) >>> 0;
      if (value <= last) return value;
    }
  }

  normal() {
    for (;;) {
      const bits = this.bits64();
      const layer = Number(bits & 0xffn);
      const rest = bits >> 8n;
      const far = Number((rest >> 1n) & 0xfffffffffffffn);
      const x = (rest & 1n ? -far : far) * ZIGGURAT.width[layer];
      if (far < ZIGGURAT.inside[layer]) return x;
      if (layer === 0) return this.tail(Math.floor(far / 256) & 1);
      const [low, high] = [ZIGGURAT.height[layer], ZIGGURAT.height[layer - 1]];
      if ((high - low) * this.uniform() + low < Math.exp(-0.5 * x * x)) return x;
    }
  }

  /** @param {number} negative */
  tail(negative) {
    for (;;) {
      const x = -Math.log1p(-this.uniform()) / ZIGGURAT.end;
      const y = -Math.log1p(-this.uniform());
      if (y + y > x * x) return negative ? -(ZIGGURAT.end + x) : ZIGGURAT.end + x;
    }
  }
}

const ZIGGURAT = ziggurat();

/** 256 layers of one area under e^(−x²/2), from the widest; each has the width of the one below it. */
function ziggurat() {
  const end = 3.6541528853610088;
  const area = 0.0049286732339746519;
  /** @param {number} x */
  const f = (x) => Math.exp(-0.5 * x * x);
  const edge = [end]; // edge[k] is where layer 255 − k ends
  for (let k = 1; k < 255; k += 1) edge.push(Math.sqrt(-2 * Math.log(f(edge[k - 1]) + area / edge[k - 1])));
  const right = [0, ...edge.reverse()]; // right[1] is the narrowest
  const width = [area / f(end) / 2 ** 52, ...right.slice(1).map((x) => x / 2 ** 52)];
  const share = [end * f(end) / area, ...right.slice(1).map((x, k) => right[k] / x)];
  const inside = share.map((x) => Math.round(x * 2 ** 52));
  const height = [1, ...right.slice(1).map(f)];
  return { end, width, inside, height };
}

/** @param {string} seed decimal digits */
export function generator(seed) {
  return new Pcg64(seed);
}

/** The order of n things, shuffled from the end. @param {Pcg64} rng @param {number} n */
export function shuffled(rng, n) {
  const order = Float64Array.from({ length: n }, (_, k) => k);
  for (let i = n - 1; i > 0; i -= 1) {
    const j = rng.below(i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
