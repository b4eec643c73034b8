//! Signature help as clients take it.

use pmta_analysis::hover::{Block, Markup, Page, render};
use pmta_analysis::signature_help::{self, Signature, SignaturePart};
use pmta_analysis::workspace::FilePosition;
use tower_lsp::ls_types::{
    Documentation, MarkupContent, MarkupKind, ParameterInformation, ParameterLabel, SignatureHelp,
    SignatureHelpOptions, SignatureInformation,
};

use crate::position::PositionEncoding;
use crate::state::Snapshot;

/// Signs behind which the next part of a value may begin.
const TRIGGERS: [&str; 4] = [" ", ",", "=", ":"];

/// What the server offers.
#[must_use]
pub fn options() -> SignatureHelpOptions {
    SignatureHelpOptions {
        trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
        ..SignatureHelpOptions::default()
    }
}

/// The forms of the value at a position.
#[must_use]
pub fn signature_help(snapshot: &Snapshot, at: FilePosition) -> Option<SignatureHelp> {
    let help = signature_help::signature_help(&snapshot.workspace, at)?;
    let narrow = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let active = help.signatures.get(help.active)?.active.map(narrow);
    let signatures = help.signatures.iter().map(|one| signature(snapshot, one));
    Some(SignatureHelp {
        signatures: signatures.collect(),
        active_signature: Some(narrow(help.active)),
        active_parameter: active,
    })
}

fn signature(snapshot: &Snapshot, signature: &Signature) -> SignatureInformation {
    let support = &snapshot.client.signature;
    let parts = signature.parts.iter().map(|part| ParameterInformation {
        label: label(support.label_offsets, signature, part),
        documentation: Some(documentation(snapshot, &part.documentation)),
    });
    let active = signature.active.and_then(|it| u32::try_from(it).ok());
    SignatureInformation {
        label: signature.label.clone(),
        documentation: Some(documentation(snapshot, &signature.documentation)),
        parameters: Some(parts.collect()),
        active_parameter: active.filter(|_| support.active_parameter),
    }
}

/// A part of the label: by its offsets, which are UTF-16 units whatever else is agreed on.
fn label(has_offsets: bool, signature: &Signature, part: &SignaturePart) -> ParameterLabel {
    if !has_offsets {
        return ParameterLabel::Simple(part.range.slice(&signature.label).to_owned());
    }
    let offset = |byte: u32| {
        let before = signature.label.get(..byte as usize).unwrap_or_default();
        PositionEncoding::Utf16.units(before)
    };
    ParameterLabel::LabelOffsets([offset(part.range.start), offset(part.range.end)])
}

fn documentation(snapshot: &Snapshot, text: &str) -> Documentation {
    let page = Page {
        blocks: vec![Block::Paragraph(text.to_owned())],
    };
    let (kind, markup) = if snapshot.client.signature.markdown {
        (MarkupKind::Markdown, Markup::Markdown)
    } else {
        (MarkupKind::PlainText, Markup::Plain)
    };
    let value = render(&page, markup);
    Documentation::MarkupContent(MarkupContent { kind, value })
}
