# Sourced by start.sh and test.sh: a virtual environment in .venv of the current folder with the pinned packages, made or renewed only when
# needed.

# Threads that wait for one another inside a matrix product soon leave their core to others: three quarters of the time beside a busy one.
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-20000}"

# Container images often forbid Python to keep what it compiled: each start would compile 400 modules again.
unset PYTHONDONTWRITEBYTECODE

die() { echo "$*" >&2; exit 1; }

find_python() {
    local candidate
    for candidate in python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"; return
        fi
    done
    die "Python 3.11 or newer is needed; found: $(python3 --version 2>&1 || echo none). Install it (apt install python3.11 python3.11-venv, or brew install python@3.11) and start again."
}

# tell_progress BEFORE: until it is killed, how many packages are in .venv, every ten seconds where there are more than before. pip says
# nothing while it unpacks gigabytes.
tell_progress() {
    local before=$1 now
    while sleep 10 >/dev/null 2>&1; do # which outlives this for a moment, and must hold no pipe open
        now=$(count_packages)
        [ "$now" = "$before" ] || echo "  $now packages are in place" >&2
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
                echo "  Everything is downloaded. Packages to install now: $((${#commas} + 1))" ;;
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
    [ "$free" -ge 8 ] || die "Only $free GB are free on this disk; packages and weights need 8 GB. Make room and start again."
    echo "Installing packages of $file into .venv (the first time takes minutes) ..." >&2
    # a start that was ended while it made the environment leaves one without pip
    .venv/bin/python -c "import pip" 2>/dev/null || "$python" -m venv .venv || die "Could not create .venv with $python. On Debian or Ubuntu: apt install python3-venv"
    problem="Check the network, or set PIP_INDEX_URL to a mirror, and start again: what was downloaded is kept."
    if [ -d offline/wheels ]; then
        set -- --no-index --find-links offline/wheels "$@"
        problem="They come from offline/wheels, which has to be made on a machine of the same system, processor and version of Python as this one ($(uname -sm), $("$python" --version))."
    fi
    there=$(count_packages)
    tell_progress "$there" & progress=$!
    # pip would compile every module before anything starts, one after the other: half of its time.
    .venv/bin/python -m pip install --disable-pip-version-check --no-compile --progress-bar off -c constraints.txt -r "$file" "$@" 2>&1 |
        tee .venv/install.log | grep --line-buffered -E '^ *((Downloading|Using cached) .*[0-9]{2}(\.[0-9])? MB|Installing|ERROR)' | in_words >&2
    done=${PIPESTATUS[0]}
    kill "$progress" && wait "$progress" 2>/dev/null
    [ "$done" = 0 ] || die "The packages could not be downloaded or installed (details: .venv/install.log). $problem"
    echo "$wanted" >"$stamp"
    nice -n 19 .venv/bin/python -m compileall -q .venv/lib >/dev/null 2>&1 & # beside what comes next
}
