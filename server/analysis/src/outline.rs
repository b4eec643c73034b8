//! What an item says to PowerMTA: its sections and directives, without anything else.
//!
//! Kept among the facts of each item, so that questions about a whole configuration read no text but
//! the few values that they are about. One line takes 16 bytes.

use crate::catalog::{Directive, DirectiveId, Place};
use crate::meaning::{Judged, Meaning};
use crate::syntax::{EntryKind, ItemView};
use crate::text::TextRange;

/// One line of an outline. Ranges are relative to the item's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A section begins.
    Open {
        /// The place inside it.
        place: Place,
        /// What `argument` says, as a number that tells most arguments apart: see [`key`].
        key: u32,
        /// Its argument without quotes; empty, behind the tag's name, if it has none.
        argument: TextRange,
    },
    /// A directive or rule line.
    Setting {
        /// What it is, in its own or, where it is not known, in some place.
        directive: DirectiveId,
        /// Where its name begins.
        start: u32,
        /// Its value.
        value: TextRange,
    },
    /// The innermost section ends.
    Close,
}

/// The lines of an item in which PowerMTA would understand something.
pub(crate) fn outline(text: &str, view: &ItemView, judged: &[Judged]) -> Box<[Line]> {
    let mut outline = Outline {
        text,
        view,
        judged,
        lines: Vec::new(),
    };
    outline.add_inside(None);
    outline.lines.into_boxed_slice()
}

struct Outline<'a> {
    text: &'a str,
    view: &'a ItemView,
    judged: &'a [Judged],
    lines: Vec<Line>,
}

impl Outline<'_> {
    /// Adds what stands directly inside a section, or at the top of the item, and all inside that.
    fn add_inside(&mut self, parent: Option<u32>) {
        let view = self.view;
        for (index, entry) in view.children(parent) {
            let Some(judged) = self.judged.get(index as usize) else {
                return;
            };
            match (&entry.kind, judged.meaning) {
                (EntryKind::Section(section), Meaning::Section(found)) => {
                    let named = section.open.name_range(self.text);
                    let argument = named.unwrap_or_else(|| TextRange::empty(section.open.name.end));
                    self.lines.push(Line::Open {
                        place: found.place,
                        key: key(argument.slice(self.text)),
                        argument,
                    });
                    self.add_inside(Some(index));
                    self.lines.push(Line::Close);
                }
                (EntryKind::Section(_), Meaning::Wrapper) => self.add_inside(Some(index)),
                (EntryKind::Directive(directive), meaning) => {
                    if let Some(found) = directive_of(meaning) {
                        self.lines.push(Line::Setting {
                            directive: found.id(),
                            start: directive.name.start,
                            value: value_range(found, directive.name, directive.value),
                        });
                    }
                }
                _ => {}
            }
        }
    }
}

/// A line that begins with a pattern has it as its name: it belongs to what the line says.
fn value_range(found: &Directive, name: TextRange, value: TextRange) -> TextRange {
    if found.name.starts_with('/') {
        name.cover(value)
    } else {
        value
    }
}

fn directive_of(meaning: Meaning) -> Option<&'static Directive> {
    match meaning {
        Meaning::Directive(found) => Some(found),
        // A fragment may stand in several places: whoever asks knows in which one it is meant.
        Meaning::SomewhereValid(entries) | Meaning::Misplaced(entries) => entries.first(),
        _ => None,
    }
}

/// The key of arguments of which only the text tells what they take in.
pub(crate) const UNTOLD: u32 = 0;

/// A number for an argument, the same however its letters are written. Of a set of domains that has
/// the form `*.d` or `[*.]d` it is that of `d`, so that one number finds all sets around a domain;
/// with a macro or an address range in it, it is [`UNTOLD`].
pub(crate) fn key(argument: &str) -> u32 {
    const OFFSET: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    let domain = ["*.", "[*.]"]
        .iter()
        .find_map(|prefix| argument.strip_prefix(prefix))
        .unwrap_or(argument);
    if domain.starts_with('[') || domain.contains('$') {
        return UNTOLD;
    }
    let hash = domain.bytes().fold(OFFSET, |hash, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME)
    });
    hash.max(UNTOLD.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// The outline of a text, a line for each of its lines.
    fn shown(text: &str) -> String {
        let document = Document::new(text);
        let mut shown = String::new();
        for item in document.items() {
            let inside = &text[item.start..item.end];
            for line in &item.facts.outline {
                shown += &match line {
                    Line::Open {
                        place, argument, ..
                    } => format!("open {} `{}`\n", place.name(), argument.slice(inside)),
                    Line::Setting {
                        directive, value, ..
                    } => {
                        let name = directive.directive().unwrap().name;
                        format!("{name} `{}`\n", value.slice(inside))
                    }
                    Line::Close => "close\n".to_owned(),
                };
            }
        }
        shown
    }

    #[test]
    fn sections_and_directives_are_listed_in_order() {
        let text = "\
# words
max-smtp-out 3
<virtual-mta \"a b\">
    smtp-source-host 192.0.2.1 a.example.com # ours
    no-such-directive 1
    <domain *.Example.com>
        dkim-sign yes
    </domain>
</virtual-mta>
<no-such-section>
    dkim-sign yes
</no-such-section>
";
        let expected = "\
max-smtp-out `3`
open virtual-mta `a b`
smtp-source-host `192.0.2.1 a.example.com`
open domain `*.Example.com`
dkim-sign `yes`
close
close
";
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn a_nested_list_follows_its_rule() {
        let text = "\
<pattern-list a>
    mail-from /x/ <pattern-list>
        * virtual-mta=b
    </pattern-list>
    rcpt-to /y/ virtual-mta=c
</pattern-list>
<bounce-category-patterns>
    /unknown/ bad-mailbox
</bounce-category-patterns>
";
        let expected = "\
open pattern-list `a`
mail-from `/x/`
open pattern-list ``
* `virtual-mta=b`
close
rcpt-to `/y/ virtual-mta=c`
close
open bounce-category-patterns ``
/REGEX/ `/unknown/ bad-mailbox`
close
";
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn one_key_finds_all_sets_around_a_domain() {
        let around = key("example.com");
        for argument in ["*.example.com", "[*.]Example.com", "EXAMPLE.com"] {
            assert_eq!(key(argument), around, "{argument}");
        }
        assert_ne!(key("example.org"), around);
        for argument in ["$isp.com", "*.$isp", "[192.0.2/24]"] {
            assert_eq!(key(argument), UNTOLD, "{argument}");
        }
    }

    #[test]
    fn lines_are_small() {
        assert_eq!(size_of::<Line>(), 16);
    }
}
