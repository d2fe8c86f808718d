#include "meter.h"

#include "process_tree.h"

static bool group_has(const struct box *box, enum sandbox_layer layer)
{
	return box->layers & 1u << layer;
}

static uint64_t larger(uint64_t one, uint64_t other)
{
	return one > other ? one : other;
}

void meter_look(struct meter *meter, const struct box *box)
{
	if (group_has(box, SANDBOX_LAYER_CGROUP_CPU) && group_has(box, SANDBOX_LAYER_CGROUP_MEMORY))
		return;
	process_tree_look(box->birth.init, &meter->tree);
	meter->tree_peak_kib = larger(meter->tree_peak_kib, meter->tree.memory_kib);
}

void meter_read(struct meter *meter, struct box *box, struct cgroup_usage *usage)
{
	cgroup_usage(&box->group, usage);
	meter_look(meter, box);
	if (!group_has(box, SANDBOX_LAYER_CGROUP_CPU))
		usage->cpu_us = meter->tree.cpu_us;
	if (!group_has(box, SANDBOX_LAYER_CGROUP_MEMORY))
		usage->peak_kib = meter->tree_peak_kib;
}

static uint64_t microseconds(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec;
}

/* What was killed with init is in the tree that was looked at before only; what was short is not in that. */
bool meter_read_last(const struct meter *meter, struct box *box, struct cgroup_usage *usage)
{
	uint64_t waited_us = microseconds(&meter->use.ru_utime) + microseconds(&meter->use.ru_stime);
	bool complete = cgroup_usage(&box->group, usage);

	if (!group_has(box, SANDBOX_LAYER_CGROUP_CPU))
		usage->cpu_us = larger(larger(waited_us, meter->init_cpu_us), meter->tree.cpu_us);
	if (!group_has(box, SANDBOX_LAYER_CGROUP_MEMORY) || usage->peak_kib == 0)
		usage->peak_kib = larger(meter->tree_peak_kib,
					 meter->init_peak_kib ? meter->init_peak_kib : (uint64_t)meter->use.ru_maxrss);
	return complete;
}
