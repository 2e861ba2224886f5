"""Lecture 11, autoencoders, PixelCNN and PixelRNN: wrong versions that students write, and what to tell them."""

import math

import torch
import torch.nn.functional as F

from autograder.authoring import misconception

# -- 1. pca_ae -------------------------------------------------------------------------------------------------------


def directions(X):
    """(D, D): the directions of X in columns, by descending variance around the mean of X."""
    return torch.linalg.svd(X - X.mean(dim=0), full_matrices=True)[2].T


@misconception(
    "pca_ae",
    en="The data are not centred. Your first direction then points to the mean of the data, not along their largest variance.",
    ko="데이터에서 평균을 빼지 않았습니다. 그러면 첫 방향이 분산이 가장 큰 쪽이 아니라 데이터의 평균을 가리킵니다.",
)
def not_centred(X, k):
    basis = torch.linalg.svd(X, full_matrices=True)[2][:k].T
    Z = X @ basis
    return Z, Z @ basis.T, basis


@misconception(
    "pca_ae",
    en="The mean is not added back: Xhat is restored around 0 instead of around the data.",
    ko="평균을 다시 더하지 않았습니다. 복원한 Xhat이 데이터가 아니라 0을 중심으로 놓입니다.",
)
def mean_not_added_back(X, k):
    basis = directions(X)[:, :k]
    Z = (X - X.mean(dim=0)) @ basis
    return Z, Z @ basis.T, basis


@misconception(
    "pca_ae",
    en="You keep the directions of SMALLEST variance. eigh sorts its eigenvalues in ascending order, so that the largest come last.",
    ko="분산이 가장 '작은' 방향들을 남겼습니다. eigh는 고윳값을 오름차순으로 정렬하므로 가장 큰 것이 맨 뒤에 옵니다.",
)
def smallest_components(X, k):
    mean = X.mean(dim=0)
    basis = directions(X).flip(1)[:, :k]
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="Your basis vectors stand in rows, (k, D). In this assignment they are columns, so that Z = (X - mean) @ basis.",
    ko="기저 벡터가 행에 놓여 모양이 (k, D)입니다. 이 과제에서는 Z = (X - 평균) @ basis가 되도록 열에 놓습니다.",
)
def basis_in_rows(X, k):
    mean = X.mean(dim=0)
    basis = directions(X)[:, :k]
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis.T


@misconception(
    "pca_ae",
    en="The right directions, but in ascending order: the direction of largest variance must be the first column.",
    ko="방향은 맞지만 순서가 오름차순입니다. 분산이 가장 큰 방향이 첫째 열이어야 합니다.",
)
def ascending_order(X, k):
    mean = X.mean(dim=0)
    basis = directions(X)[:, :k].flip(1)
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="The code is computed from X as it is; it needs the centred data. Xhat is then off by the projected mean.",
    ko="코드를 평균을 빼지 않은 X에서 구했습니다. 평균을 뺀 데이터가 필요합니다. 그래서 Xhat도 사영된 평균만큼 어긋납니다.",
)
def code_of_uncentred_data(X, k):
    basis = directions(X)[:, :k]
    Z = X @ basis
    return Z, Z @ basis.T + X.mean(dim=0), basis


@misconception(
    "pca_ae",
    en="You scale each feature to variance 1 before the decomposition. That is PCA of the correlations; here the covariance counts.",
    ko="분해하기 전에 특징마다 분산을 1로 맞췄습니다. 그것은 상관 행렬의 PCA입니다. 여기서는 공분산을 씁니다.",
)
def features_standardised(X, k):
    mean = X.mean(dim=0)
    scale = (X - mean).pow(2).mean(dim=0).sqrt()
    scale = torch.where(scale > 0, scale, torch.ones_like(scale))
    basis = torch.linalg.svd((X - mean) / scale, full_matrices=True)[2][:k].T
    Z = ((X - mean) / scale) @ basis
    return Z, (Z @ basis.T) * scale + mean, basis


@misconception(
    "pca_ae",
    en="Your code is scaled to unit length (whitened): you return the left singular vectors without their singular values.",
    ko="코드의 크기가 1로 맞춰져 있습니다(화이트닝). 왼쪽 특이벡터에 특이값을 곱하지 않은 채 돌려주었습니다.",
)
def whitened_code(X, k):
    mean = X.mean(dim=0)
    basis = directions(X)[:, :k]
    Z = (X - mean) @ basis
    size = Z.norm(dim=0)
    return Z / torch.where(size > 0, size, torch.ones_like(size)), Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="With fewer rows than features your basis runs out of directions. The reduced decomposition has only min(N, D) of them, but k may be larger.",
    ko="행이 특징보다 적으면 기저의 방향이 모자랍니다. 축소된 분해에는 방향이 min(N, D)개뿐인데 k는 그보다 클 수 있습니다.",
)
def reduced_decomposition(X, k):
    mean = X.mean(dim=0)
    basis = torch.linalg.svd(X - mean, full_matrices=False)[2][:k].T
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="You keep the directions of SMALLEST variance. eigh sorts its eigenvalues in ascending order, so that the largest come last.",
    ko="분산이 가장 '작은' 방향들을 남겼습니다. eigh는 고윳값을 오름차순으로 정렬하므로 가장 큰 것이 맨 뒤에 옵니다.",
)
def first_of_eigh(X, k):
    mean = X.mean(dim=0)
    basis = torch.linalg.eigh((X - mean).T @ (X - mean))[1][:, :k]
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="The mean is taken over the features of each row. It is the mean of the rows, one number for each feature: dim=0.",
    ko="행마다 특징들의 평균을 뺐습니다. 행들의 평균, 곧 특징마다 하나씩인 dim=0의 평균을 빼야 합니다.",
)
def mean_of_each_row(X, k):
    mean = X.mean(dim=1, keepdim=True)
    basis = torch.linalg.svd(X - mean, full_matrices=True)[2][:k].T
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="You take the first k columns of what svd returns. torch.linalg.svd returns V transposed: the directions stand in its rows.",
    ko="svd가 돌려준 행렬의 앞 k개 열을 썼습니다. torch.linalg.svd는 전치된 V를 돌려주므로 방향은 행에 놓여 있습니다.",
)
def columns_of_vh(X, k):
    mean = X.mean(dim=0)
    basis = torch.linalg.svd(X - mean, full_matrices=True)[2][:, :k]
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="You scale each feature to variance 1 and never undo it. That is PCA of the correlations, and Xhat has other units than X; here nothing is scaled.",
    ko="특징마다 분산을 1로 맞추고 되돌리지 않았습니다. 그것은 상관 행렬의 PCA이며, Xhat의 단위가 X와 달라집니다. 여기서는 크기를 바꾸지 않습니다.",
)
def standardised_and_not_undone(X, k):
    mean = X.mean(dim=0)
    scaled = (X - mean) / X.std(dim=0, unbiased=False).clamp(min=1e-12)
    basis = torch.linalg.svd(scaled, full_matrices=True)[2][:k].T
    Z = scaled @ basis
    return Z, Z @ basis.T + mean, basis


# -- 2. ae_loss_grad -------------------------------------------------------------------------------------------------


def forward(X, We, be, Wd, bd):
    code = torch.tanh(X @ We + be)
    return code, code @ Wd + bd - X


def gradients(X, code, G, Wd, slope):
    """(dWe, dbe, dWd, dbd) from the gradient G at Xhat."""
    A = (G @ Wd.T) * slope
    return X.T @ A, A.sum(dim=0), code.T @ G, G.sum(dim=0)


@misconception(
    "ae_loss_grad",
    en="You tie the weights: the decoder uses the transpose of We instead of Wd. Tied weights exist, but here both are independent.",
    ko="디코더에 Wd 대신 We의 전치를 썼습니다. 가중치를 묶는(tied) 방법도 있지만, 여기서는 둘이 독립입니다.",
)
def weights_tied(X, We, be, Wd, bd):
    code, error = forward(X, We, be, We.T, bd)
    G = 2 * error / len(X)
    return (error**2).sum() / len(X), *gradients(X, code, G, We.T, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="Only the decoder gets a gradient; that of the encoder is 0. The error reaches the encoder through the code.",
    ko="디코더의 기울기만 구하고 인코더의 기울기는 0으로 두었습니다. 오차는 코드를 거쳐 인코더까지 전해집니다.",
)
def decoder_only(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    G = 2 * error / len(X)
    return (error**2).sum() / len(X), torch.zeros_like(We), torch.zeros_like(be), code.T @ G, G.sum(dim=0)


@misconception(
    "ae_loss_grad",
    en="You average over the features, too (the mean of all elements). Sum over the features, mean over the batch only.",
    ko="특징에 대해서도 평균을 냈습니다(모든 원소의 평균). 특징에 대해서는 합, 배치에 대해서만 평균입니다.",
)
def mean_over_features(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).mean(), *gradients(X, code, 2 * error / error.numel(), Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="The batch is summed, not averaged: divide the loss and all gradients by N.",
    ko="배치에 대해 평균이 아니라 합을 구했습니다. 손실과 모든 기울기를 N으로 나눠야 합니다.",
)
def summed_over_the_batch(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum(), *gradients(X, code, 2 * error, Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="The derivative of tanh is missing on the way into the encoder.",
    ko="인코더로 가는 길에 tanh의 도함수가 빠졌습니다.",
    evidence="E18",
)
def slope_missing(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, torch.ones_like(code))


@misconception(
    "ae_loss_grad",
    en="Your gradients are half as large as they should be: the derivative of a square has a factor 2, and the loss has no 1/2.",
    ko="기울기가 절반입니다. 제곱을 미분하면 2가 나오고, 손실에는 1/2이 없습니다.",
    evidence="E19",
)
def factor_two_missing(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, error / len(X), Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="The loss is divided by N, your gradients are not. Both belong to the same loss.",
    ko="손실은 N으로 나누었지만 기울기는 나누지 않았습니다. 둘은 같은 손실에서 나온 것이어야 합니다.",
    evidence="E18",
)
def gradients_not_averaged(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error, Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="You evaluate 1 - a^2 at the pre-activation. The derivative of tanh is 1 minus the square of its OUTPUT, the code.",
    ko="활성화 전 값으로 1 - a²을 계산했습니다. tanh의 도함수는 1에서 '출력', 곧 코드의 제곱을 뺀 값입니다.",
    evidence="E18",
)
def slope_at_the_preactivation(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, 1 - (X @ We + be) ** 2)


@misconception(
    "ae_loss_grad",
    en="The decoder ends in a tanh. Here it is linear, since the data are not limited to (-1, 1).",
    ko="디코더 끝에 tanh를 적용했습니다. 데이터가 (-1, 1) 안에만 있지 않으므로 여기서는 선형입니다.",
)
def tanh_at_the_end(X, We, be, Wd, bd):
    code = torch.tanh(X @ We + be)
    Xhat = torch.tanh(code @ Wd + bd)
    G = 2 * (Xhat - X) / len(X) * (1 - Xhat**2)
    return ((Xhat - X) ** 2).sum() / len(X), *gradients(X, code, G, Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="The gradient points uphill: you took X - Xhat where the derivative has Xhat - X.",
    ko="기울기가 오르막을 가리킵니다. 도함수에 들어갈 Xhat - X 대신 X - Xhat을 썼습니다.",
    evidence="E19",
)
def error_turned_round(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, -2 * error / len(X), Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="code (1 - code) is the derivative of the sigmoid. That of tanh, written with its output, is 1 - code^2.",
    ko="code(1 - code)는 시그모이드의 도함수입니다. tanh의 도함수를 출력으로 쓰면 1 - code²입니다.",
)
def slope_of_the_sigmoid(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, code * (1 - code))


@misconception(
    "ae_loss_grad",
    en="You take 1 - code where the derivative of tanh is 1 - code^2: the square is missing.",
    ko="tanh의 도함수는 1 - code²인데 1 - code를 썼습니다. 제곱이 빠졌습니다.",
)
def slope_without_the_square(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, 1 - code)


@misconception(
    "ae_loss_grad",
    en="You apply tanh to the code once more before you square it. The code already is the output of tanh.",
    ko="코드에 tanh를 한 번 더 적용하고 제곱했습니다. 코드는 이미 tanh의 출력입니다.",
)
def slope_with_tanh_twice(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, 1 - torch.tanh(code) ** 2)


@misconception(
    "ae_loss_grad",
    en="The error goes back to the code through We. It went forward through Wd, which is not tied to We.",
    ko="오차를 We를 거쳐 코드로 되돌렸습니다. 순전파에서 지난 것은 Wd이고, Wd는 We와 묶여 있지 않습니다.",
)
def back_through_the_encoder(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), We.T, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="The gradient of the decoder's weights is added to that of the encoder's, as if the weights were tied. Here both are independent.",
    ko="가중치가 묶여 있는 것처럼 디코더 가중치의 기울기를 인코더의 기울기에 더했습니다. 여기서는 둘이 독립입니다.",
)
def gradients_tied(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    dWe, dbe, dWd, dbd = gradients(X, code, 2 * error / len(X), Wd, 1 - code**2)
    return (error**2).sum() / len(X), dWe + dWd.T, dbe, dWd, dbd


@misconception(
    "ae_loss_grad",
    en="There is a tanh at the end of your decoder, and your gradients leave it out. Here the decoder is linear.",
    ko="디코더 끝에 tanh를 적용했고, 기울기에서는 그것을 빠뜨렸습니다. 여기서 디코더는 선형입니다.",
)
def tanh_at_the_end_only_forward(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    error = torch.tanh(error + X) - X
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="Your code is a sigmoid. The encoder of this task ends in tanh.",
    ko="코드에 시그모이드를 썼습니다. 이 문제의 인코더는 tanh로 끝납니다.",
)
def sigmoid_code(X, We, be, Wd, bd):
    code = torch.sigmoid(X @ We + be)
    error = code @ Wd + bd - X
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, code * (1 - code))


@misconception(
    "ae_loss_grad",
    en="You add up absolute differences. The loss is the sum of their squares.",
    ko="차이의 절댓값을 더했습니다. 손실은 차이의 제곱을 더한 값입니다.",
)
def absolute_differences(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return error.abs().sum() / len(X), *gradients(X, code, error.sign() / len(X), Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="You take the root of each sample's sum of squares. The loss is the sum of the squares itself.",
    ko="표본마다 제곱의 합에 제곱근을 취했습니다. 손실은 제곱의 합 자체입니다.",
)
def root_of_each_sample(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return error.norm(dim=1).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, 1 - code**2)


# -- 3. chain_loglik -------------------------------------------------------------------------------------------------


def picked(cond, x):
    return cond.gather(2, x[:, :, None])[:, :, 0]


@misconception(
    "chain_loglik",
    en="You return the probability itself, the product. Asked for is its logarithm, and a long product underflows to 0.",
    ko="확률 자체, 곧 곱을 돌려주었습니다. 필요한 것은 그 로그이며, 긴 곱은 언더플로로 0이 됩니다.",
)
def product_not_logarithm(cond, x):
    return picked(cond, x).prod(dim=1)


@misconception(
    "chain_loglik",
    en="You multiply first and take the logarithm afterwards. For a long sequence the product is 0 and its logarithm -inf: logarithm first, then sum.",
    ko="먼저 곱하고 나중에 로그를 취했습니다. 시퀀스가 길면 곱이 0이 되어 로그가 -inf가 됩니다. 로그가 먼저이고 합이 나중입니다.",
)
def logarithm_of_the_product(cond, x):
    return picked(cond, x).prod(dim=1).log()


@misconception(
    "chain_loglik",
    en="You take the mean over the places. The chain rule is a product, so the logarithms are summed.",
    ko="자리에 대해 평균을 냈습니다. 연쇄 법칙은 곱이므로 로그는 더해야 합니다.",
)
def mean_over_places(cond, x):
    return picked(cond, x).log().sum(dim=1) / max(1, x.shape[1])


@misconception(
    "chain_loglik",
    en="You take the largest probability at each place, whatever x is. What counts is the probability of the value that stands there.",
    ko="x와 상관없이 자리마다 가장 큰 확률을 썼습니다. 실제로 그 자리에 있는 값의 확률이 필요합니다.",
)
def largest_probability(cond, x):
    return cond.amax(dim=2).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="You shift by one place: cond[:, i] is compared with the pixel before or after i. It already is the distribution of x[:, i].",
    ko="한 자리가 밀렸습니다. cond[:, i]를 i의 앞이나 뒤 값과 짝지었습니다. cond[:, i]는 이미 x[:, i]의 분포입니다.",
)
def shifted_by_one(cond, x):
    return picked(cond[:, 1:], x[:, :-1]).log().sum(dim=1) if x.shape[1] else cond.new_zeros(len(x))


@misconception(
    "chain_loglik",
    en="You add the probabilities and take one logarithm. The logarithm of a sum is not the sum of the logarithms.",
    ko="확률을 더한 다음 로그를 한 번 취했습니다. 합의 로그는 로그의 합이 아닙니다.",
)
def logarithm_of_the_sum(cond, x):
    return picked(cond, x).sum(dim=1).log()


@misconception(
    "chain_loglik",
    en="You add a small number inside the logarithm. An impossible sequence then looks merely improbable, and all others are a little wrong.",
    ko="로그 안에 작은 수를 더했습니다. 그러면 불가능한 시퀀스가 그저 드문 시퀀스처럼 보이고, 나머지도 조금씩 틀립니다.",
)
def epsilon_in_the_logarithm(cond, x):
    return (picked(cond, x) + 1e-8).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="You multiply the logarithms of all probabilities by a one-hot vector. Where a value that was not picked has probability 0, this is 0 times minus infinity, NaN. Pick first, then take the logarithm.",
    ko="모든 확률의 로그에 원-핫 벡터를 곱했습니다. 고르지 않은 값의 확률이 0이면 0 곱하기 음의 무한대가 되어 NaN이 나옵니다. 먼저 고르고 나서 로그를 취하세요.",
)
def one_hot_times_logarithm(cond, x):
    return (F.one_hot(x, cond.shape[2]) * cond.log()).sum(dim=(1, 2))


