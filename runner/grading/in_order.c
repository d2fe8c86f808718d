#include "grading/in_order.h"

#include "base/memory.h"
#include "grading/tasks.h"

#include <pthread.h>
#include <stdbool.h>

struct line {
	const struct in_order *how;
	struct place *places;
	size_t count, told;
	pthread_mutex_t lock; /* of `told` and of every `done` */
};

struct place {
	struct line *line;
	void *item;
	bool done;
};

static int work(void *context, struct error **err)
{
	struct place *place = context;
	struct line *line = place->line;

	if (line->how->work(place->item, err) < 0)
		return -1;
	pthread_mutex_lock(&line->lock);
	place->done = true;
	for (; line->told < line->count && line->places[line->told].done; line->told++)
		line->how->tell(line->places[line->told].item);
	pthread_mutex_unlock(&line->lock);
	return 0;
}

int in_order_run(const struct in_order *how, unsigned int side_by_side, void *const *items, size_t count,
		 struct error **err)
{
	struct line line = {.how = how, .places = memory_new(count, sizeof *line.places), .count = count};
	struct tasks *tasks = tasks_new(side_by_side);
	int failed;

	pthread_mutex_init(&line.lock, NULL);
	for (size_t i = 0; i < count; i++) {
		line.places[i] = (struct place){.line = &line, .item = items[i]};
		tasks_add(tasks, work, &line.places[i], false);
	}
	failed = tasks_wait(tasks, err);
	tasks_free(tasks);
	pthread_mutex_destroy(&line.lock);
	free(line.places);
	return failed;
}
