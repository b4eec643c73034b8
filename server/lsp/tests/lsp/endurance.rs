//! A long day: a person edits, opens, closes, saves, renames, and files change outside of the editor.
//! Afterwards the server has the client's texts, and is as quick and as small as it was in the morning.
//!
//! `PMTA_LS_TEST_EDITS=20000` makes it the whole day; else it is an hour.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;
use crate::files::{folder, uri};
use crate::text::{Numbers, border, random_edit, range};

/// Edits of an hour.
const FEW: usize = 1_600;
/// Edits after which the server has seen everything once.
const WARM_UP: usize = 1_000;
/// Files of the deployment beside its root.
const PARTS: usize = 49;
/// Longest text: a person does not paste for ever.
const LONGEST: usize = 6_000;
/// Edits between two looks whether the texts agree.
const BETWEEN_LOOKS: usize = 40;
const ENCODING: &str = "utf-16";

/// A deployment of fifty files.
fn deployment() -> TempDir {
    let mut root =
        String::from("host-name mail.example.com\nlog-file log\n<source 0/0>\n</source>\n");
    let mut files = Vec::new();
    for number in 0..PARTS {
        root += &format!("include parts/{number}.conf\n");
        files.push((format!("pmta/parts/{number}.conf"), part(number)));
    }
    files.push(("pmta/config".to_owned(), root));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    folder(&files)
}

/// One of its files.
fn part(number: usize) -> String {
    format!(
        "# part {number}, é😀\n<virtual-mta mta{number}>\n    smtp-source-host 192.0.2.{number} \
         mta{number}.example.com\n    <domain *>\n        max-smtp-out {number}\n    </domain>\n\
         </virtual-mta>\n<virtual-mta-pool pool{number}>\n    virtual-mta mta{number}\n    \
         virtual-mta mta{}\n</virtual-mta-pool>\n",
        (number + 1) % PARTS
    )
}

/// What the kernel knows of the server.
#[derive(Clone, Copy, Debug)]
struct Size {
    /// Memory in KiB.
    memory: u64,
    files: usize,
    threads: usize,
}

impl Size {
    fn of(process: u32) -> Self {
        let folder = PathBuf::from(format!("/proc/{process}"));
        let status = fs::read_to_string(folder.join("status")).unwrap();
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = memory.unwrap().trim().trim_end_matches(" kB");
        let count = |name: &str| fs::read_dir(folder.join(name)).unwrap().count();
        Self {
            memory: memory.parse().unwrap(),
            files: count("fd"),
            threads: count("task"),
        }
    }
}

/// A document that is open, as the client has it.
struct Open {
    uri: String,
    version: i32,
    text: String,
}

/// A person at work.
struct Person {
    client: Client,
    numbers: Numbers,
    folder: TempDir,
    open: BTreeMap<usize, Open>,
    /// The file that was taken away last, until it comes back.
    gone: Option<(usize, String)>,
    edits: usize,
    /// What was done, counted.
    done: BTreeMap<&'static str, usize>,
    /// How long a hover behind an edit took.
    waited: Vec<Duration>,
    looks: usize,
}

impl Person {
    fn new() -> Self {
        let folder = deployment();
        let folders = json!([{ "uri": uri(&folder, "pmta"), "name": "pmta" }]);
        let client = Client::start(json!({
            "workspaceFolders": folders,
            "capabilities": {
                "general": { "positionEncodings": [ENCODING] },
                "textDocument": {
                    "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                    "diagnostic": {},
                },
                "workspace": {
                    "didChangeWatchedFiles": { "dynamicRegistration": true },
                    "workspaceEdit": { "documentChanges": true },
                },
            },
        }));
        Self {
            client,
            numbers: Numbers(0x9E37_79B9_7F4A_7C15),
            folder,
            open: BTreeMap::new(),
            gone: None,
            edits: 0,
            done: BTreeMap::new(),
            waited: Vec::new(),
            looks: 0,
        }
    }

