//! The language server: every method of the protocol that there is, each a few lines long.
//!
//! A notification changes the state before anything is awaited; a request takes a snapshot before
//! anything is awaited. So both happen in the order in which the client sent them.

use std::process::ExitCode;
use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem,
    CompletionParams, CompletionResponse, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    ExecuteCommandParams, FileSystemWatcher, GlobPattern, GotoDefinitionParams,
    GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, LSPAny, Registration, ServerInfo, TextDocumentPositionParams, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
};
use tower_lsp::{Client, LanguageServer, LspService};

use crate::exit::{self, Input, Lifetime};
use crate::files::DiskFiles;
use crate::framing::{Messages, REFUSE};
use crate::publish::Background;
use crate::requests::{Cancellation, Watched, compute};
use crate::settings::ProjectKey;
use crate::state::{Located, Shared, Snapshot};
use crate::{
    capabilities, code_lens, commands, completion, from_proto, log, publish, quick_fixes, sync,
    to_proto,
};

/// Requests that are worked on at a time. Reading goes on meanwhile.
const MOST_AT_A_TIME: usize = 64;

/// Files whose changes matter.
const WATCHED: [&str; 2] = [
    "**/{config,config.dat,config-defaults,pmta-ls.toml}",
    "**/*.{conf,cfg,inc,txt,dat,pmta}",
];

/// The language server.
pub struct Server {
    client: Client,
    state: Shared,
    background: Background,
}

/// Serves one client on standard input and output until it ends.
#[must_use]
pub fn serve() -> ExitCode {
    exit::end_on_panic();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            log::error(format_args!("cannot start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let lifetime = Arc::new(Lifetime::default());
    runtime.block_on(async {
        let (service, socket) = LspService::build(Server::new)
            .custom_method(REFUSE, Server::refuse)
            .finish();
        let client = service.inner().client.clone();
        let service = Watched::new(service, client, Arc::clone(&lifetime));
        let input = Messages::new(Input::new(std::io::stdin(), Arc::clone(&lifetime)));
        tower_lsp::Server::new(input, tokio::io::stdout(), socket)
            .concurrency_level(MOST_AT_A_TIME)
            .serve(service)
            .await;
    });
    // A read of standard input may still be waiting, and nobody wants to wait for that.
    runtime.shutdown_background();
    log::info(format_args!("the end"));
    if lifetime.status() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

impl Server {
    fn new(client: Client) -> Self {
        let state = Shared::default();
        let background = Background::new(client.clone(), state.clone());
        Self {
            client,
            state,
            background,
        }
    }

    /// Answers a request about a document; none if the server does not have it.
    async fn request<T: Send + 'static>(
        &self,
        uri: &Uri,
        answer: impl FnOnce(&Snapshot, &Cancellation) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let snapshot = self.state.lock().snapshot(uri);
        let Some(snapshot) = snapshot else {
            log::debug(format_args!("{} is not known", uri.as_str()));
            return Ok(None);
        };
        compute(move |cancellation| answer(&snapshot, cancellation))
            .await
            .map(Some)
    }

    /// Answers what was no message.
    async fn refuse(&self, (is_json,): (bool,)) -> Result<()> {
        Err(if is_json {
            Error::invalid_request()
        } else {
            Error::parse_error()
        })
    }

    /// Finds out where a document lies.
    fn locate(&self, uri: &Uri) -> Located {
        let folders = self.state.lock().folders().to_vec();
        Located {
            file: from_proto::path(uri).map(|path| {
                let key = ProjectKey::of(&path, &folders, &DiskFiles::default());
                (path, key)
            }),
        }
    }

    /// Lets all open files find their projects anew, and looks at the disk again.
    fn look_again(&self) {
        let (folders, files) = {
            let state = self.state.lock();
            let files = state
                .open_files()
                .map(|(uri, path)| (uri.clone(), path.to_path_buf()));
            (state.folders().to_vec(), files.collect::<Vec<_>>())
        };
        let disk = DiskFiles::default();
        let keys = files.into_iter().map(|(uri, path)| {
            let key = ProjectKey::of(&path, &folders, &disk);
            (uri, key)
        });
        let keys: Vec<_> = keys.collect();
        let mut state = self.state.lock();
        for (uri, key) in keys {
            state.relocate(&uri, key);
        }
        state.disk_changed();
        drop(state);
        self.background.look_around();
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = capabilities::Client::of(&params);
        let capabilities = capabilities::server(&client);
        self.state
            .lock()
            .connect(client, capabilities::folders(&params));
        self.background.start();
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
        let client = self.client.clone();
        tokio::spawn(async move {
            if let Err(error) = client.register_capability(vec![registration]).await {
                log::warn(format_args!("the client does not watch files: {error}"));
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
        sync::change(&mut self.state.lock(), params);
        self.background.call();
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        sync::close(&mut self.state.lock(), &params);
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

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[tower_lsp::ls_types::WorkspaceFolder]| -> Vec<_> {
            folders
                .iter()
                .filter_map(|folder| from_proto::path(&folder.uri))
                .collect()
        };
        let (removed, added) = (paths(&params.event.removed), paths(&params.event.added));
        self.state.lock().change_folders(&removed, added);
        self.look_again();
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let found = self.request(&text_document.uri, move |snapshot, _| {
            let at = from_proto::position(snapshot, position);
            let hover = pmta_analysis::hover::hover(&snapshot.workspace, at)?;
            Some(to_proto::hover(snapshot, &hover))
        });
        Ok(found.await?.flatten())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let uri = params.text_document_position.text_document.uri.clone();
        let found = self.request(&uri, move |snapshot, _| {
            completion::completion(snapshot, &params)
        });
        Ok(found.await?.map(CompletionResponse::List))
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let client = self.state.lock().client().clone();
        compute(move |_| completion::resolve(&client, item)).await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams {
            text_document,
            position,
        } = params.text_document_position_params;
        let found = self.request(&text_document.uri, move |snapshot, _| {
            let at = from_proto::position(snapshot, position);
            let found = pmta_analysis::definition::definition(&snapshot.workspace, at);
            to_proto::definitions(snapshot, &found)
        });
        Ok(found.await?.flatten())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.request(&uri, move |snapshot, _| {
            let mut actions = quick_fixes::quick_fixes(snapshot, &params);
            actions.extend(quick_fixes::traces(snapshot, &params));
            actions
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = params.text_document.uri;
        self.request(&uri, |snapshot, _| code_lens::code_lenses(snapshot))
            .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        let Some(uri) = commands::document(&params.arguments) else {
            return Ok(None);
        };
        let answer = self.request(&uri, move |snapshot, _| {
            commands::run(snapshot, &params.command, &params.arguments)
        });
        Ok(answer.await?.flatten())
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let report = self.request(&params.text_document.uri, move |snapshot, _| {
            publish::document_report(snapshot, previous.as_deref())
        });
        let report = report.await?;
        let report = report.unwrap_or_else(|| DocumentDiagnosticReport::Full(Default::default()));
        Ok(DocumentDiagnosticReportResult::Report(report))
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
        let items = compute(move |cancellation| {
            publish::workspace_report(&snapshots, params.previous_result_ids, cancellation)
        });
        let report = WorkspaceDiagnosticReport {
            items: items.await?,
        };
        Ok(WorkspaceDiagnosticReportResult::Report(report))
    }
}
