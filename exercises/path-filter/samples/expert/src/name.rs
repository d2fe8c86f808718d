//! `*` and `?` in a name.

/// Matches by pieces: the first must begin the name, the last must end it, and each between them takes the first place
/// where it fits.
pub fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return strip(pattern, name) == Some("");
    };
    let (between, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(mut left) = strip(first, name) else {
        return false;
    };
    for piece in between.split('*') {
        let Some(after) = suffixes(left).find_map(|from| strip(piece, from)) else {
            return false;
        };
        left = after;
    }
    let length = last.chars().count();
    suffixes(left)
        .nth_back(length)
        .is_some_and(|end| strip(last, end) == Some(""))
}

/// What follows in the text on a piece without stars.
fn strip<'t>(piece: &str, text: &'t str) -> Option<&'t str> {
    let mut letters = text.chars();
    for wanted in piece.chars() {
        let found = letters.next()?;
        if wanted != '?' && wanted != found {
            return None;
        }
    }
    Some(letters.as_str())
}

/// The text from each of its letters on, and what is left at its end.
fn suffixes(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.char_indices()
        .map(|(start, _)| &text[start..])
        .chain([""])
}
