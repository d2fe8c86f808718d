#include "box.h"

#include "base/memory.h"

#define EMPTY_DEADLINE_MS 10000

static const char *layer_remedy(enum sandbox_layer layer)
{
	if (layer == SANDBOX_LAYER_LANDLOCK)
		return "a kernel with Landlock in its list of LSMs (lsm=landlock,…) is needed";
	if (layer >= SANDBOX_LAYER_CGROUP_MEMORY)
		return "start as root, or from a delegated control group with nobody else in it: systemd-run --user --scope -p Delegate=yes";
	if (layer == SANDBOX_LAYER_UNPRIVILEGED_UID)
		return "this user namespace has a single id, root's outside too: give it a range (subuid) or start as an ordinary user";
	return "`assay doctor` tells what this machine lacks";
}

static int check_required(const struct sandbox_policy *policy, unsigned int layers, struct error **err)
{
	unsigned int missing = policy->require & ~layers;

	for (int layer = 0; layer < SANDBOX_LAYER_COUNT; layer++)
		if (missing & 1u << layer)
			return error_set(err, ERROR_SANDBOX, "the layer %s is required and not to be had here (%s)",
					 sandbox_layer_name(layer), layer_remedy(layer));
	return 0;
}

/* The layers that this box is to have. */
static unsigned int layers_for(const struct sandbox *sandbox, const struct sandbox_policy *policy)
{
	unsigned int without = policy->without & SANDBOX_OPTIONAL;

	if (without & SANDBOX_CGROUP_LAYERS)
		without |= SANDBOX_CGROUP_LAYERS;
	/* the kernel takes neither from who might gain privileges later */
	if (without & 1u << SANDBOX_LAYER_NO_NEW_PRIVS)
		without |= 1u << SANDBOX_LAYER_SECCOMP | 1u << SANDBOX_LAYER_LANDLOCK;
	return sandbox->layers & ~without;
}

static int check_limits(const struct sandbox_limits *limits, struct error **err)
{
	if (limits->wall_ms < 1 || limits->wall_ms > 3600000)
		return error_set(err, ERROR_SANDBOX, "wall limit of %u ms: 1 to 3,600,000 is possible",
				 limits->wall_ms);
	if (!limits->cpu_ms || !limits->memory_kib || !limits->processes || !limits->open_files || !limits->disk_kib ||
	    !limits->disk_inodes || !limits->stack_kib)
		return error_set(err, ERROR_SANDBOX, "a limit is 0; sandbox_default_limits gives some that are not");
	return 0;
}

static bool has_group(const struct box *box)
{
	return box->layers & SANDBOX_CGROUP_LAYERS;
}

/* What can be done while init sets itself up. */
static int finish(struct box *box, struct error **err)
{
	view_let_go(&box->view);
	slot_tidy(box->slot);
	if (!has_group(box))
		return 0;
	if (cgroup_complete(&box->group, &box->limits, err) < 0)
		return -1;
	order_send_groups(box->birth.control, &box->group); /* where nobody takes it, init will have said why */
	return 0;
}

static int make(struct box *box, const struct sandbox *sandbox, const struct sandbox_policy *policy, struct error **err)
{
	*box = (struct box){
		.sandbox = sandbox,
		.profile = policy->profile,
		.limits = policy->limits,
		.layers = layers_for(sandbox, policy),
		.group = {.birth = -1},
		.control = -1,
		.birth = {.handle = -1, .control = -1},
		.ruleset = -1,
		.listener = -1,
		.signals = -1,
		.failed_step = -1,
	};
	if (check_limits(&policy->limits, err) < 0 || check_required(policy, box->layers, err) < 0)
		return -1;
	if (view_prepare(&box->view, policy, err) < 0)
		return -1;
	if (slots_take(sandbox, box->layers, &box->slot, err) < 0)
		return -1;
	if (has_group(box) && slot_take_group(sandbox, box->slot, &box->group, err) < 0)
		return -1;
	if (birth_give(box, err) < 0)
		return -1;
	return finish(box, err);
}

/* What is empty for sure is left to the slot, until there is a better moment. */
static int leave_group(struct box *box, struct error **err)
{
	if (box->is_empty && !box->slot->group.made) {
		box->slot->group = box->group;
		return 0;
	}
	if (cgroup_destroy(&box->group, EMPTY_DEADLINE_MS) == 0)
		return 0;
	return error_set(err, ERROR_SANDBOX, "control group %s: something in it does not die", box->group.name);
}

int box_unmake(struct box *box, struct error **err)
{
	bool was_born = box->birth.init > 0; /* a slot in which nobody can be born is of no use */
	struct rusage nobody_asks;
	int result = 0;

	if (box->is_empty)
		birth_leave(box);
	else
		birth_end(box, &nobody_asks);
	if (box->slot) {
		result = leave_group(box, err);
		if (result == 0 && was_born)
			slots_give_back(box->sandbox->slots, box->slot);
		else
			slot_drop(box->slot);
	}
	view_release(&box->view);
	free(box->kept);
	return result;
}

int box_make(struct box *box, const struct sandbox *sandbox, const struct sandbox_policy *policy, struct error **err)
{
	cleanup_error struct error *first = NULL, *lesser = NULL;

	if (make(box, sandbox, policy, &first) == 0)
		return 0;
	if (!box->stale) {
		*err = STEAL(first);
		return -1;
	}
	/* once more, in a slot that is new */
	box_unmake(box, &lesser);
	slots_clear(sandbox->slots);
	return make(box, sandbox, policy, err);
}
