//! A name is used when the packet that it was read from is gone.
#![allow(unused_variables)]

use dns_message::Message;

fn main() {
    let longer = [0; 12];
    let message;
    {
        let packet = [0; 12];
        let bytes = &packet; //~ E0597
        message = Message::parse(bytes).ok();
    }
    let question = message.as_ref().and_then(|message| message.questions().next());
    println!("{}", question.is_some_and(|question| question.name.labels().count() == 0));
}
