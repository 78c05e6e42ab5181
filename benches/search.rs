//! Benchmarks of search: `cargo bench --bench search`.
//!
//! Criterion does not report tail latencies, so a table with the worst case and the 99th percentile of single keystrokes
//! is printed first: they are what a user feels. Queries are typed letter by letter. Our finder and nucleo search the
//! same invented titles.

use std::hint::black_box;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use nucleo::pattern::{CaseMatching, Normalization};
use papers_tui::app;
use papers_tui::io::sample;
use papers_tui::log::{Log, Source, parse};
use papers_tui::search::text::Pattern;
use papers_tui::search::{Catalogue, Query, SearchItem, SearchSession, SoundIndex};

const QUERIES: [&str; 4] = ["clip", "diffusion", "大模型", "attn trans"];

/// The slowest queries: typos, pinyin and rare words.
const RARE: [&str; 5] = ["zebrafish", "transfromer", "dmxllm", "openai gpt", "谷歌 2023.11"];

const WORDS: &str = "attention transformer diffusion language model vision image video speech graph network deep \
    learning contrastive retrieval augmented generation instruction tuning alignment reward policy reasoning \
    prompt chain thought agent tool benchmark evaluation multimodal encoder decoder latent representation sparse \
    mixture experts scaling law efficient inference memory cache quantization distillation pruning adapter low \
    rank robust anomaly detection forecasting time series ranking recommendation click rate causal user behavior \
    streaming quality experience adaptive segmentation object point cloud caption zero shot few transfer domain \
    self supervised pretraining clip masked autoencoder token embedding position hierarchical unified open world \
    大模型 多模态 推荐系统 综述 检索 of for with and in the";

/// Invented titles of 4 to 12 words, a third of them with a short name. The titles are the same in every run.
fn titles(count: usize) -> Vec<String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let capital = |word: &str| word[..1.min(word.len())].to_uppercase() + word.get(1..).unwrap_or_default();
    let title = |_| {
        let count = 4 + random(9);
        let of_title: Vec<String> = (0..count)
            .map(|_| words[random(words.len())])
            .map(|word| if word.is_ascii() { capital(word) } else { word.to_owned() })
            .collect();
        let initials: String = of_title.iter().filter_map(|word| word.chars().next()).collect();
        let text = of_title.join(" ");
        if random(3) == 0 { format!("{initials}: {text}") } else { text }
    };
    (0..count).map(title).collect()
}

fn catalogue(titles: &[String]) -> Arc<Catalogue> {
    let items = titles.iter().enumerate().map(|(index, title)| SearchItem {
        title,
        name: title.split_once(": ").map(|(name, _)| name),
        organisations: Vec::new(),
        body: None,
        recency: (index / 10) as i64,
    });
    Arc::new(Catalogue::new(items))
}

fn log() -> Log {
    let named = std::env::var_os("PAPERS_TUI_REAL_LOG").and_then(|path| std::fs::read_to_string(path).ok());
    parse::parse([Source { name: "log.md".into(), text: named.unwrap_or_else(|| sample::TEXT.to_owned()).into() }])
}

/// Every prefix of every query.
fn keystrokes(queries: &[&str]) -> Vec<String> {
    let stages = |query: &str| {
        let ends: Vec<usize> = query.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        ends.into_iter().map(|end| query[..end].to_owned()).collect::<Vec<_>>()
    };
    queries.iter().copied().flat_map(stages).collect()
}

/// Types all queries in one session; returns, for each key, the time to the first results and to all results.
fn type_all(queries: &[&str], catalogue: &Arc<Catalogue>, texts: &[&str]) -> Vec<(Duration, Duration)> {
    let mut session = SearchSession::new(Arc::clone(catalogue));
    let one = |typed: String| {
        let start = Instant::now();
        let mut first = None;
        let query = Query::new(&typed);
        let results =
            session.search(&query, texts, &|| false, |early| first = Some(black_box((start.elapsed(), early))));
        black_box(results);
        let settled = start.elapsed();
        (first.map_or(settled, |(first, _)| first), settled)
    };
    keystrokes(queries).into_iter().map(one).collect()
}

