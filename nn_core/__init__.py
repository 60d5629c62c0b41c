"""The mathematics of a feedforward network, written like its equations."""
