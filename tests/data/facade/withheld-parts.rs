// With every capability added, what is withheld of a module is withheld still.
#![allow(unused)]

use std::io::{stdin, Read, Stdout}; //~ std::io::stdin std::io::Stdout
use std::net::{IpAddr, TcpStream, ToSocketAddrs}; //~ std::net::TcpStream std::net::ToSocketAddrs
use std::process::{Command, ExitCode, Stdio}; //~ std::process::Command std::process::Stdio
use std::{io, net, process};

mod by_glob {
    use std::io::*;
    pub fn reads(line: &mut String) {
        stdin(); //~ std::io::stdin
    }
    pub fn holds(_: StdoutLock) {} //~ std::io::StdoutLock
}

fn calls() {
    io::stdout(); //~ std::io::stdout
    std::io::stderr(); //~ std::io::stderr
    io::pipe(); //~ std::io::pipe
    net::UdpSocket::bind("a"); //~ std::net::UdpSocket
    process::id(); //~ std::process::id
    std::os::fd::AsRawFd::as_raw_fd(&1); //~ std::os
    std::panic::set_hook(Box::new(|_| {})); //~ std::panic::set_hook
    std::backtrace::Backtrace::capture(); //~ std::backtrace
}

fn terminal<T: io::IsTerminal>() {} //~ std::io::IsTerminal
