#include "rust/std_items.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define OFFERED(path)                                                                                                  \
	{                                                                                                              \
		path, STD_OFFERED, false, CAPABILITY_COUNT, NULL                                                       \
	}
#define WHERE_KNOWN(path)                                                                                              \
	{                                                                                                              \
		path, STD_OFFERED, true, CAPABILITY_COUNT, NULL                                                        \
	}
#define ADDED(path, by)                                                                                                \
	{                                                                                                              \
		path, STD_ADDED, false, CAPABILITY_##by, NULL                                                          \
	}
#define ADDED_WHERE_KNOWN(path, by)                                                                                    \
	{                                                                                                              \
		path, STD_ADDED, true, CAPABILITY_##by, NULL                                                           \
	}
#define WITHHELD(path, why)                                                                                            \
	{                                                                                                              \
		path, STD_WITHHELD, true, CAPABILITY_COUNT, why                                                        \
	}

#define HANDLE "a handle of the process, over which hidden tests may speak"
#define NETWORK "a box has no network"
#define HOOK "hidden tests and the harness observe panics by them"
#define CHILD "it starts programs, or is about one, and a box has none"

/*
 * What is offered reaches nothing outside the process and gives the same in two gradings of one seed, or cannot be done
 * without: threads are what many exercises are about (Thread::name says nothing, since a test runs on the main thread),
 * Instant is how a deadline is kept, and a HashMap's order is one that no test may depend on. `any::type_name`, `arch`,
 * `hint` and `panic::Location` are core's, which every crate can name. The macros of the root are in the prelude of
 * newer versions and cannot be withheld; what they print is kept from everybody, and what they read is what a box
 * holds.
 */
