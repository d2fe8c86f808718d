#include "meter.h"

#include "process_tree.h"

static bool group_counts(const struct box *box)
{
	return box->layers & 1u << SANDBOX_LAYER_CGROUP_CPU;
}

bool meter_is_group(const struct box *box)
{
	return group_counts(box) && box->layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY;
}

void meter_look(struct meter *meter, const struct box *box, pid_t init)
{
	if (!group_counts(box))
		meter->tree_cpu_us = process_tree_cpu_us(init);
}

void meter_read(struct meter *meter, const struct box *box, pid_t init, struct cgroup_usage *usage)
{
	cgroup_usage(&box->group, usage);
	meter_look(meter, box, init);
	if (!group_counts(box))
		usage->cpu_us = meter->tree_cpu_us;
}

static uint64_t microseconds(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec;
}

void meter_read_last(const struct meter *meter, const struct box *box, uint64_t program_peak_kib,
		     struct cgroup_usage *usage)
{
	cgroup_usage(&box->group, usage);
	if (!group_counts(box)) {
		/* what was killed with init is in the tree that was looked at before only, what was short in this only
		 */
		usage->cpu_us = microseconds(&meter->use.ru_utime) + microseconds(&meter->use.ru_stime);
		if (usage->cpu_us < meter->tree_cpu_us)
			usage->cpu_us = meter->tree_cpu_us;
	}
	if (usage->peak_kib == 0)
		usage->peak_kib = program_peak_kib ? program_peak_kib : (uint64_t)meter->use.ru_maxrss;
}
