//! Baselines, statistics, and formats for other programs.

use crate::sandbox::Sandbox;
use serde_json::Value;

const TEXT: &str = "http-log-tls on\nhttp-log-data YES\nhttp-log-requests NO\n";

#[test]
fn a_baseline_leaves_out_what_was_there_before() {
    let sandbox = Sandbox::new(&[("a.conf", TEXT)]);
    let first = sandbox.run(&["check", "--baseline", "known.json", "a.conf"]);
    assert_eq!((first.status, first.stdout.as_str()), (0, ""));
    assert!(
        first.stderr.starts_with("wrote 3 findings to known.json\n"),
        "{}",
        first.stderr
    );
    let run = || {
        sandbox.run(&[
            "check",
            "--baseline",
            "known.json",
            "--fail-on",
            "hint",
            "a.conf",
        ])
    };
    assert_eq!(run().status, 0);
    // Lines that move are known again; the same on a new line is new.
    sandbox.write(
        "a.conf",
        format!("# New.\n\n{TEXT}http-redirect-to-https YES\n").as_bytes(),
    );
    assert_eq!(run().findings(), "a.conf:6:24 information[value-case]\n");
    sandbox.write("known.json", b"{}");
    let broken = run();
    assert_eq!(broken.status, 2);
    assert!(
        broken
            .stderr
            .contains("cannot read known.json: it is no baseline"),
        "{}",
        broken.stderr
    );
}

#[test]
fn a_baseline_holds_no_secret_and_is_not_fixed() {
    let text = "<smtp-user a>\npassword = hunter2-QzX\n</smtp-user>\n";
    let sandbox = Sandbox::new(&[("a.conf", text)]);
    sandbox.run(&["check", "--baseline", "known.json", "a.conf"]);
    let baseline = std::fs::read_to_string(sandbox.path().join("known.json")).unwrap();
    assert!(baseline.contains("assignment"), "{baseline}");
    assert!(!baseline.contains("hunter2"), "{baseline}");
    sandbox.run(&["check", "--baseline", "known.json", "--fix", "a.conf"]);
    let left = std::fs::read_to_string(sandbox.path().join("a.conf")).unwrap();
    assert_eq!(left, text);
}

#[test]
fn statistics_count_by_rule() {
    let sandbox = Sandbox::new(&[("a.conf", TEXT)]);
    let ran = sandbox.run(&["check", "--statistics", "a.conf"]);
    assert_eq!(ran.status, 1);
    expect_test::expect![[r#"
        2  information  value-case       a value is documented in other case  [fix]
        1  error        invalid-boolean  a switch is written with a word other than `yes`, `no`, `true` or `false`  [fix]
    "#]]
    .assert_eq(&ran.stdout);
    let ran = sandbox.run(&["check", "--statistics", "--format", "json", "a.conf"]);
    let counts: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(counts[0]["code"], "value-case");
    assert_eq!(counts[0]["count"], 2);
    let refused = sandbox.run(&["check", "--statistics", "--format", "sarif", "a.conf"]);
    assert_eq!(refused.status, 2);
}

#[test]
fn github_gets_commands() {
    let sandbox = Sandbox::new(&[("a,b.conf", TEXT)]);
    let ran = sandbox.run(&["check", "--format", "github", "a,b.conf"]);
    expect_test::expect![[r#"
        ::error file=a%2Cb.conf,line=1,col=14,endLine=1,endColumn=16,title=invalid-boolean::invalid-boolean: `on` is not `yes` or `no`: write `yes`.
        ::notice file=a%2Cb.conf,line=2,col=15,endLine=2,endColumn=18,title=value-case::value-case: `YES` is only documented as `yes`.
        ::notice file=a%2Cb.conf,line=3,col=19,endLine=3,endColumn=21,title=value-case::value-case: `NO` is only documented as `no`.
    "#]].assert_eq(&ran.stdout);
}

/// The parts of the standard that programs rely on: required properties, kinds, references.
#[test]
fn sarif_follows_its_standard() {
    let text = "http-log-tls on\n<domain é.example>\n    max-smtp-out 5\n<smtp-user a>\npassword = hunter2-QzX\n</smtp-user>\n";
    let sandbox = Sandbox::new(&[("a.conf", text)]);
    let ran = sandbox.run(&["check", "--format", "sarif", "a.conf"]);
    assert!(!ran.stdout.contains("hunter2"), "{}", ran.stdout);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "pmta-ls");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["id"].is_string());
        assert!(
            rule["shortDescription"]["text"]
                .as_str()
                .unwrap()
                .ends_with('.')
        );
        assert!(
            ["error", "warning", "note"]
                .contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
        );
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 3, "{results:#?}");
    let region_is_right = |region: &Value| {
        let number = |name: &str| region[name].as_u64().unwrap();
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        assert!(
            (number("startLine"), number("startColumn"))
                <= (number("endLine"), number("endColumn"))
        );
    };
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a.conf");
        region_is_right(&place["region"]);
        for fix in result["fixes"].as_array().into_iter().flatten() {
            assert!(fix["description"]["text"].is_string());
            for change in fix["artifactChanges"].as_array().unwrap() {
                assert_eq!(change["artifactLocation"]["uri"], "a.conf");
                for replacement in change["replacements"].as_array().unwrap() {
                    region_is_right(&replacement["deletedRegion"]);
                    assert!(replacement["insertedContent"]["text"].is_string());
                }
            }
        }
    }
    let boolean = results
        .iter()
        .find(|result| result["ruleId"] == "invalid-boolean")
        .unwrap();
    let replacement = &boolean["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "yes");
    assert_eq!(
        replacement["deletedRegion"],
        boolean["locations"][0]["physicalLocation"]["region"]
    );
}
