"""NumPy, as much of it as the book needs: arrays of up to two dimensions, in double precision.

The numbers lie in JavaScript (`array.js` and its neighbours), which does all that goes over
entries; here stand NumPy's names, its operators and what it takes as arguments.
"""

import js
import math
from array import array as _memory
from uctypes import addressof as _addressof

_js = js.nnBridge
_binary = _js("binary")
_number = _js("number")
_in_place = _js("inPlace")
_in_place_number = _js("inPlaceNumber")
_in_place_product = _js("inPlaceProduct")
_unary_of = _js("unary")
_unary_number = _js("unaryNumber")
_matmul = _js("matmul")
_reduce_of = _js("reduce")
_element = _js("element")
_get = _js("get")
_set = _js("set")
_set_number = _js("setNumber")
_transpose = _js("transpose")
_ndim, _rows, _cols, _size, _kind = (_js(name) for name in ("ndim", "rows", "cols", "size", "kind"))
_load = _js("load")
_fault_type, _fault_text = _js("faultType"), _js("faultText")
_JsProxy = type(_binary)

_any, _max, _min = any, max, min
_slot = _memory("d", [0.0])
_js("start")(_addressof(_slot))

inf = float("inf")
nan = float("nan")
pi = math.pi
e = math.e
newaxis = None
_BOOL, _INT, _FLOAT = 0, 1, 2
_LARGEST = 2**53


class AxisError(ValueError):
    pass


_FAULTS = {
    "ValueError": ValueError,
    "TypeError": TypeError,
    "IndexError": IndexError,
    "MemoryError": MemoryError,
    "OverflowError": OverflowError,
    "NotImplementedError": NotImplementedError,
    "AxisError": AxisError,
}


def _out(r):
    # An array, or the number that waits in the slot.
    if type(r) is _JsProxy:
        a = _new(ndarray)
        a._a = r
        return a
    if r == 1:
        return _slot[0]
    if r == 2:
        return int(_slot[0])
    if r == 3:
        return _slot[0] != 0
    if r == 0:
        return None
    raise _FAULTS[_fault_type()](_fault_text())


class dtype:
    def __init__(self, name, kind, order):
        self.name, self.kind, self._order = name, kind, order
        self.itemsize = 8 if order else 1

    def __eq__(self, other):
        try:
            return self is _dtype_of(other)
        except TypeError:
            return False

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return self._order

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name


_DTYPES = [dtype("bool", "b", 0), dtype("int64", "i", 1), dtype("float64", "f", 2)]
float64, int64, bool_ = float, int, bool
_NAMED = {
    float: 2,
    int: 1,
    bool: 0,
    "float64": 2,
    "float": 2,
    "f8": 2,
    "int64": 1,
    "int": 1,
    "bool": 0,
}


class floating:
    pass


class integer:
    pass


def _dtype_of(wanted):
    if isinstance(wanted, dtype):
        return wanted
    if wanted in _NAMED:
        return _DTYPES[_NAMED[wanted]]
    raise TypeError(f"in the page, numbers are float64, int64 or bool, not {wanted!r}")


def _kind_of(wanted):
    return _dtype_of(wanted)._order


def _whole(number):
    if not -_LARGEST <= number <= _LARGEST:
        raise OverflowError(
            "whole numbers in the page's arrays reach 2**53: use floats, such as 2.0"
        )
    return float(number)


def _mixed(op, a, b, reflected):
    # a op b, or b op a, where b is no array.
    t = type(b)
    if t is float:
        return _out(_number(op, a._a, b, 2, reflected))
    if t is int:
        return _out(_number(op, a._a, _whole(b), 1, reflected))
    if t is bool:
        return _out(_number(op, a._a, 1.0 if b else 0.0, 0, reflected))
    if not isinstance(b, (list, tuple, range)):
        return NotImplemented
    b = array(b)
    return _out(_binary(op, b._a, a._a) if reflected else _binary(op, a._a, b._a))


def _compare(op, a, b):
    out = _mixed(op, a, b, False)
    if out is not NotImplemented:
        return out
    if op < 16:
        words = ("<", "<=", ">", ">=")[op - 12]
        raise TypeError(
            f"'{words}' not supported between instances of 'ndarray' and '{type(b).__name__}'"
        )
    return full(a.shape, op == 17, dtype=bool)


