// The editor: CodeMirror with Python's colours. Tab indents; Escape, then Tab, leaves; Ctrl-Enter or ⌘-Enter runs.

/**
 * @param {HTMLElement} parent
 * @param {string} text
 * @param {{label: string, describedBy: string, onRun: () => void, onChange: (text: string) => void}} options
 */
export function makeEditor(parent, text, { label, describedBy, onRun, onChange }) {
  const cm = window.nnCodeMirror;
  const { EditorView, EditorState, Decoration, StateEffect, StateField, keymap } = cm;
  const mark = StateEffect.define();
  const marked = StateField.define({
    create: () => Decoration.none,
    update(lines, transaction) {
      const effect = transaction.effects.find((one) => one.is(mark));
      if (!effect) return transaction.docChanged ? Decoration.none : lines;
      if (!effect.value) return Decoration.none;
      const { from } = transaction.state.doc.line(effect.value);
      return Decoration.set([Decoration.line({ class: "nn-error-line" }).range(from)]);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
  let leaving = false;
  const { tags } = cm;
  const colours = cm.HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], class: "nn-kw" },
    { tag: tags.comment, class: "nn-co" },
    { tag: [tags.string, tags.number, tags.bool], class: "nn-li" },
    { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], class: "nn-fn" },
  ]);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        cm.lineNumbers(), cm.history(), cm.drawSelection(), cm.indentOnInput(), cm.bracketMatching(), marked,
        cm.pythonLanguage, cm.indentUnit.of("    "), cm.syntaxHighlighting(colours),
        keymap.of([
          { key: "Mod-Enter", run: () => [onRun()].length > 0 },
          { key: "Escape", run: () => (leaving = true) },
          { key: "Tab", run: (v) => !leaving && cm.indentMore(v), shift: (v) => !leaving && cm.indentLess(v) },
          ...cm.defaultKeymap.filter(({ key }) => key !== "Mod-Enter"), ...cm.historyKeymap,
        ]),
        EditorView.domEventHandlers({
          keydown: (event) => {
            if (!["Escape", "Tab", "Shift"].includes(event.key)) leaving = false;
            return false;
          },
          blur: () => { leaving = false; },
        }),
        EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, "aria-describedby": describedBy,
          spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
        EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
      ],
    }),
  });
  return {
    get text() { return view.state.doc.toString(); },
    set text(value) { view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } }); },
    /** @param {number | null} line */
    mark(line) {
      const there = line !== null && line >= 1 && line <= view.state.doc.lines;
      view.dispatch({ effects: mark.of(there ? line : null) });
    },
    focus: () => view.focus(),
  };
}
