#include "suite.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "grading/sightings.h"

#include <string.h>

static const char *const names[ABOUT_COUNT] = {
	[ABOUT_LOCK_ACROSS_AWAIT] = "across",
	[ABOUT_UNSAFE] = "unsafe",
	[ABOUT_LEAK] = "leak",
	[ABOUT_CLONE] = "clone",
	[ABOUT_PANIC] = "panic",
	[ABOUT_CAST] = "cast",
	[ABOUT_SHARED] = "shared",
	[ABOUT_LOCK] = "lock",
	[ABOUT_THREADS] = "threads",
	[ABOUT_AWAIT] = "await",
	[ABOUT_LIFETIME] = "lifetime",
	[ABOUT_COLLECT] = "collect",
	[ABOUT_DYN] = "dyn",
	[ABOUT_SIGNATURE] = "signature",
	[ABOUT_UNTESTED] = "untested",
};

static void find(const char *path, const char *text, const char *given, struct sightings *sightings)
{
	const struct sighted_file file = {path, text, strlen(text), "2021"};
	struct given_lines lines = {0};

	given_lines_add(&lines, given, strlen(given));
	given_lines_sort(&lines);
	sightings_find(&file, &lines, sightings);
	given_lines_release(&lines);
}

/* "clone:1 panic:3": each once. */
static char *seen(const char *path, const char *text, const char *given)
{
	struct sightings sightings = {0};
	struct buffer out = {0};

	find(path, text, given, &sightings);
	buffer_add_text(&out, "");
	for (size_t i = 0; i < sightings.count; i++) {
		const struct sighting *sighting = &sightings.items[i];
		cleanup_free char *word = text_format("%s:%u ", names[sighting->about], sighting->line);

		if (!strstr(buffer_text(&out), word))
			buffer_add_text(&out, word);
	}
	sightings_release(&sightings);
	if (out.length)
		out.data[out.length - 1] = '\0';
	return out.data ? buffer_steal(&out) : text_copy("");
}