def _change(op, a, b):
    # a op= b, in a's own places.
    t = type(b)
    if t is ndarray:
        r = _in_place(op, a._a, b._a)
    elif t is float:
        r = _in_place_number(op, a._a, b, 2)
    elif t is int:
        r = _in_place_number(op, a._a, _whole(b), 1)
    elif t is bool or isinstance(b, (list, tuple, range)):
        r = _in_place(op, a._a, array(b)._a)
    else:
        return NotImplemented
    if type(r) is not _JsProxy and r != 0:
        _out(r)
    return a


def _product(a, b):
    if type(a) is not ndarray:
        if not isinstance(a, (list, tuple, range, int, float, bool)):
            return NotImplemented
        a = asarray(a)
    if type(b) is not ndarray:
        if not isinstance(b, (list, tuple, range, int, float, bool)):
            return NotImplemented
        b = asarray(b)
    return _out(_matmul(a._a, b._a))


def _part(codes, k):
    t = type(k)
    if t is int:
        if not -_LARGEST < k < _LARGEST:
            raise IndexError(f"index {k} is out of bounds")
        codes.append("at")
        codes.append(float(k))
    elif t is slice:
        codes.append("slice")
        for v in (k.start, k.stop, k.step):
            codes.append(None if v is None else _position(v))
    elif k is None:
        codes.append("new")
    elif k is Ellipsis:
        codes.append("rest")
    elif t is ndarray:
        if k.ndim == 0 and _kind(k._a) == _INT:
            codes.append("at")
            codes.append(float(k.item()))
        else:
            codes.append(k._a)
    elif t is list or t is tuple or t is range:
        codes.append((array(k) if len(k) else zeros(0, dtype=int))._a)
    elif t is bool:
        raise NotImplementedError("in the page an array has no index True or False")
    else:
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or "
            "boolean arrays are valid indices"
        )


def _position(v):
    if type(v) is ndarray and v.ndim == 0:
        v = v.item()
    if type(v) is not int:
        raise TypeError("slice indices must be integers or None or have an __index__ method")
    return float(_max(_min(v, _LARGEST), -_LARGEST))


def _codes(key):
    codes = []
    if type(key) is tuple:
        for k in key:
            _part(codes, k)
    else:
        _part(codes, key)
    return codes


