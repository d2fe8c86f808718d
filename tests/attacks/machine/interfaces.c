/* The machine's network interfaces, asked for by netlink. */
#include "attack.h"

#include <net/if.h>

int main(void)
{
	struct if_nameindex *all = if_nameindex();

	if (!all)
		held_by("netlink: %s", strerror(errno));
	for (; all->if_index; all++)
		if (strcmp(all->if_name, "lo") != 0 && !strstr(all->if_name, "0"))
			breach("there is %s", all->if_name);
	held();
}
