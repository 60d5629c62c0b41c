// The part of anywidget's model that a page without a kernel needs.

/** @typedef {{get: Function, set: Function, on: Function, off: Function, save_changes: Function}} Model */

/**
 * A model over plain state. `set` fires "change:name" and then "change", at once, for values that
 * differ; put a new value, do not change one in place.
 * @param {Record<string, any>} state
 * @returns {Model}
 */
export function pageModel(state) {
  const values = { ...state };
  const listeners = [];
  const fire = (event, ...args) =>
    listeners.filter((one) => one.event === event).forEach((one) => one.callback(...args));
  const model = {
    get: (name) => values[name],
    set(name, value) {
      const given = typeof name === "object" ? name : { [name]: value };
      const changed = Object.keys(given).filter((key) => !same(values[key], given[key]));
      Object.assign(values, given);
      changed.forEach((key) => fire(`change:${key}`, model, values[key]));
      if (changed.length) fire("change", model);
    },
    on: (events, callback) =>
      events.split(" ").forEach((event) => listeners.push({ event, callback })),
    off(event, callback) {
      const stays = (one) => (event && one.event !== event) || (callback && one.callback !== callback);
      listeners.splice(0, listeners.length, ...listeners.filter(stays));
    },
    save_changes() {},
    send() {},
  };
  return model;
}

function same(a, b) {
  return Object.is(a, b) || (isObject(a) && isObject(b) && JSON.stringify(a) === JSON.stringify(b));
}

const isObject = (value) => typeof value === "object" && value !== null;

/**
 * Set several values and tell Python, if there is one.
 * @param {Model} model
 * @param {Record<string, any>} values
 */
export function update(model, values) {
  model.set(values);
  model.save_changes();
}

/**
 * Call back now and whenever one of the named values changes; returns a function that stops it.
 * @param {Model} model
 * @param {string[]} names
 * @param {() => void} callback
 */
export function follow(model, names, callback) {
  names.forEach((name) => model.on(`change:${name}`, callback));
  callback();
  return () => names.forEach((name) => model.off(`change:${name}`, callback));
}
