#include "view.h"

#include "mounts.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DEVICE_MODE 0644

/* ---- the plan (parent) ------------------------------------------------ */

/* "//usr/./lib/" becomes "/usr/lib"; NULL where it is relative, the root itself, or has "..". */
static char *normalise(const char *path)
{
	cleanup_buffer struct buffer out = {0};

	if (*path != '/')
		return NULL;
	while (*path) {
		size_t length;

		path += strspn(path, "/");
		length = strcspn(path, "/");
		if (length == 2 && strncmp(path, "..", 2) == 0)
			return NULL;
		if (length > 0 && !(length == 1 && *path == '.')) {
			buffer_add_char(&out, '/');
			buffer_add(&out, path, length);
		}
		path += length;
	}
	return out.length ? buffer_steal(&out) : NULL;
}

static void plan_folder(struct view *view, const char *path, size_t length)
{
	for (size_t i = 0; i < view->folder_count; i++)
		if (strlen(view->folders[i]) == length && strncmp(view->folders[i], path, length) == 0)
			return;
	*ARRAY_ADD(view->folders, view->folder_count) = text_copy_n(path, length);
}

static void plan_folders_above(struct view *view, const char *path)
{
	for (const char *at = path + 1; (at = strchr(at, '/')); at++)
		plan_folder(view, path, (size_t)(at - path));
}

static int plan_mount(struct view *view, const struct sandbox_mount *wanted, struct error **err)
{
	cleanup_free char *target = normalise(wanted->target);
	struct view_mount *mount;
	struct stat seen;

	if (!target)
		return error_set(err, ERROR_SANDBOX, "mount target %s: not an absolute path below /", wanted->target);
	if (*wanted->source != '/')
		return error_set(err, ERROR_SANDBOX, "mount source %s: not an absolute path", wanted->source);
	if (stat(wanted->source, &seen) < 0) {
		if (wanted->optional && (errno == ENOENT || errno == ENOTDIR))
			return 0;
		return error_set_errno(err, ERROR_SANDBOX, "mount source %s", wanted->source);
	}
	plan_folders_above(view, target);
	if (S_ISDIR(seen.st_mode))
		plan_folder(view, target, strlen(target));
	mount = ARRAY_ADD(view->mounts, view->mount_count);
	*mount = (struct view_mount){
		.source = text_copy(wanted->source),
		.target = STEAL(target),
		.folder = S_ISDIR(seen.st_mode),
		.device_id = seen.st_dev,
		.inode = seen.st_ino,
		.tree = -1,
	};
	return 0;
}

static void plan_devices(struct view *view)
{
	static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/urandom"};

	plan_folder(view, "/dev", 4);
	for (size_t i = 0; i < ARRAY_LENGTH(devices); i++)
		*ARRAY_ADD(view->mounts, view->mount_count) = (struct view_mount){
			.source = text_copy(devices[i]),
			.target = text_copy(devices[i]),
			.device = true,
			.tree = -1,
		};
}

int view_prepare(struct view *view, const struct sandbox_policy *policy, struct error **err)
{
	*view = (struct view){
		.proc = policy->profile == SANDBOX_COMPILE,
		.exec_scratch = policy->profile == SANDBOX_COMPILE,
		.root = -1,
		.proc_tree = -1,
		.scratch = -1,
	};
	plan_folder(view, "/tmp", 4);
	plan_devices(view);
	if (view->proc)
		plan_folder(view, "/proc", 5);
	for (size_t i = 0; i < policy->mount_count; i++)
		if (plan_mount(view, &policy->mounts[i], err) < 0)
			return -1;
	snprintf(view->size, sizeof view->size, "%uk", policy->limits.disk_kib);
	/* the view's own folders and mount points are not the program's to pay for */
	snprintf(view->inodes, sizeof view->inodes, "%zu",
		 policy->limits.disk_inodes + view->folder_count + view->mount_count + 1);
	/* taken here where the caller may (root); what is refused, the child tries again */
	view_take_trees(view);
	view->failed_mount = view->mount_count;
	return 0;
}

void view_let_go(struct view *view)
{
	for (size_t i = 0; i < view->mount_count; i++) {
		if (view->mounts[i].tree >= 0)
			close(view->mounts[i].tree);
		view->mounts[i].tree = -1;
	}
}

