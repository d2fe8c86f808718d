/*
 * The corpus of the doors: each attack that tests/attacks/door/make.py makes,
 * taken in by a process of its own, with the verdict that it must get, the
 * seconds that it may take and the memory that it may use. A new attack is a
 * line there and a row here; one without the other fails.
 */
#include "door-fixture.h"

/* clang-format off */
#define GOOD "src/lib.rs\n"
#define NOTED(notes) GOOD "! " notes "\n"
#define TAKEN "src/lib.rs\nx.rs\n"
#define DAMAGED(why) "error: the archive is damaged or cut short: " why
#define NO_ARCHIVE "error: is not an archive that is known here: .tar, .tar.gz, .tar.xz, .tar.zst or .zip"
#define NO_SOURCE "error: holds no Rust source and no answers.yaml"
#define TOO_DEEP "* lies more than 12 folders deep"
#define LONG_HEADER DAMAGED("an entry's header is larger than 16 KiB")
#define TOO_MUCH "error: unpacks to more than 256 MiB"
#define A10 "aaaaaaaaaa"
#define A200 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10

/* The same in a tar and in a zip. */
#define BOTH(name, verdict) {"pax_" name, verdict}, {"zip_" name, verdict}
#define NAMED(name, shown) BOTH(name, NOTED(shown ": name"))

