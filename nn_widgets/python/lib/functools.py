"""The functions on functions that the book and its readers use."""


def wraps(wrapped):
    return lambda function: function


def reduce(function, items, *start):
    items = iter(items)
    total = start[0] if start else next(items)
    for item in items:
        total = function(total, item)
    return total


def partial(function, *first, **fixed):
    def call(*rest, **more):
        named = fixed.copy()
        named.update(more)
        return function(*first, *rest, **named)

    return call


def cache(function):
    known = {}

    def call(*arguments):
        if arguments not in known:
            known[arguments] = function(*arguments)
        return known[arguments]

    return call


def lru_cache(size=None):
    return cache(size) if callable(size) else cache
