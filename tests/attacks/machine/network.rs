//! The network, by std::net: argv[1] says which way.

use std::net::{TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;

fn main() {
    let way = std::env::args().nth(1).unwrap_or_default();
    let outcome = match way.as_str() {
        "connect" => TcpStream::connect("127.0.0.1:22").map(drop),
        "datagram" => UdpSocket::bind("0.0.0.0:0").and_then(|socket| socket.send_to(b"x", "127.0.0.1:53").map(drop)),
        _ => UnixStream::connect("/run/dbus/system_bus_socket").map(drop),
    };

    match outcome {
        Ok(()) => println!("BREACH: {way} went through"),
        Err(error) => println!("HELD: {error}"),
    }
}
