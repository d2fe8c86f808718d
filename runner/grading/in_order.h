/*
 * Items that are worked at side by side, and told of in their order, each as
 * soon as it and all before it are done.
 */
#ifndef ASSAY_IN_ORDER_H
#define ASSAY_IN_ORDER_H

#include "base/error.h"

#include <stddef.h>

struct in_order {
	int (*work)(void *item, struct error **err); /* from any thread; NULL error unless it returns -1 */
	void (*tell)(void *item);		     /* never from two at once */
};

/* The first error of work ends it, once those that had begun are done; what stands behind a failed item is not told. */
int in_order_run(const struct in_order *how, unsigned int side_by_side, void *const *items, size_t count,
		 struct error **err);

#endif
