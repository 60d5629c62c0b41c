// The part of anywidget's model that a page without a kernel needs.

/**
 * A figure's state S while it lives: the values of its traits, by name.
 * @template S
 * @typedef {object} Model
 * @property {<K extends keyof S>(name: K) => S[K]} get
 * @property {{<K extends keyof S>(name: K, value: S[K]): void, (values: Partial<S>): void}} set
 * @property {(event: Event<S>, callback: Callback<S>) => void} on
 * @property {(event?: Event<S>|null, callback?: Callback<S>) => void} off
 * @property {() => void} save_changes
 */

/** @template S @typedef {"change" | `change:${keyof S & string}`} Event */
/** @template S @typedef {(model: Model<S>, value: unknown) => void} Callback */

/**
 * A model over plain state. `set` fires "change:name" and then "change", at once, for values that
 * differ; put a new value, do not change one in place.
 * @template {Record<string, unknown>} S
 * @param {S} state
 * @returns {Model<S>}
 */
export function pageModel(state) {
  const values = { ...state };
  /** @type {{event: string, callback: Callback<S>}[]} */
  const listeners = [];
  /** @param {string} event @param {unknown} [value] */
  const fire = (event, value) =>
    listeners.filter((one) => one.event === event).forEach((one) => one.callback(model, value));
  const model = {
    /** @template {keyof S} K @param {K} name */
    get: (name) => values[name],
    /** @param {Partial<S>|keyof S} name @param {S[keyof S]} [value] */
    set(name, value) {
      const given = /** @type {Partial<S>} */ (typeof name === "object" ? name : { [name]: value });
      const changed = Object.keys(given).filter((key) => !same(values[key], given[key]));
      Object.assign(values, given);
      changed.forEach((key) => fire(`change:${key}`, values[key]));
      if (changed.length) fire("change");
    },
    /** @param {string} events @param {Callback<S>} callback */
    on: (events, callback) =>
      events.split(" ").forEach((event) => listeners.push({ event, callback })),
    /** @param {string|null} [event] @param {Callback<S>} [callback] */
    off(event, callback) {
      const stays = listeners.filter((one) =>
        (event && one.event !== event) || (callback && one.callback !== callback));
      listeners.splice(0, listeners.length, ...stays);
    },
    save_changes() {},
    send() {},
  };
  return model;
}

/** @param {unknown} a @param {unknown} b */
function same(a, b) {
  return Object.is(a, b) || (isObject(a) && isObject(b) && JSON.stringify(a) === JSON.stringify(b));
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null;

/**
 * The named values of this moment.
 * @template S
 * @template {keyof S} K
 * @param {Model<S>} model
 * @param {K[]} names
 * @returns {Pick<S, K>}
 */
export const stateOf = (model, names) =>
  /** @type {Pick<S, K>} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));

/**
 * Set several values and tell Python, if there is one.
 * @template S
 * @param {Model<S>} model
 * @param {Partial<S>} values
 */
export function update(model, values) {
  model.set(values);
  model.save_changes();
}

/**
 * Call back now and whenever one of the named values changes; returns a function that stops it.
 * @template S
 * @param {Model<S>} model
 * @param {(keyof S & string)[]} names
 * @param {() => void} callback
 */
export function follow(model, names, callback) {
  names.forEach((name) => model.on(`change:${name}`, callback));
  callback();
  return () => names.forEach((name) => model.off(`change:${name}`, callback));
}
