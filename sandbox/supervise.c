/*
 * The box from outside: one poll loop over init's messages, the program's pipes
 * and the deadlines, until there is a reason to end the box; then it is ended,
 * whatever is in it.
 */
#include "box.h"

#include "fetch.h"
#include "process_tree.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SETUP_DEADLINE_MS 20000
#define TICK_SHORTEST_US 10000
#define TICK_LONGEST_US 200000
#define PIECE 65536

/* The parent's end of one of the program's pipes. */
struct outlet {
	int fd; /* -1 when it came to its end */
	struct sandbox_stream *stream;
	size_t limit;
};

enum watched { WATCHED_CONTROL, WATCHED_INTERRUPT, WATCHED_LISTENER, WATCHED_OUTLETS };

struct supervision {
	struct box *box;
	struct sandbox_command *command;
	struct sandbox_outcome *outcome;
	struct outlet *outlets; /* one a stream */
	struct pollfd *watched; /* as enum watched, then the outlets */
	int interrupt_fd;
	int control;
	int listener; /* of the filter */
	pid_t init;
	int init_handle; /* pidfd */
	struct sandbox_live live;
	uint64_t tree_cpu_us; /* where no group counts: what the box had used when last looked at */
	struct rusage use;    /* of init and all that it saw end */
	int64_t called_us, started_us, ended_us, deadline_us, tick_us;
	bool started, ended;
	int status;
	uint64_t program_peak_kib;
};

/* ---- what the program's descriptors are -------------------------------- */

/* Sealed, so that it is input and nothing else; a file rather than a pipe, so nobody has to feed it. */
static int make_input(const void *bytes, size_t length)
{
	cleanup_fd int file = memfd_create("stdin", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (file < 0 || file_write_all(file, bytes, length) < 0 || lseek(file, 0, SEEK_SET) < 0 ||
	    fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) < 0)
		return -1;
	return fd_steal(&file);
}

static void add_wire(struct box *box, int fd, int as)
{
	*ARRAY_ADD(box->wires, box->wire_count) = (struct wire){.fd = fd, .as = as};
}

static bool is_wired(const struct box *box, int as)
{
	for (size_t i = 0; i < box->wire_count; i++)
		if (box->wires[i].as == as)
			return true;
	return false;
}

static size_t limit_of(const struct sandbox_stream *stream, const struct sandbox_limits *limits)
{
	size_t cap = (size_t)limits->output_kib * 1024;

	if (stream->limit_bytes == 0)
		return cap;
	return stream->fd <= 2 && cap < stream->limit_bytes ? cap : stream->limit_bytes;
}

static int wire_stream(struct supervision *run, struct outlet *outlet, struct sandbox_stream *stream, struct error **err)
{
	int ends[2];

	if (stream->fd < 1 || is_wired(run->box, stream->fd))
		return error_set(err, ERROR_SANDBOX, "stream %d: not a number that a stream can have", stream->fd);
	if (pipe2(ends, O_CLOEXEC) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "pipe for stream %d", stream->fd);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	*outlet = (struct outlet){.fd = ends[0], .stream = stream, .limit = limit_of(stream, &run->box->policy->limits)};
	add_wire(run->box, ends[1], stream->fd);
	return 0;
}

static int wire_up(struct supervision *run, struct error **err)
{
	const struct sandbox_command *command = run->command;
	int input = command->input ? make_input(command->input, command->input_length)
				   : open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (input < 0)
		return error_set_errno(err, ERROR_SANDBOX, "standard input");
	add_wire(run->box, input, 0);
	for (size_t i = 0; i < command->stream_count; i++)
		if (wire_stream(run, &run->outlets[i], &command->streams[i], err) < 0)
			return -1;
	for (int fd = 1; fd <= 2; fd++) {
		int null;

		if (is_wired(run->box, fd))
			continue;
		null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		if (null < 0)
			return error_set_errno(err, ERROR_SANDBOX, "/dev/null");
		add_wire(run->box, null, fd);
	}
	return 0;
}

/* ---- start ------------------------------------------------------------- */

static void keep(struct box *box, int *fd)
{
	if (*fd >= 0)
		*ARRAY_ADD(box->kept, box->kept_count) = fd;
}

/* Lists what init may hold, and where above all of it there is room to move it to. */
static void list_kept(struct box *box)
{
	int highest = 2;

	keep(box, &box->control);
	keep(box, &box->identity.lock);
	for (size_t i = 0; i < box->wire_count; i++)
		keep(box, &box->wires[i].fd);
	for (size_t i = 0; i < box->view.mount_count; i++)
		keep(box, &box->view.mounts[i].tree);
	for (size_t i = 0; i < box->group.join_count; i++)
		keep(box, &box->group.joins[i]);
	for (size_t i = 0; i < box->kept_count; i++)
		if (*box->kept[i] > highest)
			highest = *box->kept[i];
	for (size_t i = 0; i < box->wire_count; i++)
		if (box->wires[i].as > highest)
			highest = box->wires[i].as;
	box->kept_base = highest + 1;
}

