// What ESLint asks of the JavaScript: of the project's own its recommended rules, by the names that each place has; of
// all that a page may run, that the oldest browsers of the README can read it.

import js from "@eslint/js";
import es from "eslint-plugin-es-x";
import globals from "globals";

export default [
  { ignores: ["_build/", ".venv*/"] },
  { ...js.configs.recommended, ignores: ["**/vendor/**"] },
  { ignores: ["**/vendor/**"], rules: { "no-unused-vars": ["error", { ignoreRestSiblings: true }] } },
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
  { files: ["nn_widgets/**/*.js", "book/_theme/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["**/*.cjs", "**/*.mjs", "tests/**/*.js"], languageOptions: { globals: globals.node } },
  {
    // Classic scripts share one scope: two of them that declare one name there would break each other.
    files: ["book/_theme/static/*.js"],
    ignores: ["book/_theme/static/keeping.js"], // a module, which another loads
    languageOptions: { sourceType: "script" },
    rules: { "no-implicit-globals": ["error", { lexicalBindings: true }] },
  },
];