    fn note(&mut self, what: &'static str) {
        *self.done.entry(what).or_default() += 1;
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("pmta/parts/{number}.conf"))
    }

    fn uri(&self, number: usize) -> String {
        uri(&self.folder, &format!("pmta/parts/{number}.conf"))
    }

    /// One of the open documents.
    fn any_open(&mut self) -> Option<usize> {
        let at = self.numbers.below(self.open.len());
        self.open.keys().nth(at).copied()
    }

    fn open(&mut self, number: usize) {
        if self.open.contains_key(&number) {
            return;
        }
        self.note("opened");
        let text = fs::read_to_string(self.path(number)).unwrap_or_default();
        let uri = self.uri(number);
        self.client.open(&uri, 1, &text);
        self.open.insert(
            number,
            Open {
                uri,
                version: 1,
                text,
            },
        );
    }

    fn close(&mut self, number: usize) {
        if let Some(open) = self.open.remove(&number) {
            self.note("closed");
            self.client.close(&open.uri);
        }
    }

    fn save(&mut self, number: usize) {
        self.note("saved");
        let path = self.path(number);
        let open = &self.open[&number];
        fs::write(path, &open.text).unwrap();
        let params = json!({ "textDocument": { "uri": open.uri } });
        self.client.notify("textDocument/didSave", params);
        self.tell_change(number, 2);
    }

    /// Says that a file was created (1), changed (2) or deleted (3).
    fn tell_change(&mut self, number: usize, kind: u32) {
        let changes = json!({ "changes": [{ "uri": self.uri(number), "type": kind }] });
        self.client
            .notify("workspace/didChangeWatchedFiles", changes);
    }

    /// Somebody else changes a file, or takes it away.
    fn change_on_disk(&mut self, number: usize) {
        self.note("changed on disk");
        if let Some((number, text)) = self.gone.take() {
            fs::write(self.path(number), text).unwrap();
            self.tell_change(number, 1);
        }
        let path = self.path(number);
        let text = fs::read_to_string(&path).unwrap();
        if self.numbers.below(4) == 0 {
            fs::remove_file(&path).unwrap();
            self.gone = Some((number, text));
            return self.tell_change(number, 3);
        }
        let (start, end, added) = random_edit(&mut self.numbers, &text);
        let mut text = text;
        text.replace_range(start..end, &added);
        text.truncate(border(&text, LONGEST));
        fs::write(&path, text).unwrap();
        self.tell_change(number, 2);
    }

    fn edit(&mut self, number: usize) {
        let (numbers, open) = (&mut self.numbers, self.open.get_mut(&number).unwrap());
        let (start, mut end, mut added) = random_edit(numbers, &open.text);
        if open.text.len() > LONGEST {
            (end, added) = (border(&open.text, start + LONGEST / 2), String::new());
        }
        let range = range(ENCODING, &open.text, start, end.max(start));
        open.text.replace_range(start..end.max(start), &added);
        open.version += 1;
        let change = json!([{ "range": range, "text": added }]);
        self.client.change(&open.uri, open.version, change);
        self.edits += 1;
        let at = json!({ "textDocument": { "uri": open.uri }, "position": range["start"] });
        let started = Instant::now();
        self.client.ask("textDocument/hover", at.clone());
        self.waited.push(started.elapsed());
        let method = match self.edits % 5 {
            0 => "textDocument/completion",
            1 => "textDocument/definition",
            2 => "textDocument/signatureHelp",
            3 => "textDocument/documentHighlight",
            _ => "textDocument/codeLens",
        };
        self.client.ask(method, at);
    }

    /// Renames what stands somewhere and takes the edits over, where the server does it.
    fn rename(&mut self, number: usize) {
        let open = &self.open[&number];
        let Some(at) = open
            .text
            .find("<virtual-mta ")
            .map(|at| at + "<virtual-mta ".len())
        else {
            return;
        };
        let position = range(ENCODING, &open.text, at, at)["start"].clone();
        let id = self.client.request(
            "textDocument/rename",
            json!({ "textDocument": { "uri": open.uri }, "position": position,
                "newName": format!("mta{}", self.edits + 100) }),
        );
        let answer = self.client.answer(id);
        let Some(documents) = answer["result"]["documentChanges"].as_array() else {
            return self.note("refused to rename");
        };
        for document in documents {
            self.take_over(document);
        }
        self.note("renamed");
    }

    /// Makes the edits of one document, in the editor or on disk.
    fn take_over(&mut self, document: &Value) {
        let uri = document["textDocument"]["uri"].as_str().unwrap();
        let number = (0..PARTS).find(|number| self.uri(*number) == uri).unwrap();
        let path = self.path(number);
        let is_open = self.open.contains_key(&number);
        let mut text = match self.open.get(&number) {
            Some(open) => open.text.clone(),
            None => fs::read_to_string(&path).unwrap(),
        };
        let mut edits = document["edits"].as_array().unwrap().clone();
        let key = |edit: &Value| {
            let start = &edit["range"]["start"];
            (start["line"].as_u64(), start["character"].as_u64())
        };
        edits.sort_by_key(key);
        for edit in edits.iter().rev() {
            let byte = |end: &str| byte_at(&text, &edit["range"][end]);
            let (start, end) = (byte("start"), byte("end"));
            text.replace_range(start..end, edit["newText"].as_str().unwrap());
        }
        if is_open {
            let open = self.open.get_mut(&number).unwrap();
            open.text.clone_from(&text);
            open.version += 1;
            self.client.replace(&open.uri, open.version, &text);
        } else {
            fs::write(path, text).unwrap();
            self.tell_change(number, 2);
        }
    }

    /// Compares what the server says of a document with what it says of the same text opened anew.
    fn look(&mut self, number: usize) {
        self.looks += 1;
        let open = &self.open[&number];
        let fresh = format!("untitled:fresh-{}", self.looks);
        self.client.open(&fresh, 1, &open.text);
        for method in [
            "textDocument/semanticTokens/full",
            "textDocument/foldingRange",
            "textDocument/documentSymbol",
        ] {
            let mut answers = [&open.uri, &fresh].map(|uri| {
                self.client
                    .ask(method, json!({ "textDocument": { "uri": uri } }))
            });
            for answer in &mut answers {
                // Answers are numbered.
                if let Some(answer) = answer.as_object_mut() {
                    answer.remove("resultId");
                }
            }
            let [edited, anew] = answers;
            assert_eq!(
                edited, anew,
                "{method} after {} edits of\n{}",
                self.edits, open.text
            );
        }
        self.client.close(&fresh);
    }

    /// Does one thing after the other until there were so many edits.
    fn work(&mut self, until: usize) {
        while self.edits < until {
            let number = self.numbers.below(PARTS);
            match (self.numbers.below(100), self.any_open()) {
                (0..2, _) | (_, None) => self.open(number),
                (2, Some(open)) if self.open.len() > 6 => self.close(open),
                (3..5, Some(open)) => self.save(open),
                (5..8, Some(open)) => self.rename(open),
                (8, _) => self.change_on_disk(number),
                (_, Some(open)) => self.edit(open),
            }
            if self.edits.is_multiple_of(BETWEEN_LOOKS)
                && let Some(open) = self.any_open()
            {
                self.look(open);
            }
            // What the server says by itself is read and forgotten.
            self.client.passed();
        }
    }

    /// How large the server is with the files as they once were, so that sizes can be compared.
    fn size(&mut self) -> Size {
        self.gone = None;
        for number in 0..PARTS {
            self.close(number);
            fs::write(self.path(number), part(number)).unwrap();
            self.tell_change(number, 2);
        }
        self.open(0);
        self.look(0);
        // Threads that nobody needs go after ten seconds.
        std::thread::sleep(Duration::from_secs(11));
        Size::of(self.client.process())
    }
}

