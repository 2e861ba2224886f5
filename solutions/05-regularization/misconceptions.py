"""Lecture 5, regularisation: wrong versions that students write, and what to tell them."""

import torch

from autograder.authoring import misconception

# -- 1. early_stop ---------------------------------------------------------------------------------------------------


def watch(val, patience, better, *, reset=True, limit=0):
    """(stop, best) with the given rule: better(loss, losses so far, index of the best one)."""
    losses, best, waited = val.tolist(), -1, 0
    for epoch, loss in enumerate(losses):
        if epoch == 0 or better(loss, losses[:epoch], best):
            best = epoch
            waited = 0 if reset else waited
        else:
            waited += 1
            if waited >= patience + limit:
                return epoch, best
    return len(losses) - 1, best


@misconception(
    "early_stop",
    en="Your counter is never set back to 0. Patience is about epochs in a row: an improvement starts the count anew.",
    ko="세던 수를 0으로 되돌리지 않았습니다. patience는 연속된 에폭에 대한 것이므로, 개선이 있으면 처음부터 다시 세야 합니다.",
    evidence="E24",
)
def counter_not_reset(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss < past[best] - min_delta, reset=False)


@misconception(
    "early_stop",
    en="You wait one epoch too long: training stops when the count reaches patience, not when it exceeds it.",
    ko="한 에폭을 더 기다렸습니다. 센 수가 patience를 넘을 때가 아니라 patience에 이를 때 멈춥니다.",
    evidence="E24",
)
def waits_one_epoch_too_long(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss < past[best] - min_delta, limit=1)


@misconception(
    "early_stop",
    en="You stop one epoch too early. An epoch that improves counts as 0 epochs waited, not as 1.",
    ko="한 에폭 일찍 멈췄습니다. 개선된 에폭은 기다린 횟수가 1이 아니라 0입니다.",
    evidence="E24",
)
def stops_one_epoch_too_early(val, patience, min_delta):
    losses, best, waited = val.tolist(), -1, 1
    for epoch, loss in enumerate(losses):
        if epoch == 0 or loss < losses[best] - min_delta:
            best, waited = epoch, 1
        else:
            waited += 1
        if waited >= patience and epoch != best:
            return epoch, best
    return len(losses) - 1, best


@misconception(
    "early_stop",
    en="You count a gain of exactly min_delta as an improvement, and with min_delta = 0 even an equal loss. The gain must be larger than min_delta.",
    ko="정확히 min_delta만큼 낮아진 것을 개선으로 쳤습니다. min_delta = 0이면 손실이 그대로여도 개선이 되어 버립니다. min_delta보다 더 낮아져야 개선입니다.",
    evidence="E24",
)
def equality_is_an_improvement(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss <= past[best] - min_delta)


@misconception(
    "early_stop",
    en="You compare each epoch with the one before it. On a bumpy curve almost every second epoch is better than its neighbour; compare with the best one so far.",
    ko="에폭을 바로 앞 에폭과 비교했습니다. 울퉁불퉁한 곡선에서는 거의 한 번 걸러 한 번씩 이웃보다 좋아집니다. 지금까지의 최선과 비교하세요.",
    evidence="E24",
)
def compares_with_the_previous_epoch(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss < past[-1] - min_delta)


@misconception(
    "early_stop",
    en="The second result is the epoch at which training ends. What is kept is the best epoch, before the losses rose.",
    ko="두 번째 결과로 학습이 끝난 에폭을 돌려주었습니다. 남겨야 하는 것은 손실이 오르기 전의 가장 좋은 에폭입니다.",
    evidence="E24",
)
def last_epoch_as_best(val, patience, min_delta):
    stop, _ = watch(val, patience, lambda loss, past, best: loss < past[best] - min_delta)
    return stop, stop


@misconception(
    "early_stop",
    en="min_delta is not used: every gain counts for you, however small it is.",
    ko="min_delta를 쓰지 않았습니다. 아무리 작은 개선도 모두 개선으로 치고 있습니다.",
    evidence="E24",
)
def min_delta_ignored(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss < past[best])


@misconception(
    "early_stop",
    en="min_delta has the wrong sign: with a plus, even a slightly worse epoch counts as an improvement.",
    ko="min_delta의 부호가 반대입니다. 더하면 조금 나빠진 에폭까지 개선으로 칩니다.",
)
def min_delta_added(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss < past[best] + min_delta)


@misconception(
    "early_stop",
    en="The loss to beat goes down with every small gain, even with one that is no improvement. Then a slow but steady descent never counts; leave it at the value of the best epoch.",
    ko="개선으로 치지 않은 작은 하강에도 넘어야 할 손실을 낮췄습니다. 그러면 느리지만 꾸준한 하강이 영영 인정받지 못합니다. 최선 에폭의 값을 그대로 두세요.",
)
def bar_follows_small_gains(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss < min(past) - min_delta)


@misconception(
    "early_stop",
    en="When nothing stops the training you return -1 as the stop. It then ends with the last epoch, E-1; -1 belongs to an empty list only.",
    ko="멈출 일이 없을 때 stop으로 -1을 돌려주었습니다. 그때는 마지막 에폭 E-1에서 끝납니다. -1은 목록이 비었을 때만 씁니다.",
)
def minus_one_without_a_stop(val, patience, min_delta):
    losses, best, waited = val.tolist(), -1, 0
    for epoch, loss in enumerate(losses):
        if epoch == 0 or loss < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited >= patience:
                return epoch, best
    return -1, best


@misconception(
    "early_stop",
    en="You stop at the first epoch that is worse than the best one. Real curves are bumpy: wait for patience epochs in a row.",
    ko="최선보다 나쁜 에폭이 나오자마자 멈췄습니다. 실제 곡선은 울퉁불퉁하므로 patience번 연속될 때까지 기다려야 합니다.",
)
def patience_ignored(val, patience, min_delta):
    return watch(val, 1, lambda loss, past, best: loss < past[best] - min_delta)


@misconception(
    "early_stop",
    en="You return the smallest loss of the whole curve as the best epoch. Training has stopped before it could see the epochs that follow.",
    ko="곡선 전체에서 손실이 가장 작은 에폭을 best로 돌려주었습니다. 학습은 이미 멈췄으므로 그 뒤의 에폭은 볼 수 없습니다.",
)
def best_of_the_whole_curve(val, patience, min_delta):
    stop, _ = watch(val, patience, lambda loss, past, best: loss < past[best] - min_delta)
    return stop, int(val.argmin()) if len(val) else -1


@misconception(
    "early_stop",
    en="You stop when the count equals patience - 1, one epoch too early; with patience = 1 the count never meets that number, and nothing stops the training.",
    ko="센 수가 patience - 1과 같을 때 멈춰 한 에폭 이릅니다. patience = 1이면 그 수와 같아지는 일이 없어 학습이 멈추지 않습니다.",
)
def stops_at_patience_minus_one(val, patience, min_delta):
    losses, best, waited = val.tolist(), -1, 0
    for epoch, loss in enumerate(losses):
        if epoch == 0 or loss < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited == patience - 1:
                return epoch, best
    return len(losses) - 1, best


@misconception(
    "early_stop",
    en="The two results are exchanged: first the epoch at which training stops, then the best one.",
    ko="두 결과의 순서가 뒤바뀌었습니다. 학습이 멈추는 에폭이 먼저이고 최선의 에폭이 다음입니다.",
)
def stop_and_best_exchanged(val, patience, min_delta):
    stop, best = watch(val, patience, lambda loss, past, best: loss < past[best] - min_delta)
    return best, stop


@misconception(
    "early_stop",
    en="A gain that is smaller than min_delta still moves your best epoch, although the count goes on. What is no improvement changes neither the best epoch nor the loss to beat.",
    ko="min_delta보다 작은 개선에도 세는 수는 그대로 두면서 최선의 에폭을 옮겼습니다. 개선으로 치지 않은 에폭은 최선의 에폭도, 넘어야 할 손실도 바꾸지 않습니다.",
)
def small_gain_moves_the_best(val, patience, min_delta):
    losses, best, waited = val.tolist(), -1, 0
    for epoch, loss in enumerate(losses):
        waited = 0 if epoch == 0 or loss < losses[best] - min_delta else waited + 1
        if epoch == 0 or loss < losses[best]:
            best = epoch
        if waited >= patience:
            return epoch, best
    return len(losses) - 1, best


@misconception(
    "early_stop",
    en="When nothing stops the training you return E, the number of epochs. They are counted from 0, so the last one is E-1.",
    ko="멈출 일이 없을 때 에폭의 수 E를 돌려주었습니다. 에폭은 0부터 세므로 마지막은 E-1입니다.",
)
def number_of_epochs_without_a_stop(val, patience, min_delta):
    losses, best, waited = val.tolist(), -1, 0
    for epoch, loss in enumerate(losses):
        if epoch == 0 or loss < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited >= patience:
                return epoch, best
    return len(losses) if losses else -1, best


@misconception(
    "early_stop",
    en="You look for the highest value, as for an accuracy. These are losses: an epoch is better if its value is lower.",
    ko="정확도처럼 가장 높은 값을 찾았습니다. 여기 있는 값은 손실이므로 낮아야 더 좋은 에폭입니다.",
)
def higher_is_better(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss > past[best] + min_delta)


@misconception(
    "early_stop",
    en="The comparison is turned round: a higher loss counts as an improvement, and a lower one as waiting.",
    ko="비교가 뒤집혔습니다. 손실이 높아진 것을 개선으로, 낮아진 것을 기다린 것으로 쳤습니다.",
)
def comparison_turned_round(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss > past[best] - min_delta)


@misconception(
    "early_stop",
    en="You count all epochs since the start that did not improve on the first one. Each improvement sets a new best value that has to be beaten.",
    ko="첫 에폭보다 나아지지 않은 에폭만 세었습니다. 개선이 있을 때마다 넘어야 할 최선의 값이 새로 정해집니다.",
)
def compares_with_the_first_epoch(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss < past[0] - min_delta)


# -- 2. momentum -----------------------------------------------------------------------------------------------------


@misconception(
    "momentum",
    en="You solve the update within one step, which gives -lr g / (1 - mu): plain SGD with a larger learning rate. The velocity must come from the step before.",
    ko="한 스텝 안에서 식을 풀어 -lr g / (1 - mu)로 만들었습니다. 이것은 학습률만 커진 평범한 SGD입니다. 속도는 이전 스텝에서 이어받아야 합니다.",
)
def solved_within_one_step(w, v, g, lr, mu):
    v = -lr * g / (1 - mu)
    return w + v, v


@misconception(
    "momentum",
    en="You weight the gradient with 1 - mu, as in a moving average. Here it enters the velocity with the full learning rate.",
    ko="이동 평균처럼 기울기에 1 - mu를 곱했습니다. 여기서는 기울기가 학습률 그대로 속도에 들어갑니다.",
)
def moving_average_of_gradients(w, v, g, lr, mu):
    v = mu * v - (1 - mu) * lr * g
    return w + v, v


@misconception(
    "momentum",
    en="You go uphill: the gradient is added to the velocity. Its sign must be minus.",
    ko="오르막으로 가고 있습니다. 속도에 기울기를 더했는데, 빼야 합니다.",
)
def uphill(w, v, g, lr, mu):
    v = mu * v + lr * g
    return w + v, v


@misconception(
    "momentum",
    en="This is Nesterov's variant: after the new velocity you take another step with it. Plain momentum moves by the new velocity once.",
    ko="네스테로프 방식입니다. 새 속도로 한 걸음 더 내다보고 움직였습니다. 기본 모멘텀은 새 속도만큼 한 번만 움직입니다.",
)
def nesterov(w, v, g, lr, mu):
    v = mu * v - lr * g
    return w + mu * v - lr * g, v


@misconception(
    "momentum",
    en="The step is right, but you return the old velocity. The next step then remembers nothing.",
    ko="스텝은 맞지만 이전 속도를 그대로 돌려주었습니다. 그러면 다음 스텝이 아무것도 기억하지 못합니다.",
)
def velocity_not_carried(w, v, g, lr, mu):
    return w + mu * v - lr * g, v


@misconception(
    "momentum",
    en="The weights move by the old velocity. Compute the new one first, and move by it.",
    ko="가중치를 이전 속도로 옮겼습니다. 새 속도를 먼저 구하고 그 속도로 옮기세요.",
)
def moved_by_the_old_velocity(w, v, g, lr, mu):
    return w + v, mu * v - lr * g


@misconception(
    "momentum",
    en="Your velocity has no learning rate in it, v = mu v + g, and the weights move by -lr v. The path is the same as long as lr does not change, but the returned velocity is not the one that is asked for.",
    ko="속도에 학습률을 넣지 않고(v = mu v + g) 가중치를 -lr v만큼 옮겼습니다. lr이 일정하면 지나가는 길은 같지만, 돌려준 속도가 문제에서 정한 것과 다릅니다.",
)
def learning_rate_outside_of_the_velocity(w, v, g, lr, mu):
    v = mu * v + g
    return w - lr * v, v


@misconception(
    "momentum",
    en="mu is not used: the old velocity is added in full, so nothing slows the point down.",
    ko="mu를 쓰지 않았습니다. 이전 속도를 그대로 더해서 점이 전혀 느려지지 않습니다.",
)
def no_friction(w, v, g, lr, mu):
    v = v - lr * g
    return w + v, v


