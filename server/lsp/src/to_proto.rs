//! From what the analysis finds to what clients take.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use pmta_analysis::definition::Definition;
use pmta_analysis::diagnostics::{Edit, Finding, Fix, Safety, Severity};
use pmta_analysis::highlight::{Highlight, Role};
use pmta_analysis::hover::{self, Markup};
use pmta_analysis::text::TextRange;
use pmta_analysis::workspace::{FileId, FileRange};
use serde_json::json;
use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentChanges, DocumentHighlight, DocumentHighlightKind, GotoDefinitionResponse, Hover,
    HoverContents, Location, LocationLink, MarkupContent, MarkupKind, NumberOrString, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use crate::state::Snapshot;

/// Who the diagnostics come from.
pub const SOURCE: &str = "pmta-ls";

/// Codes of what has no effect and may be faded.
const UNNECESSARY: [&str; 1] = ["unused-definition"];

/// Codes of what is out of date and may be struck through.
const DEPRECATED: [&str; 1] = ["deprecated"];

/// A range of the document.
#[must_use]
pub fn range(snapshot: &Snapshot, range: TextRange) -> Range {
    snapshot
        .client
        .encoding
        .range(snapshot.document.rope(), range)
}

/// Help in the form that the client wants.
#[must_use]
pub fn hover(snapshot: &Snapshot, hover: &hover::Hover) -> Hover {
    let (kind, markup) = if snapshot.client.markdown_hover {
        (MarkupKind::Markdown, Markup::Markdown)
    } else {
        (MarkupKind::PlainText, Markup::Plain)
    };
    let value = hover::render(&hover.page, markup);
    Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: Some(range(snapshot, hover.range)),
    }
}

/// Where a name leads; none: nowhere.
#[must_use]
pub fn definitions(snapshot: &Snapshot, found: &[Definition]) -> Option<GotoDefinitionResponse> {
    if found.is_empty() {
        return None;
    }
    if !snapshot.client.definition_links {
        let locations = found.iter().filter_map(|one| location(snapshot, one.name));
        return Some(GotoDefinitionResponse::Array(locations.collect()));
    }
    let links = found.iter().filter_map(|one| {
        let target = location(snapshot, one.target)?;
        Some(LocationLink {
            origin_selection_range: Some(range(snapshot, one.origin.range)),
            target_uri: target.uri,
            target_range: target.range,
            target_selection_range: location(snapshot, one.name)?.range,
        })
    });
    Some(GotoDefinitionResponse::Link(links.collect()))
}

/// A range of any file that the document stands among.
#[must_use]
pub fn location(snapshot: &Snapshot, at: FileRange) -> Option<Location> {
    let uri = match snapshot.uris.get(&at.file) {
        _ if at.file == snapshot.file => &snapshot.uri,
        uri => uri?,
    };
    let rope = snapshot.workspace.document(at.file)?.rope();
    let range = snapshot.client.encoding.range(rope, at.range);
    Some(Location::new(uri.clone(), range))
}

/// Places that belong together in one document.
#[must_use]
pub fn highlight(snapshot: &Snapshot, highlight: Highlight) -> DocumentHighlight {
    let kind = match highlight.role {
        Role::Definition => DocumentHighlightKind::WRITE,
        Role::Use => DocumentHighlightKind::READ,
        Role::Tag => DocumentHighlightKind::TEXT,
    };
    DocumentHighlight {
        range: range(snapshot, highlight.range),
        kind: Some(kind),
    }
}

/// A finding as the client can take it.
#[must_use]
pub fn diagnostic(snapshot: &Snapshot, finding: &Finding) -> Diagnostic {
    let client = &snapshot.client;
    let code = finding.rule.code;
    let related = client.related_information && !finding.related.is_empty();
    let related = related.then(|| {
        let related = finding.related.iter().filter_map(|it| {
            let at = FileRange {
                file: it.file.unwrap_or(snapshot.file),
                range: it.range,
            };
            Some(DiagnosticRelatedInformation {
                location: location(snapshot, at)?,
                message: it.message.clone(),
            })
        });
        related.collect()
    });
    let tags = if UNNECESSARY.contains(&code) {
        Some(vec![DiagnosticTag::UNNECESSARY])
    } else if DEPRECATED.contains(&code) {
        Some(vec![DiagnosticTag::DEPRECATED])
    } else {
        None
    };
    let data = client.diagnostic_data && !finding.fixes.is_empty();
    let data = data.then(|| {
        let fixes: Vec<_> = finding
            .fixes
            .iter()
            .map(|fix| json!({ "title": fix.title, "safe": fix.safety == Safety::Safe }))
            .collect();
        json!({ "fixes": fixes })
    });
    Diagnostic {
        range: range(snapshot, finding.range),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(code.to_owned())),
        code_description: code_description(snapshot, finding),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: related,
        tags: tags.filter(|_| client.diagnostic_tags),
        data,
    }
}

/// The page about a finding's rule, where the project says where that is.
fn code_description(snapshot: &Snapshot, finding: &Finding) -> Option<CodeDescription> {
    let page = snapshot.workspace.policy().page_of(finding.rule)?;
    Some(CodeDescription {
        href: page.parse().ok()?,
    })
}

/// How bad something is.
#[must_use]
pub fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// A number that tells one list of diagnostics from another.
#[must_use]
pub fn fingerprint(diagnostics: &[Diagnostic]) -> u64 {
    let mut hasher = DefaultHasher::new();
    // Diagnostics hold nothing that cannot be written.
    serde_json::to_string(diagnostics)
        .unwrap_or_default()
        .hash(&mut hasher);
    hasher.finish()
}

/// The edits of a fix. They name the version of the document where the client can take that.
#[must_use]
pub fn workspace_edit(snapshot: &Snapshot, fix: &Fix) -> WorkspaceEdit {
    let edits = fix.edits.iter().map(|edit| TextEdit {
        range: range(snapshot, edit.range),
        new_text: edit.text.clone(),
    });
    if snapshot.client.versioned_edits {
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: snapshot.uri.clone(),
                version: snapshot.version,
            },
            edits: edits.map(OneOf::Left).collect(),
        };
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![edit])),
            ..WorkspaceEdit::default()
        };
    }
    let changes = HashMap::from([(snapshot.uri.clone(), edits.collect())]);
    WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    }
}

/// Edits of several files as the client can take them; none if the client cannot name one of them.
#[must_use]
pub fn edits_of_files(snapshot: &Snapshot, edits: &[(FileId, Edit)]) -> Option<WorkspaceEdit> {
    let mut by_file: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for (file, edit) in edits {
        let at = FileRange {
            file: *file,
            range: edit.range,
        };
        by_file.entry(*file).or_default().push(TextEdit {
            range: location(snapshot, at)?.range,
            new_text: edit.text.clone(),
        });
    }
    let uri = |file: FileId| match file {
        _ if file == snapshot.file => Some(snapshot.uri.clone()),
        _ => snapshot.uris.get(&file).cloned(),
    };
    if snapshot.client.versioned_edits {
        let documents = by_file.into_iter().map(|(file, edits)| {
            let version = (file == snapshot.file)
                .then_some(snapshot.version)
                .flatten();
            Some(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    uri: uri(file)?,
                    version,
                },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            })
        });
        return Some(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(documents.collect::<Option<_>>()?)),
            ..WorkspaceEdit::default()
        });
    }
    let changes = by_file
        .into_iter()
        .map(|(file, edits)| Some((uri(file)?, edits)));
    Some(WorkspaceEdit {
        changes: Some(changes.collect::<Option<_>>()?),
        ..WorkspaceEdit::default()
    })
}
