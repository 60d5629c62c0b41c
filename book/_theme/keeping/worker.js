// What serves a kept book. `keep.py` writes Workbox and `BOOK`, the list of the book's files, before this text, and
// names the whole after its content: one name is one edition, for good. The browser installs it when the reader asks
// for the book, or for a newer edition, and never else: a host that has a newer one has it under another name.

{
  const { NetworkOnly, PrecacheController, PrecacheRoute, Route, registerRoute } = /** @type {*} */ (self).workbox;
  /** @type {{name: string, files: [string, number, string][]}} `files`: address, bytes, SHA-256 in base 64 */
  const { name, files } = /** @type {*} */ (self).BOOK;
  const worker = /** @type {*} */ (self);
  const { scope } = worker.registration;
  const mine = `book ${scope} `; // how the name of each cache of this book begins; `keep.js` knows it too
  const cacheName = mine + name + worker.location.search; // behind the question mark: which time it is kept
  const newest = `${scope}keep.json`;
  const bytes = new Map(files.map(([address, size]) => [new URL(address, scope).href, size]));
  const channel = new BroadcastChannel(mine);
  let done = 0;
  let stopped = false;

  /** Count what has come, and stop where the reader asked for it. */
  const counted = {
    requestWillFetch: async (/** @type {{request: Request}} */ { request }) => {
      if (stopped) throw new Error("stopped");
      return request;
    },
    handlerDidRespond: async (/** @type {{request: Request}} */ { request }) => {
      done += bytes.get(request.url) ?? 0;
      channel.postMessage({ done });
    },
  };
  const controller = new PrecacheController({ cacheName, plugins: [counted], fallbackToNetwork: false });
  // A file that is not the one of this edition does not come in: the browser compares it with its hash.
  controller.addToCacheList(
    files.map(([url, , hash]) => ({ url, revision: hash, integrity: `sha256-${hash}` })),
  );

  // ---- Keep: all of the book, or nothing ----

  /** Names of the caches of this book's other editions. */
  const others = async () => (await caches.keys()).filter((key) => key.startsWith(mine) && key !== cacheName);

  /** Take from an older edition what has not changed since. */
  async function reuse() {
    const cache = await caches.open(cacheName);
    for (const older of await Promise.all((await others()).map((key) => caches.open(key)))) {
      for (const key of controller.getURLsToCacheKeys().values()) {
        const same = await older.match(key, { ignoreVary: true });
        if (same) await cache.put(key, same);
      }
    }
  }

  /** Why a book could not be kept, in a word that `keep.js` has a sentence for. @param {Error} error */
  async function reason(error) {
    if (stopped) return "stopped";
    if (error.name === "QuotaExceededError") return "room";
    const host = await fetch(newest, { cache: "no-store" }).catch(() => /** @type {Response|null} */ (null));
    return host ? "other" : "connection";
  }

  worker.addEventListener("install", (/** @type {*} */ event) => {
    const all = reuse().then(() => controller.install(event));
    event.waitUntil(all.catch(async (error) => {
      await caches.delete(cacheName);
      channel.postMessage({ failed: await reason(error) });
      throw error;
    }));
  });

  worker.addEventListener("activate", (/** @type {*} */ event) => {
    event.waitUntil(others().then((keys) => Promise.all(keys.map((key) => caches.delete(key)))));
  });

  worker.addEventListener("message", (/** @type {*} */ { data }) => {
    if (data === "stop") stopped = true;
    if (data === "open") worker.skipWaiting();
  });

  // ---- Serve: what is kept from the device, all else from the host ----

  /** Whatever stands behind the question mark, and however a host writes an address: `book/`, `book/index`. */
  const { match } = new PrecacheRoute(controller, { ignoreURLParametersMatching: [/./] });

  /**
   * A page that came from the host, being of no kept edition, gets all that it asks for from there.
   * @param {{request: Request, clientId: string}} event
   */
  async function isFromHost({ request, clientId }) {
    const page = request.mode !== "navigate" && clientId && await worker.clients.get(clientId);
    return page && page.url.startsWith(scope) && !match({ request: page });
  }

  /**
   * Where the reader has removed the book, or the browser has, the cache is gone, and is not made again.
   * @param {{event: {request: Request, clientId: string}, request: Request, params: {cacheKey: string}}} asked
   */
  async function answer({ event, request, params }) {
    const kept = await isFromHost(event) ? null : await caches.match(params.cacheKey, { cacheName, ignoreVary: true });
    return kept ?? fetch(request);
  }

  registerRoute(new Route(match, { handle: answer }));

  // Which edition the host has. Where there is no connection the page hears nothing, and its console has no error.
  const nothing = { handlerDidError: async () => new Response(null, { status: 204 }) };
  registerRoute(new Route(
    (/** @type {{url: URL}} */ { url }) => url.href === newest,
    new NetworkOnly({ plugins: [nothing], fetchOptions: { cache: "no-store" } }),
  ));
}
