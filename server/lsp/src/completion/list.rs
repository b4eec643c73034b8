//! Lists of candidates with defaults, which the framework's types lack: what is the same for hundreds
//! of candidates is said once.
//!
//! A list is asked for at every key, and most of its candidates are those of the last one. So each is
//! written once and kept.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use serde::Serialize;
use tower_lsp::ls_types::{
    CompletionItemKind, CompletionItemTag, CompletionTextEdit, InsertTextFormat, Range,
};

/// Candidates that are kept as they were written. The longest list of the catalog alone is half of it.
const MOST_KEPT: usize = 512;

/// About so many bytes a candidate takes.
const USUAL_LENGTH: usize = 280;

/// A `CompletionList` of the protocol.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Whether others come up when more is typed.
    pub is_incomplete: bool,
    /// What candidates that do not say otherwise have.
    pub item_defaults: Defaults,
    /// The candidates, the likeliest first.
    pub items: Vec<Candidate>,
}

impl List {
    /// The list as JSON. Candidates are sorted as they stand.
    ///
    /// # Errors
    /// If a part cannot be written as JSON, which does not happen.
    pub fn write(self, kept: &Kept) -> serde_json::Result<String> {
        let mut kept = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut json = String::with_capacity(self.items.len().saturating_mul(USUAL_LENGTH));
        json.push_str(r#"{"isIncomplete":"#);
        json.push_str(if self.is_incomplete {
            "true,"
        } else {
            "false,"
        });
        if self.item_defaults != Defaults::default() {
            json.push_str(r#""itemDefaults":"#);
            json.push_str(&serde_json::to_string(&self.item_defaults)?);
            json.push(',');
        }
        json.push_str(r#""items":["#);
        let is_kept = self.items.len() <= MOST_KEPT;
        let mut place = Place::first_of(self.items.len());
        for (at, item) in self.items.into_iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            // All of it but the brace at its end.
            match kept.get(&item) {
                Some(known) => json.push_str(known),
                None => {
                    let whole = serde_json::to_string(&item)?;
                    let body = whole.strip_suffix('}').unwrap_or(&whole);
                    json.push_str(body);
                    if is_kept && item.text_edit.is_none() {
                        if kept.len() >= MOST_KEPT {
                            kept.clear();
                        }
                        kept.insert(item, body.into());
                    }
                }
            }
            json.push_str(r#","sortText":""#);
            json.push_str(place.text());
            json.push_str("\"}");
            place.advance();
        }
        json.push_str("]}");
        Ok(json)
    }
}

/// Candidates as they were written, without what they are sorted by.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<FxHashMap<Candidate, Box<str>>>>);

/// The number of a candidate, with as many digits as that of the last one.
struct Place(Vec<u8>);

impl Place {
    /// Of the first of so many.
    fn first_of(count: usize) -> Self {
        Self(vec![b'0'; count.to_string().len()])
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn advance(&mut self) {
        for digit in self.0.iter_mut().rev() {
            if *digit < b'9' {
                *digit = digit.saturating_add(1);
                return;
            }
            *digit = b'0';
        }
    }
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

/// A text of a candidate. Most are those of the catalog, and to see that two are the very same takes no
/// look at what they say.
#[derive(Clone, Debug, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(Cow<'static, str>);

impl Text {
    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(&*self.0, &*other.0) || self.0 == other.0
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl From<Cow<'static, str>> for Text {
    fn from(text: Cow<'static, str>) -> Self {
        Self(text)
    }
}

/// A `CompletionItem` of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// What is shown.
    pub label: Text,
    /// What it is.
    pub kind: CompletionItemKind,
    /// A few words about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Text>,
    /// That it should not be used any more, for clients without tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<bool>,
    /// That it should not be used any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<[CompletionItemTag; 1]>,
    /// What the typed text is compared with; none: the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_text: Option<Text>,
    /// Whether the text has places to jump to; none: as the list says, else not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insert_text_format: Option<InsertTextFormat>,
    /// What it writes, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_edit: Option<CompletionTextEdit>,
    /// What it writes where the list says; none: the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_edit_text: Option<Text>,
    /// Signs that take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit_characters: Option<[&'static str; 1]>,
    /// The key of its help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Text>,
}

impl Hash for Candidate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // What differs where the label does not.
        (&self.label, &self.text_edit_text, &self.data).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn text(text: &str) -> Text {
        Text(text.to_owned().into())
    }

    fn candidate(label: &str, data: &str) -> Candidate {
        Candidate {
            label: text(label),
            kind: CompletionItemKind::PROPERTY,
            detail: None,
            deprecated: None,
            tags: None,
            filter_text: None,
            insert_text_format: None,
            text_edit: None,
            text_edit_text: Some(text("a \"${1:b}\"")),
            commit_characters: None,
            data: Some(text(data)),
        }
    }

    fn list(items: Vec<Candidate>) -> List {
        List {
            items,
            ..List::default()
        }
    }

    fn written(list: List, by: &Kept) -> Value {
        serde_json::from_str(&list.write(by).unwrap()).unwrap()
    }

    #[test]
    fn a_list_is_written_like_its_parts() {
        let by = Kept::default();
        let range = Range::default();
        let defaults = Defaults {
            edit_range: Some(EditRange::One(range)),
            insert_text_format: Some(InsertTextFormat::SNIPPET),
        };
        for _ in 0..2 {
            let list = List {
                is_incomplete: true,
                item_defaults: defaults.clone(),
                items: vec![candidate("é", "1"), candidate("é", "2")],
            };
            let item = |data: &str, sort: &str| {
                json!({
                    "label": "é", "kind": 10, "textEditText": "a \"${1:b}\"", "data": data,
                    "sortText": sort,
                })
            };
            let defaults = json!({ "editRange": range, "insertTextFormat": 2 });
            let all = json!({
                "isIncomplete": true, "itemDefaults": defaults,
                "items": [item("1", "0"), item("2", "1")],
            });
            assert_eq!(written(list, &by), all);
        }
        let none = json!({ "isIncomplete": false, "items": [] });
        assert_eq!(written(List::default(), &by), none);
    }

    #[test]
    fn candidates_are_sorted_as_they_stand_and_not_all_are_kept() {
        let by = Kept::default();
        for round in 0..3 {
            let items = (0..400).map(|at| candidate(&format!("{round} {at}"), "x"));
            let found = written(list(items.collect()), &by);
            let sorted = found["items"].as_array().unwrap().iter();
            let sorted: Vec<_> = sorted.map(|it| it["sortText"].as_str().unwrap()).collect();
            assert_eq!(sorted[..3], ["000", "001", "002"]);
            assert!(sorted.is_sorted() && sorted.ends_with(&["399"]));
            assert!(by.0.lock().unwrap().len() <= MOST_KEPT);
        }
    }
}
