# %% [markdown] lang="en"
# # Four questions
# A step of an LSTM, the normalisation of a GCN, the ELBO of a VAE and the losses of a GAN.

# %% [markdown] lang="ko"
# # 네 문제
# LSTM의 한 단계, GCN의 정규화, VAE의 ELBO, GAN의 손실.

# %%
import torch
import torch.nn.functional as F


# %% task="lstm_step"
def lstm_step(x, h, c, W, U, b):
    """One step of an LSTM: (h, c). Gates in the order i, f, g, o.

    x: (n, d), h and c: (n, m), W: (d, 4 m), U: (m, 4 m), b: (4 m).
    """
    ### BEGIN SOLUTION
    i, f, g, o = (x @ W + h @ U + b).chunk(4, dim=1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c
    ### END SOLUTION


# %% task="normalize_adj"
def normalize_adj(A):
    """D^-1/2 (A + I) D^-1/2, with D the row sums of A + I. A: (n, n)."""
    ### BEGIN SOLUTION
    A = A + torch.eye(A.shape[0], dtype=A.dtype)
    d = A.sum(dim=1).rsqrt()
    return d[:, None] * A * d[None, :]
    ### END SOLUTION


# %% task="elbo"
def elbo(x, logits, mu, logvar):
    """The negative ELBO of a VAE, summed over pixels and latents, a mean over the batch.

    x in [0, 1] and logits: (n, d), mu and logvar: (n, k).
    """
    ### BEGIN SOLUTION
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    divergence = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum()
    return (reconstruction + divergence) / x.shape[0]
    ### END SOLUTION


# %% task="gan_losses"
def gan_losses(real, fake):
    """(discriminator's loss, generator's non-saturating loss) from logits (n, 1), stable for large ones."""
    ### BEGIN SOLUTION
    return F.softplus(-real).mean() + F.softplus(fake).mean(), F.softplus(-fake).mean()
    ### END SOLUTION
