use crate::Error;

/// Reads big-endian numbers and slices, and never past the end.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    packet: &'a [u8],
    position: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(packet: &'a [u8]) -> Self {
        Cursor {
            packet,
            position: 0,
        }
    }

    /// The same packet, elsewhere.
    pub(crate) fn at(self, position: usize) -> Self {
        Cursor { position, ..self }
    }

    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let end = self.position + length;
        let bytes = self
            .packet
            .get(self.position..end)
            .ok_or(Error::Truncated)?;
        self.position = end;
        Ok(bytes)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Error> {
        let bytes = self.take(1)?;
        bytes.first().copied().ok_or(Error::Truncated)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Error> {
        Ok(u16::from(self.u8()?) << 8 | u16::from(self.u8()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Error> {
        Ok(u32::from(self.u16()?) << 16 | u32::from(self.u16()?))
    }
}
