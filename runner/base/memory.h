/*
 * Allocation that cannot fail: out of memory ends the program with a message.
 *
 * assay holds little (reports, captured output with caps), so a failed
 * allocation means that the machine is beyond help; code that handled it would
 * never be run. A box's memory limit is the kernel's and never reaches here.
 */
#ifndef ASSAY_BASE_MEMORY_H
#define ASSAY_BASE_MEMORY_H

#include <stddef.h>
#include <stdlib.h>

/* All return storage that the caller frees with free(). */
void *memory_new(size_t count, size_t size); /* zeroed; dies on overflow */
void *memory_grow(void *old, size_t count, size_t size);
char *text_copy(const char *text); /* NULL gives NULL */
char *text_copy_n(const char *text, size_t length);
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Appends one zeroed element to an array kept as {pointer, count} and returns
 * its address, good until the next append. Capacity doubles at powers of two,
 * so that no third field is needed.
 */
#define ARRAY_ADD(items, count) ((__typeof__(items))array_add((void **)&(items), &(count), sizeof *(items)))
void *array_add(void **items, size_t *count, size_t size);

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* Frees at the end of the scope: `cleanup_free char *name = …`. */
static inline void memory_cleanup(void *pointer)
{
	free(*(void **)pointer);
}
#define cleanup_free __attribute__((cleanup(memory_cleanup)))

/* Gives ownership away: returns the pointer and leaves NULL behind. */
static inline void *memory_steal(void *pointer)
{
	void *held = *(void **)pointer;

	*(void **)pointer = NULL;
	return held;
}
#define STEAL(pointer) ((__typeof__(pointer))memory_steal(&(pointer)))

#endif
