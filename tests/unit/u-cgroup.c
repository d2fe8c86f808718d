/* Each control-group driver against the machine's own hierarchies, and whole boxes under the one not chosen here. */
#include "sandbox-fixture.h"

#include "box.h"
#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const struct cgroup_driver *const drivers[] = {&cgroup_v1, &cgroup_v2};

/* A child in the group that spins until it is killed. */
static pid_t spin_in(struct cgroup *group)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	for (size_t i = 0; i < group->join_count; i++)
		if (write(group->joins[i], "0", 1) != 1)
			_exit(1);
	if (group->birth >= 0) {
		int procs = openat(group->birth, "cgroup.procs", O_WRONLY);

		if (procs < 0 || write(procs, "0", 1) != 1)
			_exit(1);
	}
	for (;;)
		__asm__ volatile("" ::: "memory");
}

START_TEST(a_group_counts_and_kills)
{
	struct sandbox_limits limits = sandbox_default_limits(SANDBOX_RUN);
	struct cgroup_host host;
	struct cgroup_usage usage = {0};
	struct cgroup group;
	struct error *err = NULL;
	pid_t child;
	int status;

	if (geteuid() != 0 || !cgroup_probe_driver(&host, drivers[_i]))
		return;
	ck_assert_msg(cgroup_create(&host, &group, 1, &err) == 0 && cgroup_complete(&group, &limits, &err) == 0, "%s",
		      err ? err->message : "");
	child = spin_in(&group);
	for (int i = 0; i < 1000 && usage.cpu_us < 20000; i++) {
		usleep(10000);
		cgroup_usage(&group, &usage);
	}
	ck_assert_uint_ge(usage.cpu_us, 20000);
	cgroup_kill(&group);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	ck_assert_int_eq(cgroup_destroy(&group, 10000), 0);
	ck_assert_int_eq(groups_of(getpid()), 0);
	cgroup_release_host(&host);
}
END_TEST

/* What a supervisor left that no longer lives, or whose pid somebody else has now; what another PID namespace knows about stays. */
START_TEST(the_dead_are_swept)
{
	struct cgroup_host host, again;
	cleanup_free char *living = NULL, *dead = NULL, *elsewhere = NULL;
	unsigned long namespace;
	int folder;

	if (geteuid() != 0 || !cgroup_probe_driver(&host, drivers[_i]))
		return;
	folder = host.folders[host.folders[CGROUP_UNIFIED] >= 0 ? CGROUP_UNIFIED : CGROUP_PIDS];
	ck_assert_int_eq(sscanf(host.prefix, "assay-%lx-", &namespace), 1);
	living = text_format("%s-1", host.prefix);
	dead = text_format("assay-%lx-1-12345678987654-1", namespace);
	elsewhere = text_format("assay-%lx-1-12345678987654-1", namespace + 1);
	ck_assert_int_eq(mkdirat(folder, living, 0755), 0);
	ck_assert_int_eq(mkdirat(folder, dead, 0755), 0);
	ck_assert_int_eq(mkdirat(folder, elsewhere, 0755), 0);
	ck_assert_int_eq(groups_of(getpid()), 1);
	ck_assert(cgroup_probe_driver(&again, drivers[_i]));
	ck_assert_int_eq(unlinkat(folder, living, AT_REMOVEDIR), 0);
	ck_assert_int_eq(unlinkat(folder, dead, AT_REMOVEDIR), -1);
	ck_assert_int_eq(unlinkat(folder, elsewhere, AT_REMOVEDIR), 0);
	cgroup_release_host(&host);
	cgroup_release_host(&again);
}
END_TEST

/* In a child: looks for dead supervisors with so few descriptors that it cannot look at any. */
static _Noreturn void probe_starved(int descriptors)
{
	struct rlimit limit = {.rlim_cur = (rlim_t)descriptors, .rlim_max = (rlim_t)descriptors};
	struct cgroup_host host;

	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		_exit(1);
	cgroup_probe(&host);
	_exit(0);
}

