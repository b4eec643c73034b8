//! What the client can do, and what the server offers it.

use std::path::PathBuf;

use tower_lsp::ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, ExecuteCommandOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, MarkupKind, OneOf,
    ResourceOperationKind, SelectionRangeProviderCapability, SemanticTokensServerCapabilities,
    ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, Uri, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use crate::features::Features;
use crate::navigation::{self, NavigationSupport};
use crate::position::PositionEncoding;
use crate::preferences::Preferences;
use crate::{
    commands, completion, file_operations, fix_all, formatting, from_proto, refactorings,
    semantic_tokens, signature_help, source_actions, views,
};

/// For requests that may take long.
pub(crate) const WITH_PROGRESS: WorkDoneProgressOptions = WorkDoneProgressOptions {
    work_done_progress: Some(true),
};

/// What matters of what the client announced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// How columns are counted.
    pub encoding: PositionEncoding,
    /// It asks for the diagnostics of open documents, and asks again when told to.
    pub pulls_diagnostics: bool,
    /// It takes the diagnostics of other documents with those that it asks for.
    pub related_documents: bool,
    /// It shows other places that belong to a diagnostic.
    pub related_information: bool,
    /// It fades and strikes through.
    pub diagnostic_tags: bool,
    /// It keeps the data of a diagnostic for code actions.
    pub diagnostic_data: bool,
    /// It takes edits that name the version of the document.
    pub versioned_edits: bool,
    /// It creates files as a part of an edit.
    pub creates_files: bool,
    /// It takes code actions that are no commands.
    pub code_actions: bool,
    /// It knows that one of several code actions is the best.
    pub preferred_code_actions: bool,
    /// What it can do with candidates for completion.
    pub completion: CompletionSupport,
    /// It shows help in Markdown.
    pub markdown_hover: bool,
    /// It wants to know what a definition was found from, and all of what defines.
    pub definition_links: bool,
    /// It can be asked to tell of files that change.
    pub watches_files: bool,
    /// It can be asked for its settings.
    pub gives_settings: bool,
    /// It can be asked to tell of settings that change.
    pub tells_settings: bool,
    /// What it can do with places and names.
    pub navigation: NavigationSupport,
    /// What a person may have switched off.
    pub features: Features,
    /// What it can do with the forms of a value.
    pub signature: SignatureSupport,
    /// Most folds that it wants; none: all.
    pub folding_limit: Option<u32>,
    /// What its user prefers.
    pub preferences: Preferences,
    /// It shows texts that the server makes.
    pub shows_views: bool,
    /// It opens files when it is asked to.
    pub shows_documents: bool,
    /// It makes edits when it is asked to.
    pub applies_edits: bool,
    /// It asks for inlay hints again when it is told to.
    pub refreshes_inlay_hints: bool,
    /// It asks for code lenses again when it is told to.
    pub refreshes_code_lenses: bool,
    /// It shows that work goes on.
    pub shows_progress: bool,
    /// It asks for edits before it saves.
    pub asks_before_saving: bool,
    /// It asks for edits while people type.
    pub formats_on_type: bool,
}

/// What a client can do with the forms of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignatureSupport {
    /// It takes parts by their place in the form.
    pub label_offsets: bool,
    /// It marks the active part of each form.
    pub active_parameter: bool,
    /// It shows help in Markdown.
    pub markdown: bool,
}

impl SignatureSupport {
    fn of(params: &InitializeParams) -> Self {
        let document = params.capabilities.text_document.as_ref();
        let help = document.and_then(|it| it.signature_help.as_ref());
        let information = help.and_then(|it| it.signature_information.as_ref());
        let part = information.and_then(|it| it.parameter_information.as_ref());
        let formats = information.and_then(|it| it.documentation_format.as_ref());
        Self {
            label_offsets: part.and_then(|it| it.label_offset_support) == Some(true),
            active_parameter: information.and_then(|it| it.active_parameter_support) == Some(true),
            markdown: formats.and_then(|it| it.first()) == Some(&MarkupKind::Markdown),
        }
    }
}

/// What a client can do with candidates for completion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompletionSupport {
    /// It takes texts with places to jump to.
    pub snippets: bool,
    /// It lets people choose between inserting and replacing.
    pub insert_replace: bool,
    /// It strikes through what should not be used any more.
    pub tags: bool,
    /// It shows help in Markdown.
    pub markdown: bool,
    /// It takes a candidate when a sign is typed that may follow it.
    pub commit_characters: bool,
    /// It takes the range that candidates replace once for all.
    pub default_range: bool,
    /// It takes once for all whether candidates have places to jump to.
    pub default_format: bool,
}

