// Light, dark, or as the system says: set before anything is drawn, from a file, because a site may
// forbid scripts in the page. Where storage is denied the page is as the system says.
// A fetch for the fonts of the formulas starts here too; from disk it would be another origin's.

{
  let theme = "auto";
  try {
    theme = localStorage.getItem("theme") ?? theme;
  } catch {
    // no storage: a sandboxed frame, cookies switched off
  }
  // Forced colours have a light or a dark ground of their own, and drawings must suit it.
  if (matchMedia("(forced-colors: active)").matches) theme = "auto";
  document.documentElement.classList.remove("no-js");
  document.body.dataset.theme = ["light", "dark"].includes(theme) ? theme : "auto";

  const { fonts } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  if (fonts && location.protocol !== "file:") {
    for (const href of fonts.split(" ")) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
      document.head.append(link);
    }
  }
}
