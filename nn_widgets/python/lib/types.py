"""A bag of names, and the types of functions."""


class SimpleNamespace:
    def __init__(self, **names):
        for name, value in names.items():
            setattr(self, name, value)

    def __repr__(self):
        inside = ", ".join([f"{name}={value!r}" for name, value in self.__dict__.items()])
        return f"namespace({inside})"


FunctionType = type(lambda: None)
CodeType = type(compile("0", "code", "eval"))
GeneratorType = type((x for x in ()))
