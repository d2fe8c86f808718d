#include "rust/tally.h"

#include "base/file.h"
#include "base/memory.h"

#include <elf.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PROGRAM_LIMIT (128u << 20) /* bytes */

static const char section_name[] = ".assay.tally"; /* harness/tally.rs */

/* Bytes of the file at the offset, or NULL where it has not so many. */
static const void *at(const struct buffer *file, uint64_t offset, uint64_t size)
{
	return offset <= file->length && size <= file->length - offset ? file->data + offset : NULL;
}

static const Elf64_Shdr *section_at(const struct buffer *file, const Elf64_Ehdr *header, unsigned int index)
{
	return index < header->e_shnum
		       ? at(file, header->e_shoff + (uint64_t)index * sizeof(Elf64_Shdr), sizeof(Elf64_Shdr))
		       : NULL;
}

/* The offset in the file of the section's only byte; 0 where there is not exactly that. */
static uint64_t find_switch(const struct buffer *file)
{
	const Elf64_Ehdr *header = at(file, 0, sizeof *header);
	const Elf64_Shdr *names = header ? section_at(file, header, header->e_shstrndx) : NULL;

	if (!names || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_ident[EI_CLASS] != ELFCLASS64)
		return 0;
	for (unsigned int i = 0; i < header->e_shnum; i++) {
		const Elf64_Shdr *section = section_at(file, header, i);
		const char *name = section ? at(file, names->sh_offset + section->sh_name, sizeof section_name) : NULL;

		if (name && memcmp(name, section_name, sizeof section_name) == 0)
			return section->sh_size == 1 && at(file, section->sh_offset, 1) ? section->sh_offset : 0;
	}
	return 0;
}

int tally_switch_on(const char *program, const char *copy, struct error **err)
{
	cleanup_buffer struct buffer bytes = {0};
	uint64_t offset;

	if (file_read(AT_FDCWD, program, PROGRAM_LIMIT, &bytes, err) < 0)
		return -1;
	offset = find_switch(&bytes);
	if (!offset)
		return error_set(err, ERROR_OTHER, "%s cannot be made to tell its allocations", program);
	bytes.data[offset] = 1;
	return file_write(AT_FDCWD, copy, bytes.data, bytes.length, 0755, err);
}

/* The next region's allocations; SIZE_MAX where no whole one follows. */
static size_t next_region(const char **told, const char *end, const char **fault)
{
	size_t allocations = 0;
	bool inside = false;

	for (; *told < end; (*told)++) {
		char what = **told;

		if (what == '+') {
			allocations += inside;
		} else if (what == '(' && !inside) {
			inside = true;
		} else if (what == ')' && inside) {
			(*told)++;
			return allocations;
		} else {
			*fault = "marks that are not the harness's are among them";
			return SIZE_MAX;
		}
	}
	return SIZE_MAX;
}

void tally_check(const char *told, size_t length, struct transcript *transcript)
{
	const char *end = told + length, *fault = NULL;
	size_t allocations;

	for (size_t i = 0; i < transcript->count && !transcript->fault; i++) {
		const struct record *record = &transcript->items[i];

		if (record->kind != RECORD_COUNTED)
			continue;
		allocations = next_region(&told, end, &fault);
		if (allocations == SIZE_MAX || strtoumax(record->value, NULL, 10) != allocations)
			transcript->fault =
				fault ? text_copy(fault)
				      : text_format("%.60s is said to be %.20s allocations, and %zu were made",
						    record->label, record->value,
						    allocations == SIZE_MAX ? 0 : allocations);
	}
	if (!transcript->fault && transcript->ended && next_region(&told, end, &fault) != SIZE_MAX)
		fault = "more was counted than it says";
	if (!transcript->fault && fault)
		transcript->fault = text_copy(fault);
}
