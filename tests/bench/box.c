/*
 * What a box costs: start and end of /bin/true, interleaved in one run with a
 * bare fork and exec and with other sandboxes where they are installed.
 *
 *     bench-box [ROUNDS]        medians
 *
 * "comparable" is a box without control groups, Landlock and rlimits, which
 * bubblewrap has not; bubblewrap gets a seccomp program of ours, the same mounts and devices, and forbids
 * nested user namespaces as a box does.
 * "prepared" is a box that was set up before the clock started. At last, how many
 * boxes a second one and two supervisors make, and by how much a wall limit is
 * overrun by a bomb of a thousand processes that spin.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "filter.h"
#include "sandbox.h"

#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define EIGHT 8
#define BOMB 1000
#define RATE_US 1500000
#define SECCOMP_FD 9
#define SECCOMP_FD_TEXT "9"

static const char *const true_argv[] = {"/bin/true", NULL};
static const char *const no_environment[] = {NULL};

static const struct sandbox_mount mounts[] = {
	{"/usr", "/usr", false},
	{"/bin", "/bin", true},
	{"/lib", "/lib", true},
	{"/lib64", "/lib64", true},
};

static const unsigned int not_bubblewraps =
	SANDBOX_CGROUP_LAYERS | 1u << SANDBOX_LAYER_LANDLOCK | 1u << SANDBOX_LAYER_RLIMITS;

/* ---- the contenders --------------------------------------------------------- */

struct contender {
	const char *name;
	bool (*run)(struct contender *contender);   /* /bin/true once; false where it cannot be had */
	bool (*ready)(struct contender *contender); /* before the clock starts, or NULL */
	const char *const *argv;		    /* of other programs */
	enum sandbox_profile profile;
	unsigned int without;
	/* a handle of its own, so that none has another's slot */
	struct sandbox *sandbox;
	struct sandbox_prepared *prepared;
	int made; /* what `ready` makes but once: a descriptor, or 1 */
	bool works;
	int64_t *times;
};

static struct sandbox_policy policy_of(const struct contender *contender)
{
	return (struct sandbox_policy){
		.profile = contender->profile,
		.limits = sandbox_default_limits(contender->profile),
		.mounts = mounts,
		.mount_count = ARRAY_LENGTH(mounts),
		.require = SANDBOX_REQUIRE_DEFAULT,
		.without = contender->without,
	};
}

static bool spawn_with(const struct contender *contender, const posix_spawn_file_actions_t *actions)
{
	pid_t child;
	int status;

	return posix_spawnp(&child, contender->argv[0], actions, NULL, (char *const *)(uintptr_t)contender->argv,
			    environ) == 0 &&
	       waitpid(child, &status, 0) == child && status == 0;
}

static bool spawn(struct contender *contender)
{
	return spawn_with(contender, NULL);
}

/* A program of ours, for who takes one ready made. Nobody listens to it, so what it refuses is ENOSYS. */
static bool open_filter(struct contender *contender)
{
	const struct exec_secret none = {{0, 0, 0}};
	cleanup_error struct error *err = NULL;
	struct filter filter;

	if (filter_build(SANDBOX_COMPILE, &none, &filter, &err) < 0)
		return false;
	contender->made = memfd_create("seccomp", MFD_CLOEXEC);
	if (file_write_all(contender->made, filter.code, filter.length * sizeof *filter.code) < 0)
		return false;
	filter_release(&filter);
	return true;
}

static bool rewind_filter(struct contender *contender)
{
	return (contender->made > 0 || open_filter(contender)) && lseek(contender->made, 0, SEEK_SET) == 0;
}

static bool spawn_filtered(struct contender *contender)
{
	posix_spawn_file_actions_t actions;
	bool works;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, contender->made, SECCOMP_FD);
	works = spawn_with(contender, &actions);
	posix_spawn_file_actions_destroy(&actions);
	return works;
}

/* A cold box, or the prepared one. */
static bool run_box(struct contender *contender)
{
	const struct sandbox_policy policy = policy_of(contender);
	struct sandbox_stream streams[] = {{.fd = 1}, {.fd = 2}};
	struct sandbox_command command = {.argv = true_argv,
					  .environment = no_environment,
					  .streams = streams,
					  .stream_count = ARRAY_LENGTH(streams)};
	struct sandbox_outcome outcome;
	cleanup_error struct error *err = NULL;
	int result;

	if (contender->ready)
		result = sandbox_run_prepared(STEAL(contender->prepared), &command, &outcome, &err);
	else
		result = sandbox_run(contender->sandbox, &policy, &command, &outcome, &err);
	if (result < 0)
		fprintf(stderr, "%s\n", err->message);
	return result == 0 && outcome.exited && outcome.exit_code == 0;
}

