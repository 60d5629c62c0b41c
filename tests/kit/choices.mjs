// Says what each figure's page answers to changes of its state: for test_choices.py.
import { readFileSync } from "node:fs";
import { complaintOf } from "../helpers/complaints.mjs";

const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = {};
for (const [stem, { page, changes }] of Object.entries(asked)) {
  const { default: widget } = await import(`../../nn_widgets/figures/${stem}/${stem}.js`);
  answers[stem] = ["{}", ...changes].map((text) => complaintOf(widget, page)(JSON.parse(text)));
}
process.stdout.write(JSON.stringify(answers));
