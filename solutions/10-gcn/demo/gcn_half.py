"""Half-finished: three tasks right, the fourth begun and returning nothing, the others untouched. 8 + 16 + 12 = 36."""

# %%
def adjacency(n, edges, directed, weights=None):
    # TODO 나중에 정리하기
    if weights is None:
        weights = torch.ones(len(edges)).double()
    A = torch.zeros(n, n).to(weights.dtype)
    for e in range(len(edges)):
        i = edges[e][0]
        j = edges[e][1]
        A[i][j] = weights[e]
        if directed == False:
            A[j][i] = weights[e]
    # print(A)
    return A

# %%
def normalize_adj(A):
    I = torch.eye(len(A)).to(A.dtype)
    A2 = A + I
    D = A2.sum(axis=1)
    D2 = torch.diag(1 / torch.sqrt(D))
    #return D2 @ A2       <- 처음에 이렇게 했다가 틀림
    return D2 @ A2 @ D2

# %%
# 확인용
print(normalize_adj(torch.tensor([[0., 1.], [1., 0.]])))

# %%
def gcn_layer(X, A_hat, W, b, act):
    out = torch.matmul(A_hat, X)
    out = torch.matmul(out, W)
    out = out + b
    if act == 'relu':
        out = torch.nn.functional.relu(out)
    if act == 'tanh':
        out = torch.nn.functional.tanh(out)
    return out

# %%
def gcn_layer_bwd(dH, X, A_hat, W, b, act):
    Z = A_hat @ X @ W + b
    # TODO 여기서부터 모르겠음 ㅠㅠ
    pass
