/*
 * Commands are rows: what one takes, says and returns is data, and the same rows
 * drive the parser, `--help`, the manual page and shell completion.
 *
 * A command is one file, command_NAME.c, that exports a `const struct command
 * command_NAME`; command.c lists them. The frame parses the command line by the
 * rows, calls run, prints the error it set as "assay: NAME: …", and turns its kind into
 * the exit code. `run` writes to stdout only what the user asked for.
 *
 *     static const struct command_option options[] = {
 *             {"output", 'o', OPTION_TEXT, "FILE", "write the report here instead of on standard output"},
 *             {"require-level", 0, OPTION_NUMBER, "N", "exit with 10 below this level", .minimum = 0, .maximum = 3},
 *             {"format", 0, OPTION_CHOICE, "FORMAT", "how to write it", .choices = formats, .fallback = "text"},
 *             {0},
 *     };
 *
 * Every table ends with a zeroed row. --help is there without a row.
 */
#ifndef ASSAY_COMMAND_H
#define ASSAY_COMMAND_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum option_type {
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_NUMBER, /* decimal, within [minimum, maximum] */
	OPTION_CHOICE, /* one of `choices` */
};

struct command_option {
	const char *name; /* without its dashes */
	char letter;	  /* or 0 */
	enum option_type type;
	const char *placeholder; /* NULL for a flag */
	const char *help;	 /* a phrase: no capital, no full stop */
	long long minimum, maximum;
	const char *const *choices; /* ends with NULL */
	const char *fallback;	    /* the value where it was not given; shown in the help */
	bool repeats;		    /* may be given more than once: command_line_next */
};

/* Arguments that are not options, in order; only the last may repeat, and only the last ones may be optional. */
struct command_argument {
	const char *name; /* EXERCISE */
	const char *help;
	bool optional;
	bool repeats;
};

struct command_example {
	const char *line;
	const char *says;
};

struct command_exit {
	int code; /* 0 first; 1 and 2 mean the same everywhere and are added by the frame */
	const char *says;
};

struct command_line;

struct command {
	const char *name;
	const char *summary;	 /* one line, as an order: "Grade one submission" */
	const char *description; /* paragraphs, an empty line between them */
	const struct command_argument *arguments;
	const struct command_option *options;
	const struct command_example *examples;
	const struct command_exit *exits;
	bool options_first; /* options end at the first argument: what follows belongs to another program */
	bool hidden;	    /* for the project itself: not listed */
	/* The exit code, or -1 with *err set: its kind is the exit code then. */
	int (*run)(const struct command_line *line, struct error **err);
};

extern const struct command *const commands[]; /* ends with NULL */

/* NULL where there is none. */
const struct command *command_find(const char *name);
/* As command_find; sets an error that names the nearest command. */
const struct command *command_need(const char *name, struct error **err);

/* ---- what the user gave ------------------------------------------------ */

/* Asking for an option that the command's rows do not have ends the program: it is a bug. */
bool command_line_flag(const struct command_line *line, const char *name);
bool command_line_given(const struct command_line *line, const char *name);
/* The last one given, else the row's fallback, else NULL. Good as long as the line. */
const char *command_line_text(const struct command_line *line, const char *name);
/* The same as a number; 0 where it was not given and the row has no fallback. */
long long command_line_number(const struct command_line *line, const char *name);
/* Each value of an option that repeats: start with *cursor = 0; NULL at the end. */
const char *command_line_next(const struct command_line *line, const char *name, size_t *cursor);

size_t command_line_argument_count(const struct command_line *line);
/* NULL beyond the last, so that the arguments can also be read as an argv. */
const char *command_line_argument(const struct command_line *line, size_t index);

/* ---- the frame ---------------------------------------------------------- */

/* True where colours are wanted: a terminal that has them, and NO_COLOR is not set. */
bool command_wants_colour(FILE *stream);

/* Parses, runs, prints errors; returns the exit code. Does not return where a signal ended the run: the signal does. */
int command_main(int argc, char **argv);

#endif
