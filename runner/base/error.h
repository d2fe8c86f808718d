/*
 * Errors as values with context.
 *
 * A function that can fail takes `struct error **err` last and returns 0, or
 * -1 with *err set. Each layer that knows more wraps the error with what it was
 * doing; only main and the commands print one and turn its kind into an exit
 * code. `err` is never NULL, and *err is NULL on entry.
 *
 *     if (file_read(path, limit, &text, err) < 0)
 *             return error_wrap(err, "reading the manifest");
 */
#ifndef ASSAY_BASE_ERROR_H
#define ASSAY_BASE_ERROR_H

/* The values are the exit codes of the program (README, "Exit codes"). */
enum error_kind {
	ERROR_OTHER = 1,      /* anything else, a full disk for example */
	ERROR_USAGE = 2,      /* the command line is off */
	ERROR_EXERCISE = 3,   /* the exercise is not sound */
	ERROR_SUBMISSION = 4, /* refused at the door */
	ERROR_SANDBOX = 5,    /* no sandbox could be had */
};

struct error {
	enum error_kind kind;
	char *message; /* printable, no newline at its end */
};

/* All three return -1, so that a caller can `return error_set(…)`. */
int error_set(struct error **err, enum error_kind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* As error_set, with ": " and the words for errno at the end. */
int error_set_errno(struct error **err, enum error_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Puts "…: " before the message of an error that is set. */
int error_wrap(struct error **err, const char *format, ...) __attribute__((format(printf, 2, 3)));

void error_free(struct error *error); /* NULL is fine */

static inline void error_cleanup(struct error **error)
{
	error_free(*error);
}
#define cleanup_error __attribute__((cleanup(error_cleanup)))

#endif