impl CompletionSupport {
    fn of(params: &InitializeParams) -> Self {
        let document = params.capabilities.text_document.as_ref();
        let completion = document.and_then(|it| it.completion.as_ref());
        let item = completion.and_then(|it| it.completion_item.as_ref());
        let formats = item.and_then(|it| it.documentation_format.as_ref());
        let list = completion.and_then(|it| it.completion_list.as_ref());
        let defaults = list.and_then(|it| it.item_defaults.as_deref());
        let has_default = |name: &str| {
            let mut defaults = defaults.unwrap_or_default().iter();
            defaults.any(|it| it == name)
        };
        Self {
            default_range: has_default("editRange"),
            default_format: has_default("insertTextFormat"),
            snippets: item.and_then(|it| it.snippet_support) == Some(true),
            insert_replace: item.and_then(|it| it.insert_replace_support) == Some(true),
            tags: item.is_some_and(|it| it.tag_support.is_some()),
            commit_characters: item.and_then(|it| it.commit_characters_support) == Some(true),
            markdown: formats.and_then(|it| it.first()) == Some(&MarkupKind::Markdown),
        }
    }
}

impl Client {
    /// Reads what the client announced.
    #[must_use]
    pub fn of(params: &InitializeParams) -> Self {
        let client = &params.capabilities;
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let window = client.window.as_ref();
        let pushed = document.and_then(|it| it.publish_diagnostics.as_ref());
        let pulled = document.and_then(|it| it.diagnostic.as_ref());
        let actions = document.and_then(|it| it.code_action.as_ref());
        let encodings = client
            .general
            .as_ref()
            .and_then(|it| it.position_encodings.as_deref());
        let refreshes = workspace.and_then(|it| it.diagnostics.as_ref()?.refresh_support);
        // A client that cannot be told to ask again would go on showing what an edit in another file
        // has changed, so it is sent all diagnostics.
        let pulls_diagnostics = pulled.is_some() && refreshes == Some(true);
        let related = pushed.and_then(|it| it.related_information);
        let related = related.or(pulled.and_then(|it| it.related_information));
        let has_tags = pushed.is_some_and(|it| it.tag_support.is_some())
            || pulled.is_some_and(|it| it.tag_support.is_some());
        let data = pushed.and_then(|it| it.data_support);
        let data = data.or(pulled.and_then(|it| it.data_support));
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref()?.document_changes);
        let operations = workspace.and_then(|it| {
            let operations = it.workspace_edit.as_ref()?.resource_operations.as_ref()?;
            Some(operations.contains(&ResourceOperationKind::Create))
        });
        let watched =
            workspace.and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration);
        let hover = document.and_then(|it| it.hover.as_ref()?.content_format.as_ref());
        let links = document.and_then(|it| it.definition.as_ref()?.link_support);
        Self {
            encoding: PositionEncoding::negotiate(encodings.unwrap_or_default()),
            pulls_diagnostics,
            related_documents: pulled.and_then(|it| it.related_document_support) == Some(true),
            related_information: related == Some(true),
            diagnostic_tags: has_tags,
            diagnostic_data: data == Some(true),
            versioned_edits: edits == Some(true),
            creates_files: edits == Some(true) && operations == Some(true),
            code_actions: actions.is_some_and(|it| it.code_action_literal_support.is_some()),
            preferred_code_actions: actions.and_then(|it| it.is_preferred_support) == Some(true),
            completion: CompletionSupport::of(params),
            markdown_hover: hover.and_then(|it| it.first()) == Some(&MarkupKind::Markdown),
            definition_links: links == Some(true),
            watches_files: watched == Some(true),
            navigation: NavigationSupport::of(params),
            features: Features::of(params.initialization_options.as_ref()),
            signature: SignatureSupport::of(params),
            folding_limit: document.and_then(|it| it.folding_range.as_ref()?.range_limit),
            preferences: Preferences::of(params),
            shows_views: navigation::has_command(params, views::SHOW),
            shows_documents: window
                .and_then(|it| it.show_document.as_ref())
                .is_some_and(|it| it.support),
            applies_edits: workspace.and_then(|it| it.apply_edit) == Some(true),
            refreshes_inlay_hints: workspace.and_then(|it| it.inlay_hint.as_ref()?.refresh_support)
                == Some(true),
            refreshes_code_lenses: workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support)
                == Some(true),
            shows_progress: window.and_then(|it| it.work_done_progress) == Some(true),
            asks_before_saving: document
                .and_then(|it| it.synchronization.as_ref()?.will_save_wait_until)
                == Some(true),
            formats_on_type: document.is_some_and(|it| it.on_type_formatting.is_some()),
            gives_settings: workspace.and_then(|it| it.configuration) == Some(true),
            tells_settings: workspace
                .and_then(|it| it.did_change_configuration.as_ref()?.dynamic_registration)
                == Some(true),
        }
    }
}

