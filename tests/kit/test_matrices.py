"""A cell shows its arrays as matrices: in the page, in JupyterLab, and as text."""

import numpy as np
import pytest
from bs4 import BeautifulSoup

from nn_widgets import matrices


def tables(shown):
    return BeautifulSoup(shown._repr_html_(), "html.parser").find_all("table")


def entries(table):
    rows = [[cell.text for cell in row.find_all("td")] for row in table.tbody.find_all("tr")]
    return [[float(entry.replace("−", "-")) for entry in row] for row in rows]


def test_every_number_stands_where_the_array_has_it():
    W2 = np.array([[0.25, -1.5, 3], [0, 1e-9, -2.0625]])
    (table,) = tables(matrices(W2=W2))
    np.testing.assert_allclose(entries(table), W2, atol=6e-4)
    assert table.caption.text == "W² 2 × 3"


def test_the_text_says_names_shapes_and_numbers():
    said = repr(matrices(z1=[[0.5], [-12.25]], loss=np.log(2)))
    assert said == "z¹  2 × 1\n  0.500\n−12.250\n\nL = 0.693"


@pytest.mark.parametrize(
    ("name", "label", "role"),
    [
        ("dW3", "dW³", "dW"),
        ("h0", "h⁰", "h"),
        ("loss", "L", "L"),
        ("p", "p", "p"),
        ("W12", "W¹²", "W"),
    ],
)
def test_a_symbol_has_its_label_and_its_colour(name, label, role):
    (table,) = tables(matrices({name: [[1.0]]}))
    assert table.caption.find(string=True, recursive=False).strip() == label
    assert f"var(--nn-{role}," in table["style"]


def test_any_other_name_is_written_as_it_is():
    (table,) = tables(matrices({"<p − y>": [[1.0]]}))
    assert table.caption.text.startswith("<p − y>")


def test_of_a_long_side_the_first_and_the_last_are_shown():
    p = np.arange(3 * 342).reshape(3, 342)
    (table,) = tables(matrices(p=p))
    first = [cell.text for cell in table.tbody.tr.find_all("td")]
    assert first == ["0", "1", "2", "3", "4", "5", "…", "341"]
    assert "3 × 342" in repr(matrices(p=p))


def test_ten_classes_are_shown_whole():
    (table,) = tables(matrices(counts=np.arange(100).reshape(10, 10)))
    np.testing.assert_array_equal(entries(table), np.arange(100).reshape(10, 10))


def test_headings_go_to_the_arrays_that_they_fit():
    species = ["Adelie", "Chinstrap", "Gentoo"]
    fitting, other = tables(matrices(p=[[0.5], [0.25], [0.25]], h1=[[1.0], [2.0]], rows=species))
    assert [th.text for th in fitting.tbody.find_all("th")] == species
    assert not other.find_all("th")
    assert len(entries(fitting)) == 3


@pytest.mark.parametrize("wrong", [np.zeros((2, 2, 2)), ["a"], [1j]])
def test_what_is_no_matrix_of_numbers_is_refused_by_name(wrong):
    with pytest.raises(ValueError, match="dW1 must hold numbers in at most two dimensions"):
        matrices(dW1=wrong)


def test_nothing_to_show_is_said():
    with pytest.raises(ValueError, match="at least one array"):
        matrices()
