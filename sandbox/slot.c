#include "slot.h"

#include "box.h"

#include "base/memory.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- one slot -------------------------------------------------------------------- */

/* Waits until the last box's init is gone, and with it all of its namespaces. */
static void settle(struct slot *slot)
{
	siginfo_t ended;

	if (slot->leaving < 0)
		return;
	while (waitid(P_PIDFD, (id_t)slot->leaving, &ended, WEXITED | __WALL) < 0 && errno == EINTR)
		continue;
	close(slot->leaving);
	slot->leaving = -1;
}

void slot_tidy(struct slot *slot)
{
	cgroup_destroy(&slot->group, 0);
}

void slot_drop(struct slot *slot)
{
	settle(slot);
	slot_tidy(slot);
	for (size_t i = 0; i < SLOT_NAMESPACE_COUNT; i++)
		if (slot->namespaces[i] >= 0)
			close(slot->namespaces[i]);
	identity_release(&slot->identity);
	order_free(slot->order);
	free(slot);
}

static int slot_make(const struct sandbox *sandbox, unsigned int layers, struct slot **made, struct error **err)
{
	struct slot *slot = memory_new(1, sizeof *slot);

	*slot = (struct slot){
		.layers = layers & SLOT_LAYERS,
		.leaving = -1,
		.group = {.birth = -1},
		.identity = {.lock = -1},
	};
	for (size_t i = 0; i < SLOT_NAMESPACE_COUNT; i++)
		slot->namespaces[i] = -1;
	slot->order = order_make(err);
	if (!slot->order || identity_take(&sandbox->identities, &slot->identity, err) < 0 ||
	    founder_make(sandbox, &slot->identity, slot->layers, slot->namespaces, err) < 0) {
		slot_drop(slot);
		return -1;
	}
	*made = slot;
	return 0;
}

/* ---- the free ones ------------------------------------------------------------------ */

void slots_begin(struct slots *slots)
{
	*slots = (struct slots){.owner = getpid()};
	pthread_mutex_init(&slots->lock, NULL);
}

static void drop_idle(struct slots *slots)
{
	bool ours = slots->owner == getpid();

	while (slots->idle) {
		struct slot *slot = slots->idle;

		slots->idle = slot->next;
		if (!ours) /* then the group is the other process's */
			slot->group.made = false;
		slot_drop(slot);
	}
	slots->owner = getpid();
}

void slots_end(struct slots *slots)
{
	drop_idle(slots);
	pthread_mutex_destroy(&slots->lock);
}

/* Unlinks a free slot with just these layers; NULL where there is none. */
static struct slot *find_idle(struct slots *slots, unsigned int layers)
{
	struct slot **at = &slots->idle, *found;

	pthread_mutex_lock(&slots->lock);
	if (slots->owner != getpid())
		drop_idle(slots);
	while (*at && (*at)->layers != (layers & SLOT_LAYERS))
		at = &(*at)->next;
	found = *at;
	if (found)
		*at = found->next;
	pthread_mutex_unlock(&slots->lock);
	return found;
}

int slots_take(const struct sandbox *sandbox, unsigned int layers, struct slot **slot, struct error **err)
{
	*slot = find_idle(sandbox->slots, layers);
	if (!*slot)
		return slot_make(sandbox, layers, slot, err);
	settle(*slot);
	return 0;
}

void slots_give_back(struct slots *slots, struct slot *slot)
{
	pthread_mutex_lock(&slots->lock);
	slot->next = slots->idle;
	slots->idle = slot;
	pthread_mutex_unlock(&slots->lock);
}

/* ---- control groups ------------------------------------------------------------------- */

static unsigned int take_number(struct slots *slots)
{
	unsigned int number;

	pthread_mutex_lock(&slots->lock);
	number = ++slots->numbered;
	pthread_mutex_unlock(&slots->lock);
	return number;
}

int slot_take_group(const struct sandbox *sandbox, struct slot *slot, struct cgroup *group, struct error **err)
{
	if (!cgroup_renew(&slot->group))
		return cgroup_create(&sandbox->cgroups, group, take_number(sandbox->slots), err);
	*group = slot->group;
	slot->group = (struct cgroup){.birth = -1};
	return 0;
}