@misconception(
    "chain_loglik",
    en="All sequences are summed into one number. Each of the N sequences has a likelihood of its own.",
    ko="모든 시퀀스를 숫자 하나로 더했습니다. N개 시퀀스마다 우도가 따로 있습니다.",
)
def summed_over_sequences(cond, x):
    return picked(cond, x).log().sum()


@misconception(
    "chain_loglik",
    en="Your result is the negative log-likelihood. Here the log-likelihood itself is asked for, which is at most 0.",
    ko="음의 로그 우도를 돌려주었습니다. 여기서는 로그 우도 자체가 필요하며, 그 값은 0 이하입니다.",
)
def negative_sign(cond, x):
    return -picked(cond, x).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="The first place is left out. Its distribution has no condition, but it is a factor like the others.",
    ko="첫 자리를 빠뜨렸습니다. 첫 자리의 분포에는 조건이 없지만, 다른 자리와 똑같은 인수입니다.",
)
def first_place_left_out(cond, x):
    return picked(cond, x)[:, 1:].log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="You add a small number inside the logarithm. An impossible sequence then looks merely improbable, and all others are a little wrong.",
    ko="로그 안에 작은 수를 더했습니다. 그러면 불가능한 시퀀스가 그저 드문 시퀀스처럼 보이고, 나머지도 조금씩 틀립니다.",
)
def epsilon_of_1e10(cond, x):
    return (picked(cond, x) + 1e-10).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="You add a small number inside the logarithm. An impossible sequence then looks merely improbable, and all others are a little wrong.",
    ko="로그 안에 작은 수를 더했습니다. 그러면 불가능한 시퀀스가 그저 드문 시퀀스처럼 보이고, 나머지도 조금씩 틀립니다.",
)
def epsilon_of_1e12(cond, x):
    return (picked(cond, x) + 1e-12).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="You clamp the probabilities from below. A picked 0 must give -inf: this sequence is impossible, not merely improbable.",
    ko="확률을 아래에서 잘랐습니다. 고른 확률이 0이면 -inf여야 합니다. 드문 것이 아니라 불가능한 시퀀스입니다.",
    same_as="epsilon_of_1e10",
)
def clamped_at_1e10(cond, x):
    return picked(cond, x).clamp(min=1e-10).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="You clamp the probabilities from below. A picked 0 must give -inf: this sequence is impossible, not merely improbable.",
    ko="확률을 아래에서 잘랐습니다. 고른 확률이 0이면 -inf여야 합니다. 드문 것이 아니라 불가능한 시퀀스입니다.",
    same_as="epsilon_of_1e12",
)
def clamped_at_1e12(cond, x):
    return picked(cond, x).clamp(min=1e-12).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="You clamp the probabilities from below. A picked 0 must give -inf: this sequence is impossible, not merely improbable.",
    ko="확률을 아래에서 잘랐습니다. 고른 확률이 0이면 -inf여야 합니다. 드문 것이 아니라 불가능한 시퀀스입니다.",
    same_as="epsilon_in_the_logarithm",
)
def clamped_at_1e8(cond, x):
    return picked(cond, x).clamp(min=1e-8).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="You take a log-softmax of cond. cond already holds probabilities, so only the logarithm is needed.",
    ko="cond에 로그 소프트맥스를 적용했습니다. cond는 이미 확률이므로 로그만 취하면 됩니다.",
)
def softmax_of_probabilities(cond, x):
    return picked(torch.log_softmax(cond, dim=2), x).sum(dim=1)


@misconception(
    "chain_loglik",
    en="You use a logarithm to base 2. Logarithms are natural here.",
    ko="밑이 2인 로그를 썼습니다. 여기서는 자연로그를 씁니다.",
)
def log_to_base_two(cond, x):
    return picked(cond, x).log2().sum(dim=1)


@misconception(
    "chain_loglik",
    en="Only the last place counts in your result. The chain rule is a product over all places.",
    ko="결과에 마지막 자리만 들어갔습니다. 연쇄 법칙은 모든 자리에 대한 곱입니다.",
)
def last_place_only(cond, x):
    return picked(cond, x).log()[:, -1]


@misconception(
    "chain_loglik",
    en="You shift by one place: cond[:, i] is compared with the pixel before or after i. It already is the distribution of x[:, i].",
    ko="한 자리가 밀렸습니다. cond[:, i]를 i의 앞이나 뒤 값과 짝지었습니다. cond[:, i]는 이미 x[:, i]의 분포입니다.",
)
def rolled_by_one(cond, x):
    return picked(cond, x.roll(1, dims=1)).log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="A picked probability of 0 is left out of your sum. Such a sequence is impossible: its log-likelihood is -inf.",
    ko="고른 확률이 0인 자리를 합에서 뺐습니다. 그런 시퀀스는 불가능하므로 로그 우도는 -inf입니다.",
)
def zeros_left_out(cond, x):
    p = picked(cond, x)
    return torch.where(p > 0, p, torch.ones_like(p)).log().sum(dim=1)


# -- 4. raster, context ----------------------------------------------------------------------------------------------


@misconception(
    "raster",
    en="Your order runs down the columns. Raster order runs along the rows, as in reading.",
    ko="열을 따라 내려가는 순서입니다. 래스터 순서는 글을 읽듯이 행을 따라갑니다.",
)
def column_by_column(H, W):
    return torch.tensor([[i, j] for j in range(W) for i in range(H)])


@misconception(
    "raster",
    en="You begin at the bottom right. Raster order begins at the top left.",
    ko="오른쪽 아래에서 시작했습니다. 래스터 순서는 왼쪽 위에서 시작합니다.",
)
def from_the_bottom_right(H, W):
    return torch.cartesian_prod(torch.arange(H), torch.arange(W)).flip(0)


@misconception(
    "raster",
    en="Your pairs are (column, row). The row comes first, as in image[i, j].",
    ko="(열, 행) 순으로 적었습니다. image[i, j]처럼 행 번호가 먼저입니다.",
)
def column_before_row(H, W):
    return torch.cartesian_prod(torch.arange(H), torch.arange(W)).flip(1)


@misconception(
    "raster",
    en="Height and width are exchanged: H is the number of rows.",
    ko="높이와 너비가 뒤바뀌었습니다. H가 행의 수입니다.",
)
def height_and_width_exchanged(H, W):
    return torch.cartesian_prod(torch.arange(W), torch.arange(H))


@misconception(
    "raster",
    en="You count rows and columns from 1. Indices begin at 0.",
    ko="행과 열을 1부터 세었습니다. 번호는 0부터 시작합니다.",
)
def counted_from_one(H, W):
    return torch.cartesian_prod(torch.arange(1, H + 1), torch.arange(1, W + 1))


@misconception(
    "raster",
    en="Every other row runs from right to left. In raster order each row begins at the left again.",
    ko="한 행 걸러 오른쪽에서 왼쪽으로 갑니다. 래스터 순서에서는 행마다 다시 왼쪽에서 시작합니다.",
)
def back_and_forth(H, W):
    return torch.tensor([[i, j if i % 2 == 0 else W - 1 - j] for i in range(H) for j in range(W)])


def rows_and_columns(H, W):
    return torch.arange(H)[:, None].expand(H, W), torch.arange(W)[None, :].expand(H, W)


@misconception(
    "context",
    en="Your context follows the columns: all columns to the left, and what stands above in the same one. Raster order goes by rows.",
    ko="열을 따르는 문맥입니다. 왼쪽 열 전체와 같은 열의 위쪽을 골랐습니다. 래스터 순서는 행을 따릅니다.",
)
def context_by_columns(i, j, H, W):
    a, b = rows_and_columns(H, W)
    return (b < j) | ((b == j) & (a < i))


@misconception(
    "context",
    en="The pixel is in its own context. It would be used to predict itself.",
    ko="픽셀이 자기 문맥에 들어 있습니다. 그러면 자기 자신을 예측하는 데 자기 값을 쓰게 됩니다.",
)
def context_with_itself(i, j, H, W):
    return (torch.arange(H * W) <= i * W + j).reshape(H, W)


@misconception(
    "context",
    en="Only the pixels to the left in the same row are in your context. All rows above come before, too.",
    ko="같은 행의 왼쪽 픽셀만 문맥에 넣었습니다. 위의 행도 모두 먼저 옵니다.",
)
def only_to_the_left(i, j, H, W):
    a, b = rows_and_columns(H, W)
    return (a == i) & (b < j)


@misconception(
    "context",
    en="Only the rows above are in your context. In its own row, what stands to the left comes before, too.",
    ko="위의 행만 문맥에 넣었습니다. 같은 행에서 왼쪽에 있는 픽셀도 먼저 옵니다.",
)
def only_the_rows_above(i, j, H, W):
    a, _ = rows_and_columns(H, W)
    return a < i


