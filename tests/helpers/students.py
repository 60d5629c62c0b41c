"""Backward passes as students write them: right ones, and wrong ones with what they must be told.

Nothing here is made from the table of known mistakes. Each function stands for itself, in the
style that somebody writes; `WRONG` pairs it with the kind that the diagnosis must have.
"""

from copy import deepcopy

import numpy as np

import nn_core as nn
from nn_core import Layer

RIGHT, PRECISE, WRONG = [], [], []
SLOPE = {"sigmoid": nn.dsigmoid, "tanh": nn.dtanh, "relu": nn.drelu}


def right(f):
    RIGHT.append(f)
    return f


def precise(says):
    return lambda f: PRECISE.append((f, says)) or f


def wrong(kind):
    return lambda f: WRONG.append((f, kind)) or f


# ------------------------------------------------------------------ right


@right
def plain(layers, trace, y):
    slope = SLOPE[trace.activation]
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in reversed(range(len(layers))):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n > 0:
            dz = (layers[n].W.T @ dz) * slope(trace.z[n - 1])
    return gradients


@right
def divides_at_the_end(layers, trace, y):
    N = y.shape[1]
    delta = trace.p - y
    out = [None] * len(layers)
    for i in range(len(layers) - 1, -1, -1):
        out[i] = (np.dot(delta, trace.h[i].T) / N, np.mean(delta, axis=1).reshape(-1, 1))
        if i:
            delta = np.dot(layers[i][0].T, delta) * SLOPE[trace.activation](trace.z[i - 1])
    return tuple(out)


@right
def example_by_example(layers, trace, y):
    N = y.shape[1]
    sums = [[np.zeros_like(W), np.zeros_like(b)] for W, b in layers]
    for i in range(N):
        dz = trace.p[:, i] - y[:, i]
        for n in range(len(layers) - 1, -1, -1):
            sums[n][0] += np.outer(dz, trace.h[n][:, i]) / N
            sums[n][1] += dz[:, None] / N
            if n > 0:
                dz = layers[n].W.T.dot(dz) * SLOPE[trace.activation](trace.z[n - 1][:, i])
    return sums


@right
def with_indices_only(layers, trace, y):
    K, N = y.shape
    dz = [[(trace.p[k, i] - y[k, i]) / N for i in range(N)] for k in range(K)]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        W, h = layers[n].W, trace.h[n]
        rows, cols = W.shape
        dW, db = np.zeros((rows, cols)), np.zeros((rows, 1))
        for j in range(rows):
            for i in range(N):
                db[j, 0] += dz[j][i]
                for k in range(cols):
                    dW[j, k] += dz[j][i] * h[k, i]
        gradients = [Layer(dW, db), *gradients]
        if n > 0:
            slope = SLOPE[trace.activation](trace.z[n - 1])
            dz = [
                [sum(W[j, k] * dz[j][i] for j in range(rows)) * slope[k, i] for i in range(N)]
                for k in range(cols)
            ]
    return gradients


@right
def through_the_jacobian(layers, trace, y):
    N = y.shape[1]
    dz = np.empty_like(trace.p)
    for i in range(N):
        p = trace.p[:, i]
        dp = -y[:, i] / p / N
        dz[:, i] = (np.diag(p) - np.outer(p, p)) @ dp
    gradients = []
    for W, h, z in zip(
        [layer.W for layer in layers[::-1]],
        trace.h[::-1],
        [*trace.z[-2::-1], None],
        strict=True,
    ):
        gradients.append(Layer(dz @ h.T, dz @ np.ones((N, 1))))
        if z is not None:
            dz = W.T @ dz * SLOPE[trace.activation](z)
    return list(reversed(gradients))


@right
def recursive(layers, trace, y):
    def back(n, dz):
        mine = Layer(np.einsum("ji,ki->jk", dz, trace.h[n]), dz.sum(1)[:, np.newaxis])
        if n == 0:
            return [mine]
        h = trace.h[n]
        slope = {
            "sigmoid": lambda: h * (1 - h),
            "tanh": lambda: 1 - h**2,
            "relu": lambda: np.where(h > 0, 1.0, 0.0),
        }[trace.activation]()
        return [*back(n - 1, layers[n].W.T @ dz * slope), mine]

    return back(len(layers) - 1, (trace.p - y) / len(y[0]))