static bool prepare_box(struct contender *contender)
{
	const struct sandbox_policy policy = policy_of(contender);
	cleanup_error struct error *err = NULL;
	bool done = sandbox_prepare(contender->sandbox, &policy, &contender->prepared, &err) == 0;

	usleep(2000); /* until it waits */
	return done;
}

static void *run_in_thread(void *argument)
{
	return run_box(argument) ? argument : NULL;
}

/* Eight at once, each in a thread, as a pipeline has them. */
static bool run_eight(struct contender *contender)
{
	pthread_t threads[EIGHT];
	bool works = true;

	for (size_t i = 0; i < EIGHT; i++)
		pthread_create(&threads[i], NULL, run_in_thread, contender);
	for (size_t i = 0; i < EIGHT; i++) {
		void *worked;

		pthread_join(threads[i], &worked);
		works = works && worked;
	}
	return works;
}

static const char *const bubblewrap_argv[] = {
	"bwrap",	 "--unshare-all", "--unshare-user", "--uid",
	"1000",		 "--gid",	  "1000",	    "--die-with-parent",
	"--new-session", "--ro-bind",	  "/usr",	    "/usr",
	"--ro-bind",	 "/bin",	  "/bin",	    "--ro-bind",
	"/lib",		 "/lib",	  "--ro-bind",	    "/lib64",
	"/lib64",	 "--dev-bind",	  "/dev/null",	    "/dev/null",
	"--dev-bind",	 "/dev/zero",	  "/dev/zero",	    "--dev-bind",
	"/dev/urandom",	 "/dev/urandom",  "--tmpfs",	    "/tmp",
	"--chdir",	 "/tmp",	  "--cap-drop",	    "ALL",
	"--seccomp",	 SECCOMP_FD_TEXT, "/bin/true",	    NULL,
};

static const char *const nsjail_argv[] = {
	"nsjail", "-Mo",  "-Q", "--user", "99999", "--group", "99999", "--disable_proc", "-R", "/usr", "-R", "/bin",
	"-R",	  "/lib", "-R", "/lib64", "-T",	   "/tmp",    "--",    "/bin/true",	 NULL,
};

static const char *const minijail_argv[] = {
	"minijail0", "-p", "-e",      "-l", "-v", "-N", "--uts",     "-n", "-u",
	"nobody",    "-g", "nogroup", "-c", "0",  "--", "/bin/true", NULL,
};

static const char *const isolate_init_argv[] = {"isolate", "--silent", "--init", NULL};
static const char *const isolate_argv[] = {"isolate", "--silent", "--run", "--", "/bin/true", NULL};

/* Once: its box is a folder that stays. */
static bool init_isolate(struct contender *contender)
{
	struct contender init = {.argv = isolate_init_argv};

	if (!contender->made)
		contender->made = spawn(&init) ? 1 : -1;
	return contender->made > 0;
}

static struct contender contenders[] = {
	{"bare", spawn, .argv = true_argv},
	{"prepared box", run_box, prepare_box, .profile = SANDBOX_RUN},
	{"box, run profile", run_box, .profile = SANDBOX_RUN},
	{"box, compile profile", run_box, .profile = SANDBOX_COMPILE},
	{"box, comparable to bubblewrap", run_box, .profile = SANDBOX_RUN, .without = not_bubblewraps},
	{"eight boxes at once", run_eight, .profile = SANDBOX_RUN},
	{"bubblewrap", spawn_filtered, rewind_filter, .argv = bubblewrap_argv},
	{"nsjail", spawn, .argv = nsjail_argv},
	{"minijail", spawn, .argv = minijail_argv},
	{"isolate", spawn, init_isolate, .argv = isolate_argv},
};

/* ---- the race ---------------------------------------------------------------- */

static int compare(const void *one, const void *other)
{
	const int64_t *a = one, *b = other;

	return (*a > *b) - (*a < *b);
}

/* Microseconds; the contender is out where it fails. */
static int64_t run_once(struct contender *contender)
{
	int64_t began;

	contender->works = contender->works && (!contender->ready || contender->ready(contender));
	began = clock_us();
	contender->works = contender->works && contender->run(contender);
	return clock_us() - began;
}

static void race(size_t rounds)
{
	for (size_t i = 0; i < ARRAY_LENGTH(contenders); i++) {
		contenders[i].times = memory_new(rounds, sizeof *contenders[i].times);
		contenders[i].works = true;
		run_once(&contenders[i]); /* founds the slot */
	}
	for (size_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < ARRAY_LENGTH(contenders); i++)
			if (contenders[i].works)
				contenders[i].times[round] = run_once(&contenders[i]);
}

