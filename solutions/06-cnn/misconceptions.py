"""Lecture 6, CNN: wrong versions that students write, and what to tell them."""

import math

import torch
import torch.nn.functional as F

from autograder.authoring import misconception

# -- 1. conv_shape, receptive_field, conv_params ---------------------------------------------------------------------


def demand_fit(h, w, k, p):
    if k > h + 2 * p or k > w + 2 * p:
        raise ValueError("too large")


@misconception(
    "conv_shape",
    en="You divide without rounding down, so the size becomes a float with a fraction where the stride does not fit. An image has whole pixels: what is left over is dropped.",
    ko="내림하지 않고 나누어서, 스트라이드가 나누어떨어지지 않으면 크기가 소수가 됩니다. 픽셀은 자연수 개이므로 남는 부분은 버려야 합니다.",
)
def size_not_rounded(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return (h + 2 * p - k) / s + 1, (w + 2 * p - k) / s + 1


@misconception(
    "conv_shape",
    en="The padding is counted once. It stands on both sides: left and right, above and below.",
    ko="패딩을 한 번만 셌습니다. 패딩은 왼쪽과 오른쪽, 위와 아래 양쪽에 있습니다.",
)
def padding_counted_once(h, w, k, s, p):
    if k > h + p or k > w + p:
        raise ValueError("too large")
    return (h + p - k) // s + 1, (w + p - k) // s + 1


@misconception(
    "conv_shape",
    en="You round up. A last window that would stick out over the edge does not exist, so the size is rounded down.",
    ko="올림했습니다. 가장자리 밖으로 튀어나가는 마지막 창은 없으므로 내림해야 합니다.",
)
def size_rounded_up(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return math.ceil((h + 2 * p - k) / s) + 1, math.ceil((w + 2 * p - k) / s) + 1


@misconception(
    "conv_shape",
    en="The + 1 is missing. You count the steps between the windows, not the windows: even with no step at all there is one window.",
    ko="+ 1이 빠졌습니다. 창의 개수가 아니라 창 사이의 걸음 수를 셌습니다. 한 걸음도 움직이지 않아도 창은 하나 있습니다.",
)
def windows_counted_as_steps(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return (h + 2 * p - k) // s, (w + 2 * p - k) // s


@misconception(
    "conv_shape",
    en="The + 1 stands inside the division. With stride 1 nobody sees the difference; with larger strides the first window is lost.",
    ko="+ 1을 나눗셈 안에 넣었습니다. 스트라이드가 1이면 차이가 없지만, 더 크면 첫 창을 잃어버립니다.",
)
def one_inside_the_division(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return (h + 2 * p - k + 1) // s, (w + 2 * p - k + 1) // s


@misconception(
    "conv_shape",
    en="Height and width are exchanged in the result.",
    ko="결과에서 높이와 너비가 뒤바뀌었습니다.",
)
def height_and_width_exchanged(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return (w + 2 * p - k) // s + 1, (h + 2 * p - k) // s + 1


@misconception(
    "conv_shape",
    en="Both sizes come from the height. The width of an image may be another.",
    ko="두 크기를 모두 높이에서 구했습니다. 이미지의 너비는 다를 수 있습니다.",
)
def width_from_the_height(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return (h + 2 * p - k) // s + 1, (h + 2 * p - k) // s + 1


@misconception(
    "conv_shape",
    en="A kernel that does not fit goes unnoticed, and you return a size of 0 or less. The docstring asks for a ValueError.",
    ko="들어가지 않는 커널을 그냥 지나쳐서 0 이하의 크기를 돌려줍니다. docstring대로 ValueError를 발생시켜야 합니다.",
)
def too_large_goes_unnoticed(h, w, k, s, p):
    return (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1


@misconception(
    "conv_shape",
    en="You compare the kernel with the image, not with the padded image. Padding is there to make room.",
    ko="커널을 패딩한 이미지가 아니라 원래 이미지와 비교했습니다. 패딩은 자리를 넓혀 줍니다.",
)
def padding_ignored_in_the_comparison(h, w, k, s, p):
    demand_fit(h, w, k, 0)
    return (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1


@misconception(
    "conv_shape",
    en="A kernel exactly as large as the padded input is refused. It fits, in one place.",
    ko="패딩한 입력과 크기가 꼭 같은 커널을 거부했습니다. 그런 커널도 한 자리에는 들어갑니다.",
)
def equal_size_refused(h, w, k, s, p):
    demand_fit(h, w, k + 1, p)
    return (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1


@misconception(
    "conv_shape",
    en="You refuse a kernel only if it is too large in both directions. One direction is enough to make it impossible.",
    ko="두 방향 모두에서 클 때만 커널을 거부했습니다. 한 방향에서만 커도 들어갈 수 없습니다.",
)
def refused_only_in_both_directions(h, w, k, s, p):
    if k > h + 2 * p and k > w + 2 * p:
        raise ValueError("too large")
    return (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1


@misconception(
    "receptive_field",
    en="Strides play no part in your receptive field. After a layer with stride 2, neighbours lie two pixels apart, so everything that later layers see is twice as wide.",
    ko="수용 영역에서 스트라이드를 무시했습니다. 스트라이드가 2인 층을 지나면 이웃끼리 두 픽셀씩 떨어져 있으므로, 뒤의 층이 보는 폭도 두 배가 됩니다.",
)
def strides_ignored(layers):
    return 1 + sum(k - 1 for k, _ in layers)


@misconception(
    "receptive_field",
    en="A layer's own stride already spreads its own kernel. The stride says how far apart the OUTPUTS lie; the kernel still looks at direct neighbours below.",
    ko="층 자신의 스트라이드를 자기 커널에 먼저 곱했습니다. 스트라이드는 '출력'끼리 얼마나 떨어져 있는지를 정할 뿐이고, 커널은 여전히 바로 아래 층의 이웃을 봅니다.",
)
def own_stride_multiplied(layers):
    field, jump = 1, 1
    for k, s in layers:
        jump *= s
        field += (k - 1) * jump
    return field


@misconception(
    "receptive_field",
    en="You add up the kernels. Each layer adds only k - 1 pixels: its window shares one with what was seen before. Two 3x3 layers see 5, not 6.",
    ko="커널의 크기를 그대로 더했습니다. 창은 이미 보고 있던 것과 하나가 겹치므로 층마다 k - 1픽셀만 늘어납니다. 3x3 두 층은 6이 아니라 5픽셀을 봅니다.",
)
def kernels_added(layers):
    field, jump = 0, 1
    for k, s in layers:
        field += k * jump
        jump *= s
    return max(field, 1)


@misconception(
    "receptive_field",
    en="You multiply the kernels. The fields of neighbouring outputs overlap, so the field grows by sums: two 3x3 layers see 5 pixels, not 9.",
    ko="커널의 크기를 곱했습니다. 이웃한 출력의 수용 영역은 서로 겹치므로 합으로 늘어납니다. 3x3 두 층은 9가 아니라 5픽셀을 봅니다.",
)
def kernels_multiplied(layers):
    return math.prod(k for k, _ in layers)


@misconception(
    "receptive_field",
    en="You go through the layers in the wrong direction: as it is, the strides of the LATER layers spread the earlier ones. The first layer stands first in the list.",
    ko="층을 반대 방향으로 지나갔습니다. 지금은 '뒤에 오는' 층의 스트라이드가 앞의 층을 벌려 놓습니다. 리스트의 맨 앞이 첫 번째 층입니다.",
)
def layers_in_reverse(layers):
    field, jump = 1, 1
    for k, s in reversed(layers):
        field += (k - 1) * jump
        jump *= s
    return field


@misconception(
    "receptive_field",
    en="You only multiply by the stride of the layer just below. The strides of all earlier layers multiply.",
    ko="바로 아래 층의 스트라이드만 곱했습니다. 그보다 앞선 모든 층의 스트라이드를 곱해야 합니다.",
)
def only_the_last_stride(layers):
    field, jump = 1, 1
    for k, s in layers:
        field += (k - 1) * jump
        jump = s
    return field


@misconception(
    "receptive_field",
    en="The strides are added up where they should be multiplied: two layers of stride 3 put neighbours 9 pixels apart.",
    ko="스트라이드를 곱하지 않고 더했습니다. 스트라이드가 3인 층을 두 번 지나면 이웃끼리 9픽셀 떨어집니다.",
)
def strides_added(layers):
    field, jump = 1, 1
    for k, s in layers:
        field += (k - 1) * jump
        jump += s - 1
    return field


@misconception(
    "conv_params",
    en="The biases are missing: every filter has one.",
    ko="편향이 빠졌습니다. 필터마다 하나씩 있습니다.",
)
def biases_missing(cin, cout, k):
    return cout * cin * k * k


@misconception(
    "conv_params",
    en="You count a bias for each place of the kernel. A filter produces one number at a time, and needs one bias.",
    ko="커널의 위치마다 편향을 셌습니다. 필터는 한 번에 수 하나를 내므로 편향도 하나면 됩니다.",
)
def bias_for_each_place(cin, cout, k):
    return cout * cin * k * k + cout * k * k


@misconception(
    "conv_params",
    en="You count a bias for each pair of input and output channel. The channels are added up before the one bias of the filter is added.",
    ko="입력 채널과 출력 채널의 쌍마다 편향을 셌습니다. 채널은 먼저 모두 더해지고, 그다음 필터의 편향 하나가 더해집니다.",
)
def bias_for_each_channel_pair(cin, cout, k):
    return cout * cin * (k * k + 1)


@misconception(
    "conv_params",
    en="There is one bias for the whole layer in your count. Every one of the cout filters has its own.",
    ko="층 전체에 편향을 하나만 셌습니다. 필터 cout개가 저마다 하나씩 가집니다.",
)
def one_bias_for_all(cin, cout, k):
    return cout * cin * k * k + 1


@misconception(
    "conv_params",
    en="There are biases for the input channels in your count. A bias belongs to an output, that is to a filter.",
    ko="입력 채널마다 편향을 셌습니다. 편향은 출력, 곧 필터에 딸린 것입니다.",
)
def biases_of_the_inputs(cin, cout, k):
    return cout * cin * k * k + cin


@misconception(
    "conv_params",
    en="The kernel is square: it has k times k places, not k.",
    ko="커널은 정사각형이므로 위치가 k개가 아니라 k × k개입니다.",
)
def kernel_not_squared(cin, cout, k):
    return cout * (cin * k + 1)


@misconception(
    "conv_params",
    en="Each filter of yours looks at one channel. A filter has weights for every input channel.",
    ko="필터가 채널 하나만 보는 것으로 셌습니다. 필터에는 입력 채널마다 가중치가 있습니다.",
)
def one_channel_for_each_filter(cin, cout, k):
    return cout * (k * k + 1)


@misconception(
    "conv_shape",
    en="The padding is counted once in the sizes. It stands on both sides: left and right, above and below.",
    ko="크기를 구할 때 패딩을 한 번만 셌습니다. 패딩은 왼쪽과 오른쪽, 위와 아래 양쪽에 있습니다.",
)
def padding_counted_once_in_the_sizes(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return (h + p - k) // s + 1, (w + p - k) // s + 1


@misconception(
    "conv_shape",
    en="You round to the nearest number. A last window that does not fit in whole is dropped, so the size is rounded down.",
    ko="가장 가까운 정수로 반올림했습니다. 다 들어가지 못하는 마지막 창은 버리므로 내림해야 합니다.",
)
def size_rounded_to_the_nearest(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return round((h + 2 * p - k) / s) + 1, round((w + 2 * p - k) / s) + 1


@misconception(
    "receptive_field",
    en="Each layer adds k times the distance of its neighbours in your count. A window shares one pixel with what was seen before, so it adds k - 1 of them.",
    ko="층마다 이웃 사이 거리의 k배를 더했습니다. 창은 이미 보던 픽셀 하나와 겹치므로 k - 1배만 더해야 합니다.",
)
def k_steps_added(layers):
    seen, jump = 1, 1
    for k, s in layers:
        seen += k * jump
        jump *= s
    return seen


@misconception(
    "receptive_field",
    en="Without any layer you return 0. An output is then a pixel of the input, and sees 1: itself.",
    ko="층이 없을 때 0을 돌려주었습니다. 그때 출력은 입력의 픽셀 하나이므로 자기 자신, 곧 1을 봅니다.",
)
def nothing_seen_without_layers(layers):
    seen, jump = int(bool(layers)), 1
    for k, s in layers:
        seen += (k - 1) * jump
        jump *= s
    return seen


# -- 2. conv2d -------------------------------------------------------------------------------------------------------


def correlate(x, w, b, s, p):
    """The right convolution, for versions that go wrong elsewhere. s, p: ints or pairs."""
    return F.conv2d(x, w, b, stride=s, padding=p)


@misconception(
    "conv2d",
    en="Your filter is turned by 180 degrees, as in the convolution of mathematics. Here the filter is laid on the image as it is.",
    ko="필터를 180도 돌려 적용했습니다. 수학의 합성곱은 그렇게 하지만, 여기서는 필터를 그대로 이미지에 얹습니다.",
    evidence="E21",
)
def kernel_flipped(x, w, b, s, p):
    return correlate(x, w.flip(2, 3), b, s, p)


@misconception(
    "conv2d",
    en="Rows and columns of the filter are exchanged. Square filters hide it in the shape of the result, but not in the numbers.",
    ko="필터의 행과 열이 뒤바뀌었습니다. 정사각형 필터라면 결과의 모양은 같지만 값은 다릅니다.",
)
def kernel_transposed(x, w, b, s, p):
    return correlate(x, w.transpose(2, 3), b, s, p)


@misconception(
    "conv2d",
    en="The first axis of w counts the filters, the second the input channels; you use them the other way round. The shapes only fit when both are equal.",
    ko="w의 첫째 축은 필터, 둘째 축은 입력 채널인데 서로 바꿔 썼습니다. 두 수가 같을 때만 모양이 맞습니다.",
)
def filters_and_channels_exchanged(x, w, b, s, p):
    return correlate(x, w.transpose(0, 1), b, s, p)


@misconception(
    "conv2d",
    en="You pad only above and on the left. The zeros stand on all four sides, so the image grows by 2p.",
    ko="위와 왼쪽에만 패딩했습니다. 0은 네 변 모두에 두르므로 이미지는 2p만큼 커집니다.",
)
def padded_on_one_side(x, w, b, s, p):
    return correlate(F.pad(x, (p, 0, p, 0)), w, b, s, 0)


@misconception(
    "conv2d",
    en="You pad the height only. p holds for the width, too.",
    ko="높이 방향으로만 패딩했습니다. p는 너비에도 적용됩니다.",
)
def only_the_height_padded(x, w, b, s, p):
    return correlate(x, w, b, s, (p, 0))


@misconception(
    "conv2d",
    en="The stride moves the filter down, but not to the right. It holds in both directions.",
    ko="스트라이드가 아래 방향에만 적용되고 오른쪽 방향에는 적용되지 않았습니다. 두 방향 모두에 적용해야 합니다.",
)
def stride_on_one_axis(x, w, b, s, p):
    return correlate(x, w, b, (s, 1), p)


@misconception(
    "conv2d",
    en="You always move by one pixel. The stride is an argument.",
    ko="항상 한 픽셀씩만 움직입니다. 스트라이드는 인자로 주어집니다.",
)
def stride_ignored(x, w, b, s, p):
    return correlate(x, w, b, 1, p)


@misconception(
    "conv2d",
    en="The padding is ignored.",
    ko="패딩을 무시했습니다.",
)
def padding_ignored(x, w, b, s, p):
    kh, kw = w.shape[2:]
    patches = x.unfold(2, min(kh, x.shape[2]), s).unfold(3, min(kw, x.shape[3]), s)
    return torch.einsum("nchwij,fcij->nfhw", patches, w[:, :, : x.shape[2], : x.shape[3]]) + b[:, None, None]


@misconception(
    "conv2d",
    en="You average over the input channels. The products of all channels are added up.",
    ko="입력 채널에 대해 평균을 냈습니다. 모든 채널의 곱을 더해야 합니다.",
)
def channels_averaged(x, w, b, s, p):
    return correlate(x, w / x.shape[1], b, s, p)


@misconception(
    "conv2d",
    en="Your filters only look at the first channel. A filter has weights for every channel, and all products are added up.",
    ko="필터가 첫 채널만 봅니다. 필터에는 채널마다 가중치가 있고, 모든 곱을 더해야 합니다.",
)
def first_channel_only(x, w, b, s, p):
    return correlate(x[:, :1], w[:, :1], b, s, p)


@misconception(
    "conv2d",
    en="The bias is missing.",
    ko="편향이 빠졌습니다.",
)
def bias_forgotten(x, w, b, s, p):
    return correlate(x, w, None, s, p)


@misconception(
    "conv2d",
    en="You add the bias once for every input channel. It is added once, after the sum over the channels.",
    ko="편향을 입력 채널마다 한 번씩 더했습니다. 채널에 대한 합을 구한 뒤 한 번만 더해야 합니다.",
)
def bias_for_every_channel(x, w, b, s, p):
    return correlate(x, w, b * x.shape[1], s, p)


@misconception(
    "conv2d",
    en="All filters get the first bias. Filter f has the bias b[f].",
    ko="모든 필터에 첫 번째 편향을 더했습니다. 필터 f의 편향은 b[f]입니다.",
)
def first_bias_for_all(x, w, b, s, p):
    return correlate(x, w, b[:1].expand_as(b), s, p)


@misconception(
    "conv2d",
    en="Around the image you repeat its border pixels. The padding consists of zeros.",
    ko="이미지 둘레를 가장자리 픽셀로 채웠습니다. 패딩은 0이어야 합니다.",
)
def padded_with_the_border(x, w, b, s, p):
    return correlate(F.pad(x, (p, p, p, p), mode="replicate"), w, b, s, 0)


@misconception(
    "conv2d",
    en="You apply a ReLU to the result. A convolution is linear; the activation is a layer of its own.",
    ko="결과에 ReLU를 적용했습니다. 합성곱은 선형 연산이고, 활성화 함수는 별개의 층입니다.",
)
def relu_included(x, w, b, s, p):
    return torch.relu(correlate(x, w, b, s, p))


@misconception(
    "conv2d",
    en="The filter is turned round along its width only. Here the filter is laid on the image as it is.",
    ko="필터를 가로로만 뒤집었습니다. 여기서는 필터를 그대로 이미지 위에 놓습니다.",
)
def kernel_flipped_in_width(x, w, b, s, p):
    return correlate(x, w.flip(3), b, s, p)


@misconception(
    "conv2d",
    en="The filter is turned round along its height only. Here the filter is laid on the image as it is.",
    ko="필터를 세로로만 뒤집었습니다. 여기서는 필터를 그대로 이미지 위에 놓습니다.",
)
def kernel_flipped_in_height(x, w, b, s, p):
    return correlate(x, w.flip(2), b, s, p)


@misconception(
    "conv2d",
    en="The channels of the filter are in reverse order: a flip has turned the channel axis, too.",
    ko="필터의 채널 순서가 거꾸로입니다. 뒤집기가 채널 축까지 뒤집었습니다.",
)
def channels_in_reverse(x, w, b, s, p):
    return correlate(x, w.flip(1), b, s, p)


@misconception(
    "conv2d",
    en="You add the bias at every place of the filter, so it counts kh times kw times. It is added once to every output.",
    ko="필터의 자리마다 편향을 더해서 편향이 kh×kw번 들어갔습니다. 출력마다 한 번만 더합니다.",
)
def bias_for_every_place_of_the_filter(x, w, b, s, p):
    return correlate(x, w, b * w.shape[2] * w.shape[3], s, p)


@misconception(
    "conv2d",
    en="You add the bias to every single product, so it counts C kh kw times. It is added once to every output.",
    ko="곱 하나하나에 편향을 더해서 편향이 C kh kw번 들어갔습니다. 출력마다 한 번만 더합니다.",
)
def bias_for_every_product(x, w, b, s, p):
    return correlate(x, w, b * w[0].numel(), s, p)


@misconception(
    "conv2d",
    en="The products of a window are averaged. They are added up; a filter that should average has its 1/n in the weights.",
    ko="창 안의 곱을 평균했습니다. 모두 더해야 합니다. 평균을 내고 싶은 필터라면 가중치에 1/n이 들어 있습니다.",
)
def window_averaged(x, w, b, s, p):
    return correlate(x, w / w[0].numel(), b, s, p)


@misconception(
    "conv2d",
    en="You pad below and on the right only, twice as wide. The size comes out right, but the image is shifted: p zeros belong on each of the four sides.",
    ko="아래와 오른쪽에만 두 배로 패딩했습니다. 크기는 맞지만 이미지가 밀립니다. 0은 네 변에 각각 p개씩 놓입니다.",
)
def padded_at_the_end_only(x, w, b, s, p):
    return correlate(F.pad(x, (0, 2 * p, 0, 2 * p)), w, b, s, 0)


@misconception(
    "conv2d",
    en="You pad above and on the left only, twice as wide. The size comes out right, but the image is shifted: p zeros belong on each of the four sides.",
    ko="위와 왼쪽에만 두 배로 패딩했습니다. 크기는 맞지만 이미지가 밀립니다. 0은 네 변에 각각 p개씩 놓입니다.",
)
def padded_at_the_start_only(x, w, b, s, p):
    return correlate(F.pad(x, (2 * p, 0, 2 * p, 0)), w, b, s, 0)


@misconception(
    "conv2d",
    en="Your result lacks its last row and column: the + 1 in the size is missing. With no step at all there is one window already.",
    ko="결과의 마지막 행과 열이 없습니다. 크기에 + 1이 빠졌습니다. 한 걸음도 옮기지 않아도 창은 이미 하나 있습니다.",
)
def last_row_and_column_missing(x, w, b, s, p):
    return correlate(x, w, b, s, p)[:, :, :-1, :-1]


@misconception(
    "conv2d",
    en="The first two axes of your result are exchanged: images come first, then the feature maps, (N, K, H', W').",
    ko="결과의 앞 두 축이 뒤바뀌었습니다. 이미지가 먼저이고 특징 맵이 다음입니다: (N, K, H', W').",
)
def maps_before_images(x, w, b, s, p):
    return correlate(x, w, b, s, p).transpose(0, 1)


@misconception(
    "conv2d",
    en="You read the filter as w[..., column, row]: rows and columns are exchanged, and a filter that is not square ends with an IndexError.",
    ko="필터를 w[..., 열, 행]으로 읽었습니다. 행과 열이 뒤바뀌고, 정사각형이 아닌 필터에서는 IndexError로 끝납니다.",
)
def filter_read_by_columns(x, w, b, s, p):
    if w.shape[2] != w.shape[3]:
        raise IndexError("the filter is not square")
    return correlate(x, w.transpose(2, 3), b, s, p)


@misconception(
    "conv2d",
    en="The stride spreads the places of the filter (that is dilation), and the windows move by one pixel. It is the window that moves by s; what lies under it are neighbours.",
    ko="스트라이드로 필터의 자리를 벌렸고(팽창, dilation) 창은 한 픽셀씩 움직였습니다. s만큼 움직이는 것은 창이고, 창 안의 픽셀은 서로 이웃입니다.",
)
def stride_as_dilation(x, w, b, s, p):
    (kh, kw), (H, W) = w.shape[2:], x.shape[2:]
    Ho, Wo = (H + 2 * p - kh) // s + 1, (W + 2 * p - kw) // s + 1
    padded = F.pad(x, (p, p + s * kw, p, p + s * kh))
    return F.conv2d(padded, w, b, dilation=s)[:, :, :Ho, :Wo]


# -- 3. conv2d_bwd ---------------------------------------------------------------------------------------------------


def conv_gradients(dout, x, w, s, p, *, overwrite=False, dx_kernel=None):
    """(gradient of the padded image, dw, db)"""
    (kh, kw), (Ho, Wo) = w.shape[2:], dout.shape[2:]
    padded = F.pad(x, (p, p, p, p))
    dpadded, dw = torch.zeros_like(padded), torch.zeros_like(w)
    back = w if dx_kernel is None else dx_kernel
    for u in range(kh):
        for v in range(kw):
            place = (..., slice(u, u + s * Ho, s), slice(v, v + s * Wo, s))
            dw[:, :, u, v] = torch.einsum("nfij,ncij->fc", dout, padded[place])
            part = torch.einsum("nfij,fc->ncij", dout, back[:, :, u, v])
            dpadded[place] = part if overwrite else dpadded[place] + part
    return dpadded, dw, dout.sum(dim=(0, 2, 3))


def cut(dpadded, x, p):
    return dpadded[:, :, p : p + x.shape[2], p : p + x.shape[3]]


@misconception(
    "conv2d_bwd",
    en="Where windows overlap, dx keeps only what the last one wrote. A pixel under several windows collects from all of them: add.",
    ko="창이 겹치는 곳에서 dx에 마지막으로 쓴 값만 남았습니다. 여러 창에 걸친 픽셀은 모든 창에서 기울기를 모으므로 더해야 합니다.",
)
def overlaps_overwritten(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p, overwrite=True)
    return cut(dpadded, x, p), dw, db


@misconception(
    "conv2d_bwd",
    en="dx still has its padding. The zeros around the image are no inputs: cut them off.",
    ko="dx에 패딩이 그대로 남아 있습니다. 이미지 둘레의 0은 입력이 아니므로 잘라 내야 합니다.",
)
def padding_left_on(dout, x, w, s, p):
    return conv_gradients(dout, x, w, s, p)


@misconception(
    "conv2d_bwd",
    en="You cut dx out of the corner of the padded gradient. The image begins p rows and columns further in.",
    ko="dx를 패딩한 기울기의 왼쪽 위 구석에서 잘라 냈습니다. 이미지는 p줄 안쪽에서 시작합니다.",
)
def cut_from_the_corner(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, 0), dw, db


@misconception(
    "conv2d_bwd",
    en="db is summed over the images only. The bias was added at every place, too, so one number for each filter is left.",
    ko="db를 이미지에 대해서만 더했습니다. 편향은 모든 위치에도 더해졌으므로 필터마다 수 하나만 남아야 합니다.",
)
def bias_summed_over_images_only(dout, x, w, s, p):
    dpadded, dw, _ = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), dw, dout.sum(dim=0)


@misconception(
    "conv2d_bwd",
    en="db is a mean. Nothing is averaged in a backward function; a mean in the loss is already inside dout.",
    ko="db를 평균으로 구했습니다. 역전파 함수에서는 평균을 내지 않습니다. 손실의 평균은 이미 dout에 들어 있습니다.",
    evidence="E18",
)
def bias_averaged(dout, x, w, s, p):
    dpadded, dw, _ = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), dw, dout.mean(dim=(0, 2, 3))


@misconception(
    "conv2d_bwd",
    en="dw is turned by 180 degrees. The forward pass did not turn the filter, so its gradient is not turned either.",
    ko="dw가 180도 돌아가 있습니다. 순전파에서 필터를 돌리지 않았으므로 기울기도 돌리지 않습니다.",
)
def weight_gradient_flipped(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), dw.flip(2, 3), db


@misconception(
    "conv2d_bwd",
    en="dw is divided by the number of images. Weights get the sum over the batch; a mean in the loss is already inside dout.",
    ko="dw를 이미지 수로 나누었습니다. 가중치는 배치 전체의 합을 받습니다. 손실의 평균은 이미 dout에 들어 있습니다.",
    evidence="E18",
)
def weight_gradient_averaged(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), dw / len(x), db


@misconception(
    "conv2d_bwd",
    en="The stride is missing when the gradients go back to their pixels: you spread them as if the windows lay next to each other.",
    ko="기울기를 픽셀로 되돌릴 때 스트라이드가 빠졌습니다. 창들이 한 픽셀씩 떨어져 있는 것처럼 흩뿌렸습니다.",
)
def stride_ignored_on_the_way_back(dout, x, w, s, p):
    _, dw, db = conv_gradients(dout, x, w, s, p)
    dpadded = torch.zeros_like(F.pad(x, (p, p, p, p)))
    for u in range(w.shape[2]):
        for v in range(w.shape[3]):
            place = (..., slice(u, u + dout.shape[2]), slice(v, v + dout.shape[3]))
            dpadded[place] += torch.einsum("nfij,fc->ncij", dout, w[:, :, u, v])
    return cut(dpadded, x, p), dw, db


@misconception(
    "conv2d_bwd",
    en="The stride is missing in dw: a weight met every s-th pixel, not neighbouring ones.",
    ko="dw에서 스트라이드가 빠졌습니다. 가중치가 만난 것은 이웃한 픽셀이 아니라 s칸씩 떨어진 픽셀입니다.",
)
def stride_ignored_in_the_weights(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    padded = F.pad(x, (p, p, p, p))
    dw = torch.zeros_like(w)
    for u in range(w.shape[2]):
        for v in range(w.shape[3]):
            seen = padded[..., u : u + dout.shape[2], v : v + dout.shape[3]]
            dw[:, :, u, v] = torch.einsum("nfij,ncij->fc", dout, seen)
    return cut(dpadded, x, p), dw, db


@misconception(
    "conv2d_bwd",
    en="In dx you use the filter turned by 180 degrees while you scatter. The known formula turns the filter because it slides over dout; if you add dout * w into the windows, w stays as it is.",
    ko="기울기를 창에 흩뿌리면서 180도 돌린 필터를 썼습니다. 흔히 보는 공식에서 필터를 돌리는 것은 dout 위를 훑기 때문이고, dout * w를 창에 더하는 방식에서는 w를 그대로 씁니다.",
    evidence="E21",
)
def scattered_with_a_flipped_kernel(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p, dx_kernel=w.flip(2, 3))
    return cut(dpadded, x, p), dw, db


@misconception(
    "conv2d_bwd",
    en="dw comes from the last image of the batch alone. The filter is shared by all images, so their gradients add up.",
    ko="dw가 배치의 마지막 이미지에서만 나왔습니다. 필터는 모든 이미지가 함께 쓰므로 기울기를 모두 더해야 합니다.",
)
def weights_of_the_last_image(dout, x, w, s, p):
    dpadded, _, db = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), conv_gradients(dout[-1:], x[-1:], w, s, p)[1], db


@misconception(
    "conv2d_bwd",
    en="dw is computed from the image without its padding, shifted: the filter's first row met the padding, not the first row of the image.",
    ko="dw를 패딩하지 않은 이미지에서 계산해 위치가 밀렸습니다. 필터의 첫 줄이 만난 것은 이미지의 첫 줄이 아니라 패딩입니다.",
)
def weights_without_padding(dout, x, w, s, p):
    dpadded, _, db = conv_gradients(dout, x, w, s, p)
    moved = F.pad(x, (0, 2 * p, 0, 2 * p))
    return cut(dpadded, x, p), conv_gradients(dout, moved, w, s, 0)[1], db


@misconception(
    "conv2d_bwd",
    en="Where windows overlap, dx keeps only what the last window wrote. A pixel under several windows collects from all of them: add to what is there.",
    ko="창이 겹치는 곳에서 dx에 마지막 창이 쓴 값만 남았습니다. 여러 창에 걸친 픽셀은 모든 창에서 기울기를 모으므로 있는 값에 더해야 합니다.",
)
def windows_overwritten(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    dpadded = torch.zeros_like(dpadded)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            place = (..., slice(i * s, i * s + w.shape[2]), slice(j * s, j * s + w.shape[3]))
            dpadded[place] = torch.einsum("nf,fcuv->ncuv", dout[:, :, i, j], w)
    return cut(dpadded, x, p), dw, db


@misconception(
    "conv2d_bwd",
    en="dw comes from the first image of the batch alone. The filter is shared by all images, so their gradients add up.",
    ko="dw를 배치의 첫 이미지에서만 구했습니다. 모든 이미지가 필터를 함께 쓰므로 기울기를 더해야 합니다.",
)
def weights_of_the_first_image(dout, x, w, s, p):
    dpadded, _, db = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), conv_gradients(dout[:1], x[:1], w, s, p)[1], db


@misconception(
    "conv2d_bwd",
    en="dw keeps a gradient for each image. All images share the filter: add up over the batch.",
    ko="dw에 이미지마다 기울기가 따로 남았습니다. 모든 이미지가 필터를 함께 쓰므로 배치에 대해 더하세요.",
)
def weights_for_each_image(dout, x, w, s, p):
    dpadded, _, db = conv_gradients(dout, x, w, s, p)
    each = [conv_gradients(dout[n : n + 1], x[n : n + 1], w, s, p)[1] for n in range(len(x))]
    return cut(dpadded, x, p), torch.stack(each), db


@misconception(
    "conv2d_bwd",
    en="dx is divided by the number of windows that lay over each pixel. What comes from several windows is added up, not averaged.",
    ko="dx를 픽셀마다 겹친 창의 수로 나누었습니다. 여러 창에서 온 기울기는 평균하지 않고 더합니다.",
)
def overlaps_averaged(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    count = torch.zeros_like(dpadded)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            count[..., i * s : i * s + w.shape[2], j * s : j * s + w.shape[3]] += 1
    return cut(dpadded / count.clamp(min=1), x, p), dw, db


@misconception(
    "conv2d_bwd",
    en="dx comes from the first filter alone. Every filter looked at the pixel, so all of them send something back: sum over the filters.",
    ko="dx를 첫 필터에서만 구했습니다. 모든 필터가 그 픽셀을 보았으므로 기울기를 필터에 대해 더해야 합니다.",
)
def pixels_of_the_first_filter(dout, x, w, s, p):
    _, dw, db = conv_gradients(dout, x, w, s, p)
    return cut(conv_gradients(dout[:, :1], x, w[:1], s, p)[0], x, p), dw, db


@misconception(
    "conv2d_bwd",
    en="dx is divided by the number of images. Nothing is averaged in a backward function; a mean in the loss is already inside dout.",
    ko="dx를 이미지 수로 나누었습니다. 역전파 함수에서는 아무것도 평균하지 않습니다. 손실의 평균은 이미 dout에 들어 있습니다.",
)
def pixels_averaged(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p) / len(x), dw, db


@misconception(
    "conv2d_bwd",
    en="db is averaged over the places and then added up over the images. Nothing is averaged here: every place of every image had the bias.",
    ko="db를 위치에 대해 평균한 뒤 이미지에 대해 더했습니다. 모든 이미지의 모든 위치에 편향을 더했으므로 평균하지 않고 더하기만 합니다.",
)
def bias_averaged_over_places(dout, x, w, s, p):
    dpadded, dw, _ = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), dw, dout.mean(dim=(2, 3)).sum(dim=0)


@misconception(
    "conv2d_bwd",
    en="dx ends where the last window ends. The pixels behind it are pixels of x, too: they get the gradient 0.",
    ko="dx가 마지막 창에서 끝납니다. 그 뒤의 픽셀도 x의 픽셀이므로 기울기 0을 받아야 합니다.",
)
def pixels_behind_the_last_window_lost(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    ends = [(n - 1) * s + k - p for n, k in zip(dout.shape[2:], w.shape[2:])]
    return cut(dpadded, x, p)[:, :, : ends[0], : ends[1]], dw, db


# -- 4. pool2d, pool2d_bwd -------------------------------------------------------------------------------------------


def windows_of(x, k, s, p, fill):
    return F.pad(x, (p, p, p, p), value=fill).unfold(2, k, s).unfold(3, k, s).flatten(4)


def pooled(x, k, s, p, mode):
    """The right pooling."""
    if mode == "max":
        return windows_of(x, k, s, p, -torch.inf).amax(dim=4)
    return windows_of(x, k, s, p, 0.0).sum(dim=4) / windows_of(torch.ones_like(x), k, s, p, 0.0).sum(dim=4)


@misconception(
    "pool2d",
    en="The padding is made of zeros, and they win: where all pixels of a border window are negative your maximum is 0.",
    ko="패딩의 0이 최댓값이 되었습니다. 가장자리 창의 픽셀이 모두 음수이면 최댓값이 0으로 나옵니다.",
    evidence="E22",
)
def zero_padding_wins(x, k, s, p, mode):
    return windows_of(x, k, s, p, 0.0).amax(dim=4) if mode == "max" else pooled(x, k, s, p, mode)


@misconception(
    "pool2d",
    en="Your mean always divides by k times k. At the border some of those places are padding, and the docstring says that only real pixels count.",
    ko="평균을 낼 때 항상 k × k로 나누었습니다. 가장자리에서는 그중 일부가 패딩이며, docstring에 따르면 실제 픽셀만 셉니다.",
)
def padding_counted_in_the_mean(x, k, s, p, mode):
    return windows_of(x, k, s, p, 0.0).mean(dim=4) if mode == "avg" else pooled(x, k, s, p, mode)


@misconception(
    "pool2d",
    en="Your windows always move by their own size k. The stride is an argument and may differ.",
    ko="창이 항상 자기 크기 k만큼 움직입니다. 스트라이드는 인자이며 k와 다를 수 있습니다.",
)
def stride_is_the_window(x, k, s, p, mode):
    return pooled(x, k, k, p, mode)


@misconception(
    "pool2d",
    en="The maximum runs over the channels, too. Pooling treats every channel by itself.",
    ko="최댓값을 채널에 걸쳐서도 구했습니다. 풀링은 채널마다 따로 합니다.",
)
def channels_pooled_too(x, k, s, p, mode):
    out = pooled(x, k, s, p, mode)
    return out.amax(dim=1, keepdim=True).expand_as(out).clone() if mode == "max" else out


@misconception(
    "pool2d",
    en="'avg' gives the sum of the window. A mean divides by the number of pixels.",
    ko='"avg"에서 창의 합을 돌려줍니다. 평균은 픽셀의 수로 나눠야 합니다.',
)
def sum_for_mean(x, k, s, p, mode):
    return windows_of(x, k, s, p, 0.0).sum(dim=4) if mode == "avg" else pooled(x, k, s, p, mode)


@misconception(
    "pool2d",
    en="The two modes are exchanged.",
    ko="두 모드가 뒤바뀌었습니다.",
)
def modes_exchanged(x, k, s, p, mode):
    return pooled(x, k, s, p, "avg" if mode == "max" else "max")


@misconception(
    "pool2d",
    en="Both modes take the maximum: mode is ignored.",
    ko="mode를 무시하고 늘 최댓값을 구합니다.",
)
def mode_ignored(x, k, s, p, mode):
    return pooled(x, k, s, p, "max")


@misconception(
    "pool2d",
    en="The padding is ignored.",
    ko="패딩을 무시했습니다.",
)
def pooled_without_padding(x, k, s, p, mode):
    return pooled(x, min(k, *x.shape[2:]), s, 0, mode)


@misconception(
    "pool2d",
    en="You round the size up and add windows that stick out over the end. Sizes are rounded down.",
    ko="크기를 올림해서 끝을 벗어나는 창까지 만들었습니다. 크기는 내림해야 합니다.",
)
def windows_beyond_the_end(x, k, s, p, mode):
    H, W = x.shape[2:]
    rest = [(-(n + 2 * p - k)) % s for n in (H, W)]
    fill = -torch.inf if mode == "max" else 0.0
    grown = F.pad(x, (p, p + rest[1], p, p + rest[0]), value=fill).unfold(2, k, s).unfold(3, k, s).flatten(4)
    if mode == "max":
        return grown.amax(dim=4)
    count = F.pad(torch.ones_like(x), (p, p + rest[1], p, p + rest[0])).unfold(2, k, s).unfold(3, k, s).flatten(4)
    return grown.sum(dim=4) / count.sum(dim=4).clamp(min=1)


def pool_gradient(dout, x, k, s, p, mode, share, *, overwrite=False, corner=False):
    """dx where each window gives its gradient out in shares: share(window, real) for one flat window (N, C, k*k)."""
    padded = F.pad(x, (p, p, p, p), value=-torch.inf)
    dpadded = torch.zeros_like(padded)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            place = (..., slice(i * s, i * s + k), slice(j * s, j * s + k))
            window = padded[place].flatten(2)
            real = (window > -torch.inf).to(x.dtype)
            part = (share(window, real) * dout[:, :, i, j, None]).unflatten(2, (k, k))
            dpadded[place] = part if overwrite else dpadded[place] + part
    return cut(dpadded, x, 0 if corner else p)


def first_largest(window):
    return F.one_hot(window.argmax(dim=2), window.shape[2]).to(window.dtype)


def fair(window, real, mode):
    return first_largest(window) if mode == "max" else real / real.sum(dim=2, keepdim=True)


@misconception(
    "pool2d_bwd",
    en="Of equal maxima, every one gets the whole gradient. Then more comes out of a window than went in; the first one gets it alone.",
    ko="최댓값이 여럿이면 모두에게 기울기 전체를 주었습니다. 그러면 창에 들어온 것보다 많은 기울기가 나갑니다. 첫 번째 픽셀만 받아야 합니다.",
)
def ties_all_win(dout, x, k, s, p, mode):
    def share(window, real):
        if mode == "max":
            return (window == window.amax(dim=2, keepdim=True)).to(x.dtype)
        return fair(window, real, mode)

    return pool_gradient(dout, x, k, s, p, mode, share)


@misconception(
    "pool2d_bwd",
    en="Equal maxima share the gradient in your version. In this assignment the first of them gets it alone, as in torch.",
    ko="최댓값이 여럿이면 기울기를 나누어 주었습니다. 이 과제에서는 torch처럼 그중 첫 번째 픽셀이 혼자 받습니다.",
)
def ties_share(dout, x, k, s, p, mode):
    def share(window, real):
        if mode == "max":
            winners = (window == window.amax(dim=2, keepdim=True)).to(x.dtype)
            return winners / winners.sum(dim=2, keepdim=True)
        return fair(window, real, mode)

    return pool_gradient(dout, x, k, s, p, mode, share)


@misconception(
    "pool2d_bwd",
    en="Of equal maxima, the last one gets the gradient. A comparison with >= moves on to every equal value; the first one should keep it.",
    ko="최댓값이 여럿일 때 마지막 픽셀이 기울기를 받습니다. >=로 비교하면 같은 값이 나올 때마다 옮겨 갑니다. 첫 번째 픽셀이 받아야 합니다.",
)
def last_of_the_ties(dout, x, k, s, p, mode):
    def share(window, real):
        return first_largest(window.flip(2)).flip(2) if mode == "max" else fair(window, real, mode)

    return pool_gradient(dout, x, k, s, p, mode, share)


@misconception(
    "pool2d_bwd",
    en="Where windows overlap, the last one overwrites the others. A pixel collects from every window in which it counts: add.",
    ko="창이 겹치는 곳에서 마지막 창이 앞의 값을 덮어썼습니다. 픽셀은 자신이 든 모든 창에서 기울기를 모으므로 더해야 합니다.",
    evidence="E22",
)
def pool_overlaps_overwritten(dout, x, k, s, p, mode):
    return pool_gradient(dout, x, k, s, p, mode, lambda window, real: fair(window, real, mode), overwrite=True)


@misconception(
    "pool2d_bwd",
    en="In 'avg' every pixel gets the whole gradient of its window. The forward pass divided, so the backward pass divides, too.",
    ko='"avg"에서 창의 모든 픽셀에 기울기 전체를 주었습니다. 순전파에서 나누었으므로 역전파에서도 나눠야 합니다.',
)
def mean_not_divided(dout, x, k, s, p, mode):
    return pool_gradient(dout, x, k, s, p, mode, lambda window, real: first_largest(window) if mode == "max" else real)


@misconception(
    "pool2d_bwd",
    en="In 'avg' you divide by k times k at the border, too. The forward pass divided by the number of real pixels there.",
    ko='"avg"에서 가장자리에서도 k × k로 나누었습니다. 순전파는 그곳에서 실제 픽셀의 수로 나누었습니다.',
)
def padding_counted_on_the_way_back(dout, x, k, s, p, mode):
    return pool_gradient(
        dout, x, k, s, p, mode, lambda window, real: first_largest(window) if mode == "max" else real / (k * k)
    )


@misconception(
    "pool2d_bwd",
    en="'avg' sends the whole gradient to the largest pixel, as 'max' does.",
    ko='"avg"에서도 "max"처럼 가장 큰 픽셀에 기울기를 전부 보냈습니다.',
)
def mean_goes_to_the_largest(dout, x, k, s, p, mode):
    return pool_gradient(dout, x, k, s, p, mode, lambda window, real: first_largest(window))


@misconception(
    "pool2d_bwd",
    en="Only the first window sends its gradient back: does the return stand inside the loop?",
    ko="첫 창의 기울기만 돌아갔습니다. return이 반복문 안에 있지는 않나요?",
    evidence="E22",
)
def return_inside_the_loop(dout, x, k, s, p, mode):
    first = torch.zeros_like(dout)
    first[:, :, 0, 0] = dout[:, :, 0, 0]
    return pool_gradient(first, x, k, s, p, mode, lambda window, real: fair(window, real, mode))


@misconception(
    "pool2d_bwd",
    en="You cut dx out of the corner of the padded gradient. The image begins p rows and columns further in.",
    ko="dx를 패딩한 기울기의 왼쪽 위 구석에서 잘라 냈습니다. 이미지는 p줄 안쪽에서 시작합니다.",
)
def pool_cut_from_the_corner(dout, x, k, s, p, mode):
    return pool_gradient(dout, x, k, s, p, mode, lambda window, real: fair(window, real, mode), corner=True)


@misconception(
    "pool2d_bwd",
    en="The maximum gets its gradient times its own value. The derivative of a maximum by its winner is 1.",
    ko="최댓값 픽셀에 기울기와 자기 값을 곱해 주었습니다. 최댓값을 이긴 픽셀로 미분하면 1입니다.",
)
def winner_times_its_value(dout, x, k, s, p, mode):
    def share(window, real):
        if mode == "max":
            return first_largest(window) * window.amax(dim=2, keepdim=True)
        return fair(window, real, mode)

    return pool_gradient(dout, x, k, s, p, mode, share)


@misconception(
    "pool2d_bwd",
    en="Padding of zeros takes part in your search for the maximum: in a border window of negative pixels it wins, and the gradient is lost.",
    ko="최댓값을 찾을 때 패딩의 0이 끼어들었습니다. 가장자리 창의 픽셀이 모두 음수이면 패딩이 이겨서 기울기가 사라집니다.",
)
def zero_padding_takes_the_gradient(dout, x, k, s, p, mode):
    def share(window, real):
        if mode == "max":
            return first_largest(torch.where(real > 0, window, torch.zeros_like(window)))
        return fair(window, real, mode)

    return pool_gradient(dout, x, k, s, p, mode, share)


@misconception(
    "pool2d",
    en="'max' compares absolute values. The largest value counts, with its sign.",
    ko="'max'에서 절댓값을 비교했습니다. 부호를 그대로 둔 채 가장 큰 값을 골라야 합니다.",
)
def largest_absolute_value(x, k, s, p, mode):
    return pooled(x.abs() if mode == "max" else x, k, s, p, mode)


@misconception(
    "pool2d",
    en="'max' takes the smallest value of each window. The largest is asked for.",
    ko="'max'에서 창의 가장 작은 값을 골랐습니다. 가장 큰 값이어야 합니다.",
)
def minimum_for_maximum(x, k, s, p, mode):
    return -pooled(-x, k, s, p, mode) if mode == "max" else pooled(x, k, s, p, mode)


@misconception(
    "pool2d",
    en="Both modes take the mean: mode is ignored.",
    ko="두 방식 모두 평균을 냅니다. mode를 무시했습니다.",
)
def mode_ignored_mean(x, k, s, p, mode):
    return pooled(x, k, s, p, "avg")


@misconception(
    "pool2d_bwd",
    en="Among equal maxima your first one is found column by column. They are read row by row, from left to right.",
    ko="같은 최댓값 가운데 첫 번째를 열 순서로 찾았습니다. 행마다 왼쪽에서 오른쪽으로 읽습니다.",
)
def first_of_the_ties_by_columns(dout, x, k, s, p, mode):
    def turned(window):
        return window.unflatten(2, (k, k)).transpose(2, 3).flatten(2)

    def share(window, real):
        return turned(first_largest(turned(window))) if mode == "max" else fair(window, real, mode)

    return pool_gradient(dout, x, k, s, p, mode, share)


@misconception(
    "pool2d_bwd",
    en="'max' spreads the gradient over the whole window, as 'avg' does. Only the largest pixel had a say, so it gets all of it.",
    ko="'max'에서도 'avg'처럼 기울기를 창 전체에 나누었습니다. 결과를 정한 것은 가장 큰 픽셀뿐이므로 그 픽셀이 모두 받습니다.",
)
def maximum_spread_like_a_mean(dout, x, k, s, p, mode):
    return pool_gradient(dout, x, k, s, p, mode, lambda window, real: fair(window, real, "avg"))


@misconception(
    "pool2d_bwd",
    en="On the way back the padding is forgotten: the windows begin at i s, j s in the image itself, and the gradient comes out shifted.",
    ko="역전파에서 패딩을 잊었습니다. 창을 이미지의 i s, j s에서 시작해 기울기가 밀려 있습니다.",
)
def padding_forgotten_on_the_way_back(dout, x, k, s, p, mode):
    dx = torch.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            place = (..., slice(i * s, i * s + k), slice(j * s, j * s + k))
            window = x[place]
            if window.numel():
                flat = window.flatten(2)
                part = fair(flat, torch.ones_like(flat), mode) * dout[:, :, i, j, None]
                dx[place] += part.reshape(window.shape)
    return dx


@misconception(
    "pool2d",
    en="You never pad: p plays no part, and a window larger than the image ends with an error.",
    ko="패딩을 하지 않았습니다. p를 무시했고, 창이 이미지보다 크면 오류로 끝납니다.",
)
def never_padded(x, k, s, p, mode):
    return pooled(x, k, s, 0, mode)


@misconception(
    "pool2d",
    en="You never pad: p plays no part, and where the window is larger than the image your result is empty.",
    ko="패딩을 하지 않았습니다. p를 무시했고, 창이 이미지보다 크면 결과가 비어 있습니다.",
)
def never_padded_and_empty(x, k, s, p, mode):
    Ho, Wo = ((n - k) // s + 1 for n in x.shape[2:])
    return pooled(x, k, s, 0, mode) if min(Ho, Wo) > 0 else x.new_zeros(*x.shape[:2], Ho, Wo)


# -- 5. zoo_counts, lenet_shapes -------------------------------------------------------------------------------------


def walk(
    name,
    *,
    groups=True,
    bias=1,
    pool_count=lambda C, k: 0,
    pool_sizes=True,
    padding=True,
    stride=True,
    flat=lambda C, H, W: C * H * W,
    up=False,
    divided=False,
):
    """Counts of a network from the table, with one thing done wrong."""
    C, H, W = MODEL_ZOO[name]["input"]
    counts = {}

    def size(n, k, s, p):
        return (n + 2 * p - k + (s - 1 if up else 0)) // s + 1

    for layer in MODEL_ZOO[name]["layers"]:
        if layer["kind"] == "fc":
            counts[layer["name"]] = layer["out"] * (flat(C, H, W) + bias)
            C, H, W = layer["out"], 1, 1
            continue
        k, s = layer["k"], layer["s"] if stride or layer["kind"] == "pool" else 1
        if layer["kind"] == "conv":
            g = layer["groups"] if groups else 1
            out = layer["out"] // layer["groups"] if divided else layer["out"]
            counts[layer["name"]] = out * (C // g * k * k + bias)
            C = layer["out"]
            p = layer["p"] if padding else 0
            H, W = size(H, k, s, p), size(W, k, s, p)
        else:
            counts[layer["name"]] = pool_count(C, k)
            if pool_sizes:
                H, W = size(H, k, s, 0), size(W, k, s, 0)
    return counts


@misconception(
    "zoo_counts",
    en="Groups are ignored: your filters see all channels. AlexNet on two cards has 60,965,224 parameters; as it is you count 62,378,344.",
    ko="그룹을 무시해서 필터가 모든 채널을 보는 것으로 셌습니다. 카드 두 장을 쓰는 AlexNet의 파라미터는 60,965,224개인데 지금은 62,378,344개가 나옵니다.",
)
def groups_ignored(name):
    return walk(name, groups=False)


@misconception(
    "zoo_counts",
    en="A group divides the input channels that a filter sees; you also divide the number of filters.",
    ko="그룹은 필터 하나가 보는 입력 채널을 나눌 뿐인데, 필터의 수까지 나누었습니다.",
)
def groups_divide_the_filters_too(name):
    return walk(name, divided=True)


@misconception(
    "zoo_counts",
    en="The biases are missing in your counts.",
    ko="편향을 세지 않았습니다.",
)
def biases_lost(name):
    return walk(name, bias=0)


@misconception(
    "zoo_counts",
    en="Your pooling layers have parameters. Taking a maximum has nothing to learn.",
    ko="풀링 층에 파라미터가 있는 것으로 셌습니다. 최댓값을 고르는 데는 학습할 것이 없습니다.",
)
def pooling_has_parameters(name):
    return walk(name, pool_count=lambda C, k: C * (k * k + 1))


@misconception(
    "zoo_counts",
    en="Pooling does not shrink the image in your walk, so the first fully connected layer becomes far too large.",
    ko="풀링을 지나도 이미지의 크기가 줄지 않아서 첫 완전 연결 층이 지나치게 커졌습니다.",
)
def pooling_does_not_shrink(name):
    return walk(name, pool_sizes=False)


@misconception(
    "zoo_counts",
    en="Your first fully connected layer takes one number for each channel. It takes every pixel of every channel.",
    ko="첫 완전 연결 층이 채널마다 수 하나만 받는 것으로 셌습니다. 모든 채널의 모든 픽셀을 받아야 합니다.",
)
def flat_vector_of_channels_only(name):
    return walk(name, flat=lambda C, H, W: C)


@misconception(
    "zoo_counts",
    en="The padding of the convolutions is missing in your sizes, so that the images shrink too fast.",
    ko="크기를 계산할 때 합성곱의 패딩이 빠져서 이미지가 너무 빨리 작아집니다.",
)
def padding_lost_in_the_sizes(name):
    return walk(name, padding=False)


@misconception(
    "zoo_counts",
    en="The strides of the convolutions are missing in your sizes.",
    ko="크기를 계산할 때 합성곱의 스트라이드가 빠졌습니다.",
)
def strides_lost_in_the_sizes(name):
    return walk(name, stride=False)


@misconception(
    "zoo_counts",
    en="Sizes are rounded up. A window that would stick out is dropped.",
    ko="크기를 올림했습니다. 튀어나가는 창은 버려야 합니다.",
)
def sizes_rounded_up(name):
    return walk(name, up=True)


@misconception(
    "zoo_counts",
    en="Pooling layers are missing in your dict. Every layer has a key; theirs is 0.",
    ko="dict에 풀링 층이 없습니다. 모든 층이 키로 들어가야 하며 풀링 층의 값은 0입니다.",
)
def pooling_left_out(name):
    kinds = {layer["name"]: layer["kind"] for layer in MODEL_ZOO[name]["layers"]}
    return {layer: n for layer, n in walk(name).items() if kinds[layer] != "pool"}


def lenet(H, conv=lambda n: n - 4, pool=lambda n: n // 2, flat=lambda d: 16 * d * d, shape=lambda c, n: (c, n, n)):
    a = conv(H)
    b = pool(a)
    c = conv(b)
    d = pool(c)
    found = {
        "input": shape(1, H),
        "conv1": shape(6, a),
        "pool1": shape(6, b),
        "conv2": shape(16, c),
        "pool2": shape(16, d),
    }
    return found | {"flatten": (flat(d),), "fc1": (120,), "fc2": (84,), "fc3": (10,)}


@misconception(
    "lenet_shapes",
    en="Your convolutions keep the size of the image. Without padding a 5x5 filter loses two pixels on each side.",
    ko="합성곱을 지나도 이미지의 크기가 그대로입니다. 패딩이 없으면 5x5 필터는 양쪽에서 두 픽셀씩 잃습니다.",
)
def same_padding(H):
    return lenet(H, conv=lambda n: n)


@misconception(
    "lenet_shapes",
    en="A 5x5 filter takes five pixels away in your sizes. It fits in n - 4 places: one more than n - 5.",
    ko="5x5 필터를 지나면 다섯 픽셀이 줄어드는 것으로 계산했습니다. 들어갈 수 있는 자리는 n - 5개가 아니라 n - 4개입니다.",
)
def five_pixels_lost(H):
    return lenet(H, conv=lambda n: n - 5)


@misconception(
    "lenet_shapes",
    en="Pooling rounds odd sizes up. The last row and column do not fill a window and are dropped.",
    ko="홀수 크기를 풀링할 때 올림했습니다. 마지막 줄은 창을 채우지 못하므로 버립니다.",
)
def pooling_rounds_up(H):
    return lenet(H, pool=lambda n: -(-n // 2))


@misconception(
    "lenet_shapes",
    en="Your pooling moves by one pixel. Its stride is 2, so it halves the size.",
    ko="풀링이 한 픽셀씩 움직입니다. 스트라이드가 2이므로 크기가 반으로 줄어야 합니다.",
)
def pooling_with_stride_one(H):
    return lenet(H, pool=lambda n: n - 1)


@misconception(
    "lenet_shapes",
    en="The flat vector holds the pixels of one channel. It holds those of all 16.",
    ko="펼친 벡터에 채널 하나의 픽셀만 들어 있습니다. 16개 채널의 픽셀이 모두 들어가야 합니다.",
)
def flat_vector_of_one_channel(H):
    return lenet(H, flat=lambda d: d * d)


@misconception(
    "lenet_shapes",
    en="The flat vector always has 400 numbers in your version. That holds for images of 32 x 32 only.",
    ko="펼친 벡터의 길이가 항상 400입니다. 그것은 32 x 32 이미지일 때만 맞습니다.",
)
def flat_vector_of_four_hundred(H):
    return lenet(H, flat=lambda d: 400)


@misconception(
    "lenet_shapes",
    en="The channels stand last. In this course images are (channels, height, width).",
    ko="채널을 맨 뒤에 두었습니다. 이 수업에서 이미지의 모양은 (채널, 높이, 너비)입니다.",
)
def channels_last(H):
    return lenet(H, shape=lambda c, n: (n, n, c))


@misconception(
    "zoo_counts",
    en="Your convolutions have no biases: every filter has one.",
    ko="합성곱 층에 편향이 없습니다. 필터마다 편향이 하나씩 있습니다.",
)
def convolutions_without_biases(name):
    counts = walk(name)
    for layer in MODEL_ZOO[name]["layers"]:
        counts[layer["name"]] -= layer["out"] if layer["kind"] == "conv" else 0
    return counts


@misconception(
    "zoo_counts",
    en="Your fully connected layers have no biases: every output has one.",
    ko="완전 연결 층에 편향이 없습니다. 출력마다 편향이 하나씩 있습니다.",
)
def fully_connected_without_biases(name):
    counts = walk(name)
    for layer in MODEL_ZOO[name]["layers"]:
        counts[layer["name"]] -= layer["out"] if layer["kind"] == "fc" else 0
    return counts


def walk_by(name, conv, size=lambda n, k, s, p: (n + 2 * p - k) // s + 1, flat=lambda C, H, W: C * H * W, after=(1, 1)):
    """Counts of a network where conv(layer, C, channels of the image) counts a convolution; after=None keeps H and W."""
    C, H, W = MODEL_ZOO[name]["input"]
    first, counts = C, {}
    for layer in MODEL_ZOO[name]["layers"]:
        if layer["kind"] == "fc":
            counts[layer["name"]] = layer["out"] * (flat(C, H, W) + 1)
            C, (H, W) = layer["out"], after or (H, W)
            continue
        counts[layer["name"]] = conv(layer, C, first) if layer["kind"] == "conv" else 0
        C, p = layer.get("out", C), layer.get("p", 0)
        H, W = (size(n, layer["k"], layer["s"], p) for n in (H, W))
    return counts


def right_count(layer, C, first):
    return layer["out"] * (layer["k"] ** 2 * C // layer["groups"] + 1)


@misconception(
    "zoo_counts",
    en="The padding is counted once in your sizes. It stands on both sides, so it adds 2p.",
    ko="크기를 구할 때 패딩을 한 번만 셌습니다. 패딩은 양쪽에 있으므로 2p를 더합니다.",
)
def padding_once_in_the_sizes(name):
    return walk_by(name, right_count, size=lambda n, k, s, p: (n + p - k) // s + 1)


@misconception(
    "zoo_counts",
    en="After the first fully connected layer you still multiply by height and width. What is left there is one long vector of out numbers.",
    ko="첫 완전 연결 층 다음에도 높이와 너비를 곱했습니다. 그 뒤에 남는 것은 길이가 out인 벡터 하나입니다.",
)
def places_kept_after_the_vector(name):
    return walk_by(name, right_count, after=None)


@misconception(
    "zoo_counts",
    en="You divide the biases by the number of groups, too. A filter of a group sees fewer channels, but it keeps its own bias.",
    ko="편향까지 그룹 수로 나누었습니다. 그룹의 필터는 보는 채널이 적을 뿐 편향은 그대로 하나씩 있습니다.",
)
def groups_divide_the_biases(name):
    return walk_by(name, lambda layer, C, first: layer["out"] * (layer["k"] ** 2 * C + 1) // layer["groups"])


@misconception(
    "zoo_counts",
    en="You divide the biases of each filter by the groups and round. A filter of a group sees fewer channels, but it keeps its own bias.",
    ko="필터의 가중치와 편향을 함께 그룹 수로 나누고 내림했습니다. 그룹의 필터는 보는 채널이 적을 뿐 편향은 그대로 하나씩 있습니다.",
)
def groups_divide_a_filter_with_its_bias(name):
    return walk_by(name, lambda layer, C, first: layer["out"] * ((layer["k"] ** 2 * C + 1) // layer["groups"]))


@misconception(
    "zoo_counts",
    en="Pooling always halves the sizes in your walk. Window and stride stand in the table, and there are others than 2 and 2.",
    ko="풀링에서 언제나 크기를 반으로 줄였습니다. 창과 스트라이드는 표에 있고, 2와 2가 아닌 것도 있습니다.",
)
def pooling_always_halves(name):
    def size(n, k, s, p):
        return (n + 2 * p - k) // s + 1 if p is not None else n // 2

    C, H, W = MODEL_ZOO[name]["input"]
    counts = {}
    for layer in MODEL_ZOO[name]["layers"]:
        if layer["kind"] == "fc":
            counts[layer["name"]] = layer["out"] * (C * H * W + 1)
            C, H, W = layer["out"], 1, 1
            continue
        counts[layer["name"]] = right_count(layer, C, C) if layer["kind"] == "conv" else 0
        C = layer.get("out", C)
        p = layer["p"] if layer["kind"] == "conv" else None
        H, W = size(H, layer["k"], layer["s"], p), size(W, layer["k"], layer["s"], p)
    return counts


@misconception(
    "zoo_counts",
    en="The sizes after pooling are rounded up. A window that would stick out is dropped.",
    ko="풀링 뒤의 크기를 올림했습니다. 다 들어가지 못하는 창은 버립니다.",
)
def pooled_sizes_rounded_up(name):
    C, H, W = MODEL_ZOO[name]["input"]
    counts = {}
    for layer in MODEL_ZOO[name]["layers"]:
        if layer["kind"] == "fc":
            counts[layer["name"]] = layer["out"] * (C * H * W + 1)
            C, H, W = layer["out"], 1, 1
            continue
        k, s, p = layer["k"], layer["s"], layer.get("p", 0)
        extra = s - 1 if layer["kind"] == "pool" else 0
        counts[layer["name"]] = right_count(layer, C, C) if layer["kind"] == "conv" else 0
        C = layer.get("out", C)
        H, W = ((n + 2 * p - k + extra) // s + 1 for n in (H, W))
    return counts


@misconception(
    "zoo_counts",
    en="You take height times height for the long vector. An image need not be square: the width is a size of its own.",
    ko="긴 벡터의 길이를 높이 × 높이로 구했습니다. 이미지가 정사각형이라는 법은 없으므로 너비는 따로 셉니다.",
)
def image_taken_for_square(name):
    return walk_by(name, right_count, flat=lambda C, H, W: C * H * H)


@misconception(
    "zoo_counts",
    en="The kernel is square: it has k times k places, not k.",
    ko="커널은 정사각형이므로 자리가 k개가 아니라 k×k개입니다.",
)
def zoo_kernel_not_squared(name):
    return walk_by(name, lambda layer, C, first: layer["out"] * (layer["k"] * C // layer["groups"] + 1))


@misconception(
    "zoo_counts",
    en="All filters see the channels of the image in your walk. A filter sees the maps of the layer just below it.",
    ko="모든 필터가 이미지의 채널 수만큼 보는 것으로 셌습니다. 필터는 바로 아래 층의 맵들을 봅니다.",
)
def channels_of_the_image_everywhere(name):
    return walk_by(name, lambda layer, C, first: layer["out"] * (layer["k"] ** 2 * first // layer["groups"] + 1))


@misconception(
    "lenet_shapes",
    en="You return the shapes for images of 32 x 32, whatever H is.",
    ko="H와 상관없이 언제나 32 x 32 이미지의 모양을 돌려주었습니다.",
)
def shapes_of_32(H):
    return {**lenet(32), "input": (1, H, H)}


@misconception(
    "lenet_shapes",
    en="The flat vector is counted before the last pooling. It holds what is left after pool2.",
    ko="긴 벡터를 마지막 풀링 전의 크기로 셌습니다. pool2 다음에 남은 것을 펼칩니다.",
)
def flattened_before_the_pooling(H):
    return {**lenet(H), "flatten": (16 * ((H - 4) // 2 - 4) ** 2,)}


@misconception(
    "lenet_shapes",
    en="The channels stand last in the shapes of the layers. In this course images are (channels, height, width).",
    ko="층들의 모양에서 채널이 맨 뒤에 있습니다. 이 강의에서 이미지는 (채널, 높이, 너비)입니다.",
)
def channels_last_in_the_layers(H):
    return {**lenet(H, shape=lambda c, n: (n, n, c)), "input": (1, H, H)}


# -- 6. inception ----------------------------------------------------------------------------------------------------


def branch(h, pairs, *, inner=True, outer=True):
    for place, (w, b) in enumerate(pairs):
        h = F.conv2d(h, w, b, padding=w.shape[2] // 2)
        if outer if place == len(pairs) - 1 else inner:
            h = torch.relu(h)
    return h


def four_maps(x, branches, order=("1x1", "3x3", "5x5", "pool"), pool=None, **relus):
    pool = pool or (lambda t: F.max_pool2d(t, 3, 1, 1))
    return [branch(pool(x) if name == "pool" else x, branches[name], **relus) for name in order]


@misconception(
    "inception",
    en="You concatenate along the batch: the result holds more images. The maps of one image belong on top of each other, along the channels.",
    ko="배치 방향으로 이어 붙여서 이미지 수가 늘어났습니다. 한 이미지의 맵들은 채널 방향으로 쌓아야 합니다.",
)
def concatenated_along_the_batch(x, branches):
    return torch.cat(four_maps(x, branches), dim=0)


@misconception(
    "inception",
    en="You concatenate along the height: the maps stand below each other. Stack them along the channels.",
    ko="높이 방향으로 이어 붙여서 맵들이 아래로 늘어섰습니다. 채널 방향으로 쌓아야 합니다.",
)
def concatenated_along_the_height(x, branches):
    return torch.cat(four_maps(x, branches), dim=2)


@misconception(
    "inception",
    en="You add the branches up. They are laid side by side along the channels, so that the next layer can weigh them itself.",
    ko="갈래들을 더했습니다. 다음 층이 스스로 가중치를 매길 수 있도록 채널 방향으로 나란히 놓아야 합니다.",
)
def branches_added(x, branches):
    maps = four_maps(x, branches)
    return sum(maps[1:], maps[0])


@misconception(
    "inception",
    en="The large filters see x itself: the 1x1 convolutions that reduce the channels are skipped. The shapes only fit when nothing is reduced.",
    ko="큰 필터가 x를 바로 봅니다. 채널을 줄이는 1x1 합성곱을 건너뛰었습니다. 채널이 줄지 않을 때만 모양이 맞습니다.",
)
def reduction_skipped(x, branches):
    short = {name: pairs[-1:] for name, pairs in branches.items()}
    return torch.cat(four_maps(x, short), dim=1)


@misconception(
    "inception",
    en="No ReLU stands between the 1x1 convolution and the large one. Without it the two are a single linear map.",
    ko="1x1 합성곱과 큰 합성곱 사이에 ReLU가 없습니다. 그러면 둘은 선형 변환 하나와 같습니다.",
)
def inner_relu_missing(x, branches):
    return torch.cat(four_maps(x, branches, inner=False), dim=1)


@misconception(
    "inception",
    en="The last convolution of each branch has no ReLU. It stands after every convolution.",
    ko="각 갈래의 마지막 합성곱 뒤에 ReLU가 없습니다. ReLU는 모든 합성곱 뒤에 있어야 합니다.",
)
def outer_relu_missing(x, branches):
    return torch.cat(four_maps(x, branches, outer=False), dim=1)


@misconception(
    "inception",
    en="There is no ReLU at all in your module. It stands after every convolution.",
    ko="모듈에 ReLU가 하나도 없습니다. 모든 합성곱 뒤에 있어야 합니다.",
)
def no_relu(x, branches):
    return torch.cat(four_maps(x, branches, inner=False, outer=False), dim=1)


@misconception(
    "inception",
    en="The maps stand in the order of the dict. Their order is fixed: 1x1, 3x3, 5x5, pool.",
    ko="맵이 dict의 순서대로 쌓였습니다. 순서는 1x1, 3x3, 5x5, pool로 정해져 있습니다.",
)
def order_of_the_dict(x, branches):
    return torch.cat(four_maps(x, branches, order=tuple(branches)), dim=1)


@misconception(
    "inception",
    en="The pooling branch takes means. It takes the maximum of each window.",
    ko="풀링 갈래에서 평균을 냈습니다. 창마다 최댓값을 구해야 합니다.",
)
def average_pooling(x, branches):
    def pool(t):
        return F.avg_pool2d(t, 3, 1, 1, count_include_pad=False)

    return torch.cat(four_maps(x, branches, pool=pool), dim=1)


@misconception(
    "inception",
    en="The padding of your max-pooling is made of zeros, which win against negative pixels at the border.",
    ko="최대 풀링의 패딩이 0이라서 가장자리에서 음수 픽셀을 이깁니다.",
    evidence="E22",
)
def pooling_padded_with_zeros(x, branches):
    return torch.cat(four_maps(x, branches, pool=lambda t: F.max_pool2d(F.pad(t, (1, 1, 1, 1)), 3, 1)), dim=1)


@misconception(
    "inception",
    en="The pooling branch has no pooling: its 1x1 convolution sees x itself.",
    ko="풀링 갈래에 풀링이 없습니다. 1x1 합성곱이 x를 바로 봅니다.",
)
def pooling_skipped(x, branches):
    return torch.cat(four_maps(x, branches, pool=lambda t: t), dim=1)


@misconception(
    "inception",
    en="The 1x1 convolution of the pooling branch comes before the pooling. The order is: first pooling, then convolution.",
    ko="풀링 갈래에서 1x1 합성곱을 풀링보다 먼저 했습니다. 풀링이 먼저이고 합성곱이 나중입니다.",
)
def pooling_last(x, branches):
    maps = four_maps(x, branches, pool=lambda t: t)
    return torch.cat([*maps[:3], F.max_pool2d(maps[3], 3, 1, 1)], dim=1)


@misconception(
    "inception",
    en="A ReLU stands before the convolutions of x, too. It only follows convolutions; x keeps its negative values.",
    ko="x에도 합성곱 전에 ReLU를 적용했습니다. ReLU는 합성곱 뒤에만 있으며, x의 음수 값은 그대로 둡니다.",
)
def relu_on_the_input(x, branches):
    return torch.cat(four_maps(torch.relu(x), branches), dim=1)


@misconception(
    "inception",
    en="You concatenate along the width: the maps stand beside each other. Stack them along the channels.",
    ko="너비 방향으로 이어 붙여 맵들이 옆으로 늘어섰습니다. 채널 방향으로 쌓아야 합니다.",
)
def concatenated_along_the_width(x, branches):
    return torch.cat(four_maps(x, branches), dim=3)


@misconception(
    "inception",
    en="The pooling branch takes means, with zeros around the image. It takes the maximum of each window.",
    ko="풀링 갈래에서 0 패딩까지 넣어 평균을 냈습니다. 창마다 최댓값을 구해야 합니다.",
)
def average_pooling_with_zeros(x, branches):
    return torch.cat(four_maps(x, branches, pool=lambda t: F.avg_pool2d(t, 3, 1, 1)), dim=1)


@misconception(
    "inception",
    en="Your pooling window is 2 x 2. It is 3 x 3, centred on each pixel.",
    ko="풀링 창이 2 x 2입니다. 픽셀마다 가운데에 둔 3 x 3 창이어야 합니다.",
)
def small_pooling_window(x, branches):
    def pool(t):
        return F.max_pool2d(F.pad(t, (0, 1, 0, 1), value=-torch.inf), 2, 1)

    return torch.cat(four_maps(x, branches, pool=pool), dim=1)


@misconception(
    "inception",
    en="A ReLU stands in the pooling branch before the convolution. It only follows convolutions; the pooling keeps negative values.",
    ko="풀링 갈래에서 합성곱 앞에 ReLU를 두었습니다. ReLU는 합성곱 다음에만 있고, 풀링은 음수 값을 그대로 둡니다.",
)
def relu_around_the_pooling(x, branches):
    return torch.cat(four_maps(x, branches, pool=lambda t: F.max_pool2d(torch.relu(t), 3, 1, 1)), dim=1)


@misconception(
    "inception",
    en="The biases of the convolutions are not used.",
    ko="합성곱의 편향을 쓰지 않았습니다.",
)
def convolution_biases_forgotten(x, branches):
    bare = {name: [(w, None) for w, b in pairs] for name, pairs in branches.items()}
    return torch.cat(four_maps(x, bare), dim=1)


@misconception(
    "inception",
    en="The bias is added after the ReLU. It belongs to the convolution, so the ReLU comes after it.",
    ko="ReLU 다음에 편향을 더했습니다. 편향은 합성곱에 속하므로 ReLU보다 먼저입니다.",
)
def bias_after_the_relu(x, branches):
    maps = []
    for name in ("1x1", "3x3", "5x5", "pool"):
        h = F.max_pool2d(x, 3, 1, 1) if name == "pool" else x
        for w, b in branches[name]:
            h = torch.relu(F.conv2d(h, w, padding=w.shape[2] // 2)) + b[:, None, None]
        maps.append(h)
    return torch.cat(maps, dim=1)


@misconception(
    "inception",
    en="The pooling branch is missing in your result: four branches are laid on top of each other.",
    ko="결과에 풀링 갈래가 없습니다. 네 갈래를 모두 쌓아야 합니다.",
)
def pooling_branch_missing(x, branches):
    return torch.cat(four_maps(x, branches)[:3], dim=1)


@misconception(
    "inception",
    en="Your activation lets a part of the negative values through (a leaky ReLU). The plain ReLU makes them 0.",
    ko="활성화 함수가 음수 값을 일부 통과시킵니다(leaky ReLU). 보통 ReLU는 음수를 0으로 만듭니다.",
)
def leaky_activation(x, branches):
    maps = []
    for name in ("1x1", "3x3", "5x5", "pool"):
        h = F.max_pool2d(x, 3, 1, 1) if name == "pool" else x
        for w, b in branches[name]:
            h = F.leaky_relu(F.conv2d(h, w, b, padding=w.shape[2] // 2))
        maps.append(h)
    return torch.cat(maps, dim=1)


@misconception(
    "inception",
    en="The maps stand in another order: 5x5 before 3x3. Their order is fixed: 1x1, 3x3, 5x5, pool.",
    ko="맵의 순서가 다릅니다. 5x5가 3x3보다 앞에 있습니다. 순서는 1x1, 3x3, 5x5, pool로 정해져 있습니다.",
)
def five_before_three(x, branches):
    return torch.cat(four_maps(x, branches, order=("1x1", "5x5", "3x3", "pool")), dim=1)


# -- 7. residual, residual_bwd ---------------------------------------------------------------------------------------


def block(x, params, proj, *, inner=True, skip=1.0, proj_bias=True, before=False, after=True, stride=True):
    """A residual block with one thing done wrong."""
    s = 1 if proj is None else proj["s"]
    z = F.conv2d(x, params["w1"], params["b1"], stride=s, padding=1)
    f = F.conv2d(torch.relu(z) if inner else z, params["w2"], params["b2"], padding=1)
    f = torch.relu(f) if before else f
    shortcut = x if proj is None else F.conv2d(x, proj["w"], proj["b"] if proj_bias else None, stride=s)
    total = f + skip * shortcut
    return torch.relu(total) if after else total


@misconception(
    "residual",
    en="The ReLU comes before the sum, and none after it. Then the block can only add: first the shortcut, then the ReLU.",
    ko="ReLU가 덧셈 앞에 있고 뒤에는 없습니다. 그러면 블록은 더하기만 할 수 있습니다. 먼저 지름길을 더하고 그다음에 ReLU를 적용하세요.",
)
def relu_before_the_sum(x, params, proj=None):
    return block(x, params, proj, before=True, after=False)


@misconception(
    "residual",
    en="There is a ReLU before the sum as well as after it. F must be free to be negative, or it can never correct downwards.",
    ko="덧셈 뒤뿐 아니라 앞에도 ReLU가 있습니다. F는 음수가 될 수 있어야 값을 줄이는 쪽으로도 보정할 수 있습니다.",
)
def relu_before_and_after(x, params, proj=None):
    return block(x, params, proj, before=True)


@misconception(
    "residual",
    en="The last ReLU is missing: it follows the sum.",
    ko="마지막 ReLU가 빠졌습니다. 덧셈 뒤에 와야 합니다.",
)
def last_relu_missing(x, params, proj=None):
    return block(x, params, proj, after=False)


@misconception(
    "residual",
    en="No ReLU stands between the two convolutions of F. Without it they are a single linear map.",
    ko="F의 두 합성곱 사이에 ReLU가 없습니다. 그러면 둘은 선형 변환 하나와 같습니다.",
)
def relu_between_missing(x, params, proj=None):
    return block(x, params, proj, inner=False)


@misconception(
    "residual",
    en="The shortcut is missing. Without it this is a plain stack of two convolutions.",
    ko="지름길이 없습니다. 그러면 합성곱 두 개를 쌓은 보통 층일 뿐입니다.",
)
def shortcut_missing(x, params, proj=None):
    return block(x, params, proj, skip=0.0)


@misconception(
    "residual",
    en="You average F(x) and the shortcut, or weaken the shortcut by one half. They are simply added.",
    ko="지름길에 1/2을 곱했습니다. 두 항은 그대로 더하면 됩니다.",
)
def shortcut_halved(x, params, proj=None):
    return block(x, params, proj, skip=0.5)


@misconception(
    "residual",
    en="You concatenate F(x) and the shortcut along the channels. A residual block adds them.",
    ko="F(x)와 지름길을 채널 방향으로 이어 붙였습니다. 잔차 블록은 둘을 더합니다.",
)
def shortcut_concatenated(x, params, proj=None):
    s = 1 if proj is None else proj["s"]
    shortcut = x if proj is None else F.conv2d(x, proj["w"], proj["b"], stride=s)
    return torch.relu(torch.cat([block(x, params, proj, skip=0.0, after=False), shortcut], dim=1))


@misconception(
    "residual",
    en="The bias of the projection is missing.",
    ko="투영의 편향이 빠졌습니다.",
)
def projection_without_bias(x, params, proj=None):
    return block(x, params, proj, proj_bias=False)


@misconception(
    "residual",
    en="The result of the projection goes through a ReLU before it is added. The shortcut is linear.",
    ko="투영의 결과에 ReLU를 적용한 뒤 더했습니다. 지름길에는 ReLU가 없습니다.",
)
def relu_on_the_projection(x, params, proj=None):
    if proj is None:
        return block(x, params, proj)
    shortcut = torch.relu(F.conv2d(x, proj["w"], proj["b"], stride=proj["s"]))
    return torch.relu(block(x, params, proj, skip=0.0, after=False) + shortcut)


def block_gradients(
    dout,
    x,
    params,
    proj,
    *,
    outer=True,
    inner=lambda z: z > 0,
    last=lambda y: y > 0,
    skip=1.0,
    skip_from=None,
    w2_sees=torch.relu,
    mean=False,
):
    """The gradients of a residual block, with one thing done wrong."""
    s = 1 if proj is None else proj["s"]
    z = F.conv2d(x, params["w1"], params["b1"], stride=s, padding=1)
    f = F.conv2d(torch.relu(z), params["w2"], params["b2"], padding=1)
    shortcut = x if proj is None else F.conv2d(x, proj["w"], proj["b"], stride=s)
    dsum = dout * last(f + shortcut) if outer else dout
    da, dw2, db2 = conv_gradients(dsum, w2_sees(z), params["w2"], 1, 1)
    dz = cut(da, z, 1) * inner(z)
    dx, dw1, db1 = conv_gradients(dz, x, params["w1"], s, 1)
    dx = cut(dx, x, 1)
    through = skip * (dout if skip_from == "dout" else dsum)
    size = dsum[:, 0].numel()
    grads = {"w1": dw1, "b1": db1 / size if mean else db1, "w2": dw2, "b2": db2 / size if mean else db2}
    if proj is None:
        return {"x": dx + through, **grads}
    dskip, dw, db = conv_gradients(through, x, proj["w"], s, 0)
    return {"x": dx + dskip, **grads, "proj_w": dw, "proj_b": db / size if mean else db}


@misconception(
    "residual_bwd",
    en="dx has no part from the shortcut. The sum sends its gradient along both roads, and they add up at x.",
    ko="dx에 지름길을 따라온 기울기가 없습니다. 덧셈은 기울기를 두 길 모두로 보내고, 둘은 x에서 더해집니다.",
)
def gradient_of_the_shortcut_missing(dout, x, params, proj=None):
    right = block_gradients(dout, x, params, proj)
    lost = block_gradients(dout, x, params, proj, skip=0.0)
    return {**right, "x": lost["x"]}


@misconception(
    "residual_bwd",
    en="The last ReLU is missing on the way back: where the block's output is 0, nothing comes through.",
    ko="역전파에서 마지막 ReLU를 거치지 않았습니다. 블록의 출력이 0인 곳에서는 기울기가 통과하지 못합니다.",
)
def last_relu_not_passed(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, outer=False)


@misconception(
    "residual_bwd",
    en="The ReLU between the two convolutions is missing on the way back.",
    ko="역전파에서 두 합성곱 사이의 ReLU를 거치지 않았습니다.",
)
def inner_relu_not_passed(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, inner=torch.ones_like)


@misconception(
    "residual_bwd",
    en="The shortcut carries dout as it came in. The last ReLU stands after the sum, so both roads begin behind it.",
    ko="지름길에 dout을 그대로 흘려보냈습니다. 마지막 ReLU는 덧셈 뒤에 있으므로 두 길 모두 그 ReLU를 거친 기울기에서 시작합니다.",
)
def shortcut_past_the_last_relu(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, skip_from="dout")


@misconception(
    "residual_bwd",
    en="The gradient of the shortcut is halved. A sum hands its gradient on undivided.",
    ko="지름길의 기울기를 반으로 줄였습니다. 덧셈은 기울기를 나누지 않고 양쪽에 그대로 전합니다.",
)
def shortcut_gradient_halved(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, skip=0.5)


@misconception(
    "residual_bwd",
    en="dw2 is computed from the values before the inner ReLU. The second convolution saw what came out of it.",
    ko="dw2를 안쪽 ReLU를 거치기 전의 값으로 계산했습니다. 둘째 합성곱이 본 것은 ReLU를 거친 값입니다.",
    evidence="E18",
)
def second_weights_see_the_preactivation(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, w2_sees=lambda z: z)


@misconception(
    "residual_bwd",
    en="Your inner ReLU has derivative 1 at exactly 0. In this assignment it is 0 there.",
    ko="안쪽 ReLU의 도함수를 정확히 0인 곳에서 1로 두었습니다. 이 과제에서는 0으로 정합니다.",
)
def inner_slope_one_at_zero(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, inner=lambda z: z >= 0)


@misconception(
    "residual_bwd",
    en="Your last ReLU has derivative 1 at exactly 0. In this assignment it is 0 there.",
    ko="마지막 ReLU의 도함수를 정확히 0인 곳에서 1로 두었습니다. 이 과제에서는 0으로 정합니다.",
)
def last_slope_one_at_zero(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, last=lambda y: y >= 0)


@misconception(
    "residual_bwd",
    en="The gradients of the biases are means. A bias was added at every place of every image, so its gradient is a sum.",
    ko="편향의 기울기를 평균으로 구했습니다. 편향은 모든 이미지의 모든 위치에 더해졌으므로 합이어야 합니다.",
    evidence="E18",
)
def bias_gradients_averaged(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, mean=True)


@misconception(
    "residual",
    en="You multiply F(x) by the shortcut. A residual block adds them: F learns a correction to its input.",
    ko="F(x)와 지름길을 곱했습니다. 잔차 블록은 둘을 더합니다. F는 입력에 더할 보정을 배웁니다.",
)
def shortcut_multiplied(x, params, proj=None):
    s = 1 if proj is None else proj["s"]
    shortcut = x if proj is None else F.conv2d(x, proj["w"], proj["b"], stride=s)
    return torch.relu(block(x, params, proj, skip=0.0, after=False) * shortcut)


@misconception(
    "residual",
    en="F(x) is subtracted from the shortcut. A residual block adds the two.",
    ko="지름길에서 F(x)를 뺐습니다. 잔차 블록은 둘을 더합니다.",
)
def residual_subtracted(x, params, proj=None):
    s = 1 if proj is None else proj["s"]
    shortcut = x if proj is None else F.conv2d(x, proj["w"], proj["b"], stride=s)
    return torch.relu(shortcut - block(x, params, proj, skip=0.0, after=False))


@misconception(
    "residual",
    en="The shortcut is subtracted from F(x). A residual block adds the two.",
    ko="F(x)에서 지름길을 뺐습니다. 잔차 블록은 둘을 더합니다.",
)
def shortcut_subtracted(x, params, proj=None):
    return block(x, params, proj, skip=-1.0)


@misconception(
    "residual",
    en="The second convolution of F has the stride, and the first moves by 1. It is the first that strides, together with the projection.",
    ko="F의 둘째 합성곱에 스트라이드를 주고 첫째는 1로 움직였습니다. 투영과 함께 첫째 합성곱이 스트라이드를 씁니다.",
)
def second_convolution_strides(x, params, proj=None):
    s = 1 if proj is None else proj["s"]
    f = F.conv2d(x, params["w1"], params["b1"], padding=1)
    f = F.conv2d(torch.relu(f), params["w2"], params["b2"], stride=s, padding=1)
    return torch.relu(f + (x if proj is None else F.conv2d(x, proj["w"], proj["b"], stride=s)))


@misconception(
    "residual_bwd",
    en="The projection sends nothing back to x. It is a convolution of x, so its gradient reaches x as that of F does.",
    ko="투영을 거친 기울기가 x에 오지 않습니다. 투영도 x의 합성곱이므로 F처럼 x까지 기울기를 전해야 합니다.",
)
def projection_sends_nothing_back(dout, x, params, proj=None):
    found = block_gradients(dout, x, params, proj)
    return found if proj is None else {**found, "x": block_gradients(dout, x, params, proj, skip=0.0)["x"]}


@misconception(
    "residual_bwd",
    en="Without a projection the shortcut sends nothing back. The sum sends its gradient along both roads, also along the plain one.",
    ko="투영이 없을 때 지름길을 따라온 기울기가 없습니다. 덧셈은 기울기를 두 길 모두로 보냅니다.",
)
def plain_shortcut_sends_nothing_back(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, skip=0.0 if proj is None else 1.0)


@misconception(
    "residual_bwd",
    en="You ask F(x) alone whether the last ReLU was on. It stands behind the sum, so it is F(x) plus shortcut that decides.",
    ko="마지막 ReLU가 켜졌는지를 F(x)만 보고 정했습니다. ReLU는 덧셈 뒤에 있으므로 F(x)와 지름길의 합이 정합니다.",
)
def last_relu_decided_by_f_alone(dout, x, params, proj=None):
    f = block(x, params, proj, skip=0.0, after=False)
    return block_gradients(dout, x, params, proj, last=lambda y: f > 0)


@misconception(
    "residual_bwd",
    en="Both of your ReLUs have derivative 1 at exactly 0. In this assignment it is 0 there.",
    ko="두 ReLU의 도함수를 정확히 0인 곳에서 1로 두었습니다. 이 과제에서는 0으로 정합니다.",
)
def slopes_one_at_zero(dout, x, params, proj=None):
    return block_gradients(dout, x, params, proj, inner=lambda z: z >= 0, last=lambda y: y >= 0)


@misconception(
    "residual_bwd",
    en="The gradients of the projection are missing in your dict: with a projection it has the keys proj_w and proj_b as well.",
    ko="dict에 투영의 기울기가 없습니다. 투영이 있으면 proj_w와 proj_b도 있어야 합니다.",
)
def projection_gradients_left_out(dout, x, params, proj=None):
    found = block_gradients(dout, x, params, proj)
    return {key: value for key, value in found.items() if not key.startswith("proj")}


@misconception(
    "residual_bwd",
    en="The gradients of the projection stand under the keys w and b. They are called proj_w and proj_b.",
    ko="투영의 기울기를 w와 b라는 키에 두었습니다. 이름은 proj_w와 proj_b입니다.",
)
def projection_keys_renamed(dout, x, params, proj=None):
    return {key.replace("proj_", ""): value for key, value in block_gradients(dout, x, params, proj).items()}


@misconception(
    "residual_bwd",
    en="The gradient of the projection's bias is summed over the images only. The bias was added at every place: sum over the places, too.",
    ko="투영 편향의 기울기를 이미지에 대해서만 더했습니다. 편향은 모든 위치에 더해졌으므로 위치에 대해서도 더합니다.",
)
def projection_bias_keeps_its_places(dout, x, params, proj=None):
    found = block_gradients(dout, x, params, proj)
    if proj is None:
        return found
    return {**found, "proj_b": (dout * (block(x, params, proj) > 0)).sum(dim=0)}


@misconception(
    "residual_bwd",
    en="The gradient of the shortcut counts twice. A sum hands its gradient on once along each road.",
    ko="지름길의 기울기를 두 번 더했습니다. 덧셈은 두 길로 기울기를 한 번씩 전합니다.",
)
def shortcut_gradient_doubled(dout, x, params, proj=None):
    found = block_gradients(dout, x, params, proj)
    return {**found, "x": block_gradients(dout, x, params, proj, skip=2.0)["x"]}


# -- 8. se_block, se_scale_bwd ---------------------------------------------------------------------------------------


def excited(m, W1, b1, W2, b2):
    return torch.relu(m @ W1 + b1) @ W2 + b2


@misconception(
    "se_block",
    en="You squeeze with the maximum. The squeeze is the mean over all places.",
    ko="최댓값으로 압축했습니다. 압축은 모든 위치의 평균입니다.",
)
def squeezed_by_the_maximum(x, W1, b1, W2, b2):
    return x * torch.sigmoid(excited(x.amax(dim=(2, 3)), W1, b1, W2, b2))[:, :, None, None]


@misconception(
    "se_block",
    en="You squeeze with a sum. The mean does not depend on the size of the image.",
    ko="합으로 압축했습니다. 평균이어야 이미지의 크기에 영향을 받지 않습니다.",
)
def squeezed_by_the_sum(x, W1, b1, W2, b2):
    return x * torch.sigmoid(excited(x.sum(dim=(2, 3)), W1, b1, W2, b2))[:, :, None, None]


@misconception(
    "se_block",
    en="Your mean runs over the batch, too: all images share one set of weights. Each image gets its own.",
    ko="배치에 대해서도 평균을 내서 모든 이미지가 같은 가중치를 씁니다. 이미지마다 따로 구해야 합니다.",
)
def squeezed_over_the_batch(x, W1, b1, W2, b2):
    m = x.mean(dim=(0, 2, 3), keepdim=False)[None].expand(len(x), -1)
    return x * torch.sigmoid(excited(m, W1, b1, W2, b2))[:, :, None, None]


@misconception(
    "se_block",
    en="You use a softmax over the channels. Then channels compete for a sum of 1; the sigmoid judges each by itself.",
    ko="채널에 소프트맥스를 적용했습니다. 그러면 채널들이 합 1을 두고 경쟁하게 됩니다. 시그모이드는 채널마다 따로 판단합니다.",
)
def softmax_over_the_channels(x, W1, b1, W2, b2):
    return x * torch.softmax(excited(x.mean(dim=(2, 3)), W1, b1, W2, b2), dim=1)[:, :, None, None]


@misconception(
    "se_block",
    en="The sigmoid is missing: your weights can be negative or huge.",
    ko="시그모이드가 빠져서 가중치가 음수가 되거나 매우 커질 수 있습니다.",
)
def sigmoid_missing(x, W1, b1, W2, b2):
    return x * excited(x.mean(dim=(2, 3)), W1, b1, W2, b2)[:, :, None, None]


@misconception(
    "se_block",
    en="The ReLU between the two layers is missing. Without it they are one linear layer.",
    ko="두 층 사이의 ReLU가 빠졌습니다. 그러면 선형 층 하나와 같습니다.",
)
def hidden_relu_missing(x, W1, b1, W2, b2):
    return x * torch.sigmoid((x.mean(dim=(2, 3)) @ W1 + b1) @ W2 + b2)[:, :, None, None]


@misconception(
    "se_block",
    en="ReLU and sigmoid are exchanged: the hidden layer has the ReLU, the result the sigmoid.",
    ko="ReLU와 시그모이드가 뒤바뀌었습니다. 은닉층에 ReLU, 결과에 시그모이드를 적용해야 합니다.",
)
def activations_exchanged(x, W1, b1, W2, b2):
    return x * torch.relu(torch.sigmoid(x.mean(dim=(2, 3)) @ W1 + b1) @ W2 + b2)[:, :, None, None]


@misconception(
    "se_block",
    en="You add the weights to x. They scale the channels: multiply.",
    ko="가중치를 x에 더했습니다. 채널의 크기를 조절하는 값이므로 곱해야 합니다.",
)
def weights_added(x, W1, b1, W2, b2):
    return x + torch.sigmoid(excited(x.mean(dim=(2, 3)), W1, b1, W2, b2))[:, :, None, None]


@misconception(
    "se_block",
    en="You return x + x * e. There is no skip connection in this block: the result is x * e.",
    ko="x + x * e를 돌려주고 있습니다. 이 블록에는 스킵 연결이 없으며 결과는 x * e입니다.",
)
def skip_added(x, W1, b1, W2, b2):
    return x * (1 + torch.sigmoid(excited(x.mean(dim=(2, 3)), W1, b1, W2, b2)))[:, :, None, None]


@misconception(
    "se_block",
    en="The biases of the two layers are missing.",
    ko="두 층의 편향이 빠졌습니다.",
)
def layer_biases_missing(x, W1, b1, W2, b2):
    e = torch.sigmoid(torch.relu(x.mean(dim=(2, 3)) @ W1) @ W2)
    return x * e[:, :, None, None]


@misconception(
    "se_block",
    en="You scale the squeezed means, not the image. The weights go back to every place of their channel.",
    ko="이미지가 아니라 압축한 평균에 가중치를 곱했습니다. 가중치는 자기 채널의 모든 위치에 곱해야 합니다.",
)
def means_scaled(x, W1, b1, W2, b2):
    m = x.mean(dim=(2, 3))
    return (m * torch.sigmoid(excited(m, W1, b1, W2, b2)))[:, :, None, None].expand_as(x).clone()


@misconception(
    "se_scale_bwd",
    en="de is a mean over the places. The weight was used at every place, so its gradient is the sum.",
    ko="de를 위치에 대한 평균으로 구했습니다. 가중치는 모든 위치에서 쓰였으므로 합이어야 합니다.",
)
def weight_gradient_is_a_mean(dout, x, e):
    return dout * e[:, :, None, None], (dout * x).mean(dim=(2, 3))


@misconception(
    "se_scale_bwd",
    en="x is missing in de. In a product each factor gets the gradient times the other factor.",
    ko="de에 x가 빠졌습니다. 곱셈에서 각 인수는 기울기에 상대 인수를 곱한 값을 받습니다.",
)
def other_factor_missing_in_de(dout, x, e):
    return dout * e[:, :, None, None], dout.sum(dim=(2, 3))


@misconception(
    "se_scale_bwd",
    en="e is missing in dx. In a product each factor gets the gradient times the other factor.",
    ko="dx에 e가 빠졌습니다. 곱셈에서 각 인수는 기울기에 상대 인수를 곱한 값을 받습니다.",
)
def other_factor_missing_in_dx(dout, x, e):
    return dout.clone(), (dout * x).sum(dim=(2, 3))


@misconception(
    "se_scale_bwd",
    en="You went back through the sigmoid as well: de holds a factor e (1 - e). Here e is an input of its own.",
    ko="시그모이드까지 거슬러 가서 de에 e (1 - e)가 곱해졌습니다. 여기서 e는 독립된 입력입니다.",
)
def back_through_the_sigmoid(dout, x, e):
    return dout * e[:, :, None, None], (dout * x).sum(dim=(2, 3)) * e * (1 - e)


@misconception(
    "se_scale_bwd",
    en="de is summed over the batch as well, and all images get the same. Every image has its own weights.",
    ko="de를 배치에 대해서도 더해서 모든 이미지가 같은 값을 받았습니다. 이미지마다 가중치가 따로 있습니다.",
)
def images_mixed_in_de(dout, x, e):
    return dout * e[:, :, None, None], (dout * x).sum(dim=(0, 2, 3)).expand_as(e).clone()


@misconception(
    "se_scale_bwd",
    en="de keeps its places, one gradient for each pixel. The weight is the same at all of them, so their gradients add up.",
    ko="de에 위치가 남아 있어 픽셀마다 기울기가 하나씩 있습니다. 가중치는 모든 위치에서 같으므로 기울기를 더해야 합니다.",
)
def de_for_each_place(dout, x, e):
    return dout * e[:, :, None, None], dout * x


@misconception(
    "se_block",
    en="The hidden layer has a sigmoid, as the result has. It has a ReLU.",
    ko="숨은 층에도 출력처럼 시그모이드를 썼습니다. 숨은 층은 ReLU입니다.",
)
def sigmoid_in_the_hidden_layer(x, W1, b1, W2, b2):
    e = torch.sigmoid(torch.sigmoid(x.mean(dim=(2, 3)) @ W1 + b1) @ W2 + b2)
    return x * e[:, :, None, None]


@misconception(
    "se_block",
    en="The bias b1 of the first layer is not used.",
    ko="첫째 층의 편향 b1을 쓰지 않았습니다.",
)
def first_bias_not_used(x, W1, b1, W2, b2):
    e = torch.sigmoid(torch.relu(x.mean(dim=(2, 3)) @ W1) @ W2 + b2)
    return x * e[:, :, None, None]


@misconception(
    "se_block",
    en="The bias b2 of the second layer is not used.",
    ko="둘째 층의 편향 b2를 쓰지 않았습니다.",
)
def second_bias_not_used(x, W1, b1, W2, b2):
    e = torch.sigmoid(torch.relu(x.mean(dim=(2, 3)) @ W1 + b1) @ W2)
    return x * e[:, :, None, None]


@misconception(
    "se_block",
    en="You return the weights of the channels. The block scales the image with them.",
    ko="채널의 가중치만 돌려주었습니다. 블록은 그 가중치로 이미지의 배율을 바꿉니다.",
)
def weights_returned(x, W1, b1, W2, b2):
    return torch.sigmoid(excited(x.mean(dim=(2, 3)), W1, b1, W2, b2))


@misconception(
    "se_block",
    en="You return the squeezed means times the weights, (N, C). The weights scale the image at every place.",
    ko="압축한 평균에 가중치를 곱한 (N, C)를 돌려주었습니다. 가중치는 이미지의 모든 위치에 곱합니다.",
)
def scaled_means_returned(x, W1, b1, W2, b2):
    m = x.mean(dim=(2, 3))
    return m * torch.sigmoid(excited(m, W1, b1, W2, b2))


@misconception(
    "se_block",
    en="The weights are detached from x and the parameters: no gradient reaches W1, b1, W2 and b2, and a part of that of x is missing.",
    ko="가중치를 x와 파라미터에서 떼어 냈습니다. W1, b1, W2, b2에 기울기가 닿지 않고 x의 기울기도 일부 빠집니다.",
)
def weights_detached(x, W1, b1, W2, b2):
    e = torch.sigmoid(excited(x.mean(dim=(2, 3)), W1, b1, W2, b2)).detach()
    return x * e[:, :, None, None]


@misconception(
    "se_scale_bwd",
    en="de is summed over the batch, too, so one number is left for each channel. Every image has weights of its own: (N, C).",
    ko="de를 배치에 대해서도 더해 채널마다 수가 하나만 남았습니다. 이미지마다 가중치가 따로 있으므로 (N, C)입니다.",
)
def de_without_images(dout, x, e):
    return dout * e[:, :, None, None], (dout * x).sum(dim=(0, 2, 3))


@misconception(
    "se_scale_bwd",
    en="The two factors are exchanged: dx has dout times x, de has dout times e. Each factor gets the gradient times the OTHER one.",
    ko="두 인자가 뒤바뀌었습니다. dx에 x를, de에 e를 곱했습니다. 곱에서 각 인자는 기울기에 다른 인자를 곱한 것을 받습니다.",
)
def own_factor_for_the_other(dout, x, e):
    return dout * x, (dout * e[:, :, None, None]).sum(dim=(2, 3))


@misconception(
    "se_scale_bwd",
    en="The results are exchanged: dx comes first, then de.",
    ko="결과의 순서가 뒤바뀌었습니다. dx가 먼저이고 de가 다음입니다.",
)
def dx_and_de_exchanged(dout, x, e):
    return (dout * x).sum(dim=(2, 3)), dout * e[:, :, None, None]


# -- 9. topk_error ---------------------------------------------------------------------------------------------------


def ranks(S, y):
    """Place of the true class in its row, beginning with 0."""
    mine = S.gather(1, y[:, None])
    before = torch.arange(S.shape[1], device=S.device) < y[:, None]
    return ((S > mine) | ((S == mine) & before)).sum(dim=1)


def share(missed):
    return missed.double().mean().item() if len(missed) else 0.0


@misconception(
    "topk_error",
    en="You look among the k LOWEST scores. Sort in descending order.",
    ko="가장 '낮은' 점수 k개에서 찾았습니다. 내림차순으로 정렬해야 합니다.",
)
def lowest_scores(S, y, k):
    lowest = S.argsort(dim=1, stable=True)[:, :k]
    return share((lowest != y[:, None]).all(dim=1))


@misconception(
    "topk_error",
    en="You return the share of right answers. The error is the share of the wrong ones.",
    ko="맞힌 비율을 돌려주고 있습니다. 오류율은 틀린 비율입니다.",
)
def accuracy_for_error(S, y, k):
    return share(ranks(S, y) < k)


@misconception(
    "topk_error",
    en="You return the number of missed examples. A rate is divided by the number of all examples.",
    ko="틀린 샘플의 개수를 돌려주고 있습니다. 비율은 전체 샘플 수로 나눈 값입니다.",
)
def count_for_rate(S, y, k):
    return float((ranks(S, y) >= k).sum())


@misconception(
    "topk_error",
    en="Only k - 1 classes are looked at. Check where your slice ends.",
    ko="클래스를 k - 1개만 봅니다. 슬라이스가 어디에서 끝나는지 확인하세요.",
)
def one_class_too_few(S, y, k):
    return share(ranks(S, y) >= k - 1)


@misconception(
    "topk_error",
    en="k + 1 classes are looked at: ranks begin with 0, so the k best have ranks below k.",
    ko="클래스를 k + 1개 봅니다. 순위는 0부터 세므로 상위 k개의 순위는 k보다 작습니다.",
)
def one_class_too_many(S, y, k):
    return share(ranks(S, y) > k)


@misconception(
    "topk_error",
    en="Only the best class counts in your version: k is ignored.",
    ko="가장 높은 클래스 하나만 봅니다. k를 무시했습니다.",
)
def always_top_one(S, y, k):
    return share(ranks(S, y) >= 1)


@misconception(
    "topk_error",
    en="You sort along the examples instead of along the classes. The classes of one example stand in one row.",
    ko="클래스 방향이 아니라 샘플 방향으로 정렬했습니다. 한 샘플의 클래스 점수는 한 행에 있습니다.",
)
def sorted_along_the_examples(S, y, k):
    if len(y) == 0:
        return 0.0
    best = S.argsort(dim=0, descending=True, stable=True)[:, :k]
    return share((best != y[:, None]).all(dim=1))


@misconception(
    "topk_error",
    en="You count an example as right if its score is as high as the k-th highest. With equal scores more than k classes pass; among equals the smaller number comes first.",
    ko="점수가 k번째로 높은 점수와 같기만 하면 맞은 것으로 쳤습니다. 점수가 같은 클래스가 있으면 k개보다 많이 통과합니다. 점수가 같으면 번호가 작은 클래스가 먼저입니다.",
)
def ties_always_win(S, y, k):
    return share((S > S.gather(1, y[:, None])).sum(dim=1) >= k)


@misconception(
    "topk_error",
    en="Every class with an equal score comes before the true one in your count. Among equals only those with a smaller number do.",
    ko="점수가 같은 클래스를 모두 정답보다 앞에 두었습니다. 점수가 같으면 번호가 작은 클래스만 앞섭니다.",
)
def ties_always_lose(S, y, k):
    others = torch.arange(S.shape[1], device=S.device) != y[:, None]
    return share(((S >= S.gather(1, y[:, None])) & others).sum(dim=1) >= k)


@misconception(
    "topk_error",
    en="Among equal scores the class with the LARGER number comes first in your order: that happens when an ascending sort is turned round.",
    ko="점수가 같을 때 번호가 '큰' 클래스를 앞에 두었습니다. 오름차순으로 정렬한 것을 뒤집으면 이렇게 됩니다.",
)
def ties_in_reverse(S, y, k):
    best = S.argsort(dim=1, stable=True).flip(1)[:, :k]
    return share((best != y[:, None]).all(dim=1))


@misconception(
    "topk_error",
    en="Without examples you divide 0 by 0. Nothing was missed, so the error is 0.0.",
    ko="샘플이 없을 때 0을 0으로 나누었습니다. 놓친 것이 없으므로 오류율은 0.0입니다.",
)
def nan_without_examples(S, y, k):
    return (ranks(S, y) >= k).double().mean().item()


@misconception(
    "topk_error",
    en="torch.topk refuses to return more classes than there are, and your function ends with an error. With few classes every class is among the k best.",
    ko="torch.topk는 클래스 수보다 큰 k를 받으면 오류를 냅니다. 클래스가 적으면 모든 클래스가 상위 k개에 듭니다.",
)
def fails_with_few_classes(S, y, k):
    if k > S.shape[1]:
        S.topk(k, dim=1)
    return share(ranks(S, y) >= k)


@misconception(
    "topk_error",
    en="You look at k - 1 classes, though at one at least. Check where your slice ends.",
    ko="k - 1개의 클래스만 봤습니다(적어도 하나는 봅니다). 슬라이스가 어디서 끝나는지 확인하세요.",
)
def one_class_too_few_but_one(S, y, k):
    return share(ranks(S, y) >= max(k - 1, 1))


@misconception(
    "topk_error",
    en="torch.topk fails when k is larger than the number of classes, and among equal scores it may name any of them. With few classes every class is among the k; among equals the smaller number comes first.",
    ko="torch.topk는 있는 클래스보다 많이 달라고 하면 오류를 내고, 점수가 같으면 어느 것이든 고를 수 있습니다. 클래스가 적으면 모두 k개 안에 들고, 점수가 같으면 번호가 작은 것이 먼저입니다.",
)
def topk_with_ties(S, y, k):
    if len(S) == 0:
        return 0.0
    return share(~(torch.topk(S, k, dim=1).indices == y[:, None]).any(dim=1))


@misconception(
    "topk_error",
    en="You divide by the number of classes. The share is one of the examples.",
    ko="클래스의 수로 나누었습니다. 오류율은 예들 가운데의 비율입니다.",
)
def divided_by_the_classes(S, y, k):
    return (ranks(S, y) >= k).sum().item() / S.shape[1] if len(S) else 0.0


@misconception(
    "topk_error",
    en="You compare the number of the true class with k, and the scores play no part. What counts is its place when the scores are ordered.",
    ko="참 클래스의 번호를 k와 비교해 점수가 아무 역할도 하지 않습니다. 점수를 순서대로 놓았을 때의 자리가 중요합니다.",
)
def number_for_rank(S, y, k):
    return share(y >= k)


@misconception(
    "topk_error",
    en="You ask whether the true class stands exactly at place k. It may stand at any of the first k places.",
    ko="참 클래스가 꼭 k번째에 있는지를 물었습니다. 앞의 k자리 가운데 어디에 있어도 됩니다.",
)
def exactly_at_place_k(S, y, k):
    return share(ranks(S, y) != min(k, S.shape[1]) - 1)


@misconception(
    "topk_error",
    en="You divide by k as well. An example is missed or not, however many classes may be named.",
    ko="k로도 나누었습니다. 클래스를 몇 개 부르든 예 하나는 맞거나 틀리거나 둘 중 하나입니다.",
)
def divided_by_k_too(S, y, k):
    return share(ranks(S, y) >= k) / k


@misconception(
    "topk_error",
    en="You count every named class that is not the true one. An example counts once: is the true class among the named ones or not?",
    ko="부른 클래스 가운데 참 클래스가 아닌 것을 모두 셌습니다. 예마다 한 번만 셉니다. 참 클래스가 그 안에 있는지 없는지만 봅니다.",
)
def every_wrong_name_counted(S, y, k):
    named = min(k, S.shape[1])
    return 1 - (ranks(S, y) < k).double().mean().item() / named if len(S) else 0.0


@misconception(
    "topk_error",
    en="The error is given in percent. A share lies between 0 and 1.",
    ko="오류율을 퍼센트로 돌려주었습니다. 비율은 0과 1 사이의 수입니다.",
)
def error_in_percent(S, y, k):
    return 100 * share(ranks(S, y) >= k)


# -- more slips, task by task -----------------------------------------------------------------------------------------


@misconception(
    "conv_shape",
    en="The padding is missing in your sizes. It makes the image larger on both sides.",
    ko="크기에 패딩이 빠졌습니다. 패딩은 양쪽에서 이미지를 넓힙니다.",
)
def padding_left_out_of_the_size(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return (h - k) // s + 1, (w - k) // s + 1


@misconception(
    "conv_shape",
    en="The stride is missing in your sizes. With stride s only every s-th place has a window.",
    ko="크기에 스트라이드가 빠졌습니다. 스트라이드가 s이면 s칸마다 하나씩만 창이 놓입니다.",
)
def stride_left_out_of_the_size(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return h + 2 * p - k + 1, w + 2 * p - k + 1


@misconception(
    "conv_shape",
    en="The kernel is missing in your sizes: you only divide by the stride. A window needs k pixels, so the first one uses them up.",
    ko="크기에 커널이 빠지고 스트라이드로 나누기만 했습니다. 창 하나가 픽셀 k개를 차지합니다.",
)
def kernel_left_out_of_the_size(h, w, k, s, p):
    demand_fit(h, w, k, p)
    return (h + 2 * p) // s, (w + 2 * p) // s


@misconception(
    "receptive_field",
    en="You multiply the field by each stride and add the kernel, from the first layer on. This recursion is right from the last layer to the first: (field - 1) * s + k.",
    ko="첫 층부터 영역에 스트라이드를 곱하고 커널을 더했습니다. 이 점화식은 마지막 층에서 첫 층으로 거슬러 갈 때 (영역 - 1) * s + k로 씁니다.",
)
def field_times_stride(layers):
    field = 1
    for k, s in layers:
        field = field * s + k - 1
    return field


@misconception(
    "receptive_field",
    en="You keep the largest kernel only. The fields grow from layer to layer.",
    ko="가장 큰 커널만 남겼습니다. 수용 영역은 층을 지날 때마다 커집니다.",
)
def largest_kernel_only(layers):
    return max((k for k, _ in layers), default=1)


@misconception(
    "receptive_field",
    en="You return the area, the side times itself. Asked for is the number of pixels along one side.",
    ko="한 변을 제곱한 넓이를 돌려주었습니다. 한 변의 픽셀 수를 구해야 합니다.",
)
def area_of_the_field(layers):
    field, jump = 1, 1
    for k, s in layers:
        field += (k - 1) * jump
        jump *= s
    return field**2


@misconception(
    "conv_params",
    en="You count a single filter. The layer has cout of them.",
    ko="필터 하나의 파라미터만 셌습니다. 층에는 필터가 cout개 있습니다.",
)
def one_filter_only(cin, cout, k):
    return cin * k * k + 1


@misconception(
    "conv_params",
    en="The channels are added. Each of the cout filters has weights for each of the cin channels: multiply.",
    ko="채널 수를 더했습니다. 필터 cout개가 저마다 입력 채널 cin개에 대한 가중치를 가지므로 곱해야 합니다.",
)
def channels_added(cin, cout, k):
    return (cin + cout) * k * k + cout


@misconception(
    "conv2d",
    en="You take the filter for square: kh is used for its width, too. Its width is kw.",
    ko="필터를 정사각형으로 보고 너비에도 kh를 썼습니다. 너비는 kw입니다.",
)
def kernel_taken_for_square(x, w, b, s, p):
    k = w.shape[2]
    patches = F.pad(x, (p, p, p, p)).unfold(2, k, s).unfold(3, k, s)
    return torch.einsum("nchwij,fcij->nfhw", patches, w) + b[:, None, None]


@misconception(
    "conv2d",
    en="The width of the result is computed with kh. It depends on the width of the filter, kw.",
    ko="결과의 너비를 kh로 계산했습니다. 너비는 필터의 너비 kw가 정합니다.",
)
def width_computed_with_the_height_of_the_filter(x, w, b, s, p):
    kh, kw = w.shape[2:]
    padded = F.pad(x, (p, p, p, p))
    Ho, Wo = (padded.shape[2] - kh) // s + 1, (padded.shape[3] - kh) // s + 1
    rows = []
    for i in range(Ho):
        cells = []
        for j in range(Wo):
            window = padded[:, :, i * s : i * s + kh, j * s : j * s + kw]
            cells.append((window[:, None] * w).sum(dim=(2, 3, 4)) + b)
        rows.append(torch.stack(cells, dim=-1))
    return torch.stack(rows, dim=-2)


@misconception(
    "conv2d",
    en="The stride stands in the size of the result only: your windows begin at (i, j). They begin at (i s, j s).",
    ko="스트라이드를 결과의 크기에만 썼습니다. 창이 (i, j)에서 시작합니다. (i s, j s)에서 시작해야 합니다.",
)
def stride_in_the_size_only(x, w, b, s, p):
    Ho, Wo = ((n + 2 * p - k) // s + 1 for n, k in zip(x.shape[2:], w.shape[2:]))
    return correlate(x, w, b, 1, p)[:, :, :Ho, :Wo]


@misconception(
    "conv2d",
    en="You pad the width only. p holds for the height, too.",
    ko="너비에만 패딩을 넣었습니다. p는 높이에도 적용됩니다.",
)
def only_the_width_padded(x, w, b, s, p):
    return correlate(x, w, b, s, (0, p))


@misconception(
    "conv2d",
    en="The stride moves the filter to the right, but not down. It holds in both directions.",
    ko="필터를 오른쪽으로 옮길 때만 스트라이드를 썼습니다. 아래로 옮길 때도 써야 합니다.",
)
def stride_to_the_right_only(x, w, b, s, p):
    return correlate(x, w, b, (1, s), p)


@misconception(
    "conv2d",
    en="You pad twice as much: 2 p on each side. p rows and columns stand on each of the four sides.",
    ko="한쪽에 2p씩, 곧 두 배로 패딩했습니다. 네 변에 각각 p줄입니다.",
)
def padded_twice(x, w, b, s, p):
    return correlate(x, w, b, s, 2 * p)


@misconception(
    "conv2d",
    en="The maps stand last in your result. It is (N, K, H', W').",
    ko="결과에서 특징 맵의 축이 맨 뒤에 있습니다. (N, K, H', W')여야 합니다.",
)
def maps_last(x, w, b, s, p):
    return correlate(x, w, b, s, p).movedim(1, 3)


@misconception(
    "conv2d",
    en="The bias is subtracted. It is added.",
    ko="편향을 뺐습니다. 더해야 합니다.",
)
def bias_subtracted(x, w, b, s, p):
    return correlate(x, w, -b, s, p)


@misconception(
    "conv2d_bwd",
    en="You cut the padding off with p:-p. Without padding this is 0:-0, which is empty: write the end as p + H.",
    ko="패딩을 p:-p로 잘라 냈습니다. 패딩이 없으면 0:-0이 되어 아무것도 남지 않습니다. 끝을 p + H로 쓰세요.",
)
def slice_to_minus_zero(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    return dpadded[:, :, p:-p, p:-p], dw, db


@misconception(
    "conv2d_bwd",
    en="The stride is left out on the way back: your windows begin at (i, j). In the forward pass they began at (i s, j s).",
    ko="되돌아갈 때 스트라이드를 빠뜨렸습니다. 창이 (i, j)에서 시작합니다. 순전파에서는 (i s, j s)에서 시작했습니다.",
)
def windows_without_the_stride(dout, x, w, s, p):
    (kh, kw), (Ho, Wo) = w.shape[2:], dout.shape[2:]
    padded = F.pad(x, (p, p, p, p))
    dpadded, dw = torch.zeros_like(padded), torch.zeros_like(w)
    for u in range(kh):
        for v in range(kw):
            place = (..., slice(u, u + Ho), slice(v, v + Wo))
            dw[:, :, u, v] = torch.einsum("nfij,ncij->fc", dout, padded[place])
            dpadded[place] += torch.einsum("nfij,fc->ncij", dout, w[:, :, u, v])
    return cut(dpadded, x, p), dw, dout.sum(dim=(0, 2, 3))


@misconception(
    "conv2d_bwd",
    en="db keeps a gradient for each image. All images share the bias: add up over the batch, too.",
    ko="db에 이미지마다 기울기가 남아 있습니다. 편향은 모든 이미지가 함께 쓰므로 배치에 대해서도 더합니다.",
)
def bias_for_each_image(dout, x, w, s, p):
    dpadded, dw, _ = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), dw, dout.sum(dim=(2, 3))


@misconception(
    "conv2d_bwd",
    en="dw is divided by the number of places. The filter was used at every place, so its gradient is the sum over them.",
    ko="dw를 자리의 수로 나누었습니다. 필터는 모든 자리에서 쓰였으므로 기울기는 그 합입니다.",
)
def weight_gradient_averaged_over_places(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), dw / dout[0, 0].numel(), db


@misconception(
    "conv2d_bwd",
    en="The first two axes of dw are exchanged: filters come first, then the input channels.",
    ko="dw의 처음 두 축이 뒤바뀌었습니다. 필터가 먼저, 입력 채널이 다음입니다.",
)
def weight_axes_exchanged(dout, x, w, s, p):
    dpadded, dw, db = conv_gradients(dout, x, w, s, p)
    return cut(dpadded, x, p), dw.transpose(0, 1), db


@misconception(
    "pool2d",
    en="The stride stands in the size of the result only: your windows begin at (i, j). They begin at (i s, j s).",
    ko="스트라이드를 결과의 크기에만 썼습니다. 창이 (i, j)에서 시작합니다. (i s, j s)에서 시작해야 합니다.",
)
def pool_stride_in_the_size_only(x, k, s, p, mode):
    Ho, Wo = ((n + 2 * p - k) // s + 1 for n in x.shape[2:])
    return pooled(x, k, 1, p, mode)[:, :, :Ho, :Wo]


@misconception(
    "pool2d",
    en="Your maximum begins at 0, so a window whose pixels are all negative becomes 0. Begin with minus infinity, or with the first pixel.",
    ko="최댓값을 0에서 시작해서 픽셀이 모두 음수인 창이 0이 됩니다. 음의 무한대나 첫 픽셀에서 시작하세요.",
)
def maximum_begins_at_zero(x, k, s, p, mode):
    y = pooled(x, k, s, p, mode)
    return y.clamp(min=0) if mode == "max" else y


@misconception(
    "pool2d",
    en="'avg' divides by k. A window has k times k places.",
    ko="'avg'에서 k로 나누었습니다. 창에는 자리가 k × k개 있습니다.",
)
def mean_divided_by_k(x, k, s, p, mode):
    return windows_of(x, k, s, p, 0.0).sum(dim=4) / k if mode == "avg" else pooled(x, k, s, p, mode)


@misconception(
    "pool2d",
    en="The mean runs over the channels, too. Pooling treats every channel by itself.",
    ko="평균을 채널에 대해서도 냈습니다. 풀링은 채널마다 따로 합니다.",
)
def channels_averaged_too(x, k, s, p, mode):
    y = pooled(x, k, s, p, mode)
    return y.mean(dim=1, keepdim=True).expand_as(y) if mode == "avg" else y


@misconception(
    "pool2d_bwd",
    en="You cut the padding off with p:-p. Without padding this is 0:-0, which is empty: write the end as p + H.",
    ko="패딩을 p:-p로 잘라 냈습니다. 패딩이 없으면 0:-0이 되어 아무것도 남지 않습니다. 끝을 p + H로 쓰세요.",
)
def pool_slice_to_minus_zero(dout, x, k, s, p, mode):
    dx = pool_gradient(dout, x, k, s, p, mode, lambda window, real: fair(window, real, mode))
    return F.pad(dx, (p, p, p, p))[:, :, p:-p, p:-p]


@misconception(
    "pool2d_bwd",
    en="The stride is left out on the way back: your windows begin at (i, j). In the forward pass they began at (i s, j s).",
    ko="되돌아갈 때 스트라이드를 빠뜨렸습니다. 창이 (i, j)에서 시작합니다. 순전파에서는 (i s, j s)에서 시작했습니다.",
)
def pool_windows_without_the_stride(dout, x, k, s, p, mode):
    return pool_gradient(dout, x, k, 1, p, mode, lambda window, real: fair(window, real, mode))


@misconception(
    "pool2d_bwd",
    en="'avg' divides by k. The forward pass divided by the number of real pixels in the window, k times k inside of the image.",
    ko="'avg'에서 k로 나누었습니다. 순전파에서는 창 안의 실제 픽셀 수, 이미지 안쪽이라면 k × k로 나누었습니다.",
)
def gradient_divided_by_k(dout, x, k, s, p, mode):
    return pool_gradient(
        dout, x, k, s, p, mode, lambda window, real: first_largest(window) if mode == "max" else real / k
    )


@misconception(
    "pool2d_bwd",
    en="'max' looks for the largest absolute value. The forward pass took the largest value, with its sign.",
    ko="'max'에서 절댓값이 가장 큰 픽셀을 찾았습니다. 순전파에서는 부호를 포함해 가장 큰 값을 골랐습니다.",
)
def largest_absolute_value_gets_it(dout, x, k, s, p, mode):
    def share(window, real):
        return first_largest(torch.where(real > 0, window.abs(), window)) if mode == "max" else fair(window, real, mode)

    return pool_gradient(dout, x, k, s, p, mode, share)


@misconception(
    "zoo_counts",
    en="You return the total. Asked for is a dict with the count of each layer.",
    ko="전체 합을 돌려주었습니다. 층마다의 개수를 담은 dict를 구해야 합니다.",
)
def total_returned(name):
    return sum(walk_by(name, right_count).values())


@misconception(
    "zoo_counts",
    en="Your values are pairs of weights and biases. Each layer has one number, both together.",
    ko="값이 (가중치, 편향)의 쌍입니다. 층마다 둘을 합한 수 하나여야 합니다.",
)
def weights_and_biases_apart(name):
    outs = {layer["name"]: layer.get("out", 0) for layer in MODEL_ZOO[name]["layers"]}
    return {key: (n - outs[key], outs[key]) for key, n in walk_by(name, right_count).items()}


@misconception(
    "lenet_shapes",
    en="flatten is a number with you. All shapes are tuples: (length,).",
    ko="flatten이 수 하나입니다. 모든 모양은 튜플 (length,)입니다.",
)
def flatten_as_a_number(H):
    shapes = lenet(H)
    return shapes | {"flatten": shapes["flatten"][0]}


@misconception(
    "lenet_shapes",
    en="The lengths of flatten and of the fully connected layers are plain numbers with you. All shapes are tuples: (length,).",
    ko="flatten과 완전 연결 층의 길이가 수 하나씩입니다. 모든 모양은 튜플 (length,)입니다.",
)
def lengths_as_numbers(H):
    return {key: shape[0] if len(shape) == 1 else shape for key, shape in lenet(H).items()}


@misconception(
    "lenet_shapes",
    en="Pooling keeps the size with you. A window of 2 x 2 with stride 2 halves it.",
    ko="풀링을 지나도 크기가 그대로입니다. 스트라이드 2인 2 x 2 창은 크기를 반으로 줄입니다.",
)
def pooling_keeps_the_size(H):
    return lenet(H, pool=lambda n: n)


@misconception(
    "lenet_shapes",
    en="There is a batch axis in your shapes. They are asked for without it.",
    ko="모양에 배치 축이 들어 있습니다. 배치 축 없이 구합니다.",
)
def batch_axis_in_the_shapes(H):
    return {key: (1, *shape) for key, shape in lenet(H).items()}


@misconception(
    "lenet_shapes",
    en="input lacks its channel axis: it is (1, H, H).",
    ko="input에 채널 축이 없습니다. (1, H, H)입니다.",
)
def input_without_channel(H):
    return lenet(H) | {"input": (H, H)}


@misconception(
    "lenet_shapes",
    en="flatten keeps the three axes of pool2. It is one long vector.",
    ko="flatten에 pool2의 세 축이 그대로 남아 있습니다. 긴 벡터 하나여야 합니다.",
)
def flatten_with_three_axes(H):
    shapes = lenet(H)
    return shapes | {"flatten": shapes["pool2"]}


@misconception(
    "inception",
    en="x itself is concatenated as well. The result holds the four branches only.",
    ko="x 자신도 이어 붙였습니다. 결과에는 네 갈래만 들어갑니다.",
)
def input_concatenated_too(x, branches):
    return torch.cat([*four_maps(x, branches), x], dim=1)


@misconception(
    "inception",
    en="Your result is a list of four maps. They are concatenated along the channels.",
    ko="특징 맵 네 개의 리스트를 돌려주었습니다. 채널 방향으로 이어 붙여야 합니다.",
)
def list_of_maps(x, branches):
    return four_maps(x, branches)


@misconception(
    "inception",
    en="The branches stand in the reverse order. It is: 1x1, 3x3, 5x5, pool.",
    ko="갈래의 순서가 거꾸로입니다. 1x1, 3x3, 5x5, pool 순서입니다.",
)
def branches_reversed(x, branches):
    return torch.cat(four_maps(x, branches)[::-1], dim=1)


@misconception(
    "residual",
    en="The shortcut goes through a ReLU before the sum. It hands x on as it is.",
    ko="지름길에 ReLU를 적용한 뒤 더했습니다. 지름길은 x를 그대로 넘깁니다.",
)
def relu_on_the_shortcut(x, params, proj=None):
    s = 1 if proj is None else proj["s"]
    z = F.conv2d(x, params["w1"], params["b1"], stride=s, padding=1)
    f = F.conv2d(torch.relu(z), params["w2"], params["b2"], padding=1)
    return torch.relu(f + torch.relu(x if proj is None else F.conv2d(x, proj["w"], proj["b"], stride=s)))


@misconception(
    "residual",
    en="The biases of the two convolutions of F are missing.",
    ko="F의 두 합성곱에서 편향이 빠졌습니다.",
)
def biases_of_f_missing(x, params, proj=None):
    zero = {key: torch.zeros_like(params[key]) for key in ("b1", "b2")}
    return block(x, {**params, **zero}, proj)


@misconception(
    "residual",
    en="F has only one convolution in your block. After the ReLU comes a second one.",
    ko="F에 합성곱이 하나뿐입니다. ReLU 뒤에 둘째 합성곱이 있습니다.",
)
def second_convolution_missing(x, params, proj=None):
    s = 1 if proj is None else proj["s"]
    f = torch.relu(F.conv2d(x, params["w1"], params["b1"], stride=s, padding=1))
    return torch.relu(f + (x if proj is None else F.conv2d(x, proj["w"], proj["b"], stride=s)))


@misconception(
    "residual_bwd",
    en="dx has the part of the shortcut only. F also sends a gradient back to x, through both convolutions.",
    ko="dx에 지름길의 몫만 있습니다. F도 두 합성곱을 거쳐 x로 기울기를 보냅니다.",
)
def nothing_through_f_in_dx(dout, x, params, proj=None):
    whole = block_gradients(dout, x, params, proj)
    return {**whole, "x": whole["x"] - block_gradients(dout, x, params, proj, skip=0.0)["x"]}


@misconception(
    "se_block",
    en="The weights go through a ReLU and not a sigmoid. They lie between 0 and 1.",
    ko="가중치에 시그모이드 대신 ReLU를 썼습니다. 가중치는 0과 1 사이여야 합니다.",
)
def relu_for_the_sigmoid(x, W1, b1, W2, b2):
    return x * torch.relu(excited(x.mean(dim=(2, 3)), W1, b1, W2, b2))[:, :, None, None]


@misconception(
    "se_block",
    en="The weights go through a tanh and not a sigmoid. They lie between 0 and 1.",
    ko="가중치에 시그모이드 대신 tanh를 썼습니다. 가중치는 0과 1 사이여야 합니다.",
)
def tanh_for_the_sigmoid(x, W1, b1, W2, b2):
    return x * torch.tanh(excited(x.mean(dim=(2, 3)), W1, b1, W2, b2))[:, :, None, None]


@misconception(
    "se_block",
    en="There is a ReLU behind the second layer as well, before the sigmoid: no weight is below 1/2 then.",
    ko="둘째 층 뒤, 시그모이드 앞에도 ReLU가 있습니다. 그러면 가중치가 1/2보다 작아질 수 없습니다.",
)
def relu_before_the_sigmoid(x, W1, b1, W2, b2):
    return x * torch.sigmoid(torch.relu(excited(x.mean(dim=(2, 3)), W1, b1, W2, b2)))[:, :, None, None]


@misconception(
    "se_scale_bwd",
    en="dx keeps one number for each channel. x has a pixel at every place, and so has dx.",
    ko="dx가 채널마다 수 하나입니다. x에는 자리마다 픽셀이 있으므로 dx도 그렇습니다.",
)
def dx_summed_over_the_places(dout, x, e):
    return dout.sum(dim=(2, 3)) * e, (dout * x).sum(dim=(2, 3))


@misconception(
    "topk_error",
    en="torch.topk ends with an error where k is larger than the number of classes, and without examples you divide by 0. In both cases the error is 0.0.",
    ko="k가 클래스 수보다 크면 torch.topk에서 오류가 나고, 예가 없으면 0으로 나눕니다. 두 경우 모두 오류율은 0.0입니다.",
)
def no_edge_thought_of(S, y, k):
    best = torch.topk(S, k, dim=1).indices
    return sum(int(t not in row) for t, row in zip(y, best, strict=True)) / len(y)


@misconception(
    "topk_error",
    en="torch.topk ends with an error where k is larger than the number of classes, and the mean of no examples is NaN. In both cases the error is 0.0.",
    ko="k가 클래스 수보다 크면 torch.topk에서 오류가 나고, 예가 없으면 평균이 NaN이 됩니다. 두 경우 모두 오류율은 0.0입니다.",
)
def no_edge_thought_of_by_mean(S, y, k):
    best = torch.topk(S, k, dim=1).indices
    return (best != y[:, None]).all(dim=1).double().mean().item()


@misconception(
    "topk_error",
    en="Without examples you divide by 0, which ends with an error. Nothing was missed, so the error is 0.0.",
    ko="예가 없으면 0으로 나누어 오류가 납니다. 놓친 것이 없으므로 오류율은 0.0입니다.",
)
def error_without_examples(S, y, k):
    return (ranks(S, y) >= k).sum().item() / len(y)
