#include "mounts.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

int mounts_tmpfs(const char *size, const char *inodes)
{
	int context = fsopen("tmpfs", FSOPEN_CLOEXEC), mounted = -1;

	if (context < 0)
		return -1;
	if (fsconfig(context, FSCONFIG_SET_STRING, "size", size, 0) == 0 &&
	    fsconfig(context, FSCONFIG_SET_STRING, "nr_inodes", inodes, 0) == 0 &&
	    fsconfig(context, FSCONFIG_SET_STRING, "mode", "0755", 0) == 0 &&
	    fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
		mounted = fsmount(context, FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
	close(context);
	return mounted;
}

int mounts_proc(void)
{
	int context = fsopen("proc", FSOPEN_CLOEXEC), mounted = -1;

	if (context < 0)
		return -1;
	if (fsconfig(context, FSCONFIG_SET_STRING, "subset", "pid", 0) == 0 &&
	    fsconfig(context, FSCONFIG_SET_STRING, "hidepid", "ptraceable", 0) == 0 &&
	    fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
		mounted = fsmount(context, FSMOUNT_CLOEXEC,
				  MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
	close(context);
	return mounted;
}

int mounts_attach(int mount, const char *target)
{
	return move_mount(mount, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH);
}
