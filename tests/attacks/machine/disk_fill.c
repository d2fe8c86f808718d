/* Fills the scratch folder: with bytes in many files or with files ("inodes"). */
#include "attack.h"

#include <fcntl.h>

static void fill_bytes(void)
{
	static char piece[1 << 20];

	memset(piece, 1, sizeof piece);
	for (int i = 0; i < 1 << 14; i++) {
		char name[32];
		int fd;

		snprintf(name, sizeof name, "/tmp/%d", i);
		fd = open(name, O_CREAT | O_WRONLY, 0600);
		if (fd < 0 || write(fd, piece, sizeof piece) < 0) {
			if (errno == ENOSPC)
				held_by("%s", strerror(errno));
			breach("ended by %s", strerror(errno));
		}
		close(fd);
	}
	breach("16 GiB of disk were had");
}

static void fill_inodes(void)
{
	for (int i = 0; i < 1 << 22; i++) {
		char name[32];
		int fd;

		snprintf(name, sizeof name, "/tmp/%d", i);
		fd = open(name, O_CREAT | O_WRONLY, 0600);
		if (fd < 0) {
			if (errno == ENOSPC)
				held_by("%s", strerror(errno));
			breach("ended by %s", strerror(errno));
		}
		close(fd);
	}
	breach("four million files were had");
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "inodes") == 0)
		fill_inodes();
	fill_bytes();
}
