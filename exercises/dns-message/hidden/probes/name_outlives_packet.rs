//! A name is used when the packet that it was read from is gone.
#![allow(unused_variables)]

use dns_message::Message;

fn main() {
    let longer = [0; 12];
    let name;
    {
        let packet = [0; 12];
        let bytes = &packet; //~ E0597
        name = Message::parse(bytes).ok().and_then(|message| message.questions().next()).map(|question| question.name);
    }
    println!("{}", name.is_some_and(|name| name.labels().count() == 0));
}
