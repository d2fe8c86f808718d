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

// I took Copy away because the name has a Vec inside
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

fn read_u16(packet: &[u8], position: &mut usize) -> Result<u16, Error> {
    if *position + 2 > packet.len() {
        return Err(Error::Truncated);
    }
    let number = packet[*position] as u16 * 256 + packet[*position + 1] as u16;
    *position = *position + 2;
    Ok(number)
}

fn read_name<'a>(packet: &'a [u8], position: &mut usize) -> Result<Name<'a>, Error> {
    let mut labels = Vec::new();
    let mut current = *position;
    let mut jumped = false;
    let mut total = 0;
    loop {
        if current >= packet.len() {
            return Err(Error::Truncated);
        }
        let length = packet[current] as usize;
        if length == 0 {
            if !jumped {
                *position = current + 1;
            }
            break;
        } else if length < 64 {
            if current + 1 + length > packet.len() {
                return Err(Error::Truncated);
            }
            total = total + length + 1;
            if total > 255 {
                return Err(Error::TooLong);
            }
            labels.push(&packet[current + 1..current + 1 + length]);
            current = current + 1 + length;
        } else if length >= 192 {
            if current + 1 >= packet.len() {
                return Err(Error::Truncated);
            }
            let target = (length - 192) * 256 + packet[current + 1] as usize;
            if target >= current {
                // would loop for ever
                return Err(Error::Pointer);
            }
            if !jumped {
                *position = current + 2;
            }
            jumped = true;
            current = target;
        } else {
            return Err(Error::Label);
        }
    }
    Ok(Name { labels: labels })
}

impl<'a> Message<'a> {
    pub fn parse(packet: &'a [u8]) -> Result<Message<'a>, Error> {
        if packet.len() < 12 {
            return Err(Error::Truncated);
        }
        let mut position = 0;
        let id = read_u16(packet, &mut position)?;
        let flags = read_u16(packet, &mut position)?;
        let question_count = read_u16(packet, &mut position)?;
        let answer_count = read_u16(packet, &mut position)?;
        let header = Header {
            id: id,
            response: flags & 0x8000 != 0,
            truncated: flags & 0x0200 != 0,
            code: (flags & 15) as u8,
            questions: question_count,
            answers: answer_count,
        };
        position = 12;

        let mut questions = Vec::new();
        for _i in 0..question_count {
            let name = read_name(packet, &mut position)?;
            let kind = read_u16(packet, &mut position)?;
            let class = read_u16(packet, &mut position)?;
            questions.push(Question { name, kind, class });
        }

        let mut answers = Vec::new();
        for _i in 0..answer_count {
            let name = read_name(packet, &mut position)?;
            let kind = read_u16(packet, &mut position)?;
            let class = read_u16(packet, &mut position)?;
            let ttl_high = read_u16(packet, &mut position)?;
            let ttl_low = read_u16(packet, &mut position)?;
            let length = read_u16(packet, &mut position)? as usize;
            if position + length > packet.len() {
                return Err(Error::Truncated);
            }
            let bytes = &packet[position..position + length];
            let data = match kind {
                1 => {
                    if length != 4 {
                        return Err(Error::Data);
                    }
                    Data::A(bytes.to_vec().try_into().unwrap())
                }
                28 => {
                    if length != 16 {
                        return Err(Error::Data);
                    }
                    Data::Aaaa(bytes.to_vec().try_into().unwrap())
                }
                2 | 5 | 12 => {
                    let mut name_position = position;
                    let name = read_name(packet, &mut name_position)?;
                    Data::Name(name)
                }
                _ => Data::Other(bytes),
            };
            position = position + length;
            answers.push(Record {
                name,
                kind,
                class,
                ttl: ttl_high as u32 * 65536 + ttl_low as u32,
                data,
            });
        }

        Ok(Message {
            header,
            questions,
            answers,
        })
    }

    pub fn header(&self) -> Header {
        self.header.clone()
    }

    pub fn questions(&self) -> Questions<'a> {
        Questions {
            all: self.questions.clone(),
            next: 0,
        }
    }

    pub fn answers(&self) -> Answers<'a> {
        Answers {
            all: self.answers.clone(),
            next: 0,
        }
    }
}

pub struct Questions<'a> {
    all: Vec<Question<'a>>,
    next: usize,
}

impl<'a> Iterator for Questions<'a> {
    type Item = Question<'a>;

    fn next(&mut self) -> Option<Question<'a>> {
        if self.next == self.all.len() {
            return None;
        }
        self.next += 1;
        Some(self.all[self.next - 1].clone())
    }
}

pub struct Answers<'a> {
    all: Vec<Record<'a>>,
    next: usize,
}

impl<'a> Iterator for Answers<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.next == self.all.len() {
            return None;
        }
        self.next += 1;
        Some(self.all[self.next - 1].clone())
    }
}

#[derive(Clone, Debug)]
pub struct Name<'a> {
    labels: Vec<&'a [u8]>,
}

impl<'a> Name<'a> {
    pub fn labels(&self) -> Labels<'a> {
        Labels {
            all: self.labels.clone(),
            next: 0,
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for label in &self.labels {
            text = text + &String::from_utf8_lossy(label).to_lowercase() + ".";
        }
        text
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Name<'_> {}

pub struct Labels<'a> {
    all: Vec<&'a [u8]>,
    next: usize,
}

impl<'a> Iterator for Labels<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.next == self.all.len() {
            return None;
        }
        self.next += 1;
        Some(self.all[self.next - 1])
    }
}
