"""Lecture 7, detection and segmentation: wrong versions that students write, and what to tell them."""

import math

import torch
import torch.nn.functional as F

from autograder.authoring import misconception

# -- 1. iou, bbox_encode, bbox_decode --------------------------------------------------------------------------------


def pair_sides(a, b):
    """(M, K, 2) signed widths and heights of the common parts."""
    return torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])


def area(a):
    return (a[:, 2:] - a[:, :2]).prod(dim=1)


def ratio(common, union):
    return torch.where(union > 0, common / union, torch.zeros_like(union))


@misconception(
    "iou",
    en="You add 1 to widths and heights. That counts whole pixels; here the corners are points on a continuous scale, and the width is x2 - x1.",
    ko="너비와 높이에 1을 더했습니다. 그것은 픽셀의 개수를 세는 방식입니다. 여기서 꼭짓점은 연속 좌표의 점이므로 너비는 x2 - x1입니다.",
    evidence="E20",
)
def plus_one_everywhere(a, b):
    common = (pair_sides(a, b) + 1).clamp(min=0).prod(dim=2)
    areas = [(x[:, 2:] - x[:, :2] + 1).prod(dim=1) for x in (a, b)]
    return ratio(common, areas[0][:, None] + areas[1][None, :] - common)


@misconception(
    "iou",
    en="The sides of the common part are not cut off at 0. For boxes that are apart in x and in y, two negative sides give a positive area.",
    ko="공통 부분의 변을 0에서 자르지 않았습니다. x로도 y로도 떨어진 상자에서는 음수인 두 변을 곱해 넓이가 양수가 됩니다.",
    evidence="E20",
)
def sides_not_cut_off(a, b):
    common = pair_sides(a, b).prod(dim=2)
    return ratio(common, area(a)[:, None] + area(b)[None, :] - common)


@misconception(
    "iou",
    en="Your product of the sides is cut off at 0, but not the sides themselves: two negative sides still give a positive product.",
    ko="두 변을 곱한 값을 0에서 잘랐을 뿐 변 자체는 자르지 않았습니다. 음수인 두 변을 곱하면 여전히 양수입니다.",
    evidence="E20",
)
def only_product_cut_off(a, b):
    common = pair_sides(a, b).prod(dim=2).clamp(min=0)
    return ratio(common, area(a)[:, None] + area(b)[None, :] - common)


