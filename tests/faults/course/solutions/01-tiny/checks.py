from autograder.authoring import T1, T2, Draw, Task, Text

scale = Task("scale", points=4, purity=1)


@scale.check(
    "seen", points=1, visible=True, tolerance=T1, title=Text("seen", "공개"), hint=Text("Multiply.", "곱하세요.")
)
def seen(draw: Draw):
    yield draw.call(draw.normal(2, 3), 2.5)


@scale.check("hidden", points=2, tolerance=T1, title=Text("hidden", "비공개"), hint=Text("Multiply.", "곱하세요."))
def hidden(draw: Draw):
    for rows in draw.sizes(3):
        yield draw.call(draw.normal(rows, 4), draw.scalar(-2, 2))


row_sums = Task("row_sums", points=4, form=1)


@row_sums.check(
    "rows", points=3, tolerance=T2, title=Text("rows", "행"), hint=Text("Over the last axis.", "마지막 축을 더하세요.")
)
def rows(draw: Draw):
    for columns in draw.sizes(3):
        yield draw.call(draw.normal(3, columns))
