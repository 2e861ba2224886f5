"""One thing under many names: `torch.softmax`, `F.softmax`, `x.softmax`, `nn.Softmax`, `aten._softmax`.

A name is forbidden when it is the forbidden one, stands below it (`torch.autograd.grad` below `torch.autograd`), or is
another door to the same function. Nothing is the same only because it computes the same.
"""

from __future__ import annotations

import functools
import re

# Where torch keeps one function: torch.X, F.X, x.X, the C++ bindings of these, and the operator aten.X.
_FUNCTION_HOMES = re.compile(
    r"(?:(?:torch\.ops\.aten|torch\._ops\.aten|aten)(?=\.)(?P<operator>)"
    r"|torch(?:\.nn\.functional|\.functional|\.Tensor|\.special|\._VF|\._refs\.nn\.functional|\._refs)?"
    r"|torch\._C(?:\._nn|\._VariableFunctions|\._VariableFunctionsClass|\._TensorBase|\.TensorBase|\._special)?)"
    r"\.(?:special_)?_{0,2}(?P<function>[a-z]\w*?)_?(?P<overload>\.\w+)?"
)
_MODULE_HOMES = re.compile(r"torch\.nn\.modules(?:\.[a-z_]\w*)*\.(?P<rest>[A-Z]\w*(?:\..*)?)")
_MODULE = re.compile(r"torch\.nn\.(?P<name>[A-Z]\w*)(?:\..*)?")

_FUNCTION_OF_MODULE = {
    "Softmax": "softmax", "Softmax2d": "softmax", "LogSoftmax": "log_softmax", "Softmin": "softmin",
    "CrossEntropyLoss": "cross_entropy", "NLLLoss": "nll_loss", "BCELoss": "binary_cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits", "MSELoss": "mse_loss", "L1Loss": "l1_loss",
    "SmoothL1Loss": "smooth_l1_loss", "HuberLoss": "huber_loss", "KLDivLoss": "kl_div", "GaussianNLLLoss": "gaussian_nll_loss",
    "PoissonNLLLoss": "poisson_nll_loss", "LSTM": "lstm", "LSTMCell": "lstm_cell", "GRU": "gru", "GRUCell": "gru_cell",
    "RNN": "rnn_tanh", "RNNCell": "rnn_tanh_cell", "MultiheadAttention": "multi_head_attention_forward", "Linear": "linear",
    "Bilinear": "bilinear", "Embedding": "embedding", "Dropout": "dropout", "BatchNorm1d": "batch_norm",
    "BatchNorm2d": "batch_norm", "BatchNorm3d": "batch_norm", "LayerNorm": "layer_norm", "GroupNorm": "group_norm",
    "InstanceNorm1d": "instance_norm", "InstanceNorm2d": "instance_norm", "RMSNorm": "rms_norm", "Conv1d": "conv1d",
    "Conv2d": "conv2d", "Conv3d": "conv3d", "ConvTranspose1d": "conv_transpose1d", "ConvTranspose2d": "conv_transpose2d",
    "MaxPool1d": "max_pool1d", "MaxPool2d": "max_pool2d", "AvgPool1d": "avg_pool1d", "AvgPool2d": "avg_pool2d",
    "Unfold": "unfold", "Fold": "fold", "Upsample": "interpolate", "ReLU": "relu", "LeakyReLU": "leaky_relu",
    "Sigmoid": "sigmoid", "Tanh": "tanh", "GELU": "gelu", "ELU": "elu", "SiLU": "silu", "Softplus": "softplus",
    "LogSigmoid": "log_sigmoid", "CosineSimilarity": "cosine_similarity",
}  # fmt: skip

# A module of torch holds what it imports: F.torch.softmax, torch.nn.modules.activation.F.softmax.
_REEXPORTS = (
    (re.compile(r"^torch\.(?:\w+\.)*(?=torch\.)"), ""),
    (re.compile(r"^torch\.(?:\w+\.)*F\."), "torch.nn.functional."),
    (re.compile(r"^torch\.(?:\w+\.)*_VF\."), "torch._VF."),
)

# Operators under a name of their own that run only when the function does.
_OPERATORS_OF_FUNCTION = {
    "cross_entropy": "cross_entropy_loss",
    "nll_loss": "nll_loss_forward nll_loss_nd nll_loss2d nll_loss2d_forward",
    "scaled_dot_product_attention": "safe_softmax scaled_dot_product_flash_attention scaled_dot_product_efficient_attention"
    " scaled_dot_product_attention_math scaled_dot_product_flash_attention_for_cpu scaled_dot_product_cudnn_attention",
    "multi_head_attention_forward": "native_multi_head_attention",
    "lstm": "cudnn_rnn mkldnn_rnn_layer",
    "lstm_cell": "thnn_fused_lstm_cell",
    "gru_cell": "thnn_fused_gru_cell",
    "batch_norm": "native_batch_norm cudnn_batch_norm native_batch_norm_legit batch_norm_with_update",
    "layer_norm": "native_layer_norm",
    "group_norm": "native_group_norm",
    "log_sigmoid": "logsigmoid log_sigmoid_forward",
}
_FUNCTION_OF_OPERATOR = {name: key for key, names in _OPERATORS_OF_FUNCTION.items() for name in names.split()}

