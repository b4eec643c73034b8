//! Inlay hints: what a number means, where that is not plain, and what a section does not say itself.

mod inherited;
mod macro_uses;

use crate::catalog::{ReferenceKind, ValueKind};
use crate::document::Document;
use crate::meaning::{self, Judged, Location, Meaning};
use crate::syntax::{Directive, EntryKind, ItemView};
use crate::text::TextRange;
use crate::value::{self, Context, Parsed};

pub use inherited::inherited_hints;
pub use macro_uses::macro_use_hints;

/// Fewest items of a macro that are worth counting.
const FEWEST_COUNTED: usize = 4;

/// Which hints are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InlayOptions {
    /// Durations in words: `345600s` is 4 days.
    pub durations: bool,
    /// Rates by the hour: `100/15m` is 400 an hour.
    pub rates: bool,
    /// How many items a macro has, where it is defined and where it is used.
    pub macro_sizes: bool,
    /// What applies in a section and is set in another one.
    pub inherited: bool,
}

impl Default for InlayOptions {
    fn default() -> Self {
        Self {
            durations: true,
            rates: true,
            macro_sizes: true,
            inherited: true,
        }
    }
}

/// A short text to be shown behind a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlayHint {
    /// Where it is shown, from the start of the file.
    pub at: u32,
    /// The text.
    pub label: String,
    /// A sentence about it.
    pub tooltip: &'static str,
}

/// The hints of a range, in order.
#[must_use]
pub fn inlay_hints(document: &Document, range: TextRange, options: InlayOptions) -> Vec<InlayHint> {
    let mut hints = Vec::new();
    let top = document.top();
    document.for_each_view(range, |start, text, view| {
        let found = of_item(text, view, top, options).into_iter();
        let placed = found.map(|hint| InlayHint {
            at: hint.at.saturating_add(start),
            ..hint
        });
        hints.extend(placed.filter(|hint| range.touches(hint.at)));
    });
    hints
}

fn of_item(text: &str, view: &ItemView, top: Location, options: InlayOptions) -> Vec<InlayHint> {
    let judged = meaning::judge(text, view, top);
    let mut hints = Vec::new();
    for (entry, judged) in view.entries.iter().zip(&judged) {
        if let EntryKind::Directive(directive) = &entry.kind {
            of_directive(text, directive, judged, options, &mut hints);
        }
    }
    hints
}

fn of_directive(
    text: &str,
    directive: &Directive,
    judged: &Judged,
    options: InlayOptions,
    hints: &mut Vec<InlayHint>,
) {
    let entry = match judged.meaning {
        Meaning::Directive(entry) => entry,
        Meaning::SomewhereValid([entry]) => entry,
        _ => return,
    };
    let written = directive.value.slice(text);
    let context = Context {
        cut_by_comment: directive.cut_by_comment,
    };
    let parsed = value::parse(&entry.value, written, context);
    if !parsed.problems.is_empty() {
        return;
    }
    if entry.defines == Some(ReferenceKind::DomainMacro) {
        if options.macro_sizes {
            hints.extend(macro_size(&parsed, directive.value.start));
        }
        return;
    }
    for piece in &parsed.pieces {
        if piece.spec.secret {
            continue;
        }
        let plain = piece.range.slice(written);
        let hint = match piece.spec.kind {
            ValueKind::Duration if options.durations => {
                let label = value::long_duration(plain);
                label.map(|label| (label, "The same duration in larger units."))
            }
            ValueKind::Rate if options.rates => {
                let label = value::hourly_rate(plain);
                label.map(|label| (label, "The same rate by the hour."))
            }
            _ => None,
        };
        hints.extend(hint.map(|(label, tooltip)| InlayHint {
            at: piece.outer.end.saturating_add(directive.value.start),
            label,
            tooltip,
        }));
    }
}

/// How many items a macro has, behind its name.
fn macro_size(parsed: &Parsed, by: u32) -> Option<InlayHint> {
    let (name, items) = parsed.pieces.split_first()?;
    (items.len() >= FEWEST_COUNTED).then(|| InlayHint {
        at: name.outer.end.saturating_add(by),
        label: format!("{} items", items.len()),
        tooltip: "The number of items in the macro's list.",
    })
}

#[cfg(test)]
mod tests;
