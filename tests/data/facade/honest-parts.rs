// What the capabilities add.
#![deny(warnings)]

use std::alloc::Layout;
use std::ffi::{CString, OsStr, OsString};
use std::io::prelude::*;
use std::io::{self, BufReader, BufWriter, Cursor, ErrorKind, SeekFrom};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::process::{ExitCode, Termination};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs};

pub struct Upper<W>(W);
impl<W: Write> Write for Upper<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(&bytes.to_ascii_uppercase())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
pub fn copies(mut from: impl Read, to: impl Write) -> io::Result<u64> {
    let mut writer = BufWriter::new(Upper(to));
    let mut cursor = Cursor::new(Vec::new());
    io::copy(&mut from, &mut cursor)?;
    cursor.seek(SeekFrom::Start(0))?;
    for line in BufReader::new(&mut cursor).lines() {
        writeln!(writer, "{}", line?)?;
    }
    io::copy(&mut io::empty(), &mut io::sink()).map_err(|error| io::Error::new(ErrorKind::Other, error))
}
pub fn paths(path: &Path) -> (PathBuf, Option<&OsStr>, OsString) {
    let dots = path.components().filter(|part| matches!(part, Component::ParentDir)).count();
    (path.join(dots.to_string()), path.extension(), path.as_os_str().to_owned())
}
pub fn addresses(text: &str) -> Option<SocketAddr> {
    Some(SocketAddr::new(text.parse::<IpAddr>().unwrap_or(Ipv4Addr::LOCALHOST.into()), 80))
}
pub fn files(path: &str) -> Option<String> {
    let _ = (env::var("HOME").ok(), Layout::new::<u8>(), CString::new("a").ok(), env!("PATH"));
    fs::read_to_string(path).ok()
}
pub fn ends() -> impl Termination {
    ExitCode::from(u8::from(SystemTime::now() < UNIX_EPOCH))
}
