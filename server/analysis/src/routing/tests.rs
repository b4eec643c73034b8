//! Routes through small configurations, each step with its line.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use expect_test::{Expect, expect};

use super::{Message, Outcome, human, route};
use crate::fixture::root_of;

/// A message from this sender to a domain for which nothing special is set.
fn message(mail_from: &str) -> Message {
    Message {
        client: Some("192.0.2.9".parse().unwrap()),
        mail_from: mail_from.to_owned(),
        rcpt_to: "you@example.org".to_owned(),
        ..Message::default()
    }
}

/// The steps and the end of a message's route.
fn check(text: &str, message: &Message, expected: Expect) {
    let workspace = root_of(text);
    let route = route(&workspace, &workspace.roots()[0], message);
    let name = |_| "config".to_owned();
    expected.assert_eq(&human(&workspace, message, &route, &name));
}

/// Mail from one network may go anywhere, and a list chooses the VirtualMTA.
const LISTS: &str = "\
<source 192.0.2/24>
    always-allow-relaying yes
    pattern-list first
    default-virtual-mta rest
</source>
<pattern-list first>
    mail-from /^news@/ virtual-mta=news,recipient-priority=10
    mail-from /^NEWS@/ virtual-mta=late
    mail-from /@shop\\./ <pattern-list>
        header x-class /bulk/ virtual-mta=bulk
        rcpt-to /@example\\.net$/ virtual-mta=late
    </pattern-list>
    mail-from /^called@/ call-to: second
    mail-from /^(a+)+c$/ virtual-mta=late
</pattern-list>
<pattern-list second>
    header x-class /^\\s*one$/ virtual-mta=rest
    mail-from // virtual-mta=news
</pattern-list>
<virtual-mta news>
</virtual-mta>
<virtual-mta late>
</virtual-mta>
<virtual-mta bulk>
</virtual-mta>
<virtual-mta rest>
</virtual-mta>
";