/// Like [`type_all`], but with nucleo on two threads, and only the time to all results.
fn type_all_nucleo(titles: &[String]) -> Vec<Duration> {
    let mut matcher = nucleo::Nucleo::<()>::new(nucleo::Config::DEFAULT, Arc::new(|| {}), Some(2), 1);
    let injector = matcher.injector();
    for title in titles {
        injector.push((), |(), columns| columns[0] = title.as_str().into());
    }
    while matcher.tick(1_000).running {}
    let mut before = String::new();
    let one = |typed: String| {
        let start = Instant::now();
        let is_longer = typed.starts_with(&before) && !before.is_empty();
        matcher.pattern.reparse(0, &typed, CaseMatching::Ignore, Normalization::Never, is_longer);
        while matcher.tick(1_000).running {}
        black_box(matcher.snapshot().matched_item_count());
        before = typed;
        start.elapsed()
    };
    keystrokes(&QUERIES).into_iter().map(one).collect()
}

fn report(name: &str, rounds: usize, mut run: impl FnMut() -> Vec<Duration>) {
    let mut all: Vec<Duration> = Vec::new();
    let mut sums: Vec<Duration> = Vec::new();
    for _ in 0..rounds {
        let times = run();
        sums.push(times.iter().sum());
        all.extend(times);
    }
    all.sort();
    sums.sort();
    let at = |share: f64| all[((all.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{name:45} median {:7.3}  p99 {:7.3}  worst {:7.3}  all keystrokes {:8.2} ms",
        at(0.5),
        at(0.99),
        at(1.0),
        sums[sums.len() / 2].as_secs_f64() * 1e3,
    );
}

fn finder(c: &mut Criterion) {
    for (count, rounds) in [(10_000, 100), (100_000, 20)] {
        let titles = titles(count);
        let catalogue = catalogue(&titles);
        report(&format!("{count} titles, first results"), rounds, || {
            type_all(&QUERIES, &catalogue, &[]).into_iter().map(|(first, _)| first).collect()
        });
        report(&format!("{count} titles, settled"), rounds, || {
            type_all(&QUERIES, &catalogue, &[]).into_iter().map(|(_, settled)| settled).collect()
        });
        report(&format!("{count} titles, nucleo on two threads"), rounds, || type_all_nucleo(&titles));
        let mut group = c.benchmark_group(format!("typing over {count} titles"));
        group.sample_size(10);
        group.bench_function("papers-tui", |b| b.iter(|| type_all(&QUERIES, &catalogue, &[])));
        group.bench_function("nucleo, filling it included", |b| b.iter(|| type_all_nucleo(&titles)));
        group.bench_function("making the catalogue", |b| b.iter(|| self::catalogue(&titles)));
    }
    let log = log();
    let (catalogue, texts) =
        (Arc::new(Catalogue::new(app::finding::request::items(&log, &[]))), app::finding::request::texts(&log));
    for (name, queries) in [("the log at hand, settled", &QUERIES[..]), ("the same, for what is rare", &RARE)] {
        report(name, 100, || type_all(queries, &catalogue, &texts).into_iter().map(|(_, settled)| settled).collect());
    }
}

/// The log repeated up to ten megabytes, and the byte ranges of its entries.
fn ten_megabytes() -> (String, Vec<Range<usize>>) {
    let log = log();
    let (mut text, mut documents) = (String::new(), Vec::new());
    while text.len() < 10_000_000 {
        let before = text.len();
        text.push_str(&log.files[0].text);
        documents.extend(log.entries.iter().map(|entry| before + entry.span().start..before + entry.span().end));
    }
    (text, documents)
}

fn text(c: &mut Criterion) {
    let (text, documents) = ten_megabytes();
    c.bench_function("listening to ten megabytes", |b| b.iter(|| SoundIndex::of(&text, &|| false)));
    let sounds = SoundIndex::of(&text, &|| false).expect("nobody stops it");
    for word in ["大模型", "attention", "Attention", "zebrafish"] {
        let mut group = c.benchmark_group(format!("{word} in ten megabytes"));
        let pattern = Pattern::new(word).expect("a plain word is a pattern");
        let find = |most: usize| {
            let mut hits = 0;
            pattern.find_hearing(&text, Some(&sounds), &documents, &|| false, |_, places| {
                hits += places.len();
                if hits < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            hits
        };
        group.bench_function("everything search", |b| b.iter(|| find(usize::MAX)));
        group.bench_function("first hit", |b| b.iter(|| find(1)));
        let finder = memchr::memmem::Finder::new(word);
        group.bench_function("memmem", |b| b.iter(|| finder.find_iter(black_box(text.as_bytes())).count()));
    }
}

criterion_group!(benches, finder, text);
criterion_main!(benches);
