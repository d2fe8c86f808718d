#include "grading/observations.h"

#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#define OBSERVATION_LIMIT (8u << 20) /* bytes */

/* Kept observations come from a process that is trusted: there is nothing to keep secret from. */
static const unsigned char no_nonce[RECORDS_NONCE_SIZE];

#define POOL_SIZE 8
#define POOL_PREFIX "drawn-"

static char *folder_of(const char *reference, enum seed_origin origin, uint64_t seed)
{
	return text_format("%s/%s%016llx", reference, origin == SEED_DRAWN ? POOL_PREFIX : "given-",
			   (unsigned long long)seed);
}

static char *path_of(const char *folder, const struct observation_key *key)
{
	return text_format("%s/%zu-%u", folder, key->program, key->index);
}

/* A file: what the test cost in ms, as a decimal line, and the records. */
bool observations_load(const struct observation_key *key, struct transcript *transcript, unsigned int *cpu_ms)
{
	cleanup_free char *folder = folder_of(key->reference, key->origin, key->seed);
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
	records_parse(newline, bytes.length - (size_t)(newline - bytes.data), no_nonce, transcript);
	if (transcript->ended && !transcript->fault)
		return true;
	transcript_release(transcript);
	return false;
}

void observations_save(const struct observation_key *key, const struct transcript *transcript, unsigned int cpu_ms)
{
	cleanup_free char *folder = folder_of(key->reference, key->origin, key->seed);
	cleanup_free char *path = path_of(folder, key);
	cleanup_buffer struct buffer bytes = {0};
	cleanup_error struct error *ignored = NULL;

	buffer_add_format(&bytes, "%u\n", cpu_ms);
	records_write(transcript, no_nonce, &bytes);
	if (file_make_folders(folder, &ignored) == 0)
		file_write_atomic(path, bytes.data, bytes.length, &ignored);
}

void observations_forget(const char *reference, uint64_t seed)
{
	cleanup_free char *folder = folder_of(reference, SEED_GIVEN, seed);

	file_remove_tree(AT_FDCWD, folder);
}

struct pool {
	uint64_t seeds[POOL_SIZE * 4]; /* more than POOL_SIZE where several gradings grow it at once */
	size_t count, oldest;
};

static void read_pool(const char *reference, struct pool *pool)
{
	DIR *folder = opendir(reference);
	struct timespec oldest = {0};
	struct dirent *entry;

	while (folder && (entry = readdir(folder)) && pool->count < ARRAY_LENGTH(pool->seeds)) {
		unsigned long long seed;
		struct stat status;

		if (sscanf(entry->d_name, POOL_PREFIX "%16llx", &seed) != 1 ||
		    fstatat(dirfd(folder), entry->d_name, &status, 0) < 0)
			continue;
		if (pool->count == 0 || status.st_mtim.tv_sec < oldest.tv_sec ||
		    (status.st_mtim.tv_sec == oldest.tv_sec && status.st_mtim.tv_nsec < oldest.tv_nsec)) {
			oldest = status.st_mtim;
			pool->oldest = pool->count;
		}
		pool->seeds[pool->count++] = seed;
	}
	if (folder)
		closedir(folder);
}

int observations_draw(const char *reference, uint64_t *seed, struct error **err)
{
	struct pool pool = {0};
	uint32_t chance[2];

	if (getrandom(seed, sizeof *seed, 0) != (ssize_t)sizeof *seed ||
	    getrandom(chance, sizeof chance, 0) != (ssize_t)sizeof chance)
		return error_set_errno(err, ERROR_OTHER, "no random bytes for a seed");
	read_pool(reference, &pool);
	if (pool.count >= POOL_SIZE && chance[0] % POOL_SIZE != 0) {
		*seed = pool.seeds[chance[1] % pool.count];
	} else if (pool.count >= POOL_SIZE) {
		cleanup_free char *oldest = folder_of(reference, SEED_DRAWN, pool.seeds[pool.oldest]);

		file_remove_tree(AT_FDCWD, oldest);
	}
	return 0;
}
