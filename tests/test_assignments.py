"""Every assignment of the course keeps its promises, for more than one secret."""

from __future__ import annotations

import pytest

from autograder.course.schedule import read_course
from autograder.sandbox import open_sandbox
from autograder.verify.verify import verify
from tests.by_commit import chosen, head
from tests.paths import ROOT

COURSE = read_course(ROOT)
FEW = 4  # assignments that another secret asks, too
TASKS = {
    "04-neural-networks": {
        "perceptron_epoch": 14, "losses": 12, "softmax_ce": 14, "linear_fwd": 10, "act_bwd": 8, "mlp_backprop": 16, "neuron_and_brain": 2,
        "gd_step": 8, "sgd_vs_batch": 6, "numeric_grad": 10,
    },
    "09-lstm": {
        "lstm_step": 16, "lstm_step_bwd": 18, "lstm_forward": 10, "lstm_backward": 16, "cell_gradient": 6,
        "sample_text": 10, "caption_loss": 12, "vqa_logits": 6, "soft_attention": 6,
    },
    "10-gcn": {
        "adjacency": 8, "normalize_adj": 16, "gcn_layer": 12, "gcn_layer_bwd": 16, "gcn_net": 12, "readout": 12,
        "graph_pool": 10, "node_ce": 14,
    },
    "12-vae": {
        "enc_head": 6, "reparam": 12, "kl_std_normal": 16, "recon": 12, "elbo": 10, "vae_grads": 18,
        "lin_gauss_check": 14, "generate": 12,
    },
    "13-gan": {
        "d_loss": 14, "g_loss": 14, "value": 12, "d_step": 12, "g_step": 12, "train_loop": 8, "dcgan_g": 12,
        "interp": 8, "saturation": 8, "cycle_loss": 0, "adain": 0, "truncate": 0,
    },
}  # fmt: skip


@pytest.mark.parametrize("slug", COURSE.slugs())
@pytest.mark.slow
def test_the_assignment_holds(slug, sandbox):
    it_holds(slug, b"one secret of a course", sandbox)


def test_over_some_commits_it_is_all_of_them():
    assert {slug for number in range(100) for slug in chosen(COURSE.slugs(), FEW, str(number))} == set(COURSE.slugs())


@pytest.mark.parametrize("number", range(FEW))
@pytest.mark.slow
def test_some_hold_with_another_secret(number, sandbox):
    """`python -m tests.test_assignments` asks it of all of them."""
    it_holds(chosen(COURSE.slugs(), FEW, head())[number], b"and another one", sandbox)


def it_holds(slug, secret, sandbox):
    report = verify(COURSE.assignment(slug), sandbox, secret, ROOT / "assignments" / slug)
    assert [str(finding) for finding in report.findings] == []
    assert report.caught == report.told_apart == report.diagnosed == report.misconceptions
    assert report.accepted == report.variants


@pytest.mark.parametrize("slug", TASKS)
def test_tasks_and_points_are_those_of_the_course(slug):
    assert {task.name: task.points for task in COURSE.assignment(slug).tasks} == TASKS[slug]


@pytest.mark.parametrize("slug", COURSE.slugs())
def test_some_but_not_all_points_can_be_reached_from_visible_cases(slug):
    assignment = COURSE.assignment(slug)
    visible = sum(t.form + sum(c.points for c in t.checks if c.visible) for t in assignment.tasks)
    assert 0.3 <= visible / assignment.points <= 0.5


def test_every_scheduled_assignment_is_there():
    assert set(COURSE.schedule) <= set(COURSE.slugs())


def main():
    """Every assignment with the other secret."""
    box = open_sandbox("process")
    try:
        for slug in COURSE.slugs():
            it_holds(slug, b"and another one", box)
            print(slug, "holds")
    finally:
        box.close()


if __name__ == "__main__":
    main()
