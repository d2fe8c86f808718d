//! A game server throws out players who have been silent for a minute. Three drafts of the same function.

use std::collections::HashMap;

pub fn expire(last_seen: &mut HashMap<u64, u64>, now: u64) {
    for (player, seen) in last_seen.iter() {
        if seen + 60 < now {
            last_seen.remove(player); //~ E0502
        }
    }
}

pub fn expire_later(last_seen: &mut HashMap<u64, u64>, now: u64) {
    let silent = last_seen.iter().filter(|(_, seen)| *seen + 60 < now);
    let players: Vec<&u64> = silent.map(|(player, _)| player).collect();
    for player in players {
        last_seen.remove(player); //~ E0502
    }
}

pub fn expire_in_place(last_seen: &mut HashMap<u64, u64>, now: u64) {
    last_seen.retain(|_, seen| *seen + 60 >= now);
}