static void print_race(size_t rounds)
{
	double bare = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(contenders); i++) {
		double median;

		qsort(contenders[i].times, rounds, sizeof *contenders[i].times, compare);
		median = (double)contenders[i].times[rounds / 2] / 1000.0;
		if (i == 0)
			bare = median;
		if (contenders[i].works)
			printf("%s: %.2f ms, %.2f x bare\n", contenders[i].name, median, median / bare);
		else
			printf("%s: not to be had here\n", contenders[i].name);
		free(contenders[i].times);
	}
}

/* ---- how many a second ---------------------------------------------------------- */

static unsigned int count_boxes(void)
{
	struct contender supervisor = {.run = run_box, .profile = SANDBOX_RUN};
	cleanup_error struct error *err = NULL;
	unsigned int count = 0;
	int64_t until;

	if (sandbox_open(&supervisor.sandbox, &err) < 0)
		return 0;
	until = clock_us() + RATE_US;
	while (clock_us() < until && run_box(&supervisor))
		count++;
	sandbox_close(supervisor.sandbox);
	return count;
}

/* Each a process of its own. */
static void print_rate(size_t supervisors)
{
	unsigned int total = 0;
	int results[2];

	if (pipe(results) < 0)
		return;
	fflush(stdout);
	for (size_t i = 0; i < supervisors; i++) {
		if (fork() == 0) {
			unsigned int count = count_boxes();

			_exit(write(results[1], &count, sizeof count) == sizeof count ? 0 : 1);
		}
	}
	for (size_t i = 0; i < supervisors; i++) {
		unsigned int count = 0;

		if (read(results[0], &count, sizeof count) == sizeof count)
			total += count;
		wait(NULL);
	}
	close(results[0]);
	close(results[1]);
	printf("%zu supervisor%s: %.0f boxes a second\n", supervisors, supervisors == 1 ? "" : "s side by side",
	       (double)total * 1e6 / RATE_US);
}

/* ---- a bomb ------------------------------------------------------------------------ */

/* In the box: this program again. */
static _Noreturn void be_a_bomb(void)
{
	for (int i = 1; i < BOMB && fork() > 0; i++)
		continue;
	for (;;)
		__asm__ volatile("" ::: "memory");
}

static void print_bomb(void)
{
	cleanup_free char *self = realpath("/proc/self/exe", NULL);
	const struct sandbox_mount bomb_mounts[] = {
		{"/usr", "/usr", false}, {"/lib", "/lib", true}, {"/lib64", "/lib64", true}, {self, "/bomb", false}};
	const char *const argv[] = {"/bomb", "--bomb", NULL};
	struct sandbox_policy policy = {
		.profile = SANDBOX_COMPILE,
		.limits = sandbox_default_limits(SANDBOX_COMPILE),
		.mounts = bomb_mounts,
		.mount_count = ARRAY_LENGTH(bomb_mounts),
		.require = SANDBOX_REQUIRE_DEFAULT,
	};
	struct sandbox_command command = {.argv = argv, .environment = no_environment};
	struct sandbox_outcome outcome;
	struct sandbox *sandbox = NULL;
	cleanup_error struct error *err = NULL;
	int64_t began;

	policy.limits.wall_ms = 1000;
	policy.limits.processes = BOMB + 10;
	if (sandbox_open(&sandbox, &err) < 0)
		return;
	began = clock_us();
	if (sandbox_run(sandbox, &policy, &command, &outcome, &err) == 0)
		printf("a bomb of %d: limit %s, gone %.0f ms after its second\n", BOMB,
		       sandbox_limit_name(outcome.limit_hit),
		       (double)(clock_us() - began - outcome.setup_us) / 1000.0 - 1000.0);
	sandbox_close(sandbox);
}

int main(int argc, char **argv)
{
	cleanup_error struct error *err = NULL;
	long long rounds = 200;

	if (argc == 2 && strcmp(argv[1], "--bomb") == 0)
		be_a_bomb();
	if (argc > 2 || (argc == 2 && !text_to_number(argv[1], 1, 100000, &rounds))) {
		fprintf(stderr, "usage: bench-box [ROUNDS]\n");
		return 2;
	}
	for (size_t i = 0; i < ARRAY_LENGTH(contenders); i++) {
		if (!contenders[i].argv && sandbox_open(&contenders[i].sandbox, &err) < 0) {
			fprintf(stderr, "%s\n", err->message);
			return 1;
		}
	}
	race((size_t)rounds);
	print_race((size_t)rounds);
	for (size_t i = 0; i < ARRAY_LENGTH(contenders); i++)
		sandbox_close(contenders[i].sandbox);
	print_rate(1);
	print_rate(2);
	print_bomb();
	return 0;
}
