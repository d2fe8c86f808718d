/*
 * What a box costs: start and end of /bin/true, interleaved in one run with a
 * bare fork and exec and with bubblewrap where it is installed, set up as
 * comparably as it goes (same mounts and namespaces; it has no filter, no
 * limits and no control group).
 *
 *     bench-box [ROUNDS]        prints "NAME: N ms, N x bare", medians
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "sandbox.h"

#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const true_argv[] = {"/bin/true", NULL};
static const char *const no_environment[] = {NULL};

static const struct sandbox_mount mounts[] = {
	{"/usr", "/usr", false},
	{"/bin", "/bin", true},
	{"/lib", "/lib", true},
	{"/lib64", "/lib64", true},
};

/* Each runs /bin/true once. 0 or -1. */
static int spawn(const char *const *argv)
{
	pid_t child;
	int status;

	if (posix_spawn(&child, argv[0], NULL, NULL, (char *const *)(uintptr_t)argv, (char *const *)(uintptr_t)no_environment) != 0)
		return -1;
	return waitpid(child, &status, 0) == child && status == 0 ? 0 : -1;
}

static int run_bare(const struct sandbox *sandbox)
{
	(void)sandbox;
	return spawn(true_argv);
}

static int run_bubblewrap(const struct sandbox *sandbox)
{
	static const char *const argv[] = {
		"/usr/bin/bwrap", "--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000", "--die-with-parent",
		"--new-session", "--ro-bind", "/usr", "/usr", "--ro-bind", "/bin", "/bin", "--ro-bind", "/lib", "/lib",
		"--ro-bind", "/lib64", "/lib64", "--tmpfs", "/tmp", "--chdir", "/tmp", "--cap-drop", "ALL", "/bin/true", NULL,
	};

	(void)sandbox;
	return spawn(argv);
}

static int run_profile(const struct sandbox *sandbox, enum sandbox_profile profile)
{
	const struct sandbox_policy policy = {
		.profile = profile,
		.limits = sandbox_default_limits(profile),
		.mounts = mounts,
		.mount_count = ARRAY_LENGTH(mounts),
		.require = SANDBOX_REQUIRE_DEFAULT,
	};
	struct sandbox_stream streams[] = {{.fd = 1}, {.fd = 2}};
	struct sandbox_command command = {
		.argv = true_argv,
		.environment = no_environment,
		.streams = streams,
		.stream_count = ARRAY_LENGTH(streams),
	};
	struct sandbox_outcome outcome;
	cleanup_error struct error *err = NULL;

	if (sandbox_run(sandbox, &policy, &command, &outcome, &err) == 0)
		return outcome.exited && outcome.exit_code == 0 ? 0 : -1;
	fprintf(stderr, "%s\n", err->message);
	return -1;
}

static int run_box(const struct sandbox *sandbox)
{
	return run_profile(sandbox, SANDBOX_RUN);
}

static int run_compile_box(const struct sandbox *sandbox)
{
	return run_profile(sandbox, SANDBOX_COMPILE);
}

static const struct {
	const char *name;
	int (*run)(const struct sandbox *sandbox);
} contenders[] = {
	{"bare", run_bare},
	{"box, run profile", run_box},
	{"box, compile profile", run_compile_box},
	{"bubblewrap", run_bubblewrap},
};

static int compare(const void *one, const void *other)
{
	const int64_t *a = one, *b = other;

	return (*a > *b) - (*a < *b);
}

int main(int argc, char **argv)
{
	long long rounds = 200;
	int64_t *times[ARRAY_LENGTH(contenders)];
	bool works[ARRAY_LENGTH(contenders)];
	struct sandbox *sandbox = NULL;
	cleanup_error struct error *err = NULL;
	double bare = 0;

	if (argc > 2 || (argc == 2 && !text_to_number(argv[1], 1, 100000, &rounds))) {
		fprintf(stderr, "usage: bench-box [ROUNDS]\n");
		return 2;
	}
	if (sandbox_open(&sandbox, &err) < 0) {
		fprintf(stderr, "%s\n", err->message);
		return 1;
	}
	for (size_t i = 0; i < ARRAY_LENGTH(contenders); i++) {
		times[i] = memory_new((size_t)rounds, sizeof *times[i]);
		works[i] = contenders[i].run(sandbox) == 0;
	}
	for (long long round = 0; round < rounds; round++) {
		for (size_t i = 0; i < ARRAY_LENGTH(contenders); i++) {
			int64_t began = clock_us();

			if (works[i])
				works[i] = contenders[i].run(sandbox) == 0;
			times[i][round] = clock_us() - began;
		}
	}
	for (size_t i = 0; i < ARRAY_LENGTH(contenders); i++) {
		double median;

		qsort(times[i], (size_t)rounds, sizeof *times[i], compare);
		median = (double)times[i][rounds / 2] / 1000.0;
		if (i == 0)
			bare = median;
		if (works[i])
			printf("%s: %.2f ms, %.1f x bare\n", contenders[i].name, median, median / bare);
		else
			printf("%s: not to be had here\n", contenders[i].name);
		free(times[i]);
	}
	sandbox_close(sandbox);
	return 0;
}
