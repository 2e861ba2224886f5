"""Lecture 2, mathematics and statistics: wrong versions that students write, and what to tell them."""

import math

import torch

from autograder.authoring import misconception

# -- 1. matmul -------------------------------------------------------------------------------------------------------


def row_times_column(A, B):
    return (A[:, :, None] * B[None]).sum(dim=1)


def refuse_mismatch(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("sizes")


@misconception(
    "matmul",
    en="You multiply entry by entry. The matrix product takes rows of A times columns of B and sums.",
    ko="같은 자리의 원소끼리 곱했습니다. 행렬 곱은 A의 행과 B의 열을 곱해 더합니다.",
)
def entry_by_entry(A, B):
    refuse_mismatch(A, B)
    return A * B


@misconception(
    "matmul",
    en="You multiply rows of A with rows of B, which is A times the transpose of B.",
    ko="A의 행과 B의 행을 곱했습니다. 그것은 A와 B의 전치의 곱입니다.",
)
def rows_times_rows(A, B):
    refuse_mismatch(A, B)
    return (A[:, None, :] * B[None, :, :]).sum(dim=2)


@misconception(
    "matmul",
    en="The factors are exchanged: you computed B A. Matrices do not commute.",
    ko="두 행렬의 순서가 바뀌어 B A를 계산했습니다. 행렬 곱에서는 교환법칙이 성립하지 않습니다.",
)
def factors_exchanged(A, B):
    refuse_mismatch(A, B)
    return row_times_column(B, A)


@misconception(
    "matmul",
    en="The result is transposed: entry (i, j) belongs to row i of A and column j of B.",
    ko="결과가 전치되었습니다. (i, j) 원소는 A의 i번째 행과 B의 j번째 열에서 나옵니다.",
)
def result_transposed(A, B):
    refuse_mismatch(A, B)
    return row_times_column(A, B).T


@misconception(
    "matmul",
    en="Shapes that do not fit are not refused: an axis of size 1 is silently stretched, or another kind of error appears. Compare the inner sizes, and raise ValueError.",
    ko="맞지 않는 모양을 거절하지 않아서, 크기가 1인 축이 소리 없이 늘어나거나 다른 종류의 오류가 납니다. 안쪽의 두 크기를 비교해 ValueError를 발생시키세요.",
)
def mismatch_broadcast(A, B):
    return row_times_column(A, B)


@misconception(
    "matmul",
    en="You sum over the shorter of the two inner sizes and ignore the rest. Sizes that differ must raise ValueError.",
    ko="안쪽의 두 크기 가운데 짧은 쪽까지만 더하고 나머지는 무시했습니다. 크기가 다르면 ValueError를 발생시켜야 합니다.",
)
def mismatch_cut_off(A, B):
    k = min(A.shape[1], B.shape[0])
    return row_times_column(A[:, :k], B[:k])


@misconception(
    "matmul",
    en="You refuse matrices whose whole shapes differ. Only the columns of A and the rows of B have to agree.",
    ko="모양 전체가 다르면 거절했습니다. A의 열 수와 B의 행 수만 같으면 됩니다.",
)
def equal_shapes_demanded(A, B):
    if A.shape != B.shape:
        raise ValueError("shapes")
    return row_times_column(A, B)


@misconception(
    "matmul",
    en="You compare the wrong sizes: the rows of A with the columns of B. These may differ; the inner two must agree.",
    ko="엉뚱한 크기를 비교했습니다. A의 행 수와 B의 열 수는 달라도 되고, 안쪽의 두 크기가 같아야 합니다.",
)
def outer_sizes_compared(A, B):
    if A.shape[0] != B.shape[1]:
        raise ValueError("sizes")
    return row_times_column(A, B)


@misconception(
    "matmul",
    en="You take means over k. The product sums.",
    ko="k에 대해 평균을 냈습니다. 행렬 곱은 합입니다.",
)
def mean_over_k(A, B):
    refuse_mismatch(A, B)
    return (row_times_column(A, B) / max(A.shape[1], 1)).to(A.dtype)


@misconception(
    "matmul",
    en="Your result is always a float. Whole numbers multiplied and added stay whole: keep the dtype of A and B.",
    ko="결과가 언제나 실수입니다. 정수를 곱하고 더하면 정수이므로 A와 B의 dtype을 유지해야 합니다.",
)
def always_float(A, B):
    refuse_mismatch(A, B)
    return row_times_column(A.double(), B.double()).to(A.dtype if A.is_floating_point() else torch.float64)


@misconception(
    "matmul",
    en="Your sum begins with the first product, so it fails where there is none: for k = 0 the empty sum is 0.",
    ko="합을 첫 번째 곱에서 시작해서 곱이 하나도 없으면 실패합니다. k = 0일 때 빈 합은 0입니다.",
)
def empty_sum_not_handled(A, B):
    refuse_mismatch(A, B)
    total = A[:, 0, None] * B[0]
    for t in range(1, A.shape[1]):
        total = total + A[:, t, None] * B[t]
    return total


@misconception(
    "matmul",
    en="You multiply rows of A with rows of B, which is A times the transpose of B. Entry (i, j) needs column j of B.",
    ko="A의 행과 B의 행을 곱했습니다. 그것은 A와 B의 전치의 곱입니다. (i, j) 원소에는 B의 j번째 열이 필요합니다.",
)
def rows_times_rows_in_loops(A, B):
    refuse_mismatch(A, B)
    C = torch.zeros(A.shape[0], B.shape[1], dtype=A.dtype)
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            C[i, j] = (A[i] * B[j]).sum()
    return C


@misconception(
    "matmul",
    en="You compare the rows of A with the rows of B. What must agree are the columns of A and the rows of B.",
    ko="A의 행 수와 B의 행 수를 비교했습니다. 같아야 하는 것은 A의 열 수와 B의 행 수입니다.",
)
def numbers_of_rows_compared(A, B):
    if A.shape[0] != B.shape[0]:
        raise ValueError("sizes")
    return row_times_column(A, B)


@misconception(
    "matmul",
    en="You compare the columns of A with the columns of B. What must agree are the columns of A and the rows of B.",
    ko="A의 열 수와 B의 열 수를 비교했습니다. 같아야 하는 것은 A의 열 수와 B의 행 수입니다.",
)
def numbers_of_columns_compared(A, B):
    if A.shape[1] != B.shape[1]:
        raise ValueError("sizes")
    return row_times_column(A, B)


@misconception(
    "matmul",
    en="You take means over k. The product sums: nothing is divided by the number of terms.",
    ko="k에 대해 평균을 냈습니다. 행렬 곱은 합이므로 항의 개수로 나누지 않습니다.",
)
def mean_over_k_in_floats(A, B):
    refuse_mismatch(A, B)
    return (A[:, :, None] * B[None]).double().mean(dim=1).to(A.dtype)


@misconception(
    "matmul",
    en="You take means over k. The product sums: nothing is divided by the number of terms.",
    ko="k에 대해 평균을 냈습니다. 행렬 곱은 합이므로 항의 개수로 나누지 않습니다.",
)
def mean_over_k_by_mean(A, B):
    refuse_mismatch(A, B)
    return (A[:, :, None] * B[None]).mean(dim=1)


@misconception(
    "matmul",
    en="The last term of every sum is left out: k takes all values from 0 to the number of columns of A minus 1, and range already stops one before its end.",
    ko="합마다 마지막 항이 빠졌습니다. k는 0부터 (A의 열 수 − 1)까지 모두 돌아야 하고, range는 끝값 바로 앞에서 이미 멈춥니다.",
)
def last_term_left_out(A, B):
    refuse_mismatch(A, B)
    return row_times_column(A[:, :-1], B[:-1])


@misconception(
    "matmul",
    en="The first term of every sum is left out: counting starts at 0.",
    ko="합마다 첫 번째 항이 빠졌습니다. 인덱스는 0부터 시작합니다.",
)
def first_term_left_out(A, B):
    refuse_mismatch(A, B)
    return row_times_column(A[:, 1:], B[1:])


@misconception(
    "matmul",
    en="Each product overwrites the one before, so only the last term of the sum is left. Add to the entry (+=).",
    ko="곱을 더하지 않고 덮어써서 합의 마지막 항만 남았습니다. 원소에 더해 나가야(+=) 합니다.",
)
def only_the_last_term_kept(A, B):
    refuse_mismatch(A, B)
    return row_times_column(A[:, -1:], B[-1:])


@misconception(
    "matmul",
    en="For shapes that do not fit, another kind of error comes than the one asked for. An assert raises AssertionError; here ValueError is asked for, by that name.",
    ko="모양이 맞지 않을 때 요구한 것과 다른 종류의 오류가 납니다. assert는 AssertionError를 냅니다. 여기서는 ValueError를 발생시켜야 합니다.",
)
def mismatch_asserted(A, B):
    assert A.shape[1] == B.shape[0]
    return row_times_column(A, B)


@misconception(
    "matmul",
    en="For shapes that do not fit you return something (None, or a message on the screen) instead of raising ValueError. Whoever calls the function would go on computing with it.",
    ko="모양이 맞지 않을 때 ValueError를 발생시키지 않고 None 등을 돌려줍니다. 그러면 부른 쪽은 그 값으로 계산을 계속하게 됩니다.",
)
def nothing_returned_for_a_mismatch(A, B):
    return row_times_column(A, B) if A.shape[1] == B.shape[0] else None


@misconception(
    "matmul",
    en="Sizes that do not fit are not compared at all, so the loops run over an index that one of the matrices does not have, or stop too early. Compare the inner sizes first, and raise ValueError.",
    ko="크기를 전혀 비교하지 않아서 반복문이 한쪽 행렬에 없는 인덱스를 쓰거나 너무 일찍 멈춥니다. 안쪽의 두 크기를 먼저 비교하고 ValueError를 발생시키세요.",
)
def mismatch_in_loops(A, B):
    if A.shape[1] > B.shape[0] and A.shape[0] and B.shape[1]:
        raise IndexError("k")
    return row_times_column(A, B[: A.shape[1]])


@misconception(
    "matmul",
    en="Your result is always float32: torch.zeros without a dtype makes it so, and whole numbers and float64 lose digits in it. Make it with the dtype of A.",
    ko="결과가 언제나 float32입니다. dtype 없이 만든 torch.zeros가 그렇고, 정수와 float64는 자릿수를 잃습니다. A의 dtype으로 만드세요.",
)
def always_float32(A, B):
    refuse_mismatch(A, B)
    return row_times_column(A, B).float()


# -- 2. lin_basics ---------------------------------------------------------------------------------------------------


def p_norm(x, p):
    size = x.abs()
    top = size.max()
    return top if top == 0 or p == math.inf else top * ((size / top) ** p).sum() ** (1 / p)


def facts(A, x, p, **changed):
    """The right answers, but for what is changed (a function of nothing, so that nothing is computed in vain)."""
    if A.shape[0] != A.shape[1]:
        raise ValueError("square")
    right = {
        "norm": lambda: p_norm(x, p),
        "trace": lambda: A.diagonal().sum(),
        "rank": lambda: relative_rank(A, 1e-10),
        "sym": lambda: torch.equal(A, A.T),
    }
    return {key: changed.get(key, value)() for key, value in right.items()}


def relative_rank(A, tol):
    s = torch.linalg.svdvals(A)
    return int((s > tol * s.max()).sum())


@misconception(
    "lin_basics",
    en="The root is missing at the end of the norm. Without it, doubling x does not double the result.",
    ko="노름 끝에 거듭제곱근이 없습니다. 그러면 x를 두 배 해도 결과가 두 배가 되지 않습니다.",
)
def norm_without_root(A, x, p):
    return facts(A, x, p, norm=lambda: x.abs().max() if p == math.inf else (x.abs() ** p).sum())


@misconception(
    "lin_basics",
    en="The norm takes powers without absolute values, so entries of opposite sign cancel for odd p.",
    ko="절댓값 없이 거듭제곱해서, p가 홀수이면 부호가 다른 원소끼리 상쇄됩니다.",
)
def norm_without_absolute_values(A, x, p):
    return facts(A, x, p, norm=lambda: x.max() if p == math.inf else (x**p).sum() ** (1 / p))


@misconception(
    "lin_basics",
    en="You always compute the Euclidean norm and never look at p.",
    ko="p를 보지 않고 언제나 유클리드 노름을 계산했습니다.",
)
def always_euclidean(A, x, p):
    return facts(A, x, p, norm=lambda: p_norm(x, 2.0))


@misconception(
    "lin_basics",
    en="The powers overflow (or vanish) for very large (or small) entries. Divide by the largest entry first, and multiply by it after the root.",
    ko="원소가 아주 크거나 작으면 거듭제곱이 넘치거나 사라집니다. 가장 큰 원소로 먼저 나누고, 거듭제곱근 다음에 다시 곱하세요.",
)
def powers_overflow(A, x, p):
    return facts(A, x, p, norm=lambda: x.abs().max() if p == math.inf else (x.abs() ** p).sum() ** (1 / p))


@misconception(
    "lin_basics",
    en="For p = infinity the formula taken literally ends with the power 0 and gives 1 (or NaN). The limit is the largest absolute value.",
    ko="p = 무한대에서 공식을 글자 그대로 쓰면 마지막이 0제곱이 되어 1(또는 NaN)이 나옵니다. 그 극한은 가장 큰 절댓값입니다.",
)
def infinity_by_the_formula(A, x, p):
    return facts(A, x, p, norm=lambda: (x.abs() ** p).sum() ** (1 / p) if p == math.inf else p_norm(x, p))


@misconception(
    "lin_basics",
    en="The zero vector gives NaN: you divide by its largest entry, which is 0. Its norm is 0.",
    ko="영벡터에서 가장 큰 원소인 0으로 나누어 NaN이 됩니다. 영벡터의 노름은 0입니다.",
)
def nan_for_the_zero_vector(A, x, p):
    def norm():
        top = x.abs().max()
        return top if p == math.inf else top * ((x.abs() / top) ** p).sum() ** (1 / p)

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="You return the norm of A. The norm of the vector x is asked for.",
    ko="행렬 A의 노름을 돌려주었습니다. 벡터 x의 노름을 구해야 합니다.",
)
def norm_of_the_matrix(A, x, p):
    return facts(A, x, p, norm=lambda: p_norm(A.flatten(), p))


@misconception(
    "lin_basics",
    en="The trace sums all entries. It is the sum of the diagonal only.",
    ko="트레이스를 모든 원소의 합으로 구했습니다. 트레이스는 대각 원소만의 합입니다.",
)
def trace_of_all_entries(A, x, p):
    return facts(A, x, p, trace=lambda: A.sum())


@misconception(
    "lin_basics",
    en="The trace multiplies the diagonal. It is a sum.",
    ko="트레이스를 대각 원소의 곱으로 구했습니다. 트레이스는 합입니다.",
)
def trace_multiplied(A, x, p):
    return facts(A, x, p, trace=lambda: A.diagonal().prod())


@misconception(
    "lin_basics",
    en="You take the rank from the determinant: full if it is not exactly 0, one less otherwise. Rounding hardly ever leaves an exact 0, and a determinant cannot tell rank 1 from rank 3.",
    ko="행렬식이 정확히 0이 아니면 최대 랭크, 0이면 하나 적다고 했습니다. 반올림 때문에 정확히 0인 경우는 거의 없고, 행렬식으로는 랭크 1과 3을 구별할 수 없습니다.",
)
def rank_by_determinant(A, x, p):
    return facts(A, x, p, rank=lambda: len(A) if torch.linalg.det(A) != 0 else len(A) - 1)


@misconception(
    "lin_basics",
    en="Every singular value that is not exactly 0 counts. Rounding turns zeros into 1e-16; compare with a share of the largest one.",
    ko="정확히 0이 아닌 특잇값을 모두 세었습니다. 반올림 때문에 0이 1e-16이 되므로, 가장 큰 특잇값에 대한 비율과 비교해야 합니다.",
)
def rank_without_tolerance(A, x, p):
    return facts(A, x, p, rank=lambda: int((torch.linalg.svdvals(A) > 0).sum()))


@misconception(
    "lin_basics",
    en="The default tolerance of matrix_rank is near the rounding error, about 1e-15. The docstring sets another one.",
    ko="matrix_rank의 기본 허용 오차는 반올림 오차에 가까운 1e-15 정도입니다. docstring에서는 다른 값을 정했습니다.",
)
def rank_with_default_tolerance(A, x, p):
    return facts(A, x, p, rank=lambda: int(torch.linalg.matrix_rank(A)))


@misconception(
    "lin_basics",
    en="Singular values are compared with 1e-10 itself. Multiply a matrix by a constant and its rank would change: compare with 1e-10 times the largest one.",
    ko="특잇값을 1e-10 그 자체와 비교했습니다. 그러면 행렬에 상수만 곱해도 랭크가 바뀝니다. 가장 큰 특잇값의 1e-10배와 비교해야 합니다.",
)
def rank_with_absolute_tolerance(A, x, p):
    return facts(A, x, p, rank=lambda: int((torch.linalg.svdvals(A) > 1e-10).sum()))


@misconception(
    "lin_basics",
    en="The rank counts columns that are not zero. Columns that are combinations of others must not count.",
    ko="0이 아닌 열을 세었습니다. 다른 열의 조합인 열은 세면 안 됩니다.",
)
def rank_counts_nonzero_columns(A, x, p):
    return facts(A, x, p, rank=lambda: int((A != 0).any(dim=0).sum()))


@misconception(
    "lin_basics",
    en="You accept what is nearly symmetric. Here symmetric means exactly equal to the transpose.",
    ko="거의 대칭인 행렬도 대칭이라고 했습니다. 여기서는 전치와 정확히 같아야 대칭입니다.",
)
def nearly_symmetric(A, x, p):
    return facts(A, x, p, sym=lambda: torch.allclose(A, A.T))


