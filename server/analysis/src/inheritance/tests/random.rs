//! Random deployments: the reference agrees, and finds planted errors.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::super::precedence::{Criterion, DOCUMENTED};
use super::super::{Effective, Queue, of_queue_by, reference};
use crate::deployment::Deployment;
use crate::document::Document;
use crate::workspace::Workspace;

/// Settings that the deployments have: with and without a default, some that `""` clears, and some on
/// which it depends where mail goes.
const SETTINGS: [&str; 6] = [
    "max-smtp-out",
    "max-msg-rate",
    "smtp-hosts",
    "bounce-after",
    "queue-to",
    "disable-mx-rollup",
];
const MACROS: &str = "domain-macro tld com, co.uk\ndomain-macro isp yahoo, aol.$tld, b\n";

/// A `<domain>` section.
fn section() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "yahoo.com",
        "a.yahoo.com",
        "b.a.yahoo.com",
        "com",
        "co.uk",
        "yahoo.$tld",
        "a.yahoo.$tld",
        "$isp.com",
        "$isp.a.yahoo.com",
        "A.Yahoo.com",
        "aol.co.uk",
        "relay",
        "big.rollup",
    ]);
    let pattern = (0_usize..4, name).prop_map(|(form, name)| match form {
        0 => "*".to_owned(),
        1 => format!("*.{name}"),
        2 => format!("[*.]{name}"),
        _ => name.to_owned(),
    });
    let line = (0..SETTINGS.len(), 0..4_u8).prop_map(|(setting, number)| match SETTINGS[setting] {
        "smtp-hosts" if number == 0 => "smtp-hosts \"\"".to_owned(),
        "smtp-hosts" => format!("smtp-hosts h{number}.example.com"),
        "max-msg-rate" => format!("max-msg-rate {}/h", number + 1),
        "bounce-after" => format!("bounce-after {}h", number + 1),
        "queue-to" => {
            let targets = ["relay", "\"\"", "\"big.rollup\"", "yahoo.com"];
            format!("queue-to {}", targets[usize::from(number)])
        }
        "disable-mx-rollup" if number < 2 => "disable-mx-rollup yes".to_owned(),
        "disable-mx-rollup" => "disable-mx-rollup no".to_owned(),
        name => format!("{name} {number}"),
    });
    (pattern, prop::collection::vec(line, 1..4)).prop_map(|(pattern, lines)| {
        format!("<domain {pattern}>\n{}\n</domain>\n", lines.join("\n"))
    })
}

/// A deployment of two VirtualMTAs, each of which may be in one of two pools or in both, with up to two
/// lines about mail servers.
fn deployment() -> impl Strategy<Value = String> {
    let sections = |most| prop::collection::vec(section(), 0..most).prop_map(|all| all.concat());
    let parts = (
        sections(6),
        sections(3),
        sections(3),
        sections(3),
        sections(3),
    );
    (parts, 0..4_u8, 0..4_u8, any::<bool>(), 0..3_usize).prop_map(
        |((global, first, second, one, two), pools_of_m, pools_of_n, is_first, servers)| {
            let member = |pool: u8| {
                let names = [("m", pools_of_m), ("n", pools_of_n)];
                let inside = names.iter().filter(|(_, of)| *of & pool != 0);
                inside
                    .map(|(name, _)| format!("virtual-mta {name}\n"))
                    .collect::<String>()
            };
            let pools = format!(
                "<virtual-mta-pool p>\n{}{first}</virtual-mta-pool>\n\
                 <virtual-mta-pool q>\n{}{second}</virtual-mta-pool>\n",
                member(1),
                member(2)
            );
            let lists: String = [
                "mx *.mx.example.com big.rollup",
                "mx mx.example.net small.rollup",
            ]
            .iter()
            .take(servers)
            .map(|line| format!("<mx-rollup-list>\n{line}\n</mx-rollup-list>\n"))
            .collect();
            let virtual_mtas = format!(
                "<virtual-mta m>\n{one}</virtual-mta>\n<virtual-mta n>\n{two}</virtual-mta>\n"
            );
            if is_first {
                format!("{lists}{MACROS}{global}{virtual_mtas}{pools}")
            } else {
                format!("{pools}{virtual_mtas}{MACROS}{global}{lists}")
            }
        },
    )
}

