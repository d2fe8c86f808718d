/*
 * Steps side by side: a few threads that take tasks from a queue. A task may
 * add more tasks (what depends on it); tasks_wait returns when none is left.
 *
 * Urgent tasks (on the way to the last result) go before the others. The first
 * error stops the queue: tasks that did not begin are dropped, and tasks_wait
 * returns it.
 */
#ifndef ASSAY_TASKS_H
#define ASSAY_TASKS_H

#include "base/error.h"

#include <stdbool.h>

struct tasks; /* opaque */

typedef int task_function(void *context, struct error **err);

struct tasks *tasks_new(unsigned int threads); /* at least 1 */
/* `context` must live until tasks_wait returns. May be called from a task. */
void tasks_add(struct tasks *tasks, task_function *run, void *context, bool urgent);
int tasks_wait(struct tasks *tasks, struct error **err);
void tasks_free(struct tasks *tasks); /* after tasks_wait */

#endif
