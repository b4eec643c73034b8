//! Completion as clients take it.

use pmta_analysis::completion::{self, Config, Item, ItemKind};
use pmta_analysis::hover::{Markup, render};
use tower_lsp::ls_types::{
    CompletionContext, CompletionItem, CompletionItemKind, CompletionItemTag, CompletionList,
    CompletionParams, CompletionTextEdit, Documentation, InsertReplaceEdit, InsertTextFormat,
    MarkupContent, MarkupKind, TextEdit,
};

use crate::capabilities::Client;
use crate::files::DiskFiles;
use crate::state::Snapshot;
use crate::{dashed_words, from_proto, to_proto};

/// Signs behind which completion is worth asking for.
pub const TRIGGERS: [&str; 11] = [" ", "<", "/", "=", ",", "!", "$", "\"", ":", "[", "."];

/// The signs behind which a client should ask. One that does not format while people type is offered
/// the end of an opening tag when that was typed.
#[must_use]
pub fn triggers(client: &Client) -> Vec<String> {
    let behind_tags = (!client.formats_on_type).then_some(">");
    TRIGGERS.into_iter().chain(behind_tags).map(str::to_owned).collect()
}

/// What may stand at a position.
#[must_use]
pub fn completion(snapshot: &Snapshot, params: &CompletionParams) -> CompletionList {
    let at = from_proto::position(snapshot, params.text_document_position.position);
    let files = DiskFiles::default();
    let config = Config {
        snippets: snapshot.client.completion.snippets,
        files: Some(&files),
    };
    let mut found = completion::completions(&snapshot.workspace, at, config);
    dashed_words::keep_fitting(snapshot, at.offset, &mut found);
    let is_indentation =
        is_blank_typed(params.context.as_ref()) && found.items.first().is_some_and(begins_line);
    if is_indentation {
        return CompletionList::default();
    }
    CompletionList {
        is_incomplete: found.is_incomplete,
        items: found
            .items
            .into_iter()
            .map(|it| item(snapshot, it))
            .collect(),
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

fn item(snapshot: &Snapshot, item: Item) -> CompletionItem {
    let support = &snapshot.client.completion;
    let is_snippet = item.edit.snippet.is_some();
    let new_text = item.edit.snippet.unwrap_or(item.edit.text);
    let insert = to_proto::range(snapshot, item.edit.insert);
    let replace = to_proto::range(snapshot, item.edit.replace);
    // Where both are one, the shorter form says the same.
    let text_edit = if support.insert_replace && insert != replace {
        CompletionTextEdit::InsertAndReplace(InsertReplaceEdit {
            new_text,
            insert,
            replace,
        })
    } else {
        CompletionTextEdit::Edit(TextEdit {
            range: insert,
            new_text,
        })
    };
    let tags = item.is_deprecated && support.tags;
    let commits = support.commit_characters && is_of_a_fixed_set(item.kind);
    CompletionItem {
        kind: Some(kind(item.kind)),
        detail: item.detail,
        deprecated: (item.is_deprecated && !support.tags).then_some(true),
        tags: tags.then(|| vec![CompletionItemTag::DEPRECATED]),
        sort_text: Some(item.sort),
        filter_text: (item.filter != item.label).then_some(item.filter),
        insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
        text_edit: Some(text_edit),
        commit_characters: commits.then(|| vec![",".to_owned()]),
        data: item.documentation.map(Into::into),
        label: item.label,
        ..CompletionItem::default()
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
