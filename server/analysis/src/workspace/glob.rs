//! Wildcards in file names: `*`, `?` and `[…]`.

/// Whether a name holds a wildcard.
pub(crate) fn has_wildcard(name: &str) -> bool {
    name.contains(['*', '?', '['])
}

/// Whether a name matches. A leading dot must be written out.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut rest, mut left) = (pattern.as_slice(), name.as_slice());
    // What to try when the present attempt fails: the last `*` takes one character more.
    let mut retry: Option<(&[char], &[char])> = None;
    loop {
        let step = match (rest, left) {
            (['*', after @ ..], _) => {
                retry = Some((after, left));
                Some((after, left))
            }
            ([], []) => return true,
            (_, []) => return false,
            (_, [first, others @ ..]) => one(rest, *first).map(|after| (after, others)),
        };
        match (step, retry) {
            (Some(next), _) => (rest, left) = next,
            (None, Some((after, [_, fewer @ ..]))) => {
                retry = Some((after, fewer));
                (rest, left) = (after, fewer);
            }
            (None, _) => return false,
        }
    }
}

/// What is left of the pattern when its first element takes this character.
fn one(pattern: &[char], character: char) -> Option<&[char]> {
    match pattern {
        ['?', after @ ..] => Some(after),
        ['[', set @ ..] => match class(set, character) {
            Some((is_in, after)) => is_in.then_some(after),
            // Without its end, a bracket stands for itself.
            None => (character == '[').then_some(set),
        },
        [literal, after @ ..] => (*literal == character).then_some(after),
        [] => None,
    }
}

/// Whether a set that begins here holds the character, and what follows the set.
fn class(set: &[char], character: char) -> Option<(bool, &[char])> {
    let (is_negated, mut rest) = match set {
        ['!' | '^', rest @ ..] => (true, rest),
        _ => (false, set),
    };
    let mut is_in = false;
    let mut is_first = true;
    loop {
        match rest {
            [']', after @ ..] if !is_first => return Some((is_in != is_negated, after)),
            [low, '-', high, after @ ..] if *high != ']' => {
                is_in |= (*low..=*high).contains(&character);
                rest = after;
            }
            [single, after @ ..] => {
                is_in |= *single == character;
                rest = after;
            }
            [] => return None,
        }
        is_first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match_as_in_a_shell() {
        for (pattern, name) in [
            ("*.conf", "a.conf"),
            ("*", "a"),
            ("a*b*c", "aXbYbZc"),
            ("?-b", "é-b"),
            ("[a-c]x", "bx"),
            ("[!a-c]x", "dx"),
            ("[]]x", "]x"),
            ("[x", "[x"),
            (".*", ".hidden"),
            ("", ""),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("*.conf", "a.config"),
            ("*.conf", ".hidden.conf"),
            ("?", ""),
            ("[a-c]x", "dx"),
            ("[!a-c]x", "bx"),
            ("a", "A"),
            ("a*b*c", "aXbYb"),
        ] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_long_time() {
        let name = "a".repeat(200);
        assert!(!matches(
            &"a*".repeat(60),
            &format!("{}b", name.replace('a', "c"))
        ));
        assert!(!matches(&format!("{}b", "a*".repeat(60)), &name));
    }
}
