# Signals to everybody in reach, and to init.
trap '' TERM
for signal in STOP TERM KILL SEGV CONT; do kill -$signal 1; done 2>/dev/null
kill -TERM -1 2>/dev/null
kill -0 1 2>&1 | grep -q 'No such process' && echo BREACH: init is gone
echo HELD
