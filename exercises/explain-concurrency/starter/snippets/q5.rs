//! A gateway writes frames to a connection, one task at a time.

use std::future::Future;
use std::sync::Mutex;

pub trait Connection {
    fn write(&mut self, frame: &[u8]) -> impl Future<Output = usize>;
}

pub async fn write_all<C: Connection>(connection: &Mutex<C>, frames: &[Vec<u8>]) -> usize {
    let mut written = 0;
    let Ok(mut guard) = connection.lock() else {
        return 0;
    };
    for frame in frames {
        written += guard.write(frame).await;
    }
    written
}
