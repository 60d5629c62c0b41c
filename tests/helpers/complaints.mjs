// What a page says of its state with one thing changed; nothing if it accepts it.
import { checkState } from "../../nn_widgets/kit/choices.js";

export const complaintOf = (widget, page) => (change) => {
  try {
    checkState({ ...page.state, ...change }, page, widget.rules);
    return "";
  } catch (error) {
    return error.message;
  }
};