static const struct {
	const char *text, *found;
	const char *path;  /* NULL: src/lib.rs */
	const char *given; /* NULL: nothing */
} rows[] = {
	/* unsafe */
	{"fn f() { unsafe { g() } }", "unsafe:1"},
	{"unsafe impl Send for X {}\nunsafe fn f() {}", "unsafe:1 unsafe:2"},
	{"type F = unsafe fn();", ""},
	/* leaks */
	{"fn f() { std::mem::forget(x);\nBox::leak(b);\nb.leak(); }", "leak:1 leak:2 leak:3"},
	{"use std::mem::forget;", ""},
	/* clones */
	{"fn f() { x.clone();\nx.to_vec();\nx.to_owned(); x\n.iter()\n.cloned() }", "clone:1 clone:2 clone:3 clone:5"},
	{"#[derive(Clone)] struct S; impl Clone for S { fn clone(&self) -> S { S } }", ""},
	{"fn f() { Arc::clone(&x); clone(); x.clone_from(&y); }", ""},
	/* panics */
	{"fn f() { x.unwrap(); }", "panic:1"},
	{"fn f() { x.expect(\"there\"); p.expect(b'x'); p.expect(Token::End); }", "panic:1"},
	{"fn f() { p.expect(b'x'); p.expect(Token::End); x.unwrap_or(1); x.unwrap_or_default(); }", ""},
	{"fn f() { panic!(\"no\") }\nfn g() { unreachable!() }\nfn h() { todo!() }", "panic:1 panic:2 panic:3"},
	{"fn f() { rows[i]\n; f()[0]\n; rows[0][\n1]; x?[2] }", "panic:1 panic:2 panic:3 panic:4"},
	{"fn f() -> [u8; 4] { let [a, b] = x; for i in [1, 2] {} return [a, b, &s[..], 0]; }", ""},
	{"#[derive(Debug)] #[cfg(x)] struct S; const A: &'static [u8] = &[1]; static B: &[&mut [u8]] = &[];", ""},
	{"fn f() { let v = vec![1, x.unwrap()]; println!(\"{}\", x.clone()); assert!(x[1] == 2); }", ""},
	{"fn f() { m.lock().unwrap().len(); h.join().unwrap(); m.lock().expect(\"whole\"); c.wait(g).unwrap(); }",
	 "lock:1"},
	/* casts */
	{"fn f() { n as u8 }\nfn g() { (a + b) as i32 }", "cast:1 cast:2"},
	{"use a as b; fn f() { 1 as u8; x as f64; <T as Trait>::f(); p as *const u8; n as usize }", ""},
	/* shared */
	{"struct S { a: Rc<RefCell<T>>,\nb: Arc<Mutex<T>>,\nc: RefCell<T> }", "shared:1 shared:2 lock:2 shared:3"},
	{"fn f() { Rc::new(1);\nRefCell::new(2);\nArc::new(Mutex::new(3)); Arc::new(4); Cell::new(5); }",
	 "shared:1 shared:2 shared:3"},
	{"use std::rc::Rc; use std::cell::RefCell;", ""},
	/* locks */
	{"fn f() { let a = m.lock();\nr.read().unwrap();\nr.write().unwrap(); }", "lock:1 lock:2 lock:3"},
	{"fn f() { let out = stdout().lock(); std::io::stdin().lock(); file.read(&mut b).unwrap(); }", "panic:1"},
	{"use std::sync::{Mutex, RwLock}; fn lock() { self.locked() }", ""},
	/* threads */
	{"fn f() { thread::spawn(g);\ns.spawn(|| g());\ns.spawn(move || g()); }", "threads:1 threads:2 threads:3"},
	{"fn f() { Command::new(\"x\").spawn(); enemies.spawn(3); }", ""},
	/* async */
	{"impl Future for F { fn poll(self: Pin<&mut Self>) {} }\nasync fn f() { g().await }", "await:1 await:2"},
	{"async fn f() { let g = m.lock().unwrap();\nx.await;\n}", "across:1 lock:1 await:2"},
	{"async fn f() { let mut g = m.lock().await;\nif a { x.await; }\n}", "across:1 lock:1 await:1 await:2"},
	{"async fn f() { let Ok(g) = m.lock() else { return };\nx.await }", "across:1 lock:1 await:2"},
	{"async fn f() { send(m.lock().unwrap().len())\n.await }", "across:1 lock:1 await:2"},
	{"async fn f() { match m.lock().unwrap().pop() {\nSome(x) => x.await, None => {} } }",
	 "across:1 lock:1 await:2"},
	{"async fn f() { while let Some(x) = q.write().unwrap().pop() {\nx.await } }", "across:1 lock:1 await:2"},
	/* not held any more, or by nobody who waits */
	{"async fn f() { let g = m.lock().unwrap(); drop(g);\nx.await }", "lock:1 await:2"},
	{"async fn f() { { let g = m.lock().unwrap(); }\nx.await }", "lock:1 await:2"},
	{"async fn f() { let n = m.lock().unwrap().len();\nx.await }", "lock:1 await:2"},
	{"async fn f() { let n = m.lock().await.len();\nx.await }", "lock:1 await:1 await:2"},
	{"async fn f() { m.lock().unwrap().push(1);\nx.await }", "lock:1 await:2"},
	{"async fn f() { let _ = m.lock().unwrap();\nx.await }", "lock:1 await:2"},
	{"fn f() { let g = m.lock().unwrap();\nlet h = async { x.await }; }", "lock:1 await:2"},
	{"async fn f() { if m.lock().unwrap().is_empty() {\nx.await } }", "lock:1 await:2"},
	{"async fn f() { let n = v.map(|m| m.lock().unwrap().len()).next()\n.await; }", "lock:1 await:2"},
	/* lifetimes */
	{"fn f<'a>(x: &'a str) -> &'a str { x }\nfn g<'a>(x: &'a u8) {}\nstruct S<'a>(&'a u8);\nimpl<'a> S<'a> {}",
	 "lifetime:1 signature:1 signature:2"},
	{"fn f<T>() -> &'static str { 'a: loop { break 'a; } }\nimpl S<'_> {}", ""},
	/* what is collected, and walked over again */
	{"fn f() { v.iter().collect::<Vec<_>>().iter(); }", "collect:1"},
	{"fn f() { v.collect::<Result<Vec<u8>, E>>()?.into_iter(); }", "collect:1"},
	{"fn f() { v.collect::<Vec<_>>().join(\",\"); let a: Vec<_> = v.collect(); v.collect::<Vec<_>>() }", ""},
	/* dyn */
	{"struct S(Box<dyn T>,\nArc<dyn T>); fn f() -> &dyn T {}", "dyn:1 dyn:2"},
	{"fn f() -> impl T {} struct Box<T>(T);", ""},
	/* signatures */
	{"fn f(a: String) {}\nfn g<F: Fn() -> u8>(f: F) {}\nfn h(&self, n: u8) {}",
	 "signature:1 signature:2 signature:3"},
	{"fn f() {} fn g(&self) {} fn h(self: Box<Self>) {} type F = fn(a: u8);", ""},
	{"impl From<A> for B { fn from(a: A) -> B {} }", ""},
	{"impl<T: for<'x> Fn(&'x u8)> B<T> { fn of(a: A) -> B {} }", "signature:1"},
	{"pub fn f() {}", "untested:1"},
	/* text is none of it */
	{"// x.clone(); unsafe { }\n/* y.unwrap() */ /// z.lock()\n", ""},
	{"fn f() { let s = \"x.clone(); unsafe { rows[1] }\"; let r = r#\"y.unwrap()\"#; }", ""},
	{"macro_rules! m { ($x:expr) => { $x.clone().unwrap() }; }\nm!(x.clone());", ""},
	{"#[doc = \"x.clone()\"] #[allow(unsafe_code)] #![warn(clippy::unwrap_used)]", ""},
	/* tests are no part of it */
	{"#[cfg(test)]\nmod tests { fn f() { x.unwrap(); } }\nfn f() { x.clone() }", "clone:3"},
	{"#[test]\n#[ignore]\nfn t() { x.unwrap(); }\nfn f() { x.clone() }", "clone:4"},
	{"#[cfg(test)]\nmod tests;\nfn f() { x.clone() }", "clone:3"},
	{"#![cfg(test)] fn f() { x.clone() }", ""},
	{"fn f() { x.clone() }", "", "tests/own.rs"},
	{"fn f() { x.clone() }", "", "src/tests.rs"},
	{"fn f() { x.clone() }", "", "src/pool/tests/help.rs"},
	{"fn f() { x.clone() }", "clone:1", "src/attests.rs"},
	/* nor is what was given */
	{"fn f() {\n    let a = x.clone();\n    y.clone();\n}\npub fn g(a: u8) {}", "clone:3 untested:5", NULL,
	 "fn f() {\n\tlet a = x.clone();\r\n}\npub fn g(a: u8) {}"},
	{"fn f(a: u8) {}\npub fn g(b: u8) {}\nfn gg(c: u8) {}", "signature:1 untested:2 signature:3", NULL,
	 "pub fn g(_b: u8) { todo!() }\nfn f2(a: u8) {}"},
	/* hostile */
	{"[[[[((((", ""},
	{")]}unsafe{", "unsafe:1"},
	{"x.lock()", "lock:1"},
	{"let g = m.lock().unwrap(); drop(", "lock:1"},
	{"fn f<'a", ""},
	{"as", ""},
	{"#[test]", ""},
	{"", ""},
};

