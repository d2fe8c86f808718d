use dns_message::{Error, Message};

#[test]
fn test_self_pointer() {
    let packet: [u8; 18] = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1];
    assert_eq!(Message::parse(&packet).err(), Some(Error::Pointer));
}

#[test]
fn test_all_prefixes_are_truncated() {
    let packet: [u8; 19] = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, b'x', 0, 0, 1, 0, 1];
    for i in 0..packet.len() {
        assert_eq!(Message::parse(&packet[0..i]).err(), Some(Error::Truncated));
    }
    assert_eq!(Message::parse(&packet).is_ok(), true);
}
