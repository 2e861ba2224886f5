"""A visible check of 2 points and a hidden one of 3 for each question, on as many inputs as the peers' tests have."""

from autograder.authoring import T1, T2, Draw, Task, Text

lstm_step = Task("lstm_step", points=5)
normalize_adj = Task("normalize_adj", points=5)
elbo = Task("elbo", points=5)
gan_losses = Task("gan_losses", points=5)

SMALL = {"points": 2, "visible": True, "title": Text("small inputs", "작은 입력")}
OTHER = {"points": 3, "title": Text("other inputs", "다른 입력")}


def lstm(draw: Draw, count: int):
    for _ in range(count):
        n, d, m = draw.sizes(3, 2, 7)
        state = [draw.normal(n, m), draw.normal(n, m), draw.normal(d, 4 * m), draw.normal(m, 4 * m), draw.normal(4 * m)]
        yield draw.call(draw.normal(n, d), *state)


@lstm_step.check("small", tolerance=T2, hint=Text("Which gate is which?", "게이트의 순서를 확인하세요."), **SMALL)
def small_lstm(draw: Draw):
    yield from lstm(draw, 2)


@lstm_step.check("other", tolerance=T2, hint=Text("Any size must do.", "크기가 달라도 되어야 합니다."), **OTHER)
def other_lstm(draw: Draw):
    yield from lstm(draw, 4)


@normalize_adj.check("small", tolerance=T1, hint=Text("Both ends count.", "간선의 양 끝을 봅니다."), **SMALL)
def small_graphs(draw: Draw):
    for n in draw.sizes(2, 3, 5):
        yield draw.call(draw.graph(n, directed=True, weighted=True))


@normalize_adj.check("other", tolerance=T1, hint=Text("Any size must do.", "크기가 달라도 되어야 합니다."), **OTHER)
def other_graphs(draw: Draw):
    for n in draw.sizes(4, 4, 9):
        yield draw.call(draw.graph(n, directed=True, weighted=True))


def vae(draw: Draw, count: int):
    for _ in range(count):
        n, d, k = draw.sizes(3, 2, 7)
        yield draw.call(draw.uniform(n, d), draw.normal(n, d), draw.normal(n, k), draw.normal(n, k))


@elbo.check("small", tolerance=T2, hint=Text("Mind the signs.", "부호를 확인하세요."), **SMALL)
def small_vae(draw: Draw):
    yield from vae(draw, 2)


@elbo.check("other", tolerance=T2, hint=Text("What is summed, what a mean?", "합과 평균을 구분하세요."), **OTHER)
def other_vae(draw: Draw):
    yield from vae(draw, 4)


@gan_losses.check("small", tolerance=T2, hint=Text("Mind the signs.", "부호를 확인하세요."), **SMALL)
def small_gan(draw: Draw):
    for n in draw.sizes(2, 2, 7):
        yield draw.call(draw.normal(n, 1), draw.normal(n, 1))


@gan_losses.check("other", tolerance=T2, hint=Text("Large logits?", "로짓이 크면 어떻게 되나요?"), **OTHER)
def other_gan(draw: Draw):
    for n, scale in zip(draw.sizes(4, 2, 7), (1, 1, 400, 400), strict=True):
        yield draw.call(draw.normal(n, 1, scale=scale), draw.normal(n, 1, scale=scale))
