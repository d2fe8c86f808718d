#include "message.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

int message_send(int control, const struct box_message *message, const int *passed, size_t passed_count)
{
	char space[CMSG_SPACE(BOX_PASSED_COUNT * sizeof(int))] __attribute__((aligned(8))) = {0};
	struct iovec bytes = {.iov_base = (void *)(uintptr_t)message, .iov_len = sizeof *message};
	struct msghdr header = {.msg_iov = &bytes, .msg_iovlen = 1};

	if (passed_count > 0) {
		struct cmsghdr *rights;

		header.msg_control = space;
		header.msg_controllen = CMSG_SPACE(passed_count * sizeof(int));
		rights = CMSG_FIRSTHDR(&header);
		rights->cmsg_level = SOL_SOCKET;
		rights->cmsg_type = SCM_RIGHTS;
		rights->cmsg_len = CMSG_LEN(passed_count * sizeof(int));
		memcpy(CMSG_DATA(rights), passed, passed_count * sizeof(int));
	}
	return sendmsg(control, &header, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

ssize_t message_receive(int control, struct box_message *message, int passed[BOX_PASSED_COUNT])
{
	char space[CMSG_SPACE(BOX_PASSED_COUNT * sizeof(int))] __attribute__((aligned(8)));
	struct iovec bytes = {.iov_base = message, .iov_len = sizeof *message};
	struct msghdr header = {
		.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
	ssize_t length = recvmsg(control, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	struct cmsghdr *rights;

	/* init ended without having read our word; what it said before is still there, behind this error */
	if (length < 0 && errno == ECONNRESET)
		length = recvmsg(control, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	rights = length > 0 ? CMSG_FIRSTHDR(&header) : NULL;
	for (int i = 0; i < BOX_PASSED_COUNT; i++)
		passed[i] = -1;
	if (rights && rights->cmsg_type == SCM_RIGHTS)
		memcpy(passed, CMSG_DATA(rights), rights->cmsg_len - CMSG_LEN(0));
	return length;
}
