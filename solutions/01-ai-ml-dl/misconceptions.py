"""Lecture 1: wrong versions that students write, and what to tell them."""

import functools
import itertools

import torch

from autograder.authoring import misconception

# -- 1. contains -----------------------------------------------------------------------------------------------------


def way_up(parents, b):
    """b and everything above it. Raises ValueError for a circle."""
    way, field = [], b
    while field is not None:
        if field in way:
            raise ValueError(field)
        way.append(field)
        field = parents[field]
    return way


def known(parents, *names):
    for name in names:
        if name not in parents:
            raise KeyError(name)


@misconception(
    "contains",
    en="The direction is reversed: you go up from a and look for b. contains(AI, DL) asks whether AI is somewhere above DL.",
    ko="방향이 반대입니다. a에서 올라가며 b를 찾았습니다. contains(AI, DL)은 AI가 DL의 위쪽 어딘가에 있는지를 묻습니다.",
)
def direction_reversed(parents, a, b):
    known(parents, a, b)
    return b in way_up(parents, a)


@misconception(
    "contains",
    en="You look one step up only. AI is not the parent of DL, and contains it all the same: keep going up.",
    ko="한 단계 위만 보았습니다. AI는 DL의 바로 위가 아니지만 DL을 포함합니다. 계속 올라가세요.",
)
def direct_parent_only(parents, a, b):
    known(parents, a, b)
    return a == b or parents[b] == a


@misconception(
    "contains",
    en="You look two steps up and no further. The way up may be of any length.",
    ko="두 단계 위까지만 보았습니다. 올라가는 길은 얼마든지 길 수 있습니다.",
)
def two_steps_only(parents, a, b):
    known(parents, a, b)
    return a in (b, parents[b]) or (parents[b] is not None and parents[parents[b]] == a)


@misconception(
    "contains",
    en="A field does not contain itself in your version. Compare with a before you take the first step.",
    ko="분야가 자기 자신을 포함하지 않는 것으로 되어 있습니다. 첫걸음을 떼기 전에 a와 비교하세요.",
)
def not_itself(parents, a, b):
    known(parents, a, b)
    seen, field = {b}, parents[b]
    while field is not None:
        if field == a:
            return a != b
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return False


@misconception(
    "contains",
    en="A circle is not noticed: your search goes round and round until Python gives up. Remember the fields that you have passed.",
    ko="빙빙 도는 것을 알아채지 못해 파이썬이 포기할 때까지 돌고 돕니다. 지나온 분야를 기억해 두세요.",
)
def circle_not_noticed(parents, a, b):
    known(parents, a, b)
    if a == b:
        return True
    return parents[b] is not None and circle_not_noticed(parents, a, parents[b])


@misconception(
    "contains",
    en="For a circle you answer False. The data are wrong then, and whoever asks should hear of it: raise ValueError.",
    ko="빙빙 도는 경우 False라고 답했습니다. 그럴 때는 데이터가 잘못된 것이므로 ValueError로 알려야 합니다.",
)
def circle_answered_false(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while field is not None and field not in seen:
        if field == a:
            return True
        seen.add(field)
        field = parents[field]
    return False


@misconception(
    "contains",
    en="You walk the whole way up before you look for a, and report a circle even when a lies on the way. Meeting a comes first.",
    ko="a를 찾기 전에 끝까지 올라가 보느라, a가 길 위에 있는데도 빙빙 돈다고 보고합니다. a를 만나면 거기서 끝입니다.",
)
def circle_before_answer(parents, a, b):
    known(parents, a, b)
    return a in way_up(parents, b)


@misconception(
    "contains",
    en="Unknown names get the answer False. A name that is not in the dictionary is an error: KeyError.",
    ko="없는 이름에 False라고 답했습니다. 사전에 없는 이름은 오류(KeyError)입니다.",
)
def unknown_answered_false(parents, a, b):
    if a not in parents or b not in parents:
        return False
    seen, field = set(), b
    while field != a:
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
        if field is None:
            return False
    return True


@misconception(
    "contains",
    en="Only b is looked up in the dictionary. An unknown a is an error as well, and is simply never met in your version.",
    ko="사전에서 b만 확인했습니다. 없는 a도 오류인데, 지금은 그저 만나지 못한 것으로 끝납니다.",
)
def a_not_checked(parents, a, b):
    known(parents, b)
    seen, field = set(), b
    while field != a:
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
        if field is None:
            return False
    return True


@misconception(
    "contains",
    en="Two fields under the same top are not contained in each other: ML and search both belong to AI, and neither contains the other.",
    ko="맨 위가 같다고 서로 포함하는 것은 아닙니다. ML과 search는 둘 다 AI에 속하지만 어느 쪽도 다른 쪽을 포함하지 않습니다.",
)
def same_top(parents, a, b):
    known(parents, a, b)
    if a in (b, parents[b]):
        return True
    seen, field = set(), b
    while parents[field] is not None:
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return way_up(parents, a)[-1] == field


@misconception(
    "contains",
    en="The direction is reversed: you start at a and go up to look for b. Start at b: a is somewhere above it, or not.",
    ko="방향이 반대입니다. a에서 출발해 올라가며 b를 찾았습니다. b에서 출발해 그 위에 a가 있는지 보아야 합니다.",
)
def goes_up_from_a(parents, a, b):
    known(parents, a, b)
    a, b = b, a
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return False


@misconception(
    "contains",
    en="A field does not contain itself in your version: b itself is never compared with a, only what is above it.",
    ko="분야가 자기 자신을 포함하지 않는 것으로 되어 있습니다. b 자체는 a와 비교하지 않고 그 위만 보았습니다.",
)
def itself_only_when_met_again(parents, a, b):
    known(parents, a, b)
    seen, field = {b}, parents[b]
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return False


@misconception(
    "contains",
    en="Unknown names raise ValueError in your version. That is for circles; for a name that is not a key the error is KeyError.",
    ko="없는 이름에 ValueError를 냈습니다. 그것은 빙빙 도는 경우의 오류이고, 사전에 없는 이름이면 KeyError여야 합니다.",
)
def unknown_raises_value_error(parents, a, b):
    if a not in parents or b not in parents:
        raise ValueError(a)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return False


@misconception(
    "contains",
    en="A circle raises KeyError in your version. The names are all there; a way that runs in a circle is a ValueError.",
    ko="빙빙 도는 경우에 KeyError를 냈습니다. 이름은 모두 있으므로, 길이 도는 것은 ValueError여야 합니다.",
)
def circle_raises_key_error(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise KeyError(field)
        seen.add(field)
        field = parents[field]
    return False


@misconception(
    "contains",
    en="You ask the dictionary with get, and an unknown name gives None, as if the top had been reached. An unknown name is an error: KeyError.",
    ko="사전을 get으로 찾아서, 없는 이름이 None이 되어 맨 위에 다다른 것처럼 되었습니다. 없는 이름은 오류(KeyError)입니다.",
)
def unknown_counts_as_top(parents, a, b):
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents.get(field)
    return False


@misconception(
    "contains",
    en="b is not checked: when it is unknown, no KeyError is raised as long as a is known or equal to it. Both names must be keys of parents.",
    ko="b를 확인하지 않았습니다. b가 없는 이름이어도 KeyError가 나지 않습니다. 두 이름 모두 parents의 키여야 합니다.",
)
def only_b_looked_up(parents, a, b):
    known(parents, a)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents.get(field)
    return False


@misconception(
    "contains",
    en="You compare a and b before you look them up: for an unknown name that is compared with itself the answer is True, not KeyError.",
    ko="찾아보기 전에 a와 b부터 비교했습니다. 없는 이름을 자기 자신과 비교하면 KeyError가 아니라 True가 나옵니다.",
)
def equal_names_not_checked(parents, a, b):
    if a == b:
        return True
    known(parents, a, b)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return False


@misconception(
    "contains",
    en="You return the field that was found, or None. The answer is a Python bool, True or False.",
    ko="찾은 분야나 None을 돌려줍니다. 답은 파이썬 bool인 True 또는 False입니다.",
)
def field_or_none_returned(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return field
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return None


@misconception(
    "contains",
    en="At the top you return nothing, that is None, not False.",
    ko="맨 위에 다다랐을 때 아무것도 돌려주지 않아 False가 아니라 None이 나옵니다.",
)
def none_for_false(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return None


@misconception(
    "contains",
    en="You stop at the top before you compare it with a: the field at the top then contains nothing, one step too early.",
    ko="맨 위 분야를 a와 비교하기 전에 멈춥니다. 한 단계 일찍 끝나서 맨 위 분야는 아무것도 포함하지 않게 됩니다.",
)
def top_never_met(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while parents[field] is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return False


@misconception(
    "contains",
    en="You ask whether both have the same top. Two fields under the same top need not contain each other.",
    ko="맨 위가 같은지만 물었습니다. 맨 위가 같다고 서로 포함하는 것은 아닙니다.",
)
def same_top_as_containing(parents, a, b):
    known(parents, a, b)
    return way_up(parents, a)[-1] == way_up(parents, b)[-1]


@misconception(
    "contains",
    en="You answer True when the top is reached without meeting a. Then a is not above b: False.",
    ko="a를 만나지 못하고 맨 위에 다다라도 True라고 답했습니다. 그러면 a는 b의 위에 없으므로 False입니다.",
)
def true_at_the_top(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return True


@misconception(
    "contains",
    en="You answer True in both directions, also when b contains a. Only what is above b counts.",
    ko="b가 a를 포함하는 경우까지 양방향 모두 True라고 답했습니다. b의 위에 있는 것만 따져야 합니다.",
)
def either_direction(parents, a, b):
    known(parents, a, b)
    for target, field in ((a, b), (b, a)):
        seen = set()
        while field is not None:
            if field == target:
                return True
            if field in seen:
                raise ValueError(field)
            seen.add(field)
            field = parents[field]
    return False


@misconception(
    "contains",
    en="Any circle in the dictionary raises an error, also one that the way up from b never meets, or meets after a. Only the way from b matters.",
    ko="사전 어디에든 도는 곳이 있으면 오류를 냈습니다. b에서 올라가는 길이 그곳을 지나지 않거나 a를 먼저 만나면 오류가 아닙니다.",
)
def any_circle_raises(parents, a, b):
    known(parents, a, b)
    for name in parents:
        way_up(parents, name)
    return a in way_up(parents, b)


@misconception(
    "contains",
    en="For a circle you answer True. If a was not met on it, a is not there: the data are wrong, raise ValueError.",
    ko="빙빙 도는 경우 True라고 답했습니다. 거기서 a를 만나지 못했다면 데이터가 잘못된 것이므로 ValueError를 내야 합니다.",
)
def always_true_or_circle_true(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            return True
        seen.add(field)
        field = parents[field]
    return False


# -- 2. timeline -----------------------------------------------------------------------------------------------------


def by_year(event):
    return event[0]


@misconception(
    "timeline",
    en="Year hi is left out. Both ends belong to the period.",
    ko="hi년이 빠졌습니다. 양 끝의 해 모두 기간에 들어갑니다.",
)
def last_year_excluded(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo <= e[0] < hi], key=by_year)]


@misconception(
    "timeline",
    en="Year lo is left out. Both ends belong to the period.",
    ko="lo년이 빠졌습니다. 양 끝의 해 모두 기간에 들어갑니다.",
)
def first_year_excluded(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo < e[0] <= hi], key=by_year)]


@misconception(
    "timeline",
    en="Events of one year are sorted by name, because whole pairs are compared. They should keep the order of the list.",
    ko="(연도, 이름) 전체를 비교해서 같은 해의 사건이 이름순으로 정렬됩니다. 목록의 순서를 지켜야 합니다.",
)
def sorted_by_name_too(events, lo, hi):
    return [name for _, name in sorted(e for e in events if lo <= e[0] <= hi)]


@misconception(
    "timeline",
    en='Years are compared as text, where "850" comes after "1206". Compare them as numbers.',
    ko='연도를 글자로 비교했습니다. 글자로는 "850"이 "1206"보다 뒤입니다. 수로 비교하세요.',
)
def years_as_text(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=lambda e: str(e[0]))]


@misconception(
    "timeline",
    en="The events are picked, but not sorted.",
    ko="사건을 고르기만 하고 정렬하지 않았습니다.",
)
def not_sorted(events, lo, hi):
    return [name for year, name in events if lo <= year <= hi]


@misconception(
    "timeline",
    en="Your list runs from late to early.",
    ko="늦은 것부터 이른 것 순서로 되어 있습니다.",
)
def from_late_to_early(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=by_year, reverse=True)]


@misconception(
    "timeline",
    en="The period is ignored: all events are returned.",
    ko="기간을 무시하고 모든 사건을 돌려줍니다.",
)
def period_ignored(events, lo, hi):
    return [name for _, name in sorted(events, key=by_year)]


@misconception(
    "timeline",
    en="You keep one event for each year. Several things may happen in a year, and each has its place.",
    ko="한 해에 사건을 하나만 남겼습니다. 한 해에 여러 일이 있을 수 있고 모두 들어가야 합니다.",
)
def one_event_a_year(events, lo, hi):
    found = {year: name for year, name in events if lo <= year <= hi}
    return [found[year] for year in sorted(found)]


@misconception(
    "timeline",
    en="The years are still there: only the names are asked for.",
    ko="연도까지 돌려줍니다. 이름만 담아야 합니다.",
)
def pairs_returned(events, lo, hi):
    return sorted([e for e in events if lo <= e[0] <= hi], key=by_year)


@misconception(
    "timeline",
    en="The names are sorted alphabetically. They go from early to late.",
    ko="이름의 가나다(알파벳)순으로 정렬했습니다. 이른 것부터 늦은 것 순서여야 합니다.",
)
def alphabetical(events, lo, hi):
    return sorted(name for year, name in events if lo <= year <= hi)


@misconception(
    "timeline",
    en="Events of the same year come in reverse order. Sorting and turning round turns equal years round as well.",
    ko="같은 해의 사건이 거꾸로 나옵니다. 정렬한 뒤 뒤집으면 같은 해의 순서까지 뒤집힙니다.",
)
def equal_years_reversed(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=by_year, reverse=True)][::-1]


