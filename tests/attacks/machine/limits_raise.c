/* One's own limits, up. */
#include "attack.h"

#include <sys/resource.h>

int main(void)
{
	for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
		struct rlimit before, more;

		if (getrlimit(resource, &before) < 0 || before.rlim_max == RLIM_INFINITY)
			continue;
		more = (struct rlimit){before.rlim_cur, before.rlim_max + 1};
		if (setrlimit(resource, &more) == 0)
			breach("limit %d was raised", resource);
	}
	held_by("%s", strerror(EPERM));
}
