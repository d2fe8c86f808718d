/*
 * Ctrl-C and its like: the boxes end, everything is cleaned up on the way out,
 * and then the signal does what it would have done, so that a shell or a
 * batch that called us sees the truth.
 */
#ifndef ASSAY_COMMANDS_INTERRUPT_H
#define ASSAY_COMMANDS_INTERRUPT_H

#include <stdbool.h>

/* From here on SIGINT, SIGTERM and SIGHUP make sandbox_run return; writing to a closed pipe is an error, not a death.
 */
void interrupt_catch(void);

/* 0, or the signal that came. */
int interrupt_signal(void);

/* Some pipe that was written to had no reader any more. */
bool interrupt_pipe_closed(void);

/* Ends the program as `signal` would have. */
_Noreturn void interrupt_raise(int signal);

#endif
