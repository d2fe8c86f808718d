/* Folders in folders, deeper than any path can say, and left so for who cleans up. */
#include "attack.h"

#include <sys/stat.h>

int main(void)
{
	for (int depth = 0; depth < 100000; depth++)
		if (mkdir("deeper", 0700) < 0 || chdir("deeper") < 0)
			held_by("%d deep: %s", depth, strerror(errno));
	breach("a hundred thousand folders were had");
}
