"""Single cells that go wrong, or look as if they did, whatever the assignment. The tables in gcn.py and lstm.py say what each must cost."""

# %% name="drive"
from google.colab import drive
drive.mount('/content/drive')
%cd /content/drive/MyDrive/딥러닝/과제

# %% name="missing_file"
# 작년 자료에서 가져온 셀
import numpy as np
data = np.loadtxt("/content/drive/MyDrive/성적_2026.csv", delimiter=",")
print(data.shape)

# %% name="missing_package"
import torch_scatter, pytorch_lightning as pl
pl.seed_everything(42)

# %% name="cuda"
device = torch.device("cuda:0")
model_weight = torch.zeros(8, 8).to(device)   # 집 컴퓨터에는 GPU가 있음

# %% name="typo_cell"
prnt("여기까지 실행됨")

# %% name="syntax_error_cell"
for i in range(10)
    print(i)

# %% name="exit_cell"
import sys
sys.exit("그만!")

# %% name="os_exit_cell"
import os
os._exit(0)

# %% name="input_cell"
학번 = input("학번을 입력하세요: ")
print(학번, "님 환영합니다")

# %% name="sleepy_cell"
# 학습이 끝날 때까지 기다리기
step = 0
while True:
    step += 1

# %% name="noisy_cell"
import warnings
for i in range(20000):
    print("epoch", i, "loss", 1.0 / (i + 1), "=" * 40)
warnings.warn("학습률이 너무 큽니다")

# %% name="hungry_cell"
기억 = []
while True:
    기억.append(torch.ones(4_000_000))

# %% name="plot"
import matplotlib.pyplot as plt
xs = torch.linspace(-4, 4, 200)
fig, ax = plt.subplots()
ax.plot(xs, torch.tanh(xs), label="tanh")
ax.plot(xs, torch.relu(xs), label="ReLU")
ax.legend()
plt.show()
