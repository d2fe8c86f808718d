#include "grading/observations.h"

#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define OBSERVATION_LIMIT (8u << 20) /* bytes */

/* Kept observations come from a process that is trusted: there is nothing to keep secret from. */
static const struct records_keys no_keys;

static char *folder_of(const char *reference, uint64_t seed)
{
	return text_format("%s/given-%016llx", reference, (unsigned long long)seed);
}

static char *path_of(const char *folder, const struct observation_key *key)
{
	return text_format("%s/%zu-%u", folder, key->program, key->index);
}

/* A file: what the test cost in ms, as a decimal line, and the records. */
bool observations_load(const struct observation_key *key, struct transcript *transcript, unsigned int *cpu_ms)
{
	cleanup_free char *folder = folder_of(key->reference, key->seed);
	cleanup_free char *path = path_of(folder, key);
	cleanup_buffer struct buffer bytes = {0};
	cleanup_error struct error *ignored = NULL;

	const char *newline;

	if (file_read(AT_FDCWD, path, OBSERVATION_LIMIT, &bytes, &ignored) < 0)
		return false;
	newline = strchr(buffer_text(&bytes), '\n');
	if (!newline || sscanf(buffer_text(&bytes), "%u\n", cpu_ms) != 1)
		return false;
	newline++;
	records_parse(newline, bytes.length - (size_t)(newline - bytes.data), &no_keys, transcript);
	if ((transcript->ended || transcript_declared_end(transcript)) && !transcript->fault)
		return true;
	transcript_release(transcript);
	return false;
}

void observations_save(const struct observation_key *key, const struct transcript *transcript, unsigned int cpu_ms)
{
	cleanup_free char *folder = folder_of(key->reference, key->seed);
	cleanup_free char *path = path_of(folder, key);
	cleanup_buffer struct buffer bytes = {0};
	cleanup_error struct error *ignored = NULL;

	buffer_add_format(&bytes, "%u\n", cpu_ms);
	records_write(transcript, &no_keys, &bytes);
	if (file_make_folders(folder, &ignored) == 0)
		file_write_atomic(path, bytes.data, bytes.length, &ignored);
}

void observations_forget(const char *reference, uint64_t seed)
{
	cleanup_free char *folder = folder_of(reference, seed);

	file_remove_tree(AT_FDCWD, folder);
}
