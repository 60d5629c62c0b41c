"""Figures and quizzes that live in JupyterLab and in the built book."""

from nn_widgets.backward_stepper import BackwardStepper
from nn_widgets.draw_a_digit import DrawADigit
from nn_widgets.hill_descent import HillDescent
from nn_widgets.loss_slices import LossSlices
from nn_widgets.network_explorer import NetworkExplorer
from nn_widgets.one_knob import OneKnob
from nn_widgets.picture import show
from nn_widgets.price_of_a_prediction import PriceOfAPrediction
from nn_widgets.quiz import Quiz
from nn_widgets.softmax_jacobian import SoftmaxJacobian
from nn_widgets.training_lab import TrainingLab

__all__ = [
    "BackwardStepper",
    "DrawADigit",
    "HillDescent",
    "LossSlices",
    "NetworkExplorer",
    "OneKnob",
    "PriceOfAPrediction",
    "Quiz",
    "SoftmaxJacobian",
    "TrainingLab",
    "show",
]
