#!/usr/bin/env bash
# ./start.sh bundle FOLDER: the program, the wheels of all its packages and, where they are on this machine, the weights, in one folder.
# Copy it to a machine without internet that has the same system, processor and version of Python, and run ./start.sh in it.
set -u
here=$(cd "$(dirname "$0")/.." && pwd) || exit 1
. "$here/scripts/environment.sh"
folder=${1:-}
case "$folder" in
    -h | --help | help) said "用法：./start.sh bundle 文件夹：本程序、所需组件和权重的一份副本，可在没有网络的机器上安装。" \
        "Usage: ./start.sh bundle FOLDER: the program, the wheels of its packages and the weights, to be installed without internet."; exit 0 ;;
    -*) die "没有 $folder 这个开关。用法：./start.sh bundle 文件夹" "There is no switch $folder. Usage: ./start.sh bundle FOLDER" ;;
esac
[ -n "$folder" ] || die "放到哪个文件夹？./start.sh bundle 文件夹" "Which folder? ./start.sh bundle FOLDER"
if [ -e "$folder" ] && [ -n "$(ls -A "$folder" 2>/dev/null)" ]; then die "$folder 不是空的：请写一个新文件夹。" "$folder is not empty: name a new folder."; fi
mkdir -p "$folder" || exit 1
folder=$(cd "$folder" && pwd)
python="$here/.venv/bin/python"

# By git, so that no resume, label or password that lies in this folder comes along.
git -C "$here" archive --format=tar HEAD | tar -x -C "$folder" || \
    die "程序由 git 复制：请在克隆的仓库里制作。" "The program is copied by git: make the bundle from a clone of the repository."

said "正在下载全部组件（几分钟）……" "Fetching the wheels of all packages (minutes) ..." >&2
"$python" -m pip download --disable-pip-version-check --progress-bar off --only-binary :all: \
    -c "$here/constraints.txt" -r "$here/requirements.txt" -d "$folder/offline/wheels" >"$folder/offline.log" 2>&1 ||
    die "组件没有下载成功（详情见 $folder/offline.log）。" "The wheels could not be fetched (details: $folder/offline.log)."
rm "$folder/offline.log"

weights=$(cd "$here" && HF_HUB_OFFLINE=1 "$python" -c '
from reranker.qwen3.checkpoint import find_checkpoint
print(find_checkpoint("", offline=True, say=lambda notice: None) or "")')
if [ -n "$weights" ]; then
    mkdir -p "$folder/models/Qwen3-Reranker-0.6B"
    cp -L "$weights"/*.json "$weights"/*.safetensors "$folder/models/Qwen3-Reranker-0.6B/" || \
        die "权重没有复制成功。" "The weights could not be copied."
else
    said "本机没有 Qwen3-Reranker 的权重：在放进 $folder/models/Qwen3-Reranker-0.6B 之前，这份副本用内置的替代模型排序" \
        "No weights of Qwen3-Reranker are on this machine: the bundle ranks with the built-in stand-in until they are put into $folder/models/Qwen3-Reranker-0.6B" >&2
fi
size=$(du -sh "$folder" | cut -f1)
said "已做好：${folder}（${size}）。复制过去，在里面运行 ./start.sh。" "Ready: $folder ($size). Copy it, and run ./start.sh in it." >&2
