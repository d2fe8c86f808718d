/*
 * The seccomp filter of a profile: built once from its table, attached as a
 * ready program.
 *
 * Everything that the table does not allow goes to the filter's listener, which
 * is held by the parent: the call does not happen, it waits, and the box is
 * ended. Without a listener the kernel answers such calls with ENOSYS, so the
 * filter never fails open.
 */
#ifndef ASSAY_SANDBOX_FILTER_H
#define ASSAY_SANDBOX_FILTER_H

#include "base/error.h"
#include "sandbox.h"

#include <linux/filter.h>
#include <stdint.h>

/*
 * What execve carries in its three argument registers that the kernel does not
 * look at. A profile without free exec allows an execve that knows the secret:
 * the one that starts the program. 192 bits, drawn for each handle; the kernel
 * clears the registers at exec and the old memory is gone, so the program
 * cannot know it.
 */
struct exec_secret {
	uint64_t words[3];
};

struct filter {
	struct sock_filter *code;
	unsigned short length; /* in instructions */
};

int filter_build(enum sandbox_profile profile, const struct exec_secret *secret, struct filter *filter,
		 struct error **err);
void filter_release(struct filter *filter);

/* Child: attaches it to the calling thread. Returns the listener, or -1 with errno. Needs no_new_privs. */
int filter_attach(const struct filter *filter);

/* Parent: takes a refused call from the listener. It stays waiting. False where its caller has gone meanwhile. */
bool filter_take_refusal(int listener, struct sandbox_violation *violation);

#endif
