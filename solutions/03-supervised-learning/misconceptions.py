"""Lecture 3, supervised learning: wrong versions that students write, and what to tell them."""

import torch

from autograder.authoring import misconception

# -- 1. decide -------------------------------------------------------------------------------------------------------


@misconception(
    "decide",
    en="The classes are exchanged: a positive g is an apple, which is class 1, and a negative one a banana, class 0.",
    ko="두 클래스가 뒤바뀌었습니다. g가 양수이면 사과(클래스 1), 음수이면 바나나(클래스 0)입니다.",
)
def labels_swapped(X, w, b):
    g = X @ w + b
    return g, (g < 0).long()


@misconception(
    "decide",
    en="You return the sign, -1 or +1. The classes of this assignment are 0 and 1.",
    ko="부호인 -1과 +1을 돌려주었습니다. 이 과제의 클래스는 0과 1입니다.",
)
def plus_and_minus_one(X, w, b):
    g = X @ w + b
    return g, torch.where(g >= 0, 1, -1)


@misconception(
    "decide",
    en="The bias is missing. Without it every boundary is forced through the origin.",
    ko="편향이 빠졌습니다. 편향이 없으면 모든 경계가 원점을 지나야만 합니다.",
)
def bias_missing(X, w, b):
    g = X @ w
    return g, (g >= 0).long()


@misconception(
    "decide",
    en="The bias is subtracted, as if it were a threshold. Here g = w·x + b, with a plus.",
    ko="편향을 문턱값처럼 뺐습니다. 여기서는 g = w·x + b로, 더해야 합니다.",
)
def bias_subtracted(X, w, b):
    g = X @ w - b
    return g, (g >= 0).long()


@misconception(
    "decide",
    en="The weights meet the wrong features: the first weight belongs to the first feature, and so on.",
    ko="가중치가 엉뚱한 특징에 곱해졌습니다. 첫 번째 가중치는 첫 번째 특징의 것이며, 나머지도 순서대로입니다.",
)
def features_exchanged(X, w, b):
    g = X @ w.flip(0) + b
    return g, (g >= 0).long()


@misconception(
    "decide",
    en="You add the bias to every product, so it counts once for each feature. It is added once, after the sum.",
    ko="곱마다 편향을 더해서 특징의 수만큼 더해졌습니다. 편향은 합을 구한 뒤 한 번만 더합니다.",
)
def bias_for_each_feature(X, w, b):
    g = (X * w + b).sum(dim=1)
    return g, (g >= 0).long()


@misconception(
    "decide",
    en="A sample exactly on the boundary (g = 0) became class 0. In this assignment it is class 1.",
    ko="정확히 경계 위(g = 0)에 있는 샘플을 클래스 0으로 두었습니다. 이 과제에서는 클래스 1입니다.",
)
def boundary_is_class_zero(X, w, b):
    g = X @ w + b
    return g, (g > 0).long()


@misconception(
    "decide",
    en="You compare g with 1/2, as one would do with a probability. g is not a probability: its sign decides.",
    ko="g를 확률처럼 1/2과 비교했습니다. g는 확률이 아니므로 부호로 정해야 합니다.",
)
def threshold_one_half(X, w, b):
    g = X @ w + b
    return g, (g >= 0.5).long()


@misconception(
    "decide",
    en="A sigmoid was applied to g. Here g itself is asked for, the weighted sum.",
    ko="g에 시그모이드를 적용했습니다. 여기서는 가중합인 g 그대로를 돌려줘야 합니다.",
)
def sigmoid_applied(X, w, b):
    g = torch.sigmoid(X @ w + b)
    return g, (g >= 0.5).long()


@misconception(
    "decide",
    en="The comparison gives booleans. Class labels are int64: convert them.",
    ko="비교 결과인 bool을 그대로 돌려주었습니다. 클래스 레이블은 int64이므로 변환해야 합니다.",
)
def booleans_for_labels(X, w, b):
    g = X @ w + b
    return g, g >= 0


@misconception(
    "decide",
    en="The labels have the float dtype of g. Classes are int64, so that they can be compared and used as indices.",
    ko="레이블의 dtype이 g처럼 실수입니다. 클래스는 비교하거나 인덱스로 쓸 수 있도록 int64여야 합니다.",
)
def floats_for_labels(X, w, b):
    g = X @ w + b
    return g, (g >= 0).to(g.dtype)


@misconception(
    "decide",
    en="g (or the classes) came back as a column, (N, 1). One value for each sample is asked for, (N,): a column that meets a vector later becomes a table.",
    ko="g(또는 클래스)의 모양이 (N, 1)입니다. 샘플마다 값 하나, 즉 (N,)이어야 합니다. 열이 벡터와 만나면 나중에 표로 늘어납니다.",
)
def column_of_decisions(X, w, b):
    g = X @ w[:, None] + b
    return g, (g >= 0).long()


@misconception(
    "decide",
    en="g (or the classes) came back as a column, (N, 1). One value for each sample is asked for, (N,): a column that meets a vector later becomes a table.",
    ko="g(또는 클래스)의 모양이 (N, 1)입니다. 샘플마다 값 하나, 즉 (N,)이어야 합니다. 열이 벡터와 만나면 나중에 표로 늘어납니다.",
)
def column_of_g(X, w, b):
    g = X @ w + b
    return g[:, None], (g >= 0).long()


@misconception(
    "decide",
    en="g is divided by the length of w: that is the distance to the boundary, which comes later. Here the weighted sum itself is asked for.",
    ko="g를 w의 길이로 나누었습니다. 그것은 나중에 나올 경계까지의 거리입니다. 여기서는 가중합 자체를 돌려주어야 합니다.",
)
def distance_for_g(X, w, b):
    g = (X @ w + b) / w.norm()
    return g, (g >= 0).long()


@misconception(
    "decide",
    en="You take the mean over the features. The weighted sum is not divided by their number.",
    ko="특징에 대해 평균을 냈습니다. 가중합은 특징의 수로 나누지 않습니다.",
)
def mean_over_features(X, w, b):
    g = (X * w).mean(dim=1) + b
    return g, (g >= 0).long()


@misconception(
    "decide",
    en="You return torch.sign of g: -1, 0 or +1. The classes of this assignment are 0 and 1, and g = 0 is class 1.",
    ko="torch.sign(g), 즉 -1, 0, +1을 돌려주었습니다. 이 과제의 클래스는 0과 1이고 g = 0은 클래스 1입니다.",
)
def sign_for_the_class(X, w, b):
    g = X @ w + b
    return g, g.sign().long()


@misconception(
    "decide",
    en="The classes are decided without the bias. The decision looks at g, and the bias is part of it.",
    ko="클래스를 편향 없이 정했습니다. 결정은 g로 하고, 편향은 g의 일부입니다.",
)
def decided_without_bias(X, w, b):
    s = X @ w
    return s + b, (s >= 0).long()


@misconception(
    "decide",
    en="The bias decides about the class but is missing in the g that you return.",
    ko="클래스를 정할 때는 편향을 썼지만 돌려준 g에는 빠졌습니다.",
)
def bias_missing_in_g(X, w, b):
    s = X @ w
    return s, (s + b >= 0).long()


@misconception(
    "decide",
    en="g is rounded to get a class. 2.2 becomes no class at all that way; only the sign of g decides.",
    ko="g를 반올림해 클래스로 썼습니다. 그러면 2.2는 어떤 클래스도 아닙니다. g의 부호만으로 정합니다.",
)
def rounded_for_the_class(X, w, b):
    g = X @ w + b
    return g, g.round().long()


@misconception(
    "decide",
    en="The classes are counted from 1. In this assignment they start at 0.",
    ko="클래스를 1부터 세었습니다. 이 과제에서는 0부터 시작합니다.",
)
def classes_from_one_in_decide(X, w, b):
    g = X @ w + b
    return g, (g >= 0).long() + 1


# -- 2. errors -------------------------------------------------------------------------------------------------------


def count_and_rate(wrong):
    count = int(wrong.sum())
    return count, count / max(len(wrong), 1)


@misconception(
    "errors",
    en="You compare the real number g with the label. They are hardly ever equal, so nearly everything counts as wrong: turn g into a class first.",
    ko="실수 g를 레이블과 바로 비교했습니다. 둘이 같은 경우는 거의 없으므로 거의 모두 오류로 세어집니다. 먼저 g를 클래스로 바꾸세요.",
)
def raw_g_compared(g, y):
    return count_and_rate(g != y)


@misconception(
    "errors",
    en="You round g to get a class. 0.3 becomes 0 that way, but it is positive and means class 1; and 2.2 becomes no class at all.",
    ko="g를 반올림해서 클래스로 썼습니다. 그러면 0.3이 0이 되지만, 양수이므로 클래스 1입니다. 2.2는 아예 클래스가 아닌 값이 됩니다.",
)
def g_rounded(g, y):
    return count_and_rate(g.round() != y)


@misconception(
    "errors",
    en="You compare g with 1/2, as one would do with a probability. Here class 1 begins at g = 0.",
    ko="g를 확률처럼 1/2과 비교했습니다. 여기서 클래스 1은 g = 0부터입니다.",
)
def threshold_one_half_in_errors(g, y):
    return count_and_rate((g >= 0.5).long() != y)


@misconception(
    "errors",
    en="Samples with g = 0 became class 0. In this assignment they are class 1.",
    ko="g = 0인 샘플을 클래스 0으로 두었습니다. 이 과제에서는 클래스 1입니다.",
)
def zero_counts_as_class_zero(g, y):
    return count_and_rate((g > 0).long() != y)


@misconception(
    "errors",
    en="You count the samples that are right, or exchange the classes before you compare. That gives the accuracy; errors are the others.",
    ko="맞은 샘플을 세었거나 비교하기 전에 클래스를 바꾸었습니다. 그러면 정확도가 나옵니다. 나머지가 오류입니다.",
)
def right_ones_counted(g, y):
    return count_and_rate((g >= 0).long() == y)


@misconception(
    "errors",
    en="Both results are the rate. The first one is the number of errors, a whole number.",
    ko="두 결과가 모두 비율입니다. 첫 번째는 오류의 개수, 즉 정수여야 합니다.",
)
def rate_for_the_count(g, y):
    _, rate = count_and_rate((g >= 0).long() != y)
    return rate, rate


@misconception(
    "errors",
    en="Both results are the number of errors. The second one is the rate: divide by the number of samples.",
    ko="두 결과가 모두 오류의 개수입니다. 두 번째는 비율이므로 샘플의 수로 나눠야 합니다.",
)
def count_for_the_rate(g, y):
    count, _ = count_and_rate((g >= 0).long() != y)
    return count, float(count)


@misconception(
    "errors",
    en="With no sample at all your rate is NaN, 0 divided by 0. An empty test set has no errors: the rate is 0.0.",
    ko="샘플이 하나도 없으면 0을 0으로 나누어 비율이 NaN이 됩니다. 샘플이 없으면 오류도 없으므로 비율은 0.0입니다.",
)
def nan_without_samples(g, y):
    wrong = (g >= 0).long() != y
    return int(wrong.sum()), wrong.double().mean().item()


@misconception(
    "errors",
    en="You count one kind of error only, bananas called apples. Apples called bananas are errors, too.",
    ko="바나나를 사과라고 한 오류만 세었습니다. 사과를 바나나라고 한 것도 오류입니다.",
)
def false_positives_only(g, y):
    return count_and_rate((g >= 0).long() > y)


@misconception(
    "errors",
    en="You sum the differences of classes, so an error of one kind cancels one of the other kind. Count where the classes differ.",
    ko="클래스의 차를 더해서 서로 다른 종류의 오류가 상쇄되었습니다. 클래스가 다른 곳의 수를 세어야 합니다.",
)
def errors_cancel(g, y):
    count = abs(int(((g >= 0).long() - y).sum()))
    return count, count / max(len(y), 1)


@misconception(
    "errors",
    en="You compare the sign of g, which is -1 or +1, with labels that are 0 or 1. Every banana counts as wrong that way.",
    ko="-1 또는 +1인 g의 부호를 0 또는 1인 레이블과 비교했습니다. 그러면 바나나는 모두 오류가 됩니다.",
)
def sign_compared(g, y):
    return count_and_rate(torch.where(g >= 0, 1, -1) != y)


@misconception(
    "errors",
    en="The rate is given in percent. It is a share between 0 and 1.",
    ko="비율을 퍼센트로 돌려주었습니다. 비율은 0과 1 사이의 값입니다.",
)
def rate_in_percent(g, y):
    count, rate = count_and_rate((g >= 0).long() != y)
    return count, 100 * rate


@misconception(
    "errors",
    en="You count one kind of error only, apples called bananas. Bananas called apples are errors, too.",
    ko="한 종류의 오류(바나나로 분류된 사과)만 세었습니다. 사과로 분류된 바나나도 오류입니다.",
)
def false_negatives_only(g, y):
    return count_and_rate((g >= 0).long() < y)


@misconception(
    "errors",
    en="The results are tensors (one of them, or both). A Python int and a Python float are asked for.",
    ko="결과(하나 또는 둘 다)가 텐서입니다. 파이썬 int와 float로 돌려주어야 합니다.",
)
def tensors_for_numbers(g, y):
    wrong = (g >= 0).long() != y
    return wrong.sum(), wrong.sum() / max(len(y), 1)


@misconception(
    "errors",
    en="The results are tensors (one of them, or both). A Python int and a Python float are asked for.",
    ko="결과(하나 또는 둘 다)가 텐서입니다. 파이썬 int와 float로 돌려주어야 합니다.",
)
def tensors_for_numbers_if_any(g, y):
    wrong = (g >= 0).long() != y
    return (wrong.sum(), wrong.sum() / len(y)) if len(y) else (0, 0.0)


@misconception(
    "errors",
    en="The results are tensors (one of them, or both). A Python int and a Python float are asked for.",
    ko="결과(하나 또는 둘 다)가 텐서입니다. 파이썬 int와 float로 돌려주어야 합니다.",
)
def count_as_a_tensor(g, y):
    wrong = (g >= 0).long() != y
    return wrong.sum(), count_and_rate(wrong)[1]


@misconception(
    "errors",
    en="The results are tensors (one of them, or both). A Python int and a Python float are asked for.",
    ko="결과(하나 또는 둘 다)가 텐서입니다. 파이썬 int와 float로 돌려주어야 합니다.",
)
def rate_as_a_tensor(g, y):
    wrong = (g >= 0).long() != y
    return int(wrong.sum()), wrong.sum() / max(len(y), 1)


@misconception(
    "errors",
    en="The results are tensors (one of them, or both). A Python int and a Python float are asked for.",
    ko="결과(하나 또는 둘 다)가 텐서입니다. 파이썬 int와 float로 돌려주어야 합니다.",
)
def tensors_with_nan(g, y):
    wrong = (g >= 0).long() != y
    return wrong.sum(), wrong.double().mean()


@misconception(
    "errors",
    en="The results are tensors (one of them, or both). A Python int and a Python float are asked for.",
    ko="결과(하나 또는 둘 다)가 텐서입니다. 파이썬 int와 float로 돌려주어야 합니다.",
)
def tensors_with_nan_in_float32(g, y):
    wrong = (g >= 0).long() != y
    return wrong.sum(), wrong.float().mean()


