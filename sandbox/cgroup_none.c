/* No groups are to be had: rlimits remain, and the outcome says so. */
#include "cgroup.h"

static bool probe(struct cgroup_host *host)
{
	(void)host;
	return true;
}

static int limit(const struct cgroup *group, const struct sandbox_limits *limits, struct error **err)
{
	(void)group;
	(void)limits;
	(void)err;
	return 0;
}

static bool usage(const struct cgroup *group, struct cgroup_usage *usage)
{
	(void)group;
	(void)usage;
	return true;
}

static bool renew(const struct cgroup *group)
{
	(void)group;
	return true;
}

static void kill_group(const struct cgroup_host *host, const char *name)
{
	(void)host;
	(void)name;
}

const struct cgroup_driver cgroup_none = {
	.name = "none",
	.probe = probe,
	.limit = limit,
	.usage = usage,
	.renew = renew,
	.kill = kill_group,
};
