# attack: HTML, scripts, terminal codes, direction marks and formulas wherever the report quotes
# row: markup
# points: softmax_rows=0 summary=0
# status: softmax_rows=raised summary=returned
# %%
import warnings

import torch

BAD = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{BRACES}}</pre></td>\x1b]0;title\x07\x1b[31m\u202e\u2066=HYPERLINK("x")'


# %%
def softmax_rows(X):
    print(BAD)
    warnings.warn(BAD)
    raise type("E<script>alert(3)</script>", (Exception,), {})(BAD)  # <script>alert(4)</script>


# %%
def summary(X, k):
    print("=1+1" + BAD)
    return {BAD: BAD, "=cmd|' /C calc'!A0": type(BAD, (), {})()}