class ndarray:
    def __add__(self, other):
        if type(other) is ndarray:
            return _out(_binary(0, self._a, other._a))
        return _mixed(0, self, other, False)

    def __radd__(self, other):
        return _mixed(0, self, other, True)

    def __iadd__(self, other):
        return _change(0, self, other)

    def __sub__(self, other):
        if type(other) is ndarray:
            return _out(_binary(1, self._a, other._a))
        return _mixed(1, self, other, False)

    def __rsub__(self, other):
        return _mixed(1, self, other, True)

    def __isub__(self, other):
        return _change(1, self, other)

    def __mul__(self, other):
        if type(other) is ndarray:
            return _out(_binary(2, self._a, other._a))
        return _mixed(2, self, other, False)

    def __rmul__(self, other):
        return _mixed(2, self, other, True)

    def __truediv__(self, other):
        if type(other) is ndarray:
            return _out(_binary(3, self._a, other._a))
        return _mixed(3, self, other, False)

    def __rtruediv__(self, other):
        return _mixed(3, self, other, True)

    def __floordiv__(self, other):
        if type(other) is ndarray:
            return _out(_binary(4, self._a, other._a))
        return _mixed(4, self, other, False)

    def __rfloordiv__(self, other):
        return _mixed(4, self, other, True)

    def __mod__(self, other):
        if type(other) is ndarray:
            return _out(_binary(5, self._a, other._a))
        return _mixed(5, self, other, False)

    def __rmod__(self, other):
        return _mixed(5, self, other, True)

    def __pow__(self, other):
        if type(other) is ndarray:
            return _out(_binary(6, self._a, other._a))
        return _mixed(6, self, other, False)

    def __rpow__(self, other):
        return _mixed(6, self, other, True)

    def __matmul__(self, other):
        if type(other) is ndarray:
            return _out(_matmul(self._a, other._a))
        return _product(self, other)

    def __rmatmul__(self, other):
        return _product(other, self)

    def __and__(self, other):
        if type(other) is ndarray:
            return _out(_binary(9, self._a, other._a))
        return _mixed(9, self, other, False)

    def __rand__(self, other):
        return _mixed(9, self, other, True)

    def __or__(self, other):
        if type(other) is ndarray:
            return _out(_binary(10, self._a, other._a))
        return _mixed(10, self, other, False)

    def __ror__(self, other):
        return _mixed(10, self, other, True)

    def __xor__(self, other):
        if type(other) is ndarray:
            return _out(_binary(11, self._a, other._a))
        return _mixed(11, self, other, False)

    def __rxor__(self, other):
        return _mixed(11, self, other, True)

    def __lt__(self, other):
        if type(other) is ndarray:
            return _out(_binary(12, self._a, other._a))
        return _compare(12, self, other)

    def __le__(self, other):
        if type(other) is ndarray:
            return _out(_binary(13, self._a, other._a))
        return _compare(13, self, other)

    def __gt__(self, other):
        if type(other) is ndarray:
            return _out(_binary(14, self._a, other._a))
        return _compare(14, self, other)

    def __ge__(self, other):
        if type(other) is ndarray:
            return _out(_binary(15, self._a, other._a))
        return _compare(15, self, other)

    def __eq__(self, other):
        if type(other) is ndarray:
            return _out(_binary(16, self._a, other._a))
        return _compare(16, self, other)

    def __ne__(self, other):
        if type(other) is ndarray:
            return _out(_binary(17, self._a, other._a))
        return _compare(17, self, other)

    def __hash__(self):
        raise TypeError("unhashable type: 'numpy.ndarray'")

    def __neg__(self):
        return _out(_unary_of("negative", self._a))

    def __pos__(self):
        return _out(_unary_of("positive", self._a))

    def __abs__(self):
        return _out(_unary_of("absolute", self._a))

    def __invert__(self):
        return _out(_unary_of("invert", self._a))

    @property
    def shape(self):
        n = _ndim(self._a)
        if n == 2:
            return (_rows(self._a), _cols(self._a))
        return (_rows(self._a),) if n == 1 else ()

    @shape.setter
    def shape(self, shape):
        raise AttributeError("in the page a shape is not set: write a = a.reshape(…)")

    @property
    def ndim(self):
        return _ndim(self._a)

    @property
    def size(self):
        return _size(self._a)

    @property
    def dtype(self):
        return _DTYPES[_kind(self._a)]

    @property
    def T(self):
        return _array(_transpose(self._a))

    @property
    def flat(self):
        return iter(self.ravel())

    def __len__(self):
        if _ndim(self._a) == 0:
            raise TypeError("len() of unsized object")
        return _rows(self._a)

    def __iter__(self):
        if _ndim(self._a) == 0:
            raise TypeError("iteration over a 0-d array")
        if _ndim(self._a) == 1:
            return iter(self.tolist())
        return (self[k] for k in range(len(self)))

    def __contains__(self, value):
        return bool((self == value).any())

    def __bool__(self):
        n = _size(self._a)
        if n != 1:
            raise ValueError(
                "The truth value of an array with more than one element is ambiguous. "
                "Use a.any() or a.all()"
                if n
                else "The truth value of an empty array is ambiguous. Use `array.size > 0` to "
                "check that an array is not empty."
            )
        return bool(self.item())

    # No __float__: MicroPython would take it for `2.0 * a`, and never ask __rmul__.

    def item(self, *place):
        if place:
            return self[place[0] if len(place) == 1 and type(place[0]) is tuple else place]
        if _size(self._a) != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return _out(_first(self._a))

    def __getitem__(self, key):
        if type(key) is tuple and len(key) == 2 and type(key[0]) is int and type(key[1]) is int:
            if _ndim(self._a) == 2:
                return _out(_element(self._a, key[0], key[1]))
        elif type(key) is int and _ndim(self._a) == 1:
            return _out(_element(self._a, 0, key))
        return _out(_get(self._a, *_codes(key)))

    def __setitem__(self, key, value):
        t = type(value)
        if t is float:
            r = _set_number(self._a, value, 2, *_codes(key))
        elif t is int:
            r = _set_number(self._a, _whole(value), 1, *_codes(key))
        else:
            r = _set(self._a, asarray(value)._a, *_codes(key))
        if r != 0:
            _out(r)

    def __delitem__(self, key):
        raise ValueError("cannot delete array elements")

    def __repr__(self):
        return _repr(self._a)

    def __str__(self):
        return _text(self._a)

    def copy(self, order=None):
        return _array(_copy(self._a, _kind(self._a)))

    def __copy__(self):
        return self.copy()

    def __deepcopy__(self, memo):
        return self.copy()

    def astype(self, dtype, copy=True):
        kind = _kind_of(dtype)
        return self if not copy and kind == _kind(self._a) else _array(_copy(self._a, kind))

    def tolist(self):
        n, count = _ndim(self._a), _size(self._a)
        if n == 0:
            return self.item()
        numbers = _memory("d", bytes(8 * count))
        _store(self._a, _addressof(numbers))
        make = (bool, int, float)[_kind(self._a)]
        numbers = list(numbers) if make is float else [make(v) for v in numbers]
        if n == 1:
            return numbers
        rows, cols = self.shape
        return [numbers[i * cols : (i + 1) * cols] for i in range(rows)]

    def reshape(self, *shape, order=None):
        if len(shape) == 1 and type(shape[0]) is not int:
            shape = shape[0]
        return _array(_reshape(self._a, *_sizes(shape)))

    def ravel(self):
        return _array(_reshape(self._a, -1)) if self.size else _array(_reshape(self._a, 0))

    def flatten(self):
        return self.ravel().copy()

    def transpose(self, *axes):
        if len(axes) == 1 and axes[0] is not None and type(axes[0]) is not int:
            axes = tuple(axes[0])
        return self if axes == (0, 1) or axes == (0,) else self.T

    def squeeze(self, axis=None):
        return _squeezed(self, axis)

    def fill(self, value):
        self[...] = value

    def dot(self, other):
        return dot(self, other)

    def sum(self, axis=None, dtype=None, out=None, keepdims=False):
        return _reduce("sum", self, axis, keepdims)

    def prod(self, axis=None, keepdims=False):
        return _reduce("prod", self, axis, keepdims)

    def mean(self, axis=None, dtype=None, out=None, keepdims=False):
        return _reduce("mean", self, axis, keepdims)

    def max(self, axis=None, out=None, keepdims=False):
        return _reduce("max", self, axis, keepdims)

    def min(self, axis=None, out=None, keepdims=False):
        return _reduce("min", self, axis, keepdims)

    def std(self, axis=None, ddof=0, keepdims=False):
        return _reduce("std", self, axis, keepdims, ddof)

    def var(self, axis=None, ddof=0, keepdims=False):
        return _reduce("var", self, axis, keepdims, ddof)

    def argmax(self, axis=None, keepdims=False):
        return _reduce("argmax", self, axis, keepdims)

    def argmin(self, axis=None, keepdims=False):
        return _reduce("argmin", self, axis, keepdims)

    def any(self, axis=None, keepdims=False):
        return _reduce("any", self, axis, keepdims)

    def all(self, axis=None, keepdims=False):
        return _reduce("all", self, axis, keepdims)

    def cumsum(self, axis=None):
        return _out(_js("cumulate")(self._a, axis))

    def clip(self, low=None, high=None):
        return clip(self, low, high)

    def round(self, decimals=0):
        return round(self, decimals)

    def argsort(self):
        return argsort(self)

    def sort(self):
        self[...] = sort(self)

    def nonzero(self):
        return nonzero(self)