void view_release(struct view *view)
{
	view_let_go(view);
	for (size_t i = 0; i < view->mount_count; i++) {
		free(view->mounts[i].source);
		free(view->mounts[i].target);
	}
	for (size_t i = 0; i < view->folder_count; i++)
		free(view->folders[i]);
	free(view->mounts);
	free(view->folders);
	*view = (struct view){0};
}

/* ---- carried out (child) ---------------------------------------------- */

static int take_tree(struct view_mount *mount)
{
	struct mount_attr attributes = {
		.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | (mount->device ? MOUNT_ATTR_NOEXEC : MOUNT_ATTR_NODEV),
		.propagation = MS_PRIVATE,
	};
	int tree = open_tree(AT_FDCWD, mount->source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
	struct stat seen;

	if (tree < 0)
		return -1;
	/* a slot's copy of the host's mounts may be older than what the caller sees */
	if (!mount->device && (fstat(tree, &seen) < 0 || seen.st_dev != mount->device_id || seen.st_ino != mount->inode)) {
		close(tree);
		errno = ESTALE;
		return -1;
	}
	if (mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes) < 0) {
		close(tree);
		return -1;
	}
	mount->tree = tree;
	return 0;
}

bool view_has_trees(const struct view *view)
{
	for (size_t i = 0; i < view->mount_count; i++)
		if (view->mounts[i].tree < 0)
			return false;
	return true;
}

int view_take_trees(struct view *view)
{
	for (size_t i = 0; i < view->mount_count; i++) {
		if (view->mounts[i].tree >= 0 || take_tree(&view->mounts[i]) == 0)
			continue;
		view->failed_mount = i;
		return -1;
	}
	return 0;
}

int view_make_root(struct view *view)
{
	view->root = mounts_tmpfs(view->size, view->inodes);
	if (view->root < 0)
		return -1;
	if (view->proc) {
		/* while the slot's is still in sight */
		view->proc_tree = mounts_proc();
		if (view->proc_tree < 0)
			return -1;
	}
	return 0;
}

int view_enter_root(struct view *view)
{
	if (mounts_attach(view->root, "/") < 0 || fchdir(view->root) < 0)
		return -1;
	return chroot(".");
}

/* /tmp is the tmpfs once more, as a mount of its own that stays writable. */
static int attach_scratch(struct view *view)
{
	struct mount_attr attributes = {.attr_set = view->exec_scratch ? 0 : MOUNT_ATTR_NOEXEC};

	view->scratch = open_tree(AT_FDCWD, "/tmp", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	if (view->scratch < 0)
		return -1;
	if (!view->exec_scratch &&
	    mount_setattr(view->scratch, "", AT_EMPTY_PATH, &attributes, sizeof attributes) < 0)
		return -1;
	return mounts_attach(view->scratch, "/tmp");
}

static int make_folders(const struct view *view)
{
	for (size_t i = 0; i < view->folder_count; i++) {
		const char *path = view->folders[i];

		if (mkdir(path, strcmp(path, "/tmp") == 0 ? 0700 : 0755) < 0 && errno != EEXIST)
			return -1;
	}
	return 0;
}

static int attach_mounts(struct view *view)
{
	for (size_t i = 0; i < view->mount_count; i++) {
		const struct view_mount *mount = &view->mounts[i];

		view->failed_mount = i;
		if (!mount->folder && mknod(mount->target, S_IFREG | DEVICE_MODE, 0) < 0 && errno != EEXIST)
			return -1;
		if (mounts_attach(mount->tree, mount->target) < 0)
			return -1;
	}
	view->failed_mount = view->mount_count;
	return 0;
}

int view_populate(struct view *view)
{
	struct mount_attr read_only = {.attr_set = MOUNT_ATTR_RDONLY};

	if (make_folders(view) < 0 || attach_scratch(view) < 0)
		return -1;
	if (view->proc && mounts_attach(view->proc_tree, "/proc") < 0)
		return -1;
	if (attach_mounts(view) < 0)
		return -1;
	return mount_setattr(view->root, "", AT_EMPTY_PATH, &read_only, sizeof read_only);
}
