//! DNS messages, read where they lie.
//!
//! [`Message::parse`] checks a packet and keeps what it found; names are slices of the packet.

mod cursor;
mod name;

use cursor::Cursor;
pub use name::{Labels, Name};
use std::fmt;
use std::slice;

/// Why a packet is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    Truncated,
    Label,
    Pointer,
    TooLong,
    Data,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Error::Truncated => "packet ends too early",
            Error::Label => "reserved label type",
            Error::Pointer => "invalid compression pointer",
            Error::TooLong => "name is longer than 255 bytes",
            Error::Data => "record data has the wrong length",
        };
        f.write_str(text)
    }
}

impl std::error::Error for Error {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub id: u16,
    pub response: bool,
    pub truncated: bool,
    pub code: u8,
    pub questions: u16,
    pub answers: u16,
}

#[derive(Clone, Debug)]
pub struct Question<'a> {
    pub name: Name<'a>,
    pub kind: u16,
    pub class: u16,
}

#[derive(Clone, Debug)]
pub struct Record<'a> {
    pub name: Name<'a>,
    pub kind: u16,
    pub class: u16,
    pub ttl: u32,
    pub data: Data<'a>,
}

#[derive(Clone, Debug)]
pub enum Data<'a> {
    A([u8; 4]),
    Aaaa([u8; 16]),
    Name(Name<'a>),
    Other(&'a [u8]),
}

#[derive(Clone, Debug)]
pub struct Message<'a> {
    header: Header,
    questions: Vec<Question<'a>>,
    answers: Vec<Record<'a>>,
}

impl<'a> Message<'a> {
    pub fn parse(packet: &'a [u8]) -> Result<Message<'a>, Error> {
        let mut cursor = Cursor::new(packet);
        let header = Header::read(&mut cursor)?;
        let questions = (0..header.questions)
            .map(|_| Question::read(&mut cursor))
            .collect::<Result<_, _>>()?;
        let answers = (0..header.answers)
            .map(|_| Record::read(&mut cursor))
            .collect::<Result<_, _>>()?;
        Ok(Message {
            header,
            questions,
            answers,
        })
    }

    pub fn header(&self) -> Header {
        self.header
    }

    pub fn questions(&self) -> Questions<'_> {
        Questions {
            inner: self.questions.iter(),
        }
    }

    pub fn answers(&self) -> Answers<'_> {
        Answers {
            inner: self.answers.iter(),
        }
    }
}

impl Header {
    fn read(cursor: &mut Cursor<'_>) -> Result<Header, Error> {
        let id = cursor.u16()?;
        let flags = cursor.u16()?;
        let questions = cursor.u16()?;
        let answers = cursor.u16()?;
        cursor.u32()?;
        Ok(Header {
            id,
            response: flags & 0x8000 != 0,
            truncated: flags & 0x0200 != 0,
            code: (flags & 0x000f) as u8,
            questions,
            answers,
        })
    }
}

impl<'a> Question<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Question<'a>, Error> {
        Ok(Question {
            name: Name::read(cursor)?,
            kind: cursor.u16()?,
            class: cursor.u16()?,
        })
    }
}

impl<'a> Record<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Record<'a>, Error> {
        let name = Name::read(cursor)?;
        let kind = cursor.u16()?;
        let class = cursor.u16()?;
        let ttl = cursor.u32()?;
        let length = cursor.u16()?;
        let data = Data::read(cursor, kind, usize::from(length))?;
        Ok(Record {
            name,
            kind,
            class,
            ttl,
            data,
        })
    }
}

impl<'a> Data<'a> {
    fn read(cursor: &mut Cursor<'a>, kind: u16, length: usize) -> Result<Data<'a>, Error> {
        let mut at_name = *cursor;
        let bytes = cursor.take(length)?;
        match kind {
            1 => bytes.try_into().map(Data::A).map_err(|_| Error::Data),
            28 => bytes.try_into().map(Data::Aaaa).map_err(|_| Error::Data),
            2 | 5 | 12 => {
                let name = Name::read(&mut at_name)?;
                if at_name.position() == cursor.position() {
                    Ok(Data::Name(name))
                } else {
                    Err(Error::Data)
                }
            }
            _ => Ok(Data::Other(bytes)),
        }
    }
}

/// The questions of a message.
pub struct Questions<'a> {
    inner: slice::Iter<'a, Question<'a>>,
}

impl<'a> Iterator for Questions<'a> {
    type Item = Question<'a>;

    fn next(&mut self) -> Option<Question<'a>> {
        self.inner.next().cloned()
    }
}

/// The answers of a message.
pub struct Answers<'a> {
    inner: slice::Iter<'a, Record<'a>>,
}

impl<'a> Iterator for Answers<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        self.inner.next().cloned()
    }
}
