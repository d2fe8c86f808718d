/*
 * The corpus of tests/attacks/verdict: each submission is graded, and the true verdict must come out, with the
 * findings that its lines are marked with and no others. `u-verdict --table` prints the table that is kept there;
 * `u-verdict --row FILE [TOOLCHAIN]` grades one row and says what it found.
 */
#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "grading/grade.h"
#include "grading/report_build.h"
#include "report.h"
#include "row.h"

#include <fcntl.h>
#include <glob.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SEED 20260101 /* fixed: selftest is what tries many */
#define AT_ONCE 2
#define FILE_LIMIT (1u << 20) /* bytes */

#define VERDICT_ADDRESS(name) &verdict_##name,
static const struct verdict_rows *const all_rows[] = {VERDICT_FILES(VERDICT_ADDRESS)};

static const char *const exercise_names[] = {"read-states", "conn-pool", "ledger-moves", "slot-arena"};

struct ground {
	struct session session;
	struct exercise *exercises[ARRAY_LENGTH(exercise_names)];
	struct preparation preparations[ARRAY_LENGTH(exercise_names)];
	bool ready[ARRAY_LENGTH(exercise_names)];
};

static size_t row_count(void)
{
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(all_rows); i++)
		count += all_rows[i]->count;
	return count;
}

static const struct verdict_row *row_at(size_t index)
{
	for (size_t i = 0; i < ARRAY_LENGTH(all_rows); i++) {
		if (index < all_rows[i]->count)
			return &all_rows[i]->rows[index];
		index -= all_rows[i]->count;
	}
	return NULL;
}

/* ---- the ground: what all rows share --------------------------------------------- */

static long exercise_index(const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(exercise_names); i++)
		if (strcmp(exercise_names[i], name) == 0)
			return (long)i;
	return -1;
}

/* `only`: of one exercise, or NULL. */
static char *open_ground(struct ground *ground, const char *toolchain, const char *only)
{
	struct error *err = NULL;
	char *complaint = NULL;

	*ground = (struct ground){0};
	if (session_open(toolchain, AT_ONCE, &ground->session, &err) < 0)
		complaint = text_copy(err->message);
	for (size_t i = 0; i < row_count() && !complaint; i++) {
		long which = exercise_index(row_at(i)->exercise);
		cleanup_free char *folder = text_format("%s/exercises/%s", PROJECT_SOURCE, row_at(i)->exercise);

		if (only && strcmp(row_at(i)->exercise, only) != 0)
			continue;
		if (which < 0)
			complaint = text_format("%s: no exercise \"%s\"", row_at(i)->file, row_at(i)->exercise);
		else if (!ground->ready[which] &&
			 (exercise_load(folder, &ground->exercises[which], &err) < 0 ||
			  prepare(&ground->session, ground->exercises[which], &ground->preparations[which], &err) < 0))
			complaint = text_copy(err->message);
		else
			ground->ready[which] = true;
	}
	error_free(err);
	return complaint;
}

static void close_ground(struct ground *ground)
{
	for (size_t i = 0; i < ARRAY_LENGTH(exercise_names); i++) {
		if (ground->exercises[i])
			preparation_release(&ground->preparations[i], ground->exercises[i]);
		exercise_free(ground->exercises[i]);
	}
	session_close(&ground->session);
}

/* ---- laying a submission -------------------------------------------------------- */

static bool copy_file(const char *from, const char *into, const char *name)
{
	cleanup_buffer struct buffer bytes = {0};
	cleanup_error struct error *err = NULL;
	cleanup_free char *path = file_join(into, name);
	cleanup_free char *folder = text_copy_n(path, (size_t)(strrchr(path, '/') - path));

	return file_make_folders(folder, &err) == 0 && file_read(AT_FDCWD, from, FILE_LIMIT, &bytes, &err) == 0 &&
	       file_write(AT_FDCWD, path, bytes.data, bytes.length, 0644, &err) == 0;
}

/* The file in `src/` that a single submission is. */
static char *root_of(const struct exercise *exercise, const struct verdict_row *row)
{
	for (size_t i = 0; row->unit && i < exercise->unit_count; i++)
		if (strcmp(exercise->units[i].id, row->unit) == 0)
			return text_copy(exercise->units[i].file);
	return row->unit ? NULL : text_copy("src/lib.rs");
}

