/*
 * An archive from a stranger, unpacked into memory and nowhere else.
 *
 * libarchive is asked for four filters and two formats only: every other
 * decoder in it is code that a stranger could reach for no one's benefit. What
 * an entry says of its size is not believed: bytes are counted as they come
 * out, those that are passed over too, so that a bomb costs what the caps allow.
 */
#include "submission/intake.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

struct unpacking {
	struct intake *intake;
	struct archive *archive;
	const struct buffer *packed;
	size_t unpacked; /* bytes that came out so far */
};

static int (*const decoders[])(struct archive *) = {
	archive_read_support_filter_gzip,
	archive_read_support_filter_xz,
	archive_read_support_filter_zstd,
	archive_read_support_format_tar,
	/* the directory at the end is the archive: without it a zip is cut short */
	archive_read_support_format_zip_seekable,
};

static void archive_cleanup(struct archive **archive)
{
	archive_read_free(*archive);
}

/* How compressed files and zips begin. A tar has no such mark in all of its forms; libarchive knows one by its sums. */
static const struct {
	const char *bytes;
	size_t length;
} beginnings[] = {
	{"\x1f\x8b", 2}, {"\xfd\x37zXZ", 5}, {"\x28\xb5\x2f\xfd", 4}, {"PK\x03\x04", 4}, {"PK\x05\x06", 4},
};

static bool begins_like_an_archive(const struct buffer *packed)
{
	for (size_t i = 0; i < ARRAY_LENGTH(beginnings); i++)
		if (packed->length >= beginnings[i].length &&
		    memcmp(packed->data, beginnings[i].bytes, beginnings[i].length) == 0)
			return true;
	return false;
}

/* What libarchive could not go on with, and at its first block whether that ever was an archive. */
static int trouble(const struct unpacking *unpacking, struct error **err)
{
	const char *words = archive_error_string(unpacking->archive);
	cleanup_free char *shown = text_printable_copy(words ? words : "no more is known");
	/* EILSEQ is libarchive's "wrong file format" where there is no EFTYPE */
	bool neither_tar_nor_zip =
		archive_format(unpacking->archive) == 0 && archive_errno(unpacking->archive) == EILSEQ;

	if (neither_tar_nor_zip && archive_filter_count(unpacking->archive) > 1)
		return error_set(err, ERROR_SUBMISSION, "is compressed, but what it holds is not a tar archive");
	if (neither_tar_nor_zip && !begins_like_an_archive(unpacking->packed))
		return error_set(err, ERROR_SUBMISSION,
				 "is not an archive that is known here: .tar, .tar.gz, .tar.xz, .tar.zst or .zip");
	return error_set(err, ERROR_SUBMISSION, "the archive is damaged or cut short: %s", shown);
}

static enum entry_type type_of(struct archive_entry *entry)
{
	if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK)
		return ENTRY_LINK;
	if (archive_entry_filetype(entry) == AE_IFDIR)
		return ENTRY_FOLDER;
	return archive_entry_filetype(entry) == AE_IFREG ? ENTRY_FILE : ENTRY_SPECIAL;
}

/* The entry's name without what archivers put around it: "./src/" is "src". */
static char *name_of(struct archive_entry *entry)
{
	/* a name that the locale cannot express is there as UTF-8 only */
	const char *name = archive_entry_pathname(entry);
	size_t length;

	if (!name)
		name = archive_entry_pathname_utf8(entry);
	if (!name)
		return text_copy("(a name in no known encoding)");
	while (strncmp(name, "./", 2) == 0)
		name += 2;
	length = strlen(name);
	if (length > 1 && name[length - 1] == '/')
		length--;
	return text_copy_n(name, length);
}

/* A hole in a sparse file, up to an offset that is within the cap. */
static void fill_hole(struct buffer *data, size_t end)
{
	while (data->length < end)
		buffer_add_char(data, '\0');
}

/*
 * Reads an entry to its end. What it holds goes into `data` as long as that is
 * wanted (NULL: never) and not larger than the cap; *too_large says if it was.
 */
