use dns_message::Message;

#[test]
fn test_empty() {
    assert!(Message::parse(&[]).is_err());
}

#[test]
fn test_only_header() {
    let message = Message::parse(&[0; 12]).unwrap();
    assert_eq!(message.questions().count(), 0);
    assert_eq!(message.answers().count(), 0);
}
