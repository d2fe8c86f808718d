#include "identity.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From 0x70000000 up, systemd's list of uid ranges has no owner: above containers, below the sign bit. */
#define PREFERRED_FIRST 0x70000000u
#define RANGE_COUNT 4096u
/* The kernel's name for ids that a namespace has no name for (/proc/sys/kernel/overflowuid, which nobody changes). */
#define UNMAPPED 65534u

/* Chooses ids from one of our own maps (/proc/self/uid_map); false where all it has is a single id. */
static bool choose_range(const char *path, uid_t *first, unsigned int *count)
{
	FILE *map = fopen(path, "re");
	unsigned int inside, outside, length, best_length = 0;

	if (!map)
		return false;
	while (fscanf(map, "%u %u %u", &inside, &outside, &length) == 3) {
		uint64_t end = (uint64_t)inside + length;

		if (inside <= PREFERRED_FIRST && end >= (uint64_t)PREFERRED_FIRST + RANGE_COUNT) {
			*first = PREFERRED_FIRST;
			*count = best_length = RANGE_COUNT;
			break;
		}
		/* a container's map: its last ids, never its first, which is somebody */
		if (length > 1 && length - 1 > best_length) {
			best_length = length - 1;
			*count = best_length < RANGE_COUNT ? best_length : RANGE_COUNT;
			*first = (uid_t)(end - *count);
		}
	}
	fclose(map);
	return best_length > 0;
}

/* What an id of ours is in the namespace around this one, by one of our own maps; 0, root's, where that is unknown. */
static unsigned int id_outside(const char *path, unsigned int id)
{
	FILE *map = fopen(path, "re");
	unsigned int inside, outside, length, found = 0;

	while (map && fscanf(map, "%u %u %u", &inside, &outside, &length) == 3)
		if (id >= inside && id - inside < length)
			found = outside + (id - inside);
	if (map)
		fclose(map);
	return found;
}

/*
 * Are we the machine's root by another name? A map tells of the next namespace only, and there may be more around
 * that. But a file that is the machine's root's in every namespace is seen as ours where we are it. It is seen as
 * UNMAPPED's, too, where the namespace has no name for root; then it counts whether we may read what only root may.
 */
static bool is_machine_root(void)
{
	struct stat seen;

	if (stat("/proc/sys/kernel/cad_pid", &seen) < 0)
		return true;
	if (seen.st_uid != geteuid())
		return false;
	return seen.st_uid != UNMAPPED || faccessat(AT_FDCWD, "/proc/sys/kernel/cad_pid", R_OK, AT_EACCESS) == 0 ||
	       errno != EACCES;
}

static uid_t find_outside(void)
{
	/* a person called root by a namespace has a group called root there, and that is not root's either */
	if (geteuid() == 0 && id_outside("/proc/self/gid_map", getegid()) == 0)
		return 0;
	return is_machine_root() ? 0 : id_outside("/proc/self/uid_map", geteuid());
}

void identity_probe(struct identity_range *range)
{
	unsigned int uids = 0, gids = 0;

	*range = (struct identity_range){.own = true, .outside = find_outside()};
	if (geteuid() != 0)
		return;
	if (!choose_range("/proc/self/uid_map", &range->first_uid, &uids) ||
	    !choose_range("/proc/self/gid_map", &range->first_gid, &gids))
		return;
	range->own = false;
	range->count = uids < gids ? uids : gids;
}

/* In a folder that others write to, the file may be somebody else's trap: it must be ours. */
static int open_lock_file(void)
{
	static const char *const places[] = {"/run/assay-ids", "/dev/shm/assay-ids", "/tmp/assay-ids"};

	for (size_t i = 0; i < ARRAY_LENGTH(places); i++) {
		int fd = open(places[i], O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		struct stat seen;

		if (fd < 0)
			continue;
		if (fstat(fd, &seen) == 0 && S_ISREG(seen.st_mode) && seen.st_uid == geteuid() && !(seen.st_mode & 077))
			return fd;
		close(fd);
	}
	return -1;
}

int identity_take(const struct identity_range *range, struct identity *identity, struct error **err)
{
	*identity = (struct identity){.uid = geteuid(), .gid = getegid(), .lock = -1};
	if (range->own && range->outside == 0)
		return error_set(err, ERROR_SANDBOX,
				 "this user namespace has a single id, root's outside too: give it a range (subuid) or start as an ordinary user");
	if (range->own)
		return 0;
	identity->lock = open_lock_file();
	if (identity->lock < 0)
		return error_set_errno(err, ERROR_SANDBOX,
				       "no file to lock user ids in (/run, /dev/shm and /tmp were tried); make one of them writable");
	for (unsigned int slot = 0; slot < range->count; slot++) {
		struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = slot, .l_len = 1};

		if (fcntl(identity->lock, F_OFD_SETLK, &lock) < 0)
			continue;
		identity->leased = true;
		identity->uid = range->first_uid + slot;
		identity->gid = range->first_gid + slot;
		return 0;
	}
	identity_release(identity);
	return error_set(err, ERROR_SANDBOX, "all %u user ids for boxes are taken; run fewer at once", range->count);
}

void identity_release(struct identity *identity)
{
	if (identity->lock >= 0)
		close(identity->lock);
	identity->lock = -1;
}

/* Raw, since libc's own take care of other threads, of which a copy of the parent has none, whatever libc remembers. */
int identity_become(const struct identity *identity)
{
	if (identity->leased && syscall(SYS_setgroups, 0, NULL) < 0)
		return -1;
	if (syscall(SYS_setresgid, INSIDE_ID, INSIDE_ID, INSIDE_ID) < 0)
		return -1;
	return (int)syscall(SYS_setresuid, INSIDE_ID, INSIDE_ID, INSIDE_ID);
}

static int write_text(pid_t pid, const char *name, const char *text)
{
	char path[64];
	int fd, saved;
	ssize_t written;

	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	written = write(fd, text, strlen(text));
	saved = errno;
	close(fd);
	errno = saved;
	return written < 0 ? -1 : 0;
}

int identity_map(const struct identity *identity, pid_t pid)
{
	char line[64];

	/* Who leases may drop the groups inherited from root, who is a person cannot, and must give up the right to. */
	if (!identity->leased && write_text(pid, "setgroups", "deny") < 0)
		return -1;
	snprintf(line, sizeof line, "%u %u 1", INSIDE_ID, identity->gid);
	if (write_text(pid, "gid_map", line) < 0)
		return -1;
	snprintf(line, sizeof line, "%u %u 1", INSIDE_ID, identity->uid);
	return write_text(pid, "uid_map", line);
}