static bool lay(const struct exercise *exercise, const struct verdict_row *row, const char *scratch)
{
	cleanup_free char *from = text_format("%s/submissions/%s", VERDICT_FOLDER, row->file);
	cleanup_free char *base = text_format("%s/bases/%s", VERDICT_FOLDER, row->base ? row->base : "");
	cleanup_free char *command = text_format("cp -r '%s/.' '%s'", from, scratch);
	cleanup_free char *root = root_of(exercise, row);

	if (row->base && !copy_file(base, scratch, "src/base.rs"))
		return false;
	if (file_is_folder(from))
		return system(command) == 0; /* NOLINT: the corpus's own names */
	return root && copy_file(from, scratch, root);
}

static struct submission *open_row(const struct exercise *exercise, const struct verdict_row *row, const char *scratch,
				   struct error **err)
{
	cleanup_submission struct submission *own = NULL;
	cleanup_free char *reference = file_join(exercise->folder, "reference");
	struct submission *whole = NULL;

	if (submission_open(scratch, &submission_default_caps, &own, err) < 0)
		return NULL;
	if (!row->unit)
		return STEAL(own);
	if (submission_open(reference, &submission_default_caps, &whole, err) < 0)
		return NULL;
	submission_overlay(whole, own);
	return whole;
}

/* ---- what a report must hold ------------------------------------------------------- */

struct expected {
	char *file;
	unsigned int line;
	char *id;
	bool found;
};

struct expectations {
	struct expected *items;
	size_t count;
};

static void expect(struct expectations *all, const char *file, unsigned int line, const char *id, size_t length)
{
	struct expected *one = ARRAY_ADD(all->items, all->count);

	*one = (struct expected){.file = text_copy(file), .line = line, .id = text_copy_n(id, length)};
}

static void read_marks(const struct submission_file *file, struct expectations *all)
{
	unsigned int number = 1;

	for (const char *at = file->data; *at; number++) {
		size_t length = strcspn(at, "\n");
		const char *mark = memmem(at, length, "~ ", 2), *end = at + length;

		if (mark && mark > at && (mark[-1] == '/' || mark[-1] == '#'))
			for (const char *id = mark + 2; id < end; id += strcspn(id, ", \n")) {
				id += strspn(id, ", ");
				if (id < end)
					expect(all, file->path, number, id, strcspn(id, ", \n"));
			}
		at += length + (at[length] == '\n');
	}
}

static bool is_met(struct expectations *all, const char *file, unsigned int line, const char *id)
{
	for (size_t i = 0; i < all->count; i++) {
		struct expected *one = &all->items[i];

		/* one without a line may be of a file all the same: what the compiler read, for example */
		if (!one->found && strcmp(one->id, id) == 0 && one->line == line &&
		    (strcmp(one->file, file ? file : "") == 0 || (*one->file == '\0' && line == 0))) {
			one->found = true;
			return true;
		}
	}
	return false;
}

static const char *text_at(const cJSON *object, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static void compare_findings(const cJSON *report, const struct submission *submission, const struct verdict_row *row,
			     struct buffer *complaints)
{
	const cJSON *finding;
	struct expectations all = {0};

	for (size_t i = 0; i < submission->file_count; i++)
		read_marks(&submission->files[i], &all);
	for (size_t i = 0; i < ARRAY_LENGTH(row->left_out) && row->left_out[i]; i++)
		expect(&all, row->left_out[i], 0, "file-left-out", strlen("file-left-out"));
	for (size_t i = 0; i < ARRAY_LENGTH(row->findings) && row->findings[i]; i++)
		expect(&all, "", 0, row->findings[i], strlen(row->findings[i]));
	cJSON_ArrayForEach (finding, cJSON_GetObjectItemCaseSensitive(report, "findings")) {
		const char *file = text_at(finding, "file"), *id = text_at(finding, "id");
		unsigned int line =
			(unsigned int)cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(finding, "line"));
		bool again = false;

		/* a test's finding may come once a test */
		for (size_t i = 0; !file && i < all.count; i++)
			again |= all.items[i].found && strcmp(all.items[i].id, id) == 0;
		if (!again && !is_met(&all, file, line, id))
			buffer_add_format(complaints, "; finding %s at %s:%u is not expected (%s)", id,
					  file ? file : "no file", line, text_at(finding, "says"));
	}
	for (size_t i = 0; i < all.count; i++) {
		if (!all.items[i].found)
			buffer_add_format(complaints, "; no finding %s at %s:%u", all.items[i].id, all.items[i].file,
					  all.items[i].line);
		free(all.items[i].file);
		free(all.items[i].id);
	}
	free(all.items);
}