/* clang-format off */
const struct std_item std_items[] = {
	/* modules that are offered, withheld or added whole */
	OFFERED("any"),
	OFFERED("arch"),
	OFFERED("array"),
	OFFERED("ascii"),
	OFFERED("borrow"),
	OFFERED("boxed"),
	OFFERED("cell"),
	OFFERED("char"),
	OFFERED("clone"),
	OFFERED("cmp"),
	OFFERED("collections"),
	OFFERED("convert"),
	OFFERED("default"),
	OFFERED("error"),
	OFFERED("f32"),
	OFFERED("f64"),
	OFFERED("fmt"),
	OFFERED("future"),
	OFFERED("hash"),
	OFFERED("hint"),
	WHERE_KNOWN("i8"),
	WHERE_KNOWN("i16"),
	WHERE_KNOWN("i32"),
	WHERE_KNOWN("i64"),
	WHERE_KNOWN("isize"),
	WHERE_KNOWN("u8"),
	WHERE_KNOWN("u16"),
	WHERE_KNOWN("u32"),
	WHERE_KNOWN("u64"),
	WHERE_KNOWN("usize"),
	OFFERED("i128"),
	OFFERED("u128"),
	OFFERED("iter"),
	OFFERED("marker"),
	OFFERED("mem"),
	OFFERED("num"),
	OFFERED("ops"),
	OFFERED("option"),
	OFFERED("pin"),
	OFFERED("prelude"),
	OFFERED("primitive"),
	OFFERED("ptr"),
	OFFERED("rc"),
	OFFERED("result"),
	OFFERED("slice"),
	OFFERED("str"),
	OFFERED("string"),
	OFFERED("sync"),
	OFFERED("task"),
	OFFERED("thread"),
	OFFERED("vec"),
	WHERE_KNOWN("async_iter"),
	WHERE_KNOWN("autodiff"),
	WHERE_KNOWN("bstr"),
	WHERE_KNOWN("f16"),
	WHERE_KNOWN("f128"),
	WHERE_KNOWN("field"),
	WHERE_KNOWN("from"),
	WHERE_KNOWN("pat"),
	WHERE_KNOWN("range"),
	WHERE_KNOWN("simd"),
	WHERE_KNOWN("unsafe_binder"),
	ADDED("alloc", ALLOC),
	ADDED("env", ENV),
	ADDED("ffi", FFI),
	ADDED("fs", FS),
	ADDED("path", PATH),
	WITHHELD("backtrace", "it names the functions that called, hidden tests among them"),
	WITHHELD("intrinsics", "the compiler's own, never stable"),
	WITHHELD("os", "handles and calls of one operating system"),
	WITHHELD("random", "no seed repeats what it gives"),
	/* modules of which a part is offered */
	ADDED("io", IO),
	ADDED("io::copy", IO),
	ADDED("io::empty", IO),
	ADDED("io::prelude", IO),
	ADDED("io::read_to_string", IO),
	ADDED("io::repeat", IO),
	ADDED("io::sink", IO),
	ADDED("io::BufRead", IO),
	ADDED("io::BufReader", IO),
	ADDED("io::BufWriter", IO),
	ADDED("io::Bytes", IO),
	ADDED("io::Chain", IO),
	ADDED("io::Cursor", IO),
	ADDED("io::Empty", IO),
	ADDED("io::Error", IO),
	ADDED("io::ErrorKind", IO),
	ADDED("io::IntoInnerError", IO),
	ADDED("io::IoSlice", IO),
	ADDED("io::IoSliceMut", IO),
	ADDED("io::LineWriter", IO),
	ADDED("io::Lines", IO),
	ADDED("io::Read", IO),
	ADDED("io::Repeat", IO),
	ADDED("io::Result", IO),
	ADDED("io::Seek", IO),
	ADDED("io::SeekFrom", IO),
	ADDED("io::Sink", IO),
	ADDED("io::Split", IO),
	ADDED("io::Take", IO),
	ADDED("io::Write", IO),
	ADDED("io::WriterPanicked", IO),
	ADDED_WHERE_KNOWN("io::BorrowedBuf", IO),
	ADDED_WHERE_KNOWN("io::BorrowedCursor", IO),
	ADDED("io::stdin", HANDLES),
	ADDED("io::stdout", HANDLES),
	ADDED("io::stderr", HANDLES),
	WITHHELD("io::pipe", HANDLE),
	ADDED("io::Stdin", HANDLES),
	ADDED("io::StdinLock", HANDLES),
	ADDED("io::Stdout", HANDLES),
	ADDED("io::StdoutLock", HANDLES),
	ADDED("io::Stderr", HANDLES),
	ADDED("io::StderrLock", HANDLES),
	WITHHELD("io::PipeReader", HANDLE),
	WITHHELD("io::PipeWriter", HANDLE),
	WITHHELD("io::IsTerminal", HANDLE),
	WITHHELD("io::RawOsError", "std's own, for messages of the system"),
	WITHHELD("io::const_error!", "std's own, for messages of the system"),
	ADDED("net", NET),
	ADDED("net::AddrParseError", NET),
	ADDED("net::IpAddr", NET),
	ADDED("net::Ipv4Addr", NET),
	ADDED("net::Ipv6Addr", NET),
	ADDED("net::SocketAddr", NET),
	ADDED("net::SocketAddrV4", NET),
	ADDED("net::SocketAddrV6", NET),
	ADDED_WHERE_KNOWN("net::Ipv6MulticastScope", NET),
	WITHHELD("net::hostname", NETWORK),
	WITHHELD("net::Incoming", NETWORK),
	WITHHELD("net::IntoIncoming", NETWORK),
	WITHHELD("net::Shutdown", NETWORK),
	WITHHELD("net::TcpListener", NETWORK),
	WITHHELD("net::TcpStream", NETWORK),
	WITHHELD("net::ToSocketAddrs", NETWORK),
	WITHHELD("net::UdpSocket", NETWORK),
	OFFERED("panic"),
	OFFERED("panic::catch_unwind"),
	OFFERED("panic::panic_any"),
	OFFERED("panic::resume_unwind"),
	OFFERED("panic::AssertUnwindSafe"),
	OFFERED("panic::Location"),
	OFFERED("panic::RefUnwindSafe"),
	OFFERED("panic::UnwindSafe"),
	WITHHELD("panic::set_hook", HOOK),
	WITHHELD("panic::take_hook", HOOK),
	WITHHELD("panic::update_hook", HOOK),
	WITHHELD("panic::PanicHookInfo", HOOK),
	WITHHELD("panic::PanicInfo", HOOK),
	WITHHELD("panic::abort_unwind", "it ends the process, or changes how panics do, for all tests in it"),
	WITHHELD("panic::always_abort", "it ends the process, or changes how panics do, for all tests in it"),
	WITHHELD("panic::BacktraceStyle", "it ends the process, or changes how panics do, for all tests in it"),
	WITHHELD("panic::get_backtrace_style", "it ends the process, or changes how panics do, for all tests in it"),
	WITHHELD("panic::set_backtrace_style", "it ends the process, or changes how panics do, for all tests in it"),
	ADDED("process", PROCESS),
	ADDED("process::abort", PROCESS),
	ADDED("process::exit", PROCESS),
	ADDED("process::ExitCode", PROCESS),
	ADDED("process::Termination", PROCESS),
	ADDED_WHERE_KNOWN("process::abort_immediate", PROCESS),
	WITHHELD("process::id", "no two gradings have the same"),
	WITHHELD("process::Child", CHILD),
	WITHHELD("process::ChildStderr", CHILD),
	WITHHELD("process::ChildStdin", CHILD),
	WITHHELD("process::ChildStdout", CHILD),
	WITHHELD("process::Command", CHILD),
	WITHHELD("process::CommandArgs", CHILD),
	WITHHELD("process::CommandEnvs", CHILD),
	WITHHELD("process::CommandResolvedEnvs", CHILD),
	WITHHELD("process::ExitStatus", CHILD),
	WITHHELD("process::ExitStatusError", CHILD),
	WITHHELD("process::Output", CHILD),
	WITHHELD("process::Stdio", CHILD),
	OFFERED("time"),
	OFFERED("time::Duration"),
	OFFERED("time::Instant"),
	OFFERED("time::TryFromFloatSecsError"),
	ADDED("time::SystemTime", TIME),
	ADDED("time::SystemTimeError", TIME),
	ADDED("time::UNIX_EPOCH", TIME),
	/* macros */
	OFFERED("assert!"),
	OFFERED("assert_eq!"),
	OFFERED("assert_ne!"),
	OFFERED("cfg!"),
	OFFERED("column!"),
	OFFERED("compile_error!"),
	OFFERED("concat!"),
	OFFERED("dbg!"),
	OFFERED("debug_assert!"),
	OFFERED("debug_assert_eq!"),
	OFFERED("debug_assert_ne!"),
	OFFERED("env!"),
	OFFERED("eprint!"),
	OFFERED("eprintln!"),
	OFFERED("file!"),
	OFFERED("format!"),
	OFFERED("format_args!"),
	OFFERED("include!"),
	OFFERED("include_bytes!"),
	OFFERED("include_str!"),
	OFFERED("line!"),
	OFFERED("matches!"),
	OFFERED("module_path!"),
	OFFERED("option_env!"),
	OFFERED("panic!"),
	OFFERED("print!"),
	OFFERED("println!"),
	OFFERED("stringify!"),
	OFFERED("thread_local!"),
	OFFERED("todo!"),
	OFFERED("unimplemented!"),
	OFFERED("unreachable!"),
	OFFERED("write!"),
	OFFERED("writeln!"),
	WHERE_KNOWN("assert_matches!"),
	WHERE_KNOWN("cfg_select!"),
	WHERE_KNOWN("concat_bytes!"),
	WHERE_KNOWN("const_format_args!"),
	WHERE_KNOWN("debug_assert_matches!"),
	WHERE_KNOWN("hash_map!"),
	WHERE_KNOWN("is_x86_feature_detected!"),
	WHERE_KNOWN("log_syntax!"),
	WHERE_KNOWN("r#try!"),
	WHERE_KNOWN("trace_macros!"),
};
/* clang-format on */
const size_t std_item_count = ARRAY_LENGTH(std_items);

