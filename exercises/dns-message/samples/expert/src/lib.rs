//! DNS messages, read where they lie.
//!
//! ```
//! use dns_message::{Data, Message};
//!
//! let packet = b"\0\0\x80\0\0\x01\0\x01\0\0\0\0\x01a\0\0\x01\0\x01\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\x7f\0\0\x01";
//! let message = Message::parse(packet)?;
//! for record in message.answers() {
//!     assert!(matches!(record.data, Data::A([127, 0, 0, 1])));
//! }
//! # Ok::<(), dns_message::Error>(())
//! ```

use std::iter::FusedIterator;
use std::{error, fmt};

mod name;

pub use name::{Labels, Name};

/// Why a packet is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// It ends before what it has begun.
    Truncated,
    /// A label of a kind that was never defined.
    Label,
    /// A pointer that no sane server writes.
    Pointer,
    /// A name beyond the 255 bytes that names may have.
    TooLong,
    /// Data that does not fit its kind.
    Data,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Truncated => "message is truncated",
            Self::Label => "label of unknown kind",
            Self::Pointer => "pointer astray",
            Self::TooLong => "name too long",
            Self::Data => "data does not fit its kind",
        })
    }
}

impl error::Error for Error {}

/// The first twelve bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub id: u16,
    pub response: bool,
    pub truncated: bool,
    pub code: u8,
    pub questions: u16,
    pub answers: u16,
}

impl Header {
    const SIZE: usize = 12;
}

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub name: Name<'a>,
    pub kind: u16,
    pub class: u16,
}

/// One answer.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub name: Name<'a>,
    pub kind: u16,
    pub class: u16,
    pub ttl: u32,
    pub data: Data<'a>,
}

/// The data of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Data<'a> {
    A([u8; 4]),
    Aaaa([u8; 16]),
    Name(Name<'a>),
    Other(&'a [u8]),
}

/// A packet all of whose questions and answers have been read once.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    header: Header,
    first_question: Wire<'a>,
    first_answer: Wire<'a>,
}

impl<'a> Message<'a> {
    /// Reads a packet, up to the end of its answers.
    pub fn parse(packet: &'a [u8]) -> Result<Message<'a>, Error> {
        let mut wire = Wire { packet, at: 0 };
        let header = wire.header()?;
        let first_question = wire;
        (0..header.questions).try_for_each(|_| Question::read(&mut wire).map(drop))?;
        let first_answer = wire;
        (0..header.answers).try_for_each(|_| Record::read(&mut wire).map(drop))?;
        Ok(Message {
            header,
            first_question,
            first_answer,
        })
    }

    pub fn header(&self) -> Header {
        self.header
    }

    pub fn questions(&self) -> Questions<'a> {
        Questions(Section {
            wire: self.first_question,
            left: self.header.questions,
        })
    }

    pub fn answers(&self) -> Answers<'a> {
        Answers(Section {
            wire: self.first_answer,
            left: self.header.answers,
        })
    }
}

/// Entries that have been read before, so that reading them once more succeeds.
#[derive(Clone, Debug)]
struct Section<'a> {
    wire: Wire<'a>,
    left: u16,
}

impl<'a> Section<'a> {
    fn advance<T>(&mut self, read: impl FnOnce(&mut Wire<'a>) -> Result<T, Error>) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        let entry = read(&mut self.wire);
        debug_assert!(entry.is_ok(), "`parse` has read this");
        entry.ok()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.into(), Some(self.left.into()))
    }
}

/// Walks the questions.
#[derive(Clone, Debug)]
pub struct Questions<'a>(Section<'a>);

impl<'a> Iterator for Questions<'a> {
    type Item = Question<'a>;

    fn next(&mut self) -> Option<Question<'a>> {
        self.0.advance(Question::read)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Questions<'_> {}
impl FusedIterator for Questions<'_> {}

/// Walks the answers.
#[derive(Clone, Debug)]
pub struct Answers<'a>(Section<'a>);

impl<'a> Iterator for Answers<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        self.0.advance(Record::read)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Answers<'_> {}
impl FusedIterator for Answers<'_> {}

impl<'a> Question<'a> {
    fn read(wire: &mut Wire<'a>) -> Result<Self, Error> {
        Ok(Self {
            name: wire.name()?,
            kind: wire.number()?,
            class: wire.number()?,
        })
    }
}

impl<'a> Record<'a> {
    fn read(wire: &mut Wire<'a>) -> Result<Self, Error> {
        let Question { name, kind, class } = Question::read(wire)?;
        Ok(Self {
            name,
            kind,
            class,
            ttl: u32::from_be_bytes(wire.chunk()?),
            data: Data::read(wire, kind)?,
        })
    }
}

impl<'a> Data<'a> {
    fn read(wire: &mut Wire<'a>, kind: u16) -> Result<Self, Error> {
        let length = wire.number()?.into();
        let mut start = *wire;
        let bytes = wire.bytes(length)?;
        let sized = |_| Error::Data;
        Ok(match kind {
            1 => Data::A(bytes.try_into().map_err(sized)?),
            28 => Data::Aaaa(bytes.try_into().map_err(sized)?),
            2 | 5 | 12 => {
                let name = start.name()?;
                if start.at != wire.at {
                    return Err(Error::Data);
                }
                Data::Name(name)
            }
            _ => Data::Other(bytes),
        })
    }
}

/// What is yet to be read of a packet.
#[derive(Clone, Copy, Debug)]
struct Wire<'a> {
    packet: &'a [u8],
    at: usize,
}

impl<'a> Wire<'a> {
    fn bytes(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (_, rest) = self
            .packet
            .split_at_checked(self.at)
            .ok_or(Error::Truncated)?;
        let (bytes, _) = rest.split_at_checked(length).ok_or(Error::Truncated)?;
        self.at += length;
        Ok(bytes)
    }

    fn chunk<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let chunk = self.bytes(N)?.first_chunk();
        chunk.copied().ok_or(Error::Truncated)
    }

    fn number(&mut self) -> Result<u16, Error> {
        self.chunk().map(u16::from_be_bytes)
    }

    fn header(&mut self) -> Result<Header, Error> {
        let [i, d, high, low, q, u, a, n, _, _, _, _] = self.chunk::<{ Header::SIZE }>()?;
        Ok(Header {
            id: u16::from_be_bytes([i, d]),
            response: high >> 7 == 1,
            truncated: high >> 1 & 1 == 1,
            code: low & 0xf,
            questions: u16::from_be_bytes([q, u]),
            answers: u16::from_be_bytes([a, n]),
        })
    }

    fn name(&mut self) -> Result<Name<'a>, Error> {
        let (name, end) = Name::check(self.packet, self.at)?;
        self.at = end;
        Ok(name)
    }
}
