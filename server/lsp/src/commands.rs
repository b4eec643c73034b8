//! Commands: what code lenses and code actions call.
//!
//! Most answer with a text to read; [`crate::views`] is about how it is shown.

use std::net::{IpAddr, SocketAddr};

use pmta_analysis::inheritance::{self, Queue};
use pmta_analysis::routing::{self, Message};
use pmta_analysis::workspace::{FileId, FilePosition};
use ropey::Rope;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::ls_types::{Position, Uri};

use crate::state::Snapshot;
use crate::views::{Link, View};
use crate::{from_proto, to_proto};

/// Shows the effective settings of a queue.
pub const EFFECTIVE_SETTINGS: &str = "pmta-ls.effectiveSettings";
/// Follows a message through the configuration.
pub const TRACE: &str = "pmta-ls.trace";
/// Shows the syntax tree of a document, for people who work on the grammar.
pub const SYNTAX_TREE: &str = "pmta-ls.syntaxTree";
/// Makes all safe fixes in all files.
pub const FIX_ALL: &str = "pmta-ls.fixAll";
/// Reads all files again from the disk.
pub const RELOAD: &str = "pmta-ls.reload";
/// All commands.
pub const ALL: [&str; 5] = [EFFECTIVE_SETTINGS, TRACE, SYNTAX_TREE, FIX_ALL, RELOAD];

/// The document that a command is about.
#[must_use]
pub fn document(arguments: &[Value]) -> Option<Uri> {
    serde_json::from_value(arguments.first()?.get("uri")?.clone()).ok()
}

/// The text that a command shows; none if there is no such command, or nothing to show.
#[must_use]
pub fn view(snapshot: &Snapshot, command: &str, arguments: &[Value]) -> Option<View> {
    let argument = || arguments.first().cloned();
    match command {
        EFFECTIVE_SETTINGS => effective_settings(snapshot, argument()?),
        TRACE => trace(snapshot, argument()?),
        SYNTAX_TREE => Some(View {
            title: format!("Syntax tree of {}", name(snapshot, snapshot.file)),
            text: snapshot.document.syntax_tree(),
            links: Vec::new(),
            queue: None,
        }),
        _ => None,
    }
}

/// What `pmta-ls.effectiveSettings` is asked: a queue, or a place in the document.
#[derive(Deserialize)]
struct AskedQueue {
    queue: Option<String>,
    position: Option<Position>,
    #[serde(default)]
    all: bool,
}

fn effective_settings(snapshot: &Snapshot, argument: Value) -> Option<View> {
    let asked: AskedQueue = serde_json::from_value(argument).ok()?;
    let queue = match asked.queue {
        Some(queue) => Queue::parse(&queue),
        None => {
            let at: FilePosition = from_proto::position(snapshot, asked.position?);
            inheritance::queue_at(&snapshot.workspace, at)?
        }
    };
    let workspace = &snapshot.workspace;
    let root = workspace.roots_with(snapshot.file).next()?;
    let effective = inheritance::settings(workspace, root, &queue);
    let name = |file| name(snapshot, file);
    let shown = inheritance::view(workspace, &effective, &name, asked.all);
    Some(View {
        title: format!("Effective settings of {queue}"),
        links: links(snapshot, &shown),
        text: shown.text,
        queue: Some(queue.to_string()),
    })
}

/// What `pmta-ls.trace` is asked.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct AskedMessage {
    mail_from: String,
    rcpt_to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<IpAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listener: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<(String, String)>,
}

/// The argument that asks for the route of a message.
#[must_use]
pub fn trace_argument(snapshot: &Snapshot, message: Message) -> Value {
    let asked = AskedMessage {
        mail_from: message.mail_from,
        rcpt_to: message.rcpt_to,
        source: message.client,
        listener: message.listener,
        user: message.user,
        headers: message.headers,
    };
    let mut argument = json!(asked);
    if let Some(argument) = argument.as_object_mut() {
        argument.insert("uri".to_owned(), json!(snapshot.uri));
    }
    argument
}

fn trace(snapshot: &Snapshot, argument: Value) -> Option<View> {
    let asked: AskedMessage = serde_json::from_value(argument).ok()?;
    let message = Message {
        client: asked.source,
        listener: asked.listener,
        user: asked.user,
        mail_from: asked.mail_from,
        rcpt_to: asked.rcpt_to,
        headers: asked.headers,
    };
    let workspace = &snapshot.workspace;
    let root = workspace.roots_with(snapshot.file).next()?;
    let route = routing::route(workspace, root, &message);
    let name = |file| name(snapshot, file);
    let shown = routing::view(workspace, &message, &route, &name);
    Some(View {
        title: format!("Route from {} to {}", message.mail_from, message.rcpt_to),
        links: links(snapshot, &shown),
        text: shown.text,
        queue: None,
    })
}

/// The lines of files that a text names.
fn links(snapshot: &Snapshot, shown: &pmta_analysis::view::View) -> Vec<Link> {
    let rope = Rope::from_str(&shown.text);
    let links = shown.links.iter().filter_map(|link| {
        Some(Link {
            range: snapshot.client.encoding.range(&rope, link.range),
            target: to_proto::location(snapshot, link.target)?,
        })
    });
    links.collect()
}

/// The path of a file, by which editors open it.
fn name(snapshot: &Snapshot, file: FileId) -> String {
    let path = snapshot.workspace.path(file);
    path.map_or_else(
        || snapshot.uri.as_str().to_owned(),
        |path| path.display().to_string(),
    )
}
