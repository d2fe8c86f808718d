//! Names that no sane server writes.

use dns_message::{Error, Message};

/// A packet with one question for each of the names.
fn questions(names: &[&[u8]]) -> Vec<u8> {
    let mut packet = vec![0; 12];
    packet[5] = u8::try_from(names.len()).expect("a few names");
    for name in names {
        packet.extend_from_slice(name);
        packet.extend_from_slice(&[0, 1, 0, 1]);
    }
    packet
}

fn error(names: &[&[u8]]) -> Option<Error> {
    Message::parse(&questions(names)).err()
}

#[test]
fn pointers_lead_back() {
    assert_eq!(error(&[b"\x01a\0", b"\xc0\x0c"]), None);
    assert_eq!(error(&[b"\xc0\x0c"]), Some(Error::Pointer));
    assert_eq!(error(&[b"\xc0\x0b"]), Some(Error::Pointer));
    assert_eq!(error(&[b"\x01a\xc0\x0c"]), Some(Error::Pointer));
    assert_eq!(error(&[b"\xc0\x12", b"\x01a\0"]), Some(Error::Pointer));
}

#[test]
fn thirty_two_pointers_and_no_more() {
    let chain: Vec<[u8; 2]> = (0..33)
        .map(|link| [0xc0, if link == 0 { 12 } else { 11 + 6 * link }])
        .collect();
    let mut names: Vec<&[u8]> = vec![b"\0"];
    names.extend(chain.iter().map(|pointer| &pointer[..]));
    assert_eq!(error(&names[..33]), None);
    assert_eq!(error(&names), Some(Error::Pointer));
}

#[test]
fn the_longest_name() {
    let name = |last: u8| {
        let mut name = Vec::new();
        for length in [63, 63, 63, last] {
            name.push(length);
            name.resize(name.len() + usize::from(length), b'x');
        }
        name.push(0);
        name
    };
    assert_eq!(error(&[&name(61)]), None);
    assert_eq!(error(&[&name(62)]), Some(Error::TooLong));
}

#[test]
fn case_is_of_letters_only() {
    let packet = questions(&[b"\x02a[\0", b"\x02A[\0", b"\x02a{\0"]);
    let message = Message::parse(&packet).expect("sound");
    let names: Vec<_> = message.questions().map(|question| question.name).collect();
    assert!(names[0] == names[1]);
    assert!(names[0] != names[2]);
}
