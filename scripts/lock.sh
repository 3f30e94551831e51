#!/usr/bin/env bash
# Write the locks: every package with the SHA-256 of each of its wheels, from requirements.txt and constraints.txt.
#
#   locks/usual.txt       Linux with the libraries of CUDA, macOS; Python 3.11 to 3.13
#   locks/linux-cpu.txt   Linux on x86-64 with PyTorch's smaller wheel; Python 3.11
#
# That wheel is not on the usual index: its entry stays as it is until PyTorch's pin changes, and then needs
#   TORCH_CPU_WHEELS=FOLDER_OR_INDEX scripts/lock.sh
#
# Installing from one:  .venv/bin/pip install --require-hashes -r locks/usual.txt    (for the other add --find-links or --extra-index-url)
set -eu
cd "$(dirname "$0")/.."
. scripts/environment.sh
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
"$(find_python)" -m venv "$tool" && "$tool/bin/pip" install --quiet --disable-pip-version-check uv==0.13.9

compile() { "$tool/bin/uv" pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 -c constraints.txt requirements.txt "$@"; }

mkdir -p locks
compile --universal -o locks/usual.txt
cpu=locks/linux-cpu.txt
version=$(sed -n 's/^torch==\([0-9.]*\); sys_platform != "darwin"$/\1/p' requirements.txt)
if [ -n "${TORCH_CPU_WHEELS:-}" ]; then
    echo "torch==$version+cpu" >"$tool/override.txt"
    case $TORCH_CPU_WHEELS in
        http*) where=--extra-index-url ;;
        *) where=--find-links ;;
    esac
    compile --python-platform x86_64-manylinux_2_28 --override "$tool/override.txt" "$where" "$TORCH_CPU_WHEELS" -o "$cpu"
else
    grep -q "^torch==$version+cpu " "$cpu" || die "PyTorch has a new pin: run TORCH_CPU_WHEELS=FOLDER_OR_INDEX scripts/lock.sh for $cpu."
    # An entry is a package and its hashes: lines up to the next one that does not begin with a blank.
    awk '/^[^ ]/ { is_torch = /^torch==/ } is_torch' "$cpu" >"$tool/torch.txt"
    compile --python-platform x86_64-manylinux_2_28 -o "$tool/lock.txt"
    awk -v torch="$tool/torch.txt" '
        /^[^ ]/ { brought_by_cuda = /^(torch|triton|nvidia-|cuda-)/ }
        /^torch==/ { while ((getline line <torch) > 0) print line }
        !brought_by_cuda' "$tool/lock.txt" >"$tool/cpu.txt"
    cp "$tool/cpu.txt" "$cpu"
fi
