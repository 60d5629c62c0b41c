"""What every figure is built from: in Python the class and the joiner, in JavaScript the rest."""
