# The shell's own sockets.
bash -c 'exec 3<>/dev/tcp/127.0.0.1/22' && echo BREACH: connected
echo HELD
