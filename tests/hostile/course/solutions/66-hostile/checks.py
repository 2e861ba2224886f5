from autograder.authoring import T2, T3, Draw, Task, Text

softmax_rows = Task(
    "softmax_rows",
    points=10,
    form=1,
    purity=1,
    forbid=("torch.softmax", "torch.nn.functional.softmax", "torch.nn.Softmax"),
)
summary = Task("summary", points=10, form=1, purity=1)
TITLE, HINT = Text("some rows", "행 몇 개"), Text("Look at one row.", "한 행을 보세요.")


@softmax_rows.check("small", points=3, visible=True, tolerance=T2, title=TITLE, hint=HINT)
def small(draw: Draw):
    yield draw.call(draw.normal(2, 3))


@softmax_rows.check("other", points=3, tolerance=T2, gradient=("X",), title=TITLE, hint=HINT)
def other(draw: Draw):
    yield draw.call(draw.normal(3, 5))
    yield draw.call(draw.strided(draw.normal(4, 2)))


@softmax_rows.check("large", points=1, edge=True, tolerance=T2, title=TITLE, hint=HINT)
def large(draw: Draw):
    yield draw.call(draw.normal(2, 4) * 1000)


@softmax_rows.check("float32", points=1, tolerance=T3, dtype="float32", title=TITLE, hint=HINT)
def float32(draw: Draw):
    yield draw.call(draw.normal(5, 3))


@summary.check("small", points=3, visible=True, tolerance=T2, title=TITLE, hint=HINT)
def small_summary(draw: Draw):
    yield draw.call(draw.normal(3, 2), 2)


@summary.check("other", points=5, tolerance=T2, title=TITLE, hint=HINT)
def other_summary(draw: Draw):
    yield draw.call(draw.normal(5, 4), 3)
    yield draw.call(draw.normal(7, 2), 1)
