# The classic; this shell does not take a colon for a name. Where it may not fork it ends, and says so on its way.
trap 'echo HELD; exit 0' EXIT
bomb() { bomb | bomb & }
(bomb) 2>/dev/null
for round in 1 2 3 4 5 6 7 8; do (bomb) 2>/dev/null; done
