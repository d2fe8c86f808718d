/* The words for the enums, as they stand in reports. */
#include "sandbox.h"

#include "base/memory.h"

#include <assert.h>

static const char *const limit_names[] = {
	[SANDBOX_LIMIT_NONE] = "none",
	[SANDBOX_LIMIT_WALL] = "wall",
	[SANDBOX_LIMIT_CPU] = "cpu",
	[SANDBOX_LIMIT_MEMORY] = "memory",
	[SANDBOX_LIMIT_PROCESSES] = "processes",
	[SANDBOX_LIMIT_OUTPUT] = "output",
	[SANDBOX_LIMIT_FILE_SIZE] = "file-size",
	[SANDBOX_LIMIT_DISK] = "disk",
	[SANDBOX_LIMIT_INODES] = "inodes",
	[SANDBOX_LIMIT_DESCRIPTORS] = "descriptors",
};
static_assert(ARRAY_LENGTH(limit_names) == SANDBOX_LIMIT_COUNT, "a name for each limit");

static const char *const layer_names[] = {
	[SANDBOX_LAYER_USER_NS] = "user-namespace",
	[SANDBOX_LAYER_MOUNT_NS] = "mount-namespace",
	[SANDBOX_LAYER_PID_NS] = "pid-namespace",
	[SANDBOX_LAYER_NET_NS] = "net-namespace",
	[SANDBOX_LAYER_IPC_NS] = "ipc-namespace",
	[SANDBOX_LAYER_UTS_NS] = "uts-namespace",
	[SANDBOX_LAYER_CGROUP_NS] = "cgroup-namespace",
	[SANDBOX_LAYER_UNPRIVILEGED_UID] = "unprivileged-uid",
	[SANDBOX_LAYER_NO_NEW_PRIVS] = "no-new-privileges",
	[SANDBOX_LAYER_NO_CAPABILITIES] = "no-capabilities",
	[SANDBOX_LAYER_SECCOMP] = "seccomp",
	[SANDBOX_LAYER_LANDLOCK] = "landlock",
	[SANDBOX_LAYER_RLIMITS] = "rlimits",
	[SANDBOX_LAYER_CGROUP_MEMORY] = "cgroup-memory",
	[SANDBOX_LAYER_CGROUP_PIDS] = "cgroup-pids",
	[SANDBOX_LAYER_CGROUP_CPU] = "cgroup-cpu",
	[SANDBOX_LAYER_CGROUP_KILL] = "cgroup-kill",
};
static_assert(ARRAY_LENGTH(layer_names) == SANDBOX_LAYER_COUNT, "a name for each layer");

static const char *const profile_names[] = {
	[SANDBOX_COMPILE] = "compile",
	[SANDBOX_RUN] = "run",
};
static_assert(ARRAY_LENGTH(profile_names) == SANDBOX_PROFILE_COUNT, "a name for each profile");

const char *sandbox_limit_name(enum sandbox_limit limit)
{
	return limit_names[limit];
}

const char *sandbox_layer_name(enum sandbox_layer layer)
{
	return layer_names[layer];
}

const char *sandbox_profile_name(enum sandbox_profile profile)
{
	return profile_names[profile];
}

/* A compiler of a small crate needs about 200 MiB and a second; a linker more files than a test. */
static const struct sandbox_limits default_limits[] = {
	[SANDBOX_COMPILE] = {
		.wall_ms = 60000, .cpu_ms = 60000, .memory_kib = 2048 * 1024, .processes = 128, .open_files = 1024,
		.file_kib = 512 * 1024, .disk_kib = 1024 * 1024, .disk_inodes = 16384, .stack_kib = 65536, .output_kib = 16384,
	},
	[SANDBOX_RUN] = {
		.wall_ms = 10000, .cpu_ms = 10000, .memory_kib = 512 * 1024, .processes = 64, .open_files = 64,
		.file_kib = 16384, .disk_kib = 65536, .disk_inodes = 1024, .stack_kib = 8192, .output_kib = 1024,
	},
};
static_assert(ARRAY_LENGTH(default_limits) == SANDBOX_PROFILE_COUNT, "limits for each profile");

struct sandbox_limits sandbox_default_limits(enum sandbox_profile profile)
{
	return default_limits[profile];
}