@misconception(
    "errors",
    en="The rate comes from an integer division (or is rounded), so every rate below 1 becomes 0. Divide with / to keep the fraction.",
    ko="비율을 정수 나눗셈(또는 반올림)으로 구해서 1보다 작은 비율이 모두 0이 됩니다. /로 나누어 소수를 남기세요.",
)
def rate_by_integer_division(g, y):
    wrong = (g >= 0).long() != y
    return int(wrong.sum()), float(int(wrong.sum()) // max(len(y), 1))


@misconception(
    "errors",
    en="The rate comes from an integer division (or is rounded), so every rate below 1 becomes 0. Divide with / to keep the fraction.",
    ko="비율을 정수 나눗셈(또는 반올림)으로 구해서 1보다 작은 비율이 모두 0이 됩니다. /로 나누어 소수를 남기세요.",
)
def rate_rounded(g, y):
    count, rate = count_and_rate((g >= 0).long() != y)
    return count, float(round(rate))


@misconception(
    "errors",
    en="You compare torch.sign of g, which is -1, 0 or +1, with labels that are 0 or 1. Every banana counts as wrong that way.",
    ko="torch.sign(g)는 -1, 0, +1인데 0과 1인 레이블과 비교했습니다. 그러면 바나나가 모두 틀린 것으로 세어집니다.",
)
def torch_sign_compared(g, y):
    return count_and_rate(torch.sign(g) != y)


@misconception(
    "errors",
    en="The rate is that of the right samples, the accuracy. It is to be the share of the errors that you counted.",
    ko="비율이 맞은 샘플의 비율(정확도)입니다. 센 오류의 비율이어야 합니다.",
)
def accuracy_for_the_rate(g, y):
    count, rate = count_and_rate((g >= 0).long() != y)
    return count, 1 - rate if len(y) else 0.0


@misconception(
    "errors",
    en="Without samples the rate is 1 for you. An empty test set has no errors: the rate is 0.0.",
    ko="샘플이 없을 때 비율을 1로 했습니다. 빈 시험 집합에는 오류가 없으므로 비율은 0.0입니다.",
)
def rate_one_without_samples(g, y):
    count, rate = count_and_rate((g >= 0).long() != y)
    return count, rate if len(y) else 1.0


# -- 3. margin -------------------------------------------------------------------------------------------------------


def refuse_zero(w):
    if not w.any():
        raise ValueError("w = 0")


@misconception(
    "margin",
    en="You return g itself. Scale w and b by ten, and it grows tenfold, though the boundary has not moved: divide by the length of w.",
    ko="g를 그대로 돌려주었습니다. w와 b를 10배 하면 경계는 그대로인데 g만 10배가 됩니다. w의 길이로 나눠야 합니다.",
)
def not_divided(X, w, b):
    refuse_zero(w)
    return X @ w + b


@misconception(
    "margin",
    en="You divide by the squared length of w. With weights ten times as large the result would shrink to a tenth; a distance stays.",
    ko="w 길이의 제곱으로 나누었습니다. 그러면 가중치를 10배 할 때 결과가 1/10로 줄어듭니다. 거리는 변하지 않아야 합니다.",
)
def squared_length(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / (w @ w)


@misconception(
    "margin",
    en="The sign is gone. It says on which side of the boundary a sample lies; keep it.",
    ko="부호가 사라졌습니다. 부호는 샘플이 경계의 어느 쪽에 있는지를 나타내므로 남겨 두어야 합니다.",
)
def sign_dropped(X, w, b):
    refuse_zero(w)
    return (X @ w + b).abs() / w.norm()


@misconception(
    "margin",
    en="Only w·x is divided by the length of w, the bias is not. Divide all of g.",
    ko="w·x만 w의 길이로 나누고 편향은 나누지 않았습니다. g 전체를 나눠야 합니다.",
)
def bias_not_divided(X, w, b):
    refuse_zero(w)
    return X @ w / w.norm() + b


@misconception(
    "margin",
    en="The bias is missing, so you measure the distance to a parallel hyperplane through the origin.",
    ko="편향이 빠져서, 원점을 지나는 평행한 초평면까지의 거리가 되었습니다.",
)
def bias_missing_in_margin(X, w, b):
    refuse_zero(w)
    return X @ w / w.norm()


@misconception(
    "margin",
    en="For w = 0 you divide 0 by 0 or b by 0, and return NaN or infinity. Without a hyperplane there is no distance: raise ValueError.",
    ko="w = 0일 때 0으로 나누어 NaN이나 무한대를 돌려주었습니다. 초평면이 없으면 거리도 없으므로 ValueError를 발생시켜야 합니다.",
)
def zero_weights_accepted(X, w, b):
    return (X @ w + b) / w.norm()


@misconception(
    "margin",
    en="A small number is added to the length of w. It makes the distances of short weights wrong and hides w = 0, which must raise ValueError.",
    ko="w의 길이에 작은 수를 더했습니다. 그러면 w가 짧을 때 거리가 틀려지고, ValueError를 내야 할 w = 0이 감춰집니다.",
)
def small_number_added(X, w, b):
    return (X @ w + b) / (w.norm() + 1e-8)


@misconception(
    "margin",
    en="You refuse weights that are merely short. A hyperplane exists as soon as one weight is not 0, however small it is.",
    ko="w가 짧기만 해도 거절했습니다. 아무리 작아도 0이 아닌 가중치가 하나라도 있으면 초평면이 있습니다.",
)
def short_weights_refused(X, w, b):
    if w.norm() < 1e-4:
        raise ValueError("w = 0")
    return (X @ w + b) / w.norm()


@misconception(
    "margin",
    en="You refuse weights as soon as one of them is 0. Such a feature is only ignored; the hyperplane is gone when all of w is 0.",
    ko="가중치가 하나라도 0이면 거절했습니다. 그때는 그 특징만 무시될 뿐이고, w가 모두 0이어야 초평면이 사라집니다.",
)
def one_zero_weight_refused(X, w, b):
    if not w.all():
        raise ValueError("w = 0")
    return (X @ w + b) / w.norm()


@misconception(
    "margin",
    en="You divide by the sum of |w| (or of w). The length that belongs to Euclidean distances is the root of the sum of squares.",
    ko="|w|의 합으로 나누었습니다. 유클리드 거리에 맞는 길이는 제곱합의 제곱근입니다.",
)
def sum_of_absolute_weights(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / w.abs().sum()


@misconception(
    "margin",
    en="The bias takes part in the length. It shifts the hyperplane but does not turn it: only w is its normal vector.",
    ko="길이에 편향까지 넣었습니다. 편향은 초평면을 옮길 뿐 방향을 바꾸지 않으므로, 법선 벡터는 w뿐입니다.",
)
def bias_in_the_length(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / (w @ w + b * b).sqrt()


@misconception(
    "margin",
    en="You divide by the length of each sample, which gives cosines. The length of w is what scales g.",
    ko="샘플 각각의 길이로 나누어 코사인에 가까운 값이 되었습니다. g의 크기를 좌우하는 것은 w의 길이입니다.",
)
def divided_by_the_samples(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / (w.norm() * X.norm(dim=1))


@misconception(
    "margin",
    en="A small number is added to the length of w. It makes the distances of short weights wrong; a length that is not 0 needs no protection.",
    ko="w의 길이에 작은 수를 더했습니다. 그러면 짧은 가중치의 거리가 틀어집니다. 0이 아닌 길이는 그대로 나누면 됩니다.",
)
def tiny_number_added_to_the_length(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / (w.norm() + 1e-12)


@misconception(
    "margin",
    en="A small number is added to the length of w. It makes the distances of short weights wrong; a length that is not 0 needs no protection.",
    ko="w의 길이에 작은 수를 더했습니다. 그러면 짧은 가중치의 거리가 틀어집니다. 0이 아닌 길이는 그대로 나누면 됩니다.",
)
def smaller_number_added_to_the_length(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / (w.norm() + 1e-10)


@misconception(
    "margin",
    en="A small number is added to the length of w. It makes the distances of short weights wrong; a length that is not 0 needs no protection.",
    ko="w의 길이에 작은 수를 더했습니다. 그러면 짧은 가중치의 거리가 틀어집니다. 0이 아닌 길이는 그대로 나누면 됩니다.",
)
def small_number_added_to_the_length(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / (w.norm() + 1e-8)


@misconception(
    "margin",
    en="A small number is added to the length of w. It makes the distances of short weights wrong; a length that is not 0 needs no protection.",
    ko="w의 길이에 작은 수를 더했습니다. 그러면 짧은 가중치의 거리가 틀어집니다. 0이 아닌 길이는 그대로 나누면 됩니다.",
)
def larger_number_added_to_the_length(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / (w.norm() + 1e-6)


@misconception(
    "margin",
    en="A small number is added to the length of w. It makes the distances of short weights wrong and hides w = 0, which must raise ValueError.",
    ko="w의 길이에 작은 수를 더했습니다. 그러면 짧은 가중치의 거리가 틀어지고, ValueError를 내야 할 w = 0이 숨겨집니다.",
)
def tiny_number_added(X, w, b):
    return (X @ w + b) / (w.norm() + 1e-12)


@misconception(
    "margin",
    en="A small number is added to the length of w. It makes the distances of short weights wrong and hides w = 0, which must raise ValueError.",
    ko="w의 길이에 작은 수를 더했습니다. 그러면 짧은 가중치의 거리가 틀어지고, ValueError를 내야 할 w = 0이 숨겨집니다.",
)
def smaller_number_added(X, w, b):
    return (X @ w + b) / (w.norm() + 1e-10)


@misconception(
    "margin",
    en="A small number is added to the length of w. It makes the distances of short weights wrong and hides w = 0, which must raise ValueError.",
    ko="w의 길이에 작은 수를 더했습니다. 그러면 짧은 가중치의 거리가 틀어지고, ValueError를 내야 할 w = 0이 숨겨집니다.",
)
def larger_number_added(X, w, b):
    return (X @ w + b) / (w.norm() + 1e-6)


@misconception(
    "margin",
    en="The length of w is bounded below (clamp), which hides w = 0. Without a hyperplane there is no distance: raise ValueError.",
    ko="w의 길이를 아래에서 잘라(clamp) w = 0을 숨겼습니다. 초평면이 없으면 거리도 없으므로 ValueError를 발생시키세요.",
)
def length_bounded_below_tiny(X, w, b):
    return (X @ w + b) / w.norm().clamp(min=1e-12)


@misconception(
    "margin",
    en="The length of w is bounded below (clamp), which hides w = 0. Without a hyperplane there is no distance: raise ValueError.",
    ko="w의 길이를 아래에서 잘라(clamp) w = 0을 숨겼습니다. 초평면이 없으면 거리도 없으므로 ValueError를 발생시키세요.",
)
def length_bounded_below_small(X, w, b):
    return (X @ w + b) / w.norm().clamp(min=1e-8)


@misconception(
    "margin",
    en="You divide by the length of each sample. What scales g is the length of w, one number for all samples.",
    ko="샘플마다 그 샘플의 길이로 나누었습니다. g의 크기를 정하는 것은 모든 샘플에 공통인 w의 길이입니다.",
)
def divided_by_the_samples_alone(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / X.norm(dim=1)


@misconception(
    "margin",
    en="The length of w is cut off from the gradient (item, detach, no_grad). The distance depends on w there, too, so it has to stay in torch.",
    ko="w의 길이가 기울기에서 끊겼습니다(item, detach, no_grad). 거리는 길이를 통해서도 w에 달려 있으므로 torch 안에 남아야 합니다.",
)
def length_without_gradient(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / w.detach().norm()


@misconception(
    "margin",
    en="For w = 0 you return something instead of raising ValueError. Without a hyperplane there is no distance, and any number would be a lie.",
    ko="w = 0일 때 ValueError를 발생시키지 않고 값을 돌려줍니다. 초평면이 없으면 거리도 없으므로 어떤 수도 옳지 않습니다.",
)
def zeros_for_zero_weights(X, w, b):
    return (X @ w + b) / w.norm() if w.any() else torch.zeros(len(X), dtype=X.dtype)


@misconception(
    "margin",
    en="For w = 0 you return something instead of raising ValueError. Without a hyperplane there is no distance, and any number would be a lie.",
    ko="w = 0일 때 ValueError를 발생시키지 않고 값을 돌려줍니다. 초평면이 없으면 거리도 없으므로 어떤 수도 옳지 않습니다.",
)
def nothing_for_zero_weights(X, w, b):
    return (X @ w + b) / w.norm() if w.any() else None


@misconception(
    "margin",
    en="For w = 0 you return something instead of raising ValueError. Without a hyperplane there is no distance, and any number would be a lie.",
    ko="w = 0일 때 ValueError를 발생시키지 않고 값을 돌려줍니다. 초평면이 없으면 거리도 없으므로 어떤 수도 옳지 않습니다.",
)
def infinity_for_zero_weights(X, w, b):
    return (X @ w + b) / w.norm() if w.any() else torch.full((len(X),), torch.inf, dtype=X.dtype)


@misconception(
    "margin",
    en="For w = 0 you return something instead of raising ValueError. Without a hyperplane there is no distance, and any number would be a lie.",
    ko="w = 0일 때 ValueError를 발생시키지 않고 값을 돌려줍니다. 초평면이 없으면 거리도 없으므로 어떤 수도 옳지 않습니다.",
)
def nan_for_zero_weights(X, w, b):
    return (X @ w + b) / w.norm() if w.any() else torch.full((len(X),), torch.nan, dtype=X.dtype)


@misconception(
    "margin",
    en="For w = 0 you return something instead of raising ValueError. Without a hyperplane there is no distance, and any number would be a lie.",
    ko="w = 0일 때 ValueError를 발생시키지 않고 값을 돌려줍니다. 초평면이 없으면 거리도 없으므로 어떤 수도 옳지 않습니다.",
)
def g_for_zero_weights(X, w, b):
    return (X @ w + b) / w.norm() if w.any() else X @ w + b


@misconception(
    "margin",
    en="For w = 0 an assert raises AssertionError. ValueError is asked for, by that name.",
    ko="w = 0일 때 assert가 AssertionError를 냅니다. 여기서는 ValueError를 발생시켜야 합니다.",
)
def zero_weights_asserted(X, w, b):
    assert w.any()
    return (X @ w + b) / w.norm()


@misconception(
    "margin",
    en="The distances are squared. A distance has the units of the features, not of their squares, and it keeps its sign.",
    ko="거리를 제곱했습니다. 거리의 단위는 특징의 단위이고 제곱이 아니며, 부호도 남아야 합니다.",
)
def distances_squared(X, w, b):
    refuse_zero(w)
    return ((X @ w + b) / w.norm()) ** 2


@misconception(
    "margin",
    en="You divide by the largest weight. The length that belongs to Euclidean distances is the root of the sum of squares.",
    ko="가장 큰 가중치로 나누었습니다. 유클리드 거리에 맞는 길이는 제곱합의 제곱근입니다.",
)
def divided_by_the_largest_weight(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / w.abs().max()


@misconception(
    "margin",
    en="You divide by the root of the mean of the squared weights. A length is the root of their sum.",
    ko="가중치 제곱의 평균의 제곱근으로 나누었습니다. 길이는 제곱합의 제곱근입니다.",
)
def root_of_the_mean_square(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / (w**2).mean().sqrt()


@misconception(
    "margin",
    en="You divide by the sum of w, in which weights of opposite sign cancel. The length is the root of the sum of squares.",
    ko="w의 합으로 나누었습니다. 부호가 다른 가중치는 상쇄됩니다. 길이는 제곱합의 제곱근입니다.",
)
def divided_by_the_sum_of_weights(X, w, b):
    refuse_zero(w)
    return (X @ w + b) / w.sum()


@misconception(
    "margin",
    en="The bias is subtracted. The hyperplane is w·x + b = 0, with a plus.",
    ko="편향을 뺐습니다. 초평면은 w·x + b = 0으로 더해야 합니다.",
)
def bias_subtracted_in_margin(X, w, b):
    refuse_zero(w)
    return (X @ w - b) / w.norm()


@misconception(
    "margin",
    en="g is multiplied by the length of w. Scale w by ten, and the result grows a hundredfold: divide.",
    ko="g에 w의 길이를 곱했습니다. 그러면 w를 열 배 할 때 결과가 백 배가 됩니다. 나누어야 합니다.",
)
def multiplied_by_the_length(X, w, b):
    refuse_zero(w)
    return (X @ w + b) * w.norm()


# -- 4. fit_line -----------------------------------------------------------------------------------------------------


def flat(x):
    return bool((x == x[0]).all())


def centred(x, y):
    return x - x.mean(), y - y.mean()


def through_the_means(w, x, y):
    return w, y.mean() - w * x.mean()


@misconception(
    "fit_line",
    en="Your line goes through the origin. Its slope must come from deviations from the means, and the intercept makes up for the rest.",
    ko="직선이 원점을 지나게 되었습니다. 기울기는 평균에서의 편차로 구하고, 나머지는 절편이 맡아야 합니다.",
)
def through_the_origin(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    return (x * y).sum() / (x * x).sum(), torch.zeros_like(y[0])


@misconception(
    "fit_line",
    en="The results are exchanged: first the slope w, then the intercept b.",
    ko="결과의 순서가 바뀌었습니다. 기울기 w가 먼저, 절편 b가 나중입니다.",
)
def results_exchanged(x, y):
    if flat(x):
        return y.mean(), torch.zeros_like(y[0])
    dx, dy = centred(x, y)
    w, b = through_the_means((dx * dy).sum() / (dx * dx).sum(), x, y)
    return b, w


@misconception(
    "fit_line",
    en="You divide by the variation of y: that is the slope of x as a function of y, turned round. Errors are measured along y, so divide by the variation of x.",
    ko="y의 변동으로 나누었습니다. 그것은 y로 x를 설명하는 직선의 기울기입니다. 오차는 y 방향으로 재므로 x의 변동으로 나눠야 합니다.",
)
def x_explained_by_y(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dy * dy).sum().clamp(min=1e-300), x, y)


@misconception(
    "fit_line",
    en="Covariance and variance are divided by different numbers, one by N - 1 and one by N. Use the same for both, then it cancels.",
    ko="공분산과 분산을 서로 다른 수(하나는 N - 1, 하나는 N)로 나누었습니다. 같은 수로 나눠야 약분되어 사라집니다.",
)
def mixed_denominators(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    n = len(x)
    return through_the_means((dx * dy).sum() / (n - 1) / ((dx * dx).sum() / n), x, y)


@misconception(
    "fit_line",
    en="The formula with raw sums, N Σxy - Σx Σy, loses its digits where x is large and its spread small: two huge numbers are subtracted. Take the means off first.",
    ko="N Σxy - Σx Σy처럼 원래 값의 합을 쓰는 공식은 x가 크고 흩어진 정도가 작을 때 거대한 두 수를 빼면서 유효 숫자를 잃습니다. 평균을 먼저 빼세요.",
)
def raw_sums(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    n = len(x)
    w = (n * (x * y).sum() - x.sum() * y.sum()) / (n * (x * x).sum() - x.sum() ** 2)
    return w, (y.sum() - w * x.sum()) / n


@misconception(
    "fit_line",
    en="With all x equal you divide 0 by 0. No slope is better than another there: w = 0 and b = the mean of y.",
    ko="x가 모두 같을 때 0을 0으로 나누었습니다. 그때는 어떤 기울기든 오차가 같으므로 w = 0, b = y의 평균입니다.",
)
def nan_for_equal_x(x, y):
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dx * dx).sum(), x, y)


@misconception(
    "fit_line",
    en="You take x that are close together for equal. Only when they are exactly equal the slope is undetermined.",
    ko="가까이 모여 있는 x를 같은 것으로 보았습니다. 기울기를 정할 수 없는 것은 x가 정확히 같을 때뿐입니다.",
)
def close_taken_for_equal(x, y):
    if torch.allclose(x, x[0].expand_as(x), rtol=0, atol=1e-3):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dx * dx).sum(), x, y)


@misconception(
    "fit_line",
    en="For equal x the intercept is 0. The best constant is the mean of y.",
    ko="x가 모두 같을 때 절편을 0으로 두었습니다. 가장 좋은 상수는 y의 평균입니다.",
)
def zero_line_for_equal_x(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), torch.zeros_like(y[0])
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dx * dx).sum(), x, y)


@misconception(
    "fit_line",
    en="Your slope is the correlation, between -1 and 1. It has no units; the slope has those of y per x: divide by the variance of x alone.",
    ko="기울기 대신 -1과 1 사이의 상관계수를 구했습니다. 상관계수에는 단위가 없지만 기울기의 단위는 y/x입니다. x의 분산만으로 나눠야 합니다.",
)
def correlation_for_slope(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    scale = ((dx * dx).sum() * (dy * dy).sum()).sqrt().clamp(min=1e-300)
    return through_the_means((dx * dy).sum() / scale, x, y)


@misconception(
    "fit_line",
    en="The intercept is the mean of y. That is the height of the line at the mean of x, not at x = 0.",
    ko="절편을 y의 평균으로 두었습니다. 그것은 x = 0이 아니라 x의 평균에서의 높이입니다.",
)
def intercept_at_the_mean(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return (dx * dy).sum() / (dx * dx).sum(), y.mean()


@misconception(
    "fit_line",
    en="The intercept has the wrong sign in its slope term. At the mean of x the line must have the height of the mean of y; check it.",
    ko="절편에서 기울기 항의 부호가 반대입니다. x의 평균에서 직선의 높이가 y의 평균이 되는지 확인해 보세요.",
)
def intercept_plus(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    w = (dx * dy).sum() / (dx * dx).sum()
    return w, y.mean() + w * x.mean()


@misconception(
    "fit_line",
    en="Your line connects the first and the last point and ignores all others.",
    ko="첫 점과 마지막 점만 잇고 나머지 점은 모두 무시했습니다.",
)
def first_and_last_point(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    w = (y[-1] - y[0]) / (x[-1] - x[0])
    return w, y[0] - w * x[0]


@misconception(
    "fit_line",
    en="You divide by the variation of y (NaN where all y are equal): that is the slope of x as a function of y, turned round. Errors are measured along y, so divide by the variation of x.",
    ko="y의 변동으로 나누었습니다(y가 모두 같으면 NaN). 그것은 x를 y의 함수로 볼 때의 기울기입니다. 오차는 y 방향으로 재므로 x의 변동으로 나누세요.",
)
def x_explained_by_y_with_nan(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dy * dy).sum(), x, y)


@misconception(
    "fit_line",
    en="Your slope is the correlation, between -1 and 1 (and NaN where all y are equal). It has no units; the slope has those of y per x: divide by the variance of x alone.",
    ko="기울기가 -1과 1 사이의 상관 계수입니다(y가 모두 같으면 NaN). 상관 계수에는 단위가 없고 기울기의 단위는 y/x입니다. x의 분산으로만 나누세요.",
)
def correlation_with_nan(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / ((dx * dx).sum() * (dy * dy).sum()).sqrt(), x, y)


@misconception(
    "fit_line",
    en="The slope comes from raw x and y, as for a line through the origin. Both need deviations from their means; then the intercept fits.",
    ko="기울기를 원점을 지나는 직선처럼 x와 y 그대로 구했습니다. 둘 다 평균과의 편차를 써야 절편과 맞습니다.",
)
def slope_through_the_origin(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    return through_the_means((x * y).sum() / (x * x).sum(), x, y)


@misconception(
    "fit_line",
    en="The numerator is centred, the denominator is not: Σx² instead of Σ(x - mean)². Subtract the mean of x in both.",
    ko="분자는 평균을 뺐지만 분모는 Σ(x − 평균)² 대신 Σx²입니다. 둘 다 x의 평균을 빼야 합니다.",
)
def variation_of_x_not_centred(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (x * x).sum(), x, y)


@misconception(
    "fit_line",
    en="The denominator is centred, the numerator is not: Σxy instead of the sum of products of deviations. Subtract the means first.",
    ko="분모는 평균을 뺐지만 분자는 편차의 곱 대신 Σxy입니다. 먼저 평균을 빼세요.",
)
def products_not_centred(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    return through_the_means((x * y).sum() / ((x - x.mean()) ** 2).sum(), x, y)


@misconception(
    "fit_line",
    en="The intercept makes the line pass through the first point. It passes through the point of the two means.",
    ko="직선이 첫 번째 점을 지나도록 절편을 정했습니다. 직선은 두 평균이 이루는 점을 지납니다.",
)
def intercept_from_the_first_point(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return (dx * dy).sum() / (dx * dx).sum(), y[0] - (dx * dy).sum() / (dx * dx).sum() * x[0]


@misconception(
    "fit_line",
    en="The intercept makes the line pass through the last point. It passes through the point of the two means.",
    ko="직선이 마지막 점을 지나도록 절편을 정했습니다. 직선은 두 평균이 이루는 점을 지납니다.",
)
def intercept_from_the_last_point(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return (dx * dy).sum() / (dx * dx).sum(), y[-1] - (dx * dy).sum() / (dx * dx).sum() * x[-1]


@misconception(
    "fit_line",
    en="The slope is missing in the intercept: it is the mean of y minus w times the mean of x.",
    ko="절편에 기울기가 빠졌습니다. y의 평균에서 x의 평균을 그냥 뺄 것이 아니라 w를 곱해 빼야 합니다.",
)
def intercept_without_the_slope(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return (dx * dy).sum() / (dx * dx).sum(), y.mean() - x.mean()


@misconception(
    "fit_line",
    en="The intercept is 0 although the slope is that of the free line. The line has to pass through the point of the two means.",
    ko="기울기는 맞지만 절편이 0입니다. 직선은 두 평균이 이루는 점을 지나야 합니다.",
)
def intercept_zero(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return (dx * dy).sum() / (dx * dx).sum(), torch.zeros_like(y[0])


@misconception(
    "fit_line",
    en="The intercept has the wrong sign: w times the mean of x minus the mean of y. At x = 0 the line must have the height b.",
    ko="절편의 부호가 반대입니다(w × x의 평균에서 y의 평균을 뺐습니다). x = 0에서 직선의 높이가 b여야 합니다.",
)
def intercept_turned_round(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return (dx * dy).sum() / (dx * dx).sum(), (dx * dy).sum() / (dx * dx).sum() * x.mean() - y.mean()


@misconception(
    "fit_line",
    en="Covariance and variance are divided by different numbers, one by N and one by N - 1. Use the same for both, then it cancels.",
    ko="공분산과 분산을 N과 N − 1로 서로 다르게 나누었습니다. 같은 수로 나누면 약분됩니다.",
)
def mixed_denominators_the_other_way(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).mean() / x.var(), x, y)


@misconception(
    "fit_line",
    en="The numerator is a mean and the denominator a sum, so the slope is too small by the factor N. Use the same for both.",
    ko="분자는 평균, 분모는 합이어서 기울기가 N배 작습니다. 둘 다 같게 하세요.",
)
def mean_over_sum(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).mean() / (dx * dx).sum(), x, y)


@misconception(
    "fit_line",
    en="The numerator is a sum and the denominator a mean, so the slope is too large by the factor N. Use the same for both.",
    ko="분자는 합, 분모는 평균이어서 기울기가 N배 큽니다. 둘 다 같게 하세요.",
)
def sum_over_mean(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dx * dx).mean(), x, y)


@misconception(
    "fit_line",
    en="The covariance is divided by the standard deviation of x. The slope divides by its square, the variance.",
    ko="공분산을 x의 표준편차로 나누었습니다. 기울기는 그 제곱인 분산으로 나눕니다.",
)
def divided_by_the_standard_deviation(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).mean() / (dx * dx).mean().sqrt(), x, y)


@misconception(
    "fit_line",
    en="The slope is the spread of y divided by that of x. It ignores how x and y vary together, and is never negative.",
    ko="기울기를 y의 퍼짐을 x의 퍼짐으로 나눈 값으로 구했습니다. x와 y가 함께 변하는 정도를 보지 않고, 음수도 될 수 없습니다.",
)
def quotient_of_the_spreads(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dy * dy).sum().sqrt() / (dx * dx).sum().sqrt(), x, y)


@misconception(
    "fit_line",
    en="The slope is the covariance. Divide it by the variance of x.",
    ko="기울기가 공분산 그대로입니다. x의 분산으로 나누어야 합니다.",
)
def covariance_for_slope(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).mean(), x, y)


@misconception(
    "fit_line",
    en="You average the slopes between neighbouring points. Two points close together get the same say as two far apart, and noise decides; least squares weighs all deviations from the means.",
    ko="이웃한 점 사이의 기울기를 평균했습니다. 가까운 두 점도 먼 두 점과 똑같이 세어 잡음이 결과를 좌우합니다. 최소제곱은 평균과의 편차를 모두 함께 봅니다.",
)
def slopes_of_neighbours_averaged(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = x[1:] - x[:-1], y[1:] - y[:-1]
    return through_the_means((dy[dx != 0] / dx[dx != 0]).mean(), x, y)


@misconception(
    "fit_line",
    en="You average the quotients of the deviations. Points near the mean of x then decide everything; sum numerators and denominators first.",
    ko="편차의 비를 점마다 구해 평균했습니다. 그러면 x의 평균에 가까운 점이 결과를 좌우합니다. 분자와 분모를 먼저 각각 더하세요.",
)
def slopes_from_the_centre_averaged(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dy / dx).mean(), x, y)


@misconception(
    "fit_line",
    en="A small number is added to the variation of x. Where x varies little it makes the slope too small; ask whether x varies at all instead.",
    ko="x의 변동에 작은 수를 더했습니다. x가 조금만 변하면 기울기가 작아집니다. 대신 x가 변하기는 하는지 확인하세요.",
)
def large_number_in_the_denominator(x, y):
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / ((dx * dx).sum() + 1e-3), x, y)


@misconception(
    "fit_line",
    en="A small number is added to the variation of x. Where x varies little it makes the slope too small; ask whether x varies at all instead.",
    ko="x의 변동에 작은 수를 더했습니다. x가 조금만 변하면 기울기가 작아집니다. 대신 x가 변하기는 하는지 확인하세요.",
)
def small_number_in_the_denominator(x, y):
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / ((dx * dx).sum() + 1e-6), x, y)


@misconception(
    "fit_line",
    en="A small number is added to the variation of x. Where x varies little it makes the slope too small; ask whether x varies at all instead.",
    ko="x의 변동에 작은 수를 더했습니다. x가 조금만 변하면 기울기가 작아집니다. 대신 x가 변하기는 하는지 확인하세요.",
)
def smaller_number_in_the_denominator(x, y):
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / ((dx * dx).sum() + 1e-8), x, y)


@misconception(
    "fit_line",
    en="Equal x are refused with an error. Every slope is as good there, and w = 0 with the mean of y is agreed on.",
    ko="x가 모두 같으면 오류를 냅니다. 그때는 어떤 기울기든 마찬가지이므로 w = 0과 y의 평균을 돌려주기로 했습니다.",
)
def equal_x_refused(x, y):
    if flat(x):
        raise ValueError("x")
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dx * dx).sum(), x, y)


@misconception(
    "fit_line",
    en="You treat only N = 1 apart. More points may have equal x as well, and 0 divided by 0 is NaN.",
    ko="N = 1만 따로 처리했습니다. 점이 여럿이어도 x가 모두 같을 수 있고, 그때 0 / 0은 NaN입니다.",
)
def only_one_point_handled(x, y):
    if len(x) == 1:
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dx * dx).sum(), x, y)


# -- 5. mse_mae_halfsse ----------------------------------------------------------------------------------------------


def refuse_other_shapes(y, yhat):
    if y.shape != yhat.shape:
        raise ValueError("shapes")


@misconception(
    "mse_mae_halfsse",
    en="Shapes that differ are not refused: (N,) minus (N, 1) becomes an (N, N) table of every prediction minus every target, and the loss is silently wrong.",
    ko="서로 다른 모양을 거절하지 않았습니다. (N,)에서 (N, 1)을 빼면 모든 예측에서 모든 정답을 뺀 (N, N) 표가 되어 손실이 소리 없이 틀립니다.",
)
def shapes_broadcast(y, yhat):
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You reshape (or squeeze) the predictions until they fit. Shapes that do not agree point to a mistake elsewhere, so refuse them with ValueError.",
    ko="예측의 모양을 reshape이나 squeeze로 맞추었습니다. 모양이 다르다는 것은 다른 곳에 실수가 있다는 뜻이므로 ValueError로 거절하세요.",
)
def reshaped_until_they_fit(y, yhat):
    e = yhat.reshape(-1) - y.reshape(-1)
    return (e**2).mean(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You compare the numbers of elements, or the first sizes, only: (N,) and (N, 1) pass this test and still broadcast to (N, N).",
    ko="원소의 수나 첫 축의 크기만 비교했습니다. (N,)과 (N, 1)은 이 검사를 통과하지만 여전히 (N, N)으로 브로드캐스팅됩니다.",
)
def only_lengths_compared(y, yhat):
    if len(y) != len(yhat):
        raise ValueError("lengths")
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The first result is a root, the RMSE. MSE is the mean of the squares itself.",
    ko="첫 번째 결과에 제곱근을 씌워 RMSE가 되었습니다. MSE는 제곱의 평균 그대로입니다.",
)
def root_of_the_mse(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean().sqrt(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The half is missing in the last result.",
    ko="마지막 결과에 1/2이 빠졌습니다.",
)
def half_missing(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), (e**2).sum()


@misconception(
    "mse_mae_halfsse",
    en="Half the SSE is half of a sum. You took half of the mean, which is smaller by the factor N.",
    ko="마지막 결과는 '합'의 절반인데 평균의 절반을 구해서 N배 작아졌습니다.",
)
def half_of_the_mean(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), (e**2).mean() / 2


@misconception(
    "mse_mae_halfsse",
    en="You put the half into the MSE. It is the mean of the squares, without a factor; the half belongs to the last result.",
    ko="MSE에 1/2을 곱했습니다. MSE는 상수가 붙지 않는 제곱의 평균이고, 1/2은 마지막 결과에만 붙습니다.",
)
def half_in_the_mse(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean() / 2, e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You sum where a mean is asked for: the M in MSE and MAE divides by the number of samples.",
    ko="평균을 내야 할 곳에서 합을 구했습니다. MSE와 MAE의 M은 샘플 수로 나눈 평균을 뜻합니다.",
)
def sums_for_means(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).sum(), e.abs().sum(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The second result lacks the absolute value, so errors upwards and downwards cancel.",
    ko="두 번째 결과에 절댓값이 없어서 위쪽 오차와 아래쪽 오차가 상쇄됩니다.",
)
def absolute_value_missing(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="MSE and MAE stand in the wrong order.",
    ko="MSE와 MAE의 순서가 바뀌었습니다.",
)
def first_two_exchanged(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return e.abs().mean(), (e**2).mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You square the mean error instead of taking the mean of the squared errors: errors of opposite sign cancel before they are squared.",
    ko="제곱 오차의 평균이 아니라 평균 오차의 제곱을 구했습니다. 부호가 반대인 오차가 제곱하기도 전에 상쇄됩니다.",
)
def square_of_the_mean(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return e.mean() ** 2, e.abs().mean(), e.sum() ** 2 / 2


@misconception(
    "mse_mae_halfsse",
    en="You divide by N - 1, as for a sample variance. These errors are plain means over N samples.",
    ko="표본 분산처럼 N - 1로 나누었습니다. 여기서는 샘플 N개에 대한 보통 평균입니다.",
)
def divided_by_n_minus_one(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    n = max(len(e) - 1, 1)
    return (e**2).sum() / n, e.abs().sum() / n, (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The second result is a median. MAE is the mean of the absolute errors.",
    ko="두 번째 결과가 중앙값입니다. MAE는 절대 오차의 평균입니다.",
)
def median_of_the_errors(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().median(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The second result is the largest error. MAE is the mean of the absolute errors.",
    ko="두 번째 결과가 가장 큰 오차입니다. MAE는 절대 오차의 평균입니다.",
)
def largest_error(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().max(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You divide by N - 1, as for a sample variance. These errors are plain means over N samples.",
    ko="표본 분산처럼 N − 1로 나누었습니다. 이 오차들은 샘플 N개에 대한 단순 평균입니다.",
)
def mse_divided_by_n_minus_one(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).sum() / max(len(e) - 1, 1), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You divide by N - 1, as for a sample variance. These errors are plain means over N samples.",
    ko="표본 분산처럼 N − 1로 나누었습니다. 이 오차들은 샘플 N개에 대한 단순 평균입니다.",
)
def mae_divided_by_n_minus_one(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().sum() / max(len(e) - 1, 1), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You divide by N - 1, as for a sample variance. These errors are plain means over N samples.",
    ko="표본 분산처럼 N − 1로 나누었습니다. 이 오차들은 샘플 N개에 대한 단순 평균입니다.",
)
def mse_divided_by_zero(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).sum() / (len(e) - 1), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The first result is the variance of the errors: their mean is subtracted before they are squared. The MSE keeps a constant error, too.",
    ko="첫 번째 결과가 오차의 분산입니다. 제곱하기 전에 오차의 평균을 뺐습니다. MSE에는 일정한 오차도 들어갑니다.",
)
def variance_of_the_errors(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return e.var(unbiased=False), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The first result is the variance of the errors: their mean is subtracted before they are squared. The MSE keeps a constant error, too.",
    ko="첫 번째 결과가 오차의 분산입니다. 제곱하기 전에 오차의 평균을 뺐습니다. MSE에는 일정한 오차도 들어갑니다.",
)
def sample_variance_of_the_errors(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return e.var(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You square the mean error (or the sum) instead of taking the mean of the squared errors: errors of opposite sign cancel before they are squared.",
    ko="오차를 제곱해 평균하는 대신 평균(또는 합)을 제곱했습니다. 그러면 부호가 다른 오차가 제곱하기 전에 상쇄됩니다.",
)
def square_of_the_mean_in_the_mse(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return e.mean() ** 2, e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="You square the mean error (or the sum) instead of taking the mean of the squared errors: errors of opposite sign cancel before they are squared.",
    ko="오차를 제곱해 평균하는 대신 평균(또는 합)을 제곱했습니다. 그러면 부호가 다른 오차가 제곱하기 전에 상쇄됩니다.",
)
def square_of_the_sum_at_the_end(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), e.sum() ** 2 / 2


@misconception(
    "mse_mae_halfsse",
    en="The absolute errors are divided by y, which gives a relative error. MAE keeps the units of y.",
    ko="절대 오차를 y로 나눈 상대 오차입니다. MAE는 y의 단위를 그대로 가집니다.",
)
def relative_absolute_errors(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), (e / y).abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The errors are divided by y before they are squared, which gives a relative error. MSE uses the errors as they are.",
    ko="제곱하기 전에 오차를 y로 나눈 상대 오차입니다. MSE는 오차를 그대로 씁니다.",
)
def relative_squared_errors(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return ((e / y) ** 2).mean(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The last result adds absolute errors. Half the SSE adds squared ones.",
    ko="마지막 결과에서 절대 오차를 더했습니다. 제곱 오차의 합의 절반이어야 합니다.",
)
def half_of_absolute_errors(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), e.abs().sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The square is missing in the last result, so errors of opposite sign cancel.",
    ko="마지막 결과에서 제곱이 빠져 부호가 다른 오차가 상쇄됩니다.",
)
def squares_missing_at_the_end(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), e.sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The square is missing in the first result, so errors of opposite sign cancel.",
    ko="첫 번째 결과에서 제곱이 빠져 부호가 다른 오차가 상쇄됩니다.",
)
def squares_missing_in_the_mse(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return e.mean(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The first result is the mean of absolute errors. The S in MSE means squares.",
    ko="첫 번째 결과가 절대 오차의 평균입니다. MSE의 S는 제곱입니다.",
)
def mae_for_the_mse(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return e.abs().mean(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The last result is a root. Half the sum of the squares itself is asked for.",
    ko="마지막 결과에 제곱근이 있습니다. 제곱합 자체의 절반이어야 합니다.",
)
def root_of_the_sum_at_the_end(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), (e**2).sum().sqrt() / 2


@misconception(
    "mse_mae_halfsse",
    en="The second result is the root of the mean squared error. MAE is the mean of absolute values, which forgives an outlier more.",
    ko="두 번째 결과가 평균 제곱 오차의 제곱근입니다. MAE는 절댓값의 평균이고 이상치에 덜 민감합니다.",
)
def root_mean_square_for_the_mae(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), (e**2).mean().sqrt(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="The half is squared together with the error, so it became a quarter. It stands before the square.",
    ko="1/2을 오차와 함께 제곱해 1/4이 되었습니다. 1/2은 제곱 앞에 있어야 합니다.",
)
def square_of_the_half(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), ((e / 2) ** 2).sum()


@misconception(
    "mse_mae_halfsse",
    en="For shapes that differ an assert raises AssertionError. ValueError is asked for, by that name.",
    ko="모양이 다를 때 assert가 AssertionError를 냅니다. 여기서는 ValueError를 발생시켜야 합니다.",
)
def shapes_asserted(y, yhat):
    assert y.shape == yhat.shape
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), (e**2).sum() / 2


@misconception(
    "mse_mae_halfsse",
    en="For shapes that differ you return None instead of raising ValueError.",
    ko="모양이 다를 때 ValueError를 발생시키지 않고 None을 돌려줍니다.",
)
def nothing_returned_for_other_shapes(y, yhat):
    if y.shape != yhat.shape:
        return None
    e = yhat - y
    return (e**2).mean(), e.abs().mean(), (e**2).sum() / 2


# -- 6. poly_fit_curve -----------------------------------------------------------------------------------------------


def powers(x, exponents):
    return torch.stack([x**p for p in exponents], dim=1) if len(exponents) else x.new_zeros(len(x), 0)


def solve(V, y):
    if V.shape[1] == 0:
        return y.new_zeros(0)
    return torch.linalg.lstsq(V, y[:, None]).solution[:, 0]


def mean_square(V, c, y):
    return ((V @ c - y) ** 2).mean()


@misconception(
    "poly_fit_curve",
    en="There is no constant column: your polynomials are forced through 0 at x = 0. The powers begin with x^0.",
    ko="상수 열이 없어서 다항식이 x = 0에서 반드시 0을 지나야 합니다. 거듭제곱은 x^0부터 시작합니다.",
)
def constant_column_missing(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(1, degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The highest power is missing: a polynomial of degree p has p + 1 coefficients, up to and including x^p.",
    ko="가장 높은 거듭제곱이 빠졌습니다. p차 다항식의 계수는 x^p까지 포함해 p + 1개입니다.",
)
def highest_power_missing(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The columns are in ascending order in one matrix and in descending order in the other, so the validation points meet the coefficients of other powers.",
    ko="한 행렬의 열은 오름차순인데 다른 행렬의 열은 내림차순이어서, 검증 점에 엉뚱한 거듭제곱의 계수가 곱해집니다.",
)
def powers_reversed_for_validation(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c.flip(0), yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You fit a second polynomial to the validation points. They are there to judge the first one, not to train.",
    ko="검증 점에 다항식을 새로 맞추었습니다. 검증 점은 학습에 쓰지 않고, 이미 맞춘 다항식을 평가하는 데만 씁니다.",
)
def validation_fitted_itself(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        tr.append(mean_square(powers(x, p), solve(powers(x, p), y), y))
        va.append(mean_square(powers(xv, p), solve(powers(xv, p), yv), yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="Training and validation points are fitted together. What takes part in the fit cannot judge it any more.",
    ko="학습 점과 검증 점을 합쳐서 맞추었습니다. 맞추는 데 쓴 점으로는 더 이상 평가할 수 없습니다.",
)
def fitted_to_both_sets(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(torch.cat([x, xv]), p), torch.cat([y, yv]))
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The errors are sums. With sets of different sizes only means can be compared.",
    ko="오차를 합으로 구했습니다. 데이터의 크기가 서로 다르면 평균이라야 비교할 수 있습니다.",
)
def errors_summed(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y) * len(x))
        va.append(mean_square(powers(xv, p), c, yv) * len(xv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You solve the normal equations with V^T V. That squares the condition of the problem and costs half of the digits; at high degrees nothing is left.",
    ko="V^T V로 정규방정식을 풀었습니다. 그러면 문제의 조건수가 제곱되어 유효 숫자의 절반을 잃고, 높은 차수에서는 아무것도 남지 않습니다.",
)
def normal_equations(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        V = powers(x, p)
        c = torch.linalg.inv_ex(V.T @ V).inverse @ (V.T @ y)
        tr.append(mean_square(V, c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You return roots of the mean squared errors. Here the mean squared error itself is asked for.",
    ko="평균 제곱 오차에 제곱근을 씌웠습니다. 여기서는 평균 제곱 오차 그대로를 돌려줘야 합니다.",
)
def roots_of_the_errors(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y).sqrt())
        va.append(mean_square(powers(xv, p), c, yv).sqrt())
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="Your errors are means of absolute values. Here they are means of squares, as in the fit.",
    ko="오차를 절댓값의 평균으로 구했습니다. 여기서는 맞출 때와 같이 제곱의 평균입니다.",
)
def absolute_errors(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append((powers(x, p) @ c - y).abs().mean())
        va.append((powers(xv, p) @ c - yv).abs().mean())
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The results are exchanged: first the training errors, then the validation errors.",
    ko="결과의 순서가 바뀌었습니다. 학습 오차가 먼저, 검증 오차가 나중입니다.",
)
def curves_exchanged(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(va), torch.stack(tr)


@misconception(
    "poly_fit_curve",
    en="You count degrees 0, 1, 2, ... instead of taking them from the list.",
    ko="목록에 있는 차수를 쓰지 않고 0, 1, 2, ...로 세었습니다.",
)
def list_of_degrees_ignored(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in range(len(degrees)):
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You sort the degrees (or return the errors by rising degree). The results follow the order in which the degrees are given.",
    ko="차수를 정렬해서 계산했습니다. 결과는 주어진 차수의 순서를 따라야 합니다.",
)
def degrees_sorted(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in sorted(degrees):
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You fit the highest degree once and cut its coefficients off for the lower ones. The powers are not orthogonal: every degree needs a fit of its own.",
    ko="가장 높은 차수를 한 번 맞춘 뒤 계수를 잘라 낮은 차수에 썼습니다. 거듭제곱은 서로 직교하지 않으므로 차수마다 새로 맞춰야 합니다.",
)
def coefficients_cut_off(x, y, degrees, xv, yv):
    tr, va = [], []
    top = solve(powers(x, range(max(degrees) + 1)), y)
    for degree in degrees:
        p, c = range(degree + 1), top[: degree + 1]
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You solve the normal equations with V^T V. That squares the condition of the problem and costs half of the digits; at high degrees nothing is left.",
    ko="V^T V를 쓰는 정규방정식을 풀었습니다. 문제의 조건수가 제곱되어 자릿수의 절반을 잃고, 높은 차수에서는 남는 것이 없습니다.",
)
def normal_equations_solved(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        V = torch.stack([x**j for j in range(degree + 1)], 1)
        c = torch.linalg.solve_ex(V.T @ V, V.T @ y).result
        tr.append(((V @ c - y) ** 2).mean())
        va.append(((powers(xv, range(degree + 1)) @ c - yv) ** 2).mean())
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You solve the normal equations with V^T V. That squares the condition of the problem and costs half of the digits; at high degrees nothing is left.",
    ko="V^T V를 쓰는 정규방정식을 풀었습니다. 문제의 조건수가 제곱되어 자릿수의 절반을 잃고, 높은 차수에서는 남는 것이 없습니다.",
)
def normal_equations_of_vander_solved(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        V, U = torch.vander(x, degree + 1, increasing=True), torch.vander(xv, degree + 1, increasing=True)
        c = torch.linalg.solve_ex(V.T @ V, V.T @ y).result
        tr.append(((V @ c - y) ** 2).mean())
        va.append(((U @ c - yv) ** 2).mean())
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You solve the normal equations with V^T V. That squares the condition of the problem and costs half of the digits; at high degrees nothing is left.",
    ko="V^T V를 쓰는 정규방정식을 풀었습니다. 문제의 조건수가 제곱되어 자릿수의 절반을 잃고, 높은 차수에서는 남는 것이 없습니다.",
)
def normal_equations_inverted(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        V = powers(x, range(degree + 1))
        c = torch.linalg.inv_ex(V.T @ V).inverse @ V.T @ y
        tr.append(((V @ c - y) ** 2).mean())
        va.append(((powers(xv, range(degree + 1)) @ c - yv) ** 2).mean())
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You solve the normal equations with V^T V. That squares the condition of the problem and costs half of the digits; at high degrees nothing is left.",
    ko="V^T V를 쓰는 정규방정식을 풀었습니다. 문제의 조건수가 제곱되어 자릿수의 절반을 잃고, 높은 차수에서는 남는 것이 없습니다.",
)
def normal_equations_of_vander_inverted(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        V, U = torch.vander(x, degree + 1, increasing=True), torch.vander(xv, degree + 1, increasing=True)
        c = torch.linalg.inv_ex(V.T @ V).inverse @ V.T @ y
        tr.append(((V @ c - y) ** 2).mean())
        va.append(((U @ c - yv) ** 2).mean())
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The highest power is missing: a polynomial of degree p has p + 1 coefficients, up to and including x^p.",
    ko="가장 높은 거듭제곱이 빠졌습니다. p차 다항식의 계수는 x^p까지 p + 1개입니다.",
)
def highest_power_missing_above_zero(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(max(degree, 1))
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="There is no constant column: your polynomials are forced through 0 at x = 0, and degree 0 predicts 0 everywhere. The powers begin with x^0.",
    ko="상수 열이 없습니다. 다항식이 x = 0에서 0을 지나게 되고, 0차는 언제나 0을 예측합니다. 거듭제곱은 x^0부터 시작합니다.",
)
def powers_from_one(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(1, max(degree, 1) + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="There is one power too many: degree p ends with x^p, not with x^(p + 1).",
    ko="거듭제곱이 하나 더 많습니다. p차는 x^(p + 1)이 아니라 x^p에서 끝납니다.",
)
def one_power_too_many(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 2)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You fit every degree from 0 to the largest. Only those of the list are asked for, one result for each.",
    ko="0차부터 가장 큰 차수까지 모두 맞추었습니다. 목록에 있는 차수만, 하나에 결과 하나씩 돌려주어야 합니다.",
)
def every_degree_up_to_the_largest(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in range(max(degrees) + 1):
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="Your columns are 1 and x^p alone. A polynomial has all the powers in between as well.",
    ko="열이 1과 x^p뿐입니다. 다항식에는 그 사이의 거듭제곱도 모두 있습니다.",
)
def highest_power_alone(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = sorted({0, degree})
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The validation error is divided by the number of training points. It is a mean over the M validation points.",
    ko="검증 오차를 훈련 점의 수로 나누었습니다. 검증 점 M개에 대한 평균이어야 합니다.",
)
def validation_divided_by_n(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(((powers(xv, p) @ c - yv) ** 2).sum() / len(x))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The training error is divided by the number of validation points. It is a mean over the N training points.",
    ko="훈련 오차를 검증 점의 수로 나누었습니다. 훈련 점 N개에 대한 평균이어야 합니다.",
)
def training_divided_by_m(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(((powers(x, p) @ c - y) ** 2).sum() / len(xv))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The training error is divided by N minus the number of coefficients, which estimates the noise. Here it is a plain mean over N points.",
    ko="훈련 오차를 N에서 계수의 수를 뺀 값으로 나누었습니다. 그것은 잡음의 추정치입니다. 여기서는 점 N개에 대한 단순 평균입니다.",
)
def degrees_of_freedom_subtracted(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(((powers(x, p) @ c - y) ** 2).sum() / max(len(x) - degree - 1, 1))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="The second result is the training error again. It belongs to the validation points, xv and yv.",
    ko="두 번째 결과도 훈련 오차입니다. 검증 점 xv, yv에서 계산해야 합니다.",
)
def validation_is_training_again(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(x, p), c, y))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="A multiple of the identity is added to V^T V, a ridge penalty. It shrinks the coefficients, and the result is no longer the least-squares fit.",
    ko="V^T V에 단위 행렬의 배수를 더했습니다(릿지 벌점). 계수가 줄어들어 더는 최소제곱해가 아닙니다.",
)
def large_ridge_penalty(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = torch.linalg.solve_ex(
            powers(x, p).T @ powers(x, p) + 1e-3 * torch.eye(degree + 1, dtype=x.dtype), powers(x, p).T @ y
        ).result
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="A multiple of the identity is added to V^T V, a ridge penalty. It shrinks the coefficients, and the result is no longer the least-squares fit.",
    ko="V^T V에 단위 행렬의 배수를 더했습니다(릿지 벌점). 계수가 줄어들어 더는 최소제곱해가 아닙니다.",
)
def small_ridge_penalty(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = torch.linalg.solve_ex(
            powers(x, p).T @ powers(x, p) + 1e-6 * torch.eye(degree + 1, dtype=x.dtype), powers(x, p).T @ y
        ).result
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="A multiple of the identity is added to V^T V, a ridge penalty. It shrinks the coefficients, and the result is no longer the least-squares fit.",
    ko="V^T V에 단위 행렬의 배수를 더했습니다(릿지 벌점). 계수가 줄어들어 더는 최소제곱해가 아닙니다.",
)
def smaller_ridge_penalty(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = torch.linalg.solve_ex(
            powers(x, p).T @ powers(x, p) + 1e-8 * torch.eye(degree + 1, dtype=x.dtype), powers(x, p).T @ y
        ).result
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="A multiple of the identity is added to V^T V, a ridge penalty. It shrinks the coefficients, and the result is no longer the least-squares fit.",
    ko="V^T V에 단위 행렬의 배수를 더했습니다(릿지 벌점). 계수가 줄어들어 더는 최소제곱해가 아닙니다.",
)
def tiny_ridge_penalty(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = torch.linalg.solve_ex(
            powers(x, p).T @ powers(x, p) + 1e-10 * torch.eye(degree + 1, dtype=x.dtype), powers(x, p).T @ y
        ).result
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


# -- 7. occam_choice -------------------------------------------------------------------------------------------------


def lowest(va_err):
    return va_err[~va_err.isnan()].min()


def choose(good, key):
    """The first index among the good ones with the smallest key."""
    return min(good.nonzero()[:, 0].tolist(), key=lambda k: (float(key[k]), k))


@misconception(
    "occam_choice",
    en="You take the model with the smallest error and never look at complexity. A much simpler one may be nearly as good.",
    ko="복잡도는 보지 않고 오차가 가장 작은 모델을 골랐습니다. 훨씬 단순하면서 거의 비슷하게 좋은 모델이 있을 수 있습니다.",
)
def smallest_error_only(va_err, complexity, tol):
    return choose(~va_err.isnan(), va_err)


@misconception(
    "occam_choice",
    en="You take the simplest model of all, however bad it is. Only models that are good enough may be compared in complexity.",
    ko="오차가 아무리 커도 가장 단순한 모델을 골랐습니다. 복잡도는 충분히 좋은 모델끼리만 비교해야 합니다.",
)
def simplest_of_all(va_err, complexity, tol):
    return choose(torch.ones_like(complexity), complexity)


@misconception(
    "occam_choice",
    en="The tolerance is added to the smallest error as it is. It is meant relatively: a share of that error.",
    ko="허용 범위를 가장 작은 오차에 그대로 더했습니다. 허용 범위는 그 오차에 대한 비율입니다.",
)
def absolute_tolerance(va_err, complexity, tol):
    return choose(va_err <= lowest(va_err) + tol, complexity)


@misconception(
    "occam_choice",
    en="Among equally simple models you take the last one. The lowest index wins.",
    ko="똑같이 단순한 모델 가운데 마지막 것을 골랐습니다. 인덱스가 가장 작은 것을 골라야 합니다.",
)
def last_of_equals(va_err, complexity, tol):
    good = (va_err <= (1 + tol) * lowest(va_err)).nonzero()[:, 0].tolist()
    return min(good, key=lambda k: (int(complexity[k]), -k))


@misconception(
    "occam_choice",
    en="Among equally simple models you take the one with the smaller error. That difference is what the tolerance calls chance: only the index decides.",
    ko="똑같이 단순한 모델 가운데 오차가 작은 것을 골랐습니다. 그 차이는 허용 범위 안의 우연이므로 인덱스만 봐야 합니다.",
)
def equals_decided_by_error(va_err, complexity, tol):
    good = (va_err <= (1 + tol) * lowest(va_err)).nonzero()[:, 0].tolist()
    return min(good, key=lambda k: (int(complexity[k]), float(va_err[k]), k))


@misconception(
    "occam_choice",
    en="A model exactly at the limit is left out. Equality is good enough, so compare with <=.",
    ko="정확히 한계에 걸친 모델을 뺐습니다. 같을 때도 충분히 좋은 것이므로 <=로 비교해야 합니다.",
)
def limit_excluded(va_err, complexity, tol):
    best = lowest(va_err)
    return choose((va_err < (1 + tol) * best) | (va_err == best), complexity)


@misconception(
    "occam_choice",
    en="A failed run spoils the minimum: the smallest of numbers with a NaN among them is NaN, and every comparison with it is false. Leave the NaN out first.",
    ko="실패한 학습이 최솟값을 망쳤습니다. NaN이 섞이면 최솟값도 NaN이 되고, NaN과의 비교는 모두 거짓입니다. NaN을 먼저 빼세요.",
)
def nan_spoils_the_minimum(va_err, complexity, tol):
    good = va_err <= (1 + tol) * va_err.min()
    return int(torch.where(good, complexity, complexity.max() + 1).argmin())


@misconception(
    "occam_choice",
    en="Failed runs are taken for runs without error: NaN became 0, the best error of all. NaN is never good enough.",
    ko="실패한 학습을 오차가 없는 것으로 보았습니다. NaN이 가장 좋은 오차인 0이 되어 버렸습니다. NaN은 절대 충분히 좋지 않습니다.",
)
def nan_becomes_zero(va_err, complexity, tol):
    va_err = torch.nan_to_num(va_err, nan=0.0)
    return choose(va_err <= (1 + tol) * va_err.min(), complexity)


@misconception(
    "occam_choice",
    en="Your index counts only the models that are good enough. Translate it back into an index of the whole list.",
    ko="충분히 좋은 모델만 놓고 센 인덱스를 돌려주었습니다. 전체 목록의 인덱스로 되돌려야 합니다.",
)
def index_among_the_good(va_err, complexity, tol):
    return int(complexity[va_err <= (1 + tol) * lowest(va_err)].argmin())


@misconception(
    "occam_choice",
    en="The failed runs are thrown out before you count, so that your index no longer fits the whole list.",
    ko="실패한 모델을 먼저 지우고 세어서, 인덱스가 전체 목록과 맞지 않습니다.",
)
def index_without_failed_runs(va_err, complexity, tol):
    kept = ~va_err.isnan()
    return choose(va_err[kept] <= (1 + tol) * lowest(va_err), complexity[kept])


@misconception(
    "occam_choice",
    en="You return the complexity of the chosen model. Its index is asked for.",
    ko="고른 모델의 복잡도를 돌려주었습니다. 인덱스를 돌려줘야 합니다.",
)
def complexity_returned(va_err, complexity, tol):
    return int(complexity[choose(va_err <= (1 + tol) * lowest(va_err), complexity)])


@misconception(
    "occam_choice",
    en="You take the first model that is good enough. The list is in any order; look for the simplest one.",
    ko="충분히 좋은 첫 번째 모델을 골랐습니다. 목록의 순서는 임의이므로 가장 단순한 것을 찾아야 합니다.",
)
def first_good_enough(va_err, complexity, tol):
    return int((va_err <= (1 + tol) * lowest(va_err)).nonzero()[0, 0])


@misconception(
    "occam_choice",
    en="You take the most complex of the good models. Occam's razor keeps the simplest.",
    ko="충분히 좋은 모델 가운데 가장 복잡한 것을 골랐습니다. 오컴의 면도날은 가장 단순한 것을 남깁니다.",
)
def most_complex(va_err, complexity, tol):
    return choose(va_err <= (1 + tol) * lowest(va_err), -complexity)


@misconception(
    "occam_choice",
    en="A model exactly at the limit is left out. Equality is good enough, so compare with <=.",
    ko="정확히 한계에 있는 모델이 빠졌습니다. 같으면 충분히 좋으므로 <=로 비교하세요.",
)
def limit_excluded_but_for_the_first_best(va_err, complexity, tol):
    errors = va_err.nan_to_num(nan=torch.inf)
    good = errors < (1 + tol) * errors.min()
    good[errors.argmin()] = True
    return choose(good, complexity)


@misconception(
    "occam_choice",
    en="A model exactly at the limit is left out, and for tol = 0 nobody is good enough. Compare with <=.",
    ko="정확히 한계에 있는 모델이 빠지고, tol = 0이면 남는 모델이 없습니다. <=로 비교하세요.",
)
def nobody_below_the_limit(va_err, complexity, tol):
    good = va_err < (1 + tol) * lowest(va_err)
    return int(torch.where(good, complexity, complexity.max() + 1).argmin())


@misconception(
    "occam_choice",
    en="The argument tol is never used: a fixed share stands in its place.",
    ko="인자 tol을 쓰지 않고 고정된 비율을 썼습니다.",
)
def five_percent_always(va_err, complexity, tol):
    return choose(va_err <= 1.05 * lowest(va_err), complexity)


@misconception(
    "occam_choice",
    en="The argument tol is never used: a fixed share stands in its place.",
    ko="인자 tol을 쓰지 않고 고정된 비율을 썼습니다.",
)
def ten_percent_always(va_err, complexity, tol):
    return choose(va_err <= 1.1 * lowest(va_err), complexity)


@misconception(
    "occam_choice",
    en="The argument tol is never used: a fixed share stands in its place.",
    ko="인자 tol을 쓰지 않고 고정된 비율을 썼습니다.",
)
def twenty_five_percent_always(va_err, complexity, tol):
    return choose(va_err <= 1.25 * lowest(va_err), complexity)


@misconception(
    "occam_choice",
    en="tol is divided by 100. It is a share already: 0.05 means 5 %.",
    ko="tol을 100으로 나누었습니다. tol은 이미 비율이어서 0.05가 5 %입니다.",
)
def tolerance_in_percent(va_err, complexity, tol):
    return choose(va_err <= (1 + tol / 100) * lowest(va_err), complexity)


@misconception(
    "occam_choice",
    en="The limit is tol times the smallest error. It is (1 + tol) times that error: at most this share more.",
    ko="한계를 최소 오차의 tol배로 잡았습니다. (1 + tol)배, 즉 그 비율만큼 더 큰 것까지입니다.",
)
def one_plus_missing(va_err, complexity, tol):
    good = va_err <= tol * lowest(va_err)
    return int(torch.where(good, complexity, complexity.max() + 1).argmin())


@misconception(
    "occam_choice",
    en="The index is a tensor. A Python int is asked for.",
    ko="인덱스가 텐서입니다. 파이썬 int로 돌려주어야 합니다.",
)
def index_as_a_tensor(va_err, complexity, tol):
    return torch.tensor(choose(va_err <= (1 + tol) * lowest(va_err), complexity))


@misconception(
    "occam_choice",
    en="You weigh error and complexity in one sum, error + tol * complexity. Here the order is strict: first who is good enough, then who is simplest.",
    ko="오차와 복잡도를 error + tol * complexity처럼 더해서 비교했습니다. 여기서는 순서가 있습니다. 먼저 충분히 좋은 모델을 고르고, 그중 가장 단순한 것을 택합니다.",
)
def complexity_as_a_penalty(va_err, complexity, tol):
    return choose(~va_err.isnan(), (va_err + tol * complexity).nan_to_num(nan=torch.inf))


@misconception(
    "occam_choice",
    en="You take the smallest product of error and complexity. First decide who is good enough, then who of these is simplest.",
    ko="오차와 복잡도의 곱이 가장 작은 모델을 골랐습니다. 먼저 충분히 좋은 모델을 고르고, 그중 가장 단순한 것을 택하세요.",
)
def error_times_complexity(va_err, complexity, tol):
    return choose(~va_err.isnan(), (va_err * complexity).nan_to_num(nan=torch.inf))


@misconception(
    "occam_choice",
    en="The limit is measured from the mean error. What counts is the smallest error.",
    ko="한계를 평균 오차에서 잡았습니다. 기준은 가장 작은 오차입니다.",
)
def limit_from_the_mean(va_err, complexity, tol):
    return choose(va_err <= (1 + tol) * va_err.nanmean(), complexity)


@misconception(
    "occam_choice",
    en="You take the worst of the good models. The simplest of them is asked for; complexity decides, not the error.",
    ko="충분히 좋은 모델 가운데 오차가 가장 큰 것을 골랐습니다. 오차가 아니라 복잡도로 정해 가장 단순한 것을 골라야 합니다.",
)
def worst_of_the_good(va_err, complexity, tol):
    return choose(va_err <= (1 + tol) * lowest(va_err), -va_err.nan_to_num())


@misconception(
    "occam_choice",
    en="You take the last model that is good enough. The list is in any order; look for the simplest one.",
    ko="충분히 좋은 모델 가운데 마지막 것을 골랐습니다. 목록에는 순서가 없으므로 가장 단순한 것을 찾으세요.",
)
def last_good_enough(va_err, complexity, tol):
    return int((va_err <= (1 + tol) * lowest(va_err)).nonzero()[-1, 0])


# -- 8. ovr_targets, ovr_predict -------------------------------------------------------------------------------------


@misconception(
    "ovr_targets",
    en="The number of columns comes from the largest label that occurs. A class may be absent from the batch and still keeps its column: use C.",
    ko="열의 수를 나타난 레이블의 최댓값으로 정했습니다. 배치에 없는 클래스도 자기 열이 있어야 하므로 C를 쓰세요.",
)
def columns_from_the_labels(y, C):
    classes = int(y.max()) + 1 if len(y) else C
    return (y[:, None] == torch.arange(classes)).long()


@misconception(
    "ovr_targets",
    en="The targets are -1 and +1. Here they are 0 for the rest and 1 for the class.",
    ko="정답이 -1과 +1입니다. 여기서는 나머지가 0, 그 클래스가 1입니다.",
)
def targets_plus_minus_one(y, C):
    return 2 * (y[:, None] == torch.arange(C)).long() - 1


@misconception(
    "ovr_targets",
    en="Rows and columns are exchanged: samples stand in rows, classes in columns.",
    ko="행과 열이 뒤바뀌었습니다. 샘플은 행, 클래스는 열입니다.",
)
def targets_transposed(y, C):
    return (torch.arange(C)[:, None] == y).long()


@misconception(
    "ovr_targets",
    en="The entry is the number of the class instead of 1, so class 0 never has a positive target.",
    ko="1 대신 클래스 번호를 적어서 클래스 0에는 양의 정답이 하나도 없습니다.",
)
def class_number_as_target(y, C):
    return (y[:, None] == torch.arange(C)).long() * y[:, None]


@misconception(
    "ovr_targets",
    en="Class and rest are exchanged: the class itself is 1 in its column, the rest 0.",
    ko="클래스와 나머지가 뒤바뀌었습니다. 자기 열에서 그 클래스가 1, 나머지가 0입니다.",
)
def rest_is_one(y, C):
    return (y[:, None] != torch.arange(C)).long()


@misconception(
    "ovr_targets",
    en="The classes are counted from 1. Labels start at 0, like columns.",
    ko="클래스를 1부터 세었습니다. 레이블도 열과 마찬가지로 0부터 시작합니다.",
)
def classes_from_one(y, C):
    return (y[:, None] == torch.arange(1, C + 1)).long()


@misconception(
    "ovr_targets",
    en="The 1 goes on to all later classes. Only the column of the class itself holds a 1.",
    ko="그 뒤의 클래스까지 모두 1이 되었습니다. 그 클래스의 열에만 1이 있어야 합니다.",
)
def all_later_classes(y, C):
    return (y[:, None] <= torch.arange(C)).long()


@misconception(
    "ovr_targets",
    en="The targets are floats (or booleans). Here they are int64, as all labels in this assignment.",
    ko="정답이 실수(또는 bool)입니다. 이 과제의 모든 레이블처럼 int64여야 합니다.",
)
def float_targets(y, C):
    return (y[:, None] == torch.arange(C)).double()


@misconception(
    "ovr_predict",
    en="You look for the maximum over the samples: for each class the sample that fits it best. Compare the classes within each sample.",
    ko="샘플을 따라 최댓값을 찾아서, 클래스마다 가장 잘 맞는 샘플을 구했습니다. 샘플마다 클래스끼리 비교해야 합니다.",
)
def maximum_over_samples(X, W, b):
    scores = X @ W + b
    return scores.argmax(dim=0) if len(X) else X.new_zeros(W.shape[1]).long()


@misconception(
    "ovr_predict",
    en="You ask every machine for its sign and return a table of yes and no. Several may say yes, or none; the largest score gives one answer for each sample.",
    ko="분류기마다 부호를 물어 예/아니요의 표를 돌려주었습니다. 여럿이 예라고 하거나 아무도 예라고 하지 않을 수 있습니다. 샘플마다 점수가 가장 큰 클래스 하나를 고르세요.",
)
def signs_of_all_machines(X, W, b):
    return (X @ W + b >= 0).long()


@misconception(
    "ovr_predict",
    en="The first machine that says yes wins, whatever the others score. Compare all scores, and take the largest even if it is negative.",
    ko="다른 점수는 보지 않고 처음으로 예라고 한 클래스를 골랐습니다. 모든 점수를 비교해서, 음수이더라도 가장 큰 것을 고르세요.",
)
def first_positive_class(X, W, b):
    return (X @ W + b >= 0).long().argmax(dim=1)


@misconception(
    "ovr_predict",
    en="The biases are missing. Each machine has its own, and they decide between scores of different machines.",
    ko="편향이 빠졌습니다. 분류기마다 자기 편향이 있고, 서로 다른 분류기의 점수를 비교할 때 큰 영향을 줍니다.",
)
def biases_missing(X, W, b):
    return (X @ W).argmax(dim=1)


@misconception(
    "ovr_predict",
    en="Among equal scores the last class wins with you. The lowest class is asked for.",
    ko="점수가 같을 때 마지막 클래스를 골랐습니다. 번호가 가장 작은 클래스를 골라야 합니다.",
)
def last_of_equal_scores(X, W, b):
    scores = X @ W + b
    return W.shape[1] - 1 - scores.flip(1).argmax(dim=1)


@misconception(
    "ovr_predict",
    en="You take the score that is largest in size, with its sign dropped. A large negative score is a firm no.",
    ko="부호를 떼고 크기가 가장 큰 점수를 골랐습니다. 크게 음수인 점수는 확실한 '아니요'입니다.",
)
def largest_in_size(X, W, b):
    return (X @ W + b).abs().argmax(dim=1)


@misconception(
    "ovr_predict",
    en="You divide every score by the length of its weights and compare distances. The scores themselves are compared here.",
    ko="점수를 가중치의 길이로 나누어 거리를 비교했습니다. 여기서는 점수 그대로를 비교합니다.",
)
def distances_compared(X, W, b):
    return ((X @ W + b) / W.norm(dim=0)).argmax(dim=1)


@misconception(
    "ovr_predict",
    en="You return the largest score. The class that has it is asked for.",
    ko="가장 큰 점수를 돌려주었습니다. 그 점수를 가진 클래스를 돌려줘야 합니다.",
)
def score_returned(X, W, b):
    return (X @ W + b).amax(dim=1)


@misconception(
    "ovr_predict",
    en="The smallest score wins with you. The scores are not errors: the larger, the surer the machine.",
    ko="가장 작은 점수를 골랐습니다. 점수는 오차가 아니며, 클수록 더 확실하다는 뜻입니다.",
)
def smallest_score(X, W, b):
    return (X @ W + b).argmin(dim=1)


@misconception(
    "ovr_predict",
    en="You look for the maximum over the samples: for each class the sample that fits it best (and an error without samples). Compare the classes within each sample.",
    ko="샘플에 대해 최댓값을 찾았습니다. 클래스마다 가장 잘 맞는 샘플이 나오고 샘플이 없으면 오류가 납니다. 샘플마다 클래스를 비교하세요.",
)
def maximum_along_the_samples(X, W, b):
    return (X @ W + b).argmax(dim=0)


@misconception(
    "ovr_predict",
    en="The classes are counted from 1. The column numbers of W start at 0, and so do the classes.",
    ko="클래스를 1부터 세었습니다. W의 열 번호는 0부터 시작하고 클래스도 그렇습니다.",
)
def predictions_from_one(X, W, b):
    return (X @ W + b).argmax(dim=1) + 1


@misconception(
    "ovr_predict",
    en="You return a one-hot table. One class number for each sample is asked for, (N,).",
    ko="원-핫 표를 돌려주었습니다. 샘플마다 클래스 번호 하나, 즉 (N,)이어야 합니다.",
)
def one_hot_predictions(X, W, b):
    return ((X @ W + b).argmax(dim=1)[:, None] == torch.arange(W.shape[1])).long()


@misconception(
    "ovr_predict",
    en="You return the scores of all classes. The class with the largest one is asked for.",
    ko="모든 클래스의 점수를 돌려주었습니다. 점수가 가장 큰 클래스를 구해야 합니다.",
)
def all_scores_returned(X, W, b):
    return X @ W + b


@misconception(
    "ovr_predict",
    en="The predictions stand in a column, (N, 1). One class number for each sample is asked for, (N,).",
    ko="예측의 모양이 (N, 1)입니다. 샘플마다 클래스 번호 하나, 즉 (N,)이어야 합니다.",
)
def predictions_in_a_column(X, W, b):
    return (X @ W + b).argmax(dim=1, keepdim=True)


@misconception(
    "ovr_predict",
    en="The biases are subtracted. The score is x·W + b, with a plus.",
    ko="편향을 뺐습니다. 점수는 x·W + b로 더해야 합니다.",
)
def biases_subtracted(X, W, b):
    return (X @ W - b).argmax(dim=1)


@misconception(
    "ovr_predict",
    en="The last machine that says yes wins with you. Compare all scores, and take the largest even if it is negative.",
    ko="'예'라고 한 기계 가운데 마지막 것을 골랐습니다. 모든 점수를 비교해 음수라도 가장 큰 것을 고르세요.",
)
def last_positive_class(X, W, b):
    yes = (X @ W + b >= 0).long()
    return (yes * torch.arange(W.shape[1])).amax(dim=1) if len(X) else X.new_zeros(0).long()


@misconception(
    "ovr_targets",
    en="There is one column too many. C classes, counted from 0, make C columns.",
    ko="열이 하나 더 많습니다. 0부터 센 클래스 C개에는 열이 C개입니다.",
)
def one_column_too_many(y, C):
    return (y[:, None] == torch.arange(C + 1)).long()


@misconception(
    "ovr_targets",
    en="The last class has no column. One-vs-rest asks one question for every class.",
    ko="마지막 클래스의 열이 없습니다. 일대다에서는 클래스마다 질문이 하나씩 있습니다.",
)
def last_class_without_column(y, C):
    return (y[:, None] == torch.arange(C - 1)).long()


@misconception(
    "ovr_targets",
    en="The labels come back as they are, in one column. Each class needs its own column of 0 and 1.",
    ko="레이블을 그대로 돌려주었습니다. 클래스마다 0과 1로 된 열이 하나씩 필요합니다.",
)
def labels_returned(y, C):
    return y.clone()


# -- 9. kmeans_step --------------------------------------------------------------------------------------------------


def squared_distances(X, C):
    return ((X[:, None] - C[None]) ** 2).sum(dim=2)


def means_of(X, C, assign, empty="keep"):
    rows = []
    for k in range(len(C)):
        mine = X[assign == k]
        if len(mine):
            rows.append(mine.mean(dim=0))
        else:
            rows.append({"keep": C[k], "zero": torch.zeros_like(C[k]), "nan": torch.full_like(C[k], torch.nan)}[empty])
    return torch.stack(rows)


@misconception(
    "kmeans_step",
    en="A centre that nobody joins becomes NaN, the mean of nothing. It keeps its place.",
    ko="아무도 들어오지 않은 중심이 빈 평균인 NaN이 되었습니다. 그런 중심은 제자리에 머물러야 합니다.",
)
def empty_cluster_becomes_nan(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign, "nan"), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="A centre that nobody joins is moved to the origin. It keeps its place.",
    ko="아무도 들어오지 않은 중심이 원점으로 옮겨졌습니다. 그런 중심은 제자리에 머물러야 합니다.",
)
def empty_cluster_moves_to_zero(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign, "zero"), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="Your inertia adds the distances. It is defined with their squares, which is what the means make smallest.",
    ko="관성을 거리의 합으로 구했습니다. 관성은 거리의 '제곱'의 합이며, 평균으로 옮겨 갈 때 작아지는 것도 바로 이 값입니다.",
)
def distances_not_squared(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sqrt().sum()


@misconception(
    "kmeans_step",
    en="Your inertia is measured from the new centres. Here it belongs to the centres that were given, as the assignment does.",
    ko="새 중심에서 관성을 쟀습니다. 여기서는 배정할 때와 마찬가지로 주어진 중심에서 재야 합니다.",
)
def inertia_of_the_new_centres(X, C):
    assign = squared_distances(X, C).argmin(dim=1)
    C_new = means_of(X, C, assign)
    return assign, C_new, ((X - C_new[assign]) ** 2).sum()


@misconception(
    "kmeans_step",
    en="Your inertia is a mean over the samples. It is a sum.",
    ko="관성을 샘플에 대한 평균으로 구했습니다. 관성은 합입니다.",
)
def inertia_averaged(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sum() / max(len(X), 1)


@misconception(
    "kmeans_step",
    en="Your inertia adds the distances to all centres. Each sample counts with its own, nearest centre only.",
    ko="모든 중심까지의 거리를 더했습니다. 샘플마다 가장 가까운 자기 중심까지의 거리만 셉니다.",
)
def inertia_to_all_centres(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), D.sum()


@misconception(
    "kmeans_step",
    en="Samples at equal distances join the last of the centres. The lowest index wins.",
    ko="거리가 같은 샘플이 마지막 중심에 들어갔습니다. 인덱스가 가장 작은 중심을 골라야 합니다.",
)
def ties_to_the_last(X, C):
    D = squared_distances(X, C)
    assign = len(C) - 1 - D.flip(1).argmin(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="Every centre moves to the single sample nearest to it. It must move to the mean of all samples that joined it.",
    ko="중심이 자기와 가장 가까운 샘플 하나로 옮겨 갔습니다. 자기에게 들어온 모든 샘플의 평균으로 옮겨 가야 합니다.",
)
def centre_takes_nearest_sample(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    C_new = X[D.argmin(dim=0)] if len(X) else C.clone()
    return assign, C_new, D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="The new centres are sums. Divide by the number of samples of each cluster.",
    ko="새 중심이 합으로 계산되었습니다. 군집마다 샘플의 수로 나눠야 합니다.",
)
def sums_for_centres(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    rows = [X[assign == k].sum(dim=0) if (assign == k).any() else C[k] for k in range(len(C))]
    return assign, torch.stack(rows), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="Your centres divide by the number of all samples. Each cluster has its own number.",
    ko="새 중심을 구할 때 전체 샘플의 수로 나누었습니다. 군집마다 자기 샘플의 수로 나눠야 합니다.",
)
def divided_by_all_samples(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    rows = [X[assign == k].sum(dim=0) / len(X) if (assign == k).any() else C[k] for k in range(len(C))]
    return assign, torch.stack(rows), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="Samples join the farthest centre. Look for the smallest distance.",
    ko="샘플이 가장 먼 중심에 들어갔습니다. 가장 작은 거리를 찾아야 합니다.",
)
def farthest_centre(X, C):
    D = squared_distances(X, C)
    assign = D.argmax(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="You measure city-block distances, sums of |differences|. K-means uses the Euclidean distance, whose best centre is the mean.",
    ko="차의 절댓값을 더한 맨해튼 거리를 썼습니다. K-평균은 유클리드 거리를 쓰며, 평균이 가장 좋은 중심인 것도 그 때문입니다.",
)
def city_block_distance(X, C):
    D = squared_distances(X, C)
    assign = (X[:, None] - C[None]).abs().sum(dim=2).argmin(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="The old centre is averaged in as if it were a sample. The new centre is the mean of the samples alone.",
    ko="원래 중심도 샘플인 것처럼 평균에 넣었습니다. 새 중심은 샘플만의 평균입니다.",
)
def old_centre_averaged_in(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    rows = [torch.cat([X[assign == k], C[k : k + 1]]).mean(dim=0) for k in range(len(C))]
    return assign, torch.stack(rows), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="The returned assignment belongs to the new centres already. One step assigns once, with the centres that were given.",
    ko="새 중심으로 다시 배정한 결과를 돌려주었습니다. 한 단계에서는 주어진 중심으로 한 번만 배정합니다.",
)
def assigned_again(X, C):
    assign = squared_distances(X, C).argmin(dim=1)
    C_new = means_of(X, C, assign)
    D = squared_distances(X, C_new)
    again = D.argmin(dim=1)
    return again, C_new, D.gather(1, again[:, None]).sum()


@misconception(
    "kmeans_step",
    en="The centres move to medians. K-means moves them to means, which make the squared distances smallest.",
    ko="중심을 중앙값으로 옮겼습니다. K-평균은 제곱 거리를 가장 작게 하는 평균으로 옮깁니다.",
)
def medians_for_means(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return (
        assign,
        torch.stack([X[assign == k].median(dim=0).values if (assign == k).any() else C[k] for k in range(len(C))]),
        D.gather(1, assign[:, None]).sum(),
    )


@misconception(
    "kmeans_step",
    en="The centres go only half of the way to the means. One step of K-means goes all the way.",
    ko="중심을 평균까지 절반만 옮겼습니다. K-평균의 한 단계에서는 평균까지 다 옮깁니다.",
)
def half_of_the_way(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, (C + means_of(X, C, assign)) / 2, D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="The centres go only a small part of the way to the means, as with a learning rate. One step of K-means goes all the way.",
    ko="중심을 학습률처럼 평균 쪽으로 조금만 옮겼습니다. K-평균의 한 단계에서는 평균까지 다 옮깁니다.",
)
def tenth_of_the_way(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, C + 0.1 * (means_of(X, C, assign) - C), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="You look for the nearest sample of each centre: the minimum runs along the wrong axis, and the result cannot select samples. Compare the centres within each sample.",
    ko="중심마다 가장 가까운 샘플을 찾았습니다. 최솟값을 찾는 축이 틀려서 그 결과로는 샘플을 고를 수 없습니다. 샘플마다 중심을 비교하세요.",
)
def minimum_along_the_samples(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=0)
    return assign, torch.stack([X[assign == k].mean(dim=0) for k in range(len(C))]), D.min(dim=0).values.sum()


@misconception(
    "kmeans_step",
    en="The returned assignment belongs to the new centres already. One step assigns once, with the centres that were given.",
    ko="돌려준 배정이 이미 새 중심에 대한 것입니다. 한 단계에서는 주어진 중심으로 한 번만 배정합니다.",
)
def assigned_again_at_the_end(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    C_new = means_of(X, C, assign)
    inertia = D.gather(1, assign[:, None]).sum()
    assign = squared_distances(X, C_new).argmin(dim=1)
    return assign, C_new, inertia


@misconception(
    "kmeans_step",
    en="Your inertia is measured from the new centres, each sample to the nearest of them. Here it belongs to the centres that were given.",
    ko="관성을 새 중심 가운데 가장 가까운 것까지로 구했습니다. 여기서는 주어진 중심에 대한 값입니다.",
)
def inertia_of_the_nearest_new_centres(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    C_new = means_of(X, C, assign)
    return assign, C_new, squared_distances(X, C_new).amin(dim=1).sum()


@misconception(
    "kmeans_step",
    en="Your inertia is a mean over all entries, samples and features. It is a sum.",
    ko="관성이 샘플과 특징 전체에 대한 평균입니다. 합이어야 합니다.",
)
def inertia_averaged_over_entries(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), ((X - C[assign]) ** 2).mean()


@misconception(
    "kmeans_step",
    en="Your inertia is a mean over the samples (NaN without samples). It is a sum.",
    ko="관성이 샘플에 대한 평균입니다(샘플이 없으면 NaN). 합이어야 합니다.",
)
def inertia_averaged_with_nan(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), ((X - C[assign]) ** 2).sum(dim=1).mean()


@misconception(
    "kmeans_step",
    en="Your inertia adds absolute differences. It is defined with squared distances.",
    ko="관성에서 차이의 절댓값을 더했습니다. 관성은 제곱 거리로 정의합니다.",
)
def inertia_of_absolute_differences(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), (X - C[assign]).abs().sum()


@misconception(
    "kmeans_step",
    en="Your inertia is the root of the sum. The sum of the squared distances itself is asked for.",
    ko="관성이 합의 제곱근입니다. 제곱 거리의 합 자체를 구해야 합니다.",
)
def root_of_the_inertia(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sum().sqrt()


@misconception(
    "kmeans_step",
    en="Your inertia has one value for each centre. A single number, the sum over all samples, is asked for.",
    ko="관성이 중심마다 하나씩입니다. 모든 샘플에 대한 합 하나를 돌려주어야 합니다.",
)
def inertia_for_each_centre(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), torch.stack([D[assign == k, k].sum() for k in range(len(C))])


@misconception(
    "kmeans_step",
    en="Your inertia has one value for each sample. A single number, their sum, is asked for.",
    ko="관성이 샘플마다 하나씩입니다. 그 합 하나를 돌려주어야 합니다.",
)
def inertia_for_each_sample(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None])[:, 0]


@misconception(
    "kmeans_step",
    en="A centre that nobody joins is moved to the mean of all samples (or elsewhere). It keeps its place.",
    ko="아무 샘플도 없는 중심을 전체 샘플의 평균으로 옮겼습니다. 그런 중심은 그대로 둡니다.",
)
def empty_cluster_moves_to_the_middle(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return (
        assign,
        torch.stack([X[assign == k].mean(dim=0) if (assign == k).any() else X.mean(dim=0) for k in range(len(C))]),
        D.gather(1, assign[:, None]).sum(),
    )


@misconception(
    "kmeans_step",
    en="A centre that nobody joins is left out, so C_new has fewer rows. It keeps its row.",
    ko="아무 샘플도 없는 중심을 빼서 C_new의 행이 줄었습니다. 그런 중심의 행은 그대로 남습니다.",
)
def empty_cluster_left_out(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return (
        assign,
        torch.stack([X[assign == k].mean(dim=0) for k in range(len(C)) if (assign == k).any()] or [C[0]]),
        D.gather(1, assign[:, None]).sum(),
    )


@misconception(
    "kmeans_step",
    en="Your centres divide by the number of centres. Each cluster divides by its own number of samples.",
    ko="중심의 개수로 나누었습니다. 클러스터마다 자기 샘플의 수로 나누어야 합니다.",
)
def divided_by_the_number_of_centres(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return (
        assign,
        torch.stack([X[assign == k].sum(dim=0) / len(C) if (assign == k).any() else C[k] for k in range(len(C))]),
        D.gather(1, assign[:, None]).sum(),
    )


@misconception(
    "kmeans_step",
    en="Each centre moves to one number, the mean over samples and features. Every feature has its own mean.",
    ko="중심마다 샘플과 특징 전체의 평균 하나로 옮겼습니다. 특징마다 따로 평균을 내야 합니다.",
)
def one_mean_for_all_features(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return (
        assign,
        torch.stack([X[assign == k].mean().expand(X.shape[1]) if (assign == k).any() else C[k] for k in range(len(C))]),
        D.gather(1, assign[:, None]).sum(),
    )


@misconception(
    "kmeans_step",
    en="You measure the largest difference of a coordinate. K-means uses the Euclidean distance, over all coordinates.",
    ko="좌표 차이 가운데 가장 큰 것을 거리로 썼습니다. K-평균은 모든 좌표를 쓰는 유클리드 거리를 씁니다.",
)
def chessboard_distance(X, C):
    D = squared_distances(X, C)
    assign = (X[:, None] - C[None]).abs().amax(dim=2).argmin(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="You compare inner products. The nearest centre is the one with the smallest distance; a far one may have a large product.",
    ko="내적을 비교했습니다. 가장 가까운 중심은 거리가 가장 작은 것이고, 먼 중심도 내적은 클 수 있습니다.",
)
def dot_products_for_distances(X, C):
    D = squared_distances(X, C)
    assign = (X @ C.T).argmax(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sum()


# -- 12. hinge_step ----------------------------------------------------------------------------------------------------


@misconception(
    "hinge_step",
    en="Only examples on the wrong side pull, as for the perceptron. Here those inside the margin of 1 pull, too.",
    ko="퍼셉트론처럼 틀린 쪽 예제만 당깁니다. 여기서는 마진 1 안쪽에 있는 예제도 당깁니다.",
)
def perceptron_margin(X, y, w, b, lr, lam):
    pull = (y * (X @ w + b) < 0).to(X.dtype) * y
    return w - lr * (lam * w - (pull @ X) / len(X)), b + lr * pull.mean()


@misconception(
    "hinge_step",
    en="The gradient of the penalty is missing; without it nothing keeps the margin wide.",
    ko="벌점의 그래디언트가 빠졌습니다. 이것이 없으면 마진을 넓히는 힘이 없습니다.",
)
def penalty_left_out(X, y, w, b, lr, lam):
    pull = (y * (X @ w + b) < 1).to(X.dtype) * y
    return w + lr * (pull @ X) / len(X), b + lr * pull.mean()


@misconception(
    "hinge_step",
    en="The bias is penalised, too. The margin depends on w alone.",
    ko="편향에도 벌점을 주었습니다. 마진의 너비는 w로만 정해집니다.",
)
def bias_penalised(X, y, w, b, lr, lam):
    pull = (y * (X @ w + b) < 1).to(X.dtype) * y
    return w - lr * (lam * w - (pull @ X) / len(X)), b - lr * (lam * b - pull.mean())


@misconception(
    "hinge_step",
    en="The losses of the examples are added. Their mean is asked for.",
    ko="예제의 손실을 더했습니다. 평균을 써야 합니다.",
)
def sum_in_place_of_mean(X, y, w, b, lr, lam):
    pull = (y * (X @ w + b) < 1).to(X.dtype) * y
    return w - lr * (lam * w - pull @ X), b + lr * pull.sum()


@misconception(
    "hinge_step",
    en="You divide by the number of examples that pull. The mean is over all of them.",
    ko="당기는 예제의 수로 나눴습니다. 평균은 모든 예제에 대한 것입니다.",
)
def mean_over_active(X, y, w, b, lr, lam):
    active = (y * (X @ w + b) < 1).to(X.dtype)
    pull, n = active * y, active.sum().clamp(min=1)
    return w - lr * (lam * w - (pull @ X) / n), b + lr * pull.sum() / n


@misconception(
    "hinge_step",
    en="An example that lies exactly on the margin pulls. It has no loss, and gives no gradient here.",
    ko="마진 위에 정확히 놓인 예제도 당겼습니다. 손실이 0이므로 여기서는 그래디언트도 0입니다.",
)
def margin_itself_pulls(X, y, w, b, lr, lam):
    pull = (y * (X @ w + b) <= 1).to(X.dtype) * y
    return w - lr * (lam * w - (pull @ X) / len(X)), b + lr * pull.mean()


@misconception(
    "hinge_step",
    en="The penalty is lam/2 |w|^2, so its gradient is lam w, without a 2.",
    ko="벌점은 lam/2 |w|^2이므로 그래디언트는 2가 없는 lam w입니다.",
)
def penalty_doubled(X, y, w, b, lr, lam):
    pull = (y * (X @ w + b) < 1).to(X.dtype) * y
    return w - lr * (2 * lam * w - (pull @ X) / len(X)), b + lr * pull.mean()


@misconception(
    "hinge_step",
    en="The bias stays as it is; it has a gradient, too.",
    ko="편향이 그대로입니다. 편향에도 그래디언트가 있습니다.",
)
def bias_kept(X, y, w, b, lr, lam):
    pull = (y * (X @ w + b) < 1).to(X.dtype) * y
    return w - lr * (lam * w - (pull @ X) / len(X)), b.clone()


# -- 13. q_update ------------------------------------------------------------------------------------------------------


@misconception(
    "q_update",
    en="After the end nothing more can come, so where done is True the target is r alone.",
    ko="끝난 뒤에는 더 받을 것이 없으므로 done이 True이면 목표값은 r뿐입니다.",
)
def end_overlooked(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * (r + gamma * Q[s_next].max() - Q[s, a])
    return new


@misconception(
    "q_update",
    en="You expect the mean over the next actions. Q-learning expects the best of them.",
    ko="다음 행동들의 평균을 기대했습니다. Q-학습은 그중 가장 좋은 것을 기대합니다.",
)
def mean_in_place_of_max(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * (r + (0 if done else gamma * Q[s_next].mean()) - Q[s, a])
    return new


@misconception(
    "q_update",
    en="The maximum is taken over all states. Only the actions in s_next can come next.",
    ko="모든 상태에 걸쳐 최댓값을 구했습니다. 다음에 할 수 있는 것은 s_next의 행동뿐입니다.",
)
def max_over_the_whole_table(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * (r + (0 if done else gamma * Q.max()) - Q[s, a])
    return new


@misconception(
    "q_update",
    en="The entry jumps to the target. It goes only a part alpha of the way.",
    ko="값이 목표값으로 한 번에 바뀝니다. alpha의 비율만큼만 다가가야 합니다.",
)
def all_the_way(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] = r + (0 if done else gamma * Q[s_next].max())
    return new


@misconception(
    "q_update",
    en="The old value is not subtracted from the target, so entries grow without end.",
    ko="목표값에서 지금 값을 빼지 않았습니다. 그러면 값이 끝없이 커집니다.",
)
def old_value_not_subtracted(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * (r + (0 if done else gamma * Q[s_next].max()))
    return new


@misconception(
    "q_update",
    en="You look for the best action in s. What counts is the state that the action led to.",
    ko="s에서 가장 좋은 행동을 찾았습니다. 행동으로 도달한 상태를 보아야 합니다.",
)
def best_of_the_same_state(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * (r + (0 if done else gamma * Q[s].max()) - Q[s, a])
    return new


@misconception(
    "q_update",
    en="You expect the same action again in s_next. The best one is expected.",
    ko="s_next에서도 같은 행동을 한다고 보았습니다. 가장 좋은 행동을 기대해야 합니다.",
)
def same_action_again(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * (r + (0 if done else gamma * Q[s_next, a]) - Q[s, a])
    return new


@misconception(
    "q_update",
    en="gamma discounts the reward, too. The reward is here now; only what comes after it is discounted.",
    ko="gamma를 보상에도 곱했습니다. 보상은 지금 받은 것이므로 그 뒤의 것만 할인합니다.",
)
def reward_discounted(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * (gamma * (r + (0 if done else Q[s_next].max())) - Q[s, a])
    return new


@misconception(
    "q_update",
    en="You change the entry of s_next. What was learned is about the action in s.",
    ko="s_next의 칸을 바꿨습니다. 배운 것은 s에서 한 행동에 관한 것입니다.",
)
def next_row_updated(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s_next, a] += alpha * (r + (0 if done else gamma * Q[s_next].max()) - Q[s_next, a])
    return new


@misconception(
    "q_update",
    en="The new value is written into the table that was given. Copy it first (Q.clone()): whoever called you still needs the old one.",
    ko="넘겨받은 표에 새 값을 바로 썼습니다. 먼저 복사하세요(Q.clone()). 함수를 부른 쪽은 옛 표가 아직 필요합니다.",
)
def old_table_overwritten(Q, s, a, r, s_next, done, alpha, gamma):
    Q[s, a] += alpha * (r + (0 if done else gamma * Q[s_next].max()) - Q[s, a])
    return Q


# -- more of them ----------------------------------------------------------------------------------------------------


@misconception(
    "margin",
    en="You refuse w when its entries add up to 0. (1, -1) is a perfectly good normal vector; only w = 0 in every entry has no hyperplane.",
    ko="w의 원소를 더해 0이면 거부했습니다. (1, -1)도 멀쩡한 법선 벡터입니다. 초평면이 없는 것은 모든 원소가 0인 w뿐입니다.",
)
def cancelling_weights_refused(X, w, b):
    if w.sum() == 0:
        raise ValueError("w = 0")
    return (X @ w + b) / w.norm()


@misconception(
    "mse_mae_halfsse",
    en="Half the SSE stands before the MAE. The order is mse, mae, half_sse.",
    ko="half_sse를 mae보다 앞에 놓았습니다. mse, mae, half_sse의 순서입니다.",
)
def last_two_exchanged(y, yhat):
    refuse_other_shapes(y, yhat)
    e = yhat - y
    return (e**2).mean(), (e**2).sum() / 2, e.abs().mean()


@misconception(
    "poly_fit_curve",
    en="You invert V^T V. That squares the condition of the problem and costs half of the digits; at high degrees nothing is left. Solve for V itself.",
    ko="V^T V의 역행렬을 구했습니다. 문제의 조건수가 제곱되어 자릿수의 절반을 잃고, 높은 차수에서는 남는 것이 없습니다. V 자체로 푸세요.",
)
def normal_equations_with_inverse(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        V, U = torch.vander(x, degree + 1, increasing=True), torch.vander(xv, degree + 1, increasing=True)
        c = torch.inverse(V.T @ V) @ (V.T @ y)
        tr.append(((V @ c - y) ** 2).mean())
        va.append(((U @ c - yv) ** 2).mean())
    return torch.stack(tr), torch.stack(va)


@misconception(
    "occam_choice",
    en="Failed runs count as good enough: a comparison with NaN is False, and turned round by not it becomes True. NaN is never good enough.",
    ko="실패한 실행(NaN)이 충분히 좋은 것으로 통과합니다. NaN과 비교하면 False인데, 그것을 부정하면 True가 됩니다. NaN은 결코 충분히 좋지 않습니다.",
)
def failed_runs_are_good(va_err, complexity, tol):
    return choose(~(va_err > (1 + tol) * lowest(va_err)), complexity)


@misconception(
    "occam_choice",
    en="The tolerance makes your limit smaller: (1 - tol) times the smallest error. A model may be a little worse than the best one, so the limit lies above it.",
    ko="허용 오차를 빼서 한계가 가장 작은 오차보다 작아졌습니다((1 - tol)배). 가장 좋은 모델보다 조금 나빠도 되므로 한계는 그보다 커야 합니다.",
)
def limit_below_the_best(va_err, complexity, tol):
    good = va_err <= (1 - tol) * lowest(va_err)
    return int(torch.where(good, complexity, complexity.max() + 1).argmin())


@misconception(
    "occam_choice",
    en="The limit is a share of the largest error, not of the smallest: nearly every model is good enough then.",
    ko="한계를 가장 작은 오차가 아니라 가장 큰 오차에서 정했습니다. 그러면 거의 모든 모델이 충분히 좋은 것이 됩니다.",
)
def limit_from_the_largest(va_err, complexity, tol):
    return choose(va_err <= (1 + tol) * va_err[~va_err.isnan()].max(), complexity)


@misconception(
    "ovr_targets",
    en="The targets are True and False. int64 is asked for: 0 and 1.",
    ko="목표값이 True와 False입니다. int64인 0과 1이어야 합니다.",
)
def truth_values_as_targets(y, C):
    return y[:, None] == torch.arange(C)


@misconception(
    "kmeans_step",
    en="You measure with the city-block distance (sum of absolute differences), for the nearest centre and in the inertia. K-means uses the Euclidean distance, and its square.",
    ko="가장 가까운 중심을 고를 때도 관성에서도 맨해튼 거리(절댓값의 합)를 썼습니다. K-평균은 유클리드 거리와 그 제곱을 씁니다.",
)
def city_block_everywhere(X, C):
    D = (X[:, None] - C[None]).abs().sum(dim=2)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), (D.gather(1, assign[:, None]) ** 2).sum()


@misconception(
    "kmeans_step",
    en="You use the city-block distance (sum of absolute differences) throughout, not squared either. K-means uses the Euclidean distance, and the inertia its square.",
    ko="맨해튼 거리(절댓값의 합)를 썼고 관성에서 제곱도 하지 않았습니다. K-평균은 유클리드 거리를, 관성은 그 제곱을 씁니다.",
)
def city_block_summed(X, C):
    D = (X[:, None] - C[None]).abs().sum(dim=2)
    assign = D.argmin(dim=1)
    return assign, means_of(X, C, assign), D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="The inertia comes before the new centres: the order is assign, C_new, inertia.",
    ko="관성을 새 중심보다 앞에 놓았습니다. assign, C_new, inertia의 순서입니다.",
)
def inertia_before_the_centres(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, D.gather(1, assign[:, None]).sum(), means_of(X, C, assign)


@misconception(
    "kmeans_step",
    en="The first two results are exchanged: the assignment comes first, then the new centres.",
    ko="앞의 두 결과가 바뀌었습니다. 배정(assign)이 먼저이고 새 중심이 그다음입니다.",
)
def centres_before_the_assignment(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return means_of(X, C, assign), assign, D.gather(1, assign[:, None]).sum()


@misconception(
    "kmeans_step",
    en="The old centres are returned: the step has assigned the samples, but the centres have not moved.",
    ko="옛 중심을 그대로 돌려줍니다. 샘플은 배정했지만 중심을 옮기지 않았습니다.",
)
def centres_stay(X, C):
    D = squared_distances(X, C)
    assign = D.argmin(dim=1)
    return assign, C.clone(), D.gather(1, assign[:, None]).sum()


def pull_of(X, y, w, b):
    return (y * (X @ w + b) < 1).to(X.dtype) * y


def stepped(X, w, b, lr, lam, pull):
    return w - lr * (lam * w - pull @ X / len(X)), b + lr * pull.mean()


@misconception(
    "hinge_step",
    en="Every example pulls in your step, without a condition. An example beyond the margin, y (x w + b) > 1, costs nothing and has no gradient.",
    ko="조건 없이 모든 예제가 당깁니다. 마진 바깥의 예제, 곧 y (x w + b) > 1인 예제는 손실이 0이라 기울기도 없습니다.",
)
def every_example_pulls(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam, y)


@misconception(
    "hinge_step",
    en="Your condition is turned round: the examples beyond the margin pull, and those that violate it do not.",
    ko="조건이 거꾸로입니다. 마진 바깥의 예제가 당기고, 마진을 어긴 예제는 당기지 않습니다.",
)
def satisfied_examples_pull(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam, (y * (X @ w + b) > 1).to(X.dtype) * y)


@misconception(
    "hinge_step",
    en="The label is missing in your condition: x w + b is compared with 1. On which side an example should lie depends on y.",
    ko="조건에 레이블이 빠져 x w + b를 1과 비교합니다. 예제가 어느 쪽에 있어야 하는지는 y에 달려 있습니다.",
)
def condition_without_label(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam, (X @ w + b < 1).to(X.dtype) * y)


@misconception(
    "hinge_step",
    en="The label is missing in the pull: all active examples pull in the same direction, whichever class they belong to.",
    ko="당기는 힘에 레이블이 빠졌습니다. 클래스와 상관없이 모든 예제가 같은 쪽으로 당깁니다.",
)
def pull_without_label(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam, (y * (X @ w + b) < 1).to(X.dtype))


@misconception(
    "hinge_step",
    en="The bias is missing in your condition: whether an example lies inside the margin is decided by x w + b.",
    ko="조건에서 편향이 빠졌습니다. 예제가 마진 안에 있는지는 x w + b가 정합니다.",
)
def condition_without_bias(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam, pull_of(X, y, w, 0))


@misconception(
    "hinge_step",
    en="The examples push away: the hinge term enters w and b with the wrong sign. Inside the margin the gradient is -y x and -y, and a step of descent goes against it.",
    ko="예제들이 밀어냅니다. 힌지 항의 부호가 w와 b에서 반대입니다. 마진 안쪽에서 기울기는 -y x와 -y이고, 경사 하강은 그 반대로 갑니다.",
)
def examples_push(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam, -pull_of(X, y, w, b))


@misconception(
    "hinge_step",
    en="The bias moves the wrong way: its gradient is minus the mean of y over the examples that pull, and the step goes against the gradient.",
    ko="편향이 반대쪽으로 움직입니다. 편향의 기울기는 당기는 예제의 y에 음의 부호를 붙인 것이고, 걸음은 기울기의 반대로 갑니다.",
)
def bias_moves_the_wrong_way(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return w - lr * (lam * w - pull @ X / len(X)), b - lr * pull.mean()


@misconception(
    "hinge_step",
    en="You climb: both steps go along the gradient of the loss. Descent subtracts it.",
    ko="손실의 기울기를 따라 올라갑니다. 경사 하강은 기울기를 뺍니다.",
)
def uphill_in_hinge(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return w + lr * (lam * w - pull @ X / len(X)), b - lr * pull.mean()


@misconception(
    "hinge_step",
    en="The penalty makes w grow: its gradient lam w is added. It is subtracted, so that w shrinks a little at every step.",
    ko="벌점 때문에 w가 커집니다. 벌점의 기울기 lam w를 더했기 때문입니다. 빼야 걸음마다 w가 조금씩 줄어듭니다.",
)
def penalty_grows(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, -lam, pull_of(X, y, w, b))


@misconception(
    "hinge_step",
    en="The learning rate does not multiply the penalty: w loses lam w in every step. lr belongs to the whole gradient.",
    ko="벌점에 학습률을 곱하지 않아서 걸음마다 w에서 lam w가 그대로 빠집니다. lr은 기울기 전체에 곱합니다.",
)
def penalty_without_rate(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return w - lam * w + lr * pull @ X / len(X), b + lr * pull.mean()


@misconception(
    "hinge_step",
    en="The penalty is divided by N with the rest. The mean is over the examples only; the penalty stands beside it.",
    ko="벌점까지 N으로 나누었습니다. 평균은 예제에 대해서만 내고, 벌점은 그 옆에 따로 있습니다.",
)
def penalty_averaged(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam / len(X), pull_of(X, y, w, b))


@misconception(
    "hinge_step",
    en="Your penalty is half as strong as it should be: the derivative of lam/2 |w|^2 has no 1/2 left.",
    ko="벌점이 절반입니다. lam/2 |w|^2을 미분하면 1/2은 남지 않습니다.",
)
def penalty_halved(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam / 2, pull_of(X, y, w, b))


@misconception(
    "hinge_step",
    en="The penalty pulls with the sign of w, as for |w|_1, or with w over its length. The penalty is lam/2 |w|^2: it pulls in proportion to w.",
    ko="벌점이 |w|_1일 때처럼 w의 부호만큼 당깁니다. 벌점은 lam/2 |w|^2이므로 w에 비례해 당깁니다.",
)
def penalty_of_absolute_weights(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return w - lr * (lam * w.sign() - pull @ X / len(X)), b + lr * pull.mean()


@misconception(
    "hinge_step",
    en="The penalty is counted once for every example that pulls, so it is missing where nobody does. It does not depend on the examples.",
    ko="벌점을 당기는 예제마다 넣어서, 당기는 예제가 없으면 벌점도 사라집니다. 벌점은 예제와 상관이 없습니다.",
)
def penalty_with_the_active(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return stepped(X, w, b, lr, lam * float(pull.abs().mean()), pull)


@misconception(
    "hinge_step",
    en="The step of b uses the w that has just been changed. Both gradients are taken at the old w and b.",
    ko="b를 갱신할 때 방금 바꾼 w를 썼습니다. 두 기울기 모두 옛 w와 b에서 구합니다.",
)
def bias_meets_the_new_weights(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    w_new = w - lr * (lam * w - pull @ X / len(X))
    return w_new, b + lr * pull_of(X, y, w_new, b).mean()


@misconception(
    "hinge_step",
    en="The bias moves by the sum over the examples, w by the mean. Both belong to the same mean over all N.",
    ko="w는 평균만큼, 편향은 합만큼 움직입니다. 둘 다 N개 전체의 평균입니다.",
)
def bias_by_the_sum(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return w - lr * (lam * w - pull @ X / len(X)), b + lr * pull.sum()


@misconception(
    "hinge_step",
    en="w moves by the sum over the examples, b by the mean. Both belong to the same mean over all N.",
    ko="편향은 평균만큼, w는 합만큼 움직입니다. 둘 다 N개 전체의 평균입니다.",
)
def weights_by_the_sum(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return w - lr * (lam * w - pull @ X), b + lr * pull.mean()


@misconception(
    "hinge_step",
    en="Each example pulls in proportion to how far it is inside the margin, as for the squared hinge. The hinge itself has the same slope everywhere inside.",
    ko="마진을 어긴 정도에 비례해 당깁니다. 그것은 힌지를 제곱한 손실입니다. 힌지의 기울기는 마진 안쪽 어디서나 같습니다.",
)
def squared_hinge(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return stepped(X, w, b, lr, lam, 2 * pull * (1 - y * (X @ w + b)))


@misconception(
    "hinge_step",
    en="The gradient of the hinge is multiplied by the loss of each example. A loss of max(0, 1 - m) has the slope -1 in m, wherever it is positive.",
    ko="힌지의 기울기에 예제마다 손실을 곱했습니다. max(0, 1 - m)의 기울기는 양수인 곳 어디서나 -1입니다.",
)
def pull_times_loss(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return stepped(X, w, b, lr, lam, pull * (1 - y * (X @ w + b)))


@misconception(
    "hinge_step",
    en="You return the gradients. The new w and b are asked for, one step of size lr against them.",
    ko="기울기를 돌려줍니다. 기울기의 반대로 lr만큼 움직인 새 w와 b가 필요합니다.",
)
def hinge_gradients_returned(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return lam * w - pull @ X / len(X), -pull.mean()


@misconception(
    "hinge_step",
    en="The results are exchanged: w_new first, then b_new.",
    ko="결과의 순서가 바뀌었습니다. w_new가 먼저이고 b_new가 그다음입니다.",
)
def new_bias_first(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam, pull_of(X, y, w, b))[::-1]


def with_target(Q, s, a, alpha, target):
    new = Q.clone()
    new[s, a] += alpha * (target - Q[s, a])
    return new


@misconception(
    "q_update",
    en="gamma is missing: what can be expected from the next state counts in full. It is worth less, because it comes later.",
    ko="gamma가 빠져서 다음 상태에서 기대하는 값을 그대로 다 셉니다. 나중에 오는 것이므로 gamma만큼 줄여야 합니다.",
)
def future_not_discounted(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r + (0 if done else Q[s_next].max()))


@misconception(
    "q_update",
    en="The reward is missing in the target: without r the table learns nothing from what happened.",
    ko="목표값에 보상 r이 빠졌습니다. r이 없으면 실제로 일어난 일에서 아무것도 배우지 못합니다.",
)
def reward_missing(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, 0 if done else gamma * Q[s_next].max())


@misconception(
    "q_update",
    en="At the end of an episode your target is 0: the last reward is thrown away with the future. The reward has been given and counts.",
    ko="에피소드가 끝나면 목표값이 0이 됩니다. 미래와 함께 마지막 보상까지 버렸습니다. 받은 보상은 셉니다.",
)
def last_reward_lost(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, 0.0 if done else r + gamma * Q[s_next].max())


@misconception(
    "q_update",
    en="When the episode is over you leave the table as it is. The last reward still has to be learned: the target is r then.",
    ko="에피소드가 끝나면 표를 그대로 둡니다. 마지막 보상도 배워야 하므로 그때의 목표값은 r입니다.",
)
def nothing_learned_at_the_end(Q, s, a, r, s_next, done, alpha, gamma):
    return Q.clone() if done else with_target(Q, s, a, alpha, r + gamma * Q[s_next].max())


@misconception(
    "q_update",
    en="done is read the wrong way round: you expect something after the end, and nothing where the episode goes on.",
    ko="done을 거꾸로 읽었습니다. 끝난 뒤에 무언가를 기대하고, 계속될 때는 아무것도 기대하지 않습니다.",
)
def done_turned_round(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r + (gamma * Q[s_next].max() if done else 0))


@misconception(
    "q_update",
    en="The future is left out: your target is the reward alone, in every step. It is so only where done is True.",
    ko="미래가 빠져서 목표값이 언제나 보상뿐입니다. 그것은 done이 True일 때만 맞습니다.",
)
def future_missing(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r)


@misconception(
    "q_update",
    en="You expect the worst action in s_next (min). The agent may choose, so the best one is expected.",
    ko="s_next에서 가장 나쁜 행동의 값을 기대했습니다(min). 행동은 고를 수 있으므로 가장 좋은 것을 기대합니다.",
)
def worst_action_expected(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r + (0 if done else gamma * Q[s_next].min()))


@misconception(
    "q_update",
    en="You put the number of the best action into the target (argmax). Its value is needed, the largest entry of the row.",
    ko="가장 좋은 행동의 번호(argmax)를 목표값에 넣었습니다. 필요한 것은 그 값, 곧 행에서 가장 큰 원소입니다.",
)
def number_of_the_best_action(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r + (0 if done else gamma * int(Q[s_next].argmax())))


@misconception(
    "q_update",
    en="You take the maximum over the states, down a column. s_next is given; the maximum is over its actions, along its row.",
    ko="상태에 대해, 곧 열 방향으로 최댓값을 구했습니다. s_next는 정해져 있고, 최댓값은 그 행의 행동들 가운데서 구합니다.",
)
def best_over_the_states(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r + (0 if done else gamma * Q[:, a].max()))


@misconception(
    "q_update",
    en="All actions are summed up in s_next. Only one can be taken, the best.",
    ko="s_next의 모든 행동의 값을 더했습니다. 실제로는 하나만, 가장 좋은 것만 고를 수 있습니다.",
)
def all_actions_summed(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r + (0 if done else gamma * Q[s_next].sum()))


@misconception(
    "q_update",
    en="alpha and gamma are exchanged: alpha is how far the entry moves, gamma is how much the future counts.",
    ko="alpha와 gamma가 바뀌었습니다. alpha는 값을 얼마나 움직일지, gamma는 미래를 얼마나 셀지를 정합니다.",
)
def rates_exchanged(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, gamma, r + (0 if done else alpha * Q[s_next].max()))


@misconception(
    "q_update",
    en="The whole row of s is changed. Only the action that was taken has been tried; the others keep their values.",
    ko="s의 행 전체를 바꾸었습니다. 해 본 것은 행동 a뿐이므로 다른 행동의 값은 그대로여야 합니다.",
)
def whole_row_changed(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s] += alpha * (r + (0 if done else gamma * Q[s_next].max()) - Q[s])
    return new


@misconception(
    "q_update",
    en="The sign is reversed: the entry moves away from the target. The old value is subtracted from the target, not the other way round.",
    ko="부호가 반대라 값이 목표에서 멀어집니다. 옛 값에서 목표를 빼는 것이 아니라 목표에서 옛 값을 뺍니다.",
)
def away_from_the_target(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, -alpha, r + (0 if done else gamma * Q[s_next].max()))


@misconception(
    "q_update",
    en="The old value is replaced by alpha times the difference. The difference is added to the old value.",
    ko="옛 값을 alpha와 차이의 곱으로 바꿔 버렸습니다. 그 값을 옛 값에 더해야 합니다.",
)
def old_value_lost(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] = alpha * (r + (0 if done else gamma * Q[s_next].max()) - Q[s, a])
    return new


@misconception(
    "q_update",
    en="Only the reward is multiplied by alpha. alpha belongs to the whole difference between target and old value.",
    ko="보상에만 alpha를 곱했습니다. alpha는 목표와 옛 값의 차이 전체에 곱합니다.",
)
def rate_for_the_reward_only(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * r + (0 if done else gamma * Q[s_next].max()) - Q[s, a]
    return new


@misconception(
    "q_update",
    en="gamma multiplies the old value as well, as if it stood in brackets with the maximum. Only what comes next is discounted.",
    ko="최댓값과 한 괄호에 넣은 것처럼 옛 값에도 gamma를 곱했습니다. 줄이는 것은 다음에 올 것뿐입니다.",
)
def old_value_discounted(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] += alpha * (r + gamma * ((0 if done else Q[s_next].max()) - Q[s, a]))
    return new


@misconception(
    "q_update",
    en="You return the new entry alone. The whole table is asked for, with this one entry changed.",
    ko="새 값 하나만 돌려줍니다. 그 값이 바뀐 표 전체를 돌려줘야 합니다.",
)
def entry_returned(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r + (0 if done else gamma * Q[s_next].max()))[s, a]


@misconception(
    "fit_line",
    en="The intercept mixes two points: the mean of y, but the first x. The line goes through the mean of x and the mean of y.",
    ko="절편에서 두 점이 섞였습니다. y는 평균인데 x는 첫 값입니다. 직선은 x의 평균과 y의 평균을 지납니다.",
)
def intercept_from_the_first_x(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    dx, dy = centred(x, y)
    w = (dx * dy).sum() / (dx * dx).sum()
    return w, y.mean() - w * x[0]


@misconception(
    "poly_fit_curve",
    en="Your predictions are a column, (N, 1), and y is (N,): their difference is an (N, N) table of everybody minus everybody. Make both shapes equal before you subtract.",
    ko="예측은 (N, 1) 모양의 열이고 y는 (N,)이라서, 빼면 모두에서 모두를 뺀 (N, N) 표가 됩니다. 빼기 전에 모양을 같게 하세요.",
)
def column_minus_row(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        p = range(degree + 1)
        c = solve(powers(x, p), y)[:, None]
        tr.append(mean_square(powers(x, p), c, y))
        va.append(mean_square(powers(xv, p), c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "poly_fit_curve",
    en="You take the pseudo-inverse of V^T V. That squares the condition of the problem: what is small but counts at high degrees is cut off. Solve for V itself.",
    ko="V^T V의 의사역행렬을 구했습니다. 조건수가 제곱되어, 높은 차수에서 작지만 중요한 것이 잘려 나갑니다. V 자체로 푸세요.",
)
def pseudo_inverse_of_the_square(x, y, degrees, xv, yv):
    tr, va = [], []
    for degree in degrees:
        V, U = powers(x, range(degree + 1)), powers(xv, range(degree + 1))
        c = torch.linalg.pinv(V.T @ V) @ V.T @ y
        tr.append(mean_square(V, c, y))
        va.append(mean_square(U, c, yv))
    return torch.stack(tr), torch.stack(va)


@misconception(
    "hinge_step",
    en="You make one step for each example, and the next example meets the new w and b. One step is asked for, along the mean gradient of all examples at the old w and b.",
    ko="예제마다 한 걸음씩 가서 다음 예제는 바뀐 w와 b를 만납니다. 옛 w와 b에서 모든 예제의 기울기를 평균 내어 한 걸음만 가야 합니다.",
)
def one_example_after_the_other(X, y, w, b, lr, lam):
    for row, label in zip(X, y):
        pull = label if label * (row @ w + b) < 1 else 0 * label
        w, b = w - lr * (lam * w - pull * row), b + lr * pull
    return w, b


@misconception(
    "hinge_step",
    en="The penalty is added once for each example and never averaged: it is N times too strong. It stands beside the mean over the examples.",
    ko="벌점을 예제마다 더하고 평균을 내지 않아 N배로 셉니다. 벌점은 예제에 대한 평균 옆에 한 번만 있습니다.",
)
def penalty_for_each_example(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam * len(X), pull_of(X, y, w, b))


@misconception(
    "q_update",
    en="The old value is weighed with 1 - alpha, but the target is not weighed with alpha. The new value is a mixture of both.",
    ko="옛 값에는 1 - alpha를 곱했는데 목표에는 alpha를 곱하지 않았습니다. 새 값은 둘을 섞은 것입니다.",
)
def target_without_its_share(Q, s, a, r, s_next, done, alpha, gamma):
    new = Q.clone()
    new[s, a] = (1 - alpha) * Q[s, a] + r + (0 if done else gamma * Q[s_next].max())
    return new


@misconception(
    "q_update",
    en="The shares are exchanged: the old value is weighed with alpha and the target with 1 - alpha. A small alpha means small steps.",
    ko="두 몫이 바뀌었습니다. 옛 값에 alpha, 목표에 1 - alpha를 곱했습니다. alpha가 작으면 조금만 움직여야 합니다.",
)
def shares_exchanged(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, 1 - alpha, r + (0 if done else gamma * Q[s_next].max()))


@misconception(
    "errors",
    en="You add up yhat - y with its sign: a banana called apple (+1) and an apple called banana (-1) cancel, and the count can even be negative. Count where the two differ.",
    ko="yhat - y를 부호째 더했습니다. +1과 -1이 서로 지워지고 음수까지 나올 수 있습니다. 둘이 다른 곳의 수를 세세요.",
)
def signed_differences_summed(g, y):
    count = int(((g >= 0).long() - y).sum())
    return count, count / max(len(y), 1)


@misconception(
    "fit_line",
    en="You solve the normal equations for (w, b) with raw sums of x and x^2. Where x is large and varies little, their digits cancel: subtract the mean of x first.",
    ko="x와 x^2의 합을 그대로 쓰는 정규방정식으로 (w, b)를 풀었습니다. x가 크고 조금만 변하면 자릿수가 서로 지워집니다. 먼저 x의 평균을 빼세요.",
)
def normal_equations_for_the_line(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    A = torch.stack([x, torch.ones_like(x)], dim=1)
    s = torch.linalg.solve_ex(A.T @ A, A.T @ y).result
    return s[0], s[1]


@misconception(
    "fit_line",
    en="The forms E[xy] - E[x] E[y] and E[x^2] - E[x]^2 subtract large, nearly equal numbers and lose their digits where x is large. Subtract the means before you multiply.",
    ko="E[xy] - E[x] E[y]와 E[x^2] - E[x]^2은 거의 같은 큰 수의 차라서 x가 크면 자릿수를 잃습니다. 곱하기 전에 평균을 빼세요.",
)
def differences_of_means(x, y):
    if flat(x):
        return torch.zeros_like(y[0]), y.mean()
    w = ((x * y).mean() - x.mean() * y.mean()) / ((x * x).mean() - x.mean() ** 2)
    return through_the_means(w, x, y)


@misconception(
    "fit_line",
    en="Where all x are equal you return the least-squares solution with the smallest w and b together, in which the slope takes its share. The agreement is w = 0 and b = mean of y.",
    ko="x가 모두 같을 때 w와 b를 함께 가장 작게 하는 최소제곱해를 돌려줘서 기울기도 몫을 가집니다. 여기서는 w = 0, b = y의 평균으로 정했습니다.",
)
def smallest_solution_for_equal_x(x, y):
    if flat(x):
        w = x[0] * y.mean() / (x[0] ** 2 + 1)
        return w, y.mean() / (x[0] ** 2 + 1)
    dx, dy = centred(x, y)
    return through_the_means((dx * dy).sum() / (dx * dx).sum(), x, y)


@misconception(
    "occam_choice",
    en="A failed run makes the smallest error NaN, and compared with NaN nobody is good enough: there is nothing left to choose from. Leave the failed runs out before you take the minimum.",
    ko="실패한 실행 때문에 가장 작은 오차가 NaN이 되고, NaN과 비교하면 아무도 충분히 좋지 않아 고를 것이 없습니다. 최솟값을 구하기 전에 실패한 실행을 빼세요.",
)
def nan_leaves_nobody(va_err, complexity, tol):
    good = [k for k in range(len(va_err)) if va_err[k] <= (1 + tol) * va_err.min()]
    return min(good, key=lambda k: (int(complexity[k]), k))


@misconception(
    "ovr_predict",
    en="You take one maximum over the whole table. Each sample has a row of its own, and its class is the place of the maximum in that row.",
    ko="표 전체에서 최댓값을 하나만 찾았습니다. 샘플마다 자기 행이 있고, 그 행에서 최댓값의 자리가 클래스입니다.",
)
def one_maximum_for_all(X, W, b):
    return (X @ W + b).argmax()


@misconception(
    "q_update",
    en="At the end of an episode the old value is replaced by r at once. The last step, too, goes only the part alpha of the way.",
    ko="에피소드가 끝나면 옛 값을 곧바로 r로 바꿉니다. 마지막에도 alpha만큼만 움직여야 합니다.",
)
def all_the_way_at_the_end(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, 1.0 if done else alpha, r if done else r + gamma * Q[s_next].max())


@misconception(
    "hinge_step",
    en="You turn the labels into 2 y - 1, as if they were 0 and 1. They are -1 and 1 already; now the negative ones count -3.",
    ko="레이블이 0과 1인 것처럼 2 y - 1로 바꾸었습니다. 이미 -1과 1이므로 음의 레이블이 -3이 됩니다.",
)
def labels_taken_for_zero_and_one(X, y, w, b, lr, lam):
    return stepped(X, w, b, lr, lam, pull_of(X, 2 * y - 1, w, b))


@misconception(
    "hinge_step",
    en="You subtract the value of the penalty, lam/2 |w|^2, the same number from every weight. Its gradient is a vector: each weight has its own share.",
    ko="벌점의 값 lam/2 |w|^2을 모든 가중치에서 똑같이 뺐습니다. 필요한 것은 기울기, 곧 가중치마다 다른 벡터입니다.",
)
def penalty_value_for_its_gradient(X, y, w, b, lr, lam):
    pull = pull_of(X, y, w, b)
    return w - lr * (lam * (w @ w) / 2 - pull @ X / len(X)), b + lr * pull.mean()


@misconception(
    "q_update",
    en="You look up which action is best in s and expect that one in s_next. The best action of s_next itself is expected.",
    ko="s에서 가장 좋은 행동을 골라 s_next에서 그 행동의 값을 기대했습니다. s_next에서 가장 좋은 행동을 기대해야 합니다.",
)
def best_action_of_the_old_state(Q, s, a, r, s_next, done, alpha, gamma):
    return with_target(Q, s, a, alpha, r + (0 if done else gamma * Q[s_next, int(Q[s].argmax())]))
