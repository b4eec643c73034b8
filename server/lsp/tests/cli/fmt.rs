//! `pmta-ls fmt`.

use crate::sandbox::Sandbox;

const UGLY: &str = "<domain a>\nmax-smtp-out   20\n</domain>\ninclude part.conf\n";
const NEAT: &str = "<domain a>\n    max-smtp-out 20\n</domain>\ninclude part.conf\n";

fn read(sandbox: &Sandbox, path: &str) -> String {
    String::from_utf8(std::fs::read(sandbox.path().join(path)).unwrap()).unwrap()
}

#[test]
fn files_are_formatted_in_place_and_no_others() {
    let sandbox = Sandbox::new(&[("config", UGLY), ("part.conf", "run-as-root   no\n")]);
    let ran = sandbox.run(&["fmt", "config"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
    assert_eq!(ran.stderr, "formatted 1 file, left 0 files as they are\n");
    assert_eq!(read(&sandbox, "config"), NEAT);
    assert_eq!(read(&sandbox, "part.conf"), "run-as-root   no\n");
    let ran = sandbox.run(&["fmt", "config"]);
    assert_eq!(ran.stderr, "formatted 0 files, left 1 file as it is\n");
}

#[test]
fn a_folder_stands_for_its_configurations_and_what_they_include() {
    let sandbox = Sandbox::new(&[
        ("pmta/config", UGLY),
        ("pmta/part.conf", "run-as-root   no\n"),
        ("pmta/other.txt", "not   ours\n"),
    ]);
    for arguments in [&["fmt", "pmta", "--check"][..], &["fmt", "--check"]] {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.status, 1, "{}", ran.stderr);
        assert_eq!(ran.stdout, "pmta/config\npmta/part.conf\n");
    }
    assert_eq!(sandbox.run(&["fmt", "pmta"]).status, 0);
    assert_eq!(read(&sandbox, "pmta/config"), NEAT);
    assert_eq!(read(&sandbox, "pmta/part.conf"), "run-as-root no\n");
    assert_eq!(read(&sandbox, "pmta/other.txt"), "not   ours\n");
    assert_eq!(sandbox.run(&["fmt", "--check"]).status, 0);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let sandbox = Sandbox::new(&[]);
    let ran = sandbox.run_with(&["fmt", "-"], "\u{feff}run-as-root   no\r\n", &[]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, "\u{feff}run-as-root no\r\n");
    let ran = sandbox.run_with(&["fmt", "-", "--check"], "run-as-root   no\n", &[]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
}

#[test]
fn a_difference_shows_no_secrets() {
    let text = "http-api-key   hunter2   # x\nrun-as-root   no\n";
    let sandbox = Sandbox::new(&[("config", text)]);
    let ran = sandbox.run(&["fmt", "config", "--diff"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stdout.starts_with("--- a/config\n+++ b/config\n@@ "),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("\n-http-api-key   ••••"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("\n+http-api-key ••••"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("\n+run-as-root no\n"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("hunter2"), "{}", ran.stdout);
    assert_eq!(read(&sandbox, "config"), text);
    assert_eq!(
        sandbox.run(&["fmt", "config", "--diff", "--check"]).status,
        1
    );
}

#[test]
fn what_cannot_be_written_back_is_not_touched() {
    let sandbox = Sandbox::new(&[]);
    sandbox.write("config", b"run-as-root   no # \xff\n");
    let ran = sandbox.run(&["fmt", "config"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot format config: it is not UTF-8"),
        "{}",
        ran.stderr
    );
    let bytes = std::fs::read(sandbox.path().join("config")).unwrap();
    assert_eq!(bytes, b"run-as-root   no # \xff\n");
    let ran = sandbox.run(&["fmt", "none"]);
    assert_eq!(ran.status, 2);
}

#[test]
fn marks_and_line_ends_stay() {
    let sandbox = Sandbox::new(&[(
        "config",
        "\u{feff}run-as-root   no\r\n\r\n\r\npostmaster a@example.com",
    )]);
    assert_eq!(sandbox.run(&["fmt", "config"]).status, 0);
    assert_eq!(
        read(&sandbox, "config"),
        "\u{feff}run-as-root no\r\n\r\npostmaster a@example.com"
    );
}

#[test]
fn the_nearest_settings_say_how() {
    let sandbox = Sandbox::new(&[
        ("pmta-ls.toml", "[format]\nindent-width = 2\n"),
        ("a/config", UGLY),
        ("b/config", UGLY),
        ("b/part.conf", "run-as-root   no\n"),
        ("b/pmta-ls.toml", "[format]\nindent-style = \"tab\"\n"),
    ]);
    assert_eq!(sandbox.run(&["fmt", "a/config", "b/config"]).status, 0);
    assert_eq!(read(&sandbox, "a/config"), NEAT.replace("    ", "  "));
    assert_eq!(read(&sandbox, "b/config"), NEAT.replace("    ", "\t"));
    let ran = sandbox.run_with(&["fmt", "-"], UGLY, &[]);
    assert_eq!(ran.stdout, NEAT.replace("    ", "  "));
}

#[test]
fn nothing_is_formatted_by_settings_that_cannot_be_read() {
    let sandbox = Sandbox::new(&[("pmta-ls.toml", "[format]\nindent = 2\n"), ("config", UGLY)]);
    let ran = sandbox.run(&["fmt", "config"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("cannot format config: ") && ran.stderr.contains("no setting `indent`"),
        "{}",
        ran.stderr
    );
    assert_eq!(read(&sandbox, "config"), UGLY);
}
