//! Stands in for the compiler's `test` crate: `rustc --test` writes a `main` that hands all `#[test]` functions to
//! `test::test_main_static`, and looks for a crate of that name among those on its command line first. So nothing
//! unstable is used, and neither libtest's threads and output nor its exit code are in a test's process.
//!
//! Names and fields are those that `#[test]` expands to; tried with 1.95, 1.96 and 1.97.

use assay::plain::{self, Panics, PlainTest};
use std::process::{ExitCode, Termination};

pub enum TestName {
    StaticTestName(&'static str),
}
pub use TestName::StaticTestName;

pub enum TestFn {
    StaticTestFn(fn() -> Result<(), String>),
}
pub use TestFn::StaticTestFn;

pub enum ShouldPanic {
    No,
    Yes,
    YesWithMessage(&'static str),
}

pub enum TestType {
    UnitTest,
    IntegrationTest,
    DocTest,
    Unknown,
}

pub struct TestDesc {
    pub name: TestName,
    pub ignore: bool,
    pub ignore_message: Option<&'static str>,
    pub source_file: &'static str,
    pub start_line: usize,
    pub start_col: usize,
    pub end_line: usize,
    pub end_col: usize,
    pub compile_fail: bool,
    pub no_run: bool,
    pub should_panic: ShouldPanic,
    pub test_type: TestType,
}

pub struct TestDescAndFn {
    pub desc: TestDesc,
    pub testfn: TestFn,
}

/// What each test's function gives is passed through here.
pub fn assert_test_result<T: Termination>(result: T) -> Result<(), String> {
    if result.report() == ExitCode::SUCCESS {
        Ok(())
    } else {
        Err("it returned an error".to_string())
    }
}

pub fn test_main_static(tests: &[&TestDescAndFn]) {
    let tests: Vec<PlainTest> = tests
        .iter()
        // as `cargo test` does
        .filter(|test| !test.desc.ignore)
        .map(|test| {
            let StaticTestName(path) = test.desc.name;
            let StaticTestFn(body) = test.testfn;
            let panics = match test.desc.should_panic {
                ShouldPanic::No => Panics::Never,
                ShouldPanic::Yes => Panics::Must(None),
                ShouldPanic::YesWithMessage(expected) => Panics::Must(Some(expected)),
            };
            PlainTest { path, file: test.desc.source_file, line: test.desc.start_line, panics, body }
        })
        .collect();
    plain::run(&tests);
}
