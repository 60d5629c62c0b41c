// Runs programs in the page's engine under Node: {module, wasm, programs} comes in as JSON, results go out.

import fs from "node:fs";
import { pathToFileURL } from "node:url";

const { module, wasm, programs } = JSON.parse(fs.readFileSync(0, "utf8"));
const { library, loadMicroPython, makeRunner } = await import(pathToFileURL(module).href);
const code = await WebAssembly.compile(fs.readFileSync(wasm));
const instantiate = (imports, receive) => {
  WebAssembly.instantiate(code, imports).then(receive);
  return {};
};
const runner = await makeRunner(loadMicroPython, library, { instantiate });

/** JSON has neither arrays of doubles nor infinity. */
const plain = (key, value) => {
  if (ArrayBuffer.isView(value)) return [...value];
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0";
  return value;
};
const out = programs.map(({ program, request }) => {
  const told = [];
  const result = runner.run(program, request, (step, value) => told.push([step, value]));
  return { ...result, told };
});
fs.writeSync(1, JSON.stringify(out, plain));
