#include "meter.h"

#include "process_tree.h"

static bool group_counts(const struct box *box)
{
	return box->layers & 1u << SANDBOX_LAYER_CGROUP_CPU;
}

void meter_look(struct meter *meter, const struct box *box)
{
	if (!group_counts(box))
		meter->tree_cpu_us = process_tree_cpu_us(box->birth.init);
}

void meter_read(struct meter *meter, struct box *box, struct cgroup_usage *usage)
{
	cgroup_usage(&box->group, usage);
	meter_look(meter, box);
	if (!group_counts(box))
		usage->cpu_us = meter->tree_cpu_us;
}

static uint64_t microseconds(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * 1000000 + (uint64_t)time->tv_usec;
}

static uint64_t larger(uint64_t one, uint64_t other)
{
	return one > other ? one : other;
}

/* What was killed with init is in the tree that was looked at before only; what was short is not in that. */
void meter_read_last(const struct meter *meter, struct box *box, struct cgroup_usage *usage)
{
	uint64_t waited_us = microseconds(&meter->use.ru_utime) + microseconds(&meter->use.ru_stime);

	cgroup_usage(&box->group, usage);
	if (!group_counts(box))
		usage->cpu_us = larger(larger(waited_us, meter->init_cpu_us), meter->tree_cpu_us);
	if (usage->peak_kib == 0)
		usage->peak_kib = meter->init_peak_kib ? meter->init_peak_kib : (uint64_t)meter->use.ru_maxrss;
}
