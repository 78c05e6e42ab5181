//! The messages and initial state that the application gets when a log is opened.

use super::Shell;
use super::loader::LoadedLog;
use crate::app::keys::action::Action;
use crate::app::{App, Effect, Message};
use crate::io::folder::told;
use crate::words::Sentence;

/// Sends the application its initial state and messages before the first frame; returns the effects.
pub(super) fn greet(shell: &mut Shell, app: &mut App, read: Option<&LoadedLog>) -> Vec<Effect> {
    app.themes.names = shell.themes.names();
    app.themes.chosen.clone_from(&shell.chosen);
    (app.themes.fixed, app.is_language_fixed) = shell.fixed.clone();
    let welcome = match read {
        _ if app.status.is_some() => None,
        None => Some(choice()),
        Some(read) => read.sample.is_some().then(welcome),
    };
    let limits = read.and_then(|read| told(&read.files.limits));
    let notices = welcome.into_iter().chain(std::mem::take(&mut shell.notices)).chain(limits).map(Message::Noticed);
    let pictures = Message::Pictures(shell.shown.map(|shown| shown.cell));
    let asked = read.is_none().then_some(Message::Asked(Action::ListLogs));
    notices.chain([pictures]).chain(asked).flat_map(|message| app.update(message)).collect()
}

/// The message when the user leaves a sample that was changed.
pub(super) fn farewell(app: &App, read: Option<&LoadedLog>) -> Option<Sentence> {
    let is_changed = read.is_some_and(|read| read.sample.is_some()) && (app.has_saved() || app.is_saving());
    is_changed.then(|| {
        Sentence::of(|language| {
            language
                .pick(
                    "your changes to the sample were not kept; to begin a log, create an empty file and open it: \
                     papers-tui FILE",
                    "对示例日志的修改没有保留；要新建日志，请创建一个空文件，再运行“papers-tui 文件”",
                )
                .to_owned()
        })
    })
}

/// The message above the list of logs to choose from.
fn choice() -> Sentence {
    Sentence::of(|language| {
        language
            .pick(
                "No log given, and none found here. Choose a recent one",
                "没有指定日志，此文件夹中也没有日志。请从最近打开的日志中选择",
            )
            .to_owned()
    })
}

/// The message shown with the sample.
fn welcome() -> Sentence {
    Sentence::of(|language| {
        language
            .pick(
                "A sample log; changes are not kept. To open yours: papers-tui FILE or FOLDER",
                "这是示例日志，修改不会保留。要打开自己的日志，请运行“papers-tui 文件或文件夹”",
            )
            .to_owned()
    })
}
