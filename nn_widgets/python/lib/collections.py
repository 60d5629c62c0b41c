# What MicroPython's own module has not, or has otherwise, of CPython's `collections`.
import ucollections

OrderedDict, namedtuple = ucollections.OrderedDict, ucollections.namedtuple


class Counter(dict):
    def __init__(self, items=()):
        super().__init__()
        self.update(items)

    def __getitem__(self, key):
        return self.get(key, 0)

    def update(self, items=()):
        if isinstance(items, dict):
            for key, n in items.items():
                self[key] = self[key] + n
        else:
            for key in items:
                self[key] = self[key] + 1

    def total(self):
        return sum(self.values())

    def most_common(self, n=None):
        return sorted(self.items(), key=lambda pair: -pair[1])[:n]


class deque:
    def __init__(self, items=(), maxlen=None):
        self._items, self.maxlen = [], maxlen
        self.extend(items)

    def append(self, item):
        self._items.append(item)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[0]

    def appendleft(self, item):
        self._items.insert(0, item)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._items.pop()

    def extend(self, items):
        for item in items:
            self.append(item)

    def pop(self):
        return self._pop(-1)

    def popleft(self):
        return self._pop(0)

    def _pop(self, at):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop(at)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __getitem__(self, at):
        return self._items[at]

    def __repr__(self):
        return f"deque({self._items!r})"