static int explain_clone(struct error **err)
{
	const char *remedy = "";

	if (errno == ENOSYS)
		remedy = " (clone3 is missing or, in a container, filtered: Linux 5.12 or a newer container manager is needed)";
	else if (errno == EPERM)
		remedy = " (user namespaces are forbidden: in a chroot, by sysctl kernel.unprivileged_userns_clone=0, or by a "
			 "container's seccomp profile; `assay doctor` tells which)";
	else if (errno == ENOSPC)
		remedy = " (raise sysctl user.max_user_namespaces and its kin)";
	return error_set_errno(err, ERROR_SANDBOX, "making the box's namespaces%s", remedy);
}

/* As fork, into new namespaces, and into the version 2 control group where there is one. */
static long clone_init(struct supervision *run)
{
	struct clone_args arguments = {
		.flags = box_clone_flags(run->box->layers) | CLONE_PIDFD,
		.pidfd = (uint64_t)(uintptr_t)&run->init_handle,
	};

	if (run->box->group.birth >= 0) {
		arguments.flags |= CLONE_INTO_CGROUP;
		arguments.cgroup = (uint64_t)run->box->group.birth;
	}
	return syscall(SYS_clone3, &arguments, sizeof arguments);
}

static int start_init(struct supervision *run, struct error **err)
{
	sigset_t all, before;
	int ends[2], failed;
	long pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "control socket");
	run->control = ends[0];
	run->box->control = ends[1];
	list_kept(run->box);
	/* no handler of ours may run in the child; and no SIGCHLD comes of it: the caller's own children are its affair */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_rwlock_rdlock(run->box->sandbox->births);
	pid = clone_init(run);
	if (pid == 0)
		box_init(run->box);
	failed = errno;
	pthread_rwlock_unlock(run->box->sandbox->births);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	close(run->box->control);
	run->box->control = -1;
	errno = failed;
	if (pid < 0)
		return explain_clone(err);
	run->init = (pid_t)pid;
	return 0;
}

static void close_wires(struct box *box)
{
	for (size_t i = 0; i < box->wire_count; i++)
		close(box->wires[i].fd);
	box->wire_count = 0;
}

static int release_init(struct supervision *run, struct error **err)
{
	char go = BOX_GO;

	if (run->box->layers & 1u << SANDBOX_LAYER_USER_NS && identity_map(&run->box->identity, run->init) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "mapping the box's user to %u outside",
				       run->box->identity.uid);
	if (send(run->control, &go, 1, MSG_NOSIGNAL) != 1)
		return error_set_errno(err, ERROR_SANDBOX, "the box's init ended before it was set up");
	return 0;
}

/* ---- what comes in ------------------------------------------------------ */

static int explain_step(const struct supervision *run, const struct box_message *message, struct error **err)
{
	const char *remedy = box_step_remedy(message->step, message->error);
	const struct view *view = &run->box->view;

	errno = message->error;
	if (box_step_is_exec(message->step))
		return error_set_errno(err, ERROR_SANDBOX, "cannot execute %s in the box", run->command->argv[0]);
	if (box_step_is_mount(message->step) && message->mount < view->mount_count)
		error_set_errno(err, ERROR_SANDBOX, "%s: %s on %s", box_step_name(message->step),
				view->mounts[message->mount].source, view->mounts[message->mount].target);
	else
		error_set_errno(err, ERROR_SANDBOX, "%s", box_step_name(message->step));
	if (remedy) {
		cleanup_free char *words = text_format("%s (%s)", (*err)->message, remedy);
		char *old = (*err)->message;

		(*err)->message = STEAL(words);
		free(old);
	}
	return -1;
}