static int read_data(struct unpacking *unpacking, struct buffer *data, bool *too_large, struct error **err)
{
	const struct submission_caps *caps = unpacking->intake->caps;

	for (;;) {
		const void *block;
		size_t length;
		la_int64_t offset;
		int result = archive_read_data_block(unpacking->archive, &block, &length, &offset);

		if (result == ARCHIVE_EOF)
			return 0;
		if (result != ARCHIVE_OK)
			return trouble(unpacking, err);
		unpacking->unpacked += length;
		if (unpacking->unpacked > caps->passed_bytes)
			return error_set(err, ERROR_SUBMISSION, "unpacks to more than %zu MiB",
					 caps->passed_bytes >> 20);
		if (!data || *too_large)
			continue;
		if (offset < 0 || (size_t)offset > caps->file_bytes || length > caps->file_bytes - (size_t)offset) {
			*too_large = true;
			continue;
		}
		fill_hole(data, (size_t)offset);
		buffer_add(data, block, length);
	}
}

static int take_entry(struct unpacking *unpacking, struct archive_entry *entry, struct error **err)
{
	struct intake *intake = unpacking->intake;
	cleanup_free char *path = name_of(entry);
	cleanup_buffer struct buffer data = {0};
	enum entry_type type = type_of(entry);
	enum intake_answer answer;
	bool too_large = false;

	if (archive_entry_is_encrypted(entry))
		return error_set(err, ERROR_SUBMISSION, "the archive is encrypted; hand in a plain one");
	/* the archive's own root: "./" */
	if (type == ENTRY_FOLDER && (*path == '\0' || strcmp(path, ".") == 0))
		return 0;
	answer = intake_offer(intake, path, type, err);
	if (answer == INTAKE_FAILED)
		return -1;
	if (type == ENTRY_FOLDER)
		answer = INTAKE_PASSED;
	if (read_data(unpacking, answer == INTAKE_WANTED ? &data : NULL, &too_large, err) < 0)
		return -1;
	if (answer == INTAKE_PASSED)
		return 0;
	/* a hole at the end has no block after it: only the size tells of it */
	if (archive_entry_size(entry) > (la_int64_t)intake->caps->file_bytes)
		too_large = true;
	else if (archive_entry_size(entry) > 0)
		fill_hole(&data, (size_t)archive_entry_size(entry));
	if (too_large) {
		intake_refuse(intake, path, REFUSED_TOO_LARGE);
		return 0;
	}
	return intake_keep(intake, path, &data, err);
}

static int take_entries(struct unpacking *unpacking, struct error **err)
{
	for (;;) {
		struct archive_entry *entry;
		int result = archive_read_next_header(unpacking->archive, &entry);

		if (result == ARCHIVE_EOF)
			return 0;
		/* a warning is about a name or a time that this locale cannot express */
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return trouble(unpacking, err);
		if (take_entry(unpacking, entry, err) < 0)
			return -1;
	}
}

/* Whole into memory, since a zip's directory is at its end; this is what the cap on packed bytes is for. */
static int read_packed(int fd, size_t most, struct buffer *packed, struct error **err)
{
	cleanup_error struct error *failure = NULL;
	struct stat status;

	if (fstat(fd, &status) == 0 && (size_t)status.st_size > most)
		return error_set(err, ERROR_SUBMISSION, "larger than the %zu MiB allowed", most >> 20);
	if (file_read_all(fd, most, packed, &failure) < 0)
		return error_set(err, ERROR_SUBMISSION, "%s", failure->message);
	if (packed->length == 0)
		return error_set(err, ERROR_SUBMISSION, "is empty");
	return 0;
}

int intake_archive(struct intake *intake, int fd, struct error **err)
{
	__attribute__((cleanup(archive_cleanup))) struct archive *archive = archive_read_new();
	cleanup_buffer struct buffer packed = {0};
	struct unpacking unpacking = {.intake = intake, .archive = archive, .packed = &packed};

	if (read_packed(fd, intake->caps->archive_bytes, &packed, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LENGTH(decoders); i++)
		decoders[i](archive);
	if (archive_read_open_memory(archive, packed.data, packed.length) != ARCHIVE_OK)
		return trouble(&unpacking, err);
	return take_entries(&unpacking, err);
}
