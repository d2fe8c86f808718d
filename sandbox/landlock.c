#include "landlock.h"

#include "kernel.h"

#include <errno.h>
#include <stdint.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights that mean something for a file itself; the kernel refuses the others on one. */
#define FILE_RIGHTS                                                                                                    \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |                   \
	 LANDLOCK_ACCESS_FS_TRUNCATE | LANDLOCK_ACCESS_FS_IOCTL_DEV)
#define READ_RIGHTS (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
/* Devices, pipes with a name and sockets are nobody's business, even in the scratch folder. */
#define NEVER_RIGHTS                                                                                                   \
	(LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |                 \
	 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_IOCTL_DEV)

int landlock_probe(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	return abi > 0 ? (int)abi : 0;
}

static uint64_t file_rights(int abi)
{
	uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

	if (abi >= 2)
		rights |= LANDLOCK_ACCESS_FS_REFER;
	if (abi >= 3)
		rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
	if (abi >= 5)
		rights |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
	return rights;
}

int landlock_begin(int abi)
{
	struct landlock_ruleset ruleset = {.handled_access_fs = file_rights(abi)};

	if (abi >= 4)
		ruleset.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP;
	if (abi >= 6)
		ruleset.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
	return (int)syscall(SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
}

int landlock_allow(int abi, int ruleset, int place, bool folder, enum landlock_access access)
{
	struct landlock_path_beneath_attr rule = {.parent_fd = place};

	switch (access) {
	case LANDLOCK_READ:
		rule.allowed_access = READ_RIGHTS;
		break;
	case LANDLOCK_WRITE:
		rule.allowed_access = file_rights(abi) & ~(NEVER_RIGHTS | LANDLOCK_ACCESS_FS_EXECUTE);
		break;
	case LANDLOCK_WRITE_EXEC:
		rule.allowed_access = file_rights(abi) & ~NEVER_RIGHTS;
		break;
	}
	if (!folder)
		rule.allowed_access &= FILE_RIGHTS;
	return (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

int landlock_confine(int ruleset)
{
	return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}
