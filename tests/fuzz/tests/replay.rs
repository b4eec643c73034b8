//! Every target with the inputs for which it once did not hold, and for a moment with the corpora,
//! damaged at random. No engine is needed for that.

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use pmta_ls_fuzz::{TARGETS, Target, seeds};

/// How each target is tried with damaged texts.
struct Effort {
    time: Duration,
    /// Most texts of each target.
    most: usize,
    /// Where the random numbers begin.
    seed: u64,
}

impl Effort {
    /// A moment for each target, and at most as many texts as a machine tries in it: so nearly all
    /// machines try the same. Or the seconds that `PMTA_LS_TEST_SECONDS` says, with the random numbers
    /// that `PMTA_LS_TEST_SEED` chooses.
    fn wanted() -> Self {
        let number = |name| Some(std::env::var(name).ok()?.parse::<u64>().expect("a number"));
        let seconds = number("PMTA_LS_TEST_SECONDS");
        Self {
            time: Duration::from_secs(seconds.unwrap_or(5)),
            most: seconds.map_or(1_000, |_| usize::MAX),
            seed: 0x2545_F491_4F6C_DD1D ^ number("PMTA_LS_TEST_SEED").unwrap_or_default(),
        }
    }
}

/// Pieces that mean something where they are put.
const PIECES: [&str; 28] = [
    "\n",
    "\r\n",
    " ",
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
    "\\",
    "\0",
    "\u{feff}",
    "é",
    "😀",
    "<domain *>\n",
    "</domain>\n",
    "<virtual-mta v>",
    "<pattern-list>",
    "</source>",
    "include a.conf\n",
    "$m",
    "99999999999999999999",
    "(?R)",
    "-->",
];

/// A small generator of numbers, so that every run begins with the same inputs.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 8) as usize % limit.max(1)
    }

    /// A seed after some damage, with bytes at its end that choose what is done with it.
    fn damaged(&mut self, seeds: &[Vec<u8>], longest: usize) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        let start = self.below(bytes.len());
        bytes.drain(..start);
        for _ in 0..self.below(5) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => drop(bytes.drain(at..end)),
                1 => {
                    let copied = bytes[at..end].to_vec();
                    let to = self.below(bytes.len() + 1);
                    bytes.splice(to..to, copied);
                }
                2 => bytes.insert(at, self.below(256) as u8),
                _ => {
                    let piece = PIECES[self.below(PIECES.len())];
                    bytes.splice(at..at, piece.bytes());
                }
            }
        }
        bytes.truncate(longest);
        bytes.extend((0..self.below(48)).map(|_| self.below(256) as u8));
        bytes
    }
}

/// Whether a target holds for an input.
fn holds(target: &Target, bytes: &[u8]) -> bool {
    let (run, bytes) = (target.run, bytes.to_vec());
    catch_unwind(move || run(&bytes)).is_ok()
}

#[test]
fn what_once_failed_holds() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for target in TARGETS {
        for (path, bytes) in seeds::findings(target.name) {
            tried += 1;
            if !holds(target, &bytes) {
                wrong.push(path.display().to_string());
            }
        }
    }
    println!("replay: {tried} findings");
    assert!(tried > 0, "the findings are not where they belong");
    assert!(wrong.is_empty(), "these fail again: {wrong:#?}");
}

#[test]
fn targets_hold_for_damaged_configurations() {
    let seeds = seeds::corpora();
    assert!(!seeds.is_empty());
    let effort = Effort::wanted();
    let mut wrong = Vec::new();
    for target in TARGETS {
        let mut numbers = Numbers(effort.seed);
        let end = Instant::now() + effort.time;
        let mut tried = 0;
        while tried < effort.most && Instant::now() < end {
            let bytes = numbers.damaged(&seeds, target.longest);
            tried += 1;
            if !holds(target, &bytes) {
                let shown = String::from_utf8_lossy(&bytes).into_owned();
                wrong.push(format!("{} with {shown:?}, bytes {bytes:?}", target.name));
                break;
            }
        }
        println!("replay: {} {tried} times", target.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