_new = object.__new__
_first, _copy, _reshape, _store = _js("first"), _js("copy"), _js("reshape"), _js("store")
_repr, _text = _js("repr"), _js("text")


def _single(a):
    # The nearest numbers of single precision, as doubles.
    return _out(_js("single")(a._a))


def _array(r):
    # What stays an array, of whatever shape; or the fault.
    if type(r) is not _JsProxy:
        _out(r)
    a = _new(ndarray)
    a._a = r
    return a


def _sizes(shape):
    if type(shape) is int:
        return (shape,)
    if type(shape) is ndarray:
        shape = shape.tolist()
    for n in shape:
        if type(n) is not int:
            raise TypeError(f"'{type(n).__name__}' object cannot be interpreted as an integer")
    return tuple(shape)


def _axis(a, axis):
    if axis is None or type(axis) is int:
        return axis
    if isinstance(axis, tuple):
        axes = [_js("axis")(k, a.ndim) for k in axis]
        if len(axes) == 1:
            return axes[0]
        if sorted(axes) == [0, 1] and a.ndim == 2:
            return None
        raise ValueError("duplicate value in 'axis'")
    raise TypeError(f"'{type(axis).__name__}' object cannot be interpreted as an integer")


def _reduce(name, a, axis, keepdims, ddof=0):
    if axis == () and name in ("sum", "prod", "mean"):  # along no axis: each number by itself
        return a * (1.0 if name == "mean" else 1)
    r = _reduce_of(
        name, a._a, axis if axis is None or type(axis) is int else _axis(a, axis), keepdims, ddof
    )
    return _out(r)


# ------------------------------------------------------------------------------- making arrays


