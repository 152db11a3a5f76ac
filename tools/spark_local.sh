#!/bin/sh
# Apache Spark on this machine: a real master and two workers on 127.0.0.1, in an environment of its own (.venv-spark).
#
#   tools/spark_local.sh setup          make the environment (450 MB to download, once)
#   tools/spark_local.sh                start, print the master's address, stop at Ctrl+C
#   tools/spark_local.sh COMMAND …      start, run the command with SPARK_MASTER=spark://…, stop; its exit status
#
# The locks are made like that of benchmarks/peers/hordak (pyspark comes as source only), from spark.in with
# --constraint requirements.lock, and from setuptools for spark_build.lock; pandas is needed by the benchmark alone.
# PYTHON= names another Python, SPARK_PORT= another port than 7077, SPARK_WORKER_MEMORY= another memory of a worker than
# 3g, SPARK_STATE= a folder that keeps the logs and, while it runs, master.pid, worker-1.pid and worker-2.pid.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
venv=$root/.venv-spark
port=${SPARK_PORT:-7077}

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

setup() {
    locks="$root/tools/spark_build.lock $root/tools/spark.lock $root/requirements.lock"
    cat $locks | cmp -s - "$venv/installed.lock" 2>/dev/null && return
    echo "== 建立 Spark 的环境（约 450 MB，只此一次）· making Spark's environment (about 450 MB, once)" >&2
    PYTHON="${PYTHON:-python3}" "$root/tools/make_venv.sh" "$venv" >&2
    install="$venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps"
    $install --require-hashes --only-binary :all: -r "$root/tools/spark_build.lock"
    $install --require-hashes --only-binary :all: --no-binary pyspark --no-build-isolation -r "$root/tools/spark.lock"
    $install --require-hashes --only-binary :all: -r "$root/requirements.lock"
    $install --no-index --no-build-isolation --editable "$root"
    cat $locks > "$venv/installed.lock"
}

java_is_there() {
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    version=$("$java" -version 2>&1 | sed -nE 's/.* version "([0-9]+).*/\1/p' || true)
    [ "${version:-0}" -ge 17 ] ||
        stop "Spark 要用 Java 17 或更新的版本。请先执行：  apt-get install -y openjdk-17-jre-headless" \
             "Spark needs Java 17 or newer. First run the line above as root."
}

# Each in a process group of its own, so that the whole of it can be stopped, and killed by a test.
daemon() {
    name=$1
    shift
    setsid "$SPARK_HOME/bin/spark-class" "$@" > "$state/$name.log" 2>&1 &
    echo $! > "$state/$name.pid"
}

wait_for() {
    for _ in $(seq 120); do
        grep -q "$2" "$state/$1.log" 2>/dev/null && return
        kill -0 "$(cat "$state/$1.pid")" 2>/dev/null || break
        sleep 0.5
    done
    tail -n 20 "$state/$1.log" >&2
    stop "Spark 没有启动（$1）。端口 $port 被占用时可以换一个：  SPARK_PORT=7177 $0" \
         "Spark did not start ($1); if port $port is taken, name another one as above."
}

end() {
    status=$?
    for name in worker-1 worker-2 master; do
        if [ -f "$state/$name.pid" ]; then
            kill -- "-$(cat "$state/$name.pid")" 2>/dev/null || true  # a test may have killed it already
            rm -f "$state/$name.pid"
        fi
    done
    wait
    rm -rf "$state/work"
    [ -n "$kept" ] || rm -rf "$state"
    exit "$status"
}

java_is_there
setup
[ "${1:-}" != setup ] || exit 0

SPARK_HOME=$("$venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
SPARK_MASTER=spark://127.0.0.1:$port
PYSPARK_PYTHON=$venv/bin/python
export SPARK_HOME SPARK_MASTER PYSPARK_PYTHON SPARK_LOCAL_IP=127.0.0.1
kept=${SPARK_STATE:-}
SPARK_STATE=${SPARK_STATE:-$(mktemp -d)}
export SPARK_STATE
state=$SPARK_STATE
mkdir -p "$state"
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

daemon master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
wait_for master "Starting Spark master at $SPARK_MASTER"
for n in 1 2; do
    daemon "worker-$n" org.apache.spark.deploy.worker.Worker "$SPARK_MASTER" --host 127.0.0.1 --webui-port 0 \
        --cores 1 --memory "${SPARK_WORKER_MEMORY:-3g}" --work-dir "$state/work/$n"
done
for n in 1 2; do
    wait_for "worker-$n" "Successfully registered with master"
done

if [ $# -gt 0 ]; then
    "$@"
else
    echo "$SPARK_MASTER"
    echo "按 Ctrl+C 停止 · Ctrl+C stops it" >&2
    while kill -0 "$(cat "$state/master.pid")" 2>/dev/null; do
        sleep 1
    done
fi
