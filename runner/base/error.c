#include "base/error.h"

#include "base/memory.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 1, 0))) static char *format_message(const char *format, va_list arguments)
{
	char *message = NULL;

	if (vasprintf(&message, format, arguments) < 0)
		message = text_copy(format);
	return message;
}

static int set(struct error **err, enum error_kind kind, char *message)
{
	struct error *error = memory_new(1, sizeof *error);

	error->kind = kind;
	error->message = message;
	error_free(*err);
	*err = error;
	return -1;
}

int error_set(struct error **err, enum error_kind kind, const char *format, ...)
{
	va_list arguments;
	char *message;

	va_start(arguments, format);
	message = format_message(format, arguments);
	va_end(arguments);
	return set(err, kind, message);
}

int error_set_errno(struct error **err, enum error_kind kind, const char *format, ...)
{
	int number = errno;
	cleanup_free char *what = NULL;
	va_list arguments;
	char words[128];

	va_start(arguments, format);
	what = format_message(format, arguments);
	va_end(arguments);
	return set(err, kind, text_format("%s: %s", what, strerror_r(number, words, sizeof words)));
}

int error_wrap(struct error **err, const char *format, ...)
{
	cleanup_free char *what = NULL;
	va_list arguments;
	char *message;

	va_start(arguments, format);
	what = format_message(format, arguments);
	va_end(arguments);
	message = text_format("%s: %s", what, (*err)->message);
	free((*err)->message);
	(*err)->message = message;
	return -1;
}

void error_free(struct error *error)
{
	if (!error)
		return;
	free(error->message);
	free(error);
}
