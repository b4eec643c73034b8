//! Effective settings and routes of any message through any configuration, in bounded time whatever
//! the patterns are.

use std::hint::black_box;
use std::path::PathBuf;

use pmta_analysis::document::Document;
use pmta_analysis::inheritance::{self, Queue};
use pmta_analysis::routing::{self, Message, route};
use pmta_analysis::workspace::Workspace;

use crate::input::Input;

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let address = |input: &mut Input<'_>| {
        let length = usize::from(input.byte()) % 24;
        let given = input.text(length);
        match input.byte() % 4 {
            0 => "news@example.com".to_owned(),
            1 => format!("a@{given}"),
            2 => "a".repeat(2_000) + "@gmail.com",
            _ => given,
        }
    };
    let message = Message {
        client: Some([192, 0, 2, 1].into()),
        listener: Some(([192, 0, 2, 2], 25).into()),
        mail_from: address(&mut input),
        rcpt_to: address(&mut input),
        user: Some("u".to_owned()),
        headers: vec![("X-virtual-mta".to_owned(), address(&mut input))],
    };
    let queue = Queue::parse(&address(&mut input));
    let document = Document::from_bytes(input.bytes());
    let (workspace, _) = Workspace::alone(PathBuf::from("/etc/pmta/config"), document);
    let name = |_| "config".to_owned();
    for root in workspace.roots() {
        let found = route(&workspace, root, &message);
        black_box(routing::human(&workspace, &message, &found, &name));
        black_box(routing::view(&workspace, &message, &found, &name));
        let effective = inheritance::settings(&workspace, root, &queue);
        black_box(inheritance::human(&workspace, &effective, &name, true));
        black_box(inheritance::plain(&effective));
        black_box(inheritance::view(&workspace, &effective, &name, false));
    }
}
