#include "suite.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "grading/sightings.h"

#include <string.h>

/* One file, and where what is seen in it: "about:line", by the names below. */
static const char *const abouts[ABOUT_COUNT] = {
	[ABOUT_LOCK_ACROSS_AWAIT] = "across",
	[ABOUT_UNSAFE] = "unsafe",
	[ABOUT_LEAK] = "leak",
	[ABOUT_CLONE] = "clone",
	[ABOUT_PANIC] = "panic",
	[ABOUT_SHARED] = "shared",
	[ABOUT_LOCK] = "lock",
	[ABOUT_THREADS] = "threads",
	[ABOUT_AWAIT] = "await",
	[ABOUT_LIFETIME] = "lifetime",
	[ABOUT_SIGNATURE] = "signature",
};

static const struct {
	const char *source, *seen;
} rows[] = {
	{"fn f() { a.clone(); b.to_vec(); }", "clone:1 clone:1 "},
	{"// a.clone()\n/* x.unwrap() */ const A: &str = \"a.clone()\";", ""},
	{"#[derive(Clone)]\nstruct A; impl Clone for A { fn clone(&self) -> A { A } }", ""},
	{"fn f() { x.unwrap(); y.expect(\"z\"); panic!(); unwrap(); }", "panic:1 panic:1 panic:1 "},
	{"fn f(a: &[u8; 4]) -> u8 { let b = [1, 2]; for c in [3] {} a[0] + f()[1] + b[0][1] }",
	 "panic:1 panic:1 panic:1 panic:1 "},
	{"#[cfg(x)]\nvec![1]; return [2];", ""},
	{"use std::sync::{Arc, Mutex};\nstruct A { b: Arc<Mutex<u8>> }", "shared:2 lock:2 "},
	{"use std::rc::Rc;\nfn f() { Rc::new(1); }", "shared:2 "},
	{"unsafe impl Send for A {}\nfn f() { unsafe { g() } }", "unsafe:1 unsafe:2 "},
	{"#![forbid(unsafe_code)]", ""},
	{"Box::leak(a); std::mem::forget(b); self.forget(c);", "leak:1 leak:1 "},
	{"thread::spawn(f); scope.spawn(|| 1); fn spawned() {}", "threads:1 threads:1 "},
	{"fn f<'a>(a: &'a str, b: &'static str, c: &'_ str) { 'b: loop { break 'b; } }", "lifetime:1 "},
	{"pub fn f(a: u8) {}\nfn g(a: u8) {}\npub(crate) fn h(a: u8) {}\npub fn i() {}", "signature:1 "},
	{"struct A<'a> { b: &'a u8 }\nimpl<'a> A<'a> {\n fn c(&'a self) {} }", "lifetime:3 "},
	{"io::stdin().lock();\nself.a.lock();", "lock:2 "},
	{"ManuallyDrop::new(a);", ""},
	{"async fn f() {\n let g = m.lock();\n g.push(1);\n h().await;\n}", "across:2 lock:2 await:4 "},
	{"async fn f() {\n { let g = m.lock(); }\n h().await;\n}", "lock:2 await:3 "},
	{"async fn f() {\n let g = m.lock();\n drop(g);\n h().await;\n}", "lock:2 await:4 "},
	{"async fn f() {\n m.lock().push(1);\n h().await;\n}", "lock:2 await:3 "},
	{"async fn f() {\n let mut g = m.lock().await;\n h().await;\n}", "across:2 lock:2 await:2 await:3 "},
	{"#[cfg(test)]\nmod tests { fn f() { a.unwrap(); } }\nfn g() { b.unwrap(); }", "panic:3 "},
	{"fn given() { a.clone() }\nfn own() { a.clone() }", "clone:2 "}, /* the first line is the starter's */
	{"\xff\xfe'\"", ""},
	{"{{{{}}}}}} lock( . await", "await:1 "},
};

static char lib[] = "src/lib.rs", own_tests[] = "tests/own.rs", given[] = "fn given() { a.clone() }\n",
	    in_tests[] = "fn f() { a.unwrap() }";

START_TEST(what_is_seen)
{
	cleanup_free char *source = text_copy(rows[_i].source);
	struct submission_file files[] = {{.path = lib, .data = source, .length = strlen(source)},
					  {.path = own_tests, .data = in_tests, .length = sizeof in_tests - 1}};
	struct submission_file first = {.path = lib, .data = given, .length = sizeof given - 1};
	const struct submission submission = {.files = files, .file_count = ARRAY_LENGTH(files)};
	const struct submission starter = {.files = &first, .file_count = 1};
	struct sightings sightings = {0};
	cleanup_buffer struct buffer seen = {0};

	sightings_read(&submission, &starter, &sightings);
	for (size_t i = 0; i < sightings.count; i++) {
		ck_assert_str_eq(sightings.items[i].file, lib);
		buffer_add_format(&seen, "%s:%u ", abouts[sightings.items[i].about], sightings.items[i].line);
	}
	ck_assert_str_eq(buffer_text(&seen), rows[_i].seen);
	sightings_release(&sightings);
}
END_TEST

START_TEST(a_line_of_a_file)
{
	static char text[] = "one\n\t two \r\nthree";
	const struct submission_file file = {.path = lib, .data = text, .length = sizeof text - 1};
	static const char *const lines[] = {NULL, "one", "two", "three", NULL};

	for (unsigned int i = 0; i < ARRAY_LENGTH(lines); i++) {
		cleanup_free char *line = sighting_line(&file, i);

		ck_assert_pstr_eq(line, lines[i]);
	}
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(what_is_seen, .rows = ARRAY_LENGTH(rows)),
	UNIT(a_line_of_a_file),
};

UNIT_MAIN("sightings", tests)
