/*
 * The box from outside: one poll loop over init's messages, the program's pipes
 * and the deadlines, until there is a reason to end the box; then it is ended,
 * whatever is in it.
 */
#include "box.h"

#include "fetch.h"
#include "message.h"
#include "meter.h"
#include "process_tree.h"
#include "steps.h"
#include "streams.h"

#include "base/clock.h"
#include "base/memory.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define SETUP_DEADLINE_MS 20000
#define TICK_SHORTEST_US 10000
#define TICK_LONGEST_US 200000
#define TICK_WATCHFUL_US 30000 /* where nobody but us looks at the memory */

enum watched { WATCHED_CONTROL, WATCHED_INTERRUPT, WATCHED_LISTENER, WATCHED_OUTLETS };

struct supervision {
	struct box *box;
	struct sandbox_command *command;
	struct sandbox_outcome *outcome;
	struct outlet *outlets; /* one a stream */
	int descriptors[ORDER_STREAMS]; /* the program's, until they are sent */
	struct pollfd *watched; /* as enum watched, then the outlets */
	int listener; /* of the filter */
	struct sandbox_live live;
	struct meter meter;
	int64_t called_us, started_us, ended_us, deadline_us, tick_us;
	bool started, ended;
	enum sandbox_limit full; /* what was seen used up, which ends nothing by itself */
	int status;
};

/* ---- what comes in ------------------------------------------------------ */

static int explain_step(const struct supervision *run, const struct box_message *message, struct error **err)
{
	const char *remedy = step_remedy(message->step, message->error);
	const struct view *view = &run->box->view;

	errno = message->error;
	if (step_is_exec(message->step))
		return error_set_errno(err, ERROR_SANDBOX, "cannot execute %s in the box", run->command->argv[0]);
	if (step_is_mount(message->step) && message->mount < view->mount_count)
		error_set_errno(err, ERROR_SANDBOX, "%s: %s on %s", step_name(message->step),
				view->mounts[message->mount].source, view->mounts[message->mount].target);
	else
		error_set_errno(err, ERROR_SANDBOX, "%s", step_name(message->step));
	if (remedy) {
		cleanup_free char *words = text_format("%s (%s)", (*err)->message, remedy);
		char *old = (*err)->message;

		(*err)->message = STEAL(words);
		free(old);
	}
	return -1;
}

static bool was_out_of_memory(const struct supervision *run)
{
	struct cgroup_usage usage;

	cgroup_usage(&run->box->group, &usage);
	return usage.oom_kills > 0;
}

static void set_limit(struct supervision *run, enum sandbox_limit limit)
{
	if (run->outcome->limit_hit == SANDBOX_LIMIT_NONE)
		run->outcome->limit_hit = limit;
}

/* 1: go on, 0: the box is to end, -1: an error. */
static int hear_init(struct supervision *run, struct error **err)
{
	struct box_message message;
	int passed[BOX_PASSED_COUNT];
	ssize_t length = message_receive(run->box->birth.control, &message, sizeof message, passed, BOX_PASSED_COUNT,
					 MESSAGE_NOW);

	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return 1;
	if (length < 0 && errno == EMFILE)
		return error_set_errno(err, ERROR_SANDBOX, "hearing the box's init (raise the limit of open files)");
	if (length != sizeof message && was_out_of_memory(run))
		return 0; /* version 2 kills the whole group, init with it */
	if (length != sizeof message)
		return error_set(err, ERROR_SANDBOX,
				 "the box's init was killed from outside (is the machine out of memory?)");
	switch (message.event) {
	case BOX_STARTED:
		run->live.scratch = passed[BOX_SCRATCH];
		run->listener = passed[BOX_LISTENER];
		run->started = true;
		run->started_us = message.at_us;
		run->deadline_us = run->started_us + (int64_t)run->box->limits.wall_ms * 1000;
		run->outcome->setup_us = (unsigned int)(run->started_us - run->called_us);
		return 1;
	case BOX_FAILED:
		return explain_step(run, &message, err);
	case BOX_ENDED:
		run->ended = true;
		run->box->is_empty = message.alone;
		run->status = message.status;
		run->meter.init_peak_kib = message.peak_kib;
		run->meter.init_cpu_us = message.cpu_us;
		run->ended_us = message.at_us;
		/* we may have slept through the deadline ourselves */
		if (run->ended_us > run->deadline_us)
			set_limit(run, SANDBOX_LIMIT_WALL);
		return 0;
	}
	return error_set(err, ERROR_SANDBOX, "the box's init said what it cannot say");
}

/* ---- deadlines ----------------------------------------------------------- */