@right
def rows_for_examples(layers, trace, y):
    dz, gradients = (trace.p.T - y.T) / y.T.shape[0], {}
    for n in range(len(layers), 0, -1):
        gradients[n] = Layer((trace.h[n - 1] @ dz).T, dz.sum(axis=0).reshape(-1, 1))
        if n > 1:
            dz = dz @ layers[n - 1].W * SLOPE[trace.activation](trace.z[n - 2].T)
    return [gradients[n] for n in sorted(gradients)]


@right
def runs_forward_once_more(layers, trace, y):
    f = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "relu": lambda z: z * (z > 0)}
    h = [trace.h[0].copy()]
    for W, b in layers[:-1]:
        h.append(f[trace.activation](W @ h[-1] + b))
    scores = np.exp(layers[-1].W @ h[-1] + layers[-1].b)
    trace = trace._replace(h=h, p=scores / scores.sum(axis=0))
    return plain(layers, trace, y)


@right
def matrices_of_numpy(layers, trace, y):
    return [Layer(np.asmatrix(dW), np.asmatrix(db)) for dW, db in plain(layers, trace, y)]


@right
def by_complex_steps(layers, trace, y):
    sigma = {
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "tanh": np.tanh,
        "relu": lambda z: np.where(z.real > 0, z, 0),
    }[trace.activation]

    def price(parameters):
        h = trace.h[0]
        for W, b in parameters[:-1]:
            h = sigma(W @ h + b)
        W, b = parameters[-1]
        z = W @ h + b
        return ((np.log(np.exp(z).sum(axis=0)) - (y * z).sum(axis=0)) / y.shape[1]).sum()

    gradients = [[np.zeros(W.shape), np.zeros(b.shape)] for W, b in layers]
    moved = [[W.astype(complex), b.astype(complex)] for W, b in layers]
    for pair, found in zip(moved, gradients, strict=True):
        for a, slope in zip(pair, found, strict=True):
            for at in np.ndindex(a.shape):
                a[at] += 1e-30j
                slope[at] = price(moved).imag / 1e-30
                a[at] = a[at].real
    return gradients


@right
def works_in_place_on_copies(layers, trace, y):
    dz = trace.p.copy()
    dz -= y
    dz /= y.shape[1]
    hs, gradients = list(trace.h), []
    for W, _ in reversed(list(layers)):
        h = hs.pop()
        gradients += [Layer(dz @ h.T, dz.sum(axis=-1, keepdims=True))]
        if hs:
            dz = W.T @ dz
            dz *= {"sigmoid": h - h * h, "tanh": 1 - h * h, "relu": np.sign(h)}[trace.activation]
    gradients.reverse()
    return gradients


@right
def bias_as_one_more_weight(layers, trace, y):
    N = y.shape[1]
    delta, out = (trace.p - y) / N, []
    for i in range(len(layers))[::-1]:
        both = delta @ np.vstack([trace.h[i], np.ones((1, N))]).T
        out.append(Layer(both[:, :-1], both[:, -1:]))
        if i > 0:
            delta = (np.hstack(layers[i]).T @ delta)[:-1] * SLOPE[trace.activation](trace.z[i - 1])
    return out[::-1]


@right
def batch_by_batch(layers, trace, y):
    total = [[0, 0] for _ in layers]
    for start in range(0, y.shape[1], 32):
        some = slice(start, start + 32)
        dz = (trace.p - y)[:, some] / y.shape[1]
        for n in range(len(layers) - 1, -1, -1):
            total[n][0] = total[n][0] + dz @ trace.h[n][:, some].T
            total[n][1] = total[n][1] + dz.sum(axis=1, keepdims=True)
            if n:
                dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1][:, some])
    return total


class Node:
    def __init__(self, value):
        self.value, self.slope = value, 0


