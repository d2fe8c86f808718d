/*
 * What a box sees of files: a plan made by the parent, carried out by the child.
 *
 * The parent allocates and formats (view_prepare); the child only makes system
 * calls (all the others, in the order in which they stand here).
 *
 * The root is one tmpfs, sized by the policy and read-only but for its folder
 * tmp, which is mounted once more, writable, on /tmp. Everything else is a
 * detached copy of a host mount (open_tree), read-only, nosuid and private, so
 * that nothing done inside propagates out nor anything mounted outside later
 * in. Copies are taken by the parent where it may, as root, whose rights reach
 * toolchains in 0700 homes, and else on the way to init's birth, in the slot's
 * copy of the host's mounts (founder.h).
 */
#ifndef ASSAY_SANDBOX_VIEW_H
#define ASSAY_SANDBOX_VIEW_H

#include "base/error.h"
#include "sandbox.h"

#include <stdbool.h>
#include <sys/types.h>

struct view_mount {
	char *source;
	char *target; /* "/usr/lib", normalised */
	bool folder;
	bool device;
	dev_t device_id; /* of the source, as the caller sees it … */
	ino_t inode; /* … and so is the copy's to be */
	int tree; /* the detached copy, -1 until it is taken */
};

struct view {
	struct view_mount *mounts; /* the policy's, then the devices */
	size_t mount_count;
	char **folders; /* to make, parents first */
	size_t folder_count;
	bool proc;
	bool exec_scratch; /* programs may be started from /tmp */
	char size[32];     /* the tmpfs's, as text */
	char inodes[32];
	/* the child's */
	int root;      /* the tmpfs */
	int proc_tree; /* detached, -1 without proc */
	int scratch;   /* /tmp, O_PATH */
	size_t failed_mount; /* which of `mounts` a failed step was at; mount_count for none */
};

int view_prepare(struct view *view, const struct sandbox_policy *policy, struct error **err);
/* Closes what the parent holds: the child has its own. */
void view_let_go(struct view *view);
/* The same, and frees the plan. */
void view_release(struct view *view);

bool view_has_trees(const struct view *view);
/* Takes the copies that were not taken yet. 0 or -1 with errno: ESTALE where it is not the caller's that is there. */
int view_take_trees(struct view *view);
/* The tmpfs and proc, not yet attached. By the inside user, whose tmpfs it will be. */
int view_make_root(struct view *view);
/* Makes the tmpfs the root, on top of the slot's empty one. */
int view_enter_root(struct view *view);
/* Folders, scratch folder, mounts; then the root becomes read-only. */
int view_populate(struct view *view);

#endif
