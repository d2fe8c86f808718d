#include "grading/measuring.h"

#include "base/memory.h"

void measuring_open(struct measuring *measuring, struct evidence *evidence)
{
	measuring->evidence = evidence;
	pthread_mutex_init(&measuring->lock, NULL);
	atomic_init(&measuring->layers, UINT32_MAX);
}

void measuring_add(struct measuring *measuring, const char *stage, const char *unit,
		   const struct sandbox_outcome *outcome)
{
	struct stage_measure *slot;

	if (outcome->wall_ms == 0 && outcome->layers == 0)
		return; /* nothing ran */
	atomic_fetch_and(&measuring->layers, outcome->layers);
	pthread_mutex_lock(&measuring->lock);
	slot = ARRAY_ADD(measuring->evidence->stages, measuring->evidence->stage_count);
	*slot = (struct stage_measure){stage, unit, outcome->wall_ms, outcome->cpu_ms, outcome->peak_kib};
	pthread_mutex_unlock(&measuring->lock);
}

void measuring_close(struct measuring *measuring)
{
	pthread_mutex_destroy(&measuring->lock);
}
