//! A random walk, beside a model so slow and obvious that it can only be right.

use read_states::ReadStates;
use std::collections::BTreeMap;

/// Users from the oldest to the newest.
struct Model {
    capacity: usize,
    users: Vec<(u64, BTreeMap<u64, u64>)>,
}

impl Model {
    fn touch(&mut self, user: u64) -> Option<&mut BTreeMap<u64, u64>> {
        let at = self.users.iter().position(|known| known.0 == user)?;
        let used = self.users.remove(at);
        self.users.push(used);
        self.users.last_mut().map(|newest| &mut newest.1)
    }

    fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<u64> {
        let mut gone = None;
        if self.touch(user).is_none() {
            if self.users.len() == self.capacity {
                gone = Some(self.users.remove(0).0);
            }
            self.users.push((user, BTreeMap::new()));
        }
        let mark = self
            .users
            .last_mut()
            .unwrap()
            .1
            .entry(channel)
            .or_insert(message);
        *mark = message.max(*mark);
        gone
    }
}

#[test]
fn walks_like_the_model() {
    for capacity in 1..6 {
        let mut states = ReadStates::new(capacity);
        let mut model = Model {
            capacity,
            users: Vec::new(),
        };
        let mut state = 0x2545_f491_4f6c_dd1d_u64 ^ capacity as u64;
        let mut random = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        for _ in 0..2000 {
            let (user, channel, message) = (random(8), random(4), random(100));
            match random(4) {
                0 => {
                    let at = model.users.iter().position(|known| known.0 == user);
                    let expected = at.map(|at| model.users.remove(at).0);
                    assert_eq!(states.forget(user).map(|gone| gone.user()), expected);
                }
                1 => {
                    let expected = model
                        .touch(user)
                        .and_then(|marks| marks.get(&channel).copied());
                    assert_eq!(states.last_read(user, channel), expected);
                }
                _ => {
                    let gone = states.mark(user, channel, message);
                    assert_eq!(
                        gone.map(|gone| gone.user()),
                        model.mark(user, channel, message)
                    );
                }
            }
            assert_eq!(states.len(), model.users.len());
            for (user, marks) in &model.users {
                let expected: Vec<_> = marks
                    .iter()
                    .map(|(&channel, &message)| (channel, message))
                    .collect();
                assert_eq!(states.snapshot(*user).unwrap().marks(), expected);
            }
        }
    }
}
