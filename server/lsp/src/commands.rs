//! Commands: what code lenses and code actions call.
//!
//! Each answers with a text, which an editor shows as it likes.

use std::net::{IpAddr, SocketAddr};

use pmta_analysis::inheritance::{self, Queue};
use pmta_analysis::routing::{self, Message};
use pmta_analysis::view::View;
use pmta_analysis::workspace::{FileId, FilePosition};
use ropey::Rope;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::ls_types::{Position, Uri};

use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// Shows the effective settings of a queue.
pub const EFFECTIVE_SETTINGS: &str = "pmta-ls.effectiveSettings";
/// Follows a message through the configuration.
pub const TRACE: &str = "pmta-ls.trace";
/// All commands.
pub const ALL: [&str; 2] = [EFFECTIVE_SETTINGS, TRACE];

/// The document that a command is about.
#[must_use]
pub fn document(arguments: &[Value]) -> Option<Uri> {
    serde_json::from_value(arguments.first()?.get("uri")?.clone()).ok()
}

/// Runs a command; none if there is no such command, or nothing to answer.
#[must_use]
pub fn run(snapshot: &Snapshot, command: &str, arguments: &[Value]) -> Option<Value> {
    let argument = arguments.first()?.clone();
    match command {
        EFFECTIVE_SETTINGS => effective_settings(snapshot, argument),
        TRACE => trace(snapshot, argument),
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

fn effective_settings(snapshot: &Snapshot, argument: Value) -> Option<Value> {
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
    let view = inheritance::view(workspace, &effective, &name, asked.all);
    let links = links(snapshot, &view);
    Some(json!({ "queue": queue.to_string(), "text": view.text, "links": links }))
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

fn trace(snapshot: &Snapshot, argument: Value) -> Option<Value> {
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
    let view = routing::view(workspace, &message, &route, &name);
    let links = links(snapshot, &view);
    Some(json!({ "text": view.text, "links": links }))
}

/// The lines of files that a text names: where in the text, and where they are.
fn links(snapshot: &Snapshot, view: &View) -> Vec<Value> {
    let rope = Rope::from_str(&view.text);
    let links = view.links.iter().filter_map(|link| {
        let range = snapshot.client.encoding.range(&rope, link.range);
        let target = to_proto::location(snapshot, link.target)?;
        Some(json!({ "range": range, "target": target }))
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
