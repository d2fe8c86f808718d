/*
 * Version 2 alone: one hierarchy, in which a group that has processes cannot
 * hand controllers on. Where our own group has the controllers but not its
 * children, this process steps into a child of its own ("supervisor") to make
 * room; that works where the group was delegated to us (systemd's Delegate=,
 * a container's own cgroup namespace) and holds nobody else.
 */
#include "cgroup.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OUR_SEAT "assay-supervisor"

static const struct {
	const char *controller;
	unsigned int layer;
} controllers[] = {
	{"memory", 1u << SANDBOX_LAYER_CGROUP_MEMORY},
	{"pids", 1u << SANDBOX_LAYER_CGROUP_PIDS},
	{"cpu", 1u << SANDBOX_LAYER_CGROUP_CPU},
};

/* The layers of the controllers that a list such as "cpu io memory" names. */
static unsigned int layers_in(int folder, const char *file)
{
	char text[512], *rest = text, *word;
	unsigned int layers = 0;
	int fd = openat(folder, file, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;

	if (fd >= 0)
		close(fd);
	text[length < 0 ? 0 : length] = '\0';
	while ((word = strsep(&rest, " \n")))
		for (size_t i = 0; i < ARRAY_LENGTH(controllers); i++)
			if (strcmp(word, controllers[i].controller) == 0)
				layers |= controllers[i].layer;
	return layers;
}

/* One controller a write: what is missing must not keep the others off. */
static bool hand_on(int folder)
{
	bool busy = false;

	for (size_t i = 0; i < ARRAY_LENGTH(controllers); i++) {
		char word[16];

		snprintf(word, sizeof word, "+%s", controllers[i].controller);
		if (cgroup_write(folder, ".", "cgroup.subtree_control", word) < 0 && errno == EBUSY)
			busy = true;
	}
	return !busy;
}

static void make_room(int folder)
{
	if (mkdirat(folder, OUR_SEAT, 0755) < 0 && errno != EEXIST)
		return;
	if (cgroup_write(folder, OUR_SEAT, "cgroup.procs", "0") < 0) {
		unlinkat(folder, OUR_SEAT, AT_REMOVEDIR);
		return;
	}
	if (!hand_on(folder)) { /* somebody else sits there too: back, as if nothing had been */
		cgroup_write(folder, ".", "cgroup.procs", "0");
		unlinkat(folder, OUR_SEAT, AT_REMOVEDIR);
	}
}

/* Where boxes' groups go: beside the seat, should an earlier handle (or a parent process) have put us there. */
static int open_place(void)
{
	int own = cgroup_open_own(""), above;
	struct stat here, seat;

	if (own < 0)
		return -1;
	above = openat(own, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (above >= 0 && fstatat(above, OUR_SEAT, &seat, AT_SYMLINK_NOFOLLOW) == 0 && fstat(own, &here) == 0 &&
	    seat.st_dev == here.st_dev && seat.st_ino == here.st_ino) {
		close(own);
		return above;
	}
	if (above >= 0)
		close(above);
	return own;
}

static bool probe(struct cgroup_host *host)
{
	int folder = open_place();
	unsigned int offered;

	if (folder < 0)
		return false;
	offered = layers_in(folder, "cgroup.controllers");
	if ((layers_in(folder, "cgroup.subtree_control") & offered) != offered && !hand_on(folder))
		make_room(folder);
	host->folders[CGROUP_UNIFIED] = folder;
	/* CPU time is accounted for even where the controller is missing */
	host->layers = layers_in(folder, "cgroup.subtree_control") | 1u << SANDBOX_LAYER_CGROUP_CPU;
	if (mkdirat(folder, host->prefix, 0755) < 0)
		return false;
	if (cgroup_has_file(folder, host->prefix, "cgroup.kill"))
		host->layers |= 1u << SANDBOX_LAYER_CGROUP_KILL;
	unlinkat(folder, host->prefix, AT_REMOVEDIR);
	return true;
}

static int set(int folder, const char *name, const char *file, uint64_t value, struct error **err)
{
	if (cgroup_write_number(folder, name, file, value) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "control group: %s to %llu", file,
				       (unsigned long long)value);
	return 0;
}

static int limit(const struct cgroup *group, const struct sandbox_limits *limits, struct error **err)
{
	const struct cgroup_host *host = group->host;
	int folder = host->folders[CGROUP_UNIFIED];

	if (host->layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY) {
		if (set(folder, group->name, "memory.max", (uint64_t)limits->memory_kib * 1024, err) < 0)
			return -1;
		/* absent where there is no swap accounting; one kill is then the whole group's */
		cgroup_write(folder, group->name, "memory.swap.max", "0");
		cgroup_write(folder, group->name, "memory.oom.group", "1");
	}
	if (host->layers & 1u << SANDBOX_LAYER_CGROUP_PIDS)
		return set(folder, group->name, "pids.max", limits->processes + 1, err); /* init is in it too */
	return 0;
}

static void usage(const struct cgroup *group, struct cgroup_usage *usage)
{
	int folder = group->host->folders[CGROUP_UNIFIED];

	usage->cpu_us = cgroup_read_number(folder, group->name, "cpu.stat", "usage_usec");
	usage->peak_kib = cgroup_read_number(folder, group->name, "memory.peak", NULL) / 1024;
	usage->oom_kills = cgroup_read_number(folder, group->name, "memory.events", "oom_kill");
	usage->refused_forks = cgroup_read_number(folder, group->name, "pids.events", "max");
}

/* Its peak cannot be taken back (before Linux 6.12), and it costs one folder to make. */
static bool renew(const struct cgroup *group)
{
	(void)group;
	return false;
}

static void kill_group(const struct cgroup_host *host, const char *name)
{
	cgroup_write(host->folders[CGROUP_UNIFIED], name, "cgroup.kill", "1");
}

const struct cgroup_driver cgroup_v2 = {
	.name = "version 2",
	.probe = probe,
	.limit = limit,
	.usage = usage,
	.renew = renew,
	.kill = kill_group,
};
