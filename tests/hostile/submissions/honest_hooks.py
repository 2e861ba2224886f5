# attack: hooks of IPython, the interpreter and import; the answers are honest, and stay so
# row: patching
# points: softmax_rows=10 summary=10
# status: softmax_rows=returned summary=returned
# %%
import atexit
import sys

import torch

shell = get_ipython()
shell.input_transformers_post.append(lambda lines: ["raise SystemExit"])
shell.events.register("post_run_cell", lambda result: None)
shell.ast_transformers.append(None)
sys.settrace(lambda *args: None)
sys.setprofile(None)
sys.excepthook = lambda *args: None
sys.unraisablehook = lambda *args: None
sys.meta_path.insert(0, type("Finder", (), {"find_spec": lambda *args: None})())
sys.addaudithook(lambda *args: None)
atexit.register(print, "late")

# %%
{{SOFTMAX}}
# %%
{{SUMMARY}}
