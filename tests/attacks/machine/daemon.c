/* Leaves a process of another session behind, which would speak when the run is over. */
#include "attack.h"

int main(void)
{
	if (fork() == 0) {
		setsid();
		if (fork() != 0)
			_exit(0);
		for (;;) {
			usleep(500000);
			if (write(1, "BREACH: still here\n", 19) < 0)
				_exit(1);
		}
	}
	usleep(20000);
	held();
}
