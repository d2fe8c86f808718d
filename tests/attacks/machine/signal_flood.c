/* Queued signals, which the kernel keeps a record of each for. */
#include "attack.h"

#include <signal.h>
#include <sys/syscall.h>

int main(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	for (int i = 0; i < 100000; i++)
		if (syscall(SYS_tgkill, getpid(), getpid(), SIGRTMIN + 1) < 0)
			held_by("the %dth signal: %s", i, strerror(errno));
	breach("a hundred thousand signals are waiting");
}
