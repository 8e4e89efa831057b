#!/usr/bin/env bash
# Does what a newcomer does: clones this repository into an empty folder, with an empty Maven repository, runs the two commands of
# README.md, then compiles, runs and tests README's example in a project of its own. Takes the time of a whole build, and some downloads.
#   try.sh [--no-tests]    leaves the test command out
set -euo pipefail
source=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export MAVEN_ARGS="-Dmaven.repo.local=$folder/repository"

git clone -q "$source" "$folder/dtx"
cd "$folder/dtx"

mapfile -t commands < <(awk '/^```/ { block = !block; plain = block && $0 == "```"; next } block && plain' README.md)
if ((${#commands[@]} != 2)) || [[ ${commands[1]} != *verify ]]; then
    echo "README.md does not have two commands in blocks of their own, run and test, but: ${commands[*]}" >&2
    exit 1
fi
tests=yes
for command in "${commands[@]}"; do
    if [[ ${1:-} == --no-tests && $command == *verify ]]; then
        tests=no
        continue
    fi
    echo "== $command"
    SECONDS=0
    (cd "$folder/dtx" && eval "$command")
    echo "== took $SECONDS s"
done

echo "== README's example in a project of its own"
./mvnw -q -B -ntp -Dmaven.test.skip -pl dtx-runtime,dtx-processor,dtx-testkit -am install
mkdir -p "$folder/shop/src/main/java/shop" "$folder/shop/src/test/java/shop"
cp examples/newcomer/pom.xml "$folder/shop/"
awk -v folder="$folder/shop/src" '
    /^```java$/ { inside = 1; text = ""; name = ""; next }
    /^```$/ && inside {
        inside = 0
        printf "%s", text > (folder "/" (name ~ /Test$/ ? "test" : "main") "/java/shop/" name ".java")
        next
    }
    inside { text = text $0 "\n"; if ($1 == "public" && $2 == "class") name = $3 }' README.md
cd "$folder/shop"
"$folder/dtx/mvnw" -q -B -ntp compile exec:java | tee output
grep -q "^reservation 1$" output
grep -q "refused, and nothing is reserved" output
grep -q "OrderService.place  COMPENSATED" output
echo "== README's test of it"
"$folder/dtx/mvnw" -B -ntp test | tee output
grep -Eq "Tests run: [5-9][0-9], Failures: 0, Errors: 0, Skipped: 0$" output
echo "RESULT newcomer=true tests=$tests"
