# shellcheck shell=bash
# What the end-to-end tests share. A test file sources this, defines functions test_NAME, and ends with `main "$@"`:
#
#     FILE PROGRAM NAME     runs one test with the program (assay) under test; each is a ctest entry of its own
#
# A test runs in a scratch folder that goes away, with a home of its own.
set -uo pipefail

# run ARGUMENT...: runs assay; leaves $out, $err and $code.
run() {
	code=0
	"$assay" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || code=$?
	out=$(<"$scratch/out")
	err=$(<"$scratch/err")
}

fail() {
	printf 'FAILED: %s\n-- exit code %s\n-- stdout\n%s\n-- stderr\n%s\n' "$*" "${code-}" "${out-}" "${err-}" >&2
	exit 1
}

expect_code() { [ "$code" = "$1" ] || fail "exit code $1 expected"; }
expect_out() { [[ $out == *"$1"* ]] || fail "standard output lacks: $1"; }
expect_err() { [[ $err == *"$1"* ]] || fail "standard error lacks: $1"; }
expect_no_out() { [ -z "$out" ] || fail "standard output is not empty"; }

# expect_error CODE TEXT: nothing on standard output, one line on standard error.
expect_error() {
	expect_code "$1"
	expect_no_out
	expect_err "$2"
	[ "$(wc -l <"$scratch/err")" = 1 ] || fail "an error is one line"
}

# expect_readme_shows_out README LINE: its example with that line is $out, line by line and in order, but for what is left
# out there (…).
expect_readme_shows_out() {
	python3 - "$1" "$2" "$scratch/out" <<'PYTHON' || fail "README.md shows something else"
import sys
readme, line, printed = sys.argv[1:]
[shown] = [text for text in open(readme).read().split("\n```")[1::2] if line in text.split("\n")]
printed = iter(open(printed).read().split("\n"))
for line in shown.split("\n"):
    if line.strip() not in ("", "…") and not line.startswith("$ "):
        assert line in printed, line
PYTHON
}

# json EXPRESSION: a Python expression over the document `it` in $out; fails where it is not true.
expect_json() {
	python3 -c 'import json, sys; it = json.load(open(sys.argv[1])); sys.exit(0 if eval(sys.argv[2]) else 1)' \
		"${2-$scratch/out}" "$1" || fail "not true of the JSON: $1"
}

main() {
	assay=$1
	scratch=$(mktemp -d)
	trap 'chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
	cd "$scratch" || exit 1
	"test_$2"
}
