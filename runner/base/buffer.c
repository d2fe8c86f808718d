#include "base/buffer.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void reserve(struct buffer *buffer, size_t more)
{
	size_t need = buffer->length + more + 1;
	size_t capacity = buffer->capacity ? buffer->capacity : 64;

	if (need <= buffer->capacity)
		return;
	while (capacity < need)
		capacity *= 2;
	buffer->data = memory_grow(buffer->data, capacity, 1);
	buffer->capacity = capacity;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t length)
{
	reserve(buffer, length);
	if (length)
		memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

void buffer_add_char(struct buffer *buffer, char byte)
{
	buffer_add(buffer, &byte, 1);
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;
	char *text;
	int length;

	va_start(arguments, format);
	length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	buffer_add(buffer, text, (size_t)length);
	free(text);
}

const char *buffer_text(const struct buffer *buffer)
{
	return buffer->data ? buffer->data : "";
}

char *buffer_steal(struct buffer *buffer)
{
	char *data = buffer->data ? buffer->data : text_copy("");

	*buffer = (struct buffer){0};
	return data;
}

void buffer_release(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){0};
}
