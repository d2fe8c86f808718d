/*
 * The order: which program a box is for. It comes after the box was set up, so
 * it cannot be in the memory that the child copied. Words are in memory that
 * both share, at one address, from before the child's birth; descriptors come
 * with a message over the control socket. Before the order comes a message of
 * the same kind with the control groups, which are made while init sets up.
 *
 *   parent   order_make … order_send_groups, order_write, order_send … order_free
 *   child    order_await (groups), order_await (streams); then the words may be read
 */
#ifndef ASSAY_SANDBOX_ORDER_H
#define ASSAY_SANDBOX_ORDER_H

#include "cgroup.h"
#include "sandbox.h"

/* Numbers that a program's streams can have are below this; a box's own descriptors are not. */
#define ORDER_STREAMS 64
/* The kernel takes no more for arguments and environment together than this (execve(2), since Linux 4.13). */
#define ORDER_WORDS (6u << 20)

struct order {
	const char *const *argv;
	const char *const *environment;
	const char *folder;
	/* the descriptors that came with the message, in this order, are to have these numbers */
	int numbers[ORDER_STREAMS];
	size_t count;
	size_t used;
	char words[ORDER_WORDS] __attribute__((aligned(16))); /* takes memory only where it is written */
};

struct order *order_make(struct error **err);
void order_free(struct order *order); /* NULL is fine */
int order_write(struct order *order, const struct sandbox_command *command, struct error **err);
/* Both: 0, or -1 where nobody is left to take it. */
int order_send_groups(int control, const struct cgroup *group);
int order_send(int control, const struct order *order, const int descriptors[ORDER_STREAMS]);
/* Waits. The unused descriptors are -1. 0, or -1 where the parent has gone. */
int order_await(int control, int descriptors[ORDER_STREAMS]);

#endif
