# The shell's own sockets. (Without --norc it first asks who its input is connected to.)
bash --norc -c 'exec 3<>/dev/tcp/127.0.0.1/22' && echo BREACH: connected
echo HELD
