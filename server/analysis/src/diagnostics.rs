//! What is reported: rules, findings and their fixes.
//!
//! One rule a file below `diagnostics/`: its documentation, its check and its tests. A finding never
//! holds an offset from the start of a file: what the analysis of an item finds is relative to that
//! item, so it stays true when the item moves.

mod addition;
mod conversion;
mod deferred;
pub(crate) mod deletion;
#[cfg(test)]
mod every_rule;
mod exposure;
mod fixability;
mod include;
mod known_good;
mod named;
pub(crate) mod neighbours;
pub(crate) mod overview;
mod partners;
mod places;
mod registry;
mod relocation;
mod renaming;
pub(crate) mod repetition;
mod section_argument;
mod settle;
mod site;
#[cfg(test)]
pub(crate) mod test_support;
mod value;
mod version_bound;
mod wording;

pub mod assignment;
pub mod backoff_without_pattern_list;
pub mod brace_block;
pub mod bracket_list;
pub mod cold_limit_without_virtual_mta;
pub mod cold_virtual_mta_without_limit;
pub mod conflicting_actions;
pub mod continued_line;
pub mod contradicting_settings;
pub mod csrf_protection_off;
pub mod deprecated;
pub mod directives_in_comment;
pub mod dkim_sign_without_key;
pub mod domain_key_without_dkim_sign;
pub mod duplicate_definition;
pub mod duplicate_directive;
pub mod duplicate_section;
pub mod folklore_directive;
pub mod folklore_section;
pub mod folklore_value;
pub mod fragment_not_included;
pub mod hash_in_quotes;
pub mod html_entity;
pub mod include_loop;
pub mod include_matches_nothing;
pub mod include_missing;
pub mod include_not_mapped;
pub mod include_refused;
pub mod include_twice;
pub mod incomplete_action;
pub mod invalid_boolean;
pub mod invalid_encoding;
pub mod invalid_regex;
pub mod invalid_unit;
pub mod invalid_value;
pub mod keyword_block;
pub mod legacy_directive;
pub mod look_alike_character;
pub mod macro_loop;
pub mod malformed_directive_comment;
pub mod malformed_tag;
pub mod mismatched_end_tag;
pub mod misplaced_directive;
pub mod misplaced_section;
pub mod missing_log_file;
pub mod missing_partner;
pub mod missing_postmaster;
pub mod missing_section_argument;
pub mod missing_unit;
pub mod missing_value;
pub mod name_case_mismatch;
pub mod newer_than_target;
pub mod old_tls_version;
pub mod open_admin_access;
pub mod open_relay;
pub mod page;
pub mod page_debris;
pub mod placeholder_value;
pub mod plain_auth_unencrypted;
pub mod pool_named_as_virtual_mta;
pub mod readable_secret;
pub mod regex_cut_by_comment;
pub mod regex_flags;
pub mod regex_limit;
pub mod removed;
pub mod repeated_directive;
pub mod run_as_root;
pub mod semicolon_comment;
pub mod setting_without_effect;
pub mod several_directives_on_one_line;
pub mod several_section_arguments;
pub mod shared_source_address;
pub mod shell_command;
pub mod source_host_swapped;
pub mod statement_semicolon;
pub mod tag_attribute;
pub mod too_many_findings;
pub mod unclosed_quote;
pub mod unclosed_regex;
pub mod unclosed_section;
pub mod undefined_address_list;
pub mod undefined_macro;
pub mod undefined_pattern_list;
pub mod undefined_proxy;
pub mod undefined_rewrite_list;
pub mod undefined_signals_filter;
pub mod undefined_smtp_pattern_list;
pub mod undefined_source;
pub mod undefined_source_group;
pub mod undefined_virtual_mta;
pub mod underscore_name;
pub mod unexpected_section_argument;
pub mod unexpected_value;
pub mod unit_in_name;
pub mod unknown_code;
pub mod unknown_directive;
pub mod unknown_section;
pub mod unknown_word;
pub mod unmatched_end_tag;
pub mod unreachable_rule;
pub mod untrusted_x_virtual_mta;
pub mod unused_definition;
pub mod unused_ignore;
pub mod used_before_definition;
pub mod value_case;
pub mod value_out_of_range;
pub mod virtual_mta_in_two_pools_with_domains;
pub mod virtual_mta_without_source_host;
pub mod weak_cipher;
pub mod weak_dkim;
pub mod wide_relay_range;
pub mod wrapper_section;
pub mod xml_comment;
pub mod xml_element;

