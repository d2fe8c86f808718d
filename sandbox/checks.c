/*
 * What the machine offers (assay doctor). Each layer is tried for real, in a
 * child process that does nothing else, rather than concluded from settings;
 * settings are read only to say why something was refused.
 */
#include "box.h"

#include "landlock.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#define LANDLOCK_ABI_OF_SCOPES 6

struct check_list {
	struct sandbox_check *checks;
	size_t count;
};

/* Takes over `found`. */
static void add(struct check_list *list, const char *name, enum sandbox_check_state state, char *found,
		const char *remedy)
{
	*ARRAY_ADD(list->checks, list->count) =
		(struct sandbox_check){.name = name, .state = state, .found = found, .remedy = text_copy(remedy)};
}

/* A setting's number, or `missing` where the kernel has no such setting. */
static long setting(const char *name, long missing)
{
	cleanup_free char *path = text_format("/proc/sys/%s", name);
	FILE *file = fopen(path, "re");
	long value = missing;

	if (file && fscanf(file, "%ld", &value) != 1)
		value = missing;
	if (file)
		fclose(file);
	return value;
}

/* The kernel's answer to unshare(first), then unshare(second), in a child: 0 or an errno. */
static int try_namespaces(int first, int second)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		if (unshare(first) < 0 || (second && unshare(second) < 0))
			_exit(errno & 0xff);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return EAGAIN;
	return WEXITSTATUS(status);
}

/* Inside a chroot the kernel makes no user namespace, even for root. */
static bool is_chroot(void)
{
	struct stat ours, inits;

	return stat("/", &ours) == 0 && stat("/proc/1/root/.", &inits) == 0 &&
	       (ours.st_dev != inits.st_dev || ours.st_ino != inits.st_ino);
}

static const char *why_no_user_namespaces(int error)
{
	if (setting("user/max_user_namespaces", 1) == 0 || error == ENOSPC)
		return "sysctl -w user.max_user_namespaces=15000";
	if (geteuid() != 0 && setting("kernel/unprivileged_userns_clone", 1) == 0)
		return "sysctl -w kernel.unprivileged_userns_clone=1";
	if (is_chroot())
		return "this is a chroot, where the kernel makes no user namespaces: enter the root by pivot_root "
		       "(unshare --mount, systemd-nspawn) instead";
	if (file_exists("/.dockerenv") || file_exists("/run/.containerenv"))
		return "the container forbids them: docker run --security-opt seccomp=unconfined "
		       "--security-opt apparmor=unconfined --security-opt systempaths=unconfined";
	return "allow user namespaces (sysctl user.max_user_namespaces, a security module or the container manager "
	       "forbids them)";
}

static void check_kernel(struct check_list *list)
{
	struct utsname host;
	unsigned int major = 0, minor = 0;
	bool enough;

	uname(&host);
	enough = sscanf(host.release, "%u.%u", &major, &minor) == 2 && (major > 5 || (major == 5 && minor >= 12));
	add(list, "kernel", enough ? SANDBOX_CHECK_OK : SANDBOX_CHECK_MISSING, text_format("Linux %s", host.release),
	    enough ? NULL : "Linux 5.12 or later is needed");
}

static bool check_user_namespaces(struct check_list *list)
{
	int error = try_namespaces(CLONE_NEWUSER, 0);

	if (error) {
		add(list, "user namespaces", SANDBOX_CHECK_MISSING, text_format("refused: %s", strerror(error)),
		    why_no_user_namespaces(error));
		return false;
	}
	/* Ubuntu 24.04: they are made, and are without rights */
	if (geteuid() != 0 && setting("kernel/apparmor_restrict_unprivileged_userns", 0) == 1 &&
	    try_namespaces(CLONE_NEWUSER, CLONE_NEWNS) != 0) {
		add(list, "user namespaces", SANDBOX_CHECK_MISSING, text_copy("AppArmor takes their rights away"),
		    "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile with `userns,` for "
		    "this program");
		return false;
	}
	add(list, "user namespaces", SANDBOX_CHECK_OK, text_copy("can be made"), NULL);
	return true;
}

static void check_other_namespaces(struct check_list *list)
{
	static const struct {
		const char *name;
		int flag;
	} rows[] = {
		{"mount namespaces", CLONE_NEWNS},     {"PID namespaces", CLONE_NEWPID}, {"network namespaces", CLONE_NEWNET},
		{"IPC namespaces", CLONE_NEWIPC},      {"UTS namespaces", CLONE_NEWUTS},
		{"cgroup namespaces", CLONE_NEWCGROUP},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		int error = try_namespaces(CLONE_NEWUSER, rows[i].flag);

		add(list, rows[i].name, error ? SANDBOX_CHECK_MISSING : SANDBOX_CHECK_OK,
		    error ? text_format("refused: %s", strerror(error)) : text_copy("can be made"),
		    error ? "raise the limits in /proc/sys/user, or use a kernel that has them" : NULL);
	}
}