@misconception(
    "timeline",
    en="A name that occurs twice is returned once. Two events may have the same name.",
    ko="두 번 나온 이름을 한 번만 돌려줍니다. 서로 다른 사건의 이름이 같을 수 있습니다.",
)
def names_once(events, lo, hi):
    return list(dict.fromkeys(name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=by_year)))


@misconception(
    "timeline",
    en="Neither lo nor hi is included. Both ends belong to the period.",
    ko="lo년과 hi년이 모두 빠졌습니다. 양 끝의 해 모두 기간에 들어갑니다.",
)
def both_ends_excluded(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo < e[0] < hi], key=by_year)]


@misconception(
    "timeline",
    en="You sort by the absolute year: 500 BC, the year -500, comes before 300 AD, not after.",
    ko="연도의 절댓값으로 정렬했습니다. 기원전 500년(-500)은 300년보다 앞입니다.",
)
def sorted_by_distance_from_zero(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=lambda e: abs(e[0]))]


@misconception(
    "timeline",
    en="Years before Christ are left out: a negative year is a year like any other.",
    ko="기원전(음수) 연도가 빠졌습니다. 음수 연도도 다른 해와 똑같이 다뤄야 합니다.",
)
def negative_years_left_out(events, lo, hi):
    return [name for _, name in sorted([e for e in events if max(lo, 0) <= e[0] <= hi], key=by_year)]


@misconception(
    "timeline",
    en="You return the years. The names are asked for.",
    ko="연도를 돌려줍니다. 이름을 돌려줘야 합니다.",
)
def years_for_names(events, lo, hi):
    return [year for year, _ in sorted([e for e in events if lo <= e[0] <= hi], key=by_year)]


@misconception(
    "timeline",
    en="For lo > hi you exchange the two. Nothing lies in such a period: the list is empty.",
    ko="lo > hi이면 둘을 바꿨습니다. 그런 기간에는 아무것도 없으므로 빈 리스트여야 합니다.",
)
def ends_exchanged_when_needed(events, lo, hi):
    lo, hi = min(lo, hi), max(lo, hi)
    return [name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=by_year)]


@misconception(
    "timeline",
    en="You return a generator. A list is asked for.",
    ko="제너레이터를 돌려줍니다. 리스트를 돌려줘야 합니다.",
)
def generator_returned(events, lo, hi):
    return (name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=by_year))


@misconception(
    "timeline",
    en="You join the names to one string. A list of strings is asked for.",
    ko="이름을 문자열 하나로 이었습니다. 문자열의 리스트를 돌려줘야 합니다.",
)
def one_text_returned(events, lo, hi):
    return ", ".join(name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=by_year))


@misconception(
    "timeline",
    en="You join the names to one string, line by line. A list of strings is asked for.",
    ko="이름을 줄바꿈으로 이어 문자열 하나로 만들었습니다. 문자열의 리스트를 돌려줘야 합니다.",
)
def one_text_line_by_line(events, lo, hi):
    return "\n".join(name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=by_year))


@misconception(
    "timeline",
    en="You keep one year for each name, in a dictionary. The same name may occur more than once.",
    ko="사전에 이름마다 연도를 하나만 남겼습니다. 같은 이름이 여러 번 나올 수 있습니다.",
)
def one_year_a_name(events, lo, hi):
    found = {name: year for year, name in events if lo <= year <= hi}
    return sorted(found, key=found.get)


@misconception(
    "timeline",
    en="The period is ignored, and nothing is sorted: all names come back as they are.",
    ko="기간을 무시하고 정렬도 하지 않아 모든 이름이 그대로 나옵니다.",
)
def sorted_late_and_period_ignored(events, lo, hi):
    return [name for _, name in events]


@misconception(
    "timeline",
    en="You keep what lies outside of the period. Keep what lies inside.",
    ko="기간 바깥의 사건을 남겼습니다. 기간 안의 사건을 남겨야 합니다.",
)
def outside_the_period(events, lo, hi):
    return [name for _, name in sorted([e for e in events if not lo <= e[0] <= hi], key=by_year)]


@misconception(
    "timeline",
    en="You read hi as a number of years after lo. It is a year itself.",
    ko="hi를 lo 뒤의 햇수로 읽었습니다. hi는 연도 자체입니다.",
)
def hi_taken_as_length(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo <= e[0] <= lo + hi], key=by_year)]


# -- 3. learn_f ------------------------------------------------------------------------------------------------------


def with_ones(Z):
    return torch.cat([Z, torch.ones_like(Z[:, :1])], dim=1)


@misconception(
    "learn_f",
    en="There is no bias: your function is 0 at the origin, whatever the examples say.",
    ko="편향이 없습니다. 예시가 무엇이든 원점에서 0인 함수가 됩니다.",
)
def no_bias(X, Y):
    w = torch.linalg.pinv(X) @ Y
    return lambda X_new: X_new @ w


@misconception(
    "learn_f",
    en="You invert A^T A. With few examples, or with columns that repeat each other, it has no inverse: what comes out is noise or an error.",
    ko="A^T A의 역행렬을 구했습니다. 예시가 적거나 열이 서로 겹치면 역행렬이 없어서 엉뚱한 값이나 오류가 나옵니다.",
)
def normal_equations_inverted(X, Y):
    A = with_ones(X)
    G = A.T @ A
    if torch.linalg.matrix_rank(G) < len(G):
        w = torch.full((len(G),), float("nan"), dtype=X.dtype)
    else:
        w = torch.linalg.inv(G) @ A.T @ Y
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="A small penalty makes your system solvable, but it also moves the answer when none is needed. The pseudo-inverse needs no penalty.",
    ko="풀 수 있게 하려고 작은 벌점을 더했는데, 그러면 필요 없는 경우에도 답이 달라집니다. 의사역행렬에는 벌점이 필요 없습니다.",
)
def with_a_penalty(X, Y):
    A = with_ones(X)
    w = torch.linalg.solve(A.T @ A + 0.01 * torch.eye(A.shape[1], dtype=X.dtype), A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="You subtract the means first and get the bias from them. When the examples do not fix the function, that gives another one: the smallest w, with a bias that is not counted.",
    ko="평균을 먼저 빼고 편향을 거기서 구했습니다. 예시만으로 함수가 정해지지 않을 때는 다른 함수가 나옵니다. w만 가장 작고 편향은 세지 않은 것입니다.",
)
def bias_not_counted(X, Y):
    mean, level = X.mean(dim=0), Y.mean()
    w = torch.linalg.pinv(X - mean) @ (Y - level)
    return lambda X_new: (X_new - mean) @ w + level


@misconception(
    "learn_f",
    en="The examples are standardised before learning, and the new inputs are not. What was done to X must be done to X_new.",
    ko="학습할 때는 입력을 표준화했는데 새 입력에는 하지 않았습니다. X에 한 일은 X_new에도 해야 합니다.",
)
def standardised_on_one_side(X, Y):
    std = X.std(dim=0, unbiased=False)
    Z = (X - X.mean(dim=0)) / torch.where(std > 1e-9, std, torch.ones_like(std))
    w = torch.linalg.pinv(with_ones(Z)) @ Y
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="Your function looks up the nearest example and repeats its answer. That is memorising; least squares also says something between the examples.",
    ko="가장 가까운 예시를 찾아 그 답을 되풀이합니다. 그것은 암기입니다. 최소제곱법은 예시 사이에서도 답을 만들어 냅니다.",
)
def memorised(X, Y):
    return lambda X_new: Y[(X_new[:, None] - X[None]).pow(2).sum(dim=2).argmin(dim=1)]


@misconception(
    "learn_f",
    en="Each input gets a line of its own, as if the others did not exist. Inputs that go together are then counted twice; fit them together.",
    ko="다른 입력은 없는 것처럼 입력마다 따로 직선을 맞췄습니다. 그러면 함께 움직이는 입력의 영향이 겹쳐 세어집니다. 한꺼번에 맞춰야 합니다.",
)
def one_input_at_a_time(X, Y):
    mean, level = X.mean(dim=0), Y.mean()
    C = X - mean
    squares = (C**2).sum(dim=0)
    w = torch.where(
        squares > 1e-9, (C * (Y - level)[:, None]).sum(dim=0) / squares.clamp(min=1e-9), torch.zeros_like(mean)
    )
    return lambda X_new: (X_new - mean) @ w + level


@misconception(
    "learn_f",
    en="The bias is the mean of Y, which is right only when the inputs have mean 0.",
    ko="편향을 Y의 평균으로 두었습니다. 입력의 평균이 0일 때만 맞는 값입니다.",
)
def bias_is_the_mean(X, Y):
    w = torch.linalg.pinv(X - X.mean(dim=0)) @ (Y - Y.mean())
    level = Y.mean()
    return lambda X_new: X_new @ w + level


@misconception(
    "learn_f",
    en="Your function is learned again from the new inputs: it answers with something that depends on all of X_new. Learning is over when predict is called.",
    ko="새 입력의 평균까지 써서 답이 X_new 전체에 따라 달라집니다. predict를 부를 때는 학습이 이미 끝나 있어야 합니다.",
)
def centred_with_the_new_inputs(X, Y):
    w = torch.linalg.pinv(X - X.mean(dim=0)) @ (Y - Y.mean())
    level = Y.mean()
    return lambda X_new: (X_new - (X_new.mean(dim=0) if len(X_new) else 0)) @ w + level


@misconception(
    "learn_f",
    en="Only the first d + 1 examples are used, and the plane goes exactly through them. Least squares listens to all.",
    ko="처음 d + 1개의 예시만 써서 그 점들을 정확히 지나는 평면을 구했습니다. 최소제곱법은 모든 예시를 씁니다.",
)
def first_examples_only(X, Y):
    n = X.shape[1] + 1
    w = torch.linalg.pinv(with_ones(X[:n])) @ Y[:n]
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="Your function answers the mean of Y for every input: x is not used.",
    ko="어떤 입력에든 Y의 평균을 답합니다. x를 쓰지 않았습니다.",
)
def always_the_mean(X, Y):
    level = Y.mean()
    return lambda X_new: level.expand(len(X_new)).clone()


