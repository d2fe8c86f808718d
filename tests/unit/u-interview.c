#include "suite.h"

#include "submission-fixture.h"

#include "base/buffer.h"
#include "exercise/skills.h"
#include "grading/evidence.h"
#include "grading/interview.h"

/* An exercise and a submission of one file, and evidence that says that it compiled. */
struct ground {
	char *folder, *exercise_folder;
	struct exercise exercise;
	struct submission *submission;
	struct evidence evidence;
};

static void open_ground(struct ground *ground, const char *code, const char *given)
{
	cleanup_free char *source = NULL;
	struct error *err = NULL;

	*ground = (struct ground){.folder = scratch_make()};
	ground->exercise_folder = file_join(ground->folder, "bank/one");
	source = file_join(ground->folder, "source");
	scratch_write(ground->folder, "bank/one/starter/src/lib.rs", given, strlen(given));
	scratch_write(ground->folder, "source/src/lib.rs", code, strlen(code));
	scratch_write(ground->folder, "source/tests/own.rs", "#[test]\nfn own() {}", 19);
	ck_assert_int_eq(submission_open(source, &submission_default_caps, &ground->submission, &err), 0);
	ground->exercise = (struct exercise){
		.folder = ground->exercise_folder, .kind = EXERCISE_BUILD, .edition = text_copy("2021")};
	ground->evidence.units = memory_new(1, sizeof *ground->evidence.units);
	ground->evidence.unit_count = 1;
	ground->evidence.units[0] = (struct unit_evidence){.file = "src/lib.rs", .build = {.succeeded = true}};
}

static void make(struct ground *ground)
{
	struct error *err = NULL;

	ck_assert_msg(interview_make(&ground->exercise, ground->submission, &ground->evidence, &err) == 0, "%s",
		      err ? err->message : "");
}

static void close_ground(struct ground *ground)
{
	evidence_release(&ground->evidence, &ground->exercise);
	submission_close(ground->submission);
	free(ground->exercise.edition);
	free(ground->exercise_folder);
	scratch_remove(ground->folder);
}

/* "clone:3 messages": the places of those that have one. */
static char *asked(const struct ground *ground)
{
	struct buffer out = {0};

	buffer_add_text(&out, "");
	for (size_t i = 0; i < ground->evidence.interview.count; i++) {
		const struct interview_question *question = &ground->evidence.interview.items[i];

		buffer_add_format(&out, "%s%s", i ? " " : "", question->id);
		if (question->file)
			buffer_add_format(&out, ":%u", question->line);
	}
	return out.data ? buffer_steal(&out) : text_copy("");
}

static void expect(struct ground *ground, const char *expected)
{
	cleanup_free char *found = NULL;

	make(ground);
	found = asked(ground);
	ck_assert_str_eq(found, expected);
	close_ground(ground);
}

#define GENERAL "messages why-rust next-test"

static const struct {
	const char *code, *asked, *given;
} rows[] = {
	{"async fn f() { let g = m.lock().unwrap();\nx.await;\n}", "lock-across-await:1 await:2 messages", ""},
	{"fn f() {\n unsafe { g() } }", "unsafe-block:2 messages why-rust", ""},
	{"fn f() {\n mem::forget(x) }", "leak:2 messages why-rust", ""},
	{"fn f() {\n x.clone() }", "clone:2 messages why-rust", ""},
	{"fn f() {\n x.unwrap() }", "panic:2 messages why-rust", ""},
	{"fn f() {\n n as u8 }", "cast:2 messages why-rust", ""},
	{"struct S {\n a: Rc<RefCell<u8>> }", "shared:2 messages why-rust", ""},
	{"fn f() {\n m.lock(); }", "lock:2 messages why-rust", ""},
	{"fn f() {\n thread::spawn(g); }", "threads:2 messages why-rust", ""},
	{"async fn f() {\n g().await }", "await:2 messages why-rust", ""},
	{"fn f<'a>(x: &'a u8) -> &'a u8 { x }", "lifetime:1 messages why-rust", ""},
	{"fn f() {\n v.collect::<Vec<_>>().len() }", "collected:2 messages why-rust", ""},
	{"struct S(Box<dyn T>);", "dynamic:1 messages why-rust", ""},
	{"fn f(a: String) {}", "takes-or-borrows:1 messages why-rust", ""},
	/* the second of a kind only where the first is another's place */
	{"fn f() { x.clone().unwrap();\ny.unwrap();\nz.unwrap() }", "clone:1 panic:2 messages", ""},
	/* in order of worth, seven at most */
	{"fn f<'a>(a: &'a str) { v\n.clone()\n.unwrap();\nm.lock();\nn as u8;\nthread::spawn(g);\nBox::leak(b);\n"
	 "unsafe {} }\nstruct S {\na: Rc<u8>,\nb: Box<dyn T>,\n}",
	 "unsafe-block:8 leak:7 clone:2 panic:3 cast:5 shared:10 lock:4", ""},
	/* nothing of what is only text, or was given */
	{"// x.clone()\nfn f() { let s = \"x.unwrap() unsafe {}\"; m!(x.clone()); }", GENERAL, ""},
	{"fn f() {\n    x.clone();\n}", GENERAL, "fn f() {\n\tx.clone();\n}"},
	{"", GENERAL, ""},
};

