# A pipe with a name, for the grader to wait at.
mkfifo /tmp/left && echo BREACH: a pipe was made
echo HELD
