#include "order.h"

#include "message.h"

#include "base/memory.h"

#include <errno.h>
#include <stdalign.h>
#include <string.h>
#include <sys/mman.h>

struct order *order_make(struct error **err)
{
	struct order *order =
		mmap(NULL, sizeof *order, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (order == MAP_FAILED) {
		error_set_errno(err, ERROR_SANDBOX, "memory for the order");
		return NULL;
	}
	return order;
}

void order_free(struct order *order)
{
	if (order)
		munmap(order, sizeof *order);
}

/* A piece of the words, NULL where they are full. */
static void *take_room(struct order *order, size_t length)
{
	size_t from = (order->used + alignof(char *) - 1) / alignof(char *) * alignof(char *);

	if (length > sizeof order->words - from)
		return NULL;
	order->used = from + length;
	return order->words + from;
}

static const char *write_word(struct order *order, const char *word)
{
	size_t length = strlen(word) + 1;
	char *room = take_room(order, length);

	return room ? memcpy(room, word, length) : NULL;
}

static const char *const *write_list(struct order *order, const char *const *list)
{
	const char **written;
	size_t count = 0;

	while (list[count])
		count++;
	written = take_room(order, (count + 1) * sizeof *written);
	if (!written)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		written[i] = write_word(order, list[i]);
		if (!written[i])
			return NULL;
	}
	written[count] = NULL;
	return written;
}

int order_write(struct order *order, const struct sandbox_command *command, struct error **err)
{
	order->used = order->count = 0;
	order->argv = write_list(order, command->argv);
	order->environment = order->argv ? write_list(order, command->environment) : NULL;
	order->folder = order->environment ? write_word(order, command->folder ? command->folder : "/tmp") : NULL;
	if (order->folder)
		return 0;
	errno = E2BIG;
	return error_set_errno(err, ERROR_SANDBOX, "arguments and environment of %s", command->argv[0]);
}

int order_send_groups(int control, const struct cgroup *group)
{
	char join = 'j';

	return message_send(control, &join, sizeof join, group->joins, group->join_count);
}

int order_send(int control, const struct order *order, const int descriptors[ORDER_STREAMS])
{
	char go = 'g';

	return message_send(control, &go, sizeof go, descriptors, order->count);
}

int order_await(int control, int descriptors[ORDER_STREAMS])
{
	char word;

	return message_receive(control, &word, sizeof word, descriptors, ORDER_STREAMS, MESSAGE_WAIT) == sizeof word ? 0 : -1;
}
