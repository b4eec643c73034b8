//! Included files.

use crate::sandbox::Sandbox;

#[test]
fn includes_are_followed_through_wildcards_and_absolute_paths() {
    let sandbox = Sandbox::new(&[
        (
            "deploy/config",
            "postmaster a@example.com\ninclude parts/*.conf\ninclude /etc/pmta/vmtas/one.conf\n\
             include http://192.0.2.80/x\ninclude /opt/none/x.conf\ninclude none.conf\n",
        ),
        ("deploy/parts/b.conf", "run-as-root on\n"),
        (
            "deploy/parts/a.conf",
            "run-as-root on\ninclude nested.conf\n",
        ),
        ("deploy/parts/.hidden.conf", "run-as-root on\n"),
        ("deploy/nested.conf", "run-as-root on\n"),
        ("deploy/vmtas/one.conf", "run-as-root on\n"),
    ]);
    let expected = "deploy/config:5:9 hint[include-not-mapped]\n\
                    deploy/config:6:9 warning[include-missing]\n\
                    deploy/nested.conf:1:13 error[invalid-boolean]\n\
                    deploy/parts/a.conf:1:13 error[invalid-boolean]\n\
                    deploy/parts/b.conf:1:13 error[invalid-boolean]\n\
                    deploy/vmtas/one.conf:1:13 error[invalid-boolean]\n";
    let ran = sandbox.run(&["check", "deploy/config"]);
    assert_eq!(ran.findings(), expected);
    assert!(
        ran.stderr
            .starts_with("checked 5 files: 4 errors, 1 warning, 1 hint"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_fragment_is_judged_in_the_places_that_include_it() {
    let sandbox = Sandbox::new(&[
        (
            "config",
            "postmaster a@example.com\n<domain example.com>\n    include sub/one.conf\n    include sub/both.conf\n</domain>\n\
             <virtual-mta a>\n    include sub/both.conf\n</virtual-mta>\nrun-as-root on\n",
        ),
        ("sub/one.conf", "max-msg-rate 10/h\nsmtp-service yes\n"),
        (
            "sub/both.conf",
            "max-smtp-out 4\nsmtp-source-host 192.0.2.1 mail.example.com\n",
        ),
    ]);
    // Only the named files are reported, not the configuration that includes them.
    let one = sandbox.run(&["check", "sub/one.conf"]);
    assert_eq!(
        one.findings(),
        "sub/one.conf:2:1 warning[misplaced-directive]\n"
    );
    let both = sandbox.run(&["check", "sub/both.conf"]);
    assert_eq!(
        both.findings(),
        "sub/both.conf:2:1 warning[misplaced-directive]\n"
    );
    let all = sandbox.run(&["check", "config", "sub/one.conf"]);
    assert_eq!(
        all.findings(),
        "config:9:13 error[invalid-boolean]\n\
         sub/both.conf:2:1 warning[misplaced-directive]\n\
         sub/one.conf:2:1 warning[misplaced-directive]\n"
    );
}

#[test]
fn loops_end() {
    let sandbox = Sandbox::new(&[
        (
            "config",
            "postmaster a@example.com\ninclude a.conf\ninclude config\n",
        ),
        ("a.conf", "include b.conf\nrun-as-root on\n"),
        ("b.conf", "include a.conf\n"),
    ]);
    let ran = sandbox.run(&["check", "config"]);
    assert_eq!(
        ran.findings(),
        "a.conf:2:13 error[invalid-boolean]\n\
         b.conf:1:9 warning[include-loop]\n\
         config:3:9 warning[include-loop]\n"
    );
    assert_eq!(
        ran.stderr,
        "checked 3 files: 1 error, 2 warnings; 1 has a fix\n"
    );
}

#[cfg(unix)]
#[test]
fn links_lead_to_one_file_and_in_no_circle() {
    let sandbox = Sandbox::new(&[
        (
            "config",
            "postmaster a@example.com\ninclude real.conf\ninclude link.conf\ninclude around/*/real.conf\n",
        ),
        ("real.conf", "run-as-root on\n"),
        ("around/x/y", ""),
    ]);
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(target, sandbox.path().join(name)).unwrap();
    };
    link("real.conf", "link.conf");
    link("../", "around/loop");
    link("nowhere", "broken.conf");
    link("self.conf", "self.conf");
    let ran = sandbox.run(&["check", "config"]);
    assert_eq!(
        ran.findings(),
        "config:3:9 information[include-twice]\n\
         config:4:9 information[include-twice]\n\
         real.conf:1:13 error[invalid-boolean]\n"
    );
    assert_eq!(sandbox.run(&["check", "."]).findings(), ran.findings());
    assert_eq!(sandbox.run(&["check", "broken.conf"]).status, 2);
    assert_eq!(sandbox.run(&["check", "self.conf"]).status, 2);
}

#[test]
fn files_outside_of_the_configuration_are_not_read() {
    let sandbox = Sandbox::new(&[(
        "config",
        "postmaster a@example.com\ninclude /etc/passwd\ninclude ../../../../../../../etc/passwd\ninclude /dev/zero\n",
    )]);
    let ran = sandbox.run(&["check", "config"]);
    assert_eq!(
        (ran.status, ran.stderr.as_str()),
        (0, "checked 1 file: 3 hints\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_checkout_away_from_the_server_has_hints_only() {
    let sandbox = Sandbox::new(&[
        (
            "deploy/config",
            "postmaster you@example.com\ninclude /etc/pmta/vmtas/*.conf\ninclude /etc/pmta/lists.conf\n\
             <source 127.0.0.1>\n    include /etc/pmta/parts/source.conf\n    pattern-list elsewhere\n</source>\n\
             <virtual-mta-pool all>\n    virtual-mta elsewhere\n</virtual-mta-pool>\n",
        ),
        ("deploy/parts/readme", ""),
    ]);
    let ran = sandbox.run(&["check", "--fail-on", "information", "deploy"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_eq!(
        ran.findings(),
        "deploy/config:2:9 hint[include-not-mapped]\n\
         deploy/config:3:9 hint[include-not-mapped]\n\
         deploy/config:5:13 hint[include-not-mapped]\n"
    );
}

#[test]
fn a_loop_over_three_files_is_told_with_its_chain() {
    let sandbox = Sandbox::new(&[
        (
            "config",
            "postmaster you@example.com\ninclude parts/a.conf\n",
        ),
        ("config-defaults", "run-as-root on\n"),
        ("parts/a.conf", "include b.conf\n"),
        ("parts/b.conf", "include c.conf\n"),
        ("parts/c.conf", "include a.conf\n"),
    ]);
    let ran = sandbox.run(&["check"]);
    assert_eq!(
        ran.findings(),
        "config-defaults:1:13 error[invalid-boolean]\n\
         parts/c.conf:1:9 warning[include-loop]\n"
    );
    let chain = "`parts/a.conf` → `parts/b.conf` → `parts/c.conf` → `parts/a.conf`";
    assert!(ran.stdout.contains(chain), "{}", ran.stdout);
}

#[test]
fn a_project_that_names_its_roots_knows_which_files_nobody_includes() {
    let sandbox = Sandbox::new(&[
        ("pmta-ls.toml", "roots = [\"main.conf\"]\n"),
        (
            "main.conf",
            "postmaster you@example.com\nlog-file /var/log/pmta/log\ninclude used.conf\n",
        ),
        ("used.conf", "host-name mail.example.com\n"),
        ("forgotten.conf", "host-name mail.example.com\n"),
    ]);
    let ran = sandbox.run(&["check", "main.conf", "used.conf", "forgotten.conf"]);
    assert_eq!(
        ran.findings(),
        "forgotten.conf:1:1 hint[fragment-not-included]\n"
    );
    // What the project includes is not all known any more.
    sandbox.write(
        "main.conf",
        b"postmaster you@example.com\ninclude https://config.example.com/x\n",
    );
    assert_eq!(sandbox.run(&["check", "forgotten.conf"]).findings(), "");
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_one_loop() {
    let sandbox = Sandbox::new(&[
        (
            "config",
            "postmaster you@example.com\ninclude parts/*.conf\n",
        ),
        ("parts/a.conf", "include again.conf\n"),
    ]);
    std::os::unix::fs::symlink("parts/a.conf", sandbox.path().join("again.conf")).unwrap();
    let ran = sandbox.run(&["check", "config"]);
    assert_eq!(
        ran.findings(),
        "parts/a.conf:1:9 warning[include-loop]\n",
        "{}",
        ran.stdout
    );
}

#[test]
fn paths_of_windows_servers_are_followed() {
    let sandbox = Sandbox::new(&[
        (
            "pmta-ls.toml",
            "roots = [\"config\"]\n[paths]\n'C:\\pmta\\lists' = \"lists\"\n",
        ),
        (
            "config",
            "postmaster a@example.com\ninclude includes\\one.conf\ninclude \"c:\\pmta\\config files\\two.conf\"\n\
             include C:\\pmta\\lists\\*.conf\ninclude includes\\none.conf\n",
        ),
        ("includes/one.conf", "run-as-root on\n"),
        ("config files/two.conf", "run-as-root on\n"),
        ("lists/three.conf", "run-as-root on\n"),
    ]);
    assert_eq!(
        sandbox.run(&["check"]).findings(),
        "config:5:9 warning[include-missing]\n\
         config files/two.conf:1:13 error[invalid-boolean]\n\
         includes/one.conf:1:13 error[invalid-boolean]\n\
         lists/three.conf:1:13 error[invalid-boolean]\n"
    );
}