static void compare_test(const struct evidence *evidence, const struct verdict_row *row, struct buffer *complaints)
{
	for (size_t i = 0; i < evidence->test_count; i++) {
		const struct test_evidence *test = &evidence->tests[i];

		if (strcmp(test->name, row->fails) != 0)
			continue;
		if (test->status != STATUS_FAILS || (row->why && strcmp(test->why, row->why) != 0))
			buffer_add_format(complaints, "; the test %s %s (%s) and must fail%s%s", test->name,
					  test->status == STATUS_HOLDS	 ? "passes"
					  : test->status == STATUS_FAILS ? "fails"
									 : "is not observed",
					  test->why ? test->why : "", row->why ? " by " : "", row->why ? row->why : "");
		return;
	}
	buffer_add_format(complaints, "; there is no test %s", row->fails);
}

static void compare_criterion(const struct exercise *exercise, const struct grading *grading,
			      const struct verdict_row *row, struct buffer *complaints)
{
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (strcmp(exercise->criteria[i].id, row->unmet) == 0) {
			if (grading->verdict.criteria[i].status == STATUS_HOLDS)
				buffer_add_format(complaints, "; the criterion %s is met", row->unmet);
			return;
		}
	buffer_add_format(complaints, "; there is no criterion %s", row->unmet);
}

static bool compiles(const struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->unit_count; i++)
		if (!evidence->units[i].build.succeeded)
			return false;
	return true;
}

static const char *first_error(const struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->unit_count; i++)
		for (size_t j = 0; j < evidence->units[i].build.diagnostics.count; j++)
			if (evidence->units[i].build.diagnostics.items[j].is_error)
				return evidence->units[i].build.diagnostics.items[j].message;
	return "no error";
}

/* No byte of a submission's may be obeyed by a terminal, whatever the format. */
static void compare_bytes(const cJSON *report, struct buffer *complaints)
{
	for (size_t i = 0; i < report_format_count; i++) {
		cleanup_free char *text = NULL;
		size_t length = 0;
		FILE *memory = open_memstream(&text, &length);

		report_formats[i].write(report, NULL, memory);
		fclose(memory);
		for (size_t j = 0; j < length; j++)
			if (((unsigned char)text[j] < ' ' && text[j] != '\n') || text[j] == 0x7f) {
				buffer_add_format(complaints, "; the format %s holds the byte %#x",
						  report_formats[i].name, (unsigned int)text[j]);
				break;
			}
	}
}

static void compare(const struct exercise *exercise, const struct submission *submission, const struct grading *grading,
		    const cJSON *report, const struct verdict_row *row, struct buffer *complaints)
{
	if (compiles(&grading->evidence) == row->not_compiled)
		buffer_add_format(complaints, "; it %s (%s)", row->not_compiled ? "compiles" : "does not compile",
				  first_error(&grading->evidence));
	if (grading->verdict.whole.level != row->level)
		buffer_add_format(complaints, "; it gets level %d and must get %d", grading->verdict.whole.level, row->level);
	if (row->fails)
		compare_test(&grading->evidence, row, complaints);
	if (row->unmet)
		compare_criterion(exercise, grading, row, complaints);
	compare_findings(report, submission, row, complaints);
	compare_bytes(report, complaints);
}

/* ---- grading a row ------------------------------------------------------------------- */