START_TEST(what_the_source_shows)
{
	struct ground ground;

	open_ground(&ground, rows[_i].code, rows[_i].given);
	expect(&ground, rows[_i].asked);
}
END_TEST

static void add_error(struct ground *ground, const char *code, const char *message, const char *file, unsigned int line)
{
	struct diagnostics *diagnostics = &ground->evidence.units[0].build.diagnostics;

	*ARRAY_ADD(diagnostics->items, diagnostics->count) =
		(struct diagnostic){.is_error = code[0] == 'E',
				    .code = text_copy(code),
				    .message = text_copy(message),
				    .place = {.file = text_copy(file), .line = line}};
	ground->evidence.units[0].build.succeeded &= !diagnostics->items[diagnostics->count - 1].is_error;
}

START_TEST(what_does_not_compile)
{
	struct ground ground;

	open_ground(&ground, "fn f() {\nlet a = b;\nb\n}", "");
	add_error(&ground, "E0425", "cannot find value `b`", "src/lib.rs", 2);
	add_error(&ground, "E0382", "use of moved value: `b`\nand more", "src/lib.rs", 3);
	make(&ground);
	ck_assert_str_eq(ground.evidence.interview.items[0].id, "broken-unit");
	ck_assert_str_eq(
		ground.evidence.interview.items[0].asks,
		"Walk me through the error at src/lib.rs:3: E0382, use of moved value: `b`. What is the rule, and "
		"which ways out are there?");
	ck_assert_str_eq(ground.evidence.interview.items[0].code, "b");
	ck_assert_str_eq(ground.evidence.interview.items[0].about, "compile-error");
	ck_assert_int_eq(ground.evidence.interview.items[0].level, 2);
	close_ground(&ground);
	/* a place that is not the submission's is none */
	open_ground(&ground, "fn f() {}", "");
	add_error(&ground, "E0425", "cannot find value `b`", "hidden/tests.rs", 2);
	expect(&ground, "broken-unit messages why-rust");
	open_ground(&ground, "fn f() {}", "");
	add_error(&ground, "E0425", "cannot find value `b`", "src/lib.rs", 99);
	expect(&ground, "broken-unit:0 messages why-rust");
}
END_TEST

START_TEST(what_clippy_says)
{
	struct ground ground;

	open_ground(&ground, "fn f() {\nreturn 1;\n}\nfn g() {\nreturn 2;\n}", "return 1;");
	add_error(&ground, "clippy::needless_return", "unneeded", "src/lib.rs", 2);
	add_error(&ground, "unused_mut", "not clippy's", "src/lib.rs", 4);
	add_error(&ground, "clippy::needless_return", "unneeded", "src/lib.rs", 5);
	make(&ground);
	ck_assert_str_eq(ground.evidence.interview.items[0].asks,
			 "clippy says `needless_return` at src/lib.rs:5. Would you follow it, and why?");
	close_ground(&ground);
}
END_TEST

/* The place that is counted, and more often than in the reference, before the first one. */
START_TEST(what_is_counted_weighs_more)
{
	struct exercise_use uses[] = {{.id = (char[]){"few"}}, {.id = (char[]){"many"}}};
	struct ground ground;

	open_ground(&ground, "fn f() {\na.clone();\nb.clone();\nc.clone();\n}", "");
	ground.exercise.uses = uses;
	ground.exercise.use_count = ARRAY_LENGTH(uses);
	ground.evidence.uses = memory_new(2, sizeof *ground.evidence.uses);
	for (size_t i = 0; i < 2; i++) {
		struct use_evidence *use = &ground.evidence.uses[i];

		*use = (struct use_evidence){.observed = true, .reference = i ? 0 : 1};
		ARRAY_ADD(use->places, use->count)->place =
			(struct place){.file = text_copy("src/lib.rs"), .line = (unsigned int)(3 + i)};
	}
	expect(&ground, "clone:4 messages why-rust");
}
END_TEST

