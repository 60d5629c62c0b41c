"""The page cannot take a function apart; nn_core asks for the module by name."""
