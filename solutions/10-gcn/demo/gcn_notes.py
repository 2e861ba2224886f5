"""Follows the lecture notes to the letter: D^-1/2 A D^-1/2 without self-loops, in the layer normalisation and in the net.

normalize_adj: every check has a node of degree 0 or a missing diagonal, and 0^-1/2 is infinite: nothing of its 16.
gcn_net builds on it: nothing of its 12. The rest is right: 72.
"""

# %%
def normalize_adj(A):
    # 강의 노트 식 그대로: D^{-1/2} A D^{-1/2}
    D = A.sum(dim=1)
    D_half = D ** -0.5
    return D_half[:, None] * A * D_half[None, :]

# %%
def gcn_net(X, A, Ws, skip, Ps=None):
    A_hat = normalize_adj(A)
    H = X
    for i in range(len(Ws)):
        H_new = A_hat @ H @ Ws[i]
        if i != len(Ws) - 1:
            H_new = F.relu(H_new)
        if skip == True:
            if Ps[i] is None:
                H_new = H_new + H
            else:
                H_new = H_new + H @ Ps[i]
        H = H_new
    return H
