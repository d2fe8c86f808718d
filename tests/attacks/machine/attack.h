/*
 * For the programs that attack a box. Each tries something and says how it went
 * by its end: HELD when it was refused, BREACH when it got through. Where the
 * box is expected to end the program, it never gets that far.
 */
#ifndef ASSAY_TESTS_ATTACK_H
#define ASSAY_TESTS_ATTACK_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((format(printf, 1, 2))) static inline _Noreturn void breach(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	printf("BREACH: ");
	vprintf(format, arguments);
	printf("\n");
	va_end(arguments);
	fflush(stdout);
	_exit(1);
}

/* Refused, and by what. */
__attribute__((format(printf, 1, 2))) static inline _Noreturn void held_by(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	printf("HELD: ");
	vprintf(format, arguments);
	printf("\n");
	va_end(arguments);
	fflush(stdout);
	_exit(0);
}

static inline _Noreturn void held(void)
{
	printf("HELD\n");
	fflush(stdout);
	_exit(0);
}

/* Writes to every page, in a way that no optimiser takes for useless. */
static inline void touch(char *piece, size_t length)
{
	for (size_t i = 0; i < length; i += 4096)
		((volatile char *)piece)[i] = 1;
}

#endif