static const struct attack archives[] = {
	/* names */
	NAMED("absolute", "/etc/cron.d/x.rs"),
	NAMED("climbs", "../x.rs"),
	NAMED("climbs_inside", "src/a/../../../x.rs"),
	NAMED("two_slashes", "//host/share/x.rs"),
	NAMED("drive_slash", "C:/x.rs"),
	NAMED("a_dot", "."),
	NAMED("dots_alone", ".."),
	NAMED("dot_inside", "src/./x.rs"),
	NAMED("empty_part", "src//x.rs"),
	NAMED("empty_name", ""),
	NAMED("newline", "src/a\\x0ab.rs"),
	NAMED("tab", "src/a\\x09b.rs"),
	NAMED("escapes", "src/\\x1b]0;owned\\x07\\x1b[2J.rs"),
	NAMED("not_utf8", "src/\\xff\\xfe.rs"),
	NAMED("overlong_utf8", "src/\\xc0\\xaf\\xc0\\xae.rs"),
	NAMED("turned_around", "src/\\u{202e}sr.bil.rs"),
	NAMED("full_width", "src/\xef\xbc\x8e\xef\xbc\x8e\xef\xbc\x8fx.rs"),
	NAMED("option", "--checkpoint-action=exec=sh x.rs"),
	/* one name to people, two to a file system, or one: neither is taken */
	NAMED("composed", "src/\xc3\xa9.rs"),
	NAMED("decomposed", "src/e\xcc\x81.rs"),
	/* zips of Windows part their names by backslashes */
	{"pax_of_windows", NOTED("src\\x.rs: name")},
	{"zip_of_windows", GOOD "src/x.rs\n"},
	{"pax_climbs_backwards", NOTED("..\\..\\x.rs: name")},
	{"zip_climbs_backwards", NOTED("../../x.rs: name")},
	{"pax_drive", NOTED("C:\\x.rs: name")},
	{"zip_drive", NOTED("C:/x.rs: name")},
	/* the name ends at a NUL, in what is checked as in what is compiled */
	BOTH("nul", GOOD "src/x.rs\n"),
	BOTH("part_of_256", NOTED(A200 "\xe2\x80\xa6: name")),
	{"gnu_part_of_256", NOTED(A200 "\xe2\x80\xa6: name")},
	BOTH("path_of_4100", NOTED("a/a/a/*")),
	{"gnu_path_of_4100", NOTED("a/a/a/*")},
	{"pax_path_of_a_mebibyte", LONG_HEADER},
	{"gnu_path_of_a_mebibyte", LONG_HEADER},
	BOTH("deep", "error: d/d/" TOO_DEEP),
	{"gnu_deep", "error: d/d/" TOO_DEEP},

	/* names that meet */
	BOTH("other_case", NOTED("SRC/Lib.rs: duplicate")),
	BOTH("same_name", NOTED("src/lib.rs: duplicate")),
	BOTH("below_a_file", NOTED("src/lib.rs/x.rs: duplicate")),
	{"same_name_thrice", NOTED("src/lib.rs: duplicate\n! src/lib.rs: duplicate")},
	{"file_then_folder", "a.rs\n" NOTED("a.rs/b.rs: duplicate")},
	{"folder_then_file", "a.rs/b.rs\n" NOTED("a.rs: duplicate")},

	/* kinds of entries */
	{"tar_symlink", NOTED("x.rs: link")},
	{"tar_symlink_then_through", NOTED("out: link\n! out/x.rs: duplicate")},
	{"tar_symlink_to_itself", NOTED("x.rs: link")},
	{"tar_symlink_over_the_file", NOTED("src/lib.rs: link\n! src/lib.rs: duplicate")},
	{"tar_hard_link_inside", NOTED("x.rs: link")},
	{"tar_hard_link_outside", NOTED("x.rs: link")},
	{"tar_hard_link_climbs", NOTED("x.rs: link")},
	{"tar_hard_link_with_bytes", DAMAGED("*")},
	{"tar_character_device", NOTED("x.rs: special")},
	{"tar_block_device", NOTED("x.rs: special")},
	{"tar_fifo", NOTED("x.rs: special")},
	{"tar_contiguous", TAKEN},
	{"tar_unknown_type", TAKEN},
	{"tar_setuid", TAKEN},
	{"zip_symlink", NOTED("x.rs: link")},
	{"zip_socket", NOTED("x.rs: special")},
	{"zip_device", NOTED("x.rs: special")},
	/* what zip writes of what it read from a pipe: a file */
	{"zip_fifo", TAKEN},
	{"zip_setuid", TAKEN},

	/* what an archive says of itself */
	{"pax_size_too_small", DAMAGED("*")},
	{"pax_size_huge", DAMAGED("*")},
	{"pax_size_negative", DAMAGED("*")},
	{"size_negative", DAMAGED("*")},
	{"size_huge", DAMAGED("*")},
	{"pax_length_lies", GOOD "y.rs\n"},
	{"pax_length_zero", GOOD "y.rs\n"},
	{"pax_many_headers", LONG_HEADER},
	{"pax_global", GOOD "y.rs\n"},
	{"sparse_honest", TAKEN},
	{"sparse_terabytes", NOTED("x.rs: too-large")},
	{"sparse_at_the_end", NOTED("x.rs: too-large")},
	{"sparse_overflow", DAMAGED("*")},
	{"sparse_overlapping", "error: the archive is damaged: the pieces of a sparse file overlap"},
	{"sparse_backwards", "error: the archive is damaged: the pieces of a sparse file overlap"},
	{"zip_names_differ", GOOD},
	{"zip_method_unknown", "error: the zip is packed by a method that is not taken; hand in one packed by deflate"},
	{"zip_size_lies", DAMAGED("ZIP uncompressed data is wrong size (read 100000, expected 10)")},
	{"zip_size_huge", DAMAGED("*")},
	{"zip_encrypted", "error: the archive is encrypted; hand in a plain one"},
	{"zip_encrypted_names", DAMAGED("*")},

	/* more than one archive, or none */
	{"nested_archives", NOTED("a.tar: ending\n! b.zip: ending")},
	{"tar_of_a_rust_tar", "a.rs\n" GOOD},
	{"two_tars", GOOD},
	{"two_gzips", GOOD},
	{"no_end", GOOD},
	{"trailing_garbage", GOOD},
	{"zip_trailing_garbage", GOOD},
	{"gzip_trailing_garbage", GOOD},
	/* the first bytes decide */
	{"zip_and_tar", GOOD},
	{"tar_named_as_zip", DAMAGED("*")},
	{"cut_tar", DAMAGED("*")},
	{"cut_gzip", DAMAGED("*")},
	{"cut_xz", DAMAGED("*")},
	{"cut_zip", DAMAGED("*")},
	{"bzip2", NO_ARCHIVE},
	{"lzma_alone", NO_ARCHIVE},
	{"seven_zip", NO_ARCHIVE},
	{"rar", NO_ARCHIVE},
	{"cpio", NO_ARCHIVE},
	{"ar", NO_ARCHIVE},
	{"mtree", NO_ARCHIVE},
	{"shell_script", NO_ARCHIVE},
	/* to tar, a block of zeros is where an archive ends */
	{"iso", NO_SOURCE},
	{"zeros", NO_SOURCE},
};

