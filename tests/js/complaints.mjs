// What a figure's `validate` says of a state with one thing changed; nothing if it accepts it.

export const complaintOf = (validate, state) => (change) => {
  try {
    validate({ ...state, ...change });
    return "";
  } catch (error) {
    return error.message;
  }
};