START_TEST(each_is_seen_and_no_decoy)
{
	const char *path = rows[_i].path ? rows[_i].path : "src/lib.rs";
	cleanup_free char *found = seen(path, rows[_i].text, rows[_i].given ? rows[_i].given : "");

	ck_assert_msg(strcmp(found, rows[_i].found) == 0, "%s\n  found %s\n  not   %s", rows[_i].text, found,
		      rows[_i].found);
}
END_TEST

START_TEST(lines_as_they_stand)
{
	struct sightings sightings = {0};

	find("src/a.rs", "fn f() {\n\tx\n\t\t.clone();  \n}", "", &sightings);
	ck_assert_uint_eq(sightings.count, 1);
	ck_assert_str_eq(sightings.items[0].file, "src/a.rs");
	ck_assert_uint_eq(sightings.items[0].line, 3);
	ck_assert_uint_eq(sightings.items[0].code.length, strlen(".clone();"));
	ck_assert_int_eq(strncmp(sightings.items[0].code.text, ".clone();", 9), 0);
	sightings_release(&sightings);
	ck_assert_uint_eq(text_line_at("a\n b \nc", 7, 2).length, 1);
	ck_assert_uint_eq(text_line_at("a\n b \nc", 7, 3).length, 1);
	ck_assert_uint_eq(text_line_at("a\n b \nc", 7, 4).length, 0);
	ck_assert_uint_eq(text_line_at("a", 1, 0).length, 0);
}
END_TEST

START_TEST(tests_of_ones_own)
{
	static const struct {
		const char *text, *given;
		bool has;
	} cases[] = {
		{"#[test]\nfn mine() {}", "", true},
		{"#[test]\nfn given() {}", "#[test]\nfn given() {}", false},
		{"#[test]\nfn given() {}\n#[test]\nfn mine() {}", "#[test]\nfn given() {}", true},
		{"// #[test]\nfn mine() {}", "", false},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		struct sightings sightings = {0};

		find("tests/all.rs", cases[i].text, cases[i].given, &sightings);
		ck_assert_msg(sightings.has_own_test == cases[i].has, "%s", cases[i].text);
		sightings_release(&sightings);
	}
}
END_TEST

/* A file made to be looked at for hours is looked at for a moment. */
START_TEST(enough_is_enough)
{
	static const char *const parts[] = {"x.read() ", "x.clone() ", "fn a(", "f(.unwrap() "};

	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
		cleanup_buffer struct buffer text = {0};
		struct sightings sightings = {0};

		while (text.length < 400000)
			buffer_add_text(&text, parts[i]);
		find("src/lib.rs", buffer_text(&text), "", &sightings);
		ck_assert_uint_le(sightings.count, 5100);
		ck_assert_uint_le(sightings.looks, 20100);
		ck_assert_msg(sightings.count >= 5000 || sightings.looks >= 20000, "%s", parts[i]);
		sightings_release(&sightings);
	}
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(each_is_seen_and_no_decoy, .rows = ARRAY_LENGTH(rows)),
	UNIT(lines_as_they_stand),
	UNIT(tests_of_ones_own),
	UNIT(enough_is_enough),
};

UNIT_MAIN("sightings", tests)
