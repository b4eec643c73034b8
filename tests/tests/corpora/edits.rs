//! A document that was edited equals a fresh one of the same text.

use pmta_analysis::document::Document;
use pmta_analysis::folding::folding;
use pmta_analysis::semantic_tokens::semantic_tokens;
use pmta_analysis::text::TextRange;

/// A small generator of numbers, so that every run tries the same edits.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

const SNIPPETS: [&str; 41] = [
    "\n",
    "\r\n",
    " ",
    "\t",
    "#",
    "\"",
    "/",
    "<",
    ">",
    "</",
    "{",
    "}",
    "=",
    ",",
    ";",
    "\\",
    "x",
    "é",
    "€",
    "😀",
    "<domain x>\n",
    "</domain>\n",
    "<virtual-mta v>\n",
    "</virtual-mta>\n",
    "<source 0/0>\n",
    "</source>\n",
    "<pattern-list p>\n",
    "</pattern-list>\n",
    "mail-from /x/ <pattern-list>\n",
    "domain-macro m a.com,\n",
    "domain-macro m\n",
    "max-smtp-out 20\n",
    "end\n",
    "listener x\n",
    "domain x {\n",
    "<!-- x",
    "-->",
    "&lt;",
    "<domain a> max-smtp-out 20 </domain>",
    "# pmta-ls: place=domain\n",
    " # pmta-ls: ignore[values, structure]\n",
];

#[test]
fn edited_documents_equal_fresh_ones() {
    let wanted: usize = std::env::var("PMTA_EDITS")
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(20_000);
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let files: Vec<_> = super::read_all("edits")
        .into_iter()
        .filter(|(_, bytes)| bytes.len() < 12_000)
        .collect();
    let mut done = 0;
    while done < wanted {
        let (path, bytes) = &files[numbers.below(files.len())];
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        let mut document = Document::new(&text);
        for step in 0..20 {
            let (start, end, insert) = random_edit(&mut numbers, &text);
            text.replace_range(start..end, &insert);
            document.edit(start..end, &insert);
            done += 1;
            assert_eq!(document.rope().to_string(), text);
            if step % 4 == 3 || numbers.below(4) == 0 {
                let fresh = Document::new(&text);
                let all = TextRange::of(0, text.len());
                assert_eq!(
                    semantic_tokens(&document, all),
                    semantic_tokens(&fresh, all),
                    "{}: tokens after {done} edits\n{text}",
                    path.display(),
                );
                assert_eq!(
                    folding(&document),
                    folding(&fresh),
                    "{}: folds after {done} edits\n{text}",
                    path.display(),
                );
                assert!(
                    document.shape() == fresh.shape() && document.findings() == fresh.findings(),
                    "{}: after {done} edits, the last {start}..{end} {insert:?}\n{}",
                    path.display(),
                    difference(&document.shape(), &fresh.shape()),
                );
            }
            if text.len() > 40_000 {
                break;
            }
        }
    }
    println!("edits: {done} edits");
}

fn random_edit(numbers: &mut Numbers, text: &str) -> (usize, usize, String) {
    let start = border(text, numbers.below(text.len() + 1));
    match numbers.below(10) {
        0..=3 => (
            start,
            start,
            SNIPPETS[numbers.below(SNIPPETS.len())].to_owned(),
        ),
        4..=5 => (start, border(text, start + numbers.below(6)), String::new()),
        6 => (
            start,
            border(text, start + numbers.below(300)),
            String::new(),
        ),
        7 => {
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[line..]
                .find('\n')
                .map_or(text.len(), |at| line + at + 1);
            (line, end, String::new())
        }
        8 => {
            let from = border(text, numbers.below(text.len() + 1));
            let to = border(text, from + numbers.below(200));
            (start, start, text[from..to].to_owned())
        }
        _ => (
            start,
            border(text, start + numbers.below(3)),
            SNIPPETS[numbers.below(SNIPPETS.len())].to_owned(),
        ),
    }
}

fn border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first line in which two descriptions differ.
fn difference(edited: &str, fresh: &str) -> String {
    let first = edited
        .lines()
        .zip(fresh.lines())
        .find(|(edited, fresh)| edited != fresh);
    match first {
        Some((edited, fresh)) => format!("edited {edited}\nfresh  {fresh}"),
        None => format!(
            "{} lines against {}",
            edited.lines().count(),
            fresh.lines().count()
        ),
    }
}
