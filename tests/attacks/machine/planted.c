/* What setuid_gain runs: says who it is, and what it may. */
#include "attack.h"

#include <linux/capability.h>
#include <sys/syscall.h>

/* Where there is no /proc. */
static int has_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data) < 0)
		breach("capget: %s", strerror(errno));
	return data[0].effective || data[1].effective;
}

int main(void)
{
	char line[256];
	FILE *status = fopen("/proc/self/status", "r");

	if (getuid() != 1000 || geteuid() != 1000 || getegid() != 1000)
		breach("the user became %d, %d, group %d", getuid(), geteuid(), getegid());
	while (status && fgets(line, sizeof line, status))
		if (strncmp(line, "CapEff:", 7) == 0 && strtoull(line + 7, NULL, 16) != 0)
			breach("capabilities: %s", line + 7);
	if (!status && has_capabilities())
		breach("there are capabilities");
	held();
}
