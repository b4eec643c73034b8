//! Lists of candidates with defaults, which the framework's types lack: what is the same for hundreds
//! of candidates is said once.

use std::borrow::Cow;

use serde::Serialize;
use tower_lsp::ls_types::{
    CompletionItemKind, CompletionItemTag, CompletionTextEdit, InsertTextFormat, Range,
};

/// A `CompletionList` of the protocol.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List {
    /// Whether others come up when more is typed.
    pub is_incomplete: bool,
    /// What candidates that do not say otherwise have.
    #[serde(skip_serializing_if = "Defaults::is_empty")]
    pub item_defaults: Defaults,
    /// The candidates.
    pub items: Vec<Candidate>,
}

/// What candidates that do not say otherwise have.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Defaults {
    /// What they replace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit_range: Option<EditRange>,
    /// Whether their texts have places to jump to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insert_text_format: Option<InsertTextFormat>,
}

impl Defaults {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a candidate replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum EditRange {
    /// The same in any case.
    One(Range),
    /// What the person chooses.
    Either {
        /// Up to the cursor.
        insert: Range,
        /// The whole word.
        replace: Range,
    },
}

/// A `CompletionItem` of the protocol.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// What is shown.
    pub label: Cow<'static, str>,
    /// What it is.
    pub kind: CompletionItemKind,
    /// A few words about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Cow<'static, str>>,
    /// That it should not be used any more, for clients without tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<bool>,
    /// That it should not be used any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<[CompletionItemTag; 1]>,
    /// What the list is sorted by.
    pub sort_text: String,
    /// What the typed text is compared with; none: the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_text: Option<Cow<'static, str>>,
    /// Whether the text has places to jump to; none: as the list says, else not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insert_text_format: Option<InsertTextFormat>,
    /// What it writes, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_edit: Option<CompletionTextEdit>,
    /// What it writes where the list says; none: the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_edit_text: Option<Cow<'static, str>>,
    /// Signs that take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit_characters: Option<[&'static str; 1]>,
    /// The key of its help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Cow<'static, str>>,
}