def _flatten(rows, flat):
    # All numbers of a nested list, in order; the shape they came in.
    n = len(rows)
    inner = None
    for k, v in enumerate(rows):
        t = type(v)
        if t is float or t is int or t is bool:
            flat.append(v)
            shape = ()
        elif t is ndarray:
            shape = v.shape
            one = v.tolist()
            if shape == ():
                flat.append(one)
            else:
                _flatten(one, flat)
        elif isinstance(v, (list, tuple, range)):
            shape = _flatten(v, flat)
        elif isinstance(v, complex):
            raise NotImplementedError("in the page there are no complex numbers in arrays")
        elif v is None or isinstance(v, (str, dict, set)):
            raise NotImplementedError(
                f"in the page an array holds numbers, and this one would hold {type(v).__name__}"
            )
        else:
            raise TypeError(
                f"float() argument must be a string or a real number, not '{type(v).__name__}'"
            )
        if k == 0:
            inner = shape
        elif shape != inner:
            raise ValueError(
                "setting an array element with a sequence. The requested array has an "
                "inhomogeneous shape after 1 dimensions. "
                f"The detected shape was ({n},) + inhomogeneous part."
            )
    return (n,) + (inner or ())


def array(values, dtype=None, copy=True, ndmin=0):
    kind = None if dtype is None else _kind_of(dtype)
    t = type(values)
    if t is ndarray:
        a = _array(_copy(values._a, _kind(values._a) if kind is None else kind))
    elif t is float or t is int or t is bool:
        own = _FLOAT if t is float else _INT if t is int else _BOOL
        a = _array(_js("scalar")(_whole(values) if t is int else float(values), own))
        if kind is not None and kind != own:
            a = a.astype(_DTYPES[kind])
    elif isinstance(values, (list, tuple, range)):
        flat = []
        shape = _flatten(values, flat)
        types = set(map(type, flat))
        own = _FLOAT if float in types or not flat else _INT if int in types else _BOOL
        if own == _INT:
            for v in flat:
                _whole(v)
        numbers = _memory("d", flat)
        a = _array(_load(_addressof(numbers), len(flat), own, *shape))
        if kind is not None and kind != own:
            a = a.astype(_DTYPES[kind])
    elif isinstance(values, complex):
        raise NotImplementedError("in the page there are no complex numbers in arrays")
    else:
        raise NotImplementedError(
            "in the page an array is made of numbers, lists or arrays, "
            f"not of {type(values).__name__}"
        )
    while a.ndim < ndmin:
        a = a[None]
    return a


def asarray(a, dtype=None):
    if type(a) is ndarray and (dtype is None or _kind_of(dtype) == _kind(a._a)):
        return a
    return array(a, dtype)


asanyarray = ascontiguousarray = asarray


def full(shape, value, dtype=None):
    if type(value) is ndarray or isinstance(value, (list, tuple)):
        value = asarray(value)
        out = empty(shape, dtype or value.dtype)
        out[...] = value
        return out
    kind = _kind_of(type(value) if dtype is None else dtype)
    return _array(_js("filled")(float(value), kind, *_sizes(shape)))


def zeros(shape, dtype=float):
    return _array(_js("filled")(0.0, _kind_of(dtype), *_sizes(shape)))


def ones(shape, dtype=float):
    return _array(_js("filled")(1.0, _kind_of(dtype), *_sizes(shape)))


empty = zeros


def full_like(a, value, dtype=None):
    a = asarray(a)
    return full(a.shape, value, dtype or a.dtype)


def zeros_like(a, dtype=None):
    a = asarray(a)
    return zeros(a.shape, dtype or a.dtype)


def ones_like(a, dtype=None):
    a = asarray(a)
    return ones(a.shape, dtype or a.dtype)


empty_like = zeros_like


def eye(n, m=None, k=0, dtype=float):
    out = zeros((n, n if m is None else m), dtype)
    for i in range(out.shape[0]):
        if 0 <= i + k < out.shape[1]:
            out[i, i + k] = 1
    return out


def identity(n, dtype=float):
    return eye(n, dtype=dtype)


def diag(v, k=0):
    return _out(_js("diag")(asarray(v)._a, k))


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    if step == 0:
        raise ZeroDivisionError("division by zero")
    kind = _FLOAT if _any(type(v) is float for v in (start, stop, step)) else _INT
    count = _max(math.ceil((stop - start) / step), 0)
    out = _array(_js("ramp")(float(start), float((start + step) - start), count, kind))
    return out if dtype is None else out.astype(dtype)


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    if type(num) is not int:
        raise TypeError(f"'{type(num).__name__}' object cannot be interpreted as an integer")
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    parts = num - 1 if endpoint else num
    if parts <= 0:
        out = full(num, float(start))
    else:
        out = arange(num) * ((stop - start) / parts) + start
        if endpoint:
            out[-1] = stop
    return out if dtype is None else out.astype(dtype)