@misconception(
    "learn_f",
    en="The parameters live in one place that all your functions share: learning a second function changes the first.",
    ko="파라미터를 모든 함수가 함께 쓰는 곳에 두었습니다. 둘째 함수를 학습하면 첫째 함수가 바뀝니다.",
)
def parameters_shared(X, Y):
    parameters_shared.w = torch.linalg.pinv(with_ones(X)) @ Y
    return lambda X_new: with_ones(X_new) @ parameters_shared.w


@misconception(
    "learn_f",
    en="Your predictions are a column, (M, 1). They should be a vector, (M,).",
    ko="예측이 (M, 1) 모양의 열입니다. (M,) 모양의 벡터여야 합니다.",
)
def column_returned(X, Y):
    w = torch.linalg.pinv(with_ones(X)) @ Y
    return lambda X_new: (with_ones(X_new) @ w)[:, None]


@misconception(
    "learn_f",
    en="The bias is learned, but predict leaves it out: the answer is w.x + b.",
    ko="편향을 학습해 놓고 predict에서 더하지 않았습니다. 답은 w.x + b입니다.",
)
def bias_forgotten_in_predict(X, Y):
    theta = torch.linalg.pinv(with_ones(X)) @ Y
    return lambda X_new: X_new @ theta[:-1]


@misconception(
    "learn_f",
    en="You invert A^T A, which ends in an error when it is singular: with fewer examples than parameters, or with columns that depend on each other, it has no inverse.",
    ko="A^T A의 역행렬을 구해, 특이행렬이면 오류가 납니다. 예시가 파라미터보다 적거나 열이 서로 종속이면 역행렬이 없습니다.",
)
def singular_matrix_inverted(X, Y):
    A = with_ones(X)
    w = torch.linalg.inv(A.T @ A) @ A.T @ Y
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="You solve the normal equations with A^T A, which is singular when there are fewer examples than parameters or when columns depend on each other: then solving fails or gives noise.",
    ko="A^T A로 정규방정식을 풀었습니다. 예시가 파라미터보다 적거나 열이 서로 종속이면 특이행렬이라 풀 수 없거나 엉뚱한 값이 나옵니다.",
)
def normal_equations_solved(X, Y):
    A = with_ones(X)
    w = torch.linalg.solve(A.T @ A, A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="You use lstsq in its default setting. With few examples or dependent columns (rank too small) it does not give the smallest parameters; the docstring warns of it and names another driver.",
    ko="lstsq를 기본 설정으로 썼습니다. 예시가 적거나 열이 종속이면 가장 작은 파라미터가 나오지 않습니다. docstring의 주의와 다른 driver를 보세요.",
)
def lstsq_by_default(X, Y):
    w = torch.linalg.lstsq(with_ones(X), Y[:, None]).solution[:, 0]
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="A small penalty (ridge) makes your system solvable, but it also moves the answer where none is needed. The pseudo-inverse needs no penalty.",
    ko="풀 수 있게 하려고 작은 벌점(릿지)을 더했는데, 그러면 필요 없는 경우에도 답이 달라집니다. 의사역행렬에는 벌점이 필요 없습니다.",
)
def penalty_of_a_thousandth(X, Y):
    A = with_ones(X)
    w = torch.linalg.solve(A.T @ A + 1e-3 * torch.eye(A.shape[1], dtype=X.dtype), A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="A small penalty (ridge) makes your system solvable, but it also moves the answer where none is needed. The pseudo-inverse needs no penalty.",
    ko="풀 수 있게 하려고 작은 벌점(릿지)을 더했는데, 그러면 필요 없는 경우에도 답이 달라집니다. 의사역행렬에는 벌점이 필요 없습니다.",
)
def penalty_of_a_tenth(X, Y):
    A = with_ones(X)
    w = torch.linalg.solve(A.T @ A + 0.1 * torch.eye(A.shape[1], dtype=X.dtype), A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="A small penalty (ridge) makes your system solvable, but it also moves the answer where none is needed. The pseudo-inverse needs no penalty.",
    ko="풀 수 있게 하려고 작은 벌점(릿지)을 더했는데, 그러면 필요 없는 경우에도 답이 달라집니다. 의사역행렬에는 벌점이 필요 없습니다.",
)
def penalty_of_one(X, Y):
    A = with_ones(X)
    w = torch.linalg.solve(A.T @ A + 1.0 * torch.eye(A.shape[1], dtype=X.dtype), A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="A small penalty (ridge) makes your system solvable, but it also moves the answer where none is needed. The pseudo-inverse needs no penalty.",
    ko="풀 수 있게 하려고 작은 벌점(릿지)을 더했는데, 그러면 필요 없는 경우에도 답이 달라집니다. 의사역행렬에는 벌점이 필요 없습니다.",
)
def penalty_of_a_ten_thousandth(X, Y):
    A = with_ones(X)
    w = torch.linalg.solve(A.T @ A + 1e-4 * torch.eye(A.shape[1], dtype=X.dtype), A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="A small penalty (ridge) makes your system solvable, but it also moves the answer where none is needed. The pseudo-inverse needs no penalty.",
    ko="풀 수 있게 하려고 작은 벌점(릿지)을 더했는데, 그러면 필요 없는 경우에도 답이 달라집니다. 의사역행렬에는 벌점이 필요 없습니다.",
)
def penalty_of_a_millionth(X, Y):
    A = with_ones(X)
    w = torch.linalg.solve(A.T @ A + 1e-6 * torch.eye(A.shape[1], dtype=X.dtype), A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="You return the parameters. A function is asked for, predict, that can be called with new inputs.",
    ko="파라미터를 돌려줍니다. 새 입력으로 부를 수 있는 함수 predict를 돌려줘야 합니다.",
)
def parameters_returned(X, Y):
    return torch.linalg.pinv(with_ones(X)) @ Y


@misconception(
    "learn_f",
    en="The inputs are scaled to standard deviation 1 first. Where the examples do not fix the function, the smallest parameters are then others: no scaling of the data is asked for.",
    ko="입력을 먼저 표준편차 1로 맞췄습니다. 예시만으로 함수가 정해지지 않으면 가장 작은 파라미터가 달라지므로, 데이터의 크기를 바꾸면 안 됩니다.",
)
def standardised_first(X, Y):
    mean, std = X.mean(dim=0), X.std(dim=0, unbiased=False).clamp(min=1e-12)
    w = torch.linalg.pinv(with_ones((X - mean) / std)) @ Y
    return lambda X_new: with_ones((X_new - mean) / std) @ w


@misconception(
    "learn_f",
    en="The bias is the mean of Y, and the weights fit what is left, with inputs that were not centred. Weights and bias must be found together.",
    ko="편향을 Y의 평균으로 정해 놓고, 중심화하지 않은 입력으로 나머지를 가중치로 맞췄습니다. 가중치와 편향은 함께 구해야 합니다.",
)
def mean_first_then_weights(X, Y):
    level = Y.mean()
    w = torch.linalg.pinv(X) @ (Y - level)
    return lambda X_new: X_new @ w + level


@misconception(
    "learn_f",
    en="The weights are fitted without a bias, and the bias is the mean of what is left (the residual). Weights and bias must be found together, with a column of ones.",
    ko="편향 없이 가중치를 먼저 맞추고 남은 것(잔차)의 평균을 편향으로 두었습니다. 1로 된 열을 넣어 함께 구해야 합니다.",
)
def weights_first_then_mean(X, Y):
    w = torch.linalg.pinv(X) @ Y
    level = (Y - X @ w).mean()
    return lambda X_new: X_new @ w + level


@misconception(
    "learn_f",
    en="The ones stand in the last column, but you take the bias from the first parameter. Its place is that of the ones.",
    ko="1로 된 열은 마지막에 있는데 편향을 첫 파라미터에서 꺼냈습니다. 편향은 1로 된 열과 같은 자리에 있습니다.",
)
def first_and_last_mixed_up(X, Y):
    theta = torch.linalg.pinv(with_ones(X)) @ Y
    return lambda X_new: X_new @ theta[1:] + theta[0]


@misconception(
    "learn_f",
    en="The ones stand in the first column, but you take the bias from the last parameter. Its place is that of the ones.",
    ko="1로 된 열은 처음에 있는데 편향을 마지막 파라미터에서 꺼냈습니다. 편향은 1로 된 열과 같은 자리에 있습니다.",
)
def last_and_first_mixed_up(X, Y):
    theta = torch.linalg.pinv(torch.cat([torch.ones_like(X[:, :1]), X], dim=1)) @ Y
    return lambda X_new: X_new @ theta[:-1] + theta[-1]


@misconception(
    "learn_f",
    en="You use gradient descent and stop before it has arrived. The least-squares problem has an exact solution; no iteration is needed.",
    ko="경사 하강법을 쓰다가 다 내려가기 전에 멈췄습니다. 최소제곱 문제에는 정확한 해가 있으므로 반복이 필요 없습니다.",
)
def descent_100_steps_of_a_hundredth(X, Y):
    w, b = torch.zeros_like(X[0]), Y.new_zeros(())
    for _ in range(100):
        error = X @ w + b - Y
        w, b = w - 0.01 * X.T @ error / len(Y), b - 0.01 * error.mean()
    return lambda X_new: X_new @ w + b


@misconception(
    "learn_f",
    en="You use gradient descent and stop before it has arrived. The least-squares problem has an exact solution; no iteration is needed.",
    ko="경사 하강법을 쓰다가 다 내려가기 전에 멈췄습니다. 최소제곱 문제에는 정확한 해가 있으므로 반복이 필요 없습니다.",
)
def descent_100_steps_of_a_tenth(X, Y):
    w, b = torch.zeros_like(X[0]), Y.new_zeros(())
    for _ in range(100):
        error = X @ w + b - Y
        w, b = w - 0.1 * X.T @ error / len(Y), b - 0.1 * error.mean()
    return lambda X_new: X_new @ w + b


@misconception(
    "learn_f",
    en="You use gradient descent and stop before it has arrived. The least-squares problem has an exact solution; no iteration is needed.",
    ko="경사 하강법을 쓰다가 다 내려가기 전에 멈췄습니다. 최소제곱 문제에는 정확한 해가 있으므로 반복이 필요 없습니다.",
)
def descent_1000_steps_of_a_hundredth(X, Y):
    w, b = torch.zeros_like(X[0]), Y.new_zeros(())
    for _ in range(1000):
        error = X @ w + b - Y
        w, b = w - 0.01 * X.T @ error / len(Y), b - 0.01 * error.mean()
    return lambda X_new: X_new @ w + b


@misconception(
    "learn_f",
    en="You use gradient descent and stop before it has arrived. The least-squares problem has an exact solution; no iteration is needed.",
    ko="경사 하강법을 쓰다가 다 내려가기 전에 멈췄습니다. 최소제곱 문제에는 정확한 해가 있으므로 반복이 필요 없습니다.",
)
def descent_1000_steps_of_a_tenth(X, Y):
    w, b = torch.zeros_like(X[0]), Y.new_zeros(())
    for _ in range(1000):
        error = X @ w + b - Y
        w, b = w - 0.1 * X.T @ error / len(Y), b - 0.1 * error.mean()
    return lambda X_new: X_new @ w + b


@misconception(
    "learn_f",
    en="Only the first input is used. All columns of X belong to the function.",
    ko="첫째 입력만 썼습니다. X의 모든 열을 써야 합니다.",
)
def first_input_only(X, Y):
    w = torch.linalg.pinv(with_ones(X[:, :1])) @ Y
    return lambda X_new: with_ones(X_new[:, :1]) @ w


