"""Forward half with Korean names, one unit at a time in the sampling. All right."""

# %%
시그모이드 = torch.sigmoid
쌍곡탄젠트 = torch.tanh

def lstm_step(x, h, c, Wx, Wh, b):
    입력, 망각, 출력, 후보 = torch.tensor_split(x.matmul(Wx) + h.matmul(Wh) + b, 4, dim=-1)
    입력, 망각, 출력, 후보 = 시그모이드(입력), 시그모이드(망각), 시그모이드(출력), 쌍곡탄젠트(후보)
    새셀 = 망각 * c + 입력 * 후보          # 잊고, 쓰고
    새은닉 = 출력 * 쌍곡탄젠트(새셀)        # 보여 준다
    return 새은닉, 새셀, (x, h, c, 입력, 망각, 출력, 후보, 새셀, Wx, Wh)

# %%
def cell_gradient(f):
    곱 = torch.ones_like(f[0]) if len(f) > 0 else torch.ones(f.shape[1:], dtype=f.dtype)
    for 시점 in range(len(f)):
        곱 = 곱 * f[시점]
    return 곱

# %%
def 다음글자(확률, 난수):
    누적 = 0.0
    for 번호, 하나 in enumerate(확률.tolist()):
        누적 += 하나
        if 난수 < 누적:
            return 번호
    return len(확률) - 1

def sample_text(params, h, c, x0, T, temp, U):
    결과 = [[] for _ in range(len(x0))]
    글자 = x0
    for 시점 in range(T):
        h, c, _ = lstm_step(params["E"][글자], h, c, params["Wx"], params["Wh"], params["b"])
        점수 = (h @ params["Wy"] + params["by"]) / temp
        확률 = torch.softmax(점수, dim=1)
        새글자 = [다음글자(확률[줄], float(U[줄, 시점])) for 줄 in range(len(x0))]
        for 줄, 번호 in enumerate(새글자):
            결과[줄].append(번호)
        글자 = torch.tensor(새글자)
    return torch.tensor(결과, dtype=torch.int64).reshape(len(x0), T)
