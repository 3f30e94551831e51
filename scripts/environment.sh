# Sourced by start.sh and test.sh: a virtual environment in .venv of the current folder with the pinned packages, made or renewed only when
# needed.

# Threads that wait for one another inside a matrix product soon leave their core to others: three quarters of the time beside a busy one.
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-20000}"

# Container images often forbid Python to keep what it compiled: each start would compile 400 modules again.
unset PYTHONDONTWRITEBYTECODE

# said CHINESE ENGLISH: the sentence in the language that the programs would choose (settings.asked_language).
said() {
    case "${RERANKER_LANGUAGE:-}" in zh) echo "$1"; return ;; en) echo "${2:-$1}"; return ;; esac
    case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in [eE][nN]*) echo "${2:-$1}" ;; *) echo "$1" ;; esac
}

# die CHINESE ENGLISH
die() { said "$@" >&2; exit 1; }

find_python() {
    local candidate found
    for candidate in python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"; return
        fi
    done
    found=$(python3 --version 2>&1 || echo none)
    die "需要 Python 3.11 或更新的版本；本机只有：${found}。请安装（apt install python3.11 python3.11-venv，或 brew install python@3.11）后重新启动。" \
        "Python 3.11 or newer is needed; found: $found. Install it (apt install python3.11 python3.11-venv, or brew install python@3.11) and start again."
}

# tell_progress BEFORE: until it is killed, how many packages are in .venv, every ten seconds where there are more than before. pip says
# nothing while it unpacks gigabytes.
tell_progress() {
    local before=$1 now
    while sleep 10 >/dev/null 2>&1; do # which outlives this for a moment, and must hold no pipe open
        now=$(count_packages)
        [ "$now" = "$before" ] || said "  已装好 $now 个组件" "  $now packages are in place" >&2
        before=$now
    done
}

count_packages() { find .venv/lib/python*/site-packages -maxdepth 1 -name '*.dist-info' 2>/dev/null | wc -l | tr -d ' '; }

# in_words: the lines of pip that it is given, the long one with the name of every package as their number.
in_words() {
    local line commas
    while IFS= read -r line; do
        case $line in
            "Installing collected packages:"*)
                commas=${line//[!,]/}
                said "  已全部下载，现在安装 $((${#commas} + 1)) 个组件" "  Everything is downloaded. Packages to install now: $((${#commas} + 1))" ;;
            *) echo "$line" ;;
        esac
    done
}

# install FILE [PIP_OPTION…]: the packages of a requirements file, again only when it, the pins or Python changed. With wheels in
# offline/wheels (see make_offline_bundle.sh) from these alone.
install() {
    local file=$1 python stamp wanted free problem there progress done; shift
    python=$(find_python) || exit 1
    stamp=".venv/installed-$(basename "$file")"
    wanted=$(cat requirements*.txt constraints.txt | cksum; "$python" --version; echo "$@")
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return

    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }')
    [ "$free" -ge 8 ] || die "磁盘只剩 $free GB；组件和权重需要 8 GB。请腾出空间后重新启动。" \
        "Only $free GB are free on this disk; packages and weights need 8 GB. Make room and start again."
    said "正在把 $file 中的组件装进 .venv（第一次要几分钟）……" "Installing packages of $file into .venv (the first time takes minutes) ..." >&2
    # a start that was ended while it made the environment leaves one without pip
    .venv/bin/python -c "import pip" 2>/dev/null || "$python" -m venv .venv || \
        die "用 $python 建不成 .venv。Debian 或 Ubuntu 上请先：apt install python3-venv" \
            "Could not create .venv with $python. On Debian or Ubuntu: apt install python3-venv"
    problem=$(said "请检查网络，或用 PIP_INDEX_URL 指定镜像，再重新启动：已下载的会保留。" \
        "Check the network, or set PIP_INDEX_URL to a mirror, and start again: what was downloaded is kept.")
    if [ -d offline/wheels ]; then
        set -- --no-index --find-links offline/wheels "$@"
        there="$(uname -sm), $("$python" --version)"
        problem=$(said "组件取自 offline/wheels，它须在系统、处理器和 Python 版本都与本机相同的机器上制作（${there}）。" \
            "They come from offline/wheels, which has to be made on a machine of the same system, processor and version of Python as this one ($there).")
    fi
    there=$(count_packages)
    tell_progress "$there" & progress=$!
    # pip would compile every module before anything starts, one after the other: half of its time.
    .venv/bin/python -m pip install --disable-pip-version-check --no-compile --progress-bar off -c constraints.txt -r "$file" "$@" 2>&1 |
        tee .venv/install.log | grep --line-buffered -E '^ *((Downloading|Using cached) .*[0-9]{2}(\.[0-9])? MB|Installing|ERROR)' | in_words >&2
    done=${PIPESTATUS[0]}
    kill "$progress" && wait "$progress" 2>/dev/null
    [ "$done" = 0 ] || die "组件没有下载或安装成功（详情见 .venv/install.log）。$problem" \
        "The packages could not be downloaded or installed (details: .venv/install.log). $problem"
    echo "$wanted" >"$stamp"
    nice -n 19 .venv/bin/python -m compileall -q .venv/lib >/dev/null 2>&1 & # beside what comes next
}
