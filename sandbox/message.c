#include "message.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Room for a control message with descriptors. */
union rights {
	struct cmsghdr header;
	char space[CMSG_SPACE(MESSAGE_PASSED * sizeof(int))];
};

int message_send(int control, const void *bytes, size_t length, const int *passed, size_t passed_count)
{
	union rights rights = {.space = {0}};
	struct iovec piece = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = length};
	struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};

	if (passed_count > 0) {
		message.msg_control = &rights;
		message.msg_controllen = CMSG_SPACE(passed_count * sizeof(int));
		rights.header.cmsg_level = SOL_SOCKET;
		rights.header.cmsg_type = SCM_RIGHTS;
		rights.header.cmsg_len = CMSG_LEN(passed_count * sizeof(int));
		memcpy(CMSG_DATA(&rights.header), passed, passed_count * sizeof(int));
	}
	return sendmsg(control, &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

static void close_all(int *passed, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (passed[i] >= 0)
			close(passed[i]);
		passed[i] = -1;
	}
}

ssize_t message_receive(int control, void *bytes, size_t size, int *passed, size_t passed_count,
			enum message_patience patience)
{
	int flags = MSG_CMSG_CLOEXEC | (patience == MESSAGE_NOW ? MSG_DONTWAIT : 0);
	union rights rights;
	struct iovec piece = {.iov_base = bytes, .iov_len = size};
	struct msghdr message = {
		.msg_iov = &piece, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = sizeof rights};
	ssize_t length = recvmsg(control, &message, flags);
	struct cmsghdr *came;

	/* the other end went without having read our word; what it said before is still there, behind this error */
	if (length < 0 && errno == ECONNRESET)
		length = recvmsg(control, &message, flags);
	came = length > 0 ? CMSG_FIRSTHDR(&message) : NULL;
	for (size_t i = 0; i < passed_count; i++)
		passed[i] = -1;
	if (came && came->cmsg_type == SCM_RIGHTS && came->cmsg_len <= CMSG_LEN(passed_count * sizeof(int)))
		memcpy(passed, CMSG_DATA(came), came->cmsg_len - CMSG_LEN(0));
	if (length > 0 && message.msg_flags & MSG_CTRUNC) {
		/* what found no room in our table is gone, and the kernel says no more of it than this */
		close_all(passed, passed_count);
		errno = EMFILE;
		return -1;
	}
	return length;
}
