/*
 * Leaves processes behind, which would speak when the run is over, and of which whoever asks for children might not
 * hear: argv[1] says how.
 */
#include "attack.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>

#define MANY 16 /* so that their end takes a while */

static int life[2]; /* a pipe that the run alone keeps open */

/* When the run is over and has had time to end us, however long it took. */
static void *speak(void *nothing)
{
	char byte;

	close(life[1]);
	while (read(life[0], &byte, 1) != 0)
		continue;
	for (;;) {
		usleep(500000);
		if (write(1, "BREACH: still here\n", 19) < 0)
			_exit(1);
	}
	return nothing;
}

static void fork_twice(void)
{
	if (fork() != 0)
		return;
	setsid();
	if (fork() != 0)
		_exit(0);
	speak(NULL);
}

/* The first thread ends: what is left of it is neither running nor to be waited for. */
static void lose_first_thread(void)
{
	pthread_t thread;

	if (fork() != 0)
		return;
	pthread_create(&thread, NULL, speak, NULL);
	syscall(SYS_exit, 0);
}

/* In the memory of a parent that is gone. */
static void outlive_vfork(void)
{
	if (fork() != 0)
		return;
	if (vfork() == 0) {
		kill(getppid(), SIGKILL);
		speak(NULL);
	}
	_exit(0);
}

static void stop(void)
{
	if (fork() != 0)
		return;
	setsid();
	close(life[1]);
	raise(SIGSTOP);
	speak(NULL);
}

static void clone_with(unsigned long flags)
{
	if (syscall(SYS_clone, flags, 0L, 0L, 0L, 0L) == 0)
		speak(NULL);
}

static void clone_silent(void)
{
	clone_with(0);
}

static void clone_sibling(void)
{
	clone_with(CLONE_PARENT);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*leave)(void);
	} ways[] = {
		{"twice", fork_twice}, {"thread", lose_first_thread}, {"vfork", outlive_vfork},
		{"stopped", stop},     {"silent", clone_silent},      {"sibling", clone_sibling},
	};
	const char *wanted = argc > 1 ? argv[1] : ways[0].name;

	if (pipe(life) < 0)
		breach("no pipe");
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
		if (strcmp(wanted, ways[i].name) == 0) {
			for (int j = 0; j < MANY; j++)
				ways[i].leave();
			usleep(20000);
			held();
		}
	breach("no such way");
}
