#!/bin/sh
# Runs while the image is built: wheels into /opt/venv, without what a guest never uses, the same bytes every time.
set -e
umask 022
export SOURCE_DATE_EPOCH=0 PYTHONHASHSEED=0

# The builder has put the course's Python in the place of the mark.
python3 - <<'EOF'
import sys
if "%d.%d" % sys.version_info[:2] != "@PYTHON@":
    sys.exit("the base has Python %d.%d, the wheels are for @PYTHON@" % sys.version_info[:2])
EOF
python3 -m venv --without-pip /opt/venv

# pip runs from its own wheel, so that the base needs none and the image has none.
set -- /wheels/pip-*.whl
/opt/venv/bin/python "$1/pip" install --quiet --no-index --no-deps --no-compile --no-cache-dir --root-user-action ignore \
    --disable-pip-version-check --find-links /wheels -r /requirements.txt

cd /opt/venv/lib/python@PYTHON@/site-packages
# Headers, static libraries and tests serve who compiles or develops; torch.testing and numpy.testing stay.
rm -rf torch/include torch/test torch/share torch/lib/*.a
find torch/bin -type f ! -name torch_shm_manager -delete
rm -rf matplotlib/tests matplotlib/mpl-data/sample_data mpl_toolkits/*/tests
find numpy sympy mpmath networkx fontTools -depth -type d -name tests -exec rm -rf {} +
find . -name '*.pyi' -delete
find . -path '*.dist-info/RECORD' -delete

# Bytecode that no run checks against its source: a date in it would differ from build to build. -S, because what the
# compiling process has imported itself gets other bytes.
/opt/venv/bin/python -S -m compileall -q --invalidation-mode unchecked-hash -x 'py31[2-9]' /opt/venv
MPLCONFIGDIR=/nowhere MPLBACKEND=Agg /opt/venv/bin/python -B -W ignore -c \
    'import numpy, torch, torch._dynamo, torch.utils.data, matplotlib.pyplot' 2>/tmp/said || { cat /tmp/said >&2; exit 1; }

mkdir -p /stage/opt
mv /opt/venv /stage/opt/venv
find /stage -exec touch -h -d @0 {} +
