#include "surroundings.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <glob.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <mntent.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define SMALL_FILE (1u << 20)

/* ---- files ---------------------------------------------------------------- */

/* Empty where the file cannot be read. */
static void read_small(const char *path, struct buffer *out)
{
	cleanup_error struct error *ignored = NULL;

	if (file_read(AT_FDCWD, path, SMALL_FILE, out, &ignored) < 0)
		out->length = 0;
	buffer_add(out, "", 1); /* after what was read, so that a file of /proc with NULs ends with one more */
	out->length--;
}

static bool file_holds(const char *path, const char *part)
{
	cleanup_buffer struct buffer text = {0};

	read_small(path, &text);
	return strstr(buffer_text(&text), part) != NULL;
}

long surroundings_setting(const char *name, long missing)
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

/* A field of /proc/self/status, 0 where there is none. */
static unsigned long long status_field(const char *name, int base)
{
	cleanup_buffer struct buffer status = {0};
	cleanup_free char *key = text_format("\n%s:\t", name);
	const char *at;

	read_small("/proc/self/status", &status);
	at = strstr(buffer_text(&status), key);
	return at ? strtoull(at + strlen(key), NULL, base) : 0;
}

/* Calls `look` with each mount that this program sees, until it returns true. */
static bool any_mount(bool (*look)(const struct mntent *mount, void *context), void *context)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	const struct mntent *mount;
	bool found = false;

	while (mounts && !found && (mount = getmntent(mounts)))
		found = look(mount, context);
	if (mounts)
		endmntent(mounts);
	return found;
}

/* ---- containers -------------------------------------------------------------- */

static const struct {
	const char *mark; /* a file */
	const char *word; /* of $container, or of what systemd wrote down */
	enum container kind;
} marks[] = {
	/* Kubernetes first: its containers may have another manager's marks besides */
	{"/var/run/secrets/kubernetes.io", "kubernetes", CONTAINER_KUBERNETES},
	{"/run/.containerenv", "podman", CONTAINER_PODMAN},
	{"/.dockerenv", "docker", CONTAINER_DOCKER},
	{"/dev/.lxc", "lxc", CONTAINER_LXC},
	{NULL, "systemd-nspawn", CONTAINER_NSPAWN},
};

/* The variable `container` of process 1, by which managers say what they are; only root can read it. */
static char *container_of_first_process(void)
{
	cleanup_buffer struct buffer environment = {0};
	size_t length;

	read_small("/proc/1/environ", &environment);
	for (size_t at = 0; at < environment.length; at += length + 1) {
		const char *variable = buffer_text(&environment) + at;

		length = strlen(variable);
		if (strncmp(variable, "container=", strlen("container=")) == 0)
			return text_copy(variable + strlen("container="));
	}
	return NULL;
}

static char *container_word(void)
{
	static const char *const places[] = {"/run/host/container-manager", "/run/systemd/container"};
	const char *own = getenv("container");

	if (own && *own)
		return text_copy(own);
	for (size_t i = 0; i < ARRAY_LENGTH(places); i++) {
		cleanup_buffer struct buffer text = {0};

		read_small(places[i], &text);
		if (text.length > 0)
			return text_copy_n(buffer_text(&text), strcspn(buffer_text(&text), "\n"));
	}
	return container_of_first_process();
}

/* Images of containers are started as whole machines too, with the marks still in them. */
static bool has_namespaces_of_the_machine(void)
{
	static const struct {
		const char *path;
		ino_t machines; /* the kernel's ABI */
	} namespaces[] = {
		{"/proc/self/ns/ipc", 0xefffffff},
		{"/proc/self/ns/uts", 0xeffffffe},
		{"/proc/self/ns/pid", 0xeffffffc},
	};
	struct stat seen;

	for (size_t i = 0; i < ARRAY_LENGTH(namespaces); i++)
		if (stat(namespaces[i].path, &seen) < 0 || seen.st_ino != namespaces[i].machines)
			return false;
	return true;
}

enum container surroundings_container(void)
{
	cleanup_free char *word = NULL;

	if (has_namespaces_of_the_machine())
		return CONTAINER_NONE;
	word = container_word();
	for (size_t i = 0; i < ARRAY_LENGTH(marks); i++)
		if (word ? strcmp(word, marks[i].word) == 0 : marks[i].mark && file_exists(marks[i].mark))
			return marks[i].kind;
	return word ? CONTAINER_OTHER : CONTAINER_NONE;
}

/* ---- /proc and the root -------------------------------------------------------- */

bool surroundings_has_proc(void)
{
	struct statfs status;

	return statfs("/proc", &status) == 0 && status.f_type == PROC_SUPER_MAGIC;
}

static bool covers_proc(const struct mntent *mount, void *context)
{
	(void)context;
	/* binfmt_misc is mounted on a folder that can never hold anything, which the kernel does not mind */
	return strncmp(mount->mnt_dir, "/proc/", 6) == 0 &&
	       strncmp(mount->mnt_dir, "/proc/sys/fs/binfmt_misc", strlen("/proc/sys/fs/binfmt_misc")) != 0;
}

