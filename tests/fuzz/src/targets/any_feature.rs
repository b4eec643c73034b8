//! Every feature answers at any place of any text, with ranges of that text.

use std::hint::black_box;
use std::path::PathBuf;

use pmta_analysis::completion::{Config, completions};
use pmta_analysis::document::Document;
use pmta_analysis::findings::{Overview, findings, findings_beside};
use pmta_analysis::format::{FormatOptions, format_on_type, format_range};
use pmta_analysis::inheritance::{queue_at, settings};
use pmta_analysis::inlay_hints::{InlayOptions, inherited_hints, inlay_hints};
use pmta_analysis::routing::{message_at, route};
use pmta_analysis::secrets::Secrets;
use pmta_analysis::text::TextRange;
use pmta_analysis::workspace::{FileId, FilePosition, FileRange, Workspace};
use pmta_analysis::{
    call_hierarchy, code_lens, definition, folding, highlight, hover, linked_editing, links,
    refactor, references, rename, selection, semantic_tokens, settings_lens, signature_help,
    symbols,
};

use crate::input::{Input, border};
use crate::memory::Disk;

/// Places of one text that are asked about.
const PLACES: usize = 3;

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let places: Vec<usize> = (0..PLACES).map(|_| input.below(4_096)).collect();
    let length = input.below(256);
    let new_name = input.text(6);
    let document = Document::from_bytes(input.bytes());
    let text = document.rope().to_string();
    let (mut workspace, file) = Workspace::alone(PathBuf::from("/etc/pmta/config"), document);
    workspace.declare_root(file);
    workspace.prepare();
    of_file(&workspace, file, &text);
    for place in places {
        let offset = border(&text, place % (text.len() + 1));
        at(&workspace, FilePosition { file, offset }, &text, &new_name);
        let range = TextRange::of(offset, border(&text, offset + length));
        of_range(&workspace, file, range, &text);
    }
}

/// Asks all that is asked about a place.
pub(super) fn at(workspace: &Workspace, at: FilePosition, text: &str, new_name: &str) {
    let within = |range: TextRange| check(text, range);
    if let Some(hover) = hover::hover(workspace, at) {
        within(hover.range);
    }
    let disk = Disk::default();
    let config = Config {
        snippets: true,
        files: Some(&disk),
    };
    for item in completions(workspace, at, config).items {
        within(item.edit.insert);
        within(item.edit.replace);
    }
    black_box(signature_help::signature_help(workspace, at));
    let targets = definition::definition(workspace, at);
    targets
        .iter()
        .for_each(|it| within_file(workspace, it.target));
    let references = references::references(workspace, at, true);
    references.iter().for_each(|it| within_file(workspace, *it));
    if let Ok(Some(renameable)) = rename::prepare_rename(workspace, at) {
        within_file(workspace, renameable.name);
    }
    // What a refusal says is for people; whether a renaming is right, tests of `rename.rs` ask.
    let _ = rename::rename(workspace, at, new_name);
    highlight::highlights(workspace, at)
        .iter()
        .for_each(|it| within(it.range));
    black_box(call_hierarchy::prepare(workspace, at));
    black_box(call_hierarchy::incoming(workspace, at));
    black_box(call_hierarchy::outgoing(workspace, at));
    for range in linked_editing::linked_ranges(workspace, at)
        .into_iter()
        .flatten()
    {
        within(range);
    }
    let mut inner = None;
    for range in selection::selection(workspace, at) {
        within(range);
        if let Some(inner) = inner.replace(range) {
            assert!(range.contains_range(inner), "{inner:?} is not in {range:?}");
        }
    }
    black_box(refactor::refactorings(workspace, at));
    let root = workspace.roots().first();
    if let (Some(root), Some(queue)) = (root, queue_at(workspace, at)) {
        black_box(settings(workspace, root, &queue));
    }
    if let (Some(root), Some(message)) = (root, message_at(workspace, at)) {
        black_box(route(workspace, root, &message));
    }
    black_box(code_lens::uses(workspace, at));
    if let Some(document) = workspace.document(at.file) {
        for typed in ['\n', '>'] {
            for edit in format_on_type(document, at.offset, typed, &FormatOptions::default()) {
                within(edit.range);
            }
        }
    }
}

/// Asks all that is asked about a whole file.
pub(super) fn of_file(workspace: &Workspace, file: FileId, text: &str) {
    let all = findings(workspace, file);
    let in_parts = findings_beside(workspace, file, &Overview::of(workspace, file));
    assert_eq!(all, in_parts, "findings of all and in parts differ");
    for finding in &all {
        check(text, finding.range);
        for fix in &finding.fixes {
            fix.edits.iter().for_each(|edit| check(text, edit.range));
        }
    }
    black_box(symbols::document_symbols(workspace, file));
    black_box(symbols::workspace_symbols(
        &[workspace],
        text.get(..3).unwrap_or_default(),
    ));
    for range in code_lens::lenses(workspace, file) {
        check(text, range);
    }
    black_box(settings_lens::settings_lenses(workspace, file));
    for link in links::links(workspace, file) {
        check(text, link.range);
    }
    if let Some(document) = workspace.document(file) {
        black_box(folding::folding(document));
        for secret in Secrets::new(document).within(TextRange::of(0, text.len())) {
            check(text, secret);
        }
    }
}

/// Asks all that is asked about a part of a file.
fn of_range(workspace: &Workspace, file: FileId, range: TextRange, text: &str) {
    black_box(inherited_hints(workspace, file, range));
    let Some(document) = workspace.document(file) else {
        return;
    };
    black_box(inlay_hints(document, range, InlayOptions::default()));
    let mut end = 0;
    for token in semantic_tokens::semantic_tokens(document, range) {
        check(text, token.range);
        assert!(end <= token.range.start, "tokens overlap");
        end = token.range.end;
    }
    for edit in format_range(document, range, &FormatOptions::default()) {
        check(text, edit.range);
    }
}

fn within_file(workspace: &Workspace, place: FileRange) {
    let document = workspace
        .document(place.file)
        .expect("a file that is there");
    check(&document.rope().to_string(), place.range);
}

/// A range of a text begins and ends in it, between two characters.
fn check(text: &str, range: TextRange) {
    let bytes = range.as_usize();
    assert!(
        bytes.start <= bytes.end && text.get(bytes).is_some(),
        "{range:?} is no range of the text"
    );
}
