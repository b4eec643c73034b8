use expect_test::{Expect, expect};

use super::*;
use crate::catalog::{
    DIRECTIVES, Directive, FOLKLORE_DIRECTIVES, FOLKLORE_SECTIONS, Place, SECTIONS,
};
use crate::fixture::fixture;

/// Help at the cursor, with what it is about in front.
fn hovered(text: &str) -> Option<String> {
    let fixture = fixture(text);
    let hover = hover(&fixture.workspace, fixture.at)?;
    assert!(
        hover
            .range
            .touches(TextRange::of(fixture.at.offset, 0).start),
        "{hover:?}"
    );
    let document = fixture.workspace.document(fixture.at.file).unwrap();
    let about = document.slice(hover.range.as_usize());
    Some(format!(
        "[{about}]\n{}\n",
        render(&hover.page, Markup::Markdown)
    ))
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&hovered(text).unwrap_or_default());
}

/// The first line of help at the cursor in a line of this section.
fn first_line(tag: &str, line: &str) -> String {
    let name = tag.split(' ').next().unwrap();
    let text = match tag {
        "" => format!("{line}\n"),
        _ => format!("<{tag}>\n    {line}\n</{name}>\n"),
    };
    let hovered = hovered(&text).unwrap_or_default();
    hovered.lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn directives() {
    check(
        "<domain example.com>\n    retry-af$0ter 10m\n</domain>\n",
        &expect![[r#"
            [retry-after]
            ```pmta
            retry-after TIME-INTERVAL[,TIME-INTERVAL]...
            ```

            Wait before a queue in retry mode is tried again. With a list, each further retry uses the next entry and the last one repeats.

            **Default:** 10m  
            **Stands in:** `<domain>`  
            **Since:** 3.5, or earlier; list form: 4.5

            - No spaces between list items per the reference text.
            - Up to 30 entries.
            - The position resets after any delivery from the queue, and on restart.
            - A unit suffix is always shown in the documentation.

            Example:

            ```pmta
            retry-after 10m,10m,30m,1h,4h
            ```

            **Source:** boheyse-table, config-3.5r16, guide-5.0-2020, guide-5.0r1-2019, public-configs, release-notes-4.5, show-settings-sample, vendor-sample-config-2012  
            **Page:** `docs/directives/retry-after.md`
        "#]],
    );
    check(
        "<smtp-user u>\n    pass$0word hunter2\n</smtp-user>\n",
        &expect![[r#"
            [password]
            ```pmta
            password STRING
            ```

            Password for password authentication, in clear text.

            **Stands in:** `<smtp-user>`  
            **Secret:** its value is shown nowhere

            - Must be plain text (CRAM-MD5 needs it), so protect the file.
            - The shipped sample quotes it: password "changeme".

            Example:

            ```pmta
            password s3cret
            ```

            **Source:** guide-5.0-2020, guide-5.0r1-2019, stock-2017  
            **Page:** `docs/directives/password.md`
        "#]],
    );
    check(
        "<bounce-category-patterns>\n/sp$0am/ spam-related\n</bounce-category-patterns>\n",
        &expect![[r#"
            [/spam/]
            ```pmta
            /REGEX/ CATEGORY
            ```

            Classify a bounce: a regex over the diagnostic followed by a category name.

            **Stands in:** `<bounce-category-patterns>`  
            **Several:** may be given several times

            - Not a keyword line: the line starts with the regex.
            - Custom category names are allowed.
            - // (empty regex) is the usual last catch-all.
            - Entries here take precedence over those in config-defaults.
            - First match wins (public configs rely on it; the guide says matching works as in pattern lists).

            Example:

            ```pmta
            /mailbox +(is +)?full/ quota-issues
            ```

            **Source:** guide-5.0r1-2019, tjosm/PowerMTA-Config-Defaults  
            **Page:** `docs/directives/pattern-line.md`
        "#]],
    );
    check(
        "<virtual-mta a>\n    max-msg-$0rate 10/s\n</virtual-mta>\n",
        &expect![[r#"
            [max-msg-rate]
            `max-msg-rate` does not stand in `<virtual-mta>`.

            The total of a VirtualMTA is max-smtp-msg-rate.

            Write:

            ```pmta
            max-smtp-msg-rate 5000/h
            ```

            ```pmta
            max-msg-rate { unlimited | 0 | N/[M]{d|day|h|hr|m|min|s|sec} }
            ```

            Caps how many recipients this queue may attempt in each time window.

            **Default:** unlimited  
            **Stands in:** `<domain>`  
            **Since:** 3.5, or earlier

            - N must not be 0; the whole value may be 0 or unlimited.
            - A multiplier before the unit (100/15m) needs 5.0 or later.
            - Counts recipients attempted, not messages and not only successes.
            - Per queue (domain/VirtualMTA), not per IP.

            Example:

            ```pmta
            max-msg-rate 500/h
            ```

            **Source:** boheyse-table, config-3.5r16, guide-5.0-2020, guide-5.0r1-2019, public-configs, show-settings-sample  
            **Page:** `docs/directives/max-msg-rate.md`
        "#]],
    );
    check(
        "# pmta-ls: place=global\nlog-fi$0le /var/log/pmta/log\n",
        &expect![[r#"
            [log-file]
            ```pmta
            log-file FILENAME
            ```

            Log file name; also places the HTTP and SNMP logs.

            **Stands in:** the top level

            - Required: without it start-up fails with 'No logging file specified'.
            - Must be absolute on Unix; on Windows it may be relative to the install directory.

            Example:

            ```pmta
            log-file /var/log/pmta/pmta.log
            ```

            **Source:** guide-5.0-2020, guide-5.0r1-2019, stock-2017  
            **Page:** `docs/directives/log-file.md`
        "#]],
    );
}

#[test]
fn sections() {
    check(
        "<vir$0tual-mta a>\n</virtual-mta>\n",
        &expect![[r#"
            [virtual-mta]
            ```pmta
            <virtual-mta NAME>
            ```

            A named sending identity: source IPs, host names, keys and per-domain settings used when selected.

            **Stands in:** the top level  
            **Several:** Merging of a repeated name is not documented.

            - `NAME`: letters, digits, dots, dashes and underscores are all seen
            - Shares one name space with virtual-mta-pool.
            - {default} is the name of the built-in VirtualMTA used when none is selected.
            - Definitions can be reloaded without restart.
            - Deleting one with mail queued bounces that mail (5.3.5).

            Example:

            ```pmta
            <virtual-mta mta1>
                smtp-source-host 192.0.2.10 mta1.example.com
                <domain *>
                    dkim-sign yes
                </domain>
            </virtual-mta>
            ```

            **Source:** guide-5.0r1-2019, guide-5.0-2020  
            **Page:** `docs/sections/virtual-mta.md`
        "#]],
    );
    check(
        "<spool /var/spool/pmta>\n</spo$0ol>\n",
        &expect![[r#"
            [spool]
            ```pmta
            <spool DIRECTORY>
            ```

            A spool directory and its options.

            **Stands in:** the top level  
            **Several:** One section per directory; several allowed.

            - At least one spool is required (section or the old one-line form).

            Example:

            ```pmta
            <spool /var/spool/pmta>
                min-free-space 1G
            </spool>
            ```

            **Source:** guide-5.0r1-2019, stock-2017, guide-5.0-2020  
            **Page:** `docs/sections/spool.md`
        "#]],
    );
    check(
        "<smtp-pattern-list a>\n</smtp-pattern-list>\n<domain *>\n</do$0main>\n",
        &expect![[r#"
            [domain]
            ```pmta
            <domain DOMAIN>
            ```

            Settings for the queues of matching recipient domains; the most specific matching entry decides, and settings are inherited from broader entries.

            **Stands in:** the top level, `<virtual-mta>`, `<virtual-mta-pool>`  
            **Several:** Order in the file does not matter for different patterns. What happens when the very same pattern is given twice in one scope is not documented; a public config does it through a macro.

            - `*`: all domains
            - `domain`: exactly that domain (need not exist in DNS: rollup and queue-to names are ordinary names)
            - `*.domain`: subdomains only, not the domain itself
            - `[*.]domain`: the domain and all its subdomains
            - `[ip/mask]`: address-literal domains inside a CIDR range; `[0/0]` is all of them
            - `$macro and mixtures`: expanded from domain-macro; may stand for the whole name or for parts
            - `{reserved}`: internal queues: {bounce}, {bounceProcessor}, {feedbackLoop}, {sparkpost}, older {gmImprinter}
            - `local`: all local domains (host names of this server)
            - `domain/vmta`: NOT documented as a section argument; domain/vmta is the queue-name notation of the command line and of queue-filter
            - Inside a VirtualMTA it applies only to mail going out through that VirtualMTA, and overrides the pool's and the global entries.
            - Non-ASCII names may be written directly (files are UTF-8).
            - Empty bodies are accepted.
            - For the bounce queue the guide writes {bounce} in one place and {bounceProcessor} in another.
            - Closing tags repeat only the tag name.

            Example:

            ```pmta
            <domain *>
                max-smtp-out 20
            </domain>
            ```

            **Source:** guide-5.0r1-2019, boheyse-dump, macrob/pmta-clibuild, guide-5.0-2020  
            **Page:** `docs/sections/domain.md`
        "#]],
    );
    check(
        "<pattern-list a>\nmail-from /x/ <pattern-$0list>\n</pattern-list>\n</pattern-list>\n",
        &expect![[r#"
            [pattern-list]
            ```pmta
            <pattern-list NAME>
            ```

            Rules that pick a VirtualMTA or pool and/or a recipient priority from sender, recipient or a header.

            **Stands in:** the top level, `<pattern-list>`  
            **Since:** call-to: 4.5  
            **Several:** Not documented.  
            **Rules:** top to bottom, first match

            - `virtual-mta=NAME`: selects the VirtualMTA or pool
            - `recipient-priority=N`: sets the recipient priority; usable alone; default 50
            - `call-to: NAME`: goes on with another list (4.5+)
            - `<pattern-list>`: the rules that follow, up to `</pattern-list>`, decide
            - A name is used by source/pattern-list and by call-to.
            - Patterns are unanchored; the guide and a vendor page disagree on whether a trailing $ works for addresses.

            Example:

            ```pmta
            <pattern-list list1>
                mail-from /newsletter/ <pattern-list>
                    rcpt-to /@example\.com$/ virtual-mta=mta1
                    * virtual-mta=mta2
                </pattern-list>
                header x-class /bulk/ virtual-mta=mta2,recipient-priority=10
            </pattern-list>
            ```

            **Source:** guide-5.0r1-2019, release-notes-4.5, SparkPost/support-docs, guide-5.0-2020  
            **Page:** `docs/sections/pattern-list.md`
        "#]],
    );
}

#[test]
fn values() {
    let said = [
        ("domain *", "bounce-after 4d1$02h"),
        ("domain *", "max-msg-rate 100/1$05m"),
        ("domain *", "max-msg-rate unlim$0ited"),
        ("domain *", "retry-after 10m,3$00m,1h"),
        ("domain *", "retry-after 10m,30m,$01h"),
        ("domain *", "dkim-sign ye$0s"),
        ("domain *", "dkim-sign n$0o"),
        ("domain *", "max-smtp-out 2$00"),
        ("domain *", "dkim-identity sender-or-$0from"),
        ("domain *", "use-starttls alw$0ays"),
        ("source 10/8", "max-message-size 25$0M"),
        ("", "http-access 10.$01/16 monitor"),
        ("", "http-access 10.1/16 mon$0itor"),
        ("", "smtp-listener 192.0.2.1:2$05"),
        ("", "log-file /var/log/pmta/l$0og"),
        (
            "virtual-mta a",
            "smtp-source-host 192.0.2.0/2$08 mail.example.com",
        ),
        (
            "virtual-mta a",
            "smtp-source-host 192.0.2.0/28 mail.exa$0mple.com",
        ),
        ("acct-file a.csv", "records d,t$0q"),
        ("acct-file a.csv", "record-fields d$0 *"),
        ("acct-file a.csv", "record-fields d $0*,!orcpt"),
        ("acct-file a.csv", "record-fields d *,!or$0cpt"),
        ("acct-file a.csv", "record-fields d *,header_X-$0Job"),
        ("acct-file a.csv", "record-fields d timeLog$0ged"),
        ("smtp-pattern-list a", "reply /421 / mode=back$0off"),
        (
            "smtp-pattern-list a",
            "reply /421 / mode=backoff,backoff-to-normal-after=1$0h",
        ),
        ("pattern-list a", "mail-from /x/ recipient-prio$0rity=60"),
        ("pattern-list a", "mail-from /x$0/ recipient-priority=60"),
        ("bounce-category-patterns", "/spam/ spam-$0related"),
        ("smtp-user a", "password hun$0ter2"),
        ("smtp-user a", "password \"hun$0ter2 more\""),
    ]
    .map(|(tag, line)| format!("{line} -> {}\n", first_line(tag, line)));
    expect![[r#"
        bounce-after 4d1$02h -> `4d12h`: 4 days 12 hours
        max-msg-rate 100/1$05m -> `100/15m`: 100 in 15 minutes, 400 an hour
        max-msg-rate unlim$0ited -> **Expected:** a rate such as `500/h` or `100/15m`, `unlimited` or `0`
        retry-after 10m,3$00m,1h -> `30m`: 30 minutes
        retry-after 10m,30m,$01h -> `1h`: 1 hour
        dkim-sign ye$0s -> `yes`: `dkim-sign` is on
        dkim-sign n$0o -> `no`: `dkim-sign` is off
        max-smtp-out 2$00 -> **Expected:** a whole number
        dkim-identity sender-or-$0from -> `sender-or-from`: the address in Sender, else in From
        use-starttls alw$0ays -> use-starttls is a switch; insisting on TLS is require-starttls yes beside it.
        max-message-size 25$0M -> `25M`: 25 megabytes (26214400 bytes)
        http-access 10.$01/16 monitor -> `10.1/16`: 10.1.0.0 to 10.1.255.255, 65536 addresses
        http-access 10.1/16 mon$0itor -> `monitor`: may look
        smtp-listener 192.0.2.1:2$05 -> **Expected:** a port from 0 to 65535
        log-file /var/log/pmta/l$0og -> `/var/log/pmta/log`: a file on the server
        smtp-source-host 192.0.2.0/2$08 mail.example.com -> `192.0.2.0/28`: 192.0.2.0 to 192.0.2.15, 16 addresses
        smtp-source-host 192.0.2.0/28 mail.exa$0mple.com -> **Expected:** a host name such as `mail.example.com`
        records d,t$0q -> `tq`: transient-queue: temporary failures of a whole queue
        record-fields d$0 * -> `d`: delivery: successful deliveries
        record-fields d $0*,!orcpt -> `*`: all fields that are written by default
        record-fields d *,!or$0cpt -> `!orcpt`: original recipient given with ORCPT
        record-fields d *,header_X-$0Job -> `header_X-Job`: value of a message header
        record-fields d timeLog$0ged -> `timeLogged`: when the record was written
        reply /421 / mode=back$0off -> `mode=backoff`: enter backoff
        reply /421 / mode=backoff,backoff-to-normal-after=1$0h -> `backoff-to-normal-after=1h`: 1 hour; return to normal after this time; beats the setting of the domain (2020 guide)
        mail-from /x/ recipient-prio$0rity=60 -> `recipient-priority=60`: sets the recipient priority; usable alone; default 50
        mail-from /x$0/ recipient-priority=60 -> **Expected:** an expression between slashes such as `/^421 /`
        /spam/ spam-$0related -> Bounce category `spam-related` is defined in none of the files that were read.
        password hun$0ter2 -> A secret, which is shown nowhere.
        password "hun$0ter2 more" -> A secret, which is shown nowhere.
    "#]].assert_eq(&said.concat());
}

#[test]
fn arguments() {
    let said = [
        "<domain $0*>",
        "<domain *.exa$0mple.com>",
        "<domain [*.]exa$0mple.com>",
        "<source 10.1$0/16>",
        "<source 192.0.2.$01>",
        "<source {au$0th}>",
        "<smtp-listener 0.0.0.$00:25>",
        "<acct-file /var/log/pmta/a$0.csv>",
    ]
    .map(|line| {
        let hovered = hovered(&format!("{line}\n")).unwrap_or_default();
        format!("{line} -> {}\n", hovered.lines().nth(1).unwrap_or_default())
    });
    expect![[r#"
        <domain $0*> -> `*`: all domains
        <domain *.exa$0mple.com> -> `*.example.com`: the subdomains of example.com, without example.com itself
        <domain [*.]exa$0mple.com> -> `[*.]example.com`: example.com and its subdomains
        <source 10.1$0/16> -> `10.1/16`: 10.1.0.0 to 10.1.255.255, 65536 addresses
        <source 192.0.2.$01> -> `192.0.2.1`: the IPv4 address 192.0.2.1
        <source {au$0th}> -> `{auth}`: the source of clients that have authenticated
        <smtp-listener 0.0.0.$00:25> -> `0.0.0.0:25`: any IPv4 address of this host
        <acct-file /var/log/pmta/a$0.csv> -> `<acct-file>`: An accounting (CSV) file or pipe.
    "#]].assert_eq(&said.concat());
}

/// A pool with members, here and in another file.
const DEPLOYMENT: &str = "#- /etc/pmta/config
<virtual-mta-pool news>
    virtual-mta news-1
    virtual-mta news-2
    virtual-mta news-3
</virtual-mta-pool>
include /etc/pmta/vmtas.conf
#- /etc/pmta/vmtas.conf
<virtual-mta news-1>
    smtp-source-host 192.0.2.1 news-1.example.com
    smtp-source-host 192.0.2.2 news-2.example.com
    <domain *>
        max-smtp-out 10
    </domain>
</virtual-mta>
<virtual-mta news-2>
    smtp-source-ip 2001:db8::5
</virtual-mta>
";

#[test]
fn references() {
    let with = |line: &str| {
        DEPLOYMENT.replacen(
            "#- /etc/pmta/vmtas",
            &format!("{line}\n#- /etc/pmta/vmtas"),
            1,
        )
    };
    check(
        &with("<source 192.0.2.9>\ndefault-virtual-mta ne$0ws\n</source>"),
        &expect![[r#"
        [news]
        Pool `news`, line 1:

        ```pmta
        <virtual-mta-pool news>
            virtual-mta news-1
            virtual-mta news-2
            virtual-mta news-3
        </virtual-mta-pool>
        ```

        Members:

        - `news-1`: `192.0.2.1`, `192.0.2.2`
        - `news-2`: `2001:db8::5`
        - `news-3`: defined in none of the files that were read

        `default-virtual-mta`: VirtualMTA or pool used when nothing of higher priority selects one.

        **Syntax:** `default-virtual-mta { VMTA-NAME | POOL-NAME | by-smtp-source-ip }`
    "#]],
    );
    check(
        &with("<pattern-list a>\nmail-from /x/ virtual-mta=news-$01\n</pattern-list>"),
        &expect![[r#"
        [news-1]
        VirtualMTA `news-1`, line 1 of `vmtas.conf`:

        ```pmta
        <virtual-mta news-1>
            smtp-source-host 192.0.2.1 news-1.example.com
            smtp-source-host 192.0.2.2 news-2.example.com
            <domain *>
                max-smtp-out 10
            </domain>
        </virtual-mta>
        ```

        **Sends from:** `192.0.2.1`, `192.0.2.2`

        `mail-from` (result): Match the envelope sender.

        **Syntax:** `mail-from /REGEX/ { RESULT[,RESULT] | <pattern-list> }`
    "#]],
    );
    check(
        &with("<sender a@example.com> vmta new$0s max-conn 80"),
        &expect![[r#"
        [news]
        Pool `news`, line 1:

        ```pmta
        <virtual-mta-pool news>
            virtual-mta news-1
            virtual-mta news-2
            virtual-mta news-3
        </virtual-mta-pool>
        ```

        Members:

        - `news-1`: `192.0.2.1`, `192.0.2.2`
        - `news-2`: `2001:db8::5`
        - `news-3`: defined in none of the files that were read
    "#]],
    );
    check(
        &with("<source 192.0.2.9>\ndefault-virtual-mta nobo$0dy\n</source>"),
        &expect![[r#"
        [nobody]
        VirtualMTA or pool `nobody` is defined in none of the files that were read.

        `default-virtual-mta`: VirtualMTA or pool used when nothing of higher priority selects one.

        **Syntax:** `default-virtual-mta { VMTA-NAME | POOL-NAME | by-smtp-source-ip }`
    "#]],
    );
    check(
        &with("<acct-file a>\nqueue-filter */{defa$0ult}\n</acct-file>"),
        &expect![[r#"
        [{default}]
        `{default}`: the VirtualMTA of all mail that none was selected for; it always exists

        `queue-filter` (virtual mta): Write only d/b/t/tq records whose queue matches the list; ! excludes.

        **Syntax:** `queue-filter [!]DOMAIN-PATTERN[/VMTA][,...]`
    "#]],
    );
    check(
        &DEPLOYMENT.replace("include /", "include $0/"),
        &expect![[r#"
        [/etc/pmta/vmtas.conf]
        - `/etc/pmta/vmtas.conf`

        `include`: Read another file's lines at this point, in the scope where the directive stands.

        **Syntax:** `include { FILENAME | scheme://host[:port][/path] }`
    "#]],
    );
    check(
        &with("include /etc/pmta/noth$0ing.conf"),
        &expect![[r#"
        [/etc/pmta/nothing.conf]
        This file is not here.

        `include`: Read another file's lines at this point, in the scope where the directive stands.

        **Syntax:** `include { FILENAME | scheme://host[:port][/path] }`
    "#]],
    );
}

#[test]
fn definitions_in_invented_forms_show_their_addresses() {
    check(
        "<pool name=\"txn\">\n  ips 203.0.113.30, 203.0.113.31\n  max-msg-rate 2000/hour\n</pool>\n\
         <sender a@example.com>\n  vmta t$0xn\n</sender>\n",
        &expect![[r#"
            [txn]
            Pool `txn`, line 1, in a form that PowerMTA does not know:

            ```pmta
            <pool name="txn">
              ips 203.0.113.30, 203.0.113.31
              max-msg-rate 2000/hour
            </pool>
            ```

            **Sends from:** `203.0.113.30`, `203.0.113.31`
        "#]],
    );
}

#[test]
fn macros_show_their_lists() {
    check(
        "domain-macro isp example.com,example.net, \\\n  example.org\n<domain $is$0p>\nmax-smtp-out 10\n</domain>\n",
        &expect![[r#"
            [$isp]
            Domain macro `isp`, line 1:

            ```pmta
            domain-macro isp example.com,example.net, \
              example.org
            ```

            `<domain>`: Settings for the queues of matching recipient domains; the most specific matching entry decides, and settings are inherited from broader entries.
        "#]],
    );
}

#[test]
fn a_definition_says_what_it_comes_to_and_where_else_it_is() {
    check(
        &DEPLOYMENT.replace("pool news>", "pool ne$0ws>"),
        &expect![[r#"
        [news]
        Members:

        - `news-1`: `192.0.2.1`, `192.0.2.2`
        - `news-2`: `2001:db8::5`
        - `news-3`: defined in none of the files that were read

        `<virtual-mta-pool>`: A group of VirtualMTAs used round-robin; may carry shared settings its members inherit.
    "#]],
    );
    check(
        "<virtual-mta a>\n</virtual-mta>\n<vm$0ta a>\n</vmta>\n"
            .replace("m$0ta a", "mta a$0")
            .as_str(),
        &expect![[r#"
        [a]
        Also defined as:

        VirtualMTA `a`, line 1:

        ```pmta
        <virtual-mta a>
        </virtual-mta>
        ```
    "#]],
    );
    check(
        "domain-macro i$0sp example.com\n",
        &expect![[r#"
        [isp]
        `domain-macro` (macro): Define a named list of domains or domain parts to be expanded as $NAME in `<domain>` arguments and in other macros.

        **Syntax:** `domain-macro NAME ITEM[, ITEM...]`
    "#]],
    );
}

#[test]
fn folklore() {
    check(
        "<domain example.com>\n  max-c$0onn 20\n</domain>\n",
        &expect![[r#"
            [max-conn]
            `max-conn` is no directive of PowerMTA.

            The cap on simultaneous outgoing connections is max-smtp-out (per queue in `<domain>`, in total in `<virtual-mta>`).

            **Write instead:** `max-smtp-out` in `<domain>` or in `<virtual-mta>`  
            **Value:** same number

            ```pmta
            max-smtp-out N
            ```

            Maximum simultaneous outbound connections for this queue (domain/VirtualMTA).

            **Page:** `docs/folklore/directives.md#max-conn`
        "#]],
    );
    check(
        "dkim-sele$0ctor mail\n",
        &expect![[r#"
            [dkim-selector]
            `dkim-selector` is no directive of PowerMTA.

            The selector is the first part of domain-key; `<domain>` only switches signing on with dkim-sign.

            **Write instead:** `domain-key` at the top level or in `<virtual-mta>`  
            **Value:** merge selector + domain + key file: "domain-key SELECTOR,DOMAIN,FILE"  
            **Borrowed from:** OpenDKIM-like

            ```pmta
            domain-key SELECTOR,{DOMAIN|*},{FILENAME|{vault}:/PATH:KEY}   or   domain-key {selector},{domain},{vault}:/PATH-WITH-VARIABLES
            ```

            DKIM key: selector, domain (or `*`), and private key file.

            **Page:** `docs/folklore/directives.md#dkim-selector`
        "#]],
    );
    check(
        "<domain example.com>\n  virtual-$0mta a\n</domain>\n",
        &expect![[r#"
            [virtual-mta]
            `virtual-mta` does not belong here.

            A destination is moved to another VirtualMTA with reroute-to-virtual-mta; virtual-mta NAME lists members of a pool.

            **Write instead:** `reroute-to-virtual-mta` in `<domain>`  
            **Value:** same name

            ```pmta
            reroute-to-virtual-mta { VMTA-NAME | VMTA-POOL-NAME }
            ```

            Moves mail for this domain to another VirtualMTA (or pool).

            **Page:** `docs/folklore/directives.md#virtual-mta`
        "#]],
    );
    check(
        "<sen$0der a@example.com>\n</sender>\n",
        &expect![[r#"
            [sender]
            `<sender ADDRESS>` is no section of PowerMTA.

            **Write instead:** `<pattern-list NAME>` + `<virtual-mta VMTA>` (+ `<rewrite-list NAME>`)  
            **Conversion:** mail-from /^ADDRESS$/ (dots and plus escaped) virtual-mta=VMTA in a `<pattern-list>`, named by pattern-list in `<source>`; max-msg-rate -> max-smtp-msg-rate and max-conn -> max-smtp-out in the VirtualMTA; bounce-sender -> rewrite-list mail-from ADDRESS BOUNCE.  
            **Page:** `docs/folklore/sections.md#sender`
        "#]],
    );
    check(
        "<pool name=\"a\">\n</po$0ol>\n",
        &expect![[r#"
            [pool]
            `<pool name="NAME">` is no section of PowerMTA.

            **Write instead:** `<virtual-mta-pool NAME>` plus one `<virtual-mta>` per address  
            **Conversion:** Each address of ips -> `<virtual-mta NAME-N>` smtp-source-host IP HOST; max-msg-rate -> max-smtp-msg-rate; max-conn-per-ip -> `<domain *>` source-ip-max-smtp-out 0/0 N; concurrency -> max-smtp-out; drop reputation-weight.  
            **Page:** `docs/folklore/sections.md#pool`
        "#]],
    );
    check(
        "<domain example.com>\n  max-msg-rate 3000/ho$0ur\n</domain>\n",
        &expect![[r#"
        [3000/hour]
        `3000/hour` is not a rate: the unit must be d, h, m or s, as in `3000/h`.

        **Expected:** a rate such as `500/h` or `100/15m`, `unlimited` or `0`

        `max-msg-rate`: Caps how many recipients this queue may attempt in each time window.

        **Syntax:** `max-msg-rate { unlimited | 0 | N/[M]{d|day|h|hr|m|min|s|sec} }`  
        **Default:** unlimited
    "#]],
    );
}

#[test]
fn secrets_are_never_shown() {
    for text in [
        "<smtp-user us$0er>\n  password hunter2\n  source $s\n</smtp-user>\n",
        "<smtp-user user>\n  password hun$0ter2\n</smtp-user>\n",
        "<smtp-user user>\n  pass$0word hunter2\n</smtp-user>\n",
        "<proxy p>\n  password hunter2\n</proxy>\nuse-proxy p$0\n",
        "<source s>\n  # password hunter2\n  pasword hunter2\n</source>\n<smtp-user u>\nsource s$0\n</smtp-user>\n",
        "<vmta v>\n  auth-password hunter2\n</vmta>\n<source 192.0.2.1>\nvmta v$0\n</source>\n",
        "<vmta v> source 192.0.2.1 auth-password hunter2 </vmta> <sender a@b> vmta v$0 </sender>\n",
        "smtp-server-tls-certificate /etc/pmta/x.pem hun$0ter2\n",
        "smtp-server-tls-certificate /etc/pmta/x.$0pem hunter2\n",
        "http-api-key hun$0ter2\n",
        "auth-password hun$0ter2\n",
        "pass$0word hunter2\n",
        "password hun$0ter2\n",
        "<domain a>\n  password hun$0ter2\n</domain>\n",
        "<domain a>\n  comman$0d x password hunter2\n</domain>\n",
        "<domain a>\n  command x passwor$0d hunter2\n</domain>\n",
        "<domain a>\n  command \"x password=hun$0ter2\"\n</domain>\n",
        "log-file password hun$0ter2\n",
    ] {
        let hovered = hovered(text).unwrap_or_default();
        let (_about, hovered) = hovered.split_once('\n').unwrap_or_default();
        assert!(!hovered.contains("hunter2"), "{text}\n{hovered}");
    }
}

#[test]
fn comments_and_unknown_names_say_nothing() {
    for text in [
        "# max-smtp-$0out 10\n",
        "<!-- max-smtp-$0out -->\n",
        "nonsense$0 10\n",
        "nonsense 1$00\n",
        "<domain a>\n$0\n</domain>\n",
        "$0",
        "<nonsen$0se>\n</nonsense>\n",
    ] {
        assert_eq!(hovered(text), None, "{text}");
    }
}

/// The page this server was made for, its line breaks lost.
const FLATTENED: &str = "<!-- The big ones: Gmail --> <domain gmail.com> max-msg-rate 80/s <!-- Don't hurry --> \
    max-rcpt-per-transaction 90 <!-- A batch --> max-smtp-out 25 <!-- At the same time --> retry-after 15m \
    dkim-sign yes dkim-identity @yourdomain.com dkim-selector mail dkim-key-file /etc/pmta/dkim.key </domain>\n";

/// The same, a directive on each line.
const SPLIT: &str = "# The big ones: Gmail\n<domain gmail.com>\n    max-msg-rate 80/s\n    max-rcpt-per-transaction 90\n    \
    max-smtp-out 25\n    retry-after 15m\n    dkim-sign yes\n    dkim-identity @yourdomain.com\n    dkim-selector mail\n    \
    dkim-key-file /etc/pmta/dkim.key\n</domain>\n";

#[test]
fn help_on_flattened_lines_is_that_on_split_ones() {
    for word in [
        "domain gm",
        "gmail.com>",
        "max-msg-rate",
        "80/s",
        "max-rcpt-per-transaction",
        "90",
        "max-smtp-out",
        "25",
        "retry-after",
        "15m",
        "dkim-sign yes",
        "yes",
        "dkim-identity",
        "@yourdomain",
        "dkim-selector",
        "dkim-key-file",
    ] {
        let at = |text: &str| {
            let at = text.find(word).unwrap() + 1;
            let mut text = text.to_owned();
            text.insert_str(at, "$0");
            hovered(&text)
        };
        assert!(at(FLATTENED).is_some(), "{word}");
        let help = |text: &str| at(text).map(|help| without_line_numbers(&help));
        assert_eq!(help(FLATTENED), help(SPLIT), "{word}");
    }
}

/// The text with `line 7` as `line`.
fn without_line_numbers(text: &str) -> String {
    let mut parts = text.split("line ");
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        left.push_str("line ");
        left.push_str(part.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    }
    left
}

/// The directive's example within its place, the cursor in its name.
fn example(directive: &Directive, place: Place) -> String {
    let line = directive.example.lines().next().unwrap_or_default();
    let (first, rest) = line.split_at(1);
    let line = format!("{first}$0{rest}");
    match place.section() {
        None => format!("# pmta-ls: place=global\n{line}\n"),
        Some(section) => {
            let tag = if section.argument.is_some() {
                format!("{} a", section.name)
            } else {
                section.name.to_owned()
            };
            format!("<{tag}>\n{line}\n</{}>\n", section.name)
        }
    }
}

#[test]
fn every_directive_is_explained_in_each_of_its_places() {
    let mut count = 0;
    for directive in DIRECTIVES.iter().filter(|directive| directive.name != "*") {
        let text = example(directive, directive.place);
        let hovered = hovered(&text).unwrap_or_else(|| panic!("{text}"));
        let plain = hovered.replace('`', "");
        assert!(hovered.contains(directive.syntax), "{text}{hovered}");
        assert!(
            plain.contains(&directive.summary.replace('`', "")[1..]),
            "{text}{hovered}"
        );
        if let Some(default) = directive.default {
            assert!(
                plain.contains(&format!("**Default:** {}", default.replace('`', ""))),
                "{text}{hovered}"
            );
        }
        let place = directive
            .place
            .section()
            .map_or("the top level".to_owned(), |section| {
                format!("<{}>", section.name)
            });
        assert!(
            plain.contains(&format!("**Stands in:** {place}")),
            "{text}{hovered}"
        );
        count += 1;
    }
    println!("{count} directives");
}

#[test]
fn every_directive_tells_its_places_where_it_does_not_belong() {
    let mut count = 0;
    for directive in DIRECTIVES
        .iter()
        .filter(|directive| !matches!(directive.name, "*" | "/REGEX/"))
    {
        for place in Place::all() {
            if catalog::directive_in(directive.name, place).is_some() {
                continue;
            }
            let text = example(directive, place);
            let Some(hovered) = hovered(&text) else {
                continue;
            };
            assert!(
                hovered.contains("**Stands in:**") || hovered.contains("does not belong here"),
                "{text}{hovered}"
            );
            count += 1;
        }
    }
    println!("{count} wrong places");
    assert!(count > 5_000, "{count}");
}

#[test]
fn every_section_and_every_invention_is_explained() {
    for section in SECTIONS {
        let hovered = hovered(&format!("<$0{} a>\n</{}>\n", section.name, section.name)).unwrap();
        assert!(hovered.contains("Example:"), "{hovered}");
    }
    for section in FOLKLORE_SECTIONS
        .iter()
        .filter(|it| catalog::section(it.name).is_none())
    {
        let hovered = hovered(&format!("<$0{} a>\n</{}>\n", section.name, section.name)).unwrap();
        assert!(hovered.contains("is no section of PowerMTA"), "{hovered}");
    }
    for directive in FOLKLORE_DIRECTIVES
        .iter()
        .filter(|it| !it.name.contains(' '))
    {
        let place = directive.only_in.first().copied().unwrap_or("global");
        let line = format!("$0{} x", directive.name);
        let text = match place {
            "global" => format!("# pmta-ls: place=global\n{line}\n"),
            tag => format!("<{tag} a>\n{line}\n</{tag}>\n"),
        };
        let Some(hovered) = hovered(&text) else {
            panic!("{text}")
        };
        let told = hovered.contains("is no directive of PowerMTA")
            || hovered.contains("does not belong here");
        assert!(
            told || hovered.contains("**Stands in:**"),
            "{text}{hovered}"
        );
    }
}

#[test]
fn nothing_panics_at_any_byte() {
    for text in [
        DEPLOYMENT.replace("#- ", "# "),
        FLATTENED.to_owned(),
        SPLIT.to_owned(),
        "<sender a@é> vmta \"t\u{e9} max-conn 80 </sender\n<pool name=\"\">\n</pool x\n<x a=\"b\"/>\n".to_owned(),
        "\u{feff}mail-from /x <pattern-list\n} end\n<domain $>\nqueue-to \"\n</>\n<>\n".to_owned(),
    ] {
        for (offset, _) in text.char_indices() {
            let mut marked = text.clone();
            marked.insert_str(offset, "$0");
            let _ = hovered(&marked);
        }
    }
}