@misconception(
    "lin_basics",
    en="You compare signs or sizes only: an antisymmetric matrix, A = -A^T, passes as symmetric.",
    ko="크기만 비교해서 반대칭 행렬(A = -Aᵀ)도 대칭이라고 했습니다.",
)
def antisymmetric_accepted(A, x, p):
    return facts(A, x, p, sym=lambda: torch.equal(A.abs(), A.T.abs()))


@misconception(
    "lin_basics",
    en="A matrix that is not square is accepted. It has no trace, so ValueError is to be raised.",
    ko="정사각이 아닌 행렬을 받아들였습니다. 그런 행렬에는 트레이스가 없으므로 ValueError를 발생시켜야 합니다.",
)
def any_shape_accepted(A, x, p):
    return {
        "norm": p_norm(x, p),
        "trace": A.diagonal().sum(),
        "rank": relative_rank(A, 1e-10),
        "sym": torch.equal(A, A.T),
    }


@misconception(
    "lin_basics",
    en="The root is missing at the end of the norm. You scale by the largest entry, but the sum of powers is not yet a length: the power 1/p is still to be taken.",
    ko="노름 끝에 거듭제곱근이 없습니다. 가장 큰 원소로 나누기는 했지만 거듭제곱의 합은 아직 길이가 아닙니다. 1/p 제곱이 남았습니다.",
)
def scaled_norm_without_root(A, x, p):
    def norm():
        top = x.abs().max()
        return top if top == 0 or p == math.inf else top * ((x.abs() / top) ** p).sum()

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="The norm takes powers without absolute values, so entries of opposite sign cancel for odd p (and other p give NaN).",
    ko="절댓값 없이 거듭제곱해서, p가 홀수이면 부호가 다른 원소끼리 상쇄되고 정수가 아닌 p에서는 NaN이 됩니다.",
)
def scaled_norm_without_absolute_values(A, x, p):
    def norm():
        top = x.abs().max()
        return top if top == 0 or p == math.inf else top * ((x / top) ** p).sum() ** (1 / p)

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="The norm takes powers without absolute values, so entries of opposite sign cancel for odd p (and other p give NaN).",
    ko="절댓값 없이 거듭제곱해서, p가 홀수이면 부호가 다른 원소끼리 상쇄되고 정수가 아닌 p에서는 NaN이 됩니다.",
)
def divided_by_the_maximum_of_x(A, x, p):
    def norm():
        top = x.max()
        return top if top == 0 or p == math.inf else top * ((x / top) ** p).sum() ** (1 / p)

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="For p = infinity you take the largest entry of x with its sign. The largest absolute value is meant: a large negative entry counts, too.",
    ko="p = 무한대에서 x의 원소 가운데 가장 큰 것을 부호 그대로 골랐습니다. 절댓값이 가장 큰 것이어야 하므로 큰 음수도 세어야 합니다.",
)
def infinity_norm_without_absolute_values(A, x, p):
    return facts(A, x, p, norm=lambda: x.max() if p == math.inf else p_norm(x, p))


@misconception(
    "lin_basics",
    en="The norm divides by the largest entry and never multiplies by it again, so every vector has nearly the same length.",
    ko="가장 큰 원소로 나눈 뒤 다시 곱하지 않았습니다. 그러면 어떤 벡터든 길이가 거의 같아집니다.",
)
def never_scaled_back(A, x, p):
    def norm():
        top = x.abs().max()
        return top if top == 0 or p == math.inf else ((x.abs() / top) ** p).sum() ** (1 / p)

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="Your norm takes a square root whatever p is. The root that belongs to the p-th power is the p-th root.",
    ko="p와 상관없이 제곱근을 취했습니다. p제곱에 맞는 것은 p제곱근입니다.",
)
def square_root_for_every_p(A, x, p):
    def norm():
        top = x.abs().max()
        return top if top == 0 or p == math.inf else top * ((x.abs() / top) ** p).sum().sqrt()

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="The rank is a tensor. A Python int is asked for.",
    ko="랭크가 텐서입니다. 파이썬 int로 돌려주어야 합니다.",
)
def rank_as_tensor(A, x, p):
    return facts(A, x, p, rank=lambda: torch.tensor(relative_rank(A, 1e-10)))


@misconception(
    "lin_basics",
    en="The answer to whether A is symmetric is a tensor. A Python bool is asked for.",
    ko="대칭인지에 대한 답이 텐서입니다. 파이썬 bool로 돌려주어야 합니다.",
)
def symmetry_as_tensor(A, x, p):
    return facts(A, x, p, sym=lambda: (A == A.T).all())


@misconception(
    "lin_basics",
    en="Rank and symmetry are tensors. A Python int and a Python bool are asked for.",
    ko="랭크와 대칭 여부가 텐서입니다. 각각 파이썬 int와 bool로 돌려주어야 합니다.",
)
def rank_and_symmetry_as_tensors(A, x, p):
    return facts(A, x, p, rank=lambda: torch.tensor(relative_rank(A, 1e-10)), sym=lambda: (A == A.T).all())


@misconception(
    "lin_basics",
    en="You return the determinant, the product of the eigenvalues. The trace is the sum of the diagonal (and of the eigenvalues).",
    ko="행렬식, 즉 고윳값의 곱을 돌려주었습니다. 트레이스는 대각 원소의 합(고윳값의 합)입니다.",
)
def determinant_for_trace(A, x, p):
    return facts(A, x, p, trace=lambda: torch.linalg.det(A))


@misconception(
    "lin_basics",
    en="The trace is the mean of the diagonal. It is the sum.",
    ko="트레이스를 대각 원소의 평균으로 구했습니다. 트레이스는 합입니다.",
)
def trace_averaged(A, x, p):
    return facts(A, x, p, trace=lambda: A.diagonal().mean())


@misconception(
    "lin_basics",
    en="You sum the singular values for the trace. They are never negative; the trace is the sum of the diagonal, with its signs.",
    ko="트레이스를 특잇값의 합으로 구했습니다. 특잇값은 음수가 되지 않습니다. 트레이스는 대각 원소를 부호 그대로 더한 값입니다.",
)
def trace_of_singular_values(A, x, p):
    return facts(A, x, p, trace=lambda: torch.linalg.svdvals(A).sum())


@misconception(
    "lin_basics",
    en="You sum the other diagonal, from the upper right to the lower left. The trace belongs to the main one, A_ii.",
    ko="오른쪽 위에서 왼쪽 아래로 가는 대각선을 더했습니다. 트레이스는 주대각선 A_ii의 합입니다.",
)
def trace_of_the_other_diagonal(A, x, p):
    return facts(A, x, p, trace=lambda: A.flip(1).diagonal().sum())


@misconception(
    "lin_basics",
    en="You count singular values that are at least the limit. For the zero matrix the limit is 0, and all of them pass: compare with >.",
    ko="한계보다 크거나 같은 특잇값을 세었습니다. 영행렬에서는 한계가 0이라 모두 통과합니다. >로 비교하세요.",
)
def zero_matrix_of_full_rank(A, x, p):
    def rank():
        s = torch.linalg.svdvals(A)
        return int((s >= 1e-10 * s.max()).sum())

    return facts(A, x, p, rank=rank)


@misconception(
    "lin_basics",
    en="You count eigenvalues. A matrix that is not symmetric may have small eigenvalues and large singular values: the singular values decide about the rank.",
    ko="고윳값을 세었습니다. 대칭이 아닌 행렬은 고윳값이 작아도 특잇값이 클 수 있습니다. 랭크는 특잇값으로 정합니다.",
)
def rank_by_eigenvalues(A, x, p):
    def rank():
        s = torch.linalg.eigvals(A).abs()
        return int((s > 1e-10 * s.max()).sum())

    return facts(A, x, p, rank=rank)


@misconception(
    "lin_basics",
    en="For a matrix that is not square an assert raises AssertionError. ValueError is asked for, by that name.",
    ko="정사각이 아닌 행렬에서 assert가 AssertionError를 냅니다. 여기서는 ValueError를 발생시켜야 합니다.",
)
def square_asserted(A, x, p):
    assert A.shape[0] == A.shape[1]
    return facts(A, x, p)


@misconception(
    "lin_basics",
    en="For a matrix that is not square you return None instead of raising ValueError.",
    ko="정사각이 아닌 행렬에서 ValueError를 발생시키지 않고 None을 돌려줍니다.",
)
def nothing_returned_without_a_square(A, x, p):
    return facts(A, x, p) if A.shape[0] == A.shape[1] else None


# -- 3. marginal_conditional, is_pmf ---------------------------------------------------------------------------------


def over(total):
    """A divisor that leaves empty rows at 0."""
    return torch.where(total > 0, total, 1)


@misconception(
    "marginal_conditional",
    en="The axes are exchanged. To keep x, sum over y, which runs along the columns.",
    ko="축이 뒤바뀌었습니다. P(X)를 구하려면 x를 남기고 y에 대해 더해야 합니다.",
)
def marginals_exchanged(P):
    Px, Py = P.sum(dim=0), P.sum(dim=1)
    return Px, Py, P / over(Px)[None, :]


