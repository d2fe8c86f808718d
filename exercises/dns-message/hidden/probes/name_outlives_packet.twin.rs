//! A name is used while the packet that it was read from is there.
#![allow(unused_variables)]

use dns_message::Message;

fn main() {
    let longer = [0; 12];
    let name;
    {
        let packet = [0; 12];
        let bytes = &longer;
        name = Message::parse(bytes).ok().and_then(|message| message.questions().next()).map(|question| question.name);
    }
    println!("{}", name.is_some_and(|name| name.labels().count() == 0));
}
