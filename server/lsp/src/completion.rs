//! Completion as clients take it.

mod list;

use std::cell::Cell;
use std::path::{Path, PathBuf};

use pmta_analysis::completion::{self, Config, Item, ItemKind};
use pmta_analysis::hover::{Markup, render};
use pmta_analysis::text::TextRange;
use pmta_analysis::workspace::{FileError, FileKind, Files, FolderEntry};
use tower_lsp::ls_types::{
    CompletionContext, CompletionItem, CompletionItemKind, CompletionItemTag, CompletionParams,
    CompletionTextEdit, Documentation, InsertReplaceEdit, InsertTextFormat, MarkupContent,
    MarkupKind, TextEdit,
};

use crate::capabilities::Client;
use crate::files::DiskFiles;
use crate::state::Snapshot;
use crate::{dashed_words, from_proto, to_proto};

use list::{Candidate, Defaults, EditRange, Text};
pub use list::{Kept, List};

/// Signs behind which completion is worth asking for.
pub const TRIGGERS: [&str; 11] = [" ", "<", "/", "=", ",", "!", "$", "\"", ":", "[", "."];

/// The signs behind which a client should ask. One that does not format while people type is offered
/// the end of an opening tag when that was typed.
#[must_use]
pub fn triggers(client: &Client) -> Vec<String> {
    let behind_tags = (!client.formats_on_type).then_some(">");
    TRIGGERS
        .into_iter()
        .chain(behind_tags)
        .map(str::to_owned)
        .collect()
}

/// What may stand at a position.
#[must_use]
pub fn completion(snapshot: &Snapshot, params: &CompletionParams) -> List {
    completion_among(snapshot, params, &DiskFiles::default())
}

/// What may stand at a position; none: to tell takes a look at the disk, for which some have to wait.
#[must_use]
pub fn without_disk(snapshot: &Snapshot, params: &CompletionParams) -> Option<List> {
    let disk = UnaskedDisk::default();
    let list = completion_among(snapshot, params, &disk);
    (!disk.is_wanted.get()).then_some(list)
}

fn completion_among(snapshot: &Snapshot, params: &CompletionParams, files: &dyn Files) -> List {
    let at = from_proto::position(snapshot, params.text_document_position.position);
    let config = Config {
        snippets: snapshot.client.completion.snippets,
        files: Some(files),
    };
    let mut found = completion::completions(&snapshot.workspace, at, config);
    dashed_words::keep_fitting(snapshot, at.offset, &mut found);
    let is_indentation =
        is_blank_typed(params.context.as_ref()) && found.items.first().is_some_and(begins_line);
    if is_indentation {
        return List::default();
    }
    Listing::new(snapshot).list(found)
}

/// Knows nothing of the disk, and remembers whether anybody wanted to know.
#[derive(Debug, Default)]
struct UnaskedDisk {
    is_wanted: Cell<bool>,
}

impl Files for UnaskedDisk {
    fn read(&self, _: &Path) -> Result<Vec<u8>, FileError> {
        self.is_wanted.set(true);
        Err(FileError::Missing)
    }

    fn list(&self, _: &Path) -> Vec<FolderEntry> {
        self.is_wanted.set(true);
        Vec::new()
    }

    fn kind(&self, _: &Path) -> Option<FileKind> {
        self.is_wanted.set(true);
        None
    }

    fn identity(&self, path: &Path) -> PathBuf {
        self.is_wanted.set(true);
        path.to_path_buf()
    }
}

/// Whether the client asks only because a blank was typed.
fn is_blank_typed(context: Option<&CompletionContext>) -> bool {
    context.and_then(|it| it.trigger_character.as_deref()) == Some(" ")
}

/// Whether the candidate begins a line: nobody who indents one wants to see those.
fn begins_line(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Directive | ItemKind::Section) && item.edit.insert.is_empty()
}

/// A list in the making.
struct Listing<'a> {
    snapshot: &'a Snapshot,
    /// What the last candidate replaces, as the client counts: nearly all replace the same word.
    last: Option<((TextRange, TextRange), EditRange)>,
}

impl<'a> Listing<'a> {
    fn new(snapshot: &'a Snapshot) -> Self {
        Self {
            snapshot,
            last: None,
        }
    }