@misconception(
    "marginal_conditional",
    en="You divide by P(Y): that is P(X | Y), the conditional in the other direction. What is given stands below the bar of the fraction.",
    ko="P(Y)로 나누었습니다. 그것은 방향이 반대인 P(X | Y)입니다. 조건으로 주어진 쪽의 확률로 나눠야 합니다.",
)
def divided_by_the_other_marginal(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / over(Py)[None, :]


@misconception(
    "marginal_conditional",
    en="The third result is still the joint distribution: dividing the table by its total, which is 1 already, changes nothing. Each row has to be divided by its own sum.",
    ko="세 번째 결과가 결합 분포 그대로입니다. 표 전체의 합은 이미 1이므로 그것으로 나누어도 달라지지 않습니다. 행마다 자기 합으로 나누어야 합니다.",
)
def whole_table_normalised(P):
    return P.sum(dim=1), P.sum(dim=0), P / P.sum()


@misconception(
    "marginal_conditional",
    en="Rows of probability 0 give NaN, 0 divided by 0. Here such rows are 0.",
    ko="확률이 0인 행에서 0을 0으로 나누어 NaN이 되었습니다. 여기서 그런 행은 0입니다.",
)
def nan_in_empty_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / Px[:, None]


@misconception(
    "marginal_conditional",
    en="Rows of probability 0 become uniform. What never happens has no conditional; here such rows are 0.",
    ko="확률이 0인 행을 균등 분포로 채웠습니다. 절대 일어나지 않는 일에는 조건부 분포가 없으므로 그런 행은 0으로 둡니다.",
)
def empty_rows_uniform(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    given = torch.where(Px[:, None] > 0, P / over(Px)[:, None], torch.ones_like(P) / P.shape[1])
    return Px, Py, given


@misconception(
    "marginal_conditional",
    en="A small number is added to P(X) before you divide. That falsifies every row, the rare ones most.",
    ko="나누기 전에 P(X)에 작은 수를 더했습니다. 그러면 모든 행이, 특히 확률이 작은 행이 틀려집니다.",
)
def small_number_added_to_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / (Px[:, None] + 1e-8)


@misconception(
    "marginal_conditional",
    en="The marginals are means. Probabilities of alternatives are added.",
    ko="주변 분포를 평균으로 구했습니다. 서로 다른 경우의 확률은 더해야 합니다.",
)
def means_for_marginals(P):
    total = P.sum(dim=1)
    return P.mean(dim=1), P.mean(dim=0), P / over(total)[:, None]


@misconception(
    "marginal_conditional",
    en="P(X) and P(Y) are returned in the wrong order.",
    ko="P(X)와 P(Y)의 순서가 바뀌었습니다.",
)
def results_in_wrong_order(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Py, Px, P / over(Px)[:, None]


@misconception(
    "marginal_conditional",
    en="The conditional is transposed: row x holds P(Y | X = x).",
    ko="조건부 분포가 전치되었습니다. x번째 행이 P(Y | X = x)여야 합니다.",
)
def conditional_transposed(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, (P / over(Px)[:, None]).T


@misconception(
    "marginal_conditional",
    en="You apply a softmax to every row. These are probabilities already; dividing by the sum is enough.",
    ko="행마다 소프트맥스를 적용했습니다. 이미 확률이므로 합으로 나누기만 하면 됩니다.",
)
def softmax_of_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, torch.where(Px[:, None] > 0, torch.softmax(P, dim=1), torch.zeros_like(P))


@misconception(
    "is_pmf",
    en="You check the signs only. The probabilities must also sum to 1.",
    ko="부호만 확인했습니다. 확률의 합도 1이어야 합니다.",
)
def sum_not_checked(P):
    return bool((P >= 0).all())


@misconception(
    "is_pmf",
    en="You check the sum only. Negative entries may cancel, and they are no probabilities.",
    ko="합만 확인했습니다. 음수가 섞여도 합이 1일 수 있지만, 음수는 확률이 아닙니다.",
)
def signs_not_checked(P):
    return bool(abs(P.sum() - 1) <= 1e-6)


@misconception(
    "is_pmf",
    en="You check that every entry lies between 0 and 1, and nothing else. The sum has to be 1.",
    ko="원소가 0과 1 사이인지만 확인했습니다. 합도 1이어야 합니다.",
)
def entries_between_zero_and_one(P):
    return bool(((P >= 0) & (P <= 1)).all())


@misconception(
    "is_pmf",
    en="The sum is compared with == 1. Rounding makes sums such as 0.9999999; allow the tolerance of the docstring.",
    ko="합을 == 1로 비교했습니다. 반올림 때문에 0.9999999 같은 합이 나오므로 docstring의 허용 오차를 쓰세요.",
)
def sum_compared_exactly(P):
    return bool((P >= 0).all() and P.sum() == 1)


@misconception(
    "is_pmf",
    en="The difference from 1 lacks its absolute value: every sum below 1 passes.",
    ko="1과의 차이에 절댓값이 없어서 합이 1보다 작으면 모두 통과합니다.",
)
def deviation_without_absolute_value(P):
    return bool((P >= 0).all() and P.sum() - 1 <= 1e-6)


@misconception(
    "is_pmf",
    en="Zeros are refused. What never happens has the probability 0, which is allowed.",
    ko="0을 거절했습니다. 절대 일어나지 않는 일의 확률은 0이며, 허용됩니다.",
)
def zeros_refused(P):
    return bool((P > 0).all() and abs(P.sum() - 1) <= 1e-6)


@misconception(
    "is_pmf",
    en="You demand that each row sums to 1. In a joint distribution all entries together sum to 1.",
    ko="행마다 합이 1이기를 요구했습니다. 결합 분포에서는 모든 원소를 합쳐 1입니다.",
)
def rows_must_sum_to_one(P):
    return bool((P >= 0).all() and ((P.sum(dim=-1) - 1).abs() <= 1e-6).all())


@misconception(
    "is_pmf",
    en="Your tolerance is another one than the docstring's: torch.allclose and the like add a relative part, and 1e-3 or 1e-8 is not 1e-6.",
    ko="docstring과 다른 허용 오차를 썼습니다. torch.allclose 같은 함수는 상대 오차를 더하며, 1e-3이나 1e-8은 1e-6이 아닙니다.",
)
def another_tolerance(P):
    return bool((P >= 0).all() and torch.allclose(P.sum(), torch.ones_like(P.sum())))


@misconception(
    "marginal_conditional",
    en="A small number is added to P(X) before you divide. That falsifies every row, the rare ones most.",
    ko="나누기 전에 P(X)에 작은 수를 더했습니다. 그러면 모든 행이 틀어지고, 확률이 작은 행일수록 더 크게 틀어집니다.",
)
def smaller_number_added_to_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / (Px[:, None] + 1e-12)


@misconception(
    "marginal_conditional",
    en="A small number is added to P(X) before you divide. That falsifies every row, the rare ones most.",
    ko="나누기 전에 P(X)에 작은 수를 더했습니다. 그러면 모든 행이 틀어지고, 확률이 작은 행일수록 더 크게 틀어집니다.",
)
def tiny_number_added_to_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / (Px[:, None] + 1e-10)


@misconception(
    "marginal_conditional",
    en="A small number is added to P(X) before you divide. That falsifies every row, the rare ones most.",
    ko="나누기 전에 P(X)에 작은 수를 더했습니다. 그러면 모든 행이 틀어지고, 확률이 작은 행일수록 더 크게 틀어집니다.",
)
def larger_number_added_to_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / (Px[:, None] + 1e-6)


@misconception(
    "marginal_conditional",
    en="A small number is added to P(X) before you divide. That falsifies every row, the rare ones most.",
    ko="나누기 전에 P(X)에 작은 수를 더했습니다. 그러면 모든 행이 틀어지고, 확률이 작은 행일수록 더 크게 틀어집니다.",
)
def large_number_added_to_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / (Px[:, None] + 1e-5)


@misconception(
    "marginal_conditional",
    en="P(X) is bounded below before you divide (clamp). A rare row is not an empty one: its conditional still sums to 1.",
    ko="나누기 전에 P(X)를 아래에서 잘랐습니다(clamp). 드문 행은 빈 행이 아니므로 그 조건부 확률의 합도 1이어야 합니다.",
)
def rows_bounded_below(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / Px.clamp(min=1e-8)[:, None]


@misconception(
    "marginal_conditional",
    en="P(X) is divided through along the wrong axis: a vector of shape (X,) lines up with the columns. Each row needs its own sum, so give P(X) a second axis.",
    ko="P(X)로 나누는 축이 틀렸습니다. 모양이 (X,)인 벡터는 열에 맞춰집니다. 행마다 자기 합으로 나누려면 P(X)에 축을 하나 더하세요.",
)
def row_sums_along_the_columns(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / over(Px)


@misconception(
    "marginal_conditional",
    en="You divide by P(Y), and by 0 where a column is empty: that is P(X | Y), the conditional in the other direction.",
    ko="P(Y)로 나누었고 빈 열에서는 0으로 나눕니다. 그것은 반대 방향의 조건부 확률 P(X | Y)입니다.",
)
def divided_by_the_other_marginal_unguarded(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / Py


@misconception(
    "marginal_conditional",
    en="The table is multiplied by P(X). The chain rule goes from the conditional to the joint that way; from the joint to the conditional you divide.",
    ko="표에 P(X)를 곱했습니다. 곱하면 조건부에서 결합 분포가 되고, 결합 분포에서 조건부로 가려면 나누어야 합니다.",
)
def multiplied_by_the_marginal(P):
    return P.sum(dim=1), P.sum(dim=0), P * P.sum(dim=1, keepdim=True)


@misconception(
    "marginal_conditional",
    en="You divide by the product P(X) P(Y). That compares the table with independence; the conditional divides by P(X) alone.",
    ko="P(X) P(Y)로 나누었습니다. 그것은 독립과 비교하는 비율이고, 조건부 확률은 P(X)로만 나눕니다.",
)
def divided_by_both_marginals(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / over(Px)[:, None] / over(Py)


@misconception(
    "is_pmf",
    en="The answer is a tensor. A Python bool is asked for.",
    ko="답이 텐서입니다. 파이썬 bool로 돌려주어야 합니다.",
)
def truth_as_a_tensor(P):
    return (P >= 0).all() & ((P.sum() - 1).abs() <= 1e-6)


@misconception(
    "is_pmf",
    en="You demand that each column sums to 1. In a joint distribution all entries together sum to 1.",
    ko="각 열의 합이 1이기를 요구했습니다. 결합 분포에서는 모든 원소의 합이 1입니다.",
)
def columns_must_sum_to_one(P):
    return bool((P >= 0).all() and ((P.sum(dim=0) - 1).abs() <= 1e-6).all())


@misconception(
    "is_pmf",
    en="The conditions are joined by or. A probability mass function meets both: no negative entry, and the sum 1.",
    ko="두 조건을 or로 이었습니다. 음수가 없고 합이 1이라는 두 조건을 모두 만족해야 확률 질량 함수입니다.",
)
def one_condition_is_enough(P):
    return bool((P >= 0).all() or abs(P.sum() - 1) <= 1e-6)


# -- 4. joint_from_chain ---------------------------------------------------------------------------------------------


@misconception(
    "joint_from_chain",
    en="P(C) stands along the axis of B. Its values belong to the last axis.",
    ko="P(C)를 B의 축에 맞추었습니다. P(C)의 값은 마지막 축에 놓여야 합니다.",
)
def pc_along_b(PaBC, PbC, Pc):
    return PaBC * PbC[None] * Pc[None, :, None]


@misconception(
    "joint_from_chain",
    en="P(C) stands along the axis of A. Its values belong to the last axis.",
    ko="P(C)를 A의 축에 맞추었습니다. P(C)의 값은 마지막 축에 놓여야 합니다.",
)
def pc_along_a(PaBC, PbC, Pc):
    return PaBC * PbC[None] * Pc[:, None, None]


@misconception(
    "joint_from_chain",
    en="P(B | C) is transposed, so that b and c exchange their roles.",
    ko="P(B | C)가 전치되어 b와 c의 역할이 뒤바뀌었습니다.",
)
def pbc_transposed(PaBC, PbC, Pc):
    return PaBC * PbC.T[None] * Pc


@misconception(
    "joint_from_chain",
    en="P(B | C) stands along the axes of A and B (or A and C). Its axes are the last two.",
    ko="P(B | C)를 A와 B(또는 A와 C)의 축에 맞추었습니다. P(B | C)의 축은 마지막 두 개입니다.",
)
def pbc_along_a(PaBC, PbC, Pc):
    return PaBC * PbC[:, :, None] * Pc


@misconception(
    "joint_from_chain",
    en="You multiply by the marginal P(B). The chain rule has P(B | C) there, which differs from one c to the next.",
    ko="주변 분포 P(B)를 곱했습니다. 연쇄 법칙에서는 c마다 달라지는 P(B | C)를 곱해야 합니다.",
)
def marginal_of_b(PaBC, PbC, Pc):
    return PaBC * (PbC * Pc).sum(dim=1)[None, :, None] * Pc


@misconception(
    "joint_from_chain",
    en="P(C) is missing. What you have is P(A, B | C), conditional on c in every slice.",
    ko="P(C)가 빠졌습니다. 그러면 c가 주어졌을 때의 P(A, B | C)가 됩니다.",
)
def pc_missing(PaBC, PbC, Pc):
    return PaBC * PbC[None]


@misconception(
    "joint_from_chain",
    en="P(B | C) is missing from the product.",
    ko="곱에 P(B | C)가 빠졌습니다.",
)
def pbc_missing(PaBC, PbC, Pc):
    return PaBC * Pc


@misconception(
    "joint_from_chain",
    en="You sum the variable C away and return P(A, B). The joint distribution keeps all three.",
    ko="변수 C에 대해 더해 P(A, B)를 돌려주었습니다. 결합 분포에는 세 변수가 모두 남아야 합니다.",
)
def c_summed_away(PaBC, PbC, Pc):
    return (PaBC * PbC * Pc).sum(dim=2)


@misconception(
    "joint_from_chain",
    en="The product is divided by its total at the end. True conditionals give the sum 1 by themselves, and nothing is normalised here.",
    ko="마지막에 전체 합으로 나누었습니다. 올바른 조건부 분포를 곱하면 합은 저절로 1이 되며, 여기서는 정규화하지 않습니다.",
)
def normalised_at_the_end(PaBC, PbC, Pc):
    P = PaBC * PbC * Pc
    return P / P.sum()


@misconception(
    "joint_from_chain",
    en="You add the three factors. Probabilities of things that happen together are multiplied.",
    ko="세 인수를 더했습니다. 함께 일어나는 일의 확률은 곱해야 합니다.",
)
def factors_added(PaBC, PbC, Pc):
    return PaBC + PbC + Pc


@misconception(
    "joint_from_chain",
    en="The axes of the result stand in another order, (c, b, a). Entry [i, j, k] belongs to A = i, B = j, C = k.",
    ko="결과의 축 순서가 (c, b, a)로 바뀌었습니다. [i, j, k] 원소는 A = i, B = j, C = k의 확률입니다.",
)
def axes_reversed(PaBC, PbC, Pc):
    return (PaBC * PbC * Pc).permute(2, 1, 0)


@misconception(
    "joint_from_chain",
    en="The axes of the result stand in another order, (b, a, c). Entry [i, j, k] belongs to A = i, B = j, C = k.",
    ko="결과의 축 순서가 (b, a, c)로 바뀌었습니다. [i, j, k] 원소는 A = i, B = j, C = k의 확률입니다.",
)
def a_and_b_exchanged(PaBC, PbC, Pc):
    return (PaBC * PbC * Pc).permute(1, 0, 2)


@misconception(
    "joint_from_chain",
    en="The axes of the result stand in another order, (a, c, b). Entry [i, j, k] belongs to A = i, B = j, C = k.",
    ko="결과의 축 순서가 (a, c, b)로 바뀌었습니다. [i, j, k] 원소는 A = i, B = j, C = k의 확률입니다.",
)
def b_and_c_exchanged(PaBC, PbC, Pc):
    return (PaBC * PbC * Pc).permute(0, 2, 1)


@misconception(
    "joint_from_chain",
    en="The axes of the result stand in another order, (c, a, b). Entry [i, j, k] belongs to A = i, B = j, C = k.",
    ko="결과의 축 순서가 (c, a, b)로 바뀌었습니다. [i, j, k] 원소는 A = i, B = j, C = k의 확률입니다.",
)
def c_in_front(PaBC, PbC, Pc):
    return (PaBC * PbC * Pc).permute(2, 0, 1)


@misconception(
    "joint_from_chain",
    en="The axes of the result stand in another order, (b, c, a). Entry [i, j, k] belongs to A = i, B = j, C = k.",
    ko="결과의 축 순서가 (b, c, a)로 바뀌었습니다. [i, j, k] 원소는 A = i, B = j, C = k의 확률입니다.",
)
def a_at_the_end(PaBC, PbC, Pc):
    return (PaBC * PbC * Pc).permute(1, 2, 0)


@misconception(
    "joint_from_chain",
    en="P(C) enters twice. P(B | C) P(C) holds it already; each factor of the chain appears once.",
    ko="P(C)를 두 번 곱했습니다. P(B | C) P(C)에 이미 들어 있고, 연쇄 법칙의 인수는 한 번씩만 나옵니다.",
)
def pc_twice(PaBC, PbC, Pc):
    return PaBC * PbC * Pc * Pc


@misconception(
    "joint_from_chain",
    en="P(B | C) enters twice. Each factor of the chain appears once.",
    ko="P(B | C)를 두 번 곱했습니다. 연쇄 법칙의 인수는 한 번씩만 나옵니다.",
)
def pbc_twice(PaBC, PbC, Pc):
    return PaBC * PbC * PbC * Pc


@misconception(
    "joint_from_chain",
    en="You divide by P(C). Dividing goes from a joint distribution to a conditional; the way back, to the joint, multiplies.",
    ko="P(C)로 나누었습니다. 나누는 것은 결합 분포에서 조건부로 갈 때이고, 결합 분포로 돌아올 때는 곱합니다.",
)
def divided_by_pc(PaBC, PbC, Pc):
    return PaBC * PbC / Pc


@misconception(
    "joint_from_chain",
    en="You divide by P(B | C). Dividing goes from a joint distribution to a conditional; the way back, to the joint, multiplies.",
    ko="P(B | C)로 나누었습니다. 나누는 것은 결합 분포에서 조건부로 갈 때이고, 결합 분포로 돌아올 때는 곱합니다.",
)
def divided_by_pbc(PaBC, PbC, Pc):
    return PaBC / PbC * Pc


@misconception(
    "joint_from_chain",
    en="P(A | B, C) comes back by itself: P(B | C) and P(C) are missing from the product.",
    ko="P(A | B, C)를 그대로 돌려주었습니다. P(B | C)와 P(C)를 곱하지 않았습니다.",
)
def first_factor_only(PaBC, PbC, Pc):
    return PaBC.clone()


@misconception(
    "joint_from_chain",
    en="P(A | B, C) is missing: the result holds P(B, C), the same for every a.",
    ko="P(A | B, C)를 곱하지 않았습니다. 모든 a에서 똑같은 P(B, C)만 남습니다.",
)
def pabc_missing(PaBC, PbC, Pc):
    return (PbC * Pc).expand_as(PaBC).clone()


@misconception(
    "joint_from_chain",
    en="You sum the variable B away and return P(A, C). The joint distribution keeps all three.",
    ko="B를 더해 없애고 P(A, C)를 돌려주었습니다. 결합 분포에는 세 변수가 모두 남습니다.",
)
def b_summed_away(PaBC, PbC, Pc):
    return (PaBC * PbC * Pc).sum(dim=1)


@misconception(
    "joint_from_chain",
    en="You sum the variable A away and return P(B, C). The joint distribution keeps all three.",
    ko="A를 더해 없애고 P(B, C)를 돌려주었습니다. 결합 분포에는 세 변수가 모두 남습니다.",
)
def a_summed_away(PaBC, PbC, Pc):
    return (PaBC * PbC * Pc).sum(dim=0)


@misconception(
    "joint_from_chain",
    en="The table is normalised along A at the end. Nothing is normalised here, and a joint distribution sums to 1 over all entries together.",
    ko="마지막에 A 축을 따라 정규화했습니다. 여기서는 아무것도 정규화하지 않으며, 결합 분포는 모든 원소의 합이 1입니다.",
)
def normalised_along_a(PaBC, PbC, Pc):
    P = PaBC * PbC * Pc
    return P / P.sum(dim=0, keepdim=True)


# -- 5. independent, cond_independent --------------------------------------------------------------------------------


def product_of_marginals(P):
    return P.sum(dim=1, keepdim=True) * P.sum(dim=0, keepdim=True)


def slices_of(P):
    Pz = P.sum(dim=(0, 1))
    return P / torch.where(Pz > 0, Pz, 1)


@misconception(
    "independent",
    en="The table is compared with == . Rounding makes products differ in the last digit, so nothing is ever independent: use the tolerance.",
    ko="표를 ==로 비교했습니다. 반올림 때문에 곱의 마지막 자리가 달라지므로 독립인 것이 하나도 없게 됩니다. 허용 오차를 쓰세요.",
)
def compared_exactly(P):
    return bool((product_of_marginals(P) == P).all())


@misconception(
    "independent",
    en="You look at the first cell only. Independence asks for equality in every cell.",
    ko="첫 칸만 확인했습니다. 독립이려면 모든 칸에서 같아야 합니다.",
)
def first_cell_only(P):
    return bool(abs(P[0, 0] - product_of_marginals(P)[0, 0]) <= 1e-6)


@misconception(
    "independent",
    en="One cell that agrees is enough for you. All have to agree: all, not any.",
    ko="한 칸만 맞아도 독립이라고 했습니다. any가 아니라 all, 즉 모든 칸이 맞아야 합니다.",
)
def any_cell_is_enough(P):
    return bool(((product_of_marginals(P) - P).abs() <= 1e-6).any())


@misconception(
    "independent",
    en="You add the deviations up, and those of a table always sum to 0. Take absolute values, and look at every cell.",
    ko="차이를 더했는데, 한 표의 차이를 모두 더하면 언제나 0입니다. 절댓값을 취해 칸마다 살펴보세요.",
)
def deviations_cancel(P):
    return bool(abs((P - product_of_marginals(P)).sum()) <= 1e-6)


@misconception(
    "independent",
    en="The deviations lack their absolute values, so a cell that is too small always passes.",
    ko="차이에 절댓값이 없어서 곱보다 작은 칸은 언제나 통과합니다.",
)
def deviations_without_absolute_values(P):
    return bool((P - product_of_marginals(P) <= 1e-6).all())


@misconception(
    "independent",
    en="You average the deviations over the cells. Each single cell has the limit 1e-6.",
    ko="차이를 칸에 대해 평균 냈습니다. 1e-6은 칸마다 지켜야 하는 한계입니다.",
)
def mean_deviation(P):
    return bool((P - product_of_marginals(P)).abs().mean() <= 1e-6)


@misconception(
    "independent",
    en="You check whether all cells are equal. That is a uniform distribution; independence means a product of marginals.",
    ko="모든 칸이 같은지 확인했습니다. 그것은 균등 분포입니다. 독립은 주변 분포의 곱이라는 뜻입니다.",
)
def uniform_taken_for_independent(P):
    return bool((P.max() - P.min()) <= 1e-6)


@misconception(
    "independent",
    en="You check whether the covariance of the row and column numbers is 0. Uncorrelated is less than independent.",
    ko="행 번호와 열 번호의 공분산이 0인지 확인했습니다. 상관이 없다는 것은 독립보다 약한 조건입니다.",
)
def uncorrelated_taken_for_independent(P):
    i = torch.arange(P.shape[0], dtype=P.dtype)
    j = torch.arange(P.shape[1], dtype=P.dtype)
    return bool(abs(i @ P @ j - (i @ P.sum(dim=1)) * (P.sum(dim=0) @ j)) <= 1e-6)


@misconception(
    "independent",
    en="Your tolerance is another one than the docstring's: torch.allclose adds 1e-5 of each value to it.",
    ko="docstring과 다른 허용 오차를 썼습니다. torch.allclose는 값의 1e-5배를 허용 오차에 더합니다.",
)
def default_allclose(P):
    return torch.allclose(P, product_of_marginals(P))


@misconception(
    "cond_independent",
    en="You sum z away and test the marginal table. Dependence may appear or disappear when z is given: test every slice.",
    ko="z에 대해 더한 주변 분포의 표를 검사했습니다. z가 주어지면 의존 관계가 생기기도 하고 사라지기도 하므로 단면마다 검사해야 합니다.",
)
def marginal_tested(P, tol):
    table = P.sum(dim=2)
    return bool(((table - product_of_marginals(table)).abs() <= tol).all())


@misconception(
    "cond_independent",
    en="Only the slice of the first z is tested. Every z counts.",
    ko="첫 번째 z의 단면만 검사했습니다. 모든 z를 검사해야 합니다.",
)
def first_slice_only(P, tol):
    given = slices_of(P)
    return bool(((given - product_of_marginals(given)).abs()[:, :, 0] <= tol).all())


@misconception(
    "cond_independent",
    en="A z with P(z) = 0 makes you answer False: 0 / 0 is NaN, and every comparison with NaN is false. Such a z says nothing and is left out.",
    ko="P(z) = 0인 z가 있으면 False라고 답합니다. 0 / 0은 NaN이고 NaN과의 비교는 언제나 거짓입니다. 그런 z는 아무것도 말해 주지 않으므로 빼야 합니다.",
)
def nan_in_empty_slices(P, tol):
    given = P / P.sum(dim=(0, 1))
    return bool(((given - product_of_marginals(given)).abs() <= tol).all())


@misconception(
    "cond_independent",
    en="You compare P(x, y, z) itself with P(x | z) P(y | z). Divide by P(z) first: P(x, y | z).",
    ko="P(x, y, z)를 그대로 P(x | z) P(y | z)와 비교했습니다. 먼저 P(z)로 나눠 P(x, y | z)로 만드세요.",
)
def joint_compared_with_conditionals(P, tol):
    return bool(((P - product_of_marginals(slices_of(P))).abs() <= tol).all())


@misconception(
    "cond_independent",
    en="Your slices are not divided by P(z), so their products of sums are too small by this factor.",
    ko="단면을 P(z)로 나누지 않아서, 합의 곱이 그만큼 작습니다.",
)
def slices_not_divided(P, tol):
    return bool(((P - product_of_marginals(P)).abs() <= tol).all())


@misconception(
    "cond_independent",
    en="Your deviations are weighted with P(z), so a dependence in a rare slice slips through. The conditional probabilities are compared.",
    ko="차이에 P(z)만큼의 무게가 실려서, 드문 단면의 의존 관계를 놓칩니다. 조건부 확률끼리 비교해야 합니다.",
)
def deviations_weighted(P, tol):
    given = slices_of(P)
    return bool(((given - product_of_marginals(given)).abs() * P.sum(dim=(0, 1)) <= tol).all())


@misconception(
    "cond_independent",
    en="The right-hand side uses P(x) and P(y) without z. Given z, both factors are conditional, too.",
    ko="우변에 z가 없는 P(x), P(y)를 썼습니다. z가 주어지면 두 인수도 모두 조건부여야 합니다.",
)
def unconditional_marginals(P, tol):
    given = slices_of(P)
    product = P.sum(dim=(1, 2))[:, None, None] * P.sum(dim=(0, 2))[None, :, None]
    return bool((((given - product).abs() <= tol) | (P.sum(dim=(0, 1)) == 0)).all())


@misconception(
    "cond_independent",
    en="You test whether all three variables are independent. Given z, each of the others may depend on z as it likes.",
    ko="세 변수가 모두 독립인지 검사했습니다. 나머지 두 변수는 각각 z에 얼마든지 의존해도 됩니다.",
)
def all_three_independent(P, tol):
    product = P.sum(dim=(1, 2))[:, None, None] * P.sum(dim=(0, 2))[None, :, None] * P.sum(dim=(0, 1))
    return bool(((P - product).abs() <= tol).all())


@misconception(
    "cond_independent",
    en="You condition on x, the first axis. The condition is z, the last axis.",
    ko="첫 번째 축인 x를 조건으로 삼았습니다. 조건은 마지막 축인 z입니다.",
)
def conditioned_on_x(P, tol):
    given = slices_of(P.permute(1, 2, 0))
    return bool(((given - product_of_marginals(given)).abs() <= tol).all())


@misconception(
    "cond_independent",
    en="The deviations lack their absolute values, so a cell that is too small always passes.",
    ko="차이에 절댓값이 없어서 곱보다 작은 칸은 언제나 통과합니다.",
)
def slices_without_absolute_values(P, tol):
    given = slices_of(P)
    return bool((given - product_of_marginals(given) <= tol).all())


@misconception(
    "cond_independent",
    en="The argument tol is never used.",
    ko="인자 tol을 쓰지 않았습니다.",
)
def tolerance_ignored(P, tol):
    given = slices_of(P)
    return bool(((given - product_of_marginals(given)).abs() <= 1e-6).all())


@misconception(
    "cond_independent",
    en="You average the deviations over the cells. The limit holds for every single cell.",
    ko="차이를 칸에 대해 평균 냈습니다. 한계는 칸마다 지켜야 합니다.",
)
def mean_deviation_of_slices(P, tol):
    given = slices_of(P)
    return bool((given - product_of_marginals(given)).abs().mean() <= tol)


@misconception(
    "independent",
    en="The answer is a tensor. A Python bool is asked for.",
    ko="답이 텐서입니다. 파이썬 bool로 돌려주어야 합니다.",
)
def independence_as_a_tensor(P):
    return ((P - product_of_marginals(P)).abs() <= 1e-6).all()


@misconception(
    "cond_independent",
    en="The answer is a tensor. A Python bool is asked for.",
    ko="답이 텐서입니다. 파이썬 bool로 돌려주어야 합니다.",
)
def conditional_independence_as_a_tensor(P, tol):
    given = slices_of(P)
    return ((given - product_of_marginals(given)).abs() <= tol).all()


@misconception(
    "cond_independent",
    en="You add the deviations up, and those of a slice always sum to 0. Take absolute values, and look at every cell.",
    ko="차이를 그대로 더했습니다. 한 조각 안의 차이는 더하면 언제나 0입니다. 절댓값을 취해 칸마다 확인하세요.",
)
def deviations_of_slices_cancel(P, tol):
    given = slices_of(P)
    return bool(abs((given - product_of_marginals(given)).sum()) <= tol)


@misconception(
    "cond_independent",
    en="One cell that agrees is enough for you. All cells of all slices have to agree: all, not any.",
    ko="일치하는 칸이 하나만 있어도 독립이라고 했습니다. 모든 조각의 모든 칸이 일치해야 합니다. any가 아니라 all입니다.",
)
def any_cell_of_the_slices(P, tol):
    given = slices_of(P)
    return bool(((given - product_of_marginals(given)).abs() <= tol).any())


@misconception(
    "cond_independent",
    en="One slice that is a product is enough for you. Every z with P(z) > 0 counts.",
    ko="곱으로 나뉘는 조각이 하나만 있어도 조건부 독립이라고 했습니다. P(z) > 0인 모든 z를 보아야 합니다.",
)
def one_slice_is_enough(P, tol):
    given = slices_of(P)[:, :, P.sum(dim=(0, 1)) > 0]
    return bool(((given - product_of_marginals(given)).abs() <= tol).all(dim=0).all(dim=0).any())


@misconception(
    "cond_independent",
    en="Only the slice of the last z decides: what the loop found before is overwritten. Every z counts.",
    ko="마지막 z의 조각만으로 정했습니다. 반복문에서 앞의 결과를 덮어썼습니다. 모든 z를 보아야 합니다.",
)
def last_slice_only(P, tol):
    given = slices_of(P)
    return bool(((given - product_of_marginals(given)).abs()[:, :, -1] <= tol).all())


@misconception(
    "cond_independent",
    en="The tables are compared with == . Rounding makes products differ in the last digit: use the tolerance tol.",
    ko="표를 ==로 비교했습니다. 반올림 때문에 곱은 마지막 자리에서 달라지므로 허용 오차 tol을 쓰세요.",
)
def slices_compared_exactly(P, tol):
    given = slices_of(P)
    return bool((given == product_of_marginals(given)).all())


@misconception(
    "cond_independent",
    en="You check the covariance of the row and column numbers within each slice. Uncorrelated is less than independent.",
    ko="조각마다 행 번호와 열 번호의 공분산이 0인지 확인했습니다. 상관이 없다는 것은 독립보다 약한 조건입니다.",
)
def uncorrelated_slices(P, tol):
    given = slices_of(P)
    i = torch.arange(P.shape[0], dtype=P.dtype)[:, None, None]
    j = torch.arange(P.shape[1], dtype=P.dtype)[None, :, None]
    return bool((((given - product_of_marginals(given)) * i * j).sum(dim=(0, 1)).abs() <= tol).all())


@misconception(
    "independent",
    en="You compare squares of the deviations (or their sum) with the tolerance. Each deviation itself has the limit 1e-6.",
    ko="차이의 제곱(또는 그 합)을 허용 오차와 비교했습니다. 차이 하나하나의 한계가 1e-6입니다.",
)
def deviations_squared(P):
    return bool(((P - product_of_marginals(P)) ** 2).sum() <= 1e-6)


@misconception(
    "independent",
    en="You add up the absolute deviations of all cells. Each single cell has the limit 1e-6.",
    ko="모든 칸의 차이를 절댓값으로 더했습니다. 칸 하나하나의 한계가 1e-6입니다.",
)
def absolute_deviations_summed(P):
    return bool((P - product_of_marginals(P)).abs().sum() <= 1e-6)


@misconception(
    "cond_independent",
    en="You add up the absolute deviations of all cells. The limit holds for every single cell.",
    ko="모든 칸의 차이를 절댓값으로 더했습니다. 한계는 칸 하나하나에 대한 것입니다.",
)
def absolute_deviations_of_slices_summed(P, tol):
    given = slices_of(P)
    return bool((given - product_of_marginals(given)).abs().sum() <= tol)


@misconception(
    "independent",
    en="Your tolerance is larger than the docstring's 1e-6, so small dependences pass.",
    ko="허용 오차가 docstring의 1e-6보다 커서 약한 의존이 통과합니다.",
)
def tolerance_ten_times_too_large(P):
    return bool(((P - product_of_marginals(P)).abs() <= 1e-5).all())


@misconception(
    "independent",
    en="Your tolerance is larger than the docstring's 1e-6, so small dependences pass.",
    ko="허용 오차가 docstring의 1e-6보다 커서 약한 의존이 통과합니다.",
)
def tolerance_a_hundred_times_too_large(P):
    return bool(((P - product_of_marginals(P)).abs() <= 1e-4).all())


@misconception(
    "independent",
    en="Your tolerance is larger than the docstring's 1e-6, so small dependences pass.",
    ko="허용 오차가 docstring의 1e-6보다 커서 약한 의존이 통과합니다.",
)
def tolerance_a_thousand_times_too_large(P):
    return bool(((P - product_of_marginals(P)).abs() <= 1e-3).all())


# -- 6. moments ------------------------------------------------------------------------------------------------------


@misconception(
    "moments",
    en="Your means are plain ones, as if all values were equally probable. Weight every value with its probability.",
    ko="모든 값의 확률이 같은 것처럼 단순 평균을 냈습니다. 값마다 자기 확률로 가중해야 합니다.",
)
def unweighted(P, f, h):
    df, dh = f - f.mean(), h - h.mean()
    return f.mean(), (df**2).mean(), (df[:, None] * dh[None]).mean()


@misconception(
    "moments",
    en="The marginals are exchanged: f is a function of the row variable X, h of the column variable Y.",
    ko="주변 분포가 뒤바뀌었습니다. f는 행 변수 X의 함수이고 h는 열 변수 Y의 함수입니다.",
)
def marginals_mixed_up(P, f, h):
    Px, Py = P.sum(dim=0), P.sum(dim=1)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    return Ef, (Px * df**2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Your covariance is E[f h]. Take the means off first, or subtract their product.",
    ko="공분산 자리에 E[f h]를 넣었습니다. 먼저 두 평균을 빼야 합니다.",
)
def covariance_without_means(P, f, h):
    Px = P.sum(dim=1)
    Ef = (Px * f).sum()
    return Ef, (Px * (f - Ef) ** 2).sum(), (P * f[:, None] * h[None]).sum()


@misconception(
    "moments",
    en="Your variance is E[f^2]. The variance measures the spread around the mean.",
    ko="분산 자리에 E[f^2]를 넣었습니다. 분산은 평균을 중심으로 흩어진 정도입니다.",
)
def variance_without_mean(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    dh = h - (Py * h).sum()
    return Ef, (Px * f**2).sum(), (P * (f - Ef)[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="The forms E[f^2] - E[f]^2 and E[f h] - E[f] E[h] subtract two huge numbers when the means are large, and the digits that you want are lost. Take deviations first.",
    ko="E[f^2] - E[f]^2이나 E[f h] - E[f] E[h]는 평균이 크면 거대한 두 수를 빼서 정작 필요한 자릿수를 잃습니다. 편차를 먼저 구하세요.",
)
def difference_of_large_numbers(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    return Ef, (Px * f**2).sum() - Ef**2, (P * f[:, None] * h[None]).sum() - Ef * Eh


@misconception(
    "moments",
    en="You correct with n / (n - 1), as for a sample. A known distribution needs no correction.",
    ko="표본처럼 n / (n - 1)로 보정했습니다. 분포를 알고 있으면 보정이 필요 없습니다.",
)
def sample_correction(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    factor = len(f) / max(len(f) - 1, 1)
    return Ef, (Px * df**2).sum() * factor, (P * df[:, None] * dh[None]).sum() * factor


@misconception(
    "moments",
    en="You return the standard deviation. The variance is its square.",
    ko="표준편차를 돌려주었습니다. 분산은 그 제곱입니다.",
)
def standard_deviation(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    return Ef, (Px * df**2).sum().sqrt(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Your covariance weights the pairs with P(x) P(y). That is 0 for every distribution; the pairs occur with P(x, y).",
    ko="쌍을 P(x) P(y)로 가중해 공분산을 구했습니다. 그러면 어떤 분포에서든 0이 됩니다. 쌍이 나타날 확률은 P(x, y)입니다.",
)
def covariance_of_independent_variables(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    return Ef, (Px * df**2).sum(), (Px[:, None] * Py[None] * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="You return the correlation. The covariance is not divided by the standard deviations.",
    ko="상관계수를 돌려주었습니다. 공분산은 표준편차로 나누지 않습니다.",
)
def correlation_returned(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    scale = ((Px * df**2).sum() * (Py * dh**2).sum()).sqrt()
    return Ef, (Px * df**2).sum(), (P * df[:, None] * dh[None]).sum() / torch.where(scale > 0, scale, 1)


@misconception(
    "moments",
    en="Your variance averages absolute deviations. They are to be squared.",
    ko="분산을 편차의 절댓값의 평균으로 구했습니다. 편차를 제곱해야 합니다.",
)
def absolute_deviations(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    return Ef, (Px * df.abs()).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Mean and variance are those of h(Y). The first two results belong to f(X).",
    ko="h(Y)의 기댓값과 분산을 돌려주었습니다. 처음 두 결과는 f(X)의 것이어야 합니다.",
)
def moments_of_h(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Eh = (Py * h).sum()
    df, dh = f - (Px * f).sum(), h - Eh
    return Eh, (Py * dh**2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Your mean of f (or its variance) is a plain one, as if all values were equally probable. Weight every value with its probability.",
    ko="f의 평균(또는 분산)을 모든 값의 확률이 같은 것처럼 구했습니다. 값마다 그 확률로 가중해야 합니다.",
)
def unweighted_but_for_the_covariance(P, f, h):
    df, dh = f - f.mean(), h - h.mean()
    return f.mean(), (df**2).mean(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Your mean of f (or its variance) is a plain one, as if all values were equally probable. Weight every value with its probability.",
    ko="f의 평균(또는 분산)을 모든 값의 확률이 같은 것처럼 구했습니다. 값마다 그 확률로 가중해야 합니다.",
)
def unweighted_means_taken_off(P, f, h):
    df, dh = f - f.mean(), h - h.mean()
    return f.mean(), (P.sum(dim=1) * df**2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Only the mean of f is unweighted. Every value counts with its probability there, too.",
    ko="f의 평균만 가중하지 않았습니다. 평균에서도 값마다 그 확률로 가중해야 합니다.",
)
def mean_unweighted(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return f.mean(), (Px * df**2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Your variance is the plain mean of the squared deviations, as if all values were equally probable. Weight them with P(x).",
    ko="분산을 모든 값의 확률이 같은 것처럼 제곱 편차의 단순 평균으로 구했습니다. P(x)로 가중하세요.",
)
def variance_unweighted(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (df**2).mean(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Your covariance is the plain mean over all cells, as if all pairs were equally probable. Weight them with P(x, y).",
    ko="공분산을 모든 쌍의 확률이 같은 것처럼 단순 평균으로 구했습니다. P(x, y)로 가중하세요.",
)
def covariance_unweighted(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (Px * df**2).sum(), (df[:, None] * dh[None]).mean()


@misconception(
    "moments",
    en="Your variance is torch.var of the values: unweighted, and divided by m - 1. Under a distribution every value counts with its probability.",
    ko="분산을 torch.var로 구해 가중하지 않고 m − 1로 나누었습니다. 분포에서는 값마다 그 확률로 가중합니다.",
)
def sample_variance(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, f.var(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Your covariance is divided by both standard deviations: that is the correlation, and NaN for a constant. The covariance is not divided.",
    ko="공분산을 두 표준편차로 나누었습니다. 그것은 상관 계수이고 상수에서는 NaN입니다. 공분산은 나누지 않습니다.",
)
def correlation_with_nan(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    scale = ((Px * df**2).sum() * (Py * dh**2).sum()).sqrt()
    return Ef, (Px * df**2).sum(), (P * df[:, None] * dh[None]).sum() / scale


@misconception(
    "moments",
    en="You correct with m / (m - 1), as for a sample. A known distribution needs no correction.",
    ko="표본에서처럼 m / (m − 1)로 보정했습니다. 알고 있는 분포에는 보정이 필요 없습니다.",
)
def variance_corrected(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (Px * df**2).sum() * len(f) / max(len(f) - 1, 1), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="You correct with m / (m - 1), as for a sample. A known distribution needs no correction.",
    ko="표본에서처럼 m / (m − 1)로 보정했습니다. 알고 있는 분포에는 보정이 필요 없습니다.",
)
def variance_corrected_with_infinity(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (Px * df**2).sum() * (f.new_tensor(len(f)) / (len(f) - 1)), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="You correct with m / (m - 1), as for a sample. A known distribution needs no correction.",
    ko="표본에서처럼 m / (m − 1)로 보정했습니다. 알고 있는 분포에는 보정이 필요 없습니다.",
)
def covariance_corrected(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (Px * df**2).sum(), (P * df[:, None] * dh[None]).sum() * len(f) / max(len(f) - 1, 1)


@misconception(
    "moments",
    en="The variance is divided by the number of values although it is weighted already. The probabilities sum to 1 and do the averaging.",
    ko="이미 확률로 가중한 분산을 값의 개수로 또 나누었습니다. 확률의 합이 1이므로 가중합이 곧 평균입니다.",
)
def variance_divided_again(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (Px * df**2).mean(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="The weighted sums are divided by their number of terms (mean instead of sum). The probabilities sum to 1 and do the averaging already.",
    ko="가중합을 항의 개수로 또 나누었습니다(sum 대신 mean). 확률의 합이 1이므로 이미 평균입니다.",
)
def means_of_weighted_values(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).mean(), (Py * h).mean()
    df, dh = f - Ef, h - Eh
    return Ef, (Px * df**2).mean(), (P * df[:, None] * dh[None]).mean()


@misconception(
    "moments",
    en="The probability is squared together with the deviation. It weights the square and stays outside of it: P(x) (f - Ef)^2.",
    ko="확률까지 편차와 함께 제곱했습니다. 확률은 제곱에 곱하는 가중치이므로 제곱 밖에 두어야 합니다: P(x) (f − Ef)².",
)
def probabilities_squared(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, ((Px * df) ** 2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="The mean is subtracted from P(x) f(x) instead of from f(x). Take the deviation first, then weight its square with the probability.",
    ko="평균을 f(x)가 아니라 P(x) f(x)에서 뺐습니다. 먼저 편차를 구하고, 그 제곱을 확률로 가중하세요.",
)
def mean_taken_off_the_weighted_values(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, ((Px * f - Ef) ** 2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="The second result is the variance of h(Y). That of f(X) is asked for.",
    ko="두 번째 결과가 h(Y)의 분산입니다. f(X)의 분산을 구해야 합니다.",
)
def variance_of_h(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (Py * dh**2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="The first result is the mean of h(Y). That of f(X) is asked for.",
    ko="첫 번째 결과가 h(Y)의 평균입니다. f(X)의 평균을 구해야 합니다.",
)
def mean_of_h(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Eh, (Px * df**2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="Both deviations run along the same axis: f belongs to the rows, so it needs a second axis before it meets the columns of h.",
    ko="두 편차가 같은 축에 놓였습니다. f는 행에 속하므로 h의 열과 만나기 전에 축을 하나 더해야 합니다.",
)
def both_along_the_columns(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (Px * df**2).sum(), (P * df * dh).sum()


@misconception(
    "moments",
    en="Your covariance takes absolute values. Deviations in opposite directions count negatively.",
    ko="공분산에서 절댓값을 취했습니다. 두 편차의 방향이 반대이면 음수로 세어야 합니다.",
)
def covariance_of_absolute_deviations(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    df, dh = f - Ef, h - Eh
    return Ef, (Px * df**2).sum(), (P * df.abs()[:, None] * dh.abs()[None]).sum()


@misconception(
    "moments",
    en="One of the two means is not subtracted in the covariance. On paper the result is the same; with values around 100,000 it is the difference of huge terms, and the digits that you want are lost. Take both deviations first.",
    ko="공분산에서 두 평균 가운데 하나를 빼지 않았습니다. 종이 위에서는 결과가 같지만, 값이 100,000 근처이면 큰 항끼리 상쇄되어 필요한 자릿수를 잃습니다. 두 편차를 먼저 구하세요.",
)
def h_not_centred(P, f, h):
    Px = P.sum(dim=1)
    Ef = (Px * f).sum()
    return Ef, (Px * (f - Ef) ** 2).sum(), (P * (f - Ef)[:, None] * h[None]).sum()


@misconception(
    "moments",
    en="One of the two means is not subtracted in the covariance. On paper the result is the same; with values around 100,000 it is the difference of huge terms, and the digits that you want are lost. Take both deviations first.",
    ko="공분산에서 두 평균 가운데 하나를 빼지 않았습니다. 종이 위에서는 결과가 같지만, 값이 100,000 근처이면 큰 항끼리 상쇄되어 필요한 자릿수를 잃습니다. 두 편차를 먼저 구하세요.",
)
def f_not_centred(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    return Ef, (Px * (f - Ef) ** 2).sum(), (P * f[:, None] * (h - (Py * h).sum())[None]).sum()


# -- 7. logpdf -------------------------------------------------------------------------------------------------------


def bernoulli(x, p):
    p = torch.as_tensor(p, dtype=x.dtype)
    return torch.where(x == 1, p.log(), (1 - p).log())


def gaussian(x, mu, sigma):
    return -0.5 * ((x - mu) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)


def exponential(x, lam):
    return torch.where(x >= 0, math.log(lam) - lam * x, -torch.inf)


def others(dist, x, theta):
    return {"bernoulli": bernoulli, "gaussian": gaussian, "exponential": exponential}[dist](x, **theta)


@misconception(
    "logpdf",
    en="You take sigma for the variance. It is the standard deviation, so it is squared in the exponent and appears as log sigma, without a half.",
    ko="sigma를 분산으로 썼습니다. sigma는 표준편차이므로 지수 안에서 제곱되고, 로그 항은 1/2 없이 log sigma입니다.",
)
def sigma_as_variance(dist, x, **theta):
    if dist == "gaussian":
        return gaussian(x, theta["mu"], math.sqrt(theta["sigma"]))
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The constant of the Gaussian, half of log 2 pi, is missing. Without it the density does not integrate to 1.",
    ko="가우시안의 상수항, 즉 log 2π의 절반이 빠졌습니다. 그러면 밀도의 적분이 1이 되지 않습니다.",
)
def constant_missing(dist, x, **theta):
    if dist == "gaussian":
        return gaussian(x, **theta) + 0.5 * math.log(2 * math.pi)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The term log sigma of the Gaussian is missing: a wide one would be as high as a narrow one.",
    ko="가우시안의 log sigma 항이 빠졌습니다. 그러면 넓은 분포와 좁은 분포의 높이가 같아집니다.",
)
def log_sigma_missing(dist, x, **theta):
    if dist == "gaussian":
        return gaussian(x, **theta) + math.log(theta["sigma"])
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The half in front of the square is missing in the Gaussian.",
    ko="가우시안에서 제곱 항 앞의 1/2이 빠졌습니다.",
)
def half_missing_in_gaussian(dist, x, **theta):
    if dist == "gaussian":
        return gaussian(x, **theta) - 0.5 * ((x - theta["mu"]) / theta["sigma"]) ** 2
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="You take lam for the mean waiting time. It is the rate: the density is lam e^(-lam x).",
    ko="lam을 평균 대기 시간으로 썼습니다. lam은 비율(rate)이며 밀도는 lam e^(-lam x)입니다.",
)
def scale_for_rate(dist, x, **theta):
    if dist == "exponential":
        return exponential(x, 1 / theta["lam"])
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The term log lam of the exponential distribution is missing.",
    ko="지수 분포의 log lam 항이 빠졌습니다.",
)
def log_rate_missing(dist, x, **theta):
    if dist == "exponential":
        return exponential(x, **theta) - math.log(theta["lam"])
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="Negative waiting times get a finite value. Their density is 0, so the logarithm is -inf.",
    ko="음수인 대기 시간에 유한한 값을 주었습니다. 밀도가 0이므로 로그는 -inf입니다.",
)
def negative_times_allowed(dist, x, **theta):
    if dist == "exponential":
        return math.log(theta["lam"]) - theta["lam"] * x
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="A waiting time of exactly 0 is refused. The density is lam there.",
    ko="대기 시간이 정확히 0인 경우를 제외했습니다. 그때의 밀도는 lam입니다.",
)
def time_zero_excluded(dist, x, **theta):
    if dist == "exponential":
        return torch.where(x > 0, math.log(theta["lam"]) - theta["lam"] * x, -torch.inf)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="For p = 0 or p = 1 you multiply 0 by minus infinity, which is NaN. Choose one of the two logarithms instead.",
    ko="p = 0이나 p = 1일 때 0과 음의 무한대를 곱해 NaN이 되었습니다. 곱하지 말고 두 로그 가운데 하나를 고르세요.",
)
def zero_times_infinity(dist, x, **theta):
    if dist == "bernoulli":
        p = torch.as_tensor(theta["p"], dtype=x.dtype)
        return x * p.log() + (1 - x) * (1 - p).log()
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="p is kept away from 0 and 1 by a small number. What is impossible then looks merely improbable; it must be -inf.",
    ko="작은 수로 p를 0과 1에서 떼어 놓았습니다. 그러면 불가능한 일이 그저 드문 일처럼 보입니다. -inf여야 합니다.",
)
def probabilities_clipped(dist, x, **theta):
    if dist == "bernoulli":
        return bernoulli(x, min(max(theta["p"], 1e-8), 1 - 1e-8))
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="Success and failure are exchanged in the Bernoulli distribution: x = 1 has the probability p.",
    ko="베르누이 분포에서 성공과 실패가 뒤바뀌었습니다. x = 1의 확률이 p입니다.",
)
def success_and_failure_exchanged(dist, x, **theta):
    if dist == "bernoulli":
        return bernoulli(1 - x, theta["p"])
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="You return the density itself. Its natural logarithm is asked for.",
    ko="밀도를 그대로 돌려주었습니다. 자연로그를 취해야 합니다.",
)
def density_returned(dist, x, **theta):
    return others(dist, x, theta).exp()


@misconception(
    "logpdf",
    en="You compute the density first and then its logarithm. Far out the density underflows to 0 and the logarithm becomes -inf: write the logarithm directly.",
    ko="밀도를 먼저 구하고 로그를 취했습니다. 먼 꼬리에서는 밀도가 0으로 사라져 로그가 -inf가 됩니다. 로그를 곧바로 쓰세요.",
)
def logarithm_of_underflow(dist, x, **theta):
    return others(dist, x, theta).exp().log()


@misconception(
    "logpdf",
    en="Your logarithms have base 2 (or 10). Natural logarithms are meant.",
    ko="밑이 2(또는 10)인 로그를 썼습니다. 자연로그를 써야 합니다.",
)
def logarithm_to_base_two(dist, x, **theta):
    return others(dist, x, theta) / math.log(2)


@misconception(
    "logpdf",
    en="You sum over all elements. One logarithm for each element is asked for.",
    ko="모든 원소에 대해 더했습니다. 원소마다 로그를 하나씩 돌려줘야 합니다.",
)
def summed_over_elements(dist, x, **theta):
    return others(dist, x, theta).sum()


@misconception(
    "logpdf",
    en="The constant of the Gaussian is log 2 pi instead of half of it. The density divides by the root of 2 pi, and the root becomes a half.",
    ko="가우시안의 상수가 log 2π의 절반이 아니라 log 2π 그대로입니다. 밀도는 √(2π)로 나누므로 로그에서는 1/2이 붙습니다.",
)
def two_pi_without_the_half(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return gaussian(x, mu, sigma) - 0.5 * math.log(2 * math.pi)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The half stands before log sigma, too. The density divides by sigma itself; log sigma has a half only where it is the logarithm of the variance.",
    ko="log σ에도 1/2을 붙였습니다. 밀도는 σ 자체로 나눕니다. 1/2은 분산의 로그일 때만 붙습니다.",
)
def half_of_log_sigma(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return gaussian(x, mu, sigma) + 0.5 * math.log(sigma)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The term log sigma appears twice (or as the logarithm of the variance, without its half). The density divides by sigma once.",
    ko="log σ 항이 두 번 들어갔습니다(또는 1/2 없이 분산의 로그를 썼습니다). 밀도는 σ로 한 번만 나눕니다.",
)
def log_sigma_doubled(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return gaussian(x, mu, sigma) - math.log(sigma)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="log sigma is added. The density divides by sigma, so its logarithm is subtracted: a wide Gaussian is low.",
    ko="log σ를 더했습니다. 밀도는 σ로 나누므로 로그를 빼야 합니다. 넓은 가우시안은 낮습니다.",
)
def log_sigma_added(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return gaussian(x, mu, sigma) + 2 * math.log(sigma)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The constant of the Gaussian, half of log 2 pi, has the wrong sign. The density divides by the root of 2 pi.",
    ko="가우시안의 상수 ½ log 2π의 부호가 틀렸습니다. 밀도는 √(2π)로 나누므로 빼야 합니다.",
)
def constant_added(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return gaussian(x, mu, sigma) + math.log(2 * math.pi)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The 2 is missing in the constant of the Gaussian: half of log 2 pi, not of log pi.",
    ko="가우시안의 상수에서 2가 빠졌습니다. ½ log π가 아니라 ½ log 2π입니다.",
)
def constant_of_pi_alone(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return gaussian(x, mu, sigma) + 0.5 * math.log(2)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="sigma is not squared in the exponent: you divide (x - mu)^2 by sigma. Divide the deviation by sigma first, then square.",
    ko="지수에서 σ를 제곱하지 않고 (x − μ)²을 σ로 나누었습니다. 편차를 먼저 σ로 나눈 다음 제곱하세요.",
)
def sigma_not_squared(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return -0.5 * (x - mu) ** 2 / sigma - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The square has the wrong sign: your density grows with the distance from mu.",
    ko="제곱 항의 부호가 틀렸습니다. μ에서 멀어질수록 밀도가 커집니다.",
)
def exponent_positive(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return gaussian(x, mu, sigma) + ((x - mu) / sigma) ** 2
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The deviation is not squared in the exponent.",
    ko="지수에서 편차를 제곱하지 않았습니다.",
)
def deviation_not_squared(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return -0.5 * (x - mu) / sigma - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="mu is added to x. What counts is the distance of x from mu: subtract.",
    ko="x에 μ를 더했습니다. x가 μ에서 얼마나 떨어져 있는지가 중요하므로 빼야 합니다.",
)
def mean_added(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return gaussian(x, -mu, sigma)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="mu is never used: your Gaussian is always centred at 0.",
    ko="μ를 쓰지 않아 가우시안의 중심이 언제나 0입니다.",
)
def mean_ignored(dist, x, **theta):
    if dist == "gaussian":
        sigma = theta["sigma"]
        return gaussian(x, 0.0, sigma)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The deviation is not divided by sigma, so every Gaussian is equally wide.",
    ko="편차를 σ로 나누지 않아 모든 가우시안의 폭이 같습니다.",
)
def sigma_not_in_the_exponent(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return -0.5 * (x - mu) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="Both terms that do not depend on x are missing in the Gaussian, log sigma and half of log 2 pi. Without them the density does not integrate to 1.",
    ko="가우시안에서 x와 무관한 두 항 log σ와 ½ log 2π가 모두 빠졌습니다. 그러면 밀도의 적분이 1이 아닙니다.",
)
def exponent_alone(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return -0.5 * ((x - mu) / sigma) ** 2
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="log lam has the wrong sign: the density is lam times a power of e, so its logarithm is added.",
    ko="log λ의 부호가 틀렸습니다. 밀도는 λ에 e의 거듭제곱을 곱한 것이므로 로그를 더해야 합니다.",
)
def log_rate_subtracted(dist, x, **theta):
    if dist == "exponential":
        lam = theta["lam"]
        return torch.where(x >= 0, -math.log(lam) - lam * x, -torch.inf)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The exponent has the wrong sign: long waiting times would be the most probable ones.",
    ko="지수의 부호가 틀렸습니다. 오래 기다릴수록 확률이 커집니다.",
)
def exponent_grows(dist, x, **theta):
    if dist == "exponential":
        lam = theta["lam"]
        return torch.where(x >= 0, math.log(lam) + lam * x, -torch.inf)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="lam itself is added, not its logarithm. A factor of the density becomes a logarithm.",
    ko="λ의 로그가 아니라 λ 자체를 더했습니다. 밀도의 인수는 로그를 취해야 합니다.",
)
def rate_not_in_logarithm(dist, x, **theta):
    if dist == "exponential":
        lam = theta["lam"]
        return torch.where(x >= 0, lam - lam * x, -torch.inf)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="lam is missing in the exponent: all waiting times would decay at the rate 1.",
    ko="지수에서 λ가 빠졌습니다. 그러면 감쇠율이 언제나 1입니다.",
)
def rate_missing_in_the_exponent(dist, x, **theta):
    if dist == "exponential":
        lam = theta["lam"]
        return torch.where(x >= 0, math.log(lam) - x, -torch.inf)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="The waiting time is divided by lam in the exponent. lam is the rate, so it multiplies x.",
    ko="지수에서 대기 시간을 λ로 나누었습니다. λ는 비율이므로 x에 곱해야 합니다.",
)
def time_divided_by_rate(dist, x, **theta):
    if dist == "exponential":
        lam = theta["lam"]
        return torch.where(x >= 0, math.log(lam) - x / lam, -torch.inf)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="Negative waiting times get 0. That is the logarithm of the density 1; the density there is 0, and its logarithm -inf.",
    ko="음의 대기 시간에 0을 돌려주었습니다. 0은 밀도 1의 로그입니다. 거기서 밀도는 0이므로 로그는 -inf입니다.",
)
def zero_for_negative_times(dist, x, **theta):
    if dist == "exponential":
        return torch.where(x >= 0, math.log(theta["lam"]) - theta["lam"] * x, 0.0)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="p is kept away from 0 and 1 by a small number. What is impossible then looks merely improbable; it must be -inf.",
    ko="p를 작은 수로 0과 1에서 떼어 놓았습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def probabilities_clipped_further(dist, x, **theta):
    if dist == "bernoulli":
        return bernoulli(x, min(max(theta["p"], 1e-6), 1 - 1e-6))
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="p is kept away from 0 and 1 by a small number. What is impossible then looks merely improbable; it must be -inf.",
    ko="p를 작은 수로 0과 1에서 떼어 놓았습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def probabilities_clipped_farther(dist, x, **theta):
    if dist == "bernoulli":
        return bernoulli(x, min(max(theta["p"], 1e-7), 1 - 1e-7))
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="p is kept away from 0 and 1 by a small number. What is impossible then looks merely improbable; it must be -inf.",
    ko="p를 작은 수로 0과 1에서 떼어 놓았습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def probabilities_clipped_less(dist, x, **theta):
    if dist == "bernoulli":
        return bernoulli(x, min(max(theta["p"], 1e-10), 1 - 1e-10))
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="p is kept away from 0 and 1 by a small number. What is impossible then looks merely improbable; it must be -inf.",
    ko="p를 작은 수로 0과 1에서 떼어 놓았습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def probabilities_clipped_least(dist, x, **theta):
    if dist == "bernoulli":
        return bernoulli(x, min(max(theta["p"], 1e-12), 1 - 1e-12))
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="p is kept away from 0 and 1 by a small number. What is impossible then looks merely improbable; it must be -inf.",
    ko="p를 작은 수로 0과 1에서 떼어 놓았습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def probabilities_clipped_hardly(dist, x, **theta):
    if dist == "bernoulli":
        return bernoulli(x, min(max(theta["p"], 1e-15), 1 - 1e-15))
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="A small number is added to p and 1 - p before the logarithm. What is impossible then looks merely improbable; it must be -inf.",
    ko="로그를 취하기 전에 p와 1 − p에 작은 수를 더했습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def larger_number_added_to_p(dist, x, **theta):
    if dist == "bernoulli":
        return torch.where(x == 1, math.log(theta["p"] + 1e-6), math.log(1 - theta["p"] + 1e-6)).to(x.dtype)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="A small number is added to p and 1 - p before the logarithm. What is impossible then looks merely improbable; it must be -inf.",
    ko="로그를 취하기 전에 p와 1 − p에 작은 수를 더했습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def small_number_added_to_p(dist, x, **theta):
    if dist == "bernoulli":
        return torch.where(x == 1, math.log(theta["p"] + 1e-8), math.log(1 - theta["p"] + 1e-8)).to(x.dtype)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="A small number is added to p and 1 - p before the logarithm. What is impossible then looks merely improbable; it must be -inf.",
    ko="로그를 취하기 전에 p와 1 − p에 작은 수를 더했습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def smaller_number_added_to_p(dist, x, **theta):
    if dist == "bernoulli":
        return torch.where(x == 1, math.log(theta["p"] + 1e-10), math.log(1 - theta["p"] + 1e-10)).to(x.dtype)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="A small number is added to p and 1 - p before the logarithm. What is impossible then looks merely improbable; it must be -inf.",
    ko="로그를 취하기 전에 p와 1 − p에 작은 수를 더했습니다. 그러면 불가능한 일이 드문 일처럼 보입니다. -inf가 되어야 합니다.",
)
def tiny_number_added_to_p(dist, x, **theta):
    if dist == "bernoulli":
        return torch.where(x == 1, math.log(theta["p"] + 1e-12), math.log(1 - theta["p"] + 1e-12)).to(x.dtype)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="math.log refuses 0 with an error, and you take both logarithms, log p and log(1 - p), whichever x needs. For p = 0 or p = 1 one of them is the logarithm of 0, which torch.log gives as -inf.",
    ko="math.log는 0에서 오류를 내는데, x에 필요한 것과 상관없이 log p와 log(1 − p)를 둘 다 계산했습니다. p = 0이나 p = 1이면 하나는 0의 로그이고, torch.log는 이를 -inf로 줍니다.",
)
def python_logarithm_of_zero(dist, x, **theta):
    if dist == "bernoulli":
        return torch.where(x == 1, math.log(theta["p"]), math.log(1 - theta["p"])).to(x.dtype)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="Bernoulli always gives log p, whatever x is. For x = 0 the probability is 1 - p.",
    ko="베르누이 분포에서 x와 상관없이 log p를 돌려주었습니다. x = 0의 확률은 1 − p입니다.",
)
def always_success(dist, x, **theta):
    return bernoulli(torch.ones_like(x), theta["p"]) if dist == "bernoulli" else others(dist, x, theta)


@misconception(
    "logpdf",
    en="Your logarithms have base 10. Natural logarithms are meant.",
    ko="로그의 밑이 10입니다. 자연로그를 써야 합니다.",
)
def logarithm_to_base_ten(dist, x, **theta):
    return others(dist, x, theta) / math.log(10)


@misconception(
    "logpdf",
    en="The sign is turned round: you return negative log-likelihoods, as a loss would use them. The logarithms themselves are asked for.",
    ko="부호가 반대입니다. 손실에 쓰는 음의 로그 가능도를 돌려주었습니다. 로그 자체를 돌려주어야 합니다.",
)
def negative_logarithm(dist, x, **theta):
    return -others(dist, x, theta)


# -- 8. posterior ----------------------------------------------------------------------------------------------------


def log_joint(prior, lik, obs):
    return prior.log() + lik.log()[:, obs].sum(dim=1)


@misconception(
    "posterior",
    en="The result is not normalised: what you have is P(hypothesis, observations). Divide by the sum over the hypotheses.",
    ko="정규화하지 않았습니다. 지금 값은 P(가설, 관측)입니다. 가설에 대한 합으로 나눠야 합니다.",
)
def not_normalised(prior, lik, obs):
    return log_joint(prior, lik, obs).exp()


@misconception(
    "posterior",
    en="You multiply probabilities, and a thousand of them underflow: 0 divided by 0 is NaN. Add logarithms.",
    ko="확률을 곱했더니 천 개쯤에서 0으로 사라져 0을 0으로 나누어 NaN이 되었습니다. 로그를 더하세요.",
)
def product_underflows(prior, lik, obs):
    p = prior * lik[:, obs].prod(dim=1)
    return p / p.sum()


@misconception(
    "posterior",
    en="You leave the logarithms before you normalise. After a thousand observations every exp is 0: subtract the largest logarithm, or logsumexp, first.",
    ko="정규화하기 전에 로그에서 벗어났습니다. 관측이 천 개면 exp가 모두 0이 됩니다. 가장 큰 로그나 logsumexp를 먼저 빼세요.",
)
def exponential_before_normalising(prior, lik, obs):
    p = log_joint(prior, lik, obs).exp()
    return p / p.sum().clamp(min=1e-300)


@misconception(
    "posterior",
    en="The prior enters once for each observation. It is what was believed before all of them, so it counts once.",
    ko="사전 확률이 관측마다 한 번씩 들어갔습니다. 사전 확률은 모든 관측 이전의 믿음이므로 한 번만 들어갑니다.",
)
def prior_for_each_observation(prior, lik, obs):
    return torch.softmax(torch.nan_to_num(prior.log() * len(obs), nan=0.0) + lik.log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="The prior is missing. That is right only if all hypotheses are equally probable beforehand.",
    ko="사전 확률이 빠졌습니다. 모든 가설의 사전 확률이 같을 때만 맞습니다.",
)
def prior_missing(prior, lik, obs):
    return torch.softmax(lik.log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="Hypotheses and observations are exchanged in lik: rows are hypotheses, columns observations.",
    ko="lik에서 가설과 관측이 뒤바뀌었습니다. 행이 가설, 열이 관측입니다.",
)
def likelihood_transposed(prior, lik, obs):
    return torch.softmax(prior.log() + lik.log()[obs].sum(dim=0), dim=0)


@misconception(
    "posterior",
    en="Only the last observation counts. All of them do: the posterior of one is the prior of the next.",
    ko="마지막 관측만 썼습니다. 한 관측의 사후 확률이 다음 관측의 사전 확률이 되도록 모두 써야 합니다.",
)
def last_observation_only(prior, lik, obs):
    return torch.softmax(log_joint(prior, lik, obs[-1:]), dim=0)


@misconception(
    "posterior",
    en="An observation that comes again is counted once only. Each time it is new evidence.",
    ko="반복된 관측을 한 번만 세었습니다. 나올 때마다 새로운 증거입니다.",
)
def repeats_ignored(prior, lik, obs):
    return torch.softmax(log_joint(prior, lik, obs.unique()), dim=0)


@misconception(
    "posterior",
    en="The likelihoods of the observations are added (or averaged). Independent observations multiply.",
    ko="관측의 가능도를 더하거나 평균 냈습니다. 독립인 관측의 가능도는 곱해야 합니다.",
)
def likelihoods_added(prior, lik, obs):
    p = prior * (lik[:, obs].sum(dim=1) if len(obs) else torch.ones_like(prior))
    return p / p.sum()


@misconception(
    "posterior",
    en="The logarithms are averaged over the observations, so a thousand observations convince no more than one.",
    ko="로그를 관측에 대해 평균 내서, 관측 천 개가 한 개만큼의 설득력밖에 갖지 못합니다.",
)
def logarithms_averaged(prior, lik, obs):
    return torch.softmax(prior.log() + lik.log()[:, obs].sum(dim=1) / max(len(obs), 1), dim=0)


@misconception(
    "posterior",
    en="You return logarithms. Probabilities are asked for: take exp at the end.",
    ko="로그를 돌려주었습니다. 확률을 돌려줘야 하므로 마지막에 exp를 취하세요.",
)
def logarithm_returned(prior, lik, obs):
    return torch.log_softmax(log_joint(prior, lik, obs), dim=0)


@misconception(
    "posterior",
    en="A small number is added to the probabilities before the logarithm. A hypothesis that is ruled out comes back to life; log 0 = -inf does no harm here.",
    ko="로그를 취하기 전에 확률에 작은 수를 더했습니다. 그러면 배제된 가설이 되살아납니다. 여기서 log 0 = -inf는 아무 문제도 일으키지 않습니다.",
)
def small_number_in_the_logarithm(prior, lik, obs):
    return torch.softmax((prior + 1e-8).log() + (lik + 1e-8).log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="You divide by the sum of the priors, which is 1. P(observations) is the sum of prior times likelihood over the hypotheses.",
    ko="합이 1인 사전 확률의 합으로 나누었습니다. P(관측)은 사전 확률과 가능도의 곱을 가설에 대해 더한 값입니다.",
    same_as="not_normalised",
)
def divided_by_the_priors(prior, lik, obs):
    return log_joint(prior, lik, obs).exp() / prior.sum()


@misconception(
    "posterior",
    en="You return a 1 for the most probable hypothesis. The probabilities of all of them are asked for; doubt is part of the answer.",
    ko="가장 그럴듯한 가설에 1을 주었습니다. 모든 가설의 확률을 돌려줘야 합니다. 의심도 답의 일부입니다.",
)
def only_the_best(prior, lik, obs):
    best = log_joint(prior, lik, obs).argmax()
    return (torch.arange(len(prior)) == best).to(prior.dtype)


@misconception(
    "posterior",
    en="The prior enters once for each observation. It is what was believed before all of them, so it counts once.",
    ko="사전 확률이 관측마다 한 번씩 들어갔습니다. 사전 확률은 관측 전체 이전의 믿음이므로 한 번만 셉니다.",
)
def prior_for_each_of_some_observations(prior, lik, obs):
    return torch.softmax(torch.nan_to_num(prior.log() * max(len(obs), 1)) + lik.log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="The result is not normalised: after subtracting the largest logarithm the best hypothesis has 1, and the sum exceeds 1. Divide by the sum over the hypotheses.",
    ko="결과를 정규화하지 않았습니다. 가장 큰 로그를 빼고 나면 가장 그럴듯한 가설이 1이 되고 합이 1을 넘습니다. 가설 전체의 합으로 나누세요.",
)
def relative_to_the_best(prior, lik, obs):
    l = log_joint(prior, lik, obs)
    return (l - l.max()).exp()


@misconception(
    "posterior",
    en="You normalise by the likelihoods alone, without the prior: the denominator P(observations) sums prior times likelihood.",
    ko="분모에 사전 확률 없이 가능도만 더했습니다. 분모 P(관측)은 사전 확률 × 가능도의 합입니다.",
)
def divided_by_the_likelihoods(prior, lik, obs):
    l = lik.log()[:, obs].sum(dim=1)
    return (prior.log() + l - torch.logsumexp(l, dim=0)).exp()


@misconception(
    "posterior",
    en="A small number is added to the probabilities before the logarithm, or they are bounded below. A hypothesis that is ruled out comes back to life; log 0 = -inf does no harm here.",
    ko="로그를 취하기 전에 확률에 작은 수를 더했거나 확률을 아래에서 잘랐습니다. 그러면 배제된 가설이 되살아납니다. 여기서 log 0 = -inf는 해가 되지 않습니다.",
)
def a_tiny_number_in_the_logarithm(prior, lik, obs):
    return torch.softmax((prior + 1e-12).log() + (lik + 1e-12).log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="A small number is added to the probabilities before the logarithm, or they are bounded below. A hypothesis that is ruled out comes back to life; log 0 = -inf does no harm here.",
    ko="로그를 취하기 전에 확률에 작은 수를 더했거나 확률을 아래에서 잘랐습니다. 그러면 배제된 가설이 되살아납니다. 여기서 log 0 = -inf는 해가 되지 않습니다.",
)
def a_slightly_smaller_number_in_the_logarithm(prior, lik, obs):
    return torch.softmax((prior + 1e-9).log() + (lik + 1e-9).log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="A small number is added to the probabilities before the logarithm, or they are bounded below. A hypothesis that is ruled out comes back to life; log 0 = -inf does no harm here.",
    ko="로그를 취하기 전에 확률에 작은 수를 더했거나 확률을 아래에서 잘랐습니다. 그러면 배제된 가설이 되살아납니다. 여기서 log 0 = -inf는 해가 되지 않습니다.",
)
def a_larger_number_in_the_logarithm(prior, lik, obs):
    return torch.softmax((prior + 1e-6).log() + (lik + 1e-6).log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="A small number is added to the probabilities before the logarithm, or they are bounded below. A hypothesis that is ruled out comes back to life; log 0 = -inf does no harm here.",
    ko="로그를 취하기 전에 확률에 작은 수를 더했거나 확률을 아래에서 잘랐습니다. 그러면 배제된 가설이 되살아납니다. 여기서 log 0 = -inf는 해가 되지 않습니다.",
)
def tiny_number_in_the_likelihoods(prior, lik, obs):
    return torch.softmax(prior.log() + (lik + 1e-12).log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="A small number is added to the probabilities before the logarithm, or they are bounded below. A hypothesis that is ruled out comes back to life; log 0 = -inf does no harm here.",
    ko="로그를 취하기 전에 확률에 작은 수를 더했거나 확률을 아래에서 잘랐습니다. 그러면 배제된 가설이 되살아납니다. 여기서 log 0 = -inf는 해가 되지 않습니다.",
    same_as="tiny_number_in_the_likelihoods",
)
def smaller_number_in_the_likelihoods(prior, lik, obs):
    return torch.softmax(prior.log() + (lik + 1e-10).log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="A small number is added to the probabilities before the logarithm, or they are bounded below. A hypothesis that is ruled out comes back to life; log 0 = -inf does no harm here.",
    ko="로그를 취하기 전에 확률에 작은 수를 더했거나 확률을 아래에서 잘랐습니다. 그러면 배제된 가설이 되살아납니다. 여기서 log 0 = -inf는 해가 되지 않습니다.",
)
def small_number_in_the_likelihoods(prior, lik, obs):
    return torch.softmax(prior.log() + (lik + 1e-8).log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="You update the prior with each observation alone and average these posteriors. Independent observations multiply: each posterior is the prior of the next.",
    ko="관측 하나하나로 따로 갱신한 사후 확률을 평균했습니다. 독립인 관측은 곱해야 합니다. 앞의 사후 확률이 다음 관측의 사전 확률이 됩니다.",
)
def posteriors_averaged(prior, lik, obs):
    if len(obs) == 0:
        return prior.clone()
    p = prior[:, None] * lik[:, obs]
    return (p / p.sum(dim=0)).mean(dim=1)


@misconception(
    "posterior",
    en="The first observation is left out. All of them are evidence.",
    ko="첫 번째 관측이 빠졌습니다. 모든 관측이 증거입니다.",
)
def first_observation_left_out(prior, lik, obs):
    return torch.softmax(log_joint(prior, lik, obs[1:]), dim=0)


@misconception(
    "posterior",
    en="The last observation is left out. All of them are evidence.",
    ko="마지막 관측이 빠졌습니다. 모든 관측이 증거입니다.",
)
def last_observation_left_out(prior, lik, obs):
    return torch.softmax(log_joint(prior, lik, obs[:-1]), dim=0)


@misconception(
    "posterior",
    en="Only the first observation counts. All of them do.",
    ko="첫 번째 관측만 썼습니다. 모든 관측을 써야 합니다.",
)
def first_observation_only(prior, lik, obs):
    return torch.softmax(log_joint(prior, lik, obs[:1]), dim=0)


@misconception(
    "posterior",
    en="The likelihoods are added without a logarithm. Logarithms turn the product into a sum: take the logarithm of each likelihood first.",
    ko="가능도를 로그 없이 더했습니다. 곱이 합이 되려면 먼저 가능도마다 로그를 취해야 합니다.",
)
def likelihoods_without_logarithm(prior, lik, obs):
    return torch.softmax(prior.log() + lik[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="The prior joins the logarithms as it is. Take its logarithm, too, before you add.",
    ko="사전 확률을 로그 없이 그대로 더했습니다. 더하기 전에 사전 확률에도 로그를 취하세요.",
)
def prior_without_logarithm(prior, lik, obs):
    return torch.softmax(prior + lik.log()[:, obs].sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="You return the prior unchanged. The observations have to update it.",
    ko="사전 확률을 그대로 돌려주었습니다. 관측으로 갱신해야 합니다.",
)
def prior_returned(prior, lik, obs):
    return prior.clone()


# -- 9. entropy_ce_kl ------------------------------------------------------------------------------------------------


def entropy(P):
    return -torch.xlogy(P, P).sum()


def cross(P, Q):
    return -torch.xlogy(P, Q).sum()


@misconception(
    "entropy_ce_kl",
    en="P and Q are exchanged in the divergence: you computed D(Q || P). What the data do stands in front and averages.",
    ko="발산에서 P와 Q가 뒤바뀌어 D(Q || P)를 계산했습니다. 평균을 내는 쪽, 곧 실제로 일어나는 쪽이 앞에 옵니다.",
    evidence="E26",
)
def divergence_reversed(P, Q):
    return entropy(P), cross(P, Q), cross(Q, P) - entropy(Q)


@misconception(
    "entropy_ce_kl",
    en="P and Q are exchanged throughout: entropy of Q, cross-entropy H(Q, P). The first argument does the averaging.",
    ko="P와 Q가 모두 뒤바뀌어 Q의 엔트로피와 H(Q, P)를 계산했습니다. 평균은 첫 번째 인자로 냅니다.",
    evidence="E26",
)
def arguments_exchanged(P, Q):
    return entropy(Q), cross(Q, P), cross(Q, P) - entropy(Q)


@misconception(
    "entropy_ce_kl",
    en="Your logarithms have base 2, so the results are in bits. Natural logarithms are meant here.",
    ko="밑이 2인 로그를 써서 결과의 단위가 비트입니다. 여기서는 자연로그를 씁니다.",
)
def bits_for_nats(P, Q):
    H, CE = entropy(P) / math.log(2), cross(P, Q) / math.log(2)
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="You average over the entries. The probabilities in front of the logarithms do the averaging already; sum.",
    ko="원소의 수로 평균을 냈습니다. 로그 앞의 확률이 이미 평균을 내고 있으므로 더하기만 하면 됩니다.",
)
def mean_for_sum(P, Q):
    H, CE = entropy(P) / len(P), cross(P, Q) / len(P)
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="A small number is added inside the logarithms. It changes tiny probabilities, and it hides an infinite cross-entropy.",
    ko="로그 안에 작은 수를 더했습니다. 그러면 아주 작은 확률이 다른 값이 되고, 무한대여야 할 교차 엔트로피가 감춰집니다.",
)
def small_number_in_logarithms(P, Q):
    H, CE = -(P * (P + 1e-8).log()).sum(), -(P * (Q + 1e-8).log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Q is bounded below before the logarithm. What Q holds for impossible and happens all the same must cost infinitely much.",
    ko="로그를 취하기 전에 Q에 하한을 두었습니다. Q가 불가능하다고 믿었는데 일어난 일의 비용은 무한대여야 합니다.",
)
def q_bounded_below(P, Q):
    H, CE = entropy(P), cross(P, Q.clamp(min=1e-10))
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Zeros in P give NaN, 0 times minus infinity. Such terms are 0: leave them out.",
    ko="P가 0인 항에서 0과 음의 무한대를 곱해 NaN이 되었습니다. 그런 항은 0이므로 빼야 합니다.",
)
def nan_for_zero_probabilities(P, Q):
    H, CE = -(P * P.log()).sum(), -(P * Q.log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Terms with Q = 0 are left out. If P > 0 there, the cross-entropy is infinite; only terms with P = 0 vanish.",
    ko="Q = 0인 항을 뺐습니다. 그곳에서 P > 0이면 교차 엔트로피는 무한대입니다. 사라지는 것은 P = 0인 항뿐입니다.",
)
def terms_without_q_left_out(P, Q):
    inside = Q > 0
    H, CE = entropy(P), cross(P[inside], Q[inside])
    return H, CE, cross(P[inside], Q[inside]) - entropy(P[inside])


@misconception(
    "entropy_ce_kl",
    en="The third result is the cross-entropy again. The divergence is what it exceeds the entropy by.",
    ko="세 번째 결과가 다시 교차 엔트로피입니다. 발산은 교차 엔트로피에서 엔트로피를 뺀 값입니다.",
)
def cross_entropy_for_divergence(P, Q):
    return entropy(P), cross(P, Q), cross(P, Q)


@misconception(
    "entropy_ce_kl",
    en="The divergence has the wrong sign. It is never negative.",
    ko="발산의 부호가 반대입니다. 발산은 음수가 될 수 없습니다.",
)
def divergence_negative(P, Q):
    return entropy(P), cross(P, Q), entropy(P) - cross(P, Q)


@misconception(
    "entropy_ce_kl",
    en="The minus signs of entropy and cross-entropy are missing. Logarithms of probabilities are negative, surprise is positive.",
    ko="엔트로피와 교차 엔트로피에 음의 부호가 빠졌습니다. 확률의 로그는 음수이고, 놀라움은 양수입니다.",
)
def minus_signs_missing(P, Q):
    return -entropy(P), -cross(P, Q), cross(P, Q) - entropy(P)


@misconception(
    "entropy_ce_kl",
    en="You average both directions of the divergence. D(P || Q) has one direction.",
    ko="두 방향의 발산을 평균 냈습니다. D(P || Q)는 한 방향입니다.",
)
def divergence_symmetrised(P, Q):
    return entropy(P), cross(P, Q), (cross(P, Q) - entropy(P) + cross(Q, P) - entropy(Q)) / 2


@misconception(
    "entropy_ce_kl",
    en="You take absolute values term by term in the divergence. Terms may be negative; only their sum is not.",
    ko="발산의 항마다 절댓값을 취했습니다. 항은 음수일 수 있고, 음수가 아닌 것은 그 합입니다.",
)
def absolute_terms(P, Q):
    return entropy(P), cross(P, Q), (torch.xlogy(P, P) - torch.xlogy(P, Q)).abs().sum()


@misconception(
    "entropy_ce_kl",
    en="A small number is added inside the logarithms. It changes tiny probabilities, and it hides an infinite cross-entropy.",
    ko="로그 안에 작은 수를 더했습니다. 아주 작은 확률이 달라지고, 무한대가 되어야 할 교차 엔트로피가 숨겨집니다.",
)
def tiny_number_in_logarithms(P, Q):
    H, CE = -(P * (P + 1e-12).log()).sum(), -(P * (Q + 1e-12).log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="A small number is added inside the logarithms. It changes tiny probabilities, and it hides an infinite cross-entropy.",
    ko="로그 안에 작은 수를 더했습니다. 아주 작은 확률이 달라지고, 무한대가 되어야 할 교차 엔트로피가 숨겨집니다.",
)
def smaller_number_in_logarithms(P, Q):
    H, CE = -(P * (P + 1e-10).log()).sum(), -(P * (Q + 1e-10).log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="A small number is added inside the logarithms. It changes tiny probabilities, and it hides an infinite cross-entropy.",
    ko="로그 안에 작은 수를 더했습니다. 아주 작은 확률이 달라지고, 무한대가 되어야 할 교차 엔트로피가 숨겨집니다.",
)
def still_smaller_number_in_logarithms(P, Q):
    H, CE = -(P * (P + 1e-9).log()).sum(), -(P * (Q + 1e-9).log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="A small number is added inside the logarithms. It changes tiny probabilities, and it hides an infinite cross-entropy.",
    ko="로그 안에 작은 수를 더했습니다. 아주 작은 확률이 달라지고, 무한대가 되어야 할 교차 엔트로피가 숨겨집니다.",
)
def larger_number_in_logarithms(P, Q):
    H, CE = -(P * (P + 1e-7).log()).sum(), -(P * (Q + 1e-7).log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="A small number is added inside the logarithms. It changes tiny probabilities, and it hides an infinite cross-entropy.",
    ko="로그 안에 작은 수를 더했습니다. 아주 작은 확률이 달라지고, 무한대가 되어야 할 교차 엔트로피가 숨겨집니다.",
)
def much_larger_number_in_logarithms(P, Q):
    H, CE = -(P * (P + 1e-6).log()).sum(), -(P * (Q + 1e-6).log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="A small number is added inside the logarithms. It changes tiny probabilities, and it hides an infinite cross-entropy.",
    ko="로그 안에 작은 수를 더했습니다. 아주 작은 확률이 달라지고, 무한대가 되어야 할 교차 엔트로피가 숨겨집니다.",
)
def hardly_any_number_in_logarithms(P, Q):
    H, CE = -(P * (P + 1e-15).log()).sum(), -(P * (Q + 1e-15).log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Q is bounded below before the logarithm. What Q holds for impossible and happens all the same must cost infinitely much.",
    ko="로그를 취하기 전에 Q를 아래에서 잘랐습니다. Q가 불가능하다고 한 일이 일어나면 비용은 무한대여야 합니다.",
)
def q_bounded_lower(P, Q):
    H, CE = entropy(P), cross(P, Q.clamp(min=1e-12))
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Q is bounded below before the logarithm. What Q holds for impossible and happens all the same must cost infinitely much.",
    ko="로그를 취하기 전에 Q를 아래에서 잘랐습니다. Q가 불가능하다고 한 일이 일어나면 비용은 무한대여야 합니다.",
)
def q_bounded_higher(P, Q):
    H, CE = entropy(P), cross(P, Q.clamp(min=1e-8))
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Q is bounded below before the logarithm. What Q holds for impossible and happens all the same must cost infinitely much.",
    ko="로그를 취하기 전에 Q를 아래에서 잘랐습니다. Q가 불가능하다고 한 일이 일어나면 비용은 무한대여야 합니다.",
)
def q_bounded_much_higher(P, Q):
    H, CE = entropy(P), cross(P, Q.clamp(min=1e-6))
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Q is bounded below before the logarithm. What Q holds for impossible and happens all the same must cost infinitely much.",
    ko="로그를 취하기 전에 Q를 아래에서 잘랐습니다. Q가 불가능하다고 한 일이 일어나면 비용은 무한대여야 합니다.",
)
def q_bounded_far_lower(P, Q):
    H, CE = entropy(P), cross(P, Q.clamp(min=1e-15))
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="The infinite costs are replaced by a finite number (nan_to_num does that). What Q holds for impossible and happens all the same costs infinitely much.",
    ko="무한대인 비용을 유한한 수로 바꾸었습니다(nan_to_num이 그렇게 합니다). Q가 불가능하다고 한 일이 일어나면 비용은 무한대여야 합니다.",
)
def infinity_made_finite(P, Q):
    H, CE = entropy(P), -torch.nan_to_num(P * Q.log()).sum()
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="P and Q are exchanged in the cross-entropy: you computed H(Q, P). The distribution in front of the logarithm, P, does the averaging.",
    ko="교차 엔트로피에서 P와 Q가 바뀌어 H(Q, P)를 계산했습니다. 로그 앞에서 평균을 내는 분포는 P입니다.",
)
def cross_entropy_reversed(P, Q):
    return entropy(P), cross(Q, P), cross(P, Q) - entropy(P)


@misconception(
    "entropy_ce_kl",
    en="The entropy is that of Q. H(P) is asked for.",
    ko="엔트로피를 Q로 계산했습니다. H(P)를 구해야 합니다.",
)
def entropy_of_q(P, Q):
    return entropy(Q), cross(P, Q), cross(P, Q) - entropy(P)


@misconception(
    "entropy_ce_kl",
    en="The divergence lacks the weight P in front of the logarithm. It is an average under P, not a plain sum of log ratios.",
    ko="발산에서 로그 앞의 가중치 P가 빠졌습니다. 로그 비율의 단순한 합이 아니라 P에 대한 평균이어야 합니다.",
)
def divergence_unweighted(P, Q):
    inside = P > 0
    return entropy(P), cross(P, Q), (P[inside].log() - Q[inside].log()).sum()


@misconception(
    "entropy_ce_kl",
    en="The divergence is weighted with Q. The average is taken under P, the distribution that the data follow.",
    ko="발산을 Q로 가중했습니다. 데이터가 따르는 분포 P로 평균을 내야 합니다.",
)
def divergence_weighted_with_q(P, Q):
    inside = P > 0
    return entropy(P), cross(P, Q), (Q[inside] * (P[inside].log() - Q[inside].log())).sum()


@misconception(
    "entropy_ce_kl",
    en="The logarithm of the product P Q stands in the divergence. It is the logarithm of the ratio P / Q, the difference of the two logarithms.",
    ko="발산에 곱 P Q의 로그가 들어갔습니다. 비율 P / Q의 로그, 즉 두 로그의 차이어야 합니다.",
)
def divergence_of_the_product(P, Q):
    return entropy(P), cross(P, Q), -entropy(P) - cross(P, Q)


@misconception(
    "entropy_ce_kl",
    en="Entropy and cross-entropy are added for the divergence. It is their difference: what the wrong belief costs more.",
    ko="발산을 엔트로피와 교차 엔트로피의 합으로 구했습니다. 발산은 둘의 차이, 즉 틀린 믿음 때문에 더 드는 비용입니다.",
)
def divergence_as_a_sum(P, Q):
    return entropy(P), cross(P, Q), entropy(P) + cross(P, Q)


@misconception(
    "entropy_ce_kl",
    en="The divergence is a quotient of cross-entropy and entropy. It is their difference.",
    ko="발산을 교차 엔트로피와 엔트로피의 비로 구했습니다. 발산은 둘의 차입니다.",
)
def divergence_as_a_quotient(P, Q):
    return entropy(P), cross(P, Q), cross(P, Q) / entropy(P)


@misconception(
    "entropy_ce_kl",
    en="The terms (1 - P) log(1 - P), and those of Q, do not belong here. They are the formula for one yes-or-no variable (binary cross-entropy); with K values the entries of P are all there is.",
    ko="(1 − P) log(1 − P) 꼴의 항은 여기에 없습니다. 그것은 예/아니요 변수 하나의 식(이진 교차 엔트로피)입니다. 값이 K개이면 P의 원소만 씁니다.",
)
def binary_formula(P, Q):
    H, CE = entropy(P) + entropy(1 - P), cross(P, Q) + cross(1 - P, 1 - Q)
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="The terms (1 - P) log(1 - Q) do not belong to the cross-entropy. They are the formula for one yes-or-no variable; with K values the entries of P are all there is.",
    ko="교차 엔트로피에 (1 − P) log(1 − Q) 항은 없습니다. 그것은 예/아니요 변수 하나의 식입니다. 값이 K개이면 P의 원소만 씁니다.",
)
def binary_cross_entropy(P, Q):
    return entropy(P), cross(P, Q) + cross(1 - P, 1 - Q), cross(P, Q) - entropy(P)


@misconception(
    "entropy_ce_kl",
    en="Terms with Q = 0 are left out of the cross-entropy. If P > 0 there, it is infinite, and so is the divergence; only terms with P = 0 vanish.",
    ko="교차 엔트로피에서 Q = 0인 항을 뺐습니다. 거기서 P > 0이면 교차 엔트로피도 발산도 무한대입니다. 사라지는 것은 P = 0인 항뿐입니다.",
)
def costs_without_q_left_out(P, Q):
    H, CE = entropy(P), cross(P[Q > 0], Q[Q > 0])
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="You average over the entries that are left. The probabilities in front of the logarithms do the averaging already; sum.",
    ko="남은 원소에 대해 평균을 냈습니다. 로그 앞의 확률이 이미 평균을 냅니다. 합을 구하세요.",
)
def mean_over_what_is_left(P, Q):
    n = int((P > 0).sum())
    H, CE = entropy(P) / n, cross(P, Q) / n
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Your logarithms have base 10. Natural logarithms are meant here.",
    ko="로그의 밑이 10입니다. 여기서는 자연로그를 씁니다.",
)
def base_ten_for_nats(P, Q):
    H, CE = entropy(P) / math.log(10), cross(P, Q) / math.log(10)
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="Entropy and cross-entropy are exponentiated: that is the perplexity. Here they stay in nats.",
    ko="엔트로피와 교차 엔트로피에 exp를 취했습니다. 그것은 퍼플렉서티입니다. 여기서는 nat 단위 그대로 둡니다.",
)
def perplexities(P, Q):
    H, CE = entropy(P), cross(P, Q)
    return H.exp(), CE.exp(), CE - H


