//! Many words as one regular expression that is quick to try.

/// One of these words, which are sorted: `a(?:b|cd)` for `ab` and `acd`. The longest that fits is found.
pub fn alternation(words: &[&str]) -> String {
    let mut branches = Vec::new();
    let mut rest = words;
    // The empty word is sorted first and has to be tried last.
    let ends_here = rest.first().is_some_and(|word| word.is_empty());
    if ends_here {
        rest = &rest[1..];
    }
    while let Some(first) = rest.first().and_then(|word| word.chars().next()) {
        let count = rest
            .iter()
            .take_while(|word| word.starts_with(first))
            .count();
        let (same, others) = rest.split_at(count);
        let tails: Vec<&str> = same.iter().map(|word| &word[first.len_utf8()..]).collect();
        branches.push(format!("{first}{}", alternation(&tails)));
        rest = others;
    }
    match (branches.as_slice(), ends_here) {
        ([], _) => String::new(),
        ([branch], false) => branch.clone(),
        (_, false) => format!("(?:{})", branches.join("|")),
        (_, true) => format!("(?:{})?", branches.join("|")),
    }
}

#[test]
fn words_share_their_beginnings() {
    assert_eq!(
        alternation(&["a-b", "a-bc", "a-d", "e"]),
        "(?:a-(?:b(?:c)?|d)|e)"
    );
    assert_eq!(alternation(&["abc"]), "abc");
    assert_eq!(alternation(&[]), "");
}