@right
def by_a_tape(layers, trace, y):
    parameters = [(Node(W), Node(b)) for W, b in layers]
    h, tape = Node(trace.h[0]), []
    for n, (W, b) in enumerate(parameters):
        z = Node(trace.z[n])

        def through_the_sum(W=W, b=b, h=h, z=z):
            W.slope = W.slope + z.slope @ h.value.T
            b.slope = b.slope + z.slope.sum(axis=1, keepdims=True)
            h.slope = h.slope + W.value.T @ z.slope

        tape.append(through_the_sum)
        if n < len(layers) - 1:
            h = Node(trace.h[n + 1])

            def through_sigma(h=h, z=z):
                z.slope = z.slope + h.slope * SLOPE[trace.activation](z.value)

            tape.append(through_sigma)
    z.slope = (trace.p - y) / y.shape[1]
    for step in reversed(tape):
        step()
    return [Layer(W.slope, b.slope) for W, b in parameters]


@right
def takes_one_off_the_true_class(layers, trace, y):
    slope = {
        "tanh": lambda z: 1 / np.cosh(z) ** 2,
        "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        "relu": lambda z: np.heaviside(z, 0.5),
    }[trace.activation]
    dz, out = trace.p.copy(), {}
    dz[y.argmax(axis=0), np.arange(y.shape[1])] -= 1
    dz /= y.shape[1]
    for n in range(len(layers), 0, -1):
        out[n] = dz @ trace.h[n - 1].T, dz @ np.ones((y.shape[1], 1))
        if n > 1:
            dz = layers[n - 1].W.T @ dz * slope(trace.z[n - 2])
    return [out[n + 1] for n in range(len(out))]


@right
def each_class_against_the_rest(layers, trace, y):
    # The slope of another loss at p, through the slope of the sigmoid: it comes to p − y.
    p = trace.p
    dz = (-y / p + (1 - y) / (1 - p)) * p * (1 - p) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@right
def empties_copies(layers, trace, y):
    layers, trace, dz = deepcopy((layers, trace, y))
    dz *= -1
    dz += trace.p
    dz /= y.shape[1]
    out = []
    while layers:
        W, _ = layers.pop()
        trace.z.pop()
        out.append(Layer(dz @ trace.h.pop().T, dz.sum(axis=1, keepdims=True)))
        if layers:
            dz = W.T @ dz * SLOPE[trace.activation](trace.z[-1])
    return out[::-1]


@right
def remembers_what_it_may(layers, trace, y, memo={}):  # noqa: B006
    memo.clear()
    memo["gradients"] = plain(layers, trace, y)
    return memo["gradients"]


# ------------------------------------------------------------------ right, as far as they go


def differences(layers, trace, y, epsilon, centred=True):
    sizes = [len(h) for h in trace.h] + [len(y)]
    vector = nn.to_vector(layers)

    def price(w):
        return nn.loss(nn.from_vector(w, sizes), trace.h[0], y, trace.activation)

    slopes = np.zeros_like(vector)
    for i in range(len(vector)):
        step = np.zeros_like(vector)
        step[i] = epsilon
        if centred:
            slopes[i] = (price(vector + step) - price(vector - step)) / (2 * epsilon)
        else:
            slopes[i] = (price(vector + step) - price(vector)) / epsilon
    return nn.from_vector(slopes, sizes)


@precise("to 4 digits on 14 networks, no further: .*")
def cuts_off_p(layers, trace, y):
    return plain(layers, trace._replace(p=np.clip(trace.p, 1e-4, 1 - 1e-4)), y)


@precise(r"to (8|9) digits on 14 networks, which is as far as differences go; a formula .*")
def centred_difference(layers, trace, y):
    sizes = [len(h) for h in trace.h] + [len(y)]
    return nn.from_vector(
        nn.numerical_gradient(
            lambda w: nn.loss(nn.from_vector(w, sizes), trace.h[0], y, trace.activation),
            nn.to_vector(layers),
        ),
        sizes,
    )


@precise(r"to (5|6) digits on 14 networks, which is as far as differences or single .*")
def forward_difference(layers, trace, y):
    return differences(layers, trace, y, 1e-6, centred=False)


@precise(r"to (3|4) digits on 14 networks, no further: as a difference with a coarse step does.*")
def coarse_difference(layers, trace, y):
    return differences(layers, trace, y, 1e-4, centred=False)


def cast(layers, trace, y, dtype):
    layers = [Layer(W.astype(dtype), b.astype(dtype)) for W, b in layers]
    z, h = [a.astype(dtype) for a in trace.z], [a.astype(dtype) for a in trace.h]
    return layers, trace._replace(z=z, h=h, p=trace.p.astype(dtype)), y.astype(dtype)


