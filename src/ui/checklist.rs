//! The pending list's rows.

use ratatui::style::Modifier;

use super::canvas::Canvas;
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::page::flow::{Kind, Role, paragraph};
use crate::app::panes::checklist::{Row, progress};
use crate::app::screen::layout::{Area, Pane};
use crate::app::screen::viewport::Viewport;
use crate::say;
use crate::text::cut;

/// Draws the part of the pending list that is on the screen.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let checklist = &app.checklist;
    if checklist.rows.is_empty() {
        return empty(app, canvas, theme, area);
    }
    if let Some(foot) = app.foot() {
        let room = usize::from(area.width);
        canvas.text(
            area.x,
            area.y + area.height,
            area.width,
            &cut(&foot, room),
            theme.dim.add_modifier(Modifier::ITALIC),
        );
    }
    let cursor = checklist.cursor_rows();
    let total = checklist.rows.len();
    for (y, index) in (area.y..).zip(checklist.view.lines(usize::from(area.height), total)) {
        row(app, canvas, theme, area, y, &checklist.rows[index]);
        if cursor.contains(&index) {
            let style = if app.focus == Pane::Checklist { theme.selected } else { theme.selected_elsewhere };
            canvas.style(Area { x: area.x - 1, y, width: area.width + 2, height: 1 }, style);
        }
    }
    canvas.scrollbar(area.x + area.width, area.y, area.height, checklist.view.top, total, theme.dim);
}

fn row(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, y: u16, row: &Row) {
    let log = &app.log;
    let task = row.task.map(|task| (task, &log.tasks[task]));
    let base = match task {
        Some((_, task)) if task.is_closed() => theme.dim.add_modifier(Modifier::CROSSED_OUT),
        Some(_) => theme.text,
        None => theme.dim,
    };
    page::line(canvas, theme, area, y, &row.line, base);
    if let (Some(due), Some((_, task))) = (&row.due, task)
        && task.is_open()
    {
        let is_over = due.date.zip(app.today()).is_some_and(|(date, today)| date < today);
        let style = if is_over { theme.overdue } else { theme.deadline };
        page::set_off(canvas, area, y, &row.line, &due.span, style);
    }
    if let Some(key) = app.keymap.first(Action::ToggleProse, Context::Pane(Pane::Checklist)).filter(|_| row.folds) {
        canvas.text_before(area.x + area.width, y, &key, theme.accent);
    }
    let (Some((index, task)), Some(_)) = (task, row.line.mark) else { return };
    page::check_box(canvas, theme, area, y, &row.line, task);
    if let Some((done, all)) = progress(log, index) {
        let fold = if app.checklist.is_folded(log, index) { "▸" } else { "▾" };
        let before = u16::try_from(row.line.indent).unwrap_or(0);
        canvas.text((area.x + before).saturating_sub(1), y, 1, fold, theme.dim);
        canvas.text_before(area.x + area.width, y, &format!("{done}/{all}"), theme.dim);
    }
}

fn empty(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let call = |action| app.keymap.call(action, Context::Pane(Pane::Checklist));
    let text = if app.checklist.filter.is_on() {
        let (all, some) = (call(Action::Cancel), call(Action::CycleShow));
        say!(
            app.language,
            "No item is like that. {all} shows all of them, {some} those that are open or done.",
            "没有符合的条目。{all} 显示全部，{some} 切换未完成或已完成。"
        )
    } else if let open @ 1.. = app.log.tasks.iter().filter(|task| task.is_open()).count() {
        let list = call(Action::ListOwed);
        say!(
            app.language,
            "There is no pending list here. Items that are open in summaries: {open}. {list} lists them.",
            "这里没有待读清单。笔记中有 {open} 个未完成的事项，按 {list} 列出。"
        )
    } else {
        let add = call(Action::AddItem);
        say!(
            app.language,
            "Nothing is pending. To keep a list of what to read, press {add} here and type the name of a paper; or \
             write a heading “# pending list” in the log, and below it items such as “- [ ] a paper”.",
            "待读清单是空的。在此按 {add} 输入论文名即可添加；也可以在日志里写标题“# pending list”，其下写“- [ ] 论文名”这样的条目。"
        )
    };
    let lines = paragraph(&text, Role::Fact, Kind::Text, usize::from(area.width));
    page::lines(canvas, theme, area, &lines, Viewport::default());
}
