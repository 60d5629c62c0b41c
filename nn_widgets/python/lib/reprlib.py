"""Short texts for long values."""


def repr(value):
    """Return what Python writes for a value, cut in the middle if it is long."""
    text = value.__repr__() if hasattr(value, "__repr__") else str(value)
    return text if len(text) <= 30 else text[:13] + "..." + text[-14:]