@misconception(
    "context",
    en="Your context begins at the bottom right. It holds what comes AFTER the pixel.",
    ko="오른쪽 아래에서 시작한 문맥입니다. 픽셀보다 '나중에' 오는 것이 들어 있습니다.",
)
def what_comes_after(i, j, H, W):
    return (torch.arange(H * W) > i * W + j).reshape(H, W)


@misconception(
    "context",
    en="You take the rectangle above and to the left. In the rows above, pixels to the right of column j come before as well.",
    ko="왼쪽 위의 직사각형만 골랐습니다. 위의 행에서는 j열보다 오른쪽에 있는 픽셀도 먼저 옵니다.",
)
def rectangle_above_left(i, j, H, W):
    a, b = rows_and_columns(H, W)
    return (a <= i) & (b <= j) & ~((a == i) & (b == j))


@misconception(
    "context",
    en="You count the place of a pixel with H where W belongs: each row has W pixels.",
    ko="픽셀의 순번을 셀 때 W 자리에 H를 썼습니다. 한 행에는 픽셀이 W개 있습니다.",
)
def place_counted_with_height(i, j, H, W):
    return (torch.arange(H * W) < i * H + j).reshape(H, W)


@misconception(
    "raster",
    en="Your pixels stand in a grid (H, W, 2). They are a list here: one row for each pixel, (H * W, 2).",
    ko="픽셀이 (H, W, 2) 격자로 놓였습니다. 여기서는 픽셀마다 한 행씩인 (H * W, 2) 목록이어야 합니다.",
)
def grid_of_pixels(H, W):
    return torch.cartesian_prod(torch.arange(H), torch.arange(W)).reshape(H, W, 2)


@misconception(
    "context",
    en="You take the rectangle above and to the left, without the own row. All of the rows above come before, and so does what stands to the left in the same row.",
    ko="자기 행을 뺀 왼쪽 위 직사각형만 골랐습니다. 위의 행은 전부, 같은 행에서는 왼쪽이 먼저 옵니다.",
)
def strictly_above_and_left(i, j, H, W):
    a, b = rows_and_columns(H, W)
    return (a < i) & (b < j)


@misconception(
    "context",
    en="Your mask is inverted: it holds the pixel itself and all that comes after. True means comes before.",
    ko="마스크가 뒤집혔습니다. 픽셀 자신과 그 뒤의 픽셀이 들어 있습니다. True는 먼저 온다는 뜻입니다.",
)
def context_inverted(i, j, H, W):
    return (torch.arange(H * W) >= i * W + j).reshape(H, W)


@misconception(
    "context",
    en="The whole row of the pixel is in your context but for the pixel itself. What stands to its right comes later.",
    ko="픽셀 자신만 뺀 그 행 전체가 문맥에 들어 있습니다. 오른쪽에 있는 것은 나중에 옵니다.",
)
def whole_row_but_the_pixel(i, j, H, W):
    a, b = rows_and_columns(H, W)
    return (a <= i) & ~((a == i) & (b == j))


@misconception(
    "context",
    en="The whole row of the pixel is in your context, the pixel included. In its own row only what stands to the left comes before.",
    ko="픽셀 자신까지 그 행 전체가 문맥에 들어 있습니다. 같은 행에서는 왼쪽만 먼저 옵니다.",
)
def whole_row_with_the_pixel(i, j, H, W):
    a, _ = rows_and_columns(H, W)
    return a <= i


# -- 5. causal_mask --------------------------------------------------------------------------------------------------


def refuse_even(kh, kw):
    if kh % 2 == 0 or kw % 2 == 0:
        raise ValueError("even kernel")


def colours(count, rgb):
    return torch.arange(count) * (3 if rgb else 1) // count


