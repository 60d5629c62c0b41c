// What the project asks of the bundle codemirror.js, which says no types.

export interface Document { lines: number; length: number; line(number: number): { from: number }; toString(): string }
export interface State { doc: Document }
export interface Mark { of(line: number | null): unknown }
export interface Effect { value: number | null; is(kind: Mark): boolean }
export interface Transaction { effects: Effect[]; docChanged: boolean; state: State }
export interface View { state: State; dispatch(change: object): void; focus(): void }
export interface Key { key?: string; run?: (view: View) => boolean; shift?: (view: View) => boolean }
type Tag = { tag: unknown };

export interface CodeMirror {
  EditorView: {
    new (config: { parent: Element; state: unknown }): View;
    decorations: { from(field: unknown): unknown };
    domEventHandlers(handlers: { keydown: (event: KeyboardEvent) => boolean; blur: () => void }): unknown;
    contentAttributes: { of(attributes: Record<string, string>): unknown };
    updateListener: { of(hear: (update: { docChanged: boolean; state: State }) => void): unknown };
  };
  EditorState: { create(config: { doc: string; extensions: unknown[] }): unknown };
  Decoration: {
    none: unknown;
    line(spec: { class: string }): { range(from: number): unknown };
    set(lines: unknown[]): unknown;
  };
  StateEffect: { define(): Mark };
  StateField: {
    define(spec: {
      create: () => unknown;
      update: (lines: unknown, transaction: Transaction) => unknown;
      provide: (field: unknown) => unknown;
    }): unknown;
  };
  keymap: { of(keys: Key[]): unknown };
  defaultKeymap: Key[];
  historyKeymap: Key[];
  indentMore(view: View): boolean;
  indentLess(view: View): boolean;
  lineNumbers(): unknown;
  history(): unknown;
  drawSelection(): unknown;
  indentOnInput(): unknown;
  bracketMatching(): unknown;
  pythonLanguage: unknown;
  indentUnit: { of(unit: string): unknown };
  HighlightStyle: { define(styles: { tag: Tag | Tag[]; class: string }[]): unknown };
  syntaxHighlighting(style: unknown): unknown;
  tags: Record<
    "keyword" | "operatorKeyword" | "controlKeyword" | "comment" | "string" | "number" | "bool" | "variableName" | "className",
    Tag
  > & { function(tag: Tag): Tag; definition(tag: Tag): Tag };
}
