//! The language server: every method of the protocol that there is, each a few lines long.
//!
//! A notification changes the state before anything is awaited; a request takes a snapshot before
//! anything is awaited. So both happen in the order in which the client sent them.

mod commands;

use std::num::NonZero;
use std::ops::RangeInclusive;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use pmta_analysis::file_rename::FileRename;
use pmta_analysis::workspace::FilePosition;
use pmta_analysis::{highlight, linked_editing, references};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams,
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem,
    CompletionParams, CompletionResponse, CreateFilesParams, DeleteFilesParams,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    DocumentFormattingParams, DocumentHighlight, DocumentHighlightParams, DocumentLink,
    DocumentLinkParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FileSystemWatcher,
    FoldingRange, FoldingRangeParams, GlobPattern, GotoDefinitionParams, GotoDefinitionResponse,
    Hover, HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint,
    InlayHintParams, LSPAny, LinkedEditingRangeParams, LinkedEditingRanges, Location, MessageType,
    PrepareRenameResponse, ReferenceParams, Registration, RenameFilesParams, RenameParams,
    SelectionRange, SelectionRangeParams, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult,
    SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, ServerInfo, SignatureHelp, SignatureHelpParams,
    TextDocumentPositionParams, TextEdit, Uri, WillSaveTextDocumentParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::{Client, ClientSocket, LanguageServer, LspService};

use crate::exit::{self, Input, Lifetime};
use crate::files::DiskFiles;
use crate::outbox::Outbox;
use crate::output::Output;
use crate::pace::Pace;
use crate::progress::Progress;
use crate::publish::Background;
use crate::requests::{Cancellation, Watched, Written, compute, compute_apart};
use crate::settings::ProjectKey;
use crate::state::{Located, Shared, Snapshot};
use crate::watch::{self, Watch};
use crate::{
    capabilities, code_lens, completion, configuration, connection, file_operations, formatting,
    from_proto, inlay_hints, links, log, project_file, pull, quick_fixes, refactorings, rename,
    routes, semantic_tokens, settings, settings_lens, signature_help, source_actions, structure,
    survey, symbols, sync, to_proto, views,
};

/// Fewest and most threads that work on requests. Each keeps memory of its own for what it does next, so
/// more of them than a machine can run at once only make the process larger; some may wait for a disk.
const THREADS: RangeInclusive<usize> = 4..=8;

/// How often, and in which distance, it is looked whether the files around a document are known.
const MOST_LOOKS: u32 = 500;
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// Files whose changes matter.
const WATCHED: [&str; 2] = [
    "**/{config,config.dat,config-defaults,pmta-ls.toml}",
    "**/*.{conf,cfg,inc,txt,dat,pmta}",
];

/// Threads that work on requests on this machine.
fn threads() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    cores.clamp(*THREADS.start(), *THREADS.end())
}

/// The language server.
pub struct Server {
    client: Client,
    state: Shared,
    background: Background,
    progress: Progress,
    sent_tokens: semantic_tokens::Sent,
    candidates: completion::Kept,
}

