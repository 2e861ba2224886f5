"""Right versions that take one observation, row or slice at a time."""

import numpy as np
import torch


def matmul(A, B):
    if A.size(-1) != B.size(0):
        raise ValueError("shapes")
    result = A.new_zeros(A.size(0), B.size(1))
    for column, row in zip(A.T, B):
        result = result + column[:, None] * row[None, :]
    return result


def lin_basics(A, x, p):
    if A.numel() != A.shape[0] ** 2:
        raise ValueError("shapes")
    s = np.linalg.svd(A.numpy(force=True), compute_uv=False)
    scale = float(x.abs().max())
    norm = x.abs().max() * 0 if scale == 0 else torch.linalg.norm(x / scale, ord=p) * scale
    return {
        "norm": norm,
        "trace": torch.eye(len(A), dtype=A.dtype, device=A.device).mul(A).sum(),
        "rank": int(np.sum(s > 1e-10 * s[0])),
        "sym": not bool((A != A.transpose(0, 1)).any()),
    }


def marginal_conditional(P):
    rows = [row / row.sum() if row.sum() > 0 else torch.zeros_like(row) for row in P]
    return P.sum(axis=1), P.sum(axis=0), torch.stack(rows)


def is_pmf(P):
    P = P.numpy(force=True).astype(np.float64)
    return bool(np.all(P >= 0)) and bool(np.isclose(P.sum(), 1.0, rtol=0, atol=1e-6))


def joint_from_chain(PaBC, PbC, Pc):
    slices = [PaBC[:, :, k] * (PbC[:, k] * Pc[k]) for k in range(len(Pc))]
    return torch.stack(slices, dim=-1)


def independent(P):
    P = P.double()
    return all(bool(((row - row.sum() * P.sum(0)).abs() <= 1e-6).all()) for row in P)


def cond_independent(P, tol):
    for table in P.permute(2, 0, 1):
        if table.sum() > 0:
            table = table / table.sum()
            if (table - table.sum(1)[:, None] * table.sum(0)).abs().max() > tol:
                return False
    return True


def moments(P, f, h):
    Px, Py = P.sum(1), P.sum(0)
    Ef, Eh = torch.dot(Px, f), torch.dot(Py, h)
    return Ef, torch.dot(Px, torch.square(f - Ef)), (f - Ef) @ P @ (h - Eh)


def logpdf(dist, x, **theta):
    if dist == "gaussian":
        z = (x - theta["mu"]) / theta["sigma"]
        constant = torch.log(torch.tensor(theta["sigma"] * (2 * torch.pi) ** 0.5, dtype=torch.float64))
        return (-0.5 * z * z - constant).to(x.dtype)
    result = torch.full_like(x, -torch.inf)
    if dist == "bernoulli":
        if theta["p"] > 0:
            result[x == 1] = float(np.log(theta["p"]))
        if theta["p"] < 1:
            result[x == 0] = float(np.log1p(-theta["p"]))
        return result
    inside = x >= 0
    result[inside] = float(np.log(theta["lam"])) - theta["lam"] * x[inside]
    return result


def posterior(prior, lik, obs):
    belief = prior.clone()
    for v in obs:
        belief = belief * lik[:, v]
        belief = belief / belief.sum()
    return belief


def entropy_ce_kl(P, Q):
    zero = torch.zeros_like(P)
    surprise_p = torch.where(P > 0, P.log(), zero)
    surprise_q = torch.where(P > 0, Q.log(), zero)
    H, CE = -(P * surprise_p).sum(), -(P * surprise_q).sum()
    return H, CE, (P * (surprise_p - surprise_q)).sum()
