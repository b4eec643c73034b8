//! `explain`.

use crate::sandbox::Sandbox;

#[test]
fn names_of_every_sort_are_explained() {
    let sandbox = Sandbox::new(&[]);
    for (name, parts) in [
        (
            "max-smtp-out",
            &[
                "In <domain>: ",
                "Form: max-smtp-out",
                "Default: 20",
                "Example:",
                "Sources: ",
            ][..],
        ),
        (
            "virtual-mta",
            &[
                "<virtual-mta> (section)",
                "Stands in: the top level",
                "Directives: ",
            ],
        ),
        ("<domain>", &["<domain> (section)", "Stands in: "]),
        (
            "unclosed-section",
            &["unclosed-section", "Severity error, group `structure`."],
        ),
        (
            "duration",
            &["duration (kind of value)", "Right: ", "Wrong: "],
        ),
        (
            "max-conn",
            &[
                "max-conn (not a directive of PowerMTA)",
                "Write: `max-smtp-out`",
            ],
        ),
        (
            "sender",
            &["(not a section of PowerMTA)", "As the web shows it:"],
        ),
    ] {
        let ran = sandbox.run(&["explain", name]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name}");
        for part in parts {
            assert!(
                ran.stdout.contains(part),
                "{name} lacks {part}\n{}",
                ran.stdout
            );
        }
        assert!(
            ran.stdout
                .lines()
                .filter(|line| !line.starts_with("      "))
                .all(|line| line.chars().count() <= 100)
        );
    }
}

#[test]
fn an_unknown_name_is_told_with_the_nearest() {
    let sandbox = Sandbox::new(&[]);
    let ran = sandbox.run(&["explain", "max-smpt-out"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert_eq!(
        ran.stderr,
        "pmta-ls: `max-smpt-out` is no name that is known here; did you mean max-smtp-out, min-smtp-out, max-smtp-in?\n"
    );
    let ran = sandbox.run(&["explain", "zzzzzzzz"]);
    assert_eq!(
        ran.stderr,
        "pmta-ls: `zzzzzzzz` is no name that is known here\n"
    );
    assert_eq!(sandbox.run(&["explain"]).status, 2);
}
