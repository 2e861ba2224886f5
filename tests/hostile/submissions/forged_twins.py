# attack: say of everything that it is the same as something the host has: inputs, results, answers
# row: frames
# points: softmax_rows=1 summary=10
# status: softmax_rows=returned|bad_output summary=returned
# %%
import sys

import torch

runner = sys.modules["runner"]
original = runner.Runner.call


def call(self, header, buffers):
    result, payload = original(self, header, buffers)
    if header["function"] == "softmax_rows":
        result["same"] = ["value", "repeated", "inputs_after", "expected", "gradient", None, {"value": "inputs"}] * 3
    return result, payload


runner.Runner.call = call


def softmax_rows(X):
    return X.mul_(2)


# %%
{{SUMMARY}}