# Other names for what a whole module provides, as regular expressions.
_DOORS = {
    "torch.autograd": (
        r"torch\._C\._EngineBase|torch\._C\._ImperativeEngine|torch\.Tensor\.backward|torch\._tensor\.Tensor\.backward"
        r"|aten\.(?!convolution_backward)\w+_backward\w*(\..*)?"  # torch.nn.grad runs that one, without autograd
        r"|torch\.ops\.aten\.(?!convolution_backward)\w+_backward\w*(\..*)?|torch\.\w+_backward\w*"
    ),
    "torch.func": r"functorch|torch\._functorch(\.eager_transforms)?",
    "torch.Tensor.backward": r"torch\._tensor\.Tensor\.backward",
}
# Below a forbidden module, but innocent: they switch gradients on or off, measure, or describe. Printing a tensor calls
# unpack_dual for its tangent, which only make_dual (not innocent) can set. The vmap of older torch disables hooks.
_INNOCENT = re.compile(
    r"torch\.autograd\.(?:no_grad|enable_grad|set_grad_enabled|inference_mode|grad_mode|profiler|profiler_util"
    r"|set_detect_anomaly|detect_anomaly|anomaly_mode|graph\.disable_saved_tensors_hooks|forward_ad\.unpack_dual)(?:\..*)?|torch\._functorch\.(?:vmap|apis\.vmap|predispatch)\b.*"
    r"|.*\.__(?:doc|name|qualname|module)__"
)


@functools.lru_cache(maxsize=4096)
def is_forbidden(forbidden: str, used: str) -> bool:
    """Whether a full dotted name, of code or of an operator that ran, is the forbidden thing."""
    used, forbidden = _public(used), _public(forbidden)
    if _INNOCENT.fullmatch(used):
        return False
    if used == forbidden or used.startswith(forbidden + "."):
        return True
    doors = _DOORS.get(forbidden)
    if doors and re.match(rf"(?:{doors})(?:$|\.)", used):
        return True
    function = function_of(forbidden)
    return function is not None and function == function_of(used)


def function_of(name: str) -> str | None:
    """The function behind a dotted name ("softmax" for torch.nn.Softmax), if it is a door to one of torch's."""
    module = _MODULE.fullmatch(name)
    if module:
        return _FUNCTION_OF_MODULE.get(module["name"])
    found = _FUNCTION_HOMES.fullmatch(name)
    if not found or (found["overload"] and found["operator"] is None):
        return None
    function = found["function"]
    return _FUNCTION_OF_OPERATOR.get(function, function)


@functools.lru_cache(maxsize=256)
def spellings(forbidden: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """(words, fragments): one of the words, or a word with one of the fragments, is part of every name of the thing."""
    words, fragments = {forbidden.rpartition(".")[2]}, []
    if function := function_of(forbidden):
        functions = [function, *_OPERATORS_OF_FUNCTION.get(function, "").split()]
        words |= {
            f"{a}{b}{f}{c}" for f in functions for a in ("", "special_") for b in ("", "_", "__") for c in ("", "_")
        }
        words |= {module for module, name in _FUNCTION_OF_MODULE.items() if name == function}
    if forbidden in _DOORS:
        words |= {"functorch", "_functorch", "_EngineBase", "_ImperativeEngine"}
        fragments.append("backward")
    return frozenset(words), tuple(fragments)


def may_be_forbidden(forbidden: str, used: str) -> bool:
    """Whether a name anywhere below torch ends as the forbidden one may, so that it may be another door to the same."""
    last = used.rpartition(".")[2]
    return used.startswith("torch.") and not is_innocent(used) and last in spellings(forbidden)[0]


def is_innocent(used: str) -> bool:
    return _INNOCENT.fullmatch(used) is not None


def method_of(forbidden: str) -> str | None:
    """The name that the forbidden thing may have as a method of a tensor: x.softmax, x.backward."""
    if forbidden in ("torch.autograd", "torch.Tensor.backward"):
        return "backward"
    return function_of(forbidden)


def _public(name: str) -> str:
    """The name that the documentation uses: torch.nn.modules.rnn.LSTM is torch.nn.LSTM."""
    for found, home in _REEXPORTS:
        name = found.sub(home, name)
    moved = _MODULE_HOMES.fullmatch(name)
    return f"torch.nn.{moved['rest']}" if moved else name
