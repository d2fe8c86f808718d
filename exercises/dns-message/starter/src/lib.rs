//! DNS messages, read where they lie.

/// Why a packet is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    Truncated,
    Label,
    Pointer,
    TooLong,
    Data,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub id: u16,
    pub response: bool,
    pub truncated: bool,
    pub code: u8,
    pub questions: u16,
    pub answers: u16,
}

#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub name: Name<'a>,
    pub kind: u16,
    pub class: u16,
}

#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub name: Name<'a>,
    pub kind: u16,
    pub class: u16,
    pub ttl: u32,
    pub data: Data<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum Data<'a> {
    A([u8; 4]),
    Aaaa([u8; 16]),
    Name(Name<'a>),
    Other(&'a [u8]),
}

// Fields are yours, and so are helpers and modules.

#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    packet: &'a [u8],
}

impl<'a> Message<'a> {
    pub fn parse(packet: &'a [u8]) -> Result<Message<'a>, Error> {
        let _ = Message { packet }.packet;
        todo!()
    }

    pub fn header(&self) -> Header {
        todo!()
    }

    pub fn questions(&self) -> Questions<'a> {
        todo!()
    }

    pub fn answers(&self) -> Answers<'a> {
        todo!()
    }
}

pub struct Questions<'a> {
    _packet: &'a [u8],
}

impl<'a> Iterator for Questions<'a> {
    type Item = Question<'a>;

    fn next(&mut self) -> Option<Question<'a>> {
        todo!()
    }
}

pub struct Answers<'a> {
    _packet: &'a [u8],
}

impl<'a> Iterator for Answers<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        todo!()
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    _packet: &'a [u8],
}

impl<'a> Name<'a> {
    pub fn labels(&self) -> Labels<'a> {
        todo!()
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, _other: &Self) -> bool {
        todo!()
    }
}

impl Eq for Name<'_> {}

pub struct Labels<'a> {
    _packet: &'a [u8],
}

impl<'a> Iterator for Labels<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        todo!()
    }
}