    fn list(mut self, found: completion::Completions) -> List {
        let support = &self.snapshot.client.completion;
        let is_snippet = |item: &Item| item.edit.snippet.is_some();
        let format = found.items.iter().any(is_snippet);
        let format = (format && support.default_format).then_some(InsertTextFormat::SNIPPET);
        let first = found.items.first().filter(|_| support.default_range);
        let item_defaults = Defaults {
            edit_range: first.map(|item| self.edit_range(item)),
            insert_text_format: format,
        };
        let items = found.items.into_iter();
        let items = items.map(|item| self.candidate(item, &item_defaults));
        List {
            is_incomplete: found.is_incomplete,
            items: items.collect(),
            item_defaults,
        }
    }

    fn edit_range(&mut self, item: &Item) -> EditRange {
        let ranges = (item.edit.insert, item.edit.replace);
        if let Some((_, known)) = self.last.filter(|(of, _)| *of == ranges) {
            return known;
        }
        let insert = to_proto::range(self.snapshot, ranges.0);
        let replace = to_proto::range(self.snapshot, ranges.1);
        // Where both are one, the shorter form says the same.
        let is_either = self.snapshot.client.completion.insert_replace && insert != replace;
        let range = match is_either {
            true => EditRange::Either { insert, replace },
            false => EditRange::One(insert),
        };
        self.last = Some((ranges, range));
        range
    }

    fn candidate(&mut self, item: Item, defaults: &Defaults) -> Candidate {
        let range = self.edit_range(&item);
        let support = &self.snapshot.client.completion;
        let format = match item.edit.snippet {
            Some(_) => InsertTextFormat::SNIPPET,
            None => InsertTextFormat::PLAIN_TEXT,
        };
        let usual = defaults.insert_text_format;
        let usual = usual.unwrap_or(InsertTextFormat::PLAIN_TEXT);
        let label = Text::from(item.label);
        let filter = Text::from(item.filter);
        let text = Text::from(item.edit.snippet.unwrap_or(item.edit.text));
        let (text_edit, text_edit_text) = if defaults.edit_range == Some(range) {
            (None, (text != label).then_some(text))
        } else {
            (Some(text_edit(range, text.into_string())), None)
        };
        let has_tag = item.is_deprecated && support.tags;
        let commits = support.commit_characters && is_of_a_fixed_set(item.kind);
        Candidate {
            kind: kind(item.kind),
            detail: item.detail.map(Text::from),
            deprecated: (item.is_deprecated && !support.tags).then_some(true),
            tags: has_tag.then_some([CompletionItemTag::DEPRECATED]),
            filter_text: (filter != label).then_some(filter),
            insert_text_format: (format != usual).then_some(format),
            text_edit,
            text_edit_text,
            commit_characters: commits.then_some([","]),
            data: item.documentation.map(Text::from),
            label,
        }
    }
}

fn text_edit(range: EditRange, new_text: String) -> CompletionTextEdit {
    match range {
        EditRange::One(range) => CompletionTextEdit::Edit(TextEdit { range, new_text }),
        EditRange::Either { insert, replace } => {
            CompletionTextEdit::InsertAndReplace(InsertReplaceEdit {
                new_text,
                insert,
                replace,
            })
        }
    }
}

/// Whether nothing but the candidates may stand there, so that a comma behind one can mean no other.
fn is_of_a_fixed_set(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Word | ItemKind::Field)
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Directive => CompletionItemKind::PROPERTY,
        ItemKind::Section => CompletionItemKind::CLASS,
        ItemKind::Word => CompletionItemKind::ENUM_MEMBER,
        ItemKind::Value => CompletionItemKind::VALUE,
        ItemKind::Unit => CompletionItemKind::UNIT,
        ItemKind::Reference => CompletionItemKind::REFERENCE,
        ItemKind::Macro => CompletionItemKind::VARIABLE,
        ItemKind::Field => CompletionItemKind::FIELD,
        ItemKind::File => CompletionItemKind::FILE,
        ItemKind::Folder => CompletionItemKind::FOLDER,
        ItemKind::Remark => CompletionItemKind::KEYWORD,
    }
}

/// A candidate with its help.
#[must_use]
pub fn resolve(client: &Client, mut item: CompletionItem) -> CompletionItem {
    let key = item.data.as_ref().and_then(|data| data.as_str());
    let Some(page) = key.and_then(completion::documentation) else {
        return item;
    };
    let (kind, markup) = if client.completion.markdown {
        (MarkupKind::Markdown, Markup::Markdown)
    } else {
        (MarkupKind::PlainText, Markup::Plain)
    };
    let value = render(&page, markup);
    item.documentation = Some(Documentation::MarkupContent(MarkupContent { kind, value }));
    item
}
