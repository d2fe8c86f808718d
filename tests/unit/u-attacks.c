/*
 * The corpus of tests/attacks/machine: each attack in a box, as root and as nobody, with each of its layers alone,
 * and eight at a time. `u-attacks --table` prints the table that is kept beside the programs.
 */
#include "sandbox-fixture.h"

#include "corpus/scene.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

#define AT_ONCE 8

/* What a careless caller leaves open, for every box to inherit. */
static void be_careless(void)
{
	ck_assert_int_ge(dup(2), 0);
	ck_assert_int_ge(open("/", O_RDONLY | O_DIRECTORY), 0); /* NOLINT: not close-on-exec on purpose */
}

/* ---- the corpus, in threads ---------------------------------------------------- */

/* The layers to leave out in turn, each set once. */
static size_t all_at_work(const struct attack *attack, unsigned int without[ATTACK_HOLDS])
{
	(void)attack;
	without[0] = 0;
	return 1;
}

/* For each layer of the row all others, as far as they can be: it is seen to hold alone. */
static size_t each_alone(const struct attack *attack, unsigned int without[ATTACK_HOLDS])
{
	size_t count = 0;

	for (size_t i = 0; i < ATTACK_HOLDS; i++) {
		unsigned int others = attack->holds[i].verdict.kind == VERDICT_NONE ? 0 : attack_others(attack, i);
		bool known = others == 0;

		for (size_t j = 0; j < count; j++)
			known |= without[j] == others;
		if (!known)
			without[count++] = others;
	}
	return count;
}

struct corpus {
	size_t (*variations)(const struct attack *attack, unsigned int without[ATTACK_HOLDS]);
	struct scene *scenes;
	size_t count;
	atomic_size_t next;
	atomic_size_t runs;
	const struct sandbox *sandbox;
	unsigned int layers;
	char **complaints; /* one a scene, the first */
};

static void prepare_all(struct corpus *corpus)
{
	size_t rows = attack_count();

	corpus->scenes = memory_new(rows * SANDBOX_PROFILE_COUNT, sizeof *corpus->scenes);
	corpus->complaints = memory_new(rows * SANDBOX_PROFILE_COUNT, sizeof *corpus->complaints);
	for (size_t i = 0; i < rows; i++)
		for (int profile = 0; profile < SANDBOX_PROFILE_COUNT; profile++)
			if (attack_at(i)->profiles & 1u << profile) {
				corpus->complaints[corpus->count] = scene_prepare(
					&corpus->scenes[corpus->count], attack_at(i), (enum sandbox_profile)profile);
				corpus->count++;
			}
}

static void run_one(struct corpus *corpus, size_t i)
{
	struct scene *scene = &corpus->scenes[i];
	unsigned int without[ATTACK_HOLDS];
	size_t count = corpus->variations(scene->attack, without);

	for (size_t j = 0; j < count && !corpus->complaints[i]; j++) {
		corpus->complaints[i] = scene_run(scene, corpus->sandbox, corpus->layers, without[j]);
		atomic_fetch_add(&corpus->runs, !scene->passed_over);
	}
}

static void *run_many(void *argument)
{
	struct corpus *corpus = argument;
	size_t i;

	while ((i = atomic_fetch_add(&corpus->next, 1)) < corpus->count)
		run_one(corpus, i);
	return NULL;
}

static void run_all(struct corpus *corpus, size_t at_once)
{
	pthread_t threads[AT_ONCE];

	for (size_t i = 0; i < at_once; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, run_many, corpus), 0);
	for (size_t i = 0; i < at_once; i++)
		pthread_join(threads[i], NULL);
}

static void release_all(struct corpus *corpus)
{
	for (size_t i = 0; i < corpus->count; i++)
		scene_release(&corpus->scenes[i]);
	free(corpus->scenes);
	free(corpus->complaints);
}

/* All of them are told, and what was not judged here. */
static size_t complain(const struct corpus *corpus)
{
	size_t complaints = 0;

	for (size_t i = 0; i < corpus->count; i++) {
		const struct attack *attack = corpus->scenes[i].attack;

		if (corpus->scenes[i].passed_over)
			fprintf(stderr, "passed over, nothing would hold or it could not be staged: %s (%s)\n",
				attack->name, attack->run);
		if (!corpus->complaints[i])
			continue;
		fprintf(stderr, "%s: %s\n", attack->name, corpus->complaints[i]);
		complaints++;
	}
	return complaints;
}

/* ---- what is left --------------------------------------------------------------- */

