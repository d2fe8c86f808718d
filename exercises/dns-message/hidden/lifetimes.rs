//! What is handed out borrows from the packet, and from nothing else.

use assay::Test;
use dns_message::{Answers, Data, Error, Labels, Message, Name, Question, Questions, Record};

// `'p` is the packet's lifetime, `'s` that of the value that is asked
const fn pinned<'p>() {
    let _: fn(&'p [u8]) -> Result<Message<'p>, Error> = Message::<'p>::parse;
    let _: for<'s> fn(&'s Message<'p>) -> Questions<'p> = Message::<'p>::questions;
    let _: for<'s> fn(&'s Message<'p>) -> Answers<'p> = Message::<'p>::answers;
    let _: for<'s> fn(&'s Name<'p>) -> Labels<'p> = Name::<'p>::labels;
    let _: for<'s> fn(&'s mut Labels<'p>) -> Option<&'p [u8]> = <Labels<'p> as Iterator>::next;
    is_plain::<Message<'p>>();
    is_plain::<Name<'p>>();
    is_plain::<Question<'p>>();
    is_plain::<Record<'p>>();
    is_plain::<Data<'p>>();
}
const _: () = pinned();
const fn is_plain<T: Copy + Send + Sync>() {}

/// The last label of all names, from a message that is gone by then.
fn last_labels(packet: &[u8]) -> Option<Vec<&[u8]>> {
    let names: Vec<Name<'_>> = {
        let message = Message::parse(packet).ok()?;
        let asked = message.questions().map(|question| question.name);
        asked.chain(message.answers().map(|record| record.name)).collect()
    };
    Some(names.iter().filter_map(|name| name.labels().last()).collect())
}

/// The data of the first answer, where it is bytes.
fn first_data(packet: &[u8]) -> Option<&[u8]> {
    match Message::parse(packet).ok()?.answers().next()?.data {
        Data::Other(bytes) => Some(bytes),
        _ => None,
    }
}

assay::tests! {
    /// Names, labels and data outlive the message, and lie in the packet.
    fn all_outlive_the_message(t: &mut Test) {
        for _ in 0..6 {
            let (word, text) = (t.rng().word(1, 8), t.rng().word(1, 20));
            let mut packet = b"\0\0\0\0\0\x01\0\x01\0\0\0\0".to_vec();
            packet.push(word.len() as u8);
            packet.extend(word.bytes());
            packet.extend(b"\x03org\0\0\x10\0\x01\x01a\xc0\x0c\0\x10\0\x01\0\0\0\x05\0");
            packet.push(text.len() as u8);
            packet.extend(text.bytes());
            t.input("packet", &packet);
            let place = |bytes: &[u8]| bytes.as_ptr() as usize - packet.as_ptr() as usize;
            let labels = last_labels(&packet).map(|labels| labels.iter().map(|label| (*label, place(label))).collect::<Vec<_>>());
            t.observe("last labels, and where they are", &labels);
            t.observe("data, and where it is", &first_data(&packet).map(|bytes| (bytes, place(bytes))));
        }
    }
}
