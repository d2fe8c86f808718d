/* As fork_bomb with vfork, whose child runs on the parent's stack: each child makes the next. */
#include "attack.h"

static volatile int depth, refused; /* everybody's, since nobody has memory of his own */

static void deeper(void)
{
	if (refused)
		held();
	if (++depth > 100000)
		breach("nothing stopped the forks");
	if (vfork() < 0) {
		refused = 1;
		held();
	}
	deeper();
}

int main(void)
{
	deeper();
}
