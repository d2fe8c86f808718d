//! A name is used while the packet that it was read from is there.
#![allow(unused_variables)]

use dns_message::Message;

fn main() {
    let longer = [0; 12];
    let message;
    {
        let packet = [0; 12];
        let bytes = &longer;
        message = Message::parse(bytes).ok();
    }
    let question = message.as_ref().and_then(|message| message.questions().next());
    println!("{}", question.is_some_and(|question| question.name.labels().count() == 0));
}