bool surroundings_covers_proc(void)
{
	return any_mount(covers_proc, NULL);
}

static bool is_root_mount(const struct mntent *mount, void *context)
{
	(void)context;
	return strcmp(mount->mnt_dir, "/") == 0;
}

/* Entering a mount namespace, be it one's own, leads to its root. */
static bool has_root_elsewhere(void)
{
	cleanup_fd int namespace = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
	struct statx before = {0}, after = {0};
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		bool known = statx(AT_FDCWD, "/", 0, STATX_INO | STATX_MNT_ID, &before) == 0 &&
			     setns(namespace, CLONE_NEWNS) == 0 &&
			     statx(AT_FDCWD, "/", 0, STATX_INO | STATX_MNT_ID, &after) == 0;

		_exit(known && (before.stx_mnt_id != after.stx_mnt_id || before.stx_ino != after.stx_ino));
	}
	return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

bool surroundings_is_chroot(void)
{
	/* mounts above the root are not listed, so a folder that was made the root leaves the list without one */
	return (surroundings_has_proc() && !any_mount(is_root_mount, NULL)) || has_root_elsewhere();
}

/* The last one mounted on the root is the one that counts. */
static bool note_root_kind(const struct mntent *mount, void *is_rootfs)
{
	if (strcmp(mount->mnt_dir, "/") == 0)
		*(bool *)is_rootfs = strcmp(mount->mnt_type, "rootfs") == 0;
	return false;
}

bool surroundings_is_initramfs(void)
{
	bool is_rootfs = false;

	any_mount(note_root_kind, &is_rootfs);
	return is_rootfs;
}

/* ---- what confines this program ---------------------------------------------- */

bool surroundings_is_filtered(void)
{
	return status_field("Seccomp", 10) == 2;
}

bool surroundings_is_apparmor_confined(void)
{
	return file_holds("/proc/self/attr/current", "(enforce)");
}

bool surroundings_is_selinux_container(void)
{
	return file_holds("/proc/self/attr/current", ":container_t:");
}

bool surroundings_has_apparmor_restriction(void)
{
	return surroundings_setting("kernel/apparmor_restrict_unprivileged_userns", 0) == 1;
}

bool surroundings_may_administer(void)
{
	return status_field("CapEff", 16) & UINT64_C(1) << CAP_SYS_ADMIN;
}

/* ---- control groups ------------------------------------------------------------ */

struct seen_cgroups {
	unsigned int mounted[2], writable[2]; /* of version 1, of version 2 */
};

static bool note_cgroup(const struct mntent *mount, void *context)
{
	struct seen_cgroups *seen = context;
	bool version_2 = strcmp(mount->mnt_type, "cgroup2") == 0;

	/* systemd's own hierarchy of version 1 has a name and no controllers */
	if (!version_2 && (strcmp(mount->mnt_type, "cgroup") != 0 || hasmntopt(mount, "name")))
		return false;
	seen->mounted[version_2]++;
	seen->writable[version_2] += !hasmntopt(mount, "ro");
	return false;
}

struct cgroup_mounts surroundings_cgroups(void)
{
	struct seen_cgroups seen = {0};
	struct cgroup_mounts mounts;

	any_mount(note_cgroup, &seen);
	mounts = (struct cgroup_mounts){.version_1 = seen.mounted[0] > 0, .version_2 = seen.mounted[1] > 0};
	mounts.read_only = mounts.version_1 ? seen.writable[0] == 0 : mounts.version_2 && seen.writable[1] == 0;
	return mounts;
}

bool surroundings_has_memory_disabled(void)
{
	cleanup_buffer struct buffer line = {0};
	const char *at;

	read_small("/proc/cmdline", &line);
	at = strstr(buffer_text(&line), "cgroup_disable=");
	if (at) {
		cleanup_free char *names = text_copy_n(at, strcspn(at, " \n"));

		return strstr(names, "memory") != NULL;
	}
	return false;
}

bool surroundings_has_systemd(void)
{
	return file_is_folder("/run/systemd/system");
}

bool surroundings_has_user_manager(void)
{
	cleanup_free char *place = text_format("/run/user/%u/systemd", geteuid());

	return file_is_folder(place);
}

bool surroundings_has_uncounted_swap(void)
{
	static const char *const counts[] = {
		"/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes",
		"/sys/fs/cgroup/*/memory.swap.max",
		"/sys/fs/cgroup/*/*/memory.swap.max",
	};

	if (!file_holds("/proc/swaps", "\n/"))
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(counts); i++) {
		glob_t found = {0};
		bool counted = glob(counts[i], 0, NULL, &found) == 0;

		globfree(&found);
		if (counted)
			return false;
	}
	return true;
}
