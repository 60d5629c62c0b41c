"""The symbols of a formula get their colours, and nothing else does."""

import pytest

from nn_widgets.tex.symbols import colour


def marked(tex):
    r"""`colour(tex)` in a notation short enough to read: \htmlClass{nn-W}{W^l} as <W:W^l>."""
    coloured = colour(tex)
    while r"\htmlClass{nn-" in coloured:
        before, rest = coloured.split(r"\htmlClass{nn-", 1)
        name, rest = rest.split("}{", 1)
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        coloured = f"{before}<{name}:{rest[: end - 1]}>{rest[end:]}"
    return coloured


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        ("z^l = W^l h^{l-1} + b^l", "<z:z^l> = <W:W^l> <h:h^{l-1}> + <b:b^l>"),
        ("x_1, p_{k}, y, L", "<x:x_1>, <p:p_{k}>, <y:y>, <L:L>"),
        (r"\hat y_i", r"<y:\hat y_i>"),
        (r"\mathbf{W}_1", r"<W:\mathbf{W}_1>"),
        ("x'_1", "<x:x'_1>"),
        ("w_2", "<W:w_2>"),
    ],
)
def test_a_symbol_is_coloured_with_its_accents_and_scripts(tex, wanted):
    assert marked(tex) == wanted


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        ("dW^3 = dz^3 (h^2)^T", "<dW:dW^3> = <dz:dz^3> (<h:h^2>)^T"),
        (r"\frac{\partial L}{\partial W}", r"<dW:\frac{\partial L}{\partial W}>"),
        (r"\dfrac{\partial L}{\partial z^o_1}", r"<dz:\dfrac{\partial L}{\partial z^o_1}>"),
        (r"\partial L/\partial b_1 = 2", r"<db:\partial L/\partial b_1> = 2"),
        (r"\partial L / \partial h", r"<dh:\partial L / \partial h>"),
        (r"-\alpha\nabla L(w)", r"-\alpha<dL:\nabla L>(<W:w>)"),
    ],
)
def test_a_gradient_is_one_thing_and_warm(tex, wanted):
    assert marked(tex) == wanted


def test_the_slope_of_anything_but_the_loss_is_no_gradient_of_the_loss():
    tex = r"\frac{\partial p_1}{\partial z_1}"
    assert marked(tex) == r"\frac{\partial <p:p_1>}{\partial <z:z_1>}"
    assert "nn-d" not in colour(r"\frac{\partial L}{\partial \theta}")
    assert "nn-d" not in colour(r"\frac{\partial^2 L}{\partial x \partial y}")


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{x by W, p per cent}",
        r"\operatorname{diag}\operatorname{softmax}",
        r"\lambda\alpha\beta\exp\log\partial\big|\bar{a}",
        r"\mathord{x}",
        r"\begin{array}{lbp} 1 & 2 \end{array}",
        r"\mathrm{d}\theta",
        r"\htmlClass{mine}{x}",
        r"\hspace{1px}",
        "d\\theta + N K n_l % x and y in a comment\n",
        r"\underbrace{a}_{\text{p of it}}",
    ],
)
def test_words_and_commands_stay_as_they_are(tex):
    assert colour(tex) == tex


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"\sqrt x", r"\sqrt {<x:x>}"),
        ("e^z", "e^{<z:z>}"),
        (r"\frac zx", r"\frac {<z:z>}{<x:x>}"),
        (r"\left(x\right)", r"\left(<x:x>\right)"),
        (r"z \\[2pt] p", r"<z:z> \\[2pt] <p:p>"),
        (r"\sqrt[3]{x}", r"\sqrt[3]{<x:x>}"),
        (r"\sum_{i=1}^{N} L_i", r"\sum_{i=1}^{N} <L:L_i>"),
    ],
)
def test_a_symbol_inside_a_command_is_wrapped_where_tex_allows_it(tex, wanted):
    assert marked(tex) == wanted


@pytest.mark.parametrize("tex", ["", "{", "}", "x^", r"\frac{x", "_", r"\left", r"\hat", "[x"])
def test_broken_tex_passes_through_to_katex_without_a_crash(tex):
    colour(tex)
