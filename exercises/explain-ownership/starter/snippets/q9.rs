//! A wire protocol writes frames into one buffer, through a function that takes any sink.

pub trait Sink {
    fn put(&mut self, bytes: &[u8]);
}

impl Sink for &mut Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

fn magic(buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(b"SYN1");
}

fn frame<S: Sink>(mut sink: S, payload: &[u8]) {
    sink.put(&[payload.len() as u8]);
    sink.put(payload);
}

pub fn write(buffer: &mut Vec<u8>, payload: &[u8]) {
    magic(buffer);
    magic(buffer);
    frame(&mut *buffer, payload);
    frame(buffer, payload);
    magic(buffer);
}
