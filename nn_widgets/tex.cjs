// Renders TeX with KaTeX: one JSON request a line on stdin, one JSON answer a line on stdout.
// argv[2] is the path of katex.min.js.
const { createInterface } = require("node:readline");
const katex = require(process.argv[2]);

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