def assemble(kh, kw, cin, cout, before, centre):
    """The mask with the given (kh, kw) pattern before the centre and the (cout, cin) table at it."""
    mask = before.reshape(kh, kw).repeat(cout, cin, 1, 1)
    mask[:, :, kh // 2, kw // 2] = centre
    return mask


def earlier_places(kh, kw):
    return torch.arange(kh * kw) < (kh * kw) // 2


def right_centre(type, cin, cout, rgb):
    of, to = colours(cin, rgb)[None, :], colours(cout, rgb)[:, None]
    return of < to if type == "A" else of <= to


@misconception(
    "causal_mask",
    en="Your type A lets the centre through. In the first layer the centre is the pixel that is to be predicted.",
    ko="A형에서 가운데가 열려 있습니다. 첫 층에서 가운데는 예측해야 할 픽셀 자신입니다.",
    evidence="E17",
)
def centre_open_in_a(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre("B", cin, cout, rgb))


@misconception(
    "causal_mask",
    en="Your type B shuts the centre. In later layers it only holds what was computed from the past, and nothing is gained by losing it.",
    ko="B형에서 가운데가 닫혀 있습니다. 뒤의 층에서 가운데에는 과거로부터 계산한 값만 있으므로 버릴 까닭이 없습니다.",
    evidence="E17",
)
def centre_shut_in_b(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre("A", cin, cout, rgb))


@misconception(
    "causal_mask",
    en="The rows above are shut as well; only the left part of the centre row is left. All rows above come before the centre.",
    ko="위의 행까지 가려서 가운데 행의 왼쪽만 남았습니다. 위의 행은 모두 가운데보다 먼저 옵니다.",
    evidence="E17",
)
def rows_above_shut(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    a, b = rows_and_columns(kh, kw)
    return assemble(kh, kw, cin, cout, (a == kh // 2) & (b < kw // 2), right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="The centre row is shut to the left as well. What stands to the left of the centre has already been seen.",
    ko="가운데 행의 왼쪽까지 가렸습니다. 가운데의 왼쪽은 이미 지나온 픽셀입니다.",
    evidence="E17",
)
def centre_row_shut(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    a, _ = rows_and_columns(kh, kw)
    return assemble(kh, kw, cin, cout, a < kh // 2, right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="Rows and columns are exchanged: your kernel sees the columns to the left, including pixels below that have not been seen yet.",
    ko="행과 열이 뒤바뀌었습니다. 왼쪽 열을 통째로 보게 되어, 아직 지나지 않은 아래쪽 픽셀까지 보입니다.",
)
def rows_and_columns_exchanged(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    a, b = rows_and_columns(kh, kw)
    before = (b < kw // 2) | ((b == kw // 2) & (a < kh // 2))
    return assemble(kh, kw, cin, cout, before, right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="Your mask keeps the future and shuts the past. True means that the weight is kept.",
    ko="미래를 남기고 과거를 가렸습니다. True는 그 가중치를 남긴다는 뜻입니다.",
    evidence="E17",
)
def future_kept(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return assemble(kh, kw, cin, cout, ~earlier_places(kh, kw), right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="The whole centre row is open, to the right of the centre, too. These pixels come later.",
    ko="가운데 행이 가운데의 오른쪽까지 열려 있습니다. 그 픽셀들은 나중에 옵니다.",
    evidence="E17",
)
def whole_centre_row_open(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    a, _ = rows_and_columns(kh, kw)
    return assemble(kh, kw, cin, cout, a <= kh // 2, right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="The order of the colours is reversed: with you, red sees green and blue. Red comes first and sees neither.",
    ko="색의 순서가 반대입니다. 빨강이 초록과 파랑을 보고 있습니다. 빨강이 먼저이므로 둘 다 볼 수 없습니다.",
    evidence="E17",
)
def colours_reversed(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    of, to = -colours(cin, rgb)[None, :], -colours(cout, rgb)[:, None]
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), of < to if type == "A" else of <= to)


@misconception(
    "causal_mask",
    en="Your channels alternate red, green, blue, red, ... Here they come in three blocks: first all red ones.",
    ko="채널이 빨강, 초록, 파랑, 빨강, ... 순으로 번갈아 나옵니다. 여기서는 세 덩어리로, 빨강이 모두 먼저 나옵니다.",
    evidence="E17",
)
def colours_alternate(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    of, to = (torch.arange(c) % 3 if rgb else torch.zeros(c, dtype=torch.int64) for c in (cin, cout))
    of, to = of[None, :], to[:, None]
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), of < to if type == "A" else of <= to)


@misconception(
    "causal_mask",
    en="The colours are ignored: at the centre your mask is the same for all channels.",
    ko="색을 무시했습니다. 가운데에서 모든 채널의 마스크가 같습니다.",
    evidence="E17",
)
def colours_ignored(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), torch.tensor(type == "B"))


@misconception(
    "causal_mask",
    en="Input and output channels are exchanged in the shape. The first axis of a convolution's weights is the output.",
    ko="모양에서 입력 채널과 출력 채널이 뒤바뀌었습니다. 합성곱 가중치의 첫 축이 출력입니다.",
)
def channels_exchanged(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    mask = assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre(type, cin, cout, rgb))
    return mask.transpose(0, 1)


@misconception(
    "causal_mask",
    en="A kernel with an even side goes through without an error. It has no centre, so there is nothing that it could be masked around.",
    ko="한 변이 짝수인 커널을 오류 없이 받아들였습니다. 가운데가 없어서 마스크의 기준을 정할 수 없습니다.",
)
def even_kernels_accepted(kh, kw, type, cin, cout, rgb=False):
    return assemble(
        kh, kw, cin, cout, torch.arange(kh * kw) < kh // 2 * kw + kw // 2, right_centre(type, cin, cout, rgb)
    )


@misconception(
    "causal_mask",
    en="Types A and B are exchanged: A hides the centre, B lets it through.",
    ko="A형과 B형이 뒤바뀌었습니다. A형이 중심을 가리고 B형이 통과시킵니다.",
)
def types_exchanged(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return assemble(
        kh, kw, cin, cout, earlier_places(kh, kw), right_centre("A" if type == "B" else "B", cin, cout, rgb)
    )


@misconception(
    "causal_mask",
    en="You keep the rectangle above and to the left only. In the rows above, the places to the right come before the centre as well.",
    ko="왼쪽 위 직사각형만 남겼습니다. 위의 행에서는 오른쪽 자리도 중심보다 먼저 옵니다.",
)
def rectangle_kept(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    a, b = rows_and_columns(kh, kw)
    return assemble(kh, kw, cin, cout, (a <= kh // 2) & (b <= kw // 2), right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="Your mask is inverted: True stands where the weight is to be removed. True means that the weight is kept.",
    ko="마스크가 뒤집혔습니다. 없앨 가중치 자리에 True가 있습니다. True는 남긴다는 뜻입니다.",
)
def mask_inverted(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return ~assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="You refuse an even kh only. An even kw has no centre either.",
    ko="kh가 짝수일 때만 거부했습니다. kw가 짝수일 때도 중심이 없습니다.",
)
def only_the_height_examined(kh, kw, type, cin, cout, rgb=False):
    if kh % 2 == 0:
        raise ValueError("even kernel")
    before = torch.arange(kh * kw) < kh // 2 * kw + kw // 2
    return assemble(kh, kw, cin, cout, before, right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="You refuse an even kw only. An even kh has no centre either.",
    ko="kw가 짝수일 때만 거부했습니다. kh가 짝수일 때도 중심이 없습니다.",
)
def only_the_width_examined(kh, kw, type, cin, cout, rgb=False):
    if kw % 2 == 0:
        raise ValueError("even kernel")
    before = torch.arange(kh * kw) < kh // 2 * kw + kw // 2
    return assemble(kh, kw, cin, cout, before, right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="You refuse a kernel only if both sides are even. One even side is enough: there is no centre then.",
    ko="두 변이 모두 짝수일 때만 거부했습니다. 한 변만 짝수여도 중심이 없습니다.",
)
def refused_only_if_both_are_even(kh, kw, type, cin, cout, rgb=False):
    if kh % 2 == 0 and kw % 2 == 0:
        raise ValueError("even kernel")
    before = torch.arange(kh * kw) < kh // 2 * kw + kw // 2
    return assemble(kh, kw, cin, cout, before, right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="An even kernel ends with another kind of error, such as that of an assert. A ValueError is asked for.",
    ko="짝수 커널에서 assert처럼 다른 종류의 오류가 납니다. ValueError를 내야 합니다.",
)
def refused_by_an_assertion(kh, kw, type, cin, cout, rgb=False):
    assert kh * kw % 2 == 1
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre(type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="The rule of the colours acts at every place before the centre with you. It holds at the centre only; elsewhere all channels see all.",
    ko="색의 규칙을 중심보다 앞선 모든 자리에 적용했습니다. 규칙은 중심에만 있고, 다른 자리에서는 모든 채널이 모든 채널을 봅니다.",
)
def colours_everywhere(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    mask = assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre(type, cin, cout, rgb))
    return mask & right_centre("B", cin, cout, rgb)[:, :, None, None] if rgb else mask


@misconception(
    "causal_mask",
    en="You compare the numbers of the channels. What counts is their colour: of 6 channels, 0 and 1 are both red.",
    ko="채널 번호를 비교했습니다. 비교할 것은 색입니다. 채널이 6개이면 0번과 1번이 모두 빨강입니다.",
)
def channel_numbers_compared(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    of, to = torch.arange(cin)[None, :], torch.arange(cout)[:, None]
    if not rgb:
        of, to = of * 0, to * 0
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), of < to if type == "A" else of <= to)


@misconception(
    "causal_mask",
    en="With rgb your type A sees its own colour at the centre. It sees EARLIER colours only; its own is what type B adds.",
    ko="rgb일 때 A형이 중심에서 자기 색을 봅니다. A형은 '앞선' 색만 보고, 자기 색까지 보는 것은 B형입니다.",
)
def own_colour_seen_in_a(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre("B" if rgb else type, cin, cout, rgb))


@misconception(
    "causal_mask",
    en="With rgb your type B does not see its own colour at the centre. It sees earlier colours and its own.",
    ko="rgb일 때 B형이 중심에서 자기 색을 보지 못합니다. B형은 앞선 색과 자기 색을 봅니다.",
)
def own_colour_hidden_in_b(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre("A" if rgb else type, cin, cout, rgb))


# -- 6. pixelcnn_forward ---------------------------------------------------------------------------------------------


def convolve(x, layers, *, types=None, kernel=None, act=None, padding=None, bias=True):
    """The right network, unless one of its parts is replaced.

    types: the mask of each layer ("A", "B" or "" for none); kernel(W, mask) stands in for W * mask; act(x, l, L) for
    what follows layer l; padding(kh, kw) for the zero padding.
    """
    L = len(layers)
    for l, layer in enumerate(layers):
        W = layer["W"]
        cout, cin, kh, kw = W.shape
        kind = ("A" if l == 0 else "B") if types is None else types[l]
        mask = (
            assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre(kind, cin, cout, False))
            if kind
            else torch.ones(W.shape, dtype=torch.bool)
        )
        masked = W * mask if kernel is None else kernel(W, mask)
        pad = (kh // 2, kw // 2) if padding is None else padding(kh, kw)
        x = F.conv2d(x, masked, layer["b"] if bias else None, padding=pad)
        if act is None:
            x = torch.relu(x) if l < L - 1 else x
        else:
            x = act(x, l, L)
    return x


@misconception(
    "pixelcnn_forward",
    en="All your layers have type B, so the first one sees the pixel itself, and the model is shown what it should predict.",
    ko="모든 층이 B형이라 첫 층이 픽셀 자신을 봅니다. 모델에게 예측해야 할 값을 미리 보여 준 셈입니다.",
    evidence="E17",
)
def type_b_everywhere(x, layers):
    return convolve(x, layers, types="B" * len(layers))


@misconception(
    "pixelcnn_forward",
    en="All your layers have type A. Nothing leaks, but every layer throws away what stands at the centre, which from the second layer on is the past.",
    ko="모든 층이 A형입니다. 새는 것은 없지만 층마다 가운데 값을 버리게 됩니다. 둘째 층부터는 가운데에 있는 것이 과거의 요약인데도 그렇습니다.",
    evidence="E17",
)
def type_a_everywhere(x, layers):
    return convolve(x, layers, types="A" * len(layers))


@misconception(
    "pixelcnn_forward",
    en="No mask is applied: this is an ordinary CNN, which sees the future and the pixel itself.",
    ko="마스크를 쓰지 않았습니다. 미래의 픽셀과 자기 자신까지 보는 보통의 CNN입니다.",
    evidence="E17",
)
def no_masks(x, layers):
    return convolve(x, layers, types=[""] * len(layers))


@misconception(
    "pixelcnn_forward",
    en="Only the first layer is masked. A later kernel of 3 x 3 without a mask reaches right and down again, into the future.",
    ko="첫 층에만 마스크를 썼습니다. 뒤의 층에서 마스크가 없는 3 x 3 커널은 오른쪽과 아래, 곧 미래를 다시 보게 됩니다.",
    evidence="E17",
)
def only_the_first_masked(x, layers):
    return convolve(x, layers, types=["A"] + [""] * (len(layers) - 1))


@misconception(
    "pixelcnn_forward",
    en="Your mask acts on the gradient only: the weights that it should remove are still there in the forward pass.",
    ko="마스크가 기울기에만 작용합니다. 없어져야 할 가중치가 순전파에는 그대로 남아 있습니다.",
    same_as="no_masks",
)
def mask_on_the_gradient_only(x, layers):
    def kernel(W, mask):
        return W * mask + (W * ~mask).detach()

    return convolve(x, layers, kernel=kernel)


@misconception(
    "pixelcnn_forward",
    en="There is a ReLU after the last layer, too. Logits must be able to be negative.",
    ko="마지막 층 뒤에도 ReLU가 있습니다. 로짓은 음수도 될 수 있어야 합니다.",
)
def relu_at_the_end(x, layers):
    return convolve(x, layers, act=lambda x, l, L: torch.relu(x))


@misconception(
    "pixelcnn_forward",
    en="There is no ReLU between the layers, so that all of them together are one linear map.",
    ko="층 사이에 ReLU가 없어서 모든 층을 합쳐도 선형 사상 하나에 지나지 않습니다.",
)
def no_relu(x, layers):
    return convolve(x, layers, act=lambda x, l, L: x)


@misconception(
    "pixelcnn_forward",
    en="The biases are missing.",
    ko="편향이 빠졌습니다.",
)
def biases_forgotten(x, layers):
    return convolve(x, layers, bias=False)


@misconception(
    "pixelcnn_forward",
    en="Without padding the image shrinks with every layer. Pad each side by half of the kernel's size.",
    ko="패딩이 없어서 층을 지날 때마다 이미지가 줄어듭니다. 커널 크기의 절반만큼 양쪽을 0으로 채우세요.",
)
def no_padding(x, layers):
    try:
        return convolve(x, layers, padding=lambda kh, kw: 0)
    except RuntimeError:
        return x.new_zeros(0)


@misconception(
    "pixelcnn_forward",
    en="You pad every layer by 1. That fits kernels of 3 x 3 only; the padding follows the size of each kernel.",
    ko="모든 층에 패딩을 1로 두었습니다. 3 x 3 커널에만 맞습니다. 패딩은 커널마다 크기에 따라 정해야 합니다.",
)
def padding_of_one(x, layers):
    return convolve(x, layers, padding=lambda kh, kw: 1)


@misconception(
    "pixelcnn_forward",
    en="The masks are turned round: your kernels see the future and not the past.",
    ko="마스크가 뒤집혀 있습니다. 커널이 과거가 아니라 미래를 봅니다.",
)
def masks_turned_round(x, layers):
    return convolve(x, layers, kernel=lambda W, mask: W * mask.flip(2, 3))


@misconception(
    "pixelcnn_forward",
    en="Types A and B are exchanged: the first layer has type A, all others type B.",
    ko="A형과 B형이 뒤바뀌었습니다. 첫 층이 A형이고 나머지가 모두 B형입니다.",
)
def b_first_then_a(x, layers):
    return convolve(x, layers, types="B" + "A" * (len(layers) - 1))


@misconception(
    "pixelcnn_forward",
    en="Between the layers you apply tanh. It is a ReLU here.",
    ko="층 사이에 tanh를 적용했습니다. 여기서는 ReLU입니다.",
)
def tanh_between_the_layers(x, layers):
    return convolve(x, layers, act=lambda x, l, L: torch.tanh(x) if l < L - 1 else x)


@misconception(
    "pixelcnn_forward",
    en="Between the layers you apply a sigmoid. It is a ReLU here.",
    ko="층 사이에 시그모이드를 적용했습니다. 여기서는 ReLU입니다.",
)
def sigmoid_between_the_layers(x, layers):
    return convolve(x, layers, act=lambda x, l, L: torch.sigmoid(x) if l < L - 1 else x)


@misconception(
    "pixelcnn_forward",
    en="Rows and columns are padded alike, by half of kh. A kernel may be wider than high: pad the columns by kw // 2.",
    ko="행과 열을 똑같이 kh의 절반만큼 채웠습니다. 커널의 높이와 너비가 다를 수 있으므로 열은 kw // 2만큼 채워야 합니다.",
)
def padded_by_the_height(x, layers):
    return convolve(x, layers, padding=lambda kh, kw: kh // 2)


@misconception(
    "pixelcnn_forward",
    en="Without padding the image shrinks with every layer, until a kernel no longer fits. Pad each side by half of the kernel's size.",
    ko="패딩이 없어서 층을 지날 때마다 이미지가 줄어들고, 마침내 커널이 들어가지 않게 됩니다. 커널 크기의 절반만큼 양쪽을 0으로 채우세요.",
)
def padding_forgotten(x, layers):
    return convolve(x, layers, padding=lambda kh, kw: 0)


@misconception(
    "pixelcnn_forward",
    en="The masked kernels are turned round. Layers compute a cross-correlation: the kernel stays as it is.",
    ko="마스크를 곱한 커널을 뒤집었습니다. 층은 교차 상관을 계산하므로 커널을 그대로 써야 합니다.",
)
def kernels_turned_round(x, layers):
    return convolve(x, layers, kernel=lambda W, mask: (W * mask).flip(2, 3))


@misconception(
    "pixelcnn_forward",
    en="You return probabilities. The result is the logits; the softmax belongs to the loss.",
    ko="확률을 돌려주었습니다. 결과는 로짓이고, 소프트맥스는 손실에서 적용합니다.",
)
def softmax_at_the_end(x, layers):
    return torch.softmax(convolve(x, layers), dim=1)


@misconception(
    "pixelcnn_forward",
    en="There is a ReLU before the first layer, too. The image may be negative; the ReLU stands between the layers only.",
    ko="첫 층 앞에도 ReLU를 적용했습니다. 이미지는 음수일 수 있으며, ReLU는 층 사이에만 있습니다.",
)
def relu_before_the_first(x, layers):
    return convolve(torch.relu(x), layers)


# -- 7. pixel_nll ----------------------------------------------------------------------------------------------------


def nll_of(logits, x):
    """(N, H, W)"""
    return -torch.log_softmax(logits, dim=1).gather(1, x[:, None])[:, 0]


@misconception(
    "pixel_nll",
    en="Your bits are the nats: the change of the logarithm's base is missing.",
    ko="비트가 내트와 같습니다. 로그의 밑을 바꾸지 않았습니다.",
)
def bits_are_nats(logits, x):
    nats = nll_of(logits, x).mean()
    return nats, nats * 1


@misconception(
    "pixel_nll",
    en="You multiply by log 2 where you should divide. A bit is smaller than a nat, so there are more bits than nats.",
    ko="log 2로 나누어야 하는데 곱했습니다. 비트가 내트보다 작은 단위이므로 비트 수가 더 커야 합니다.",
)
def multiplied_by_log_two(logits, x):
    nats = nll_of(logits, x).mean()
    return nats, nats * math.log(2)


@misconception(
    "pixel_nll",
    en="Your nats are already a mean over the pixels, and for the bits you divide by H times W once more.",
    ko="내트가 이미 픽셀에 대한 평균인데, 비트를 구할 때 H × W로 한 번 더 나누었습니다.",
)
def divided_by_pixels_twice(logits, x):
    nats = nll_of(logits, x).mean()
    return nats, nats / math.log(2) / (x.shape[1] * x.shape[2])


@misconception(
    "pixel_nll",
    en="You sum over the pixels of an image. Here both numbers are per pixel, so that images of all sizes can be compared.",
    ko="이미지의 픽셀에 대해 합을 구했습니다. 크기가 다른 이미지를 비교할 수 있도록 두 값 모두 픽셀당 값이어야 합니다.",
)
def summed_over_pixels(logits, x):
    nats = nll_of(logits, x).sum(dim=(1, 2)).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="Your softmax runs along the last axis, over the columns of the image. The classes stand on axis 1.",
    ko="소프트맥스를 마지막 축, 곧 이미지의 열에 대해 계산했습니다. 클래스는 1번 축에 있습니다.",
)
def softmax_over_columns(logits, x):
    nats = -torch.log_softmax(logits, dim=3).gather(1, x[:, None]).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="You average over all K classes. Only the class that x names counts.",
    ko="K개 클래스 모두에 대해 평균을 냈습니다. x가 가리키는 클래스만 세어야 합니다.",
)
def all_classes_counted(logits, x):
    nats = -torch.log_softmax(logits, dim=1).sum(dim=1).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="You take the softmax and then its logarithm. With logits around 1000 a probability becomes exactly 0, and its logarithm infinite.",
    ko="소프트맥스를 구한 다음 로그를 취했습니다. 로짓이 1000쯤 되면 확률이 정확히 0이 되어 로그가 무한대가 됩니다.",
    evidence="E16",
)
def logarithm_of_softmax(logits, x):
    nats = -torch.softmax(logits, dim=1).gather(1, x[:, None]).log().mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="The sign is wrong: this is the log-likelihood, which is negative. What is minimised is its opposite.",
    ko="부호가 반대입니다. 이것은 음수인 로그 우도입니다. 최소화하는 것은 그 부호를 바꾼 값입니다.",
)
def sign_missing(logits, x):
    nats = -nll_of(logits, x).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="The normalisation is missing: you average the raw logits of the true classes. Subtract the logarithm of the sum of all exponentials.",
    ko="정규화가 빠졌습니다. 정답 클래스의 로짓을 그대로 평균했습니다. 모든 지수의 합에 로그를 취한 값을 빼야 합니다.",
)
def logits_not_normalised(logits, x):
    nats = -logits.gather(1, x[:, None]).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="The results are one number per image. Both are wanted as a mean over the batch, too.",
    ko="이미지마다 숫자를 하나씩 돌려주었습니다. 배치에 대해서도 평균을 내야 합니다.",
)
def one_number_per_image(logits, x):
    nats = nll_of(logits, x).mean(dim=(1, 2))
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="You sum over all pixels of the batch. nats is their mean, and bits follow from it.",
    ko="배치의 모든 픽셀에 대해 합을 구했습니다. 내트는 평균이고, 비트도 거기서 나옵니다.",
)
def summed_over_everything(logits, x):
    nats = nll_of(logits, x).sum()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="You take log2 of the nats. They are a logarithm already: to change the base, divide by log 2.",
    ko="내트에 log2를 취했습니다. 내트는 이미 로그이므로 밑을 바꾸려면 log 2로 나눠야 합니다.",
)
def log_of_the_nats(logits, x):
    nats = nll_of(logits, x).mean()
    return nats, torch.log2(nats)