@misconception(
    "momentum",
    en="mu multiplies the gradient, too: a bracket stands around the whole new velocity. Only what is left of the old velocity is damped; the new gradient enters in full.",
    ko="기울기에도 mu를 곱했습니다. 괄호가 새 속도 전체를 묶고 있습니다. mu가 곱해지는 것은 이전 속도뿐이고, 새 기울기는 그대로 들어갑니다.",
)
def gradient_damped_too(w, v, g, lr, mu):
    v = mu * (v - lr * g)
    return w + v, v


@misconception(
    "momentum",
    en="The gradient moves the weights twice: once inside of the new velocity, and once more as a plain gradient step.",
    ko="기울기가 가중치를 두 번 움직였습니다. 새 속도 안에 이미 들어 있는데 경사 하강 스텝으로 한 번 더 뺐습니다.",
)
def gradient_step_on_top(w, v, g, lr, mu):
    v = mu * v - lr * g
    return w - lr * g + v, v


@misconception(
    "momentum",
    en="Both parts of the velocity have the factor mu or 1 - mu as in an average, and the learning rate comes last: v = mu v + (1 - mu) g, w - lr v. Here the gradient is weighted with lr alone, and that inside of the velocity.",
    ko="이동 평균처럼 v = mu v + (1 - mu) g로 구한 뒤 w - lr v로 옮겼습니다. 여기서는 기울기에 lr만 곱하고, 그것을 속도 안에 넣습니다.",
)
def average_and_learning_rate_outside(w, v, g, lr, mu):
    v = mu * v + (1 - mu) * g
    return w - lr * v, v


@misconception(
    "momentum",
    en="The new velocity is subtracted from the weights. The minus sign is already in it: the gradient was subtracted when the velocity was made.",
    ko="새 속도를 가중치에서 뺐습니다. 속도를 구할 때 이미 기울기를 뺐으므로 음의 부호는 그 안에 들어 있습니다.",
)
def velocity_subtracted(w, v, g, lr, mu):
    v = mu * v - lr * g
    return w - v, v


# -- 3. adagrad, rmsprop ---------------------------------------------------------------------------------------------


@misconception(
    "adagrad",
    en="You divide by the history as it was before this gradient. Add the square first; otherwise the first step divides by almost nothing.",
    ko="이번 기울기를 넣기 전의 이력으로 나누었습니다. 제곱을 먼저 더하지 않으면 첫 스텝은 거의 0으로 나누게 됩니다.",
)
def adagrad_step_before_history(w, s, g, lr, eps):
    return w - lr * g / (s.sqrt() + eps), s + g**2


@misconception(
    "adagrad",
    en="You add the absolute values of the gradients. The history holds their squares, and its root is taken afterwards.",
    ko="기울기의 절댓값을 더했습니다. 이력에는 제곱을 더하고, 제곱근은 나중에 구합니다.",
)
def adagrad_absolute_values(w, s, g, lr, eps):
    s = s + g.abs()
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "adagrad",
    en="eps stands inside of the root. Here it is added after the root has been taken.",
    ko="eps를 제곱근 안에 넣었습니다. 여기서는 제곱근을 구한 뒤에 더합니다.",
)
def adagrad_eps_inside(w, s, g, lr, eps):
    s = s + g**2
    return w - lr * g / (s + eps).sqrt(), s


@misconception(
    "adagrad",
    en="The root is missing: you divide by the sum of squares itself, so a large gradient makes a tiny step.",
    ko="제곱근이 빠졌습니다. 제곱의 합으로 그대로 나누면 기울기가 클수록 스텝이 지나치게 작아집니다.",
)
def adagrad_without_root(w, s, g, lr, eps):
    s = s + g**2
    return w - lr * g / (s + eps), s


@misconception(
    "adagrad",
    en="Your history holds the last square only. Adagrad adds up all of them.",
    ko="이력에 마지막 제곱만 남았습니다. Adagrad는 모든 제곱을 더해 갑니다.",
)
def adagrad_history_overwritten(w, s, g, lr, eps):
    s = g**2
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "adagrad",
    en="You keep a moving average, as RMSProp does. In Adagrad the squares are added with full weight, and nothing is forgotten.",
    ko="RMSProp처럼 이동 평균을 썼습니다. Adagrad에서는 제곱을 그대로 더하고 아무것도 잊지 않습니다.",
)
def adagrad_moving_average(w, s, g, lr, eps):
    s = 0.9 * s + 0.1 * g**2
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "adagrad",
    en="You go uphill: the step must be subtracted from the weights.",
    ko="오르막으로 가고 있습니다. 가중치에서 스텝을 빼야 합니다.",
)
def adagrad_uphill(w, s, g, lr, eps):
    s = s + g**2
    return w + lr * g / (s.sqrt() + eps), s


@misconception(
    "adagrad",
    en="The step is right, but the old history is returned, so that the next step knows nothing of this one.",
    ko="스텝은 맞지만 이전 이력을 돌려주었습니다. 그러면 다음 스텝이 이번 기울기를 모릅니다.",
)
def adagrad_history_not_carried(w, s, g, lr, eps):
    return w - lr * g / ((s + g**2).sqrt() + eps), s


@misconception(
    "rmsprop",
    en="rho and 1 - rho are exchanged: rho is the part of the old average that is kept.",
    ko="rho와 1 - rho가 뒤바뀌었습니다. rho는 이전 평균을 남기는 비율입니다.",
)
def rmsprop_rho_exchanged(w, s, g, lr, rho, eps):
    s = (1 - rho) * s + rho * g**2
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="You add the whole square, as Adagrad does. In a moving average it has the weight 1 - rho.",
    ko="Adagrad처럼 제곱을 통째로 더했습니다. 이동 평균에서는 새 제곱에 1 - rho를 곱합니다.",
)
def rmsprop_sum(w, s, g, lr, rho, eps):
    s = s + g**2
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="The new square lacks its weight 1 - rho, so this is no average: it settles at 1 / (1 - rho) times the right value.",
    ko="새 제곱에 1 - rho를 곱하지 않아 평균이 아닙니다. 결국 맞는 값의 1 / (1 - rho)배가 됩니다.",
)
def rmsprop_new_part_not_weighted(w, s, g, lr, rho, eps):
    s = rho * s + g**2
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="You divide by the average as it was before this gradient. Update it first.",
    ko="이번 기울기를 넣기 전의 평균으로 나누었습니다. 평균을 먼저 갱신하세요.",
)
def rmsprop_step_before_history(w, s, g, lr, rho, eps):
    return w - lr * g / (s.sqrt() + eps), rho * s + (1 - rho) * g**2