# -- more of them ----------------------------------------------------------------------------------------------------


@misconception(
    "matmul",
    en="The table for your result is made with torch.zeros(m, n), which is float32 whatever A and B are: every sum is rounded to 7 digits, and whole numbers become floats. Make it in the dtype of A.",
    ko="결과를 담을 표를 torch.zeros(m, n)으로 만들어서 A와 B가 무엇이든 float32가 됩니다. 합이 일곱 자리로 반올림되고 정수는 실수가 됩니다. A의 dtype으로 만드세요.",
)
def accumulated_in_float32(A, B):
    refuse_mismatch(A, B)
    C = torch.zeros(A.shape[0], B.shape[1])
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                C[i, j] += A[i, k] * B[k, j]
    return C


@misconception(
    "matmul",
    en="The last row of the result stays 0: the loop over the rows ends one too early.",
    ko="결과의 마지막 행이 0으로 남습니다. 행을 도는 반복문이 하나 일찍 끝납니다.",
)
def last_row_left_at_zero(A, B):
    refuse_mismatch(A, B)
    C = row_times_column(A, B).clone()
    C[-1:] = 0
    return C


@misconception(
    "matmul",
    en="The last column of the result stays 0: the loop over the columns ends one too early.",
    ko="결과의 마지막 열이 0으로 남습니다. 열을 도는 반복문이 하나 일찍 끝납니다.",
)
def last_column_left_at_zero(A, B):
    refuse_mismatch(A, B)
    C = row_times_column(A, B).clone()
    C[:, -1:] = 0
    return C


