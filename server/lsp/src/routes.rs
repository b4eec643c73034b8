//! The routes of mail as the call hierarchy of clients.
//!
//! An item is found again by where its name stands, so what a client sends back may be out of date
//! without harm.

use pmta_analysis::call_hierarchy::{self, Route};
use pmta_analysis::text::TextRange;
use pmta_analysis::workspace::{FileId, FilePosition, FileRange};
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Range,
};

use crate::state::Snapshot;
use crate::{from_proto, symbols, to_proto};

/// What mail passes at a position.
#[must_use]
pub fn prepare(snapshot: &Snapshot, at: FilePosition) -> Option<Vec<CallHierarchyItem>> {
    let found = call_hierarchy::prepare(&snapshot.workspace, at);
    let items: Vec<_> = found.iter().filter_map(|it| item(snapshot, it)).collect();
    (!items.is_empty()).then_some(items)
}

/// What leads to an item.
#[must_use]
pub fn incoming(snapshot: &Snapshot, of: &CallHierarchyItem) -> Vec<CallHierarchyIncomingCall> {
    let at = from_proto::position(snapshot, of.selection_range.start);
    let found = call_hierarchy::incoming(&snapshot.workspace, at);
    let calls = found.iter().filter_map(|call| {
        Some(CallHierarchyIncomingCall {
            from: item(snapshot, &call.route)?,
            from_ranges: ranges(snapshot, call.route.at.file, &call.sites),
        })
    });
    calls.collect()
}

/// Where an item leads.
#[must_use]
pub fn outgoing(snapshot: &Snapshot, of: &CallHierarchyItem) -> Vec<CallHierarchyOutgoingCall> {
    let at = from_proto::position(snapshot, of.selection_range.start);
    let found = call_hierarchy::outgoing(&snapshot.workspace, at);
    let calls = found.iter().filter_map(|call| {
        Some(CallHierarchyOutgoingCall {
            to: item(snapshot, &call.route)?,
            from_ranges: ranges(snapshot, snapshot.file, &call.sites),
        })
    });
    calls.collect()
}

fn item(snapshot: &Snapshot, route: &Route) -> Option<CallHierarchyItem> {
    let whole = to_proto::location(snapshot, route.at)?;
    Some(CallHierarchyItem {
        name: route.name.clone(),
        kind: symbols::kind(route.kind),
        tags: None,
        detail: Some(route.detail.clone()).filter(|it| !it.is_empty()),
        uri: whole.uri,
        range: whole.range,
        selection_range: to_proto::location(snapshot, route.name_at)?.range,
        data: None,
    })
}

fn ranges(snapshot: &Snapshot, file: FileId, sites: &[TextRange]) -> Vec<Range> {
    let sites = sites.iter().filter_map(|range| {
        let at = FileRange {
            file,
            range: *range,
        };
        to_proto::location(snapshot, at).map(|it| it.range)
    });
    sites.collect()
}
