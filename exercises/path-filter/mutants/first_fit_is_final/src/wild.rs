//! Wildcards: `**` among the names of a path, `*` and `?` among the characters of a name.

/// Whether a pattern that holds no empty name matches a path. One that is not anchored may begin at any name.
pub fn path(pattern: &str, anchored: bool, path: &str) -> bool {
    // `**` at the end takes one name at least, which is `**` and then any name
    let any_name = pattern.ends_with("**").then_some("*");
    let wanted = (!anchored)
        .then_some("**")
        .into_iter()
        .chain(pattern.split('/'))
        .chain(any_name);
    matches(wanted, path.split('/'), |wanted| *wanted == "**", name)
}

fn name(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return fits(pattern, text) == Some(text.len());
    };
    let Some(mut at) = fits(first, text) else {
        return false;
    };
    for piece in rest.split('*') {
        let found = text[at..]
            .char_indices()
            .find_map(|(skip, _)| fits(piece, &text[at + skip..]).map(|length| at + skip + length));
        match found {
            Some(end) => at = end,
            None if piece.is_empty() => {}
            None => return false,
        }
    }
    rest.ends_with('*') || rest.is_empty() || at == text.len()
}

/// How much of the text's beginning a piece without stars takes.
fn fits(piece: &str, text: &str) -> Option<usize> {
    let mut found = text.chars();
    for wanted in piece.chars() {
        let other = found.next()?;
        if wanted != '?' && wanted != other {
            return None;
        }
    }
    Some(text.len() - found.as_str().len())
}

/// Matches all of `found`, where a star takes any number of items.
///
/// A star takes as few as it can, and one more when what follows does not fit. Only the last star needs to be given
/// more: an earlier one that took more would leave less to those behind it. So the time is `wanted` times `found` at most.
fn matches<W, F>(
    mut wanted: W,
    mut found: F,
    is_star: impl Fn(&W::Item) -> bool,
    fits: impl Fn(W::Item, F::Item) -> bool,
) -> bool
where
    W: Iterator + Clone,
    F: Iterator + Clone,
{
    let mut last_star = None;
    loop {
        let fitted = match (wanted.next(), &mut found) {
            (Some(item), rest) if is_star(&item) => {
                last_star = Some((wanted.clone(), rest.clone()));
                true
            }
            (Some(item), rest) => match rest.next() {
                Some(other) => fits(item, other),
                None => return false,
            },
            (None, rest) => match rest.next() {
                Some(_) => false,
                None => return true,
            },
        };
        if fitted {
            continue;
        }
        let Some((after, from)) = &mut last_star else {
            return false;
        };
        if from.next().is_none() {
            return false;
        }
        (wanted, found) = (after.clone(), from.clone());
    }
}
