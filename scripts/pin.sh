#!/usr/bin/env bash
# Change a pin everywhere: scripts/pin.sh NAME VERSION [darwin|linux]. In the requirements and the constraints, then in the locks; then run
# ./test.sh. The third word says which pin is meant where macOS (darwin) and other systems (linux) have different ones, as of torch.
set -eu
cd "$(dirname "$0")/.."
case ${3:-} in
    "") marker="" ;;
    darwin) marker=';.*== "darwin"' ;;
    linux) marker=';.*!= "darwin"' ;;
    *) set -- ;;
esac
[ $# -ge 2 ] && [ $# -le 3 ] || { echo "scripts/pin.sh NAME VERSION [darwin|linux]" >&2; exit 2; }
name=$1 version=$2
pin="^(${name//[-_.]/[-_.]}==)[^; ]+($marker)"
files=$(grep -liE "$pin" requirements*.txt constraints.txt) || { echo "$name is pinned nowhere${3:+ for $3}." >&2; exit 1; }
if [ "$(grep -hiE "$pin" requirements*.txt | wc -l)" -gt 1 ]; then
    echo "$name has several pins, for different systems: scripts/pin.sh $name $version darwin (macOS) or linux (all others)." >&2
    exit 1
fi
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp requirements*.txt constraints.txt locks/*.txt "$before"
for file in $files; do
    sed -E "s/$pin/\1$version\2/I" "$file" >"$file.new" && mv "$file.new" "$file"
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
