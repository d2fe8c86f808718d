//! Names: runs of labels, tied together by pointers.

use crate::{Error, HEADER};
use std::iter::FusedIterator;

const LONGEST: usize = 255;
const MOST_POINTERS: u8 = 32;

/// A name that was read once and found sound. Names are equal where their labels are, whatever their case in ASCII.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    packet: &'a [u8],
    start: usize,
}

impl<'a> Name<'a> {
    /// The name at `start`, and where what follows it begins.
    pub(crate) fn read(packet: &'a [u8], start: usize) -> Result<(Name<'a>, usize), Error> {
        let mut walk = Walk::new(packet, start);
        while walk.step()?.is_some() {}
        let end = walk.end.unwrap_or(walk.position);
        Ok((Name { packet, start }, end))
    }

    /// The labels from the left, without the root's empty one.
    pub fn labels(&self) -> Labels<'a> {
        Labels {
            walk: Walk::new(self.packet, self.start),
            ended: false,
        }
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Name<'_>) -> bool {
        let (mut ours, mut theirs) = (self.labels(), other.labels());
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return true,
                (Some(one), Some(two)) if one.eq_ignore_ascii_case(two) => {}
                _ => return false,
            }
        }
    }
}

impl Eq for Name<'_> {}

/// The labels of a name.
#[derive(Clone, Debug)]
pub struct Labels<'a> {
    walk: Walk<'a>,
    ended: bool,
}

impl<'a> Iterator for Labels<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.ended {
            return None;
        }
        let label = self.walk.step().ok().flatten();
        self.ended = label.is_none();
        label
    }
}

impl FusedIterator for Labels<'_> {}

/// A walk along a name. Each run of labels lies before the one that pointed to it, so that it ends.
#[derive(Clone, Debug)]
struct Walk<'a> {
    packet: &'a [u8],
    position: usize,
    run: usize,
    end: Option<usize>,
    length: usize,
    pointers: u8,
}

impl<'a> Walk<'a> {
    fn new(packet: &'a [u8], start: usize) -> Walk<'a> {
        Walk {
            packet,
            position: start,
            run: start,
            end: None,
            length: 1,
            pointers: 0,
        }
    }

    /// The next label, or `None` at the root.
    fn step(&mut self) -> Result<Option<&'a [u8]>, Error> {
        loop {
            let first = self.byte()?;
            match first >> 6 {
                0b00 if first == 0 => return Ok(None),
                0b00 => return self.label(usize::from(first)).map(Some),
                0b11 => self.follow(first & 0x3f)?,
                _ => return Err(Error::Label),
            }
        }
    }

    fn byte(&mut self) -> Result<u8, Error> {
        let byte = *self.packet.get(self.position).ok_or(Error::Truncated)?;
        self.position += 1;
        Ok(byte)
    }

    fn label(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let end = self.position + length;
        let label = self
            .packet
            .get(self.position..end)
            .ok_or(Error::Truncated)?;
        self.position = end;
        self.length += 1 + length;
        if self.length > LONGEST {
            return Err(Error::TooLong);
        }
        Ok(label)
    }

    fn follow(&mut self, high: u8) -> Result<(), Error> {
        let target = usize::from(u16::from_be_bytes([high, self.byte()?]));
        self.end.get_or_insert(self.position);
        self.pointers += 1;
        if target < HEADER || target >= self.run || self.pointers > MOST_POINTERS {
            return Err(Error::Pointer);
        }
        self.run = target;
        self.position = target;
        Ok(())
    }
}
