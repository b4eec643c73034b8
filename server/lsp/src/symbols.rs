//! Outlines, and names in all files, as clients take them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use pmta_analysis::symbols::{self, Symbol, SymbolKind as Kind};
use pmta_analysis::workspace::{FileId, Workspace};
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, OneOf, SymbolInformation, SymbolKind, Uri,
    WorkspaceSymbol,
};

use crate::position::PositionEncoding;
use crate::state::Snapshot;
use crate::to_proto;

/// Files that belong together, with their names.
pub type Files = (Arc<Workspace>, Arc<HashMap<FileId, Uri>>);

/// The outline of a document: a tree where the client shows trees.
#[must_use]
pub fn document_symbols(snapshot: &Snapshot) -> DocumentSymbolResponse {
    let found = symbols::document_symbols(&snapshot.workspace, snapshot.file);
    if snapshot.client.navigation.nested_symbols {
        return DocumentSymbolResponse::Nested(nested(snapshot, found));
    }
    let mut flat = Vec::new();
    flatten(snapshot, found, None, &mut flat);
    DocumentSymbolResponse::Flat(flat)
}

#[expect(deprecated, reason = "the field has to be given")]
fn nested(snapshot: &Snapshot, symbols: Vec<Symbol>) -> Vec<DocumentSymbol> {
    let symbols = symbols.into_iter().map(|symbol| DocumentSymbol {
        name: symbol.name,
        detail: Some(symbol.detail).filter(|it| !it.is_empty()),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: to_proto::range(snapshot, symbol.range),
        selection_range: to_proto::range(snapshot, symbol.name_range),
        children: (!symbol.children.is_empty()).then(|| nested(snapshot, symbol.children)),
    });
    symbols.collect()
}

#[expect(deprecated, reason = "the field has to be given")]
fn flatten(
    snapshot: &Snapshot,
    symbols: Vec<Symbol>,
    container: Option<&str>,
    flat: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        flat.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location::new(
                snapshot.uri.clone(),
                to_proto::range(snapshot, symbol.range),
            ),
            container_name: container.map(str::to_owned),
        });
        flatten(snapshot, symbol.children, Some(&symbol.name), flat);
    }
}

/// The names in all files that fit a query.
#[must_use]
pub fn workspace_symbols(
    files: &[Files],
    encoding: PositionEncoding,
    query: &str,
) -> Vec<WorkspaceSymbol> {
    let workspaces: Vec<&Workspace> = files.iter().map(|(workspace, _)| &**workspace).collect();
    let found = symbols::workspace_symbols(&workspaces, query);
    let mut seen = HashSet::new();
    let symbols = found.into_iter().filter_map(|symbol| {
        let (workspace, uris) = files.get(symbol.workspace)?;
        let uri = uris.get(&symbol.at.file)?;
        // A document whose project was not looked at yet stands alone as well.
        if !seen.insert((uri.as_str().to_owned(), symbol.at.range)) {
            return None;
        }
        let document = workspace.document(symbol.at.file)?;
        let range = encoding.range(document.rope(), symbol.at.range);
        let file = workspace.path(symbol.at.file).and_then(|it| it.file_name());
        Some(WorkspaceSymbol {
            name: symbol.name,
            kind: kind(symbol.kind),
            tags: None,
            container_name: file.map(|it| it.to_string_lossy().into_owned()),
            location: OneOf::Left(Location::new(uri.clone(), range)),
            data: None,
        })
    });
    symbols.collect()
}

/// The nearest that there is among the kinds that clients know.
#[must_use]
pub fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::VirtualMta => SymbolKind::CLASS,
        Kind::Pool => SymbolKind::ENUM,
        Kind::Source => SymbolKind::INTERFACE,
        Kind::Entrance => SymbolKind::EVENT,
        Kind::List => SymbolKind::ARRAY,
        Kind::Named => SymbolKind::OBJECT,
        Kind::Macro => SymbolKind::CONSTANT,
        Kind::Domain => SymbolKind::NAMESPACE,
        Kind::Section => SymbolKind::STRUCT,
        Kind::Rule => SymbolKind::FUNCTION,
        Kind::Include => SymbolKind::FILE,
    }
}
