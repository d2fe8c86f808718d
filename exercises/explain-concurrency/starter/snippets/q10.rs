//! A future of the next message for a reader, woken by whoever publishes.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

#[derive(Default)]
pub struct Mailbox {
    pub message: Option<String>,
    pub waker: Option<Waker>,
}

pub struct Next(pub Arc<Mutex<Mailbox>>);

impl Future for Next {
    type Output = String;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        let mut mailbox = self.0.lock().expect("nobody panics with it");
        match mailbox.message.take() {
            Some(message) => Poll::Ready(message),
            None => {
                mailbox.waker.get_or_insert_with(|| cx.waker().clone());
                Poll::Pending
            }
        }
    }
}