static void grade_row(struct ground *ground, const struct verdict_row *row, struct buffer *complaints, cJSON **kept)
{
	const long which = exercise_index(row->exercise);
	const struct exercise *exercise = ground->exercises[which];
	const struct pipeline_options options = {.seed = SEED, .seed_is_given = true};
	const struct report_measures measures = {0};
	struct error *err = NULL;
	cleanup_free char *scratch = file_make_scratch("assay-verdict-", &err);
	cleanup_submission struct submission *submission = NULL;
	struct grading grading = {0};

	if (!scratch || !lay(exercise, row, scratch)) {
		buffer_add_text(complaints, "; it cannot be laid out: is the file there?");
	} else if (!(submission = open_row(exercise, row, scratch, &err)) ||
		   grading_run(&ground->session, exercise, &ground->preparations[which], submission, &options, &grading,
			       &err) < 0) {
		buffer_add_format(complaints, "; %s", err->message);
	} else {
		cJSON *report = report_build(exercise, submission, &ground->session.toolchain, &grading.evidence,
					     &grading.verdict, &measures);

		compare(exercise, submission, &grading, report, row, complaints);
		if (kept)
			*kept = report;
		else
			cJSON_Delete(report);
	}
	grading_release(&grading, exercise);
	if (scratch)
		file_remove_tree(AT_FDCWD, scratch);
	error_free(err);
}

struct run {
	struct ground *ground;
	atomic_size_t next;
	atomic_size_t wrong, graded;
	size_t step;	  /* every so many rows */
	const char *only; /* rows of this exercise, or NULL */
};

static void *grade_many(void *context)
{
	struct run *run = context;
	size_t index;

	while ((index = atomic_fetch_add(&run->next, run->step)) < row_count()) {
		cleanup_buffer struct buffer complaints = {0};

		if (run->only && strcmp(row_at(index)->exercise, run->only) != 0)
			continue;
		grade_row(run->ground, row_at(index), &complaints, NULL);
		atomic_fetch_add(&run->graded, 1);
		if (complaints.length == 0)
			continue;
		atomic_fetch_add(&run->wrong, 1);
		fprintf(stderr, "%s%s\n", row_at(index)->file, buffer_text(&complaints));
	}
	return NULL;
}

/* `step`: every so many rows; 1 is all of them. `only`: of one exercise, or NULL. */
static void grade_all(const char *toolchain, size_t step, const char *only)
{
	struct ground ground;
	cleanup_free char *complaint = open_ground(&ground, toolchain, only);
	struct run run = {.ground = &ground, .step = step, .only = only};
	pthread_t threads[AT_ONCE];

#ifdef VERDICT_SAMPLE
	run.step = VERDICT_SAMPLE; /* the slow builds look at the code, the fast one at the verdicts */
#endif
	ck_assert_msg(!complaint, "%s", complaint);
	for (size_t i = 0; i < AT_ONCE; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, grade_many, &run), 0);
	for (size_t i = 0; i < AT_ONCE; i++)
		pthread_join(threads[i], NULL);
	close_ground(&ground);
	ck_assert_uint_gt(run.graded, 0);
	ck_assert_uint_eq(run.wrong, 0);
}

START_TEST(none_is_forged)
{
	grade_all(NULL, 1, NULL);
}
END_TEST

/*
 * Debian's layout beside rustup's, where both are there: some rows of one exercise, since preparing all takes a minute, and
 * all rows where asked for. A slow build leaves it to the fast one.
 */
START_TEST(none_is_forged_on_the_distribution)
{
#ifndef VERDICT_SAMPLE
	const bool whole = getenv("ASSAY_WHOLE_CORPUS") != NULL;

	if (file_exists("/usr/bin/clippy-driver"))
		grade_all("/usr", whole ? 1 : 5, whole ? NULL : "read-states");
#endif
}
END_TEST

/* ---- the rows themselves ------------------------------------------------------------------ */

static bool has_row(const char *file)
{
	for (size_t i = 0; i < row_count(); i++)
		if (strcmp(row_at(i)->file, file) == 0)
			return true;
	return false;
}

