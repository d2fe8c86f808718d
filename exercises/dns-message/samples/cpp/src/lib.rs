//! DNS message parser. Single pass validation, then re-parsing on iteration. No heap.

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

const HEADER_SIZE: usize = 12;
const MAX_NAME: usize = 255;
const MAX_JUMPS: usize = 32;

const TYPE_A: u16 = 1;
const TYPE_NS: u16 = 2;
const TYPE_CNAME: u16 = 5;
const TYPE_PTR: u16 = 12;
const TYPE_AAAA: u16 = 28;

// caller has checked pos + 2 <= p.len()
fn get_u16(p: &[u8], pos: usize) -> u16 {
    return ((p[pos] as u16) << 8) | (p[pos + 1] as u16);
}

fn get_u32(p: &[u8], pos: usize) -> u32 {
    return ((get_u16(p, pos) as u32) << 16) | (get_u16(p, pos + 2) as u32);
}

// Validates the name at *pos and advances *pos past it.
fn skip_name(p: &[u8], pos: &mut usize) -> Result<(), Error> {
    let mut cur: usize = *pos;
    let mut segment: usize = cur; // begin of the current run of labels
    let mut end: usize = 0;
    let mut jumps: usize = 0;
    let mut total: usize = 1;
    loop {
        if cur >= p.len() { return Err(Error::Truncated); }
        let c: u8 = p[cur];
        if c == 0 {
            if jumps == 0 { end = cur + 1; }
            break;
        }
        if (c & 0xC0) == 0xC0 {
            if cur + 1 >= p.len() { return Err(Error::Truncated); }
            let target: usize = (get_u16(p, cur) & 0x3FFF) as usize;
            if jumps == 0 { end = cur + 2; }
            jumps += 1;
            if jumps > MAX_JUMPS || target < HEADER_SIZE || target >= segment { return Err(Error::Pointer); }
            cur = target;
            segment = target;
        } else if (c & 0xC0) == 0 {
            let len: usize = c as usize;
            if cur + 1 + len > p.len() { return Err(Error::Truncated); }
            total += 1 + len;
            if total > MAX_NAME { return Err(Error::TooLong); }
            cur += 1 + len;
        } else {
            return Err(Error::Label);
        }
    }
    *pos = end;
    return Ok(());
}

fn read_question<'a>(p: &'a [u8], pos: &mut usize, out: &mut Option<Question<'a>>) -> Result<(), Error> {
    let name = Name { m_packet: p, m_pos: *pos };
    skip_name(p, pos)?;
    if *pos + 4 > p.len() { return Err(Error::Truncated); }
    *out = Some(Question { name: name, kind: get_u16(p, *pos), class: get_u16(p, *pos + 2) });
    *pos += 4;
    return Ok(());
}

fn read_record<'a>(p: &'a [u8], pos: &mut usize, out: &mut Option<Record<'a>>) -> Result<(), Error> {
    let name = Name { m_packet: p, m_pos: *pos };
    skip_name(p, pos)?;
    if *pos + 10 > p.len() { return Err(Error::Truncated); }
    let kind: u16 = get_u16(p, *pos);
    let class: u16 = get_u16(p, *pos + 2);
    let ttl: u32 = get_u32(p, *pos + 4);
    let len: usize = get_u16(p, *pos + 8) as usize;
    *pos += 10;
    if *pos + len > p.len() { return Err(Error::Truncated); }
    let data: Data<'a>;
    if kind == TYPE_A {
        if len != 4 { return Err(Error::Data); }
        data = Data::A(p[*pos..*pos + 4].try_into().unwrap());
    } else if kind == TYPE_AAAA {
        if len != 16 { return Err(Error::Data); }
        data = Data::Aaaa(p[*pos..*pos + 16].try_into().unwrap());
    } else if kind == TYPE_NS || kind == TYPE_CNAME || kind == TYPE_PTR {
        let mut name_end: usize = *pos;
        skip_name(p, &mut name_end)?;
        if name_end != *pos + len { return Err(Error::Data); }
        data = Data::Name(Name { m_packet: p, m_pos: *pos });
    } else {
        data = Data::Other(&p[*pos..*pos + len]);
    }
    *pos += len;
    *out = Some(Record { name: name, kind: kind, class: class, ttl: ttl, data: data });
    return Ok(());
}