/// The folders that the client has open.
#[must_use]
pub fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten();
    let mut paths: Vec<PathBuf> = folders.filter_map(|it| from_proto::path(&it.uri)).collect();
    if paths.is_empty() {
        paths.extend(root(params));
    }
    paths
}

#[expect(deprecated, reason = "Helix names its folder in no other way")]
fn root(params: &InitializeParams) -> Option<PathBuf> {
    let root: Option<&Uri> = params.root_uri.as_ref();
    root.and_then(from_proto::path).or_else(|| {
        let path = PathBuf::from(params.root_path.as_ref()?);
        path.is_absolute().then_some(path)
    })
}

/// What the server offers this client.
#[must_use]
pub fn server(client: &Client) -> ServerCapabilities {
    let mut offered = ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                will_save_wait_until: client.asks_before_saving.then_some(true),
                ..TextDocumentSyncOptions::default()
            },
        )),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some(completion::triggers(client)),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(formatting::triggers()),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            semantic_tokens::options(),
        )),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        signature_help_provider: Some(signature_help::options()),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_action_provider: client.code_actions.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(
                    [
                        vec![
                            CodeActionKind::QUICKFIX,
                            fix_all::KIND,
                            source_actions::KIND,
                        ],
                        refactorings::KINDS.to_vec(),
                    ]
                    .concat(),
                ),
                ..CodeActionOptions::default()
            })
        }),
        diagnostic_provider: client.pulls_diagnostics.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("pmta-ls".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: WITH_PROGRESS,
            })
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: commands::ALL.map(str::to_owned).to_vec(),
            work_done_progress_options: WITH_PROGRESS,
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(file_operations::capabilities()),
        }),
        ..ServerCapabilities::default()
    };
    navigation::offer(client, &mut offered);
    offered
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn client(capabilities: serde_json::Value) -> Client {
        let params = json!({ "capabilities": capabilities });
        Client::of(&serde_json::from_value(params).unwrap())
    }

    #[test]
    fn a_client_that_says_nothing_gets_what_every_client_can_do() {
        let client = client(json!({}));
        assert_eq!(client, Client::default());
        let offered = server(&client);
        assert!(offered.diagnostic_provider.is_none());
        assert!(offered.code_action_provider.is_none());
    }

    #[test]
    fn the_end_of_a_tag_is_offered_where_typing_does_not_write_it() {
        let asks_behind_tags = |capabilities| {
            let offered = server(&client(capabilities)).completion_provider;
            let signs = offered.and_then(|it| it.trigger_characters);
            signs.is_some_and(|signs| signs.iter().any(|sign| sign == ">"))
        };
        assert!(asks_behind_tags(json!({})));
        let typing = json!({ "onTypeFormatting": {} });
        assert!(!asks_behind_tags(json!({ "textDocument": typing })));
    }

    #[test]
    fn diagnostics_are_pulled_only_by_clients_that_can_be_told_to_ask_again() {
        let pulls = json!({ "diagnostic": {} });
        assert!(!client(json!({ "textDocument": pulls })).pulls_diagnostics);
        let refreshes = json!({ "diagnostics": { "refreshSupport": true } });
        let both = client(json!({ "textDocument": pulls, "workspace": refreshes }));
        assert!(both.pulls_diagnostics);
        assert!(server(&both).diagnostic_provider.is_some());
    }

    #[test]
    fn folders_are_taken_from_what_the_client_names() {
        let read = |params| folders(&serde_json::from_value(params).unwrap());
        let folder = json!([{ "uri": "file:///a%20b", "name": "a b" }]);
        assert_eq!(
            read(json!({ "capabilities": {}, "rootUri": "file:///r", "workspaceFolders": folder })),
            [PathBuf::from("/a b")]
        );
        assert_eq!(
            read(
                json!({ "capabilities": {}, "rootUri": null, "rootPath": "/r", "workspaceFolders": [] })
            ),
            [PathBuf::from("/r")]
        );
        assert!(read(json!({ "capabilities": {}, "rootUri": null })).is_empty());
    }
}
