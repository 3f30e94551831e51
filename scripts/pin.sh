#!/usr/bin/env bash
# Change a pin everywhere: scripts/pin.sh NAME VERSION. In the requirements and the constraints, then in the locks; then run ./test.sh.
set -eu
cd "$(dirname "$0")/.."
[ $# = 2 ] || { echo "scripts/pin.sh NAME VERSION" >&2; exit 2; }
name=$1 version=$2
files=$(grep -liE "^${name//[-_.]/[-_.]}==" requirements*.txt constraints.txt) || { echo "$name is pinned nowhere." >&2; exit 1; }
if [ "$(grep -hiE "^${name//[-_.]/[-_.]}==" requirements*.txt | wc -l)" -gt 1 ]; then
    echo "$name has several pins, for different systems: change them by hand in requirements.txt, then run scripts/lock.sh." >&2
    exit 1
fi
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp requirements*.txt constraints.txt locks/*.txt "$before"
for file in $files; do
    sed -E "s/^(${name//[-_.]/[-_.]}==)[^; ]+/\1$version/I" "$file" >"$file.new" && mv "$file.new" "$file"
done
if ! scripts/lock.sh; then
    cp "$before"/requirements*.txt "$before"/constraints.txt . && cp "$before"/usual.txt "$before"/linux-cpu.txt locks/
    echo "$name $version does not go with the other pins, or an index did not answer (see above). Nothing was changed." >&2
    exit 1
fi
# What the new version brings along, and no constraint pins yet.
grep -oE '^[A-Za-z0-9._-]+==[^ ;\\]+' locks/usual.txt | while IFS= read -r pin; do
    package=${pin%%==*}
    grep -q "^$package==" "$before/usual.txt" || grep -qiE "^${package//[-_.]/[-_.]}==" constraints.txt requirements.txt ||
        echo "not in constraints.txt: $pin" >&2
done
echo "Pinned $name $version in: $(echo $files). Now ./test.sh." >&2