# ------------------------------------------------------------------------- entry by entry


def _entrywise(name, x, out, where):
    t = type(x)
    if t is ndarray:
        r = _out(_unary_of(name, x._a))
    elif t is float:
        r = _out(_unary_number(name, x, 2))
    elif t is int or t is bool:
        r = _out(_unary_number(name, float(x), 1 if t is int else 0))
    elif isinstance(x, (list, tuple, range)):
        r = _out(_unary_of(name, array(x)._a))
    else:
        raise TypeError(
            f"loop of ufunc does not support argument 0 of type {t.__name__} "
            f"which has no callable {name} method"
        )
    return r if out is None and where is True else _placed(r, out, where)


def _placed(r, out, where):
    out = empty_like(r) if out is None else out
    if where is True:
        out[...] = r
    else:
        out[...] = _where(where, r, out)
    return out


def _function(name):
    def f(x, out=None, where=True):
        return _entrywise(name, x, out, where)

    return f


exp, expm1, log, log2, log10, log1p = map(
    _function, ("exp", "expm1", "log", "log2", "log10", "log1p")
)
sqrt, cbrt, square, sign, floor, ceil = map(
    _function, ("sqrt", "cbrt", "square", "sign", "floor", "ceil")
)
sin, cos, tan, arctan, sinh, cosh, tanh = map(
    _function, ("sin", "cos", "tan", "arctan", "sinh", "cosh", "tanh")
)
radians, isnan, isinf, isfinite, rint = map(
    _function, ("radians", "isnan", "isinf", "isfinite", "rint")
)
logical_not, absolute, negative, reciprocal = map(
    _function, ("logical_not", "absolute", "negative", "reciprocal")
)
abs = absolute


def _pair(op):
    def f(x, y, out=None, where=True):
        r = _out(_binary(op, asarray(x)._a, asarray(y)._a))
        return r if out is None and where is True else _placed(r, out, where)

    return f


add, subtract, multiply, divide, floor_divide, mod, power = map(_pair, range(7))
maximum, minimum = _pair(7), _pair(8)
less, less_equal, greater, greater_equal, equal, not_equal = map(_pair, range(12, 18))
true_divide = divide


def logical_and(x, y):
    return (asarray(x) != 0) & (asarray(y) != 0)


def logical_or(x, y):
    return (asarray(x) != 0) | (asarray(y) != 0)


def where(condition, *choices):
    if not choices:
        return nonzero(condition)
    if len(choices) != 2:
        raise ValueError("either both or neither of x and y should be given")
    return _where(condition, *choices)


def _where(condition, x, y):
    return _array(_js("where")(asarray(condition)._a, asarray(x)._a, asarray(y)._a))


def clip(a, a_min=None, a_max=None):
    out = asarray(a)
    if a_min is not None:
        out = maximum(out, a_min)
    if a_max is not None:
        out = minimum(out, a_max)
    return out


def round(a, decimals=0):
    return _out(_js("round")(asarray(a)._a, decimals))


around = round


def isscalar(a):
    return isinstance(a, (bool, int, float, str))


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return _out(_js("isclose")(asarray(a)._a, asarray(b)._a, float(rtol), float(atol), equal_nan))


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(_builtin_all(isclose(a, b, rtol, atol, equal_nan)))


def _builtin_all(a):
    return a.all() if type(a) is ndarray else a


def array_equal(a, b):
    try:
        return _js("same")(asarray(a)._a, asarray(b)._a)
    except (TypeError, ValueError, NotImplementedError):
        return False


# ------------------------------------------------------------------- products, sums, shapes


def dot(a, b):
    a, b = asarray(a), asarray(b)
    return a * b if a.ndim == 0 or b.ndim == 0 else _out(_matmul(a._a, b._a))


def vdot(a, b):
    return (asarray(a) * asarray(b)).sum()


def matmul(a, b):
    return _product(a, b)


def outer(a, b):
    return _out(_js("outer")(asarray(a)._a, asarray(b)._a))


def _over(name):
    def f(a, axis=None, keepdims=False):
        return _reduce(name, asarray(a), axis, keepdims)

    return f


sum, prod, mean, max, min, argmax, argmin, any, all, ptp, count_nonzero = map(
    _over,
    ("sum", "prod", "mean", "max", "min", "argmax", "argmin", "any", "all", "ptp", "count_nonzero"),
)
amax, amin = max, min


