//! Names that nobody knows and that are one slip of a finger away from one that PowerMTA has.
//!
//! Such a name has a finding of its own. What it was surely meant to say is used so that nothing else
//! is reported because of it: a name that it would have defined is not called undefined.

use std::borrow::Cow;

use strsim::damerau_levenshtein;

use crate::catalog::{self, Directive, Place, Section};
use crate::syntax::look_alike_of;

/// The directive that an unknown name was meant to be, as it stands in `place` if it may stand there.
pub(crate) fn directive(name: &str, place: Option<Place>) -> Option<&'static Directive> {
    let nearest = catalog::nearest_directives(name, place);
    let meant = nearest.into_iter().find(|meant| is_slip(name, meant))?;
    let here = place.and_then(|place| catalog::directive_in(meant, place));
    here.or_else(|| catalog::directives_named(meant).first())
}

/// The section that an unknown tag was meant to be.
pub(crate) fn section(name: &str) -> Option<&'static Section> {
    let nearest = catalog::nearest_sections(name);
    let meant = nearest.into_iter().find(|meant| is_slip(name, meant))?;
    catalog::section(meant)
}

fn is_slip(name: &str, meant: &str) -> bool {
    damerau_levenshtein(&name.to_ascii_lowercase(), meant) == 1
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
        assert_eq!(meant("max-smtp-outtt"), None);
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
