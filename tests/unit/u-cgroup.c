/* Each control-group driver against the machine's own hierarchies, and whole boxes under the one not chosen here. */
#include "sandbox-fixture.h"

#include "box.h"
#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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
	folder = host.folders[host.folders[CGROUP_MEMORY] >= 0 ? CGROUP_MEMORY : CGROUP_UNIFIED];
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

static const struct unit_test tests[] = {
	UNIT(a_group_counts_and_kills, .rows = ARRAY_LENGTH(drivers)),
	UNIT(the_dead_are_swept, .rows = ARRAY_LENGTH(drivers)),
	UNIT(a_box_under_version_2),
};

UNIT_MAIN("cgroup", tests)