/* Sets passed[] to what came with the message, -1 each where nothing did. */
static ssize_t receive(int control, struct box_message *message, int passed[BOX_PASSED_COUNT])
{
	char space[CMSG_SPACE(BOX_PASSED_COUNT * sizeof(int))] __attribute__((aligned(8)));
	struct iovec bytes = {.iov_base = message, .iov_len = sizeof *message};
	struct msghdr header = {
		.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
	ssize_t length = recvmsg(control, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	struct cmsghdr *rights;

	/* init ended without having read our word; what it said before is still there, behind this error */
	if (length < 0 && errno == ECONNRESET)
		length = recvmsg(control, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	rights = length > 0 ? CMSG_FIRSTHDR(&header) : NULL;
	for (int i = 0; i < BOX_PASSED_COUNT; i++)
		passed[i] = -1;
	if (rights && rights->cmsg_type == SCM_RIGHTS)
		memcpy(passed, CMSG_DATA(rights), rights->cmsg_len - CMSG_LEN(0));
	return length;
}

static bool was_out_of_memory(const struct supervision *run)
{
	struct cgroup_usage usage;

	cgroup_usage(&run->box->group, &usage);
	return usage.oom_kills > 0;
}

/* 1: go on, 0: the box is to end, -1: an error. */
static int hear_init(struct supervision *run, struct error **err)
{
	struct box_message message;
	int passed[BOX_PASSED_COUNT];
	ssize_t length = receive(run->control, &message, passed);

	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return 1;
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
		run->started_us = clock_us();
		run->deadline_us = run->started_us + (int64_t)run->box->policy->limits.wall_ms * 1000;
		run->outcome->setup_us = (unsigned int)(run->started_us - run->called_us);
		return 1;
	case BOX_FAILED:
		return explain_step(run, &message, err);
	case BOX_ENDED:
		run->ended = true;
		run->status = message.status;
		run->program_peak_kib = message.peak_kib;
		return 0;
	}
	return error_set(err, ERROR_SANDBOX, "the box's init said what it cannot say");
}

static void set_limit(struct supervision *run, enum sandbox_limit limit)
{
	if (run->outcome->limit_hit == SANDBOX_LIMIT_NONE)
		run->outcome->limit_hit = limit;
}

/* Takes one piece. False when the stream is over its limit; an outlet at its end is closed. */
static bool take_piece(struct supervision *run, struct outlet *outlet)
{
	struct sandbox_stream *stream = outlet->stream;
	char piece[PIECE];
	ssize_t length = read(outlet->fd, piece, sizeof piece);
	size_t room = outlet->limit - stream->data.length, kept;

	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (length <= 0) {
		close(outlet->fd);
		outlet->fd = -1;
		return true;
	}
	kept = (size_t)length < room ? (size_t)length : room;
	buffer_add(&stream->data, piece, kept);
	if (stream->on_data && kept > 0)
		stream->on_data(stream, piece, kept, &run->live);
	stream->truncated = (size_t)length > room;
	if (stream->truncated)
		set_limit(run, SANDBOX_LIMIT_OUTPUT);
	return !stream->truncated;
}

/* After the end: what is still in the pipes. Nobody writes any more, so this ends. */
static void drain(struct supervision *run)
{
	for (size_t i = 0; i < run->command->stream_count; i++) {
		struct outlet *outlet = &run->outlets[i];

		while (outlet->fd >= 0 && !outlet->stream->truncated) {
			size_t before = outlet->stream->data.length;

			if (!take_piece(run, outlet) || outlet->stream->data.length == before)
				break;
		}
	}
}

/* ---- deadlines ----------------------------------------------------------- */

/* Looks at what the whole box has used so far. False when that is too much. */
static bool check_usage(struct supervision *run, int64_t now)
{
	int64_t limit_us = (int64_t)run->box->policy->limits.cpu_ms * 1000, left = TICK_LONGEST_US;
	struct cgroup_usage usage;

	cgroup_usage(&run->box->group, &usage);
	if (!(run->box->layers & 1u << SANDBOX_LAYER_CGROUP_CPU))
		usage.cpu_us = run->tree_cpu_us = process_tree_cpu_us(run->init);
	if (usage.oom_kills > 0) {
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

	watched[WATCHED_CONTROL] = (struct pollfd){.fd = run->control, .events = POLLIN};
	watched[WATCHED_INTERRUPT] = (struct pollfd){.fd = run->interrupt_fd, .events = POLLIN};
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
		if (watched[WATCHED_OUTLETS + i].revents && !take_piece(run, &run->outlets[i]))
			return 0;
	if (watched[WATCHED_CONTROL].revents) {
		result = hear_init(run, err);
		if (result <= 0)
			return result;
	}
	return check_deadlines(run, err);
}

/* Nothing of the box is left when this returns. */
static void end_box(struct supervision *run)
{
	siginfo_t ended;

	if (run->started && !(run->box->layers & 1u << SANDBOX_LAYER_CGROUP_CPU))
		run->tree_cpu_us = process_tree_cpu_us(run->init);
	cgroup_kill(&run->box->group);
	if (run->init_handle < 0)
		return;
	syscall(SYS_pidfd_send_signal, run->init_handle, SIGKILL, NULL, 0);
	/* init is gone only when all its namespace is; raw, since libc's waitid does not pass what was used */
	while (syscall(SYS_waitid, P_PIDFD, run->init_handle, &ended, WEXITED | __WALL, &run->use) < 0 && errno == EINTR)
		continue;
}

static uint64_t microseconds(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec;
}

/* As the group counted, or else as the kernel counted for who waited. */
static struct cgroup_usage final_usage(const struct supervision *run)
{
	struct cgroup_usage usage;

	cgroup_usage(&run->box->group, &usage);
	if (!(run->box->layers & 1u << SANDBOX_LAYER_CGROUP_CPU)) {
		/* what was killed with init is in the tree that was looked at before only, what was short in this only */
		usage.cpu_us = microseconds(&run->use.ru_utime) + microseconds(&run->use.ru_stime);
		if (usage.cpu_us < run->tree_cpu_us)
			usage.cpu_us = run->tree_cpu_us;
	}
	if (usage.peak_kib == 0)
		usage.peak_kib = run->program_peak_kib ? run->program_peak_kib : (uint64_t)run->use.ru_maxrss;
	return usage;
}

static void fill_outcome(struct supervision *run)
{
	struct sandbox_outcome *outcome = run->outcome;
	struct cgroup_usage usage = final_usage(run);

	if (run->ended && WIFEXITED(run->status)) {
		outcome->exited = true;
		outcome->exit_code = WEXITSTATUS(run->status);
	} else {
		outcome->signal = run->ended ? WTERMSIG(run->status) : SIGKILL;
	}
	if (usage.oom_kills > 0)
		set_limit(run, SANDBOX_LIMIT_MEMORY);
	if (outcome->signal == SIGXCPU ||
	    (outcome->signal == SIGKILL && usage.cpu_us / 1000 >= run->box->policy->limits.cpu_ms))
		set_limit(run, SANDBOX_LIMIT_CPU);
	if (outcome->signal == SIGXFSZ)
		set_limit(run, SANDBOX_LIMIT_FILE_SIZE);
	if (usage.refused_forks > 0)
		set_limit(run, SANDBOX_LIMIT_PROCESSES);
	outcome->layers = run->box->layers;
	outcome->wall_ms = (unsigned int)((run->ended_us - run->started_us) / 1000);
	outcome->cpu_ms = (unsigned int)(usage.cpu_us / 1000);
	outcome->peak_kib = (unsigned int)usage.peak_kib;
}

static int watch_box(struct supervision *run, struct error **err)
{
	int result = 1;

	run->deadline_us = run->called_us + (int64_t)SETUP_DEADLINE_MS * 1000;
	if (release_init(run, err) < 0) {
		/* init may have had a better reason */
		cleanup_error struct error *ours = STEAL(*err);

		if (hear_init(run, err) >= 0)
			*err = STEAL(ours);
		return -1;
	}
	while (result > 0)
		result = attend(run, err);
	run->ended_us = clock_us();
	return result;
}

static int run_box(struct supervision *run, struct error **err)
{
	int result;

	if (wire_up(run, err) < 0)
		return -1;
	if (start_init(run, err) < 0)
		return -1;
	close_wires(run->box);
	result = watch_box(run, err);
	end_box(run);
	if (result < 0)
		return -1;
	drain(run);
	fill_outcome(run);
	for (size_t i = 0; i < run->command->fetch_count; i++)
		fetch_file(&run->live, &run->command->fetches[i]);
	return 0;
}

static void close_if_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

int box_supervise(struct box *box, struct sandbox_command *command, struct sandbox_outcome *outcome, int interrupt_fd,
		  struct error **err)
{
	struct supervision run = {
		.box = box,
		.command = command,
		.outcome = outcome,
		.outlets = memory_new(command->stream_count + 1, sizeof(struct outlet)),
		.watched = memory_new(command->stream_count + WATCHED_OUTLETS, sizeof(struct pollfd)),
		.interrupt_fd = interrupt_fd,
		.control = -1,
		.listener = -1,
		.init_handle = -1,
		.live = {.scratch = -1, .births = box->sandbox->births},
		.called_us = clock_us(),
	};
	int result;

	for (size_t i = 0; i < command->stream_count; i++)
		run.outlets[i].fd = -1;
	result = run_box(&run, err);
	close_wires(box);
	for (size_t i = 0; i < command->stream_count; i++)
		close_if_open(run.outlets[i].fd);
	close_if_open(run.control);
	close_if_open(run.listener);
	close_if_open(run.init_handle);
	close_if_open(run.live.scratch);
	free(run.outlets);
	free(run.watched);
	return result;
}