@misconception(
    "pixel_nll",
    en="Your bits are per image: multiplied by H times W. Both numbers are per pixel.",
    ko="비트가 이미지당 값입니다. H × W를 곱했습니다. 두 값 모두 픽셀당 값이어야 합니다.",
)
def bits_per_image(logits, x):
    nats = nll_of(logits, x).mean()
    return nats, nats / math.log(2) * (x.shape[1] * x.shape[2])


@misconception(
    "pixel_nll",
    en="For the bits you divide by log 256. A bit belongs to base 2: divide by log 2.",
    ko="비트를 구할 때 log 256으로 나누었습니다. 비트의 밑은 2이므로 log 2로 나눠야 합니다.",
)
def divided_by_log_of_256(logits, x):
    nats = nll_of(logits, x).mean()
    return nats, nats / math.log(256)


@misconception(
    "pixel_nll",
    en="For the bits you divide by log 10. A bit belongs to base 2: divide by log 2.",
    ko="비트를 구할 때 log 10으로 나누었습니다. 비트의 밑은 2이므로 log 2로 나눠야 합니다.",
)
def divided_by_log_of_10(logits, x):
    nats = nll_of(logits, x).mean()
    return nats, nats / math.log(10)


@misconception(
    "pixel_nll",
    en="For the bits you divide by log K. A bit belongs to base 2, however many values a pixel has.",
    ko="비트를 구할 때 log K로 나누었습니다. 픽셀 값이 몇 가지이든 비트의 밑은 2입니다.",
)
def divided_by_log_k(logits, x):
    nats = nll_of(logits, x).mean()
    return nats, nats / math.log(logits.shape[1]) if logits.shape[1] > 1 else nats / 0.0


@misconception(
    "pixel_nll",
    en="You add a small epsilon inside the logarithm. With logits around 1000 the result then stops at -log epsilon; use a log-softmax.",
    ko="로그 안에 작은 엡실론을 더했습니다. 로짓이 1000쯤 되면 값이 -log 엡실론에서 멈춥니다. 로그 소프트맥스를 쓰세요.",
)
def epsilon_1e8_in_the_logarithm(logits, x):
    p = torch.softmax(logits, dim=1).gather(1, x[:, None])
    nats = -torch.log(p + 1e-8).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="You add a small epsilon inside the logarithm. With logits around 1000 the result then stops at -log epsilon; use a log-softmax.",
    ko="로그 안에 작은 엡실론을 더했습니다. 로짓이 1000쯤 되면 값이 -log 엡실론에서 멈춥니다. 로그 소프트맥스를 쓰세요.",
)
def epsilon_1e9_in_the_logarithm(logits, x):
    p = torch.softmax(logits, dim=1).gather(1, x[:, None])
    nats = -torch.log(p + 1e-9).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="You add a small epsilon inside the logarithm. With logits around 1000 the result then stops at -log epsilon; use a log-softmax.",
    ko="로그 안에 작은 엡실론을 더했습니다. 로짓이 1000쯤 되면 값이 -log 엡실론에서 멈춥니다. 로그 소프트맥스를 쓰세요.",
)
def epsilon_1e10_in_the_logarithm(logits, x):
    p = torch.softmax(logits, dim=1).gather(1, x[:, None])
    nats = -torch.log(p + 1e-10).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="You add a small epsilon inside the logarithm. With logits around 1000 the result then stops at -log epsilon; use a log-softmax.",
    ko="로그 안에 작은 엡실론을 더했습니다. 로짓이 1000쯤 되면 값이 -log 엡실론에서 멈춥니다. 로그 소프트맥스를 쓰세요.",
)
def epsilon_1e12_in_the_logarithm(logits, x):
    p = torch.softmax(logits, dim=1).gather(1, x[:, None])
    nats = -torch.log(p + 1e-12).mean()
    return nats, nats / math.log(2)


@misconception(
    "pixel_nll",
    en="You use a sigmoid for each class, with a binary cross-entropy. The values of a pixel exclude one another: they share one softmax.",
    ko="클래스마다 시그모이드와 이진 교차 엔트로피를 썼습니다. 픽셀의 값들은 서로 배타적이므로 소프트맥스 하나를 함께 써야 합니다.",
)
def sigmoid_for_each_class(logits, x):
    target = F.one_hot(x, logits.shape[1]).movedim(3, 1).to(logits.dtype)
    nats = F.binary_cross_entropy_with_logits(logits, target, reduction="sum") / x.numel()
    return nats, nats / math.log(2)


# -- 8. sample_pixels ------------------------------------------------------------------------------------------------


def value_of(p, u):
    """The pinned inverse of the cumulative distribution: p (N, K), u (N,)."""
    return (p.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=p.shape[1] - 1)


def empty_image(U):
    return torch.zeros(U.shape, dtype=torch.int64, device=U.device)


@misconception(
    "sample_pixels",
    en="You call the model once and draw all pixels from that. Each pixel depends on the values drawn before it, so the model must be asked again.",
    ko="모델을 한 번만 부르고 모든 픽셀을 거기서 뽑았습니다. 픽셀마다 앞에서 뽑은 값에 의존하므로 모델에 다시 물어야 합니다.",
)
def all_in_one_pass(cond_fn, H, W, U):
    image = empty_image(U)
    p = cond_fn(image)
    for i in range(H):
        for j in range(W):
            image[:, i, j] = value_of(p[:, :, i, j], U[:, i, j])
    return image


@misconception(
    "sample_pixels",
    en="You go down the columns. The pixels must be drawn in raster order, row by row, because the model was built for this order.",
    ko="열을 따라 내려갔습니다. 모델이 래스터 순서에 맞춰 만들어졌으므로 픽셀도 한 행씩 뽑아야 합니다.",
)
def drawn_by_columns(cond_fn, H, W, U):
    image = empty_image(U)
    for j in range(W):
        for i in range(H):
            image[:, i, j] = value_of(cond_fn(image)[:, :, i, j], U[:, i, j])
    return image


@misconception(
    "sample_pixels",
    en="The model never sees what you have drawn: it is asked about the empty image each time. Put each pixel into the image that you hand over.",
    ko="모델에 매번 빈 이미지를 넣어서, 모델이 지금까지 뽑은 것을 보지 못합니다. 뽑은 픽셀을 넘겨주는 이미지에 넣으세요.",
)
def always_the_empty_image(cond_fn, H, W, U):
    image, empty = empty_image(U), empty_image(U)
    for i in range(H):
        for j in range(W):
            image[:, i, j] = value_of(cond_fn(empty.clone())[:, :, i, j], U[:, i, j])
    return image


@misconception(
    "sample_pixels",
    en="A row is drawn as a whole from one answer of the model. Inside the row, each pixel depends on those to its left.",
    ko="모델의 답 하나로 한 행을 통째로 뽑았습니다. 같은 행에서도 픽셀은 왼쪽 픽셀에 의존합니다.",
)
def row_by_row(cond_fn, H, W, U):
    image = empty_image(U)
    for i in range(H):
        p = cond_fn(image)
        for j in range(W):
            image[:, i, j] = value_of(p[:, :, i, j], U[:, i, j])
    return image


@misconception(
    "sample_pixels",
    en="You take the most probable value each time. Then U plays no part, and the model draws one and the same image for ever.",
    ko="매번 확률이 가장 큰 값을 골랐습니다. 그러면 U가 쓰이지 않고, 모델은 늘 똑같은 이미지만 그립니다.",
)
def most_probable_value(cond_fn, H, W, U):
    image = empty_image(U)
    for i in range(H):
        for j in range(W):
            image[:, i, j] = cond_fn(image)[:, :, i, j].argmax(dim=1)
    return image


@misconception(
    "sample_pixels",
    en="The pixels that are still to be drawn are not 0 when you call the model: you begin with an image that is already filled.",
    ko="모델을 부를 때 아직 뽑지 않은 픽셀이 0이 아닙니다. 이미 값이 채워진 이미지에서 시작했습니다.",
)
def future_already_filled(cond_fn, H, W, U):
    image = empty_image(U) + 1
    for i in range(H):
        for j in range(W):
            image[:, i, j] = value_of(cond_fn(image)[:, :, i, j], U[:, i, j])
    return image


@misconception(
    "sample_pixels",
    en="At the border you take the wrong side: the value is the first k with u < F_k. With u = 0, a value of probability 0 could be drawn.",
    ko="경계에서 반대쪽을 골랐습니다. u < F_k인 첫 k가 값입니다. 지금은 u = 0일 때 확률이 0인 값이 뽑힐 수 있습니다.",
)
def border_on_the_wrong_side(cond_fn, H, W, U):
    image = empty_image(U)
    for i in range(H):
        for j in range(W):
            p = cond_fn(image)[:, :, i, j]
            image[:, i, j] = (p.cumsum(dim=1) < U[:, i, j, None]).sum(dim=1).clamp(max=p.shape[1] - 1)
    return image


@misconception(
    "sample_pixels",
    en="When rounding leaves no cumulative sum above u, you return K, a value that does not exist. Take K - 1 then.",
    ko="반올림 때문에 u보다 큰 누적합이 없을 때, 존재하지 않는 값 K를 돌려줍니다. 그때는 K - 1이어야 합니다.",
)
def value_that_does_not_exist(cond_fn, H, W, U):
    image = empty_image(U)
    for i in range(H):
        for j in range(W):
            image[:, i, j] = (cond_fn(image)[:, :, i, j].cumsum(dim=1) <= U[:, i, j, None]).sum(dim=1)
    return image


@misconception(
    "sample_pixels",
    en="One uniform number is used for the whole image. Each pixel has its own, U[n, i, j].",
    ko="이미지 전체에 균등 난수 하나를 썼습니다. 픽셀마다 자기 난수 U[n, i, j]가 있습니다.",
)
def one_number_for_all_pixels(cond_fn, H, W, U):
    image = empty_image(U)
    for i in range(H):
        for j in range(W):
            image[:, i, j] = value_of(cond_fn(image)[:, :, i, j], U[:, 0, 0])
    return image


@misconception(
    "sample_pixels",
    en="You begin at the bottom right. The model predicts in raster order, from the top left.",
    ko="오른쪽 아래에서 시작했습니다. 모델은 왼쪽 위에서 시작하는 래스터 순서로 예측합니다.",
)
def drawn_from_the_end(cond_fn, H, W, U):
    image = empty_image(U)
    for i in reversed(range(H)):
        for j in reversed(range(W)):
            image[:, i, j] = value_of(cond_fn(image)[:, :, i, j], U[:, i, j])
    return image


@misconception(
    "sample_pixels",
    en="The model is called more often than once per pixel. Each call costs a whole pass, and H times W are enough.",
    ko="모델을 픽셀마다 한 번보다 많이 불렀습니다. 부를 때마다 신경망 전체를 계산해야 하며, H × W번이면 충분합니다.",
)
def called_too_often(cond_fn, H, W, U):
    image = empty_image(U)
    K = cond_fn(image).shape[1]
    for i in range(H):
        for j in range(W):
            F_k = cond_fn(image)[:, :, i, j].cumsum(dim=1)
            image[:, i, j] = (F_k <= U[:, i, j, None]).sum(dim=1).clamp(max=K - 1)
    return image


def drawn(cond_fn, H, W, U, value, probabilities=None):
    """sample_pixels with another value(p, u), or with probabilities(p, i, j) of a pixel."""
    image = empty_image(U)
    probabilities = probabilities or (lambda p, i, j: p[:, :, i, j])
    for i in range(H):
        for j in range(W):
            image[:, i, j] = value(probabilities(cond_fn(image), i, j), U[:, i, j])
    return image


@misconception(
    "sample_pixels",
    en="Your values are one too high: the number of cumulative sums at or below u already is the value.",
    ko="값이 하나씩 큽니다. u 이하인 누적합의 개수가 이미 그 값입니다.",
)
def one_too_high(cond_fn, H, W, U):
    return drawn(
        cond_fn, H, W, U, lambda p, u: ((p.cumsum(dim=1) <= u[:, None]).sum(dim=1) + 1).clamp(max=p.shape[1] - 1)
    )


@misconception(
    "sample_pixels",
    en="Your values are one too low: you take the last k with F_k <= u. Asked for is the first with u < F_k.",
    ko="값이 하나씩 작습니다. F_k <= u인 마지막 k를 골랐습니다. u < F_k인 첫 k여야 합니다.",
)
def one_too_low(cond_fn, H, W, U):
    return drawn(
        cond_fn, H, W, U, lambda p, u: ((p.cumsum(dim=1) <= u[:, None]).sum(dim=1) - 1).clamp(min=0, max=p.shape[1] - 1)
    )