@precise(r"to (5|6) digits on 14 networks: it is computed in single precision\.")
def single_precision(layers, trace, y):
    return plain(*cast(layers, trace, y, np.float32))


@precise(r"to (5|6) digits on 14 networks: it is computed in single precision\.")
def single_precision_that_ends_in_double(layers, trace, y):
    found = plain(*cast(layers, trace, y, np.float32))
    return [Layer(dW.astype(float), db.astype(float)) for dW, db in found]


@precise(r"to 3 digits on 14 networks: it is computed in half precision\.")
def half_precision(layers, trace, y):
    return [
        Layer(dW.astype(np.float16), db.astype(np.float16)) for dW, db in plain(layers, trace, y)
    ]


@precise(r"on 14 networks as far as it goes: it is rounded to 6 digits after the point\.")
def rounded_to_six(layers, trace, y):
    return [Layer(dW.round(6), db.round(6)) for dW, db in plain(layers, trace, y)]


@precise(r"on 14 networks as far as it goes: it is rounded to 9 digits after the point\.")
def rounded_to_nine(layers, trace, y):
    return [Layer(dW.round(9), db.round(9)) for dW, db in plain(layers, trace, y)]


@precise(r"to (5|6) digits on 14 networks: it is computed in single precision\.")
def single_precision_at_the_output(layers, trace, y):
    return plain(layers, trace._replace(p=trace.p.astype(np.float32)), y)


@precise(r"on 14 networks as far as it goes: it is rounded to 3 digits after the point\.")
def weights_rounded_to_three(layers, trace, y):
    return [Layer(dW.round(3), db) for dW, db in plain(layers, trace, y)]


@precise(r"on 14 networks as far as it goes: it is rounded to 4 digits\.")
def rounded_as_printed(layers, trace, y):
    short = np.vectorize(lambda v: float(f"{v:.4g}"))
    return [Layer(short(dW), short(db)) for dW, db in plain(layers, trace, y)]


@precise(r"to 4 digits on 14 networks, no further: .* or a formula with something small added\.")
def a_little_in_the_denominator(layers, trace, y):
    dz = np.empty_like(trace.p)
    for i in range(y.shape[1]):
        p = trace.p[:, i]
        dz[:, i] = (np.diag(p) - np.outer(p, p)) @ (-y[:, i] / (p + 1e-8)) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


# ------------------------------------------------------------------ wrong, with a name


@wrong("p is missing")
def starts_from_minus_y(layers, trace, y):
    dz = -y / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("p at the output")
