/*
 * Who makes a slot's namespaces: a process that is born into new ones, furnishes
 * them, and is killed once the parent holds them by descriptors.
 *
 * Two mount namespaces are kept. HOST is a copy of the caller's mounts that the
 * user namespace may take trees from (view.h), and a slave, so that what is mounted
 * or unmounted outside later is seen. (Where mounts are private, as in containers, it
 * is not: a source that is another one by then makes the box found a new slot, what
 * was mounted below a source stays unseen.) EMPTY holds one read-only folder and nothing
 * of the host: a box is a copy of that with its own root on top. So nothing of
 * the host has to be unmounted for each box, for which the kernel would wait
 * until every processor has passed by (synchronize_rcu_expedited), and what
 * lies below a box's root is nothing.
 */
#ifndef ASSAY_SANDBOX_FOUNDER_H
#define ASSAY_SANDBOX_FOUNDER_H

#include "identity.h"
#include "sandbox.h"

/* In the order in which they are entered. */
enum slot_namespace { SLOT_USER, SLOT_NET, SLOT_UTS, SLOT_HOST, SLOT_EMPTY, SLOT_NAMESPACE_COUNT };

/* The layers that are a slot's, where the policy does not leave one out; mounts are besides each box's own. */
#define SLOT_LAYERS                                                                                                    \
	(1u << SANDBOX_LAYER_USER_NS | 1u << SANDBOX_LAYER_NET_NS | 1u << SANDBOX_LAYER_UTS_NS |                        \
	 1u << SANDBOX_LAYER_MOUNT_NS)

/* Fills `namespaces`; those of layers left out stay as they are. What was opened before a failure is the caller's. */
int founder_make(const struct sandbox *sandbox, const struct identity *identity, unsigned int layers,
		 int namespaces[SLOT_NAMESPACE_COUNT], struct error **err);

#endif