static void check_seccomp(struct check_list *list)
{
	uint32_t action = SECCOMP_RET_USER_NOTIF;
	bool notifies = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;

	add(list, "seccomp notification", notifies ? SANDBOX_CHECK_OK : SANDBOX_CHECK_MISSING,
	    notifies ? text_copy("the kernel has user notification") : text_format("refused: %s", strerror(errno)),
	    notifies ? NULL : "a kernel with CONFIG_SECCOMP_FILTER is needed, and a container manager that lets seccomp(2) be called");
}

static void check_landlock(struct check_list *list)
{
	int abi = landlock_probe();

	if (abi == 0)
		add(list, "Landlock", SANDBOX_CHECK_WEAKER, text_copy("not there, or off"),
		    "a kernel with CONFIG_SECURITY_LANDLOCK, started with lsm=landlock,… (the mount view holds without it)");
	else
		add(list, "Landlock", abi < LANDLOCK_ABI_OF_SCOPES ? SANDBOX_CHECK_WEAKER : SANDBOX_CHECK_OK,
		    text_format("ABI %d", abi),
		    abi < LANDLOCK_ABI_OF_SCOPES ? "Linux 6.12 or later confines signals and abstract sockets too" : NULL);
}

static void check_identity(struct check_list *list)
{
	struct identity_range range;

	identity_probe(&range);
	if (!range.own)
		add(list, "user ids for boxes", SANDBOX_CHECK_OK,
		    text_format("%u, from %u on, one a box", range.count, range.first_uid), NULL);
	else if (range.outside != 0)
		add(list, "user ids for boxes", SANDBOX_CHECK_WEAKER, text_format("the caller's own, %u", range.outside),
		    "started by root, each box gets an id of its own");
	else
		add(list, "user ids for boxes", SANDBOX_CHECK_MISSING, text_copy("this user namespace has a single id, root's outside too"),
		    "give it a range of ids (subuid), or start as an ordinary user");
}

static void check_cgroups(struct check_list *list)
{
	static const struct {
		const char *name;
		enum sandbox_layer layer;
		const char *without;
	} rows[] = {
		{"cgroup memory limit", SANDBOX_LAYER_CGROUP_MEMORY, "only RLIMIT_DATA of each process"},
		{"cgroup process limit", SANDBOX_LAYER_CGROUP_PIDS, "only RLIMIT_NPROC"},
		{"cgroup CPU time", SANDBOX_LAYER_CGROUP_CPU, "only RLIMIT_CPU of each process"},
		{"cgroup kill", SANDBOX_LAYER_CGROUP_KILL, "only the PID namespace, slow against a bomb"},
	};
	struct cgroup_host host;

	cgroup_probe(&host);
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		bool has = host.layers & 1u << rows[i].layer;

		add(list, rows[i].name, has ? SANDBOX_CHECK_OK : SANDBOX_CHECK_WEAKER,
		    has ? text_format("by cgroup %s", host.driver->name) : text_copy(rows[i].without),
		    has ? NULL : "start as root, or in a delegated group: systemd-run --user --scope -p Delegate=yes");
	}
	cgroup_release_host(&host);
}

/* All of it together, which is what counts. */
static void check_box(struct check_list *list)
{
	static const struct sandbox_mount mounts[] = {
		{"/usr", "/usr", false}, {"/bin", "/bin", true}, {"/lib", "/lib", true}, {"/lib64", "/lib64", true}};
	static const char *const argv[] = {"/bin/true", NULL}, *const environment[] = {NULL};
	const struct sandbox_policy policy = {
		.profile = SANDBOX_RUN,
		.limits = sandbox_default_limits(SANDBOX_RUN),
		.mounts = mounts,
		.mount_count = ARRAY_LENGTH(mounts),
		.require = SANDBOX_REQUIRE_DEFAULT,
	};
	struct sandbox_command command = {.argv = argv, .environment = environment};
	struct sandbox_outcome outcome;
	struct sandbox *sandbox = NULL;
	cleanup_error struct error *err = NULL;
	int64_t began = 0;
	int result = sandbox_open(&sandbox, &err);

	if (result == 0) {
		began = clock_us();
		result = sandbox_run(sandbox, &policy, &command, &outcome, &err);
	}
	if (result < 0)
		add(list, "a whole box", SANDBOX_CHECK_MISSING, text_copy(err->message), "see the lines above");
	else
		add(list, "a whole box", SANDBOX_CHECK_OK,
		    text_format("/bin/true ended with %d after %.1f ms", outcome.exit_code,
				(double)(clock_us() - began) / 1000.0),
		    NULL);
	sandbox_close(sandbox);
}

void sandbox_checks(struct sandbox_check **checks, size_t *count)
{
	struct check_list list = {0};

	check_kernel(&list);
	if (check_user_namespaces(&list))
		check_other_namespaces(&list);
	check_seccomp(&list);
	check_landlock(&list);
	check_identity(&list);
	check_cgroups(&list);
	check_box(&list);
	*checks = list.checks;
	*count = list.count;
}

void sandbox_checks_free(struct sandbox_check *checks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(checks[i].found);
		free(checks[i].remedy);
	}
	free(checks);
}