@misconception(
    "learn_f",
    en="predict learns again, from X_new and the first answers of Y. Learning is over when predict is called.",
    ko="predict가 X_new와 Y의 앞부분으로 다시 학습합니다. predict를 부를 때는 학습이 이미 끝나 있어야 합니다.",
)
def learned_again_in_predict(X, Y):
    def predict(X_new):
        A = with_ones(X_new)
        return A @ (torch.linalg.pinv(A) @ Y[: len(X_new)])

    return predict


@misconception(
    "learn_f",
    en="predict subtracts the bias. It is added: w.x + b.",
    ko="predict에서 편향을 뺐습니다. w.x + b로 더해야 합니다.",
)
def bias_subtracted(X, Y):
    theta = torch.linalg.pinv(with_ones(X)) @ Y
    return lambda X_new: X_new @ theta[:-1] - theta[-1]


@misconception(
    "learn_f",
    en="predict adds up the inputs and multiplies by the sum, or the mean, of the weights. Each input has its own weight.",
    ko="입력을 더한 값에 가중치의 평균을 곱했습니다. 입력마다 가중치가 따로 있습니다.",
)
def weights_summed(X, Y):
    theta = torch.linalg.pinv(with_ones(X)) @ Y
    return lambda X_new: X_new.sum(dim=1) * theta[:-1].mean() + theta[-1]


@misconception(
    "learn_f",
    en="predict answers one number, for the first row only. Each row of X_new needs its own answer.",
    ko="첫 행의 답 하나만 돌려줍니다. X_new의 행마다 답이 있어야 합니다.",
)
def answer_of_the_first_row(X, Y):
    theta = torch.linalg.pinv(with_ones(X)) @ Y
    return lambda X_new: (with_ones(X_new) @ theta)[:1]


# -- 4. best_threshold -----------------------------------------------------------------------------------------------


def candidates_of(x):
    v = x.unique()
    return [v[0].item() - 1, *((v[1:] + v[:-1]) / 2).tolist(), v[-1].item() + 1]


def search(x, y, candidates, polarities=(1, -1), better=lambda new, old: new < old):
    best = None
    for t in candidates:
        for polarity in polarities:
            fires = x >= t if polarity == 1 else x < t
            errors = int((fires.long() != y).sum())
            if best is None or better(errors, best[2]):
                best = (t, polarity, errors)
    return best


@misconception(
    "best_threshold",
    en="You try one direction only. In some data the ones are the small values: then the rule must answer 1 below t.",
    ko="한 방향만 시험했습니다. 작은 값이 1인 데이터도 있습니다. 그때는 t보다 작을 때 1이라고 답해야 합니다.",
)
def one_direction_only(x, y):
    return search(x, y, candidates_of(x), polarities=(1,))


@misconception(
    "best_threshold",
    en="Of equally good rules you keep the last. Keep the first: replace it only by a better one.",
    ko="똑같이 좋은 규칙 중 마지막을 남겼습니다. 첫째를 남기고, 더 나은 것이 나올 때만 바꾸세요.",
)
def last_of_equals(x, y):
    return search(x, y, candidates_of(x), better=lambda new, old: new <= old)


@misconception(
    "best_threshold",
    en="The candidates outside of the data are missing. With them, a rule may answer the same for all examples.",
    ko="데이터 바깥의 후보가 빠졌습니다. 그래야 모든 예시에 같은 답을 하는 규칙도 만들 수 있습니다.",
)
def no_outer_candidates(x, y):
    inner = candidates_of(x)[1:-1]
    return search(x, y, inner or [x[0].item()])


@misconception(
    "best_threshold",
    en="Your thresholds are the values of x themselves. They should lie between neighbouring values, so that no example sits on the line.",
    ko="임계값으로 x의 값을 그대로 썼습니다. 어떤 예시도 경계에 놓이지 않도록 이웃한 값 사이에 두어야 합니다.",
)
def data_values_as_thresholds(x, y):
    return search(x, y, x.unique().tolist())


@misconception(
    "best_threshold",
    en="You count with x > t at values of x, but the rule says x >= t: at equality your count is wrong.",
    ko="x의 값을 임계값으로 두고 x > t로 세었습니다. 규칙은 x >= t이므로 값이 같은 예시에서 수가 어긋납니다.",
)
def strictly_above(x, y):
    best = None
    for t in x.unique().tolist():
        for polarity in (1, -1):
            fires = x > t if polarity == 1 else x <= t
            errors = int((fires.long() != y).sum())
            if best is None or errors < best[2]:
                best = (t, polarity, errors)
    return best


@misconception(
    "best_threshold",
    en="You sort x but leave y as it was. After that, numbers and labels no longer belong together.",
    ko="x만 정렬하고 y는 그대로 두었습니다. 그러면 값과 레이블이 서로 어긋납니다.",
)
def labels_left_behind(x, y):
    return search(x.sort().values, y, candidates_of(x))


@misconception(
    "best_threshold",
    en="You walk through the sorted examples and cut between any two neighbours, also between equal values. No threshold can do that.",
    ko="정렬한 예시를 훑으며 값이 같은 예시 사이에서도 잘랐습니다. 어떤 임계값도 그렇게 나눌 수 없습니다.",
)
def cut_between_equals(x, y):
    order = x.argsort(stable=True)
    v, labels = x[order], y[order]
    n, best = len(x), None
    for k in range(n + 1):
        t = v[0] - 1 if k == 0 else v[-1] + 1 if k == n else (v[k - 1] + v[k]) / 2
        errors = int(labels[:k].sum()) + int((1 - labels[k:]).sum())
        for polarity, count in ((1, errors), (-1, n - errors)):
            if best is None or count < best[2]:
                best = (t.item(), polarity, count)
    return best


@misconception(
    "best_threshold",
    en="You look for the rule with the most errors and call that the best.",
    ko="가장 많이 틀리는 규칙을 골랐습니다.",
)
def most_errors(x, y):
    return search(x, y, candidates_of(x), better=lambda new, old: new > old)


