/*
 * Version 1, alone or beside a unified hierarchy that has no controllers
 * (hybrid): one hierarchy a controller, several of which may be mounted
 * together ("cpu,cpuacct").
 */
#include "cgroup.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

/* The kernel charges 64 pages ahead for each processor: so much is counted when nothing is left. */
#define LITTLE_BYTES (1024u * 1024)

static const struct {
	const char *controller;
	unsigned int layer; /* given by this hierarchy alone */
} hierarchies[CGROUP_ROLE_COUNT] = {
	[CGROUP_UNIFIED] = {"", 1u << SANDBOX_LAYER_CGROUP_KILL | 1u << SANDBOX_LAYER_CGROUP_CPU},
	[CGROUP_MEMORY] = {"memory", 1u << SANDBOX_LAYER_CGROUP_MEMORY},
	[CGROUP_PIDS] = {"pids", 1u << SANDBOX_LAYER_CGROUP_PIDS},
	[CGROUP_CPU] = {"cpu", 0},
	[CGROUP_CPUACCT] = {"cpuacct", 1u << SANDBOX_LAYER_CGROUP_CPU},
	[CGROUP_FREEZER] = {"freezer", 1u << SANDBOX_LAYER_CGROUP_KILL},
};

static bool is_same_folder(int one, int other)
{
	struct stat a, b;

	return fstat(one, &a) == 0 && fstat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* May we make groups there? Whether it is ours to write is only known by trying. */
static bool is_usable(const struct cgroup_host *host, int folder, const char *must_have)
{
	char name[80];
	bool usable;

	snprintf(name, sizeof name, "%s-%d", host->prefix, 0);
	if (mkdirat(folder, name, 0755) < 0)
		return false;
	usable = !must_have || cgroup_has_file(folder, name, must_have);
	unlinkat(folder, name, AT_REMOVEDIR);
	return usable;
}

/*
 * What the unified hierarchy does as well need not be made and joined once more. The freezer is the lesser means
 * besides: two seconds for a thousand processes, cgroup.kill 0.07.
 */
static bool is_needed(const struct cgroup_host *host, int role)
{
	return host->folders[CGROUP_UNIFIED] < 0 || (role != CGROUP_FREEZER && role != CGROUP_CPUACCT);
}

static bool probe(struct cgroup_host *host)
{
	for (int role = 0; role < CGROUP_ROLE_COUNT; role++) {
		int folder = is_needed(host, role) ? cgroup_open_own(hierarchies[role].controller) : -1;

		if (folder >= 0 && !is_usable(host, folder, role == CGROUP_UNIFIED ? "cgroup.kill" : NULL)) {
			close(folder);
			folder = -1;
		}
		if (folder < 0)
			continue;
		host->folders[role] = folder;
		host->layers |= hierarchies[role].layer;
		for (int earlier = 0; earlier < role; earlier++)
			if (host->folders[earlier] >= 0 && is_same_folder(host->folders[earlier], folder))
				host->shared[role] = true;
	}
	return host->folders[CGROUP_MEMORY] >= 0 || host->folders[CGROUP_PIDS] >= 0;
}

/*
 * Memory, and memory and swap together, which may never be the lower of the two: in one order where they
 * become less, in the other where they become more. The second is absent where the kernel does not account swap.
 */
static int limit_memory(int folder, const char *name, uint64_t bytes, struct error **err)
{
	static const char *const files[] = {"memory.limit_in_bytes", "memory.memsw.limit_in_bytes",
					    "memory.limit_in_bytes"};
	uint64_t now = UINT64_MAX;
	int from;

	if (!cgroup_read_number(folder, name, files[0], NULL, &now))
		return error_set_errno(err, ERROR_SANDBOX, "%s", files[0]);
	from = now < bytes ? 1 : 0;

	for (int i = from; i < from + 2; i++)
		if (cgroup_write_number(folder, name, files[i], bytes) < 0 && !(i == 1 && errno == ENOENT))
			return error_set_errno(err, ERROR_SANDBOX, "%s of %llu", files[i], (unsigned long long)bytes);
	return 0;
}

static int limit(const struct cgroup *group, const struct sandbox_limits *limits, struct error **err)
{
	const int *folders = group->host->folders;

	if (folders[CGROUP_MEMORY] >= 0 &&
	    limit_memory(folders[CGROUP_MEMORY], group->name, (uint64_t)limits->memory_kib * 1024, err) < 0)
		return -1;
	if (folders[CGROUP_PIDS] >= 0 &&
	    cgroup_write_number(folders[CGROUP_PIDS], group->name, "pids.max", limits->processes) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "limit of %u processes", limits->processes);
	return 0;
}

static bool usage(const struct cgroup *group, struct cgroup_usage *usage)
{
	const int *folders = group->host->folders;
	const char *name = group->name;
	bool complete = true;

	if (folders[CGROUP_UNIFIED] >= 0) {
		complete &= cgroup_read_number(folders[CGROUP_UNIFIED], name, "cpu.stat", "usage_usec", &usage->cpu_us);
	} else if (folders[CGROUP_CPUACCT] >= 0) {
		uint64_t nanoseconds = usage->cpu_us * 1000;

		complete &= cgroup_read_number(folders[CGROUP_CPUACCT], name, "cpuacct.usage", NULL, &nanoseconds);
		usage->cpu_us = nanoseconds / 1000;
	}
	if (folders[CGROUP_MEMORY] >= 0) {
		uint64_t bytes = usage->peak_kib * 1024;

		complete &= cgroup_read_number(folders[CGROUP_MEMORY], name, "memory.max_usage_in_bytes", NULL, &bytes);
		complete &= cgroup_read_number(folders[CGROUP_MEMORY], name, "memory.oom_control", "oom_kill", &usage->oom_kills);
		usage->peak_kib = bytes / 1024;
	}
	if (folders[CGROUP_PIDS] >= 0)
		complete &= cgroup_read_number(folders[CGROUP_PIDS], name, "pids.events", "max", &usage->refused_forks);
	return complete;
}

/*
 * What is left after the last process is page cache and kernel objects. More than a little would be the next box's
 * to pay for, and to be blamed for.
 */
static bool renew(const struct cgroup *group)
{
	int folder = group->host->folders[CGROUP_MEMORY];
	uint64_t bytes = UINT64_MAX;

	if (folder < 0)
		return true;
	return cgroup_read_number(folder, group->name, "memory.usage_in_bytes", NULL, &bytes) && bytes <= LITTLE_BYTES &&
	       cgroup_write(folder, group->name, "memory.max_usage_in_bytes", "0") == 0;
}

/* Freezes first, so that nothing can fork past the list. */
static void freeze_and_kill(int folder, const char *name)
{
	char path[160];
	FILE *list;
	int pid, fd;

	cgroup_write(folder, name, "freezer.state", "FROZEN");
	snprintf(path, sizeof path, "%s/cgroup.procs", name);
	fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
	list = fd >= 0 ? fdopen(fd, "r") : NULL;
	while (list && fscanf(list, "%d", &pid) == 1)
		if (pid > 0) /* 0 stands for a process that our PID namespace does not show */
			kill(pid, SIGKILL);
	if (list)
		fclose(list);
	cgroup_write(folder, name, "freezer.state", "THAWED");
}

static void kill_group(const struct cgroup_host *host, const char *name)
{
	if (host->folders[CGROUP_UNIFIED] >= 0)
		cgroup_write(host->folders[CGROUP_UNIFIED], name, "cgroup.kill", "1");
	else if (host->folders[CGROUP_FREEZER] >= 0)
		freeze_and_kill(host->folders[CGROUP_FREEZER], name);
}

const struct cgroup_driver cgroup_v1 = {
	.name = "version 1",
	.probe = probe,
	.limit = limit,
	.usage = usage,
	.renew = renew,
	.kill = kill_group,
};
