// What the project asks of minisearch.js.

export interface Options {
  idField: string;
  fields: string[];
  tokenize: (text: string) => string[];
  processTerm: (term: string) => string;
}

export interface SearchOptions {
  tokenize: () => string[];
  boost: Record<string, number>;
  prefix: (term: string) => boolean;
  fuzzy: (term: string) => number | false;
  boostDocument: (id: number) => number;
  bm25: { k: number; b: number; d: number };
  combineWith: "AND" | "OR";
}

export default class MiniSearch {
  constructor(options: Options);
  addAllAsync(documents: { id: number }[], options: { chunkSize: number }): Promise<void>;
  search(query: string, options: SearchOptions): { id: number; terms: string[] }[];
}
