"""Figures and quizzes that live in JupyterLab and in the built book."""

from .network_explorer import NetworkExplorer

__all__ = ["NetworkExplorer"]
