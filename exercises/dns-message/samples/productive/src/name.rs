use crate::Error;
use crate::cursor::Cursor;
use std::slice;

const HEADER_LENGTH: usize = 12;
const MAX_LENGTH: usize = 255;

/// A domain name: its labels, each a slice of the packet.
#[derive(Clone, Debug)]
pub struct Name<'a> {
    labels: Vec<&'a [u8]>,
}

impl<'a> Name<'a> {
    /// Reads a name and leaves the cursor behind it.
    pub(crate) fn read(cursor: &mut Cursor<'a>) -> Result<Name<'a>, Error> {
        let mut labels = Vec::new();
        let mut total = 1;
        let mut reader = *cursor;
        let mut after_pointer = None;
        loop {
            let before = reader.position();
            let first = reader.u8()?;
            match first {
                0 => break,
                1..=63 => {
                    let label = reader.take(usize::from(first))?;
                    total += label.len() + 1;
                    if total > MAX_LENGTH {
                        return Err(Error::TooLong);
                    }
                    labels.push(label);
                }
                64..=191 => return Err(Error::Label),
                192..=255 => {
                    let target = usize::from(first & 0x3f) << 8 | usize::from(reader.u8()?);
                    // always backwards, so that it must end
                    if target < HEADER_LENGTH || target >= before {
                        return Err(Error::Pointer);
                    }
                    after_pointer.get_or_insert(reader);
                    reader = reader.at(target);
                }
            }
        }
        *cursor = after_pointer.unwrap_or(reader);
        Ok(Name { labels })
    }

    /// The labels, from the left.
    pub fn labels(&self) -> Labels<'_> {
        Labels {
            inner: self.labels.iter(),
        }
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.labels.len() == other.labels.len()
            && self
                .labels
                .iter()
                .zip(&other.labels)
                .all(|(one, two)| one.eq_ignore_ascii_case(two))
    }
}

impl Eq for Name<'_> {}

/// The labels of a name.
pub struct Labels<'a> {
    inner: slice::Iter<'a, &'a [u8]>,
}

impl<'a> Iterator for Labels<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        self.inner.next().copied()
    }
}
