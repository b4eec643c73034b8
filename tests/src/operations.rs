//! What is measured: everything an editor asks for, by name.

use std::hint::black_box;

use pmta_analysis::completion::{Config, completions};
use pmta_analysis::document::Document;
use pmta_analysis::format::FormatOptions;
use pmta_analysis::inheritance::{self, Queue};
use pmta_analysis::inlay_hints::{InlayOptions, inherited_hints, inlay_hints};
use pmta_analysis::routing::{Message, route};
use pmta_analysis::text::TextRange;
use pmta_analysis::{
    call_hierarchy, code_lens, definition, findings, folding, format, highlight, hover, links,
    references, rename, selection, semantic_tokens, signature_help, symbols,
};

use crate::session::Session;

/// How the cost of an operation may grow with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// Not at all: a person waits for it after each key.
    Flat,
    /// With the file: its answer has an entry for each line.
    Linear,
}

/// Something to measure.
#[derive(Clone, Copy)]
pub struct Operation {
    /// Its name in tables.
    pub name: &'static str,
    /// How its cost may grow.
    pub growth: Growth,
    /// Does it once. What it gives is counted, so that nothing is optimised away.
    pub run: fn(&mut Session) -> usize,
}

/// All operations, those of a keystroke first.
pub const OPERATIONS: &[Operation] = &[
    flat("edit", |it| {
        it.edit();
        0
    }),
    flat("edit and findings", |it| {
        it.edit();
        findings::findings_beside(&it.workspace, it.file, &it.overview).len()
    }),
    flat("completion", |it| {
        let config = Config {
            snippets: true,
            files: None,
        };
        completions(&it.workspace, it.at(it.directive), config)
            .items
            .len()
    }),
    flat("hover", |it| {
        usize::from(hover::hover(&it.workspace, it.at(it.directive)).is_some())
    }),
    flat("definition", |it| {
        definition::definition(&it.workspace, it.at(it.reference)).len()
    }),
    flat("references", |it| {
        references::references(&it.workspace, it.at(it.definition), true).len()
    }),
    flat("rename", |it| {
        usize::from(rename::rename(&it.workspace, it.at(it.definition), "renamed").is_ok())
    }),
    flat("highlight", |it| {
        highlight::highlights(&it.workspace, it.at(it.reference)).len()
    }),
    flat("signature help", |it| {
        usize::from(signature_help::signature_help(&it.workspace, it.at(it.value)).is_some())
    }),
    flat("selection", |it| {
        selection::selection(&it.workspace, it.at(it.value)).len()
    }),
    flat("call hierarchy", |it| {
        call_hierarchy::incoming(&it.workspace, it.at(it.definition)).len()
    }),
    flat("tokens of a screen", |it| {
        semantic_tokens::semantic_tokens(it.document(), screen(it)).len()
    }),
    flat("hints of a screen", |it| {
        inlay_hints(it.document(), screen(it), InlayOptions::default()).len()
            + inherited_hints(&it.workspace, it.file, screen(it)).len()
    }),
    linear("all findings", |it| {
        findings::findings(&it.workspace, it.file).len()
    }),
    linear("effective settings", |it| {
        let queue = Queue::parse(&format!("gmail.com/{}", it.name));
        inheritance::settings(&it.workspace, it.root(), &queue)
            .settings
            .len()
    }),
    linear("route", |it| {
        let message = Message {
            mail_from: "news@example.com".to_owned(),
            rcpt_to: "someone@gmail.com".to_owned(),
            ..Message::default()
        };
        route(&it.workspace, it.root(), &message).steps.len()
    }),
    linear("open", |it| Document::new(&it.text).findings().len()),
    linear("parse", |it| parse(&it.text)),
    linear("names", |it| {
        let mut workspace = it.workspace.clone();
        workspace.set_places(it.file, &[]);
        workspace.prepare();
        workspace.roots().len()
    }),
    linear("symbols", |it| {
        symbols::document_symbols(&it.workspace, it.file).len()
    }),
    linear("workspace symbols", |it| {
        symbols::workspace_symbols(&[&it.workspace], &it.name).len()
    }),
    linear("tokens", |it| {
        let all = TextRange::of(0, it.document().rope().len_bytes());
        semantic_tokens::semantic_tokens(it.document(), all).len()
    }),
    linear("folding", |it| folding::folding(it.document()).len()),
    linear("format", |it| {
        format::format(it.document(), &FormatOptions::default()).len()
    }),
    linear("code lenses", |it| {
        code_lens::lenses(&it.workspace, it.file).len()
    }),
    linear("links", |it| links::links(&it.workspace, it.file).len()),
];

const fn flat(name: &'static str, run: fn(&mut Session) -> usize) -> Operation {
    Operation {
        name,
        growth: Growth::Flat,
        run,
    }
}

const fn linear(name: &'static str, run: fn(&mut Session) -> usize) -> Operation {
    Operation {
        name,
        growth: Growth::Linear,
        run,
    }
}

/// The operation of a name.
#[must_use]
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|it| it.name == name)
}

/// Does nothing: marks for tools that count instructions where [`measured_once`] begins.
#[inline(never)]
pub fn before_measuring() {
    black_box(());
}

/// Does an operation once. Tools that count instructions know it by its name.
#[inline(never)]
pub fn measured_once(operation: &Operation, session: &mut Session) -> usize {
    black_box((operation.run)(black_box(session)))
}

/// What a window of an editor shows: some sixty lines in the middle of the file.
fn screen(session: &Session) -> TextRange {
    TextRange::of(session.value, session.value.saturating_add(2_000))
}

/// One tree of the whole text, without anything that knows PowerMTA.
fn parse(text: &str) -> usize {
    let mut parser = tree_sitter::Parser::new();
    match parser.set_language(&tree_sitter_pmta::LANGUAGE.into()) {
        Ok(()) => parser
            .parse(text, None)
            .map_or(0, |tree| tree.root_node().child_count() as usize),
        Err(_) => 0,
    }
}
