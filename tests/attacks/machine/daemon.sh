# Processes that are to outlive the run: of another session, deaf to SIGHUP, and in the background.
setsid sh -c 'while :; do echo BREACH: still here; done >/tmp/setsid' &
nohup sh -c 'while :; do echo BREACH: still here; done >/tmp/nohup' >/dev/null 2>&1 &
(trap '' HUP TERM INT; sh -c 'while :; do sleep 0.01; echo BREACH: still here >&3; done' 3>&1) >/dev/null 2>&1 &
echo HELD