@misconception(
    "lin_basics",
    en="The largest entry that you divided by is multiplied back before the root is taken. It stands in every |x_i|, so it comes out of the root with power 1.",
    ko="나누어 둔 가장 큰 원소를 근을 씌우기 전에 곱했습니다. 모든 |x_i|에서 꺼낸 것이므로 근 바깥에 1제곱으로 나와야 합니다.",
)
def scale_inside_the_root(A, x, p):
    def norm():
        top = x.abs().max()
        return top if top == 0 or p == math.inf else (top * ((x.abs() / top) ** p).sum()) ** (1 / p)

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="You take the mean of the powers, not their sum. A norm does not get smaller because the vector has more entries.",
    ko="거듭제곱을 더하지 않고 평균을 냈습니다. 벡터의 원소가 많다고 노름이 작아지지는 않습니다.",
)
def powers_averaged(A, x, p):
    def norm():
        top = x.abs().max()
        return top if top == 0 or p == math.inf else top * ((x.abs() / top) ** p).mean() ** (1 / p)

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="At the end you raise to the power p once more, where the p-th root belongs.",
    ko="마지막에 p제곱근을 씌워야 하는데 다시 p제곱을 했습니다.",
)
def power_for_root(A, x, p):
    def norm():
        top = x.abs().max()
        return top if top == 0 or p == math.inf else top * ((x.abs() / top) ** p).sum() ** p

    return facts(A, x, p, norm=norm)


