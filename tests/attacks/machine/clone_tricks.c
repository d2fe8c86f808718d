/* Children that are init's instead of one's own, or traced, or end with a signal of the program's choice. */
#include "attack.h"

#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static void child_of(unsigned long flags)
{
	long child = syscall(SYS_clone, flags, 0L, 0L, 0L, 0L);

	if (child == 0)
		_exit(0);
	waitpid((pid_t)child, NULL, __WALL);
}

int main(void)
{
	signal(SIGUSR1, SIG_IGN);
	child_of(CLONE_PARENT | SIGKILL);
	child_of(CLONE_PARENT | SIGCHLD);
	child_of(CLONE_PTRACE | SIGCHLD);
	child_of(CLONE_UNTRACED | SIGUSR1);
	child_of(CLONE_PARENT); /* no signal at all */
	usleep(20000);
	if (kill(1, 0) < 0 && errno == ESRCH)
		breach("init is gone");
	held();
}