START_TEST(what_tests_show)
{
	char survivor[] = "survivor", killed[] = "killed", says[] = "Forgets the last. ", other[] = "Forgets all.";
	struct exercise_mutant mutants[] = {{.name = killed, .says = other}, {.name = survivor, .says = says}};
	struct ground ground;

	open_ground(&ground, "fn f() {\nrows[i];\n}", "");
	ground.evidence.tests = memory_new(3, sizeof *ground.evidence.tests);
	ground.evidence.test_count = 3;
	ground.evidence.tests[0] = (struct test_evidence){.status = STATUS_HOLDS, .name = "held"};
	ground.evidence.tests[1] =
		(struct test_evidence){.status = STATUS_FAILS, .name = "lost", .says = text_copy("Nothing is lost.")};
	ground.evidence.tests[2] = (struct test_evidence){.status = STATUS_FAILS,
							  .name = "kept",
							  .says = text_copy("All is kept."),
							  .detail = text_copy("it panicked at src/lib.rs:2:1: index")};
	ground.exercise.mutants = mutants;
	ground.exercise.mutant_count = ARRAY_LENGTH(mutants);
	ground.evidence.own.kills = memory_new(2, sizeof *ground.evidence.own.kills);
	ground.evidence.own.kills[0] = KILL_KILLED;
	ground.evidence.own.kills[1] = KILL_SURVIVED;
	make(&ground);
	ck_assert_uint_eq(ground.evidence.interview.count, 3);
	ck_assert_str_eq(ground.evidence.interview.items[0].asks,
			 "A test fails: \"All is kept\". How would you find out "
			 "why, and which line do you suspect?");
	ck_assert_str_eq(ground.evidence.interview.items[0].code, "rows[i];");
	ck_assert_uint_eq(ground.evidence.interview.items[0].line, 2);
	/* that line is taken: nothing is asked about its index */
	ck_assert_str_eq(ground.evidence.interview.items[1].id, "survivor");
	ck_assert_str_eq(ground.evidence.interview.items[1].asks,
			 "Your tests do not notice this mistake: \"Forgets the last. \". Which test would?");
	ck_assert_str_eq(ground.evidence.interview.items[2].id, "messages");
	close_ground(&ground);
}
END_TEST

START_TEST(where_memory_went_wrong)
{
	struct ground ground;

	open_ground(&ground, "fn f() { unsafe {} }\nfn g() {\nlet c = 1;\n}", "");
	ground.evidence.tests = memory_new(1, sizeof *ground.evidence.tests);
	ground.evidence.test_count = 1;
	ground.evidence.unsafe_code.sanitized[0].tests = memory_new(1, sizeof *ground.evidence.unsafe_code.sanitized[0].tests);
	ground.evidence.unsafe_code.sanitized[0].tests[0] = (struct sanitized_test){
		.state = SANITIZED_ERROR, .place = {.file = text_copy("src/lib.rs"), .line = 3}};
	expect(&ground, "unsafe-block:3 messages why-rust");
}
END_TEST

/* Without tests of its own it is asked about them, last of what it shows; a fix asks for none. */
START_TEST(no_tests_of_its_own)
{
	static const struct {
		enum exercise_kind kind;
		const char *asked;
	} kinds[] = {{EXERCISE_BUILD, "clone:2 untested:1 messages"},
		     {EXERCISE_DESIGN, "clone:2 untested:1 messages"},
		     {EXERCISE_FIX, "clone:2 messages why-rust"}};

	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
		struct ground ground;

		open_ground(&ground, "pub fn f() {\nx.clone(); }", "pub fn f() {\n#[test]\nfn own() {}");
		ground.exercise.kind = kinds[i].kind;
		expect(&ground, kinds[i].asked);
	}
}
END_TEST