#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    m_packet: &'a [u8],
    m_answers: usize,
}

impl<'a> Message<'a> {
    pub fn parse(packet: &'a [u8]) -> Result<Message<'a>, Error> {
        if packet.len() < HEADER_SIZE { return Err(Error::Truncated); }
        let mut message = Message { m_packet: packet, m_answers: 0 };
        let header = message.header();
        let mut pos: usize = HEADER_SIZE;
        let mut question: Option<Question<'a>> = None;
        for _ in 0..header.questions {
            read_question(packet, &mut pos, &mut question)?;
        }
        message.m_answers = pos;
        let mut record: Option<Record<'a>> = None;
        for _ in 0..header.answers {
            read_record(packet, &mut pos, &mut record)?;
        }
        return Ok(message);
    }

    pub fn header(&self) -> Header {
        let flags: u16 = get_u16(self.m_packet, 2);
        return Header {
            id: get_u16(self.m_packet, 0),
            response: (flags & 0x8000) != 0,
            truncated: (flags & 0x0200) != 0,
            code: (flags & 0x000F) as u8,
            questions: get_u16(self.m_packet, 4),
            answers: get_u16(self.m_packet, 6),
        };
    }

    pub fn questions(&self) -> Questions<'a> {
        return Questions { m_packet: self.m_packet, m_pos: HEADER_SIZE, m_left: self.header().questions };
    }

    pub fn answers(&self) -> Answers<'a> {
        return Answers { m_packet: self.m_packet, m_pos: self.m_answers, m_left: self.header().answers };
    }
}

pub struct Questions<'a> {
    m_packet: &'a [u8],
    m_pos: usize,
    m_left: u16,
}

impl<'a> Iterator for Questions<'a> {
    type Item = Question<'a>;

    fn next(&mut self) -> Option<Question<'a>> {
        if self.m_left == 0 {
            return None;
        }
        self.m_left -= 1;
        let mut question: Option<Question<'a>> = None;
        read_question(self.m_packet, &mut self.m_pos, &mut question).unwrap();
        return question;
    }
}

pub struct Answers<'a> {
    m_packet: &'a [u8],
    m_pos: usize,
    m_left: u16,
}

impl<'a> Iterator for Answers<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.m_left == 0 {
            return None;
        }
        self.m_left -= 1;
        let mut record: Option<Record<'a>> = None;
        read_record(self.m_packet, &mut self.m_pos, &mut record).unwrap();
        return record;
    }
}

/// A view: packet and offset.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    m_packet: &'a [u8],
    m_pos: usize,
}

impl<'a> Name<'a> {
    pub fn labels(&self) -> Labels<'a> {
        return Labels { m_packet: self.m_packet, m_pos: self.m_pos };
    }
}

fn to_lower(c: u8) -> u8 {
    return if c >= b'A' && c <= b'Z' { c + 32 } else { c };
}

impl<'a> PartialEq for Name<'a> {
    fn eq(&self, other: &Self) -> bool {
        let mut lhs = self.labels();
        let mut rhs = other.labels();
        loop {
            let a = lhs.next();
            let b = rhs.next();
            if a.is_none() || b.is_none() {
                return a.is_none() && b.is_none();
            }
            let a = a.unwrap();
            let b = b.unwrap();
            if a.len() != b.len() {
                return false;
            }
            for i in 0..a.len() {
                if to_lower(a[i]) != to_lower(b[i]) {
                    return false;
                }
            }
        }
    }
}

impl<'a> Eq for Name<'a> {}

/// Stays on the terminating zero when done.
pub struct Labels<'a> {
    m_packet: &'a [u8],
    m_pos: usize,
}

impl<'a> Iterator for Labels<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        while self.m_packet[self.m_pos] >= 0xC0 {
            self.m_pos = (get_u16(self.m_packet, self.m_pos) & 0x3FFF) as usize;
        }
        let len: usize = self.m_packet[self.m_pos] as usize;
        if len == 0 {
            return None;
        }
        let begin: usize = self.m_pos + 1;
        self.m_pos = begin + len;
        return Some(&self.m_packet[begin..begin + len]);
    }
}