@misconception(
    "sample_pixels",
    en="You apply a softmax to the probabilities. cond_fn already returns probabilities.",
    ko="확률에 소프트맥스를 적용했습니다. cond_fn은 이미 확률을 돌려줍니다.",
)
def softmax_of_the_probabilities(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: value_of(torch.softmax(p, dim=1), u))


@misconception(
    "sample_pixels",
    en="You draw from the probabilities of the pixel to the left. cond_fn(image)[:, :, i, j] is for pixel (i, j) itself.",
    ko="왼쪽 픽셀의 확률로 뽑았습니다. cond_fn(image)[:, :, i, j]가 바로 픽셀 (i, j)의 확률입니다.",
)
def probabilities_of_the_left_neighbour(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: value_of(p, u), lambda p, i, j: p[:, :, i, max(j - 1, 0)])


@misconception(
    "sample_pixels",
    en="You compare with 1 - U. The smallest k with U < F_k is asked for: the numbers are used as they are.",
    ko="1 - U와 비교했습니다. U < F_k인 가장 작은 k가 필요하므로 난수를 그대로 써야 합니다.",
)
def numbers_mirrored(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: value_of(p, 1 - u))


@misconception(
    "sample_pixels",
    en="All images of the batch get the value of the first. Each image has its own number and probabilities.",
    ko="배치의 모든 이미지가 첫 이미지의 값을 받았습니다. 이미지마다 난수와 확률이 따로 있습니다.",
)
def value_of_the_first_image(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: value_of(p, u)[0])


@misconception(
    "sample_pixels",
    en="You call the model for each image of the batch. One call draws a pixel of all images at once.",
    ko="배치의 이미지마다 모델을 따로 불렀습니다. 한 번 부르면 모든 이미지의 픽셀을 한꺼번에 뽑을 수 있습니다.",
)
def called_for_each_image(cond_fn, H, W, U):
    image = empty_image(U)
    for i in range(H):
        for j in range(W):
            p = torch.cat([cond_fn(one[None])[:, :, i, j] for one in image])
            image[:, i, j] = value_of(p, U[:, i, j])
    return image


# -- 9. pixelrnn_logp ------------------------------------------------------------------------------------------------


def read(tokens, rnn):
    """The states (N, L, H) after each of the tokens (N, L, D)."""
    h = tokens.new_zeros(len(tokens), len(rnn["b"]))
    states = [h[:, None][:, :0]]
    for i in range(tokens.shape[1]):
        h = torch.tanh(tokens[:, i] @ rnn["U"] + h @ rnn["W"] + rnn["b"])
        states.append(h[:, None])
    return torch.cat(states, dim=1)


def start_of(x, rnn):
    return rnn["start"].expand(len(x), 1, -1)


def inputs_of(x, rnn):
    """start, then the embedded pixels without the last one."""
    return torch.cat([start_of(x, rnn), rnn["E"][x]], dim=1)[:, : x.shape[1]]


def scores(states, x, rnn):
    """(N, L): log q of each pixel."""
    log_q = torch.log_softmax(states @ rnn["V"] + rnn["c"], dim=2)
    return log_q.gather(2, x[:, :, None])[:, :, 0]


@misconception(
    "pixelrnn_logp",
    en="Nothing is shifted: the state that predicts x_i has already read x_i. The model is asked for what it was just told.",
    ko="입력을 밀지 않았습니다. x_i를 예측하는 상태가 이미 x_i를 읽은 뒤입니다. 방금 알려 준 것을 다시 묻는 셈입니다.",
)
def sees_the_pixel_itself(x, rnn):
    return scores(read(rnn["E"][x], rnn), x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="You read the pixels in both directions. The backward state at pixel i has read everything after it, and x_i itself: this is no likelihood any more.",
    ko="픽셀을 양방향으로 읽었습니다. 픽셀 i의 역방향 상태는 그 뒤의 픽셀과 x_i까지 이미 읽은 상태입니다. 이것은 더는 우도가 아닙니다.",
)
def reads_both_ways(x, rnn):
    ahead = read(inputs_of(x, rnn), rnn)
    back = read(rnn["E"][x].flip(1), rnn).flip(1)
    return scores(ahead + back, x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="The last pixel is not scored. It need not be read, but it must be predicted.",
    ko="마지막 픽셀의 점수가 빠졌습니다. 읽어 들일 필요는 없지만 예측은 해야 합니다.",
)
def last_pixel_not_scored(x, rnn):
    return scores(read(inputs_of(x, rnn), rnn), x, rnn)[:, :-1].sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="The start token is read twice, so that every prediction comes one step late.",
    ko="시작 토큰을 두 번 읽어서 예측이 모두 한 시점씩 늦어졌습니다.",
)
def start_read_twice(x, rnn):
    tokens = torch.cat([start_of(x, rnn), inputs_of(x, rnn)], dim=1)
    return scores(read(tokens, rnn)[:, 1:], x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="In place of the start token you feed zeros, or no input. The start token is learned and part of the model.",
    ko="시작 토큰 대신 0을 넣었습니다. 시작 토큰은 학습되는 값이고 모델의 일부입니다.",
)
def zeros_for_the_start(x, rnn):
    return scores(read(inputs_of(x, rnn | {"start": torch.zeros_like(rnn["start"])}), rnn), x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="The first pixel is not scored: you predict pixel i + 1 from pixel i and leave out the prediction from the start token.",
    ko="첫 픽셀의 점수가 빠졌습니다. 픽셀 i로 픽셀 i + 1을 예측하기만 하고, 시작 토큰으로 하는 예측을 빠뜨렸습니다.",
)
def first_pixel_not_scored(x, rnn):
    return scores(read(inputs_of(x, rnn), rnn), x, rnn)[:, 1:].sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="You take the mean over the pixels. The log of a product is a sum.",
    ko="픽셀에 대해 평균을 냈습니다. 곱의 로그는 합입니다.",
)
def mean_over_pixels(x, rnn):
    return scores(read(inputs_of(x, rnn), rnn), x, rnn).sum(dim=1) / max(1, x.shape[1])


@misconception(
    "pixelrnn_logp",
    en="All sequences are summed into one number. Each of the N sequences has its own.",
    ko="모든 시퀀스를 숫자 하나로 더했습니다. N개 시퀀스마다 값이 따로 있습니다.",
)
def one_number_for_all(x, rnn):
    return scores(read(inputs_of(x, rnn), rnn), x, rnn).sum()


@misconception(
    "pixelrnn_logp",
    en="Your network forgets: each prediction depends only on the pixel just before it. Hand the state on from step to step.",
    ko="신경망이 기억하지 못합니다. 예측이 바로 앞 픽셀에만 의존합니다. 상태를 시점마다 넘겨주세요.",
)
def state_not_handed_on(x, rnn):
    states = torch.tanh(inputs_of(x, rnn) @ rnn["U"] + rnn["b"])
    return scores(states, x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="You form the softmax and then its logarithm. With large logits a probability becomes 0 and its logarithm -inf.",
    ko="소프트맥스를 구한 다음 로그를 취했습니다. 로짓이 크면 확률이 0이 되어 로그가 -inf가 됩니다.",
    evidence="E16",
)
def logarithm_of_the_softmax(x, rnn):
    q = torch.softmax(read(inputs_of(x, rnn), rnn) @ rnn["V"] + rnn["c"], dim=2)
    return q.gather(2, x[:, :, None])[:, :, 0].log().sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="You add up the raw logits of the true pixels. They become log-probabilities only after the log-softmax.",
    ko="실제 픽셀의 로짓을 그대로 더했습니다. 로그 소프트맥스를 거쳐야 로그 확률이 됩니다.",
)
def logits_added_up(x, rnn):
    logits = read(inputs_of(x, rnn), rnn) @ rnn["V"] + rnn["c"]
    return logits.gather(2, x[:, :, None])[:, :, 0].sum(dim=1)


def with_parts(x, rnn, states=None, **changed):
    """log p(x) with some of the weights replaced, or read from other states(read states)."""
    rnn = rnn | changed
    h = read(inputs_of(x, rnn), rnn)
    return scores(states(h) if states else h, x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="In place of the start token you feed E[0], as if a pixel of value 0 stood before the first. The start token is a vector of its own.",
    ko="시작 토큰 대신 E[0]을 넣었습니다. 첫 픽셀 앞에 값이 0인 픽셀이 있는 셈이 됩니다. 시작 토큰은 따로 있는 벡터입니다.",
)
def value_zero_for_the_start(x, rnn):
    return with_parts(x, rnn, start=rnn["E"][0])


@misconception(
    "pixelrnn_logp",
    en="The bias b of the state is missing.",
    ko="상태의 편향 b가 빠졌습니다.",
)
def state_bias_missing(x, rnn):
    return with_parts(x, rnn, b=torch.zeros_like(rnn["b"]))


@misconception(
    "pixelrnn_logp",
    en="The bias c of the logits is missing.",
    ko="로짓의 편향 c가 빠졌습니다.",
)
def logit_bias_missing(x, rnn):
    return with_parts(x, rnn, c=torch.zeros_like(rnn["c"]))


@misconception(
    "pixelrnn_logp",
    en="The logits come from the state before the step. logits_i belongs to h_i, the state after the input of step i.",
    ko="로짓을 그 시점 이전의 상태에서 구했습니다. logits_i는 시점 i의 입력을 읽은 뒤의 상태 h_i에서 나옵니다.",
)
def logits_of_the_state_before(x, rnn):
    return with_parts(x, rnn, lambda h: torch.cat([torch.zeros_like(h[:, :1]), h], dim=1)[:, : h.shape[1]])


@misconception(
    "pixelrnn_logp",
    en="Every step reads the start token. Only the first does; the others read the pixel before.",
    ko="모든 시점에서 시작 토큰을 읽습니다. 첫 시점만 그렇고, 나머지는 바로 앞 픽셀을 읽어야 합니다.",
)
def start_at_every_step(x, rnn):
    tokens = start_of(x, rnn).expand(-1, x.shape[1], -1)
    return scores(read(tokens, rnn), x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="The pixels are read from the last to the first. The order is raster order, and the start token comes before pixel 0.",
    ko="픽셀을 마지막부터 거꾸로 읽었습니다. 래스터 순서대로 읽고, 시작 토큰은 0번 픽셀 앞에 옵니다.",
)
def read_from_the_end(x, rnn):
    return with_parts(x.flip(1), rnn)


# -- more slips, task by task -----------------------------------------------------------------------------------------


@misconception(
    "pca_ae",
    en="Your directions are those of features scaled to variance 1. Nothing is scaled here: a feature that varies more shall count more.",
    ko="분산을 1로 맞춘 특징에서 방향을 구했습니다. 여기서는 배율을 조정하지 않습니다. 더 크게 변하는 특징이 더 크게 반영되어야 합니다.",
)
def directions_of_standardised_data(X, k):
    mean = X.mean(dim=0)
    scale = (X - mean).pow(2).mean(dim=0).sqrt()
    scale = torch.where(scale > 0, scale, torch.ones_like(scale))
    basis = torch.linalg.svd((X - mean) / scale, full_matrices=True)[2][:k].T
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="Your directions are those of the data as they are, before the mean is subtracted. The first one then points to the mean of the data.",
    ko="평균을 빼지 않은 데이터에서 방향을 구했습니다. 그러면 첫 방향이 데이터의 평균을 가리킵니다.",
)
def directions_of_uncentred_data(X, k):
    mean = X.mean(dim=0)
    basis = torch.linalg.svd(X, full_matrices=True)[2][:k].T
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="Code and Xhat leave the mean out: X as it is goes through the basis and back. The code belongs to the centred data, and the mean is added at the end.",
    ko="코드와 Xhat에서 평균을 빼고 더하지 않았습니다. X를 그대로 기저에 보냈다가 되돌렸습니다. 코드는 평균을 뺀 데이터에서 구하고, 끝에 평균을 더해야 합니다.",
)
def projected_through_the_origin(X, k):
    basis = directions(X)[:, :k]
    Z = X @ basis
    return Z, Z @ basis.T, basis


@misconception(
    "pca_ae",
    en="You subtract one mean of all numbers. Each feature has a mean of its own.",
    ko="모든 수의 평균 하나를 뺐습니다. 평균은 특징마다 따로 있습니다.",
)
def one_mean_for_all_features(X, k):
    mean = X.mean()
    basis = torch.linalg.svd(X - mean, full_matrices=True)[2][:k].T
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "pca_ae",
    en="All D directions are kept. The code has k numbers: take the first k columns.",
    ko="방향 D개를 모두 남겼습니다. 코드는 수 k개이므로 앞의 k열만 씁니다.",
)
def all_directions_kept(X, k):
    mean, basis = X.mean(dim=0), directions(X)
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis


@misconception(
    "ae_loss_grad",
    en="Loss and gradients are half as large: there is no factor 1/2 in this loss.",
    ko="손실과 기울기가 절반입니다. 이 손실에는 1/2이 없습니다.",
)
def half_of_the_squares(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X) / 2, *gradients(X, code, error / len(X), Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="The tanh of the encoder is missing: your code is linear, and the whole is no more than a PCA.",
    ko="인코더의 tanh가 빠졌습니다. 코드가 선형이면 전체가 PCA와 다를 것이 없습니다.",
)
def linear_code(X, We, be, Wd, bd):
    code = X @ We + be
    error = code @ Wd + bd - X
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, torch.ones_like(code))