static void look_for_full_disk(struct supervision *run)
{
	struct statfs seen;

	if (run->live.scratch < 0 || fstatfs(run->live.scratch, &seen) < 0)
		return;
	if (seen.f_bfree == 0)
		run->full = SANDBOX_LIMIT_DISK;
	else if (seen.f_ffree == 0)
		run->full = SANDBOX_LIMIT_INODES;
}

static void look_for_what_is_full(struct supervision *run)
{
	look_for_full_disk(run);
	if (run->full == SANDBOX_LIMIT_NONE &&
	    process_tree_has_descriptors(run->box->birth.init, run->box->limits.open_files))
		run->full = SANDBOX_LIMIT_DESCRIPTORS;
}

/* Looks at what the whole box has used so far. False when that is too much. */
static bool check_usage(struct supervision *run, int64_t now)
{
	int64_t limit_us = (int64_t)run->box->limits.cpu_ms * 1000, left = TICK_LONGEST_US, spent;
	struct cgroup_usage usage;

	look_for_what_is_full(run);
	meter_read(&run->meter, run->box, &usage);
	spent = clock_us() - now;
	/* where a group holds memory, it cannot be more than the limit, and the kernel kills */
	if (usage.oom_kills > 0 || (!(run->box->layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY) &&
				    usage.peak_kib > run->box->limits.memory_kib)) {
		set_limit(run, SANDBOX_LIMIT_MEMORY);
		return false;
	}
	if ((int64_t)usage.cpu_us >= limit_us) {
		set_limit(run, SANDBOX_LIMIT_CPU);
		return false;
	}
	/* it cannot be used up before all processors have spent it together */
	if ((limit_us - (int64_t)usage.cpu_us) / run->box->sandbox->processors < left)
		left = (limit_us - (int64_t)usage.cpu_us) / run->box->sandbox->processors;
	if (!(run->box->layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY) && left > TICK_WATCHFUL_US)
		left = TICK_WATCHFUL_US;
	if (left < spent * 4) /* looking at a bomb takes its time, of which there is to be some for other things */
		left = spent * 4;
	run->tick_us = now + (left < TICK_SHORTEST_US ? TICK_SHORTEST_US : left);
	return true;
}

/* 1: go on, 0: a limit is reached, -1: the set-up takes for ever. */
static int check_deadlines(struct supervision *run, struct error **err)
{
	int64_t now = clock_us();

	if (!run->started)
		return now < run->deadline_us ? 1
					      : error_set(err, ERROR_SANDBOX, "the box was not set up within %d ms",
							  SETUP_DEADLINE_MS);
	if (now >= run->deadline_us) {
		set_limit(run, SANDBOX_LIMIT_WALL);
		return 0;
	}
	if (now >= run->tick_us && !check_usage(run, now))
		return 0;
	return 1;
}

static struct timespec time_left(const struct supervision *run)
{
	int64_t until = run->deadline_us, left;

	if (run->started && run->tick_us < until)
		until = run->tick_us;
	left = until - clock_us();
	if (left < 0)
		left = 0;
	return (struct timespec){.tv_sec = left / 1000000, .tv_nsec = left % 1000000 * 1000};
}

/* False when a refused call waits. */
static bool hear_listener(struct supervision *run, short events)
{
	if (events & POLLIN && filter_take_refusal(run->listener, &run->outcome->violation))
		return false;
	if (events & POLLHUP) { /* nobody is left who could be refused anything */
		close(run->listener);
		run->listener = -1;
	}
	return true;
}

/* ---- the loop ------------------------------------------------------------- */

/*
 * 1: go on, 0: the box is to end, -1: an error. Output is looked at only once the start is known: the program
 * may be quicker than init's message, with which the folder comes that on_data may want to fetch from.
 */
static int attend(struct supervision *run, struct error **err)
{
	size_t count = run->command->stream_count;
	struct pollfd *watched = run->watched;
	struct timespec left = time_left(run);
	int result;

	watched[WATCHED_CONTROL] = (struct pollfd){.fd = run->box->birth.control, .events = POLLIN};
	watched[WATCHED_INTERRUPT] = (struct pollfd){.fd = sandbox_interrupt_fd(), .events = POLLIN};
	watched[WATCHED_LISTENER] = (struct pollfd){.fd = run->listener, .events = POLLIN};
	for (size_t i = 0; i < count; i++)
		watched[WATCHED_OUTLETS + i] =
			(struct pollfd){.fd = run->started ? run->outlets[i].fd : -1, .events = POLLIN};
	if (ppoll(watched, WATCHED_OUTLETS + count, &left, NULL) < 0 && errno != EINTR)
		return error_set_errno(err, ERROR_SANDBOX, "waiting for the box");
	if (watched[WATCHED_INTERRUPT].revents)
		return error_set(err, ERROR_SANDBOX, "interrupted");
	if (watched[WATCHED_LISTENER].revents && !hear_listener(run, watched[WATCHED_LISTENER].revents))
		return 0;
	for (size_t i = 0; i < count; i++)
		if (watched[WATCHED_OUTLETS + i].revents && !outlet_take(&run->outlets[i], &run->live)) {
			set_limit(run, SANDBOX_LIMIT_OUTPUT);
			return 0;
		}
	if (watched[WATCHED_CONTROL].revents) {
		result = hear_init(run, err);
		if (result <= 0)
			return result;
	}
	return check_deadlines(run, err);
}