START_TEST(who_cannot_look_sweeps_nobody)
{
	struct sandbox_limits limits = sandbox_default_limits(SANDBOX_RUN);
	struct cgroup_host host;
	struct cgroup group;
	struct error *err = NULL;

	if (geteuid() != 0 || !cgroup_probe_driver(&host, drivers[_i]))
		return;
	ck_assert_int_eq(cgroup_create(&host, &group, 1, &err), 0);
	ck_assert_int_eq(cgroup_complete(&group, &limits, &err), 0);
	for (int descriptors = 3; descriptors < 40; descriptors++) {
		pid_t child = fork();
		int status;

		if (child == 0)
			probe_starved(descriptors);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_int_eq(status, 0);
		ck_assert_int_ge(groups_of(getpid()), 1);
	}
	ck_assert_int_eq(cgroup_destroy(&group, 10000), 0);
	cgroup_release_host(&host);
}
END_TEST

/* A whole box under version 2, which here has cgroup.kill and CPU time, and perhaps no more. */
START_TEST(a_box_under_version_2)
{
	struct trial trial;

	if (geteuid() != 0)
		return;
	trial_begin(&trial, "sleeper", SANDBOX_COMPILE);
	ck_assert_int_eq(sandbox_open(&trial.sandbox, &trial.err), 0);
	cgroup_release_host(&trial.sandbox->cgroups);
	if (!cgroup_probe_driver(&trial.sandbox->cgroups, &cgroup_v2))
		cgroup_probe(&trial.sandbox->cgroups);
	trial.sandbox->layers &= ~SANDBOX_CGROUP_LAYERS;
	trial.sandbox->layers |= trial.sandbox->cgroups.layers;
	trial.arguments[1] = "children";
	trial.policy.limits.cpu_ms = 200;
	trial_must_run(&trial);
	ck_assert_int_eq(trial.outcome.limit_hit, SANDBOX_LIMIT_CPU);
	ck_assert_uint_ge(trial.outcome.cpu_ms, 200);
	trial_end(&trial);
}
END_TEST

/* ---- version 2 groups that are not root's ---------------------------------- */

struct group_of_ones_own {
	int above; /* our own group's folder */
	char *name;
	char controllers[256];
};

/* Nobody's, as systemd's Delegate= makes it: the folder and how it is divided, not its limits. False where there is no
 * version 2. */
static bool delegate(struct group_of_ones_own *group)
{
	static const char *const files[] = {".", "cgroup.procs", "cgroup.threads", "cgroup.subtree_control"};
	cleanup_free char *controllers = NULL;
	ssize_t length;
	int fd;

	group->above = cgroup_open_own("");
	if (geteuid() != 0 || group->above < 0)
		return false;
	group->name = text_format("delegated-%d", (int)getpid());
	ck_assert_int_eq(mkdirat(group->above, group->name, 0755), 0);
	for (size_t i = 0; i < ARRAY_LENGTH(files); i++) {
		cleanup_free char *path = file_join(group->name, files[i]);

		ck_assert_int_eq(fchownat(group->above, path, NOBODY, NOBODY, 0), 0);
	}
	controllers = file_join(group->name, "cgroup.controllers");
	fd = openat(group->above, controllers, O_RDONLY | O_CLOEXEC);
	length = read(fd, group->controllers, sizeof group->controllers - 1);
	ck_assert_int_ge(length, 0);
	group->controllers[length] = '\0';
	close(fd);
	return true;
}

/* Forks a child that sits there; the others wait for its `_exit`. */
static pid_t fork_into(const struct group_of_ones_own *group)
{
	pid_t child = fork();

	if (child == 0)
		ck_assert_int_eq(cgroup_write(group->above, group->name, "cgroup.procs", "0"), 0);
	return child;
}

static bool sits_in(const struct group_of_ones_own *group, pid_t pid)
{
	cleanup_free char *path = file_join(group->name, "cgroup.procs");
	int fd = openat(group->above, path, O_RDONLY | O_CLOEXEC), seen;
	FILE *list = fdopen(fd, "r");
	bool found = false;

	while (!found && fscanf(list, "%d", &seen) == 1)
		found = seen == pid;
	fclose(list);
	return found;
}

