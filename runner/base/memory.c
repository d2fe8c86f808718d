#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static _Noreturn void out_of_memory(void)
{
	static const char message[] = "assay: out of memory\n";

	fwrite(message, 1, sizeof message - 1, stderr);
	abort();
}

void *memory_new(size_t count, size_t size)
{
	/* calloc checks the multiplication; zero elements still get an address */
	void *memory = calloc(count ? count : 1, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

void *memory_grow(void *old, size_t count, size_t size)
{
	void *memory = reallocarray(old, count ? count : 1, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

char *text_copy(const char *text)
{
	return text ? text_copy_n(text, strlen(text)) : NULL;
}

char *text_copy_n(const char *text, size_t length)
{
	char *copy = memory_new(length + 1, 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

char *text_format(const char *format, ...)
{
	va_list arguments;
	char *text;
	int length;

	va_start(arguments, format);
	length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0)
		out_of_memory();
	return text;
}

void *array_add(void **items, size_t *count, size_t size)
{
	char *element;

	/* a power of two (or nothing yet) means that the storage is full */
	if ((*count & (*count - 1)) == 0) {
		if (*count > SIZE_MAX / 2)
			out_of_memory();
		*items = memory_grow(*items, *count ? *count * 2 : 1, size);
	}
	element = (char *)*items + *count * size;
	memset(element, 0, size);
	(*count)++;
	return element;
}
