/*
 * Version 2 alone: one hierarchy, in which a group that has processes cannot
 * hand controllers on. So boxes' groups go
 *
 *   1. below our own group, where that hands controllers on or can be made to:
 *      it was delegated to us (systemd's Delegate=, a container's own cgroup
 *      namespace) and holds nobody else. This process then steps into a child
 *      of its own ("supervisor") to make room;
 *   2. else below the nearest group above that hands on what limits a box and
 *      lets us in: for root in a login session the slice of that, for an
 *      ordinary user in a terminal that the user's own service manager started
 *      the manager's slice. Nothing of such a group is changed;
 *   3. else below our own all the same, for cgroup.kill and CPU time.
 */
#include "cgroup.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define OUR_SEAT "assay-supervisor"
#define LIMITS (1u << SANDBOX_LAYER_CGROUP_MEMORY | 1u << SANDBOX_LAYER_CGROUP_PIDS)

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

/*
 * One controller a write: what is missing must not keep the others off. But memory comes first, and where that finds
 * processes in the group nothing else is tried: the kernel would hand pids and cpu on all the same, and then lets
 * nobody into the groups below.
 */
static bool hand_on(int folder)
{
	for (size_t i = 0; i < ARRAY_LENGTH(controllers); i++) {
		char word[16];

		snprintf(word, sizeof word, "+%s", controllers[i].controller);
		if (cgroup_write(folder, ".", "cgroup.subtree_control", word) < 0 && errno == EBUSY)
			return false;
	}
	return true;
}

/* Does nobody sit in the group, or nobody but this process? */
static bool is_ours_alone(int folder)
{
	int fd = openat(folder, "cgroup.procs", O_RDONLY | O_CLOEXEC), pid;
	FILE *list = fd >= 0 ? fdopen(fd, "r") : NULL;
	bool alone = list != NULL;

	while (alone && fscanf(list, "%d", &pid) == 1)
		alone = pid == getpid(); /* 0 is somebody whom our PID namespace does not show */
	if (list)
		fclose(list);
	return alone;
}

static void make_room(int folder)
{
	if (mkdirat(folder, OUR_SEAT, 0755) < 0 && errno != EEXIST)
		return;
	if (cgroup_write(folder, OUR_SEAT, "cgroup.procs", "0") < 0) {
		unlinkat(folder, OUR_SEAT, AT_REMOVEDIR);
		return;
	}
	if (!hand_on(folder)) { /* somebody came meanwhile: back, as if nothing had been */
		cgroup_write(folder, ".", "cgroup.procs", "0");
		unlinkat(folder, OUR_SEAT, AT_REMOVEDIR);
	}
}

/* Has the group hand on all that it was given, where that is possible. */
static void claim(int folder)
{
	unsigned int offered = layers_in(folder, "cgroup.controllers");

	if ((layers_in(folder, "cgroup.subtree_control") & offered) == offered)
		return;
	/* the machine's own root group, which alone has no type, may have both processes and groups */
	if (faccessat(folder, "cgroup.type", F_OK, 0) < 0)
		hand_on(folder);
	else if (is_ours_alone(folder))
		make_room(folder);
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

/* Can groups be made there that take processes? Fills what they have besides controllers. */
static bool try_group(const struct cgroup_host *host, int folder, unsigned int *layers)
{
	char name[96], path[128], type[32] = "";
	bool usable;
	int fd;

	snprintf(name, sizeof name, "%s-%d", host->prefix, (int)gettid());
	if (mkdirat(folder, name, 0755) < 0)
		return false;
	snprintf(path, sizeof path, "%s/cgroup.type", name);
	fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
	usable = fd >= 0 && read(fd, type, sizeof type - 1) > 0 && strcmp(type, "domain\n") == 0;
	if (fd >= 0)
		close(fd);
	if (cgroup_has_file(folder, name, "cgroup.kill"))
		*layers |= 1u << SANDBOX_LAYER_CGROUP_KILL;
	unlinkat(folder, name, AT_REMOVEDIR);
	return usable;
}

static bool is_group(int folder)
{
	struct statfs system;

	return fstatfs(folder, &system) == 0 && system.f_type == CGROUP2_SUPER_MAGIC;
}

/*
 * The nearest group above in which boxes can be limited; -1 where there is none. Init is born from our group into one
 * below it, for which the kernel asks for the right to write its cgroup.procs.
 */
static int open_above(const struct cgroup_host *host, int folder)
{
	unsigned int ignored = 0;
	int above = openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	while (above >= 0 && is_group(above)) {
		int next;

		if ((layers_in(above, "cgroup.subtree_control") & LIMITS) == LIMITS &&
		    cgroup_has_file(above, ".", "cgroup.procs") && try_group(host, above, &ignored))
			return above;
		next = openat(above, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close(above);
		above = next;
	}
	if (above >= 0)
		close(above);
	return -1;
}

static bool probe(struct cgroup_host *host)
{
	int folder = open_place(), above;

	if (folder < 0)
		return false;
	claim(folder);
	if ((layers_in(folder, "cgroup.subtree_control") & LIMITS) != LIMITS &&
	    (above = open_above(host, folder)) >= 0) {
		close(folder);
		folder = above;
	}
	host->folders[CGROUP_UNIFIED] = folder;
	/* CPU time is accounted for even where the controller is missing */
	host->layers = layers_in(folder, "cgroup.subtree_control") | 1u << SANDBOX_LAYER_CGROUP_CPU;
	return try_group(host, folder, &host->layers);
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

static bool usage(const struct cgroup *group, struct cgroup_usage *usage)
{
	int folder = group->host->folders[CGROUP_UNIFIED];
	uint64_t bytes = usage->peak_kib * 1024;
	bool complete = cgroup_read_number(folder, group->name, "cpu.stat", "usage_usec", &usage->cpu_us);

	complete &= cgroup_read_number(folder, group->name, "memory.peak", NULL, &bytes);
	complete &= cgroup_read_number(folder, group->name, "memory.events", "oom_kill", &usage->oom_kills);
	complete &= cgroup_read_number(folder, group->name, "pids.events", "max", &usage->refused_forks);
	usage->peak_kib = bytes / 1024;
	return complete;
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