@misconception(
    "lin_basics",
    en="For p = inf you take the smallest |x_i|. The larger p, the more the largest entry decides; in the limit it decides alone.",
    ko="p = inf일 때 가장 작은 |x_i|를 골랐습니다. p가 클수록 가장 큰 원소의 몫이 커지고, 극한에서는 그것만 남습니다.",
)
def smallest_for_infinity(A, x, p):
    return facts(A, x, p, norm=lambda: x.abs().min() if p == math.inf else p_norm(x, p))


@misconception(
    "lin_basics",
    en="You add up the entries of A - Aᵀ. Above and below the diagonal they are each other's negative, so the sum is 0 for every matrix. Look at each entry.",
    ko="A - Aᵀ의 원소를 모두 더했습니다. 대각선 위아래의 원소는 부호만 반대여서 어떤 행렬이든 합이 0입니다. 원소마다 따로 보세요.",
)
def asymmetry_cancels(A, x, p):
    return facts(A, x, p, sym=lambda: bool((A - A.T).sum().abs() <= 1e-9 * A.abs().max()))


@misconception(
    "lin_basics",
    en="One equal pair is enough for you to call A symmetric (any, where all is needed); the diagonal alone always provides one.",
    ko="같은 쌍이 하나만 있어도 대칭이라고 했습니다(all이 아니라 any). 대각선 원소는 언제나 자기 자신과 같습니다.",
)
def any_pair_is_enough(A, x, p):
    return facts(A, x, p, sym=lambda: bool((A == A.T).any()))


