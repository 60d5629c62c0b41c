// What the page and the reader ask for: scheme, motion, visibility. Each watcher returns a function
// that stops it.

const DARK = "(prefers-color-scheme: dark)";
const STILL = "(prefers-reduced-motion: reduce)";

/** Whether the page is dark now: Furo's switch, JupyterLab's theme, or the system's. */
export function isDark() {
  const { theme, jpThemeLight } = document.body.dataset;
  if (jpThemeLight) return jpThemeLight === "false";
  if (theme === "dark" || theme === "light") return theme === "dark";
  return matchMedia(DARK).matches;
}

/**
 * Call back when the page turns dark or light: only for what CSS variables cannot reach, a canvas.
 * @param {(dark: boolean) => void} callback
 */
export function watchTheme(callback) {
  const tell = () => callback(isDark());
  const observer = new MutationObserver(tell);
  observer.observe(document.body, { attributeFilter: ["data-theme", "data-jp-theme-light"] });
  const query = matchMedia(DARK);
  query.addEventListener("change", tell);
  return () => {
    observer.disconnect();
    query.removeEventListener("change", tell);
  };
}

/** Whether the reader asked for less motion. */
export function prefersStill() {
  return matchMedia(STILL).matches;
}

/**
 * Call back with whether an element can be seen: on screen and its tab in front.
 * @param {Element} el
 * @param {(visible: boolean) => void} callback
 */
export function watchVisible(el, callback) {
  let near = false;
  const tell = () => callback(near && document.visibilityState === "visible");
  // On a busy page it may have left and come back before anybody is told: the last news counts.
  const observer = new IntersectionObserver((news) => { near = news[news.length - 1].isIntersecting; tell(); });
  observer.observe(el);
  document.addEventListener("visibilitychange", tell);
  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", tell);
  };
}

/**
 * Call back with an element's width whenever it changes, and once at the start. It waits for the next
 * frame: what is drawn makes the element higher, and a size that changes while sizes are told is an error.
 * @param {Element} el
 * @param {(width: number) => void} callback
 */
export function watchWidth(el, callback) {
  let [last, frame] = [-1, 0];
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    cancelAnimationFrame(frame);
    if (width > 0 && width !== last) frame = requestAnimationFrame(() => callback(last = width));
  });
  observer.observe(el);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}

/** A CSS variable's value, for a canvas. @param {Element} el @param {string} name */
export function cssValue(el, name) {
  return getComputedStyle(el).getPropertyValue(name).trim();
}
