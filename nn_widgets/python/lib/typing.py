"""Names for annotations, which MicroPython does not read; `rewrite.js` deals with NamedTuple."""

from collections import namedtuple


class _Any:
    def __getitem__(self, item):
        return self

    def __or__(self, other):
        return self

    __ror__ = __or__


def NamedTuple(name, fields):
    return namedtuple(name, [field[0] for field in fields])


def TypeVar(name, *bounds):
    return name


def __getattr__(name):
    return _Any()