def multiplies_by_p(layers, trace, y):
    dz = trace.p * (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("diagonal of the Jacobian")
def takes_the_diagonal(layers, trace, y):
    dp = -(y / trace.p) / y.shape[1]
    dz = dp * trace.p * (1 - trace.p)
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("z (1 − z)")
def takes_z_for_h(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            z = trace.z[n - 1]
            dz = layers[n].W.T @ dz * z * (1 - z)
    return gradients


@wrong("σ′ of tanh")
def knows_tanh_only(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * (1 - trace.h[n] ** 2)
    return gradients


@wrong("σ′ of relu")
def knows_relu_only(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz
            dz[trace.z[n - 1] <= 0] = 0
    return gradients


@wrong("dh instead of dz")
def forgets_the_slope_for_the_weights(layers, trace, y):
    slope = SLOPE[trace.activation]
    dz = dh = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dh @ trace.h[n].T, dh.sum(axis=1, keepdims=True)))
        if n:
            dh = layers[n].W.T @ dz
            dz = dh * slope(trace.z[n - 1])
    return gradients


@wrong("σ′ not handed on")
def forgets_the_slope_further_back(layers, trace, y):
    slope = SLOPE[trace.activation]
    dz = dh = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dh = layers[n].W.T @ dh
            dz = dh * slope(trace.z[n - 1])
    return gradients


@wrong("reshaped")
def reshapes_h(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        h = trace.h[n]
        dW = dz @ h.reshape(h.shape[1], h.shape[0])
        gradients.insert(0, Layer(dW, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("reshaped")
def reshapes_w(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            W = layers[n].W
            dz = W.reshape(W.shape[::-1]) @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("reshaped")
def reshapes_what_does_not_fit(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        dW = np.reshape(trace.h[n] @ dz.T, layers[n].W.shape)
        gradients.insert(0, Layer(dW, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("reshaped")
def reshapes_everything(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        h, W = trace.h[n], layers[n].W
        dW = dz @ h.reshape(h.shape[::-1])
        gradients.insert(0, Layer(dW, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = W.reshape(W.shape[::-1]) @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("updated W")
def steps_before_it_goes_on(layers, trace, y):
    layers, alpha = list(layers), 0.3
    dz = (trace.p - y) / y.shape[1]
    gradients = [None] * len(layers)
    for n in range(len(layers) - 1, -1, -1):
        dW, db = dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)
        layers[n] = Layer(layers[n].W - alpha * dW, layers[n].b - alpha * db)
        gradients[n] = Layer(dW, db)
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("one example only")
def keeps_the_last_example(layers, trace, y):
    N = y.shape[1]
    gradients = [None] * len(layers)
    for i in range(N):
        dz = (trace.p[:, i : i + 1] - y[:, i : i + 1]) / N
        for n in range(len(layers) - 1, -1, -1):
            gradients[n] = Layer(dz @ trace.h[n][:, i : i + 1].T, dz)
            if n:
                slope = SLOPE[trace.activation](trace.z[n - 1][:, i : i + 1])
                dz = layers[n].W.T @ dz * slope
    return gradients


@wrong("divided by n₀")
def counts_the_inputs(layers, trace, y):
    N = len(trace.h[0])
    dz = (trace.p - y) / N
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("dW and db swapped")
def bias_first(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz.sum(axis=1, keepdims=True), dz @ trace.h[n].T))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("minus in dh")
def minus_on_the_way_back(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = -layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("sign")
def y_minus_p(layers, trace, y):
    dz = (y - trace.p) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("factor")
def gives_the_step(layers, trace, y):
    alpha = 0.05
    return [Layer(alpha * dW, alpha * db) for dW, db in plain(layers, trace, y)]


@wrong("sums multiplied")
def multiplies_db_by_the_mean_bird(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        db = dz.sum(axis=1, keepdims=True)
        gradients.insert(0, Layer(db @ trace.h[n].mean(axis=1, keepdims=True).T, db))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("sums multiplied")
def sums_before_it_multiplies(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        db = dz.sum(axis=1, keepdims=True)
        gradients.insert(0, Layer(np.outer(db, trace.h[n].sum(axis=1)), db))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("parameters")
def gives_the_new_layers(layers, trace, y):
    gradients = plain(layers, trace, y)
    return [
        Layer(W - 0.5 * dW, b - 0.5 * db)
        for (W, b), (dW, db) in zip(layers, gradients, strict=True)
    ]


@wrong("parameters")
def gives_back_what_it_has(layers, trace, y):
    return list(layers)


@wrong("weight decay")
def keeps_weights_small(layers, trace, y):
    gradients = plain(layers, trace, y)
    return [Layer(dW + 0.01 * W, db) for (W, _), (dW, db) in zip(layers, gradients, strict=True)]


@wrong("z instead of p")
def starts_from_the_scores(layers, trace, y):
    return plain(layers, trace._replace(p=trace.z[-1]), y)


@wrong("σ′ before W")
def multiplies_the_slope_in_before_w(layers, trace, y):
    slope = SLOPE[trace.activation]
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        dz = layers[n].W.T @ (dz * slope(trace.z[n]))
    return gradients


@wrong("h is missing")
def forgets_the_factor_h(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * (1 - trace.h[n])
    return gradients


# ------------------------------------------------------------------ wrong twice


@wrong("sign and missing σ′")
def two_slips_in_the_slopes(layers, trace, y):
    dz = (y - trace.p) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz
    return gradients


@wrong("missing 1/N and transposed")
def two_slips_in_the_weights(layers, trace, y):
    dz = trace.p - y
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(trace.h[n] @ dz.T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("σ′ of h and bias not a column")
def two_slips_in_the_biases(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.h[n])
    return gradients


@wrong("missing 1/N and one example only")
def overwrites_and_does_not_divide(layers, trace, y):
    gradients = [None] * len(layers)
    for i in range(y.shape[1]):
        dz = (trace.p - y)[:, [i]]
        for n in reversed(range(len(layers))):
            gradients[n] = Layer(dz * trace.h[n][:, i], dz)
            if n:
                dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1][:, [i]])
    return gradients


@wrong("missing 1/N and bias not summed")
def the_lines_for_one_bird_in_a_loop(layers, trace, y):
    dz = trace.p - y
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        h = trace.h[n]
        gradients.insert(0, Layer(dz @ h.T, dz))
        if n:
            dz = layers[n].W.T @ dz * h * (1 - h)
    return gradients


@wrong("missing 1/N")
def averages_the_biases_alone(layers, trace, y):
    dz = trace.p - y
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.mean(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


# ------------------------------------------------------------------ wrong, and hard to see


@wrong("wrong shape")
def squeezes(layers, trace, y):
    gradients = []
    dz = np.squeeze((trace.p - y) / y.shape[1])
    for n in range(len(layers) - 1, -1, -1):
        dz = dz.reshape(len(layers[n].W), -1)
        gradients.insert(0, Layer(np.squeeze(dz @ trace.h[n].T), dz.sum(axis=1, keepdims=True)))
        if n:
            dz = np.squeeze(layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1]))
    return gradients


@wrong("unknown")
def first_32_examples(layers, trace, y):
    z, h = [z[:, :32] for z in trace.z], [h[:, :32] for h in trace.h]
    return plain(layers, trace._replace(z=z, h=h, p=trace.p[:, :32]), y[:, :32])


@wrong("unknown")
def two_classes_as_one(layers, trace, y):
    if len(y) > 2:
        return plain(layers, trace, y)
    dz = np.vstack([trace.p[0] - y[0], np.zeros(y.shape[1])]) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("modifies its inputs")
def lets_a_list_grow(layers, trace, y):
    trace.h.append(trace.p)
    return plain(layers, trace, y)


@wrong("modifies its inputs")
def puts_none_in_front(layers, trace, y):
    layers.insert(0, None)
    return plain(layers[1:], trace, y)


@wrong("modifies its inputs")
def steps_in_place(layers, trace, y):
    gradients = plain(layers, trace, y)
    for (W, b), (dW, db) in zip(layers, gradients, strict=True):
        W -= 0.1 * dW
        b -= 0.1 * db
    return gradients


@wrong("remembers")
def keeps_answers_by_shape(layers, trace, y, known={}):  # noqa: B006
    shapes = (trace.activation, y.shape, *(W.shape for W, _ in layers))
    if shapes not in known:
        known[shapes] = plain(layers, trace, y)
    return known[shapes]


@wrong("remembers")
def keeps_the_last_answer(layers, trace, y, last={}):  # noqa: B006
    sizes = (len(layers), y.shape, layers[0][0].shape)
    if last.get("sizes") != sizes:
        last.update(sizes=sizes, answer=plain(layers, trace, y))
    return last["answer"]


@wrong("remembers")
def has_momentum(layers, trace, y, was={}):  # noqa: B006
    new = [np.concatenate([W, b], axis=1) for W, b in plain(layers, trace, y)]
    sizes = [a.shape for a in new]
    if was.get("sizes") == sizes:
        new = [0.9 * old + a for old, a in zip(was["speed"], new, strict=True)]
    was.update(sizes=sizes, speed=new)
    return [Layer(a[:, :-1], a[:, -1:]) for a in new]


@wrong("remembers")
def returns_the_same_list(layers, trace, y, gradients=[]):  # noqa: B006
    gradients.clear()
    gradients.extend(plain(layers, trace, y))
    return gradients


@wrong("remembers")
def collects_in_a_default(layers, trace, y, gradients=[]):  # noqa: B006
    gradients[:0] = plain(layers, trace, y)
    return gradients


@wrong("remembers")
def adds_to_what_was(layers, trace, y, sums={}):  # noqa: B006
    for n, pair in enumerate(plain(layers, trace, y)):
        key = (n, y.shape, *(W.shape for W, _ in layers))
        dW, db = sums.get(key, (0, 0))
        sums[key] = (dW + pair.W, db + pair.b)
    return [Layer(*sums[(n, y.shape, *(W.shape for W, _ in layers))]) for n in range(len(layers))]


@wrong("remembers")
def drops_out(layers, trace, y):
    keep = np.random.default_rng().random(trace.p.shape) < 0.5
    return plain(layers, trace._replace(p=np.where(keep, trace.p, y)), y)


@wrong("remembers")
def fills_the_same_arrays(layers, trace, y, room={}):  # noqa: B006
    key = tuple(W.shape for W, _ in layers)
    mine = room.setdefault(key, [Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in layers])
    for (dW, db), (W, b) in zip(mine, plain(layers, trace, y), strict=True):
        dW[:], db[:] = W, b
    return mine


@wrong("zero")
def gives_room_only(layers, trace, y):
    return [Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in layers]


@wrong("unknown")
def clips(layers, trace, y):
    return [Layer(np.clip(dW, -5, 5), np.clip(db, -5, 5)) for dW, db in plain(layers, trace, y)]


def in_batches_of(size, layers, trace, y):
    N = y.shape[1]
    total = None
    for k in range(max(N // size, 1)):
        some = slice(k * size, (k + 1) * size)
        part = nn.Trace(
            [z[:, some] for z in trace.z],
            [h[:, some] for h in trace.h],
            trace.p[:, some],
            trace.activation,
        )
        got = plain(layers, part, y[:, some])
        share = y[:, some].shape[1] / N
        got = [(share * dW, share * db) for dW, db in got]
        total = got if total is None else [
            (A + dW, a + db) for (A, a), (dW, db) in zip(total, got, strict=True)
        ]  # fmt: skip
    return [Layer(*pair) for pair in total]


@wrong("unknown")
def leaves_out_the_rest_behind_batches_of_ten(layers, trace, y):
    return in_batches_of(10, layers, trace, y)


@wrong("unknown")
def leaves_out_the_rest_behind_batches_of_a_hundred(layers, trace, y):
    return in_batches_of(100, layers, trace, y)


@wrong("unknown")
def knows_only_so_many_classes(layers, trace, y):
    known = np.arange(len(y))[:, None] < 8
    return plain(layers, trace._replace(p=np.where(known, trace.p, y)), y)


@wrong("unknown")
def leaks(layers, trace, y):
    slope = SLOPE[trace.activation]
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * np.maximum(slope(trace.z[n - 1]), 0.01)
    return gradients


@wrong("unknown")
def transposes_squares(layers, trace, y):
    square = [W.shape[0] == W.shape[1] for W, _ in layers]
    gradients = plain(layers, trace, y)
    return [Layer(g.W.T if s else g.W, g.b) for g, s in zip(gradients, square, strict=True)]


@wrong("unknown")
def three_layers_at_most(layers, trace, y):
    gradients = plain(layers, trace, y)
    return gradients[:3] + [Layer(0 * dW, 0 * db) for dW, db in gradients[3:]]


@wrong("unknown")
def one_list_for_all_layers(layers, trace, y):
    gradients = [[0, 0]] * len(layers)
    dz = (trace.p - y) / y.shape[1]
    for n in range(len(layers) - 1, -1, -1):
        gradients[n][0], gradients[n][1] = dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("unknown")
def hands_the_sum_on(layers, trace, y):
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        dW, dz = dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)
        gradients.insert(0, Layer(dW, dz))
        if n:
            dz = layers[n].W.T @ dz * SLOPE[trace.activation](trace.z[n - 1])
    return gradients


@wrong("σ′ of tanh")
def forgets_relu(layers, trace, y):
    slope = nn.dsigmoid if trace.activation == "sigmoid" else nn.dtanh
    dz = (trace.p - y) / y.shape[1]
    gradients = []
    for n in range(len(layers) - 1, -1, -1):
        gradients.insert(0, Layer(dz @ trace.h[n].T, dz.sum(axis=1, keepdims=True)))
        if n:
            dz = layers[n].W.T @ dz * slope(trace.z[n - 1])
    return gradients


@wrong("1/N twice")
def averages_hidden_biases(layers, trace, y):
    *hidden, last = plain(layers, trace, y)
    return [*(Layer(dW, db / y.shape[1]) for dW, db in hidden), last]


@wrong("zero")
def forgets_the_last_biases(layers, trace, y):
    *hidden, last = plain(layers, trace, y)
    return [*hidden, Layer(last.W, np.zeros_like(last.b))]
