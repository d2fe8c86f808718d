/* Every process number there can be, with a signal each: another box's may be among them. */
#include "attack.h"

#include <signal.h>

int main(void)
{
	int reached = 0;

	for (int pid = 2; pid < 100000; pid++)
		if (pid != getpid() && kill(pid, SIGKILL) == 0)
			reached++;
	if (reached)
		breach("%d processes were reached", reached);
	held();
}
