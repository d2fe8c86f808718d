# Everything that there is, removed.
rm -rf --no-preserve-root / 2>/dev/null
[ -e /bin/sh ] || { echo BREACH: the programs are gone; exit 1; }
echo HELD
