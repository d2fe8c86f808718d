/*
 * The corpus as data: what is attacked, by which program, what stops it and how
 * that is told. The tests (u-attacks.c) and the table for readers (TABLE.md) are
 * made of these rows, so a new attack is a program beside this folder and a row
 * in attacks_*.c.
 */
#ifndef ASSAY_TESTS_ATTACKS_H
#define ASSAY_TESTS_ATTACKS_H

#include "sandbox.h"

#include <stdbool.h>
#include <stddef.h>

/* What stops an attack: a layer of the box, or one of these, which no layer of sandbox.h stands for. */
enum holder {
	/* 0 … SANDBOX_LAYER_COUNT - 1: enum sandbox_layer */
	HOLDER_SUPERVISOR = SANDBOX_LAYER_COUNT, /* deadlines, caps, and what is accepted from the scratch folder */
	HOLDER_SCRATCH,				 /* size and inodes of the box's tmpfs */
	HOLDER_DESCRIPTORS,			 /* all but the program's own are closed before anything else */
	HOLDER_SESSION,				 /* a session without a terminal */
	HOLDER_INIT,	   /* init is not dumpable, has no handlers and is not in the program's reach */
	HOLDER_NO_NESTING, /* user.max_user_namespaces is 0 inside */
	HOLDER_KEYRING,	   /* a session keyring of the box's own */
	HOLDER_KERNEL,	   /* refuses it to everybody */
	HOLDER_END
};

enum verdict_kind {
	VERDICT_NONE,
	VERDICT_HELD, /* the program went on, saw itself refused and said so; with `error` by that errno, with `limit`
			 told of it */
	VERDICT_VIOLATION, /* the box was ended for a system call, which is named */
	VERDICT_LIMIT,	   /* … at, or told of, a limit */
	VERDICT_SIGNAL,	   /* the program ended by a signal of its own making */
	VERDICT_STOPPED	   /* of a compiler: it did not succeed. An error, a crash or a limit, as its version has it */
};

struct verdict {
	enum verdict_kind kind;
	int error;
	const char *call;
	enum sandbox_limit limit;
	int signal;
};

/* One that stops the attack, and what is seen when none of the row's others does. */
struct hold {
	int by; /* enum sandbox_layer or enum holder */
	struct verdict verdict;
	int abi; /* of Landlock, that this needs; 0 for any */
};

#define ATTACK_HOLDS 3

enum { IN_RUN = 1 << SANDBOX_RUN, IN_COMPILE = 1 << SANDBOX_COMPILE, IN_BOTH = IN_RUN | IN_COMPILE };

struct staging;

struct attack {
	const char *name; /* what is attacked */
	/* "PROGRAM ARGUMENT…": a name is a program in C or Rust, NAME.sh a script for /bin/sh, "rustc NAME" a source
	 * for rustc */
	const char *run;
	unsigned int profiles; /* set of IN_… */
	/*
	 * In the order in which they would act. The first that is in force gives the verdict, so the first row is what
	 * the whole policy answers, and a row holds without the layers that this machine or this user does not have.
	 */
	struct hold holds[ATTACK_HOLDS];
	const char *alone;	       /* why there is no second one; NULL where there is */
	struct sandbox_limits limits;  /* where not 0, in the place of the scene's */
	const struct staging *staging; /* what the host lays out for it; NULL for nothing */
};

/* The chapters of the corpus, in the order of the table. */
struct attack_chapter {
	const char *title;
	const struct attack *attacks;
	const size_t *count;
};
extern const struct attack_chapter attack_chapters[];
extern const size_t attack_chapter_count;

/* All rows, numbered through the chapters. */
size_t attack_count(void);
const struct attack *attack_at(size_t index);

/* The hold that gives the verdict where those layers are in force; NULL where nothing holds. */
const struct hold *attack_verdict(const struct attack *attack, unsigned int layers);

/* The layers to switch off so that this hold is left alone, as far as they can be: a set for sandbox_policy.without. */
unsigned int attack_others(const struct attack *attack, size_t hold);

/* Can what acts before that hold be switched off, so that it is seen to hold? */
bool attack_is_shown(const struct attack *attack, size_t hold);

const char *holder_name(int holder);
char *verdict_text(const struct verdict *verdict); /* the caller frees it */

/* The whole corpus as Markdown; the caller frees it. */
char *attack_table(void);

#endif
