"""Right versions with loops over entries, as a careful beginner writes them."""

import math

import torch


def matmul(A, B):
    m, k, n = A.shape[0], A.shape[1], B.shape[1]
    if k != B.shape[0]:
        raise ValueError("the columns of A are not as many as the rows of B")
    result = torch.zeros((m, n), dtype=A.dtype, device=A.device)
    for i in range(m):
        for j in range(n):
            for t in range(k):
                result[i, j] += A[i, t] * B[t, j]
    return result


def lin_basics(A, x, p):
    if A.shape[0] != A.shape[1]:
        raise ValueError("A must be square")
    n = A.shape[0]
    sizes = [abs(float(v)) for v in x]
    largest = max(sizes)
    if largest == 0 or p == math.inf:
        norm = largest
    else:
        norm = largest * math.fsum((s / largest) ** p for s in sizes) ** (1 / p)
    sym, trace = True, torch.zeros_like(A[0, 0])
    for i in range(n):
        trace = trace + A[i, i]
        for j in range(i):
            if A[i, j] != A[j, i]:
                sym = False
    _, S, _ = torch.linalg.svd(A)
    rank = 0
    for s in S:
        if s > 1e-10 * S[0]:
            rank += 1
    return {"norm": torch.tensor(norm, dtype=x.dtype, device=x.device), "trace": trace, "rank": rank, "sym": sym}


def marginal_conditional(P):
    m, n = P.shape
    Px, Py, given = torch.zeros_like(P[:, 0]), torch.zeros_like(P[0]), torch.zeros_like(P)
    for x in range(m):
        for y in range(n):
            Px[x] += P[x, y]
            Py[y] += P[x, y]
    for x in range(m):
        if Px[x] > 0:
            for y in range(n):
                given[x, y] = P[x, y] / Px[x]
    return Px, Py, given


def is_pmf(P):
    total = 0.0
    for value in P.flatten().tolist():
        if value < 0:
            return False
        total += value
    return abs(total - 1) <= 1e-6


def joint_from_chain(PaBC, PbC, Pc):
    a, b, c = PaBC.shape
    P = torch.empty_like(PaBC)
    for i in range(a):
        for j in range(b):
            for k in range(c):
                P[i, j, k] = PaBC[i, j, k] * PbC[j, k] * Pc[k]
    return P


def independent(P):
    for x in range(P.shape[0]):
        for y in range(P.shape[1]):
            if abs(P[x, y] - P[x, :].sum() * P[:, y].sum()) > 1e-6:
                return False
    return True


def cond_independent(P, tol):
    for z in range(P.shape[2]):
        total = P[:, :, z].sum()
        if total == 0:
            continue
        table = P[:, :, z] / total
        for x in range(P.shape[0]):
            for y in range(P.shape[1]):
                if abs(table[x, y] - table[x, :].sum() * table[:, y].sum()) > tol:
                    return False
    return True


def moments(P, f, h):
    m, n = P.shape
    Ef = sum(P[x, y] * f[x] for x in range(m) for y in range(n))
    Eh = sum(P[x, y] * h[y] for x in range(m) for y in range(n))
    variance = sum(P[x, y] * (f[x] - Ef) ** 2 for x in range(m) for y in range(n))
    covariance = sum(P[x, y] * (f[x] - Ef) * (h[y] - Eh) for x in range(m) for y in range(n))
    return Ef, variance, covariance


def logpdf(dist, x, **theta):
    values = []
    for v in x.flatten().tolist():
        if dist == "bernoulli":
            chance = theta["p"] if v == 1 else 1 - theta["p"]
            values.append(math.log(chance) if chance > 0 else -math.inf)
        elif dist == "gaussian":
            z = (v - theta["mu"]) / theta["sigma"]
            values.append(-z * z / 2 - math.log(theta["sigma"] * math.sqrt(2 * math.pi)))
        else:
            values.append(math.log(theta["lam"]) - theta["lam"] * v if v >= 0 else -math.inf)
    return torch.tensor(values, dtype=x.dtype, device=x.device).reshape(x.shape)


def posterior(prior, lik, obs):
    logs = []
    for k in range(len(prior)):
        total = math.log(prior[k]) if prior[k] > 0 else -math.inf
        for v in obs.tolist():
            total += math.log(lik[k, v]) if lik[k, v] > 0 else -math.inf
        logs.append(total)
    best = max(logs)
    weights = [math.exp(value - best) for value in logs]
    return torch.tensor([w / sum(weights) for w in weights], dtype=prior.dtype, device=prior.device)


def entropy_ce_kl(P, Q):
    H = CE = KL = torch.zeros((), dtype=P.dtype, device=P.device)
    for p, q in zip(P, Q):
        if p > 0:
            H = H - p * torch.log(p)
            CE = CE - p * torch.log(q)
            KL = KL + p * torch.log(p / q)
    return H, CE, KL
