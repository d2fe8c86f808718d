//! A replicated log that counts a repeated entry instead of storing it again.

pub struct Entry {
    pub text: String,
    pub times: u32,
}

pub fn append(log: &mut Vec<Entry>, text: String) -> u32 {
    let Some(newest) = log.last_mut() else {
        log.push(Entry { text, times: 1 });
        return 1;
    };
    if newest.text == text {
        newest.times += 1;
        return newest.times;
    }
    log.push(Entry { text, times: 1 });
    1
}
