// Tasks in the page before they are started: a button, and a word if a program is kept. All else is loaded on Start.

import { bookOf, CHANGED, prefixOf, programOf } from "../quiz/book.js";

/**
 * @param {Document} page
 * @param {{base: string, scripts: string[], tasks: Record<string, string>}} files what Start loads, Python first
 */
export function wake(page, { base, scripts, tasks }) {
  /** @type {NodeListOf<HTMLElement>} */
  const hosts = page.querySelectorAll("section.nn-task");
  for (const host of hosts) {
    const { task } = host.dataset;
    const status = page.createElement("p");
    status.className = "nn-task-status";
    status.setAttribute("role", "status");
    const tell = () => {
      status.textContent = kept(page, task) ? "Your program is kept in this browser: Start opens it." : "";
    };
    tell();
    const start = page.createElement("button");
    start.type = "button";
    start.className = "nn-button";
    start.textContent = "Start";
    start.addEventListener("click", async () => {
      start.disabled = true;
      status.textContent = "Python is being started.";
      try {
        const [python, ...others] = [...scripts, tasks[task]].map((name) => load(page, new URL(name, base).href));
        const engine = python.then(() => window.nnPython.start()); // in its worker, while the rest comes
        engine.catch(() => {}); // it is said below
        await Promise.all(others);
        await window.nnModules["tasks/workshop.js"].open(host, window.nnTasks[task], engine);
        start.remove();
        status.remove();
      } catch (error) {
        start.disabled = false;
        if (page.activeElement === page.body) start.focus({ preventScroll: true }); // it fell there from the button
        status.textContent = error instanceof Error && error.message ? error.message : String(error);
      }
    });
    page.addEventListener(CHANGED, (event) => event.detail === null && !start.disabled && tell());
    host.querySelector(".nn-late")?.remove();
    host.append(start, status);
  }
}

/** @param {Document} page @param {string} task */
function kept(page, task) {
  try {
    return localStorage.getItem(prefixOf(bookOf(page)) + programOf(task)) !== null;
  } catch {
    return false;
  }
}

/** @type {Map<string, Promise<unknown>>} */
const loaded = new Map();

/** Load a script once; one that does not come may be asked for again. @param {Document} page @param {string} url */
function load(page, url) {
  if (!loaded.has(url)) {
    loaded.set(url, new Promise((resolve, reject) => {
      const script = page.createElement("script");
      script.src = url;
      script.async = false; // in the order of asking: the first can start while the next are read
      script.onload = () => resolve(null);
      script.onerror = () => {
        loaded.delete(url);
        script.remove();
        reject(new Error("A file that this needs could not be loaded. Press Start again."));
      };
      page.head.append(script);
    }));
  }
  return loaded.get(url);
}