/// The byte of a position in UTF-16.
fn byte_at(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().unwrap() as usize;
    let mut left = position["character"].as_u64().unwrap() as usize;
    let mut starts = vec![0];
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let is_break = match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        if is_break {
            starts.push(at + 1);
        }
    }
    let start = starts[line];
    for (at, sign) in text[start..].char_indices() {
        if left == 0 {
            return start + at;
        }
        left -= sign.len_utf16();
    }
    text.len()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

#[test]
fn a_long_day_leaves_no_trace() {
    if !Path::new("/proc/self/fd").exists() {
        return;
    }
    let edits = std::env::var("PMTA_LS_TEST_EDITS").ok();
    let edits = edits.map_or(FEW, |it| it.parse().unwrap()).max(FEW);
    let started = Instant::now();
    let mut person = Person::new();
    person.work(WARM_UP);
    let morning = person.size();
    person.work(edits);
    let evening = person.size();
    let (first, last) = (&person.waited[..WARM_UP], &person.waited[edits - FEW / 4..]);
    let (first, last) = (median(first), median(last));
    println!(
        "endurance: {} edits in {:?}, {} looks at the texts, {:?}; memory {} KiB, then {} KiB; files \
         {}, then {}; threads {}, then {}; hover {first:?}, then {last:?}",
        person.edits,
        started.elapsed(),
        person.looks,
        person.done,
        morning.memory,
        evening.memory,
        morning.files,
        evening.files,
        morning.threads,
        evening.threads,
    );
    for what in ["opened", "closed", "saved", "renamed", "changed on disk"] {
        assert!(person.done.contains_key(what), "nothing was {what}");
    }
    assert!(
        evening.memory <= morning.memory + morning.memory / 10,
        "memory grows"
    );
    assert_eq!(evening.files, morning.files, "files stay open");
    assert!(evening.threads <= morning.threads + 1, "threads stay");
    assert!(
        last <= first * 2 + Duration::from_millis(2),
        "answers take longer"
    );
}
