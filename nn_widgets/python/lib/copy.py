"""Copies of lists, tuples, dictionaries, arrays and objects."""


def copy(value):
    if hasattr(value, "__copy__"):
        return value.__copy__()
    if isinstance(value, (list, dict, set)):
        return value.copy()
    if isinstance(value, tuple) or not hasattr(value, "__dict__"):
        return value
    out = object.__new__(type(value))
    for name, part in value.__dict__.items():
        setattr(out, name, part)
    return out


def deepcopy(value, memo=None):
    memo = {} if memo is None else memo
    if id(value) in memo:
        return memo[id(value)]
    if hasattr(value, "__deepcopy__"):
        out = value.__deepcopy__(memo)
    elif isinstance(value, list):
        out = memo[id(value)] = []
        out.extend([deepcopy(item, memo) for item in value])
    elif isinstance(value, tuple):
        items = [deepcopy(item, memo) for item in value]
        out = tuple(items) if type(value) is tuple else type(value)(*items)
    elif isinstance(value, dict):
        out = {key: deepcopy(item, memo) for key, item in value.items()}
    elif isinstance(value, set) or not hasattr(value, "__dict__") or isinstance(value, type):
        out = copy(value) if isinstance(value, set) else value
    else:
        out = memo[id(value)] = object.__new__(type(value))
        for name, part in value.__dict__.items():
            setattr(out, name, deepcopy(part, memo))
    memo[id(value)] = out
    return out
