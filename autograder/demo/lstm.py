"""The class of lecture 9, and the grade that each must get.

100 points: lstm_step 16, lstm_step_bwd 18, lstm_forward 10, lstm_backward 16, cell_gradient 6, sample_text 10,
caption_loss 12, vqa_logits 6, soft_attention 6.

Here one function builds on another. A wrong lstm_step spoils whatever calls it, in this notebook as in the lecture; the
`naive` variants write the step out again and stay right.
"""

from __future__ import annotations

from autograder.demo import spoilt
from autograder.demo.edits import (
    before,
    debug_prints,
    given_deleted,
    given_edited,
    in_between,
    magics,
    only_code,
    plots,
    shuffled,
)
from autograder.demo.recipe import ALL, ClassPlan, Row, Slip

# The checks that use the loss or its gradient; the decoding checks (decode 1, other-decodings 1.5) use neither.
LOSS = "loss gradients other-losses output-gradients all-gradients all-null float32"
LOSS_IS_RIGHT = "gradients 0.5, all-gradients 0.75, all-null 0.25, float32 0.25"  # what is left of them
GRADIENT = "gradients all-gradients all-null float32"
EVERY_STEP = "state cache other-cache other-sizes saturated zero-weights one-or-none another-cell float32 purity"

MISTAKES = {
    # 16: form 2, state 3, cache 1, other-cache 1, other-sizes 3, saturated 1, zero-weights 1, one-or-none 1, another-cell 1,
    # float32 1, purity 1
    "bias_dropped": Slip("lstm_step", EVERY_STEP, "no check without a bias; in zero-weights it is all there is"),
    "no_recurrent_term": Slip("lstm_step", "state cache other-cache other-sizes one-or-none another-cell float32", "Wh is 0 in zero-weights, drowned by b in saturated"),
    # 18: form 2, cell 2, all 3, other-cells 2, inputs 3, weights 2, one-sided 1, shut 1, float32 1, purity 1
    "dh_does_not_reach_cell": Slip("lstm_step_bwd", "cell all other-cells inputs weights one-sided shut float32 purity", "dh is 0 nowhere but in half of one-sided"),
    "old_cell_without_forget": Slip("lstm_step_bwd", "cell all other-cells one-sided shut float32", "only dc_prev is wrong: inputs and weights do not ask for it", keeps="all 2.5, one-sided 0.83, shut 0.83, float32 0.83"),
    "weight_gradient_uses_new_h": Slip("lstm_step_bwd", "all weights one-sided shut float32", "only dWh is wrong", keeps="all 2.5, weights 1.33, one-sided 0.83, shut 0.83, float32 0.83"),
    "weights_averaged_over_batch": Slip("lstm_step_bwd", "all weights one-sided shut float32", "shut has a batch of more than one, too", keeps="all 1.5, one-sided 0.5, shut 0.5, float32 0.5"),
    # 10: form 1, states 2, caches 1, other-sizes 1.5, one-step 1, long 1, gradient 0.5, float32 0.5, no-steps 0.5, purity 1
    "hidden_returned_for_cell": Slip("lstm_forward", "states caches other-sizes one-step long gradient float32 no-steps purity", "h0 is not c0, either", keeps="states 1, caches 0.67, other-sizes 0.75, one-step 0.5, long 0.5, float32 0.25, no-steps 0.33"),
    "cell_not_carried": Slip("lstm_forward", "states caches other-sizes long gradient float32", "nothing is carried in one step, or none"),
    # 16: form 2, one-step 1.5, short 3, inputs 3, weights 2.5, last-only 1, some-steps 1, long 0.5, float32 0.5, purity 1
    "cell_gradient_not_carried": Slip("lstm_backward", "short inputs weights last-only some-steps long float32", "nothing is carried in one step"),
    "weight_gradients_overwritten": Slip("lstm_backward", "short weights last-only some-steps long float32", "inputs does not ask for weights", keeps="short 1.5, last-only 0.5, some-steps 0.5, long 0.25, float32 0.25"),
    "start_gradients_swapped": Slip("lstm_backward", "one-step short inputs last-only some-steps long float32", "weights does not ask for the start", keeps="one-step 1, short 2, inputs 1, last-only 0.67, some-steps 0.67, long 0.33, float32 0.33"),
    # 6: form 1, gates 1.5, other-sizes 1, shut 0.5, no-steps 0.5, gradient 0.5, float32 0.5, purity 0.5
    "sum_of_gates": Slip("cell_gradient", "gates other-sizes shut no-steps gradient float32 purity", "the sum of nothing is 0, not 1"),
    "last_gate_left_out": Slip("cell_gradient", "gates other-sizes shut gradient float32", "no gate to leave out in no-steps"),
    # 10: form 1, tokens 2, cold 1, other-tokens 1.5, temperatures 1, ends 1, one 0.5, no-steps 0.5, float32 0.5, purity 1
    "softmax_overflows": Slip("sample_text", "cold ends", "temperatures of 1e-3 and 1e-4; tokens stay integers: form stays"),
    # 12: form 1, loss 2, gradients 1, decode 1, other-losses 1.5, output-gradients 0.5, all-gradients 1.5, other-decodings 1.5,
    # all-null 0.5, float32 0.5, purity 1
    "null_counted": Slip("caption_loss", LOSS),
    "mean_over_words": Slip("caption_loss", LOSS, "the batch of one in all-null has several words"),
    "masked_by_input": Slip("caption_loss", "loss gradients other-losses output-gradients all-gradients float32", "all null: in and out are the same; a single caption has no null"),
    "embedding_gradient_overwritten": Slip("caption_loss", GRADIENT, "the first caption repeats a word, in all-null in the batch of one", keeps=LOSS_IS_RIGHT),
    "start_fed_again": Slip("caption_loss", "decode other-decodings"),
    # 6: form 1, ragged 1.5, other-sizes 1, padding 0.5, one-word 0.5, gradient 0.5, float32 0.5, purity 0.5
    "last_padded_state": Slip("vqa_logits", "ragged other-sizes padding gradient float32", "one-word has no padding"),
    "tanh_after_product": Slip("vqa_logits", "ragged other-sizes padding one-word gradient float32 purity"),
    # 6: form 1, context 1.5, weights 0.5, other-sizes 0.5, equal 0.5, large-scores 0.5, gradient 0.5, float32 0.5, purity 0.5
    "softmax_over_batch": Slip("soft_attention", "context weights other-sizes equal large-scores gradient float32 purity"),
}  # fmt: skip

