#!/usr/bin/env bash
# ./start.sh bundle FOLDER: the program, the wheels of all its packages and, where they are on this machine, the weights, in one folder.
# Copy it to a machine without internet that has the same system, processor and version of Python, and run ./start.sh in it.
set -u
here=$(cd "$(dirname "$0")/.." && pwd) || exit 1
. "$here/scripts/environment.sh"
folder=${1:-}
case "$folder" in
    -h | --help | help) echo "Usage: ./start.sh bundle FOLDER: the program, the wheels of its packages and the weights, to be installed without internet."; exit 0 ;;
    -*) die "There is no switch $folder. Usage: ./start.sh bundle FOLDER" ;;
esac
[ -n "$folder" ] || die "Which folder? ./start.sh bundle FOLDER"
if [ -e "$folder" ] && [ -n "$(ls -A "$folder" 2>/dev/null)" ]; then die "$folder is not empty: name a new folder."; fi
mkdir -p "$folder" || exit 1
folder=$(cd "$folder" && pwd)
python="$here/.venv/bin/python"

# By git, so that no resume, label or password that lies in this folder comes along.
git -C "$here" archive --format=tar HEAD | tar -x -C "$folder" || die "The program is copied by git: make the bundle from a clone of the repository."

echo "Fetching the wheels of all packages (minutes) ..." >&2
"$python" -m pip download --disable-pip-version-check --progress-bar off --only-binary :all: \
    -c "$here/constraints.txt" -r "$here/requirements.txt" -d "$folder/offline/wheels" >"$folder/offline.log" 2>&1 ||
    die "The wheels could not be fetched (details: $folder/offline.log)."
rm "$folder/offline.log"

weights=$(cd "$here" && HF_HUB_OFFLINE=1 "$python" -c '
from reranker.qwen3.checkpoint import find_checkpoint
print(find_checkpoint("", offline=True, say=lambda notice: None) or "")')
if [ -n "$weights" ]; then
    mkdir -p "$folder/models/Qwen3-Reranker-0.6B"
    cp -L "$weights"/*.json "$weights"/*.safetensors "$folder/models/Qwen3-Reranker-0.6B/" || die "The weights could not be copied."
else
    echo "No weights of Qwen3-Reranker are on this machine: the bundle ranks with the built-in stand-in until they are put into $folder/models/Qwen3-Reranker-0.6B" >&2
fi
echo "Ready: $folder ($(du -sh "$folder" | cut -f1)). Copy it, and run ./start.sh in it." >&2