/* One line each, so that the rest of the source is a line a row. */
static const char *const head[] = {
	"#![no_std]",
	"#![allow(hidden_glob_reexports, deprecated, unused_imports)]",
	"extern crate std as real;",
};

static bool is_macro(const struct std_item *item)
{
	return item->path[strlen(item->path) - 1] == '!';
}

/* The name as Rust writes it, without its module and without a macro's "!". */
static char *bare_name(const struct std_item *item)
{
	const char *colons = strstr(item->path, "::");
	const char *name = colons ? colons + 2 : item->path;

	return text_copy_n(name, strlen(name) - is_macro(item));
}

/* The module that a part belongs to; NULL for an item of the root. */
static const struct std_item *module_of(const struct std_item *item)
{
	const char *colons = strstr(item->path, "::");

	if (!colons)
		return NULL;
	while (strstr(item->path, "::")) /* parts follow their module */
		item--;
	return item;
}

static bool has_parts(const struct std_item *item)
{
	return item + 1 < std_items + std_item_count && module_of(item + 1) == item;
}

static bool ends_module(const struct std_item *item)
{
	return module_of(item) && (item + 1 == std_items + std_item_count || !module_of(item + 1));
}

/* `std::env` is a module and a macro, of which the one may be withheld and the other offered. */
static bool names_macro_too(const struct std_item *module)
{
	cleanup_free char *macro = text_format("%s!", module->path);

	for (size_t i = 0; i < std_item_count; i++)
		if (strcmp(std_items[i].path, macro) == 0)
			return true;
	return false;
}

