"""What `isinstance` asks of a number."""

Integral = int
Real = Rational = (int, float)
Number = Complex = (int, float, complex)
