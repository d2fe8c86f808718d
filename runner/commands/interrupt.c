#include "commands/interrupt.h"

#include "sandbox.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

/* The only way for a handler to leave word. */
static volatile sig_atomic_t caught, pipe_closed;

/*
 * A second signal does nothing more: timeout(1) and terminals send one to the program and again to its group, and
 * the second must not cut the cleaning-up short. Who cannot wait has SIGQUIT.
 */
static void catch_signal(int signal)
{
	if (!caught)
		caught = signal;
	sandbox_interrupt();
}

/* A handler, not SIG_IGN: a program that we execute starts with the default again. */
static void note_closed_pipe(int signal)
{
	(void)signal;
	pipe_closed = 1;
}

void interrupt_catch(void)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = catch_signal}, held;

	for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
		/* what nohup or a shell's background job has ignored stays ignored */
		if (sigaction(ending[i], NULL, &held) == 0 && held.sa_handler != SIG_IGN)
			sigaction(ending[i], &action, NULL);
	}
	action.sa_handler = note_closed_pipe;
	action.sa_flags = SA_RESTART;
	sigaction(SIGPIPE, &action, NULL);
}

int interrupt_signal(void)
{
	return caught;
}

bool interrupt_pipe_closed(void)
{
	return pipe_closed;
}

_Noreturn void interrupt_raise(int signal)
{
	struct sigaction action = {.sa_handler = SIG_DFL};

	sigaction(signal, &action, NULL);
	raise(signal);
	_Exit(128 + signal); /* not reached: the signal is neither blocked nor caught */
}
