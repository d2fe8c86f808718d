/*
 * The steps that need a box: compile, link, probe, format, observe.
 *
 * Each builds a command and a policy, runs it, and says what came out; none
 * knows of exercises' criteria or of reports. All may be called from many
 * threads at once. A step returns -1 only where the machine or assay itself is
 * at fault; a submission that does not compile is a result.
 *
 * Inside a box the toolchain stands where it stands outside, the facade at
 * /facade, the submission at /submission, what was built of it at /built,
 * the view of a hidden file at /hidden, and /tmp is where results are left.
 */
#ifndef ASSAY_STEPS_H
#define ASSAY_STEPS_H

#include "exercise/exercise.h"
#include "rust/diagnostics.h"
#include "rust/records.h"
#include "rust/toolchain.h"
#include "sandbox.h"

#include <stdint.h>

/* What every step needs; const while steps run. */
struct engine {
	const struct sandbox *sandbox;
	const struct toolchain *toolchain;
	const char *facade; /* folder made by facade_build */
};

/* How a boxed step ended, and what the compiler said. */
struct step_result {
	bool succeeded; /* exit code 0 and the output was there */
	struct sandbox_outcome outcome;
	struct diagnostics diagnostics;
	struct string_list read; /* files that the submission's compile took in (dependencies.h); empty where it came to none */
	char *trouble; /* why it failed where no diagnostic says so ("stopped at its limit: memory"), or NULL */
};
void step_result_release(struct step_result *result);

/* Forced to warn where unsafe code is allowed, so that it can be counted. */
#define LINT_UNSAFE "unsafe_code"
#define LINT_UNDOCUMENTED "clippy::undocumented_unsafe_blocks"

#define STEP_PROGRAM "program" /* in the folder that a program is compiled into */

enum sanitizer_kind { SANITIZER_ADDRESS, SANITIZER_THREAD };
#define SANITIZER_KINDS 2

struct compile_source {
	const char *folder; /* host folder with the submission's files */
	const char *file;   /* crate root, relative */
	const char *crate;
	const char *edition;
	bool program;	    /* a binary crate: leaves STEP_PROGRAM instead of an rlib, and no metadata before it */
	bool allow_unsafe;
	const char *clippy_configuration; /* host folder with clippy.toml */
	const char *const *extra_lints;	  /* lint groups to count besides clippy::all; ends with NULL */
	const char *sanitizer;		  /* for step_compile_sanitized: host folder made by sanitizer_build; else NULL */
	enum sanitizer_kind sanitizer_kind;
	struct exercise_limits limits;
};

/*
 * The fused compile: object code, every diagnostic and every lint. Leaves
 * lib<crate>.rlib in the host folder `into`.
 *
 * rustc has type-checked everything long before it has generated code. At that
 * moment a lib<crate>.rlib that holds the metadata only is left in `into`, and
 * `on_metadata` (may be NULL) is called from this thread: what is compiled
 * against the crate can start, with a gate (below) before its linker. The
 * whole rlib takes the place of the first one by rename.
 */
struct compile_listener {
	void (*on_metadata)(void *context);
	void *context;
};
int step_compile(const struct engine *engine, const struct compile_source *source, const char *into,
		 const struct compile_listener *listener, struct step_result *result, struct error **err);

/*
 * The same crate once more, with a sanitizer. Come to it with what step_compile accepts: no lint and no rule is
 * looked at here, and whether a submission compiles is for step_compile to say.
 */
int step_compile_sanitized(const struct engine *engine, const struct compile_source *source, const char *into,
			   struct step_result *result, struct error **err);

struct link_source {
	const char *views;  /* host folder: FILE of it is shown as /hidden */
	const char *file;   /* of hidden/, relative to it */
	const char *crate;  /* of the submission (or unit); NULL where it is a program, which nothing is linked with */
	const char *built;  /* host folder with lib<crate>.rlib */
	const char *edition;
	bool placeless;	  /* what is called from the file learns nothing of the place */
	bool lists;	  /* the program tells the names and sentences of its tests, and holds no test */
	const char *own_tests; /* host folder with tests of the submission's own, shown as /hidden instead of a view; or NULL */
	bool allow_unsafe;     /* in these */
	bool plain; /* a file of #[test] functions, pinned (pins.h), instead of one with a main of its own */
	const char *gate; /* a FIFO before which the linker waits for "go", or NULL: link at once */
	const char *sanitizer; /* as the crate in `built` was compiled */
	enum sanitizer_kind sanitizer_kind;
	struct exercise_limits limits;
	struct sandbox_prepared *prepared; /* by step_prepare_link from the same source; used up. NULL: a box is made */
};

/*
 * Sets up the box of a step_link ahead of time. Nothing need be in `built` yet. What holds of sandbox_prepare holds
 * here: the thread must outlive the box.
 */
int step_prepare_link(const struct engine *engine, const struct link_source *source, struct sandbox_prepared **prepared,
		      struct error **err);
/* Compiles and links a hidden test file with what was built. Leaves a program at the host path `program`. */
int step_link(const struct engine *engine, const struct link_source *source, const char *program,
	      struct step_result *result, struct error **err);
/* Type-checks and borrow-checks a hidden file against what was built; succeeds where it compiles. */
int step_check(const struct engine *engine, const struct link_source *source, struct step_result *result,
	       struct error **err);
/* Compiles one file alone (a snippet of an explain exercise) as a library. */
int step_snippet(const struct engine *engine, const char *folder, const char *file, const char *edition,
		 struct step_result *result, struct error **err);
/* Runs rustfmt --check on the crate roots. Appends the relative paths of the files that it would change; none: clean.
 */
int step_format(const struct engine *engine, const char *folder, const char *const *roots, const char *edition,
		struct string_list *changed, struct sandbox_outcome *outcome, struct error **err);

/* Runs one test of a linked program. The transcript is the process's own word, judged by nobody yet. */
int step_observe(const struct engine *engine, const char *program, uint32_t index, uint64_t seed,
		 const struct exercise_limits *limits, struct transcript *transcript, struct sandbox_outcome *outcome,
		 struct error **err);
/* The same of a program that tells its allocations (tally.h): they are compared with what the transcript says. */
int step_observe_counted(const struct engine *engine, const char *program, uint32_t index, uint64_t seed,
			 const struct exercise_limits *limits, struct transcript *transcript,
			 struct sandbox_outcome *outcome, struct error **err);
/*
 * The same with a program that was linked with a sanitizer: limits are wider, and `report` gets what the sanitizer wrote
 * (sanitizer_report.h). The process could write there too: only that nothing is there, and SANITIZER_EXIT is not the exit
 * code of a test that came to its end, says anything for it.
 */
int step_observe_sanitized(const struct engine *engine, enum sanitizer_kind kind, const char *program, uint32_t index, uint64_t seed,
			   const struct exercise_limits *limits, struct transcript *transcript, struct buffer *report,
			   struct sandbox_outcome *outcome, struct error **err);

#endif
