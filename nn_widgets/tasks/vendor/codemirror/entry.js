export { EditorView, keymap, lineNumbers, drawSelection, Decoration, highlightActiveLine } from "@codemirror/view";
export { EditorState, StateEffect, StateField, Compartment } from "@codemirror/state";
export { defaultKeymap, history, historyKeymap, indentMore, indentLess, indentWithTab } from "@codemirror/commands";
export { indentUnit, syntaxHighlighting, HighlightStyle, bracketMatching, indentOnInput } from "@codemirror/language";
export { pythonLanguage } from "@codemirror/lang-python";
export { tags } from "@lezer/highlight";
