from autograder.authoring import misconception


@misconception("row_sums", en="You took means. A sum does not divide.", ko="평균을 구했습니다. 합은 나누지 않습니다.")
def means(x):
    return x.mean(dim=-1)


@misconception("row_sums", en="You summed over the first axis.", ko="첫째 축으로 더했습니다.")
def columns(x):
    return x.sum(dim=0)
