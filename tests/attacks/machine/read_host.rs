//! What std::fs and std::env tell of the host.

use std::{env, fs};

fn main() {
    let secrets = [
        "/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/resolv.conf", "/proc/1/environ", "/proc/1/cmdline", "/proc/version",
        "/proc/net/tcp", "/proc/mounts", "/sys/class/net", "/home", "/root", "/root/.ssh", "/var/lib", "/run", "/dev/shm",
    ];

    for path in secrets {
        if fs::read(path).is_ok_and(|bytes| !bytes.is_empty()) || fs::read_dir(path).is_ok() {
            println!("BREACH: {path} was read");
        }
    }
    if let Some((name, value)) = env::vars().next() {
        println!("BREACH: the environment has {name}={value}");
    }
    println!("HELD");
}
