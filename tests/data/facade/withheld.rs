// Every road to what an exercise does not offer ends at the same sentence; the mark at a line says of what.
#![allow(unused)]

extern crate std as x;

use std as y;
use std::backtrace::Backtrace; //~ std::backtrace
use std::fs; //~ std::fs
use std::fs as files; //~ std::fs
use std::fs::File; //~ std::fs
use std::fs::*; //~ std::fs
use std::os::fd::AsRawFd as _; //~ std::os
use std::time::UNIX_EPOCH; //~ std::time::UNIX_EPOCH
use std::env::{current_exe, vars}; //~ std::env
use std::{self as s};
use std::{cell, env, io}; //~ std::io
use std::{process::{self as p, Command}, time::{Duration, SystemTime}}; //~ std::process std::time::SystemTime
use ::std::net::TcpStream; //~ std::net
use r#std::r#fs as raw; //~ std::fs
use x::ffi::OsString; //~ std::ffi
pub use std::path::Path; //~ std::path

mod nested {
    use super::x::fs; //~ std::fs
    pub mod deeper {
        use crate::y::io::Write; //~ std::io
        pub fn now() {
            crate::s::time::SystemTime::now(); //~ std::time::SystemTime
        }
    }
}

mod own {
    pub mod fs {
        pub fn read(_: &str) {}
    }
    pub fn reads() {
        fs::read("mine");
        self::fs::read("mine");
    }
}

macro_rules! reads {
    () => {
        std::fs::read("x").ok() //~ std::fs
    };
}
macro_rules! reads_by_crate {
    () => {
        $crate::x::fs::read("x").ok() //~ std::fs
    };
}
macro_rules! through {
    ($($tokens:tt)*) => { $($tokens)* };
}
macro_rules! module {
    ($name:ident) => {
        std::$name::read("x").ok()
    };
}

fn calls() {
    std::fs::read("x").ok(); //~ std::fs
    ::std::process::exit(3); //~ std::process
    x::fs::read("x").ok(); //~ std::fs
    y::env::args(); //~ std::env
    s::process::abort(); //~ std::process
    reads!();
    reads_by_crate!();
    through!(std::process::exit(1)); //~ std::process
    module!(fs); //~ std::fs
    let exit = std::process::exit; //~ std::process
    let reader: fn(&str) -> _ = |path| std::fs::read(path); //~ std::fs
    std::panic::set_hook(Box::new(|_| {})); //~ std::panic::set_hook
    let hook = std::panic::take_hook(); //~ std::panic::take_hook
    let when = std::time::SystemTime::now(); //~ std::time::SystemTime
    env::args(); //~ std::env
    let (path, home) = (env!("PATH"), env::var("HOME")); //~ std::env
    let variables = format!("{:?}", std::env::vars()); //~ std::env
}

fn bounds<T: std::net::ToSocketAddrs>() {} //~ std::net

fn qualified<T>(it: &T) -> i32
where
    T: std::os::fd::AsRawFd, //~ std::os
{
    <T as std::os::fd::AsRawFd>::as_raw_fd(it) //~ std::os
}

fn errors() -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
}

fn io_results() -> std::io::Result<()> { //~ std::io
    Ok(())
}

fn told(information: &std::panic::PanicHookInfo) {} //~ std::panic::PanicHookInfo

static ALLOCATOR: std::alloc::System = std::alloc::System; //~ std::alloc

#[derive(Debug)]
struct Holder {
    path: std::path::PathBuf, //~ std::path
}