static const struct attack bombs[] = {
	{"zeros_gzip", TOO_MUCH},
	{"zeros_xz", TOO_MUCH},
	{"gzip_layers", "error: is compressed more than once"},
	{"xz_layers", "error: is compressed more than once"},
	{"gzip_members", GOOD},
	{"xz_streams", GOOD},
	/* entries at one place are one entry */
	{"zip_overlapping", "a.rs\n"},
	{"zip_overlapping_nothing", NO_SOURCE},
	{"zip_nested_heads", TOO_MUCH},
	{"zip_xz_inside", "error: the zip is packed by a method that is not taken; hand in one packed by deflate"},
	{"zip_million_entries", "error: more than 20000 entries"},
	{"tar_ten_million_entries", "error: more than 20000 entries"},
	{"tar_ten_million_left_out", "error: more than 20000 entries"},
	{"names_of_a_mebibyte", LONG_HEADER},
	/* without a cap on headers: 3 GiB of memory, minutes of time */
	{"sparse_map", LONG_HEADER},
	{"sparse_map_old", LONG_HEADER},
	{"sparse_many", "x.rs\n! x.rs: duplicate\n*"},
	{"access_list", LONG_HEADER},
	{"access_lists_small", DAMAGED("the entries' headers are larger than 2 KiB each")},
	{"attributes", LONG_HEADER},
	{"no_bomb", NOTED("target/: folder")},
};

static const struct attack tools[] = {
	{"absolute_tar", NOTED("/etc/hostname: name")},
	{"climbing_tar", NO_SOURCE "; 1 passed over, the first: ../src/lib.rs (*"},
	{"symlink_zip", NOTED("src/x.rs: link")},
	{"symlink_tar", NOTED("src/x.rs: link\n! out: link")},
	{"hard_link_tar", NOTED("src/x.rs: link")},
	{"fifo_tar", NOTED("src/x.rs: special")},
	{"device_tar", NOTED("dev/null: special\n! dev/full: special")},
	{"setuid_tar", GOOD},
	{"sparse_tar", NOTED("src/x.rs: too-large")},
	{"sparse_gnu_tar", NOTED("src/x.rs: too-large")},
	{"long_name_tar", NOTED("src/0000*")},
	{"deep_tar", "error: d/d/" TOO_DEEP},
	{"cases_tar", NOTED("src/Lib.rs: duplicate\n! src/LIB.RS: ending")},
	{"concatenated_tar", GOOD},
	{"appended_tar", NOTED("src/lib.rs: duplicate")},
	{"volume_tar", GOOD},
	{"incremental_tar", GOOD},
	/* what lies behind the end of the tar is never unpacked */
	{"gzip_zeros", GOOD},
	{"xz_large_window", TOO_MUCH},
	{"zstd_long_window", DAMAGED("*")},
	{"zstd_frames", GOOD},
	{"lzma_tar", NO_ARCHIVE},
	{"encrypted_zip", "error: the archive is encrypted; hand in a plain one"},
	{"split_zip", NO_ARCHIVE},
	{"commented_zip", GOOD},
	{"git_archive", GOOD},
	{"wrong_ending", GOOD},
	{"zip_bomb_of_layers", NOTED("c.zip: ending")},
};

