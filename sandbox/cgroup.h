/*
 * Control groups: limits on and measurements of a whole box.
 *
 * A machine offers version 1, version 2, both at once (hybrid: controllers in
 * version 1, cgroup.kill in the unified hierarchy) or nothing to this caller.
 * Each is a driver; the first whose probe succeeds serves the handle. A driver
 * says which layers it gives, so that nothing is weakened silently.
 *
 *   cgroup_probe                        once a handle
 *   cgroup_create (or renew), cgroup_complete, program joins, cgroup_usage…, cgroup_kill, cgroup_destroy   each box
 *
 * Moving a process between groups makes the kernel wait for all processors to
 * pass by (5 to 20 ms on a machine that is not idle), unless it is a thread of
 * version 1 that moves itself. So nothing is ever moved: the program writes "0"
 * to version 1's `tasks` files (`joins`), and who bears init is born in the
 * version 2 group (`birth`), which in version 1 and 2 together has no controllers.
 */
#ifndef ASSAY_SANDBOX_CGROUP_H
#define ASSAY_SANDBOX_CGROUP_H

#include "base/error.h"
#include "sandbox.h"

#include <stdbool.h>
#include <stdint.h>

/* What a hierarchy is wanted for. In version 2 one hierarchy serves all. */
enum cgroup_role {
	CGROUP_UNIFIED, /* cgroup.kill, cgroup.events, cpu.stat */
	CGROUP_MEMORY,
	CGROUP_PIDS,
	CGROUP_CPU, /* shares */
	CGROUP_CPUACCT, /* CPU time used; only where there is no unified hierarchy */
	CGROUP_FREEZER, /* only where there is no cgroup.kill */
	CGROUP_ROLE_COUNT
};

struct cgroup_driver;

struct cgroup_host {
	const struct cgroup_driver *driver;
	int folders[CGROUP_ROLE_COUNT]; /* where groups are made, -1 where the role has no hierarchy */
	bool shared[CGROUP_ROLE_COUNT]; /* the same hierarchy as an earlier role */
	unsigned int layers;		/* which SANDBOX_LAYER_CGROUP_* it gives */
	char prefix[64]; /* of the names of this program's groups */
	unsigned int nonce; /* of this handle, of which a program may have several */
};

struct cgroup_usage {
	uint64_t cpu_us;
	uint64_t peak_kib;
	uint64_t oom_kills;
	uint64_t refused_forks;
};

struct cgroup {
	const struct cgroup_host *host;
	char name[96];
	int joins[CGROUP_ROLE_COUNT]; /* open for writing */
	size_t join_count;
	int birth; /* for CLONE_INTO_CGROUP, -1 where there is no version 2 */
	bool made;
	bool complete;
	struct sandbox_limits limits; /* that it has, where it is complete */
	struct cgroup_usage counted; /* when last looked at, earlier boxes' use included … */
	struct cgroup_usage before; /* … which is this, of the counters that go on */
};

struct cgroup_driver {
	const char *name;
	bool (*probe)(struct cgroup_host *host);
	/* Sets the limits of a group that was made. */
	int (*limit)(const struct cgroup *group, const struct sandbox_limits *limits, struct error **err);
	/* What cannot be read is left as it is; false then. */
	bool (*usage)(const struct cgroup *group, struct cgroup_usage *usage);
	/* Makes a group that is empty as good as new, but for the counters that go on. False where that cannot be. */
	bool (*renew)(const struct cgroup *group);
	/* Kills every process in the group; a no-op where the driver cannot. */
	void (*kill)(const struct cgroup_host *host, const char *name);
};

extern const struct cgroup_driver cgroup_v1, cgroup_v2, cgroup_none;

/* Chooses a driver and removes the groups that dead supervisors left. */
void cgroup_probe(struct cgroup_host *host);
/* The same with this driver only; false where it cannot serve. */
bool cgroup_probe_driver(struct cgroup_host *host, const struct cgroup_driver *driver);
void cgroup_release_host(struct cgroup_host *host);

/*
 * In two parts, since the second takes some time and can be done while init sets up: the group that init is born
 * in, then what the program joins, with its limits. `number` is one that no other group of this handle has. Where
 * either fails, the group is to be destroyed all the same.
 */
int cgroup_create(const struct cgroup_host *host, struct cgroup *group, unsigned int number, struct error **err);
int cgroup_complete(struct cgroup *group, const struct sandbox_limits *limits, struct error **err);
/* Instead of a new one: an empty group, looked at since it is, for the next box. False where it holds what is not that box's. */
bool cgroup_renew(struct cgroup *group);
/* False where not all could be read: it is then as when last looked at. */
bool cgroup_usage(struct cgroup *group, struct cgroup_usage *usage);
void cgroup_kill(const struct cgroup *group);
/* Waits for so long until the group is empty, and removes it. 0, or -1 where something in it would not die. */
int cgroup_destroy(struct cgroup *group, unsigned int wait_ms);

/* ---- for the drivers -------------------------------------------------- */

/* The folder of our own group in the hierarchy with this controller ("" is version 2), or -1. */
int cgroup_open_own(const char *controller);
int cgroup_write(int folder, const char *group, const char *file, const char *value);
int cgroup_write_number(int folder, const char *group, const char *file, uint64_t value);
/*
 * The first number of a file, or the one after `key` at a line's beginning. What is not there is left as it is. False
 * where the file could not be read (no descriptor was left, for example).
 */
bool cgroup_read_number(int folder, const char *group, const char *file, const char *key, uint64_t *number);
bool cgroup_has_file(int folder, const char *group, const char *file);

#endif
