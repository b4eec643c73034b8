//! How the settings of `<source>` sections go together, each with the line that counts.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use crate::deployment::Deployment;
use crate::fixture::root_of;
use crate::inheritance::{Client, Scope, place, submission};

/// All that lines set for what a client hands in, with the lines.
fn check(text: &str, client: &Client, expected: Expect) {
    let workspace = root_of(text);
    let deployment = Deployment::new(&workspace, &workspace.roots()[0]);
    let submission = submission(&deployment, client);
    let mut shown = String::new();
    for value in submission.settings.iter().filter(|value| value.is_set()) {
        let at = |range| place(&workspace, range, &|_| "config".to_owned());
        let name = value.directive.name;
        let _ = write!(shown, "{name} {} {}", value.text, at(value.at().unwrap()));
        for other in &value.overridden {
            let _ = write!(shown, ", instead of {} {}", other.text, at(other.at));
        }
        if let Some(doubt) = value.doubt {
            let _ = write!(shown, ", {doubt:?}");
        }
        shown.push('\n');
    }
    expected.assert_eq(&shown);
}

fn client(address: &str) -> Client {
    Client {
        address: address.parse().ok(),
        ..Client::default()
    }
}

/// Sources for ranges of addresses, broad ones behind narrow ones, and two with names.
const SOURCES: &str = "\
<source 10.1.2.3>
    default-virtual-mta one
</source>
<source 10/8>
    default-virtual-mta ten
    add-date-header yes
    max-message-size 10M
</source>
<source 0/0>
    default-virtual-mta all
    add-date-header no
    max-message-size 1M
    log-connections no
</source>
<source submission>
    max-message-size 50M
    require-auth yes
</source>
<source {auth}>
    require-auth no
    log-commands yes
</source>
";

#[test]
fn narrower_ranges_go_before_broader_ones_and_take_the_rest_from_them() {
    check(
        SOURCES,
        &client("10.1.2.3"),
        expect![[r#"
        add-date-header yes config:6, instead of no config:11
        default-virtual-mta one config:2, instead of ten config:5, instead of all config:10
        log-connections no config:13
        max-message-size 10M config:7, instead of 1M config:12
    "#]],
    );
    check(
        SOURCES,
        &client("10.9.9.9"),
        expect![[r#"
        add-date-header yes config:6, instead of no config:11
        default-virtual-mta ten config:5, instead of all config:10
        log-connections no config:13
        max-message-size 10M config:7, instead of 1M config:12
    "#]],
    );
    check(
        SOURCES,
        &client("2001:db8::1"),
        expect![[r#"
        add-date-header no config:11
        default-virtual-mta all config:10
        log-connections no config:13
        max-message-size 1M config:12
    "#]],
    );
}

#[test]
fn a_source_that_is_named_goes_before_those_for_the_address() {
    let by_listener = Client {
        listener_source: Some("submission".to_owned()),
        ..client("10.9.9.9")
    };
    check(
        SOURCES,
        &by_listener,
        expect![[r#"
        add-date-header yes config:6, instead of no config:11
        default-virtual-mta ten config:5, instead of all config:10
        log-connections no config:13
        max-message-size 50M config:16, instead of 10M config:7, instead of 1M config:12
        require-auth yes config:17
    "#]],
    );
    let by_user = Client {
        user_source: Some("{auth}".to_owned()),
        ..by_listener
    };
    check(
        SOURCES,
        &by_user,
        expect![[r#"
        add-date-header yes config:6, instead of no config:11
        default-virtual-mta ten config:5, instead of all config:10
        log-commands yes config:21
        log-connections no config:13
        max-message-size 50M config:16, instead of 10M config:7, instead of 1M config:12
        require-auth no config:20, instead of yes config:17, UserBeforeListener
    "#]],
    );
}

#[test]
fn a_range_that_is_given_twice_is_doubtful() {
    let text = "\
<source 10/8>
    default-virtual-mta one
</source>
<source 10.0.0.0/8>
    default-virtual-mta two
</source>
";
    check(
        text,
        &client("10.9.9.9"),
        expect![[r#"
        default-virtual-mta two config:5, instead of one config:2, GivenTwice
    "#]],
    );
}

#[test]
fn sections_of_one_name_are_told_by_how_they_were_chosen() {
    let workspace = root_of(SOURCES);
    let deployment = Deployment::new(&workspace, &workspace.roots()[0]);
    let by_listener = Client {
        listener_source: Some("submission".to_owned()),
        ..client("10.1.2.3")
    };
    let found = submission(&deployment, &by_listener);
    let sections = found.sections.iter();
    let sections: Vec<(Scope, String)> = sections
        .map(|(scope, section)| (*scope, section.argument()))
        .collect();
    let expected = [
        (Scope::Listener, "submission"),
        (Scope::Address, "10.1.2.3"),
        (Scope::Address, "10/8"),
        (Scope::Address, "0/0"),
    ];
    let expected = expected.map(|(scope, argument)| (scope, argument.to_owned()));
    assert_eq!(sections, expected);
}