static void count_mark(const char *pattern, const char *mark, int *count)
{
	glob_t found = {0};

	glob(pattern, 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char text[4096];
		FILE *file = fopen(found.gl_pathv[i], "re");
		size_t length = file ? fread(text, 1, sizeof text, file) : 0;

		*count += memmem(text, length, mark, strlen(mark)) != NULL;
		if (file)
			fclose(file);
	}
	globfree(&found);
}

/* Processes of boxes of this test's, by the paths of programs and scripts and by the compilers' environment. */
static int processes_left(void)
{
	cleanup_free char *path = text_format("/attack-%d-", (int)getpid());
	cleanup_free char *mark = text_format("ASSAY_ATTACK=%d", (int)getpid());
	int count = 0;

	count_mark("/proc/[0-9]*/cmdline", path, &count);
	count_mark("/proc/[0-9]*/environ", mark, &count);
	return count;
}

/* Files of a box's user in the folders that everybody may write to. */
static int files_left(void)
{
	static const char *const places[] = {"/tmp/*", "/dev/shm/*", "/run/*", "/var/tmp/*"};
	int count = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(places); i++) {
		glob_t found = {0};
		struct stat status;

		glob(places[i], GLOB_PERIOD, NULL, &found);
		for (size_t j = 0; j < found.gl_pathc; j++)
			count += lstat(found.gl_pathv[j], &status) == 0 && status.st_uid >= 0x70000000 &&
				 status.st_uid < 0x70000000 + 4096;
		globfree(&found);
	}
	return count;
}

static size_t mounts_seen(void)
{
	cleanup_buffer struct buffer mounts = {0};
	struct error *err = NULL;
	size_t lines = 0;

	ck_assert_int_eq(file_read(AT_FDCWD, "/proc/self/mountinfo", 1u << 24, &mounts, &err), 0);
	for (size_t i = 0; i < mounts.length; i++)
		lines += mounts.data[i] == '\n';
	return lines;
}

static void run_ordinary_box(void)
{
	struct trial trial;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	trial.command.input = "as ever";
	trial.command.input_length = 7;
	trial_must_run(&trial);
	ck_assert(trial.outcome.exited && trial.outcome.exit_code == 0);
	ck_assert_int_eq(trial.outcome.limit_hit, SANDBOX_LIMIT_NONE);
	ck_assert_str_eq(trial_output(&trial), "as ever");
	trial_end(&trial);
}

/* Everything of the scenes is in a folder of the test's own, which is to be empty afterwards. */
static char *make_own_scratch(void)
{
	struct error *err = NULL;
	char *folder = file_make_scratch("assay-corpus-", &err);

	ck_assert_ptr_nonnull(folder);
	ck_assert_int_eq(chmod(folder, 0755), 0);
	ck_assert_int_eq(setenv("TMPDIR", folder, 1), 0);
	if (geteuid() == 0)
		ck_assert_int_eq(chown(folder, NOBODY, NOBODY), 0);
	return folder;
}

static void stage_all(bool ordinary, size_t at_once,
		      size_t (*variations)(const struct attack *attack, unsigned int without[ATTACK_HOLDS]))
{
	cleanup_free char *scratch = make_own_scratch();
	struct corpus corpus = {.variations = variations};
	struct sandbox *sandbox = NULL;
	struct error *err = NULL;
	size_t mounts = mounts_seen(), complaints;
	int descriptors;

	prepare_all(&corpus);
	be_careless();
	ck_assert(!ordinary || become_ordinary());
	descriptors = open_descriptors();
	ck_assert_msg(sandbox_open(&sandbox, &err) == 0, "%s", err ? err->message : "");
	corpus.sandbox = sandbox;
	corpus.layers = scene_layers(sandbox);
	run_all(&corpus, at_once);
	sandbox_close(sandbox);
	complaints = complain(&corpus);
	release_all(&corpus);
	ck_assert_uint_eq(complaints, 0);
	ck_assert_uint_gt(corpus.runs, 0);

	/* a user id is leased by a lock on an open file: with the descriptors the leases are gone */
	ck_assert_int_le(open_descriptors(), descriptors + 1); /* sandbox_interrupt's stays */
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG | __WALL), -1);
	ck_assert_int_eq(errno, ECHILD);
	ck_assert_int_eq(processes_left(), 0);
	ck_assert_int_eq(groups_of(getpid()), 0);
	ck_assert_uint_eq(mounts_seen(), mounts);
	ck_assert_int_eq(files_left(), 0);
	run_ordinary_box();
	ck_assert_int_eq(rmdir(scratch), 0);
}

START_TEST(as_root)
{
	if (geteuid() == 0)
		stage_all(false, 1, all_at_work);
}
END_TEST

