//! Lines that were found right: a long configuration says the same thousands of times.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::DirectiveSite;
use crate::catalog::{Directive, DirectiveId, Place};
use crate::meaning::{Location, Meaning};
use crate::syntax::DirectiveForm;

/// Lines that are remembered by each thread, one for each remainder of their hash.
const LINES: usize = 512;

/// Longer values, in bytes, hardly come twice.
const LONGEST_VALUE: usize = 64;

thread_local! {
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// A remembered line.
#[derive(Clone, Default)]
struct Known {
    /// What was said, and where; none: nothing is remembered yet.
    what: Option<(DirectiveId, Place, bool)>,
    value: String,
}

/// A line written so plainly that its directive, its place and its value are all that checks of one
/// directive look at.
#[derive(Clone, Copy, Hash)]
pub(super) struct PlainLine<'a> {
    /// The directive, its place, and whether a comment stands behind the value.
    what: (DirectiveId, Place, bool),
    value: &'a str,
}

impl<'a> PlainLine<'a> {
    /// The line, if it is that plain.
    pub(super) fn of(site: &DirectiveSite<'a>) -> Option<Self> {
        let directive = site.directive;
        let (Meaning::Directive(entry), Location::In(place)) =
            (site.judged.meaning, site.judged.location)
        else {
            return None;
        };
        let is_plain = directive.form == DirectiveForm::Plain
            && directive.statement_end.is_none()
            && directive.continued_at.is_empty()
            && directive.inline_section.is_none()
            && is_written_as_named(site, entry);
        let value = site.value();
        let line = Self {
            what: (entry.id(), place, directive.cut_by_comment),
            value,
        };
        (is_plain && !value.is_empty() && value.len() <= LONGEST_VALUE).then_some(line)
    }

    fn slot(self) -> usize {
        let mut hasher = FxHasher::default();
        self.hash(&mut hasher);
        let hash = usize::try_from(hasher.finish() >> 32).unwrap_or_default();
        hash.checked_rem(LINES).unwrap_or_default()
    }

    /// Whether it was found right before.
    pub(super) fn is_known_good(self) -> bool {
        KNOWN.with_borrow(|known| {
            let known = known.get(self.slot());
            known.is_some_and(|it| it.what == Some(self.what) && it.value == self.value)
        })
    }

    /// Remembers that nothing is wrong with it.
    pub(super) fn remember(self) {
        KNOWN.with_borrow_mut(|known| {
            known.resize(LINES, Known::default());
            if let Some(slot) = known.get_mut(self.slot()) {
                slot.what = Some(self.what);
                slot.value.clear();
                slot.value.push_str(self.value);
            }
        });
    }
}

fn is_written_as_named(site: &DirectiveSite<'_>, entry: &Directive) -> bool {
    site.written_name() == entry.name
}

#[cfg(test)]
mod tests {
    use crate::document::Document;

    /// The codes of what is wrong with the lines of a text.
    fn codes(text: &str) -> Vec<&'static str> {
        let findings = Document::new(text).findings();
        findings.iter().map(|it| it.rule.code).collect()
    }

    #[test]
    fn what_is_right_in_one_way_is_judged_anew_in_another() {
        for _ in 0..2 {
            assert_eq!(
                codes("<domain *>\n    max-smtp-out 20\n</domain>\n"),
                [""; 0]
            );
            // Another place, another value, another way to write it.
            assert_eq!(codes("max-smtp-out 20\nhost-name x.example.com\n"), [""; 0]);
            assert_eq!(
                codes("<source 192.0.2.1>\n    max-smtp-out 20\n</source>\n"),
                ["misplaced-directive"]
            );
            assert_eq!(
                codes("<domain *>\n    max-smtp-out 20x\n</domain>\n"),
                ["invalid-value"]
            );
            assert_eq!(
                codes("<domain *>\n    max-smtp-out 20;\n</domain>\n"),
                ["statement-semicolon"]
            );
            assert_eq!(
                codes("<domain *>\n    max_smtp_out 20\n</domain>\n"),
                ["underscore-name"]
            );
            // What stands beside it counts.
            assert_eq!(
                codes(
                    "<domain *>\n    use-unencrypted-plain-auth yes\n    use-starttls yes\n    require-starttls yes\n</domain>\n"
                ),
                [""; 0]
            );
            assert_eq!(
                codes("<domain *>\n    use-unencrypted-plain-auth yes\n</domain>\n"),
                ["plain-auth-unencrypted"]
            );
        }
    }
}
