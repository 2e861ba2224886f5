"""Two cells: one watches the reference in a process of its own, one stands in for a student's function."""

RECORD = '''
def _autograder_record(function, parameters, *args):
    """What `function` of the reference asks of earlier functions, and what these answer: [(name, arguments, answer)]."""
    import copy

    space, log, inside = globals(), [], []

    def watch(name, real, names):
        def watched(*given, **named):
            if inside:
                return real(*given, **named)
            full = (*given, *(named[n] for n in names[len(given):] if n in named))
            kept = copy.deepcopy(full)
            inside.append(name)
            try:
                answer = real(*given, **named)
            finally:
                inside.pop()
            log.append((name, kept, copy.deepcopy(answer)))
            return answer

        return watched

    real = {name: space[name] for name in parameters if name in space}
    try:
        space.update({name: watch(name, called, parameters[name]) for name, called in real.items()})
        space[function](*args)
    finally:
        space.update(real)
    return log
'''

STAND_IN = '''
def _autograder_carried(function, told, *args, tables={}):
    """{"value": what `function` gives with answers for what it calls} or {"asks": the first call without an answer}."""
    import torch

    space, asked, made = globals(), [], []
    table = tables.setdefault(told["case"], [])
    table.extend(told["table"])

    def same(one, other):
        if torch.is_tensor(one) and torch.is_tensor(other):
            return one.shape == other.shape and one.dtype == other.dtype and torch.equal(one.detach(), other.detach())
        if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
            return len(one) == len(other) and all(map(same, one, other))
        if isinstance(one, dict) and isinstance(other, dict):
            return list(one) == list(other) and all(map(same, one.values(), other.values()))
        return type(one) is type(other) and one == other

    def copied(value):
        if torch.is_tensor(value):
            return value.clone()
        if isinstance(value, dict):
            return {key: copied(item) for key, item in value.items()}
        return type(value)(map(copied, value)) if isinstance(value, (list, tuple)) else value

    def detached(value):
        if torch.is_tensor(value):
            return value.detach().clone()
        if isinstance(value, dict):
            return {key: detached(item) for key, item in value.items()}
        return type(value)(map(detached, value)) if type(value) in (list, tuple) else value

    def stand_in(name, names):
        def answer(*given, **named):
            full = (*given, *(named[n] for n in names[len(given):] if n in named))
            made.append(name)
            likely = len(made) - 1  # a function that is called again asks in the same order
            for known, arguments, value in (*table[likely : likely + 1], *table):
                if known == name and same(list(full), list(arguments)):
                    return copied(value)
            asked.append((name, [detached(argument) for argument in full]))
            raise LookupError("this call has no answer yet")

        return answer

    own = {name: space[name] for name in told["names"] if name in space}
    try:
        space.update({name: stand_in(name, told["parameters"][name]) for name in told["names"]})
        value = space[function](*args)
    except LookupError:
        if not asked:
            raise
    finally:
        space.update(own)
    return {"asks": asked[0]} if asked else {"value": value}
'''
