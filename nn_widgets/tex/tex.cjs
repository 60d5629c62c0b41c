// Renders TeX with KaTeX: one JSON request a line on stdin, one JSON answer a line on stdout.
// argv[2] is the path of katex.min.js.
const { readFileSync } = require("node:fs");
const { createInterface } = require("node:readline");

/** Run a CommonJS file as one, whatever a package.json in a folder above it says of its kind. */
function load(path) {
  const module = { exports: {} };
  new Function("module", "exports", readFileSync(path, "utf8"))(module, module.exports);
  return module.exports;
}

const katex = load(process.argv[2]);

/** Only the classes that colour the symbols; no links, images, ids or styles. */
const trust = (context) => context.command === "\\htmlClass";
const strict = (code) => (code === "htmlExtension" ? "ignore" : "error");

function answer({ tex, display }) {
  try {
    return { html: katex.renderToString(tex, { displayMode: display, trust, strict }) };
  } catch (error) {
    return { error: error.message };
  }
}

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
});
