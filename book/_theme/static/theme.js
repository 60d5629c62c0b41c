// Light, dark, or as the system says: set before anything is drawn, from a file, because a site may
// forbid scripts in the page; and again when it comes back from the browser's cache of pages. Where
// storage is denied the page is as the system says, or as it was.
// A fetch for the fonts of the formulas starts here too; from disk it would be another origin's.

{
  const setTheme = () => {
    let theme = document.body.dataset.theme ?? "auto";
    try {
      theme = localStorage.getItem("theme") ?? "auto";
    } catch {
      // no storage: a sandboxed frame, cookies switched off
    }
    // Forced colours have a light or a dark ground of their own, and drawings must suit it.
    if (matchMedia("(forced-colors: active)").matches) theme = "auto";
    document.body.dataset.theme = ["light", "dark"].includes(theme) ? theme : "auto";
  };
  setTheme();
  addEventListener("pageshow", ({ persisted }) => persisted && setTheme());
  document.documentElement.classList.remove("no-js");

  const { fonts } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  if (fonts && location.protocol !== "file:") {
    for (const href of fonts.split(" ")) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
      document.head.append(link);
    }
  }
}