START_TEST(as_nobody)
{
	stage_all(true, 1, all_at_work);
}
END_TEST

START_TEST(eight_at_once_as_root)
{
	if (geteuid() == 0)
		stage_all(false, AT_ONCE, all_at_work);
}
END_TEST

START_TEST(eight_at_once_as_nobody)
{
	stage_all(true, AT_ONCE, all_at_work);
}
END_TEST

/* One layer off, the others hold. As whoever runs the tests: root has more layers to tell apart. */
START_TEST(each_layer_alone)
{
	stage_all(false, AT_ONCE, each_alone);
}
END_TEST

/* ---- the rows themselves ---------------------------------------------------------- */

/* Two things hold, or the row says why one alone does. */
START_TEST(rows_say_what_holds)
{
	for (size_t i = 0; i < attack_count(); i++) {
		const struct attack *attack = attack_at(i);

		ck_assert_msg(attack->holds[0].verdict.kind != VERDICT_NONE, "%s: nothing holds", attack->name);
		ck_assert_msg((attack->holds[1].verdict.kind != VERDICT_NONE) != (attack->alone != NULL),
			      "%s: a second layer, or why there is none", attack->name);
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(strcmp(attack_at(j)->run, attack->run) != 0 ||
					      !(attack_at(j)->profiles & attack->profiles) ||
					      memcmp(&attack_at(j)->limits, &attack->limits, sizeof attack->limits) !=
						      0 ||
					      attack_at(j)->staging != attack->staging,
				      "%s: %s is there twice", attack->name, attack->run);
	}
}
END_TEST

/* Is it the program of a row, as `run` names it? */
static bool is_run(const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < attack_count(); i++) {
		const char *run = attack_at(i)->run;

		if (strncmp(run, name, length) == 0 && (run[length] == ' ' || run[length] == '\0'))
			return true;
	}
	return false;
}

static const struct {
	const char *pattern, *before; /* what `run` has before the name */
	bool whole;		      /* is the name there with its end? */
} kinds[] = {
	{ATTACK_SCRIPTS "/*.c", "", false},
	{ATTACK_SCRIPTS "/*.rs", "", false},
	{ATTACK_SCRIPTS "/*.sh", "", true},
	{ATTACK_SOURCES "/*.rs", "rustc ", false},
};

/* An attack that no row runs proves nothing. */
START_TEST(programs_have_rows)
{
	static const char *const others[] = {"echo", "live", "leavings", "planted",
					     "neighbour"}; /* run by other tests or programs */
	glob_t found = {0};

	ck_assert_int_eq(glob(kinds[_i].pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *name = strrchr(found.gl_pathv[i], '/') + 1;
		size_t length = kinds[_i].whole ? strlen(name) : (size_t)(strrchr(name, '.') - name);
		cleanup_free char *run = text_format("%s%.*s", kinds[_i].before, (int)length, name);
		bool known = is_run(run);

		for (size_t j = 0; j < ARRAY_LENGTH(others); j++)
			known |= strcmp(run, others[j]) == 0;
		ck_assert_msg(known, "%s is in no row", name);
	}
	globfree(&found);
}
END_TEST

/* Kept for the architecture that has foreign doors. */
START_TEST(table_is_what_the_rows_say)
{
	cleanup_buffer struct buffer kept = {0};
	cleanup_free char *table = attack_table();
	struct error *err = NULL;

	ck_assert_msg(file_read(AT_FDCWD, ATTACK_TABLE, 1u << 20, &kept, &err) == 0, "%s", err ? err->message : "");
	ck_assert_msg(strcmp(buffer_text(&kept), table) == 0, "write it anew: u-attacks --table >%s", ATTACK_TABLE);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(as_root, .labels = "attack", .seconds = 180),
	UNIT(as_nobody, .labels = "attack", .seconds = 180),
	UNIT(eight_at_once_as_root, .labels = "attack", .seconds = 180),
	UNIT(eight_at_once_as_nobody, .labels = "attack", .seconds = 180),
	UNIT(each_layer_alone, .labels = "attack", .seconds = 180),
	UNIT(rows_say_what_holds, .labels = "attack"),
#ifdef __x86_64__
	UNIT(programs_have_rows, .labels = "attack", .rows = ARRAY_LENGTH(kinds)),
	UNIT(table_is_what_the_rows_say, .labels = "attack"),
#endif
};

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--table") == 0) {
		cleanup_free char *table = attack_table();

		return fputs(table, stdout) < 0 || fflush(stdout) < 0 ? 1 : 0;
	}
	return unit_main("attacks", tests, ARRAY_LENGTH(tests), argc, argv);
}