use crate::meaning::Judged;
use crate::syntax::{EntryKind, ItemView};
use crate::text::TextRange;
use crate::workspace::{FileId, FileRange};

pub(crate) use deferred::Deferred;
pub use fixability::best_fix;
pub(crate) use places::in_all_places;
pub(crate) use registry::{FILE_CHECKS, FileCheck, SLOW_FILE_CHECKS};
pub use registry::{RULES, rule};
pub(crate) use settle::settle;
pub(crate) use site::{CommentSite, DirectiveSite, FileSite, Item, SectionSite};
pub(crate) use value::has_template_marker;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Faded or stylistic.
    Hint,
    /// There is a better way.
    Information,
    /// Almost surely not what was meant.
    Warning,
    /// PowerMTA is known to refuse it.
    Error,
}

impl Severity {
    /// The name used on the command line and in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A group of rules, as named in settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Lines, tags, quotes.
    Structure,
    /// Names of directives and sections.
    Names,
    /// Invented syntax.
    Syntax,
    /// Values.
    Values,
    /// Names that refer to names, and files.
    References,
    /// Repetition and order.
    Order,
    /// Settings against each other.
    Settings,
    /// What lets strangers in.
    Security,
    /// Versions of PowerMTA.
    Versions,
    /// pmta-ls itself: its limits, and comments that speak to it.
    Checker,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 10] = [
        Self::Structure,
        Self::Names,
        Self::Syntax,
        Self::Values,
        Self::References,
        Self::Order,
        Self::Settings,
        Self::Security,
        Self::Versions,
        Self::Checker,
    ];

    /// The group of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// The name used in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Names => "names",
            Self::Syntax => "syntax",
            Self::Values => "values",
            Self::References => "references",
            Self::Order => "order",
            Self::Settings => "settings",
            Self::Security => "security",
            Self::Versions => "versions",
            Self::Checker => "pmta-ls",
        }
    }
}

/// A rule: what can be reported under one code.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, such as `unclosed-section`.
    pub code: &'static str,
    /// Severity unless settings say otherwise.
    pub severity: Severity,
    /// Its group.
    pub group: Group,
    /// What it reports, in half a sentence.
    pub summary: &'static str,
    /// Markdown for people: what is wrong with it, an example, what to do.
    pub documentation: &'static str,
}

/// Each rule has a code of its own.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.code == other.code
    }
}

impl Eq for Rule {}

/// How sure it is that a fix keeps what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Applied by `--fix`.
    Safe,
    /// Changes meaning: applied by `--unsafe-fixes` only.
    Unsafe,
    /// One of several choices, or needs a word from a person: offered in editors only.
    Alternative,
}

/// The replacement of a range by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub range: TextRange,
    /// What stands there afterwards.
    pub text: String,
}

/// A change of the text that answers a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: `Insert </domain>`.
    pub title: String,
    /// Whether it may be applied unasked.
    pub safety: Safety,
    /// The edits, in order of position and apart from each other.
    pub edits: Vec<Edit>,
}

impl Edit {
    /// The edit, moved right by `by` bytes.
    #[must_use]
    pub fn shifted(mut self, by: u32) -> Self {
        self.range = self.range.shifted(by);
        self
    }
}

impl Fix {
    /// A fix of one edit.
    #[must_use]
    pub fn replace(
        title: impl Into<String>,
        safety: Safety,
        range: TextRange,
        text: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            safety,
            edits: vec![Edit {
                range,
                text: text.into(),
            }],
        }
    }

    /// The fix, moved right by `by` bytes.
    #[must_use]
    pub fn shifted(mut self, by: u32) -> Self {
        for edit in &mut self.edits {
            edit.range = edit.range.shifted(by);
        }
        self
    }
}

