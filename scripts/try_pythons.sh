#!/usr/bin/env bash
# Install from locks/usual.txt under each Python given (default: 3.11, 3.12, 3.13 from PATH), rank the examples and run part of the tests.
#
#   scripts/try_pythons.sh [--without-torch | --without-hashes] [PYTHON…]
#
# --without-torch: without PyTorch and what needs it (gigabytes): nothing is ranked then, only installed, and tests that do without are run.
# --without-hashes: from requirements.txt as start.sh does, for indexes whose PyTorch is another build than the lock's (the CPU wheel).
set -u
cd "$(dirname "$0")/.." || exit 1
packages="--no-deps --require-hashes -r locks/usual.txt" how="with hashes" tests="tests/preprocess/test_plain_text.py tests/feedback/store/test_store.py tests/reranker/test_ranking.py" ranks=yes
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ "${1:-}" = --without-torch ]; then
    shift
    # A package and its hashes are lines up to the next one that does not begin with a blank.
    awk '/^[A-Za-z]/ { skip = /^(torch|triton|accelerate|nvidia-|cuda-)/ } !skip' locks/usual.txt >"$work/lock.txt"
    packages="--no-deps --require-hashes -r $work/lock.txt" tests=tests/feedback/store/test_store.py ranks=""
elif [ "${1:-}" = --without-hashes ]; then
    shift
    packages="-c constraints.txt -r requirements.txt" how="without hashes"
fi
[ $# -gt 0 ] || set -- python3.11 python3.12 python3.13
failed=0
for python in "$@"; do
    if ! "$python" --version >"$work/version" 2>&1; then echo "– $python: not on this machine"; continue; fi
    version=$(cat "$work/version") env=$work/$(basename "$python")-$RANDOM
    # What the tests need besides, as pinned.
    if "$python" -m venv "$env" &&
        "$env/bin/pip" install --quiet --disable-pip-version-check $packages >"$env/log" 2>&1 &&
        "$env/bin/pip" install --quiet --disable-pip-version-check -c constraints.txt pytest pytest-timeout pytest-xdist hypothesis reportlab python-docx rapidfuzz >>"$env/log" 2>&1 &&
        { [ -z "$ranks" ] || "$env/bin/python" cli.py rank --model embedded --job examples/en/JD_* --resumes examples/en --json >"$env/ranking.json" 2>>"$env/log"; } &&
        "$env/bin/python" -m pytest -p no:cacheprovider $tests >>"$env/log" 2>&1
    then
        echo "✓ $version: installed $how${ranks:+, examples ranked}; $(tail -1 "$env/log")"
    else
        failed=1
        echo "✗ $version:"
        tail -15 "$env/log"
    fi
done
exit "$failed"
