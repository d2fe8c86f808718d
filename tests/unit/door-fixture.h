/* Attacks made by tests/attacks/door/make.py, and a process of its own for each that is tried. */
#ifndef ASSAY_TESTS_DOOR_FIXTURE_H
#define ASSAY_TESTS_DOOR_FIXTURE_H

#include "submission-fixture.h"
#include "suite.h"

#include <dirent.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* A sanitizer's shadow and quarantine are not the door's. */
#if defined(__SANITIZE_ADDRESS__)
#define DOOR_IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DOOR_IS_SANITIZED 1
#endif
#endif

#define DOOR_SECONDS 10
/* 64 MiB packed, the 256 MiB that a window can hold of what may come out, and some */
#define DOOR_MEMORY_KIB (340 * 1024)

struct attack {
	const char *name;
	const char *text;      /* the verdict; "*" stands for anything */
	const char *to_others; /* the same where it is not root who reads; NULL: no different */
};

/* Says what was made of an attack. The caller frees it. */
typedef char *door_taker(const char *path);

static inline void door_make(const char *folder, const char *kind)
{
	cleanup_free char *command = text_format("python3 -B '%s/attacks/door/make.py' %s .", TEST_DATA, kind);

	ck_assert_msg(shell(folder, command), "making the attacks needs python3, bash, tar, zip, xz, zstd and git");
}

/* An attack that was made and has no row was never tried. */
static inline void door_count(const char *folder, size_t rows)
{
	DIR *entries = opendir(folder);
	size_t count = 0;
	struct dirent *entry;

	while ((entry = readdir(entries)))
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(entries);
	ck_assert_uint_eq(count, rows);
}

static inline void door_try_inside(int out, const char *path, door_taker *take, bool ordinary)
{
	static const struct rlimit seconds = {DOOR_SECONDS, DOOR_SECONDS};
	char *text;

	/* neither a loop nor a FIFO holds the test */
	setrlimit(RLIMIT_CPU, &seconds);
	alarm(3 * DOOR_SECONDS);
	if (ordinary && geteuid() == 0 && (setgroups(0, NULL) < 0 || setgid(65534) < 0 || setuid(65534) < 0))
		_exit(1);
	text = take(path);
	_exit(file_write_all(out, text, strlen(text)) == 0 ? 0 : 1);
}

/* What was made of it, or how the process that tried ended. */
static inline char *door_try(const char *path, door_taker *take, bool ordinary)
{
	struct buffer text = {0};
	struct error *err = NULL;
	struct rusage usage;
	int ends[2], status;
	pid_t child;

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0)
		door_try_inside(ends[1], path, take, ordinary);
	close(ends[1]);
	ck_assert_int_eq(file_read_all(ends[0], 1 << 20, &text, &err), 0);
	close(ends[0]);
	ck_assert_int_eq(wait4(child, &status, 0, &usage), child);
	if (WIFSIGNALED(status))
		buffer_add_format(&text, "(ended by signal %d)", WTERMSIG(status));
	else if (WEXITSTATUS(status) != 0)
		buffer_add_format(&text, "(ended with %d)", WEXITSTATUS(status));
#ifndef DOOR_IS_SANITIZED
	if (usage.ru_maxrss > DOOR_MEMORY_KIB)
		buffer_add_format(&text, "(took %ld MiB)", usage.ru_maxrss / 1024);
#endif
	return buffer_steal(&text);
}

static inline bool door_is_as(const char *text, const char *expected)
{
	const char *star = strchr(expected, '*');
	size_t before = star ? (size_t)(star - expected) : 0, behind = star ? strlen(star + 1) : 0;

	if (!star)
		return strcmp(text, expected) == 0;
	return strlen(text) >= before + behind && strncmp(text, expected, before) == 0 && !strstr(text, "(ended ") &&
	       !strstr(text, "(took ") && strcmp(text + strlen(text) - behind, star + 1) == 0;
}

/* Appends what went otherwise than it must. */
static inline void door_check(const struct attack *attack, const char *path, door_taker *take, bool ordinary,
			      struct buffer *wrong)
{
	bool others = ordinary || geteuid() != 0;
	const char *expected = others && attack->to_others ? attack->to_others : attack->text;
	cleanup_free char *text = door_try(path, take, ordinary);

	if (!door_is_as(text, expected))
		buffer_add_format(wrong, "%s as %s: expected \"%s\"\n\tgot \"%.1000s\"\n", attack->name,
				  ordinary ? "nobody" : "the user", expected, text);
}

/* Tries each attack of a kind, as who runs the test and, where that is root, as nobody; tells of all that went wrong.
 */
static inline void door_try_all(const char *kind, const struct attack *attacks, size_t count, door_taker *take)
{
	char *folder = scratch_make();
	cleanup_buffer struct buffer wrong = {0};

	door_make(folder, kind);
	door_count(folder, count);
	for (size_t i = 0; i < count; i++) {
		cleanup_free char *path = file_join(folder, attacks[i].name);

		door_check(&attacks[i], path, take, false, &wrong);
		if (geteuid() == 0)
			door_check(&attacks[i], path, take, true, &wrong);
	}
	shell(folder, "chmod -R u+rwX . 2>/dev/null; true");
	scratch_remove(folder);
	/* longer than Check's messages may be */
	fputs(buffer_text(&wrong), stderr);
	ck_assert_msg(wrong.length == 0, "attacks went otherwise, named above");
}

#endif
