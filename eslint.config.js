// What ESLint asks of the JavaScript: of the project's own its recommended rules, by the names that each place has; of
// all that a page may run, that the oldest browsers of the README can read it. Of the style sheets it asks the same.

import css from "@eslint/css";
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";
import globals from "globals";

// What a style sheet may ask for: what all browsers had in 2022, and
const STYLES = {
  available: 2022,
  // what all of the README have,
  allowAtRules: ["container", "page"],
  allowFunctions: ["color-mix"],
  allowSelectors: ["has", "selection"],
  // and what only adorns or saves work: where it is not known, nothing that a reader needs is lost.
  allowMediaConditions: ["scripting"],
  allowProperties: ["accent-color", "clip", "contain-intrinsic-height", "container-type", "content-visibility",
    "forced-color-adjust", "hanging-punctuation", "orphans", "outline", "paint-order", "resize", "text-wrap",
    "user-select", "widows"],
  allowPropertyValues: { "break-after": ["avoid"] },
};
const JAVASCRIPT = ["**/*.{js,mjs,cjs}"];

export default [
  { ignores: ["_build/", ".venv*/"] },
  { ...js.configs.recommended, files: JAVASCRIPT, ignores: ["**/vendor/**"] },
  { files: JAVASCRIPT, ignores: ["**/vendor/**"], rules: { "no-unused-vars": ["error", { ignoreRestSiblings: true }] } },
  { files: ["**/vendor/**"], linterOptions: { reportUnusedDisableDirectives: "off" } },
  {
    files: ["nn_widgets/**/*.{js,mjs}", "book/_theme/**/*.js"],
    plugins: { "es-x": es },
    rules: {
      ...es.configs["flat/restrict-to-es2022"].rules, // methods of a value are TypeScript's business: tsconfig.json
      // Both are older, but Safari has them from 16.4.
      "es-x/no-regexp-lookbehind-assertions": "error",
      "es-x/no-class-static-block": "error",
    },
  },
  {
    // What the browser itself gives, by the browsers that package.json names; a vendored library asks before it uses it.
    files: ["nn_widgets/**/*.{js,mjs}", "book/_theme/**/*.js"],
    ignores: ["**/vendor/**"],
    plugins: { compat },
    rules: { "compat/compat": "error" },
  },
  { files: ["nn_widgets/**/*.js", "book/_theme/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["**/*.cjs", "**/*.mjs", "tests/**/*.js"], languageOptions: { globals: globals.node } },
  {
    files: ["nn_widgets/**/*.css", "book/_theme/**/*.css"],
    ignores: ["**/vendor/**", "book/_theme/static/katex/**"],
    plugins: { css },
    language: "css/css",
    rules: { "css/use-baseline": ["error", STYLES] },
  },
  {
    // Classic scripts share one scope: two of them that declare one name there would break each other.
    files: ["book/_theme/static/*.js"],
    ignores: ["book/_theme/static/keeping.js"], // a module, which another loads
    languageOptions: { sourceType: "script" },
    rules: { "no-implicit-globals": ["error", { lexicalBindings: true }] },
  },
];
