/* What steps that run side by side took, and the layers that held in each of their boxes. */
#ifndef ASSAY_MEASURING_H
#define ASSAY_MEASURING_H

#include "grading/evidence.h"

#include <pthread.h>
#include <stdatomic.h>

struct measuring {
	struct evidence *evidence; /* whose stages are added to */
	pthread_mutex_t lock;
	atomic_uint layers;
};

void measuring_open(struct measuring *measuring, struct evidence *evidence);
/* From any thread. `stage` and `unit` must outlive the evidence. */
void measuring_add(struct measuring *measuring, const char *stage, const char *unit,
		   const struct sandbox_outcome *outcome);
void measuring_close(struct measuring *measuring);

#endif
