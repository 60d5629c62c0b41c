// The first thing a reader moves: a bird to choose, the network's answer, a press that trains it.

import { announcer } from "../../kit/announce.js";
import { button } from "../../kit/controls.js";
import { redrawer, runLoop } from "../../kit/frame.js";
import { follow, update } from "../../kit/model.js";
import { prefersStill, watchTheme, watchWidth } from "../../kit/page.js";
import { html, setText } from "../../kit/svg.js";
import { makePass, makeTrainer, layersFromNested } from "../../maths/nn.js";
import { penguinData } from "../../maths/penguins.js";
import { answerTable } from "./answer.js";
import { birdMap } from "./bird_map.js";

const STEPS = 2000;
const ALPHA = 1;
const NEXT = 89; // birds on to the next one: every bird comes, and neighbours are unlike
const GROWTH = 25; // the run takes one step in a frame, then one more for each 25 taken

/** @typedef {{bird: number, steps: number}} State */
/**
 * @typedef {{birds: import("../../maths/penguins.js").Birds, species: string[],
 *   network: import("../../maths/parameters.js").Nested[]}} Data
 */

/** @param {import("../../kit/home.js").Context<State, Data>} context */
function render({ model, el, data }) {
  const { x, y } = penguinData(data.birds);
  const start = layersFromNested(data.network);
  const kinds = data.birds.species;
  const pass = makePass(start, x);
  let trainer = makeTrainer(start, x, y);
  let taken = 0;

  /** Take the network to the step that is asked for; going back begins again. @param {number} steps */
  const reach = (steps) => {
    if (steps < taken) {
      trainer = makeTrainer(start, x, y);
      taken = 0;
    }
    for (; taken < steps; taken += 1) trainer.step(ALPHA);
  };

  const map = birdMap({ birds: data.birds, onPick: (bird) => update(model, { bird }) });
  const answer = answerTable(data.species);
  const train = button("Train it", () => {
    if (loop.running()) loop.pause();
    else begin();
    frame.ask();
  }, { class: "nn-button nn-learn-train" });
  const another = button("Another bird", () => update(model, { bird: (model.get("bird") + NEXT) % kinds.length }));
  const score = html("p", { class: "nn-learn-score nn-figures" });
  el.append(
    html("p", { class: "nn-learn-ask" }, "Which species has this bill? Choose a bird, and see what the network says."),
    html("div", { class: "nn-learn" }, map.node,
      html("div", {}, answer.node, html("div", { class: "nn-buttons" }, train, another), score)),
  );

  const now = () => {
    reach(model.get("steps"));
    const { p } = pass(trainer.layers);
    /** @param {number} k @param {number} i */
    const share = (k, i) => p.data[k * p.cols + i];
    const said = kinds.map((_, i) => [0, 1, 2].reduce((best, k) => (share(k, i) > share(best, i) ? k : best), 0));
    return { share, said, right: said.filter((kind, i) => kind === kinds[i]).length };
  };

  const draw = () => {
    const bird = model.get("bird");
    const { share, right } = now();
    map.draw(trainer.layers, bird);
    answer.draw([0, 1, 2].map((k) => share(k, bird)), kinds[bird], data.birds.x.map((row) => row[bird]));
    const steps = model.get("steps");
    setText(score, `${steps ? `After ${steps.toLocaleString("en-GB")} of 2,000 steps` : "Before training"} it names ` +
      `${right} of ${kinds.length} birds rightly.`);
    setText(train, loop.running() ? "Pause" : steps === STEPS ? "Train it again" : steps ? "Go on" : "Train it");
  };
  const frame = redrawer(draw);
  const voice = announcer(el);
  const speak = () => {
    draw(); // what is said is what is seen, and that comes with the next frame
    voice.say(`${answer.words()} ${score.textContent}`);
  };

  const loop = runLoop(el, () => {
    const steps = model.get("steps");
    // Without motion there is nothing to watch on the way.
    const next = prefersStill() ? STEPS : Math.min(STEPS, steps + 1 + Math.floor(steps / GROWTH));
    const done = next === STEPS;
    if (done) loop.pause();
    update(model, { steps: next });
    if (done) speak();
    return !done;
  });
  const begin = () => {
    if (model.get("steps") === STEPS) update(model, { steps: 0 });
    loop.start();
  };

  model.on("change:bird", speak);
  const ends = [
    watchWidth(map.node, (width) => { map.fit(width); frame.ask(); }),
    watchTheme(() => { map.recolour(); frame.ask(); }),
    follow(model, ["bird", "steps"], frame.ask),
    () => model.off("change:bird", speak),
    loop.stop, frame.stop, voice.stop,
  ];
  draw();
  return () => ends.forEach((end) => end());
}

export default { render };