@misconception(
    "best_threshold",
    en="The third result is how many examples are right. It should be how many are wrong.",
    ko="셋째 결과가 맞힌 예시의 수입니다. 틀린 예시의 수여야 합니다.",
)
def counts_the_right_ones(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return t, polarity, len(x) - errors


@misconception(
    "best_threshold",
    en="The polarity has the wrong sign: with 1 the rule answers 1 at and above t.",
    ko="polarity의 부호가 반대입니다. 1이면 t 이상에서 1이라고 답하는 규칙입니다.",
)
def polarity_reversed(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return t, -polarity, errors


@misconception(
    "best_threshold",
    en="Your threshold is the middle between the means of the two classes. That is a rule, but nobody has counted its errors against the others.",
    ko="두 클래스의 평균의 중간을 임계값으로 두었습니다. 그것도 규칙이지만, 다른 규칙과 오류 수를 견주지 않았습니다.",
)
def middle_of_the_means(x, y):
    if y.sum() in (0, len(y)):
        return search(x, y, candidates_of(x))
    low, high = x[y == 0].mean().item(), x[y == 1].mean().item()
    return search(x, y, [(low + high) / 2], polarities=(1 if high >= low else -1,))


@misconception(
    "best_threshold",
    en="At equal t you prefer polarity -1. The convention is 1 first.",
    ko="t가 같을 때 polarity -1을 먼저 골랐습니다. 약속은 1이 먼저입니다.",
)
def minus_one_first(x, y):
    return search(x, y, candidates_of(x), polarities=(-1, 1))


@misconception(
    "best_threshold",
    en="You try all thresholds upwards first and turn the rule round only if that is better. At equal errors the smallest t should win, in whichever direction.",
    ko="위쪽 방향을 모두 시험한 뒤, 더 나을 때만 방향을 바꿨습니다. 오류 수가 같으면 방향과 상관없이 t가 가장 작은 것이 먼저입니다.",
)
def directions_one_after_the_other(x, y):
    up = search(x, y, candidates_of(x), polarities=(1,))
    down = search(x, y, candidates_of(x), polarities=(-1,))
    return down if down[2] < up[2] else up


@misconception(
    "best_threshold",
    en="Your inner candidates are values of x. They should be the midpoints between neighbouring values, so that no example sits on the line.",
    ko="안쪽 후보를 x의 값 자체로 두었습니다. 이웃한 두 값의 중점이어야 어떤 예시도 경계에 놓이지 않습니다.",
)
def values_between_the_ends(x, y):
    v = x.unique().tolist()
    return search(x, y, [v[0] - 1, *v[1:], v[-1] + 1])


@misconception(
    "best_threshold",
    en="The candidates outside of the data, smallest - 1 and largest + 1, are missing unless there is no midpoint. With them a rule may answer the same for all examples.",
    ko="데이터 바깥의 후보(가장 작은 값 - 1, 가장 큰 값 + 1)를 중점이 없을 때만 썼습니다. 이 후보가 있어야 모든 예시에 같은 답을 하는 규칙도 됩니다.",
)
def ends_only_when_nothing_else(x, y):
    c = candidates_of(x)
    return search(x, y, c[1:-1] or c[:1])


@misconception(
    "best_threshold",
    en="The first candidate, smallest - 1, is missing. There a rule answers the same for all examples.",
    ko="첫 후보인 (가장 작은 값 - 1)이 빠졌습니다. 거기서는 모든 예시에 같은 답을 하는 규칙이 됩니다.",
)
def lower_end_missing(x, y):
    return search(x, y, candidates_of(x)[1:])


@misconception(
    "best_threshold",
    en="You take midpoints between neighbours in the list as it comes. Sort the values first: neighbours in size are meant, and equal values count once.",
    ko="주어진 목록에서 옆에 있는 값끼리 중점을 구했습니다. 먼저 정렬하세요. 크기가 이웃한 서로 다른 값의 중점입니다.",
)
def not_sorted_before_midpoints(x, y):
    v = x.tolist()
    return search(x, y, [v[0] - 1, *((p + q) / 2 for p, q in itertools.pairwise(v)), v[-1] + 1])


@misconception(
    "best_threshold",
    en="The third result is the share of errors. Their number is asked for, not divided by N.",
    ko="셋째 결과가 오류의 비율입니다. N으로 나누지 말고 개수를 돌려줘야 합니다.",
)
def share_of_errors(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return t, polarity, errors / len(x)


@misconception(
    "best_threshold",
    en="The three results stand in another order: (t, polarity, errors) is asked for, and you begin with the errors.",
    ko="세 결과의 순서가 다릅니다. (t, polarity, errors) 순서인데 errors부터 돌려줍니다.",
)
def errors_first(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return errors, t, polarity


@misconception(
    "best_threshold",
    en="The three results stand in another order: (t, polarity, errors) is asked for, and you begin with the polarity.",
    ko="세 결과의 순서가 다릅니다. (t, polarity, errors) 순서인데 polarity부터 돌려줍니다.",
)
def polarity_first(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return polarity, t, errors


@misconception(
    "best_threshold",
    en="The three results stand in another order: (t, polarity, errors) is asked for, and your errors come second.",
    ko="세 결과의 순서가 다릅니다. (t, polarity, errors) 순서인데 errors가 둘째에 있습니다.",
)
def errors_in_the_middle(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return t, errors, polarity


@misconception(
    "best_threshold",
    en="Your outer candidates lie 0.5 outside of the data. They are smallest - 1 and largest + 1.",
    ko="바깥 후보를 0.5만큼 떨어뜨렸습니다. (가장 작은 값 - 1)과 (가장 큰 값 + 1)이어야 합니다.",
)
def ends_half_a_step_out(x, y):
    c = candidates_of(x)
    return search(x, y, [c[0] + 0.5, *c[1:-1], c[-1] - 0.5])


@misconception(
    "best_threshold",
    en="Your outer candidates are minus and plus infinity. They are smallest - 1 and largest + 1.",
    ko="바깥 후보를 음과 양의 무한대로 두었습니다. (가장 작은 값 - 1)과 (가장 큰 값 + 1)이어야 합니다.",
)
def ends_at_infinity(x, y):
    return search(x, y, [float("-inf"), *candidates_of(x)[1:-1], float("inf")])


@misconception(
    "best_threshold",
    en="Your outer candidates are the smallest and the largest value themselves. They lie 1 outside: smallest - 1 and largest + 1.",
    ko="바깥 후보를 가장 작은 값과 가장 큰 값 자체로 두었습니다. 1만큼 바깥인 (가장 작은 값 - 1)과 (가장 큰 값 + 1)이어야 합니다.",
)
def ends_at_the_data(x, y):
    c = candidates_of(x)
    return search(x, y, [c[0] + 1, *c[1:-1], c[-1] - 1])


@misconception(
    "best_threshold",
    en="Your midpoints are p + q / 2. The half is of the sum: (p + q) / 2.",
    ko="중점을 p + q / 2로 구했습니다. 합의 절반이므로 괄호가 필요합니다.",
)
def half_of_one_neighbour(x, y):
    v = x.unique().tolist()
    return search(x, y, [v[0] - 1, *(p + q / 2 for p, q in itertools.pairwise(v)), v[-1] + 1])


@misconception(
    "best_threshold",
    en="Your midpoints are half the distance between the neighbours. The place in the middle is meant: half of their sum.",
    ko="중점 대신 이웃한 값 사이 거리의 절반을 구했습니다. 가운데 위치, 곧 합의 절반이어야 합니다.",
)
def half_the_distance(x, y):
    v = x.unique().tolist()
    return search(x, y, [v[0] - 1, *((q - p) / 2 for p, q in itertools.pairwise(v)), v[-1] + 1])


@misconception(
    "best_threshold",
    en="You call the reversed rule polarity 0. Its polarity is -1.",
    ko="뒤집힌 규칙의 polarity를 0이라고 했습니다. -1이어야 합니다.",
)
def polarity_zero(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return t, max(polarity, 0), errors


@misconception(
    "best_threshold",
    en="Your threshold is the mean of all x. That is a rule that nobody has compared with others: try all candidates and count.",
    ko="임계값을 x 전체의 평균으로 두었습니다. 다른 규칙과 비교하지 않은 규칙입니다. 모든 후보를 시험해 오류를 세세요.",
)
def mean_as_threshold(x, y):
    return search(x, y, [float(x.mean())])


@misconception(
    "best_threshold",
    en="Your threshold is the median of all x. That is a rule that nobody has compared with others: try all candidates and count.",
    ko="임계값을 x 전체의 중앙값으로 두었습니다. 다른 규칙과 비교하지 않은 규칙입니다. 모든 후보를 시험해 오류를 세세요.",
)
def median_as_threshold(x, y):
    return search(x, y, [float(x.median())])


@misconception(
    "best_threshold",
    en="Your threshold is the middle between the smallest and the largest x. Nobody has counted its errors against the others: try all candidates.",
    ko="임계값을 가장 작은 x와 가장 큰 x의 한가운데로 두었습니다. 다른 규칙과 오류 수를 비교하지 않았습니다. 모든 후보를 시험하세요.",
)
def middle_of_the_range(x, y):
    return search(x, y, [float(x.min() + x.max()) / 2])


@misconception(
    "best_threshold",
    en="Of equally good rules you keep the one with the largest t. The smallest t wins.",
    ko="오류 수가 같을 때 t가 가장 큰 것을 남겼습니다. t가 가장 작은 것이 먼저입니다.",
)
def largest_threshold_wins(x, y):
    return search(x, y, candidates_of(x)[::-1])


@misconception(
    "best_threshold",
    en="Your t is cut to a whole number. A threshold is a float, the candidate exactly as it is.",
    ko="t를 정수로 잘랐습니다. 임계값은 실수이고, 후보 그대로여야 합니다.",
)
def threshold_cut_to_whole(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return int(t), polarity, errors


@misconception(
    "best_threshold",
    en="Your t is rounded to a whole number. A threshold is a float, the candidate exactly as it is.",
    ko="t를 정수로 반올림했습니다. 임계값은 실수이고, 후보 그대로여야 합니다.",
)
def threshold_rounded(x, y):
    t, polarity, errors = search(x, y, candidates_of(x))
    return round(t), polarity, errors


@misconception(
    "best_threshold",
    en="You return the first candidate with its errors: the search never goes on to a better one.",
    ko="첫 후보를 그대로 돌려줍니다. 더 나은 후보로 넘어가지 않았습니다.",
)
def first_candidate_returned(x, y):
    return search(x, y, candidates_of(x)[:1], polarities=(1,))


@misconception(
    "best_threshold",
    en="You try only the reversed rule, polarity -1. Both directions must be tried.",
    ko="뒤집힌 규칙(polarity -1)만 시험했습니다. 두 방향을 모두 시험해야 합니다.",
)
def downward_only(x, y):
    return search(x, y, candidates_of(x), polarities=(-1,))


# -- 5. learning_curve -----------------------------------------------------------------------------------------------


def as_curve(errors, Xte):
    return torch.tensor(errors, dtype=Xte.dtype, device=Xte.device)


@misconception(
    "learning_curve",
    en="The error is measured on the examples that the model has learned from. That says how well it remembers; use the test set.",
    ko="모델이 학습한 바로 그 예시에서 오차를 쟀습니다. 그것은 얼마나 잘 외웠는지일 뿐입니다. 테스트 세트에서 재세요.",
)
def measured_on_training_rows(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xtr[:n], ytr[:n]) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="The last n rows are used. The first n are asked for.",
    ko="마지막 n행을 썼습니다. 처음 n행을 써야 합니다.",
)
def last_rows(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[-n:], ytr[-n:]), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="You hand over only the rows that are new since the last size. Each model learns anew from all of the first n rows.",
    ko="바로 앞 크기 이후에 새로 들어온 행만 넘겼습니다. 모델은 매번 처음 n행 전체에서 새로 학습해야 합니다.",
)
def new_rows_only(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors, before = [], 0
    for n in sizes:
        start = before if before < n else 0
        errors.append(err(fit(Xtr[start:n], ytr[start:n]), Xte, yte))
        before = n
    return as_curve(errors, Xte)


@misconception(
    "learning_curve",
    en="One model, learned from everything, is measured again and again. For each n a new one is learned from n rows.",
    ko="전체 데이터로 학습한 모델 하나를 되풀이해 쟀습니다. n마다 n행으로 새로 학습해야 합니다.",
)
def learned_once(fit, err, Xtr, ytr, sizes, Xte, yte):
    model = fit(Xtr, ytr)
    return as_curve([err(model, Xte, yte) for _ in sizes], Xte)


@misconception(
    "learning_curve",
    en="You return 1 minus the error. The curve shows the error itself.",
    ko="1에서 오차를 뺀 값을 돌려줍니다. 곡선은 오차 자체입니다.",
)
def one_minus_error(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([1 - err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="The sizes are sorted first. The results belong to the sizes in the order in which they were given.",
    ko="sizes를 먼저 정렬했습니다. 결과는 주어진 순서의 sizes에 대응해야 합니다.",
)
def sizes_sorted(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in sorted(sizes)], Xte)


@misconception(
    "learning_curve",
    en="Each model is tested on the first n test rows. The test set is the same for all: the whole of it.",
    ko="모델마다 테스트 세트의 처음 n행에서 쟀습니다. 테스트 세트는 누구에게나 같아야 하며, 전체를 써야 합니다.",
)
def test_set_cut(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte[:n], yte[:n]) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="Your prefixes are one row too short: X[:n] ends before row n and so has n rows.",
    ko="한 행이 모자랍니다. X[:n]은 n번 행 바로 앞에서 끝나므로 이미 n행입니다.",
)
def one_row_short(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[: max(n - 1, 1)], ytr[: max(n - 1, 1)]), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="Your prefixes are one row too long: X[:n + 1] has n + 1 rows.",
    ko="한 행이 더 들어갔습니다. X[:n + 1]은 n + 1행입니다.",
)
def one_row_long(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[: n + 1], ytr[: n + 1]), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="You show the best error so far. A learning curve may go up as well; show each error as it is.",
    ko="그때까지의 가장 작은 오차를 적었습니다. 학습 곡선은 올라갈 수도 있으므로 오차를 그대로 적어야 합니다.",
)
def best_so_far(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors = [err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in sizes]
    return as_curve([min(errors[: k + 1]) for k in range(len(errors))], Xte)


@misconception(
    "learning_curve",
    en="Repeated sizes are merged. The result has one entry for each entry of sizes.",
    ko="되풀이되는 크기를 하나로 합쳤습니다. 결과에는 sizes의 항목마다 값이 하나씩 있어야 합니다.",
)
def sizes_merged(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in dict.fromkeys(sizes)], Xte)


@misconception(
    "learning_curve",
    en="The model is always one step behind: you measure the model of the size before.",
    ko="늘 한 걸음 뒤처져 있습니다. 바로 앞 크기의 모델을 재고 있습니다.",
)
def one_model_behind(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors, model = [], None
    for n in sizes:
        new = fit(Xtr[:n], ytr[:n])
        errors.append(err(new if model is None else model, Xte, yte))
        model = new
    return as_curve(errors, Xte)


@misconception(
    "learning_curve",
    en="A list is returned. The docstring asks for a tensor with the dtype of Xte.",
    ko="리스트를 돌려줍니다. docstring은 Xte와 dtype이 같은 텐서를 요구합니다.",
)
def list_returned(fit, err, Xtr, ytr, sizes, Xte, yte):
    return [err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in sizes]


@misconception(
    "learning_curve",
    en="The error is measured on all training examples, and the model has learned from some of them. Use the test set, which no model has seen.",
    ko="학습 데이터 전체에서 오차를 쟀습니다. 그중에는 모델이 학습한 예시도 있습니다. 어떤 모델도 보지 못한 테스트 세트에서 재세요.",
)
def measured_on_all_training_rows(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xtr, ytr) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="Each model learns from all training examples, whatever n is: the first n rows are asked for.",
    ko="n과 상관없이 매번 학습 데이터 전체에서 학습했습니다. 처음 n행만 써야 합니다.",
)
def learned_from_everything(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr, ytr), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="The models learn from the first n test examples. The test set is never used for learning: take the training examples.",
    ko="테스트 세트의 처음 n행에서 학습했습니다. 테스트 세트는 학습에 쓰면 안 됩니다. 학습 데이터를 쓰세요.",
)
def learned_from_the_test_set(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xte[:n], yte[:n]), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="Training and test sets are exchanged: you learn from one and measure on the other the wrong way round.",
    ko="학습 세트와 테스트 세트가 뒤바뀌었습니다. 학습해야 할 곳에서 재고, 재야 할 곳에서 학습했습니다.",
)
def train_and_test_exchanged(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xte[:n], yte[:n]), Xtr, ytr) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="You hand over n - 1 rows: X[:n] ends before row n and so has n rows already. With n = 1 nothing is left.",
    ko="n - 1행을 넘겼습니다. X[:n]은 n번 행 바로 앞에서 끝나므로 이미 n행입니다. n = 1이면 아무것도 남지 않습니다.",
)
def one_row_short_always(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[: n - 1], ytr[: n - 1]), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="Your rows begin at 1: the first example is row 0. X[1:n] has only n - 1 rows.",
    ko="1번 행부터 썼습니다. 첫 예시는 0번 행이고, X[1:n]은 n - 1행뿐입니다.",
)
def first_row_skipped(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[1:n], ytr[1:n]), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="Xtr is cut to n rows, ytr is not: examples and labels must have the same length.",
    ko="Xtr은 n행으로 잘랐지만 ytr은 자르지 않았습니다. 예시와 레이블의 길이가 같아야 합니다.",
)
def labels_not_cut(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="ytr is cut to n entries, Xtr is not: examples and labels must have the same length.",
    ko="ytr은 n개로 잘랐지만 Xtr은 자르지 않았습니다. 예시와 레이블의 길이가 같아야 합니다.",
)
def inputs_not_cut(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr, ytr[:n]), Xte, yte) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="You hand over the rows from the previous size up to n, a piece. Each model learns anew from the first n rows.",
    ko="바로 앞 크기부터 n까지의 조각만 넘겼습니다. 모델은 매번 처음 n행에서 새로 학습해야 합니다.",
)
def between_two_sizes(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors, start = [], 0
    for n in sizes:
        errors.append(err(fit(Xtr[start:n], ytr[start:n]), Xte, yte))
        start = n
    return as_curve(errors, Xte)


@misconception(
    "learning_curve",
    en="You cut pieces of n rows one after the other, each where the previous one ended. Each model learns from the FIRST n rows.",
    ko="앞 조각이 끝난 곳부터 n행씩 잘랐습니다. 모델은 매번 처음 n행에서 학습해야 합니다.",
)
def pieces_of_n_rows(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors, start = [], 0
    for n in sizes:
        errors.append(err(fit(Xtr[start : start + n], ytr[start : start + n]), Xte, yte))
        start += n
    return as_curve(errors, Xte)


@misconception(
    "learning_curve",
    en="One model, learned from the largest size, is measured again and again. For each n a model is learned anew.",
    ko="가장 큰 크기로 학습한 모델 하나를 되풀이해 쟀습니다. n마다 새로 학습해야 합니다.",
)
def largest_model_for_all(fit, err, Xtr, ytr, sizes, Xte, yte):
    n = max(sizes, default=1)
    model = fit(Xtr[:n], ytr[:n])
    return as_curve([err(model, Xte, yte) for _ in sizes], Xte)


@misconception(
    "learning_curve",
    en="You return one number, the mean of all errors. The curve has one entry for each size.",
    ko="모든 오차의 평균 하나를 돌려줍니다. 곡선에는 크기마다 값이 하나씩 있어야 합니다.",
)
def mean_of_the_curve(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in sizes], Xte).mean()


@misconception(
    "learning_curve",
    en="You call fit twice for each size. One call is asked for: learning may be long.",
    ko="크기마다 fit을 두 번 불렀습니다. 학습은 오래 걸릴 수 있으므로 한 번만 불러야 합니다.",
)
def learned_twice(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors = []
    for n in sizes:
        fit(Xtr[:n], ytr[:n])
        errors.append(err(fit(Xtr[:n], ytr[:n]), Xte, yte))
    return as_curve(errors, Xte)


@misconception(
    "learning_curve",
    en="You call err twice for each size. One call is asked for, and the result can be kept.",
    ko="크기마다 err를 두 번 불렀습니다. 한 번만 부르고 결과를 저장하면 됩니다.",
)
def measured_twice(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors = []
    for n in sizes:
        model = fit(Xtr[:n], ytr[:n])
        err(model, Xte, yte)
        errors.append(err(model, Xte, yte))
    return as_curve(errors, Xte)


@misconception(
    "learning_curve",
    en="You add the errors up from size to size. Each entry is the error of its own model alone.",
    ko="크기마다 오차를 누적해 더했습니다. 각 값은 그 모델 하나의 오차여야 합니다.",
)
def errors_added_up(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in sizes], Xte).cumsum(dim=0)


@misconception(
    "learning_curve",
    en="You show the mean of the errors so far. Each entry is the error of its own model alone.",
    ko="그때까지 오차의 평균을 적었습니다. 각 값은 그 모델 하나의 오차여야 합니다.",
)
def running_mean(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors = [err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in sizes]
    return as_curve([sum(errors[: k + 1]) / (k + 1) for k in range(len(errors))], Xte)


@misconception(
    "learning_curve",
    en="The return stands inside the loop: only the first size is measured.",
    ko="return이 반복문 안에 있어 첫 크기만 쟀습니다.",
)
def return_inside_the_loop(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors = []
    for n in sizes:
        errors.append(err(fit(Xtr[:n], ytr[:n]), Xte, yte))
        return as_curve(errors, Xte)


@misconception(
    "learning_curve",
    en="You measure every size from 1 to the largest. Only the sizes in the list are asked for, in their order.",
    ko="1부터 가장 큰 크기까지 모두 쟀습니다. sizes에 있는 크기만 그 순서대로 재면 됩니다.",
)
def every_size_up_to_the_largest(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in range(1, max(sizes, default=0) + 1)], Xte)


@misconception(
    "learning_curve",
    en="The result stands in reverse order. Its entries belong to the sizes in the order in which they were given.",
    ko="결과가 거꾸로 되어 있습니다. 주어진 순서의 sizes에 대응해야 합니다.",
)
def sizes_reversed(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte, yte) for n in reversed(sizes)], Xte)


@misconception(
    "learning_curve",
    en="You return the difference between test and training error. The curve shows the test error alone.",
    ko="테스트 오차와 학습 오차의 차이를 돌려줍니다. 곡선은 테스트 오차 자체입니다.",
)
def training_minus_test(fit, err, Xtr, ytr, sizes, Xte, yte):
    errors = []
    for n in sizes:
        model = fit(Xtr[:n], ytr[:n])
        errors.append(err(model, Xte, yte) - err(model, Xtr[:n], ytr[:n]))
    return as_curve(errors, Xte)


# -- 6. compose, f_of_x ----------------------------------------------------------------------------------------------


@misconception(
    "compose",
    en="The last function is applied first. That is how f∘g is read in mathematics; here compose(f, g) begins with f.",
    ko="마지막 함수를 먼저 적용했습니다. 수학의 f∘g는 그렇게 읽지만, 여기서 compose(f, g)는 f부터 시작합니다.",
)
def last_one_first(*fs):
    return lambda x: functools.reduce(lambda value, f: f(value), reversed(fs), x)


@misconception(
    "compose",
    en="Only the first function is applied.",
    ko="첫째 함수만 적용했습니다.",
)
def first_function_only(*fs):
    return lambda x: fs[0](x) if fs else x


@misconception(
    "compose",
    en="Every function gets the original x, and only the last answer is kept. Each should get what the one before returned.",
    ko="모든 함수에 원래의 x를 넣고 마지막 답만 남겼습니다. 함수마다 바로 앞 함수가 돌려준 것을 받아야 합니다.",
)
def everyone_gets_x(*fs):
    def composed(x):
        result = x
        for f in fs:
            result = f(x)
        return result

    return composed


@misconception(
    "compose",
    en="The last function is missing from the chain.",
    ko="사슬에서 마지막 함수가 빠졌습니다.",
)
def last_function_missing(*fs):
    return lambda x: functools.reduce(lambda value, f: f(value), fs[:-1], x)


@misconception(
    "compose",
    en="Without functions your composition gives None. It should give its argument back.",
    ko="함수가 없으면 None이 나옵니다. 인자를 그대로 돌려줘야 합니다.",
)
def nothing_without_functions(*fs):
    def composed(x):
        result = None
        for k, f in enumerate(fs):
            result = f(x if k == 0 else result)
        return result

    return composed


@misconception(
    "compose",
    en="The functions are used up by the first call: from the second call on your composition does nothing. Keep them, do not consume them.",
    ko="첫 호출에서 함수들이 소진되어, 두 번째 호출부터는 아무 일도 하지 않습니다. 꺼내 쓰지 말고 그대로 두세요.",
)
def works_only_once(*fs):
    waiting = list(fs)

    def composed(x):
        while waiting:
            x = waiting.pop(0)(x)
        return x

    return composed


@misconception(
    "compose",
    en="You compose two functions and ignore the rest. There may be any number of them.",
    ko="두 함수만 합성하고 나머지는 무시했습니다. 함수는 몇 개든 될 수 있습니다.",
)
def two_functions_at_most(*fs):
    return lambda x: functools.reduce(lambda value, f: f(value), fs[:2], x)


@misconception(
    "f_of_x",
    en="x itself is sent into the first layer, and a layer that writes into what it gets changes x. Hand over a copy.",
    ko="x를 그대로 첫 층에 넣어서, 넘겨받은 것에 값을 쓰는 층이 x를 바꿔 버립니다. 복사본을 넘기세요.",
)
def x_is_overwritten(x, layers):
    for layer in layers:
        x = layer(x)
    return x


@misconception(
    "f_of_x",
    en="The last layer is applied first.",
    ko="마지막 층을 먼저 적용했습니다.",
)
def layers_reversed(x, layers):
    x = x.clone()
    for layer in reversed(layers):
        x = layer(x)
    return x


@misconception(
    "f_of_x",
    en="Every layer gets x, and the results are lost except the last. A layer gets the output of the layer before.",
    ko="모든 층에 x를 넣고 마지막 결과만 남겼습니다. 층은 바로 앞 층의 출력을 받습니다.",
)
def every_layer_gets_x(x, layers):
    result = x.clone()
    for layer in layers:
        result = layer(x.clone())
    return result


@misconception(
    "f_of_x",
    en="The last layer is left out.",
    ko="마지막 층이 빠졌습니다.",
)
def last_layer_left_out(x, layers):
    x = x.clone()
    for layer in layers[:-1]:
        x = layer(x)
    return x


@misconception(
    "f_of_x",
    en="The first layer is left out.",
    ko="첫 층이 빠졌습니다.",
)
def first_layer_left_out(x, layers):
    x = x.clone()
    for layer in layers[1:]:
        x = layer(x)
    return x


@misconception(
    "f_of_x",
    en="The outputs of the layers are added up, as if they stood side by side. They stand one behind the other.",
    ko="층들이 나란히 있는 것처럼 출력을 더했습니다. 층은 한 줄로 이어져 있습니다.",
)
def layers_side_by_side(x, layers):
    return sum((layer(x.clone()) for layer in layers), torch.zeros_like(x)) if layers else x.clone()


@misconception(
    "f_of_x",
    en="Your copy is made after the first layer, which has written into x already.",
    ko="복사본을 첫 층 다음에 만들었습니다. 그때는 첫 층이 이미 x를 바꾼 뒤입니다.",
)
def copied_too_late(x, layers):
    value = x
    for layer in layers:
        value = layer(value).clone()
    return value


@misconception(
    "f_of_x",
    en="All intermediate values are returned. Only what comes out of the last layer is asked for.",
    ko="중간값을 모두 돌려줍니다. 마지막 층에서 나온 값만 돌려줘야 합니다.",
)
def all_values_returned(x, layers):
    values = [x.clone()]
    for layer in layers:
        values.append(layer(values[-1].clone()))
    return values


@misconception(
    "compose",
    en="Your lambda in the loop looks the name up when it is called: by then it stands for the lambda itself, and it calls itself without end. Late binding: give each step its own function.",
    ko="반복문 안의 lambda는 불릴 때 이름을 찾습니다. 그때 그 이름은 lambda 자신이어서 끝없이 자기를 부릅니다(늦은 바인딩). 단계마다 자기 함수를 갖게 하세요.",
)
def lambda_that_calls_itself(*fs):
    result = lambda x: x  # noqa: E731
    for f in fs:
        result = lambda x: f(result(x))  # noqa: E731
    return result


@misconception(
    "compose",
    en="The first function is missing from the chain.",
    ko="사슬에서 첫째 함수가 빠졌습니다.",
)
def first_function_missing(*fs):
    return lambda x: functools.reduce(lambda value, f: f(value), fs[1:], x)


@misconception(
    "compose",
    en="You clone the argument, which only tensors can do: for a text it is an error. x may be anything.",
    ko="인자를 clone했는데 그것은 텐서만 할 수 있어 문자열이면 오류가 납니다. x는 무엇이든 될 수 있습니다.",
)
def argument_cloned(*fs):
    def composed(x):
        x = x.clone()
        for f in fs:
            x = f(x)
        return x

    return composed


@misconception(
    "compose",
    en="You add up what the functions answer to x. They stand one behind the other: each gets the output of the previous one.",
    ko="x에 대한 각 함수의 답을 더했습니다. 함수는 한 줄로 이어져 바로 앞 함수의 출력을 받습니다.",
)
def answers_added_up(*fs):
    return lambda x: sum(f(x) for f in fs) if fs else x


@misconception(
    "compose",
    en="You return a list of all intermediate values. Only the last value is asked for.",
    ko="중간값을 모두 담은 리스트를 돌려줍니다. 마지막 값만 돌려줘야 합니다.",
)
def all_values_kept(*fs):
    def composed(x):
        values = [x]
        for f in fs:
            values.append(f(values[-1]))
        return values

    return composed


@misconception(
    "compose",
    en="You return a list of what each function answers to x. Each gets the output of the previous one, and only the last value is asked for.",
    ko="x에 대한 각 함수의 답을 리스트로 돌려줍니다. 함수마다 바로 앞 함수의 출력을 받고, 마지막 값만 돌려줘야 합니다.",
)
def list_of_answers(*fs):
    return lambda x: [f(x) for f in fs]


@misconception(
    "compose",
    en="Without functions your composition ends in an error. compose() gives a function that returns its argument as it is.",
    ko="함수가 없으면 오류가 납니다. compose()는 인자를 그대로 돌려주는 함수여야 합니다.",
)
def error_without_functions(*fs):
    def composed(x):
        value = fs[0](x)
        for f in fs[1:]:
            value = f(value)
        return value

    return composed


@misconception(
    "compose",
    en="Your composition remembers the answer of its first call and gives it again, whatever it is called with. Each call starts with its own argument.",
    ko="첫 호출의 답을 기억해 두고, 무엇을 넣든 그것을 다시 돌려줍니다. 호출마다 새로 받은 인자에서 시작해야 합니다.",
)
def remembers_the_first_answer(*fs):
    memory = []

    def composed(x):
        if not memory:
            memory.append(functools.reduce(lambda value, f: f(value), fs, x))
        return memory[0]

    return composed


@misconception(
    "compose",
    en="Your composition goes on where the call before ended: the value lives outside of the inner function. Each call starts with its own argument.",
    ko="앞 호출이 끝난 값에서 이어 갑니다. 값이 안쪽 함수 밖에 남아 있기 때문입니다. 호출마다 새로 받은 인자에서 시작해야 합니다.",
)
def value_kept_between_calls(*fs):
    state = []

    def composed(x):
        value = state.pop() if state else x
        for f in fs:
            value = f(value)
        state.append(value)
        return value

    return composed


@misconception(
    "f_of_x",
    en="Each layer's output is added to its input, as in a residual network. Here the output of a layer replaces its input.",
    ko="층의 출력을 입력에 더했습니다(잔차 연결). 여기서는 출력이 입력을 대신합니다.",
)
def layer_added_to_its_input(x, layers):
    h = x.clone()
    for layer in layers:
        h = h + layer(h.clone())
    return h


@misconception(
    "f_of_x",
    en="Without layers your function gives None. It should give (a copy of) x.",
    ko="층이 없으면 None이 나옵니다. x(의 복사본)를 돌려줘야 합니다.",
)
def nothing_without_layers(x, layers):
    h = x.clone()
    result = None
    for layer in layers:
        h = result = layer(h)
    return result


@misconception(
    "f_of_x",
    en="Only the first layer is applied.",
    ko="첫 층만 적용했습니다.",
)
def first_layer_only(x, layers):
    return layers[0](x.clone()) if layers else x.clone()


@misconception(
    "f_of_x",
    en="Without layers your function ends in an error. It should give (a copy of) x.",
    ko="층이 없으면 오류가 납니다. x(의 복사본)를 돌려줘야 합니다.",
)
def error_without_layers(x, layers):
    h = layers[0](x.clone())
    for layer in layers[1:]:
        h = layer(h)
    return h


# -- more of them ----------------------------------------------------------------------------------------------------


@misconception(
    "contains",
    en="Nothing raises KeyError for an unknown a: only what lies on the way up from b is looked up. Ask whether a is a key before you start.",
    ko="a가 없는 이름일 때 KeyError를 일으키지 않습니다. b에서 올라가는 길에 있는 이름만 찾아보기 때문입니다. 출발하기 전에 a가 키인지부터 확인하세요.",
)
def a_never_looked_up(parents, a, b):
    seen, field = set(), b
    while field is not None and field != a:
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    return field is not None


@misconception(
    "contains",
    en="You raise KeyError when the top is reached without meeting a. Both names exist then, and the answer is simply no: False.",
    ko="a를 만나지 못하고 맨 위에 이르면 KeyError를 일으킵니다. 그때는 두 이름이 모두 있으므로 오류가 아니라 False가 답입니다.",
)
def not_found_raises_key_error(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    raise KeyError(a)


@misconception(
    "contains",
    en="You raise ValueError when the top is reached without meeting a. ValueError is for a circle; at the top the answer is False.",
    ko="a를 만나지 못하고 맨 위에 이르면 ValueError를 일으킵니다. ValueError는 빙빙 도는 경우의 오류이고, 맨 위에 이르면 답은 False입니다.",
)
def not_found_raises_value_error(parents, a, b):
    known(parents, a, b)
    seen, field = set(), b
    while field is not None:
        if field == a:
            return True
        if field in seen:
            raise ValueError(field)
        seen.add(field)
        field = parents[field]
    raise ValueError(a)


@misconception(
    "contains",
    en="You ask whether a has anything below it, not whether b is below it. Follow the parents of b.",
    ko="a 아래에 무엇이든 있는지를 물었을 뿐, b가 그 아래에 있는지는 묻지 않았습니다. b의 부모를 따라 올라가세요.",
)
def parent_of_anybody(parents, a, b):
    known(parents, a, b)
    return a == b or a in parents.values()


@misconception(
    "timeline",
    en="You sort by year and turn the whole list round. Now it runs from late to early, and events of one year stand in reverse, too.",
    ko="연도로 정렬한 뒤 리스트 전체를 뒤집었습니다. 그래서 늦은 것부터 나오고, 같은 해의 사건끼리도 순서가 거꾸로 됩니다.",
)
def sorted_and_turned_round(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo <= e[0] <= hi], key=by_year)][::-1]


