/* Writes to descriptor argv[1] without end; in packets of a byte each where there is an argv[2]. */
#include "attack.h"

#include <fcntl.h>

int main(int argc, char **argv)
{
	static char piece[1 << 16];
	int fd = argc > 1 ? atoi(argv[1]) : 1;

	memset(piece, 'x', sizeof piece);
	if (argc > 2)
		fcntl(fd, F_SETFL, O_WRONLY | O_DIRECT); /* of a pipe: what is written together is read by itself */
	while (write(fd, piece, argc > 2 ? 1 : sizeof piece) > 0)
		continue;
	return 0;
}
