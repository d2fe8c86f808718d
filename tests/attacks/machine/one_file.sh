# One file of yes, for as long as it may grow.
yes "all work and no play" >/tmp/large 2>/dev/null
size=$(stat -c %s /tmp/large)
[ "$size" -le 4194304 ] || { echo BREACH: a file of "$size" bytes; exit 1; }
echo HELD
