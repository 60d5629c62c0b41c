// The files that a teacher drops or chooses, folders with all that is in them, and the text of each.

const MOST_FILES = 5000;
const DEEPEST = 20; // folders within folders
const LARGEST = 4_000_000; // bytes; a list of answers has at most a million characters
const UNSEEN = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/;

/** @typedef {{path: string, file: File}} Found */

/** What an input for files or for a folder holds. @param {FileList} list @returns {Found[]} */
export function chosen(list) {
  return seen([...list].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/**
 * What was dropped. Called while the event lasts: afterwards its items are gone.
 * @param {DataTransfer} transfer
 * @returns {Promise<Found[]>}
 */
export async function dropped(transfer) {
  const items = [...transfer.items].filter(({ kind }) => kind === "file").map((/** @type {any} */ item) => ({
    file: item.getAsFile(),
    entry: item.webkitGetAsEntry?.(),
    handle: item.getAsFileSystemHandle?.(), // where Chromium has a page from disk, its entries cannot be read
  }));
  /** @type {Found[]} */
  const found = [];
  for (const { file, entry, handle } of items) {
    if (!entry?.isDirectory) found.push({ path: file.name, file });
    else await collect(handle ? handled(await handle) : entered(entry), entry.name, found, 0);
  }
  return seen(found);
}

/** @typedef {{name: string, file?: () => Promise<File>, folder?: () => Inside}} Thing a file or a folder */
/** @typedef {AsyncIterable<Thing>} Inside */

/** @param {Inside} inside @param {string} path @param {Found[]} found @param {number} depth */
async function collect(inside, path, found, depth) {
  for await (const { name, file, folder } of inside) {
    if (found.length > MOST_FILES || depth > DEEPEST) return;
    if (file) found.push({ path: `${path}/${name}`, file: await file() });
    else await collect(folder(), `${path}/${name}`, found, depth + 1);
  }
}

/** What a folder holds, by its handle. @param {any} handle @returns {Inside} */
async function* handled(handle) {
  for await (const one of handle.values()) {
    if (one.kind === "file") yield { name: one.name, file: () => one.getFile() };
    else yield { name: one.name, folder: () => handled(one) };
  }
}

/** What a folder holds, by its entry, in parts as it comes. @param {any} entry @returns {Inside} */
async function* entered(entry) {
  const reader = entry.createReader();
  for (;;) {
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!part.length) return;
    for (const one of part) {
      const file = () => new Promise((resolve, reject) => one.file(resolve, reject));
      yield one.isFile ? { name: one.name, file } : { name: one.name, folder: () => entered(one) };
    }
  }
}

/** Without what systems put into folders unseen. @param {Found[]} found */
function seen(found) {
  if (found.length > MOST_FILES) throw new Error(`These are more than ${MOST_FILES} files; none is read.`);
  return found.filter(({ path }) => !UNSEEN.test(path));
}

/** The text of a file; throws an Error with one sentence. @param {File} file */
export async function textOf(file) {
  if (/\.zip$/i.test(file.name)) throw new Error("It is an archive: unpack it, and drop the folder.");
  if (file.size > LARGEST) throw new Error("The file is too large to be a list of answers.");
  try {
    return await file.text();
  } catch {
    throw new Error("The browser could not read the file.");
  }
}
