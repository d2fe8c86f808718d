//! Names in wire format: checked once, then walked.

use crate::{Error, Header};
use std::iter::FusedIterator;

const MAX_SIZE: usize = 255;
const MAX_POINTERS: usize = 32;

/// What a length byte announces.
enum Piece<'a> {
    Root,
    Label(&'a [u8]),
    Pointer(usize),
}

impl<'a> Piece<'a> {
    /// The piece at `at`, and where it ends.
    fn read(packet: &'a [u8], at: usize) -> Result<(Self, usize), Error> {
        let rest = packet.get(at..).ok_or(Error::Truncated)?;
        match *rest {
            [0, ..] => Ok((Piece::Root, at + 1)),
            [length @ 1..=0x3f, ref rest @ ..] => {
                let length = usize::from(length);
                let label = rest.get(..length).ok_or(Error::Truncated)?;
                Ok((Piece::Label(label), at + 1 + length))
            }
            [0x40..=0xbf, ..] => Err(Error::Label),
            [high, low, ..] => {
                let target = u16::from_be_bytes([high & 0x3f, low]);
                Ok((Piece::Pointer(target.into()), at + 2))
            }
            _ => Err(Error::Truncated),
        }
    }
}

/// A name, where it stands in its packet. Equality ignores the case of ASCII letters.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    packet: &'a [u8],
    start: usize,
}

impl<'a> Name<'a> {
    /// Follows the name at `start` to its root; gives where it ends in place, too.
    pub(crate) fn check(packet: &'a [u8], start: usize) -> Result<(Self, usize), Error> {
        // each run of labels begins below the one before, which is why this ends
        let (mut at, mut run) = (start, start);
        let (mut size, mut pointers) = (1, 0);
        let mut in_place = None;
        loop {
            let (piece, end) = Piece::read(packet, at)?;
            at = end;
            match piece {
                Piece::Root => break,
                Piece::Label(label) => {
                    size += 1 + label.len();
                    if size > MAX_SIZE {
                        return Err(Error::TooLong);
                    }
                }
                Piece::Pointer(target) => {
                    pointers += 1;
                    if pointers > MAX_POINTERS || !(Header::SIZE..run).contains(&target) {
                        return Err(Error::Pointer);
                    }
                    in_place.get_or_insert(end);
                    (at, run) = (target, target);
                }
            }
        }
        Ok((Name { packet, start }, in_place.unwrap_or(at)))
    }

    /// The labels, from the left, without the root.
    pub fn labels(&self) -> Labels<'a> {
        Labels {
            packet: self.packet,
            at: Some(self.start),
        }
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        let mut theirs = other.labels();
        self.labels().all(|ours| {
            theirs
                .next()
                .is_some_and(|label| label.eq_ignore_ascii_case(ours))
        }) && theirs.next().is_none()
    }
}

impl Eq for Name<'_> {}

/// Walks the labels of a name that has been checked.
#[derive(Clone, Debug)]
pub struct Labels<'a> {
    packet: &'a [u8],
    /// `None` once the root has been met.
    at: Option<usize>,
}

impl<'a> Iterator for Labels<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let mut at = self.at.take()?;
        loop {
            match Piece::read(self.packet, at).ok()? {
                (Piece::Root, _) => return None,
                (Piece::Pointer(target), _) => at = target,
                (Piece::Label(label), end) => {
                    self.at = Some(end);
                    return Some(label);
                }
            }
        }
    }
}

impl FusedIterator for Labels<'_> {}
