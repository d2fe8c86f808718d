/*
 * Init, PID 1 of the box: trusted, and idle but for the beginning and the end of
 * the program. A copy of the parent that only makes system calls.
 */
#include "box.h"

#include "message.h"
#include "steps.h"

#include "base/clock.h"
#include "base/memory.h"

#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static ON_OWN_STACK void say(const struct box *box, const struct box_message *message, const int *passed, size_t passed_count)
{
	if (message_send(box->control, message, sizeof *message, passed, passed_count) < 0)
		_exit(1); /* nobody is left to tell */
}

static ON_OWN_STACK _Noreturn void fail(struct box *box)
{
	struct box_message message = {
		.event = BOX_FAILED,
		.step = box->failed_step,
		.error = box->failed_errno,
		.mount = box->view.failed_mount,
	};

	say(box, &message, NULL, 0);
	_exit(1);
}

static void announce_start(struct box *box)
{
	const struct box_message message = {.event = BOX_STARTED, .at_us = clock_us()};

	/* The listener and the streams are no longer ours: their ends are to be seen by the parent. */
	say(box, &message, (const int[]){[BOX_SCRATCH] = box->view.scratch, [BOX_LISTENER] = box->listener},
	    box->listener >= 0 ? 2 : 1);
	close(box->view.scratch);
	if (box->listener >= 0)
		close(box->listener);
	close_range(0, ORDER_STREAMS - 1, 0);
}

static uint64_t microseconds(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec;
}

static uint64_t children_cpu_us(void)
{
	struct rusage use;

	return getrusage(RUSAGE_CHILDREN, &use) == 0 ? microseconds(&use.ru_utime) + microseconds(&use.ru_stime) : 0;
}

/* Without children there is nobody in the box but us: what loses its parent becomes our child. */
static ON_OWN_STACK void reap(struct box *box)
{
	struct box_message message = {.event = BOX_ENDED};
	struct signalfd_siginfo ignored;
	struct rusage use;
	bool has_ended = false;
	int status;
	pid_t pid;

	while (read(box->signals, &ignored, sizeof ignored) > 0)
		continue;
	while ((pid = wait4(-1, &status, WNOHANG, &use)) > 0) {
		if (pid != box->program)
			continue;
		has_ended = true;
		message.status = status;
		message.peak_kib = (uint64_t)use.ru_maxrss;
	}
	if (!has_ended)
		return;
	message.alone = pid < 0;
	message.cpu_us = children_cpu_us();
	message.at_us = clock_us();
	say(box, &message, NULL, 0);
	if (message.alone)
		_exit(0);
}

/* Until the parent kills us, or has died itself. */
static ON_OWN_STACK _Noreturn void watch(struct box *box)
{
	for (;;) {
		struct pollfd watched[] = {
			{.fd = box->control, .events = POLLIN},
			{.fd = box->signals, .events = POLLIN},
		};

		if (poll(watched, ARRAY_LENGTH(watched), -1) < 0)
			continue;
		if (watched[0].revents)
			_exit(1);
		if (watched[1].revents)
			reap(box);
	}
}

ON_OWN_STACK _Noreturn void box_init(struct box *box)
{
	if (steps_take(box) < 0)
		fail(box);
	announce_start(box);
	watch(box);
}
