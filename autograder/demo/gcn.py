"""The class of lecture 10, and the grade that each must get.

100 points: adjacency 8, normalize_adj 16, gcn_layer 12, gcn_layer_bwd 16, gcn_net 12, readout 12, graph_pool 10,
node_ce 14.
"""

from __future__ import annotations

from autograder.demo import spoilt
from autograder.demo.edits import (
    as_markdown,
    at_the_end,
    before,
    debug_prints,
    earlier,
    given_deleted,
    given_edited,
    in_between,
    magics,
    one_cell,
    only_code,
    plots,
    shuffled,
)
from autograder.demo.recipe import ALL, ClassPlan, Row, Slip

# The checks that each misconception fails. The reason says which inputs of checks.py show it, or why the others do not.
MISTAKES = {
    # 8: form 1, small 2, lists 2, edges 1, float32 1, purity 1
    "one_direction_only": Slip("adjacency", "small lists float32", "edges has no edge between two nodes"),
    "duplicates_add_up": Slip("adjacency", "small lists edges float32 purity", "every check repeats an edge; with nothing right, no purity"),
    "rows_and_columns_exchanged": Slip("adjacency", "small lists", "float32 is undirected, edges symmetric"),
    "weights_ignored": Slip("adjacency", "small lists edges float32 purity", "every check has one weighted list"),
    # 16: form 1, ring_and_star 3, isolated 2, directed 5, undirected 2, edges 1, float32 1, purity 1
    "divided_by_row_degree": Slip("normalize_adj", "ring_and_star isolated directed undirected float32", "right on regular graphs: edges"),
    "degree_before_self_loops": Slip("normalize_adj", ALL, "a node alone has degree 0: infinite, so no form either"),
    "self_loops_twice": Slip("normalize_adj", "ring_and_star isolated directed undirected edges float32 purity", "finite everywhere: form stays"),
    "self_loops_afterwards": Slip("normalize_adj", "ring_and_star isolated directed undirected edges float32 purity", "0^-1/2 is set to 0: form stays"),
    "column_degree": Slip("normalize_adj", "isolated directed float32", "the others are symmetric"),
    # 12: form 1, small 4, directed 2, gradient 2, edges 1, float32 1, purity 1
    "transposed_adjacency": Slip("gcn_layer", "small directed gradient edges float32 purity", "every check has a directed graph"),
    "bias_aggregated": Slip("gcn_layer", "small directed gradient edges float32 purity", "row sums of A_hat are not 1"),
    "activation_before_aggregation": Slip("gcn_layer", "small directed gradient edges float32 purity"),
    # 16: form 1, small 5, directed 5, kink 2, edges 1, float32 1, purity 1
    "adjacency_not_transposed": Slip("gcn_layer_bwd", "small directed kink edges float32 purity", "every check has a directed graph", keeps="small 3.33, directed 3.33, kink 1.33, edges 0.67, float32 0.67"),
    "bias_gradient_averaged": Slip("gcn_layer_bwd", "small directed kink edges float32 purity", "every check has more than one node", keeps="small 3.33, directed 3.33, kink 1.33, edges 0.67, float32 0.67"),
    "derivative_at_the_output": Slip("gcn_layer_bwd", "small directed kink edges float32 purity", "every check has a tanh"),
    "relu_slope_one_at_zero": Slip("gcn_layer_bwd", "kink", "only there is a pre-activation exactly 0", keeps="kink 0.67"),
    # 12: form 1, shallow 4, deep 2, skip 2, gradient 1, edges 0.5, float32 0.5, purity 1
    "normalised_in_every_layer": Slip("gcn_net", "shallow deep skip gradient float32", "without edges A_hat stays I: edges"),
    "skip_only_in_the_last_layer": Slip("gcn_net", "shallow skip gradient edges float32", "deep has no skips"),
    # 12: form 1, small 4, modes 3, empty 1, edges 0.5, gradient 1, float32 0.5, purity 1
    "mean_divides_by_all_nodes": Slip("readout", "small modes empty gradient float32", "edges takes no mean"),
    "empty_graph_not_finite": Slip("readout", "form empty float32", "float32 has an empty graph, too"),
    "max_over_features_too": Slip("readout", "small modes empty edges gradient", "float32 takes a mean"),
    # 10: form 1, small 3, larger 2, edges 1, gradient 1, float32 1, purity 1
    "transposes_exchanged": Slip("graph_pool", "small larger edges gradient float32 purity", "n is not k: it raises, in edges for two of three; that costs its checks, and form stays"),
    "softmax_of_the_shares": Slip("graph_pool", "small larger edges gradient float32 purity"),
    "adjacency_missing": Slip("graph_pool", "small larger edges gradient float32 purity", "S^T S is k x k as well: form stays", keeps="small 1.5, larger 1, edges 0.5, float32 0.5"),
    # 14: form 1, loss 3, permutation 2, larger 2, extreme 1, edges 1, layers 2, float32 1, purity 1
    "divided_by_all_nodes": Slip("node_ce", "loss larger extreme edges float32", "edges has two of four nodes masked"),
    "gradient_on_masked_nodes": Slip("node_ce", "loss larger extreme edges float32", "all masked: the gradient must be 0", keeps="loss 1.5, larger 1, extreme 0.5, edges 0.5"),
    "nan_when_all_masked": Slip("node_ce", "form edges"),
    "exponential_overflows": Slip("node_ce", "form extreme"),
    "p_and_transpose_exchanged": Slip("node_ce", "permutation layers float32", "all three have a cycle longer than 2"),
    "rows_of_A_only": Slip("node_ce", "permutation layers float32"),
}  # fmt: skip

