"""Where the nodes of a graph stand: in layers, each below what it was made of, few lines crossing.

As `tracing`, it runs in the page's Python too. Places are in widths of a node across and in layers
down; the drawing makes pixels of them.
"""

NODE, THREAD = 1.0, 0.3  # the room that a node takes across, and that of a line passing by
LEAF, STRAIGHT = 0.01, 8.0  # how much a line from a leaf pulls, and one that only passes by
ROUNDS = 12


def layered(of):
    """Place a graph.

    Parameters
    ----------
    of : list of lists of int
        What each node was made of; these come before it. The last node is the loss.

    Returns
    -------
    layout : dict
        `places`, [across, layer] of each node; `lines`, one for each pair of a node and one that
        it was made of: `from`, `to`, `uses`, and the `places` it passes; `width`; `crossings`.
    """
    if not of:
        return {"places": [], "lines": [], "width": 0.0, "crossings": 0}
    depth = depths(of)
    layers, links, lines = threaded(of, depth)
    layers = untangled(layers, links)
    across = spread(layers, links, len(of), [not sources for sources in of])
    for line in lines:
        passed = line.pop("threads")
        line["places"] = [[round(across[one], 3), layer] for one, layer in passed]
    half = NODE / 2
    return {
        "places": [[round(across[k], 3), depth[k]] for k in range(len(of))],
        "lines": lines,
        "width": round(max([across[k] + half for k in range(len(of))]), 3),
        "crossings": sum([crossings(links, *pair) for pair in pairs(layers)]),
    }


def depths(of):
    """Return the layer of each node: a leaf stands just above the first that uses it."""
    depth = []
    for sources in of:
        depth.append(1 + max([depth[k] for k in sources]) if sources else 0)
    for k in range(len(of)):
        users = [depth[j] for j, sources in enumerate(of) if k in sources]
        if not of[k] and users:
            depth[k] = min(users) - 1
    return depth


def threaded(of, depth):
    """Return layers, links between neighbouring layers, and lines with the threads they are of.

    A line over several layers becomes a thread in each layer that it passes.
    """
    layers = [[] for _ in range(max(depth) + 1)]
    for k in reversed(range(len(of))):
        layers[depth[k]].append(k)
    links, lines, fresh = [], [], len(of)
    for k, sources in enumerate(of):
        for source in sorted(set(sources)):
            passed, above = [], source
            for layer in range(depth[source] + 1, depth[k]):
                layers[layer].append(fresh)
                links.append((above, fresh))
                passed.append((fresh, layer))
                above, fresh = fresh, fresh + 1
            links.append((above, k))
            lines.append(
                {"from": source, "to": k, "uses": sources.count(source), "threads": passed}
            )
    return layers, links, lines


def untangled(layers, links):
    """Order each layer so that few lines cross: by the middle of neighbours, then by exchange."""
    up, down = neighbours(links), neighbours([(b, a) for a, b in links])
    best, fewest = layers, tangle(layers, links)
    for start in (layers, [layer[::-1] for layer in layers], by_descent(layers, links)):
        now = start
        for turn in range(ROUNDS):
            now = swept(now, down if turn % 2 else up, turn % 2)
            now = exchanged(now, links)
            count = tangle(now, links)
            if count < fewest:
                best, fewest = now, count
    return best


def by_descent(layers, links):
    """Return the layers in the order in which a walk from the loss upwards meets them."""
    sources, seen = neighbours(links), []
    open_ends = [layers[-1][0]]
    while open_ends:
        one = open_ends.pop()
        if one not in seen:
            seen.append(one)
            open_ends += sources.get(one, [])[::-1]
    return [sorted(layer, key=seen.index) for layer in layers]


def neighbours(links):
    """Return, for the second of each link, the first of all its links."""
    found = {}
    for a, b in links:
        found.setdefault(b, []).append(a)
    return found


def swept(layers, beside, upwards):
    """Order one layer after the other by the middle of its neighbours in the one before."""
    layers = layers[::-1] if upwards else layers
    out = [layers[0]]
    for layer in layers[1:]:
        at = {one: k for k, one in enumerate(out[-1])}
        middles = {}
        for k, one in enumerate(layer):
            places = [at[other] for other in beside.get(one, [])]
            # With its place: MicroPython's sort may exchange what is equal.
            middles[one] = (sum(places) / len(places) if places else k, k)
        out.append(sorted(layer, key=lambda one: middles[one]))
    return out[::-1] if upwards else out


def exchanged(layers, links):
    """Exchange neighbours in a layer as long as that takes a crossing away."""
    layers = [list(layer) for layer in layers]
    better = True
    while better:
        better = False
        for n, layer in enumerate(layers):
            for k in range(len(layer) - 1):
                before = around(layers, links, n)
                layer[k], layer[k + 1] = layer[k + 1], layer[k]
                if around(layers, links, n) < before:
                    better = True
                else:
                    layer[k], layer[k + 1] = layer[k + 1], layer[k]
    return layers


def around(layers, links, n):
    """Count the crossings on both sides of a layer."""
    beside = layers[max(n - 1, 0) : n + 2]
    return sum([crossings(links, a, b) for a, b in pairs(beside)])


def tangle(layers, links):
    """Count all crossings."""
    return sum([crossings(links, a, b) for a, b in pairs(layers)])


def crossings(links, above, below):
    """Count the crossings between two layers."""
    top = {one: k for k, one in enumerate(above)}
    bottom = {one: k for k, one in enumerate(below)}
    ends = [(top[a], bottom[b]) for a, b in links if a in top and b in bottom]
    return sum([(a - c) * (b - d) < 0 for n, (a, b) in enumerate(ends) for c, d in ends[n + 1 :]])


def pairs(items):
    """Return each with the next one."""
    return [(items[k], items[k + 1]) for k in range(len(items) - 1)]


def spread(layers, links, count, leaf):
    """Return how far across each stands: near its neighbours, in order, with room between."""
    beside = {}
    for a, b in links:
        pull = STRAIGHT if min(a, b) >= count else LEAF if a < count and leaf[a] else 1.0
        beside.setdefault(a, []).append((b, pull))
        beside.setdefault(b, []).append((a, pull))
    room = lambda one: NODE if one < count else THREAD  # noqa: E731
    across = {}
    for layer in layers:
        for k, one in enumerate(layer):
            across[one] = k * NODE
    for turn in range(4 * ROUNDS):
        for layer in layers if turn % 2 else layers[::-1]:
            wanted, pulls = [], []
            for one in layer:
                others = beside.get(one, [(one, 1.0)])
                pulls.append(sum([pull for _, pull in others]))
                wanted.append(sum([pull * across[other] for other, pull in others]) / pulls[-1])
            between = [(room(a) + room(b)) / 2 for a, b in pairs(layer)]
            for one, place in zip(layer, parted(wanted, pulls, between), strict=True):
                across[one] = place
    left = min([across[one] - room(one) / 2 for one in across])
    return {one: place - left for one, place in across.items()}


def parted(wanted, pulls, between):
    """Return the places nearest to those wanted, in their order, each so far from the next."""
    offsets = [0.0]
    for distance in between:
        offsets.append(offsets[-1] + distance)
    pools = []  # runs that move together, as (sum, weight, count)
    for place, pull, offset in zip(wanted, pulls, offsets, strict=True):
        pools.append((pull * (place - offset), pull, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            pools[-2:] = [tuple([a + b for a, b in zip(*pools[-2:], strict=True)])]
    places = []
    for total, weight, many in pools:
        places += [total / weight] * many
    return [place + offset for place, offset in zip(places, offsets, strict=True)]
