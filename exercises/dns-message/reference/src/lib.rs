//! DNS messages, read where they lie: whatever is handed out borrows from the packet.

use std::iter::FusedIterator;

mod name;
mod reader;

pub use name::{Labels, Name};
use reader::Reader;

const HEADER: usize = 12;

/// Why a packet is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Something runs past the end of the packet.
    Truncated,
    /// A length byte begins with the bits 01 or 10.
    Label,
    /// A pointer goes where none may go, or a name follows too many.
    Pointer,
    /// A name takes more than 255 bytes.
    TooLong,
    /// A record's data has not the length that its type asks for.
    Data,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Error::Truncated => "the packet ends too early",
            Error::Label => "unknown kind of label",
            Error::Pointer => "a pointer that leads nowhere",
            Error::TooLong => "a name of more than 255 bytes",
            Error::Data => "data of the wrong length",
        })
    }
}

impl std::error::Error for Error {}

/// What a message begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub id: u16,
    pub response: bool,
    pub truncated: bool,
    pub code: u8,
    pub questions: u16,
    pub answers: u16,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub name: Name<'a>,
    pub kind: u16,
    pub class: u16,
}

/// What is answered.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub name: Name<'a>,
    pub kind: u16,
    pub class: u16,
    pub ttl: u32,
    pub data: Data<'a>,
}

/// What a record says of its name.
#[derive(Clone, Copy, Debug)]
pub enum Data<'a> {
    A([u8; 4]),
    Aaaa([u8; 16]),
    /// The name in a record of type NS, CNAME or PTR.
    Name(Name<'a>),
    /// The bytes of any other type, as they are.
    Other(&'a [u8]),
}

/// A packet whose questions and answers are known to be sound.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    header: Header,
    questions: Reader<'a>,
    answers: Reader<'a>,
}

impl<'a> Message<'a> {
    /// Reads all of the packet's questions and answers; what follows them is not looked at.
    pub fn parse(packet: &'a [u8]) -> Result<Message<'a>, Error> {
        let mut reader = Reader::new(packet);
        let header = read_header(&mut reader)?;
        let questions = reader;
        for _ in 0..header.questions {
            read_question(&mut reader)?;
        }
        let answers = reader;
        for _ in 0..header.answers {
            read_record(&mut reader)?;
        }
        Ok(Message {
            header,
            questions,
            answers,
        })
    }

    pub fn header(&self) -> Header {
        self.header
    }

    pub fn questions(&self) -> Questions<'a> {
        Questions {
            reader: self.questions,
            left: self.header.questions,
        }
    }

    pub fn answers(&self) -> Answers<'a> {
        Answers {
            reader: self.answers,
            left: self.header.answers,
        }
    }
}

/// The questions of a message, in order.
#[derive(Clone, Debug)]
pub struct Questions<'a> {
    reader: Reader<'a>,
    left: u16,
}

impl<'a> Iterator for Questions<'a> {
    type Item = Question<'a>;

    fn next(&mut self) -> Option<Question<'a>> {
        self.left = self.left.checked_sub(1)?;
        read_question(&mut self.reader).ok()
    }
}

impl FusedIterator for Questions<'_> {}

/// The answers of a message, in order.
#[derive(Clone, Debug)]
pub struct Answers<'a> {
    reader: Reader<'a>,
    left: u16,
}

impl<'a> Iterator for Answers<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        self.left = self.left.checked_sub(1)?;
        read_record(&mut self.reader).ok()
    }
}

impl FusedIterator for Answers<'_> {}

fn read_header(reader: &mut Reader<'_>) -> Result<Header, Error> {
    let id = reader.u16()?;
    let [high, low] = reader.array()?;
    let (questions, answers) = (reader.u16()?, reader.u16()?);
    reader.bytes(4)?;
    Ok(Header {
        id,
        response: high & 0x80 != 0,
        truncated: high & 0x02 != 0,
        code: low & 0x0f,
        questions,
        answers,
    })
}

fn read_question<'a>(reader: &mut Reader<'a>) -> Result<Question<'a>, Error> {
    Ok(Question {
        name: reader.name()?,
        kind: reader.u16()?,
        class: reader.u16()?,
    })
}

fn read_record<'a>(reader: &mut Reader<'a>) -> Result<Record<'a>, Error> {
    let name = reader.name()?;
    let (kind, class) = (reader.u16()?, reader.u16()?);
    let ttl = u32::from_be_bytes(reader.array()?);
    let length = usize::from(reader.u16()?);
    let mut inner = *reader;
    let bytes = reader.bytes(length)?;
    let data = match kind {
        1 => Data::A(bytes.try_into().map_err(|_| Error::Data)?),
        28 => Data::Aaaa(bytes.try_into().map_err(|_| Error::Data)?),
        2 | 5 | 12 => {
            let name = inner.name()?;
            if inner.position() != reader.position() {
                return Err(Error::Data);
            }
            Data::Name(name)
        }
        _ => Data::Other(bytes),
    };
    Ok(Record {
        name,
        kind,
        class,
        ttl,
        data,
    })
}