static int fill_outcome(struct supervision *run, struct error **err)
{
	struct sandbox_outcome *outcome = run->outcome;
	struct cgroup_usage usage;

	if (!meter_read_last(&run->meter, run->box, &usage))
		return error_set(err, ERROR_SANDBOX, "what the box has used cannot be read (raise the limit of open files)");
	if (run->ended && WIFEXITED(run->status)) {
		outcome->exited = true;
		outcome->exit_code = WEXITSTATUS(run->status);
	} else {
		outcome->signal = run->ended ? WTERMSIG(run->status) : SIGKILL;
	}
	if (usage.oom_kills > 0)
		set_limit(run, SANDBOX_LIMIT_MEMORY);
	/* of more than it may, too, where we woke too late to end it */
	if (outcome->signal == SIGXCPU || usage.cpu_us / 1000 > run->box->limits.cpu_ms ||
	    (outcome->signal == SIGKILL && usage.cpu_us / 1000 == run->box->limits.cpu_ms))
		set_limit(run, SANDBOX_LIMIT_CPU);
	if (outcome->signal == SIGXFSZ)
		set_limit(run, SANDBOX_LIMIT_FILE_SIZE);
	if (usage.refused_forks > 0)
		set_limit(run, SANDBOX_LIMIT_PROCESSES);
	look_for_full_disk(run);
	set_limit(run, run->full);
	outcome->layers = run->box->layers;
	outcome->wall_ms = (unsigned int)((run->ended_us - run->started_us) / 1000);
	outcome->cpu_ms = (unsigned int)(usage.cpu_us / 1000);
	outcome->peak_kib = (unsigned int)usage.peak_kib;
	return 0;
}

static int watch_box(struct supervision *run, struct error **err)
{
	int result = 1;

	run->deadline_us = run->called_us + (int64_t)SETUP_DEADLINE_MS * 1000;
	while (result > 0)
		result = attend(run, err);
	if (!run->ended)
		run->ended_us = clock_us();
	if (run->started)
		meter_look(&run->meter, run->box);
	return result;
}

/* An order that nobody takes is no error yet: init may have said why. */
static int order_program(struct supervision *run, struct error **err)
{
	struct box *box = run->box;

	if (order_write(box->slot->order, run->command, err) < 0)
		return -1;
	if (streams_open(box, run->command, run->descriptors, run->outlets, err) < 0)
		return -1;
	order_send(box->birth.control, box->slot->order, run->descriptors);
	return 0;
}

static int run_box(struct supervision *run, struct error **err)
{
	int result = order_program(run, err);

	streams_close(run->box, run->descriptors);
	if (result < 0)
		return -1;
	result = watch_box(run, err);
	if (!run->box->is_empty)
		birth_end(run->box, &run->meter.use);
	if (result < 0)
		return -1;
	for (size_t i = 0; i < run->command->stream_count; i++)
		if (!outlet_drain(&run->outlets[i], &run->live))
			set_limit(run, SANDBOX_LIMIT_OUTPUT);
	if (fill_outcome(run, err) < 0)
		return -1;
	for (size_t i = 0; i < run->command->fetch_count; i++)
		fetch_file(&run->live, &run->command->fetches[i]);
	return 0;
}

static void close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

int box_supervise(struct box *box, struct sandbox_command *command, struct sandbox_outcome *outcome, int64_t called_us,
		  struct error **err)
{
	struct supervision run = {
		.box = box,
		.command = command,
		.outcome = outcome,
		.outlets = memory_new(command->stream_count + 1, sizeof(struct outlet)),
		.watched = memory_new(command->stream_count + WATCHED_OUTLETS, sizeof(struct pollfd)),
		.listener = -1,
		.live = {.scratch = -1, .births = box->sandbox->births},
		.called_us = called_us,
	};
	int result;

	for (size_t i = 0; i < command->stream_count; i++)
		run.outlets[i].fd = -1;
	result = run_box(&run, err);
	for (size_t i = 0; i < command->stream_count; i++)
		close_if_open(run.outlets[i].fd);
	close_if_open(run.listener);
	close_if_open(run.live.scratch);
	process_tree_forget(&run.meter.tree);
	free(run.outlets);
	free(run.watched);
	return result;
}
