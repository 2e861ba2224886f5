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
        n = 0
        disable = False

        def __init__(self, iterable=None, *args, total=None, **options):
            self.iterable = () if iterable is None else iterable
            self.total = total

        def __iter__(self):
            return iter(self.iterable)

        def __len__(self):
            return len(self.iterable) if self.total is None else self.total

        def __bool__(self):
            return True

        def update(self, count=1):
            self.n += count

        @staticmethod
        def write(*args, **options):
            return None

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
    bars = {"tqdm": Bar, "trange": lambda *args, **options: Bar(range(*args))}
    bars.update(tqdm_notebook=Bar, tnrange=bars["trange"])
    if missing("tqdm"):
        for name in ("tqdm", "tqdm.auto", "tqdm.autonotebook", "tqdm.std"):
            put(name, **bars)
    if missing("tqdm") or missing("ipywidgets"):  # the bar of a notebook is made of widgets
        put("tqdm.notebook", **bars)


def check(*functions):
    """Students look at visible cases with it; nothing is looked at while grading."""


def ready(*functions):
    """Plots and training runs ask it first; none are made while grading."""
    return False


check.all = check
_stand_in()
del _stand_in