@misconception(
    "rmsprop",
    en="eps stands inside of the root. Here it is added after the root has been taken.",
    ko="eps를 제곱근 안에 넣었습니다. 여기서는 제곱근을 구한 뒤에 더합니다.",
)
def rmsprop_eps_inside(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (s + eps).sqrt(), s


@misconception(
    "rmsprop",
    en="The root is missing: you divide by the average square itself.",
    ko="제곱근이 빠졌습니다. 제곱의 평균으로 그대로 나누었습니다.",
)
def rmsprop_without_root(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (s + eps), s


@misconception(
    "rmsprop",
    en="Your average holds absolute values. RMSProp averages squares: the name says root, mean, square.",
    ko="절댓값을 평균했습니다. RMSProp은 이름 그대로 제곱(square)의 평균(mean)의 제곱근(root)을 씁니다.",
)
def rmsprop_absolute_values(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * g.abs()
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "adagrad",
    en="The gradient enters the history as it is, without being squared. Steps to and fro then cancel out, and the root of a negative sum does not exist.",
    ko="기울기를 제곱하지 않고 그대로 이력에 더했습니다. 그러면 오가는 기울기가 서로 지워지고, 음수가 된 합의 제곱근은 구할 수 없습니다.",
)
def adagrad_not_squared(w, s, g, lr, eps):
    s = s + g
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="The gradient enters the average as it is, without being squared. RMSProp averages the squares; only they tell how large the gradients are.",
    ko="기울기를 제곱하지 않고 그대로 평균했습니다. RMSProp은 기울기의 크기를 나타내는 제곱을 평균합니다.",
)
def rmsprop_not_squared(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * g
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "adagrad",
    en="All coordinates share one history: you add up the squares of the whole gradient. Each weight keeps the sum of its own squares, elementwise.",
    ko="모든 좌표가 이력 하나를 함께 씁니다. 기울기 전체의 제곱을 더했습니다. 가중치마다 자기 제곱만 원소별로 더해 갑니다.",
)
def adagrad_one_history_for_all(w, s, g, lr, eps):
    s = s + (g**2).sum()
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="All coordinates share one history: you add up the squares of the whole gradient. Each weight has an average of its own, elementwise.",
    ko="모든 좌표가 이력 하나를 함께 씁니다. 기울기 전체의 제곱을 더했습니다. 평균은 가중치마다 원소별로 따로 구합니다.",
)
def rmsprop_one_history_for_all(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * (g**2).sum()
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "adagrad",
    en="You take the mean of the squares over all coordinates. Each weight keeps the sum of its own squares, elementwise.",
    ko="모든 좌표에 걸쳐 제곱의 평균을 구했습니다. 가중치마다 자기 제곱만 원소별로 더해 갑니다.",
)
def adagrad_mean_over_coordinates(w, s, g, lr, eps):
    s = s + (g**2).mean()
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="The average runs over the coordinates as well. In RMSProp it runs over the steps only; each weight has its own.",
    ko="평균을 좌표에 걸쳐서도 구했습니다. RMSProp의 평균은 스텝에 걸친 것이고 가중치마다 따로 구합니다.",
)
def rmsprop_mean_over_coordinates(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * (g**2).mean()
    return w - lr * g / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="You correct the average for its start at 0, by dividing it by 1 - rho. That belongs to Adam; RMSProp uses the average as it is.",
    ko="0에서 시작한 평균을 1 - rho로 나누어 보정했습니다. 그런 편향 보정은 Adam의 것이고, RMSProp은 평균을 그대로 씁니다.",
)
def rmsprop_bias_corrected(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / ((s / (1 - rho)).sqrt() + eps), s


@misconception(
    "rmsprop",
    en="You go uphill: the step must be subtracted from the weights.",
    ko="오르막으로 가고 있습니다. 가중치에서 스텝을 빼야 합니다.",
)
def rmsprop_uphill(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * g**2
    return w + lr * g / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="The step is right, but the old average is returned, so that the next step knows nothing of this one.",
    ko="스텝은 맞지만 이전 평균을 돌려주었습니다. 그러면 다음 스텝이 이번 기울기를 모릅니다.",
)
def rmsprop_history_not_carried(w, s, g, lr, rho, eps):
    return w - lr * g / ((rho * s + (1 - rho) * g**2).sqrt() + eps), s


# -- 4. adadelta -----------------------------------------------------------------------------------------------------


@misconception(
    "adadelta",
    en="The average of steps is updated before the step is computed with it. The step must use d as it came in.",
    ko="스텝을 계산하기 전에 스텝의 평균을 먼저 갱신했습니다. 스텝에는 입력으로 받은 d를 써야 합니다.",
    evidence="E28",
)
def step_average_updated_first(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    guess = -((d + eps) / (s + eps)).sqrt() * g
    d = rho * d + (1 - rho) * guess**2
    return w - ((d + eps) / (s + eps)).sqrt() * g, s, d


@misconception(
    "adadelta",
    en="A bracket is in the wrong place: your s is rho (s + (1 - rho) g^2), so the new square is weighted twice.",
    ko="괄호 위치가 잘못되었습니다. s를 rho (s + (1 - rho) g^2)로 구해서 새 제곱에 비율이 두 번 곱해졌습니다.",
    evidence="E28",
)
def bracket_around_the_sum(w, s, d, g, rho, eps):
    s = rho * (s + (1 - rho) * g**2)
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="eps is missing in the numerator. With d = 0 at the beginning the first step is 0, and so is every other one.",
    ko="분자에 eps가 없습니다. 처음에 d = 0이므로 첫 스텝이 0이 되고, 그 뒤로도 영영 0입니다.",
    evidence="E28",
)
def eps_below_only(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -(d / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="You add eps after the roots. In Adadelta it stands inside of both.",
    ko="eps를 제곱근 밖에서 더했습니다. Adadelta에서는 두 제곱근 안에 있습니다.",
)
def eps_outside_of_the_roots(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -(d.sqrt() + eps) / (s.sqrt() + eps) * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="Your second average collects squared gradients. It has to collect the squares of the steps, delta^2.",
    ko="두 번째 평균에 기울기의 제곱을 모았습니다. 스텝의 제곱 delta^2을 모아야 합니다.",
    evidence="E28",
)
def gradients_in_the_step_average(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * g**2


@misconception(
    "adadelta",
    en="Your second average collects squared weights. It is about how far the weights move, not where they are.",
    ko="두 번째 평균에 가중치의 제곱을 모았습니다. 가중치의 위치가 아니라 움직인 거리를 모아야 합니다.",
    evidence="E28",
)
def weights_in_the_step_average(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * (w + delta) ** 2


@misconception(
    "adadelta",
    en="You go uphill: the step has the sign opposite to the gradient.",
    ko="오르막으로 가고 있습니다. 스텝의 부호는 기울기와 반대여야 합니다.",
)
def adadelta_uphill(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = ((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="Numerator and denominator are exchanged: the step must grow with the steps so far (d) and shrink with the gradients (s).",
    ko="분자와 분모가 뒤바뀌었습니다. 스텝은 지금까지의 스텝(d)이 클수록 커지고 기울기(s)가 클수록 작아져야 합니다.",
)
def ratio_upside_down(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((s + eps) / (d + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="You average the squares of the gradient only after the step. Like RMSProp, Adadelta takes the new gradient into s first.",
    ko="기울기 제곱의 평균을 스텝을 구한 뒤에 갱신했습니다. Adadelta도 RMSProp처럼 새 기울기를 먼저 s에 넣습니다.",
)
def adadelta_step_before_history(w, s, d, g, rho, eps):
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, rho * s + (1 - rho) * g**2, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="Your d is made of squared gradients, and even before the step. It averages the squares of the steps, so it can only be updated after the step; the step itself uses d as it came in.",
    ko="d에 기울기의 제곱을, 그것도 스텝보다 먼저 넣었습니다. d는 스텝의 제곱을 평균하므로 스텝 뒤에야 갱신할 수 있고, 스텝에는 들어온 d를 씁니다.",
)
def gradients_in_the_step_average_first(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    d = rho * d + (1 - rho) * g**2
    return w - ((d + eps) / (s + eps)).sqrt() * g, s, d


@misconception(
    "adadelta",
    en="d averages the steps themselves. It is the average of their squares; its root is then the size of a typical step.",
    ko="d에 스텝을 제곱하지 않고 넣었습니다. d는 스텝의 제곱의 평균이고, 그 제곱근이 보통 스텝의 크기가 됩니다.",
)
def steps_not_squared(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta


@misconception(
    "adadelta",
    en="s averages the gradients themselves. It is the average of their squares.",
    ko="s에 기울기를 제곱하지 않고 넣었습니다. s는 기울기의 제곱의 평균입니다.",
)
def gradients_not_squared(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g
    delta = -(d + eps).sqrt() / (s + eps).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="rho and 1 - rho are exchanged in s: rho is the part of the old average that is kept.",
    ko="s에서 rho와 1 - rho가 뒤바뀌었습니다. rho는 이전 평균을 남기는 비율입니다.",
)
def rho_exchanged_in_s(w, s, d, g, rho, eps):
    s = (1 - rho) * s + rho * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="rho and 1 - rho are exchanged in d: rho is the part of the old average that is kept.",
    ko="d에서 rho와 1 - rho가 뒤바뀌었습니다. rho는 이전 평균을 남기는 비율입니다.",
)
def rho_exchanged_in_d(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, (1 - rho) * d + rho * delta**2


@misconception(
    "adadelta",
    en="rho and 1 - rho are exchanged in both averages: rho is the part of the old average that is kept.",
    ko="두 평균 모두에서 rho와 1 - rho가 뒤바뀌었습니다. rho는 이전 평균을 남기는 비율입니다.",
)
def rho_exchanged_in_both(w, s, d, g, rho, eps):
    s = (1 - rho) * s + rho * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, (1 - rho) * d + rho * delta**2


@misconception(
    "adadelta",
    en="The root over the denominator is missing: you divide by the average square itself. The units of the step are then no longer those of w.",
    ko="분모에 제곱근이 빠져 제곱의 평균으로 그대로 나누었습니다. 그러면 스텝의 단위가 w의 단위와 맞지 않습니다.",
)
def no_root_in_the_denominator(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -(d + eps).sqrt() / (s + eps) * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="The root over the numerator is missing: d is an average of squares, and its root is the size of a step.",
    ko="분자에 제곱근이 빠졌습니다. d는 제곱의 평균이므로 제곱근을 구해야 스텝의 크기가 됩니다.",
)
def no_root_in_the_numerator(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -(d + eps) / (s + eps).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="The new square in s lacks its weight 1 - rho, so s is no average.",
    ko="s의 새 제곱에 1 - rho를 곱하지 않아 평균이 아닙니다.",
)
def new_square_not_weighted_in_s(w, s, d, g, rho, eps):
    s = rho * s + g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="The new square in d lacks its weight 1 - rho, so d is no average.",
    ko="d의 새 제곱에 1 - rho를 곱하지 않아 평균이 아닙니다.",
)
def new_square_not_weighted_in_d(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, rho * d + delta**2


# -- 5. adam ---------------------------------------------------------------------------------------------------------


def averages(m, v, g, b1, b2):
    return b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2


@misconception(
    "adam",
    en="The bias correction is missing. Both averages begin at 0 and are too small at first; divide them by 1 - b1^t and 1 - b2^t.",
    ko="편향 보정이 빠졌습니다. 두 평균은 0에서 시작하므로 처음에 너무 작습니다. 1 - b1^t와 1 - b2^t로 나누어야 합니다.",
    evidence="E14",
)
def no_bias_correction(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m / (v.sqrt() + eps), m, v


@misconception(
    "adam",
    en="You correct with 1 - b in every step. The power t is missing: the correction fades away as t grows.",
    ko="모든 스텝에서 1 - b로 보정했습니다. t제곱이 빠졌습니다. 보정은 t가 커질수록 사라져야 합니다.",
    evidence="E14",
)
def correction_without_power(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m / (1 - b1) / ((v / (1 - b2)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="You count steps from 0: with the exponent t - 1 the first step divides by 1 - 1 = 0. The first step has t = 1.",
    ko="스텝을 0부터 셌습니다. 지수가 t - 1이면 첫 스텝에서 1 - 1 = 0으로 나누게 됩니다. 첫 스텝은 t = 1입니다.",
    evidence="E14",
)
def steps_counted_from_zero(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    m_hat, v_hat = (a / torch.tensor(1 - b ** (t - 1), dtype=w.dtype) for a, b in ((m, b1), (v, b2)))
    return w - lr * m_hat / (v_hat.sqrt() + eps), m, v


@misconception(
    "adam",
    en="You advance t once more inside of the function. t is already the number of this step; advance it once per step, not once per tensor or call.",
    ko="함수 안에서 t를 한 번 더 늘렸습니다. t는 이미 이번 스텝의 번호입니다. 텐서나 호출마다가 아니라 스텝마다 한 번만 늘려야 합니다.",
    evidence="E14",
)
def t_advanced_again(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m / (1 - b1 ** (t + 1)) / ((v / (1 - b2 ** (t + 1))).sqrt() + eps), m, v


@misconception(
    "adam",
    en="You return the corrected averages. The next step would then correct them a second time; they serve this one step only.",
    ko="보정한 평균을 돌려주었습니다. 그러면 다음 스텝에서 또 보정하게 됩니다. 보정한 값은 이번 스텝에만 써야 합니다.",
    evidence="E14",
)
def corrected_averages_carried(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    m, v = m / (1 - b1**t), v / (1 - b2**t)
    return w - lr * m / (v.sqrt() + eps), m, v


@misconception(
    "adam",
    en="eps stands inside of the root. Here it is added after the root has been taken.",
    ko="eps를 제곱근 안에 넣었습니다. 여기서는 제곱근을 구한 뒤에 더합니다.",
    evidence="E14",
)
def adam_eps_inside(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m / (1 - b1**t) / (v / (1 - b2**t) + eps).sqrt(), m, v


@misconception(
    "adam",
    en="Your eps is scaled along with the bias correction: you fold both corrections into the learning rate and add eps to the uncorrected root.",
    ko="편향 보정과 함께 eps의 크기까지 바뀌었습니다. 두 보정을 학습률에 합치고, 보정하지 않은 제곱근에 eps를 더했기 때문입니다.",
    evidence="E14",
)
def eps_scaled(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * (1 - b2**t) ** 0.5 / (1 - b1**t) * m / (v.sqrt() + eps), m, v


@misconception(
    "adam",
    en="b1 and b2 are exchanged: b1 belongs to the gradients, b2 to their squares.",
    ko="b1과 b2가 뒤바뀌었습니다. b1은 기울기의 평균, b2는 기울기 제곱의 평균에 씁니다.",
    evidence="E14",
)
def betas_exchanged(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b2, b1)
    return w - lr * m / (1 - b2**t) / ((v / (1 - b1**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="Only the average of the gradients is corrected. The average of the squares begins at 0, too.",
    ko="기울기의 평균만 보정했습니다. 기울기 제곱의 평균도 0에서 시작합니다.",
)
def squares_not_corrected(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m / (1 - b1**t) / (v.sqrt() + eps), m, v


@misconception(
    "adam",
    en="The numerator is the gradient itself, as in RMSProp. Adam moves along the averaged gradient m.",
    ko="RMSProp처럼 분자에 기울기를 그대로 썼습니다. Adam은 기울기의 이동 평균 m을 따라 움직입니다.",
)
def gradient_instead_of_its_average(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * g / ((v / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="You go uphill: the step must be subtracted from the weights.",
    ko="오르막으로 가고 있습니다. 가중치에서 스텝을 빼야 합니다.",
)
def adam_uphill(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w + lr * m / (1 - b1**t) / ((v / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="Only the average of the squares is corrected. The average of the gradients begins at 0, too.",
    ko="제곱의 평균만 보정했습니다. 기울기의 평균도 0에서 시작합니다.",
)
def gradients_not_corrected(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m / ((v / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="You correct with 1 - b t, a product. It is the power: after t steps the start still weighs b^t.",
    ko="곱 b t를 써서 1 - b t로 보정했습니다. t번의 스텝 뒤에 처음 값에 남는 비율은 거듭제곱 b^t입니다.",
)
def correction_with_a_product(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m / (1 - b1 * t) / ((v / (1 - b2 * t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="You multiply by 1 - b^t. The averages are too small by this factor, so they are divided by it.",
    ko="1 - b^t를 곱했습니다. 평균이 바로 그 비율만큼 작으므로 나누어야 합니다.",
)
def correction_multiplied(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m * (1 - b1**t) / ((v * (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="v averages the gradients themselves. It is the average of their squares; the root over it takes the square back.",
    ko="v에 기울기를 제곱하지 않고 넣었습니다. v는 제곱의 평균이고, 나중에 구하는 제곱근이 그 제곱을 되돌립니다.",
)
def second_average_not_squared(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)[0], b2 * v + (1 - b2) * g
    return w - lr * m / (1 - b1**t) / ((v / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="The new gradient in m lacks its weight 1 - b1, so m is a sum as in momentum, not an average.",
    ko="m의 새 기울기에 1 - b1을 곱하지 않았습니다. 그러면 m은 평균이 아니라 모멘텀 같은 합이 됩니다.",
)
def gradient_not_weighted(w, m, v, t, g, lr, b1, b2, eps):
    m, v = b1 * m + g, averages(m, v, g, b1, b2)[1]
    return w - lr * m / (1 - b1**t) / ((v / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="The new square in v lacks its weight 1 - b2, so v is a sum, not an average.",
    ko="v의 새 제곱에 1 - b2를 곱하지 않았습니다. 그러면 v는 평균이 아니라 합이 됩니다.",
)
def square_not_weighted(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)[0], b2 * v + g**2
    return w - lr * m / (1 - b1**t) / ((v / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="b and 1 - b are exchanged in both averages: b1 and b2 are the parts of the old averages that are kept.",
    ko="두 평균에서 b와 1 - b가 뒤바뀌었습니다. b1과 b2는 이전 평균을 남기는 비율입니다.",
)
def parts_of_the_averages_exchanged(w, m, v, t, g, lr, b1, b2, eps):
    m, v = (1 - b1) * m + b1 * g, (1 - b2) * v + b2 * g**2
    return w - lr * m / (1 - b1**t) / ((v / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="You divide by the square root's square: the root over v is missing, so a large gradient makes a tiny step.",
    ko="v의 제곱근이 빠졌습니다. 제곱의 평균으로 그대로 나누면 기울기가 클수록 스텝이 지나치게 작아집니다.",
)
def adam_without_root(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - lr * m / (1 - b1**t) / (v / (1 - b2**t) + eps), m, v


# -- 6. reg_loss_grad, soft_threshold --------------------------------------------------------------------------------


def penalty(W, b, l1, l2):
    return l1 * W.abs().sum() + 0.5 * l2 * (W**2).sum(), l1 * W.sign() + l2 * W, torch.zeros_like(b)


@misconception(
    "reg_loss_grad",
    en="The ½ before the squares is missing in R and in its gradient. R has (l2 / 2) sum W^2, so its gradient is l2 W.",
    ko="R에도 기울기에도 제곱 앞의 ½이 빠졌습니다. R은 (l2 / 2) sum W^2이므로 기울기는 l2 W입니다.",
    evidence="E19",
)
def half_forgotten(W, b, l1, l2):
    return l1 * W.abs().sum() + l2 * (W**2).sum(), l1 * W.sign() + 2 * l2 * W, torch.zeros_like(b)


@misconception(
    "reg_loss_grad",
    en="R has the ½, but your gradient still has a 2 in it. The two cancel: the gradient of (l2 / 2) w^2 is l2 w.",
    ko="R에는 ½이 있는데 기울기에 2가 남아 있습니다. 둘이 약분되어 (l2 / 2) w^2의 기울기는 l2 w입니다.",
    evidence="E19",
)
def two_in_the_gradient(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l1 * W.sign() + 2 * l2 * W, db


@misconception(
    "reg_loss_grad",
    en="Your gradient has kept the ½ in front of l2 W. Differentiating the square brings a 2 down, which cancels it.",
    ko="기울기의 l2 W 앞에 ½이 남아 있습니다. 제곱을 미분하면 2가 나와서 약분됩니다.",
    evidence="E19",
)
def half_in_the_gradient(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l1 * W.sign() + 0.5 * l2 * W, db


@misconception(
    "reg_loss_grad",
    en="You take the root of the sum of squares. The penalty uses the square of the L2 norm, so there is no root.",
    ko="제곱합에 제곱근을 씌웠습니다. 벌점에는 L2 노름의 제곱을 쓰므로 제곱근이 없습니다.",
    evidence="E19",
)
def norm_not_squared(W, b, l1, l2):
    return l1 * W.abs().sum() + 0.5 * l2 * (W**2).sum().sqrt(), l1 * W.sign() + l2 * W, torch.zeros_like(b)


@misconception(
    "reg_loss_grad",
    en="A weight of exactly 0 gets the gradient l1 from you, as if it were positive. It is pulled to neither side: its L1 gradient is 0.",
    ko="정확히 0인 가중치에도 양수처럼 l1의 기울기를 주었습니다. 0인 가중치는 어느 쪽으로도 당겨지지 않으므로 L1 기울기가 0입니다.",
    evidence="E19",
)
def sign_of_zero_is_one(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, torch.where(W >= 0, l1, -l1).to(W.dtype) + l2 * W, db


@misconception(
    "reg_loss_grad",
    en="The bias is punished, too. The penalty holds weights only, so db is 0.",
    ko="편향에도 벌점을 주었습니다. 벌점은 가중치에만 주므로 db는 0입니다.",
    evidence="E19",
)
def bias_punished(W, b, l1, l2):
    R, dW, _ = penalty(W, b, l1, l2)
    return R + penalty(b, b, l1, l2)[0], dW, l1 * b.sign() + l2 * b


@misconception(
    "reg_loss_grad",
    en="The L2 part of the gradient has the wrong sign. R grows with W, so its gradient points the same way as W; the minus comes later, in the update.",
    ko="기울기의 L2 부분의 부호가 반대입니다. W가 커지면 R도 커지므로 기울기는 W와 같은 방향입니다. 빼는 것은 나중에 갱신할 때입니다.",
    evidence="E19",
)
def minus_in_the_gradient(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l1 * W.sign() - l2 * W, db


@misconception(
    "reg_loss_grad",
    en="You average over the weights. The penalty is a sum; with a mean its strength would depend on the size of the layer.",
    ko="가중치에 대한 평균을 구했습니다. 벌점은 합입니다. 평균이면 벌점의 세기가 층의 크기에 따라 달라집니다.",
    evidence="E19",
)
def mean_instead_of_sum(W, b, l1, l2):
    R, dW, db = penalty(W, b, l1, l2)
    return R / max(W.numel(), 1), dW / max(W.numel(), 1), db


@misconception(
    "reg_loss_grad",
    en="The L1 part of your gradient is l1 |W|. The slope of |w| is the sign of w: the same force for small and large weights.",
    ko="기울기의 L1 부분이 l1 |W|입니다. |w|의 기울기는 w의 부호이므로, 가중치가 작든 크든 같은 힘으로 당깁니다.",
)
def absolute_value_as_slope(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l1 * W.abs() + l2 * W, db


@misconception(
    "reg_loss_grad",
    en="l1 and l2 are exchanged: l1 goes with the absolute values, l2 with the squares.",
    ko="l1과 l2가 뒤바뀌었습니다. l1은 절댓값에, l2는 제곱에 곱합니다.",
)
def strengths_exchanged(W, b, l1, l2):
    return penalty(W, b, l2, l1)


@misconception(
    "soft_threshold",
    en="Small weights overshoot: w - t sign(w) carries them across 0, and they come out with the other sign. Stop at 0.",
    ko="작은 가중치가 0을 지나쳤습니다. w - t sign(w)는 0을 건너뛰어 부호를 바꿔 놓습니다. 0에서 멈춰야 합니다.",
)
def overshoots_zero(w, t):
    return w - t * w.sign()


@misconception(
    "soft_threshold",
    en="You only drop the small weights and leave the others as they are. That is hard-thresholding; the soft one also shortens what remains by t.",
    ko="작은 가중치만 0으로 만들고 나머지는 그대로 두었습니다. 그것은 하드 임계값입니다. 소프트 임계값은 남는 값도 t만큼 줄입니다.",
)
def hard_threshold(w, t):
    return torch.where(w.abs() > t, w, torch.zeros_like(w))


@misconception(
    "soft_threshold",
    en="Negative weights all become 0. They are shortened as the positive ones are, and keep their sign.",
    ko="음수 가중치가 모두 0이 되었습니다. 음수도 양수처럼 길이만 줄고 부호는 그대로여야 합니다.",
)
def negative_weights_lost(w, t):
    return (w - t).clamp(min=0)


@misconception(
    "soft_threshold",
    en="The sign is lost: you return the shortened lengths. Multiply them by the signs of the weights again.",
    ko="부호가 사라졌습니다. 줄인 길이만 돌려주었는데, 원래 가중치의 부호를 다시 곱해야 합니다.",
)
def sign_lost(w, t):
    return (w.abs() - t).clamp(min=0)


@misconception(
    "soft_threshold",
    en="You limit the weights to the range from -t to t. It is the other way round: this much is taken away, and the rest remains.",
    ko="가중치를 -t에서 t 사이로 잘랐습니다. 반대입니다. 그만큼을 덜어내고 나머지를 남겨야 합니다.",
)
def clipped(w, t):
    return w.clamp(-t, t)


@misconception(
    "reg_loss_grad",
    en="You divide the gradient by the number of weights, though R is a sum: then dW is not the gradient of the penalty that you return.",
    ko="R은 합인데 기울기를 가중치의 수로 나누었습니다. 그러면 dW가 돌려준 벌점의 기울기가 아닙니다.",
)
def gradient_averaged(W, b, l1, l2):
    R, dW, db = penalty(W, b, l1, l2)
    return R, dW / max(W.numel(), 1), db


@misconception(
    "reg_loss_grad",
    en="W / |W| is 0/0 for a weight of exactly 0, and gives NaN. The derivative there is taken as 0.",
    ko="W / |W|는 정확히 0인 가중치에서 0/0이 되어 NaN이 나옵니다. 그곳의 미분은 0으로 정합니다.",
)
def sign_by_division(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l1 * W / W.abs() + l2 * W, db


@misconception(
    "reg_loss_grad",
    en="The L1 part of your gradient is l1 for every weight. Its force points towards 0, so it has the sign of the weight.",
    ko="기울기의 L1 부분이 모든 가중치에서 l1입니다. L1의 힘은 0을 향하므로 가중치의 부호가 붙어야 합니다.",
)
def slope_without_sign(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l1 + l2 * W, db


@misconception(
    "reg_loss_grad",
    en="The L1 part of your gradient is l1 W. The slope of |w| is the sign of w: the same force for small and large weights.",
    ko="기울기의 L1 부분을 l1 W로 구했습니다. |w|의 기울기는 w의 부호입니다. 작은 가중치에도 큰 가중치에도 같은 힘이 작용합니다.",
)
def weight_as_slope(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l1 * W + l2 * W, db


@misconception(
    "reg_loss_grad",
    en="db is l2 b, though the bias is not punished: R does not depend on it, so its gradient is 0.",
    ko="편향에는 벌점이 없는데 db를 l2 b로 구했습니다. R이 편향에 따라 변하지 않으므로 기울기는 0입니다.",
)
def l2_gradient_for_the_bias(W, b, l1, l2):
    R, dW, _ = penalty(W, b, l1, l2)
    return R, dW, l2 * b


@misconception(
    "reg_loss_grad",
    en="db has the L1 and the L2 part, though R holds no bias: R does not depend on it, so its gradient is 0.",
    ko="R에는 편향이 없는데 db에 L1과 L2 부분을 넣었습니다. R이 편향에 따라 변하지 않으므로 기울기는 0입니다.",
)
def full_gradient_for_the_bias(W, b, l1, l2):
    R, dW, _ = penalty(W, b, l1, l2)
    return R, dW, l1 * b.sign() + l2 * b


@misconception(
    "reg_loss_grad",
    en="In the gradient l1 and l2 are exchanged, in R they are not: l1 goes with the sign, l2 with W.",
    ko="R에서는 맞지만 기울기에서 l1과 l2가 뒤바뀌었습니다. l1은 부호에, l2는 W에 곱합니다.",
)
def strengths_exchanged_in_the_gradient(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l2 * W.sign() + l1 * W, db


@misconception(
    "reg_loss_grad",
    en="In R l1 and l2 are exchanged, in the gradient they are not: l1 goes with the absolute values, l2 with the squares.",
    ko="기울기에서는 맞지만 R에서 l1과 l2가 뒤바뀌었습니다. l1은 절댓값에, l2는 제곱에 곱합니다.",
)
def strengths_exchanged_in_the_penalty(W, b, l1, l2):
    _, dW, db = penalty(W, b, l1, l2)
    return l2 * W.abs().sum() + 0.5 * l1 * (W**2).sum(), dW, db


# -- 7. dropout_fwd, dropout_bwd -------------------------------------------------------------------------------------


def keep(U, p, like):
    return (U >= p).to(like.dtype)


@misconception(
    "dropout_fwd",
    en="You keep with probability p. Here p is the probability of dropping: an element stays where U >= p.",
    ko="확률 p로 남겼습니다. 여기서 p는 끌 확률이므로 U >= p인 원소가 남아야 합니다.",
    evidence="E15",
)
def keeps_with_probability_p(x, U, p, train):
    return x * (U < p).to(x.dtype) / (p if p > 0 else 1.0) if train else x


@misconception(
    "dropout_fwd",
    en="The mask is turned round, though the factor is right: elements with U < p are the ones to drop.",
    ko="배율은 맞지만 마스크가 뒤집혔습니다. U < p인 원소를 꺼야 합니다.",
    evidence="E15",
)
def mask_turned_round(x, U, p, train):
    return x * (U < p).to(x.dtype) / (1 - p) if train else x


@misconception(
    "dropout_fwd",
    en="What is kept is not scaled up. Without the division by 1 - p the next layer sees smaller values in training than at test time.",
    ko="남은 값을 키우지 않았습니다. 1 - p로 나누지 않으면 다음 층이 학습할 때 받는 값이 테스트할 때보다 작아집니다.",
    evidence="E15",
)
def not_scaled_up(x, U, p, train):
    return x * keep(U, p, x) if train else x


@misconception(
    "dropout_fwd",
    en="You scale at test time, by 1 - p. In inverted dropout the scaling is done in training, and test time does nothing.",
    ko="테스트할 때 1 - p를 곱했습니다. 역드롭아웃은 학습할 때 배율을 맞추고, 테스트할 때는 아무것도 하지 않습니다.",
    evidence="E15",
)
def scaled_at_test_time(x, U, p, train):
    return x * keep(U, p, x) if train else x * (1 - p)


@misconception(
    "dropout_fwd",
    en="You divide by p. The expected value is kept by dividing by the probability of being kept, 1 - p.",
    ko="p로 나누었습니다. 기댓값을 유지하려면 남을 확률 1 - p로 나누어야 합니다.",
    evidence="E15",
)
def divided_by_p(x, U, p, train):
    return x * keep(U, p, x) / (p if p > 0 else 1.0) if train else x


@misconception(
    "dropout_fwd",
    en="One row of random numbers serves the whole batch, so all examples lose the same nodes. Every element has a number of its own.",
    ko="난수 한 행을 배치 전체에 썼습니다. 그러면 모든 예에서 같은 노드가 꺼집니다. 원소마다 자기 난수가 있습니다.",
    evidence="E15",
)
def one_mask_for_the_batch(x, U, p, train):
    return x * keep(U[:1], p, x) / (1 - p) if train else x


@misconception(
    "dropout_fwd",
    en="You drop nodes at test time, too. A trained network uses all of them.",
    ko="테스트할 때도 노드를 껐습니다. 학습이 끝난 신경망은 모든 노드를 씁니다.",
)
def drops_at_test_time(x, U, p, train):
    return x * keep(U, p, x) / (1 - p)


@misconception(
    "dropout_fwd",
    en="An element with U exactly equal to p is dropped by you. It is kept: only U < p drops.",
    ko="U가 정확히 p인 원소를 껐습니다. U < p일 때만 끄므로 이 원소는 남아야 합니다.",
)
def equality_drops(x, U, p, train):
    return x * (U > p).to(x.dtype) / (1 - p) if train else x


@misconception(
    "dropout_bwd",
    en="The mask is not used on the way back: nodes that were off get a gradient. What did not take part gets 0.",
    ko="역전파에서 마스크를 쓰지 않아 꺼져 있던 노드에도 기울기가 갔습니다. 참여하지 않은 노드의 기울기는 0입니다.",
    evidence="E15",
)
def mask_not_used_again(dout, U, p, train):
    return dout / (1 - p) if train else dout


@misconception(
    "dropout_bwd",
    en="The factor 1 / (1 - p) is missing on the way back. Whatever multiplies x in the forward pass multiplies its gradient.",
    ko="역전파에서 배율 1 / (1 - p)가 빠졌습니다. 순전파에서 x에 곱한 것은 기울기에도 그대로 곱해집니다.",
    evidence="E15",
)
def gradient_not_scaled(dout, U, p, train):
    return dout * keep(U, p, dout) if train else dout


@misconception(
    "dropout_bwd",
    en="You mask the gradient at test time, too. Without dropout in the forward pass there is none in the backward pass.",
    ko="테스트할 때도 기울기를 가렸습니다. 순전파에 드롭아웃이 없었으면 역전파에도 없습니다.",
)
def masks_gradient_at_test_time(dout, U, p, train):
    return dout * keep(U, p, dout) / (1 - p)


@misconception(
    "dropout_bwd",
    en="The mask of your backward pass is turned round: the gradient must flow where U >= p, through the nodes that were on.",
    ko="역전파의 마스크가 뒤집혔습니다. 기울기는 U >= p인 곳, 곧 켜져 있던 노드로 흘러야 합니다.",
)
def gradient_mask_turned_round(dout, U, p, train):
    return dout * (U < p).to(dout.dtype) / (1 - p) if train else dout


@misconception(
    "dropout_bwd",
    en="You multiply by 1 - p on the way back. The gradient of x / (1 - p) has the same factor as the forward pass: divide.",
    ko="역전파에서 1 - p를 곱했습니다. x / (1 - p)의 기울기에는 순전파와 같은 배율이 붙으므로 나누어야 합니다.",
)
def gradient_multiplied(dout, U, p, train):
    return dout * keep(U, p, dout) * (1 - p) if train else dout


@misconception(
    "dropout_fwd",
    en="You keep where U < p and divide by p, and for p = 0 you divide by 0. Here p is the probability of dropping: an element stays where U >= p, and the factor is 1 / (1 - p).",
    ko="U < p인 원소를 남기고 p로 나누었으며, p = 0이면 0으로 나눕니다. 여기서 p는 끌 확률입니다. U >= p인 원소가 남고 배율은 1 / (1 - p)입니다.",
)
def keeps_with_probability_p_even_0(x, U, p, train):
    return x * (U < p).to(x.dtype) / p if train else x


@misconception(
    "dropout_fwd",
    en="You divide by p, which is even 0 / 0 or x / 0 for p = 0. The expected value is kept by dividing by the probability of being kept, 1 - p.",
    ko="p로 나누었습니다. p = 0이면 0으로 나누게 됩니다. 기댓값을 유지하려면 남을 확률 1 - p로 나누어야 합니다.",
)
def divided_by_p_even_0(x, U, p, train):
    return x * keep(U, p, x) / p if train else x


@misconception(
    "dropout_fwd",
    en="You multiply what is kept by 1 - p. Then it becomes smaller still; to make up for the dropped ones it is divided by 1 - p.",
    ko="남은 값에 1 - p를 곱했습니다. 그러면 더 작아집니다. 꺼진 만큼 보충하려면 1 - p로 나누어야 합니다.",
)
def multiplied_by_the_kept_part(x, U, p, train):
    return x * keep(U, p, x) * (1 - p) if train else x


@misconception(
    "dropout_fwd",
    en="You divide by the share that happened to be kept. The factor is the probability, 1 - p: it does not depend on the draw.",
    ko="이번에 실제로 남은 비율로 나누었습니다. 배율은 뽑힌 결과와 상관없이 확률 1 - p로 정해집니다.",
)
def divided_by_the_share_kept(x, U, p, train):
    return x * keep(U, p, x) / keep(U, p, x).mean() if train else x


@misconception(
    "dropout_bwd",
    en="You divide the gradient by the share that happened to be kept. The factor is the probability, 1 - p, as in the forward pass.",
    ko="이번에 실제로 남은 비율로 기울기를 나누었습니다. 배율은 순전파와 같이 확률 1 - p입니다.",
)
def gradient_divided_by_the_share_kept(dout, U, p, train):
    return dout * keep(U, p, dout) / keep(U, p, dout).mean() if train else dout


@misconception(
    "dropout_bwd",
    en="On the way back you keep with probability p. Here p is the probability of dropping: the gradient passes where U >= p, divided by 1 - p.",
    ko="역전파에서 확률 p로 남겼습니다. 여기서 p는 끌 확률이므로 기울기는 U >= p인 곳을 1 - p로 나누어져 지나갑니다.",
)
def gradient_kept_with_probability_p(dout, U, p, train):
    return dout * (U < p).to(dout.dtype) / (p if p > 0 else 1.0) if train else dout


@misconception(
    "dropout_bwd",
    en="You divide the gradient by p. What was kept was divided by 1 - p in the forward pass, and so is its gradient.",
    ko="기울기를 p로 나누었습니다. 순전파에서 남은 값을 1 - p로 나누었으므로 기울기도 그래야 합니다.",
)
def gradient_divided_by_p(dout, U, p, train):
    return dout * keep(U, p, dout) / p if train else dout


@misconception(
    "dropout_bwd",
    en="You scale the gradient at test time, by 1 - p. In inverted dropout the scaling is done in training, and test time does nothing.",
    ko="테스트할 때 기울기에 1 - p를 곱했습니다. 역드롭아웃은 학습할 때 배율을 맞추고, 테스트할 때는 아무것도 하지 않습니다.",
)
def gradient_scaled_at_test_time(dout, U, p, train):
    return dout * keep(U, p, dout) if train else dout * (1 - p)


@misconception(
    "dropout_bwd",
    en="On the way back an element with U exactly equal to p is dropped by you. It was kept, so it gets a gradient.",
    ko="역전파에서 U가 정확히 p인 원소를 껐습니다. 순전파에서 남은 원소이므로 기울기도 받습니다.",
)
def equality_drops_the_gradient(dout, U, p, train):
    return dout * (U > p).to(dout.dtype) / (1 - p) if train else dout


@misconception(
    "dropout_bwd",
    en="One row of random numbers masks the gradients of the whole batch. Every element has a number of its own.",
    ko="난수 한 행으로 배치 전체의 기울기를 가렸습니다. 원소마다 자기 난수가 있습니다.",
)
def one_gradient_mask_for_the_batch(dout, U, p, train):
    return dout * keep(U[:1], p, dout) / (1 - p) if train else dout


# -- 8. bn_fwd -------------------------------------------------------------------------------------------------------


def normalise(x, gamma, beta, state, train, *, var=None, mean=None, running=None, inverse=None):
    """bn_fwd with some of its parts replaced."""
    m, N = state["m"], len(x)
    batch_mean, batch_var = x.mean(dim=0), x.var(dim=0, unbiased=False)
    if train:
        mean, var = batch_mean if mean is None else mean, batch_var if var is None else var
    else:
        mean, var = state["mean"], state["var"]
    inverse = inverse or (lambda v: 1 / (v + state["eps"]).sqrt())
    inv_std = inverse(var)
    x_hat = (x - mean) * inv_std
    new_state = dict(state)
    if train:
        new_state["mean"] = m * state["mean"] + (1 - m) * batch_mean
        if N > 1:
            new_state["var"] = m * state["var"] + (1 - m) * batch_var * N / (N - 1)
        if running is not None:
            running(new_state, batch_mean, batch_var)
    return gamma * x_hat + beta, new_state, {"x_hat": x_hat, "inv_std": inv_std, "gamma": gamma} if train else None


@misconception(
    "bn_fwd",
    en="You normalise the batch with the unbiased variance (1/(N-1)), the default of torch.var. The batch itself is divided by the root of the biased one (1/N); the unbiased one is for the running value.",
    ko="배치를 불편 분산(1/(N-1))으로 정규화했습니다. torch.var의 기본값입니다. 배치 자체는 편향 분산(1/N)의 제곱근으로 나누고, 불편 분산은 이동 분산에만 씁니다.",
    evidence="E13",
)
def unbiased_normaliser(x, gamma, beta, state, train):
    N = len(x)
    var = x.var(dim=0, unbiased=False) * (N / (N - 1) if N > 1 else 1.0)
    return normalise(x, gamma, beta, state, train, var=var)


@misconception(
    "bn_fwd",
    en="eps is added to the standard deviation, outside of the root. Here it is added to the variance, inside of it.",
    ko="eps를 제곱근 밖에서 표준편차에 더했습니다. 여기서는 제곱근 안에서 분산에 더합니다.",
    evidence="E13",
)
def bn_eps_outside(x, gamma, beta, state, train):
    return normalise(x, gamma, beta, state, train, inverse=lambda v: 1 / (v.sqrt() + state["eps"]))


@misconception(
    "bn_fwd",
    en="You divide by the variance. To bring the spread to 1, divide by its root, the standard deviation.",
    ko="분산으로 나누었습니다. 퍼진 정도를 1로 맞추려면 분산의 제곱근인 표준편차로 나누어야 합니다.",
    evidence="E13",
)
def divided_by_the_variance(x, gamma, beta, state, train):
    return normalise(x, gamma, beta, state, train, inverse=lambda v: 1 / (v + state["eps"]))


@misconception(
    "bn_fwd",
    en="You normalise every row, over its features. That is layer normalisation; batch normalisation takes each column, over the examples.",
    ko="행마다 특징에 대해 정규화했습니다. 그것은 층 정규화입니다. 배치 정규화는 열마다 예들에 대해 정규화합니다.",
    evidence="E13",
)
def rows_normalised(x, gamma, beta, state, train):
    mean, var = x.mean(dim=1, keepdim=True), x.var(dim=1, unbiased=False, keepdim=True)
    return normalise(x, gamma, beta, state, train, mean=mean, var=var)


@misconception(
    "bn_fwd",
    en="The running variance gets the biased variance of the batch (1/N). It estimates the variance of all data, so it needs the unbiased one.",
    ko="이동 분산에 배치의 편향 분산(1/N)을 넣었습니다. 데이터 전체의 분산을 추정하는 값이므로 불편 분산을 넣어야 합니다.",
    evidence="E13",
)
def running_variance_biased(x, gamma, beta, state, train):
    def biased(new, mean, var):
        if len(x) > 1:
            new["var"] = state["m"] * state["var"] + (1 - state["m"]) * var

    return normalise(x, gamma, beta, state, train, running=biased)


@misconception(
    "bn_fwd",
    en="m and 1 - m are exchanged in the running values. Here m is the part of the old value that is kept (PyTorch's momentum is 1 - m).",
    ko="이동 평균과 이동 분산에서 m과 1 - m이 뒤바뀌었습니다. 여기서 m은 이전 값을 남기는 비율입니다(PyTorch의 momentum은 1 - m입니다).",
    evidence="E13",
)
def running_weights_exchanged(x, gamma, beta, state, train):
    def exchanged(new, mean, var):
        m, N = state["m"], len(x)
        new["mean"] = (1 - m) * state["mean"] + m * mean
        if N > 1:
            new["var"] = (1 - m) * state["var"] + m * var * N / (N - 1)

    return normalise(x, gamma, beta, state, train, running=exchanged)


@misconception(
    "bn_fwd",
    en="At test time you still use the statistics of the batch. Then an answer depends on who else is in the batch; use the running values.",
    ko="테스트할 때도 배치의 통계를 썼습니다. 그러면 같은 배치에 무엇이 들어 있느냐에 따라 답이 달라집니다. 이동 평균과 이동 분산을 쓰세요.",
    evidence="E13",
)
def batch_statistics_at_test_time(x, gamma, beta, state, train):
    y, new_state, cache = normalise(x, gamma, beta, state, True)
    return (y, new_state, cache) if train else (y, dict(state), None)


@misconception(
    "bn_fwd",
    en="gamma and beta are exchanged: gamma scales, beta shifts.",
    ko="gamma와 beta가 뒤바뀌었습니다. gamma는 곱하고 beta는 더합니다.",
    evidence="E13",
)
def gamma_and_beta_exchanged(x, gamma, beta, state, train):
    y, new_state, cache = normalise(x, beta, gamma, state, train)
    return y, new_state, {**cache, "gamma": gamma} if train else None


@misconception(
    "bn_fwd",
    en="You return the normalised values without gamma and beta. They give the network back the freedom to choose scale and shift.",
    ko="gamma와 beta를 적용하지 않고 정규화한 값을 돌려주었습니다. 둘은 신경망이 배율과 이동을 다시 고를 수 있게 해 주는 값입니다.",
)
def no_scale_and_shift(x, gamma, beta, state, train):
    y, new_state, cache = normalise(x, torch.ones_like(gamma), torch.zeros_like(beta), state, train)
    return y, new_state, {**cache, "gamma": gamma} if train else None


@misconception(
    "bn_fwd",
    en="With a single example your running variance becomes NaN: 0 divided by N - 1 = 0. It must stay as it was then.",
    ko="예가 하나일 때 이동 분산이 NaN이 됩니다. 0을 N - 1 = 0으로 나누었기 때문입니다. 이때는 이전 값을 그대로 두어야 합니다.",
)
def running_variance_nan_for_one_example(x, gamma, beta, state, train):
    def nan(new, mean, var):
        N = torch.tensor(len(x), dtype=x.dtype)
        new["var"] = state["m"] * state["var"] + (1 - state["m"]) * var * N / (N - 1)

    return normalise(x, gamma, beta, state, train, running=nan)


@misconception(
    "bn_fwd",
    en="Your variance is E[x^2] - E[x]^2. For columns with a large mean the two are huge and nearly equal, and their difference has lost its digits: subtract the mean before squaring.",
    ko="분산을 E[x^2] - E[x]^2로 구했습니다. 평균이 큰 열에서는 거의 같은 두 큰 수의 차가 되어 유효 숫자가 사라집니다. 평균을 먼저 빼고 제곱하세요.",
)
def difference_of_large_squares(x, gamma, beta, state, train):
    var = ((x**2).mean(dim=0) - x.mean(dim=0) ** 2).clamp(min=0)

    def running(new, mean, _):
        N = len(x)
        if N > 1:
            new["var"] = state["m"] * state["var"] + (1 - state["m"]) * var * N / (N - 1)

    return normalise(x, gamma, beta, state, train, var=var, running=running)


@misconception(
    "bn_fwd",
    en="The running values also change at test time. They are collected in training only.",
    ko="테스트할 때도 이동 평균과 이동 분산을 바꾸었습니다. 이 값들은 학습할 때만 모읍니다.",
)
def running_values_change_at_test_time(x, gamma, beta, state, train):
    y, _, cache = normalise(x, gamma, beta, state, train)
    return y, normalise(x, gamma, beta, state, True)[1], cache


def with_cache(result, **changed):
    """The result of bn_fwd with other things in its cache."""
    y, state, cache = result
    return y, state, {**cache, **changed} if cache else cache


def with_state(result, train, change):
    """The result of bn_fwd with change(new state) applied in training."""
    y, state, cache = result
    return y, {**state, **change(state)} if train else state, cache


@misconception(
    "bn_fwd",
    en="You take one mean and one variance for the whole batch. Each column is a feature of its own, with its own mean and variance.",
    ko="배치 전체에서 평균과 분산을 하나씩만 구했습니다. 열마다 서로 다른 특징이므로 평균과 분산도 열마다 따로 구합니다.",
)
def whole_batch_normalised(x, gamma, beta, state, train):
    mean = x.mean().expand(x.shape[1])
    var = ((x - mean) ** 2).mean().expand(x.shape[1])

    def running(new, *_):
        m, N = state["m"], len(x)
        new["mean"] = m * state["mean"] + (1 - m) * mean
        if N > 1:
            new["var"] = m * state["var"] + (1 - m) * var * N / (N - 1)

    return normalise(x, gamma, beta, state, train, mean=mean, var=var, running=running)


@misconception(
    "bn_fwd",
    en="You normalise every row, over its features, with one deviation for each example. That is layer normalisation; batch normalisation takes each column, over the examples.",
    ko="예마다 표준편차를 하나씩 구해 행을 정규화했습니다. 그것은 층 정규화입니다. 배치 정규화는 열마다 예들에 대해 정규화합니다.",
)
def rows_normalised_with_flat_deviations(x, gamma, beta, state, train):
    mean, var = x.mean(dim=1, keepdim=True), x.var(dim=1, unbiased=False, keepdim=True)
    y, new_state, cache = normalise(x, gamma, beta, state, train, mean=mean, var=var)
    return y, new_state, {**cache, "inv_std": cache["inv_std"].squeeze(1)} if cache else None


@misconception(
    "bn_fwd",
    en="eps is missing in training: a constant column has variance 0, and you divide 0 by 0.",
    ko="학습할 때 eps가 빠졌습니다. 값이 모두 같은 열은 분산이 0이어서 0을 0으로 나누게 됩니다.",
)
def eps_missing_in_training(x, gamma, beta, state, train):
    return normalise(x, gamma, beta, state, train, inverse=(lambda v: 1 / v.sqrt()) if train else None)


@misconception(
    "bn_fwd",
    en="eps is missing, in training and at test time. It stands under the root, so that a column with variance 0 is no division by 0.",
    ko="학습할 때도 테스트할 때도 eps가 빠졌습니다. 분산이 0인 열에서 0으로 나누지 않도록 제곱근 안에 더합니다.",
)
def eps_missing(x, gamma, beta, state, train):
    return normalise(x, gamma, beta, state, train, inverse=lambda v: 1 / v.sqrt())


@misconception(
    "bn_fwd",
    en="eps is missing at test time. The running variance gets it as well.",
    ko="테스트할 때 eps가 빠졌습니다. 이동 분산에도 더해야 합니다.",
)
def eps_missing_at_test_time(x, gamma, beta, state, train):
    return normalise(x, gamma, beta, state, train, inverse=None if train else (lambda v: 1 / v.sqrt()))


@misconception(
    "bn_fwd",
    en="With a single example you average a variance of 0 into the running one, which shrinks. One example says nothing about the spread: leave it as it was.",
    ko="예가 하나일 때 분산 0을 이동 분산에 섞어 이동 분산이 줄었습니다. 예 하나로는 퍼진 정도를 알 수 없으므로 이전 값을 그대로 두세요.",
)
def zero_variance_of_one_example(x, gamma, beta, state, train):
    return with_state(
        normalise(x, gamma, beta, state, train), train and len(x) == 1, lambda new: {"var": state["m"] * state["var"]}
    )


@misconception(
    "bn_fwd",
    en="The cache holds y where x_hat belongs. The backward pass needs the normalised values before gamma and beta.",
    ko="캐시의 x_hat에 y를 넣었습니다. 역전파에는 gamma와 beta를 적용하기 전의 정규화된 값이 필요합니다.",
)
def output_in_the_cache(x, gamma, beta, state, train):
    result = normalise(x, gamma, beta, state, train)
    return with_cache(result, x_hat=result[0])


@misconception(
    "bn_fwd",
    en="The cache holds x - mean where x_hat belongs: the difference has not been divided by the deviation.",
    ko="캐시의 x_hat에 x - mean을 넣었습니다. 표준편차로 나누기 전의 값입니다.",
)
def centred_values_in_the_cache(x, gamma, beta, state, train):
    return with_cache(normalise(x, gamma, beta, state, train), x_hat=x - x.mean(dim=0))


@misconception(
    "bn_fwd",
    en="In training you return the normalised values without gamma and beta; at test time you use both. The two must be the same layer.",
    ko="테스트할 때는 gamma와 beta를 쓰지만 학습할 때는 적용하지 않은 값을 돌려주었습니다. 둘은 같은 층이어야 합니다.",
)
def no_scale_and_shift_in_training(x, gamma, beta, state, train):
    y, new_state, cache = normalise(x, gamma, beta, state, train)
    return cache["x_hat"] if train else y, new_state, cache


@misconception(
    "bn_fwd",
    en="Mean and variance are detached from x: autograd takes them for constants. They are computed from the batch, and the gradient also flows through them.",
    ko="평균과 분산을 x에서 떼어 내 autograd가 상수로 여깁니다. 둘은 배치에서 계산한 값이므로 기울기가 두 값을 거쳐서도 흘러야 합니다.",
)
def statistics_detached(x, gamma, beta, state, train):
    mean, var = x.mean(dim=0).detach(), x.var(dim=0, unbiased=False).detach()
    return normalise(x, gamma, beta, state, train, mean=mean, var=var)


@misconception(
    "bn_fwd",
    en="The variance is detached from x: autograd takes it for a constant. It is computed from the batch, and the gradient also flows through it.",
    ko="분산을 x에서 떼어 내 autograd가 상수로 여깁니다. 분산도 배치에서 계산한 값이므로 기울기가 거쳐서 흘러야 합니다.",
)
def variance_detached(x, gamma, beta, state, train):
    return normalise(x, gamma, beta, state, train, var=x.var(dim=0, unbiased=False).detach())


@misconception(
    "bn_fwd",
    en="The mean that you subtract is detached from x: autograd takes it for a constant. It is computed from the batch, and the gradient also flows through it.",
    ko="빼는 평균을 x에서 떼어 내 autograd가 상수로 여깁니다. 평균도 배치에서 계산한 값이므로 기울기가 거쳐서 흘러야 합니다.",
)
def mean_detached(x, gamma, beta, state, train):
    return normalise(x, gamma, beta, state, train, mean=x.mean(dim=0).detach())


@misconception(
    "bn_fwd",
    en="The running value gets the standard deviation. It is a variance: keep the square, and take the root when you normalise.",
    ko="이동 분산에 표준편차를 넣었습니다. 분산을 그대로 모으고, 제곱근은 정규화할 때 구합니다.",
)
def running_deviation(x, gamma, beta, state, train):
    def deviation(new, mean, var):
        m, N = state["m"], len(x)
        if N > 1:
            new["var"] = m * state["var"] + (1 - m) * (var * N / (N - 1)).sqrt()

    return normalise(x, gamma, beta, state, train, running=deviation)


@misconception(
    "bn_fwd",
    en="The running mean also changes at test time. It is collected in training only.",
    ko="테스트할 때도 이동 평균을 바꾸었습니다. 이동 평균은 학습할 때만 모읍니다.",
)
def running_mean_changes_at_test_time(x, gamma, beta, state, train):
    y, new_state, cache = normalise(x, gamma, beta, state, train)
    moved = normalise(x, gamma, beta, state, True)[1]["mean"]
    return y, {**new_state, "mean": moved}, cache


@misconception(
    "bn_fwd",
    en="In training you normalise with the running values that you have just updated. The batch is judged by its own mean and variance; the running ones are for test time.",
    ko="학습할 때 방금 갱신한 이동 평균과 이동 분산으로 정규화했습니다. 배치는 자기 평균과 분산으로 정규화하고, 이동 값은 테스트할 때 씁니다.",
)
def new_running_values_in_training(x, gamma, beta, state, train):
    new = normalise(x, gamma, beta, state, True)[1]
    return normalise(x, gamma, beta, state, train, mean=new["mean"], var=new["var"])


@misconception(
    "bn_fwd",
    en="In training you normalise with the running values of the state. The batch is judged by its own mean and variance; the running ones are for test time.",
    ko="학습할 때 상태에 있던 이동 평균과 이동 분산으로 정규화했습니다. 배치는 자기 평균과 분산으로 정규화하고, 이동 값은 테스트할 때 씁니다.",
)
def old_running_values_in_training(x, gamma, beta, state, train):
    return normalise(x, gamma, beta, state, train, mean=state["mean"], var=state["var"])


@misconception(
    "bn_fwd",
    en="Your new state has lost the keys m and eps. The next call needs all four.",
    ko="새 상태에 m과 eps가 없습니다. 다음 호출에는 네 키가 모두 필요합니다.",
)
def keys_lost(x, gamma, beta, state, train):
    y, new, cache = normalise(x, gamma, beta, state, train)
    return y, {"mean": new["mean"], "var": new["var"]} if train else new, cache


@misconception(
    "bn_fwd",
    en="You return a cache at test time as well. It is for the backward pass, which follows training only: None is asked for.",
    ko="테스트할 때도 캐시를 돌려주었습니다. 캐시는 학습 뒤에 오는 역전파를 위한 것이므로 이때는 None이어야 합니다.",
)
def cache_at_test_time(x, gamma, beta, state, train):
    y, new, cache = normalise(x, gamma, beta, state, train)
    inv_std = 1 / (state["var"] + state["eps"]).sqrt()
    return y, new, cache or {"x_hat": (x - state["mean"]) * inv_std, "inv_std": inv_std, "gamma": gamma}


@misconception(
    "bn_fwd",
    en="In training gamma and beta are exchanged: gamma scales, beta shifts.",
    ko="학습할 때 gamma와 beta가 뒤바뀌었습니다. gamma는 곱하고 beta는 더합니다.",
)
def exchanged_in_training(x, gamma, beta, state, train):
    if not train:
        return normalise(x, gamma, beta, state, train)
    return with_cache(normalise(x, beta, gamma, state, train), gamma=gamma)


@misconception(
    "bn_fwd",
    en="The running mean has forgotten its past: you keep the mean of this batch alone. The part m of the old value stays.",
    ko="이동 평균이 이전 값을 잊었습니다. 이번 배치의 평균만 남겼습니다. 이전 값의 m만큼은 남아야 합니다.",
)
def running_mean_replaced(x, gamma, beta, state, train):
    return with_state(normalise(x, gamma, beta, state, train), train, lambda new: {"mean": x.mean(dim=0)})


@misconception(
    "bn_fwd",
    en="The running variance has forgotten its past: you keep the variance of this batch alone. The part m of the old value stays.",
    ko="이동 분산이 이전 값을 잊었습니다. 이번 배치의 분산만 남겼습니다. 이전 값의 m만큼은 남아야 합니다.",
)
def running_variance_replaced(x, gamma, beta, state, train):
    return with_state(normalise(x, gamma, beta, state, train), train and len(x) > 1, lambda new: {"var": x.var(dim=0)})


@misconception(
    "bn_fwd",
    en="Both running values have forgotten their past: you keep mean and variance of this batch alone. The part m of the old values stays.",
    ko="이동 평균과 이동 분산이 모두 이전 값을 잊었습니다. 이번 배치의 값만 남겼습니다. 이전 값의 m만큼은 남아야 합니다.",
)
def running_values_replaced(x, gamma, beta, state, train):
    def replaced(new):
        return {"mean": x.mean(dim=0), "var": x.var(dim=0) if len(x) > 1 else state["var"]}

    return with_state(normalise(x, gamma, beta, state, train), train, replaced)


# -- 9. bn_bwd -------------------------------------------------------------------------------------------------------


@misconception(
    "bn_bwd",
    en="You treat mean and variance as constants. They are computed from x, so dx also flows back through both of them.",
    ko="평균과 분산을 상수로 취급했습니다. 둘 다 x에서 계산한 값이므로 dx는 두 값을 거쳐서도 흘러야 합니다.",
    evidence="E13",
)
def statistics_as_constants(dout, cache):
    x_hat = cache["x_hat"]
    return dout * cache["gamma"] * cache["inv_std"], (dout * x_hat).sum(dim=0), dout.sum(dim=0)


@misconception(
    "bn_bwd",
    en="The way through the mean is missing: the columns of your dx do not sum to 0.",
    ko="평균을 거치는 갈래가 빠졌습니다. dx의 각 열의 합이 0이 아닙니다.",
    evidence="E13",
)
def way_through_the_mean_missing(dout, cache):
    x_hat, scale = cache["x_hat"], cache["gamma"] * cache["inv_std"]
    dgamma = (dout * x_hat).sum(dim=0)
    return scale * (dout - x_hat * dgamma / len(dout)), dgamma, dout.sum(dim=0)


@misconception(
    "bn_bwd",
    en="The way through the variance is missing: only the mean of the gradient is taken away.",
    ko="분산을 거치는 갈래가 빠졌습니다. 기울기의 평균만 뺐습니다.",
)
def way_through_the_variance_missing(dout, cache):
    x_hat, scale = cache["x_hat"], cache["gamma"] * cache["inv_std"]
    return scale * (dout - dout.mean(dim=0)), (dout * x_hat).sum(dim=0), dout.sum(dim=0)


@misconception(
    "bn_bwd",
    en="dgamma lacks x_hat: it equals dbeta now. gamma multiplies x_hat, so its gradient does, too.",
    ko="dgamma에 x_hat이 없어 dbeta와 같아졌습니다. gamma는 x_hat에 곱해지므로 기울기에도 x_hat이 들어갑니다.",
    evidence="E13",
)
def dgamma_without_x_hat(dout, cache):
    x_hat, scale = cache["x_hat"], cache["gamma"] * cache["inv_std"]
    dgamma, dbeta = (dout * x_hat).sum(dim=0), dout.sum(dim=0)
    return scale * (dout - (dbeta + x_hat * dgamma) / len(dout)), dbeta, dbeta


@misconception(
    "bn_bwd",
    en="The 1/N is missing in what mean and variance take away. Both are averages over the batch, so both corrections are, too.",
    ko="평균과 분산이 가져가는 몫에 1/N이 빠졌습니다. 둘 다 배치에 대한 평균이므로 빼는 값도 평균이어야 합니다.",
    evidence="E13",
)
def sums_instead_of_means(dout, cache):
    x_hat, scale = cache["x_hat"], cache["gamma"] * cache["inv_std"]
    dgamma, dbeta = (dout * x_hat).sum(dim=0), dout.sum(dim=0)
    return scale * (dout - dbeta - x_hat * dgamma), dgamma, dbeta


@misconception(
    "bn_bwd",
    en="The variance's share is divided by N - 1. The batch was normalised with the biased variance, so it is N.",
    ko="분산의 몫을 N - 1로 나누었습니다. 배치는 편향 분산으로 정규화했으므로 N으로 나누어야 합니다.",
    evidence="E13",
)
def n_minus_one(dout, cache):
    x_hat, scale, N = cache["x_hat"], cache["gamma"] * cache["inv_std"], len(dout)
    dgamma, dbeta = (dout * x_hat).sum(dim=0), dout.sum(dim=0)
    return scale * (dout - dbeta / N - x_hat * dgamma / max(N - 1, 1)), dgamma, dbeta


@misconception(
    "bn_bwd",
    en="dgamma and dbeta are means over the batch. They are sums: if the loss is a mean, its 1/N is already in dout.",
    ko="dgamma와 dbeta를 배치에 대한 평균으로 구했습니다. 둘 다 합입니다. 손실이 평균이라면 1/N은 이미 dout에 들어 있습니다.",
    evidence="E13",
)
def parameter_gradients_averaged(dout, cache):
    x_hat, scale, N = cache["x_hat"], cache["gamma"] * cache["inv_std"], len(dout)
    dgamma, dbeta = (dout * x_hat).sum(dim=0), dout.sum(dim=0)
    return scale * (dout - (dbeta + x_hat * dgamma) / N), dgamma / N, dbeta / N


@misconception(
    "bn_bwd",
    en="gamma is missing in dx: the gradient reaches x_hat only after it has been multiplied by gamma.",
    ko="dx에 gamma가 빠졌습니다. 기울기는 gamma가 곱해진 다음 x_hat에 닿습니다.",
)
def dx_without_gamma(dout, cache):
    x_hat = cache["x_hat"]
    dgamma, dbeta = (dout * x_hat).sum(dim=0), dout.sum(dim=0)
    return cache["inv_std"] * (dout - (dbeta + x_hat * dgamma) / len(dout)), dgamma, dbeta


@misconception(
    "bn_bwd",
    en="The division by the standard deviation is missing in dx: x was multiplied by inv_std, so its gradient is, too.",
    ko="dx에서 표준편차로 나누는 것이 빠졌습니다. x에 inv_std가 곱해졌으므로 기울기에도 곱해집니다.",
)
def dx_without_inv_std(dout, cache):
    x_hat = cache["x_hat"]
    dgamma, dbeta = (dout * x_hat).sum(dim=0), dout.sum(dim=0)
    return cache["gamma"] * (dout - (dbeta + x_hat * dgamma) / len(dout)), dgamma, dbeta


def bn_gradients(dout, cache, *, first=1.0, second=1.0, over=None, inverse=lambda s: s, whole=False):
    """bn_bwd with other factors before its parts."""
    x_hat, N = cache["x_hat"], len(dout)
    dgamma, dbeta, d = (dout * x_hat).sum(dim=0), dout.sum(dim=0), dout * cache["gamma"]
    over = over or N
    a, b = (d.mean(), (d * x_hat).mean()) if whole else (d.sum(dim=0) / over, (d * x_hat).sum(dim=0) / over)
    return inverse(cache["inv_std"]) * (d - first * a - second * x_hat * b), dgamma, dbeta


@misconception(
    "bn_bwd",
    en="You divide by N - 1 in both corrections. Mean and biased variance of the batch are averages over N.",
    ko="두 보정 항을 N - 1로 나누었습니다. 배치의 평균과 편향 분산은 N으로 나눈 평균입니다.",
)
def n_minus_one_in_both(dout, cache):
    return bn_gradients(dout, cache, over=max(len(dout) - 1, 1))


@misconception(
    "bn_bwd",
    en="You divide by inv_std. It already is 1 / deviation, so the gradient is multiplied by it.",
    ko="inv_std로 나누었습니다. inv_std가 이미 1 / 표준편차이므로 기울기에 곱해야 합니다.",
)
def divided_by_inv_std(dout, cache):
    return bn_gradients(dout, cache, inverse=lambda s: 1 / s)


@misconception(
    "bn_bwd",
    en="dgamma and dbeta are summed along the features, one number for each example. They belong to the columns: sum over the batch.",
    ko="dgamma와 dbeta를 특징 방향으로 더해 예마다 하나씩 나왔습니다. 둘은 열의 것이므로 배치에 대해 더합니다.",
)
def parameters_summed_along_the_features(dout, cache):
    dx, _, _ = bn_gradients(dout, cache)
    return dx, (dout * cache["x_hat"]).sum(dim=1), dout.sum(dim=1)


@misconception(
    "bn_bwd",
    en="The two means that you subtract run over the whole batch. Each column has a mean and a variance of its own, and so have the corrections.",
    ko="빼는 두 평균을 배치 전체에서 구했습니다. 열마다 평균과 분산이 따로 있으므로 보정도 열마다 구합니다.",
)
def corrections_over_the_whole_batch(dout, cache):
    return bn_gradients(dout, cache, whole=True)


@misconception(
    "bn_bwd",
    en="The part of the variance is halved. The ½ of the root and the 2 of the square cancel.",
    ko="분산을 거치는 부분이 반이 되었습니다. 제곱근에서 나온 ½과 제곱에서 나온 2는 서로 지워집니다.",
)
def variance_part_halved(dout, cache):
    return bn_gradients(dout, cache, second=0.5)


@misconception(
    "bn_bwd",
    en="The part of the variance is doubled. The 2 of the square cancels with the ½ of the root.",
    ko="분산을 거치는 부분이 두 배가 되었습니다. 제곱에서 나온 2는 제곱근에서 나온 ½과 지워집니다.",
)
def variance_part_doubled(dout, cache):
    return bn_gradients(dout, cache, second=2.0)


@misconception(
    "bn_bwd",
    en="The part of the variance is added. What mean and variance take away is subtracted, both of it.",
    ko="분산을 거치는 부분을 더했습니다. 평균과 분산이 가져가는 몫은 둘 다 빼야 합니다.",
)
def variance_part_added(dout, cache):
    return bn_gradients(dout, cache, second=-1.0)


@misconception(
    "bn_bwd",
    en="The part of the mean is added. What mean and variance take away is subtracted, both of it.",
    ko="평균을 거치는 부분을 더했습니다. 평균과 분산이 가져가는 몫은 둘 다 빼야 합니다.",
)
def mean_part_added(dout, cache):
    return bn_gradients(dout, cache, first=-1.0)


@misconception(
    "bn_bwd",
    en="The variance's part has lost the factor x_hat in front: the same number is subtracted from a whole column.",
    ko="분산을 거치는 부분의 맨 앞에 x_hat이 빠져 한 열에서 모두 같은 수를 뺐습니다.",
)
def variance_part_without_x_hat(dout, cache):
    x_hat, d = cache["x_hat"], dout * cache["gamma"]
    dx = cache["inv_std"] * (d - d.mean(dim=0) - (d * x_hat).mean(dim=0))
    return dx, (dout * x_hat).sum(dim=0), dout.sum(dim=0)


# -- more slips, task by task -----------------------------------------------------------------------------------------


@misconception(
    "early_stop",
    en="You take min_delta as a share of the best loss. It is an absolute gain: val[e] < val[best] - min_delta.",
    ko="min_delta를 최소 손실에 대한 비율로 썼습니다. 절대적인 차이입니다: val[e] < val[best] - min_delta.",
)
def min_delta_as_a_share(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: loss < past[best] * (1 - min_delta))


@misconception(
    "early_stop",
    en="An epoch that differs from the best one by more than min_delta counts as an improvement, also if it is worse. Only a lower loss is a gain.",
    ko="최소 손실과 min_delta보다 많이 다르면 더 나빠도 개선으로 쳤습니다. 손실이 낮아져야 개선입니다.",
)
def any_change_is_an_improvement(val, patience, min_delta):
    return watch(val, patience, lambda loss, past, best: abs(loss - past[best]) > min_delta)


@misconception(
    "early_stop",
    en="After an improvement your count begins at 1. The epoch that improves has not waited: it begins at 0.",
    ko="개선 뒤에 1부터 세었습니다. 개선된 에폭은 기다린 것이 아니므로 0부터 셉니다.",
)
def count_begins_at_one(val, patience, min_delta):
    losses, best, waited = val.tolist(), -1, 0
    for epoch, loss in enumerate(losses):
        if epoch == 0 or loss < losses[best] - min_delta:
            waited = 0 if epoch == 0 else 1
            best = epoch
        else:
            waited += 1
            if waited >= patience:
                return epoch, best
    return len(losses) - 1, best


@misconception(
    "early_stop",
    en="stop is always best + patience with you, also where training ends before that. If patience is never reached, stop is E-1.",
    ko="stop을 항상 best + patience로 했습니다. patience에 이르기 전에 학습이 끝나면 stop은 E-1입니다.",
)
def best_plus_patience(val, patience, min_delta):
    _, best = watch(val, patience, lambda loss, past, best: loss < past[best] - min_delta)
    return (best + patience, best) if len(val) else (-1, -1)


@misconception(
    "momentum",
    en="The learning rate is missing: the gradient enters the velocity in full.",
    ko="학습률이 빠졌습니다. 기울기가 그대로 속도에 들어갑니다.",
)
def velocity_without_learning_rate(w, v, g, lr, mu):
    v = mu * v - g
    return w + v, v


@misconception(
    "momentum",
    en="The learning rate is used twice: it is in the velocity already, and the weights move by the velocity itself.",
    ko="학습률을 두 번 곱했습니다. 학습률은 이미 속도에 들어 있으므로 가중치는 속도만큼 움직입니다.",
)
def learning_rate_used_twice(w, v, g, lr, mu):
    v = mu * v - lr * g
    return w + lr * v, v


@misconception(
    "momentum",
    en="The weights are moved by -lr g alone: the velocity is computed but not used.",
    ko="가중치를 -lr g만큼만 옮겼습니다. 속도를 계산해 놓고 쓰지 않았습니다.",
)
def moved_by_the_gradient_alone(w, v, g, lr, mu):
    return w - lr * g, mu * v - lr * g


@misconception(
    "adagrad",
    en="eps is added to the quotient: a bracket is missing around sqrt(s') + eps.",
    ko="eps를 몫에 더했습니다. sqrt(s') + eps를 괄호로 묶지 않았습니다.",
)
def adagrad_eps_beside_the_quotient(w, s, g, lr, eps):
    s = s + g**2
    return w - (lr * g / s.sqrt() + eps), s


@misconception(
    "adagrad",
    en="eps is missing: a coordinate without any gradient so far gives 0 / 0.",
    ko="eps가 빠졌습니다. 아직 기울기가 없던 좌표에서 0 / 0이 됩니다.",
)
def adagrad_eps_missing(w, s, g, lr, eps):
    s = s + g**2
    return w - lr * g / s.sqrt(), s


@misconception(
    "adagrad",
    en="The gradient is missing in the numerator: only the learning rate is divided.",
    ko="분자에 기울기가 없습니다. 학습률만 나누었습니다.",
)
def adagrad_without_gradient(w, s, g, lr, eps):
    s = s + g**2
    return w - lr / (s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="eps is added to the quotient: a bracket is missing around sqrt(s') + eps.",
    ko="eps를 몫에 더했습니다. sqrt(s') + eps를 괄호로 묶지 않았습니다.",
)
def rmsprop_eps_beside_the_quotient(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * g**2
    return w - (lr * g / s.sqrt() + eps), s


@misconception(
    "rmsprop",
    en="eps is missing: a coordinate without any gradient so far gives 0 / 0.",
    ko="eps가 빠졌습니다. 아직 기울기가 없던 좌표에서 0 / 0이 됩니다.",
)
def rmsprop_eps_missing(w, s, g, lr, rho, eps):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / s.sqrt(), s


@misconception(
    "adadelta",
    en="eps is missing in the denominator. It stands inside of both roots.",
    ko="분모의 eps가 빠졌습니다. eps는 두 제곱근 안에 모두 들어갑니다.",
)
def eps_above_only(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / s).sqrt() * g
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="Your third result is the step itself. The next call needs d', the average of the squared steps.",
    ko="셋째 결과로 이번 걸음 delta를 돌려주었습니다. 다음 호출에는 걸음의 제곱의 평균 d'가 필요합니다.",
)
def step_returned_for_its_average(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, delta


@misconception(
    "adadelta",
    en="The gradient is missing in the step: you move by the quotient of the roots alone.",
    ko="걸음에 기울기가 빠졌습니다. 제곱근의 비만큼만 움직입니다.",
)
def step_without_gradient(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt()
    return w + delta, s, rho * d + (1 - rho) * delta**2


@misconception(
    "adadelta",
    en="The old average of the steps is returned, so that the next step knows nothing of this one.",
    ko="걸음의 옛 평균을 그대로 돌려주었습니다. 그러면 다음 걸음이 이번 걸음을 전혀 모릅니다.",
)
def old_step_average_returned(w, s, d, g, rho, eps):
    s = rho * s + (1 - rho) * g**2
    delta = -((d + eps) / (s + eps)).sqrt() * g
    return w + delta, s, d


def adam_step(w, m, v, g, lr, eps, first, second):
    return w - lr * (m / first) / ((v / second).sqrt() + eps), m, v


@misconception(
    "adam",
    en="b1 is used for the squares, too, in their average and in its correction. The squares have a rate of their own, b2.",
    ko="제곱의 평균과 그 보정에도 b1을 썼습니다. 제곱에는 자기 계수 b2가 있습니다.",
)
def b1_for_both(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b1)
    return adam_step(w, m, v, g, lr, eps, 1 - b1**t, 1 - b1**t)


@misconception(
    "adam",
    en="b1 is used in the average of the squares. They have a rate of their own, b2.",
    ko="제곱의 평균에 b1을 썼습니다. 제곱에는 자기 계수 b2가 있습니다.",
)
def b1_in_the_squares(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b1)
    return adam_step(w, m, v, g, lr, eps, 1 - b1**t, 1 - b2**t)


@misconception(
    "adam",
    en="Both averages are corrected with b1. The average of the squares is too small by 1 - b2^t.",
    ko="두 평균을 모두 b1로 보정했습니다. 제곱의 평균은 1 - b2^t만큼 작아져 있습니다.",
)
def both_corrected_with_b1(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return adam_step(w, m, v, g, lr, eps, 1 - b1**t, 1 - b1**t)


@misconception(
    "adam",
    en="b2 is used for the gradients, too. Their average has a rate of its own, b1.",
    ko="기울기의 평균에도 b2를 썼습니다. 기울기에는 자기 계수 b1이 있습니다.",
)
def b2_for_both(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b2, b2)
    return adam_step(w, m, v, g, lr, eps, 1 - b2**t, 1 - b2**t)


@misconception(
    "adam",
    en="You correct with (1 - b)^t. The start still weighs b^t after t steps, so it is 1 - b^t.",
    ko="(1 - b)^t로 보정했습니다. t걸음 뒤에 처음 값의 무게가 b^t이므로 1 - b^t로 나눕니다.",
)
def power_of_one_minus_b(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return adam_step(w, m, v, g, lr, eps, (1 - b1) ** t, (1 - b2) ** t)


@misconception(
    "adam",
    en="v averages the squares of m. It is the average of the squares of the gradient itself.",
    ko="v가 m의 제곱의 평균입니다. 기울기 자체의 제곱을 평균해야 합니다.",
)
def squares_of_the_average(w, m, v, t, g, lr, b1, b2, eps):
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * m**2
    return adam_step(w, m, v, g, lr, eps, 1 - b1**t, 1 - b2**t)


@misconception(
    "adam",
    en="The step uses the averages as they came in. Take this gradient into them first.",
    ko="들어온 평균을 그대로 써서 움직였습니다. 먼저 이번 기울기를 평균에 넣어야 합니다.",
)
def old_averages_in_the_step(w, m, v, t, g, lr, b1, b2, eps):
    new = averages(m, v, g, b1, b2)
    return w - lr * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + eps), *new


@misconception(
    "adam",
    en="eps is added to the quotient: a bracket is missing around the root and eps.",
    ko="eps를 몫에 더했습니다. 제곱근과 eps를 괄호로 묶지 않았습니다.",
)
def adam_eps_beside_the_quotient(w, m, v, t, g, lr, b1, b2, eps):
    m, v = averages(m, v, g, b1, b2)
    return w - (lr * (m / (1 - b1**t)) / (v / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "adam",
    en="The old averages are returned, so that the next step knows nothing of this one.",
    ko="옛 평균을 그대로 돌려주었습니다. 그러면 다음 걸음이 이번 걸음을 전혀 모릅니다.",
)
def old_averages_returned(w, m, v, t, g, lr, b1, b2, eps):
    a, b = averages(m, v, g, b1, b2)
    return w - lr * (a / (1 - b1**t)) / ((b / (1 - b2**t)).sqrt() + eps), m, v


@misconception(
    "reg_loss_grad",
    en="The absolute values are missing in R: positive and negative weights cancel.",
    ko="R에 절댓값이 빠졌습니다. 양수와 음수 가중치가 서로 지워집니다.",
)
def sum_without_absolute_values(W, b, l1, l2):
    _, dW, db = penalty(W, b, l1, l2)
    return l1 * W.sum() + 0.5 * l2 * (W**2).sum(), dW, db


@misconception(
    "reg_loss_grad",
    en="You square the sum of the weights. The penalty is the sum of their squares.",
    ko="가중치의 합을 제곱했습니다. 벌점은 제곱의 합입니다.",
)
def square_of_the_sum(W, b, l1, l2):
    _, dW, db = penalty(W, b, l1, l2)
    return l1 * W.abs().sum() + 0.5 * l2 * W.sum() ** 2, dW, db


@misconception(
    "reg_loss_grad",
    en="R holds the bias as well. The penalty holds weights only.",
    ko="R에 편향도 넣었습니다. 벌점에는 가중치만 들어갑니다.",
)
def bias_in_the_penalty_only(W, b, l1, l2):
    R, dW, db = penalty(W, b, l1, l2)
    return R + l1 * b.abs().sum() + 0.5 * l2 * (b**2).sum(), dW, db


@misconception(
    "reg_loss_grad",
    en="db is the single number 0. It has the shape of b.",
    ko="db가 수 0 하나입니다. b와 같은 모양이어야 합니다.",
)
def single_zero_for_the_bias(W, b, l1, l2):
    R, dW, _ = penalty(W, b, l1, l2)
    return R, dW, torch.zeros((), dtype=b.dtype)


@misconception(
    "reg_loss_grad",
    en="The L1 part is missing in your gradient: dW holds l2 W only.",
    ko="기울기에 L1 부분이 빠졌습니다. dW에 l2 W밖에 없습니다.",
)
def l1_missing_in_the_gradient(W, b, l1, l2):
    R, _, db = penalty(W, b, l1, l2)
    return R, l2 * W, db


@misconception(
    "soft_threshold",
    en="You move the weights away from 0 by t. They are moved towards it.",
    ko="가중치를 0에서 t만큼 멀어지게 옮겼습니다. 0 쪽으로 옮겨야 합니다.",
)
def moved_away_from_zero(w, t):
    return w.sign() * (w.abs() + t)


@misconception(
    "soft_threshold",
    en="You subtract t from every weight. Negative weights go up, towards 0, and what comes to 0 stays there.",
    ko="모든 가중치에서 t를 뺐습니다. 음수 가중치는 0을 향해 올라가야 하고, 0에 닿으면 멈춰야 합니다.",
)
def subtracted_from_all(w, t):
    return w - t


@misconception(
    "soft_threshold",
    en="You shrink every weight by the factor 1 - t. That is what L2 does; here each loses the same amount t.",
    ko="모든 가중치에 1 - t를 곱했습니다. 그것은 L2가 하는 일입니다. 여기서는 모두 똑같이 t만큼 줄어듭니다.",
)
def shrunk_by_a_factor(w, t):
    return w * (1 - t)


@misconception(
    "soft_threshold",
    en="Small weights are left as they are and only the large ones are shortened. What has |w| <= t becomes 0.",
    ko="작은 가중치는 그대로 두고 큰 것만 줄였습니다. |w| <= t이면 0이 되어야 합니다.",
)
def small_weights_kept(w, t):
    return torch.where(w.abs() > t, w - t * w.sign(), w)


@misconception(
    "dropout_fwd",
    en="You multiply by the random numbers themselves. They only decide what is dropped: U < p.",
    ko="난수 자체를 곱했습니다. 난수는 무엇을 끌지(U < p) 정할 뿐입니다.",
)
def multiplied_by_the_numbers(x, U, p, train):
    return x * U / (1 - p) if train else x


@misconception(
    "dropout_fwd",
    en="Your training returns the mask, not the masked values.",
    ko="학습할 때 가린 값이 아니라 마스크를 돌려주었습니다.",
)
def mask_returned(x, U, p, train):
    return keep(U, p, x) / (1 - p) if train else x


@misconception(
    "dropout_fwd",
    en="train is read the other way round: you drop at test time and do nothing in training.",
    ko="train을 반대로 읽었습니다. 테스트할 때 끄고 학습할 때는 아무것도 하지 않았습니다.",
)
def train_read_the_other_way_round(x, U, p, train):
    return x if train else x * keep(U, p, x) / (1 - p)


@misconception(
    "dropout_bwd",
    en="train is read the other way round: you mask the gradient at test time and not in training.",
    ko="train을 반대로 읽었습니다. 테스트할 때 기울기를 가리고 학습할 때는 그대로 두었습니다.",
)
def train_read_the_other_way_round_backwards(dout, U, p, train):
    return dout if train else dout * keep(U, p, dout) / (1 - p)


@misconception(
    "dropout_bwd",
    en="At test time you return zeros. Without dropout the gradient passes as it is.",
    ko="테스트할 때 0을 돌려주었습니다. 드롭아웃이 없으면 기울기는 그대로 지나갑니다.",
)
def zeros_at_test_time(dout, U, p, train):
    return dout * keep(U, p, dout) / (1 - p) if train else torch.zeros_like(dout)


@misconception(
    "bn_fwd",
    en="The cache holds the deviation where inv_std belongs: take 1 over the root.",
    ko="캐시의 inv_std 자리에 표준편차가 들어 있습니다. 제곱근의 역수여야 합니다.",
)
def deviation_in_the_cache(x, gamma, beta, state, train):
    result = normalise(x, gamma, beta, state, train)
    return with_cache(result, inv_std=1 / result[2]["inv_std"]) if result[2] else result


@misconception(
    "bn_fwd",
    en="The cache holds the variance where inv_std belongs.",
    ko="캐시의 inv_std 자리에 분산이 들어 있습니다.",
)
def variance_in_the_cache(x, gamma, beta, state, train):
    return with_cache(normalise(x, gamma, beta, state, train), inv_std=x.var(dim=0, unbiased=False))


@misconception(
    "bn_fwd",
    en="inv_std in the cache leaves eps out. It is the factor that was used: 1 / sqrt(var + eps).",
    ko="캐시의 inv_std에 eps가 빠졌습니다. 실제로 곱한 1 / sqrt(var + eps)를 넣어야 합니다.",
)
def inv_std_without_eps(x, gamma, beta, state, train):
    return with_cache(normalise(x, gamma, beta, state, train), inv_std=1 / x.std(dim=0, unbiased=False))


@misconception(
    "bn_fwd",
    en="The mean is not subtracted: you only divide by the deviation.",
    ko="평균을 빼지 않고 표준편차로 나누기만 했습니다.",
)
def mean_not_subtracted(x, gamma, beta, state, train):
    _, new, cache = normalise(x, gamma, beta, state, train)
    var = x.var(dim=0, unbiased=False) if train else state["var"]
    inv_std = 1 / (var + state["eps"]).sqrt()
    return gamma * x * inv_std + beta, new, {**cache, "x_hat": x * inv_std} if cache else cache


@misconception(
    "bn_fwd",
    en="beta is added before gamma multiplies. The order is gamma * x_hat + beta.",
    ko="beta를 먼저 더한 다음 gamma를 곱했습니다. 순서는 gamma * x_hat + beta입니다.",
)
def shifted_before_scaling(x, gamma, beta, state, train):
    y, new, cache = normalise(x, torch.ones_like(gamma), torch.zeros_like(beta), state, train)
    return gamma * (y + beta), new, {**cache, "gamma": gamma} if cache else cache


@misconception(
    "bn_bwd",
    en="The whole of dx is divided by N. Only the two means that are subtracted hold a 1/N.",
    ko="dx 전체를 N으로 나누었습니다. 1/N은 빼는 두 평균에만 들어갑니다.",
)
def dx_divided_by_n(dout, cache):
    dx, dgamma, dbeta = bn_gradients(dout, cache)
    return dx / len(dout), dgamma, dbeta


@misconception(
    "bn_bwd",
    en="dgamma and dbeta keep a row for each example. All rows share gamma and beta: sum over the batch.",
    ko="dgamma와 dbeta에 표본마다 행이 남아 있습니다. gamma와 beta는 모든 행이 함께 쓰므로 배치에 대해 합합니다.",
)
def parameter_gradients_not_summed(dout, cache):
    return bn_gradients(dout, cache)[0], dout * cache["x_hat"], dout


@misconception(
    "bn_bwd",
    en="gamma stands only before dout, not before the two means that are subtracted. They are means of the gradient at x_hat, which holds gamma.",
    ko="gamma를 dout에만 곱하고 빼는 두 평균에는 곱하지 않았습니다. 두 평균도 gamma가 곱해진 x_hat의 기울기에서 구합니다.",
)
def means_without_gamma(dout, cache):
    x_hat, N = cache["x_hat"], len(dout)
    dgamma, dbeta = (dout * x_hat).sum(dim=0), dout.sum(dim=0)
    return cache["inv_std"] * (cache["gamma"] * dout - (dbeta + x_hat * dgamma) / N), dgamma, dbeta
