#include "slot.h"

#include "box.h"

#include "base/memory.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define GUARD (64 * 1024) /* of any page size */
#define MOST_IDLE 16
#define LAST_WAIT_MS 10000

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
	cgroup_destroy(&slot->group, LAST_WAIT_MS); /* nobody comes by again */
	for (size_t i = 0; i < SLOT_NAMESPACE_COUNT; i++)
		if (slot->namespaces[i] >= 0)
			close(slot->namespaces[i]);
	identity_release(&slot->identity);
	order_free(slot->order);
	if (slot->stack)
		munmap(slot->stack - GUARD, GUARD + SLOT_STACK);
	free(slot);
}

/* Not on the caller's own stack, which may be a small one. Below it, what may not be touched. */
static char *make_stack(struct error **err)
{
	char *piece = mmap(NULL, GUARD + SLOT_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);

	if (piece == MAP_FAILED || mprotect(piece, GUARD, PROT_NONE) < 0) {
		error_set_errno(err, ERROR_SANDBOX, "memory for a stack");
		return NULL;
	}
	return piece + GUARD;
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
	slot->stack = slot->order ? make_stack(err) : NULL;
	if (!slot->stack || identity_take(&sandbox->identities, &slot->identity, err) < 0 ||
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

void slots_clear(struct slots *slots)
{
	pthread_mutex_lock(&slots->lock);
	drop_idle(slots);
	pthread_mutex_unlock(&slots->lock);
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

/* Each holds some ten descriptors: what many boxes at once have left is more than is good to keep. */
static bool has_room(const struct slots *slots)
{
	unsigned int count = 0;

	for (const struct slot *slot = slots->idle; slot; slot = slot->next)
		count++;
	return count < MOST_IDLE;
}

void slots_give_back(struct slots *slots, struct slot *slot)
{
	bool kept;

	pthread_mutex_lock(&slots->lock);
	kept = has_room(slots);
	if (kept) {
		slot->next = slots->idle;
		slots->idle = slot;
	}
	pthread_mutex_unlock(&slots->lock);
	if (!kept)
		slot_drop(slot);
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
