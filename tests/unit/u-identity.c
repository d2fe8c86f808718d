#include "suite.h"

#include "base/memory.h"
#include "identity.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define SEVERAL 20
#define NOBODY 65534u
#define NONE 0xffffffffu

START_TEST(each_box_has_an_id_of_its_own)
{
	struct identity_range range;
	struct identity taken[SEVERAL];
	struct error *err = NULL;

	identity_probe(&range);
	if (geteuid() != 0 || range.own)
		return;
	for (size_t i = 0; i < SEVERAL; i++) {
		ck_assert_int_eq(identity_take(&range, &taken[i], &err), 0);
		ck_assert(taken[i].leased);
		ck_assert_uint_ne(taken[i].uid, 0);
		ck_assert_uint_ne(taken[i].gid, 0);
		for (size_t j = 0; j < i; j++)
			ck_assert_uint_ne(taken[i].uid, taken[j].uid);
	}
	for (size_t i = 0; i < SEVERAL; i++)
		identity_release(&taken[i]);
}
END_TEST

START_TEST(a_full_range_says_so)
{
	struct identity_range range = {.first_uid = 70000, .first_gid = 70000, .count = 0};
	struct identity identity;
	struct error *err = NULL;

	ck_assert_int_eq(identity_take(&range, &identity, &err), -1);
	ck_assert_int_eq(err->kind, ERROR_SANDBOX);
	ck_assert_int_eq(identity.lock, -1);
	error_free(err);
}
END_TEST

START_TEST(a_person_stays_that_person)
{
	struct identity_range range = {.own = true, .outside = 1000};
	struct identity identity;
	struct error *err = NULL;

	ck_assert_int_eq(identity_take(&range, &identity, &err), 0);
	ck_assert(!identity.leased);
	ck_assert_uint_eq(identity.uid, geteuid());
	identity_release(&identity);
}
END_TEST

/* ---- in user namespaces with a single id ---------------------------------- */

static const struct {
	uid_t caller;   /* root or NOBODY; where root does not run the tests, who does stands for nobody */
	uid_t names[2]; /* what the caller is called in a namespace, and in one within that */
	uid_t outside;  /* what is to be found there; 0: there is no box */
} nestings[] = {
	{NOBODY, {0, NONE}, NOBODY}, /* unshare -r by an ordinary user */
	{NOBODY, {1000, NONE}, NOBODY},
	{NOBODY, {1000, 0}, 1000},
	{NOBODY, {0, 0}, 0}, /* whose root it is cannot be told from within */
	{0, {0, NONE}, 0},   /* unshare -r by root */
	{0, {1000, NONE}, 0},
	{0, {1000, 0}, 0}, /* root, twice renamed */
	{0, {1000, 2000}, 0},
	{0, {1000, NOBODY}, 0}, /* and called as every stranger is */
	{NOBODY, {1000, NOBODY}, 1000},
	{0, {NOBODY, NONE}, 0},
};

static bool write_map(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool written = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	close(fd);
	return written;
}

static bool enter_namespace(uid_t name)
{
	char uids[64], gids[64];

	snprintf(uids, sizeof uids, "%u %u 1", name, geteuid());
	snprintf(gids, sizeof gids, "%u %u 1", name, getegid());
	return unshare(CLONE_NEWUSER) == 0 && write_map("/proc/self/setgroups", "deny") &&
	       write_map("/proc/self/uid_map", uids) && write_map("/proc/self/gid_map", gids);
}

static bool become(uid_t caller)
{
	if (geteuid() != 0 || caller == 0)
		return true;
	if (setgroups(0, NULL) < 0 || setresgid(caller, caller, caller) < 0 || setresuid(caller, caller, caller) < 0)
		return false;
	return prctl(PR_SET_DUMPABLE, 1) == 0; /* our own /proc files, where the maps are written, are ours again */
}

/* As an exit code: 0 for what is expected. */
static int probe_nested(int row)
{
	struct identity_range range;
	uid_t caller;

	if (!become(nestings[row].caller))
		return 2;
	caller = geteuid();
	for (size_t i = 0; i < ARRAY_LENGTH(nestings[row].names); i++)
		if (nestings[row].names[i] != NONE && !enter_namespace(nestings[row].names[i]))
			return 3;
	identity_probe(&range);
	if (range.own && range.outside == (nestings[row].outside == NOBODY ? caller : nestings[row].outside))
		return 0;
	fprintf(stderr, "own %d, outside %u\n", range.own, range.outside);
	return 1;
}

START_TEST(a_single_id_is_who_it_is_outside)
{
	int status;
	pid_t child;

	if (geteuid() != 0 && nestings[_i].caller == 0)
		return; /* only root is root */
	child = fork();
	if (child == 0)
		_exit(probe_nested(_i));
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(each_box_has_an_id_of_its_own),
	UNIT(a_full_range_says_so),
	UNIT(a_person_stays_that_person),
	UNIT(a_single_id_is_who_it_is_outside, .rows = ARRAY_LENGTH(nestings)),
};

UNIT_MAIN("identity", tests)