static bool is_among(const struct std_item *item, const struct string_list *added)
{
	return item->standing == STD_OFFERED ||
	       (item->standing == STD_ADDED && string_list_find(added, capability_names[item->capability]) >= 0);
}

bool std_item_given(const struct std_item *item, const struct string_list *added)
{
	const struct std_item *module = module_of(item);

	return (!module || is_among(module, added)) && is_among(item, added);
}

/* By a glob, which gives way to a module of the same name (env, panic). */
static void write_macro(const char *name, struct buffer *out)
{
	const char *plain = strncmp(name, "r#", 2) == 0 ? name + 2 : name;

	buffer_add_format(out, "mod macro_%s { pub use real::%s; } pub use macro_%s::*;", plain, name, plain);
}

static void write_item(const struct std_item *item, const struct string_list *added, struct buffer *out)
{
	cleanup_free char *name = bare_name(item);
	const struct std_item *module = module_of(item);
	bool given = std_item_given(item, added);

	if (module && !std_item_given(module, added))
		return;
	if (is_macro(item) && !module)
		write_macro(name, out);
	else if (module)
		buffer_add_format(out, "%suse real::%s::%s;", given ? "pub " : "", module->path, name);
	else if (given && has_parts(item))
		buffer_add_format(out, "pub mod %s {", name);
	else if (given)
		buffer_add_format(out, "pub use real::%s;", name);
	else if (names_macro_too(item)) /* the macro's import must not fail, nor lead a path past the module */
		buffer_add_format(out, "pub mod %s { use real::%s::*; }", name, name);
	else
		buffer_add_format(out, "mod %s { pub use real::%s::*; }", name, name);
}

void std_items_write(const struct string_list *added, const bool *lacking, struct buffer *out)
{
	for (size_t i = 0; i < ARRAY_LENGTH(head); i++)
		buffer_add_format(out, "%s\n", head[i]);
	for (size_t i = 0; i < std_item_count; i++) {
		const struct std_item *item = &std_items[i];

		if (!lacking || !lacking[i])
			write_item(item, added, out);
		if (ends_module(item) && std_item_given(module_of(item), added))
			buffer_add_text(out, " }");
		buffer_add_char(out, '\n');
	}
}

const struct std_item *std_item_at(unsigned int line)
{
	size_t before = ARRAY_LENGTH(head);

	return line > before && line - before <= std_item_count ? &std_items[line - before - 1] : NULL;
}

char *std_item_name(const struct std_item *item)
{
	return text_format("std::%.*s", (int)strlen(item->path) - is_macro(item), item->path);
}
