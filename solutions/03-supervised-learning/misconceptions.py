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
    en="You count the samples that are right. That is the accuracy; errors are the others.",
    ko="맞힌 샘플을 세었습니다. 그것은 정확도이며, 오류는 나머지 샘플입니다.",
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
    en="You reshape the predictions until they fit. The shapes that do not agree point to a mistake elsewhere, so refuse them with ValueError.",
    ko="예측의 모양을 억지로 맞추었습니다. 모양이 다르다는 것은 다른 곳에 실수가 있다는 뜻이므로 ValueError로 거절해야 합니다.",
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