def std(a, axis=None, ddof=0, keepdims=False):
    return _reduce("std", asarray(a), axis, keepdims, ddof)


def var(a, axis=None, ddof=0, keepdims=False):
    return _reduce("var", asarray(a), axis, keepdims, ddof)


def cumsum(a, axis=None):
    return asarray(a).cumsum(axis)


def diff(a, axis=-1):
    a = asarray(a)
    return a[1:] - a[:-1] if a.ndim == 1 or axis % a.ndim == 0 else a[:, 1:] - a[:, :-1]


def trace(a):
    return diag(a).sum()


def shape(a):
    return asarray(a).shape


def ndim(a):
    return asarray(a).ndim


def size(a):
    return asarray(a).size


def copy(a):
    return array(a)


def ravel(a):
    return asarray(a).ravel()


def reshape(a, shape):
    return asarray(a).reshape(shape)


def transpose(a):
    return asarray(a).T


def _squeezed(a, axis=None):
    axes = (axis,) if type(axis) is int else axis
    if axes is not None:
        axes = [k + a.ndim if k < 0 else k for k in axes]
        if any([a.shape[k] != 1 for k in axes]):
            raise ValueError("cannot select an axis to squeeze out which has size not equal to one")
    gone = [k for k, n in enumerate(a.shape) if n == 1 and (axes is None or k in axes)]
    return a.reshape(tuple(n for k, n in enumerate(a.shape) if k not in gone))


def broadcast_to(a, shape):
    return _array(_js("broadcastTo")(asarray(a)._a, *_sizes(shape)))


def squeeze(a, axis=None):
    return _squeezed(asarray(a), axis)


def atleast_1d(a):
    a = asarray(a)
    return a.reshape(1) if a.ndim == 0 else a


def atleast_2d(a):
    a = asarray(a)
    return a if a.ndim == 2 else a.reshape((1, a.size))


def expand_dims(a, axis):
    a = asarray(a)
    return a[None] if axis in (0, -a.ndim - 1) else a[:, None]


def concatenate(arrays, axis=0):
    arrays = [asarray(a) for a in arrays]
    if not arrays:
        raise ValueError("need at least one array to concatenate")
    if axis is None:
        arrays, axis = [a.ravel() for a in arrays], 0
    if arrays[0].ndim == 0:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    return _out(_js("concatenate")(axis, *[a._a for a in arrays]))


def hstack(arrays):
    arrays = [atleast_1d(a) for a in arrays]
    return concatenate(arrays, 0 if arrays and arrays[0].ndim == 1 else 1)


def vstack(arrays):
    return concatenate([atleast_2d(a) for a in arrays], 0)


def stack(arrays, axis=0):
    arrays = [asarray(a) for a in arrays]
    if not arrays:
        raise ValueError("need at least one array to stack")
    if len({a.shape for a in arrays}) > 1:
        raise ValueError("all input arrays must have the same shape")
    if arrays[0].ndim == 0:
        return array([a.item() for a in arrays])
    return concatenate(
        [expand_dims(a, axis) for a in arrays], 0 if axis in (0, -arrays[0].ndim - 1) else 1
    )


def column_stack(arrays):
    arrays = [asarray(a) for a in arrays]
    return concatenate([a[:, None] if a.ndim == 1 else a for a in arrays], 1)


