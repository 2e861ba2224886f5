"""Notebooks such as people publish, composed of what they do: for right answers to stand before and behind.

The kinds are those that a study of 141 public notebooks of deep-learning courses counted, made anew: imports that are not
there (in 55 of 140, with an assignment behind them in the same cell), shell lines and magics, drives and downloads,
plotting styles, loaders with workers, long loops, files, widgets, global settings, names that hide built-ins. No fragment
hides a name that the answers themselves use (`from torch import *` hides `range`): their author's own Jupyter fails as well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

IMPORTS = (
    "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nimport numpy as np",
    "import numpy as np, matplotlib.pyplot as plt\nfrom math import *\nimport torch",
    "from __future__ import print_function, division\nimport os, sys, time, math, random, copy",
    "import torch\nimport torchvision\nfrom torchvision import datasets, transforms\ndevice = torch.device('cuda' if torch.cuda.is_available() else 'cpu')\nbatch = 64",
    "import pandas as pd\nimport seaborn as sns\nsns.set()\nlr, epochs = 1e-3, 5",
    "import tensorflow as tf\nprint(tf.__version__)\nhidden = 32",
    "from google.colab import drive\ndrive.mount('/content/drive')\nroot = '/content/drive/My Drive/'",
    "import wandb\nwandb.init(project='hw', config={'lr': 0.1})\nrun = 1",
    "from tqdm.notebook import tqdm\nfrom ipywidgets import interact",
    "from d2l import torch as d2l\nnet = nn.Sequential()",
    "import scipy.io as sio\nfrom sklearn.datasets import make_moons\nX, y = make_moons(100)",
)
SHELL = (
    "!pip install -q torchviz einops",
    "%pip install transformers==4.0",
    "!nvidia-smi",
    "!wget -q https://example.org/data.zip\n!unzip -q data.zip -d data",
    "%%bash\nmkdir -p data\nls -l data",
    "%matplotlib inline\n%load_ext autoreload\n%autoreload 2",
    "%cd /content/hw\n!ls",
    "files = !ls\nprint(len(files))",
    "%%time\ntotal = 0\nfor i in range(1000):\n    total += i",
    "%timeit -n 1 -r 1 sum(range(10))",
    "%%javascript\nalert('hello')",
    "%env CUDA_VISIBLE_DEVICES=0\n?torch.relu",
    "torch.relu?",
    "%tensorboard --logdir runs",
)
SETTINGS = (
    "torch.manual_seed(0); np.random.seed(0); random.seed(0)",
    "torch.set_default_dtype(torch.float64)",
    "torch.set_default_tensor_type('torch.FloatTensor')",
    "torch.set_grad_enabled(False)",
    "torch.autograd.set_detect_anomaly(True)",
    "torch.use_deterministic_algorithms(True)",
    "torch.set_printoptions(precision=2, sci_mode=False)\nnp.set_printoptions(suppress=True)\nnp.seterr(all='raise')",
    "import warnings\nwarnings.filterwarnings('error')",
    "torch.set_num_threads(1)",
    "import os\nos.environ['KMP_DUPLICATE_LIB_OK'] = 'True'\nos.chdir('..')",
    "import sys\nsys.setrecursionlimit(100000)\nsys.path.append('/content/hw')",
    "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\nplt.style.use('seaborn')\nplt.rcParams['figure.figsize'] = 8, 6",
    "torch.no_grad().__enter__()",
    "import logging\nlogging.basicConfig(level=logging.DEBUG)\nlogging.info('begin')",
    "import gc\ngc.collect()\ntorch.cuda.empty_cache()",
)
EXPLORATION = (
    "data = np.load('data/train.npy')\nmean = data.mean()\nN = 10",
    "df = pd.read_csv('titanic.csv')\ndf.head()",
    "loader = torch.utils.data.DataLoader(list(range(64)), batch_size=8, num_workers=2)\nfor batch in loader:\n    pass\nsteps = 8",
    "x = torch.linspace(-3, 3, 100)\nimport matplotlib.pyplot as plt\nplt.plot(x, torch.tanh(x)); plt.title('활성화'); plt.show()",
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 2)\n    def forward(self, x):\n        return F.relu(self.fc(x))\nnet = Net()\nprint(net)",
    "net = torch.nn.Linear(3, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor epoch in range(20):\n    loss = (net(torch.randn(8, 3)) ** 2).mean()\n    opt.zero_grad(); loss.backward(); opt.step()\n    print(f'epoch {epoch:>2}: {loss.item():.3f}', end='\\r')",
    "with open('notes.txt', 'w') as f:\n    f.write('hello')\nprint(open('notes.txt').read())",
    "if True:\n    def helper(v):\n        return v + 1\nprint(helper(1))",
    "for i in range(3):\n    print(i)\nlist = [1, 2, 3]\nsum = 0\nmax = 5\nstr = 'a'\nid = 7\ninput = 3",
    "try:\n    import apex\nexcept ImportError:\n    apex = None\nprint(apex)",
    "name = input('your name: ')\nprint(name)",
    "assert 1 + 1 == 3, 'this fails'\nafter = 1",
    "print(undefined_name)\nafter = 2",
    "1 / 0",
    "raise NotImplementedError",
    "if __name__ == '__main__':\n    import argparse\n    parser = argparse.ArgumentParser()\n    parser.add_argument('--lr', type=float, default=0.1)\n    args = parser.parse_args([])\n    print(args.lr)",
    "import argparse\nargs = argparse.ArgumentParser().parse_args()",
    "import sys\nsys.exit(0)",
    "exit()",
    "def f(x):\n    return x ** 2\nF_ = f\nA, B, C = 1, 2, 3\nx = 5; h = 0.1; d = None",
    "from IPython.display import display, HTML, clear_output, Image\ndisplay(HTML('<b>x</b>'))\nclear_output(wait=True)",
    "get_ipython().run_line_magic('matplotlib', 'inline')",
    "import time\ntime.sleep(0.01)\nt0 = time.time()",
    "import urllib.request\nurllib.request.urlretrieve('https://example.org/x.csv', 'x.csv')\nrows = 3",
    "import subprocess\nsubprocess.run(['ls'])\ndone = True",
    "import multiprocessing as mp\npool = mp.Pool(2)\nprint(pool.map(abs, [-1, 2]))",
    "import threading\nthread = threading.Thread(target=print, args=('hi',))\nthread.start(); thread.join()",
    "torch.save({'a': torch.ones(2)}, 'model.pt')\nprint(torch.load('model.pt'))",
    "w = torch.randn(5, requires_grad=True)\n(w ** 2).sum().backward()\nw.grad",
    "await asyncio.sleep(0)",
    "import asyncio\nasync def later():\n    return 1\nvalue = await later()",
    "@torch.no_grad()\ndef evaluate(model, batch):\n    model.eval()\n    return model(batch)",
    "del np\nimport numpy as np",
    "%%writefile helper_module.py\ndef g():\n    return 3",
    "from helper_module import g\nprint(g())",
    "# TODO: your code here\npass",
    "print('가나다 🎉')\n정확도 = 0.9",
    "this is not python at all (",
    "x = 1\n  y = 2",
    "big = [torch.zeros(1000) for _ in range(100)]",
    "np.random.seed(1)\nperm = np.random.permutation(10)\nprint(perm)",
)
KINDS = ((IMPORTS, 1, 3), (SHELL, 0, 3), (SETTINGS, 0, 3), (EXPLORATION, 2, 7))


def wild_notebooks(count: int, seed: int = 141) -> Iterator[list[str]]:
    """The code cells of `count` notebooks. Every fragment occurs before any occurs a second time."""
    rng = random.Random(seed)
    piles: dict[int, list[str]] = {}
    for _ in range(count):
        cells: list[str] = []
        for kind, (fragments, least, most) in enumerate(KINDS):
            for _ in range(rng.randint(least, most)):
                if not piles.get(kind):
                    piles[kind] = rng.sample(fragments, len(fragments))
                cells.append(piles[kind].pop())
        yield cells
