//! Names that nobody knows and that are one slip of a finger away from one that PowerMTA has.
//!
//! Such a name has a finding of its own. What it was surely meant to say is used so that nothing else
//! is reported because of it: a name that it would have defined is not called undefined.

use std::borrow::Cow;

use crate::catalog::{self, Directive, Place, Section};
use crate::syntax::look_alike_of;

/// The directive that an unknown name was meant to be, as it stands in `place` if it may stand there;
/// of several the one that is used most.
pub(crate) fn directive(name: &str, place: Option<Place>) -> Option<&'static Directive> {
    let alike = catalog::DIRECTIVES
        .iter()
        .filter(|directive| is_slip(name, directive.name));
    let here = |directive: &Directive| {
        place.is_some_and(|place| {
            catalog::directive_in(directive.name, place)
                .is_some_and(|found| found.place == directive.place)
        })
    };
    alike.max_by_key(|directive| (here(directive), directive.uses))
}

/// The section that an unknown tag was meant to be.
pub(crate) fn section(name: &str) -> Option<&'static Section> {
    let mut sections = catalog::SECTIONS.iter();
    sections.find(|section| is_slip(name, section.name))
}

/// Whether one letter is missing, too many or wrong, or two have changed places. Without regard to
/// case.
fn is_slip(name: &str, meant: &str) -> bool {
    let (name, meant) = (name.as_bytes(), meant.as_bytes());
    let shorter = name.len().min(meant.len());
    if name.len().max(meant.len()).saturating_sub(shorter) > 1 || shorter < 2 {
        return false;
    }
    let same = |(one, other): &(&u8, &u8)| one.eq_ignore_ascii_case(other);
    let start = name.iter().zip(meant).take_while(same).count();
    let end = name.iter().rev().zip(meant.iter().rev());
    let end = end
        .take(shorter.saturating_sub(start))
        .take_while(same)
        .count();
    let differing = shorter.saturating_sub(start).saturating_sub(end);
    if name.len() != meant.len() {
        return differing == 0;
    }
    let until = start.saturating_add(differing);
    match (name.get(start..until), meant.get(start..until)) {
        (Some([_]), Some([_])) => true,
        (Some([a, b]), Some([c, d])) => a.eq_ignore_ascii_case(d) && b.eq_ignore_ascii_case(c),
        _ => false,
    }
}

/// A name without the signs that word processors put in: look-alikes of a hyphen are one, and what
/// cannot be seen is gone.
pub(crate) fn plain(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let meant = |sign: char| look_alike_of(sign).filter(|meant| matches!(*meant, "" | "-"));
    if !name.contains(|sign| meant(sign).is_some()) {
        return Cow::Borrowed(name);
    }
    let mut plain = String::with_capacity(name.len());
    for sign in name.chars() {
        match meant(sign) {
            Some(meant) => plain.push_str(meant),
            None => plain.push(sign),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_away() {
        let meant = |name| directive(name, None).map(|found| found.name);
        assert_eq!(meant("max-smtp-outt"), Some("max-smtp-out"));
        assert_eq!(meant("Inlcude"), Some("include"));
        assert_eq!(meant("max-smtp-otu"), Some("max-smtp-out"));
        assert_eq!(meant("axm-smtp-out"), None);
        assert_eq!(meant("max-smtp-outtt"), None);
        assert_eq!(meant("max-smtp-out"), None);
        assert_eq!(meant(""), None);
        let meant = |name| section(name).map(|found| found.name);
        assert_eq!(meant("virtual-mat"), Some("virtual-mta"));
        assert_eq!(meant("users"), None);
    }

    #[test]
    fn names_without_look_alikes() {
        assert_eq!(plain("eng\u{2013}01"), "eng-01");
        assert_eq!(plain("a\u{200b}b"), "ab");
        assert_eq!(plain("b\u{fc}cher"), "b\u{fc}cher");
    }
}
