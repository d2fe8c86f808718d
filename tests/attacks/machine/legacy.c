/* Looks for what an earlier run of itself has left where no file is, and leaves the same again: argv[1] says what. */
#include "attack.h"

#include <stddef.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#define KEY_OF_BOX 0x61737363
#define NAME "assay-legacy"
#define USERS_KEYRING -4L

static int leave_memory(void)
{
	return shmget(KEY_OF_BOX, 4096, IPC_CREAT | IPC_EXCL | 0666);
}

static int leave_queue(void)
{
	return msgget(KEY_OF_BOX, IPC_CREAT | IPC_EXCL | 0666);
}

static int leave_semaphores(void)
{
	return semget(KEY_OF_BOX, 1, IPC_CREAT | IPC_EXCL | 0666);
}

static int leave_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "\0" NAME};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, offsetof(struct sockaddr_un, sun_path) + sizeof NAME) < 0 ||
	    listen(fd, 4) < 0)
		return -1;
	return fd;
}

/* In a message that only its own receiver could take, which is in the message too. */
static int leave_socket_in_cycle(void)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(3 * sizeof(int))];
	} control = {
		.header = {.cmsg_len = CMSG_LEN(3 * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
	struct iovec byte = {.iov_base = "x", .iov_len = 1};
	struct msghdr message = {
		.msg_iov = &byte, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
	int sent[3] = {leave_socket()};

	if (sent[0] < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, sent + 1) < 0)
		return -1;
	memcpy(CMSG_DATA(&control.header), sent, sizeof sent);
	return sendmsg(sent[1], &message, 0) < 0 ? -1 : 0;
}

static int leave_key(void)
{
	if (syscall(SYS_keyctl, 10 /* SEARCH */, USERS_KEYRING, "user", NAME, 0L) >= 0) {
		errno = EEXIST;
		return -1;
	}
	return syscall(SYS_add_key, "user", NAME, "secret", 6L, USERS_KEYRING) < 0 ? -1 : 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *what;
		int (*leave)(void);
	} ways[] = {
		{"shm", leave_memory},
		{"msg", leave_queue},
		{"sem", leave_semaphores},
		{"abstract", leave_socket},
		{"cycle", leave_socket_in_cycle},
		{"key", leave_key},
	};
	char network[64] = "";

	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (argc < 2 || strcmp(argv[1], ways[i].what) != 0)
			continue;
		if (ways[i].leave() < 0) {
			if (errno == EEXIST || errno == EADDRINUSE)
				breach("%s: there was one already", argv[1]);
			held_by("%s: %s", argv[1], strerror(errno));
		}
		/* for who wants to know whether it was the same slot */
		if (readlink("/proc/self/ns/net", network, sizeof network - 1) < 0)
			held();
		held_by("left in %s", network);
	}
	breach("no such thing");
}
