//! Compares saving a tick with just writing a temporary file, syncing and renaming it, on the built-in sample or the
//! log named by `PAPERS_TUI_REAL_LOG`: `cargo bench --bench save`.
//!
//! Criterion reports means, so the 99th percentiles are printed first. They come from runs that alternate between
//! the two.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use papers_tui::io::sample;
use papers_tui::io::store::{RetryPolicy, Store};
use papers_tui::log::edit::Intent;
use papers_tui::log::{Log, Source, parse};

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn bare(path: &Path, text: &str) {
    let new = path.with_extension("new");
    let mut file = File::create(&new).expect("a file in a temporary folder");
    file.write_all(text.as_bytes()).expect("room for it");
    file.sync_all().expect("a disk that works");
    std::fs::rename(&new, path).expect("two names in one folder");
}

fn percentile(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() * 99 / 100]
}

fn saves(c: &mut Criterion) {
    let named = std::env::var_os("PAPERS_TUI_REAL_LOG").and_then(|path| std::fs::read_to_string(path).ok());
    let text = named.unwrap_or_else(|| sample::TEXT.to_owned());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("log.md");
    let retry = RetryPolicy { pause: Duration::from_millis(100), attempts: 20 };
    let store = Store::new(folder.path().join("state"), retry);
    std::fs::write(&path, &text).expect("a file in a temporary folder");
    let mut known = text.clone();
    let mut log = read(&text);
    let mut tick = || {
        let intent = Intent::set_done(&log, 0, !log.tasks[0].is_done()).expect("it changes");
        intent.apply(&mut log, 0).expect("the item is there");
        known = store.make(&path, &known, std::slice::from_ref(&intent)).expect("it is saved").text;
    };
    let other = folder.path().join("other.md");
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for _ in 0..500 {
        let start = Instant::now();
        bare(&other, &text);
        others.push(start.elapsed());
        let start = Instant::now();
        tick();
        ours.push(start.elapsed());
    }
    let (ours, others) = (percentile(&mut ours), percentile(&mut others));
    println!(
        "99th percentile of 500: a save {ours:?}, a bare one {others:?}, {:.2} times",
        ours.as_secs_f64() / others.as_secs_f64()
    );
    c.bench_function("save a tick", |b| b.iter(&mut tick));
    c.bench_function("write, fsync and rename the same bytes", |b| b.iter(|| bare(&other, &text)));
}

criterion_group!(benches, saves);
criterion_main!(benches);