def split(a, places, axis=0):
    a = asarray(a)
    n = a.shape[axis]
    if type(places) is int:
        if n % places:
            raise ValueError("array split does not result in an equal division")
        places = [n // places * k for k in range(1, places)]
    ends = [0] + [int(k) for k in asarray(places).tolist()] + [n]
    spans = [(ends[k], ends[k + 1]) for k in range(len(ends) - 1)]
    return [a[i:j] if axis == 0 else a[:, i:j] for i, j in spans]


def tile(a, reps):
    a = asarray(a)
    if type(reps) is int:
        return concatenate([a] * reps, a.ndim - 1)
    return concatenate([concatenate([atleast_2d(a)] * reps[-1], 1)] * reps[0], 0)


def repeat(a, repeats, axis=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), 0
    axis = _axis(a, axis)
    return take(a, [k for k in range(a.shape[axis]) for _ in range(repeats)], axis)


def take(a, indices, axis=None):
    a = asarray(a)
    if axis is None:
        return a.ravel()[indices]
    return a[indices] if axis % a.ndim == 0 else a[:, indices]


def nonzero(a):
    a = asarray(a)
    places = [k for k, v in enumerate(a.ravel().tolist()) if v]
    if a.ndim < 2:
        return (array(places, dtype=int),)
    return (
        array([k // a.shape[1] for k in places], dtype=int),
        array([k % a.shape[1] for k in places], dtype=int),
    )


def flatnonzero(a):
    return nonzero(asarray(a).ravel())[0]


def sort(a):
    return _out(_js("sort")(asarray(a)._a, False))


def argsort(a):
    return _out(_js("sort")(asarray(a)._a, True))


def median(a):
    a = sort(asarray(a).ravel())
    n = a.size
    return float(a[n // 2]) if n % 2 else float(a[n // 2 - 1] + a[n // 2]) / 2


def ndindex(*shape):
    if len(shape) == 1 and type(shape[0]) is not int:
        shape = shape[0]
    if len(shape) == 0:
        return iter([()])
    if len(shape) == 1:
        return iter([(i,) for i in range(shape[0])])
    return iter([(i, j) for i in range(shape[0]) for j in range(shape[1])])


def ndenumerate(a):
    a = asarray(a)
    return ((place, a[place]) for place in ndindex(a.shape))


def unravel_index(index, shape):
    return (index,) if len(shape) == 1 else divmod(index, shape[1])


def result_type(*kinds):
    orders = [_kind(k._a) if type(k) is ndarray else _kind_of(k) for k in kinds]
    return _DTYPES[sorted(orders)[-1]]


def meshgrid(x, y):
    x, y = asarray(x), asarray(y)
    return [zeros((y.size, 1)) + x, y[:, None] + zeros((1, x.size))]


def vectorize(f):
    def g(a):
        a = asarray(a)
        return array([f(v) for v in a.ravel().tolist()]).reshape(a.shape)

    return g


class errstate:
    # Numbers overflow to inf in silence here, so there is nothing to switch off.
    def __init__(self, **kinds):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __call__(self, f):
        return f


class ma:
    # There are no masked arrays.
    @staticmethod
    def is_masked(a):
        return False


class _Finfo:
    eps = 2.0**-52
    max = 1.7976931348623157e308
    tiny = 2.0**-1022


def finfo(kind):
    return _Finfo


def seterr(**kinds):
    return {}


class _LinAlg:
    @staticmethod
    def norm(a):
        return math.sqrt((asarray(a).ravel() ** 2).sum())


linalg = _LinAlg


# ----------------------------------------------------------------------------------- chance


def _shape(size):
    return None if size is None else _js("shape")(*_sizes(size))


class Generator:
    def __init__(self, rng):
        self._rng = rng

    def normal(self, loc=0.0, scale=1.0, size=None):
        if isinstance(loc, ndarray) or isinstance(scale, ndarray):
            raise NotImplementedError("in the page loc and scale are numbers")
        if scale < 0:
            raise ValueError("scale < 0")
        return _out(_js("normal")(self._rng, _shape(size), float(loc), float(scale)))

    def standard_normal(self, size=None):
        return self.normal(size=size)

    def random(self, size=None):
        return _out(_js("uniform")(self._rng, _shape(size), 0.0, 1.0))

    def uniform(self, low=0.0, high=1.0, size=None):
        return _out(_js("uniform")(self._rng, _shape(size), float(low), float(high) - float(low)))

    def integers(self, low, high=None, size=None, endpoint=False):
        if high is None:
            low, high = 0, low
        if type(low) is not int or type(high) is not int:
            raise NotImplementedError("in the page low and high are whole numbers")
        if not endpoint:
            high -= 1
        if high < low:
            raise ValueError("low >= high")
        return _out(_js("integers")(self._rng, _shape(size), _whole(low), _whole(high - low)))

    def permutation(self, x):
        if type(x) is int:
            return _array(_js("shuffled")(self._rng, x))
        x = asarray(x)
        return x[_array(_js("shuffled")(self._rng, len(x)))]

    def shuffle(self, x):
        order = self.permutation(len(x)).tolist()
        x[:] = [x[k] for k in order]


class _Random:
    Generator = Generator

    @staticmethod
    def default_rng(seed=None):
        if isinstance(seed, Generator):
            return seed
        if seed is None:
            seed = js.nnSeed()
        elif type(seed) is not int:
            raise NotImplementedError("in the page a seed is a whole number")
        elif seed < 0:
            raise ValueError("expected non-negative integer")
        return Generator(_js("generator")(str(seed)))


random = _Random
__version__ = "in the page"


def __getattr__(name):
    raise AttributeError(f"module 'numpy' has no attribute '{name}'")
