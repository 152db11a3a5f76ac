#!/bin/sh
# Make the virtual environment $1, or say in plain words what is missing and stop.
set -eu
python=${PYTHON:-python3}

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 ||
    stop "没有找到 Python。请先执行：  apt-get install -y python3 python3-venv" \
         "Python is missing. First run the line above as root."

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "需要 Python 3.11 或更新的版本（make run PYTHON=python3.12 可指定另一个）。" \
         "Python 3.11 or newer is needed; make run PYTHON=python3.12 names another one."

"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    stop "缺少 Python 的 venv 模块。请先执行：  apt-get install -y python3-venv" \
         "Python's venv module is missing. First run the line above as root."

echo "== 建立 $1 · making $1"
"$python" -m venv --clear "$1"
