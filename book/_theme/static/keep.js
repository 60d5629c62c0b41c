// Keep this book on this device: what every page knows of it. Until the reader presses the button nothing is
// registered, stored or put on offer for the home screen; what the press does is in `keeping.js`. The name of the
// worker is the edition: `keep.json` says which one the host has, and if another is here, the page says so.

{
  const root = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const place = document.getElementById("keep");
  const link = document.createElement("a");
  const book = {
    root,
    place,
    mine: `book ${root} `, // how the names of this book's caches begin; the worker knows it too
    /** @type {ServiceWorkerRegistration|undefined} */
    here: undefined,
    /** @type {{worker: string, bytes: number}|null} what the host has */
    offer: null,
    /** @type {*} the browser's own offer of a place on the home screen */
    home: null,
    isAsked: false, // and not yet begun
    ask,
    show,
  };

  function state() {
    const { here, offer, isAsked } = book;
    if (isAsked || here?.installing || (here?.waiting && !here.active)) return "coming";
    if (!here?.active) return offer && "offered";
    if (here.waiting) return "ready";
    return offer && !here.active.scriptURL.startsWith(root + offer.worker) ? "newer" : "kept";
  }

  /** In the box of the start page, or at the foot of another. */
  function show() {
    const now = state();
    const { here, home, offer } = book;
    const way = home ? "home" : !matchMedia("(display-mode: standalone)").matches && "menu";
    const words = [now, here?.installing && "stop", here?.active && way];
    for (const part of place?.querySelectorAll("[data-when]") ?? []) {
      const { when } = /** @type {HTMLElement} */ (part).dataset;
      part.toggleAttribute("hidden", !when?.split(" ").some((word) => words.includes(word)));
    }
    for (const span of place?.querySelectorAll("[data-size]") ?? []) {
      span.textContent = offer && (offer.bytes / 1e6).toFixed(1);
    }
    if (place) place.hidden = !now && !place.querySelector("[role=status]")?.textContent;
    link.textContent = now === "newer" ? "A newer edition of this book is there"
      : here?.active ? "This book is on this device" : "Keep this book on this device";
  }

  /** Ask the host which edition it has. */
  async function ask() {
    const asked = navigator.onLine ? fetch(`${root}keep.json`, { cache: "no-store" }) : null;
    const answer = await asked?.catch(() => /** @type {Response|null} */ (null));
    book.offer = answer?.status === 200 ? await answer.json() : null;
  }

  let tries = 0; // a browser does not ask twice for a module that did not come
  const keeping = () => import(`${root}_static/keeping.js?v=${book.offer?.worker}&${tries}`);

  /** @param {*} event on a button */
  async function press({ target }) {
    const name = target.dataset.do;
    if (!name) return;
    const module = await keeping().catch(() => {});
    if (module) return module.press(book, name);
    tries += 1;
    const status = /** @type {Element} */ (place?.querySelector("[role=status]"));
    status.textContent = "There is no connection. Nothing has changed.";
  }

  async function start() {
    if (!isSecureContext || !location.protocol.startsWith("http")) return;
    const found = await navigator.serviceWorker.getRegistration(root);
    if (found?.scope === root) book.here = found;
    if (place || book.here) await ask();
    const isLeft = book.here || (place && (await caches.keys()).some((name) => name.startsWith(book.mine)));
    if (isLeft) await (await keeping()).visit(book);
    place?.addEventListener("click", press);
    if (!place) {
      const brand = /** @type {HTMLAnchorElement} */ (document.querySelector(".sidebar-brand"));
      Object.assign(link, { href: `${brand.href}#keep`, className: "nn-keep-link" });
      document.querySelector(".bottom-of-page .left-details")?.append(link);
    }
    show();
    if (location.hash === "#keep") dispatchEvent(new HashChangeEvent("hashchange")); // now it can land
  }

  start().catch(() => {}); // a frame without storage, a browser without workers: the book is read as before
}
