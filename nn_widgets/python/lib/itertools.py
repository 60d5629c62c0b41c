"""The iterators of the standard library that the book and its readers use."""


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(items):
    items = list(items)
    while items:
        yield from items


def repeat(item, times=None):
    if times is None:
        while True:
            yield item
    for _ in range(times):
        yield item


class chain:
    def __init__(self, *iterables):
        self._items = (item for one in iterables for item in one)

    def __iter__(self):
        return self._items

    def __next__(self):
        return next(self._items)

    @staticmethod
    def from_iterable(iterables):
        return (item for one in iterables for item in one)


def islice(items, *limits):
    start, stop, step = (0, limits[0], 1) if len(limits) == 1 else (limits + (1,))[:3]
    wanted = start or 0
    for k, item in enumerate(items):
        if stop is not None and k >= stop:
            return
        if k == wanted:
            yield item
            wanted += step or 1


def accumulate(items, function=None, initial=None):
    total = initial
    if initial is not None:
        yield total
    for item in items:
        total = item if total is None else function(total, item) if function else total + item
        yield total


def pairwise(items):
    last, first = None, True
    for item in items:
        if not first:
            yield last, item
        last, first = item, False


def product(*iterables, repeat=1):
    rows = [()]
    for one in [list(one) for one in iterables] * repeat:
        rows = [row + (item,) for row in rows for item in one]
    return iter(rows)


def zip_longest(*iterables, fillvalue=None):
    lists = [list(one) for one in iterables]
    for k in range(max([len(one) for one in lists], default=0)):
        yield tuple([one[k] if k < len(one) else fillvalue for one in lists])


def starmap(function, items):
    return (function(*item) for item in items)


def takewhile(test, items):
    for item in items:
        if not test(item):
            return
        yield item


def combinations(items, r):
    items = list(items)
    if r == 0:
        yield ()
        return
    for k, item in enumerate(items):
        for rest in combinations(items[k + 1 :], r - 1):
            yield (item,) + rest


def permutations(items, r=None):
    items = list(items)
    if r == 0 or (r is None and not items):
        yield ()
        return
    for k, item in enumerate(items):
        for rest in permutations(items[:k] + items[k + 1 :], None if r is None else r - 1):
            yield (item,) + rest