/// Another place that helps to understand a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file it is in; none: that of the finding.
    pub file: Option<FileId>,
    /// Where; in the finding's own file relative to the same start as the finding, else from the start
    /// of the file.
    pub range: TextRange,
    /// What is there.
    pub message: String,
}

/// One thing reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule it belongs to.
    pub rule: &'static Rule,
    /// How bad it is: that of the rule unless settings say otherwise.
    pub severity: Severity,
    /// The wrong part, no more.
    pub range: TextRange,
    /// A sentence: what is wrong and what is right.
    pub message: String,
    /// Ways to repair it, the preferred first.
    pub fixes: Vec<Fix>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

impl Finding {
    /// A finding without fix.
    #[must_use]
    pub fn new(rule: &'static Rule, range: TextRange, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            range,
            message: message.into(),
            fixes: Vec::new(),
            related: Vec::new(),
        }
    }

    /// The same with one more fix.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// The same with more fixes.
    #[must_use]
    pub fn with_fixes(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        self.fixes.extend(fixes);
        self
    }

    /// The same with one more related place.
    #[must_use]
    pub fn with_related(mut self, range: TextRange, message: impl Into<String>) -> Self {
        self.related.push(Related {
            file: None,
            range,
            message: message.into(),
        });
        self
    }

    /// The same with one more related place, in any file.
    #[must_use]
    pub fn with_related_in(mut self, at: FileRange, message: impl Into<String>) -> Self {
        self.related.push(Related {
            file: Some(at.file),
            range: at.range,
            message: message.into(),
        });
        self
    }

    /// The finding, moved right by `by` bytes.
    #[must_use]
    pub fn shifted(mut self, by: u32) -> Self {
        self.range = self.range.shifted(by);
        self.fixes = self.fixes.into_iter().map(|fix| fix.shifted(by)).collect();
        for related in self.related.iter_mut().filter(|it| it.file.is_none()) {
            related.range = related.range.shifted(by);
        }
        self
    }

    /// The fix `--fix` would apply, if there is one.
    #[must_use]
    pub fn safe_fix(&self) -> Option<&Fix> {
        self.fixes.iter().find(|fix| fix.safety == Safety::Safe)
    }
}

/// Finds all that is wrong in one item, as far as it alone can tell. Ranges are relative to it.
#[must_use]
pub fn check_item(text: &str, view: &ItemView, judged: &[Judged]) -> Vec<Finding> {
    let item = Item { text, view, judged };
    let mut findings = Vec::new();
    for ((index, entry), judged) in view.indexed().zip(judged) {
        match &entry.kind {
            EntryKind::Directive(directive) => {
                let site = DirectiveSite::new(item, index, entry, directive, *judged);
                let line = known_good::PlainLine::of(&site);
                if !line.is_some_and(known_good::PlainLine::is_known_good) {
                    let before = findings.len();
                    for check in registry::DIRECTIVE_CHECKS {
                        check(&site, &mut findings);
                    }
                    if let Some(line) = line.filter(|_| findings.len() == before) {
                        line.remember();
                    }
                }
                for check in registry::BESIDE_CHECKS {
                    check(&site, &mut findings);
                }
            }
            EntryKind::Section(section) => {
                let site =
                    SectionSite::new(item, index, entry, &section.open, Some(section), *judged);
                for check in registry::SECTION_CHECKS {
                    check(&site, &mut findings);
                }
            }
            EntryKind::EmptyTag(tag) => {
                let site = SectionSite::new(item, index, entry, tag, None, *judged);
                for check in registry::SECTION_CHECKS {
                    check(&site, &mut findings);
                }
            }
            EntryKind::Comment(form) => {
                let site = CommentSite {
                    item,
                    entry,
                    form: *form,
                };
                for check in registry::COMMENT_CHECKS {
                    check(&site, &mut findings);
                }
            }
            EntryKind::StrayEnd(_)
            | EntryKind::TemplateMarker
            | EntryKind::Debris
            | EntryKind::Opaque => {}
        }
    }
    for check in registry::ITEM_CHECKS {
        check(item, &mut findings);
    }
    settle::settle_inside(item, &mut findings);
    findings
}