@misconception(
    "timeline",
    en="Whole pairs are sorted from large to small: late years come first, and events of one year are ordered by name. Sort by year alone, from early to late.",
    ko="(연도, 이름) 전체를 큰 것부터 정렬해서 늦은 해가 먼저 나오고 같은 해의 사건은 이름순이 됩니다. 연도만으로, 이른 것부터 정렬하세요.",
)
def pairs_from_late_to_early(events, lo, hi):
    return [name for _, name in sorted((e for e in events if lo <= e[0] <= hi), reverse=True)]


@misconception(
    "timeline",
    en="Only lo is checked: events after hi are in your list as well.",
    ko="lo만 확인했습니다. hi년보다 뒤의 사건도 리스트에 들어 있습니다.",
)
def only_lo_checked(events, lo, hi):
    return [name for _, name in sorted([e for e in events if lo <= e[0]], key=by_year)]


@misconception(
    "timeline",
    en="Only hi is checked: events before lo are in your list as well.",
    ko="hi만 확인했습니다. lo년보다 앞의 사건도 리스트에 들어 있습니다.",
)
def only_hi_checked(events, lo, hi):
    return [name for _, name in sorted([e for e in events if e[0] <= hi], key=by_year)]


@misconception(
    "timeline",
    en="You put the events into a set: what stands in the list twice is named once, and the order of events in one year is lost.",
    ko="사건을 set에 담았습니다. 목록에 두 번 나온 사건이 한 번만 남고, 같은 해 안의 순서도 사라집니다.",
)
def set_of_events(events, lo, hi):
    return [name for _, name in sorted({e for e in events if lo <= e[0] <= hi})]


