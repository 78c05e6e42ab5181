//! The teaching overlay: a file's raw text with a cursor, or the forms for a chosen line above a preview
//! of the timeline.

use super::canvas::Canvas;
use super::theme::Theme;
use super::{find, timeline};
use crate::app::App;
use crate::app::logs::teach::{FormList, Teach, described};
use crate::app::screen::layout::Area;
use crate::log::{File, Log};
use crate::say;
use crate::text::{cut, cut_quote, cut_words, width};

pub fn draw(app: &App, teach: &Teach, canvas: &mut Canvas<'_>, theme: &Theme) {
    let areas = teach.areas(app.size);
    let Some(file) = app.log.files.get(teach.file) else { return };
    canvas.clear(areas.frame);
    let name = file.name.rsplit('/').next().unwrap_or_default();
    let title = match teach.choice {
        None => say!(
            app.language,
            "{name}: point at a title, a date, or the heading of a pending list",
            "{name}：指定标题、日期或待读清单"
        ),
        Some(_) => say!(app.language, "{name}: how to read lines like this", "{name}：这样的行在整份日志中表示什么"),
    };
    let room = usize::from(areas.frame.width.saturating_sub(6));
    canvas.frame(areas.frame, &cut(&title, room), theme.dim, theme.accent);
    match &teach.choice {
        None => {
            text(app, teach, file, canvas, theme, areas.list);
            let bottom = areas.frame.y + areas.frame.height.saturating_sub(1);
            let about = app.language.pick(" • read as a title ", " • 识别为论文标题 ");
            canvas.text(areas.list.x, bottom, areas.list.width, about, theme.dim);
        }
        Some(choice) => {
            let chosen = file.line(teach.cursor + 1).trim();
            let quoted = cut_quote(chosen, usize::from(areas.line.width));
            canvas.text(areas.line.x, areas.line.y, areas.line.width, &quoted, theme.heading);
            offers(app, teach, choice, canvas, theme, areas.list);
            let rule = areas.list.y + areas.list.height;
            canvas.rule(areas.frame, rule, theme.dim);
            let about = app.language.pick(" preview of the timeline ", " 时间线预览 ");
            canvas.text(areas.list.x, rule, areas.list.width, about, theme.dim);
            let preview = areas.preview;
            let source = timeline::TimelineSource {
                log: &choice.offer().log,
                timeline: &choice.timeline,
                language: app.language,
            };
            timeline::rows(&source, &|_| timeline::Marks::default(), canvas, theme, preview);
        }
    }
}

fn offers(app: &App, teach: &Teach, choice: &FormList, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let shown = (choice.view, choice.offers.len(), choice.cursor);
    find::list(canvas, theme, area, shown, |canvas, area, index| {
        let (label, given) = described(&choice.offers[index], &app.log, teach.file, app.language);
        let end = canvas.text_before(area.x + area.width, area.y, &given, theme.dim);
        let room = end.saturating_sub(area.x + 2);
        canvas.text(area.x, area.y, room, &cut_words(&label, usize::from(room)), theme.text);
    });
}

/// Draws the file's lines with their numbers; lines read as titles or section headings stand out.
fn text(app: &App, teach: &Teach, file: &File, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let total = file.line_count();
    let digits = width(&total.to_string());
    let gap = u16::try_from(digits).unwrap_or(area.width) + 2;
    find::list(canvas, theme, area, (teach.view, total, teach.cursor), |canvas, area, index| {
        let line = index + 1;
        canvas.text(area.x, area.y, gap, &format!("{line:>digits$}"), theme.dim);
        let (mark, style) = match read_as(&app.log, teach.file, line) {
            Some(LineRole::Title) => ("•", theme.heading),
            Some(LineRole::Section) => (" ", theme.accent),
            None => (" ", theme.text),
        };
        canvas.text(area.x + gap - 1, area.y, 1, mark, theme.accent);
        let room = area.width.saturating_sub(gap + 1);
        let text = file.line(line).replace('\t', "    ");
        canvas.text(area.x + gap + 1, area.y, room, &cut(&text, usize::from(room)), style);
    });
}

enum LineRole {
    Title,
    Section,
}

/// How a line, counted from 1, is currently read; `None` for ordinary text.
fn read_as(log: &Log, file: usize, line: usize) -> Option<LineRole> {
    let at = log.entries.partition_point(|entry| (entry.file(), entry.line()) < (file, line));
    if log.entries.get(at).is_some_and(|entry| (entry.file(), entry.line()) == (file, line)) {
        return Some(LineRole::Title);
    }
    let sections = log.sections_of(file);
    let at = sections.partition_point(|section| section.line() < line);
    let is_heading = sections.get(at).is_some_and(|section| section.line() == line && !section.heading.is_empty());
    is_heading.then_some(LineRole::Section)
}
