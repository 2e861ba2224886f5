"""Wrong versions that students write, and what to tell them."""

import torch

from autograder.authoring import misconception


@misconception(
    "attention_weights",
    en="Your scores are not divided by the square root of d, so the softmax is too sharp.",
    ko="점수를 d의 제곱근으로 나누지 않아 softmax가 지나치게 뾰족해졌습니다.",
)
def no_scale(Q, K):
    return torch.softmax(Q @ K.T, dim=1)


@misconception(
    "attention_weights",
    en="Your weights sum to 1 over the queries. They should sum to 1 over the keys, for each query.",
    ko="가중치의 합이 쿼리 방향으로 1입니다. 쿼리마다 키 방향으로 합이 1이어야 합니다.",
)
def softmax_over_queries(Q, K):
    return torch.softmax(Q @ K.T / Q.shape[1] ** 0.5, dim=0)


@misconception(
    "attention_weights",
    en="Large scores overflow in the exponential. Softmax stays the same when the row's maximum is taken away first.",
    ko="점수가 크면 지수 함수가 넘칩니다. 먼저 행의 최댓값을 빼도 softmax 값은 같습니다.",
)
def overflowing(Q, K):
    weights = (Q @ K.T / Q.shape[1] ** 0.5).exp()
    return weights / weights.sum(dim=1, keepdim=True)


@misconception(
    "attend",
    en="You hand over the value with the largest weight. A context vector is the weighted sum of all values.",
    ko="가중치가 가장 큰 값 하나만 전달했습니다. 문맥 벡터는 모든 값의 가중합입니다.",
)
def hard_choice(A, V):
    return V[A.argmax(dim=1)]


@misconception(
    "attend",
    en="You take the plain mean of the values; the weights are not used.",
    ko="값의 단순 평균을 냈습니다. 가중치를 사용하지 않았습니다.",
)
def plain_mean(A, V):
    return V.mean(dim=0).expand(A.shape[0], V.shape[1]).clone() + 0 * A.sum()
