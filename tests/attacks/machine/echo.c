/* No attack: input to standard output, "err" to standard error, "private" to descriptor 3 where there is one. */
#include "attack.h"

int main(int argc, char **argv)
{
	char piece[65536];
	ssize_t length;

	while ((length = read(0, piece, sizeof piece)) > 0)
		if (write(1, piece, (size_t)length) != length)
			return 9;
	if (write(2, "err", 3) != 3)
		return 9;
	if (write(3, "private", 7) < 0 && errno != EBADF)
		return 9;
	return argc > 1 ? atoi(argv[1]) : 0;
}