static const struct attack trees[] = {
	{"plain", GOOD},
	{"loop_of_links", NOTED("src/loop_a: link\n! src/loop_b: link\n! src/self: link")},
	{"link_to_a_host_file", NOTED("src/passwd.rs: link")},
	{"link_to_the_root", NOTED("src/root: link\n! src/up: link")},
	{"link_to_proc", NOTED("src/a.rs: link\n! src/fd: link")},
	{"fifo", NOTED("answers.yaml: special\n! src/x.rs: special")},
	{"fifo_of_settings", NOTED("Cargo.toml: special\n! README.md: special")},
	{"socket_as_source", NOTED("src/x.rs: special")},
	{"huge_sparse", NOTED("src/x.rs: too-large")},
	{"many_files", "error: more than 20000 entries"},
	{"many_in_target", NOTED("target/: folder")},
	{"deep", "error: src/d/" TOO_DEEP},
	{"names", "src/-rf.rs\n" NOTED("src/\\x1b]0;x\\x07.rs: name\n! src/ .rs: name\n! src/a\\x0ab.rs: name\n! src/\\xff.rs: name")},
	{"long_name", NOTED("src/0000*")},
	{"two_forms_of_one_name", NOTED("src/e\xcc\x81.rs: name\n! src/\xc3\xa9.rs: name")},
	{"cases", "src/LIB.rs\n! src/Lib.rs: duplicate\n! src/lib.rs: duplicate\n"},
	{"settings", NOTED(".cargo/: folder\n! clippy.toml: no-effect\n! rust-toolchain.toml: no-effect\n! build.rs: no-effect")},
	{"unreadable", GOOD "src/x.rs\n", .to_others = NOTED("src/shut: changed\n! src/x.rs: changed")},
	{"setuid", GOOD},
	{"empty", NO_SOURCE},
	{"only_links", NO_SOURCE "; 2 passed over, the first: away (*"},
	/* the path itself is the grader's own */
	{"link_to_a_folder", GOOD},
	{"link_to_nothing", "error: cannot be opened: No such file or directory"},
	{"link_to_itself", "error: cannot be opened: Too many levels of symbolic links"},
	{"a_fifo", "error: is neither a folder nor a file"},
	{"a_fifo.rs", "error: is neither a folder nor a file"},
	{"a_device", "error: is neither a folder nor a file"},
	{"a_device.rs", "error: is neither a folder nor a file"},
	{"an_empty_file", "error: is empty"},
	{"an_empty_file.rs", GOOD},
};

static const struct attack sources[] = {
	{"100_megabytes.rs", "error: larger than the 1048576 bytes allowed"},
	{"parentheses.rs", GOOD},
	{"two_million_parentheses.rs", "error: larger than the 1048576 bytes allowed"},
	{"one_long_line.rs", GOOD},
	/* what a compiler has to say to them is in its own words */
	{"nul.rs", GOOD},
	{"byte_order_mark.rs", GOOD},
	{"utf_16.rs", GOOD},
	{"not_utf8.rs", GOOD},
	{"carriage_returns.rs", GOOD},
	{"an_archive.rs", GOOD},
	{"empty.rs", GOOD},
	{"no_ending", NO_ARCHIVE},
	/* characters that turn the direction of text are told of */
	{"turned.rs", GOOD "~ src/lib.rs:3\n"},
	{"turned_isolate.rs", GOOD "~ src/lib.rs:1\n"},
	{"not_turned.rs", GOOD},
};
/* clang-format on */


/* As submission_text, and "~ path:line" for each file that hides something from a reader. */
static char *take(const char *path)
{
	cleanup_submission struct submission *submission = NULL;
	cleanup_error struct error *err = NULL;
	cleanup_free char *text = submission_text(path, &submission_default_caps);
	struct buffer out = {0};

	buffer_add_text(&out, text);
	if (submission_open(path, &submission_default_caps, &submission, &err) == 0)
		for (size_t i = 0; i < submission->file_count; i++)
			if (submission->files[i].turned_line)
				buffer_add_format(&out, "~ %s:%u\n", submission->files[i].path,
						  submission->files[i].turned_line);
	return buffer_steal(&out);
}

#define TRY(kind) door_try_all(#kind, kind, ARRAY_LENGTH(kind), take)

START_TEST(archives_made_by_hand)
{
	TRY(archives);
}
END_TEST

START_TEST(bombs_go_off_outside)
{
	TRY(bombs);
}
END_TEST

START_TEST(archives_made_by_tools)
{
	TRY(tools);
}
END_TEST

START_TEST(trees_as_root_and_as_nobody)
{
	TRY(trees);
}
END_TEST

START_TEST(sources_of_any_bytes)
{
	TRY(sources);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(archives_made_by_hand, .labels = "attack", .seconds = 60),
	UNIT(bombs_go_off_outside, .labels = "attack", .seconds = 120),
	UNIT(archives_made_by_tools, .labels = "attack", .seconds = 120),
	UNIT(trees_as_root_and_as_nobody, .labels = "attack", .seconds = 60),
	UNIT(sources_of_any_bytes, .labels = "attack", .seconds = 60),
};

UNIT_MAIN("doors", tests)
