/*
 * What init and the parent say to each other: one datagram a message, over the
 * box's control socket, with descriptors where there are any. The parent says
 * one thing, the order (order.h); all else is init's.
 *
 * Both ends only make system calls, as the child must (see box.h).
 */
#ifndef ASSAY_SANDBOX_MESSAGE_H
#define ASSAY_SANDBOX_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum box_event {
	BOX_STARTED, /* the program was executed; comes with two descriptors, see enum box_passed */
	BOX_FAILED, /* a step could not be done; nothing ran */
	BOX_ENDED, /* the program, that is the first process, ended */
};

/*
 * The parent holds the listener alone: were it init's, init's end would close it a moment before
 * the kernel kills the others, and a refused call would return (ENOSYS) to a program that goes on.
 */
enum box_passed { BOX_SCRATCH, BOX_LISTENER, BOX_PASSED_COUNT };

struct box_message {
	enum box_event event;
	int64_t at_us; /* BOX_STARTED and BOX_ENDED: when, as clock_us counts; who hears of it may hear late */
	/* BOX_FAILED */
	int step;
	int error;
	size_t mount; /* the view's failed_mount */
	/* BOX_ENDED */
	int status; /* as of wait */
	bool alone; /* init has no child any more, and ends itself: the box is empty */
	/* of the program and of all that it and init have seen end */
	uint64_t peak_kib; /* the program's own */
	uint64_t cpu_us;
};

#define MESSAGE_PASSED 64 /* descriptors, at most (SCM_MAX_FD is 253) */

/* 0, or -1 where nobody is left to tell. */
int message_send(int control, const void *bytes, size_t length, const int *passed, size_t passed_count);

enum message_patience { MESSAGE_WAIT, MESSAGE_NOW };
/*
 * Sets passed[] to what came with the message, -1 each where nothing did. The message's length, 0 where
 * the other end has gone, or -1 with errno (EAGAIN: nothing was said; EMFILE: no room for what was passed).
 */
ssize_t message_receive(int control, void *bytes, size_t size, int *passed, size_t passed_count,
			enum message_patience patience);

#endif