START_TEST(submissions_have_rows)
{
	glob_t found = {0};
	size_t attacks = 0;

	ck_assert_int_eq(glob(VERDICT_FOLDER "/submissions/*", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		ck_assert_msg(has_row(strrchr(found.gl_pathv[i], '/') + 1), "%s is in no row", found.gl_pathv[i]);
	globfree(&found);
	for (size_t i = 0; i < row_count(); i++) {
		ck_assert_msg(row_at(i)->tries != NULL, "%s: a row says what it tries", row_at(i)->file);
		attacks += !row_at(i)->control;
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(strcmp(row_at(j)->file, row_at(i)->file) != 0, "%s is there twice",
				      row_at(i)->file);
	}
	ck_assert_uint_ge(attacks, 80);
}
END_TEST

static bool is_of_family(const struct verdict_row *row, unsigned char family)
{
	for (size_t i = 0; i < ARRAY_LENGTH(row->family); i++)
		if (row->family[i] == family)
			return true;
	return false;
}

/* Beside the attacks of each family there are honest programs. */
START_TEST(families_have_attacks_and_controls)
{
	for (unsigned char family = 1; family <= 47; family++) {
		size_t attacks = 0, controls = 0;

		for (size_t i = 0; i < row_count(); i++) {
			if (!is_of_family(row_at(i), family))
				continue;
			attacks += !row_at(i)->control;
			controls += row_at(i)->control;
		}
		ck_assert_msg(attacks > 0 && controls > 0, "family %u: %zu attacks, %zu controls", family, attacks,
			      controls);
	}
}
END_TEST

static char *make_table(void)
{
	struct buffer out = {0};

	buffer_add_text(&out,
			"# The verdict corpus\n\nWritten by `u-verdict --table` from the rows in `corpus/`. "
			"Families are those of README.md; an attack without a finding changes nothing but its own "
			"result.\n\n| submission | family | tries | ends as |\n|---|---|---|---|\n");
	for (size_t i = 0; i < row_count(); i++) {
		const struct verdict_row *row = row_at(i);
		const char *between = "";

		buffer_add_format(&out, "| `%s`%s | ", row->file, row->control ? " (control)" : "");
		for (size_t j = 0; j < sizeof row->family && row->family[j]; j++, between = ", ")
			buffer_add_format(&out, "%s%d", between, row->family[j]);
		buffer_add_format(&out, " | %s | ", row->tries ? row->tries : "");
		if (row->not_compiled)
			buffer_add_format(&out, "not compiled, level %d |\n", row->level);
		else if (row->fails)
			buffer_add_format(&out, "`%s` fails, level %d |\n", row->fails, row->level);
		else
			buffer_add_format(&out, "level %d |\n", row->level);
	}
	return buffer_steal(&out);
}

START_TEST(table_is_what_the_rows_say)
{
	cleanup_buffer struct buffer kept = {0};
	cleanup_free char *table = make_table();
	struct error *err = NULL;

	ck_assert_msg(file_read(AT_FDCWD, VERDICT_FOLDER "/TABLE.md", FILE_LIMIT, &kept, &err) == 0, "%s",
		      err ? err->message : "");
	ck_assert_msg(strcmp(buffer_text(&kept), table) == 0, "write it anew: u-verdict --table >%s/TABLE.md",
		      VERDICT_FOLDER);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(none_is_forged, .labels = "verdict", .seconds = 600),
	UNIT(none_is_forged_on_the_distribution, .labels = "verdict", .seconds = 600),
	UNIT(submissions_have_rows, .labels = "verdict"),
	UNIT(families_have_attacks_and_controls, .labels = "verdict"),
	UNIT(table_is_what_the_rows_say, .labels = "verdict"),
};

/* For whoever writes a row: its report, and what is not as the row says. */
static int show_row(const char *file, const char *toolchain)
{
	struct ground ground;
	cleanup_free char *complaint = open_ground(&ground, toolchain, NULL);
	cleanup_buffer struct buffer complaints = {0};
	cleanup_report cJSON *report = NULL;

	if (complaint)
		buffer_add_format(&complaints, "; %s", complaint);
	for (size_t i = 0; i < row_count() && !complaint; i++)
		if (strcmp(row_at(i)->file, file) == 0)
			grade_row(&ground, row_at(i), &complaints, &report);
	if (report)
		report_write_text(report, NULL, stdout);
	printf("\n%s%s\n", file, complaints.length ? buffer_text(&complaints) : report ? ": as expected" : ": no row");
	close_ground(&ground);
	return report && complaints.length == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--table") == 0) {
		cleanup_free char *table = make_table();

		return fputs(table, stdout) < 0 || fflush(stdout) < 0 ? 1 : 0;
	}
	if (argc >= 3 && strcmp(argv[1], "--row") == 0)
		return show_row(argv[2], argc > 3 ? argv[3] : NULL);
	return unit_main("verdict", tests, ARRAY_LENGTH(tests), argc, argv);
}