@misconception(
    "lin_basics",
    en="Symmetry is confused with antisymmetry: you compare A with -Aᵀ.",
    ko="A를 -Aᵀ와 비교했습니다. 그것은 대칭이 아니라 반대칭입니다.",
)
def antisymmetry_asked(A, x, p):
    return facts(A, x, p, sym=lambda: torch.equal(A, -A.T))


@misconception(
    "marginal_conditional",
    en="The marginals keep the axis that was summed over, with length 1. P(X) has the shape (X,) and P(Y) the shape (Y,).",
    ko="주변 분포에 더해 없앤 축이 길이 1로 남아 있습니다. P(X)의 모양은 (X,), P(Y)의 모양은 (Y,)입니다.",
)
def summed_axis_kept(P):
    Px = P.sum(dim=1)
    return P.sum(dim=1, keepdim=True), P.sum(dim=0, keepdim=True), P / over(Px)[:, None]


@misconception(
    "marginal_conditional",
    en="The conditional distribution stands first. The order is P(X), P(Y), P(Y | X).",
    ko="조건부 분포를 맨 앞에 놓았습니다. 순서는 P(X), P(Y), P(Y | X)입니다.",
)
def conditional_first(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return P / over(Px)[:, None], Px, Py


@misconception(
    "marginal_conditional",
    en="In rows of probability 0 you put P(Y). Nothing is known there, and the agreement is 0.",
    ko="확률이 0인 행에 P(Y)를 넣었습니다. 그 행에 대해서는 아는 것이 없고, 여기서는 0으로 두기로 했습니다.",
)
def marginal_in_empty_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, torch.where(Px[:, None] > 0, P / over(Px)[:, None], Py)


@misconception(
    "is_pmf",
    en="Slightly negative entries pass, because the tolerance is used for the signs, too. It holds for the sum only: no entry may be below 0.",
    ko="부호에도 허용 오차를 써서 조금 음수인 원소가 통과합니다. 허용 오차는 합에만 해당하고, 0보다 작은 원소는 하나도 있으면 안 됩니다.",
)
def slightly_negative_accepted(P):
    return bool((P >= -1e-6).all() and abs(P.sum() - 1) <= 1e-6)


@misconception(
    "cond_independent",
    en="The answer is overwritten in every round, so the last z alone decides (and tol is not used there). Every z has to agree.",
    ko="반복할 때마다 답을 덮어써서 마지막 z 하나가 결정합니다(그나마 tol도 쓰지 않습니다). 모든 z에서 성립해야 합니다.",
)
def last_slice_by_independent(P, tol):
    result = True
    for z in range(P.shape[2]):
        if P[:, :, z].sum() > 0:
            given = P[:, :, z] / P[:, :, z].sum()
            result = bool(((given - product_of_marginals(given)).abs() <= 1e-6).all())
    return result


@misconception(
    "cond_independent",
    en="You fix y and compare X and Z. What is given is Z, the last axis.",
    ko="y를 고정하고 X와 Z를 비교했습니다. 주어지는 것은 마지막 축인 Z입니다.",
)
def conditioned_on_y(P, tol):
    given = slices_of(P.permute(0, 2, 1))
    return bool(((given - product_of_marginals(given)).abs() <= tol).all())


@misconception(
    "moments",
    en="Covariance and variance stand in the wrong order: first the mean, then the variance of f, then the covariance.",
    ko="공분산과 분산의 순서가 바뀌었습니다. 기댓값, f의 분산, 공분산의 순서입니다.",
)
def covariance_before_variance(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    return Ef, (P * df[:, None] * dh[None]).sum(), (Px * df**2).sum()


@misconception(
    "moments",
    en="You subtract E[f] from E[f^2], not its square.",
    ko="E[f^2]에서 E[f]의 제곱이 아니라 E[f] 자체를 뺐습니다.",
)
def mean_not_squared(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    return Ef, (Px * f**2).sum() - Ef, (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="The variance subtracts two large, nearly equal numbers, E[f^2] - E[f]^2, and loses the digits that matter. Subtract the mean before you square.",
    ko="분산을 E[f^2] - E[f]^2으로, 거의 같은 큰 수 둘의 차로 구해서 정작 필요한 자릿수를 잃습니다. 제곱하기 전에 평균을 빼세요.",
)
def variance_as_a_difference(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef = (Px * f).sum()
    df, dh = f - Ef, h - (Py * h).sum()
    return Ef, (Px * f**2).sum() - Ef**2, (P * df[:, None] * dh[None]).sum()


@misconception(
    "moments",
    en="The covariance subtracts two large, nearly equal numbers, E[f h] - E[f] E[h], and loses the digits that matter. Subtract both means before you multiply.",
    ko="공분산을 E[f h] - E[f] E[h]로, 거의 같은 큰 수 둘의 차로 구해서 정작 필요한 자릿수를 잃습니다. 곱하기 전에 두 평균을 빼세요.",
)
def covariance_as_a_difference(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    return Ef, (Px * (f - Ef) ** 2).sum(), (P * f[:, None] * h[None]).sum() - Ef * Eh


@misconception(
    "logpdf",
    en="In your Gaussian the squared distance is multiplied by sigma squared: a / 2 * b is (a / 2) times b in Python. It has to be divided by 2 sigma^2.",
    ko="가우시안에서 거리의 제곱에 sigma의 제곱이 곱해집니다. 파이썬에서 a / 2 * b는 (a / 2) 곱하기 b입니다. 2 sigma^2으로 나누어야 합니다.",
)
def multiplied_by_sigma_squared(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return -((x - mu) ** 2) / 2 * sigma**2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="sigma is squared twice in your exponent (sigma^4). Only the standardised distance (x - mu) / sigma is squared, once.",
    ko="지수에서 sigma가 네제곱이 되었습니다. 표준화한 거리 (x - mu) / sigma를 한 번만 제곱합니다.",
)
def sigma_to_the_fourth(dist, x, **theta):
    if dist == "gaussian":
        mu, sigma = theta["mu"], theta["sigma"]
        return -0.5 * ((x - mu) / sigma**2) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="Negative waiting times are treated as 0. Their density is 0, and the logarithm of that is -inf.",
    ko="음수인 시간을 0으로 보았습니다. 그 밀도는 0이고, 로그를 취하면 -inf입니다.",
)
def negative_times_as_zero(dist, x, **theta):
    if dist == "exponential":
        return math.log(theta["lam"]) - theta["lam"] * x.clamp(min=0)
    return others(dist, x, theta)


@misconception(
    "logpdf",
    en="For a Bernoulli variable you return the probability itself. Its logarithm is asked for.",
    ko="베르누이에서 확률 자체를 돌려줍니다. 로그를 취한 값이 필요합니다.",
)
def bernoulli_without_logarithm(dist, x, **theta):
    return bernoulli(x, theta["p"]).exp() if dist == "bernoulli" else others(dist, x, theta)


@misconception(
    "posterior",
    en="You multiply how often each value was seen by its log-likelihood. A value that was never seen and has likelihood 0 gives 0 times minus infinity, which is NaN.",
    ko="각 값을 본 횟수에 로그 가능도를 곱했습니다. 한 번도 보지 않았고 가능도가 0인 값에서 0 곱하기 음의 무한대가 되어 NaN이 나옵니다.",
)
def counts_times_infinity(prior, lik, obs):
    counts = torch.bincount(obs, minlength=lik.shape[1]).to(lik.dtype)
    return torch.softmax(prior.log() + (counts * lik.log()).sum(dim=1), dim=0)


@misconception(
    "posterior",
    en="The prior is subtracted, as if it were divided by: in logarithms a product is a sum, log prior plus log likelihoods.",
    ko="로그 사전 확률을 뺐습니다. 그러면 사전 확률로 나누는 것이 됩니다. 곱은 로그에서 합이므로 로그 사전 확률과 로그 가능도를 더해야 합니다.",
)
def prior_subtracted(prior, lik, obs):
    return torch.softmax(lik.log()[:, obs].sum(dim=1) - prior.log(), dim=0)


@misconception(
    "entropy_ce_kl",
    en="Entropy and cross-entropy stand in the wrong order: H first, then CE, then KL.",
    ko="엔트로피와 교차 엔트로피의 순서가 바뀌었습니다. H, CE, KL의 순서입니다.",
)
def cross_entropy_first(P, Q):
    H, CE = entropy(P), cross(P, Q)
    return CE, H, CE - H


@misconception(
    "entropy_ce_kl",
    en="The divergence stands before the cross-entropy: the order is H, CE, KL.",
    ko="KL 발산을 교차 엔트로피보다 앞에 놓았습니다. H, CE, KL의 순서입니다.",
)
def divergence_before_cross_entropy(P, Q):
    H, CE = entropy(P), cross(P, Q)
    return H, CE - H, CE


@misconception(
    "entropy_ce_kl",
    en="Only your divergence gives NaN where P is 0: 0 times log 0, or 0 divided by 0. Such terms are 0 there as well.",
    ko="KL 발산만 P가 0인 곳에서 NaN이 됩니다. 0 곱하기 log 0, 또는 0 나누기 0입니다. 그런 항은 여기서도 0입니다.",
)
def nan_in_the_divergence(P, Q):
    return entropy(P), cross(P, Q), (P * (P / Q).log()).sum()


@misconception(
    "entropy_ce_kl",
    en="Your entropy is careful with P = 0, the cross-entropy is not: where P and Q are both 0 it gives 0 times minus infinity, NaN.",
    ko="엔트로피에서는 P = 0을 잘 처리했지만 교차 엔트로피에서는 그러지 않았습니다. P와 Q가 모두 0이면 0 곱하기 음의 무한대로 NaN이 됩니다.",
)
def nan_in_the_cross_entropy(P, Q):
    H, CE = entropy(P), -(P * Q.log()).sum()
    return H, CE, CE - H


@misconception(
    "matmul",
    en="You sum over the columns of B, the axis j. The sum runs over the axis that both share, k; i and j stay.",
    ko="B의 열, 곧 축 j에 대해 더했습니다. 둘이 공유하는 축 k에 대해 더하고 i와 j는 남겨야 합니다.",
)
def summed_over_the_columns_of_b(A, B):
    refuse_mismatch(A, B)
    return (A[:, :, None] * B[None]).sum(dim=2)


@misconception(
    "matmul",
    en="You sum over the rows of A, the axis i. The sum runs over the axis that both share, k; i and j stay.",
    ko="A의 행, 곧 축 i에 대해 더했습니다. 둘이 공유하는 축 k에 대해 더하고 i와 j는 남겨야 합니다.",
)
def summed_over_the_rows_of_a(A, B):
    refuse_mismatch(A, B)
    return (A[:, :, None] * B[None]).sum(dim=0)


@misconception(
    "cond_independent",
    en="You call independent on the slices as they stand in the joint table. A slice sums to P(z), not to 1: divide it first. And the tolerance is tol, not that of independent.",
    ko="결합 분포의 조각을 그대로 independent에 넣었습니다. 조각의 합은 1이 아니라 P(z)이므로 먼저 나누어야 합니다. 허용 오차도 independent의 것이 아니라 tol입니다.",
)
def slices_handed_to_independent(P, tol):
    return bool(((P - product_of_marginals(P)).abs() <= 1e-6).all())


@misconception(
    "moments",
    en="Variance and covariance subtract two large, nearly equal numbers, E[f^2] - E[f]^2 and E[f h] - E[f] E[h], and lose the digits that matter. Subtract the means before you multiply.",
    ko="분산과 공분산을 E[f^2] - E[f]^2, E[f h] - E[f] E[h]로, 거의 같은 큰 수의 차로 구해서 정작 필요한 자릿수를 잃습니다. 곱하기 전에 평균을 빼세요.",
    same_as="difference_of_large_numbers",
)
def difference_of_large_numbers_by_outer(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = (Px * f).sum(), (Py * h).sum()
    return Ef, (Px * f**2).sum() - Ef**2, (P * torch.outer(f, h)).sum() - Ef * Eh


@misconception(
    "moments",
    en="Variance and covariance subtract two large, nearly equal numbers and lose the digits that matter. Subtract the means before you multiply.",
    ko="분산과 공분산을 거의 같은 큰 수의 차로 구해서 정작 필요한 자릿수를 잃습니다. 곱하기 전에 평균을 빼세요.",
    same_as="difference_of_large_numbers",
)
def difference_of_large_numbers_by_products(P, f, h):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    Ef, Eh = Px @ f, Py @ h
    return Ef, Px @ f**2 - Ef**2, f @ P @ h - Ef * Eh


@misconception(
    "moments",
    en="You average the table P f over all cells. The probabilities are the weights already: they are summed, and nothing is divided by the number of cells.",
    ko="표 P f를 모든 칸에 대해 평균 냈습니다. 확률이 이미 가중치이므로 더하기만 하고 칸의 수로 나누지 않습니다.",
)
def means_over_the_cells(P, f, h):
    Ef, Eh = (P * f[:, None]).mean(), (P * h[None]).mean()
    df, dh = f - Ef, h - Eh
    return Ef, (P.sum(dim=1) * df**2).sum(), (P * df[:, None] * dh[None]).sum()


@misconception(
    "entropy_ce_kl",
    en="Every sum runs only over what is positive in P and Q. Where P > 0 and Q = 0 the entropy still has its term, and cross-entropy and divergence are infinite.",
    ko="모든 합을 P와 Q가 둘 다 양수인 곳에서만 구했습니다. P > 0이고 Q = 0인 곳에서도 엔트로피의 항은 그대로 있고, 교차 엔트로피와 KL 발산은 무한대입니다.",
)
def only_where_both_are_positive(P, Q):
    inside = (P > 0) & (Q > 0)
    H, CE = entropy(P[inside]), cross(P[inside], Q[inside])
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="P and Q are exchanged in the cross-entropy, and in the divergence that you compute from it: the logarithm is that of Q, and P weighs.",
    ko="교차 엔트로피에서, 그리고 그것으로 구한 KL 발산에서 P와 Q가 바뀌었습니다. 로그를 취하는 것은 Q이고 P로 가중합니다.",
)
def cross_entropy_reversed_throughout(P, Q):
    H, CE = entropy(P), cross(Q, P)
    return H, CE, CE - H


@misconception(
    "entropy_ce_kl",
    en="P and Q are exchanged in the cross-entropy (and in the divergence made from it): the logarithm is that of Q, and P weighs.",
    ko="교차 엔트로피에서(그것으로 구한 KL 발산에서도) P와 Q가 바뀌었습니다. 로그를 취하는 것은 Q이고 P로 가중합니다.",
)
def cross_entropy_reversed_where_p_is_positive(P, Q):
    inside = P > 0
    H, CE = entropy(P), cross(Q[inside], P[inside])
    return H, CE, CE - H


@misconception(
    "marginal_conditional",
    en="You add a small number to the row sums. That changes rows of small probability; only rows that sum to exactly 0 need care.",
    ko="행의 합에 작은 수를 더했습니다. 그러면 확률이 작은 행의 값이 달라집니다. 따로 다룰 것은 합이 정확히 0인 행뿐입니다.",
)
def a_billionth_added_to_rows(P):
    Px, Py = P.sum(dim=1), P.sum(dim=0)
    return Px, Py, P / (Px[:, None] + 1e-9)


@misconception(
    "lin_basics",
    en="You allow a small difference between A and its transpose, such as 1e-10. Here symmetric means exactly equal, in every entry.",
    ko="A와 전치의 차이가 1e-10처럼 작으면 대칭이라고 했습니다. 여기서는 모든 원소가 정확히 같아야 대칭입니다.",
)
def symmetric_within_a_tolerance(A, x, p):
    return facts(A, x, p, sym=lambda: bool((A - A.T).abs().max() < 1e-10))
