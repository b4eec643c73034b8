//! What a client can do with places and names, and what it is offered for that.

use tower_lsp::ls_types::{
    CallHierarchyServerCapability, CodeLensOptions, DocumentLinkOptions, InitializeParams,
    LinkedEditingRangeServerCapabilities, OneOf, ReferenceOptions, RenameOptions,
    ServerCapabilities, WorkspaceSymbolOptions,
};

use crate::capabilities::{Client, WITH_PROGRESS};
use crate::code_lens::SHOW_REFERENCES;

/// What a client can do with places and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavigationSupport {
    /// It asks whether a name can be renamed before it asks for the new one.
    pub prepares_rename: bool,
    /// It shows remarks about edits.
    pub change_annotations: bool,
    /// It shows outlines as trees.
    pub nested_symbols: bool,
    /// It shows a text beside a link.
    pub link_tooltips: bool,
    /// It shows code lenses.
    pub code_lenses: bool,
    /// It has a command that shows a list of places.
    pub shows_references: bool,
}

impl NavigationSupport {
    /// Reads what the client announced.
    #[must_use]
    pub fn of(params: &InitializeParams) -> Self {
        let document = params.capabilities.text_document.as_ref();
        let workspace = params.capabilities.workspace.as_ref();
        let rename = document.and_then(|it| it.rename.as_ref());
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref());
        let symbols = document.and_then(|it| it.document_symbol.as_ref());
        let links = document.and_then(|it| it.document_link.as_ref());
        Self {
            prepares_rename: rename.and_then(|it| it.prepare_support) == Some(true),
            change_annotations: edits.is_some_and(|it| it.change_annotation_support.is_some()),
            nested_symbols: symbols.and_then(|it| it.hierarchical_document_symbol_support)
                == Some(true),
            link_tooltips: links.and_then(|it| it.tooltip_support) == Some(true),
            code_lenses: document.is_some_and(|it| it.code_lens.is_some()),
            shows_references: has_command(params, SHOW_REFERENCES),
        }
    }
}

/// Whether the client has a command that the server may put behind a lens or an action.
#[must_use]
pub fn has_command(params: &InitializeParams, command: &str) -> bool {
    let experimental = params.capabilities.experimental.as_ref();
    let commands = experimental.and_then(|it| it.pointer("/commands/commands")?.as_array());
    commands.is_some_and(|them| them.iter().any(|it| it == command))
}

/// Adds what this client is offered. There is no `declaration`: where a name is declared is where it
/// is defined.
pub fn offer(client: &Client, offered: &mut ServerCapabilities) {
    let support = &client.navigation;
    offered.references_provider = Some(OneOf::Right(ReferenceOptions {
        work_done_progress_options: WITH_PROGRESS,
    }));
    offered.document_highlight_provider = Some(OneOf::Left(true));
    offered.document_symbol_provider = Some(OneOf::Left(true));
    offered.workspace_symbol_provider = Some(OneOf::Right(WorkspaceSymbolOptions {
        work_done_progress_options: WITH_PROGRESS,
        resolve_provider: None,
    }));
    offered.call_hierarchy_provider = Some(CallHierarchyServerCapability::Simple(true));
    offered.linked_editing_range_provider =
        Some(LinkedEditingRangeServerCapabilities::Simple(true));
    offered.document_link_provider = Some(DocumentLinkOptions {
        resolve_provider: Some(false),
        work_done_progress_options: Default::default(),
    });
    offered.rename_provider = Some(if support.prepares_rename {
        OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: Default::default(),
        })
    } else {
        OneOf::Left(true)
    });
    let has_lenses = support.code_lenses
        && (client.features.reference_lenses || client.features.settings_lenses);
    offered.code_lens_provider = has_lenses.then_some(CodeLensOptions {
        resolve_provider: Some(true),
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn offered(params: serde_json::Value) -> ServerCapabilities {
        let client = Client::of(&serde_json::from_value(params).unwrap());
        crate::capabilities::server(&client)
    }

    #[test]
    fn preparing_a_rename_is_offered_to_those_who_ask() {
        let plain = offered(json!({ "capabilities": {} }));
        assert_eq!(plain.rename_provider, Some(OneOf::Left(true)));
        let rename = json!({ "textDocument": { "rename": { "prepareSupport": true } } });
        let asking = offered(json!({ "capabilities": rename }));
        assert!(matches!(asking.rename_provider, Some(OneOf::Right(_))));
    }

    #[test]
    fn code_lenses_are_offered_where_they_are_shown_and_wanted() {
        let shows = json!({ "textDocument": { "codeLens": {} } });
        let off = json!({ "codeLens": { "references": false, "effectiveSettings": false } });
        let has = |params| offered(params).code_lens_provider.is_some();
        assert!(!has(json!({ "capabilities": {} })));
        assert!(has(json!({ "capabilities": shows })));
        assert!(!has(
            json!({ "capabilities": shows, "initializationOptions": off })
        ));
    }
}
