"""How named tuples of arrays show themselves: by shapes, where all the numbers fill pages."""

import numpy as np


def by_shape(cls):
    """Let a named tuple show its arrays as `<3×342>`, and let `f"{it:>60}"` format that."""

    def __repr__(self):  # noqa: N807
        fields = ", ".join(f"{f}={brief(v)}" for f, v in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({fields})"

    cls.__repr__ = __repr__
    cls.__format__ = lambda self, spec: format(str(self), spec)
    return cls


def brief(value):
    """Return what stands for a value: the shape of an array and, if it is not float64, its type."""
    if isinstance(value, np.ndarray) and value.ndim:
        dtype = "" if value.dtype == float else f" {value.dtype}"
        return f"<{'×'.join(map(str, value.shape))}{dtype}>"
    if type(value) is list:
        return f"[{', '.join(map(brief, value))}]"
    return repr(value)
