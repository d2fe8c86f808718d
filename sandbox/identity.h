/*
 * Who the box is outside: the host's user and group to which its only inside
 * id is mapped.
 *
 * Started by root, each box gets an id of its own from a range that belongs to
 * nobody, so that boxes cannot signal each other, share limits or own a file.
 * Ids are handed out by locks on bytes of one file (open-file-description
 * locks: two threads conflict as two programs do, and the kernel gives a lock
 * back when its last holder has died). Started by anybody else, the box is that
 * person; also where that person is called root by a user namespace with a
 * single id (`unshare -r`, some rootless containers). Host uid 0 is never mapped:
 * where the only id is root's outside, there is no box.
 */
#ifndef ASSAY_SANDBOX_IDENTITY_H
#define ASSAY_SANDBOX_IDENTITY_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

#define INSIDE_ID 1000u

/* What ids can be had; found once by identity_probe. */
struct identity_range {
	bool own; /* no range: the caller's own ids */
	uid_t outside; /* the caller's in the namespace around this one; 0 where it is root there, further out, or unknown */
	uid_t first_uid;
	gid_t first_gid;
	unsigned int count;
};

struct identity {
	uid_t uid;
	gid_t gid;
	bool leased;
	int lock; /* -1, or the descriptor that holds the id */
};

void identity_probe(struct identity_range *range);
int identity_take(const struct identity_range *range, struct identity *identity, struct error **err);
void identity_release(struct identity *identity);

/* Child: becomes the inside user, once the maps are written. 0 or -1 with errno. */
int identity_become(const struct identity *identity);
/* Writes the maps of a process that is new in its user namespace. 0 or -1 with errno. */
int identity_map(const struct identity *identity, pid_t pid);

#endif
