// What happens when the reader keeps the book, updates, opens a newer edition or removes it. `keep.js` loads it at
// the press of a button, and where the book is on the device.

const HOME = [["manifest", "manifest.json"], ["apple-touch-icon", "_static/icons/apple-touch-icon.png"]];
/** @typedef {*} Book what `keep.js` knows */

const WAIT = 300; // ms in which the worker's last words arrive
const SAVED = 60_000; // ms in which a browser has a download
/** @type {Record<string, string>} */
const FAILED = {
  stopped: "Stopped.",
  room: "There is not enough room on this device.",
  connection: "The connection broke off.",
  other: "What the host sent is not the book as it was built; if it is being changed, try again in some minutes.",
};

/** @param {Book} book @param {ServiceWorker} worker */
const cacheOf = (book, worker) => book.mine + worker.scriptURL.slice(book.root.length);

/** @param {ServiceWorker|null} worker */
const editionOf = (worker) => worker?.scriptURL.split("?")[0];

/** Begin on a page of a book that is here, or was on its way. @param {Book} book */
export async function visit(book) {
  await tidy(book);
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) {
    const edition = editionOf(serviceWorker.controller);
    serviceWorker.addEventListener("controllerchange", () => {
      if (editionOf(serviceWorker.controller) !== edition) location.reload();
    });
    document.addEventListener("click", (event) => download(book, event));
  }
  if (book.here?.active) forHome(book);
  if (book.here?.installing && book.place) follow(book, !book.here.active);
}

/** A browser asks the host for a download, past the worker; here it comes from the device. @param {Book} book */
async function download({ root }, /** @type {*} */ event) {
  const link = event.target.closest("a[download]");
  if (!link?.href.startsWith(root)) return;
  event.preventDefault();
  const href = URL.createObjectURL(await (await fetch(link.href)).blob());
  Object.assign(document.createElement("a"), { href, download: link.pathname.split("/").at(-1) }).click();
  setTimeout(() => URL.revokeObjectURL(href), SAVED);
}

/** Delete what an interrupted load has left, and a worker whose files the browser has deleted. @param {Book} book */
async function tidy(book) {
  const { here, mine } = book;
  const names = (await caches.keys()).filter((name) => name.startsWith(mine));
  const known = [here?.installing, here?.waiting, here?.active].filter(Boolean).map((worker) => cacheOf(book, worker));
  for (const name of names) if (!known.includes(name)) await caches.delete(name);
  if (here?.active && !names.includes(cacheOf(book, here.active))) await forget(book);
}

/** @param {Book} book */
async function forget(book) {
  await book.here?.unregister();
  book.here = undefined;
  for (const link of document.querySelectorAll("[data-keep]")) link.remove();
}

/** Let the browser put the book on the home screen. @param {Book} book */
function forHome(book) {
  if (document.querySelector("[data-keep]")) return;
  for (const [rel, name] of HOME) {
    const link = Object.assign(document.createElement("link"), { rel, href: book.root + name });
    link.dataset.keep = "";
    document.head.append(link);
  }
  if (!book.place) return;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    book.home = event;
    book.show();
  });
}

/** Say how it went; the button that was pressed may be gone. @param {Book} book @param {string} words */
function say(book, words) {
  const hadFocus = book.place.contains(document.activeElement);
  const status = book.place.querySelector("[role=status]");
  status.textContent = words;
  book.show();
  if (hadFocus) status.focus();
}

/** @param {Book} book @param {string} why @param {boolean} isFirst */
async function fail(book, why, isFirst) {
  book.isAsked = false;
  if (isFirst) await forget(book);
  say(book, `${FAILED[why] ?? FAILED.other} ${isFirst ? "Nothing was kept." : "The book here stays as it is."}`);
}

/** Show how the worker loads the book, until it has or has failed. @param {Book} book @param {boolean} isFirst */
function follow(book, isFirst) {
  const { place, here, offer } = book;
  const worker = here.installing;
  const channel = new BroadcastChannel(book.mine);
  let why = "";
  const count = (/** @type {number} */ done) => {
    Object.assign(place.querySelector("progress"), { max: offer?.bytes ?? done, value: done });
    place.querySelector("[data-done]").textContent = (done / 1e6).toFixed(1);
  };
  count(0);
  channel.onmessage = ({ data }) => {
    why = data.failed ?? why;
    count(data.done ?? 0);
  };
  worker.addEventListener("statechange", function tell() {
    if (isFirst && worker.state === "installed") worker.postMessage("open"); // nothing of another edition is open
    if (worker.state === "redundant") setTimeout(() => fail(book, why, isFirst), WAIT);
    else if (worker.state !== (isFirst ? "activated" : "installed")) return;
    else done(book);
    worker.removeEventListener("statechange", tell);
    setTimeout(() => channel.close(), WAIT);
  });
}

/** @param {Book} book */
function done(book) {
  book.isAsked = false;
  forHome(book);
  say(book, "All of it has come.");
}

/** Load the book for the first time, or a newer edition of it. @param {Book} book */
async function keep(book) {
  const isFirst = !book.here;
  book.isAsked = true;
  say(book, "The book is being loaded.");
  await book.ask();
  if (!book.offer) return fail(book, "connection", isFirst);
  const { quota = Infinity, usage = 0 } = await navigator.storage?.estimate?.() ?? {};
  if (quota - usage < book.offer.bytes) return fail(book, "room", isFirst);
  try {
    book.here = await register(book, isFirst);
  } catch {
    return fail(book, "other", isFirst);
  }
  follow(book, isFirst);
  book.show();
}

/** @param {Book} book @param {boolean} isFirst */
async function register({ root, offer }, isFirst) {
  const ask = (/** @type {string} */ name) => navigator.serviceWorker.register(root + name, { scope: root });
  const here = await ask(offer.worker);
  // A removed worker whose pages are still open comes back as it was, without its files; under another address it
  // is a new one.
  return isFirst && !here.installing ? ask(`${offer.worker}?${Date.now()}`) : here;
}

/** @param {Book} book */
async function remove(book) {
  await book.ask();
  if (!book.offer && !book.isWarned) {
    book.isWarned = true;
    return say(book, "Without a connection you could not open the book again. To remove it anyway, press once more.");
  }
  await forget(book);
  await tidy(book);
  say(book, "The book is no longer on this device. Your answers still are.");
}

/** @param {Book} book */
async function toHomeScreen(book) {
  await book.home.prompt();
  book.home = null;
  say(book, "");
}

/** Let the newer edition take over; `visit` has the other pages load anew. @param {Book} book */
function open({ here: { waiting } }) {
  waiting?.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
  waiting?.postMessage("open");
}

/** @type {Record<string, (book: Book) => *>} */
const ACTIONS = {
  keep,
  open,
  remove,
  home: toHomeScreen,
  stop: ({ here }) => here.installing?.postMessage("stop"),
};

/** Do what a button says. @param {Book} book @param {string|undefined} name */
export const press = (book, name) => ACTIONS[name ?? ""]?.(book);
