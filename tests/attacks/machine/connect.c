/* To somebody who listens on the host: "inet PORT", "abstract NAME" or "path NAME". */
#include "attack.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

static void try(int family, const void *address, socklen_t length)
{
	int fd = socket(family, SOCK_STREAM, 0);

	if (fd < 0)
		held_by("socket: %s", strerror(errno));
	if (connect(fd, address, length) < 0)
		held_by("connect: %s", strerror(errno));
	breach("connected");
}

int main(int argc, char **argv)
{
	struct sockaddr_in network = {.sin_family = AF_INET};
	struct sockaddr_un local = {.sun_family = AF_UNIX};

	if (argc != 3)
		breach("two arguments are needed");
	if (strcmp(argv[1], "inet") == 0) {
		network.sin_port = htons((in_port_t)atoi(argv[2]));
		network.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		try(AF_INET, &network, sizeof network);
	}
	if (strcmp(argv[1], "path") == 0) {
		snprintf(local.sun_path, sizeof local.sun_path, "%s", argv[2]);
		try(AF_UNIX, &local, sizeof local);
	}
	snprintf(local.sun_path + 1, sizeof local.sun_path - 1, "%s", argv[2]);
	try(AF_UNIX, &local, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(argv[2])));
}
