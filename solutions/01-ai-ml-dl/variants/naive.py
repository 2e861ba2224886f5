"""Right versions as a careful beginner writes them."""

import torch


def contains(parents, a, b):
    parents[a]
    parents[b]
    current = b
    steps = 0
    while True:
        if current == a:
            return True
        if parents[current] is None:
            return False
        current = parents[current]
        steps = steps + 1
        if steps > len(parents):
            raise ValueError("the fields go round in a circle")


def timeline(events, lo, hi):
    names = []
    for year in range(lo, hi + 1):
        for when, name in events:
            if when == year:
                names.append(name)
    return names


def learn_f(X, Y):
    N, d = X.shape
    A = torch.ones(N, d + 1, dtype=X.dtype, device=X.device)
    for n in range(N):
        for i in range(d):
            A[n, i] = X[n, i]
    theta = torch.linalg.lstsq(A, Y[:, None], driver="gelsd").solution[:, 0]

    def predict(X_new):
        answers = torch.zeros(len(X_new), dtype=X_new.dtype, device=X_new.device)
        for n in range(len(X_new)):
            answers[n] = theta[d]
            for i in range(d):
                answers[n] += theta[i] * X_new[n, i]
        return answers

    return predict


def best_threshold(x, y):
    numbers, labels = x.tolist(), y.tolist()
    values = sorted(set(numbers))
    candidates = [values[0] - 1]
    for k in range(len(values) - 1):
        candidates.append((values[k] + values[k + 1]) / 2)
    candidates.append(values[-1] + 1)
    rules = []
    for t in candidates:
        for polarity in (1, -1):
            errors = 0
            for number, label in zip(numbers, labels):
                above = number >= t
                answer = 1 if above == (polarity == 1) else 0
                if answer != label:
                    errors += 1
            rules.append((errors, t, -polarity))
    errors, t, polarity = min(rules)
    return t, -polarity, errors


def learning_curve(fit, err, Xtr, ytr, sizes, Xte, yte):
    curve = torch.zeros(len(sizes), dtype=Xte.dtype, device=Xte.device)
    for k in range(len(sizes)):
        X_part = torch.stack([Xtr[i] for i in range(sizes[k])])
        y_part = torch.stack([ytr[i] for i in range(sizes[k])])
        model = fit(X_part, y_part)
        curve[k] = err(model, Xte, yte)
    return curve


def compose(*fs):
    if len(fs) == 0:
        return lambda x: x
    first, rest = fs[0], compose(*fs[1:])

    def composed(x):
        return rest(first(x))

    return composed


def f_of_x(x, layers):
    value = torch.empty_like(x)
    value.copy_(x)
    for layer in layers:
        value = layer(value)
    return value
