//! Packets, sound and otherwise, that the seed builds.

use assay::{Rng, Test};
use dns_message::{Data, Error, Header, Message, Name, Question, Record};

// the API, pinned; what a weaker design may lack is in a file of its own
const _: for<'p> fn(&'p [u8]) -> Result<Message<'p>, Error> = |packet| Message::parse(packet);
const _: fn(&Message) -> Header = |message| message.header();
const _: fn(&Header) -> (u16, bool, bool, u8, u16, u16) =
    |header| (header.id, header.response, header.truncated, header.code, header.questions, header.answers);

const POINTER: u16 = 0xc000;

/// A packet that grows.
struct Packet(Vec<u8>);

impl Packet {
    fn new(rng: &mut Rng, questions: u16, answers: u16) -> Packet {
        let mut packet = Packet(rng.bytes(4));
        packet.u16(questions);
        packet.u16(answers);
        packet.u16(0);
        packet.u16(0);
        packet
    }

    fn here(&self) -> u16 {
        self.0.len() as u16
    }

    fn u16(&mut self, number: u16) {
        self.bytes(&number.to_be_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn labels<L: AsRef<[u8]>>(&mut self, labels: &[L]) {
        for label in labels {
            self.0.push(label.as_ref().len() as u8);
            self.bytes(label.as_ref());
        }
    }

    fn root(&mut self) {
        self.0.push(0);
    }

    fn pointer(&mut self, target: u16) {
        self.u16(POINTER | target);
    }

    /// What follows a question's name.
    fn ask(&mut self, rng: &mut Rng) {
        let bytes = rng.bytes(4);
        self.bytes(&bytes);
    }

    /// What follows a record's name, up to its data.
    fn record(&mut self, rng: &mut Rng, kind: u16, length: usize) {
        self.u16(kind);
        let rest = rng.bytes(6);
        self.bytes(&rest);
        self.u16(length as u16);
    }

    /// A record of which only the name matters: it has an address.
    fn address(&mut self, rng: &mut Rng) {
        self.record(rng, 1, 4);
        self.bytes(&[192, 0, 2, 7]);
    }
}

fn labels(rng: &mut Rng, most: u64) -> Vec<Vec<u8>> {
    (0..rng.below(most + 1)).map(|_| rng.word(1, 6).into_bytes()).collect()
}

/// A name of which all has been said before or nothing; where it and its labels begin are places to point to.
fn name(rng: &mut Rng, packet: &mut Packet, places: &mut Vec<u16>) {
    let own = labels(rng, 3);
    for label in &own {
        places.push(packet.here());
        packet.labels(&[label]);
    }
    let before = places.len() - own.len();
    if before > 0 && rng.chance(2, 3) {
        let target = places[rng.index(before)];
        if own.is_empty() {
            places.push(packet.here());
        }
        packet.pointer(target);
    } else {
        packet.root();
    }
}

/// Questions and answers of all kinds, whose names point to one another.
fn sound(rng: &mut Rng, questions: u16, answers: u16) -> Vec<u8> {
    let mut packet = Packet::new(rng, questions, answers);
    let mut places = Vec::new();
    for _ in 0..questions {
        name(rng, &mut packet, &mut places);
        packet.ask(rng);
    }
    for _ in 0..answers {
        name(rng, &mut packet, &mut places);
        let kind = *rng.pick(&[1, 28, 2, 5, 12, 15, 16, 257]);
        packet.record(rng, kind, 0);
        let start = packet.0.len();
        match kind {
            1 => packet.bytes(&rng.bytes(4)),
            28 => packet.bytes(&rng.bytes(16)),
            2 | 5 | 12 => name(rng, &mut packet, &mut places),
            _ => {
                let length = rng.index(20);
                packet.bytes(&rng.bytes(length));
            }
        }
        let length = packet.here() - start as u16;
        packet.0[start - 2..start].copy_from_slice(&length.to_be_bytes());
    }
    packet.0
}

fn word(error: Error) -> &'static str {
    match error {
        Error::Truncated => "truncated",
        Error::Label => "label",
        Error::Pointer => "pointer",
        Error::TooLong => "too long",
        Error::Data => "data",
    }
}

fn told(name: &Name) -> Vec<Vec<u8>> {
    name.labels().map(<[u8]>::to_vec).collect()
}

fn data(data: &Data) -> (&'static str, Vec<Vec<u8>>) {
    match data {
        Data::A(bytes) => ("a", vec![bytes.to_vec()]),
        Data::Aaaa(bytes) => ("aaaa", vec![bytes.to_vec()]),
        Data::Name(name) => ("name", told(name)),
        Data::Other(bytes) => ("other", vec![bytes.to_vec()]),
    }
}

/// Reads a packet and observes all of it, or what is wrong with it.
fn look(t: &mut Test, packet: &[u8]) {
    t.input("packet", &packet);
    match Message::parse(packet) {
        Err(error) => t.observe("error", &word(error)),
        Ok(message) => {
            let Header { id, response, truncated, code, questions, answers } = message.header();
            t.observe("header", &(id, response, truncated, code, questions, answers));
            // one more than there are, in case that it goes on
            for Question { name, kind, class } in message.questions().take(usize::from(questions) + 1) {
                t.observe("question", &(told(&name), kind, class));
            }
            for record in message.answers().take(usize::from(answers) + 1) {
                let Record { name, kind, class, ttl, .. } = record;
                t.observe("answer", &(told(&name), kind, class, ttl, data(&record.data)));
            }
        }
    }
}

/// A packet whose only question's name is what `build` writes, beginning at byte 12.
fn with_name(t: &mut Test, build: impl FnOnce(&mut Packet)) {
    let mut packet = Packet::new(t.rng(), 1, 0);
    build(&mut packet);
    packet.ask(t.rng());
    look(t, &packet.0);
}

assay::tests! {
    /// A header is read bit by bit.
    fn headers(t: &mut Test) {
        for _ in 0..20 {
            let mut packet = Packet::new(t.rng(), 0, 0);
            packet.0[8..].copy_from_slice(&t.rng().bytes(4));
            look(t, &packet.0);
        }
    }

    /// Questions come in order, and none after the last.
    fn questions_in_order(t: &mut Test) {
        for _ in 0..6 {
            let questions = t.rng().below(5) as u16;
            let mut packet = Packet::new(t.rng(), questions, 1);
            for _ in 0..questions {
                packet.labels(&labels(t.rng(), 4));
                packet.root();
                packet.ask(t.rng());
            }
            packet.root();
            packet.address(t.rng());
            look(t, &packet.0);
        }
    }

    /// Answers of each kind, with all their fields.
    fn answers_of_each_kind(t: &mut Test) {
        for kind in [1, 28, 2, 5, 12, 6, 16] {
            let mut packet = Packet::new(t.rng(), 1, 3);
            packet.labels(&labels(t.rng(), 3));
            packet.root();
            packet.ask(t.rng());
            for _ in 0..3 {
                packet.labels(&labels(t.rng(), 2));
                packet.root();
                let target = labels(t.rng(), 3);
                let length = match kind {
                    1 => 4,
                    28 => 16,
                    2 | 5 | 12 => target.iter().map(|label| label.len() + 1).sum::<usize>() + 1,
                    _ => t.rng().index(12),
                };
                packet.record(t.rng(), kind, length);
                if let 2 | 5 | 12 = kind {
                    packet.labels(&target);
                    packet.root();
                } else {
                    packet.bytes(&t.rng().bytes(length));
                }
            }
            look(t, &packet.0);
        }
    }

    /// Names point to earlier names, or end in a part of one, and what follows them is read from the right place.
    fn names_are_compressed(t: &mut Test) {
        for _ in 0..8 {
            let packet = sound(t.rng(), 2, 4);
            look(t, &packet);
        }
    }

    /// A packet that ends too early is told from a sound one, wherever it ends.
    fn cut_short(t: &mut Test) {
        let packet = sound(t.rng(), 1, 2);
        t.input("packet", &packet);
        for length in 0..=packet.len() {
            t.observe("length, error", &(length, Message::parse(&packet[..length]).err().map(word)));
        }
        let header = Packet::new(t.rng(), 0, 0);
        for length in 0..=12 {
            t.observe("header, error", &(length, Message::parse(&header.0[..length]).err().map(word)));
        }
        with_name(t, |packet| packet.bytes(&[1, b'a', 63]));
        with_name(t, |packet| packet.bytes(&[0]));
        for first in [1, 63, 0xc0, 0xff] {
            let mut packet = Packet::new(t.rng(), 1, 0);
            packet.bytes(&[first]);
            look(t, &packet.0);
        }
    }

    /// A length byte that begins with 01 or 10 is an error, at the beginning and within.
    fn labels_of_unknown_kind(t: &mut Test) {
        for bits in [0x40, 0x80] {
            for low in [0, 1, t.rng().below(64) as u8, 63] {
                let before = labels(t.rng(), 2);
                with_name(t, |packet| {
                    packet.labels(&before);
                    packet.bytes(&[bits | low]);
                    packet.bytes(&[b'a'; 200]);
                });
            }
        }
    }

    /// Names may take 255 bytes, and none more, whether they are written out or pointed to.
    fn lengths_of_names(t: &mut Test) {
        for last in 59..=63 {
            with_name(t, |packet| {
                packet.labels(&[[b'a'; 63]; 3]);
                packet.labels(&[vec![b'b'; last]]);
                packet.root();
            });
        }
        for before in 60..=63 {
            let mut packet = Packet::new(t.rng(), 2, 0);
            packet.labels(&[[b'c'; 62]; 3]);
            packet.root();
            packet.ask(t.rng());
            packet.labels(&[vec![b'd'; before], vec![b'e']]);
            packet.pointer(12);
            packet.ask(t.rng());
            look(t, &packet.0);
        }
        for count in [126, 127, 128] {
            with_name(t, |packet| {
                packet.labels(&vec![b"e"; count]);
                packet.root();
            });
        }
        // a label that is too much, and is not there either
        let mut packet = Packet::new(t.rng(), 1, 0);
        packet.labels(&[[b'f'; 63]; 4]);
        look(t, &packet.0[..packet.0.len() - 1]);
        look(t, &packet.0);
    }

    /// Data has the length that its kind asks for, and a name in it takes all of it.
    fn lengths_of_data(t: &mut Test) {
        for kind in [1, 28] {
            for length in [0, 3, 4, 5, 15, 16, 17] {
                let mut packet = Packet::new(t.rng(), 0, 1);
                packet.root();
                packet.record(t.rng(), kind, length);
                packet.bytes(&t.rng().bytes(length));
                look(t, &packet.0);
            }
        }
        for kind in [2, 5, 12] {
            let cases: [(&[u8], usize); 8] = [
                (b"\x01a\0", 3),
                (b"\x01a\0", 2),
                (b"\x01a\0\0", 4),
                (b"\x01a\xc0\x0c", 4),
                (b"\x01a\xc0\x0c", 3),
                (b"\xc0\x0c\0", 3),
                (b"\0\0", 0),
                (b"\x01a\x40a", 2),
            ];
            for (bytes, length) in cases {
                let mut packet = Packet::new(t.rng(), 0, 2);
                packet.labels(&[t.rng().word(1, 5)]);
                packet.root();
                packet.record(t.rng(), kind, length);
                packet.bytes(bytes);
                packet.root();
                packet.address(t.rng());
                look(t, &packet.0);
            }
        }
    }

    /// Names are equal label by label, whatever the case of their ASCII letters, and of nothing else.
    fn names_are_equal(t: &mut Test) {
        let word = t.rng().word(4, 8);
        let upper = word.to_ascii_uppercase();
        let names: [&[&[u8]]; 12] = [
            &[word.as_bytes(), b"example"],
            &[upper.as_bytes(), b"eXaMplE"],
            &[word.as_bytes(), b"example", b"org"],
            &[b"example"],
            &[word.as_bytes(), b"exam", b"ple"],
            &[],
            &[b"a[z@"],
            &[b"A{Z`"],
            &[b"A[Z@"],
            &[b"\xe4\xc4"],
            &[b"\xc4\xc4"],
            &[b"a.b", b"0-9"],
        ];
        let packets: Vec<Vec<u8>> = names
            .iter()
            .map(|labels| {
                let mut packet = Packet::new(t.rng(), 2, 0);
                packet.labels(labels);
                packet.root();
                packet.ask(t.rng());
                packet.pointer(12);
                packet.ask(t.rng());
                packet.0
            })
            .collect();
        for one in &packets {
            for two in &packets {
                t.input("packets", &(one, two));
                let (Ok(one), Ok(two)) = (Message::parse(one), Message::parse(two)) else {
                    return t.observe("sound", &false);
                };
                let (Some(one), Some(two)) = (one.questions().next(), two.questions().nth(1)) else {
                    return t.observe("there", &false);
                };
                t.observe("equal", &(one.name == two.name));
            }
        }
    }

    /// What follows the answers is not looked at.
    fn what_follows(t: &mut Test) {
        for _ in 0..4 {
            let mut packet = sound(t.rng(), 1, 2);
            packet[8..12].copy_from_slice(&t.rng().bytes(4));
            let count = 1 + t.rng().index(30);
            packet.extend(t.rng().bytes(count));
            look(t, &packet);
        }
    }

    /// Walks are apart from one another, begin anew each time, and stay at their end.
    fn walks_are_apart(t: &mut Test) {
        let mut packet = Packet(sound(t.rng(), 3, 4));
        packet.0[7] += 1;
        // after the root comes what could be another label
        packet.labels(&[t.rng().word(1, 5)]);
        packet.root();
        packet.record(t.rng(), 0x0101, 0);
        let packet = packet.0;
        t.input("packet", &packet);
        let Ok(message) = Message::parse(&packet) else { return t.observe("sound", &false) };
        let (mut one, mut two) = (message.questions(), message.questions());
        one.next();
        t.observe("first", &two.next().map(|question| told(&question.name)));
        t.observe("second", &one.next().map(|question| told(&question.name)));
        t.observe("questions", &(one.count(), two.count(), message.questions().count()));
        let mut answers = message.answers();
        while let Some(record) = answers.next() {
            let mut labels = record.name.labels();
            let count = labels.by_ref().count();
            let more: Vec<bool> = (0..3).map(|_| labels.next().is_some()).collect();
            t.observe("labels", &(count, more, record.name.labels().count()));
        }
        let more: Vec<bool> = (0..3).map(|_| answers.next().is_some()).collect();
        t.observe("after the last", &more);
    }

    /// Pointers go before the labels that led to them, and not into the header.
    fn pointers_astray(t: &mut Test) {
        for target in [0, 4, 11, 12, 13, 14, 15, 16, 17, 18, 20, 200, 0x3fff] {
            // a name, then one that points: its labels begin at 21
            for own in [0, 2] {
                let mut packet = Packet::new(t.rng(), 3, 0);
                packet.labels(&[b"abc"]);
                packet.root();
                packet.ask(t.rng());
                packet.labels(&vec![b"d"; own]);
                packet.pointer(target);
                packet.ask(t.rng());
                packet.labels(&[b"later"]);
                packet.root();
                packet.ask(t.rng());
                look(t, &packet.0);
            }
        }
        for target in 20..32 {
            // to itself, to its own labels, to what follows
            let mut packet = Packet::new(t.rng(), 2, 0);
            packet.labels(&[b"abc"]);
            packet.root();
            packet.ask(t.rng());
            packet.labels(&[b"d", b"e"]);
            packet.pointer(target);
            packet.bytes(&[0, 0, 0, 0, 0, 0, 0, 0]);
            look(t, &packet.0);
        }
        // two that point to each other, by way of data that nobody has read as a name
        let mut packet = Packet::new(t.rng(), 0, 2);
        packet.root();
        packet.record(t.rng(), 16, 2);
        packet.pointer(packet.here() + 2);
        packet.pointer(packet.here() - 2);
        packet.address(t.rng());
        look(t, &packet.0);
    }

    /// A name follows 32 pointers, and no more.
    fn chains_of_pointers(t: &mut Test) {
        for most in [31, 32, 33, 34] {
            let with_labels = t.rng().chance(1, 2);
            let mut packet = Packet::new(t.rng(), most + 1, 0);
            packet.labels(&[b"end"]);
            packet.root();
            packet.ask(t.rng());
            let mut last = 12;
            for _ in 0..most {
                let here = packet.here();
                if with_labels {
                    packet.labels(&[b"a"]);
                }
                packet.pointer(last);
                packet.ask(t.rng());
                last = here;
            }
            look(t, &packet.0);
        }
        // thousands of them, in data that is not a name: no name may follow them all
        let mut packet = Packet::new(t.rng(), 0, 2);
        packet.root();
        packet.record(t.rng(), 16, 4002);
        packet.bytes(&[0, 0]);
        for number in 0..2000 {
            let here = packet.here();
            packet.pointer(if number == 0 { here - 1 } else { here - 2 });
        }
        packet.pointer(packet.here() - 2);
        packet.address(t.rng());
        look(t, &packet.0);
    }

    /// Sound packets with a few bytes changed, or their end lost, and bytes that nobody chose.
    fn any_bytes(t: &mut Test) {
        for round in 0..150 {
            let mut packet = sound(t.rng(), 1, 2);
            for _ in 0..=t.rng().below(3) {
                let at = t.rng().index(packet.len());
                let byte = t.rng().below(256) as u8;
                let small = t.rng().below(48) as u8;
                packet[at] = *t.rng().pick(&[byte, small, 0, 0xc0, 0xff]);
            }
            if round % 10 == 0 {
                packet.truncate(12);
                let count = t.rng().index(40);
                packet.extend(t.rng().bytes(count));
            } else if round % 3 == 1 {
                let length = 12 + t.rng().index(packet.len() - 12);
                packet.truncate(length);
            }
            look(t, &packet);
        }
    }

    /// A packet full of answers is read, walked and compared.
    fn reading_costs(t: &mut Test) {
        let packet = sound(t.rng(), 1, 300);
        let sum = t.count("allocations", || {
            let Ok(message) = Message::parse(&packet) else { return (0, 0, 0, 0) };
            let mut last = message.questions().next().map(|question| question.name);
            let (mut labels, mut bytes, mut names, mut equal) = (0, 0, 0, 0);
            for record in message.answers() {
                for label in record.name.labels() {
                    labels += 1;
                    bytes += label.len();
                }
                equal += usize::from(last.is_some_and(|last| record.name == last));
                match &record.data {
                    Data::Name(name) => names += name.labels().count(),
                    Data::Other(data) => bytes += data.len(),
                    _ => {}
                }
                last = Some(record.name);
            }
            (labels, bytes, names, equal)
        });
        t.observe("labels, bytes, names, equal", &sum);
    }
}