@misconception(
    "ae_loss_grad",
    en="dWd holds the pre-activation. Wd was multiplied by the code, the output of tanh.",
    ko="dWd에 활성화 전 값을 썼습니다. Wd에 곱해진 것은 tanh를 지난 코드입니다.",
)
def preactivation_in_dwd(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    G = 2 * error / len(X)
    dWe, dbe, _, dbd = gradients(X, code, G, Wd, 1 - code**2)
    return (error**2).sum() / len(X), dWe, dbe, (X @ We + be).T @ G, dbd


@misconception(
    "ae_loss_grad",
    en="You square the wrong thing: (1 - code)^2. The derivative of tanh is 1 - code^2.",
    ko="(1 - code)²처럼 전체를 제곱했습니다. tanh의 도함수는 1 - code²입니다.",
)
def whole_slope_squared(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X), Wd, (1 - code) ** 2)


@misconception(
    "ae_loss_grad",
    en="There is a derivative of tanh at the output, too. The decoder is linear: the error goes straight into it.",
    ko="출력에도 tanh의 도함수를 곱했습니다. 디코더는 선형이므로 오차가 그대로 들어갑니다.",
)
def slope_at_the_output(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    G = 2 * error / len(X) * (1 - (error + X) ** 2)
    return (error**2).sum() / len(X), *gradients(X, code, G, Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="The gradients of the biases are divided by N once more (a mean over rows that are divided already). Sum over the batch.",
    ko="편향의 기울기를 N으로 한 번 더 나누었습니다. 각 행을 이미 N으로 나누었으므로 배치에 대해 더하기만 하면 됩니다.",
)
def bias_gradients_averaged(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    dWe, dbe, dWd, dbd = gradients(X, code, 2 * error / len(X), Wd, 1 - code**2)
    return (error**2).sum() / len(X), dWe, dbe / len(X), dWd, dbd / len(X)


@misconception(
    "ae_loss_grad",
    en="All gradients are divided by N twice: the error already holds the 1 / N of the loss.",
    ko="기울기를 N으로 두 번 나누었습니다. 오차의 기울기에 이미 손실의 1 / N이 들어 있습니다.",
)
def divided_by_n_twice(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    return (error**2).sum() / len(X), *gradients(X, code, 2 * error / len(X) ** 2, Wd, 1 - code**2)


@misconception(
    "ae_loss_grad",
    en="The gradients of the biases still have a row for each sample. All rows share one bias: sum over the batch.",
    ko="편향의 기울기에 표본마다 행이 하나씩 남아 있습니다. 모든 행이 편향 하나를 함께 쓰므로 배치에 대해 합합니다.",
)
def bias_gradients_not_summed(X, We, be, Wd, bd):
    code, error = forward(X, We, be, Wd, bd)
    G = 2 * error / len(X)
    A = (G @ Wd.T) * (1 - code**2)
    return (error**2).sum() / len(X), X.T @ A, A, code.T @ G, G


@misconception(
    "chain_loglik",
    en="The probabilities of all values are in your sum, whatever x is. Only that of the value which x names counts.",
    ko="x와 관계없이 모든 값의 확률을 더했습니다. x가 가리키는 값의 확률만 셉니다.",
)
def all_values_counted(cond, x):
    return cond.log().sum(dim=(1, 2))


@misconception(
    "chain_loglik",
    en="You return one logarithm for each place. They are summed over the places: one number per sequence.",
    ko="자리마다 로그를 하나씩 돌려주었습니다. 자리에 대해 합해 시퀀스마다 하나가 되어야 합니다.",
)
def one_number_per_place(cond, x):
    return picked(cond, x).log()


@misconception(
    "chain_loglik",
    en="You use a logarithm to base 10. Logarithms are natural here.",
    ko="밑이 10인 로그를 썼습니다. 여기서는 자연로그입니다.",
)
def log_to_base_ten(cond, x):
    return picked(cond, x).log10().sum(dim=1)


@misconception(
    "chain_loglik",
    en="Only the first place counts in your result. The chain rule is a product over all places.",
    ko="첫 자리만 셌습니다. 연쇄 법칙은 모든 자리에 대한 곱입니다.",
)
def first_place_only(cond, x):
    return picked(cond, x)[:, :1].log().sum(dim=1)


@misconception(
    "chain_loglik",
    en="Your sum runs over the sequences: one number for each place. Sum over the places instead.",
    ko="시퀀스들에 대해 더해 자리마다 하나가 되었습니다. 자리에 대해 더해야 합니다.",
)
def summed_over_the_wrong_axis(cond, x):
    return picked(cond, x).log().sum(dim=0)


@misconception(
    "chain_loglik",
    en="The probabilities are summed without a logarithm. The chain rule is a product, and its logarithm a sum of logarithms.",
    ko="로그 없이 확률을 더했습니다. 연쇄 법칙은 곱이고, 그 로그가 로그의 합입니다.",
)
def probabilities_added(cond, x):
    return picked(cond, x).sum(dim=1)


@misconception(
    "chain_loglik",
    en="You weight each logarithm by its probability. That is an entropy; the log-likelihood adds the logarithms as they are.",
    ko="로그에 확률을 곱했습니다. 그것은 엔트로피입니다. 로그 가능도는 로그를 그대로 더합니다.",
)
def logarithms_weighted(cond, x):
    p = picked(cond, x)
    return (p * p.log()).sum(dim=1)


@misconception(
    "raster",
    en="You return the numbers 0, 1, 2, ... of the pixels. Each row of the result is the pair (i, j).",
    ko="픽셀의 번호 0, 1, 2, ...를 돌려주었습니다. 결과의 한 행은 쌍 (i, j)입니다.",
)
def numbers_in_place_of_pairs(H, W):
    return torch.arange(H * W)


@misconception(
    "raster",
    en="Your table lies on its side: one row with all i and one with all j. Each pixel has a row (i, j) of its own.",
    ko="표가 누워 있습니다. 모든 i가 한 행, 모든 j가 한 행입니다. 픽셀마다 행 (i, j)가 하나씩 있어야 합니다.",
)
def two_long_rows(H, W):
    a, b = rows_and_columns(H, W)
    return torch.stack([a.flatten(), b.flatten()])


@misconception(
    "raster",
    en="Each row runs from right to left with you. Raster order goes from left to right.",
    ko="행마다 오른쪽에서 왼쪽으로 갔습니다. 래스터 순서는 왼쪽에서 오른쪽입니다.",
)
def right_to_left(H, W):
    a, b = rows_and_columns(H, W)
    return torch.stack([a.flatten(), b.flip(1).flatten()], dim=1)


@misconception(
    "raster",
    en="You begin with the bottom row. Raster order goes from the top downwards.",
    ko="맨 아래 행에서 시작했습니다. 래스터 순서는 위에서 아래로 갑니다.",
)
def bottom_row_first(H, W):
    a, b = rows_and_columns(H, W)
    return torch.stack([a.flip(0).flatten(), b.flatten()], dim=1)


@misconception(
    "context",
    en="All columns to the left are in your context, also in the rows below. Only what has been read already comes before.",
    ko="아래 행까지 포함해 왼쪽 열이 모두 문맥에 들어 있습니다. 이미 읽은 것만 먼저 옵니다.",
)
def all_columns_to_the_left(i, j, H, W):
    return rows_and_columns(H, W)[1] < j


@misconception(
    "context",
    en="The pixel just before (i, j) is missing from your context. Everything before comes in, the neighbour to the left included.",
    ko="바로 앞 픽셀이 문맥에서 빠졌습니다. 왼쪽 이웃을 포함해 앞에 오는 것이 모두 들어갑니다.",
)
def neighbour_left_out(i, j, H, W):
    return (torch.arange(H * W) < i * W + j - 1).reshape(H, W)


@misconception(
    "context",
    en="i and j are exchanged: i is the row, j the column.",
    ko="i와 j가 뒤바뀌었습니다. i가 행이고 j가 열입니다.",
)
def row_and_column_exchanged(i, j, H, W):
    return (torch.arange(H * W) < j * W + i).reshape(H, W)


@misconception(
    "context",
    en="Your context is one long row of H * W places. It has the shape of the image, (H, W).",
    ko="문맥이 H * W개짜리 한 줄입니다. 이미지와 같은 모양 (H, W)여야 합니다.",
)
def context_in_one_line(i, j, H, W):
    return torch.arange(H * W) < i * W + j


@misconception(
    "context",
    en="All rows above are missing but the one directly above. Every row above comes before.",
    ko="바로 위 행만 남고 그 위의 행들이 빠졌습니다. 위에 있는 행은 모두 먼저 옵니다.",
)
def only_the_row_directly_above(i, j, H, W):
    a, b = rows_and_columns(H, W)
    return (a == i - 1) | ((a == i) & (b < j))


@misconception(
    "causal_mask",
    en="The mask has one kernel only, (kh, kw). There is one for each pair of channels: (cout, cin, kh, kw).",
    ko="마스크가 (kh, kw) 커널 하나뿐입니다. 채널의 쌍마다 하나씩 있어 (cout, cin, kh, kw)여야 합니다.",
)
def one_kernel_only(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    mask = earlier_places(kh, kw).reshape(kh, kw).clone()
    mask[kh // 2, kw // 2] = type == "B"
    return mask


@misconception(
    "causal_mask",
    en="With rgb, type B sees only its own colour at the centre. It sees the earlier colours, too.",
    ko="rgb일 때 B형의 가운데에서 자기 색만 보았습니다. 앞선 색도 봅니다.",
)
def only_its_own_colour(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    of, to = colours(cin, rgb)[None, :], colours(cout, rgb)[:, None]
    centre = of < to if type == "A" else of == to
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), centre)


@misconception(
    "causal_mask",
    en="The rule of the colours is used without rgb as well. Without rgb all channels are treated alike.",
    ko="rgb가 아닐 때도 색의 규칙을 썼습니다. rgb가 아니면 모든 채널이 같습니다.",
)
def colours_always(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    return assemble(kh, kw, cin, cout, earlier_places(kh, kw), right_centre(type, cin, cout, True))


@misconception(
    "causal_mask",
    en="Only the places directly around the centre are open: the one above and the one to the left. Every place before the centre is open.",
    ko="가운데의 바로 위와 바로 왼쪽만 열려 있습니다. 가운데보다 앞에 오는 자리는 모두 열려 있어야 합니다.",
)
def nearest_places_only(kh, kw, type, cin, cout, rgb=False):
    refuse_even(kh, kw)
    a, b = rows_and_columns(kh, kw)
    near = ((a == kh // 2 - 1) & (b == kw // 2)) | ((a == kh // 2) & (b == kw // 2 - 1))
    return assemble(kh, kw, cin, cout, near, right_centre(type, cin, cout, rgb))


@misconception(
    "pixelcnn_forward",
    en="The last layer is not masked. Its kernel reaches right and down again, into the future.",
    ko="마지막 층에 마스크를 쓰지 않았습니다. 그 커널이 오른쪽과 아래, 곧 미래를 다시 보게 됩니다.",
)
def last_layer_not_masked(x, layers):
    kinds = ["A", *["B"] * (len(layers) - 1)]
    return convolve(x, layers, types=[*kinds[:-1], ""])


@misconception(
    "pixelcnn_forward",
    en="Kernels of 1 x 1 are not masked with you. In the first layer the centre is all they have, and it must be hidden.",
    ko="1 x 1 커널에는 마스크를 쓰지 않았습니다. 첫 층에서는 그 하나뿐인 가운데를 가려야 합니다.",
)
def kernels_of_one_not_masked(x, layers):
    return convolve(x, layers, kernel=lambda W, mask: W if W.shape[2] == W.shape[3] == 1 else W * mask)


@misconception(
    "pixelcnn_forward",
    en="There is a ReLU behind the first layer only. It stands between all layers.",
    ko="첫 층 뒤에만 ReLU가 있습니다. 모든 층 사이에 있어야 합니다.",
)
def relu_after_the_first_only(x, layers):
    return convolve(x, layers, act=lambda y, l, L: torch.relu(y) if l == 0 and L > 1 else y)


@misconception(
    "pixelcnn_forward",
    en="You return log-probabilities. The result is the logits; the log-softmax belongs to the loss.",
    ko="로그 확률을 돌려주었습니다. 결과는 로짓이고, 로그 소프트맥스는 손실 쪽에서 계산합니다.",
)
def log_softmax_at_the_end(x, layers):
    return torch.log_softmax(convolve(x, layers), dim=1)


@misconception(
    "pixelcnn_forward",
    en="The bias is added behind the ReLU. It belongs to the convolution, before the ReLU.",
    ko="편향을 ReLU 뒤에 더했습니다. 편향은 합성곱에 더한 다음 ReLU를 지나야 합니다.",
)
def bias_after_the_relu(x, layers):
    for l, layer in enumerate(layers):
        x = convolve(x, [layer], types=["A" if l == 0 else "B"], bias=False)
        x = (torch.relu(x) if l < len(layers) - 1 else x) + layer["b"][None, :, None, None]
    return x


@misconception(
    "pixelcnn_forward",
    en="You add the input of a layer to its result. There are no skip connections in this network.",
    ko="층의 결과에 입력을 더했습니다. 이 신경망에는 스킵 연결이 없습니다.",
)
def input_of_the_layer_added(x, layers):
    for l, layer in enumerate(layers):
        y = convolve(x, [layer], types=["A" if l == 0 else "B"])
        y = torch.relu(y) if l < len(layers) - 1 else y
        x = y + x if l and y.shape == x.shape else y
    return x


@misconception(
    "pixelcnn_forward",
    en="Only the first layer is used. The result of each layer is the input of the next.",
    ko="첫 층만 썼습니다. 층의 결과가 다음 층의 입력이 됩니다.",
)
def first_layer_only(x, layers):
    return convolve(x, layers[:1])


@misconception(
    "pixel_nll",
    en="Your softmax runs over the rows of the image. The classes stand on axis 1.",
    ko="소프트맥스를 이미지의 행에 대해 계산했습니다. 클래스는 1번 축입니다.",
)
def softmax_over_rows(logits, x):
    nats = -torch.log_softmax(logits, dim=2).gather(1, x[:, None]).mean()
    return nats, nats / 0.6931471805599453


@misconception(
    "pixel_nll",
    en="Your softmax runs over the images of the batch. The classes stand on axis 1.",
    ko="소프트맥스를 배치의 이미지들에 대해 계산했습니다. 클래스는 1번 축입니다.",
)
def softmax_over_the_batch(logits, x):
    nats = -torch.log_softmax(logits, dim=0).gather(1, x[:, None]).mean()
    return nats, nats / 0.6931471805599453


@misconception(
    "pixel_nll",
    en="You score the most probable value and not x. Then the model is never wrong.",
    ko="x가 아니라 가장 확률이 큰 값으로 점수를 매겼습니다. 그러면 모형이 틀리는 일이 없습니다.",
)
def most_probable_value_scored(logits, x):
    nats = -torch.log_softmax(logits, dim=1).amax(dim=1).mean()
    return nats, nats / 0.6931471805599453


@misconception(
    "pixel_nll",
    en="You average the probabilities and take one logarithm. The logarithm of a mean is not the mean of the logarithms.",
    ko="확률을 평균한 다음 로그를 한 번 취했습니다. 평균의 로그는 로그의 평균이 아닙니다.",
)
def logarithm_of_the_mean(logits, x):
    nats = -(-nll_of(logits, x)).exp().mean().log()
    return nats, nats / 0.6931471805599453


@misconception(
    "pixel_nll",
    en="The logarithm is missing: you average the probabilities of the true values.",
    ko="로그가 빠졌습니다. 정답 값의 확률을 평균했습니다.",
)
def probability_in_place_of_its_logarithm(logits, x):
    nats = -(-nll_of(logits, x)).exp().mean()
    return nats, nats / 0.6931471805599453


@misconception(
    "pixel_nll",
    en="Both of your numbers are in bits. nats uses the natural logarithm.",
    ko="두 값이 모두 비트입니다. nats는 자연로그로 계산합니다.",
)
def both_in_bits(logits, x):
    bits = nll_of(logits, x).mean() / 0.6931471805599453
    return bits, bits


@misconception(
    "pixel_nll",
    en="You change the base twice: your nats are in bits already, and bits_per_dim is divided by log 2 once more.",
    ko="밑을 두 번 바꾸었습니다. nats가 이미 비트인데 bits_per_dim에서 log 2로 한 번 더 나누었습니다.",
)
def base_changed_twice(logits, x):
    bits = nll_of(logits, x).mean() / 0.6931471805599453
    return bits, bits / 0.6931471805599453


@misconception(
    "sample_pixels",
    en="You compare U with the probability of each single value. It is compared with the cumulative sums F_k = p_0 + ... + p_k.",
    ko="U를 값 하나하나의 확률과 비교했습니다. 누적합 F_k = p_0 + ... + p_k와 비교해야 합니다.",
)
def single_probabilities_compared(cond_fn, H, W, U):
    def value(p, u):
        hit = u[:, None] < p
        return torch.where(hit.any(dim=1), hit.to(torch.int64).argmax(dim=1), p.shape[1] - 1)

    return drawn(cond_fn, H, W, U, value)


@misconception(
    "sample_pixels",
    en="You count the single probabilities that are at most U. What is counted are the cumulative sums.",
    ko="U 이하인 확률이 몇 개인지 세었습니다. 확률 하나하나가 아니라 누적합을 세어야 합니다.",
)
def single_probabilities_counted(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: (p <= u[:, None]).sum(dim=1).clamp(max=p.shape[1] - 1))


@misconception(
    "sample_pixels",
    en="You add the probabilities up from the last value. F_k begins with p_0.",
    ko="확률을 마지막 값부터 더했습니다. F_k는 p_0부터 더합니다.",
)
def summed_from_the_last(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: p.shape[1] - 1 - value_of(p.flip(1), u))


@misconception(
    "sample_pixels",
    en="All values are equally likely in your drawing: the probabilities of the model are not used.",
    ko="모든 값이 똑같은 확률로 뽑힙니다. 모형의 확률을 쓰지 않았습니다.",
)
def all_values_equally_likely(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: (u * p.shape[1]).to(torch.int64))


@misconception(
    "sample_pixels",
    en="You treat pixels as black or white (u < p_1). They have K values: look for U among the cumulative sums.",
    ko="픽셀을 흑백으로만 보았습니다(u < p_1). 값은 K가지이므로 누적합에서 U의 자리를 찾아야 합니다.",
)
def black_or_white(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: (u < p[:, 1]).to(torch.int64))


@misconception(
    "sample_pixels",
    en="All pixels are drawn from the probabilities of the first one. cond_fn(image)[:, :, i, j] is for pixel (i, j).",
    ko="모든 픽셀을 첫 픽셀의 확률로 뽑았습니다. 픽셀 (i, j)의 확률은 cond_fn(image)[:, :, i, j]입니다.",
)
def probabilities_of_the_first_pixel(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, value_of, lambda p, i, j: p[:, :, 0, 0])


@misconception(
    "sample_pixels",
    en="You take the value whose cumulative sum lies nearest to U. Value k has the interval from F_(k-1) to F_k: look where U falls.",
    ko="U에 가장 가까운 누적합의 값을 골랐습니다. 값 k의 구간은 F_(k-1)부터 F_k까지이므로, U가 들어가는 구간을 찾아야 합니다.",
)
def nearest_cumulative_sum(cond_fn, H, W, U):
    return drawn(cond_fn, H, W, U, lambda p, u: (p.cumsum(dim=1) - u[:, None]).abs().argmin(dim=1))


@misconception(
    "pixelrnn_logp",
    en="The result has a minus: this is the negative log-likelihood. Here the log-likelihood itself is asked for.",
    ko="부호가 반대입니다. 이것은 음의 로그 가능도이고, 여기서는 로그 가능도 자체를 구합니다.",
)
def negative_log_likelihood(x, rnn):
    return -with_parts(x, rnn)


def read_with(tokens, rnn, act):
    h = tokens.new_zeros(len(tokens), len(rnn["b"]))
    states = [h[:, None][:, :0]]
    for i in range(tokens.shape[1]):
        h = act(tokens[:, i] @ rnn["U"] + h @ rnn["W"] + rnn["b"])
        states.append(h[:, None])
    return torch.cat(states, dim=1)


@misconception(
    "pixelrnn_logp",
    en="The tanh is missing from the step, so that the state is linear in all that was read.",
    ko="스텝에서 tanh가 빠져 상태가 읽은 것의 선형식이 되었습니다.",
)
def tanh_missing(x, rnn):
    return scores(read_with(inputs_of(x, rnn), rnn, lambda a: a), x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="The step uses a ReLU. The state goes through tanh here.",
    ko="스텝에 ReLU를 썼습니다. 여기서 상태는 tanh를 지납니다.",
)
def relu_in_the_step(x, rnn):
    return scores(read_with(inputs_of(x, rnn), rnn, torch.relu), x, rnn).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="Only the last pixel is scored. The chain rule has a factor for each pixel.",
    ko="마지막 픽셀만 점수에 넣었습니다. 연쇄 법칙에는 픽셀마다 인수가 하나씩 있습니다.",
)
def last_pixel_only(x, rnn):
    return scores(read(inputs_of(x, rnn), rnn), x, rnn)[:, -1:].sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="You score the most probable value and not the pixel x_i. Then the model is never wrong.",
    ko="픽셀 x_i가 아니라 가장 확률이 큰 값으로 점수를 매겼습니다. 그러면 모형이 틀리는 일이 없습니다.",
)
def most_probable_pixel_scored(x, rnn):
    h = read(inputs_of(x, rnn), rnn)
    return torch.log_softmax(h @ rnn["V"] + rnn["c"], dim=2).amax(dim=2).sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="The next step reads the model's own best guess. When the likelihood of x is computed, it reads the true pixel x_i.",
    ko="다음 시점에 모형이 추측한 값을 넣었습니다. x의 가능도를 구할 때는 실제 픽셀 x_i를 넣습니다.",
)
def own_guess_read(x, rnn):
    h = rnn["b"].new_zeros(len(x), len(rnn["b"]))
    token, result = rnn["start"].expand(len(x), -1), rnn["b"].new_zeros(len(x))
    for i in range(x.shape[1]):
        h = torch.tanh(token @ rnn["U"] + h @ rnn["W"] + rnn["b"])
        log_q = torch.log_softmax(h @ rnn["V"] + rnn["c"], dim=1)
        result = result + log_q.gather(1, x[:, i, None])[:, 0]
        token = rnn["E"][log_q.argmax(dim=1)]
    return result


@misconception(
    "pixelrnn_logp",
    en="Your softmax runs over the sequences of the batch. It runs over the K values of a pixel.",
    ko="소프트맥스를 배치의 시퀀스들에 대해 계산했습니다. 한 픽셀의 값 K개에 대해 계산해야 합니다.",
)
def softmax_over_the_sequences(x, rnn):
    h = read(inputs_of(x, rnn), rnn)
    log_q = torch.log_softmax(h @ rnn["V"] + rnn["c"], dim=0)
    return log_q.gather(2, x[:, :, None])[:, :, 0].sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="The probabilities are added without a logarithm.",
    ko="로그 없이 확률을 더했습니다.",
)
def pixel_probabilities_added(x, rnn):
    return scores(read(inputs_of(x, rnn), rnn), x, rnn).exp().sum(dim=1)


@misconception(
    "pixelrnn_logp",
    en="You return one number for each pixel. They are summed: one number per sequence.",
    ko="픽셀마다 값을 하나씩 돌려주었습니다. 합해서 시퀀스마다 하나가 되어야 합니다.",
)
def one_number_per_pixel(x, rnn):
    return scores(read(inputs_of(x, rnn), rnn), x, rnn)


@misconception(
    "pixelcnn_forward",
    en="Around the image you repeat its border pixels. The padding consists of zeros.",
    ko="이미지 둘레에 가장자리 픽셀을 반복했습니다. 패딩은 0으로 채웁니다.",
)
def padded_with_the_border(x, layers):
    kinds = ["A", *["B"] * (len(layers) - 1)]
    for l, (layer, kind) in enumerate(zip(layers, kinds, strict=True)):
        kh, kw = layer["W"].shape[2:]
        x = F.pad(x, (kw // 2, kw // 2, kh // 2, kh // 2), mode="replicate")
        x = convolve(x, [layer], types=[kind], padding=lambda kh, kw: 0)
        x = torch.relu(x) if l < len(layers) - 1 else x
    return x


@misconception(
    "pixelcnn_forward",
    en="Your masks follow the rule of the colours (rgb = True). Here rgb is False: all channels are treated alike at the centre.",
    ko="색의 규칙을 따르는 마스크(rgb = True)를 썼습니다. 여기서는 rgb가 False여서 가운데에서 모든 채널이 같습니다.",
)
def masks_with_the_rule_of_colours(x, layers):
    for l, layer in enumerate(layers):
        cout, cin, kh, kw = layer["W"].shape
        rgb = cin % 3 == 0 and cout % 3 == 0
        centre = right_centre("A" if l == 0 else "B", cin, cout, rgb)
        mask = assemble(kh, kw, cin, cout, earlier_places(kh, kw), centre)
        x = F.conv2d(x, layer["W"] * mask, layer["b"], padding=(kh // 2, kw // 2))
        x = torch.relu(x) if l < len(layers) - 1 else x
    return x


@misconception(
    "pixelcnn_forward",
    en="You add the input of a layer to its result. There are no skip connections in this network.",
    ko="층의 결과에 입력을 더했습니다. 이 신경망에는 스킵 연결이 없습니다.",
)
def input_added_before_the_relu(x, layers):
    for l, layer in enumerate(layers):
        y = convolve(x, [layer], types=["A" if l == 0 else "B"])
        x = x + y if x.shape == y.shape else y
        x = torch.relu(x) if l < len(layers) - 1 else x
    return x


@misconception(
    "chain_loglik",
    en="You return the entropies of the distributions, and x plays no part. What counts is the probability of the value that x names.",
    ko="분포의 엔트로피를 돌려주었고 x를 쓰지 않았습니다. x가 가리키는 값의 확률을 써야 합니다.",
)
def entropies_added(cond, x):
    return -torch.special.entr(cond).sum(dim=(1, 2))


@misconception(
    "pca_ae",
    en="Your basis is made of the first k features. The directions of largest variance come from the data: take them from a decomposition.",
    ko="처음 k개 특징의 축을 기저로 썼습니다. 분산이 가장 큰 방향은 데이터를 분해해서 구합니다.",
)
def first_features_as_basis(X, k):
    mean, basis = X.mean(dim=0), torch.eye(X.shape[1], dtype=X.dtype)[:, :k]
    Z = (X - mean) @ basis
    return Z, Z @ basis.T + mean, basis
