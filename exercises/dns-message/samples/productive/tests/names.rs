use dns_message::{Error, Message};

fn with_name(name: &[u8]) -> Vec<u8> {
    let mut packet = b"\0\0\0\0\0\x01\0\0\0\0\0\0".to_vec();
    packet.extend_from_slice(name);
    packet.extend_from_slice(&[0, 1, 0, 1]);
    packet
}

#[test]
fn reserved_labels() {
    for first in [0x40, 0x80] {
        let packet = with_name(&[first, 0]);
        assert_eq!(Message::parse(&packet).err(), Some(Error::Label));
    }
}

#[test]
fn pointer_to_itself() {
    let packet = with_name(&[0xc0, 12]);
    assert_eq!(Message::parse(&packet).err(), Some(Error::Pointer));
}

#[test]
fn pointer_into_the_header() {
    let packet = with_name(&[0xc0, 0]);
    assert_eq!(Message::parse(&packet).err(), Some(Error::Pointer));
}

#[test]
fn long_names() {
    let mut name = Vec::new();
    for length in [63, 63, 63, 61] {
        name.push(length);
        name.extend(vec![b'x'; usize::from(length)]);
    }
    name.push(0);
    assert!(Message::parse(&with_name(&name)).is_ok());
    name.insert(0, b'y');
    name.insert(0, 1);
    assert_eq!(
        Message::parse(&with_name(&name)).err(),
        Some(Error::TooLong)
    );
}
