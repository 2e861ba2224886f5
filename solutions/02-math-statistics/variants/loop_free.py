"""Right versions without Python loops over entries, by other routes than the reference's."""

import numpy as np
import torch


def matmul(A, B):
    (m, k), (l, n) = A.shape, B.shape
    if k != l:
        raise ValueError("inner sizes differ")
    return torch.sum(A.unsqueeze(1).expand(m, n, k) * B.T.unsqueeze(0).expand(m, n, k), dim=2)


def lin_basics(A, x, p):
    m, n = A.shape
    if m != n:
        raise ValueError("not square")
    c = torch.linalg.vector_norm(x, torch.inf)
    unit = x / torch.where(c == 0, torch.ones_like(c), c)
    return {
        "sym": bool((A == A.mT).all()),
        "rank": torch.linalg.matrix_rank(A, rtol=1e-10).item(),
        "trace": torch.trace(A),
        "norm": c * torch.linalg.vector_norm(unit, p),
    }


def marginal_conditional(P):
    ones_x, ones_y = torch.ones_like(P[:, 0]), torch.ones_like(P[0])
    Px, Py = P @ ones_y, ones_x @ P
    return Px, Py, torch.nan_to_num(P / Px[:, None], nan=0.0)


def is_pmf(P):
    return P.min().item() >= 0 and -1e-6 <= P.sum().item() - 1 <= 1e-6


def joint_from_chain(PaBC, PbC, Pc):
    return torch.einsum("abc,bc,c->abc", PaBC, PbC, Pc)


def independent(P):
    return (P - torch.outer(P.sum(1), P.sum(0))).abs().max().item() <= 1e-6


def cond_independent(P, tol):
    P = P[:, :, P.sum(dim=(0, 1)) > 0]
    given = P / P.sum(dim=(0, 1), keepdim=True)
    product = torch.einsum("xz,yz->xyz", given.sum(1), given.sum(0))
    return torch.allclose(given, product, rtol=0.0, atol=tol)


def moments(P, f, h):
    F, H = f[:, None].expand_as(P), h[None, :].expand_as(P)
    Ef, Eh = torch.sum(P * F), torch.sum(P * H)
    df, dh = F - Ef, H - Eh
    return Ef, torch.sum(P * df * df), torch.sum(P * df * dh)


def logpdf(dist, x, **theta):
    if dist == "bernoulli":
        outcomes = torch.tensor([1 - theta["p"], theta["p"]], dtype=x.dtype, device=x.device).log()
        return outcomes[x.long()]
    if dist == "gaussian":
        variance = theta["sigma"] ** 2
        return -((x - theta["mu"]) ** 2) / (2 * variance) - 0.5 * float(np.log(2 * np.pi * variance))
    inside = float(np.log(theta["lam"])) - theta["lam"] * x
    return inside.masked_fill(x < 0, float("-inf"))


def posterior(prior, lik, obs):
    total = torch.cat([prior.log()[:, None], lik.log().index_select(1, obs)], dim=1).sum(dim=1)
    return torch.softmax(total, dim=0)


def entropy_ce_kl(P, Q):
    inside = P > 0
    p, log_p, log_q = P[inside], P[inside].log(), Q[inside].log()
    return -(p * log_p).sum(), -(p * log_q).sum(), (p * (log_p - log_q)).sum()
