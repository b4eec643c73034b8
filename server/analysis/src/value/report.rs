//! Reporting: what a problem means for the reading that goes on, and how text is shown in messages.

use std::borrow::Cow;

use super::Problem;
use super::reader::{Reader, Trouble};
use crate::catalog::ValueSpec;
use crate::diagnostics::{
    Fix, Rule, Safety, Severity, conflicting_actions, incomplete_action, invalid_value,
    missing_value, regex_cut_by_comment, regex_flags, unclosed_quote, unclosed_regex, unknown_word,
};
use crate::text::TextRange;

impl Reader<'_> {
    /// Reports a problem. Message and fixes are only made when they will be seen.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        range: TextRange,
        detail: impl FnOnce() -> (String, Vec<Fix>),
    ) {
        if is_blemish(rule) {
            self.troubles.blemish = true;
        } else {
            let place = range.as_usize();
            let trouble = Trouble {
                rule,
                at: place.start,
                end: place.end,
            };
            self.troubles.unfit = self.troubles.unfit.or(Some(trouble));
            self.troubles.unfits = self.troubles.unfits.saturating_add(1);
        }
        if loses_the_thread(rule) {
            self.troubles.lost = self.troubles.lost.saturating_add(1);
        }
        self.prefix_at = None;
        if !self.quiet {
            let (message, fixes) = detail();
            self.problems.push(Problem {
                rule,
                range,
                message,
                fixes,
            });
        }
    }

    /// Reports that the text in `range` is not what `spec` wants.
    pub(super) fn wrong(&mut self, spec: &'static ValueSpec, range: TextRange) {
        let shown = self.shown(spec, range);
        self.report(&invalid_value::RULE, range, || {
            (
                format!("{shown} is not {}.", super::expected(spec)),
                Vec::new(),
            )
        });
    }

    /// Reports that a value, or the part being read, is not there.
    pub(super) fn missing(&mut self, spec: &'static ValueSpec, at: usize) {
        let name = self.name;
        self.report(&missing_value::RULE, TextRange::of(at, at), || {
            let what = name.map_or_else(|| "value".to_owned(), |name| name.replace('-', " "));
            (
                format!("No {what} here: {} is needed.", super::expected(spec)),
                vec![],
            )
        });
    }

    pub(super) fn unclosed_quote(&mut self, at: usize) {
        let limit = self.limit;
        self.report(&unclosed_quote::RULE, TextRange::of(at, limit), || {
            let end = TextRange::of(limit, limit);
            let fix = Fix::replace("Insert the closing quote", Safety::Alternative, end, "\"");
            (
                "The quoted text has no closing `\"` on this line.".to_owned(),
                vec![fix],
            )
        });
    }

    /// The text in messages: shortened, and hidden if it is confidential.
    pub(super) fn shown(&self, spec: &ValueSpec, range: TextRange) -> Cow<'static, str> {
        if self.quiet {
            return Cow::Borrowed("");
        }
        if spec.secret {
            return Cow::Borrowed("The value");
        }
        Cow::Owned(quote(self.slice(range)))
    }
}

/// The text in backticks, not too long.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

/// Whether a value with such a problem is what it was read as all the same.
fn is_blemish(rule: &'static Rule) -> bool {
    rule.severity <= Severity::Information
        || [
            &regex_flags::RULE,
            &conflicting_actions::RULE,
            &incomplete_action::RULE,
        ]
        .contains(&rule)
}

/// Whether after such a problem it is unsure what the following text is.
fn loses_the_thread(rule: &'static Rule) -> bool {
    [
        &invalid_value::RULE,
        &missing_value::RULE,
        &regex_cut_by_comment::RULE,
        &unclosed_quote::RULE,
        &unclosed_regex::RULE,
        &unknown_word::RULE,
    ]
    .contains(&rule)
}
