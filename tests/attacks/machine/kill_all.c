/* Signals to everybody in reach, init first. */
#include "attack.h"

#include <signal.h>

int main(void)
{
	kill(1, SIGKILL);
	kill(1, SIGSTOP);
	kill(getppid(), SIGKILL);
	kill(-1, SIGKILL);
	kill(0, 0);
	usleep(10000);
	if (kill(1, 0) < 0 && errno == ESRCH)
		breach("init is gone");
	held();
}
