//! What is said when a log is opened, before anything is asked.

use super::House;
use super::loader::Read;
use crate::app::keys::action::Action;
use crate::app::{App, Effect, Message};
use crate::io::folder::told;
use crate::words::Sentence;

/// Tells the application what it must know before the first frame; gives what it wants done.
pub(super) fn greet(house: &mut House, app: &mut App, read: Option<&Read>) -> Vec<Effect> {
    app.themes.names = house.themes.names();
    app.themes.chosen.clone_from(&house.chosen);
    (app.themes.fixed, app.is_language_fixed) = house.fixed.clone();
    let welcome = match read {
        _ if app.status.is_some() => None,
        None => Some(choice()),
        Some(read) => read.sample.is_some().then(welcome),
    };
    let limits = read.and_then(|read| told(&read.files.limits));
    let notices = welcome.into_iter().chain(std::mem::take(&mut house.notices)).chain(limits).map(Message::Noticed);
    let pictures = Message::Pictures(house.shown.map(|shown| shown.cell));
    let first = [Message::Time(house.clock.now())].into_iter().chain(notices).chain([pictures]);
    let asked = read.is_none().then_some(Message::Asked(Action::ListLogs));
    first.chain(asked).flat_map(|message| app.update(message)).collect()
}

/// What is said where there is a choice.
fn choice() -> Sentence {
    Sentence::of(|language| {
        language
            .pick(
                "No log was named or found here: these were opened before",
                "没有指定日志，这里也没有找到：以下是打开过的日志",
            )
            .to_owned()
    })
}

/// What is said of the sample.
fn welcome() -> Sentence {
    Sentence::of(|language| {
        language
            .pick(
                "No log here: this is a sample. Yours: papers-tui FILE, or FOLDER",
                "这里没有日志：这是示例。打开你的：papers-tui 文件或文件夹",
            )
            .to_owned()
    })
}
