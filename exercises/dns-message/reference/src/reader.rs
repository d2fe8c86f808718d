//! A position in a packet: reads past the end are errors.

use crate::{Error, Name};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    packet: &'a [u8],
    position: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(packet: &'a [u8]) -> Reader<'a> {
        Reader {
            packet,
            position: 0,
        }
    }

    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let rest = self.packet.get(self.position..).ok_or(Error::Truncated)?;
        let bytes = rest.get(..count).ok_or(Error::Truncated)?;
        self.position += count;
        Ok(bytes)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let bytes = self.bytes(N)?;
        bytes.try_into().map_err(|_| Error::Truncated)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Error> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub(crate) fn name(&mut self) -> Result<Name<'a>, Error> {
        let (name, end) = Name::read(self.packet, self.position)?;
        self.position = end;
        Ok(name)
    }
}