START_TEST(answers)
{
	char titles[][8] = {"First", "Second", "Third", "Fourth"};
	struct exercise_question questions[4];
	struct answer given = {0};
	struct ground ground;

	open_ground(&ground, "", "");
	ground.exercise.kind = EXERCISE_EXPLAIN;
	ground.exercise.questions = questions;
	ground.exercise.question_count = ARRAY_LENGTH(questions);
	ground.evidence.questions = memory_new(4, sizeof *ground.evidence.questions);
	for (size_t i = 0; i < 4; i++) {
		questions[i] = (struct exercise_question){.title = titles[i]};
		ground.evidence.questions[i].given = i == 1 ? NULL : &given;
	}
	ground.evidence.questions[0].fails_right = ground.evidence.questions[0].choice_right = true;
	make(&ground);
	ck_assert_uint_eq(ground.evidence.interview.count, 3);
	/* the second was not answered; two wrong ones rather than something general */
	ck_assert_ptr_nonnull(strstr(ground.evidence.interview.items[0].asks, "In the question \"Fourth\""));
	ck_assert_ptr_nonnull(strstr(ground.evidence.interview.items[1].asks, "answer to \"First\" is right"));
	ck_assert_ptr_nonnull(strstr(ground.evidence.interview.items[2].asks, "In the question \"Third\""));
	close_ground(&ground);
}
END_TEST

/* A bank's own list, in which nothing is general. */
START_TEST(again_rather_than_too_few)
{
	static const char list[] =
		"format: assay-skills/1\n"
		"axes: [{id: design, says: a, means: b}, {id: idiom, says: a, means: b}]\n"
		"concepts: [{id: ownership, axis: design, says: Who owns}]\n"
		"statements: [{id: L2.borrow, level: 2, says: Borrows, shown: measured}]\n"
		"questions: [{id: why, about: clone, statement: L2.borrow, asks: \"At {place}: {code}\", junior: a, senior: b}]\n";
	struct ground ground;

	open_ground(&ground, "fn f() {\na.clone(); b.clone();\nc.clone();\n}", "");
	scratch_write(ground.folder, "bank/skills.yaml", list, strlen(list));
	make(&ground);
	/* never twice about one line, so that there are but two */
	ck_assert_uint_eq(ground.evidence.interview.count, 2);
	ck_assert_str_eq(ground.evidence.interview.items[0].asks, "At src/lib.rs:2: a.clone(); b.clone();");
	ck_assert_str_eq(ground.evidence.interview.items[1].asks, "At src/lib.rs:3: c.clone();");
	close_ground(&ground);
}
END_TEST

/* What stands in a line is not read as a question's place, and is bounded by whole characters. */
START_TEST(lines_are_data)
{
	cleanup_buffer struct buffer code = {0};
	struct ground ground;
	const char *shown;

	buffer_add_text(&code, "fn f() {\n a.clone(); // {place} {code} ");
	for (int i = 0; i < 2000; i++)
		buffer_add_text(&code, "\xc3\xa9");
	open_ground(&ground, buffer_text(&code), "");
	make(&ground);
	shown = ground.evidence.interview.items[0].code;
	ck_assert_int_eq(strncmp(shown, "a.clone(); // {place} {code} \xc3\xa9", 31), 0);
	ck_assert_uint_le(strlen(shown), 130);
	ck_assert_str_eq(shown + strlen(shown) - 6, "\xc3\xa9 \xe2\x80\xa6");
	close_ground(&ground);
}
END_TEST

/* The same evidence, the same questions. */
START_TEST(twice_the_same)
{
	cleanup_free char *first = NULL, *second = NULL;
	struct ground ground;

	open_ground(&ground, rows[15].code, "");
	make(&ground);
	first = asked(&ground);
	interview_release(&ground.evidence.interview);
	ck_assert_uint_eq(ground.evidence.interview.count, 0);
	make(&ground);
	second = asked(&ground);
	ck_assert_str_eq(first, second);
	close_ground(&ground);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(what_the_source_shows, .rows = ARRAY_LENGTH(rows)),
	UNIT(what_does_not_compile),
	UNIT(what_clippy_says),
	UNIT(what_is_counted_weighs_more),
	UNIT(what_tests_show),
	UNIT(where_memory_went_wrong),
	UNIT(no_tests_of_its_own),
	UNIT(answers),
	UNIT(again_rather_than_too_few),
	UNIT(lines_are_data),
	UNIT(twice_the_same),
};

UNIT_MAIN("interview", tests)