/// Serves one client on standard input and output until it ends.
#[must_use]
pub fn serve() -> ExitCode {
    exit::end_on_panic();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .max_blocking_threads(threads())
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            log::error(format_args!("cannot start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let lifetime = Arc::new(Lifetime::default());
    let input = Input::new(std::io::stdin(), Arc::clone(&lifetime));
    runtime.block_on(serve_between(input, Output::standard(), &lifetime));
    // Whoever waits for a disk may still be waiting, and nobody wants to wait for that.
    runtime.shutdown_background();
    views::remove_all();
    log::info(format_args!("the end"));
    if lifetime.status() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A server without pipes: it takes messages as values, and sends others by the socket.
#[must_use]
pub fn service(
    progress: Progress,
    lifetime: Arc<Lifetime>,
) -> (Watched<LspService<Server>>, ClientSocket) {
    let told = progress.clone();
    let pace = Pace::default();
    let known = pace.clone();
    let (service, socket) = LspService::build(move |client| Server::new(client, progress, known))
        .custom_method(views::METHOD, Server::view)
        .finish();
    let client = service.inner().client.clone();
    (Watched::new(service, client, lifetime, told, pace), socket)
}

/// Serves one client between these streams until the input ends.
pub async fn serve_between(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite,
    lifetime: &Arc<Lifetime>,
) {
    let progress = Progress::new(Outbox::default());
    let outgoing = progress.outbox().clone();
    let (service, socket) = service(progress, Arc::clone(lifetime));
    connection::serve(input, output, outgoing.before(socket), service).await;
}

impl Server {
    fn new(client: Client, progress: Progress, pace: Pace) -> Self {
        let state = Shared::default();
        let background = Background::new(client.clone(), state.clone(), progress.clone(), pace);
        Self {
            client,
            state,
            background,
            progress,
            sent_tokens: semantic_tokens::Sent::default(),
            candidates: completion::Kept::default(),
        }
    }

    /// A document as it is; none if the server does not have it.
    fn snapshot(&self, uri: &Uri) -> Option<Snapshot> {
        let snapshot = self.state.lock().snapshot(uri);
        if snapshot.is_none() {
            log::debug(format_args!("{} is not known", uri.as_str()));
        }
        snapshot
    }

    /// Answers a request about a document; none if the server does not have it.
    async fn request<T: Send + 'static>(
        &self,
        uri: &Uri,
        answer: impl FnOnce(&Snapshot, &Cancellation) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.snapshot(uri) else {
            return Ok(None);
        };
        compute(move |cancellation| answer(&snapshot, cancellation))
            .await
            .map(Some)
    }

    /// Answers a request about a document whose answer has many parts. What comes back is nothing: the
    /// answer is written already.
    async fn written<T: Serialize, A>(
        &self,
        uri: &Uri,
        answer: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<Option<A>> {
        let written = self.request(uri, |snapshot, _| Written::of(&answer(snapshot)));
        if let Some(written) = written.await? {
            written.answer();
        }
        Ok(None)
    }

    /// Answers a request about a place in a document; none if there is nothing to say.
    async fn at<T: Send + 'static>(
        &self,
        place: TextDocumentPositionParams,
        answer: impl FnOnce(&Snapshot, FilePosition) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let found = self.request(&place.text_document.uri, move |snapshot, _| {
            answer(snapshot, from_proto::position(snapshot, place.position))
        });
        Ok(found.await?.flatten())
    }

    /// A document once the files around it are known, or that has taken too long; none if the server
    /// does not have it.
    ///
    /// # Errors
    /// If the document was changed meanwhile: the request is about a text that is no more.
    async fn settled(&self, uri: &Uri) -> Result<Option<(Snapshot, rename::Open)>> {
        let asked = self.state.lock().version(uri);
        let mut looks = 0;
        loop {
            {
                let state = self.state.lock();
                if state.version(uri) != asked {
                    return Err(Error::content_modified());
                }
                let open = state.open_documents(uri);
                if open.is_settled || looks == MOST_LOOKS {
                    return Ok(state.snapshot(uri).map(|snapshot| (snapshot, open)));
                }
            }
            looks = looks.saturating_add(1);
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Finds out where a document lies.
    fn locate(&self, uri: &Uri) -> Located {
        let path = from_proto::path(uri);
        let (folders, editor) = {
            let state = self.state.lock();
            let editor = state.editor_of(path.as_deref()).clone();
            (state.folders().to_vec(), editor)
        };
        let disk = DiskFiles::default();
        let file = path.map(|path| {
            let key = ProjectKey::of(&path, &folders, &disk);
            (path, key)
        });
        let key = file.as_ref().map(|(_, key)| key.clone());
        // What is wrong with the project's settings is told when it is surveyed.
        let (project, _) = settings::read(&key.unwrap_or_default(), &editor, &disk);
        Located {
            file,
            policy: project.policy,
        }
    }

    /// Asks the client for its settings, and to tell when they change, where it can do so.
    fn listen_to_settings(&self) {
        let client = self.state.lock().client().clone();
        if client.tells_settings {
            self.register(Registration {
                id: "settings".to_owned(),
                method: "workspace/didChangeConfiguration".to_owned(),
                register_options: None,
            });
        }
        let (sender, state) = (self.client.clone(), self.state.clone());
        let background = self.background.clone();
        tokio::spawn(async move {
            if client.gives_settings {
                configuration::ask(sender, state, background).await;
            } else {
                configuration::tell(sender, state).await;
            }
        });
    }

    /// Asks the client to tell of something. Nobody waits for its answer.
    fn register(&self, registration: Registration) {
        let client = self.client.clone();
        tokio::spawn(async move {
            let method = registration.method.clone();
            if let Err(error) = client.register_capability(vec![registration]).await {
                log::warn(format_args!("the client does not take {method}: {error}"));
            }
        });
    }

    /// Lets all open files find their projects anew, and looks at the disk again.
    fn look_again(&self) {
        watch::look_again(&self.state, &self.background);
    }

    /// What the renaming of files means for those that include them.
    async fn rename_effect(
        &self,
        renames: Vec<FileRename>,
    ) -> Result<(Option<WorkspaceEdit>, Vec<String>)> {
        let (client, folders) = {
            let state = self.state.lock();
            (state.client().clone(), state.folders().to_vec())
        };
        let disk = DiskFiles::default();
        let mut keys = Vec::new();
        for rename in &renames {
            let key = ProjectKey::of(&rename.from, &folders, &disk);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let (surveys, versions) = {
            let mut state = self.state.lock();
            (state.surveys_of(keys), state.versions())
        };
        compute(move |_| {
            let surveyed: Vec<_> = surveys.into_iter().map(survey::whole).collect();
            file_operations::rename_edit(&surveyed, &renames, &client, &versions)
        })
        .await
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = capabilities::Client::of(&params);
        let capabilities = capabilities::server(&client);
        self.state
            .lock()
            .connect(client, capabilities::folders(&params));
        configuration::begin(&self.state, params.initialization_options.as_ref());
        self.background.start();
        Watch::new(
            self.client.clone(),
            self.state.clone(),
            self.background.clone(),
        )
        .start();
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "pmta-ls".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        log::connect(self.client.clone());
        {
            let state = self.state.lock();
            log::info(format_args!(
                "pmta-ls {} counts columns in {}; folders: {}",
                env!("CARGO_PKG_VERSION"),
                state.client().encoding.kind().as_str(),
                state.folders().len()
            ));
        }
        self.listen_to_settings();
        if !self.state.lock().client().watches_files {
            return;
        }
        let watchers = WATCHED.map(|glob| FileSystemWatcher {
            glob_pattern: GlobPattern::String(glob.to_owned()),
            kind: None,
        });
        let options = DidChangeWatchedFilesRegistrationOptions {
            watchers: watchers.to_vec(),
        };
        let registration = Registration {
            id: "watched-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let (client, state) = (self.client.clone(), self.state.clone());
        let background = self.background.clone();
        tokio::spawn(async move {
            if let Err(error) = client.register_capability(vec![registration]).await {
                log::warn(format_args!("the client does not watch files: {error}"));
                state.lock().client_does_not_watch();
                background.surveyed().notify_one();
            }
        });
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let located = self.locate(&params.text_document.uri);
        sync::open(&mut self.state.lock(), located, params);
        self.background.call();
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        sync::change(&mut self.state.lock_unread(), params);
        self.background.call();
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        sync::close(&mut self.state.lock(), &params);
        self.sent_tokens.forget(&params.text_document.uri);
        self.background.reports().forget(&params.text_document.uri);
        self.background.call();
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        // Not every client watches files for the server: this is when others learn of new ones.
        if !self.state.lock().client().watches_files {
            self.look_again();
        }
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.look_again();
    }

    async fn did_create_files(&self, _: CreateFilesParams) {
        self.look_again();
    }

    async fn did_delete_files(&self, _: DeleteFilesParams) {
        self.look_again();
    }

    async fn did_rename_files(&self, _: RenameFilesParams) {
        self.look_again();
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        let renames = file_operations::renames(&params);
        let (edit, warnings) = self.rename_effect(renames).await?;
        for warning in warnings {
            self.client
                .show_message(MessageType::WARNING, warning)
                .await;
        }
        Ok(edit)
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[tower_lsp::ls_types::WorkspaceFolder]| -> Vec<_> {
            folders
                .iter()
                .filter_map(|folder| from_proto::path(&folder.uri))
                .collect()
        };
        let (removed, added) = (paths(&params.event.removed), paths(&params.event.added));
        let gives_settings = {
            let mut state = self.state.lock();
            state.change_folders(&removed, added);
            state.client().gives_settings
        };
        self.look_again();
        if gives_settings {
            let (client, state) = (self.client.clone(), self.state.clone());
            tokio::spawn(configuration::ask(client, state, self.background.clone()));
        }
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.at(params.text_document_position_params, |snapshot, at| {
            let hover = pmta_analysis::hover::hover(&snapshot.workspace, at)?;
            Some(to_proto::hover(snapshot, &hover))
        })
        .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let uri = &params.text_document_position.text_document.uri;
        let Some(snapshot) = self.snapshot(uri) else {
            return Ok(None);
        };
        let asked = Arc::new((snapshot, params));
        let again = Arc::clone(&asked);
        let candidates = self.candidates.clone();
        let found = compute(move |_| {
            let list = completion::without_disk(&asked.0, &asked.1)?;
            Some(Written::json(list.write(&candidates)))
        });
        let written = match found.await? {
            Some(written) => written,
            None => {
                let candidates = self.candidates.clone();
                let found = compute_apart(move |_| {
                    let list = completion::completion(&again.0, &again.1);
                    Written::json(list.write(&candidates))
                });
                found.await?
            }
        };
        written.answer();
        Ok(None)
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let client = self.state.lock().client().clone();
        compute(move |_| completion::resolve(&client, item)).await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        self.at(params.text_document_position_params, |snapshot, at| {
            let found = pmta_analysis::definition::definition(&snapshot.workspace, at);
            to_proto::definitions(snapshot, &found)
        })
        .await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let with_definitions = params.context.include_declaration;
        let found = self.at(params.text_document_position, move |snapshot, at| {
            let found = references::references(&snapshot.workspace, at, with_definitions);
            let places = found.into_iter();
            let places = places.filter_map(|at| to_proto::location(snapshot, at));
            Some(places.collect())
        });
        let outbox = self.progress.outbox();
        let in_parts = |all| outbox.in_parts(&params.partial_result_params, all);
        Ok(found.await?.map(in_parts))
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.at(params.text_document_position_params, |snapshot, at| {
            let found = highlight::highlights(&snapshot.workspace, at).into_iter();
            Some(found.map(|it| to_proto::highlight(snapshot, it)).collect())
        })
        .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let Some((snapshot, open)) = self.settled(&params.text_document.uri).await? else {
            return Ok(None);
        };
        let found = compute(move |_| rename::prepare(&snapshot, &open, params.position));
        found.await?.map_err(rename::error)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position;
        let Some((snapshot, open)) = self.settled(&text_document.uri).await? else {
            return Ok(None);
        };
        let found = compute(move |_| rename::rename(&snapshot, &open, position, &params.new_name));
        let Some(renamed) = found.await?.map_err(rename::error)? else {
            return Ok(None);
        };
        if let Some(remark) = renamed.remark {
            self.client.show_message(MessageType::INFO, remark).await;
        }
        Ok(Some(renamed.edit))
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.written(&params.text_document.uri, symbols::document_symbols)
            .await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        let (files, encoding) = {
            let state = self.state.lock();
            (state.all_files(), state.client().encoding)
        };
        let query = params.query;
        let found = compute(move |_| symbols::workspace_symbols(&files, encoding, &query)).await?;
        let outbox = self.progress.outbox();
        let found = outbox.in_parts(&params.partial_result_params, found);
        Ok(Some(WorkspaceSymbolResponse::Nested(found)))
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.at(params.text_document_position_params, routes::prepare)
            .await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let item = params.item;
        self.request(&item.uri.clone(), move |snapshot, _| {
            routes::incoming(snapshot, &item)
        })
        .await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let item = params.item;
        self.request(&item.uri.clone(), move |snapshot, _| {
            routes::outgoing(snapshot, &item)
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.request(&params.text_document.uri, links::links).await
    }

    async fn linked_editing_range(
        &self,
        params: LinkedEditingRangeParams,
    ) -> Result<Option<LinkedEditingRanges>> {
        self.at(params.text_document_position_params, |snapshot, at| {
            let ranges = linked_editing::linked_ranges(&snapshot.workspace, at)?;
            let ranges = ranges.map(|range| to_proto::range(snapshot, range));
            Some(LinkedEditingRanges {
                ranges: ranges.to_vec(),
                word_pattern: Some("[A-Za-z0-9_-]+".to_owned()),
            })
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.request(&params.text_document.uri, |snapshot, _| {
            let mut lenses = code_lens::lenses(snapshot);
            lenses.extend(settings_lens::lenses(snapshot));
            lenses
        })
        .await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        let Some(uri) = code_lens::document(&lens) else {
            return Ok(lens);
        };
        let counted = lens.clone();
        let found = self.request(&uri, move |snapshot, _| {
            code_lens::resolve(snapshot, counted)
        });
        Ok(found.await?.unwrap_or(lens))
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        let looks = self.background.reports().looks.clone();
        self.request(&uri, move |snapshot, _| {
            let findings = quick_fixes::asked(snapshot, &params, &looks);
            let mut actions = quick_fixes::quick_fixes(snapshot, &params, &findings);
            actions.extend(file_operations::creations(snapshot, &findings));
            actions.extend(refactorings::refactorings(snapshot, &params));
            actions.extend(quick_fixes::traces(snapshot, &params));
            actions.extend(source_actions::actions(snapshot, &params));
            // What repairs comes before what hides.
            actions.extend(quick_fixes::ignores(snapshot, &findings));
            actions
        })
        .await
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let settings = {
            let state = self.state.lock();
            let file = state.project_file(&params.text_document.uri).cloned();
            file.map(|file| (file, state.client().clone()))
        };
        if let Some((file, client)) = settings {
            let items = compute(move |_| project_file::diagnostics(&file, &client)).await?;
            let report = pull::report(items, previous.as_deref(), None);
            return Ok(DocumentDiagnosticReportResult::Report(report));
        }
        let uri = params.text_document.uri;
        let affected = self.state.lock().take_affected(&uri);
        let reports = self.background.reports().clone();
        let report = self.written::<_, ()>(&uri, move |snapshot| {
            reports.document(snapshot, &affected, previous.as_deref())
        });
        report.await?;
        self.background.call_if_postponed();
        // What there is to say of a document that the server does not have.
        let none = DocumentDiagnosticReport::Full(Default::default());
        Ok(DocumentDiagnosticReportResult::Report(none))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let (snapshots, is_first) = {
            let mut state = self.state.lock();
            let is_first = state.see_workspace_pull();
            (state.snapshots(), is_first)
        };
        if is_first {
            self.background.call();
        }
        let progress = self.progress.clone();
        let reports = self.background.reports().clone();
        let items = compute(move |cancellation| {
            reports.workspace(&snapshots, params, cancellation, &progress)
        });
        let report = WorkspaceDiagnosticReport {
            items: items.await?,
        };
        self.background.call_if_postponed();
        Ok(WorkspaceDiagnosticReportResult::Report(report))
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.request(&params.text_document.uri, move |snapshot, _| {
            formatting::document(snapshot, &params.options)
        })
        .await
    }

    async fn range_formatting(
        &self,
        params: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let uri = params.text_document.uri.clone();
        self.request(&uri, move |snapshot, _| {
            formatting::range(snapshot, &params)
        })
        .await
    }

    async fn will_save_wait_until(
        &self,
        params: WillSaveTextDocumentParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let edits = self.request(&params.text_document.uri, |snapshot, _| {
            formatting::on_save(snapshot)
        });
        Ok(edits.await?.flatten())
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let uri = params.text_document_position.text_document.uri.clone();
        self.request(&uri, move |snapshot, _| {
            formatting::on_type(snapshot, &params)
        })
        .await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let sent = self.sent_tokens.clone();
        self.written(&params.text_document.uri, move |snapshot| {
            semantic_tokens::full(snapshot, &sent)
        })
        .await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let sent = self.sent_tokens.clone();
        let previous = params.previous_result_id;
        self.written(&params.text_document.uri, move |snapshot| {
            semantic_tokens::delta(snapshot, &sent, &previous)
        })
        .await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let tokens = self.request(&params.text_document.uri, move |snapshot, _| {
            semantic_tokens::range(snapshot, params.range)
        });
        Ok(tokens.await?.map(SemanticTokensRangeResult::Tokens))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.written(&params.text_document.uri, structure::folding)
            .await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.request(&params.text_document.uri, move |snapshot, _| {
            structure::selection(snapshot, &positions)
        })
        .await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let place = params.text_document_position_params;
        self.at(place, signature_help::signature_help).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.request(&params.text_document.uri, move |snapshot, _| {
            inlay_hints::hints(snapshot, params.range)
        })
        .await
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let (client, state) = (self.client.clone(), self.state.clone());
        let background = self.background.clone();
        if self.state.lock().client().gives_settings {
            tokio::spawn(configuration::ask(client, state, background));
        } else {
            configuration::take(&client, &state, &background, &params.settings);
            tokio::spawn(configuration::tell(client, state));
        }
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        self.run(params).await
    }
}