@misconception(
    "learn_f",
    en="You invert AᵀA. With fewer examples than parameters, or with dependent columns, it is singular and has no inverse: what comes out is an error or rounding noise.",
    ko="AᵀA의 역행렬을 구했습니다. 예시가 파라미터보다 적거나 열이 서로 종속이면 AᵀA는 특이 행렬이라 역행렬이 없고, 오류가 나거나 반올림 오차만 나옵니다.",
)
def singular_matrix_inverted_late(X, Y):
    A = with_ones(X)
    w = torch.linalg.inv(A.T @ A) @ (A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


def ones_first(Z):
    return torch.cat([torch.ones_like(Z[:, :1]), Z], dim=1)


@misconception(
    "learn_f",
    en="You invert AᵀA, which has no inverse when there are fewer examples than parameters or the columns depend on each other (it is singular).",
    ko="AᵀA의 역행렬을 구했는데, 예시가 파라미터보다 적거나 열이 서로 종속이면 AᵀA는 특이 행렬이어서 역행렬이 없습니다.",
)
def singular_with_ones_first(X, Y):
    A = ones_first(X)
    w = torch.linalg.inv(A.T @ A) @ A.T @ Y
    return lambda X_new: ones_first(X_new) @ w


@misconception(
    "learn_f",
    en="You solve the normal equations with AᵀA, which is singular when there are fewer examples than parameters or the columns depend on each other: no single solution exists then.",
    ko="AᵀA로 정규방정식을 풀었는데, 예시가 파라미터보다 적거나 열이 서로 종속이면 AᵀA는 특이 행렬이어서 해가 하나로 정해지지 않습니다.",
)
def solved_with_ones_first(X, Y):
    A = ones_first(X)
    w = torch.linalg.solve(A.T @ A, A.T @ Y)
    return lambda X_new: ones_first(X_new) @ w


@misconception(
    "learn_f",
    en="The weights come from the least-squares solution, but the bias that belongs to them is replaced by the mean of Y. That is the bias only where every input has mean 0.",
    ko="가중치는 최소제곱해인데 그와 짝을 이루는 편향을 Y의 평균으로 바꾸었습니다. 그것이 편향이 되는 것은 모든 입력의 평균이 0일 때뿐입니다.",
)
def bias_replaced_by_the_mean(X, Y):
    theta, level = torch.linalg.pinv(with_ones(X)) @ Y, Y.mean()
    return lambda X_new: X_new @ theta[:-1] + level


@misconception(
    "best_threshold",
    en="There are no candidates outside the data. When all values are equal there is no midpoint at all, and your search returns the values that it began with; try a threshold below the smallest x and one above the largest, too.",
    ko="데이터 바깥의 후보가 없습니다. 값이 모두 같으면 중점이 하나도 없어서 탐색을 시작할 때의 값이 그대로 나옵니다. 가장 작은 x의 아래와 가장 큰 x의 위에 있는 임계값도 시험하세요.",
)
def inner_candidates_only(x, y):
    start = (x.min().item(), 1, len(x) + 1)
    return search(x, y, candidates_of(x)[1:-1]) or start


@misconception(
    "best_threshold",
    en="There are no candidates outside the data: when all values are equal nothing is tried, and your function has no rule to return. Try a threshold below the smallest x and one above the largest, too.",
    ko="데이터 바깥의 후보가 없어서, 값이 모두 같으면 아무것도 시험하지 못하고 돌려줄 규칙이 없습니다. 가장 작은 x의 아래와 가장 큰 x의 위에 있는 임계값도 시험하세요.",
)
def no_rule_without_midpoints(x, y):
    return search(x, y, candidates_of(x)[1:-1])


@misconception(
    "best_threshold",
    en="There are no candidates outside the data: when all values are equal nothing is tried, and the threshold 0 that you began with comes out. Try one below the smallest x and one above the largest, too.",
    ko="데이터 바깥의 후보가 없어서, 값이 모두 같으면 아무것도 시험하지 못하고 처음에 넣어 둔 임계값 0이 나옵니다. 가장 작은 x의 아래와 가장 큰 x의 위에 있는 임계값도 시험하세요.",
)
def zero_without_midpoints(x, y):
    return search(x, y, candidates_of(x)[1:-1]) or (0.0, 1, len(x))


@misconception(
    "best_threshold",
    en="You count only the false alarms, zeros that the rule calls 1. An example with label 1 that the rule calls 0 is an error as well.",
    ko="레이블이 0인데 규칙이 1이라고 한 예시만 세었습니다. 레이블이 1인데 규칙이 0이라고 한 예시도 오류입니다.",
)
def false_alarms_only(x, y):
    best = None
    for t in candidates_of(x):
        for polarity in (1, -1):
            fires = x >= t if polarity == 1 else x < t
            errors = int((fires & (y == 0)).sum())
            if best is None or errors < best[2]:
                best = (t, polarity, errors)
    return best


@misconception(
    "best_threshold",
    en="You count only the ones that the rule misses. An example with label 0 that the rule calls 1 is an error as well.",
    ko="레이블이 1인데 규칙이 놓친 예시만 세었습니다. 레이블이 0인데 규칙이 1이라고 한 예시도 오류입니다.",
)
def misses_only(x, y):
    best = None
    for t in candidates_of(x):
        for polarity in (1, -1):
            fires = x >= t if polarity == 1 else x < t
            errors = int((~fires & (y == 1)).sum())
            if best is None or errors < best[2]:
                best = (t, polarity, errors)
    return best


@misconception(
    "best_threshold",
    en="You search all thresholds with polarity -1 before you try polarity 1. Of equally good rules the smallest t comes first, and at equal t polarity 1.",
    ko="모든 임계값을 polarity -1로 먼저 탐색하고 나서 1을 시험했습니다. 똑같이 좋은 규칙 가운데서는 t가 가장 작은 것, t까지 같으면 polarity 1이 먼저입니다.",
)
def downward_searched_first(x, y):
    down = search(x, y, candidates_of(x), polarities=(-1,))
    up = search(x, y, candidates_of(x), polarities=(1,))
    return up if up[2] < down[2] else down


@misconception(
    "learning_curve",
    en="You cut the training examples by the position in the list of sizes, not by the size that stands there: the first model gets 1 row, the second 2.",
    ko="sizes에 적힌 크기가 아니라 리스트에서의 위치로 학습 예시를 잘랐습니다. 첫 모델은 1행, 둘째 모델은 2행을 받습니다.",
)
def position_for_size(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[: k + 1], ytr[: k + 1]), Xte, yte) for k in range(len(sizes))], Xte)