#[test]
fn the_first_rule_that_matches_wins() {
    check(
        LISTS,
        &message("news@example.com"),
        expect![[r#"
        From <news@example.com> to <you@example.org>

          source        <source 192.0.2/24> applies: 192.0.2.9 is in it. (config:1)
          relaying      Mail for any domain is accepted: always-allow-relaying is on. (config:2)
          pattern list  A mail-from rule is the first of the pattern list first that matches. (config:7)
          pattern list  The rule sets the recipient's priority to 10. (config:7)
          pattern list  The rule chooses news. (config:7)
          VirtualMTA    The VirtualMTA news is defined. (config:20)

        Queued in example.org/news.

        example.org/news

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
}

#[test]
fn a_nested_list_decides_for_its_rule() {
    let with_class = Message {
        headers: vec![("X-Class".to_owned(), " bulk".to_owned())],
        ..message("me@shop.example.com")
    };
    check(
        LISTS,
        &with_class,
        expect![[r#"
            From <me@shop.example.com> to <you@example.org>

              source        <source 192.0.2/24> applies: 192.0.2.9 is in it. (config:1)
              relaying      Mail for any domain is accepted: always-allow-relaying is on. (config:2)
              pattern list  A mail-from rule is the first of the pattern list first that matches. (config:9)
              pattern list  A header rule is the first of the nested list that matches. (config:10)
              pattern list  The rule chooses bulk. (config:10)
              VirtualMTA    The VirtualMTA bulk is defined. (config:24)

            Queued in example.org/bulk.

            example.org/bulk

            Virtual MTA Settings
            --------------------
              everything as PowerMTA does it by default

            Queue Settings
            --------------
              everything as PowerMTA does it by default
        "#]],
    );
    check(
        LISTS,
        &message("me@shop.example.com"),
        expect![[r#"
            From <me@shop.example.com> to <you@example.org>

              source        <source 192.0.2/24> applies: 192.0.2.9 is in it. (config:1)
              relaying      Mail for any domain is accepted: always-allow-relaying is on. (config:2)
              pattern list  A mail-from rule is the first of the pattern list first that matches. (config:9)
              pattern list  No rule of the nested list matches. (config:9)
              pattern list  The rule decides nothing, and no other rule is tried. (config:9)
                            not sure: The guide does not say whether the rules behind it are tried then.
              source        default-virtual-mta chooses rest. (config:4)
              VirtualMTA    The VirtualMTA rest is defined. (config:26)

            Queued in example.org/rest.

            example.org/rest

            Virtual MTA Settings
            --------------------
              everything as PowerMTA does it by default

            Queue Settings
            --------------
              everything as PowerMTA does it by default
        "#]],
    );
}

#[test]
fn a_list_can_be_called() {
    check(
        LISTS,
        &message("called@example.com"),
        expect![[r#"
            From <called@example.com> to <you@example.org>

              source        <source 192.0.2/24> applies: 192.0.2.9 is in it. (config:1)
              relaying      Mail for any domain is accepted: always-allow-relaying is on. (config:2)
              pattern list  A mail-from rule is the first of the pattern list first that matches. (config:13)
              pattern list  A mail-from rule is the first of the pattern list second that matches. (config:18)
              pattern list  The rule chooses news. (config:18)
              VirtualMTA    The VirtualMTA news is defined. (config:20)

            Queued in example.org/news.

            example.org/news

            Virtual MTA Settings
            --------------------
              everything as PowerMTA does it by default

            Queue Settings
            --------------
              everything as PowerMTA does it by default
        "#]],
    );
}

#[test]
fn what_no_rule_matches_goes_by_default() {
    check(
        LISTS,
        &message("oldnews@example.com"),
        expect![[r#"
            From <oldnews@example.com> to <you@example.org>

              source        <source 192.0.2/24> applies: 192.0.2.9 is in it. (config:1)
              relaying      Mail for any domain is accepted: always-allow-relaying is on. (config:2)
              pattern list  No rule of the pattern list first matches. (config:6)
              source        default-virtual-mta chooses rest. (config:4)
              VirtualMTA    The VirtualMTA rest is defined. (config:26)

            Queued in example.org/rest.

            example.org/rest

            Virtual MTA Settings
            --------------------
              everything as PowerMTA does it by default

            Queue Settings
            --------------
              everything as PowerMTA does it by default
        "#]],
    );
}

#[test]
fn an_expression_that_takes_too_long_is_given_up() {
    let sender = format!("{}@example.com", "a".repeat(60));
    let workspace = root_of(LISTS);
    let begun = std::time::Instant::now();
    let route = route(&workspace, &workspace.roots()[0], &message(&sender));
    assert!(begun.elapsed().as_secs() < 5);
    assert!(matches!(route.outcome, Outcome::Queued(_)));
    assert!(route.steps.iter().any(|step| step.doubt.is_some()));
}

#[test]
fn lists_that_call_themselves_end() {
    let text = "\
<source 0/0>
    always-allow-relaying yes
    pattern-list a
</source>
<pattern-list a>
    mail-from // call-to: a
</pattern-list>
";
    let workspace = root_of(text);
    let route = route(
        &workspace,
        &workspace.roots()[0],
        &message("me@example.com"),
    );
    assert!(matches!(route.outcome, Outcome::Queued(_)));
}

/// Sources for addresses, a listener and a user.
const SOURCES: &str = "\
smtp-listener 192.0.2.1:25
smtp-listener 192.0.2.1:587 source=submission
<source 0/0>
    default-virtual-mta broad
    process-x-virtual-mta yes
</source>
<source 198.51.100/24>
    smtp-service no
</source>
<source 192.0.2/24>
    default-virtual-mta narrow
    always-allow-relaying yes
</source>
<source submission>
    require-auth yes
</source>
<source {auth}>
    always-allow-relaying yes
    require-auth no
    default-virtual-mta users
</source>
<smtp-user alice>
    password hunter2
</smtp-user>
<virtual-mta broad>
</virtual-mta>
<virtual-mta narrow>
</virtual-mta>
<virtual-mta users>
</virtual-mta>
relay-domain [*.]in.example.com
";

#[test]
fn the_narrower_source_goes_before_the_broader() {
    check(
        SOURCES,
        &message("me@example.com"),
        expect![[r#"
        From <me@example.com> to <you@example.org>

          source      <source 192.0.2/24> applies: 192.0.2.9 is in it. (config:10)
          source      <source 0/0> applies: 192.0.2.9 is in it. (config:3)
          relaying    Mail for any domain is accepted: always-allow-relaying is on. (config:12)
          source      default-virtual-mta chooses narrow. (config:11)
          VirtualMTA  The VirtualMTA narrow is defined. (config:27)

        Queued in example.org/narrow.

        example.org/narrow

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
}

#[test]
fn strangers_reach_relay_domains_only() {
    let stranger = Message {
        client: Some("203.0.113.5".parse().unwrap()),
        ..message("me@example.com")
    };
    check(
        SOURCES,
        &stranger,
        expect![[r#"
        From <me@example.com> to <you@example.org>

          source    <source 0/0> applies: 203.0.113.5 is in it. (config:3)
          relaying  always-allow-relaying is off, and example.org is no relay-domain.

        Refused. RCPT is refused with a 5xx reply: relaying to example.org is not allowed.
    "#]],
    );
    let inward = Message {
        rcpt_to: "you@mx.in.example.com".to_owned(),
        ..stranger
    };
    check(
        SOURCES,
        &inward,
        expect![[r#"
        From <me@example.com> to <you@mx.in.example.com>

          source      <source 0/0> applies: 203.0.113.5 is in it. (config:3)
          relaying    mx.in.example.com is a relay-domain. (config:31)
          source      default-virtual-mta chooses broad. (config:4)
          VirtualMTA  The VirtualMTA broad is defined. (config:25)

        Queued in mx.in.example.com/broad.

        mx.in.example.com/broad

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
}

#[test]
fn a_source_without_service_is_refused() {
    let unwanted = Message {
        client: Some("198.51.100.5".parse().unwrap()),
        ..message("me@example.com")
    };
    check(
        SOURCES,
        &unwanted,
        expect![[r#"
        From <me@example.com> to <you@example.org>

          source  <source 198.51.100/24> applies: 198.51.100.5 is in it. (config:7)
          source  <source 0/0> applies: 198.51.100.5 is in it. (config:3)
          source  smtp-service is off for 198.51.100.5. (config:8)

        Refused. PowerMTA greets the client with a 5xx reply and gives it no service.
    "#]],
    );
}

#[test]
fn a_listener_may_ask_for_a_user() {
    let anonymous = Message {
        client: Some("203.0.113.5".parse().unwrap()),
        listener: Some("192.0.2.1:587".parse().unwrap()),
        ..message("me@example.com")
    };
    check(
        SOURCES,
        &anonymous,
        expect![[r#"
        From <me@example.com> to <you@example.org>

          listener        PowerMTA listens at 192.0.2.1:587. (config:2)
          listener        The listener names the source submission. (config:2)
          source          <source submission> applies: the listener names it. (config:14)
          source          <source 0/0> applies: 203.0.113.5 is in it. (config:3)
          authentication  The client has to authenticate. (config:15)

        Refused. Authentication is required: MAIL is refused until a user is logged in.
    "#]],
    );
    let known = Message {
        user: Some("alice".to_owned()),
        ..anonymous.clone()
    };
    check(
        SOURCES,
        &known,
        expect![[r#"
        From <me@example.com> to <you@example.org>

          listener        PowerMTA listens at 192.0.2.1:587. (config:2)
          listener        The listener names the source submission. (config:2)
          authentication  The user alice logs in and gets the source {auth}. (config:22)
          source          <source {auth}> applies: the user has it. (config:17)
          source          <source submission> applies: the listener names it. (config:14)
          source          <source 0/0> applies: 203.0.113.5 is in it. (config:3)
          relaying        Mail for any domain is accepted: always-allow-relaying is on. (config:18)
          source          default-virtual-mta chooses users. (config:20)
          VirtualMTA      The VirtualMTA users is defined. (config:29)

        Queued in example.org/users.

        example.org/users

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
    let unknown = Message {
        user: Some("bob".to_owned()),
        ..anonymous.clone()
    };
    check(
        SOURCES,
        &unknown,
        expect![[r#"
        From <me@example.com> to <you@example.org>

          listener  PowerMTA listens at 192.0.2.1:587. (config:2)
          listener  The listener names the source submission. (config:2)

        Refused. There is no <smtp-user bob>: authentication fails.
    "#]],
    );
    let nowhere = Message {
        listener: Some("192.0.2.1:465".parse().unwrap()),
        ..anonymous
    };
    check(
        SOURCES,
        &nowhere,
        expect![[r#"
        From <me@example.com> to <you@example.org>


        Refused. PowerMTA does not listen at 192.0.2.1:465: the connection fails.
    "#]],
    );
}

#[test]
fn a_header_goes_before_everything_else_where_it_is_looked_at() {
    let chosen = Message {
        headers: vec![("x-virtual-mta".to_owned(), " broad".to_owned())],
        ..message("me@example.com")
    };
    check(
        SOURCES,
        &chosen,
        expect![[r#"
        From <me@example.com> to <you@example.org>

          source      <source 192.0.2/24> applies: 192.0.2.9 is in it. (config:10)
          source      <source 0/0> applies: 192.0.2.9 is in it. (config:3)
          relaying    Mail for any domain is accepted: always-allow-relaying is on. (config:12)
          header      X-Virtual-MTA chooses broad. (config:5)
          VirtualMTA  The VirtualMTA broad is defined. (config:25)

        Queued in example.org/broad.

        example.org/broad

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
    let wrong = Message {
        headers: vec![("X-Virtual-MTA".to_owned(), " nobody".to_owned())],
        ..message("me@example.com")
    };
    check(
        SOURCES,
        &wrong,
        expect![[r#"
        From <me@example.com> to <you@example.org>

          source      <source 192.0.2/24> applies: 192.0.2.9 is in it. (config:10)
          source      <source 0/0> applies: 192.0.2.9 is in it. (config:3)
          relaying    Mail for any domain is accepted: always-allow-relaying is on. (config:12)
          header      X-Virtual-MTA chooses nobody. (config:5)
          VirtualMTA  There is no VirtualMTA nobody. (config:5)

        Refused. The message is rejected: it selects a VirtualMTA that does not exist, and reject-invalid-virtual-mta is on.
    "#]],
    );
}

#[test]
fn what_does_not_exist_falls_back_or_bounces() {
    let rejecting = "<source 0/0>\n    always-allow-relaying yes\n    default-virtual-mta gone\n";
    let lenient = format!("{rejecting}    reject-invalid-virtual-mta no\n</source>\n");
    check(
        &lenient,
        &message("me@example.com"),
        expect![[r#"
        From <me@example.com> to <you@example.org>

          source      <source 0/0> applies: 192.0.2.9 is in it. (config:1)
          relaying    Mail for any domain is accepted: always-allow-relaying is on. (config:2)
          source      default-virtual-mta chooses gone. (config:3)
          VirtualMTA  There is no VirtualMTA gone. (config:3)

        Bounced. The message is accepted and bounces with 5.3.5: its VirtualMTA does not exist.
    "#]],
    );
    let saved = format!(
        "{lenient}invalid-virtual-mta-fallback spare\n<virtual-mta spare>\n</virtual-mta>\n"
    );
    check(
        &saved,
        &message("me@example.com"),
        expect![[r#"
        From <me@example.com> to <you@example.org>

          source      <source 0/0> applies: 192.0.2.9 is in it. (config:1)
          relaying    Mail for any domain is accepted: always-allow-relaying is on. (config:2)
          source      default-virtual-mta chooses gone. (config:3)
          VirtualMTA  There is no VirtualMTA gone. (config:3)
          VirtualMTA  invalid-virtual-mta-fallback chooses spare. (config:6)
          VirtualMTA  The VirtualMTA spare is defined. (config:7)

        Queued in example.org/spare.

        example.org/spare

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
}

#[test]
fn a_pool_uses_its_members_in_turn_and_queues_may_be_rerouted() {
    let text = "\
<source 0/0>
    always-allow-relaying yes
    default-virtual-mta pool
</source>
<virtual-mta-pool pool>
    virtual-mta one
    virtual-mta two
    virtual-mta gone
</virtual-mta-pool>
<virtual-mta one>
    <domain example.org>
        max-smtp-out 1
    </domain>
</virtual-mta>
<virtual-mta two>
    <domain example.org>
        reroute-to-virtual-mta three
    </domain>
</virtual-mta>
<virtual-mta three>
    <domain *>
        reroute-to-virtual-mta two
        queue-to relay
    </domain>
</virtual-mta>
";
    check(
        text,
        &message("me@example.com"),
        expect![[r#"
        From <me@example.com> to <you@example.org>

          source      <source 0/0> applies: 192.0.2.9 is in it. (config:1)
          relaying    Mail for any domain is accepted: always-allow-relaying is on. (config:2)
          source      default-virtual-mta chooses pool. (config:3)
          pool        gone in the pool pool is not defined. (config:8)
          pool        The pool pool uses in turn one, two. (config:5)
          reroute     The queue example.org/two is rerouted to three. (config:17)
          VirtualMTA  The VirtualMTA three is defined. (config:20)
          reroute     The queue example.org/three would be rerouted in a circle, by way of two. (config:22)
                      not sure: The guides of 2019 and 2020 differ in what happens to mail in such a circle.

        Queued in example.org/one or relay/three.

        example.org/one

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          max-smtp-out  1  config:12, in the VirtualMTA

        example.org/three
          Mail for example.org goes into the queue relay: these are its settings. (config:23)

        Virtual MTA Settings
        --------------------
          everything as PowerMTA does it by default

        Queue Settings
        --------------
          queue-to                relay  config:23, in the VirtualMTA
          reroute-to-virtual-mta  two    config:22, in the VirtualMTA
    "#]],
    );
}

#[test]
fn the_address_that_the_client_connects_to_may_choose() {
    let text = "\
<source 0/0>
    always-allow-relaying yes
    default-virtual-mta by-smtp-source-ip
</source>
<virtual-mta one>
    smtp-source-host 192.0.2.21 one.example.com
</virtual-mta>
<virtual-mta two>
    smtp-source-host 192.0.2.22 two.example.com
</virtual-mta>
";
    let connected = Message {
        listener: Some("192.0.2.22:25".parse().unwrap()),
        ..message("me@example.com")
    };
    check(
        text,
        &connected,
        expect![[r#"
        From <me@example.com> to <you@example.org>

          listener    There is no smtp-listener, so PowerMTA listens on port 25 everywhere.
          source      <source 0/0> applies: 192.0.2.9 is in it. (config:1)
          relaying    Mail for any domain is accepted: always-allow-relaying is on. (config:2)
          source      by-smtp-source-ip chooses two: it sends from 192.0.2.22. (config:9)
          VirtualMTA  The VirtualMTA two is defined. (config:8)

        Queued in example.org/two.

        example.org/two

        Virtual MTA Settings
        --------------------
          smtp-source-host  192.0.2.22 two.example.com  config:9, in the VirtualMTA

        Queue Settings
        --------------
          everything as PowerMTA does it by default
    "#]],
    );
}

#[test]
fn a_route_as_a_view_links_each_step_to_its_line() {
    let workspace = root_of(LISTS);
    let message = message("news@example.com");
    let route = route(&workspace, &workspace.roots()[0], &message);
    let view = super::view(&workspace, &message, &route, &|_| "config".to_owned());
    let lines = view.links.iter().map(|link| {
        let rope = workspace.document(link.target.file).unwrap().rope();
        let line = rope.byte_to_line(link.target.range.start as usize) + 1;
        assert_eq!(link.range.slice(&view.text), format!("config:{line}"));
        line
    });
    assert_eq!(lines.collect::<Vec<_>>(), [1, 2, 7, 7, 7, 20]);
    expect![[r#"
        # From <news@example.com> to <you@example.org>
        #
        # source: <source 192.0.2/24> applies: 192.0.2.9 is in it.
        #   config:1
        #
        # relaying: Mail for any domain is accepted: always-allow-relaying is on.
        #   config:2
        #
        # pattern list: A mail-from rule is the first of the pattern list first that matches.
        #   config:7
        #
        # pattern list: The rule sets the recipient's priority to 10.
        #   config:7
        #
        # pattern list: The rule chooses news.
        #   config:7
        #
        # VirtualMTA: The VirtualMTA news is defined.
        #   config:20
        #
        # Queued in example.org/news.

        # Effective settings of example.org/news

        # Virtual MTA Settings
        # --------------------
        # Everything is as PowerMTA does it by default.

        # Queue Settings
        # --------------
        # Everything is as PowerMTA does it by default.
    "#]]
    .assert_eq(&view.text);
}
