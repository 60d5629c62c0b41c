"""Scales, axes, matrices, a network's diagram, signs; Matplotlib pictures in the same colours."""