@misconception(
    "learning_curve",
    en="You measure on the training rows that were not used for this model. The error is always measured on the whole test set (Xte, yte).",
    ko="그 모델의 학습에 쓰지 않은 나머지 학습 행에서 오차를 쟀습니다. 오차는 언제나 테스트 세트 (Xte, yte) 전체에서 잽니다.",
)
def measured_on_the_other_rows(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xtr[n:], ytr[n:]) for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="You divide the error by the size n. err has already done what is to be done; its answer goes into the curve as it is.",
    ko="오차를 크기 n으로 나누었습니다. 필요한 계산은 err가 이미 했으므로 그 답을 그대로 곡선에 담으세요.",
)
def error_divided_by_size(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte, yte) / n for n in sizes], Xte)


@misconception(
    "learning_curve",
    en="You take the square root of the error. The curve shows what err answers, as it is.",
    ko="오차에 제곱근을 씌웠습니다. 곡선에는 err의 답을 그대로 담습니다.",
)
def root_of_the_error(fit, err, Xtr, ytr, sizes, Xte, yte):
    return as_curve([err(fit(Xtr[:n], ytr[:n]), Xte, yte) ** 0.5 for n in sizes], Xte)


@misconception(
    "compose",
    en="You call the functions and throw their answers away: x comes out as it went in. Keep each answer and hand it to the next function.",
    ko="함수를 부르기만 하고 답은 버렸습니다. x가 들어간 그대로 나옵니다. 답을 받아 두었다가 다음 함수에 넘기세요.",
)
def answers_thrown_away(*fs):
    def composed(x):
        for f in fs:
            f(x)
        return x

    return composed


@misconception(
    "compose",
    en="The first function is applied twice: once before the loop, and once more in it.",
    ko="첫째 함수를 두 번 적용했습니다. 반복문 앞에서 한 번, 반복문 안에서 또 한 번입니다.",
)
def first_function_twice(*fs):
    def composed(x):
        value = fs[0](x) if fs else x
        for f in fs:
            value = f(value)
        return value

    return composed


@misconception(
    "f_of_x",
    en="You call the layers and throw their outputs away: what comes out is x, changed at most by layers that write into it. Hand each output to the next layer.",
    ko="층을 부르기만 하고 출력은 버렸습니다. 직접 값을 쓰는 층이 바꾼 것 말고는 x가 그대로 나옵니다. 출력을 다음 층에 넘기세요.",
)
def outputs_thrown_away(x, layers):
    h = x.clone()
    for layer in layers:
        layer(h)
    return h


@misconception(
    "f_of_x",
    en="You return x, not what comes out of the last layer.",
    ko="마지막 층에서 나온 값이 아니라 x를 돌려줍니다.",
)
def x_returned(x, layers):
    h = x.clone()
    for layer in layers:
        h = layer(h)
    return x


@misconception(
    "f_of_x",
    en="The first layer is applied twice: once before the loop, and once more in it.",
    ko="첫 층을 두 번 적용했습니다. 반복문 앞에서 한 번, 반복문 안에서 또 한 번입니다.",
)
def first_layer_twice(x, layers):
    h = layers[0](x.clone()) if layers else x.clone()
    for layer in layers:
        h = layer(h)
    return h


@misconception(
    "timeline",
    en="You keep the first event of each year only. Several things may happen in a year, and each has its place.",
    ko="해마다 첫 사건 하나만 남겼습니다. 한 해에도 여러 일이 있을 수 있고, 모두 제자리가 있습니다.",
)
def first_event_of_a_year(events, lo, hi):
    found = {}
    for year, name in events:
        if lo <= year <= hi:
            found.setdefault(year, name)
    return [found[year] for year in sorted(found)]


@misconception(
    "learn_f",
    en="You use gradient descent and stop before it has arrived. The least-squares problem has an exact solution; no iteration is needed.",
    ko="경사 하강법을 쓰다가 다 내려가기 전에 멈췄습니다. 최소제곱 문제에는 정확한 해가 있으므로 반복이 필요 없습니다.",
)
def descent_500_steps_of_a_hundredth(X, Y):
    w, b = torch.zeros_like(X[0]), Y.new_zeros(())
    for _ in range(500):
        error = X @ w + b - Y
        w, b = w - 0.01 * X.T @ error / len(Y), b - 0.01 * error.mean()
    return lambda X_new: X_new @ w + b


@misconception(
    "learn_f",
    en="You use gradient descent and stop before it has arrived. The least-squares problem has an exact solution; no iteration is needed.",
    ko="경사 하강법을 쓰다가 다 내려가기 전에 멈췄습니다. 최소제곱 문제에는 정확한 해가 있으므로 반복이 필요 없습니다.",
)
def descent_500_steps_of_two_hundredths(X, Y):
    w, b = torch.zeros_like(X[0]), Y.new_zeros(())
    for _ in range(500):
        error = X @ w + b - Y
        w, b = w - 0.02 * X.T @ error / len(Y), b - 0.02 * error.mean()
    return lambda X_new: X_new @ w + b


@misconception(
    "learn_f",
    en="You use gradient descent and stop before it has arrived. The least-squares problem has an exact solution; no iteration is needed.",
    ko="경사 하강법을 쓰다가 다 내려가기 전에 멈췄습니다. 최소제곱 문제에는 정확한 해가 있으므로 반복이 필요 없습니다.",
)
def descent_1000_steps_of_two_hundredths(X, Y):
    w, b = torch.zeros_like(X[0]), Y.new_zeros(())
    for _ in range(1000):
        error = X @ w + b - Y
        w, b = w - 0.02 * X.T @ error / len(Y), b - 0.02 * error.mean()
    return lambda X_new: X_new @ w + b


@misconception(
    "learn_f",
    en="You use gradient descent and stop before it has arrived. The least-squares problem has an exact solution; no iteration is needed.",
    ko="경사 하강법을 쓰다가 다 내려가기 전에 멈췄습니다. 최소제곱 문제에는 정확한 해가 있으므로 반복이 필요 없습니다.",
)
def descent_2000_steps_of_a_hundredth(X, Y):
    w, b = torch.zeros_like(X[0]), Y.new_zeros(())
    for _ in range(2000):
        error = X @ w + b - Y
        w, b = w - 0.01 * X.T @ error / len(Y), b - 0.01 * error.mean()
    return lambda X_new: X_new @ w + b


@misconception(
    "best_threshold",
    en="Of equally good rules you keep the last (and a value that occurs twice is a candidate of its own). Keep the first: replace it only by a better one.",
    ko="똑같이 좋은 규칙 가운데 마지막 것을 남겼습니다(두 번 나오는 값도 후보가 되었습니다). 첫 번째를 남기고, 더 나을 때만 바꾸세요.",
)
def last_of_equals_with_repeats(x, y):
    v = x.sort().values.tolist()
    candidates = [v[0] - 1, *((p + q) / 2 for p, q in itertools.pairwise(v)), v[-1] + 1]
    return search(x, y, candidates, better=lambda new, old: new <= old)


@misconception(
    "best_threshold",
    en="Your thresholds are the values of x, and in both directions the value itself gets the answer 1. The candidates are midpoints, and polarity -1 means x < t.",
    ko="임계값으로 x의 값을 썼고, 두 방향 모두 그 값 자신에 1이라고 답합니다. 후보는 중점이고, polarity가 -1이면 x < t입니다.",
)
def value_counts_on_both_sides(x, y):
    best = None
    for t in x.unique().tolist():
        for polarity in (1, -1):
            fires = x >= t if polarity == 1 else x <= t
            errors = int((fires.long() != y).sum())
            if best is None or errors < best[2]:
                best = (t, polarity, errors)
    return best


def penalised(X, Y, strength):
    A = with_ones(X)
    w = torch.linalg.solve(A.T @ A + strength * torch.eye(A.shape[1], dtype=X.dtype), A.T @ Y)
    return lambda X_new: with_ones(X_new) @ w


@misconception(
    "learn_f",
    en="A penalty of 1e-5 is added to make the matrix invertible. It changes every solution a little; the pseudo-inverse needs no help.",
    ko="역행렬을 구하려고 1e-5의 벌점을 더했습니다. 그러면 모든 해가 조금씩 달라집니다. 의사역행렬에는 그런 도움이 필요 없습니다.",
)
def penalty_of_a_hundred_thousandth(X, Y):
    return penalised(X, Y, 1e-5)


@misconception(
    "learn_f",
    en="A penalty of 1e-8 is added to make the matrix invertible. It changes every solution a little; the pseudo-inverse needs no help.",
    ko="역행렬을 구하려고 1e-8의 벌점을 더했습니다. 그러면 모든 해가 조금씩 달라집니다. 의사역행렬에는 그런 도움이 필요 없습니다.",
)
def penalty_of_a_hundred_millionth(X, Y):
    return penalised(X, Y, 1e-8)


@misconception(
    "best_threshold",
    en="The last midpoint is never tried: the loop over the neighbours ends one too early.",
    ko="마지막 중점을 시험하지 않았습니다. 이웃한 값을 도는 반복문이 하나 일찍 끝납니다.",
)
def last_midpoint_missing(x, y):
    c = candidates_of(x)
    return search(x, y, [*c[:-2], c[-1]] if len(c) > 2 else c)


@misconception(
    "best_threshold",
    en="The first midpoint is never tried: the loop over the neighbours begins one too late.",
    ko="첫 중점을 시험하지 않았습니다. 이웃한 값을 도는 반복문이 하나 늦게 시작합니다.",
)
def first_midpoint_missing(x, y):
    c = candidates_of(x)
    return search(x, y, [c[0], *c[2:]] if len(c) > 2 else c)


@misconception(
    "f_of_x",
    en="Every layer gets x itself: the outputs of the layers before are lost, and a layer that writes into what it gets changes x.",
    ko="모든 층에 x를 그대로 넣었습니다. 앞 층의 출력은 사라지고, 넘겨받은 것에 값을 쓰는 층은 x를 바꿔 버립니다.",
)
def every_layer_gets_x_itself(x, layers):
    result = x.clone()
    for layer in layers:
        result = layer(x)
    return result
