//! Damages working configurations and looks whether each damage is found, and nothing else.
//!
//! A damage is *found* if there is a new finding on the damaged line, and *alone* if there is no other
//! new finding in the whole deployment. `PMTA_MUTATION_SEED` gives other spots, and lists what was not
//! found or not alone.

mod damage;
mod deployment;
mod lines;
mod numbers;
mod values;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use damage::{Damage, Kind};
use deployment::{Deployment, File, Found};
use numbers::Numbers;
use pmta_ls_tests::workspace_root;

/// The spots damaged in a file, for each kind.
const SPOTS: usize = 20;

/// Files of more lines have fewer spots: each damage takes as long as the file does.
const LONG_FILE: usize = 400;

/// Of a hundred damages, how many must be found.
const LEAST_FOUND: usize = 98;

/// Of a hundred damages, for how many there must be no other finding.
const LEAST_ALONE: usize = 95;

/// The seed of every ordinary run.
const SEED: u64 = 6;

/// What came of damages of one kind.
#[derive(Clone, Debug, Default)]
struct Tally {
    spots: usize,
    found: usize,
    alone: usize,
    misses: Vec<String>,
}

#[test]
fn damage_is_found_where_it_is_done_and_nowhere_else() {
    let start = Instant::now();
    let wish = std::env::var("PMTA_MUTATION_SEED").ok();
    let seed = wish.as_ref().and_then(|it| it.parse().ok()).unwrap_or(SEED);
    let deployments = deployment::all();
    let files: usize = deployments.iter().map(|it| it.files.len()).sum();
    let tallies = run(&deployments, seed);
    println!(
        "mutations: seed {seed}, {} deployments, {files} files, {:?}",
        deployments.len(),
        start.elapsed()
    );
    let (table, is_good) = table(&tallies);
    println!("{table}");
    if wish.is_some() || !is_good {
        for miss in tallies.iter().flat_map(|tally| &tally.misses) {
            println!("{miss}\n");
        }
    }
    assert!(
        is_good,
        "too much damage is not found, or not alone:\n{table}"
    );
}

/// Does all the damage, with as many threads as the machine has cores.
fn run(deployments: &[Deployment], seed: u64) -> Vec<Tally> {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut tallies = vec![Tally::default(); Kind::ALL.len()];
        while let Some(deployment) = deployments.get(next.fetch_add(1, Ordering::Relaxed)) {
            for file in 0..deployment.files.len() {
                for (tally, kind) in tallies.iter_mut().zip(Kind::ALL) {
                    damage_file(deployment, file, kind, seed, tally);
                }
            }
        }
        tallies
    };
    let mut all = vec![Tally::default(); Kind::ALL.len()];
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            let tallies = worker.join().expect("a worker that ends well");
            for (sum, tally) in all.iter_mut().zip(tallies) {
                sum.spots += tally.spots;
                sum.found += tally.found;
                sum.alone += tally.alone;
                sum.misses.extend(tally.misses);
            }
        }
    });
    all
}

/// Does damage of one kind to a file, in some spots.
fn damage_file(deployment: &Deployment, index: usize, kind: Kind, seed: u64, tally: &mut Tally) {
    let file = &deployment.files[index];
    let mut numbers = Numbers::of(seed, (kind, name(&file.path), file.lines.len()));
    let wanted = (SPOTS * LONG_FILE).div_ceil(file.lines.len().max(LONG_FILE));
    let spots = kind.spots(deployment, file);
    for at in numbers.sample(spots, wanted) {
        let Some(damage) = kind.apply(deployment, file, at, &mut numbers) else {
            continue;
        };
        let (here, elsewhere) = news(deployment, index, &damage);
        let is_found = !here.is_empty();
        let is_alone = here.len() <= 1 && elsewhere.is_empty();
        tally.spots += 1;
        tally.found += usize::from(is_found);
        tally.alone += usize::from(is_alone);
        if !is_found || !is_alone {
            let verdict = if is_found { "not alone" } else { "not found" };
            let found = here.iter().chain(&elsewhere);
            let mut miss = format!(
                "{} {verdict} {}:{}",
                kind.name(),
                file.path.display(),
                at + 1
            );
            describe(deployment, file, at, &damage, found, &mut miss);
            tally.misses.push(miss);
        }
    }
}

/// A path that is the same wherever the workspace lies.
fn name(path: &Path) -> &Path {
    let root = workspace_root();
    let beside = root.parent().unwrap_or(&root);
    let inside = path.strip_prefix(&root);
    inside
        .or_else(|_| path.strip_prefix(beside))
        .unwrap_or(path)
}

/// Describes a damage: the line before, the damaged lines with the one above each, the findings.
fn describe<'f>(
    deployment: &Deployment,
    file: &File,
    at: usize,
    damage: &Damage,
    found: impl Iterator<Item = &'f Found>,
    text: &mut String,
) {
    let _ = write!(text, "\n  - {}", file.lines[at].text);
    let mut before = None;
    for line in &damage.lines {
        if line.was.is_none() {
            if let Some(before) = before.take() {
                let _ = write!(text, "\n    {before}");
            }
            let _ = write!(text, "\n  + {}", line.text.trim_end());
        } else {
            before = Some(line.text.trim_end());
        }
    }
    for found in found {
        let path = deployment.files.get(found.file).map(|file| &file.path);
        let name = path.and_then(|path| path.file_name()).unwrap_or_default();
        let line = found.lines.0 + 1;
        let _ = write!(
            text,
            "\n  {}:{line} {}: {}",
            name.display(),
            found.code,
            found.message
        );
    }
}

/// What is found only since the damage: in its place, and elsewhere.
fn news(deployment: &Deployment, file: usize, damage: &Damage) -> (Vec<Found>, Vec<Found>) {
    let mut known: BTreeMap<(usize, usize, &str), usize> = BTreeMap::new();
    for found in deployment.found() {
        *known
            .entry((found.file, found.lines.0, found.code))
            .or_default() += 1;
    }
    let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
    for found in deployment.with(file, &damage.text()) {
        let line = found.lines.0;
        let was = if found.file == file {
            damage.lines.get(line).and_then(|line| line.was)
        } else {
            Some(line)
        };
        let Some(was) = was else {
            here.push(found);
            continue;
        };
        match known.get_mut(&(found.file, was, found.code)) {
            Some(count) if *count > 0 => *count -= 1,
            _ if found.file == file && damage.also.contains(&was) => here.push(found),
            _ => elsewhere.push(found),
        }
    }
    (here, elsewhere)
}

/// The table, and whether it is good enough.
fn table(tallies: &[Tally]) -> (String, bool) {
    let mut table = format!("{:<22}{:>7}{:>9}{:>9}", "kind", "spots", "found", "alone");
    let mut is_good = true;
    for (kind, tally) in Kind::ALL.iter().zip(tallies) {
        let of_spots = |part: usize| 100.0 * part as f64 / tally.spots.max(1) as f64;
        let _ = write!(
            table,
            "\n{:<22}{:>7}{:>8.2}%{:>8.2}%",
            kind.name(),
            tally.spots,
            of_spots(tally.found),
            of_spots(tally.alone)
        );
        is_good &= tally.found * 100 >= tally.spots * LEAST_FOUND
            && tally.alone * 100 >= tally.spots * LEAST_ALONE
            && tally.spots > 0;
    }
    (table, is_good)
}