TASKS = ("lstm_step", "lstm_step_bwd", "lstm_forward", "lstm_backward", "cell_gradient", "sample_text", "caption_loss", "vqa_logits", "soft_attention")  # fmt: skip

ROWS = (
    # -- right
    Row("강하늘", 100, "lab", edits=(plots,)),
    Row("고은별", 100, "colab", by="naive", edits=(before("drive"), magics)),
    Row("구본아", 100, "vscode", by="loop_free", language="en"),
    Row("김도담", 100, "lab", by="einsum", edits=(only_code,)),
    Row("김민지", 100, "classic", hand="lstm_gates"),
    Row("김소리", 100, "version3", hand="lstm_classes", file="김소리/lstm.ko.ipynb"),
    Row("나현수", 100, "percent", hand="lstm_korean", by="naive"),
    Row("도유림", 100, "script", by="loop_free"),
    Row("마동혁", 100, "lab", edits=(given_deleted, shuffled, debug_prints), note="missing"),
    Row("문별이", 100, "colab", hand="lstm_gates", edits=(before("missing_file"), in_between("noisy_cell")), file="문별이/Copy of lstm.ipynb"),
    # the adapters are given code: grading uses the original text, whatever the student changed in it
    Row("박하나", 100, "vscode", edits=(given_edited("return h_new, c_new", "return c_new, h_new"),), note="was changed"),
    # a time without a zone is one on the course's clock
    Row("배정시", 100, "lab", by="loop_free", zone=False),
    # -- one mistake; written again by the rest of the notebook, it costs its own task only
    Row("배시우", 86, "lab", by="naive", wrong=("bias_dropped",)),
    Row("백로이", 86, "colab", by="naive", wrong=("bias_dropped",), language="en"),
    Row("서이든", 89, "vscode", by="naive", wrong=("no_recurrent_term",)),
    Row("신아영", 84, "lab", by="naive", wrong=("dh_does_not_reach_cell",)),
    Row("안도현", 94.99, "colab", by="naive", wrong=("old_cell_without_forget",)),
    Row("여름", 98.32, "lab", by="naive", wrong=("weight_gradient_uses_new_h",)),
    Row("오로라", 95, "classic", by="naive", wrong=("weights_averaged_over_batch",)),
    Row("원빈", 96, "lab", wrong=("last_gate_left_out",)),
    Row("유하", 95, "vscode", wrong=("sum_of_gates",)),
    Row("윤슬", 95, "lab", wrong=("hidden_returned_for_cell",)),
    Row("이든", 98, "colab", wrong=("softmax_overflows",)),
    Row("이로운", 92.5, "lab", wrong=("null_counted",)),
    Row("이바다", 92.5, "vscode", wrong=("mean_over_words",)),
    Row("임하늬", 93, "colab", wrong=("masked_by_input",)),
    Row("장미래", 98.25, "lab", wrong=("embedding_gradient_overwritten",)),
    Row("정다움", 97.5, "percent", wrong=("start_fed_again",)),
    Row("조아라", 96, "lab", wrong=("last_padded_state",)),
    Row("지한솔", 96, "colab", wrong=("last_padded_state",), language="en"),
    Row("채움", 95, "lab", wrong=("tanh_after_product",)),
    Row("천우리", 95, "vscode", wrong=("softmax_over_batch",)),
    # -- mistakes that others build on
    # The loss calls lstm_backward: its values and the output layer are right, what comes through the LSTM is not: 1.75
    # of 3.5 stay.
    Row("최고운", 86.75, "lab", wrong=("cell_gradient_not_carried",), fails={"caption_loss": GRADIENT}, keeps={"caption_loss": LOSS_IS_RIGHT},
        why={"caption_loss": "carried:lstm_backward"}),
    Row("한가람", 92.75, "colab", wrong=("weight_gradients_overwritten",), fails={"caption_loss": GRADIENT}, keeps={"caption_loss": LOSS_IS_RIGHT},
        why={"caption_loss": "carried:lstm_backward"}),
    Row("한별", 93.75, "lab", wrong=("start_gradients_swapped",), fails={"caption_loss": GRADIENT}, keeps={"caption_loss": LOSS_IS_RIGHT},
        why={"caption_loss": "carried:lstm_backward"}),
    # lstm_forward calls lstm_step (7.5 more; without steps there is nothing to get wrong), the loss (7.5) and the questions
    # (5, a single word included) call lstm_forward. Sampling and decoding were written out: right.
    Row("허브", 66, "lab", wrong=("bias_dropped",), answers={"sample_text": "naive", "caption_loss": "naive"},
        fails={"lstm_forward": "states caches other-sizes one-step long gradient float32", "caption_loss": LOSS,
               "vqa_logits": "ragged other-sizes padding one-word gradient float32 purity"},
        why={"lstm_forward": "carried:lstm_step", "caption_loss": "carried:lstm_forward", "vqa_logits": "carried:lstm_forward"}),
    # 6.5, and as above, but a question of one word carries nothing (4): 18
    Row("lee.carry", 82, "vscode", wrong=("cell_not_carried",),
        fails={"caption_loss": LOSS, "vqa_logits": "ragged other-sizes padding gradient float32"},
        why={"caption_loss": "carried:lstm_forward", "vqa_logits": "carried:lstm_forward"}),
    # -- several
    # 5.01 + 4 + 2 + 4, and 7.5 + 2.5 + 1 of caption_loss, where nothing is left that could be pure: 26.01 off
    Row("jung.many", 73.99, "lab", by="naive", language="en", fails={"caption_loss": "purity"},
        wrong=("old_cell_without_forget", "last_gate_left_out", "softmax_overflows", "null_counted", "start_fed_again", "last_padded_state")),
    # 1.68 + 10 + 12 + 6 + 6 off
    Row("ahn.l", 64.32, "colab", by="naive", wrong=("weight_gradient_uses_new_h",), answers=dict.fromkeys(TASKS[5:], "stub"),
        fails=dict.fromkeys(TASKS[5:], ALL)),
    # 14 + 5.01 + 12 + 6 + 6
    Row("bang.si", 56.99, "lab", by="naive", wrong=("bias_dropped", "old_cell_without_forget"), answers=dict.fromkeys(TASKS[6:], "stub"),
        fails=dict.fromkeys(TASKS[6:], ALL)),
    # 11 + 16 + 5 + 10 + 12
    Row("cha.eun", 46, "vscode", by="naive", wrong=("no_recurrent_term", "dh_does_not_reach_cell", "sum_of_gates"),
        answers={"sample_text": "stub", "caption_loss": "stub"}, fails={"sample_text": ALL, "caption_loss": ALL}),
    # halved (5, form stays), negative (5), and a pair in the wrong order (6, whose shapes differ): 16
    Row("cho.slips", 84, "lab", hand="lstm_careless", edits=(plots,),
        fails={"cell_gradient": "gates other-sizes shut no-steps gradient float32 purity",
               "vqa_logits": "ragged other-sizes padding one-word gradient float32 purity", "soft_attention": ALL},
        why={"cell_gradient": "known_factor:1/2", "vqa_logits": "sign", "soft_attention": "permuted:1, 0"}),
    # exp before the maximum is gone: infinite for one of two calls at least, so the form is lost as well
    Row("han.overflow", 98.5, "colab", answers={"soft_attention": "cell:attention_exp"}, fails={"soft_attention": "form large-scores"},
        why={"soft_attention": "overflow"}),
    # -- unfinished
    Row("20272001", 0, "colab", by="stub", fails=dict.fromkeys(TASKS, ALL)),
    Row("20272002", 39.25, "lab", hand="lstm_half", by="stub",
        keeps={"lstm_forward": "states 1, caches 0.67, other-sizes 0.75, one-step 0.5, long 0.5, no-steps 0.33"},
        fails={"lstm_forward": "form states caches other-sizes one-step long gradient no-steps", **dict.fromkeys(TASKS[3:], ALL)},
        why={"lstm_forward": "dtype:float32 ≠ float64"}),
    Row("20272003", 44, "vscode", answers=dict.fromkeys(TASKS[3:], "stub"), fails=dict.fromkeys(TASKS[3:], ALL)),
    # -- forbidden
    Row("20272004", 82, "lab", hand="lstm_autograd", by="naive", banned={"lstm_step_bwd": "torch.autograd"}),
    Row("20272005", 84, "colab", by="naive", answers={"lstm_step": "cell:step_with_lstmcell"}, banned={"lstm_step": "torch.nn.LSTMCell"}),
    # -- dangerous
    Row("20272006", 94, "lab", answers={"cell_gradient": "cell:cell_endless"}, fails={"cell_gradient": ALL}, why={"cell_gradient": "error:endless"}),
    Row("20272007", 94, "vscode", answers={"cell_gradient": "cell:cell_recursion"}, fails={"cell_gradient": ALL}),
    Row("20272008", 94, "lab", answers={"soft_attention": "cell:attention_hungry"}, fails={"soft_attention": ALL}),
    Row("20272009", 94, "lab", answers={"vqa_logits": "cell:vqa_os_exit"}, fails={"vqa_logits": ALL}),
    # -- not to be read
    Row("20272010", None, "lab", raw=spoilt.of_10_gcn),
    Row("20272011", None, "lab", raw=spoilt.archive),
    Row("20272012", None, "lab", raw=spoilt.conflict),
    Row("20272013", None, "colab", raw=spoilt.in_r),
    Row("20272014", None, "vscode", raw=spoilt.no_code),
)  # fmt: skip

LSTM = ClassPlan("09-lstm", ROWS, MISTAKES)