@misconception(
    "iou",
    en="Your union is the sum of both areas. The common part is in both of them and must be subtracted once.",
    ko="합집합을 두 넓이의 합으로 구했습니다. 공통 부분이 두 번 들어 있으므로 한 번 빼야 합니다.",
    evidence="E20",
)
def common_part_counted_twice(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return ratio(common, area(a)[:, None] + area(b)[None, :] + torch.zeros_like(common))


@misconception(
    "iou",
    en="You divide by the smaller of the two areas. That gives 1 for any nested box, however small it is; divide by the union.",
    ko="두 넓이 중 작은 쪽으로 나누었습니다. 그러면 아무리 작아도 안에 들어 있는 상자는 1이 됩니다. 합집합으로 나누세요.",
    evidence="E20",
)
def divided_by_smaller_area(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return ratio(common, torch.minimum(area(a)[:, None], area(b)[None, :]))


@misconception(
    "iou",
    en="Two boxes without area give 0 / 0, which is NaN. Where the union has no area, the IoU is 0.",
    ko="넓이가 없는 두 상자에서 0 / 0, 곧 NaN이 나옵니다. 합집합에 넓이가 없으면 IoU는 0입니다.",
    evidence="E20",
)
def nan_without_area(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return common / (area(a)[:, None] + area(b)[None, :] - common)


@misconception(
    "iou",
    en="You read the last two numbers of a box as its width and height. They are the right and the lower edge.",
    ko="상자의 마지막 두 수를 너비와 높이로 읽었습니다. 오른쪽 변과 아래쪽 변의 좌표입니다.",
)
def corners_read_as_sizes(a, b):
    a, b = (torch.cat([x[:, :2], x[:, :2] + x[:, 2:]], dim=1) for x in (a, b))
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return ratio(common, area(a)[:, None] + area(b)[None, :] - common)


@misconception(
    "iou",
    en="Your union is the area of the box around both. It contains corners that belong to neither.",
    ko="합집합 대신 두 상자를 모두 감싸는 상자의 넓이를 썼습니다. 거기에는 어느 쪽에도 속하지 않는 귀퉁이가 들어 있습니다.",
)
def hull_as_union(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    hull = torch.maximum(a[:, None, 2:], b[None, :, 2:]) - torch.minimum(a[:, None, :2], b[None, :, :2])
    return ratio(common, hull.prod(dim=2))


def centre_size(box):
    return (box[:, :2] + box[:, 2:]) / 2, box[:, 2:] - box[:, :2]


@misconception(
    "bbox_encode",
    en="The logarithm of the sizes is missing: you return w / wa. Equal sizes must give 0, not 1.",
    ko="크기에 로그를 씌우지 않고 w / wa를 돌려주었습니다. 크기가 같으면 1이 아니라 0이 나와야 합니다.",
)
def sizes_without_log(anchor, gt):
    (ca, sa), (c, s) = centre_size(anchor), centre_size(gt)
    return torch.cat([(c - ca) / sa, s / sa], dim=1)


@misconception(
    "bbox_encode",
    en="You measure from corner to corner. tx and ty go from centre to centre.",
    ko="꼭짓점에서 꼭짓점까지를 쟀습니다. tx와 ty는 중심에서 중심까지입니다.",
)
def corners_instead_of_centres(anchor, gt):
    (_, sa), (_, s) = centre_size(anchor), centre_size(gt)
    return torch.cat([(gt[:, :2] - anchor[:, :2]) / sa, (s / sa).log()], dim=1)


@misconception(
    "bbox_encode",
    en="The shifts are in pixels. Divide them by the anchor's width and height, so that small and large objects weigh the same.",
    ko="이동량이 픽셀 단위입니다. 앵커의 너비와 높이로 나누어야 작은 물체와 큰 물체가 똑같이 다루어집니다.",
)
def shift_in_pixels(anchor, gt):
    (ca, sa), (c, s) = centre_size(anchor), centre_size(gt)
    return torch.cat([c - ca, (s / sa).log()], dim=1)


@misconception(
    "bbox_encode",
    en="You divide the shifts by the size of the true box. When decoding, that size is not yet known; the unit is the anchor.",
    ko="이동량을 정답 상자의 크기로 나누었습니다. 복호화할 때는 그 크기를 아직 모릅니다. 단위는 앵커의 크기입니다.",
)
def true_size_as_unit(anchor, gt):
    (ca, sa), (c, s) = centre_size(anchor), centre_size(gt)
    return torch.cat([(c - ca) / s, (s / sa).log()], dim=1)


@misconception(
    "bbox_encode",
    en="Anchor and true box are exchanged: the code says how to get from the anchor to the true box.",
    ko="앵커와 정답 상자가 뒤바뀌었습니다. 부호는 앵커에서 정답 상자로 가는 방법을 나타냅니다.",
)
def anchor_and_truth_exchanged(anchor, gt):
    (ca, sa), (c, s) = centre_size(anchor), centre_size(gt)
    return torch.cat([(ca - c) / s, (sa / s).log()], dim=1)


@misconception(
    "bbox_encode",
    en="You use a logarithm to base 2. The code is defined with the natural one, and exp undoes it.",
    ko="밑이 2인 로그를 썼습니다. 여기서는 자연로그를 쓰며, exp가 그 역입니다.",
)
def log_to_base_two(anchor, gt):
    (ca, sa), (c, s) = centre_size(anchor), centre_size(gt)
    return torch.cat([(c - ca) / sa, (s / sa).log2()], dim=1)


@misconception(
    "bbox_decode",
    en="You multiply the sizes by tw and th. They are logarithms: take exp first.",
    ko="크기에 tw와 th를 그대로 곱했습니다. 이 값들은 로그이므로 먼저 exp를 취해야 합니다.",
)
def sizes_without_exp(anchor, t):
    c, s = centre_size(anchor)
    c, s = c + t[:, :2] * s, s * t[:, 2:]
    return torch.cat([c - s / 2, c + s / 2], dim=1)


@misconception(
    "bbox_decode",
    en="You return centre and size. Boxes are given by their corners.",
    ko="중심과 크기를 돌려주었습니다. 상자는 꼭짓점으로 나타냅니다.",
)
def centre_and_size_returned(anchor, t):
    c, s = centre_size(anchor)
    return torch.cat([c + t[:, :2] * s, s * t[:, 2:].exp()], dim=1)


@misconception(
    "bbox_decode",
    en="Your corners lie a whole width away from the centre, so the box is twice as large in each direction. It is half a width to each side.",
    ko="꼭짓점이 중심에서 너비만큼 떨어져 있어 상자가 가로세로 두 배가 되었습니다. 중심에서 양쪽으로 너비의 절반씩입니다.",
)
def whole_width_to_each_side(anchor, t):
    c, s = centre_size(anchor)
    c, s = c + t[:, :2] * s, s * t[:, 2:].exp()
    return torch.cat([c - s, c + s], dim=1)


@misconception(
    "bbox_decode",
    en="You add tx and ty as pixels. They are in units of the anchor's width and height.",
    ko="tx와 ty를 픽셀처럼 더했습니다. 이 값들의 단위는 앵커의 너비와 높이입니다.",
)
def shift_added_in_pixels(anchor, t):
    c, s = centre_size(anchor)
    c, s = c + t[:, :2], s * t[:, 2:].exp()
    return torch.cat([c - s / 2, c + s / 2], dim=1)


@misconception(
    "bbox_decode",
    en="You move the upper left corner and let the box grow from there. The shift belongs to the centre.",
    ko="왼쪽 위 꼭짓점을 옮기고 거기서부터 상자를 키웠습니다. 이동량은 중심에 대한 것입니다.",
)
def corner_moved(anchor, t):
    _, s = centre_size(anchor)
    corner = anchor[:, :2] + t[:, :2] * s
    return torch.cat([corner, corner + s * t[:, 2:].exp()], dim=1)


@misconception(
    "bbox_decode",
    en="You scale the shift with the new size of the box. It was measured with the size of the anchor.",
    ko="이동량에 상자의 새 크기를 곱했습니다. 이동량은 앵커의 크기로 잰 것입니다.",
)
def shift_scaled_by_new_size(anchor, t):
    c, s = centre_size(anchor)
    s = s * t[:, 2:].exp()
    c = c + t[:, :2] * s
    return torch.cat([c - s / 2, c + s / 2], dim=1)


@misconception(
    "iou",
    en="You add a small epsilon to the union. For small boxes that changes the result; where the union has no area, return 0 instead.",
    ko="합집합에 작은 엡실론을 더했습니다. 작은 상자에서는 결과가 달라집니다. 합집합에 넓이가 없을 때만 따로 0으로 두세요.",
)
def epsilon_in_the_union(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return common / (area(a)[:, None] + area(b)[None, :] - common + 1e-6)


@misconception(
    "iou",
    en="You divide by the larger of the two areas. Divide by the union, which holds both.",
    ko="두 넓이 중 큰 쪽으로 나누었습니다. 두 상자를 모두 담은 합집합으로 나누세요.",
)
def divided_by_larger_area(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return ratio(common, torch.maximum(area(a)[:, None], area(b)[None, :]))


@misconception(
    "iou",
    en="You divide by the area of the first box alone. Divide by the union of both.",
    ko="첫째 상자의 넓이로만 나누었습니다. 두 상자의 합집합으로 나누세요.",
)
def divided_by_first_area(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return ratio(common, area(a)[:, None].expand_as(common))


@misconception(
    "iou",
    en="You divide by the area of the second box alone. Divide by the union of both.",
    ko="둘째 상자의 넓이로만 나누었습니다. 두 상자의 합집합으로 나누세요.",
)
def divided_by_second_area(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return ratio(common, area(b)[None, :].expand_as(common))


@misconception(
    "bbox_encode",
    en="You use a logarithm to base 10. The code is defined with the natural one, and exp undoes it.",
    ko="상용로그를 썼습니다. 여기서는 자연로그를 쓰며, exp가 그 역입니다.",
)
def log_to_base_ten(anchor, gt):
    (ca, sa), (c, s) = centre_size(anchor), centre_size(gt)
    return torch.cat([(c - ca) / sa, (s / sa).log10()], dim=1)


@misconception(
    "bbox_encode",
    en="Your sizes are coded as (w - wa) / wa, the relative change. The code is the logarithm of w / wa.",
    ko="크기를 상대적인 변화량 (w - wa) / wa로 나타냈습니다. 부호는 w / wa의 로그입니다.",
)
def relative_change_of_size(anchor, gt):
    (ca, sa), (c, s) = centre_size(anchor), centre_size(gt)
    return torch.cat([(c - ca) / sa, (s - sa) / sa], dim=1)


@misconception(
    "bbox_decode",
    en="You multiply the sizes by 1 + tw. tw and th are logarithms: take exp, of which this is only the beginning of the series.",
    ko="크기에 1 + tw를 곱했습니다. tw와 th는 로그이므로 exp를 취해야 하며, 1 + tw는 그 급수의 앞부분일 뿐입니다.",
)
def one_plus_instead_of_exp(anchor, t):
    c, s = centre_size(anchor)
    c, s = c + t[:, :2] * s, s * (1 + t[:, 2:])
    return torch.cat([c - s / 2, c + s / 2], dim=1)


@misconception(
    "bbox_decode",
    en="You raise 2 to the power tw. The code holds natural logarithms, which exp undoes.",
    ko="2의 tw제곱을 썼습니다. 부호는 자연로그이므로 exp가 그 역입니다.",
)
def power_of_two(anchor, t):
    c, s = centre_size(anchor)
    c, s = c + t[:, :2] * s, s * 2 ** t[:, 2:]
    return torch.cat([c - s / 2, c + s / 2], dim=1)


# -- 2. rpn_anchors, rpn_labels --------------------------------------------------------------------------------------


def place(h, w, stride, shapes, *, offset=0.5, exchanged=False, half=2.0):
    """Anchors with the given (width, height) pairs."""
    shapes = torch.tensor(shapes, dtype=torch.float64) / half
    y, x = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
    cells = torch.stack([y, x] if exchanged else [x, y], dim=-1).reshape(-1, 1, 2).double()
    centre = (cells + offset) * stride
    return torch.cat([centre - shapes, centre + shapes], dim=2).reshape(-1, 4)


def shapes_of(scales, ratios):
    return [(s / r**0.5, s * r**0.5) for s in scales for r in ratios]


@misconception(
    "rpn_anchors",
    en="Your ratio is width / height. Here it is height / width: a ratio of 2 is a tall box.",
    ko="ratio를 너비 / 높이로 썼습니다. 여기서는 높이 / 너비이므로 ratio가 2이면 키가 큰 상자입니다.",
)
def ratio_upside_down(h, w, stride, scales, ratios):
    return place(h, w, stride, [(s * r**0.5, s / r**0.5) for s in scales for r in ratios])


@misconception(
    "rpn_anchors",
    en="You keep the width and multiply the height by the ratio, so the area changes. The area is s^2 for every ratio: both sides must change.",
    ko="너비는 두고 높이에만 ratio를 곱해서 넓이가 달라졌습니다. 넓이는 어떤 ratio에서도 s^2이어야 하므로 두 변이 모두 바뀌어야 합니다.",
)
def area_not_kept(h, w, stride, scales, ratios):
    return place(h, w, stride, [(s, s * r) for s in scales for r in ratios])


@misconception(
    "rpn_anchors",
    en="The root is missing: with s / r and s * r the area is right, but height / width is r^2.",
    ko="제곱근이 빠졌습니다. s / r와 s * r이면 넓이는 맞지만 높이 / 너비가 r^2이 됩니다.",
)
def ratio_squared(h, w, stride, scales, ratios):
    return place(h, w, stride, [(s / r, s * r) for s in scales for r in ratios])


@misconception(
    "rpn_anchors",
    en="x and y of the centres are exchanged: x grows with the column, y with the row. On a square map only the order looks wrong.",
    ko="중심의 x와 y가 뒤바뀌었습니다. x는 열을, y는 행을 따라 커집니다. 정사각형 맵에서는 순서만 달라 보입니다.",
)
def x_and_y_exchanged(h, w, stride, scales, ratios):
    return place(h, w, stride, shapes_of(scales, ratios), exchanged=True)


@misconception(
    "rpn_anchors",
    en="Your anchors sit on the upper left corners of the cells. The centre of cell j is at (j + 0.5) * stride.",
    ko="앵커가 칸의 왼쪽 위 모서리에 놓였습니다. j번 칸의 중심은 (j + 0.5) * stride입니다.",
)
def corner_of_the_cell(h, w, stride, scales, ratios):
    return place(h, w, stride, shapes_of(scales, ratios), offset=0.0)


@misconception(
    "rpn_anchors",
    en="Scales and ratios are in the wrong order: for each scale all ratios follow one another.",
    ko="scale과 ratio의 순서가 바뀌었습니다. scale 하나마다 모든 ratio가 차례로 와야 합니다.",
)
def ratios_slower_than_scales(h, w, stride, scales, ratios):
    return place(h, w, stride, [(s / r**0.5, s * r**0.5) for r in ratios for s in scales])


@misconception(
    "rpn_anchors",
    en="You multiply the scales by the stride. They are already lengths in image pixels.",
    ko="scale에 stride를 곱했습니다. scale은 이미 이미지 픽셀로 잰 길이입니다.",
)
def scales_in_cells(h, w, stride, scales, ratios):
    return place(h, w, stride, [(a * stride, b * stride) for a, b in shapes_of(scales, ratios)])


@misconception(
    "rpn_anchors",
    en="Your boxes reach a whole width to each side of the centre. It is half a width to the left and half to the right.",
    ko="상자가 중심에서 양쪽으로 너비만큼 뻗어 있습니다. 왼쪽으로 절반, 오른쪽으로 절반이어야 합니다.",
)
def twice_as_large(h, w, stride, scales, ratios):
    return place(h, w, stride, shapes_of(scales, ratios), half=1.0)


@misconception(
    "rpn_anchors",
    en="You go through the map column by column. The order is rows first: cell (0, 0), (0, 1), ...",
    ko="맵을 열 순서로 훑었습니다. 행이 먼저입니다. 칸 (0, 0), (0, 1), ... 순서입니다.",
)
def columns_first(h, w, stride, scales, ratios):
    per_cell = len(scales) * len(ratios)
    boxes = place(h, w, stride, shapes_of(scales, ratios)).reshape(h, w, per_cell, 4)
    return boxes.transpose(0, 1).reshape(-1, 4)


def labelled(anchors, gt, positive, ignored, forced=None):
    """Labels from the rules: positive(best), ignored(best) and forced(overlap) give masks."""
    labels = torch.zeros(len(anchors), dtype=torch.int64, device=anchors.device)
    if len(gt) == 0:
        return labels
    overlap = iou(anchors, gt)
    best = overlap.amax(dim=1)
    labels[ignored(best)] = -1
    labels[positive(best)] = 1
    if forced is not None:
        labels[forced(overlap)] = 1
    return labels


def best_of_each(overlap):
    top = overlap.amax(dim=0)
    return ((overlap == top) & (top > 0)).any(dim=1)


@misconception(
    "rpn_labels",
    en="Anchors between the two thresholds are background for you. They are neither: label -1 keeps them out of the loss.",
    ko="두 문턱 사이의 앵커를 배경으로 쳤습니다. 어느 쪽도 아니므로 -1을 주어 손실에서 빼야 합니다.",
)
def nothing_ignored(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b < -1, best_of_each)


@misconception(
    "rpn_labels",
    en="Only the thresholds decide. A true box without an anchor above hi then teaches nothing: its best anchor must get 1, too.",
    ko="문턱만 보고 정했습니다. 그러면 hi를 넘는 앵커가 없는 정답 상자는 아무것도 가르치지 못합니다. 그 상자에 가장 잘 맞는 앵커도 1이 되어야 합니다.",
)
def best_anchor_not_forced(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b >= lo)


@misconception(
    "rpn_labels",
    en="Background and ignored are exchanged: 0 is background (below lo), -1 is ignored (in between).",
    ko="배경과 무시가 뒤바뀌었습니다. lo 미만은 배경 0이고, 그 사이는 무시 -1입니다.",
)
def background_and_ignored_exchanged(anchors, gt, hi, lo):
    labels = rpn_labels_right(anchors, gt, hi, lo)
    return torch.where(labels == 1, labels, -1 - labels)


def rpn_labels_right(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b >= lo, best_of_each)


@misconception(
    "rpn_labels",
    en="A true box that no anchor touches has the highest IoU 0, and you give 1 to all anchors that reach it: to every one that touches nothing. Leave such a box out.",
    ko="어느 앵커와도 닿지 않는 정답 상자는 가장 높은 IoU가 0인데, 그 0에 이르는 모든 앵커에 1을 주었습니다. 그런 상자는 건너뛰어야 합니다.",
)
def zero_overlap_forced(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b >= lo, lambda o: (o == o.amax(dim=0)).any(dim=1))


@misconception(
    "rpn_labels",
    en="Of several anchors with the same highest IoU only the first one gets 1. All of them match equally well, so all of them get it.",
    ko="가장 높은 IoU가 같은 앵커가 여럿일 때 첫째만 1로 만들었습니다. 모두 똑같이 잘 맞으므로 모두 1이어야 합니다.",
)
def first_of_ties_only(anchors, gt, hi, lo):
    def first(overlap):
        chosen = torch.zeros(len(overlap), dtype=torch.bool)
        top = overlap.amax(dim=0)
        chosen[overlap.argmax(dim=0)[top > 0]] = True
        return chosen

    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b >= lo, first)


@misconception(
    "rpn_labels",
    en="An IoU of exactly hi is not yet a match for you. The rule is: hi or more.",
    ko="IoU가 정확히 hi인 앵커를 물체로 치지 않았습니다. 규칙은 hi '이상'입니다.",
)
def exactly_hi_is_no_match(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b > hi, lambda b: b >= lo, best_of_each)


@misconception(
    "rpn_labels",
    en="An IoU of exactly lo is background for you. The rule is: less than lo.",
    ko="IoU가 정확히 lo인 앵커를 배경으로 쳤습니다. 규칙은 lo '미만'입니다.",
)
def exactly_lo_is_background(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b > lo, best_of_each)


@misconception(
    "rpn_labels",
    en="The forced matches are overwritten: you set the background after them. Thresholds first, the best anchors last.",
    ko="강제로 준 1이 덮어써졌습니다. 배경을 나중에 정했기 때문입니다. 문턱이 먼저, 가장 잘 맞는 앵커가 나중입니다.",
)
def forced_matches_overwritten(anchors, gt, hi, lo):
    labels = rpn_labels_right(anchors, gt, hi, lo)
    if len(gt):
        labels[iou(anchors, gt).amax(dim=1) < lo] = 0
    return labels


@misconception(
    "rpn_labels",
    en="Without true boxes you ignore all anchors. An image without objects is all background: 0.",
    ko="정답 상자가 없을 때 모든 앵커를 무시했습니다. 물체가 없는 이미지는 모두 배경이므로 0입니다.",
)
def empty_image_ignored(anchors, gt, hi, lo):
    labels = rpn_labels_right(anchors, gt, hi, lo)
    return labels if len(gt) else labels - 1


@misconception(
    "rpn_labels",
    en="You force the best anchor of the whole image only. Every true box has a best anchor of its own.",
    ko="이미지 전체에서 가장 잘 맞는 앵커 하나만 1로 만들었습니다. 정답 상자마다 가장 잘 맞는 앵커가 따로 있습니다.",
)
def one_best_for_all(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b >= lo, lambda o: ((o == o.max()) & (o > 0)).any(dim=1))


@misconception(
    "rpn_anchors",
    en="You add half a pixel and not half a cell: the centre of cell j is at (j + 0.5) * stride.",
    ko="칸의 절반이 아니라 픽셀의 절반을 더했습니다. j번 칸의 중심은 (j + 0.5) * stride입니다.",
)
def half_a_pixel_added(h, w, stride, scales, ratios):
    return place(h, w, stride, shapes_of(scales, ratios), offset=0.5 / stride)


@misconception(
    "rpn_anchors",
    en="Your anchors sit on the lower right corners of the cells. The centre of cell j is at (j + 0.5) * stride.",
    ko="앵커가 칸의 오른쪽 아래 모서리에 놓였습니다. j번 칸의 중심은 (j + 0.5) * stride입니다.",
)
def far_corner_of_the_cell(h, w, stride, scales, ratios):
    return place(h, w, stride, shapes_of(scales, ratios), offset=1.0)


@misconception(
    "rpn_anchors",
    en="You return centre and size. Boxes are given by their corners.",
    ko="중심과 크기를 돌려주었습니다. 상자는 꼭짓점으로 나타냅니다.",
)
def centres_and_sizes(h, w, stride, scales, ratios):
    return torch.cat(centre_size(place(h, w, stride, shapes_of(scales, ratios))), dim=1)


@misconception(
    "rpn_anchors",
    en="You cut the anchors off at the border of the image. Nothing is clipped: an anchor may reach beyond it.",
    ko="앵커를 이미지의 경계에서 잘랐습니다. 아무것도 자르지 않습니다. 앵커는 이미지 밖으로 나가도 됩니다.",
)
def anchors_clipped(h, w, stride, scales, ratios):
    boxes = place(h, w, stride, shapes_of(scales, ratios))
    x, y = boxes[:, 0::2].clamp(0, w * stride), boxes[:, 1::2].clamp(0, h * stride)
    return torch.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], dim=1)


@misconception(
    "rpn_anchors",
    en="You keep the height and divide the width by the ratio, so the area changes. The area is s^2 for every ratio: both sides must change.",
    ko="높이는 두고 너비만 ratio로 나누어서 넓이가 달라졌습니다. 넓이는 어떤 ratio에서도 s^2이어야 하므로 두 변이 모두 바뀌어야 합니다.",
)
def height_kept(h, w, stride, scales, ratios):
    return place(h, w, stride, [(s / r, s) for s in scales for r in ratios])


@misconception(
    "rpn_anchors",
    en="You take the scale for the area. It is the side of a square of this area: the area is s^2.",
    ko="scale을 넓이로 썼습니다. scale은 그 넓이를 가진 정사각형의 변이므로 넓이는 s^2입니다.",
)
def scale_taken_for_area(h, w, stride, scales, ratios):
    return place(h, w, stride, [((s / r) ** 0.5, (s * r) ** 0.5) for s in scales for r in ratios])


@misconception(
    "rpn_labels",
    en="Background and ignored are exchanged: 0 is background (below lo), -1 is ignored (in between).",
    ko="배경과 무시가 뒤바뀌었습니다. lo 미만은 배경 0이고, 그 사이는 무시 -1입니다.",
)
def ignored_and_background_exchanged(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b < lo, best_of_each)


@misconception(
    "rpn_labels",
    en="You take the mean IoU over the true boxes. One object that the anchor matches is enough: take the best.",
    ko="정답 상자들에 대한 IoU의 평균을 썼습니다. 앵커는 한 물체에만 잘 맞으면 되므로 최댓값을 써야 합니다.",
)
def mean_over_the_true_boxes(anchors, gt, hi, lo):
    labels = torch.zeros(len(anchors), dtype=torch.int64, device=anchors.device)
    if len(gt):
        mean = iou(anchors, gt).mean(dim=1)
        labels[mean >= lo] = -1
        labels[(mean >= hi) | best_of_each(iou(anchors, gt))] = 1
    return labels


# -- 3. roi_pool -----------------------------------------------------------------------------------------------------


def pool_regions(features, rois, P, scale, *, edges=None, reduce=None, extra=1, round_=None, swap=False, clip=True):
    """roi_pool with some of its parts replaced. edges(i, size, P): where bin i begins and ends inside of the region."""
    edges = edges or (lambda i, size, P: (i * size // P, -(-(i + 1) * size // P)))
    reduce = reduce or (lambda window: window.amax(dim=(1, 2)))
    round_ = round_ or (lambda v: math.floor(v + 0.5))
    C, H, W = features.shape
    out = features.new_zeros(len(rois), C, P, P)
    for r, roi in enumerate(rois.tolist()):
        x1, y1, x2, y2 = (round_(v * scale) for v in roi)
        if swap:
            x1, y1, x2, y2 = y1, x1, y2, x2
        h, w = y2 - y1 + extra, x2 - x1 + extra
        for i in range(P):
            for j in range(P):
                top, bottom = (y1 + e for e in edges(i, h, P))
                left, right = (x1 + e for e in edges(j, w, P))
                if clip:
                    top, bottom = (min(max(edge, 0), H) for edge in (top, bottom))
                    left, right = (min(max(edge, 0), W) for edge in (left, right))
                window = features[:, top:bottom, left:right]
                if window.numel():
                    out[r, :, i, j] = reduce(window)
    return out


@misconception(
    "roi_pool",
    en="x and y are exchanged: x1 and x2 are columns, the last axis of the map.",
    ko="x와 y가 뒤바뀌었습니다. x1과 x2는 열이며, 특징 맵의 마지막 축입니다.",
    evidence="E25",
)
def roi_x_and_y_exchanged(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, swap=True)


@misconception(
    "roi_pool",
    en="Your bins have the whole-number size h // P. The remaining rows and columns of the region are never seen.",
    ko="구간의 크기를 정수 h // P로 정했습니다. 영역의 나머지 행과 열은 한 번도 보지 않게 됩니다.",
    evidence="E25",
)
def whole_number_bins(features, rois, P, scale):
    def edges(i, size, P):
        step = max(size // P, 1)
        return i * step, (i + 1) * step

    return pool_regions(features, rois, P, scale, edges=edges)


@misconception(
    "roi_pool",
    en="Your bins end at a floor. They must end at a ceiling; otherwise small regions have empty bins and some cells are seen less than they should.",
    ko="구간의 끝을 내림으로 정했습니다. 올림이어야 합니다. 그렇지 않으면 작은 영역에 빈 구간이 생기고 보아야 할 칸을 놓칩니다.",
    evidence="E25",
)
def bins_end_at_a_floor(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, edges=lambda i, size, P: (i * size // P, (i + 1) * size // P))


@misconception(
    "roi_pool",
    en="scale is not used: you look for image pixels on the feature map.",
    ko="scale을 쓰지 않았습니다. 이미지 픽셀 좌표를 특징 맵에서 그대로 찾고 있습니다.",
    evidence="E25",
)
def scale_forgotten(features, rois, P, scale):
    return pool_regions(features, rois, P, 1.0)


@misconception(
    "roi_pool",
    en="You divide by scale. It is cells per pixel, a number like 1/16, so coordinates are multiplied by it.",
    ko="scale로 나누었습니다. scale은 1/16처럼 픽셀당 칸 수이므로 좌표에 곱해야 합니다.",
    evidence="E25",
)
def scale_upside_down(features, rois, P, scale):
    return pool_regions(features, rois, P, 1.0 / scale)


@misconception(
    "roi_pool",
    en="You average the bins. ROI pooling keeps the maximum of each.",
    ko="구간의 평균을 구했습니다. ROI 풀링은 구간마다 최댓값을 남깁니다.",
    evidence="E25",
)
def averages_instead_of_maxima(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, reduce=lambda window: window.mean(dim=(1, 2)))


@misconception(
    "roi_pool",
    en="Your bins begin at the corner of the map. They belong to the region: add y1 and x1.",
    ko="구간이 특징 맵의 모서리에서 시작합니다. 영역의 구간이므로 y1과 x1을 더해야 합니다.",
    evidence="E25",
)
def offset_forgotten(features, rois, P, scale):
    shift = (rois * scale + 0.5).floor()
    return pool_regions(features, shift - shift[:, [0, 1, 0, 1]], P, 1.0)


@misconception(
    "roi_pool",
    en="The last row and column of the region are missing. Both end cells belong to it: h = y2 - y1 + 1.",
    ko="영역의 마지막 행과 열이 빠졌습니다. 양 끝 칸이 모두 들어가므로 h = y2 - y1 + 1입니다.",
    evidence="E25",
)
def last_cell_missing(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, extra=0)


@misconception(
    "roi_pool",
    en="You cut coordinates down to whole cells. They are rounded to the nearest one: floor(v * scale + 0.5).",
    ko="좌표의 소수 부분을 버렸습니다. 가장 가까운 칸으로 반올림합니다. floor(v * scale + 0.5)입니다.",
    evidence="E25",
)
def coordinates_cut_down(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, round_=math.floor)


@misconception(
    "roi_pool",
    en="Your maximum begins at 0, so a bin whose values are all negative becomes 0. Only bins without any cell are 0.",
    ko="최댓값을 0에서 시작해서, 값이 모두 음수인 구간이 0이 되었습니다. 0은 칸이 하나도 없는 구간에만 씁니다.",
)
def maximum_begins_at_zero(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, reduce=lambda window: window.amax(dim=(1, 2)).clamp(min=0))


@misconception(
    "roi_pool",
    en="Bins are not cut off at the border. A negative start is read by Python as an index from the end, so cells from the other side slip in or the bin is empty.",
    ko="구간을 경계에서 자르지 않았습니다. 시작이 음수이면 파이썬은 뒤에서부터 센 인덱스로 읽으므로, 반대쪽 칸이 들어오거나 구간이 비게 됩니다.",
)
def negative_indices(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, clip=False)


@misconception(
    "roi_pool",
    en="You cut the region off at the border before you divide it into bins. Then the bins become smaller; divide the whole region first.",
    ko="영역을 경계에서 먼저 자르고 나서 구간을 나누었습니다. 그러면 구간이 작아집니다. 영역 전체를 먼저 나누세요.",
)
def region_cut_before_dividing(features, rois, P, scale):
    _, H, W = features.shape
    cells = (rois * scale + 0.5).floor()
    limit = cells.new_tensor([W - 1, H - 1, W - 1, H - 1])
    return pool_regions(features, torch.minimum(cells.clamp(min=0), limit), P, 1.0)


@misconception(
    "roi_pool",
    en="You round with Python's round, which takes halves to the even number: 2.5 becomes 2. Here it is floor(v * scale + 0.5).",
    ko="파이썬의 round로 반올림했습니다. round는 .5를 짝수 쪽으로 보내서 2.5가 2가 됩니다. 여기서는 floor(v * scale + 0.5)입니다.",
)
def halves_to_even(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, round_=round)


@misconception(
    "roi_pool",
    en="You round coordinates up. They are rounded to the nearest cell: floor(v * scale + 0.5).",
    ko="좌표를 올림했습니다. 가장 가까운 칸으로 반올림합니다. floor(v * scale + 0.5)입니다.",
)
def coordinates_rounded_up(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, round_=math.ceil)


@misconception(
    "roi_pool",
    en="The last row and column of a region are missing: it is y2 - y1 cells high with you, and one cell at least. Both end cells belong to it: h = y2 - y1 + 1.",
    ko="영역의 마지막 행과 열이 빠졌습니다. 높이를 y2 - y1칸(적어도 한 칸)으로 두었습니다. 양 끝 칸이 모두 들어가므로 h = y2 - y1 + 1입니다.",
)
def last_cell_missing_but_one(features, rois, P, scale):
    cells = (rois * scale + 0.5).floor()
    return pool_regions(
        features, torch.cat([cells[:, :2], torch.maximum(cells[:, 2:] - 1, cells[:, :2])], dim=1), P, 1.0
    )


@misconception(
    "roi_pool",
    en="Your bins end at a floor, and hold one cell at least. They end at a ceiling, so that neighbouring bins may share a cell.",
    ko="구간의 끝을 내림으로 정하고 적어도 한 칸을 두었습니다. 끝은 올림이므로 이웃한 구간이 칸을 함께 쓸 수 있습니다.",
)
def bins_without_overlap(features, rois, P, scale):
    def edges(i, size, P):
        return i * size // P, max((i + 1) * size // P, i * size // P + 1)

    return pool_regions(features, rois, P, scale, edges=edges)


@misconception(
    "roi_pool",
    en="The regions stand on the second axis of your result. It is (R, C, P, P): one region after the other.",
    ko="결과의 둘째 축에 영역이 놓였습니다. 영역을 차례로 놓은 (R, C, P, P)여야 합니다.",
)
def regions_on_the_second_axis(features, rois, P, scale):
    return pool_regions(features, rois, P, scale).transpose(0, 1)


# -- 4. fcn_head, pixel_ce -------------------------------------------------------------------------------------------


def scores_of(features, W):
    return torch.einsum("kc,nchw->nkhw", W, features)


def enlarge(scores, up, **changes):
    s, mode = up
    if mode == "nearest":
        return F.interpolate(scores, scale_factor=s, mode="nearest")
    return F.interpolate(scores, scale_factor=s, mode="bilinear", **{"align_corners": False, **changes})


@misconception(
    "fcn_head",
    en="You up-sample with align_corners=True: the outermost cells lie on the outermost pixels. Here the values stand at the centres of cells.",
    ko="align_corners=True 방식으로 키웠습니다. 맨 바깥 칸이 맨 바깥 픽셀 위에 놓이는 방식입니다. 여기서는 값이 칸의 중심에 있습니다.",
)
def corners_aligned(features, W, up):
    return (
        enlarge(scores_of(features, W), up, align_corners=True)
        if up[1] == "bilinear"
        else enlarge(scores_of(features, W), up)
    )


def mix_matrix(n, s, like, place):
    """(s * n, n) weights of a linear interpolation at place(i), without a cut at the ends."""
    u = place(torch.arange(s * n, dtype=like.dtype))
    low = u.floor().clamp(0, max(n - 2, 0))
    cells = torch.arange(n, dtype=like.dtype)
    if n == 1:
        return torch.ones(s, 1, dtype=like.dtype)
    weight = u - low
    return (1 - weight)[:, None] * (cells == low[:, None]) + weight[:, None] * (cells == low[:, None] + 1)


def enlarge_by_matrices(scores, s, place):
    rows, columns = (mix_matrix(n, s, scores, lambda i, n=n: place(i, n)) for n in scores.shape[2:])
    return rows @ scores @ columns.T


@misconception(
    "fcn_head",
    en="The half pixels are missing: you place pixel i at i / s. Its centre lies at (i + 0.5) / s - 0.5, seen from the centre of the first cell.",
    ko="반 픽셀을 빠뜨리고 픽셀 i를 i / s에 놓았습니다. 첫 칸의 중심에서 보면 픽셀의 중심은 (i + 0.5) / s - 0.5에 있습니다.",
)
def half_pixels_missing(features, W, up):
    scores = scores_of(features, W)
    if up[1] == "nearest":
        return enlarge(scores, up)
    return enlarge_by_matrices(scores, up[0], lambda i, n: (i / up[0]).clamp(0, n - 1))


@misconception(
    "fcn_head",
    en="Beyond the outermost centres you extrapolate. The place is cut off to [0, h - 1], so the border repeats the outermost cell.",
    ko="가장 바깥 중심보다 더 바깥에서 외삽했습니다. 자리를 [0, h - 1]로 자르므로 가장자리는 맨 바깥 칸의 값을 그대로 씁니다.",
)
def border_extrapolated(features, W, up):
    scores = scores_of(features, W)
    if up[1] == "nearest":
        return enlarge(scores, up)
    return enlarge_by_matrices(scores, up[0], lambda i, n: (i + 0.5) / up[0] - 0.5)


@misconception(
    "fcn_head",
    en="You repeat the whole map, tile by tile. Nearest up-sampling repeats each cell in its own place.",
    ko="맵 전체를 타일처럼 반복했습니다. nearest 업샘플링은 칸 하나하나를 제자리에서 반복합니다.",
)
def map_tiled(features, W, up):
    scores = scores_of(features, W)
    return scores.repeat(1, 1, up[0], up[0]) if up[1] == "nearest" else enlarge(scores, up)


@misconception(
    "fcn_head",
    en="You return probabilities. The head gives scores; the softmax belongs to the loss.",
    ko="확률을 돌려주었습니다. 머리는 점수를 내고, 소프트맥스는 손실에서 적용합니다.",
)
def probabilities_returned(features, W, up):
    return torch.softmax(enlarge(scores_of(features, W), up), dim=1)


@misconception(
    "fcn_head",
    en="You return the class of each pixel (argmax). That has no gradient; the head returns a score for each class.",
    ko="픽셀마다 클래스(argmax)를 돌려주었습니다. 거기에는 기울기가 없습니다. 머리는 클래스마다의 점수를 돌려줍니다.",
)
def classes_returned(features, W, up):
    return enlarge(scores_of(features, W), up).argmax(dim=1)


@misconception(
    "fcn_head",
    en="You decide for a class in the coarse cells and up-sample that decision. Up-sample the scores; the decision comes last.",
    ko="거친 칸에서 클래스를 먼저 정하고 그 결정을 키웠습니다. 점수를 키우고, 결정은 마지막에 해야 합니다.",
)
def decisions_upsampled(features, W, up):
    scores = scores_of(features, W)
    decided = F.one_hot(scores.argmax(dim=1), scores.shape[1]).movedim(3, 1).to(scores.dtype)
    return enlarge(decided, up)


@misconception(
    "fcn_head",
    en="There is a ReLU behind the scores. Scores may be negative; do not cut them off.",
    ko="점수 뒤에 ReLU를 넣었습니다. 점수는 음수일 수 있으므로 자르지 마세요.",
)
def scores_cut_off(features, W, up):
    return enlarge(torch.relu(scores_of(features, W)), up)


@misconception(
    "fcn_head",
    en="The mode is ignored: you repeat cells in both modes.",
    ko="mode를 보지 않고 두 방식 모두에서 칸을 그대로 반복했습니다.",
)
def always_nearest(features, W, up):
    return enlarge(scores_of(features, W), (up[0], "nearest"))


def pixel_parts(logits, lab, ignore):
    """(kept (N, 1, H, W), log-probabilities, targets)."""
    keep = lab != ignore
    target = F.one_hot(lab.masked_fill(~keep, 0), logits.shape[1]).movedim(3, 1).to(logits.dtype)
    return keep[:, None].to(logits.dtype), torch.log_softmax(logits, dim=1), target


@misconception(
    "pixel_ce",
    en="You divide by the number of all pixels. The ignored ones do not count, neither in the loss nor in the gradient.",
    ko="전체 픽셀 수로 나누었습니다. 무시한 픽셀은 손실에서도 기울기에서도 세지 않습니다.",
)
def divided_by_all_pixels(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    return -(keep * target * log_p).sum() / lab.numel(), keep * (log_p.exp() - target) / lab.numel()


@misconception(
    "pixel_ce",
    en="Your softmax runs over the columns of the image (the last axis). The classes are axis 1.",
    ko="소프트맥스를 이미지의 열(마지막 축)에 대해 계산했습니다. 클래스는 1번 축입니다.",
)
def softmax_over_columns(logits, lab, ignore):
    keep, _, target = pixel_parts(logits, lab, ignore)
    log_p = torch.log_softmax(logits, dim=-1)
    count = keep.sum().clamp(min=1)
    return -(keep * target * log_p).sum() / count, keep * (log_p.exp() - target) / count


@misconception(
    "pixel_ce",
    en="You average over the pixels and add up the images. It is one mean over all pixels of the batch.",
    ko="픽셀에 대해서는 평균을, 이미지에 대해서는 합을 구했습니다. 배치의 모든 픽셀에 대한 평균 하나여야 합니다.",
)
def images_added_up(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    count = keep.sum().clamp(min=1) / len(lab)
    return -(keep * target * log_p).sum() / count, keep * (log_p.exp() - target) / count


@misconception(
    "pixel_ce",
    en="You take the mean of each image and then the mean of these. An image with few labelled pixels then weighs as much as a full one.",
    ko="이미지마다 평균을 낸 뒤 그 평균을 다시 평균했습니다. 그러면 레이블이 적은 이미지도 꽉 찬 이미지만큼의 무게를 갖습니다.",
)
def mean_of_image_means(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    count = keep.sum(dim=(1, 2, 3), keepdim=True).clamp(min=1) * len(lab)
    return -(keep * target * log_p / count).sum(), keep * (log_p.exp() - target) / count


@misconception(
    "pixel_ce",
    en="Ignored pixels still have a gradient. What does not enter the loss has gradient 0.",
    ko="무시한 픽셀에 기울기가 남아 있습니다. 손실에 들어가지 않은 것의 기울기는 0입니다.",
)
def gradient_at_ignored_pixels(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    count = keep.sum().clamp(min=1)
    return -(keep * target * log_p).sum() / count, (log_p.exp() - target) / count


@misconception(
    "pixel_ce",
    en="If all pixels are ignored you divide 0 by 0 and get NaN. Without a labelled pixel the loss and the gradient are 0.",
    ko="모든 픽셀을 무시하면 0을 0으로 나누어 NaN이 됩니다. 레이블이 있는 픽셀이 없으면 손실도 기울기도 0입니다.",
)
def nan_when_all_ignored(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    return -(keep * target * log_p).sum() / keep.sum(), keep * (log_p.exp() - target) / keep.sum()


@misconception(
    "pixel_ce",
    en="You form exp(logits) before you normalise. For logits around 1000 that is infinite; subtract the largest one first, or use logsumexp.",
    ko="정규화하기 전에 exp(logits)를 만들었습니다. 로짓이 1000쯤 되면 무한대가 됩니다. 가장 큰 값을 먼저 빼거나 logsumexp를 쓰세요.",
    evidence="E16",
)
def pixel_exponential_overflows(logits, lab, ignore):
    keep, _, target = pixel_parts(logits, lab, ignore)
    p = logits.exp() / logits.exp().sum(dim=1, keepdim=True)
    count = keep.sum().clamp(min=1)
    return -(keep * (target * p).sum(dim=1, keepdim=True).log()).sum() / count, keep * (p - target) / count


@misconception(
    "pixel_ce",
    en="The loss is a mean, but your gradient belongs to a sum: it is not divided by the number of pixels.",
    ko="손실은 평균인데 기울기는 합의 기울기입니다. 픽셀 수로 나누지 않았습니다.",
)
def gradient_of_the_sum(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    return -(keep * target * log_p).sum() / keep.sum().clamp(min=1), keep * (log_p.exp() - target)


@misconception(
    "pixel_ce",
    en="Ignored pixels are taken as class 0 and count like all others. They must be left out of the sum and of the count.",
    ko="무시할 픽셀을 클래스 0으로 바꿔 다른 픽셀처럼 셌습니다. 합에서도 개수에서도 빼야 합니다.",
)
def ignored_as_class_zero(logits, lab, ignore):
    _, log_p, target = pixel_parts(logits, lab, ignore)
    return -(target * log_p).sum() / lab.numel(), (log_p.exp() - target) / lab.numel()


@misconception(
    "fcn_head",
    en="You place pixel i at (i + 0.5) / s. The centre of the first cell is at 0 and not at 0.5: subtract this half again.",
    ko="픽셀 i를 (i + 0.5) / s에 놓았습니다. 첫 칸의 중심이 0.5가 아니라 0이므로 0.5를 다시 빼야 합니다.",
)
def half_not_subtracted(features, W, up):
    scores = scores_of(features, W)
    if up[1] == "nearest":
        return enlarge(scores, up)
    return enlarge_by_matrices(scores, up[0], lambda i, n: ((i + 0.5) / up[0]).clamp(0, n - 1))


def bilinear_with_exchanged_weights(scores, s, axis):
    n = scores.shape[axis]
    u = ((torch.arange(s * n, dtype=scores.dtype) + 0.5) / s - 0.5).clamp(0, n - 1)
    low = u.floor().long()
    near, far = scores.index_select(axis, low), scores.index_select(axis, (low + 1).clamp(max=n - 1))
    weight = (u - low).reshape(-1, *[1] * (3 - axis))
    return weight * near + (1 - weight) * far


@misconception(
    "fcn_head",
    en="The weights of the two cells are exchanged: the nearer a pixel lies to a cell, the more this cell counts.",
    ko="두 칸의 가중치가 뒤바뀌었습니다. 픽셀에 가까운 칸일수록 가중치가 커야 합니다.",
)
def weights_of_the_cells_exchanged(features, W, up):
    scores = scores_of(features, W)
    if up[1] == "nearest":
        return enlarge(scores, up)
    return bilinear_with_exchanged_weights(bilinear_with_exchanged_weights(scores, up[0], 2), up[0], 3)


@misconception(
    "fcn_head",
    en="You up-sample probabilities: there is a softmax behind the 1x1 convolution. The head gives scores; the softmax belongs to the loss.",
    ko="1x1 합성곱 뒤에 소프트맥스를 적용해 확률을 키웠습니다. 머리는 점수를 내고, 소프트맥스는 손실에서 적용합니다.",
)
def probabilities_upsampled(features, W, up):
    return enlarge(torch.softmax(scores_of(features, W), dim=1), up)


def gradient_beside(logits, lab, ignore):
    """(loss, d) as they should be."""
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    count = keep.sum().clamp(min=1)
    return -(keep * target * log_p).sum() / count, keep * (log_p.exp() - target) / count


@misconception(
    "pixel_ce",
    en="d is the softmax alone: the one-hot of the right class is not subtracted.",
    ko="d가 소프트맥스뿐입니다. 정답 클래스의 원-핫을 빼지 않았습니다.",
)
def one_hot_not_subtracted(logits, lab, ignore):
    keep, log_p, _ = pixel_parts(logits, lab, ignore)
    return gradient_beside(logits, lab, ignore)[0], keep * log_p.exp() / keep.sum().clamp(min=1)


def image_means(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    count = keep.sum(dim=(1, 2, 3), keepdim=True).clamp(min=1) * len(lab)
    return -(keep * target * log_p / count).sum()


@misconception(
    "pixel_ce",
    en="Your loss is the mean of the images' means, though your gradient is that of one mean over all pixels. An image with few labelled pixels then weighs as much as a full one.",
    ko="기울기는 모든 픽셀에 대한 평균 하나의 것인데, 손실은 이미지별 평균을 다시 평균한 것입니다. 그러면 레이블이 적은 이미지도 꽉 찬 이미지만큼의 무게를 갖습니다.",
)
def loss_of_image_means(logits, lab, ignore):
    return image_means(logits, lab, ignore), gradient_beside(logits, lab, ignore)[1]


@misconception(
    "pixel_ce",
    en="Ignored pixels still have a gradient, unless all are ignored. What does not enter the loss has gradient 0.",
    ko="모두 무시하는 경우가 아니면 무시한 픽셀에 기울기가 남아 있습니다. 손실에 들어가지 않은 것의 기울기는 0입니다.",
)
def gradient_at_some_ignored_pixels(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    loss, d = gradient_beside(logits, lab, ignore)
    return loss, (log_p.exp() - target) / keep.sum() if keep.any() else d


# -- 5. unpool, tconv2d ----------------------------------------------------------------------------------------------


@misconception(
    "unpool",
    en="You read the positions as if they counted inside of each window. They count the cells of the whole plane.",
    ko="위치를 창 안에서 센 번호로 읽었습니다. 위치는 평면 전체의 칸을 센 번호입니다.",
    evidence="E22",
)
def position_inside_the_window(x, idx, out_shape):
    N, C, h, w = x.shape
    H, W = out_shape
    kh, kw = max(H // h, 1), max(W // w, 1)
    rows = torch.arange(h)[:, None] * kh + (idx // kw) % kh
    columns = torch.arange(w)[None, :] * kw + idx % kw
    flat = rows.clamp(max=H - 1) * W + columns.clamp(max=W - 1)
    return x.new_zeros(N, C, H * W).scatter(2, flat.flatten(2), x.flatten(2)).reshape(N, C, H, W)


@misconception(
    "unpool",
    en="All channels and images land in the first plane: you use the positions in the flattened whole. Each plane counts its own cells.",
    ko="모든 채널과 이미지가 첫 평면에 놓였습니다. 전체를 한 줄로 편 것의 번호로 썼기 때문입니다. 평면마다 자기 칸을 따로 셉니다.",
    evidence="E22",
)
def plane_offset_forgotten(x, idx, out_shape):
    N, C = x.shape[:2]
    H, W = out_shape
    return x.new_zeros(N * C * H * W).scatter(0, idx.flatten(), x.flatten()).reshape(N, C, H, W)


@misconception(
    "unpool",
    en="A position that is named twice gets the sum. It gets the value itself, once.",
    ko="두 번 나온 위치에 값을 더했습니다. 그 자리에는 값 자체가 한 번만 들어갑니다.",
    evidence="E22",
)
def duplicates_summed(x, idx, out_shape):
    N, C = x.shape[:2]
    H, W = out_shape
    plane = x.new_zeros(N, C, H * W)
    return plane.scatter_add(2, idx.flatten(2), x.flatten(2)).reshape(N, C, H, W)


@misconception(
    "unpool",
    en="You fill the whole window with its value. Un-pooling uses the remembered position and leaves 0 elsewhere.",
    ko="창 전체를 그 값으로 채웠습니다. 언풀링은 기억해 둔 위치에만 값을 놓고 나머지는 0으로 둡니다.",
    evidence="E22",
)
def whole_window_filled(x, idx, out_shape):
    return F.interpolate(x, size=out_shape, mode="nearest")


@misconception(
    "unpool",
    en="You read a position as column times height plus row. It is y * W + x, row by row.",
    ko="위치를 열 * 높이 + 행으로 읽었습니다. 행 순서로 센 y * W + x입니다.",
    evidence="E22",
)
def column_by_column(x, idx, out_shape):
    N, C = x.shape[:2]
    H, W = out_shape
    plane = x.new_zeros(N, C, H * W).scatter(2, idx.flatten(2), x.flatten(2))
    return plane.reshape(N, C, W, H).transpose(2, 3)


@misconception(
    "unpool",
    en="All channels use the positions of the first channel. Each channel has maxima of its own.",
    ko="모든 채널에 첫 채널의 위치를 썼습니다. 최댓값의 위치는 채널마다 다릅니다.",
    evidence="E22",
)
def positions_of_the_first_channel(x, idx, out_shape):
    N, C = x.shape[:2]
    H, W = out_shape
    shared = idx[:, :1].expand_as(idx)
    return x.new_zeros(N, C, H * W).scatter(2, shared.flatten(2), x.flatten(2)).reshape(N, C, H, W)


def spread(x, w, s, p, *, add=True, cut=None):
    """tconv2d with some of its parts replaced."""
    N, _, h, wd = x.shape
    _, channels, kh, kw = w.shape
    H, W = (h - 1) * s + kh, (wd - 1) * s + kw
    out = x.new_zeros(N, channels, H, W)
    for i in range(h):
        for j in range(wd):
            stamp = torch.einsum("nc,cfab->nfab", x[:, :, i, j], w)
            rows, columns = slice(i * s, i * s + kh), slice(j * s, j * s + kw)
            old = out[:, :, rows, columns] if add else 0
            out = out.clone()
            out[:, :, rows, columns] = old + stamp
    return cut(out, H, W) if cut else out[:, :, p : H - p, p : W - p]


@misconception(
    "tconv2d",
    en="Where windows overlap, the later one overwrites the earlier one. Contributions add up.",
    ko="창이 겹치는 곳에서 나중 창이 앞의 창을 덮어썼습니다. 겹치면 더해야 합니다.",
    evidence="E22",
)
def overlaps_overwritten(x, w, s, p):
    return spread(x, w, s, p, add=False)


@misconception(
    "tconv2d",
    en="The kernel is turned round by 180 degrees. A single value must leave a copy of the kernel as it is.",
    ko="커널이 180도 뒤집혔습니다. 값 하나는 커널을 그대로 복사해 남겨야 합니다.",
    evidence="E30",
)
def kernel_turned_round(x, w, s, p):
    return spread(x, w.flip(2, 3), s, p)


@misconception(
    "tconv2d",
    en="You add p rows and columns of zeros at the border. The padding of the convolution is taken away here: the result becomes smaller, not larger.",
    ko="테두리에 0을 p줄씩 덧붙였습니다. 여기서는 합성곱의 패딩을 되돌리므로 결과가 커지는 것이 아니라 작아집니다.",
    evidence="E30",
)
def padding_added(x, w, s, p):
    return spread(x, w, s, p, cut=lambda out, H, W: F.pad(out, (p, p, p, p)))


@misconception(
    "tconv2d",
    en="You cut off p rows and columns at the top and on the left only. All four sides had padding.",
    ko="위와 왼쪽에서만 p줄씩 잘랐습니다. 패딩은 네 변에 모두 있었습니다.",
    evidence="E30",
)
def cut_on_one_side(x, w, s, p):
    return spread(x, w, s, p, cut=lambda out, H, W: out[:, :, p:, p:])


@misconception(
    "tconv2d",
    en="The padding is not cut off. Remove p rows and columns on every side at the end.",
    ko="패딩을 잘라 내지 않았습니다. 마지막에 네 변에서 p줄씩 잘라야 합니다.",
    evidence="E30",
)
def padding_ignored(x, w, s, p):
    return spread(x, w, s, 0)


@misconception(
    "tconv2d",
    en="The size is wrong: you make h * s rows. The last window begins at (h - 1) * s and is kh rows high, so there are (h - 1) * s - 2p + kh.",
    ko="크기가 틀렸습니다. h * s행을 만들었는데, 마지막 창은 (h - 1) * s에서 시작하고 높이가 kh이므로 (h - 1) * s - 2p + kh행입니다.",
    evidence="E30",
)
def size_times_stride(x, w, s, p):
    h, wd = x.shape[2:]

    def cut(out, H, W):
        out = F.pad(out[:, :, p : H - p, p : W - p], (0, wd * s, 0, h * s))
        return out[:, :, : h * s, : wd * s]

    return spread(x, w, s, p, cut=cut)


@misconception(
    "tconv2d",
    en="The stride is not used: the windows stand one cell apart, whatever s is.",
    ko="스트라이드를 쓰지 않았습니다. s가 얼마든 창이 한 칸 간격으로 놓였습니다.",
    evidence="E30",
)
def stride_ignored(x, w, s, p):
    return spread(x, w, 1, p)


@misconception(
    "tconv2d",
    en="The kernel's rows and columns are exchanged.",
    ko="커널의 행과 열이 뒤바뀌었습니다.",
    evidence="E30",
)
def kernel_transposed(x, w, s, p):
    return spread(x, w.transpose(2, 3), s, p)


@misconception(
    "tconv2d",
    en="You up-sample by repeating and then convolve. A transposed convolution spreads each value with the kernel; nothing is repeated.",
    ko="값을 반복해서 키운 다음 합성곱을 했습니다. 전치 합성곱은 반복이 아니라 값 하나하나를 커널로 퍼뜨립니다.",
    evidence="E30",
)
def repeated_then_convolved(x, w, s, p):
    large = F.interpolate(x, scale_factor=s, mode="nearest")
    kh, kw = w.shape[2:]
    full = F.conv2d(large, w.flip(2, 3).transpose(0, 1), padding=(kh - 1, kw - 1))
    h, wd = x.shape[2:]
    H, W = (h - 1) * s - 2 * p + kh, (wd - 1) * s - 2 * p + kw
    return full[:, :, p : p + H, p : p + W]


@misconception(
    "unpool",
    en="You put each value at the upper left corner of its window and do not use idx. The value goes back to where the maximum stood.",
    ko="idx를 쓰지 않고 값을 창의 왼쪽 위에 놓았습니다. 값은 최댓값이 있던 자리로 돌아가야 합니다.",
)
def upper_left_of_the_window(x, idx, out_shape):
    N, C, h, w = x.shape
    H, W = out_shape
    out = x.new_zeros(N, C, H, W)
    out[:, :, : h * (H // h) : H // h, : w * (W // w) : W // w] = x
    return out


@misconception(
    "tconv2d",
    en="You cut all 2 p rows and columns off at the bottom and on the right. All four sides had padding: p on each.",
    ko="아래와 오른쪽에서만 2p줄을 잘랐습니다. 패딩은 네 변에 모두 있었으므로 변마다 p줄씩 잘라야 합니다.",
)
def cut_at_the_end_only(x, w, s, p):
    return spread(x, w, s, p, cut=lambda out, H, W: out[:, :, : H - 2 * p, : W - 2 * p])


@misconception(
    "tconv2d",
    en="You cut all 2 p rows and columns off at the top and on the left. All four sides had padding: p on each.",
    ko="위와 왼쪽에서만 2p줄을 잘랐습니다. 패딩은 네 변에 모두 있었으므로 변마다 p줄씩 잘라야 합니다.",
)
def cut_at_the_beginning_only(x, w, s, p):
    return spread(x, w, s, p, cut=lambda out, H, W: out[:, :, 2 * p :, 2 * p :])


@misconception(
    "tconv2d",
    en="Input and output channels of w are exchanged: w is (in, out, rows, columns) here, the other way round than in a convolution.",
    ko="w의 입력 채널과 출력 채널이 뒤바뀌었습니다. 여기서 w는 (입력, 출력, 행, 열)이며, 보통 합성곱과 반대입니다.",
)
def channels_of_w_exchanged(x, w, s, p):
    return spread(x, w.transpose(0, 1), s, p)


@misconception(
    "tconv2d",
    en="This is an ordinary convolution with stride s: it makes the map smaller. The transposed one spreads each value over a window and makes it larger.",
    ko="스트라이드가 s인 보통 합성곱을 했습니다. 그러면 맵이 작아집니다. 전치 합성곱은 값 하나를 창에 퍼뜨려 맵을 키웁니다.",
)
def ordinary_convolution(x, w, s, p):
    return F.conv2d(x, w.transpose(0, 1), stride=s, padding=p)


# -- 6. skip_fuse ----------------------------------------------------------------------------------------------------


def centre(dec, enc):
    h, w = dec.shape[2:]
    top, left = (enc.shape[2] - h) // 2, (enc.shape[3] - w) // 2
    return enc[:, :, top : top + h, left : left + w]


@misconception(
    "skip_fuse",
    en="You add in both modes. U-Net's concat keeps both sets of channels, next to one another.",
    ko="두 방식 모두에서 더했습니다. U-Net의 concat은 두 맵의 채널을 나란히 남겨 둡니다.",
)
def always_added(dec, enc, mode):
    return dec + centre(dec, enc)


@misconception(
    "skip_fuse",
    en="You cut out the upper left corner of enc. The crop is taken from the centre.",
    ko="enc의 왼쪽 위를 오려 냈습니다. 한가운데를 오려 내야 합니다.",
)
def corner_cut_out(dec, enc, mode):
    enc = enc[:, :, : dec.shape[2], : dec.shape[3]]
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="The encoder's channels come first in your result. Here the decoder's do.",
    ko="결과에서 인코더의 채널이 앞에 왔습니다. 여기서는 디코더의 채널이 앞입니다.",
)
def encoder_first(dec, enc, mode):
    enc = centre(dec, enc)
    return torch.cat([enc, dec], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="You join the maps along the batch. Then they are different examples; they belong next to one another as channels.",
    ko="배치 방향으로 이어 붙였습니다. 그러면 서로 다른 예가 되어 버립니다. 채널로 나란히 놓아야 합니다.",
)
def joined_along_the_batch(dec, enc, mode):
    enc = centre(dec, enc)
    return torch.cat([dec, enc], dim=0) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="Of an odd surplus you drop the larger part at the top and on the left. The offset is (H - h) // 2, rounded down.",
    ko="홀수로 남을 때 위와 왼쪽에서 더 많이 버렸습니다. 시작 위치는 (H - h) // 2로 내림입니다.",
)
def offset_rounded_up(dec, enc, mode):
    h, w = dec.shape[2:]
    top, left = (enc.shape[2] - h + 1) // 2, (enc.shape[3] - w + 1) // 2
    enc = enc[:, :, top : top + h, left : left + w]
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="You shrink enc to the decoder's size by interpolation. That blurs just what the skip connection is for; cut it out instead.",
    ko="enc를 보간해서 디코더의 크기로 줄였습니다. 그러면 스킵 연결로 살리려던 세부가 흐려집니다. 오려 내야 합니다.",
)
def shrunk_instead_of_cut(dec, enc, mode):
    enc = F.interpolate(enc, size=dec.shape[2:], mode="bilinear", align_corners=False)
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="You average instead of adding. FCN adds the two maps.",
    ko="더하지 않고 평균을 냈습니다. FCN은 두 맵을 더합니다.",
)
def averaged(dec, enc, mode):
    enc = centre(dec, enc)
    return torch.cat([dec, enc], dim=1) if mode == "concat" else (dec + enc) / 2


@misconception(
    "skip_fuse",
    en="You use the offset of the rows for the columns, too. Height and width can have different surpluses.",
    ko="행의 시작 위치를 열에도 썼습니다. 높이와 너비는 남는 수가 서로 다를 수 있습니다.",
)
def one_offset_for_both(dec, enc, mode):
    h, w = dec.shape[2:]
    offset = min(max(enc.shape[2] - h, 0) // 2, enc.shape[3] - w)
    enc = enc[:, :, offset : offset + h, offset : offset + w]
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="The modes are exchanged: you add where concat is asked, and join where add is asked.",
    ko="두 방식이 뒤바뀌었습니다. concat일 때 더하고 add일 때 이어 붙였습니다.",
)
def modes_exchanged(dec, enc, mode):
    enc = centre(dec, enc)
    return torch.cat([dec, enc], dim=1) if mode == "add" else dec + enc


@misconception(
    "skip_fuse",
    en="You join the channels in both modes. With add the two maps are summed, and the number of channels stays.",
    ko="두 방식 모두에서 채널을 이어 붙였습니다. add이면 두 맵을 더하며 채널 수는 그대로입니다.",
)
def always_joined(dec, enc, mode):
    return torch.cat([dec, centre(dec, enc)], dim=1)


@misconception(
    "skip_fuse",
    en="You fill dec up with zeros to the size of enc. It is enc that is cut, to the size of dec.",
    ko="dec를 0으로 채워 enc의 크기로 늘렸습니다. dec의 크기에 맞춰 enc를 잘라야 합니다.",
)
def decoder_padded(dec, enc, mode):
    rows, columns = enc.shape[2] - dec.shape[2], enc.shape[3] - dec.shape[3]
    dec = F.pad(dec, (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2))
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="You cut the same number of rows and columns off on both sides. Of an odd surplus one is left over then: cut to (h, w), the larger part at the bottom and on the right.",
    ko="양쪽에서 같은 수의 행과 열을 잘랐습니다. 홀수로 남을 때는 한 줄이 더 남습니다. 아래와 오른쪽에서 더 많이 버려 (h, w)로 맞춰야 합니다.",
)
def same_number_on_both_sides(dec, enc, mode):
    top, left = (enc.shape[2] - dec.shape[2]) // 2, (enc.shape[3] - dec.shape[3]) // 2
    enc = enc[:, :, top : enc.shape[2] - top, left : enc.shape[3] - left]
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


# -- 7. pyramid_pool -------------------------------------------------------------------------------------------------


def module(x, bins, Ws, *, pool=None, process=None, up=None, order=None, first=True):
    """pyramid_pool with some of its parts replaced."""
    pool = pool or F.adaptive_avg_pool2d
    process = process or (lambda small, weight: torch.relu(torch.einsum("mc,nchw->nmhw", weight, small)))
    up = up or (lambda small: F.interpolate(small, size=x.shape[2:], mode="bilinear", align_corners=False))
    parts = [up(process(pool(x, b), weight)) for b, weight in zip(bins, Ws)]
    parts = order(parts) if order else parts
    return torch.cat([x, *parts] if first else parts, dim=1)


@misconception(
    "pyramid_pool",
    en="Your regions have the fixed size H // b, so the rows that remain are left out. From floor(i H / b) up to ceil((i + 1) H / b) every row is used.",
    ko="구간의 크기를 H // b로 고정해서 남는 행을 빠뜨렸습니다. floor(i H / b)부터 ceil((i + 1) H / b) 앞까지로 하면 모든 행을 씁니다.",
)
def regions_of_fixed_size(x, bins, Ws):
    def pool(x, b):
        kernel = [max(n // b, 1) for n in x.shape[2:]]
        small = F.avg_pool2d(x, kernel, kernel)[:, :, :b, :b]
        return F.pad(small, (0, b - small.shape[3], 0, b - small.shape[2]))

    return module(x, bins, Ws, pool=pool)


@misconception(
    "pyramid_pool",
    en="The input itself is missing from the result. The pyramid comes in addition to x, which holds the detail.",
    ko="결과에 입력 자신이 빠졌습니다. 피라미드는 세부를 담은 x에 덧붙이는 것입니다.",
)
def input_left_out(x, bins, Ws):
    return module(x, bins, Ws, first=False)


@misconception(
    "pyramid_pool",
    en="You add the levels up. They are joined as channels, so that the next layer can tell them apart.",
    ko="단계들을 더했습니다. 다음 층이 구별할 수 있도록 채널로 이어 붙여야 합니다.",
)
def levels_summed(x, bins, Ws):
    return module(x, bins, Ws, order=lambda parts: [sum(parts[1:], parts[0])] if parts else [])


@misconception(
    "pyramid_pool",
    en="You up-sample before the ReLU, or even before the convolution. Interpolating and cutting off at 0 cannot be exchanged: convolution and ReLU come first, on the small map (which is also far cheaper).",
    ko="ReLU보다(또는 합성곱보다도) 먼저 맵을 키웠습니다. 보간과 0에서 자르기는 순서를 바꾸면 결과가 달라집니다. 작은 맵에서 합성곱과 ReLU를 먼저 하세요(그편이 훨씬 쌉니다).",
)
def upsampled_before_processing(x, bins, Ws):
    def pool(x, b):
        return F.interpolate(F.adaptive_avg_pool2d(x, b), size=x.shape[2:], mode="bilinear", align_corners=False)

    return module(x, bins, Ws, pool=pool, up=lambda large: large)


@misconception(
    "pyramid_pool",
    en="The levels stand in the reverse order. They follow the order of bins, after x.",
    ko="단계의 순서가 거꾸로입니다. x 다음에 bins의 순서대로 놓아야 합니다.",
)
def levels_reversed(x, bins, Ws):
    return module(x, bins, Ws, order=lambda parts: parts[::-1])


@misconception(
    "pyramid_pool",
    en="You take the maximum of each region. The pyramid averages: it asks what a region is like on the whole.",
    ko="구간마다 최댓값을 구했습니다. 피라미드는 영역의 전체적인 모습을 보므로 평균을 냅니다.",
)
def maxima_pooled(x, bins, Ws):
    return module(x, bins, Ws, pool=F.adaptive_max_pool2d)


@misconception(
    "pyramid_pool",
    en="The ReLU behind the 1x1 convolution is missing.",
    ko="1x1 합성곱 뒤의 ReLU가 빠졌습니다.",
)
def relu_missing(x, bins, Ws):
    return module(x, bins, Ws, process=lambda small, weight: torch.einsum("mc,nchw->nmhw", weight, small))


@misconception(
    "pyramid_pool",
    en="You up-sample with the nearest cell. Here it is bilinear.",
    ko="가장 가까운 칸을 반복해서 키웠습니다. 여기서는 쌍선형입니다.",
)
def nearest_cells(x, bins, Ws):
    return module(x, bins, Ws, up=lambda small: F.interpolate(small, size=x.shape[2:], mode="nearest"))


@misconception(
    "pyramid_pool",
    en="You up-sample with align_corners=True. Here values stand at the centres of their cells.",
    ko="align_corners=True로 키웠습니다. 여기서는 값이 칸의 중심에 있습니다.",
)
def pyramid_corners_aligned(x, bins, Ws):
    return module(
        x, bins, Ws, up=lambda small: F.interpolate(small, size=x.shape[2:], mode="bilinear", align_corners=True)
    )


@misconception(
    "pyramid_pool",
    en="Your regions end at a floor. They must end at a ceiling, or small maps get regions without any row.",
    ko="구간의 끝을 내림으로 정했습니다. 올림이어야 합니다. 그렇지 않으면 작은 맵에서 행이 하나도 없는 구간이 생깁니다.",
)
def regions_end_at_a_floor(x, bins, Ws):
    def pool(x, b):
        H, W = x.shape[2:]
        edges = [[(i * n // b, max((i + 1) * n // b, i * n // b + 1)) for i in range(b)] for n in (H, W)]
        rows = torch.stack([x[:, :, a:z].mean(dim=2) for a, z in edges[0]], dim=2)
        return torch.stack([rows[..., a:z].mean(dim=3) for a, z in edges[1]], dim=3)

    return module(x, bins, Ws, pool=pool)


@misconception(
    "pyramid_pool",
    en="x stands at the end of your result. It comes first, before the levels.",
    ko="결과에서 x가 맨 뒤에 왔습니다. x가 단계들보다 앞에 와야 합니다.",
)
def input_at_the_end(x, bins, Ws):
    return torch.cat([module(x, bins, Ws)[:, x.shape[1] :], x], dim=1)


@misconception(
    "pyramid_pool",
    en="You pool with a window of the fixed size H // b, so that the grid is not b x b where b does not divide H, and the last rows may be left out.",
    ko="크기가 H // b로 고정된 창으로 풀링했습니다. b가 H를 나누지 못하면 격자가 b x b가 아니거나 마지막 행이 빠집니다.",
)
def windows_of_fixed_size(x, bins, Ws):
    def pool(x, b):
        kernel = [max(n // b, 1) for n in x.shape[2:]]
        return F.avg_pool2d(x, kernel, kernel)

    return module(x, bins, Ws, pool=pool)


@misconception(
    "pyramid_pool",
    en="All levels use the first of the Ws. Each level has weights of its own.",
    ko="모든 단계에 Ws의 첫째 것을 썼습니다. 단계마다 자기 가중치가 있습니다.",
)
def first_weights_for_all_levels(x, bins, Ws):
    return module(x, bins, Ws[:1] * len(bins))


@misconception(
    "pyramid_pool",
    en="The ReLU stands before the 1x1 convolution. It comes after it.",
    ko="ReLU가 1x1 합성곱 앞에 있습니다. 그 뒤에 와야 합니다.",
)
def relu_before_the_convolution(x, bins, Ws):
    return module(x, bins, Ws, process=lambda small, weight: torch.einsum("mc,nchw->nmhw", weight, torch.relu(small)))


@misconception(
    "pyramid_pool",
    en="x goes through a ReLU, too. It is handed on as it is; only the levels have one.",
    ko="x에도 ReLU를 적용했습니다. x는 그대로 넘기고, ReLU는 단계에만 적용합니다.",
)
def relu_on_the_input(x, bins, Ws):
    return torch.cat([torch.relu(x), module(x, bins, Ws)[:, x.shape[1] :]], dim=1)


# -- 8. merge_step ----------------------------------------------------------------------------------------------------


@misconception(
    "merge_step",
    en="Only colours are compared. Without the term of the sizes one large region swallows the others.",
    ko="색만 비교했습니다. 크기 항이 없으면 큰 영역 하나가 나머지를 삼킵니다.",
)
def size_left_out(sizes, hists, pairs, total):
    i, j = best = max(pairs, key=lambda p: torch.minimum(hists[p[0]], hists[p[1]]).sum().item())
    return best, sizes[i] + sizes[j], (sizes[i] * hists[i] + sizes[j] * hists[j]) / (sizes[i] + sizes[j])


@misconception(
    "merge_step",
    en="Only the sizes decide: the overlap of the histograms is missing, or the sizes are not divided by total and drown it.",
    ko="크기만으로 쌍이 정해집니다. 히스토그램이 겹치는 정도가 빠졌거나, 크기를 total로 나누지 않아 색 항이 묻혔습니다.",
)
def colours_left_out(sizes, hists, pairs, total):
    i, j = best = min(pairs, key=lambda p: (sizes[p[0]] + sizes[p[1]]).item())
    return best, sizes[i] + sizes[j], (sizes[i] * hists[i] + sizes[j] * hists[j]) / (sizes[i] + sizes[j])


@misconception(
    "merge_step",
    en="The share of the picture is added. It is subtracted: small regions are to be merged first.",
    ko="그림에서 차지하는 비율을 더했습니다. 작은 영역부터 합치도록 빼야 합니다.",
)
def large_ones_preferred(sizes, hists, pairs, total):
    i, j = best = max(
        pairs,
        key=lambda p: (torch.minimum(hists[p[0]], hists[p[1]]).sum() + (sizes[p[0]] + sizes[p[1]]) / total).item(),
    )
    return best, sizes[i] + sizes[j], (sizes[i] * hists[i] + sizes[j] * hists[j]) / (sizes[i] + sizes[j])


@misconception(
    "merge_step",
    en="You merge the least similar pair.",
    ko="가장 덜 닮은 쌍을 합쳤습니다.",
)
def least_similar_merged(sizes, hists, pairs, total):
    i, j = best = min(
        pairs,
        key=lambda p: (torch.minimum(hists[p[0]], hists[p[1]]).sum() - (sizes[p[0]] + sizes[p[1]]) / total).item(),
    )
    return best, sizes[i] + sizes[j], (sizes[i] * hists[i] + sizes[j] * hists[j]) / (sizes[i] + sizes[j])


@misconception(
    "merge_step",
    en="Both histograms count the same in your mean. The larger region has more pixels, so it counts more.",
    ko="두 히스토그램을 똑같이 평균했습니다. 큰 영역은 픽셀이 더 많으므로 더 크게 반영해야 합니다.",
)
def plain_mean_of_histograms(sizes, hists, pairs, total):
    i, j = best = max(
        pairs,
        key=lambda p: (torch.minimum(hists[p[0]], hists[p[1]]).sum() - (sizes[p[0]] + sizes[p[1]]) / total).item(),
    )
    return best, sizes[i] + sizes[j], (hists[i] + hists[j]) / 2


@misconception(
    "merge_step",
    en="The histograms are added, so the sum is 2. A histogram of shares sums to 1.",
    ko="히스토그램을 더해 합이 2가 되었습니다. 비율의 히스토그램은 합이 1입니다.",
)
def histograms_added(sizes, hists, pairs, total):
    i, j = best = max(
        pairs,
        key=lambda p: (torch.minimum(hists[p[0]], hists[p[1]]).sum() - (sizes[p[0]] + sizes[p[1]]) / total).item(),
    )
    return best, sizes[i] + sizes[j], hists[i] + hists[j]


@misconception(
    "merge_step",
    en="Each histogram is weighted by the size of the other region.",
    ko="각 히스토그램에 상대 영역의 크기를 곱했습니다.",
)
def weights_exchanged(sizes, hists, pairs, total):
    i, j = best = max(
        pairs,
        key=lambda p: (torch.minimum(hists[p[0]], hists[p[1]]).sum() - (sizes[p[0]] + sizes[p[1]]) / total).item(),
    )
    return best, sizes[i] + sizes[j], (sizes[j] * hists[i] + sizes[i] * hists[j]) / (sizes[i] + sizes[j])


@misconception(
    "merge_step",
    en="Among pairs that are equally similar the first counts, not the last.",
    ko="똑같이 닮은 쌍 가운데 마지막이 아니라 첫 번째를 골라야 합니다.",
)
def last_of_equals(sizes, hists, pairs, total):
    def key(p):
        return (torch.minimum(hists[p[0]], hists[p[1]]).sum() + 1 - (sizes[p[0]] + sizes[p[1]]) / total).item()

    i, j = best = max(reversed(pairs), key=key)
    return best, sizes[i] + sizes[j], (sizes[i] * hists[i] + sizes[j] * hists[j]) / (sizes[i] + sizes[j])


@misconception(
    "merge_step",
    en="You compare all regions. Only neighbours, the pairs given, can be merged.",
    ko="모든 영역을 비교했습니다. 주어진 쌍, 곧 이웃끼리만 합칠 수 있습니다.",
)
def strangers_merged(sizes, hists, pairs, total):
    n = len(sizes)
    some = [(i, j) for i in range(n) for j in range(i + 1, n)]
    i, j = best = max(
        some, key=lambda p: (torch.minimum(hists[p[0]], hists[p[1]]).sum() - (sizes[p[0]] + sizes[p[1]]) / total).item()
    )
    return best, sizes[i] + sizes[j], (sizes[i] * hists[i] + sizes[j] * hists[j]) / (sizes[i] + sizes[j])


# -- more slips, task by task -----------------------------------------------------------------------------------------


@misconception(
    "iou",
    en="You take twice the common part over the sum of both areas. That is the Dice coefficient; IoU divides the common part by the union.",
    ko="공통 넓이의 두 배를 두 넓이의 합으로 나누었습니다. 그것은 Dice 계수입니다. IoU는 공통 넓이를 합집합으로 나눈 것입니다.",
)
def dice_instead_of_iou(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return ratio(2 * common, area(a)[:, None] + area(b)[None, :])


@misconception(
    "iou",
    en="Rows and columns of the table are exchanged: one row for each box of a, one column for each box of b.",
    ko="표의 행과 열이 뒤바뀌었습니다. 행은 a의 상자, 열은 b의 상자입니다.",
)
def table_transposed(a, b):
    common = pair_sides(a, b).clamp(min=0).prod(dim=2)
    return ratio(common, area(a)[:, None] + area(b)[None, :] - common).T


@misconception(
    "iou",
    en="You return the area of the common part. It still has to be divided by the area of the union.",
    ko="공통 부분의 넓이를 그대로 돌려주었습니다. 합집합의 넓이로 나누어야 합니다.",
)
def common_area_returned(a, b):
    return pair_sides(a, b).clamp(min=0).prod(dim=2)


@misconception(
    "iou",
    en="Width and height of the common part are added. Its area is their product.",
    ko="공통 부분의 너비와 높이를 더했습니다. 넓이는 둘의 곱입니다.",
)
def sides_added(a, b):
    common = pair_sides(a, b).clamp(min=0).sum(dim=2)
    return ratio(common, area(a)[:, None] + area(b)[None, :] - common)


@misconception(
    "bbox_encode",
    en="The shift points the wrong way: you take the anchor's centre minus that of the true box.",
    ko="이동 방향이 반대입니다. 앵커의 중심에서 정답 상자의 중심을 뺐습니다.",
)
def shift_towards_the_anchor(anchor, gt):
    (xa, wa), (x, w) = centre_size(anchor), centre_size(gt)
    return torch.cat([(xa - x) / wa, (w / wa).log()], dim=1)


@misconception(
    "bbox_encode",
    en="The quotient in the logarithm is upside down: you take wa / w, so tw and th have the wrong sign.",
    ko="로그 안의 분수가 거꾸로입니다. wa / w로 계산해서 tw와 th의 부호가 반대가 되었습니다.",
)
def size_quotient_upside_down(anchor, gt):
    (xa, wa), (x, w) = centre_size(anchor), centre_size(gt)
    return torch.cat([(x - xa) / wa, (wa / w).log()], dim=1)


@misconception(
    "bbox_encode",
    en="You divide the shift in x by the height and the one in y by the width. Each shift is measured by the side of its own direction.",
    ko="x 방향의 이동은 높이로, y 방향의 이동은 너비로 나누었습니다. 각각 자기 방향의 변으로 나누어야 합니다.",
)
def shift_by_the_other_side(anchor, gt):
    (xa, wa), (x, w) = centre_size(anchor), centre_size(gt)
    return torch.cat([(x - xa) / wa.flip(1), (w / wa).log()], dim=1)


@misconception(
    "bbox_encode",
    en="Both shifts are divided by the anchor's width. The shift in y is measured by its height.",
    ko="두 방향의 이동을 모두 앵커의 너비로 나누었습니다. y 방향의 이동은 높이로 나눕니다.",
)
def both_shifts_by_the_width(anchor, gt):
    (xa, wa), (x, w) = centre_size(anchor), centre_size(gt)
    return torch.cat([(x - xa) / wa[:, :1], (w / wa).log()], dim=1)


@misconception(
    "bbox_encode",
    en="You take half of the width for the centre, (x2 - x1) / 2. The centre lies half-way between the edges: it needs their sum.",
    ko="중심 대신 너비의 절반인 (x2 - x1) / 2를 썼습니다. 중심은 두 변의 한가운데이므로 차가 아니라 합을 씁니다.",
)
def half_size_as_centre(anchor, gt):
    wa, w = anchor[:, 2:] - anchor[:, :2], gt[:, 2:] - gt[:, :2]
    return torch.cat([(w - wa) / 2 / wa, (w / wa).log()], dim=1)


@misconception(
    "bbox_encode",
    en="The order is x, width, y, height with you. It is (tx, ty, tw, th).",
    ko="순서가 x, 너비, y, 높이입니다. (tx, ty, tw, th) 순서여야 합니다.",
)
def codes_interleaved(anchor, gt):
    (xa, wa), (x, w) = centre_size(anchor), centre_size(gt)
    return torch.cat([(x - xa) / wa, (w / wa).log()], dim=1)[:, [0, 2, 1, 3]]


@misconception(
    "bbox_encode",
    en="You subtract the sizes and take the logarithm of the difference. It is the logarithm of the quotient w / wa, or the difference of the logarithms.",
    ko="크기의 차에 로그를 취했습니다. 비 w / wa의 로그, 곧 로그의 차여야 합니다.",
)
def log_of_the_difference(anchor, gt):
    (xa, wa), (x, w) = centre_size(anchor), centre_size(gt)
    return torch.cat([(x - xa) / wa, (w - wa).log()], dim=1)


@misconception(
    "bbox_decode",
    en="The anchor's size is missing: exp(tw) is only the factor by which the anchor's width grows.",
    ko="앵커의 크기가 빠졌습니다. exp(tw)는 앵커의 너비가 커지는 배율일 뿐입니다.",
)
def anchor_size_forgotten(anchor, t):
    xa, wa = centre_size(anchor)
    centre, half = xa + t[:, :2] * wa, t[:, 2:].exp() / 2
    return torch.cat([centre - half, centre + half], dim=1)


@misconception(
    "bbox_decode",
    en="You take half of the anchor's width for its centre. The centre lies half-way between the edges: it needs their sum.",
    ko="앵커의 중심 대신 너비의 절반을 썼습니다. 중심은 두 변의 한가운데이므로 차가 아니라 합을 씁니다.",
)
def half_size_as_anchor_centre(anchor, t):
    _, wa = centre_size(anchor)
    centre, half = wa / 2 + t[:, :2] * wa, wa * t[:, 2:].exp() / 2
    return torch.cat([centre - half, centre + half], dim=1)


@misconception(
    "bbox_decode",
    en="You scale tx by the height and ty by the width. Each belongs to the side of its own direction.",
    ko="tx에 높이를, ty에 너비를 곱했습니다. 각각 자기 방향의 변을 곱해야 합니다.",
)
def shift_times_the_other_side(anchor, t):
    xa, wa = centre_size(anchor)
    centre, half = xa + t[:, :2] * wa.flip(1), wa * t[:, 2:].exp() / 2
    return torch.cat([centre - half, centre + half], dim=1)


@misconception(
    "bbox_decode",
    en="You add exp(tw) to the size. It is a factor: the anchor's size is multiplied by it.",
    ko="exp(tw)를 크기에 더했습니다. 이것은 배율이므로 앵커의 크기에 곱합니다.",
)
def growth_added(anchor, t):
    xa, wa = centre_size(anchor)
    centre, half = xa + t[:, :2] * wa, (wa + t[:, 2:].exp()) / 2
    return torch.cat([centre - half, centre + half], dim=1)


@misconception(
    "bbox_decode",
    en="You return the upper left corner and the size. Boxes are given by two corners: add the size to the first one.",
    ko="왼쪽 위 꼭짓점과 크기를 돌려주었습니다. 상자는 두 꼭짓점으로 나타내므로 첫 꼭짓점에 크기를 더해야 합니다.",
)
def corner_and_size_returned(anchor, t):
    xa, wa = centre_size(anchor)
    centre, size = xa + t[:, :2] * wa, wa * t[:, 2:].exp()
    return torch.cat([centre - size / 2, size], dim=1)


@misconception(
    "bbox_decode",
    en="You take the logarithm of tw once more. It is a logarithm already, and exp undoes it.",
    ko="tw에 다시 로그를 취했습니다. tw는 이미 로그이므로 exp로 되돌려야 합니다.",
)
def log_taken_again(anchor, t):
    xa, wa = centre_size(anchor)
    centre, half = xa + t[:, :2] * wa, wa * t[:, 2:].log() / 2
    return torch.cat([centre - half, centre + half], dim=1)


@misconception(
    "bbox_decode",
    en="The size does not change with you: tw and th are not used, the box has the size of its anchor.",
    ko="크기가 바뀌지 않습니다. tw와 th를 쓰지 않아 상자의 크기가 앵커와 같습니다.",
)
def size_codes_not_used(anchor, t):
    xa, wa = centre_size(anchor)
    centre = xa + t[:, :2] * wa
    return torch.cat([centre - wa / 2, centre + wa / 2], dim=1)


@misconception(
    "rpn_anchors",
    en="stride is not used: your centres are counted in cells. In image coordinates one cell is stride pixels wide.",
    ko="stride를 쓰지 않았습니다. 중심이 칸 단위로 되어 있습니다. 이미지 좌표에서 한 칸은 stride 픽셀입니다.",
)
def stride_forgotten(h, w, stride, scales, ratios):
    return place(h, w, 1, shapes_of(scales, ratios))


@misconception(
    "rpn_anchors",
    en="You go through the shapes first and put each of them on all cells. The order is cell by cell: all shapes of one cell follow one another.",
    ko="모양마다 모든 칸을 먼저 돌았습니다. 칸마다 그 칸의 모든 모양이 이어져야 합니다.",
)
def shape_by_shape(h, w, stride, scales, ratios):
    return torch.cat([place(h, w, stride, [shape]) for shape in shapes_of(scales, ratios)])


@misconception(
    "rpn_anchors",
    en="You pair the first scale with the first ratio and so on. Every scale is combined with every ratio, S * R shapes in each cell.",
    ko="첫 scale은 첫 ratio와, 둘째는 둘째와 짝지었습니다. 모든 scale과 모든 ratio를 조합해서 칸마다 S * R개의 모양이 나와야 합니다.",
)
def scales_paired_with_ratios(h, w, stride, scales, ratios):
    return place(h, w, stride, [(s / r**0.5, s * r**0.5) for s, r in zip(scales, ratios)])


@misconception(
    "rpn_anchors",
    en="Your right and lower edges are one pixel short, x1 + w - 1. The width of a box is x2 - x1 here, without +1.",
    ko="오른쪽과 아래쪽 변이 x1 + w - 1로 1픽셀 모자랍니다. 여기서 상자의 너비는 +1 없이 x2 - x1입니다.",
)
def last_pixel_as_edge(h, w, stride, scales, ratios):
    boxes = place(h, w, stride, shapes_of(scales, ratios))
    return boxes - torch.tensor([0.0, 0.0, 1.0, 1.0], dtype=boxes.dtype)


@misconception(
    "rpn_anchors",
    en="h and w are exchanged: h is the number of rows, which y counts; w is the number of columns.",
    ko="h와 w가 뒤바뀌었습니다. h는 y가 세는 행의 수이고, w는 열의 수입니다.",
)
def rows_and_columns_exchanged(h, w, stride, scales, ratios):
    return place(w, h, stride, shapes_of(scales, ratios))


@misconception(
    "rpn_anchors",
    en="You return the corners as (y1, x1, y2, x2). A row is (x1, y1, x2, y2).",
    ko="꼭짓점을 (y1, x1, y2, x2) 순서로 돌려주었습니다. 한 행은 (x1, y1, x2, y2)입니다.",
)
def y_before_x(h, w, stride, scales, ratios):
    return place(h, w, stride, shapes_of(scales, ratios))[:, [1, 0, 3, 2]]


@misconception(
    "rpn_anchors",
    en="You keep one axis for the cells and one for the shapes. The result is a single list of boxes, (h*w*S*R, 4).",
    ko="칸의 축과 모양의 축을 따로 남겨 두었습니다. 결과는 상자들의 목록 하나, 곧 (h*w*S*R, 4)입니다.",
)
def cells_and_shapes_on_two_axes(h, w, stride, scales, ratios):
    return place(h, w, stride, shapes_of(scales, ratios)).reshape(h * w, -1, 4)


@misconception(
    "rpn_labels",
    en="You force a match for each anchor (its best true box) and not for each true box (its best anchor). So every anchor that touches an object gets 1.",
    ko="정답 상자마다 가장 좋은 앵커가 아니라 앵커마다 가장 좋은 정답 상자를 1로 만들었습니다. 그러면 물체와 조금이라도 겹치는 앵커가 모두 1이 됩니다.",
)
def best_box_of_each_anchor(anchors, gt, hi, lo):
    return labelled(anchors, gt, lambda b: b >= hi, lambda b: b >= lo, lambda o: o.amax(dim=1) > 0)


@misconception(
    "rpn_labels",
    en="An anchor must overlap with every true box in your version (the smallest IoU counts). One object that it matches is enough: take the best.",
    ko="모든 정답 상자와 겹쳐야 하는 것으로 만들었습니다(가장 작은 IoU를 썼습니다). 잘 맞는 물체가 하나만 있으면 되므로 가장 큰 IoU를 쓰세요.",
)
def worst_of_the_true_boxes(anchors, gt, hi, lo):
    if len(gt) == 0:
        return torch.zeros(len(anchors), dtype=torch.int64)
    overlap = iou(anchors, gt)
    worst = overlap.amin(dim=1)
    return labelled(anchors, gt, lambda b: worst >= hi, lambda b: worst >= lo, best_of_each)


@misconception(
    "rpn_labels",
    en="Only the first true box is looked at. An image may hold several objects, and an anchor may match any of them.",
    ko="첫 정답 상자만 보았습니다. 이미지에는 물체가 여럿일 수 있고, 앵커는 그중 어느 것과 맞아도 됩니다.",
)
def first_true_box_only(anchors, gt, hi, lo):
    return labelled(anchors, gt[:1], lambda b: b >= hi, lambda b: b >= lo, best_of_each)


@misconception(
    "roi_pool",
    en="You round the image coordinates first and scale afterwards. It is the scaled coordinate that is rounded to a cell.",
    ko="이미지 좌표를 먼저 반올림하고 나서 scale을 곱했습니다. scale을 곱한 좌표를 반올림해서 칸을 정합니다.",
)
def rounded_before_scaling(features, rois, P, scale):
    return pool_regions(features, (rois + 0.5).floor(), P, scale, round_=math.floor)


@misconception(
    "roi_pool",
    en="You round the first corner down and the last one up. Both are rounded to the nearest cell: floor(v * scale + 0.5).",
    ko="첫 꼭짓점은 내림하고 끝 꼭짓점은 올림했습니다. 둘 다 가장 가까운 칸으로 반올림합니다: floor(v * scale + 0.5).",
)
def rounded_outwards(features, rois, P, scale):
    cells = torch.cat([(rois[:, :2] * scale).floor(), (rois[:, 2:] * scale).ceil()], dim=1)
    return pool_regions(features, cells, P, 1.0, round_=int)


@misconception(
    "roi_pool",
    en="Both edges of your bins are rounded to the nearest row. A bin begins at a floor and ends at a ceiling, so that neighbours may share a row and none is empty.",
    ko="구간의 양 끝을 모두 반올림했습니다. 구간은 내림에서 시작해 올림에서 끝나므로, 이웃 구간이 행을 함께 쓸 수 있고 비는 구간이 없습니다.",
)
def bin_edges_rounded(features, rois, P, scale):
    return pool_regions(
        features, rois, P, scale, edges=lambda i, size, P: (round(i * size / P), round((i + 1) * size / P))
    )


@misconception(
    "roi_pool",
    en="All bins have the size ceil(h / P), so they run out of the region, and the last ones lie outside. Bin i begins at floor(i h / P).",
    ko="모든 구간의 크기를 ceil(h / P)로 잡았습니다. 그러면 구간이 영역을 벗어나고 뒤쪽 구간은 영역 밖에 놓입니다. 구간 i는 floor(i h / P)에서 시작합니다.",
)
def bins_of_the_rounded_up_size(features, rois, P, scale):
    def edges(i, size, P):
        step = -(-size // P)
        return min(i * step, size), min((i + 1) * step, size)

    return pool_regions(features, rois, P, scale, edges=edges)


@misconception(
    "roi_pool",
    en="Your bins begin at a ceiling. They begin at floor(i h / P); otherwise rows are lost between two bins.",
    ko="구간의 시작을 올림으로 정했습니다. floor(i h / P)에서 시작해야 합니다. 그렇지 않으면 두 구간 사이의 행이 빠집니다.",
)
def bins_begin_at_a_ceiling(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, edges=lambda i, size, P: (-(-i * size // P), -(-(i + 1) * size // P)))


@misconception(
    "roi_pool",
    en="A bin without any cell holds minus infinity with you. It is 0.",
    ko="칸이 하나도 없는 구간이 음의 무한대가 되었습니다. 이때는 0입니다.",
)
def empty_bins_minus_infinity(features, rois, P, scale):
    inside = pool_regions(torch.ones_like(features), rois, P, scale)
    return torch.where(inside > 0, pool_regions(features, rois, P, scale), -float("inf"))


@misconception(
    "roi_pool",
    en="Rows and columns of the bins are exchanged in your result: [r, c, i, j] is bin row i and bin column j.",
    ko="결과에서 구간의 행과 열이 뒤바뀌었습니다. [r, c, i, j]는 i번째 행 구간, j번째 열 구간입니다.",
)
def bins_transposed(features, rois, P, scale):
    return pool_regions(features, rois, P, scale).transpose(2, 3)


@misconception(
    "roi_pool",
    en="The maximum is also taken over the channels. Every channel is pooled on its own.",
    ko="채널에 대해서도 최댓값을 구했습니다. 채널마다 따로 풀링해야 합니다.",
)
def maximum_over_the_channels(features, rois, P, scale):
    return pool_regions(features, rois, P, scale, reduce=lambda window: window.max())


@misconception(
    "fcn_head",
    en="You place pixel i at i / s - 0.5. Its own centre is at i + 0.5, before the division by s.",
    ko="픽셀 i를 i / s - 0.5에 놓았습니다. s로 나누기 전에 픽셀의 중심인 i + 0.5를 써야 합니다.",
)
def pixel_centre_missing(features, W, up):
    scores = scores_of(features, W)
    if up[1] == "nearest":
        return enlarge(scores, up)
    return enlarge_by_matrices(scores, up[0], lambda i, n: (i / up[0] - 0.5).clamp(0, n - 1))


@misconception(
    "fcn_head",
    en="The modes are exchanged: you interpolate where nearest is asked, and repeat cells where bilinear is asked.",
    ko="두 방식이 뒤바뀌었습니다. nearest일 때 보간하고 bilinear일 때 칸을 반복했습니다.",
)
def up_modes_exchanged(features, W, up):
    return enlarge(scores_of(features, W), (up[0], "nearest" if up[1] == "bilinear" else "bilinear"))


@misconception(
    "fcn_head",
    en="The mode is ignored: you interpolate in both modes.",
    ko="mode를 쓰지 않고 두 방식 모두에서 보간했습니다.",
)
def always_bilinear(features, W, up):
    return enlarge(scores_of(features, W), (up[0], "bilinear"))


@misconception(
    "fcn_head",
    en="You return log-probabilities. The head gives the scores as they are; the log-softmax belongs to the loss.",
    ko="로그 확률을 돌려주었습니다. 이 함수는 점수를 그대로 내고, 로그 소프트맥스는 손실 쪽에서 계산합니다.",
)
def log_probabilities_returned(features, W, up):
    return torch.log_softmax(enlarge(scores_of(features, W), up), dim=1)


@misconception(
    "fcn_head",
    en="You put each score in one pixel and zeros between. Up-sampling fills every pixel of the cell.",
    ko="점수를 픽셀 하나에만 놓고 사이를 0으로 채웠습니다. 업샘플링은 칸에 속한 모든 픽셀을 채웁니다.",
)
def zeros_between_the_scores(features, W, up):
    scores, s = scores_of(features, W), up[0]
    out = scores.new_zeros(*scores.shape[:2], s * scores.shape[2], s * scores.shape[3])
    out[:, :, ::s, ::s] = scores
    return out


@misconception(
    "fcn_head",
    en="The map is not enlarged: you return the coarse scores, one for each cell. There must be one for each pixel.",
    ko="맵을 키우지 않고 칸마다 하나인 거친 점수를 돌려주었습니다. 픽셀마다 하나씩 있어야 합니다.",
)
def not_enlarged(features, W, up):
    return scores_of(features, W)


@misconception(
    "pixel_ce",
    en="d is softmax minus one-hot at every pixel: that is the gradient of one pixel's loss. Of a mean over the pixels that are kept, it is divided by their number, and it is 0 at ignored pixels.",
    ko="d가 모든 픽셀에서 소프트맥스 빼기 원-핫입니다. 그것은 픽셀 하나의 손실에 대한 기울기입니다. 손실은 남은 픽셀의 평균이므로 그 수로 나누고, 무시한 픽셀에서는 0이어야 합니다.",
)
def gradient_of_single_pixels(logits, lab, ignore):
    _, log_p, target = pixel_parts(logits, lab, ignore)
    return gradient_beside(logits, lab, ignore)[0], log_p.exp() - target


@misconception(
    "pixel_ce",
    en="Loss and gradient are sums over the pixels. It is a mean: divide both by the number of pixels that are not ignored.",
    ko="손실과 기울기가 픽셀에 대한 합입니다. 평균이므로 둘 다 무시하지 않은 픽셀의 수로 나누어야 합니다.",
)
def summed_over_the_pixels(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    return -(keep * target * log_p).sum(), keep * (log_p.exp() - target)


@misconception(
    "pixel_ce",
    en="You divide by the number of images. The mean runs over the pixels that are not ignored.",
    ko="이미지 수로 나누었습니다. 무시하지 않은 픽셀에 대한 평균이어야 합니다.",
)
def divided_by_the_images(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    return -(keep * target * log_p).sum() / len(lab), keep * (log_p.exp() - target) / len(lab)


@misconception(
    "pixel_ce",
    en="Your mean runs over the classes, too, so it is K times too small. Each pixel counts once.",
    ko="클래스에 대해서도 평균을 내서 K배 작아졌습니다. 픽셀은 하나씩만 셉니다.",
)
def classes_counted_too(logits, lab, ignore):
    loss, d = gradient_beside(logits, lab, ignore)
    return loss / logits.shape[1], d / logits.shape[1]


@misconception(
    "pixel_ce",
    en="Your softmax runs over the images of the batch (axis 0). The classes are axis 1.",
    ko="소프트맥스를 배치의 이미지들(0번 축)에 대해 계산했습니다. 클래스는 1번 축입니다.",
)
def softmax_over_the_images(logits, lab, ignore):
    keep, _, target = pixel_parts(logits, lab, ignore)
    log_p, count = torch.log_softmax(logits, dim=0), keep.sum().clamp(min=1)
    return -(keep * target * log_p).sum() / count, keep * (log_p.exp() - target) / count


@misconception(
    "pixel_ce",
    en="You leave out negative labels instead of the label ignore. It can be 255, or one of the classes.",
    ko="ignore가 아니라 음수 레이블을 뺐습니다. ignore는 255일 수도 있고 클래스 가운데 하나일 수도 있습니다.",
)
def negative_labels_left_out(logits, lab, ignore):
    return gradient_beside(logits, lab.where(lab >= 0, -1), -1)


@misconception(
    "pixel_ce",
    en="You leave out the label 255 whatever ignore says. Use the argument: it can be -1, or one of the classes.",
    ko="ignore와 관계없이 레이블 255를 뺐습니다. 인자를 쓰세요. -1일 수도 있고 클래스 가운데 하나일 수도 있습니다.",
)
def ignore_taken_for_255(logits, lab, ignore):
    return gradient_beside(logits, lab, 255)


@misconception(
    "pixel_ce",
    en="The loss is the mean probability of the right class, with a minus. The logarithm is missing.",
    ko="손실이 정답 클래스 확률의 평균에 음수를 붙인 것입니다. 로그가 빠졌습니다.",
)
def probability_without_log(logits, lab, ignore):
    keep, log_p, target = pixel_parts(logits, lab, ignore)
    return -(keep * target * log_p.exp()).sum() / keep.sum().clamp(min=1), gradient_beside(logits, lab, ignore)[1]


def put(x, rows, columns, shape):
    """x written at rows and columns of its own planes."""
    N, C = x.shape[:2]
    n, c = torch.arange(N)[:, None, None, None], torch.arange(C)[None, :, None, None]
    return x.new_zeros(N, C, *shape).index_put((n.expand_as(rows), c.expand_as(rows), rows, columns), x)


@misconception(
    "unpool",
    en="You split the positions with the height H. They are y * W + x: the width tells where a row ends.",
    ko="위치를 높이 H로 나누었습니다. 위치는 y * W + x이므로 행이 어디서 끝나는지는 너비 W가 정합니다.",
)
def divided_by_the_height(x, idx, out_shape):
    return put(x, idx // out_shape[0], idx % out_shape[0], out_shape)


@misconception(
    "unpool",
    en="Row and column are exchanged: idx // W is the row y, and the rest idx % W is the column x.",
    ko="행과 열이 뒤바뀌었습니다. idx // W가 행 y이고 나머지 idx % W가 열 x입니다.",
)
def remainder_taken_for_the_row(x, idx, out_shape):
    return put(x, idx % out_shape[1], idx // out_shape[1], out_shape)


@misconception(
    "unpool",
    en="You split the positions with the width of x, the small map. They count the cells of the large plane, which is W wide.",
    ko="위치를 작은 맵 x의 너비로 나누었습니다. 위치는 너비가 W인 큰 평면의 칸을 센 번호입니다.",
)
def divided_by_the_small_width(x, idx, out_shape):
    return put(x, idx // x.shape[3], idx % x.shape[3], out_shape)


@misconception(
    "unpool",
    en="All images use the positions of the first image. Each image has maxima of its own.",
    ko="모든 이미지에 첫 이미지의 위치를 썼습니다. 최댓값의 위치는 이미지마다 다릅니다.",
)
def positions_of_the_first_image(x, idx, out_shape):
    N, C = x.shape[:2]
    H, W = out_shape
    shared = idx[:1].expand_as(idx)
    return x.new_zeros(N, C, H * W).scatter(2, shared.flatten(2), x.flatten(2)).reshape(N, C, H, W)


@misconception(
    "unpool",
    en="Height and width of the result are exchanged: out_shape is (H, W), rows first.",
    ko="결과의 높이와 너비가 뒤바뀌었습니다. out_shape는 행이 먼저인 (H, W)입니다.",
)
def out_shape_exchanged(x, idx, out_shape):
    N, C = x.shape[:2]
    W, H = out_shape
    return x.new_zeros(N, C, H * W).scatter(2, idx.flatten(2), x.flatten(2)).reshape(N, C, H, W)


@misconception(
    "unpool",
    en="You read from the positions (gather) instead of writing to them. Un-pooling puts the values of x there.",
    ko="위치에 값을 쓰지 않고 위치에서 값을 읽었습니다(gather). 언풀링은 그 위치에 x의 값을 놓습니다.",
)
def gathered_instead_of_scattered(x, idx, out_shape):
    large = F.interpolate(x, size=out_shape, mode="nearest").flatten(2)
    return large.gather(2, idx.flatten(2)).reshape(x.shape)


@misconception(
    "tconv2d",
    en="You cut with the slice p:-p. Without padding this is 0:-0, which is empty: write the end as H - p.",
    ko="p:-p로 잘랐습니다. 패딩이 없으면 0:-0이 되어 아무것도 남지 않습니다. 끝을 H - p로 쓰세요.",
)
def slice_to_minus_zero(x, w, s, p):
    return spread(x, w, s, p, cut=lambda out, H, W: out[:, :, p:-p, p:-p])


@misconception(
    "tconv2d",
    en="The padding is cut off the rows only. Columns had it, too.",
    ko="패딩을 행에서만 잘라 냈습니다. 열에도 패딩이 있습니다.",
)
def cut_off_the_rows_only(x, w, s, p):
    return spread(x, w, s, p, cut=lambda out, H, W: out[:, :, p : H - p])


@misconception(
    "tconv2d",
    en="You put zeros between the values and convolve with the padding p. For the transpose the border must be kh - 1 - p wide, so that the kernel can reach out over the edge.",
    ko="값 사이에 0을 넣은 뒤 패딩 p로 합성곱했습니다. 전치 합성곱에서는 커널이 가장자리를 넘어가도록 테두리가 kh - 1 - p만큼 필요합니다.",
)
def convolved_with_the_padding(x, w, s, p):
    N, C, h, wd = x.shape
    wide = x.new_zeros(N, C, (h - 1) * s + 1, (wd - 1) * s + 1)
    wide[:, :, ::s, ::s] = x
    return F.conv2d(wide, w.flip((2, 3)).transpose(0, 1), padding=p)


@misconception(
    "tconv2d",
    en="The input channels are not added up right: you average them. Every channel adds its own contribution.",
    ko="입력 채널들의 기여를 더하지 않고 평균했습니다. 채널마다 자기 몫을 더해야 합니다.",
)
def channels_averaged(x, w, s, p):
    return spread(x, w, s, p) / x.shape[1]


@misconception(
    "tconv2d",
    en="Where windows overlap you divide by how many there are. Contributions add up, they are not averaged.",
    ko="창이 겹치는 곳에서 겹친 수로 나누었습니다. 평균을 내지 않고 그대로 더합니다.",
)
def overlaps_averaged(x, w, s, p):
    ones = spread(torch.ones_like(x[:, :1]), torch.ones_like(w[:1, :1]), s, p)
    return spread(x, w, s, p) / ones.clamp(min=1)


@misconception(
    "skip_fuse",
    en="You cut with negative ends, top:-bottom. Where nothing is to be dropped this is 0:-0, which is empty: write the end as top + h.",
    ko="top:-bottom처럼 음수로 끝을 정했습니다. 버릴 것이 없으면 0:-0이 되어 아무것도 남지 않습니다. 끝을 top + h로 쓰세요.",
)
def crop_to_minus_zero(dec, enc, mode):
    dh, dw = (enc.shape[k] - dec.shape[k] for k in (2, 3))
    enc = enc[:, :, dh // 2 : -(dh - dh // 2), dw // 2 : -(dw - dw // 2)]
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="You cut out the lower right corner of enc. The crop is taken from the centre.",
    ko="enc의 오른쪽 아래를 오려 냈습니다. 한가운데를 오려 내야 합니다.",
)
def last_corner_cut_out(dec, enc, mode):
    enc = enc[:, :, enc.shape[2] - dec.shape[2] :, enc.shape[3] - dec.shape[3] :]
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="You put the middle of enc at H // 2 and go back h // 2 from there. Where h is odd and H is even that is one too far: the offset is (H - h) // 2.",
    ko="enc의 가운데를 H // 2로 잡고 h // 2만큼 되돌아갔습니다. h가 홀수이고 H가 짝수이면 한 칸 밀립니다. 시작 위치는 (H - h) // 2입니다.",
)
def halves_subtracted(dec, enc, mode):
    h, w = dec.shape[2:]
    top, left = enc.shape[2] // 2 - h // 2, enc.shape[3] // 2 - w // 2
    enc = enc[:, :, top : top + h, left : left + w]
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="You enlarge dec to the size of enc. It is enc that is cut, to the size of dec.",
    ko="dec를 enc의 크기로 키웠습니다. dec의 크기에 맞춰 enc를 잘라야 합니다.",
)
def decoder_enlarged(dec, enc, mode):
    dec = F.interpolate(dec, size=enc.shape[2:], mode="bilinear", align_corners=False)
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="enc is joined as it is. It may be larger than dec, and must be cut to (h, w) first.",
    ko="enc를 자르지 않고 그대로 합쳤습니다. enc가 더 클 수 있으므로 먼저 (h, w)로 잘라야 합니다.",
)
def not_cut(dec, enc, mode):
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec + enc


@misconception(
    "skip_fuse",
    en="You join the maps one above the other, along the rows. They belong next to one another as channels.",
    ko="두 맵을 행 방향으로 위아래에 이어 붙였습니다. 채널로 나란히 놓아야 합니다.",
)
def joined_along_the_rows(dec, enc, mode):
    return torch.cat([dec, centre(dec, enc)], dim=2) if mode == "concat" else dec + centre(dec, enc)


@misconception(
    "skip_fuse",
    en="You multiply the two maps in the mode add. FCN adds them.",
    ko="add 방식에서 두 맵을 곱했습니다. FCN은 두 맵을 더합니다.",
)
def maps_multiplied(dec, enc, mode):
    enc = centre(dec, enc)
    return torch.cat([dec, enc], dim=1) if mode == "concat" else dec * enc


@misconception(
    "pyramid_pool",
    en="You sum over each region. The pyramid averages, so that large and small regions can be compared.",
    ko="구간마다 합을 구했습니다. 큰 구간과 작은 구간을 비교할 수 있도록 평균을 냅니다.",
)
def regions_summed(x, bins, Ws):
    def pool(x, b):
        H, W = x.shape[2:]
        rows = [x[:, :, i * H // b : -(-(i + 1) * H // b)].sum(dim=2) for i in range(b)]
        rows = torch.stack(rows, dim=2)
        return torch.stack([rows[..., j * W // b : -(-(j + 1) * W // b)].sum(dim=3) for j in range(b)], dim=3)

    return module(x, bins, Ws, pool=pool)


@misconception(
    "pyramid_pool",
    en="You take b for the size of a region. It is the number of regions: the grid is b x b, whatever the size of the map.",
    ko="b를 구간의 크기로 보았습니다. b는 구간의 개수입니다. 맵의 크기와 관계없이 격자는 b x b입니다.",
)
def bins_taken_for_window_sizes(x, bins, Ws):
    def pool(x, b):
        return F.avg_pool2d(x, b, b)

    return module(x, bins, Ws, pool=pool)


@misconception(
    "pyramid_pool",
    en="Each level pools what the level before it gave. Every level looks at x itself.",
    ko="각 단계가 앞 단계의 결과를 풀링했습니다. 모든 단계는 x 자체를 풀링합니다.",
)
def levels_pooled_in_turn(x, bins, Ws):
    parts, pooled = [x], x
    for b, weight in zip(bins, Ws):
        pooled = F.adaptive_avg_pool2d(pooled, b)
        small = torch.relu(torch.einsum("mc,nchw->nmhw", weight, pooled))
        parts.append(F.interpolate(small, size=x.shape[2:], mode="bilinear", align_corners=False))
    return torch.cat(parts, dim=1)


@misconception(
    "pyramid_pool",
    en="The 1x1 convolution is missing: the levels keep all C channels. Each is mapped to the channels of its weights.",
    ko="1x1 합성곱이 빠져서 단계마다 채널이 C개 그대로입니다. 각 단계는 자기 가중치로 채널 수를 바꿔야 합니다.",
)
def convolution_left_out(x, bins, Ws):
    return module(x, bins, Ws, process=lambda small, weight: torch.relu(small))


@misconception(
    "pyramid_pool",
    en="Only the last level comes behind x: each level overwrites the one before. All of them are joined.",
    ko="x 뒤에 마지막 단계만 있습니다. 단계마다 앞의 것을 덮어썼습니다. 모든 단계를 이어 붙여야 합니다.",
)
def last_level_only(x, bins, Ws):
    return module(x, bins, Ws, order=lambda parts: parts[-1:])


@misconception(
    "merge_step",
    en="You return the number of the best pair in the list. best is the pair itself, (i, j).",
    ko="가장 닮은 쌍의 번호를 돌려주었습니다. best는 쌍 (i, j) 자체입니다.",
)
def number_of_the_pair(sizes, hists, pairs, total):
    i, j = merged_pair(sizes, hists, pairs, total)
    return pairs.index((i, j)), *merged(sizes, hists, i, j)


def merged_pair(sizes, hists, pairs, total, *, colour=None, share=None):
    """The best pair, with another colour or size term."""
    colour = colour or (lambda a, b: torch.minimum(a, b).sum())
    share = share or (lambda a, b: (a + b) / total)

    def alike(pair):
        i, j = pair
        return (colour(hists[i], hists[j]) + 1 - share(sizes[i], sizes[j])).item()

    return max(pairs, key=alike)


def merged(sizes, hists, i, j):
    size = sizes[i] + sizes[j]
    return size, (sizes[i] * hists[i] + sizes[j] * hists[j]) / size


@misconception(
    "merge_step",
    en="You take the larger of the two shares in each bin. What two histograms have in common is the smaller one.",
    ko="칸마다 두 비율 가운데 큰 값을 더했습니다. 두 히스토그램이 함께 가진 것은 작은 값입니다.",
)
def larger_shares_summed(sizes, hists, pairs, total):
    i, j = best = merged_pair(sizes, hists, pairs, total, colour=lambda a, b: torch.maximum(a, b).sum())
    return best, *merged(sizes, hists, i, j)


@misconception(
    "merge_step",
    en="You compare the histograms by their product. What they have in common is the smaller share in each bin.",
    ko="두 히스토그램을 곱해서(내적) 비교했습니다. 칸마다 두 비율 가운데 작은 값을 더해야 합니다.",
)
def histograms_multiplied(sizes, hists, pairs, total):
    i, j = best = merged_pair(sizes, hists, pairs, total, colour=lambda a, b: (a * b).sum())
    return best, *merged(sizes, hists, i, j)


@misconception(
    "merge_step",
    en="You average the smaller shares over the bins. They are summed; otherwise the sizes weigh K times as much as the colours.",
    ko="작은 비율들을 칸에 대해 평균했습니다. 합해야 합니다. 그렇지 않으면 크기가 색보다 K배 크게 반영됩니다.",
)
def mean_of_the_smaller_shares(sizes, hists, pairs, total):
    i, j = best = merged_pair(sizes, hists, pairs, total, colour=lambda a, b: torch.minimum(a, b).mean())
    return best, *merged(sizes, hists, i, j)


@misconception(
    "merge_step",
    en="size is the share of the picture with you. It is the number of pixels, the sum of both sizes.",
    ko="size가 그림에서 차지하는 비율입니다. 두 크기의 합, 곧 픽셀 수여야 합니다.",
)
def size_as_a_share(sizes, hists, pairs, total):
    i, j = best = merged_pair(sizes, hists, pairs, total)
    size, hist = merged(sizes, hists, i, j)
    return best, size / total, hist


@misconception(
    "merge_step",
    en="The weighted histograms are not divided by the size: hist holds pixel counts. A histogram of shares sums to 1.",
    ko="크기를 곱한 히스토그램을 전체 크기로 나누지 않아 hist가 픽셀 수입니다. 비율의 히스토그램은 합이 1입니다.",
)
def pixel_counts_as_histogram(sizes, hists, pairs, total):
    i, j = best = merged_pair(sizes, hists, pairs, total)
    return best, sizes[i] + sizes[j], sizes[i] * hists[i] + sizes[j] * hists[j]


@misconception(
    "merge_step",
    en="hist keeps only what both regions have in common. The merged region has the mean of both histograms, weighted by their sizes.",
    ko="hist에 두 영역이 함께 가진 부분만 남았습니다. 합친 영역의 히스토그램은 두 히스토그램을 크기로 가중한 평균입니다.",
)
def common_part_as_histogram(sizes, hists, pairs, total):
    i, j = best = merged_pair(sizes, hists, pairs, total)
    return best, sizes[i] + sizes[j], torch.minimum(hists[i], hists[j])


@misconception(
    "pixel_ce",
    en="You leave out the label 255 whatever ignore says, and other labels outside of the classes count as a class. Use the argument ignore.",
    ko="ignore와 관계없이 레이블 255를 뺐고, 클래스를 벗어난 다른 레이블은 클래스로 셌습니다. 인자 ignore를 쓰세요.",
)
def ignore_taken_for_255_and_clamped(logits, lab, ignore):
    return gradient_beside(logits, torch.where(lab == 255, 255, lab.clamp(0, logits.shape[1] - 1)), 255)