TASKS = ("adjacency", "normalize_adj", "gcn_layer", "gcn_layer_bwd", "gcn_net", "readout", "graph_pool", "node_ce")

ROWS = (
    # -- right, in many hands and formats
    Row("강민서", 100, "lab", edits=(plots,)),
    Row("곽지우", 100, "vscode", by="loop_free", language="en"),
    Row("권도현", 100, "colab", by="naive", edits=(before("drive"),)),
    Row("김가은", 100, "lab", hand="gcn_matrix", language="en"),
    Row("김나윤", 100, "percent", hand="gcn_korean", edits=(magics,)),
    Row("김다온", 100, "vscode", hand="gcn_classes", file="김다온/gcn.ipynb", language="en"),
    Row("김서연", 100, "version3", hand="gcn_oneliners"),
    Row("김서준", 100, "classic", by="loop_free", edits=(magics, plots)),
    Row("김하린", 100, "script", by="naive", edits=(in_between("typo_cell"),)),
    Row("나은성", 100, "colab", hand="gcn_korean", edits=(only_code,), file="나은성/gcn의 사본 (2).ipynb"),
    Row("남궁현", 100, "lab", hand="gcn_matrix", edits=(one_cell,)),
    # -- right, with trouble around it
    Row("노지호", 100, "lab", edits=(before("missing_file"), in_between("missing_package"))),
    Row("류하은", 100, "vscode", edits=(in_between("cuda"), before("syntax_error_cell"))),
    Row("문태오", 100, "colab", by="naive", edits=(debug_prints,)),
    Row("민유진", 100, "lab", edits=(in_between("exit_cell"), in_between("input_cell"), before("noisy_cell"))),
    Row("박건우", 100, "classic", edits=(in_between("os_exit_cell"),)),
    Row("박서윤", 100, "lab", edits=(given_deleted,), note="missing"),
    Row("박시아", 100, "lab", edits=(given_edited("torch.tanh", "torch.sigmoid"),), note="was changed"),
    Row("박지훈", 100, "colab", edits=(earlier("adjacency_first_try", "adjacency"),), note="more than one cell"),
    Row("배수아", 100, "vscode", by="loop_free", edits=(shuffled, at_the_end("checks_by_hand")), file="배수아/10주차/최종_진짜최종.ipynb"),
    Row("서예린", 100, "lab", answers={"graph_pool": "cell:pool_megabyte"}),
    Row("성민재", 100, "lab", edits=(in_between("hungry_cell"),)),
    Row("손다인", 100, "lab", edits=(in_between("sleepy_cell"),)),
    # -- right, in files such as real students hand in
    Row("ahn.two", 100, "vscode", file="ahn.two/gcn.ko.ipynb", beside={"ahn.two/gcn.en.ipynb": "handout:en"}),
    Row("baek.again", 100, "lab", file="baek.again/1/gcn.ko.ipynb", beside={"baek.again/2/gcn.ko.ipynb": "handout:ko"}),
    Row("cha.letters", 100, "lab", edits=(before("letters_first"),)),
    Row("do.device", 100, "colab", edits=(in_between("package_then_device"),), answers={"graph_pool": "cell:pool_on_device"}),
    Row("eun.names", 100, "lab", edits=(at_the_end("names_again"),), note="stands for something else"),
    Row("goo.helper", 100, "vscode", answers={"graph_pool": "cell:pool_with_own_helper"}, note="name of given code"),
    Row("ham.nograd", 100, "lab", edits=(at_the_end("gradients_off"),)),
    Row("im.future", 100, "lab", edits=(before("annotations_later"),), answers={"graph_pool": "cell:pool_annotated"}),
    Row("jo.bar", 100, "colab", answers={"graph_pool": "cell:pool_with_a_bar"}),
    Row("ko.write", 100, "lab", edits=(in_between("pool_written"),), answers={"graph_pool": "cell:pool_imported"}),
    Row("ku.beside", 100, "lab", file="ku.beside/gcn.ipynb", answers={"graph_pool": "cell:pool_imported"},
        beside={"ku.beside/pool_tools.py": "cell:pool_tools"}),
    Row("minsu_4711", 100, "classic", file="minsu_4711_assignsubmission_file/gcn.ipynb",
        beside={"minsu_4711_assignsubmission_onlinetext/onlinetext.html": "cell:text_online"}),
    # -- one mistake
    Row("송지안", 87, "colab", by="loop_free", wrong=("divided_by_row_degree",)),
    Row("신우진", 87, "lab", by="naive", wrong=("divided_by_row_degree",), edits=(plots,)),
    Row("심채원", 87, "vscode", by="loop_free", wrong=("divided_by_row_degree",), language="en"),
    # the last definition counts; gcn_net of the solution calls it: right for the graphs without edges only (edges)
    Row("안소율", 77.5, "lab", edits=(at_the_end("normalize_last_night"),), note="more than one cell",
        fails={"normalize_adj": "ring_and_star isolated directed undirected float32", "gcn_net": "shallow deep skip gradient float32"},
        why={"normalize_adj": "divided_by_row_degree", "gcn_net": "carried:normalize_adj"}),
    Row("양준호", 84, "colab", by="naive", wrong=("degree_before_self_loops",)),
    Row("오세은", 84, "classic", by="loop_free", wrong=("degree_before_self_loops",)),
    Row("우현서", 85, "lab", by="naive", wrong=("self_loops_twice",)),
    Row("유재이", 85, "vscode", by="loop_free", wrong=("self_loops_afterwards",)),
    Row("윤서진", 92, "lab", by="loop_free", wrong=("column_degree",)),
    Row("이도윤", 95, "colab", wrong=("one_direction_only",)),
    Row("이루다", 93, "lab", wrong=("duplicates_add_up",), file="이루다/gcn (1).ipynb"),
    Row("이서아", 96, "percent", wrong=("rows_and_columns_exchanged",)),
    Row("이안", 93, "vscode", wrong=("weights_ignored",)),
    Row("이하준", 89, "lab", wrong=("transposed_adjacency",)),
    Row("임주원", 89, "colab", wrong=("bias_aggregated",)),
    Row("장태양", 89, "lab", wrong=("activation_before_aggregation",), language="en"),
    Row("전아린", 94.33, "colab", wrong=("adjacency_not_transposed",)),
    Row("정우성", 94.33, "lab", wrong=("adjacency_not_transposed",), by="naive"),
    Row("정윤아", 94.33, "vscode", wrong=("bias_gradient_averaged",)),
    Row("조아인", 85, "percent", wrong=("derivative_at_the_output",)),
    Row("조민준", 98.67, "lab", wrong=("relu_slope_one_at_zero",)),
    Row("조은우", 90.5, "colab", wrong=("normalised_in_every_layer",)),
    Row("주하진", 92, "version3", wrong=("skip_only_in_the_last_layer",)),
    Row("진서우", 90.5, "lab", wrong=("mean_divides_by_all_nodes",)),
    Row("차유나", 97.5, "colab", wrong=("empty_graph_not_finite",)),
    Row("최민규", 97.5, "lab", wrong=("empty_graph_not_finite",), language="en"),
    Row("최수빈", 90.5, "classic", wrong=("max_over_features_too",)),
    Row("하도연", 91, "lab", wrong=("transposes_exchanged",)),
    Row("한결", 91, "vscode", wrong=("softmax_of_the_shares",)),
    Row("한빛", 94.5, "script", wrong=("adjacency_missing",)),
    Row("한서희", 92, "colab", wrong=("divided_by_all_nodes",)),
    Row("허준", 95.5, "lab", wrong=("gradient_on_masked_nodes",)),
    Row("현아", 98, "lab", wrong=("nan_when_all_masked",)),
    Row("홍길동", 98, "colab", wrong=("exponential_overflows",)),
    Row("황보름", 95, "lab", wrong=("p_and_transpose_exchanged",)),
    # -- several
    # 13 + (15, less two of three parts of 14) + (all but form): 31.67 off
    Row("kim.minji", 68.33, "lab", by="loop_free", language="en",
        wrong=("divided_by_row_degree", "bias_gradient_averaged", "divided_by_all_nodes", "rows_of_A_only"), fails={"node_ce": "purity"}),
    # 5 + 11 + 1.33 + (1 + 1 + 0.5) + 2: 21.83 off
    Row("lee.j", 78.17, "colab", by="naive", edits=(debug_prints,),
        wrong=("one_direction_only", "bias_aggregated", "relu_slope_one_at_zero", "empty_graph_not_finite", "exponential_overflows")),
    # 13 + 11 + 10 + 14 off
    Row("bae.sy", 52, "lab", by="naive", wrong=("divided_by_row_degree", "transposed_adjacency"),
        answers={"graph_pool": "stub", "node_ce": "stub"}, fails={"graph_pool": ALL, "node_ce": ALL}),
    # 16 + (15, less two of three parts of 14) + 9.5 + 12
    Row("choi.h", 56.83, "colab", by="loop_free", answers={"readout": "stub"}, fails={"readout": ALL},
        wrong=("degree_before_self_loops", "adjacency_not_transposed", "normalised_in_every_layer")),
    # 7 + 11 + 15 + 8 + 9.5 + 9 + 2
    Row("do.min", 38.5, "vscode", by="naive",
        wrong=("duplicates_add_up", "activation_before_aggregation", "derivative_at_the_output", "skip_only_in_the_last_layer",
               "max_over_features_too", "softmax_of_the_shares", "nan_when_all_masked")),
    # 7 + 15 + 12 + 12 + 10 + 14
    Row("eom.ji", 30, "lab", by="naive", wrong=("weights_ignored", "self_loops_twice"), answers=dict.fromkeys(TASKS[4:], "stub"),
        fails=dict.fromkeys(TASKS[4:], ALL)),
    # 4 + 8 + 9.5 + 9 + (8, less half of 7)
    Row("gil.dong", 65, "classic", by="loop_free",
        wrong=("rows_and_columns_exchanged", "column_degree", "mean_divides_by_all_nodes", "transposes_exchanged", "gradient_on_masked_nodes")),
    # the self-loops are missing: 16 points for normalize_adj and, because gcn_net calls it, 12 more
    Row("noh.taek", 72, "vscode", hand="gcn_notes", fails={"normalize_adj": ALL, "gcn_net": ALL}, why={"normalize_adj": "infinite_at_isolated_nodes", "gcn_net": "carried:normalize_adj"}),
    # autograd cannot see through numpy: the gradient checks of four tasks, 2 + 1 + 1 + 1
    Row("park.numpy", 95, "lab", hand="gcn_numpy",
        fails={"gcn_layer": "gradient", "gcn_net": "gradient", "readout": "gradient", "graph_pool": "gradient"},
        why={"gcn_layer": "no_gradient:W, X, b", "gcn_net": "no_gradient:Ws, X", "readout": "no_gradient:H", "graph_pool": "no_gradient:S, X"}),
    Row("oh.haneul", 98, "colab", answers={"gcn_layer": "cell:layer_through_numpy"}, fails={"gcn_layer": "gradient"}, why={"gcn_layer": "no_gradient:W, X, b"}),
    # -- mistakes that no bank holds
    # the diagonal is written into A itself: the purity of both, as gcn_net hands its own A on; the values stay right
    Row("ryu.inplace", 98, "lab", answers={"normalize_adj": "cell:normalize_in_place"}, fails={"normalize_adj": "purity", "gcn_net": "purity"},
        why={"normalize_adj": "changes_its_input", "gcn_net": "changes_its_input"}),
    # float32 for float64: form and every check but float32; gcn_net of the loop_free variant does not call it
    Row("seo.float", 86, "lab", by="loop_free", answers={"normalize_adj": "cell:normalize_float32"},
        fails={"normalize_adj": "form ring_and_star isolated directed undirected edges"}, why={"normalize_adj": "dtype:float32 ≠ float64"}),
    Row("shin.b", 89, "vscode", answers={"gcn_layer": "cell:layer_double_bias"}, fails={"gcn_layer": "small directed gradient edges float32 purity"}, why={"gcn_layer": "term_too:b"}),
    Row("son.sign", 85, "lab", answers={"gcn_layer_bwd": "cell:bwd_negative"},
        fails={"gcn_layer_bwd": "small directed kink edges float32 purity"}, why={"gcn_layer_bwd": "sign"}),
    Row("yoon.pair", 90, "colab", answers={"graph_pool": "cell:pool_swapped_pair"}, fails={"graph_pool": ALL}, why={"graph_pool": "permuted:1, 0"}),
    # -- unfinished
    Row("20271001", 0, "lab", by="stub", fails=dict.fromkeys(TASKS, ALL)),
    Row("20271002", 36, "lab", hand="gcn_half", by="stub", fails=dict.fromkeys(TASKS[3:], ALL),
        why={"gcn_layer_bwd": "gives_nothing"}),
    Row("20271003", 52, "colab", answers=dict.fromkeys(TASKS[4:], "stub"), fails=dict.fromkeys(TASKS[4:], ALL)),
    Row("20271004", 78, "vscode", answers={"readout": "gone", "graph_pool": "cell:pool_typo"}, fails={"readout": ALL, "graph_pool": ALL}),
    Row("20271005", 90, "lab", answers={"graph_pool": "cell:pool_misspelt"}, fails={"graph_pool": ALL}),
    # Python 2's print: the file's other answers are right
    Row("na.python2", 90, "lab", answers={"graph_pool": "cell:pool_python_2"}, fails={"graph_pool": ALL}),
    Row("oh.markdown", 90, "lab", edits=(as_markdown("graph_pool"),), fails={"graph_pool": ALL}, note="stands in a Markdown cell"),
    # it raises where there is no edge: that call costs its check, and neither form nor purity
    Row("paik.raises", 99, "lab", answers={"adjacency": "cell:adjacency_largest_node"}, fails={"adjacency": "edges"}),
    # -- forbidden
    Row("20271006", 84, "lab", answers={"gcn_layer_bwd": "cell:bwd_autograd"}, banned={"gcn_layer_bwd": "torch.autograd"}),
    Row("20271007", 86, "colab", answers={"node_ce": "cell:ce_by_torch"}, fails={"node_ce": "edges"}, why={"node_ce": "labels_of_masked_nodes_read"}, banned={"node_ce": "torch.nn.functional.cross_entropy"}),
    # -- dangerous: each costs its own task and nothing else
    Row("20271008", 90, "lab", answers={"graph_pool": "cell:pool_endless"}, fails={"graph_pool": ALL}, why={"graph_pool": "error:endless"}),
    # the loop is endless for n = 0 only: the other cases of the check and of the task are right
    Row("20271009", 99, "vscode", answers={"adjacency": "cell:adjacency_endless_when_empty"}, fails={"adjacency": "edges"}, why={"adjacency": "error:endless"}),
    Row("20271010", 88, "lab", answers={"readout": "cell:readout_hungry"}, fails={"readout": ALL}),
    Row("20271011", 90, "colab", answers={"graph_pool": "cell:pool_recursion"}, fails={"graph_pool": ALL}),
    Row("20271012", 90, "lab", answers={"graph_pool": "cell:pool_stack_bomb"}, fails={"graph_pool": ALL}),
    Row("20271013", 88, "lab", answers={"gcn_layer": "cell:layer_os_exit"}, fails={"gcn_layer": ALL}),
    Row("20271014", 90, "vscode", answers={"graph_pool": "cell:pool_sys_exit"}, fails={"graph_pool": ALL}),
    Row("20271015", 90, "lab", answers={"graph_pool": "cell:pool_input"}, fails={"graph_pool": ALL}),
    # -- not to be read
    Row("20271016", None, "lab", raw=spoilt.truncated),
    Row("20271017", None, "lab", raw=spoilt.empty),
    Row("20271018", None, "colab", raw=spoilt.web_page),
    Row("20271019", None, "vscode", raw=spoilt.of_09_lstm, file="20271019/gcn.ipynb"),
)  # fmt: skip

GCN = ClassPlan("10-gcn", ROWS, MISTAKES)