/* The group must be empty but for a seat that nobody is in. */
static void remove_group(struct group_of_ones_own *group)
{
	cleanup_free char *seat = file_join(group->name, "assay-supervisor");

	unlinkat(group->above, seat, AT_REMOVEDIR);
	ck_assert_int_eq(unlinkat(group->above, group->name, AT_REMOVEDIR), 0);
	close(group->above);
	free(group->name);
}

static void must_end_well(pid_t child)
{
	int status;

	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}

/* A box of nobody's, in a group that he was given. */
static void run_spinners(struct trial *trial)
{
	ck_assert(become_ordinary());
	trial->arguments[1] = "children";
	trial->policy.limits.cpu_ms = 200;
	trial_must_run(trial);
	ck_assert_str_eq(trial->sandbox->cgroups.driver->name, "version 2");
	ck_assert_int_eq(trial->outcome.limit_hit, SANDBOX_LIMIT_CPU);
	ck_assert(trial->outcome.layers & 1u << SANDBOX_LAYER_CGROUP_KILL);
	sandbox_close(trial->sandbox);
}

/* All that the group was given limits the box. */
START_TEST(a_delegated_group_serves)
{
	struct group_of_ones_own group;
	struct trial trial;
	pid_t child;

	if (!delegate(&group))
		return;
	trial_begin(&trial, "sleeper", SANDBOX_COMPILE);
	child = fork_into(&group);
	if (child == 0) {
		run_spinners(&trial);
		ck_assert(!strstr(group.controllers, "memory") ||
			  trial.outcome.layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY);
		ck_assert(!strstr(group.controllers, "pids") || trial.outcome.layers & 1u << SANDBOX_LAYER_CGROUP_PIDS);
		_exit(0);
	}
	must_end_well(child);
	remove_group(&group);
	trial_end(&trial);
}
END_TEST

/* Whoever else sits in the group stays there, and so do we; the box has what can be had so. */
START_TEST(a_shared_group_is_left_as_it_was)
{
	struct group_of_ones_own group;
	struct trial trial;
	pid_t child, other;
	int status;

	if (!delegate(&group))
		return;
	trial_begin(&trial, "sleeper", SANDBOX_COMPILE);
	other = fork_into(&group);
	if (other == 0)
		for (;;)
			pause();
	for (int i = 0; i < 1000 && !sits_in(&group, other); i++)
		usleep(5000);
	child = fork_into(&group);
	if (child == 0) {
		run_spinners(&trial);
		ck_assert(sits_in(&group, getpid()));
		_exit(0);
	}
	must_end_well(child);
	ck_assert(!cgroup_has_file(group.above, group.name, "assay-supervisor"));
	kill(other, SIGKILL);
	ck_assert_int_eq(waitpid(other, &status, 0), other);
	remove_group(&group);
	trial_end(&trial);
}
END_TEST

/* Below a group that has threads of its own the kernel makes groups that it lets nobody into. */
START_TEST(a_group_that_takes_nobody_is_not_used)
{
	struct group_of_ones_own group;
	cleanup_free char *threads = NULL;
	pid_t child;

	if (!delegate(&group))
		return;
	threads = file_join(group.name, "threads");
	ck_assert_int_eq(mkdirat(group.above, threads, 0755), 0);
	ck_assert_int_eq(cgroup_write(group.above, threads, "cgroup.type", "threaded"), 0);
	child = fork_into(&group);
	if (child == 0) {
		struct cgroup_host host;

		ck_assert(become_ordinary());
		ck_assert(!cgroup_probe_driver(&host, &cgroup_v2));
		_exit(0);
	}
	must_end_well(child);
	ck_assert_int_eq(unlinkat(group.above, threads, AT_REMOVEDIR), 0);
	remove_group(&group);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(a_group_counts_and_kills, .rows = ARRAY_LENGTH(drivers)),
	UNIT(the_dead_are_swept, .rows = ARRAY_LENGTH(drivers)),
	UNIT(who_cannot_look_sweeps_nobody, .rows = ARRAY_LENGTH(drivers)),
	UNIT(a_box_under_version_2),
	UNIT(a_delegated_group_serves),
	UNIT(a_shared_group_is_left_as_it_was),
	UNIT(a_group_that_takes_nobody_is_not_used),
};

UNIT_MAIN("cgroup", tests)
