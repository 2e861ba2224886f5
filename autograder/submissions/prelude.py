def _stand_in():
    """Stands in for what a notebook finds on the student's machine and not here: its checker, Colab, IPython, tqdm."""
    import importlib.util
    import sys
    import types

    def nothing(*args, **options):
        return None

    class StandIn(types.ModuleType):
        __path__ = []

        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return nothing

    class Bar:
        def __init__(self, iterable=(), *args, **options):
            self.iterable = iterable

        def __iter__(self):
            return iter(self.iterable)

        def __enter__(self):
            return self

        def __exit__(self, *raised):
            return None

        def __getattr__(self, name):
            return nothing

    def missing(name):
        return name not in sys.modules and importlib.util.find_spec(name) is None

    def put(name, **values):
        module = sys.modules[name] = StandIn(name)
        module.__dict__.update(values)
        parent, _, child = name.rpartition(".")
        if isinstance(sys.modules.get(parent), types.ModuleType):
            setattr(sys.modules[parent], child, module)

    put("checker", check=check, ready=ready, __all__=["check", "ready"])
    for package, children in (("google", ()), ("IPython", ("display", "core"))):
        if missing(package):
            put(package)
            for child in children:
                put(f"{package}.{child}")
    for name in ("", ".drive", ".files", ".output", ".userdata", ".patches"):
        put(f"google.colab{name}")
    if missing("tqdm"):
        for name in ("tqdm", "tqdm.auto", "tqdm.notebook", "tqdm.autonotebook"):
            put(name, tqdm=Bar, trange=lambda *args, **options: Bar(range(*args)))


def check(*functions):
    """Students look at visible cases with it; nothing is looked at while grading."""


def ready(*functions):
    """Plots and training runs ask it first; none are made while grading."""
    return False


check.all = check
_stand_in()
del _stand_in
