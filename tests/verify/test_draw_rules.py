"""Each rule sees a convenient draw, and is content with a good one."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring import T1, Check, Task
from autograder.course.cases import Case
from autograder.guest.wire import Array
from autograder.i18n import Text
from autograder.verify.draw_rules import broken_rules, draws_floats

TEXT = Text("t", "t")
rng = np.random.default_rng(3)


def case(function="f", *, edge=False, **arguments):
    check = Check("f", "c", 1, True, T1, TEXT, TEXT, lambda d: [], edge=edge)
    args = tuple(Array(a) if isinstance(a, np.ndarray) else a for a in arguments.values())
    return Case(0, check, 0, function, tuple(arguments), args, 0)


def broken(*cases, exempt=None):
    return {found.rule for found in broken_rules(Task("f", 1, exempt=exempt or {}), cases)}


def normal(*shape):
    return rng.normal(size=shape)


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("R1", [{"X": normal(3, 3), "W": normal(3, 3)}], [{"X": normal(4, 3), "W": normal(3, 2)}]),
        ("R2", [{"b": np.zeros(3)}], [{"b": normal(3)}]),
        ("R3", [{"X": normal(1, 4)}], [{"X": normal(2, 4)}]),
        ("R3", [{"x": normal(2, 1, 2)}], [{"x": normal(2, 5, 4)}]),
        ("R4", [{"dH": np.ones((2, 3))}], [{"dH": normal(2, 3)}]),
        ("R5", [{"A": np.eye(3)}, {"A": np.ones((4, 4))}], [{"A": normal(3, 3)}, {"A": normal(4, 4)}]),
        ("R6", [{"eps": 1e-8}], [{"eps": 1e-8}, {"eps": 1e-2}]),
        ("R7", [{"p": 0.5}], [{"p": 0.3}]),
        ("R8", [{"x": normal(4)}], [{"x": np.array([0.0, 1.0])}]),
        ("R9", [{"logits": normal(4)}], [{"logits": np.array([-1000.0, 3.0])}]),
        ("R11", [{"x": normal(2, 3)}], [{"x": normal(2, 3)}, {"x": normal(0, 3)}]),
        ("R12", [{"x": normal(3)}], [{"x": np.full(3, 2.0)}]),
        ("R13", [{"x": normal(3)}], [{"x": np.arange(3)}]),
        ("R14", [{"x": normal(3), "lr": 0.1}], [{"x": normal(3), "lr": 0.1}, {"x": normal(3), "lr": 0.2}]),
    ],
)
def test_rules(rule, bad, good):
    assert rule in broken(*(case(**arguments) for arguments in bad))
    assert rule not in broken(*(case(**arguments) for arguments in good))


def test_padded_pooling_needs_negative_inputs():
    assert "R10" in broken(case("pool2d", x=normal(2, 3, 4, 5)))
    assert "R10" not in broken(case("pool2d", x=-1 - normal(2, 3, 4, 5) ** 2))


def test_non_contiguous_views_obey_r13():
    assert "R13" not in broken(case(x=Array(normal(3), layout="noncontiguous")))


def test_arrays_inside_containers_count():
    assert "R2" in broken(case(params={"W": Array(np.ones((2, 3)))}))


def test_rules_about_arrays_do_not_bind_tasks_without_arrays():
    assert broken(case(name="AND"), case(name="OR")) == set()


def test_an_exempt_rule_is_not_asked_for():
    assert "R7" not in broken(case(p=0.5), exempt={"R7": "p is given"})


def test_edge_cases_do_not_hide_a_convenient_draw():
    assert "R1" in broken(case(X=normal(3, 3)), case(edge=True, X=normal(1, 3)))


def test_float32_is_asked_of_what_takes_floats():
    assert draws_floats([case(n=3), case(x=normal(2))])
    assert not draws_floats([case(n=3), case(x=np.arange(4)), case(text="a", rate=0.5)])
