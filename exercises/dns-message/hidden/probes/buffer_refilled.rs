//! The buffer takes the next packet while a label of the last one is in use.
#![allow(unused_mut, unused_variables)]

use dns_message::Message;

fn main() {
    let mut buffer = vec![0; 12];
    let mut other = vec![0; 12];
    let message = Message::parse(&buffer).ok();
    let question = message.as_ref().and_then(|message| message.questions().next());
    let label = question.as_ref().and_then(|question| question.name.labels().next());
    buffer.clear(); //~ E0502
    println!("{label:?}");
}
