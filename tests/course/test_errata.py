"""What lecture notes often get wrong is taught right: whoever writes the usual slip is told so by the grader.

Each row is a slip, the task that teaches the right form, and a wrong version of the assignment's bank that writes the
slip down. The version must be rejected by the task's checks. Formulas that the whole task turns on stand here once more
in full (`WRITTEN`), whatever the bank holds.
"""

from __future__ import annotations

import pytest

from autograder.course.assignment import Assignment, load_assignment
from autograder.grading.grader import Grader
from autograder.grading.verdicts import case_verdict
from autograder.sandbox.interface import Outcome, Sandbox
from tests.paths import ROOT

pytestmark = pytest.mark.slow

SLIPS = {
    "tanh with a 2 where the 1 belongs": ("00a-perceptron", "activations", "two_in_the_denominator"),
    "velocity defined by itself": ("00a-perceptron", "momentum_step", "circular_velocity"),
    "gates without a bias": ("00a-perceptron", "gate_params", "no_bias"),
    "a perceptron silent at 0": ("00a-perceptron", "step_perceptron", "silent_at_zero"),
    "ReLU's slope never 0": ("00a-perceptron", "activations", "leaky"),
    "a neuron for each of two inputs only": ("04-neural-networks", "neuron_and_brain", "neuron_and_brain_with_a"),
    "two small steps as one large": ("00b-training-basics", "lr_scaled", "second_gradient_at_the_start"),
    "twice the batch, always twice the rate": ("00b-training-basics", "lr_scaled", "always_doubled"),
    "positives of other images": ("00b-training-basics", "nt_xent", "neighbours_as_partners"),
    "Deep Blue as machine learning": ("01-ai-ml-dl", "milestones", "milestones_without_a"),
    "Watson as deep learning": ("01-ai-ml-dl", "milestones", "milestones_with_b"),
    "only deep learning gains from data": ("01-ai-ml-dl", "milestones", "milestones_with_c"),
    "probabilities above 1": ("02-math-statistics", "marginal_conditional", "sum_not_checked"),
    "norm without its root": ("02-math-statistics", "lin_basics", "norm_without_root"),
    "covariance taken for correlation": ("02-math-statistics", "moments", "correlation_returned"),
    "KL divergence symmetric": ("02-math-statistics", "entropy_ce_kl", "divergence_symmetrised"),
    "KL divergence finite where Q is 0": ("02-math-statistics", "entropy_ce_kl", "terms_without_q_left_out"),
    "product in the other order": ("02-math-statistics", "matmul", "factors_exchanged"),
    "raw score compared with a label": ("03-supervised-learning", "errors", "raw_g_compared"),
    "a rate where a count is asked for": ("03-supervised-learning", "errors", "rate_for_the_count"),
    "half the sum taken for the mean": ("03-supervised-learning", "mse_mae_halfsse", "half_of_the_mean"),
    "absolute and squared error exchanged": ("03-supervised-learning", "mse_mae_halfsse", "first_two_exchanged"),
    "the side of a boundary whatever the sign of w": ("03-supervised-learning", "margin", "sign_dropped"),
    "useless feature as curse of dimensionality": ("03-supervised-learning", "many_features", "many_features_with_b"),
    "perceptron step doubled": ("04-neural-networks", "perceptron_epoch", "difference_doubles_the_step"),
    "perceptron without bias update": ("04-neural-networks", "perceptron_epoch", "bias_never_updated"),
    "fires above the threshold only": ("04-neural-networks", "perceptron_epoch", "fires_above_zero_only"),
    "weight gradient without its transpose": ("04-neural-networks", "mlp_backprop", "weight_gradient_transposed"),
    "slope of the activation left out": ("04-neural-networks", "mlp_backprop", "slope_of_hidden_forgotten"),
    "slope at the output": ("04-neural-networks", "mlp_backprop", "slope_at_the_activation"),
    "deltas from updated weights": ("04-neural-networks", "mlp_backprop", "updated_weights_reused"),
    "momentum solved within one step": ("05-regularization", "momentum", "solved_within_one_step"),
    "norm for its square": ("05-regularization", "reg_loss_grad", "norm_not_squared"),
    "a 2 in the gradient of weight decay": ("05-regularization", "reg_loss_grad", "two_in_the_gradient"),
    "L1 steps across zero": ("05-regularization", "reg_loss_grad", "overshoots_zero"),
    "RMSProp as a sum": ("05-regularization", "adagrad", "rmsprop_sum"),
    "Adam without correction": ("05-regularization", "adam", "no_bias_correction"),
    "dropout that scales nothing": ("05-regularization", "dropout_fwd", "not_scaled_up"),
    "gradient for the dropped": ("05-regularization", "dropout_fwd", "gradient_mask_turned_round"),
    "batch normalisation without scale and shift": ("05-regularization", "bn_fwd", "no_scale_and_shift"),
    "batch statistics at test time": ("05-regularization", "bn_fwd", "batch_statistics_at_test_time"),
    "convolution with a flipped kernel": ("06-cnn", "conv2d", "kernel_flipped"),
    "pooling with parameters": ("06-cnn", "zoo_counts", "pooling_has_parameters"),
    "shortcut concatenated": ("06-cnn", "residual", "shortcut_concatenated"),
    "map from the averages": ("07a-cnn-visualization", "cam", "multiplied_by_the_average"),
    "score in place of the map": ("07a-cnn-visualization", "cam", "score_everywhere"),
    "every skip connection added": ("07b-detection-segmentation", "skip_fuse", "always_added"),
    "transposed convolution as an inverse": ("07b-detection-segmentation", "unpool", "kernel_turned_round"),
    "recurrence without a bias": ("08-rnn", "rnn_step", "bias_forgotten"),
    "vanishing judged by the entries": ("08-rnn", "state_jacobian", "power_of_the_entries"),
    "slopes left out of the product": ("08-rnn", "state_jacobian", "no_slope_in_the_product"),
    "input gate and candidate as one": ("09-lstm", "lstm_step", "sigmoid_candidate"),
    "no product along the cell": ("09-lstm", "cell_gradient", "always_one"),
    "normalisation without self-loops": ("10-gcn", "normalize_adj", "no_self_loops"),
    "isolated nodes become infinite": ("10-gcn", "normalize_adj", "infinite_at_isolated_nodes"),
    "factors of a GCN layer in another order": ("10-gcn", "gcn_layer", "adjacency_on_the_right"),
    "directed edges in both directions": ("10-gcn", "adjacency", "one_direction_only"),
    "pixels counted from one": ("11-autoregressive", "raster", "counted_from_one"),
    "PixelRNN in both directions": ("11-autoregressive", "pixelrnn_logp", "reads_both_ways"),
    "exact under the model, so exact": ("11-autoregressive", "kinds_of_density", "kinds_of_density_with_d"),
    "a GAN gives a density": ("11-autoregressive", "kinds_of_density", "kinds_of_density_with_c"),
    "variance for its logarithm": ("12-vae", "enc_head", "variance_returned"),
    "variance for the deviation": ("12-vae", "reparam", "variance_as_sigma"),
    "divergence to the prior for the gap": ("12-vae", "lin_gauss_check", "gap_to_the_prior"),
    "divergence added to the bound": ("12-vae", "elbo", "kl_added"),
    "reconstruction trains the decoder alone": ("12-vae", "vae_grads", "stopped_at_z"),
    "maximises what it should minimise": ("13-gan", "g_loss", "maximises_minus_log_d"),
    "attribute added without its neutral": ("13-gan", "interp", "adds_without_subtracting"),
}
WRITTEN = {
    "momentum whose velocity holds itself": (
        "05-regularization", "momentum",
        "def momentum(w, v, g, lr, mu):\n    v = -lr * g / (1 - mu)\n    return w + v, v",
    ),
    "half the sum of squares": (
        "03-supervised-learning", "mse_mae_halfsse",
        "def mse_mae_halfsse(y, yhat):\n    e = y - yhat\n    half = (e * e).sum() / 2\n    return half, e.abs().mean(), half",
    ),
    "adjacency without self-loops": (
        "10-gcn", "normalize_adj",
        "def normalize_adj(A):\n    d = A.sum(dim=1) ** -0.5\n    return d[:, None] * A * d[None, :]",
    ),
    "generator that climbs": (
        "13-gan", "g_loss",
        "def g_loss(f_logit, kind):\n    p, n = torch.sigmoid(f_logit), f_logit.numel()\n"
        "    return torch.log(p).mean(), (1 - p) / n",
    ),
    "smile and man added": (
        "13-gan", "interp", "def attribute(zp, zn, z):\n    return z + zp.mean(dim=0)",
    ),
    "soft threshold that walks past zero": (
        "05-regularization", "reg_loss_grad", "def soft_threshold(w, t):\n    return w - t * torch.sign(w)",
    ),
    "recurrent step without b": (
        "08-rnn", "rnn_step", "def rnn_step(x, h, U, W, b):\n    return torch.tanh(x @ U + h @ W)",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def graders(sandbox: Sandbox) -> dict[str, Grader]:
    return {}


def grader_for(slug: str, graders: dict[str, Grader], sandbox: Sandbox) -> Grader:
    if slug not in graders:
        graders[slug] = Grader(load_assignment(ROOT / "solutions" / slug), b"errata", sandbox)
    return graders[slug]


def failed_checks(grader: Grader, task: str, source: str) -> set[str]:
    """The checks of a task that a version does not pass, run like a submission."""
    cases = [case for case in grader.cases if case.task == task]
    calls = [call for call in grader.calls if call.group == task]
    outcomes: dict[int, Outcome] = dict(grader.run_override(source, "slip", calls))
    return {case.check.name for case in cases if not case_verdict(case, grader.reference, outcomes[case.id]).right}


def source_of(assignment: Assignment, task: str, name: str) -> str:
    (found,) = [m.source for m in assignment.misconceptions if (m.task, m.name) == (task, name)]
    return found


@pytest.mark.parametrize(("slug", "task", "name"), SLIPS.values(), ids=list(SLIPS))
def test_the_slip_of_the_bank_is_rejected(
    slug: str, task: str, name: str, graders: dict[str, Grader], sandbox: Sandbox
) -> None:
    grader = grader_for(slug, graders, sandbox)
    assert failed_checks(grader, task, source_of(grader.assignment, task, name))


@pytest.mark.parametrize(("slug", "task", "source"), WRITTEN.values(), ids=list(WRITTEN))
def test_the_slip_written_down_is_rejected(
    slug: str, task: str, source: str, graders: dict[str, Grader], sandbox: Sandbox
) -> None:
    grader = grader_for(slug, graders, sandbox)
    defined = source[4 : source.index("(")]
    assert defined in grader.assignment.task(task).functions
    wrong_parameters = source[source.index("(") + 1 : source.index(")")].split(", ")
    assert len(wrong_parameters) == len(grader.assignment.signatures[defined])
    assert failed_checks(grader, task, source)


@pytest.mark.parametrize("slug", sorted({slug for slug, _, _ in SLIPS.values()}))
def test_the_right_form_is_accepted(slug: str, graders: dict[str, Grader], sandbox: Sandbox) -> None:
    grader = grader_for(slug, graders, sandbox)
    for task in {task for other, task, _ in SLIPS.values() if other == slug}:
        assert not failed_checks(grader, task, "pass")
