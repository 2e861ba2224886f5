"""What many assignments say in the same words: names to forbid, titles and hints. Authors import them from `authoring`.

A changed name here changes grades of every assignment that uses it, and a changed sentence its reports.
"""

from __future__ import annotations

from autograder.i18n import Text

# -- what a task may forbid ------------------------------------------------------------------------------------------

AUTOGRAD = ("torch.autograd", "torch.func", "torch.Tensor.backward")
CROSS_ENTROPY = (
    "torch.nn.functional.cross_entropy",
    "torch.nn.functional.nll_loss",
    "torch.nn.CrossEntropyLoss",
    "torch.nn.NLLLoss",
)
BCE = (
    "torch.nn.functional.binary_cross_entropy",
    "torch.nn.functional.binary_cross_entropy_with_logits",
    "torch.nn.BCELoss",
    "torch.nn.BCEWithLogitsLoss",
)
RNN_MODULES = ("torch.nn.RNN", "torch.nn.RNNCell", "torch.rnn_tanh", "torch.rnn_tanh_cell")

# -- titles ----------------------------------------------------------------------------------------------------------

IN_FLOAT32 = Text("in float32", "float32에서")
DIFFERENTIABLE = Text("autograd can follow it", "자동 미분이 따라갈 수 있는지")

# -- hints -----------------------------------------------------------------------------------------------------------

KEEP_DTYPE = Text(
    "Results must keep the dtype of the inputs: make new tensors with dtype=....",
    "결과의 dtype은 입력과 같아야 합니다. 새 텐서를 만들 때 dtype을 지정하세요.",
)
STAY_WITH_TENSORS = Text(
    "Stay with tensor operations: .item(), .numpy() and .detach() cut the gradient.",
    "텐서 연산만 쓰세요. .item(), .numpy(), .detach()를 쓰면 기울기가 끊깁니다.",
)
NO_DETOUR = Text(
    "Stay with tensor operations: no .detach(), .item(), .data or numpy on the way.",
    "도중에 .detach(), .item(), .data, numpy를 쓰지 말고 텐서 연산만 사용하세요.",
)
