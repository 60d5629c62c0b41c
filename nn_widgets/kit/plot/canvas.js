// A canvas in the page's pixels: sharp on a dense screen, and one unit to a pixel all the same.

/** @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
export function fitCanvas(canvas, width, height) {
  const sharp = Math.min(devicePixelRatio || 1, 2);
  Object.assign(canvas, { width: width * sharp, height: height * sharp });
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  canvas.getContext("2d").setTransform(sharp, 0, 0, sharp, 0, 0);
}

/** Its context, with nothing drawn yet. @param {HTMLCanvasElement} canvas */
export function cleared(canvas) {
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  return context;
}
