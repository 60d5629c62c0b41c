"""Figures and quizzes that live in JupyterLab and in the built book."""

from nn_widgets.network_explorer import NetworkExplorer
from nn_widgets.picture import show

__all__ = ["NetworkExplorer", "show"]
