/* Writes to descriptor argv[1] without end. */
#include "attack.h"

int main(int argc, char **argv)
{
	static char piece[1 << 16];
	int fd = argc > 1 ? atoi(argv[1]) : 1;

	memset(piece, 'x', sizeof piece);
	while (write(fd, piece, sizeof piece) > 0)
		continue;
	return 0;
}