/// Queues that are asked for.
const QUEUES: [&str; 7] = [
    "yahoo.com/m",
    "a.yahoo.com/m",
    "b.a.yahoo.com/n",
    "yahoo.co.uk/n",
    "aol.co.uk.com/m",
    "aol.co.uk/{default}",
    "example.com/n",
];

/// The first disagreement between reference and what these criteria give.
fn disagreement(text: &str, criteria: &[Criterion]) -> Option<String> {
    let (workspace, _) = Workspace::alone(PathBuf::from("/etc/pmta/config"), Document::new(text));
    let deployment = Deployment::new(&workspace, &workspace.roots()[0]);
    for asked in QUEUES {
        let queue = Queue::parse(asked);
        let effective = of_queue_by(criteria, &deployment, &queue);
        let name = reference::queue(text, &queue.domain, &queue.virtual_mta);
        if effective.queue.domain != name {
            let found = effective.queue.domain;
            return Some(format!("{asked} goes to {found}, not to {name}\n{text}"));
        }
        for setting in SETTINGS {
            let expected = reference::value(text, &name, &queue.virtual_mta, setting);
            let value = effective.setting(setting).filter(|value| value.is_set());
            let found = value.map(|value| value.plain());
            if found != expected {
                return Some(format!(
                    "{asked} {setting}: {found:?}, not {expected:?}\n{text}"
                ));
            }
        }
        let expected = reference::rollups(text, &name, &queue.virtual_mta);
        if !has_rollups(&effective, &expected) {
            let notes = &effective.notes;
            return Some(format!("{asked}: {notes:?}, not {expected:?}\n{text}"));
        }
    }
    None
}

/// Whether the notes about mail servers are these, in this order.
fn has_rollups(effective: &Effective, expected: &[(String, String)]) -> bool {
    let notes = effective.notes.iter().map(|note| note.text.as_str());
    let about_servers = notes.filter(|note| note.contains(" match "));
    about_servers.eq(expected.iter().map(|(servers, queue)| {
        let domain = &effective.queue.domain;
        format!(
            "If the mail servers of {domain} match {servers}, its mail goes into the queue {queue}."
        )
    }))
}

/// Tries this many random deployments, always the same ones.
fn first_disagreement(cases: u32, criteria: &'static [Criterion]) -> Option<String> {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    let tried = runner.run(&deployment(), |text| match disagreement(&text, criteria) {
        Some(found) => Err(TestCaseError::fail(found)),
        None => Ok(()),
    });
    tried.err().map(|error| error.to_string())
}

#[test]
fn the_reference_agrees_on_random_deployments() {
    assert_eq!(first_disagreement(10_000, &DOCUMENTED), None);
}

/// Errors that one could make, each of which random deployments bring to light.
#[test]
fn planted_errors_are_found() {
    use Criterion::{Form, Length, Named, Owner, Reading, Scope};
    const PLANTED: [(&str, &[Criterion]); 6] = [
        (
            "top level before VirtualMTA",
            &[Owner, Length, Form, Named, Reading, Scope],
        ),
        (
            "pools make no difference",
            &[Scope, Length, Form, Named, Reading],
        ),
        (
            "the form alone says how narrow a set is",
            &[Scope, Owner, Form, Length, Named, Reading],
        ),
        (
            "forms make no difference",
            &[Scope, Owner, Length, Named, Reading, Form],
        ),
        (
            "macros before names",
            &[Scope, Owner, Length, Form, Reading, Named],
        ),
        (
            "the first of two equal sections counts",
            &[Scope, Owner, Length, Form, Named],
        ),
    ];
    for (error, criteria) in PLANTED {
        assert!(first_disagreement(1_000, criteria).is_some(), "{error}");
    }
}
