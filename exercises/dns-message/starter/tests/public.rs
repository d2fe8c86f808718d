//! Examples, not the whole story: the brief has more rules than these.

use dns_message::{Data, Error, Message};

/// A question for `dns.example`, and an answer whose name is a pointer to it.
const PACKET: &[u8] = b"\x12\x34\x81\x80\0\x01\0\x01\0\0\0\0\
    \x03dns\x07example\0\0\x01\0\x01\
    \xc0\x0c\0\x01\0\x01\0\0\x0e\x10\0\x04\xc0\0\x02\x07";

#[test]
fn a_question_and_its_answer() {
    let message = Message::parse(PACKET).expect("a sound packet");
    let header = message.header();
    assert_eq!((header.id, header.response, header.code), (0x1234, true, 0));
    let question = message.questions().next().expect("one question");
    let labels: Vec<&[u8]> = question.name.labels().collect();
    assert_eq!(labels, [&b"dns"[..], b"example"]);
    let answer = message.answers().next().expect("one answer");
    assert!(answer.name == question.name);
    assert_eq!(answer.ttl, 3600);
    assert!(matches!(answer.data, Data::A([192, 0, 2, 7])));
    assert_eq!(message.answers().count(), 1);
}

#[test]
fn a_packet_that_ends_too_early() {
    for length in 0..PACKET.len() {
        assert_eq!(
            Message::parse(&PACKET[..length]).err(),
            Some(Error::Truncated)
        );
    }
}
