//! The search worker. A new request cancels the previous one, even while that is running.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use super::Input;
use crate::app::Message;
use crate::app::finding::request::{SearchRequest, Searcher};

/// Handle of the worker.
pub struct SearchWorker {
    questions: Sender<SearchRequest>,
    newest: Arc<AtomicU64>,
}

impl SearchWorker {
    /// Starts the worker.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(sender: Sender<Input>) -> std::io::Result<Self> {
        let (questions, receiver) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(0));
        let wanted = Arc::clone(&newest);
        std::thread::Builder::new().name("search".into()).spawn(move || run(&receiver, &wanted, &sender))?;
        Ok(Self { questions, newest })
    }

    /// Sends a request, cancelling any earlier one.
    pub fn ask(&self, ask: SearchRequest) {
        self.newest.store(ask.generation, Ordering::Relaxed);
        // The worker ends only when this sender is gone.
        let _ = self.questions.send(ask);
    }

    /// Cancels any earlier request.
    pub fn stop(&self, generation: u64) {
        self.newest.store(generation, Ordering::Relaxed);
    }
}

fn run(questions: &Receiver<SearchRequest>, newest: &AtomicU64, sender: &Sender<Input>) {
    let mut searcher = Searcher::default();
    while let Ok(first) = questions.recv() {
        let ask = questions.try_iter().last().unwrap_or(first);
        let is_old = || newest.load(Ordering::Relaxed) != ask.generation;
        searcher.answer(&ask, &is_old, |found| {
            // Fails only when the program exits.
            let _ = sender.send(Input::Message(Message::Found { generation: ask.generation, found }));
        });
    }
}

/// Tests the worker, its channel and the application together, without a terminal.
#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::app::keys::key::{Code, KeyPress};
    use crate::app::screen::layout::Size;
    use crate::app::{App, Effect};
    use crate::log::{Log, Source, parse};
    use crate::search::Query;

    const TITLES: usize = 100_000;

    /// Twenty repetitions of the same ten keys.
    fn burst() -> Vec<char> {
        "paper4242 ".repeat(20).chars().collect()
    }

    /// The log is parsed only once, since that is most of the work.
    fn app() -> App {
        static LOG: OnceLock<Log> = OnceLock::new();
        App::new(LOG.get_or_init(log).clone(), Size { width: 100, height: 30 }, None)
    }

    fn log() -> Log {
        let titles = (0..TITLES).map(|index| format!("《Paper{index}: about {}》\n\n", index % 977));
        let text = "# todo\n\n- [ ] an item\n\n## 2031.5.17\n\n".to_owned() + &titles.collect::<String>();
        parse::parse([Source { name: "log.md".into(), text: text.into() }])
    }

    /// Presses a key and passes the resulting effects to `asks`.
    fn press(app: &mut App, code: Code, mut asks: impl FnMut(Effect)) {
        app.update(Message::Key(KeyPress::plain(code))).into_iter().for_each(&mut asks);
    }

    /// Results on the screen belong to the current query, never to an earlier one.
    #[track_caller]
    fn check_shown(app: &App) {
        let finder = app.finder().expect("it is open");
        let terms = |query: &Query| query.terms.iter().map(|term| term.typed.clone()).collect::<Vec<_>>();
        if let Some(shown) = finder.results.queries.first() {
            assert_eq!(terms(shown), terms(&Query::new(finder.field.text())));
        }
    }

    #[test]
    fn a_burst_of_keys_shows_no_old_results() {
        let mut app = app();
        let (sender, inputs) = mpsc::channel();
        let search = SearchWorker::start(sender).expect("a thread starts");
        let ask = |effect| match effect {
            Effect::Search(ask) => search.ask(ask),
            Effect::StopSearch(generation) => search.stop(generation),
            _ => {}
        };
        press(&mut app, Code::Char('s'), ask);
        let mut typed = String::new();
        for key in burst() {
            press(&mut app, Code::Char(key), ask);
            typed.push(key);
            assert_eq!(app.finder().map(|finder| finder.field.text()), Some(typed.as_str()));
            check_shown(&app);
            // Process pending results without waiting, as the event loop does.
            for input in inputs.try_iter() {
                let Input::Message(message) = input else { panic!("the worker only tells what it found") };
                app.update(message).into_iter().for_each(ask);
                check_shown(&app);
            }
        }
        while !app.finder().expect("it is open").results.is_settled {
            let Ok(Input::Message(message)) = inputs.recv() else { panic!("the worker goes on") };
            app.update(message).into_iter().for_each(ask);
            check_shown(&app);
        }
        let finder = app.finder().expect("it is open");
        assert_eq!(finder.entry().map(|entry| app.log.entries[entry].name()), Some("Paper4242"));
    }

    #[test]
    fn requests_do_not_block_and_only_the_last_is_answered() {
        let mut app = app();
        let (questions, receiver) = mpsc::channel();
        let search = SearchWorker { questions, newest: Arc::default() };
        let mut asked = Vec::new();
        let mut ask = |effect| {
            if let Effect::Search(ask) = effect {
                asked.push(ask.generation);
                search.ask(ask);
            }
        };
        // No worker runs yet, so a request that waited would hang.
        press(&mut app, Code::Char('s'), &mut ask);
        burst().into_iter().for_each(|key| press(&mut app, Code::Char(key), &mut ask));
        assert!(asked.len() > 150 && asked.is_sorted_by(|a, b| a < b), "{asked:?}");
        let newest = Arc::clone(&search.newest);
        drop(search);
        let (sender, inputs) = mpsc::channel();
        run(&receiver, &newest, &sender);
        drop(sender);
        let answers = inputs.into_iter().map(|input| match input {
            Input::Message(Message::Found { generation, .. }) => generation,
            _ => panic!("the worker only tells what it found"),
        });
        let answers: Vec<u64> = answers.collect();
        assert!(
            !answers.is_empty() && answers.iter().all(|generation| Some(generation) == asked.last()),
            "{answers:?}"
        );
    }

    #[test]
    fn a_tick_after_searching_does_not_copy_the_log() {
        let mut app = app();
        let (sender, inputs) = mpsc::channel();
        let (questions, receiver) = mpsc::channel();
        let search = SearchWorker { questions, newest: Arc::default() };
        let newest = Arc::clone(&search.newest);
        let worker = std::thread::spawn(move || run(&receiver, &newest, &sender));
        let mut stops = 0;
        let mut ask = |effect| match effect {
            Effect::Search(ask) => search.ask(ask),
            Effect::StopSearch(generation) => {
                stops += 1;
                search.stop(generation);
            }
            _ => {}
        };
        press(&mut app, Code::Char('s'), &mut ask);
        press(&mut app, Code::Char('p'), &mut ask);
        press(&mut app, Code::Esc, &mut ask);
        assert_eq!(stops, 1);
        // The worker holds the log while it searches, and has released it when it ends.
        drop(search);
        worker.join().expect("the worker ends");
        let (before, mut saves) = (Arc::as_ptr(&app.log), 0);
        let mut count = |effect| saves += usize::from(matches!(effect, Effect::Save { .. }));
        press(&mut app, Code::Char('3'), &mut count);
        press(&mut app, Code::Char('x'), &mut count);
        assert_eq!((Arc::as_ptr(&app.log), app.log.tasks[0].is_done(), saves), (before, true, 1));
        drop(inputs);
    }
}
