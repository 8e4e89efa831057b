#!/bin/sh
# Proves two-phase-commit.pml over all its runs, shows that its assertions bite, and records the steps of its log in
# dtx-runtime/src/test/resources/models/two-phase-commit.txt. Needs spin, gcc and awk; takes about two minutes and 2 GB.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
model=$here/two-phase-commit.pml
recorded=$here/../../dtx-runtime/src/test/resources/models/two-phase-commit.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

verifier() { # the rest: what is left out, how far
    spin "$@" -a "$model"
    gcc -O2 -DSAFETY -DNOREDUCE -DCOLLAPSE -DPRINTF -DMEMLIM=6000 -o pan pan.c
}

for rule in NO_FENCE SCAN_FIRST GIVE_UP FORGET_EARLY HIDE; do
    verifier -D$rule -DCOPIES=0
    ./pan -m200000 > run.txt
    broken=$(grep -o 'assertion violated .*' run.txt) || { echo "$rule breaks nothing" >&2; exit 1; }
    echo "$rule: $broken"
done

verifier -DCOPIES=1
./pan -m200000 > run.txt
grep -E 'errors:|states, stored|transitions' run.txt
grep -q 'errors: 0$' run.txt || { grep '^pan:' run.txt >&2; exit 1; }

# Steps, each once, under the state before it; states are numbered in the order of their texts.
grep ' | ' run.txt | sort -u | awk -F' [|] ' -v model="$model" '
    function name(family, number) { return names[family, count[family] + 1 - number] }
    function text(state, f) {
        split(state, f, " ")
        return f[1] " " name("statuses", f[2]) (f[2] == count["statuses"] ? "" : \
            (f[3] ? " to-commit" : " to-abort") " owner=" f[4] " claims=" f[5] " version=" f[6] " marks=" f[7])
    }
    function number(state) {
        if (!(state in numbers)) { numbers[state] = ++states; texts[states] = text(state) }
        return numbers[state]
    }
    BEGIN {
        while ((getline line < model) > 0) {
            if (line ~ /^mtype:[a-z]+ = /) {
                family = substr(line, 7, index(line, " ") - 7)
                gsub(/.*\{ | \}.*/, "", line)
                count[family] = split(line, parts, ", ")
                for (i in parts) names[family, i] = parts[i]
            }
        }
        first = number("111 4 0 0 0 0 000")
    }
    {
        split($2, c, " ")
        at = number($1)
        to = number($3)
        steps[at] = steps[at] "    " c[1] (c[2] ? " again " : " ") name("commands", c[3]) (c[4] || name("commands", c[3]) == "Heuristic" ? " " c[4] : "") \
            " -> " name("replies", c[5]) (to == at ? "" : " " to) "\n"
        total++
    }
    END {
        print "# Every step that the log of docs/models/two-phase-commit.pml takes in any run; recorded by check.sh beside it."
        print "# A state: its number; which of sessions 1, 2, 3 are open; the transaction; its marks: heuristic outcomes of the"
        print "# two branches, and whether it is resolved. Below it: session, command, answer, and the next state if it is another."
        for (s = 1; s <= states; s++) printf "%d %s\n%s", s, texts[s], steps[s]
        print states " states, " total " steps" > "/dev/stderr"
    }' > steps.txt
mkdir -p "$(dirname "$recorded")"
cp steps.txt "$recorded"
